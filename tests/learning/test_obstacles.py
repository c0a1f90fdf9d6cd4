# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What stands between a person and a plan, in cases small enough to follow by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from drehkreuz.learning import TrainingReason
from drehkreuz.learning.reasons import ALL_CONDITIONS
from learning.cases import DAY, Build, course, reasons, session, teaches


@pytest.mark.parametrize(
    ("ana", "offer", "held", "reason"),
    [
        ({"learning_hours_max": 29.9}, {}, {}, TrainingReason.FORMAT),
        ({"learning_online": False}, {"format": "online"}, {"place_id": None}, TrainingReason.FORMAT),
        ({"learning_online": False}, {"format": "hybrid"}, {}, TrainingReason.FORMAT),
        ({}, {}, {"start": DAY - timedelta(days=1)}, TrainingReason.DATE),
        ({}, {}, {"end": date(2029, 1, 6)}, TrainingReason.DATE),
        ({}, {}, {"seats": 0}, TrainingReason.SEATS),
        ({"eqf": 3}, {"entry_eqf": 4}, {}, TrainingReason.ENTRY),
        ({}, {"entry_cefr": "A1"}, {}, TrainingReason.ENTRY),
        ({}, {"fee_eur": 500.01}, {}, TrainingReason.UNFUNDED),
    ],
)
def test_each_obstacle_is_named(
    workshop: Build, ana: dict[str, Any], offer: dict[str, Any], held: dict[str, Any], reason: TrainingReason
) -> None:
    """One thing in the way gives one reason; without it there is a plan."""
    offered = {"course_skills": teaches(welding="weld")}
    block = workshop(
        ana=ana, courses=[course("welding") | offer], course_sessions=[session("welding") | held], **offered
    ).block()
    assert block.training.all()
    assert reasons(block) is reason
    assert workshop(courses=[course("welding")], course_sessions=[session("welding")], **offered).plan() is not None


def test_limits_themselves_are_no_obstacle(workshop: Build) -> None:
    """Exactly the hours, the fee, the level, the last day of the 36 months, and the region's day itself are fine."""
    here = workshop(
        ana={"learning_hours_max": 30.0, "eqf": 4},
        courses=[course("welding", fee=500, entry_eqf=4)],
        course_skills=teaches(welding="weld"),
        course_sessions=[session("welding", start=DAY, end=date(2029, 1, 5), seats=1)],
    )
    assert here.plan().fee_eur == 500


def test_place_out_of_reach(workshop: Build) -> None:
    """A session whose place is out of reach gives PLACE; one without a place is online and never out of reach."""
    offered = {"courses": [course("welding")], "course_skills": teaches(welding="weld")}
    nowhere = np.zeros((1, 1), dtype=np.bool_)
    there = workshop(reachable=nowhere, course_sessions=[session("welding")], **offered)
    assert reasons(there.block()) is TrainingReason.PLACE
    assert (
        workshop(reachable=nowhere, course_sessions=[session("welding", place_id=None)], **offered).plan() is not None
    )


@pytest.mark.parametrize(
    ("form", "hours", "days", "fits"),
    [
        ("daytime", 30.0, range(5), True),  # five days of seven hours
        ("daytime", 30.0, range(4), False),
        ("part_time", 28.0, range(4), True),
        ("part_time", 28.0, (0, 1, 2, 5), False),
        ("weekend", 7.0, (5,), True),
        ("weekend", 14.0, (5,), False),
        ("online", 30.0, (6,), True),
    ],
)
def test_times_named_leave_enough_days(workshop: Build, form: str, hours: float, days: Any, fits: bool) -> None:
    """A person who named times needs a window around the hours of teaching on as many days as the hours take."""
    here = workshop(
        courses=[course("welding") | {"format": form, "hours_per_week": hours}],
        course_skills=teaches(welding="weld"),
        course_sessions=[session("welding", day_start=510, day_end=930)],
        person_times=[{"person_id": "ana", "day": day, "from": 510, "to": 930} for day in days],
    )
    assert (here.plan() is not None) == fits
    assert reasons(here.block()) is (TrainingReason(0) if fits else TrainingReason.FORMAT)


def test_a_course_without_sessions_lacks_a_date(workshop: Build) -> None:
    """It can be learned, on no day yet; ignoring dates, the plan shows the course without a session."""
    here = workshop(courses=[course("welding")], course_skills=teaches(welding="weld"))
    assert reasons(here.block()) is TrainingReason.DATE
    plan = here.plan(ignoring=TrainingReason.DATE)
    assert [(step.session, step.start, step.skills) for step in plan.steps] == [(None, None, (2,))]
    assert plan.weeks == here.block().slack_weeks[0, 0] == 4


def test_two_obstacles_at_once_are_named_together(workshop: Build) -> None:
    """Where no single condition admits a plan, a smallest set does: full and too dear at once."""
    here = workshop(
        courses=[course("welding", fee=900)],
        course_skills=teaches(welding="weld"),
        course_sessions=[session("welding", seats=0)],
    )
    assert reasons(here.block()) == TrainingReason.SEATS | TrainingReason.UNFUNDED
    assert here.plan(ignoring=TrainingReason.SEATS) is None
    assert here.plan(ignoring=ALL_CONDITIONS).fee_eur == 900


def test_what_no_course_teaches(workshop: Build) -> None:
    """Learnable, but taught nowhere: the slack is the weeks of the quickest designable module."""
    skills = [{"skill_id": s, "class": "technical"} for s in ("file", "drill", "weld")]
    block = workshop(skills=[*skills, {"skill_id": "cut", "class": "social"}]).block()
    assert block.training.all()
    assert not block.skill.any()
    assert reasons(block) is TrainingReason.NO_COURSE
    assert block.slack_weeks[0, 0] == 2
    assert np.isnan(block.weeks[0, 0])


# ------------------------------------------------------------------------------------------------------------------ SKILL


def test_level_far_above_is_beyond_the_horizon(workshop: Build) -> None:
    """Four levels above the next are 208 weeks: SKILL, with a quarter uncovered, and never TRAINING beside it."""
    far = {"occupations": [{"occupation_id": "fitter", "eqf": 7}], "ana": {"eqf": 2}}
    block = workshop(**far).block()
    assert block.skill.all()
    assert not block.training.any()
    assert block.slack_skill[0, 0] == 0.25
    near = workshop(**far | {"ana": {"eqf": 5}}).block()
    assert not near.skill.any()
    assert near.slack_weeks[0, 0] == 4 + 52


def test_who_brings_enough_needs_no_level(workshop: Build) -> None:
    """Where the share is reached there is no gap to close, whatever the level of the occupation."""
    block = workshop(
        occupations=[{"occupation_id": "fitter", "eqf": 8}], ana={"eqf": 1}, post={"trainable_share": 0.25}
    )
    assert block.block().fits_now.all()
