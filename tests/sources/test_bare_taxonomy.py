# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region without skills: who held an occupation fits it, a neighbour fits by half, others have it all to learn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest

from drehkreuz.region import TABLES, Region
from drehkreuz.skills import feasibility, requirement_profiles, skill_profiles, taxonomy
from drehkreuz.sources.bare_taxonomy import BareTaxonomy, bare_taxonomy, own_occupations
from drehkreuz.sources.crosswalk import OCCUPATIONS_LOCAL

MakeRegion = Callable[..., Region]

LOCAL = (
    {"occupation_id": "Schlosser/in", "isco08": "7222"},
    {"occupation_id": "Werkzeugmacher/in", "isco08": "7221", "label": "Werkzeugmechaniker/in"},
    {"occupation_id": "Helfer/in", "isco08": "9333"},
    {"occupation_id": "Ärztin", "kldb2010": "81404"},
    {"occupation_id": "Zahnarzt", "kldb2010": "81474"},
    {"occupation_id": "Sonstiges"},
)


def frame(table: str, *rows: dict[str, Any]) -> pl.DataFrame:
    return TABLES[table].conform(pl.DataFrame(rows))


def bare(**tables: pl.DataFrame) -> BareTaxonomy:
    """Return what is assumed about the skills of `LOCAL`, beside some tables."""
    own = own_occupations(OCCUPATIONS_LOCAL.conform(pl.DataFrame(LOCAL)), "de")
    return bare_taxonomy({name: TABLES[name].conform(rows) for name, rows in own.items()} | tables, date(2026, 11, 2))


def skill(occupation: str) -> str:
    return f"experience:{occupation}"


def test_own_occupations() -> None:
    """An occupation is called by its label, else by its id; KldB 2010 says its level, ISCO-08 does not."""
    own = own_occupations(OCCUPATIONS_LOCAL.conform(pl.DataFrame(LOCAL)), "de")
    assert dict(own["labels"].select("concept_id", "text").iter_rows())["Werkzeugmacher/in"] == "Werkzeugmechaniker/in"
    levels = dict(own["occupations"].select("occupation_id", "level").iter_rows())
    assert (levels["Ärztin"], levels["Schlosser/in"]) == (4, None)


def test_one_essential_skill_each() -> None:
    """Each occupation asks one skill of its own, named in both languages; learning it takes as long as its level says."""
    assumed = bare().assumed
    assert assumed["occupation_skills"].rows() == [
        (row["occupation_id"], skill(row["occupation_id"]), "essential") for row in LOCAL
    ]
    weeks = dict(assumed["skills"].select("skill_id", "learning_weeks").iter_rows())
    assert [weeks[skill(name)] for name in ("Helfer/in", "Schlosser/in", "Ärztin", "Sonstiges")] == [4, 104, 208, 104]
    labels = assumed["labels"].filter(concept_id=skill("Werkzeugmacher/in")).sort("language")["text"].to_list()
    assert labels == ["Erfahrung als Werkzeugmechaniker/in", "experience as Werkzeugmechaniker/in"]


def test_neighbours() -> None:
    """Neighbours share three digits of ISCO-08, else of KldB 2010; without a code there are none, and a warning says so."""
    found = bare()
    group = dict(found.assumed["broader"].select("concept_id", "broader_id").iter_rows())
    assert group[skill("Schlosser/in")] == group[skill("Werkzeugmacher/in")] == "ISCO-08:722"
    assert group[skill("Ärztin")] == group[skill("Zahnarzt")] == "KldB 2010:814"
    assert skill("Sonstiges") not in group
    assert [(f.where, f.value, f.severity) for f in found.findings] == [
        ("skills", "", "warning"),
        ("occupations", "Sonstiges", "warning"),
    ]


def test_courses_teach_what_they_lead_to() -> None:
    """A course for a whole qualification teaches its occupation, a module of one does not, and nothing is said twice."""
    qualifications = frame(
        "qualifications",
        {"qualification_id": "q", "label_de": "Brief", "kind": "vocational", "occupation_id": "Schlosser/in"},
    )
    course = {"title": "Kurs", "provider": "x", "leads_to": "q"}
    courses = frame(
        "courses",
        {"course_id": "whole", **course, "module_number": None, "modules_total": None},
        {"course_id": "said", **course, "module_number": None, "modules_total": None},
        {"course_id": "part", **course, "module_number": 2, "modules_total": 5},
    )
    taught = frame("course_skills", {"course_id": "said", "skill_id": "Schlosser/in"})
    found = bare(courses=courses, qualifications=qualifications, course_skills=taught)
    assert found.tables["course_skills"].rows() == [("said", skill("Schlosser/in"))]
    assert found.assumed["course_skills"].rows() == [("whole", skill("Schlosser/in"))]


def test_rows_may_name_the_occupation() -> None:
    """Where a skill is asked, an occupation may be named instead; a course of the same name is left alone."""
    needs = frame(
        "course_prerequisites",
        {"course_id": "c", "requires": "skill", "required_id": "Helfer/in"},
        {"course_id": "c", "requires": "course", "required_id": "Helfer/in"},
    )
    found = bare(course_prerequisites=needs).tables["course_prerequisites"]
    assert found["required_id"].to_list() == [skill("Helfer/in"), "Helfer/in"]


@pytest.mark.parametrize(
    ("held", "expected"), [("Schlosser/in", 1.0), ("Werkzeugmacher/in", 0.5), ("Helfer/in", 0.0), (None, 0.0)]
)
def test_who_fits(make_region: MakeRegion, held: str | None, expected: float) -> None:
    """Whoever held the occupation brings all, a neighbour half, anybody else nothing."""
    found = bare()
    tables = {name: rows.to_dicts() for name, rows in (found.tables | found.assumed).items()}
    worked = [] if held is None else [{"person_id": "p", "occupation_id": held, "years": 3.0}]
    region = make_region(
        **tables,
        people=[{"person_id": "p"}],
        person_occupations=worked,
        vacancies=[{"vacancy_id": "v", "occupation_id": "Schlosser/in"}],
    )
    known = taxonomy(region)
    fit = feasibility(skill_profiles(region, known), requirement_profiles(region, known), known, range(1))
    assert fit.tolist() == [[expected]]
