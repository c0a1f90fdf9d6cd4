# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
What changes between two states of a region with the same people: who is placed, who no longer is, and how they travel.

Two answers stand side by side. *Possible* is the largest allocation, proved against every pair: what could be filled if all
were brought together. *Stable* is what comes about when people and employers choose freely. People newly placed and posts
filled in addition are two figures: who is newly placed may sit where somebody else sat before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.matching.headcount import Headcount
from drehkreuz.matching.stable import stable_allocation
from drehkreuz.measures.paired.keeping import Largest, largest_keeping
from drehkreuz.measures.paired.related import Related
from drehkreuz.measures.paired.trips import trips

OF_PAIR: Final = {
    "gross": "gross_eur_month",
    "net": "net_eur_month",
    "commute_eur": "commute_eur_month",
    "hours": "hours",
}
"""What is told of a pair, by array of the pair relation."""

ABOUT: Final = ("vacancy_id", *OF_PAIR.values(), "chain", "minutes_month", "km_month", "co2_kg_month")
"""What is known of somebody in a post."""

KINDS: Final = ("newly_placed", "displaced", "moved", "same_post")
"""
What can happen to a person: placed only after the change, placed only before it, in another post, in the same post by another
way or at other pay.
"""


@dataclass(frozen=True, slots=True)
class Cleared:
    """
    A state of the region with both its allocations.

    Attributes:
        related: The region and its pairs.
        counted: Who is counted.
        largest: The largest allocation, with its proof.
        stable: int32[n], the stable allocation, -1 for nobody's vacancy.
        seed: What ties were broken by.
        resample: Seed of the bootstrap of people and posts; None: each counts once.
    """

    related: Related
    counted: Headcount
    largest: Largest
    stable: NDArray[np.int32]
    seed: int = 0
    resample: int | None = None

    def seats(self, vacancy: NDArray[np.int32]) -> pl.DataFrame:
        """
        Return the people of an allocation, each with id, row id and `ABOUT`, in order of people.

        Args:
            vacancy: int32[n], -1 for none.
        """
        region, arrays = self.related.region, self.related.arrays
        who = np.flatnonzero(vacancy >= 0)
        row, post = self.counted.row_of[who], vacancy[who]
        ids = pl.DataFrame(
            {
                "id": pl.Series([self.counted.ids[i] for i in who.tolist()], dtype=pl.String),
                "person_id": region.table("people")["person_id"].gather(row),
                "vacancy_id": region.table("vacancies")["vacancy_id"].gather(post),
                **{name: arrays[array][row, post].astype(np.float64) for array, name in OF_PAIR.items()},
            }
        )
        return ids.hstack(trips(self.related, row, post)).select("id", "person_id", *ABOUT)


@dataclass(frozen=True, slots=True)
class Changes:
    """
    What changes in one of the two allocations.

    Attributes:
        before: People placed, which is posts filled, before.
        after: The same after.
        people: The people for whom something changes, sorted by id: `id`, `person_id`, `change` (one of `KINDS`), `ABOUT` before
            and, with the suffix `_after`, after; null where a person has no post.
    """

    before: int
    after: int
    people: pl.DataFrame

    @property
    def more_filled(self) -> int:
        """Posts filled in addition; negative: fewer."""
        return self.after - self.before

    def count(self, kind: str) -> int:
        """Return how many people something of a kind happens to."""
        return int((self.people["change"] == kind).sum())

    def total(self, column: str, *kinds: str) -> float | None:
        """Return after less before, summed over people of some kinds; None where a value is not known."""
        some = self.people.filter(pl.col("change").is_in(kinds or KINDS))
        values = pl.concat([_values(some, column, "_after"), -_values(some, column, "")])
        return None if values.null_count() else float(values.sum())


