# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Rules of a region that a person should know of beside who pays a course: benefits that go with it, part-time training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl

from drehkreuz.matching.utility import TRAINING_KINDS
from drehkreuz.region import Region
from drehkreuz.reports.pair import Values
from drehkreuz.rights.staying import EMPLOYED

FULL_TIME: Final = 35.0
"""Hours a week below which an apprenticeship would be one in part-time (assumed)."""

AWARDS: Final = "vocational"
"""Kind of an award by which somebody has learned an occupation."""

FURTHER: Final = "master"
"""Kind of an award of further training for promotion."""


def entitled(region: Region, person: Mapping[str, Any], post: Values, steps: Sequence[Values]) -> list[Values]:
    """
    Return the rules that a plan or its post makes worth knowing, valid on the region's day.

    Args:
        region: The region; its table `rules` says what each of them is worth and whom to ask.
        person: Row of table `people`.
        post: The post, from `describe_pair`.
        steps: Courses of the plan; none where there is no plan.

    Returns:
        Rows of `rules` in the order of their ids: § 82 SGB III for people in work, § 87a for courses to an award, support for promotion,
        vocational language courses, apprenticeships in part-time.
    """
    kinds = dict(region.table("qualifications").select("qualification_id", "kind").iter_rows())
    ends = {kinds.get(step["leads_to"]) for step in steps if step["awards"]}  # a module alone leads to none
    funded = any(step["payable_by"] in {"voucher", "rule"} for step in steps)
    hours = person["hours_max"]
    worth = {
        "r-82": funded and person["employment_status"] in EMPLOYED,
        "r-87a": funded and AWARDS in ends,
        "r-afbg": FURTHER in ends,
        "r-bsk": any(step["payable_by"] == "language_office" for step in steps),
        "r-part-time-apprenticeship": post["kind"] in TRAINING_KINDS and hours is not None and hours < FULL_TIME,
    }
    day = region.manifest.day
    valid = (pl.col("valid_from") <= day) & (pl.col("valid_to").fill_null(day) >= day)
    known = [rule for rule, holds in worth.items() if holds]
    return list(
        region.table("rules").filter(valid, pl.col("rule_id").is_in(known)).sort("rule_id").iter_rows(named=True)
    )
