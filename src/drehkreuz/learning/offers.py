# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Courses as they can be taken: what they cost whom, when they are held, what they give and need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.learning.items import Items
from drehkreuz.learning.parameters import LearningParameters
from drehkreuz.region import Region
from drehkreuz.region.csr import Csr
from drehkreuz.skills.rows import rows_of, stacked, transposed


class Payer(IntEnum):
    """Who pays the fee of a session."""

    NOBODY = 0  # there is no fee
    RULE = 1  # a rule of funding that leaves no discretion
    VOUCHER = 2  # an office decides: Bildungsgutschein, or a discretionary rule
    PERSON = 3


@dataclass(frozen=True, slots=True, eq=False)
class Sessions:
    """
    The rows of `course_sessions`, and after them one row for each course that has none, whose date never fits.

    Attributes:
        held: Rows that are sessions of the table, the first ones.
        ids: Session ids, empty for the rows added.
        course: int32[s].
        start: int32[s], days after the region's day.
        end: int32[s].
        payer: int8[s], `Payer` on the first day.
        rule: int32[s], row of the rule that pays, else -1.
    """

    held: int
    ids: tuple[str, ...]
    course: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    payer: NDArray[np.int8]
    rule: NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Offers:
    """
    Courses by who pays: sessions of a course that the person pays and those somebody else pays are two offers.

    So everything that counts in a plan's cost is one number per offer. Offers are in order of cost, then course id.

    Attributes:
        course: int32[o].
        own: int64[o], what the person pays, cents.
        cost: int64[o], what the person pays plus the worth of the weeks, cents.
        gives: o → items.
        needs: o → items.
        givers: item → offers.
        sessions: o → rows of `Sessions`, by start, end and id.
    """

    course: NDArray[np.int32]
    own: NDArray[np.int64]
    cost: NDArray[np.int64]
    gives: Csr
    needs: Csr
    givers: Csr
    sessions: Csr


def list_sessions(region: Region) -> Sessions:
    """
    List the sessions of all courses and find out who pays.

    A rule of funding pays when it is in force on the first day; one that leaves no discretion goes before the
    Bildungsgutschein (AZAV approval in force on the first day, or without a known end), and that before a discretionary one.

    Raises:
        InputError: If a row names a course or a rule that is not there.
    """
    held = region.table("course_sessions").select(
        "start", "end", course=rows_of(region, "course_sessions", "course_id", "courses")
    )
    courses = region.table("courses").with_row_index("course").with_columns(pl.col("course").cast(pl.Int32))
    day = region.manifest.day
    never_held = courses.join(held, on="course", how="anti", maintain_order="left").select(
        "course", start=pl.lit(day), end=pl.lit(day)
    )
    both = pl.concat([held.select("course", "start", "end"), never_held])
    rules = _rules(region)
    terms = both.join(courses.select("course", "fee_eur", "azav", "azav_valid_to"), on="course", maintain_order="left")
    paid = [_payer(rules.get(course, []), *rest) for course, *rest in terms.drop("end").iter_rows()]
    return Sessions(
        held=len(held),
        ids=(*region.table("course_sessions")["session_id"], *("",) * len(never_held)),
        course=both["course"].to_numpy(),
        start=(both["start"] - day).dt.total_days().cast(pl.Int32).to_numpy(),
        end=(both["end"] - day).dt.total_days().cast(pl.Int32).to_numpy(),
        payer=np.array([payer for payer, _ in paid], dtype=np.int8),
        rule=np.array([rule for _, rule in paid], dtype=np.int32),
    )


def _rules(region: Region) -> dict[int, list[tuple[bool, int, date, date | None]]]:
    """Return the funding rules of each course: (discretionary, row, first day, last day), the certain ones first."""
    rules = region.table("rules").with_row_index("rule")
    links = pl.DataFrame(
        {
            "course": rows_of(region, "course_funding", "course_id", "courses"),
            "rule": rows_of(region, "course_funding", "rule_id", "rules"),
        },
        schema_overrides={"rule": pl.UInt32},
    )
    columns = links.join(rules, on="rule").sort("discretionary", "rule_id")
    found: dict[int, list[tuple[bool, int, date, date | None]]] = {}
    for course, *rest in columns.select("course", "discretionary", "rule", "valid_from", "valid_to").iter_rows():
        discretionary, rule, first, last = rest
        found.setdefault(course, []).append((discretionary, rule, first, last))
    return found


def _payer(
    rules: list[tuple[bool, int, date, date | None]], start: date, fee: float, azav: bool, azav_to: date | None
) -> tuple[Payer, int]:
    if fee == 0.0:
        return Payer.NOBODY, -1
    in_force = [(d, rule) for d, rule, first, last in rules if first <= start and (last is None or start <= last)]
    if in_force and not in_force[0][0]:
        return Payer.RULE, in_force[0][1]
    if azav and (azav_to is None or start <= azav_to):
        return Payer.VOUCHER, -1
    return (Payer.VOUCHER, in_force[0][1]) if in_force else (Payer.PERSON, -1)


def list_offers(region: Region, items: Items, sessions: Sessions, parameters: LearningParameters) -> Offers:
    """List what can be taken, by who pays."""
    held = pl.DataFrame(
        {
            "course": sessions.course,
            "by_person": sessions.payer == Payer.PERSON,
            "start": sessions.start,
            "end": sessions.end,
            "session": np.arange(len(sessions.course), dtype=np.int32),
            "session_id": sessions.ids,
        }
    )
    courses = region.table("courses").with_row_index("course").with_columns(pl.col("course").cast(pl.Int32))
    offers = (
        held.sort("start", "end", "session_id")
        .group_by("course", "by_person", maintain_order=True)
        .agg("session")
        .join(courses, on="course")
        .with_columns(own=cents(pl.col("fee_eur") * pl.col("by_person")))
        .with_columns(cost=pl.col("own") + cents(pl.col("weeks") * parameters.week_eur))
        .sort("cost", "course_id", "by_person")
    )
    course = offers["course"].to_list()
    gives = stacked([items.numbers(items.gives[c]).tolist() for c in course])
    return Offers(
        course=offers["course"].to_numpy(),
        own=offers["own"].to_numpy(),
        cost=offers["cost"].to_numpy(),
        gives=gives,
        needs=stacked([items.numbers(items.needs[c]).tolist() for c in course]),
        givers=transposed(gives, len(items.items)),
        sessions=stacked(offers["session"].to_list()),
    )


def cents(euros: pl.Expr) -> pl.Expr:
    """Return amounts of money as whole cents, so that their sums are exact."""
    return (euros * 100.0).round().cast(pl.Int64)