@dataclass(frozen=True, slots=True)
class Effect:
    """
    What a change of a region does.

    Attributes:
        possible: In the largest allocation; of its people only who is placed counts, not in which post.
        stable: In the stable allocation.
        exact: Whether both largest allocations are proved.
    """

    possible: Changes
    stable: Changes
    exact: bool

    def figures(self) -> dict[str, float | None]:
        """
        Return the effect as figures by name; None where something is not known.

        People and posts are counts; `hours_week` are weekly hours worked in addition; `gross_eur_year` is gross pay in addition, of
        twelve months; minutes and kilograms are of the month's ways to work, of those who keep a post by another way and of all.
        """
        stable, possible = self.stable, self.possible
        gross = stable.total("gross_eur_month")
        return {
            "possible_more_filled": possible.more_filled,
            "possible_newly_placed": possible.count("newly_placed"),
            "possible_displaced": possible.count("displaced"),
            "more_filled": stable.more_filled,
            "newly_placed": stable.count("newly_placed"),
            "displaced": stable.count("displaced"),
            "moved": stable.count("moved"),
            "same_post": stable.count("same_post"),
            "hours_week": stable.total("hours"),
            "gross_eur_year": None if gross is None else 12.0 * gross,
            "minutes_month": stable.total("minutes_month"),
            "minutes_month_same_post": stable.total("minutes_month", "same_post"),
            "co2_kg_month": stable.total("co2_kg_month"),
            "co2_kg_month_same_post": stable.total("co2_kg_month", "same_post"),
        }


def cleared(related: Related, *, seed: int = 0, resample: int | None = None) -> Cleared:
    """
    Clear a region's market both ways.

    Args:
        related: The region and its pairs.
        seed: Breaks ties.
        resample: Seed of a bootstrap of people and posts; None: each counts once.
    """
    return _cleared(related, None, seed, resample)


def cleared_after(before: Cleared, related: Related) -> Cleared:
    """
    Clear a market after a change: ties, resample and the largest allocation are those before it, wherever they can be.

    Args:
        before: The state that it is compared with.
        related: The region after the change, and its pairs.
    """
    return _cleared(related, before, before.seed, before.resample)


def _cleared(related: Related, before: Cleared | None, seed: int, resample: int | None) -> Cleared:
    counted = related.counted(resample)
    relation = related.relation(counted, resample)
    start = None if before is None else _carried(before, related, counted)
    return Cleared(
        related=related,
        counted=counted,
        largest=largest_keeping(relation, start, seed=seed),
        stable=stable_allocation(relation, seed=seed).vacancy,
        seed=seed,
        resample=resample,
    )


def compare(before: Cleared, after: Cleared) -> Effect:
    """
    Return what a change does.

    Args:
        before: The region as it was.
        after: The region with the change, from `cleared_after`. People and posts are the same where their ids are; who or
            what is only in one of them counts there.
    """
    return Effect(
        possible=_changes(before, after, before.largest.vacancy, after.largest.vacancy),
        stable=_changes(before, after, before.stable, after.stable),
        exact=before.largest.exact and after.largest.exact,
    )


def _carried(before: Cleared, related: Related, counted: Headcount) -> NDArray[np.int32]:
    """Return the largest allocation of one state in the rows of another; who or what is no longer there drops out."""
    posts = related.region.table("vacancies")["vacancy_id"].to_list()
    row_of = {post: row for row, post in enumerate(posts)}
    earlier = before.related.region.table("vacancies")["vacancy_id"].to_list()
    rows = np.array([*(row_of.get(post, -1) for post in earlier), -1], dtype=np.int32)  # the last one: no vacancy
    had = dict(zip(before.counted.ids, rows[before.largest.vacancy].tolist(), strict=True))
    return np.array([had.get(person, -1) for person in counted.ids], dtype=np.int32)


def _changes(before: Cleared, after: Cleared, was: NDArray[np.int32], now: NDArray[np.int32]) -> Changes:
    """Return who is placed before and after, side by side, where anything differs."""
    one, other = before.seats(was), after.seats(now)
    both = one.join(other, on=["id", "person_id"], how="full", coalesce=True, suffix="_after")
    differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_after")) for name in ABOUT)
    change = (
        pl.when(pl.col("vacancy_id").is_null())
        .then(pl.lit("newly_placed"))
        .when(pl.col("vacancy_id_after").is_null())
        .then(pl.lit("displaced"))
        .when(pl.col("vacancy_id") != pl.col("vacancy_id_after"))
        .then(pl.lit("moved"))
        .otherwise(pl.lit("same_post"))
    )
    columns = ("id", "person_id", "change", *ABOUT, *(f"{name}_after" for name in ABOUT))
    people = both.filter(differs).with_columns(change=change).select(columns).sort("id")
    return Changes(len(one), len(other), people)


def _values(people: pl.DataFrame, column: str, suffix: str) -> pl.Series:
    """Return a column of those who have a post."""
    return people.filter(pl.col(f"vacancy_id{suffix}").is_not_null())[f"{column}{suffix}"].cast(pl.Float64)
