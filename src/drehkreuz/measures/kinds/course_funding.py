# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Courses that a voucher pays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from drehkreuz.measures.measure import Case, Change, Kind
from drehkreuz.measures.terms import Band, Parameter, Said, UnitCost, Unmet


def _apply(case: Case) -> Change:
    mine = pl.col("course_id").is_in(list(case["courses"]))
    courses = case.region.table("courses").with_columns(
        azav=pl.col("azav") | mine, azav_valid_to=pl.when(~mine).then("azav_valid_to")
    )
    return Change({"courses": courses}, float(len(case["courses"])))


def _approved(case: Case) -> Iterator[Unmet]:
    courses = case.region.table("courses").filter(pl.col("course_id").is_in(list(case["courses"])))
    if (courses["azav"] & courses["azav_valid_to"].is_null()).all():
        yield Unmet("courses", ", ".join(case["courses"]), "are all approved without an end", "Name other courses.")


KIND: Final = Kind(
    name="course_funding",
    title=Said("Zulassung für Bildungsgutscheine", "Approval for vouchers"),
    doc=Said(
        "Kurse werden nach AZAV zugelassen, so dass ein Amt die Gebühr zahlen kann. Diese Gebühren stehen nicht in den Kosten.",
        "Courses are approved under AZAV, so that an office can pay the fee. These fees are not among the costs.",
    ),
    area="learning",
    parameters=(Parameter("courses", "ids", Said("Kurse.", "Courses."), min=1, ref="courses"),),
    changes=("courses",),
    apply=_apply,
    cost=UnitCost(
        unit=Said("Kurs", "course"),
        invest=Band(500.0, 1_500.0, 4_000.0),
        per_year=Band(0.0, 300.0, 1_000.0),
        source=Said(
            "Zulassung durch eine fachkundige Stelle und ihre Pflege", "approval by an accredited body and its upkeep"
        ),
    ),
    preconditions=_approved,
)
