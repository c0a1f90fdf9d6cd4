# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What people bring, and through what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from drehkreuz.errors import InputError
from drehkreuz.region import Region
from drehkreuz.skills import SkillParameters, Through, skill_profiles, taxonomy
from skills.taxonomies import asks

Skills = dict[str, tuple[Through, str | None]]


@pytest.fixture(scope="module")
def bring(make_region: Callable[..., Region]) -> Callable[..., Skills]:
    """The skills of one person, with what each comes through."""

    def build(parameters: SkillParameters | None = None, **rows: list[Mapping[str, Any]]) -> Skills:
        region = make_region(
            occupations=[{"occupation_id": "digger"}, {"occupation_id": "fitter"}],
            skills=[{"skill_id": name} for name in ("safety", "dig", "weld", "plan")],
            occupation_skills=[
                *asks("digger", essential="safety dig", optional="weld"),
                *asks("fitter", essential="safety weld"),
            ],
            qualifications=[
                {"qualification_id": "fitter-award", "occupation_id": "fitter"},
                {"qualification_id": "school"},
            ],
            people=[{"person_id": "other"}, {"person_id": "me"}],
            **{table: [{"person_id": "me"} | dict(row) for row in given] for table, given in rows.items()},
        )
        known = taxonomy(region)
        profiles = skill_profiles(region, known, parameters or SkillParameters())
        assert len(profiles.skills.row(0)) == 0
        return {
            known.skill_ids[s]: (through, known.occupation_ids[o] if o >= 0 else None)
            for s, through, o in profiles.why(1)
        }

    return build


def test_half_a_year_brings_the_essential_skills(bring: Callable[..., Skills]) -> None:
    """Essential skills come with half a year in the occupation, not with a day less."""
    held = {"safety": (Through.OCCUPATION, "digger"), "dig": (Through.OCCUPATION, "digger")}
    assert bring(person_occupations=[{"occupation_id": "digger", "years": 0.5}]) == held
    assert bring(person_occupations=[{"occupation_id": "digger", "years": 0.499}]) == {}


def test_three_years_bring_the_optional_skills(bring: Callable[..., Skills]) -> None:
    """Optional skills come with three years; the limit is a parameter."""
    skilled = bring(person_occupations=[{"occupation_id": "digger", "years": 3.0}])
    assert skilled["weld"] == (Through.OPTIONAL, "digger")
    beginner = [{"occupation_id": "digger", "years": 2.9}]
    assert "weld" not in bring(person_occupations=beginner)
    assert "weld" in bring(SkillParameters(years_for_optional=2.0), person_occupations=beginner)


def test_the_occupation_held_longest_is_named(bring: Callable[..., Skills]) -> None:
    """A skill that two occupations bring is told through the one held longer, whatever the order of rows."""
    held = [{"occupation_id": "digger", "years": 2.0}, {"occupation_id": "fitter", "years": 9.0}]
    assert bring(person_occupations=held)["safety"] == (Through.OCCUPATION, "fitter")
    assert bring(person_occupations=held) == bring(person_occupations=held[::-1])


def test_nothing_ages(bring: Callable[..., Skills]) -> None:
    """How long ago an occupation was held changes nothing."""
    held = {"occupation_id": "digger", "years": 5.0}
    assert bring(person_occupations=[held | {"last_year": 1990}]) == bring(person_occupations=[held])


@pytest.mark.parametrize(
    ("award", "brings"),
    [
        ({}, True),
        ({"country": "SY", "recognition": "none"}, True),
        ({"modules_done": 5, "modules_total": 5}, True),
        ({"modules_done": 4, "modules_total": 5}, False),
        ({"modules_total": 5}, False),
    ],
)
def test_a_complete_award_brings_its_occupations_skills(
    bring: Callable[..., Skills], award: dict[str, Any], brings: bool
) -> None:
    """A complete award brings the essential skills of its occupation, recognised or not; modules alone do not."""
    held = bring(person_qualifications=[{"qualification_id": "fitter-award"} | award, {"qualification_id": "school"}])
    through = (Through.AWARD, "fitter")
    assert held == ({"safety": through, "weld": through} if brings else {})


def test_the_strongest_way_is_named(bring: Callable[..., Skills]) -> None:
    """A skill claimed and practised in an occupation is told through the occupation."""
    claims = [{"skill_id": "dig", "through": "hobby"}, {"skill_id": "plan", "through": "volunteering"}]
    held = bring(person_skills=claims, person_occupations=[{"occupation_id": "digger", "years": 1.0}])
    assert held["dig"] == (Through.OCCUPATION, "digger")
    assert held["plan"] == (Through.VOLUNTEERING, None)


def test_what_is_taken_back_is_gone(bring: Callable[..., Skills]) -> None:
    """A person who says that a skill is not there does not have it, whatever it came through."""
    held = bring(
        person_skills=[{"skill_id": "dig", "through": "corrected_away"}],
        person_occupations=[{"occupation_id": "digger", "years": 20.0}],
    )
    assert "dig" not in held
    assert "safety" in held


def test_unknown_skill_is_named(bring: Callable[..., Skills]) -> None:
    """A claim of a skill that the taxonomy does not have is an error that names it."""
    with pytest.raises(InputError, match=r"person_skills:me wield: skill_id 'wield'"):
        bring(person_skills=[{"skill_id": "wield"}])
