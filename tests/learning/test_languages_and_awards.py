# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Languages and awards that a post asks, in cases small enough to follow by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from drehkreuz.learning.held import counts_here
from drehkreuz.region import Region
from learning.cases import DAY, Build, course, session

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
        ({"country": "NL"}, True, False),
        ({"country": "CH", "recognition": "applied"}, True, False),
        ({"country": "BE", "modules_done": 2, "modules_total": 3}, False, False),
        ({"modules_done": 2, "modules_total": 3}, False, False),
    ],
)
def test_awards_that_hold(workshop: Build, award: dict[str, Any], holds: bool, recognition: bool) -> None:
    """An award asked must be complete, in force, and German, from where people move freely, fully recognised or validated."""
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


@pytest.mark.parametrize(
    ("country", "regulated", "work_in", "counts"),
    [
        ("NL", False, "DE", True),
        ("NL", True, "DE", False),  # a right to recognition is not yet the recognition
        ("SY", False, "DE", False),
        ("EU", False, "DE", True),  # which of its countries was not said
        ("EU", True, "DE", False),
        ("ZZ", False, "DE", False),
        ("DE", True, "DE", True),
        ("DE", False, "NL", True),
        ("DE", False, "US", False),  # free movement ends at its borders
    ],
)
def test_an_award_counts_across_borders_where_its_occupation_is_not_regulated(
    make_region: Callable[..., Region], country: str, regulated: bool, work_in: str, counts: bool
) -> None:
    """A Dutch carpenter's award counts in Germany, a Dutch nurse's only once it is recognised."""
    region = make_region(
        people=[{"person_id": "ana"}],
        occupations=[{"occupation_id": "trade", "regulated": regulated}],
        qualifications=[{"qualification_id": "award", "occupation_id": "trade"}],
        person_qualifications=[{"person_id": "ana", "qualification_id": "award", "country": country}],
    )
    assert counts_here(region, work_in).to_list() == [counts]


@pytest.mark.parametrize(
    ("country", "recognition", "counts"),
    [
        ("DE", "none", True),
        ("NL", "none", False),
        ("EU", "applied", False),
        ("NL", "full", True),
        ("ZZ", "none", False),
    ],
)
def test_a_certificate_that_a_law_asks_must_be_recognised(
    make_region: Callable[..., Region], country: str, recognition: str, counts: bool
) -> None:
    """A guard's examination from the Netherlands counts in Germany only once it is recognised, though it opens no occupation."""
    region = make_region(
        people=[{"person_id": "ana"}],
        qualifications=[{"qualification_id": "guarding", "regulated": True}],
        person_qualifications=[
            {"person_id": "ana", "qualification_id": "guarding", "country": country, "recognition": recognition}
        ],
    )
    assert counts_here(region, "DE").to_list() == [counts]


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
