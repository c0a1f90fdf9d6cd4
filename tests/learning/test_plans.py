# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Who fits now, which plan is cheapest and who pays for it, in cases small enough to follow by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from drehkreuz.learning import LearningParameters, TrainingReason
from learning.cases import DAY, Build, course, on, reasons, session, teaches

# ------------------------------------------------------------------------------------------------------------- fits now


def test_threshold_is_met_exactly(workshop: Build) -> None:
    """Three of four alike skills fit; two do not."""
    three = [{"person_id": "ana", "skill_id": s} for s in ("file", "drill", "weld")]
    assert workshop(person_skills=three).block().fits_now.all()
    assert not workshop().block().fits_now.any()


def test_what_the_employer_teaches_lowers_the_threshold(workshop: Build) -> None:
    """Two of four fit where the employer teaches a quarter on the job."""
    block = workshop(post={"trainable_share": 0.25}).block()
    assert block.fits_now.all()
    assert block.feasibility[0, 0] == 0.5
    assert block.weeks[0, 0] == block.ready[0, 0] == 0


def test_a_course_brings_what_it_teaches_and_nothing_beside(workshop: Build) -> None:
    """Siblings held bring a skill by half, siblings learnt bring nothing: three quarters do not reach 0.875."""
    beside = [{"concept_id": s, "broader_id": "joining", "concept": "skill"} for s in ("weld", "drill", "file", "cut")]
    offered = {
        "courses": [course("welding")],
        "course_skills": teaches(welding="weld"),
        "course_sessions": [session("welding")],
    }
    strict = replace(LearningParameters(), threshold=0.875)
    assert workshop(parameters=strict, broader=beside, **offered).plan().weeks > 0
    assert workshop(parameters=strict, broader=beside[:2], **offered).plan() is None


# ---------------------------------------------------------------------------------------------------------- cheapest plan


def test_cheapest_plan_weighs_fee_and_weeks(workshop: Build) -> None:
    """Eight weeks without fee (8 × 100 €) cost more than four weeks for 300 €, and less than four weeks for 500 €."""
    for fee, chosen in ((300.0, "short"), (500.0, "long")):
        here = workshop(
            courses=[course("short", fee=fee), course("long", weeks=8)],
            course_skills=teaches(short="weld", long="weld"),
            course_sessions=[session("short"), session("long", weeks=8)],
        )
        (step,) = here.plan().steps
        assert here.region.table("courses")["course_id"][step.course] == chosen
        assert here.plan().fee_eur == (300.0 if chosen == "short" else 0.0)


def test_of_equally_cheap_plans_the_first_to_end(workshop: Build) -> None:
    """Of two sessions of a course the one that ends first is taken; weeks run from its first to its last day."""
    here = workshop(
        courses=[course("welding")],
        course_skills=teaches(welding="weld"),
        course_sessions=[session("welding", 10), session("welding", 2)],
    )
    (step,) = here.plan().steps
    assert (step.start, step.end) == (on(2), on(5, 4))
    assert here.block().ready[0, 0] == (on(5, 4) - DAY).days
    assert here.block().weeks[0, 0] == np.float32(26 / 7)


def test_next_course_may_begin_on_the_last_day_of_the_one_before(workshop: Build) -> None:
    """Steps follow one another; the same day is enough, a day earlier is not."""
    strict = replace(LearningParameters(), threshold=1.0)
    for begin, fits in ((on(4, 4), True), (on(4, 3), False)):
        here = workshop(
            parameters=strict,
            courses=[course("welding"), course("cutting")],
            course_skills=teaches(welding="weld", cutting="cut"),
            course_sessions=[session("welding"), session("cutting", 9, start=begin, end=on(9))],
        )
        plan = here.plan()
        assert (plan is not None) == fits
        if fits:
            assert [step.skills for step in plan.steps] == [(2,), (3,)]
        else:
            assert reasons(here.block()) is TrainingReason.DATE


