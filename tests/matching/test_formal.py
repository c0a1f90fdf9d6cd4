# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Formal demands: what no course of the region closes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import reduce
from itertools import product
from operator import or_
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.matching.barriers import Reason
from drehkreuz.matching.formal import ADMITS, INCLUDES, PRACTISED, formal_fit
from drehkreuz.region import Region

MakeRegion = Callable[..., Region]
Rows = list[dict[str, Any]]

START = date(2027, 1, 4)


def fit(
    make_region: MakeRegion, *, person: dict[str, Any] | None = None, held: Rows = (), licences: Rows = (),
    regulated: bool = False, asked: Rows = (), named: bool = False, kind: str = "job",
) -> tuple[Reason, float]:  # fmt: skip
    """Return reasons and slack of one person and one nursing post."""
    region = make_region(
        people=[{"person_id": "p", "residence_purpose": "unrestricted", **(person or {})}],
        occupations=[{"occupation_id": "nurse", "regulated": regulated}],
        qualifications=[{"qualification_id": "exam", "occupation_id": "nurse"}],
        person_qualifications=[{"person_id": "p", "qualification_id": "exam", **row} for row in held],
        person_licences=[{"person_id": "p", **row} for row in licences],
        vacancies=[{"vacancy_id": "v", "occupation_id": "nurse", "kind": kind, "start": START}],
        vacancy_licences=[{"vacancy_id": "v", **row} for row in asked],
        vacancy_qualifications=[{"vacancy_id": "v", "qualification_id": "exam"}] if named else [],
    )
    result = formal_fit(region, range(1))
    return Reason(int(result.reasons[0, 0])), float(result.slack[0, 0])


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ([], Reason.FORMAL_REGULATED_PROFESSION),
        ([{"country": "DE"}], Reason(0)),
        ([{"country": "SY", "recognition": "full"}], Reason(0)),
        ([{"country": "SY", "recognition": "partial"}], Reason.FORMAL_RECOGNITION),
        ([{"country": "DE", "modules_done": 2, "modules_total": 5}], Reason.FORMAL_REGULATED_PROFESSION),
    ],
)
def test_a_regulated_profession_asks_a_complete_and_recognised_award(
    make_region: MakeRegion, held: Rows, expected: Reason
) -> None:
    """An award counts from here, or fully recognised; from abroad and not yet recognised it is a matter of recognition."""
    assert fit(make_region, held=held, regulated=True)[0] == expected


def test_an_award_that_the_post_names_is_left_to_the_learning_engine(make_region: MakeRegion) -> None:
    """A course may lead to it, so that it is no formal hurdle by itself."""
    assert fit(make_region, regulated=True, named=True) == (Reason(0), 0.0)


@pytest.mark.parametrize(
    ("held", "asked", "fits"),
    [
        (["B"], [{"licence": "B"}], True),
        (["CE"], [{"licence": "B"}], True),
        (["CE"], [{"licence": "C1E"}], True),
        (["C"], [{"licence": "CE"}], False),
        (["A"], [{"licence": "B"}], False),
    ],
)
def test_a_licence_includes_the_classes_of_the_ordinance(
    make_region: MakeRegion, held: list[str], asked: Rows, *, fits: bool
) -> None:
    """Whoever may drive an articulated lorry may drive a car; not the other way round."""
    found, slack = fit(make_region, licences=[{"licence": c} for c in held], asked=asked)
    assert (found, slack) == ((Reason(0), 0.0) if fits else (Reason.FORMAL_DRIVING_LICENCE, 1.0))


@pytest.mark.parametrize(
    ("expires", "fits"), [(None, False), (date(2027, 1, 3), False), (START, True), (date(2030, 1, 1), True)]
)
def test_code_95_must_be_valid_on_the_first_day(make_region: MakeRegion, expires: date | None, *, fits: bool) -> None:
    """A professional driver's qualification that ends the day before the post begins is none."""
    licences = [{"licence": "CE", "code95_expires": expires}]
    assert (fit(make_region, licences=licences, asked=[{"licence": "CE", "code95": True}])[0] == Reason(0)) == fits


