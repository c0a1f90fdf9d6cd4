# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What people can learn, in cases small enough to follow by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from drehkreuz.errors import InputError
from drehkreuz.learning import Learning, LearningParameters, TrainingReason, learning, plan_for
from drehkreuz.learning.reasons import ALL_CONDITIONS
from drehkreuz.region import Region
from drehkreuz.skills import requirement_profiles, skill_profiles, taxonomy

DAY = date(2026, 1, 5)  # a Monday; the world's day
Build = Callable[..., Any]


def on(week: int, weekday: int = 0) -> date:
    """A day, so many weeks after the region's."""
    return DAY + timedelta(weeks=week, days=weekday)


def course(name: str, *, weeks: float = 4, fee: float = 0, **more: Any) -> dict[str, Any]:
    return {"course_id": name, "weeks": weeks, "fee_eur": fee, "hours_per_week": 30.0, "format": "daytime"} | more


def session(of: str, week: int = 1, *, weeks: int = 4, **more: Any) -> dict[str, Any]:
    """A session from Monday to Friday some weeks later."""
    days = {"start": on(week), "end": on(week + weeks - 1, 4)}
    return {"session_id": f"{of}-{week}", "course_id": of, "place_id": "school"} | days | more


def teaches(**skills: str) -> list[dict[str, str]]:
    """What courses teach: `teaches(welding="weld cut")`."""
    return [{"course_id": c, "skill_id": s} for c, named in skills.items() for s in named.split()]


@pytest.fixture
def workshop(world: Build) -> Build:
    """
    Ana holds two of the four skills that a fitter's post asks, all of one weight, and lacks `weld` and `cut`.

    One more skill reaches the threshold of three quarters.
    """

    def build(
        *,
        ana: dict[str, Any] | None = None,
        post: dict[str, Any] | None = None,
        parameters: LearningParameters | None = None,
        reachable: Any = None,
        **tables: Any,
    ) -> Any:
        person = {"person_id": "ana", "eqf": 4, "learning_hours_max": 40.0, "learning_fee_max_eur": 500.0}
        skills = [{"skill_id": s, "class": "technical"} for s in ("file", "drill", "weld", "cut", "grind")]
        needs = [
            {"occupation_id": "fitter", "skill_id": row["skill_id"], "relation": "essential"} for row in skills[:4]
        ]
        given: dict[str, Any] = {
            "people": [person | (ana or {})],
            "occupations": [{"occupation_id": "fitter", "eqf": 4}],
            "skills": skills,
            "occupation_skills": needs,
            "person_skills": [{"person_id": "ana", "skill_id": s} for s in ("file", "drill")],
            "vacancies": [{"vacancy_id": "post", "occupation_id": "fitter"} | (post or {})],
        }
        return world(parameters or LearningParameters(), reachable, **given | tables)

    return build


def reasons(block: Learning) -> TrainingReason:
    return TrainingReason(int(block.reasons[0, 0]))


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


def test_a_sibling_learnt_counts_half(workshop: Build) -> None:
    """Learning one of two missing siblings brings the other by half: five eighths and a half reach 0.875."""
    beside = [{"concept_id": s, "broader_id": "joining", "concept": "skill"} for s in ("weld", "cut")]
    strict = replace(LearningParameters(), threshold=0.875)
    offered = {
        "courses": [course("welding")],
        "course_skills": teaches(welding="weld"),
        "course_sessions": [session("welding")],
    }
    assert workshop(parameters=strict, broader=beside, **offered).plan().weeks > 0
    assert workshop(parameters=strict, **offered).plan() is None


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


# ------------------------------------------------------------------------------------------------------------- obstacles


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


# ----------------------------------------------------------------------------------------------------- languages, awards

GERMAN = [{"vacancy_id": "post", "language": "de", "cefr": "B2"}]
ENOUGH = {"post": {"trainable_share": 0.25}}


def tongue(name: str, reaches: str, needs: str | None = None, **more: Any) -> dict[str, Any]:
    return course(name, leads_to_language="de", leads_to_cefr=reaches, entry_cefr=needs, **more)


