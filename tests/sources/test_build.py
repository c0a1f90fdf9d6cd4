# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region from its recipe: read, put together, checked, written; or refused, and nothing written."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from drehkreuz.errors import InputError
from drehkreuz.model import new_region
from drehkreuz.model.village import RECIPE
from drehkreuz.region import TABLES, Region
from drehkreuz.region.snapshot import open_region, snapshots, verify
from drehkreuz.sources.build import BuildError, BuildReport, build
from drehkreuz.sources.crosswalk import OCCUPATIONS_LOCAL, cross_to_taxonomy
from drehkreuz.sources.recipe import EscoSource, read_recipe

HEAD = """\
name = "tiny"
title = "Winzig"
day = 2026-11-02

[provenance]
kind = "modelled"
source = "Beispiel"
licence = "CC0-1.0"
date = 2026-11-02
"""

ZONES = "zone_id,lat,lon\nz1,50.77,6.08\nz2,50.81,6.12\n"
PEOPLE = (
    "person_id,zone_id,employment_status,net_need_eur_month,max_minutes,available_from\n"
    "p1,z1,employed,1500,45,2026-12-01\n"
    "p2,z2,unemployed,1200,60,2026-12-01\n"
)


def source(table: str, path: str = "", extra: str = "") -> str:
    return f'\n[[source]]\nkind = "table"\ntable = "{table}"\npath = "{path or table}.csv"\n{extra}\n'


def recipe(folder: Path, *sources: str, head: str = HEAD, **files: str) -> Path:
    """Write a recipe and its CSV files."""
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    path = folder / "region.toml"
    path.write_text(head + "".join(sources), encoding="utf-8")
    return path


def tiny(folder: Path, *, zones: str = ZONES, people: str = PEOPLE, head: str = HEAD) -> Path:
    return recipe(folder, source("zones"), source("people"), head=head, zones=zones, people=people)


def built(path: Path, *, lenient: bool = False) -> BuildReport:
    return build(read_recipe(path), path.parent / "region", lenient=lenient)


def frame(table: str, rows: list[dict[str, object]]) -> pl.DataFrame:
    return TABLES[table].conform(pl.DataFrame(rows))


# ------------------------------------------------------------------------------------------------------ building


def test_region_holds_what_the_files_say(tmp_path: Path) -> None:
    """A built region holds the rows of its sources, which say where they are from and when they were seen."""
    report = built(tiny(tmp_path))
    region = open_region(tmp_path / "region")
    assert (report.snapshot, report.new, report.findings) == (1, True, ())
    assert region.manifest.provenance["people"].source == "Beispiel"
    people = region.table("people").select("person_id", "zone_id", "source", "source_id", "first_seen", "last_seen")
    assert people.rows() == [
        ("p1", "z1", "Beispiel", "p1", date(2026, 11, 2), date(2026, 11, 2)),
        ("p2", "z2", "Beispiel", "p2", date(2026, 11, 2), date(2026, 11, 2)),
    ]


def test_same_rows_in_another_order_are_the_same_region(tmp_path: Path) -> None:
    """A second build writes no snapshot when only the order of rows, the separator or the number format changed."""
    built(tiny(tmp_path))
    report = built(tiny(tmp_path, zones="lon;lat;zone_id\n6,12;50,81;z2\n6,08;50,77;z1\n"))
    assert (report.snapshot, report.new) == (1, False)


def test_rows_remember_when_they_were_first_seen(tmp_path: Path) -> None:
    """A row keeps the day it was first seen through later builds; last seen moves on."""
    built(tiny(tmp_path))
    later = HEAD.replace("date = 2026-11-02", "date = 2026-12-24")
    third = PEOPLE + "p3,z1,student,900,60,2027-01-01\n"
    assert built(tiny(tmp_path, people=third, head=later)).snapshot == 2
    seen = open_region(tmp_path / "region").table("people").select("person_id", "first_seen", "last_seen")
    november, december = date(2026, 11, 2), date(2026, 12, 24)
    assert seen.rows() == [("p1", november, december), ("p2", november, december), ("p3", december, december)]


def test_two_sources_of_one_table(tmp_path: Path) -> None:
    """Rows of two sources stand in one table that counts as the less sure of their kinds and names both."""
    own = 'provenance = { kind = "observed", source = "Amt", licence = "dl-de/by-2-0", date = 2025-01-01 }'
    path = recipe(
        tmp_path,
        source("zones"),
        source("zones", "more", own),
        zones=ZONES,
        more="zone_id,lat,lon\nz3,50.9,6.2\n",
    )
    built(path)
    region = open_region(tmp_path / "region")
    assert region.table("zones")["zone_id"].to_list() == ["z1", "z2", "z3"]
    provenance = region.manifest.provenance["zones"]
    assert (provenance.kind, provenance.source) == ("modelled", "Beispiel (modelled); Amt (observed)")
    assert (provenance.licence, provenance.date) == ("CC0-1.0 AND dl-de/by-2-0", date(2026, 11, 2))