@pytest.mark.parametrize(
    ("purpose", "months", "kind", "fits"),
    [
        ("unrestricted", None, "job", True),
        ("study", 24, "job", False),
        ("study", 24, "working_student", True),
        ("work_tied", 24, "job", False),
        ("job_search", 12, "job", True),
        ("job_search", 1, "job", False),
        ("none", None, "minijob", False),
    ],
)
def test_a_residence_title_must_admit_the_post_and_last_until_it_begins(
    make_region: MakeRegion, purpose: str, months: int | None, kind: str, *, fits: bool
) -> None:
    """The post begins two months after the region's day."""
    person = {"residence_purpose": purpose, "residence_months_left": months}
    expected = Reason(0) if fits else Reason.FORMAL_RESIDENCE
    assert fit(make_region, person=person, kind=kind)[0] == expected


def test_demands_are_counted(make_region: MakeRegion) -> None:
    """Slack is the number of demands that are not met."""
    found, slack = fit(
        make_region, person={"residence_purpose": "none"}, regulated=True, asked=[{"licence": "C"}, {"licence": "D"}]
    )
    assert slack == 4
    assert found == Reason.FORMAL_RESIDENCE | Reason.FORMAL_REGULATED_PROFESSION | Reason.FORMAL_DRIVING_LICENCE


@pytest.mark.parametrize("kind", ["apprenticeship_school", "dual_study", "internship"])
def test_who_learns_a_regulated_profession_needs_no_award_for_it(make_region: MakeRegion, kind: str) -> None:
    """An apprenticeship leads to the award and does not ask it."""
    assert fit(make_region, regulated=True, kind=kind) == (Reason(0), 0.0)


# ------------------------------------------------------------------------------------- plain twin: one person, one post


def plain_unmet(region: Region, person: dict[str, Any], post: dict[str, Any]) -> list[Reason]:
    """Return the formal demands of one post that one person does not meet."""
    return [
        *plain_residence(region, person, post),
        *plain_profession(region, person, post),
        *plain_licences(region, person, post),
    ]


def plain_residence(region: Region, person: dict[str, Any], post: dict[str, Any]) -> list[Reason]:
    months = person["residence_months_left"]
    ends_before = months is not None and months * 30.44 < (post["start"] - region.manifest.day).days
    refused = post["kind"] not in ADMITS[person["residence_purpose"]]
    return [Reason.FORMAL_RESIDENCE] if refused or ends_before else []


def plain_profession(region: Region, person: dict[str, Any], post: dict[str, Any]) -> list[Reason]:
    occupation = post["occupation_id"]
    for_it = region.table("qualifications").filter(occupation_id=occupation)["qualification_id"].to_list()
    named = region.table("vacancy_qualifications").filter(vacancy_id=post["vacancy_id"])["qualification_id"].to_list()
    regulated = region.table("occupations").filter(occupation_id=occupation)["regulated"].item()
    if not regulated or post["kind"] not in PRACTISED or set(named) & set(for_it):
        return []
    held = region.table("person_qualifications").filter(person_id=person["person_id"])
    complete = [
        row
        for row in held.iter_rows(named=True)
        if row["qualification_id"] in for_it
        and (row["modules_total"] is None or (row["modules_done"] or 0) >= row["modules_total"])
    ]
    if any(row["country"] == "DE" or row["recognition"] == "full" for row in complete):
        return []
    return [Reason.FORMAL_RECOGNITION if complete else Reason.FORMAL_REGULATED_PROFESSION]


