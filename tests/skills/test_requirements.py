# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What posts ask, and which posts ask the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from drehkreuz.region import Region
from drehkreuz.skills import Requirements, Taxonomy, requirement_profiles, taxonomy
from skills.taxonomies import asks


@pytest.fixture(scope="module")
def ask(make_region: Callable[..., Region]) -> Callable[..., tuple[Taxonomy, Requirements]]:
    """The requirement profiles of some vacancies, all of one occupation unless they say otherwise."""

    def build(*vacancies: str | Mapping[str, Any], **rows: list[Mapping[str, Any]]) -> tuple[Taxonomy, Requirements]:
        region = make_region(
            occupations=[{"occupation_id": "digger", "eqf": 3}, {"occupation_id": "fitter"}],
            skills=[{"skill_id": name} for name in ("safety", "dig", "weld", "plan")],
            occupation_skills=asks("digger", essential="safety dig", optional="weld"),
            qualifications=[{"qualification_id": "crane"}, {"qualification_id": "forklift"}],
            vacancies=[
                {"occupation_id": "digger"} | ({"vacancy_id": v} if isinstance(v, str) else dict(v)) for v in vacancies
            ],
            **rows,
        )
        return taxonomy(region), requirement_profiles(region, taxonomy(region))

    return build


def names(known: Taxonomy, skills: Any) -> set[str]:  # a row of positions
    return {known.skill_ids[s] for s in skills}


def test_must_is_what_the_occupation_and_the_post_ask(ask: Callable[..., tuple[Taxonomy, Requirements]]) -> None:
    """Must skills are the essential ones, less those not asked, and those added; optional ones are not asked."""
    known, asked = ask(
        "v",
        vacancy_skills=[
            {"vacancy_id": "v", "skill_id": "safety", "demand": "not_asked"},
            {"vacancy_id": "v", "skill_id": "weld", "demand": "must"},
            {"vacancy_id": "v", "skill_id": "plan", "demand": "nice"},
            {"vacancy_id": "v", "skill_id": "dig", "demand": "nice"},
        ],
    )
    assert names(known, asked.must.row(0)) == {"dig", "weld"}
    assert names(known, asked.nice.row(0)) == {"plan"}
    assert asked.eqf.tolist() == [3]


@pytest.mark.parametrize(
    "row",
    [
        ("vacancy_skills", {"skill_id": "plan"}),
        ("vacancy_qualifications", {"qualification_id": "crane"}),
        ("vacancy_languages", {"language": "de", "cefr": "B1"}),
        ("vacancy_licences", {"licence": "C"}),
    ],
)
def test_posts_share_a_profile_while_they_ask_the_same(
    ask: Callable[..., tuple[Taxonomy, Requirements]], row: tuple[str, dict[str, Any]]
) -> None:
    """One more demand of any sort parts a post from its twins."""
    table, demand = row
    _, asked = ask("a", "b", "c", **{table: [{"vacancy_id": "b"} | demand]})
    assert len(asked) == 2
    assert asked.of_vacancy[0] == asked.of_vacancy[2] != asked.of_vacancy[1]


def test_training_on_the_job_and_occupation_part_posts(ask: Callable[..., tuple[Taxonomy, Requirements]]) -> None:
    """What the employer teaches, in which time, and the occupation are demands as well."""
    other = {"vacancy_id": "d", "occupation_id": "fitter"}
    taught = {"vacancy_id": "b", "trainable_share": 0.3, "trainable_weeks": 4.0}
    slower = {"vacancy_id": "c", "trainable_share": 0.3, "trainable_weeks": 8.0}
    _, asked = ask("a", taught, slower, other)
    assert len(asked) == 4
    assert asked.trainable_share[asked.of_vacancy].tolist() == [0.0, 0.3, 0.3, 0.0]
    assert asked.trainable_weeks[asked.of_vacancy].tolist() == [0.0, 4.0, 8.0, 0.0]
    assert asked.eqf[asked.of_vacancy].tolist() == [3, 3, 3, 0]
    assert len(asked.must.row(int(asked.of_vacancy[3]))) == 0


def test_languages_and_licences_stand_beside_their_names(ask: Callable[..., tuple[Taxonomy, Requirements]]) -> None:
    """Level, certificate and code 95 are found at the entry of their language and licence."""
    _, asked = ask(
        "a",
        "b",
        vacancy_languages=[
            {"vacancy_id": "b", "language": "nl", "cefr": "A2"},
            {"vacancy_id": "b", "language": "de", "cefr": "B2", "certified": True},
            {"vacancy_id": "a", "language": "nl", "cefr": "C1"},
        ],
        vacancy_licences=[
            {"vacancy_id": "b", "licence": "CE", "code95": True},
            {"vacancy_id": "b", "licence": "B"},
        ],
    )
    b = int(asked.of_vacancy[1])
    spoken = slice(asked.languages.indptr[b], asked.languages.indptr[b + 1])
    driven = slice(asked.licences.indptr[b], asked.licences.indptr[b + 1])
    assert [asked.language_names[i] for i in asked.languages.row(b)] == ["de", "nl"]
    assert asked.cefr[spoken].tolist() == [4, 2]
    assert asked.certified[spoken].tolist() == [True, False]
    assert [asked.licence_names[i] for i in asked.licences.row(b)] == ["B", "CE"]
    assert asked.code95[driven].tolist() == [False, True]


def test_profiles_do_not_depend_on_the_order_of_vacancies(ask: Callable[..., tuple[Taxonomy, Requirements]]) -> None:
    """Turning the table round turns `of_vacancy` round and leaves the profiles as they are."""
    posts = ["a", {"vacancy_id": "b", "occupation_id": "fitter"}, {"vacancy_id": "c", "trainable_share": 0.5}]
    awards = [{"vacancy_id": v, "qualification_id": q} for v, q in (("a", "crane"), ("c", "forklift"), ("c", "crane"))]
    _, asked = ask(*posts, vacancy_qualifications=awards)
    _, turned = ask(*posts[::-1], vacancy_qualifications=awards[::-1])
    assert asked.of_vacancy.tolist() == turned.of_vacancy[::-1].tolist()
    for field in ("must", "qualifications", "languages"):
        assert np.array_equal(getattr(asked, field).indices, getattr(turned, field).indices)
        assert np.array_equal(getattr(asked, field).indptr, getattr(turned, field).indptr)


def test_no_vacancies_no_profiles(ask: Callable[..., tuple[Taxonomy, Requirements]]) -> None:
    """A region without posts is no error."""
    _, asked = ask()
    assert len(asked) == len(asked.of_vacancy) == 0
