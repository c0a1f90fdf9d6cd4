# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What holds for every block of people: parts of the whole, no order of rows, nothing read that must not be."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from drehkreuz.errors import InputError
from drehkreuz.learning import Learning, LearningParameters, learning, plan_for
from drehkreuz.learning.reasons import ALL_CONDITIONS, TrainingReason
from drehkreuz.region import Region
from drehkreuz.skills import requirement_profiles, skill_profiles, taxonomy
from learning.cases import Build, course, session, teaches


def test_blocks_are_parts_of_the_whole(village: Region) -> None:
    """The village computed in blocks is the village computed at once, and plans tell what the block tells."""
    known = taxonomy(village)
    given = (village, known, skill_profiles(village, known), requirement_profiles(village, known))
    n_sessions = len(village.table("course_sessions"))
    reachable = np.random.default_rng(3).random((40, n_sessions)) < 0.7
    whole = learning(*given, reachable, range(40))
    part = learning(*given, reachable[25:], range(25, 40))
    for field in fields(Learning):
        if field.name != "people":
            assert np.array_equal(getattr(whole, field.name)[25:], getattr(part, field.name), equal_nan=True)
    for p, r in np.argwhere(whole.weeks > 0)[::97].tolist():
        plan = plan_for(*given, reachable[p : p + 1], p, r)
        assert plan is not None
        assert np.float32(plan.weeks) == whole.weeks[p, r]
        assert np.float32(plan.fee_eur) == whole.fee_eur[p, r]


def test_why_is_told_of_the_pairs_asked(village: Region) -> None:
    """Without asking why, only the names of conditions are not told; of pairs not asked, nothing about plans."""
    known = taxonomy(village)
    given = (village, known, skill_profiles(village, known), requirement_profiles(village, known))
    random = np.random.default_rng(4)
    reachable = random.random((40, len(village.table("course_sessions")))) < 0.7
    whole = learning(*given, reachable, range(40))
    untold = learning(*given, reachable, range(40), why=False)
    conditions = np.uint16(ALL_CONDITIONS)
    assert np.array_equal(untold.reasons == TrainingReason.UNTOLD, (whole.reasons & conditions) != 0)
    assert np.array_equal(untold.reasons == TrainingReason.NO_COURSE, whole.reasons == TrainingReason.NO_COURSE)
    for field in fields(Learning):
        if field.name not in {"people", "reasons"}:
            assert np.array_equal(getattr(whole, field.name), getattr(untold, field.name), equal_nan=True), field.name
    asked = random.random(whole.training.shape) < 0.1
    part = learning(*given, reachable, range(40), only=asked)
    assert np.array_equal(part.training, whole.training & asked)
    assert np.array_equal(part.reasons, np.where(asked, whole.reasons, 0))


def test_answers_do_not_depend_on_the_order_of_rows(workshop: Build) -> None:
    """Turning every table round leaves the plan the same, by the names of its sessions."""
    tables = {
        "courses": [course("a"), course("b"), course("c", weeks=2), course("d", weeks=2)],
        "course_skills": teaches(a="weld", b="cut", c="weld", d="cut"),
        "course_sessions": [session(c, week) for c in "abcd" for week in (2, 7, 12)],
        "parameters": replace(LearningParameters(), threshold=1.0),
    }
    turned = {name: rows[::-1] if isinstance(rows, list) else rows for name, rows in tables.items()}

    def names(here: Any) -> list[str]:
        return [here.region.table("course_sessions")["session_id"][step.session] for step in here.plan().steps]

    assert names(workshop(**tables)) == names(workshop(**turned)) == ["c-2", "d-7"]


def test_age_and_origin_are_not_read(workshop: Build) -> None:
    """Birth years, residence, status and employer change nothing."""
    offered = {
        "courses": [course("welding")],
        "course_skills": teaches(welding="weld"),
        "course_sessions": [session("welding")],
    }
    other = {
        "birth_year_from": 1961,
        "birth_year_to": 1965,
        "residence_purpose": "humanitarian",
        "residence_months_left": 3,
        "employment_status": "unemployed",
        "employer_group": "lignite_operator",
    }
    first, second = workshop(**offered).block(), workshop(ana=other, **offered).block()
    for field in fields(Learning):
        assert np.array_equal(getattr(first, field.name), getattr(second, field.name))


def test_empty_region_has_an_empty_block(world: Build) -> None:
    """Without people, posts and courses the block is empty, not an error."""
    assert world().block().weeks.shape == (0, 0)


def test_reach_of_another_shape_is_refused(workshop: Build) -> None:
    """The sessions reached must be those of the table, for the people of the block."""
    with pytest.raises(ValueError, match=r"reachable_sessions is \(1, 3\), not \(1, 0\)"):
        workshop(reachable=np.ones((1, 3), dtype=np.bool_)).block()


def test_unknown_prerequisite_is_named(workshop: Build) -> None:
    """A course that needs something that is not there is an error that names it."""
    needs = [{"course_id": "welding", "requires": "skill", "required_id": "soldr"}]
    with pytest.raises(InputError, match=r"required_id 'soldr': is not in table skills"):
        workshop(courses=[course("welding")], course_prerequisites=needs).block()