def test_what_a_course_needs_comes_before_it(workshop: Build) -> None:
    """A course that asks for another one comes second, and the first closes nothing that the post asks."""
    here = workshop(
        courses=[course("welding"), course("basics", weeks=2)],
        course_skills=teaches(welding="weld", basics="grind"),
        course_prerequisites=[{"course_id": "welding", "requires": "course", "required_id": "basics"}],
        course_sessions=[session("welding", 1), session("welding", 7), session("basics", 4, weeks=2)],
    )
    first, second = here.plan().steps
    assert (first.course, first.skills, first.start) == (1, (), on(4))
    assert (second.course, second.skills, second.start) == (0, (2,), on(7))


def test_who_holds_what_a_course_gives_need_not_take_it(workshop: Build) -> None:
    """A required course counts as done for a person who holds all it teaches."""
    claims = [{"person_id": "ana", "skill_id": s} for s in ("file", "drill", "grind")]
    here = workshop(
        person_skills=claims,
        courses=[course("welding"), course("basics")],
        course_skills=teaches(welding="weld", basics="grind"),
        course_prerequisites=[{"course_id": "welding", "requires": "course", "required_id": "basics"}],
        course_sessions=[session("welding")],
    )
    assert [step.course for step in here.plan().steps] == [0]


# ----------------------------------------------------------------------------------------------------------------- money


@pytest.mark.parametrize(
    ("terms", "funding", "payer"),
    [
        ({}, None, "person"),
        ({"azav": True}, None, "voucher"),
        ({"azav": True, "azav_valid_to": on(1)}, None, "voucher"),
        ({"azav": True, "azav_valid_to": on(0, 6)}, None, "person"),
        ({"azav": True}, {"valid_from": on(1), "valid_to": on(1)}, "rule"),
        ({"azav": True}, {"valid_from": on(1, 1)}, "voucher"),
        ({}, {"valid_from": DAY, "discretionary": True}, "voucher"),
    ],
)
def test_who_pays_on_the_first_day(
    workshop: Build, terms: dict[str, Any], funding: dict[str, Any] | None, payer: str
) -> None:
    """A rule that leaves no discretion pays before a voucher, and either only while in force on the first day."""
    here = workshop(
        courses=[course("welding", fee=400, **terms)],
        course_skills=teaches(welding="weld"),
        course_sessions=[session("welding")],
        rules=[{"rule_id": "fund", "discretionary": False} | funding] if funding else [],
        course_funding=[{"course_id": "welding", "rule_id": "fund"}] if funding else [],
    )
    (step,) = here.plan().steps
    assert step.payable_by == payer
    assert (step.rule is not None) == (payer == "rule" or funding == {"valid_from": DAY, "discretionary": True})
    assert step.fee_eur == (400 if payer == "person" else 0)
    assert step.fee_gross_eur == here.block().fee_gross_eur[0, 0] == 400
    assert here.block().needs_voucher[0, 0] == (payer == "voucher")


def test_fees_nobody_funds_add_up(workshop: Build) -> None:
    """Two courses for 300 € each are more than the 500 € Ana can pay, though each alone is not."""
    offered = {
        "parameters": replace(LearningParameters(), threshold=1.0),
        "courses": [course("welding", fee=300), course("cutting", fee=300)],
        "course_skills": teaches(welding="weld", cutting="cut"),
        "course_sessions": [session("welding", 1), session("cutting", 9)],
    }
    block = workshop(**offered).block()
    assert reasons(block) is TrainingReason.UNFUNDED
    assert block.slack_fee_eur[0, 0] == 600
    assert block.slack_weeks[0, 0] == 8
    assert workshop(**offered, ana={"learning_fee_max_eur": 600.0}).plan().fee_eur == 600


def test_a_search_stopped_at_once_falls_back_on_the_plan_of_the_region(workshop: Build) -> None:
    """Who is said to have a plan is shown one, even where the search for the cheapest is stopped before it finds any."""
    hurried = replace(LearningParameters(), most_sets=0, most_labels=0)
    here = workshop(
        parameters=hurried,
        courses=[course("welding")],
        course_skills=teaches(welding="weld"),
        course_sessions=[session("welding")],
    )
    assert here.block().weeks[0, 0] > 0
    assert len(here.plan().steps) == 1
