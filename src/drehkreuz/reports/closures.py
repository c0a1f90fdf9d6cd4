# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""If nothing happens: the people whose posts announced closures end, and what they have today. No projection."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.matching.barriers import Reason
from drehkreuz.matching.pipeline import Matched
from drehkreuz.region import Region
from drehkreuz.reports.breakdown import people_with_a_post
from drehkreuz.reports.pair import Values
from drehkreuz.rights import Standing, staying

PENSION_AGE: Final = 67
"""Years at which everybody has reached the regular pension age (§ 35, § 235 SGB VI; those born before 1964 a little earlier)."""

ADJUSTMENT_PAY: Final = "r-apg"
"""The rule on the bridge to the pension for people of the lignite operator."""

COUNTED: Final = ("people", "path", "at_once", "pension", "adjustment_pay", "adjustment_pay_ask", "nothing")


def closures(matched: Matched) -> Values:
    """
    Return who loses a post to the closures of table `projects`, and what of that is provided for, fit for JSON.

    Returns:
        `until`, the last year of all closures, None where there is none; `closures`, each with `label`, `first` and `last`
        year of its steps, `may_be_late`, `source`, `source_date` and counts of people; `all`, the same counts together:
        `people`, of these with a `path` (some post that nothing keeps them from, after a course or `at_once`), in `pension`
        age when the last step is done, whether the rule on `adjustment_pay` fits by what the tables say, or is to be asked,
        and with `nothing` of all this. Each person with a path is counted, whether or not others take the same post.
    """
    region = matched.market.region
    told = _told(region)
    counts = _counts(matched, {row["project_id"]: row["last"] for row in told})
    return {
        "until": max((row["last"] for row in told), default=None),
        "closures": [row | counts[row["project_id"]] for row in told],
        "all": {name: sum(count[name] for count in counts.values()) for name in COUNTED},
    }


def _told(region: Region) -> list[Values]:
    """Return what is announced of each closure whose last step is still to come, the first to end first."""
    steps = region.table("projects").filter(pl.col("kind") == "closure", pl.col("posts") < 0)
    found = steps.sort("project_id", "year").group_by("project_id", maintain_order=True)
    told = found.agg(
        pl.col("label", "source", "source_date").last(),
        first=pl.col("year").min(),
        last=pl.col("year").max(),
        may_be_late=(pl.col("probability_delay").fill_null(0) > 0).any(),
    )
    return told.filter(pl.col("last") >= region.manifest.day.year).sort("last", "project_id").to_dicts()


def _counts(matched: Matched, last: dict[str, int]) -> dict[str, dict[str, int]]:
    """Return the counts of people by closure."""
    region = matched.market.region
    people = region.table("people").with_columns(counted=pl.Series(matched.counted.of_row), row=pl.int_range(pl.len()))
    path, at_once = people_with_a_post(matched)[:, 0], _at_once(matched)
    counts = {closure: dict.fromkeys(COUNTED, 0) for closure in last}
    for person in people.filter(pl.col("closure_id").is_in(list(last))).iter_rows(named=True):
        count, row = counts[person["closure_id"]], person["row"]
        adjustment = _adjustment_pay(region, person)
        born = person["birth_year_to"]
        facts = {
            "people": True,
            "path": path[row],
            "at_once": at_once[row],
            "pension": born is not None and born + PENSION_AGE <= last[person["closure_id"]],
            "adjustment_pay": adjustment is Standing.FITS,
            "adjustment_pay_ask": adjustment is Standing.ASK,
        }
        facts["nothing"] = not (
            facts["path"] or facts["pension"] or facts["adjustment_pay"] or facts["adjustment_pay_ask"]
        )
        for name, holds in facts.items():
            count[name] += person["counted"] if holds else 0
    return counts


def _adjustment_pay(region: Region, person: Values) -> Standing | None:
    found = staying(region, person).options
    return next((option.standing for option in found if option.rule.rule_id == ADJUSTMENT_PAY), None)


def _at_once(matched: Matched) -> NDArray[np.bool_]:
    """Return who has a post that nothing keeps them from and that needs no course, bool[rows]."""
    over = (matched.arrays["reasons"].astype(np.uint32) & np.uint32(Reason.OVER)) != 0
    now = (matched.arrays["mask"] == 0) & (matched.arrays["weeks"] == 0)
    return np.asarray((now & ~over).any(axis=1))
