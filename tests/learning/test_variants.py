# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""One plan in several ways, in cases small enough to follow by hand and against plain search."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from drehkreuz.learning.variants import Variant, Way, variants
from learning.cases import Build, course, session, teaches

COURSES = {
    "soon": course("soon", weeks=4, fee=400),
    "free": course("free", weeks=12),
    "mornings": course("mornings", weeks=8, fee=100) | {"hours_per_week": 20.0, "format": "part_time"},
    "evenings": course("evenings", weeks=20, fee=300) | {"hours_per_week": 8.0, "format": "evening"},
}
SESSIONS = {
    "soon": session("soon", 1, weeks=4),
    "free": session("free", 6, weeks=12),
    "mornings": session("mornings", 3, weeks=8),
    "evenings": session("evenings", 1, weeks=20, day_start=1080, day_end=1260),
}


def asked(workshop: Build, minutes: dict[str, int], **more: Any) -> dict[Way, Variant]:
    """The variants of Ana's plan by their ways; minutes to the courses that are there."""
    names = list(minutes)
    given = {
        "courses": [COURSES[name] for name in names],
        "course_sessions": [SESSIONS[name] for name in names],
        "course_skills": teaches(**dict.fromkeys(names, "weld")),
    }
    world = workshop(**given | more)
    known = (world.region, world.taxonomy, world.profiles, world.requirements, world.reachable)
    far = np.array([minutes[name] for name in names], dtype=np.uint8)
    return {way: each for each in variants(*known, far, 0, 0, world.parameters) for way in each.ways}


def names(workshop: Build, minutes: dict[str, int], **more: Any) -> dict[str, str]:
    """The course of each way's plan."""
    found = asked(workshop, minutes, **more)
    return {way.value: list(minutes)[each.plan.steps[0].course] for way, each in found.items()}


def test_each_way_has_the_plan_that_is_best_in_it(workshop: Build) -> None:
    """Four courses for one gap: the soonest, the free one, the nearest by day, the mornings and the evenings."""
    assert names(workshop, {"soon": 50, "free": 40, "mornings": 30, "evenings": 20}) == {
        "balanced": "soon",  # 400 and 4 weeks at 100 against 1,200, 900 and 2,300
        "fast": "soon",
        "cheap": "free",
        "near": "evenings",
        "part_time": "mornings",
        "alongside": "evenings",
    }


def test_plans_that_coincide_stand_once(workshop: Build) -> None:
    """One course alone is the plan in every way that it fits, and in no other."""
    found = asked(workshop, {"soon": 10})
    assert len(set(found.values())) == 1
    assert set(found) == {Way.BALANCED, Way.FAST, Way.CHEAP, Way.NEAR}
    assert found[Way.BALANCED].proven


def test_an_online_course_is_nearest(workshop: Build) -> None:
    """What is learned at home has no way."""
    online = COURSES["free"] | {"format": "online"}
    at_home = SESSIONS["free"] | {"place_id": None}
    given = {"courses": [COURSES["soon"], online], "course_sessions": [SESSIONS["soon"], at_home]}
    assert names(workshop, {"soon": 1, "free": 0}, **given)["near"] == "free"


def test_two_courses_are_as_far_as_the_farther_one(workshop: Build) -> None:
    """A plan of two near courses with one long way is not nearer than one course at a middle distance."""
    given = {
        "vacancies": [{"vacancy_id": "post", "occupation_id": "fitter"}],
        "person_skills": [{"person_id": "ana", "skill_id": "file"}],
        "courses": [course("one"), course("two"), course("both", weeks=30)],
        "course_sessions": [session("one", 1), session("two", 6), session("both", 1, weeks=30)],
        "course_skills": teaches(one="weld", two="cut", both="weld cut"),
    }
    world = workshop(**given)
    known = (world.region, world.taxonomy, world.profiles, world.requirements, world.reachable)
    for far, steps in (((5, 40, 20), 1), ((5, 15, 20), 2)):
        found = variants(*known, np.array(far, dtype=np.uint8), 0, 0, world.parameters)
        near = next(each for each in found if Way.NEAR in each.ways)
        assert len(near.plan.steps) == steps


def test_nothing_to_learn_and_nothing_to_be_learned_have_no_variants(workshop: Build) -> None:
    """Who fits needs no plan; who finds no course has none."""
    fits = [{"person_id": "ana", "skill_id": s} for s in ("file", "drill", "weld")]
    assert asked(workshop, {"soon": 5}, person_skills=fits) == {}
    assert asked(workshop, {}) == {}


@pytest.mark.parametrize("seed", range(4))
def test_no_variant_is_beaten_by_a_course_alone(workshop: Build, seed: int) -> None:
    """Of many courses that each close the gap, every way takes one that none of the others beats in it."""
    random = np.random.default_rng(seed)
    weeks, fee, start, far = (random.integers(1, high, 8).tolist() for high in (20, 5, 30, 60))
    count = range(8)
    given = {
        "courses": [course(f"c{i}", weeks=weeks[i], fee=100 * (fee[i] - 1)) for i in count],
        "course_sessions": [session(f"c{i}", start[i], weeks=weeks[i]) for i in count],
        "course_skills": teaches(**{f"c{i}": "weld" for i in count}),
    }
    world = workshop(**given)
    known = (world.region, world.taxonomy, world.profiles, world.requirements, world.reachable)
    found = variants(*known, np.array(far, dtype=np.uint8), 0, 0, world.parameters)
    taken = {way: each.plan.steps[0].course for each in found for way in each.ways}
    assert start[taken[Way.FAST]] + weeks[taken[Way.FAST]] == min(start[i] + weeks[i] for i in count)
    assert fee[taken[Way.CHEAP]] == min(fee)
    assert far[taken[Way.NEAR]] == min(far)
    cost = [100 * (fee[i] - 1) + 100 * weeks[i] for i in count]
    assert cost[taken[Way.BALANCED]] == min(cost)
