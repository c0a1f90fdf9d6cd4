# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Formal demands: what no course of the region closes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from drehkreuz.matching.barriers import Reason
from drehkreuz.matching.formal import formal_fit
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