def plain_licences(region: Region, person: dict[str, Any], post: dict[str, Any]) -> list[Reason]:
    held = region.table("person_licences").filter(person_id=person["person_id"])
    drives = set(held["licence"]).union(*(INCLUDES.get(licence, frozenset()) for licence in held["licence"]))
    valid95 = any(day is not None and day >= post["start"] for day in held["code95_expires"])
    asked = region.table("vacancy_licences").filter(vacancy_id=post["vacancy_id"])
    return [
        Reason.FORMAL_DRIVING_LICENCE
        for licence, code95 in asked.select("licence", "code95").rows()
        if licence not in drives or (code95 and not valid95)
    ]


def assert_as_plain(region: Region) -> None:
    """Compare every pair of a region with the plain twin."""
    people, posts = (list(region.table(name).iter_rows(named=True)) for name in ("people", "vacancies"))
    found = formal_fit(region, range(len(people)))
    for p, person in enumerate(people):
        for v, post in enumerate(posts):
            unmet = plain_unmet(region, person, post)
            assert Reason(int(found.reasons[p, v])) == reduce(or_, unmet, Reason(0)), (person, post)
            assert found.slack[p, v] == len(unmet)


def test_the_village_is_as_the_plain_twin_says(village: Region) -> None:
    """Comparing all people with all distinct demands at once says the same as one person and one post at a time."""
    people = village.table("people").gather_every(15)
    assert_as_plain(village.with_tables({"people": people, "vacancies": village.table("vacancies").gather_every(3)}))


@given(rng=st.randoms(use_true_random=False))
@settings(max_examples=15)
def test_any_region_is_as_the_plain_twin_says(make_region: MakeRegion, rng: Random) -> None:
    """Titles, awards from anywhere, named awards, licences and code 95 in any mixture agree with the twin."""
    days = [None, date(2026, 12, 1), START, date(2030, 1, 1)]
    people, posts, jobs, exams = (list(range(n)) for n in (5, 6, 3, 4))

    def some(rows: list[Any], share: float) -> list[Any]:
        return [row for row in rows if rng.random() < share]

    region = make_region(
        people=[
            {
                "person_id": f"p{p}",
                "residence_purpose": rng.choice(sorted(ADMITS)),
                "residence_months_left": rng.choice([None, 0, 2, 3, 24]),
            }
            for p in people
        ],
        occupations=[{"occupation_id": f"o{o}", "regulated": rng.random() < 0.7} for o in jobs],
        qualifications=[
            {"qualification_id": f"q{q}", "occupation_id": rng.choice([None, "o0", "o1", "o2"])} for q in exams
        ],
        person_qualifications=[
            {
                "person_id": f"p{p}",
                "qualification_id": f"q{q}",
                "country": rng.choice(["DE", "SY"]),
                "recognition": rng.choice(["none", "applied", "partial", "full"]),
                "modules_done": rng.choice([None, 2, 5]),
                "modules_total": rng.choice([None, None, 5]),
            }
            for p, q in some(list(product(people, exams)), 0.4)
        ],
        person_licences=[
            {"person_id": f"p{p}", "licence": licence, "code95_expires": rng.choice(days)}
            for p, licence in some(list(product(people, ["A", "B", "C", "CE", "T"])), 0.3)
        ],
        vacancies=[
            {
                "vacancy_id": f"v{v}",
                "occupation_id": f"o{rng.choice(jobs)}",
                "kind": rng.choice(["job", "minijob", "apprenticeship_dual", "working_student"]),
                "start": rng.choice(days[1:]),
            }
            for v in posts
        ],
        vacancy_licences=[
            {"vacancy_id": f"v{v}", "licence": licence, "code95": rng.random() < 0.5}
            for v, licence in some(list(product(posts, ["B", "C1", "CE", "L"])), 0.3)
        ],
        vacancy_qualifications=[
            {"vacancy_id": f"v{v}", "qualification_id": f"q{q}"} for v, q in some(list(product(posts, exams)), 0.1)
        ],
    )
    assert_as_plain(region)