def test_feeds_are_put_together(tmp_path: Path) -> None:
    """Two timetables become one, their ids told apart by the name of the feed."""
    gtfs = RECIPE.parent / "gtfs"
    feeds = [f'\n[[source]]\nkind = "gtfs"\npath = "{gtfs}"\nfeed = "{feed}"\n' for feed in ("a", "b")]
    built(recipe(tmp_path, *feeds))
    stops = open_region(tmp_path / "region").table("stops")["stop_id"].to_list()
    once = len(pl.read_csv(gtfs / "stops.txt"))
    assert len(stops) == 2 * once
    assert sum(stop.startswith("a:") for stop in stops) == once


def test_village_is_clean() -> None:
    """The recipe of the village names sources that are there."""
    assert {type(source).__name__ for source in read_recipe(RECIPE).sources} == {"TableSource", "GtfsSource"}


def test_village_is_written_once(tmp_path: Path) -> None:
    """The shipped village builds without a fault, and once only."""
    first = new_region(tmp_path / "village")
    assert [finding for finding in first.findings if finding.severity == "error"] == []
    assert new_region(tmp_path / "village").new is False
    assert snapshots(tmp_path / "village") == [1]


# ------------------------------------------------------------------------------------------------------- refusing


def test_every_faulty_source_is_reported(tmp_path: Path) -> None:
    """One build lists the faults of all sources, on the screen and beside each file; and writes no region."""
    path = tiny(tmp_path, zones=ZONES.replace("50.81", "x"), people=PEOPLE.replace("45", "0"))
    with pytest.raises(BuildError) as caught:
        built(path)
    assert [(f.where, f.row, f.column) for f in caught.value.findings] == [
        ("zones.csv", "3", "lat"),
        ("people.csv", "2", "max_minutes"),
    ]
    assert str(caught.value).endswith("Every faulty row is listed in zones.errors.csv, people.errors.csv.")
    assert "max_minutes" in (tmp_path / "people.errors.csv").read_text(encoding="utf-8-sig")
    assert not (tmp_path / "region").exists()


def test_list_of_faulty_rows_goes_once_they_are_mended(tmp_path: Path) -> None:
    """A build without faults takes the list of an earlier one away."""
    with pytest.raises(BuildError):
        built(tiny(tmp_path, zones=ZONES.replace("50.81", "x")))
    built(tiny(tmp_path))
    assert not (tmp_path / "zones.errors.csv").exists()


def test_dangling_rows_are_refused(tmp_path: Path) -> None:
    """Tables that are each in order but do not fit together make no region."""
    built(tiny(tmp_path))
    with pytest.raises(BuildError, match="people:p1: zone_id 'z9'"):
        built(tiny(tmp_path, people=PEOPLE.replace("p1,z1", "p1,z9")))
    assert snapshots(tmp_path / "region") == [1]


def test_lenient_build_goes_on_and_tells(tmp_path: Path) -> None:
    """A lenient build leaves faulty rows out, writes the rest, and reports both those and what then dangles."""
    report = built(tiny(tmp_path, zones=ZONES.replace("50.81", "x")), lenient=True)
    assert open_region(tmp_path / "region").table("zones")["zone_id"].to_list() == ["z1"]
    assert {(f.where, f.column) for f in report.findings} == {("zones.csv", "lat"), ("people", "zone_id")}
    assert report.error_files == (tmp_path / "zones.errors.csv",)


def test_damaged_snapshot_does_not_hinder(tmp_path: Path) -> None:
    """Building again is the way to mend a damaged region."""
    built(tiny(tmp_path))
    (tmp_path / "region" / "000001" / "people.arrow").write_bytes(b"nonsense")
    assert built(tiny(tmp_path)).snapshot == 2
    assert len(open_region(tmp_path / "region").table("people")) == 2