def test_language_is_learnt_step_by_step(workshop: Build) -> None:
    """From A2 a B2 course that asks B1 comes after the B1 course."""
    here = workshop(
        **ENOUGH,
        vacancy_languages=GERMAN,
        person_languages=[{"person_id": "ana", "language": "de", "cefr": "A2"}],
        courses=[tongue("b2", "B2", "B1"), tongue("b1", "B1", "A2")],
        course_sessions=[session("b2", 1), session("b2", 9), session("b1", 3)],
    )
    first, second = here.plan().steps
    assert (first.course, first.languages) == (1, ())
    assert (second.course, second.languages) == (0, (("de", "B2", False),))
    assert not here.block().language_level.any()


def test_language_that_no_course_reaches(workshop: Build) -> None:
    """Courses end at B1: LANGUAGE, two steps from A2 to B2; the rest is computed as if it were not asked."""
    here = workshop(
        **ENOUGH,
        vacancy_languages=GERMAN,
        person_languages=[{"person_id": "ana", "language": "de", "cefr": "A2"}],
        courses=[tongue("b1", "B1")],
        course_sessions=[session("b1")],
    )
    block = here.block()
    assert block.language_level.all()
    assert block.slack_language[0, 0] == 2
    assert not block.fits_now.any()
    assert not block.training.any()
    assert block.weeks[0, 0] == 0


def test_certificate_of_a_language(workshop: Build) -> None:
    """Who speaks well but cannot show it needs a course that examines; without one, only the exam is lacking."""
    given = {
        **ENOUGH,
        "vacancy_languages": [GERMAN[0] | {"certified": True}],
        "person_languages": [{"person_id": "ana", "language": "de", "cefr": "C1"}],
        "course_sessions": [session("b2")],
    }
    plan = workshop(**given, courses=[tongue("b2", "B2", exam_body="Beispielprüfstelle")]).plan()
    assert [step.languages for step in plan.steps] == [(("de", "B2", True),)]
    block = workshop(**given, courses=[tongue("b2", "B2")]).block()
    assert block.language_exam.all()
    assert not block.language_level.any()
    assert block.slack_language[0, 0] == 1


AWARD = {"qualifications": [{"qualification_id": "crane", "valid_years": 5.0}]}
ASKED = [{"vacancy_id": "post", "qualification_id": "crane"}]


@pytest.mark.parametrize(
    ("award", "holds", "recognition"),
    [
        ({}, True, False),
        ({"expires": DAY}, True, False),
        ({"expires": DAY - timedelta(days=1)}, False, False),
        ({"year": 2021}, True, False),  # runs out with 2026
        ({"year": 2020}, False, False),
        ({"country": "SY"}, False, True),
        ({"country": "SY", "recognition": "partial"}, False, True),
        ({"country": "SY", "recognition": "full"}, True, False),
        ({"country": "SY", "validated": True}, True, False),
        ({"modules_done": 2, "modules_total": 3}, False, False),
    ],
)
def test_awards_that_hold(workshop: Build, award: dict[str, Any], holds: bool, recognition: bool) -> None:
    """An award asked must be complete, in force, and German, fully recognised or validated."""
    block = workshop(
        **ENOUGH,
        **AWARD,
        vacancy_qualifications=ASKED,
        person_qualifications=[{"person_id": "ana", "qualification_id": "crane"} | award],
    ).block()
    assert block.fits_now[0, 0] == holds
    assert block.certificate[0, 0] == (not holds)
    assert block.recognition[0, 0] == recognition
    assert block.slack_certificate[0, 0] == (not holds)


def test_modules_make_an_award(workshop: Build) -> None:
    """Of three modules Ana has the first; the other two are taken, the last completes the award."""
    modules = [course(f"m{k}", leads_to="crane", module_number=k, modules_total=3) for k in (1, 2, 3)]
    here = workshop(
        **ENOUGH,
        **AWARD,
        vacancy_qualifications=ASKED,
        person_qualifications=[
            {"person_id": "ana", "qualification_id": "crane", "modules_done": 1, "modules_total": 3}
        ],
        courses=modules,
        course_sessions=[session("m1", 1), session("m3", 9), session("m2", 20)],
    )
    assert [(step.course, step.qualifications) for step in here.plan().steps] == [(2, ()), (1, (0,))]
    without = workshop(**ENOUGH, **AWARD, vacancy_qualifications=ASKED, courses=modules[:2])
    assert without.block().certificate.all()


# ---------------------------------------------------------------------------------------------------------------- whole


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
