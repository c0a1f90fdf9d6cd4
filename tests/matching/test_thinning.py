# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Regions thinned evenly: totals, dependent rows, order of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from drehkreuz.matching.thinning import share_for, thinned
from drehkreuz.region import check

if TYPE_CHECKING:
    from drehkreuz.region import Region


def test_one_in_one_is_the_region_itself(village: Region) -> None:
    """Nothing is left out where all may stay."""
    assert share_for(village) == 1
    assert thinned(village, 1) is village


def test_few_enough_pairs_are_left(village: Region) -> None:
    """The least share is chosen that keeps within the pairs asked for."""
    rows = len(village.table("people")) * len(village.table("vacancies"))
    for most in (rows, rows - 1, 5000, 100, 1):
        k = share_for(village, most)
        assert rows <= most * k * k
        assert k == 1 or rows > most * (k - 1) ** 2


@pytest.mark.parametrize("k", [2, 3, 7])
def test_counts_stay_about_what_they_were(village: Region, k: int) -> None:
    """People and openings of the thinned region differ from the whole by less than one step of the line."""
    few = thinned(village, k)
    people, posts = ("people", "weight"), ("vacancies", "openings")
    most_openings = village.table("vacancies")["openings"].max()
    for (table, column), step in ((people, 1.0), (posts, most_openings)):
        whole, part = village.table(table)[column].sum(), few.table(table)[column].sum()
        assert abs(part - whole) <= k * step
        assert len(few.table(table)) in {len(village.table(table)) // k, -(-len(village.table(table)) // k)}


def test_rows_of_those_left_out_go_with_them(village: Region) -> None:
    """No row tells of a person or a post that is not there, and those of the others are as they were."""
    few = thinned(village, 5)
    assert check(few) == check(village) == []
    skills = village.table("person_skills").join(few.table("people"), on="person_id", how="semi", maintain_order="left")
    assert few.table("person_skills").equals(skills)
    assert few.table("courses").equals(village.table("courses"))


def test_no_order_of_rows_changes_who_is_taken(village: Region) -> None:
    """Tables turned round give the same people and posts."""
    turned = village.with_tables({name: village.table(name).reverse() for name in ("people", "vacancies", "zones")})
    for table, key in (("people", "person_id"), ("vacancies", "vacancy_id")):
        one, other = (thinned(region, 4).table(table).sort(pl.col(key)) for region in (village, turned))
        assert one.equals(other)
