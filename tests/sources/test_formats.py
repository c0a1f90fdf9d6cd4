# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Formats in a recipe: a region built of postings, courses, shared vehicles and charging points."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from drehkreuz.errors import InputError
from drehkreuz.region import TABLES, Region, open_region
from drehkreuz.sources.build import build
from drehkreuz.sources.course_write import write_courses
from drehkreuz.sources.jobposting_write import write_postings
from drehkreuz.sources.recipe import read_recipe
from drehkreuz.sources.templates import write_table

HEAD = """\
name = "modell"
title = "Modellregion"
day = 2026-11-02
[provenance]
kind = "modelled"
source = "Beispiel"
licence = "CC0-1.0"
date = 2026-11-02
"""

OWN_TABLES = ("zones", "shift_systems", "shifts")

REGISTER = (
    "Betreiber;Straße;Postleitzahl;Ort;Breitengrad;Längengrad;Anzahl Ladepunkte;Steckertypen1;P1 [kW]\n"
    "Modellwerke;Musterweg;52349;Düren;50,87;6,32;1;AC Steckdose Typ 2;22\n"
)


def write_recipe(folder: Path, village: Region, *sections: str) -> Path:
    for name in OWN_TABLES:
        write_table(village.table(name), folder / f"{name}.csv", TABLES[name])
    occupations = village.table("occupations")
    local = occupations.select("occupation_id", "isco08", "kldb2010")
    local.write_csv(folder / "occupations_local.csv")
    (folder / "posts.jsonld").write_bytes(write_postings(village))
    (folder / "courses.jsonld").write_bytes(write_courses(village))
    (folder / "register.csv").write_text(REGISTER, encoding="utf-8")
    sharing = folder / "sharing"
    sharing.mkdir()
    system = {"data": {"system_id": "m", "name": "Modell-Rad"}}
    stations = {"data": {"stations": [{"station_id": "1", "name": "Markt", "lat": 50.87, "lon": 6.32}]}}
    (sharing / "system_information.json").write_text(json.dumps(system))
    (sharing / "station_information.json").write_text(json.dumps(stations))
    path = folder / "region.toml"
    path.write_text(HEAD + "".join(f"\n[[source]]\n{section}\n" for section in sections), encoding="utf-8")
    return path


SECTIONS = (
    'kind = "table"\ntable = "zones"\npath = "zones.csv"',
    'kind = "table"\ntable = "shift_systems"\npath = "shift_systems.csv"',
    'kind = "table"\ntable = "shifts"\npath = "shifts.csv"',
    'kind = "table"\ntable = "occupations_local"\npath = "occupations_local.csv"',
    'kind = "jobposting"\npath = "posts.jsonld"\nzones = "zones.csv"\nassume = { hours_full = 39 }',
    'kind = "gbfs"\npath = "sharing"',
    'kind = "charging_register"\npath = "register.csv"\npostcodes = ["52"]',
)


def test_a_region_of_formats(village: Region, tmp_path: Path) -> None:
    """A recipe with formats gives a region with their rows, each saying its source."""
    recipe = read_recipe(write_recipe(tmp_path, village, *SECTIONS))
    build(recipe, tmp_path / "modell", lenient=True)
    built = open_region(tmp_path / "modell")
    assert built.table("vacancies")["vacancy_id"].to_list() == sorted(village.table("vacancies")["vacancy_id"])
    assert len(built.table("sharing_stations")) == len(built.table("charging_sites")) == 1
    assert set(built.table("charging_sites")["source"]) == {"Beispiel"}


CROSSWALK = (
    "x,Klassifikation der Berufe 2010\n"
    "Classification 1 URI,Classification 2 ID,Classification 2 PrefLabel,Mapping relation\n"
    "http://data.europa.eu/esco/occupation/{},B 24422-100,Schweißer/in,skos:exactMatch\n"
    "http://data.europa.eu/esco/occupation/other,B 24422-101,Schweißer/in,skos:exactMatch\n"
)


def test_codes_for_the_taxonomy(village: Region, tmp_path: Path) -> None:
    """A crosswalk gives the taxonomy's occupations their codes; those it does not know are left out and counted."""
    one = village.table("occupations").sort("occupation_id").head(1)
    write_table(one.drop("kldb2010", "level"), tmp_path / "occupations.csv", TABLES["occupations"])
    write_table(village.table("skills"), tmp_path / "skills.csv", TABLES["skills"])
    (tmp_path / "crosswalk.csv").write_text(CROSSWALK.format(one["occupation_id"][0]), encoding="utf-8")
    tables = [f'kind = "table"\ntable = "{name}"\npath = "{name}.csv"' for name in ("occupations", "skills")]
    recipe = read_recipe(write_recipe(tmp_path, village, *tables, 'kind = "crosswalk"\npath = "crosswalk.csv"'))
    report = build(recipe, tmp_path / "modell", lenient=True)
    assert report.region.table("occupations").select("kldb2010", "level").rows() == [("24422", 2)]
    assert any("occupations that the taxonomy does not have" in str(finding) for finding in report.findings)


WRONG = {
    "unknown key": ('kind = "gbfs"\npath = "sharing"\nfeed = "x"', "feed 'x': no such key here"),
    "assumed": (
        'kind = "jobposting"\npath = "posts.jsonld"\nassume = { full_hours = 39 }',
        "Known are shift_system_id, hours_full",
    ),
    "no number": ('kind = "jobposting"\npath = "posts.jsonld"\nassume = { hours_full = "39" }', "is not a number"),
    "no text": ('kind = "jobposting"\npath = "posts.jsonld"\nassume = { shift_system_id = 1 }', "is not text"),
    "kind": ('kind = "ocpl"\npath = "sharing"', "Did you mean 'ocpi'"),
}


@pytest.mark.parametrize(("section", "problem"), WRONG.values(), ids=WRONG)
def test_wrong_sections(village: Region, tmp_path: Path, section: str, problem: str) -> None:
    """A section with a wrong key or value is refused with what is known."""
    with pytest.raises(InputError, match=problem):
        read_recipe(write_recipe(tmp_path, village, section))


def test_courses_in_a_recipe(village: Region, tmp_path: Path) -> None:
    """Courses of a recipe come with their sessions and places; what they teach must be in the taxonomy."""
    recipe = read_recipe(
        write_recipe(tmp_path, village, SECTIONS[0], 'kind = "course"\npath = "courses.jsonld"\nfeed = "t"')
    )
    build(recipe, tmp_path / "modell", lenient=True)
    built = open_region(tmp_path / "modell")
    assert len(built.table("courses")) == len(village.table("courses"))
    assert all(name.startswith("t:") for name in built.table("course_sessions")["session_id"])
