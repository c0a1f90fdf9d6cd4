# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The region's headline: how many find each other, and what stands between the others."""

from __future__ import annotations

import numpy as np
import polars as pl

from drehkreuz.matching.barriers import Barrier, Reason
from drehkreuz.matching.pipeline import Matched
from drehkreuz.region.fitted import refuse_mixture
from drehkreuz.reports.notes import grouped
from drehkreuz.reports.pair import Values
from drehkreuz.reports.provenance import assumptions, provenance


def headline(matched: Matched) -> Values:
    """
    Return the headline as plain values, fit for JSON. It counts people: a row of a sample counts as many as it stands for.

    Both sides close: `openings` = `filled_today` + the shares of all classes of hurdle + `no_person_left`, and `people` =
    `filled_today` + the same shares + `no_opening_left`. `stable` is how many are placed if both sides choose freely.
    """
    market, report = matched.market, matched.report
    refuse_mixture(market.region)
    sessions = market.region.table("course_sessions").filter(
        (pl.col("seats") > 0) & (pl.col("start") >= market.region.manifest.day)
    )
    shares = [
        {
            "barrier": str(barrier.name).lower(),
            "share": round(float(report.shares[barrier]), 2),
            "least": round(float(report.shares_least[barrier]), 2),
            "most": round(float(report.shares_most[barrier]), 2),
        }
        for barrier in Barrier
    ]
    return {
        "people": report.people,
        "openings": report.openings,
        "courses": sessions["course_id"].n_unique(),
        "filled_today": report.today,
        "filled_today_most": report.today_most,
        "stable": int(np.count_nonzero(matched.stable.vacancy >= 0)),
        "shares": sorted(shares, key=lambda entry: -float(entry["share"])),
        "no_person_left": report.no_person_left,
        "no_opening_left": report.no_opening_left,
        "certificate": {
            "exact": report.exact and matched.stable.blocking == 0,
            "pairs": report.people * market.n_vacancies,
            "coalitions": len(matched.certificate.coalitions),
            "scans": matched.certificate.rounds,
            "uncovered_pairs": matched.certificate.open_pairs,
            "blocking_pairs": matched.stable.blocking,
            "searches_stopped": int(
                np.count_nonzero(matched.arrays["reasons"].astype(np.uint32) & np.uint32(Reason.SEARCH_STOPPED))
            ),
        },
        "assumptions": assumptions(market),
        "findings": grouped(market.minutes.findings),
        "provenance": provenance(market.region),
    }