def test_killed_build_leaves_old_or_new(tmp_path: Path) -> None:
    """A build killed at any of twenty random moments leaves the old snapshot or the new one, whole."""
    folder = tmp_path / "region"
    built(tiny(tmp_path))
    rows = [f"z{i},50.77,6.08\n" for i in range(3, 20_000)]
    path = tiny(tmp_path, zones=ZONES + "".join(rows))
    command = [sys.executable, "-c", "from drehkreuz.cli import main; main()", "region", "build", str(path), "--out"]
    started = time.monotonic()
    subprocess.run([*command, str(tmp_path / "trial")], check=True, capture_output=True)
    whole = time.monotonic() - started
    before = 2
    for moment in np.random.default_rng(20).uniform(0.5, 1.1, size=20):
        rows.pop()
        tiny(tmp_path, zones=ZONES + "".join(rows))
        process = subprocess.Popen([*command, str(folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moment * whole)
        process.kill()
        process.wait()
        region = open_region(folder)
        assert verify(region) == []
        found = len(region.table("zones"))
        assert found in {before, len(rows) + 2}
        before = found
    assert built(path).region.table("zones").height == len(rows) + 2


# ------------------------------------------------------------------------------------- occupations by way of ISCO


@pytest.fixture
def taxonomy() -> dict[str, pl.DataFrame]:
    occupations = [("esco-a", "8111"), ("esco-b", "8111"), ("esco-c", "8342"), ("esco-d", "8342")]
    names = {
        "esco-a": "miner",
        "esco-b": "quarry worker",
        "esco-c": "excavator operator",
        "esco-d": "road roller driver",
    }
    label = {"concept": "occupation", "language": "en", "kind": "preferred"}
    return {
        "occupations": frame("occupations", [{"occupation_id": o, "isco08": code} for o, code in occupations]),
        "skills": frame("skills", [{"skill_id": "s1"}]),
        "labels": frame("labels", [{"concept_id": o, "text": text, **label} for o, text in names.items()]),
    }


def local(*rows: tuple[str, str, str]) -> pl.DataFrame:
    named = pl.DataFrame(rows, schema=dict.fromkeys(("occupation_id", "isco08", "label"), pl.String), orient="row")
    return OCCUPATIONS_LOCAL.conform(named)


def test_occupation_is_found_by_group_and_name(taxonomy: dict[str, pl.DataFrame]) -> None:
    """An unknown occupation becomes the one of its ISCO group whose name is likest; a known one stays."""
    vacancies = pl.DataFrame({"vacancy_id": ["v1", "v2", "v3"], "occupation_id": ["bagger", "esco-a", "bagger"]})
    crossing = cross_to_taxonomy(
        taxonomy | {"vacancies": vacancies}, local(("bagger", "8342", "Excavator driver, open-cast mine"))
    )
    assert crossing.tables["vacancies"]["occupation_id"].to_list() == ["esco-c", "esco-a", "esco-c"]
    (one,) = crossing.mapped
    assert (one.mapped_to, one.mapped_label, one.candidates, one.rows) == ("esco-c", "excavator operator", 2, 2)
    assert crossing.unmapped == ()


def test_nothing_like_the_name_takes_the_first(taxonomy: dict[str, pl.DataFrame]) -> None:
    """Where no name of the group resembles, the first occupation by id is taken, and the choice is told."""
    vacancies = pl.DataFrame({"vacancy_id": ["v1"], "occupation_id": ["x"]})
    crossing = cross_to_taxonomy(taxonomy | {"vacancies": vacancies}, local(("x", "8111", "zzz")))
    assert [(one.mapped_to, one.candidates) for one in crossing.mapped] == [("esco-a", 2)]


def test_rows_that_become_one(taxonomy: dict[str, pl.DataFrame]) -> None:
    """Two occupations of a person that become one add up their years; still worked in beats a last year."""
    held = frame(
        "person_occupations",
        [
            {"person_id": "p", "occupation_id": "x", "years": 4.0, "last_year": 2010, "current": False},
            {"person_id": "p", "occupation_id": "esco-a", "years": 6.0, "last_year": None, "current": True},
            {"person_id": "q", "occupation_id": "x", "years": 1.0, "last_year": 2001, "current": False},
        ],
    )
    crossing = cross_to_taxonomy(taxonomy | {"person_occupations": held}, local(("x", "8111", "miner")))
    assert crossing.tables["person_occupations"].rows() == [
        ("p", "esco-a", 10.0, None, True),
        ("q", "esco-a", 1.0, 2001, False),
    ]


def test_what_cannot_be_mapped_is_named(taxonomy: dict[str, pl.DataFrame]) -> None:
    """An occupation without a line in the crosswalk, or with a code nobody has, is named with its rows."""
    vacancies = pl.DataFrame({"vacancy_id": ["v1", "v2"], "occupation_id": ["x", "y"]})
    crossing = cross_to_taxonomy(taxonomy | {"vacancies": vacancies}, local(("x", "9999", "miner")))
    assert [(f.row, f.column) for f in crossing.unmapped] == [("y", "occupation_id"), ("x", "isco08")]
    assert crossing.tables["vacancies"]["occupation_id"].to_list() == ["x", "y"]


def test_unknown_skills_are_dropped_and_counted(taxonomy: dict[str, pl.DataFrame]) -> None:
    """Rows that name skills the taxonomy does not know are left out, and a warning counts them."""
    asked = frame("vacancy_skills", [{"vacancy_id": "v", "skill_id": s} for s in ("s1", "s2", "s3")])
    first = frame(
        "course_prerequisites",
        [{"course_id": "c", "requires": requires, "required_id": "s2"} for requires in ("skill", "course")],
    )
    crossing = cross_to_taxonomy(taxonomy | {"vacancy_skills": asked, "course_prerequisites": first}, local())
    assert crossing.tables["vacancy_skills"]["skill_id"].to_list() == ["s1"]
    assert crossing.tables["course_prerequisites"]["requires"].to_list() == ["course"]
    assert [(f.where, f.severity, f.problem[:16]) for f in crossing.dropped] == [
        ("vacancy_skills", "warning", "2 rows left out:"),
        ("course_prerequisites", "warning", "1 row left out: "),
    ]


# ------------------------------------------------------------------------------------------------------- real data


def esco(data: Path) -> str:
    paths = [str(data / "esco" / name) for name in ("v1.1.1-en", "v1.2.0-de")]
    return f'\n[[source]]\nkind = "esco"\npaths = {paths}\nlanguages = ["de", "en"]\n'.replace("'", '"')


@pytest.mark.data
def test_esco_builds(data: Path, tmp_path: Path) -> None:
    """All of ESCO in two languages is built into a region."""
    path = recipe(tmp_path, esco(data))
    assert isinstance(read_recipe(path).sources[0], EscoSource)
    report = built(path)
    assert report.region.table("occupations").height == 3007


@pytest.mark.data
def test_porto_alegre_builds(data: Path, tmp_path: Path) -> None:
    """A hexagon grid, two timetables and a street extract of Porto Alegre make a region without an error."""
    city = data / "transit" / "porto-alegre"
    columns = 'columns = { zone_id = "id" }\nignore = ["schools", "jobs", "healthcare"]'
    zones = source("zones", str(city / "poa_hexgrid"), columns)
    feeds = [
        f'\n[[source]]\nkind = "gtfs"\npath = "{city / name}.zip"\nfeed = "{name}"\n'
        for name in ("poa_eptc", "poa_trensurb")
    ]
    streets = f'\n[[source]]\nkind = "osm"\npath = "{city / "poa_osm.pbf"}"\n'
    region = built(recipe(tmp_path, zones, *feeds, streets)).region
    assert region.table("zones").height == 1227
    assert region.table("stop_times")["trip_id"].str.split(":").list.first().unique().sort().to_list() == [
        "poa_eptc",
        "poa_trensurb",
    ]


@pytest.mark.data
def test_village_with_esco(data: Path, tmp_path: Path) -> None:
    """The village's people and posts stand in a region whose taxonomy is ESCO, each occupation found by ISCO-08."""
    region = open_village_with_esco(data, tmp_path)
    known = region.table("occupations")["occupation_id"].implode()
    for table in ("person_occupations", "vacancies"):
        assert region.table(table)["occupation_id"].is_in(known).all()


def open_village_with_esco(data: Path, tmp_path: Path) -> Region:
    village = RECIPE.parent
    occupations, labels = (
        pl.read_csv(village / f"{name}.csv", infer_schema=False) for name in ("occupations", "labels")
    )
    names = labels.filter((pl.col("kind") == "preferred") & (pl.col("language") == "de"))
    occupations.join(names, left_on="occupation_id", right_on="concept_id").select(
        "occupation_id", "isco08", label="text"
    ).write_csv(tmp_path / "occupations_local.csv")
    replaced = {"occupations", "skills", "labels", "occupation_skills", "broader"}
    tables = [
        source(s.table, str(s.path.with_suffix("")), 'decimal = "."')
        for s in read_recipe(village / "region.toml").sources
        if hasattr(s, "table") and s.table not in replaced
    ]
    head = HEAD + '\n[map]\noccupations = "isco08"\n'
    path = recipe(tmp_path, esco(data), source("occupations_local"), *tables, head=head)
    report = built(path)
    assert {one.candidates for one in report.mapped} >= {1}
    return report.region


def test_recipe_faults_come_all_at_once(tmp_path: Path) -> None:
    """A recipe's faults are listed together, each with its line."""
    text = HEAD + '\n[[source]]\nkind = "table"\ntable = "zone"\npath = "x.csv"\nseparator = "|"\n'
    path = recipe(tmp_path, head=text)
    with pytest.raises(InputError) as caught:
        read_recipe(path)
    assert [(f.row, f.column) for f in caught.value.findings] == [("13", "table"), ("15", "separator")]
