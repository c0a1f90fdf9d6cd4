# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Who could learn where and when, on the village."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from drehkreuz.errors import InputError
from drehkreuz.planning.learning_places import HOURS, Hours, Learners, best_places, learners
from drehkreuz.reach import minutes, session_commutes, triples
from drehkreuz.region import Cache, Region
from drehkreuz.reports.learning.places import places_answer, places_paper, places_table


@pytest.fixture(scope="module")
def found(village: Region) -> Learners:
    """Who could learn at each workplace and learning place of the village."""
    kinds = village.table("places")["kind"]
    return learners(village, kinds.is_in(["learning", "workplace"]).arg_true().to_list(), cache=Cache.default())


def test_who_arrives_is_who_gets_to_a_course_held_there(village: Region) -> None:
    """A course thought of where and when one is held is reached by those who get to that one."""
    row = village.table("course_sessions")["session_id"].index_of("C38-1")  # evenings, 18:00 to 21:00
    assert row is not None
    held = village.table("course_sessions").row(row, named=True)
    place = village.table("places")["place_id"].index_of(held["place_id"])
    assert place is not None
    thought = Hours("evening", "evening", held["day_start"], held["day_end"], 9.0)
    where = triples(village)
    people = range(len(village.table("people")))
    there = session_commutes(village, where, minutes(village, where), people).reachable[:, row]
    assert (learners(village, [int(place)], (thought,)).arrives[:, 0, 0] == there).all()


def test_who_could_learn_arrives_and_has_the_hours(found: Learners, village: Region) -> None:
    """Nobody learns where they do not get, nor longer than they can."""
    assert not (found.could & ~found.arrives).any()
    most = village.table("people")["learning_hours_max"].to_numpy()
    for h, hours in enumerate(HOURS):
        assert not found.could[most < hours.hours_per_week, :, h].any()
    assert found.could.any(axis=(0, 1)).all()


def test_counts_are_sums_of_weights(found: Learners) -> None:
    """People with care duties and people without them are all people."""
    assert np.allclose(found.counted(found.care) + found.counted(~found.care), found.counted())
    assert found.counted()[0, 0] == found.weight[found.could[:, 0, 0]].sum()


def test_one_place_is_chosen_as_counting_would_choose(found: Learners) -> None:
    """The first new place is one that adds as many as any."""
    nothing = np.zeros(len(found.places), dtype=np.bool_)
    best = best_places(found, 1, "evening", nothing)
    assert best.value == found.counted()[:, 2].max()


def test_an_unknown_time_is_refused(found: Learners) -> None:
    """Times have names."""
    with pytest.raises(InputError, match="is no time of teaching"):
        best_places(found, 1, "night", np.zeros(len(found.places), dtype=np.bool_))


@pytest.mark.parametrize("language", ["de", "en"])
def test_places_are_told(found: Learners, village: Region, language: Any) -> None:
    """The paper and the table say the same of each place, and no sentence has a hole."""
    answer = places_answer(village, found, build=2, when="morning")
    paper = places_paper(answer, language)
    assert "{" not in "".join(str(block) for block in paper.blocks())
    assert len(places_table(answer)) == len(found.places)
    assert answer["today"]["morning"]["somewhere_with_care"] > answer["today"]["day"]["somewhere_with_care"]
    assert len(answer["build"]) <= 2
