# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region moved to another taxonomy: what goes over which way, what is kept, and that no profile loses anything."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from drehkreuz.errors import InputError
from drehkreuz.model.core import core
from drehkreuz.region import TABLES, Provenance, Region, check, open_region, snapshots, write_snapshot
from drehkreuz.sources.esco import read_esco
from drehkreuz.sources.taxonomy_change import SURE_BY_CODE, SURE_BY_LABEL, change_taxonomy
from drehkreuz.sources.taxonomy_move import move_taxonomy, read_replaced, write_moved
from live_feeds import table

MakeRegion = Callable[..., Region]
NEW = Provenance("observed", "ESCO v1.2.0", "reuse", date(2026, 11, 1))
ESCO = "http://data.europa.eu/esco"


def label(concept: str, name: str, text: str, language: str = "de") -> dict[str, Any]:
    return {"concept_id": name, "concept": concept, "language": language, "kind": "preferred", "text": text}


@pytest.fixture
def before(make_region: MakeRegion) -> Region:
    """A region whose four occupations and four skills each go another way."""
    person = {"person_id": "p", "zone_id": "z", "hours_min": 10.0, "hours_max": 40.0, "max_minutes": 60}
    return make_region(
        zones=[{"zone_id": "z", "lat": 50.8, "lon": 6.4}],
        occupations=[
            {
                "occupation_id": "smith",
                "esco_uri": f"{ESCO}/occupation/0-smith",
                "outlook": "shrinking",
                "regulated": True,
            },
            {"occupation_id": "wheeler", "isco08": "7522"},
            {"occupation_id": "tailor", "isco08": "7531", "kldb2010": "28222"},
            {"occupation_id": "miner", "isco08": "8111"},
        ],
        skills=[{"skill_id": name} for name in ("forge", "true", "sew", "dig", "unused")],
        labels=[
            label("occupation", "smith", "Schmied/in"),
            label("occupation", "smith", "farrier", "en"),
            label("occupation", "wheeler", "Stellmacher/in"),
            label("occupation", "tailor", "Schneider/in"),
            label("occupation", "miner", "Abraumbaggerfahrer/in"),
            label("skill", "forge", "Eisen schmieden"),
            label("skill", "true", "Räder richten"),
            label("skill", "sew", "Kleidung nähen"),
            label("skill", "dig", "Abraum baggern"),
            label("skill", "unused", "nie genannt"),
            label("occupation_group", "g", "Bergbau"),
        ],
        occupation_skills=[
            {"occupation_id": "miner", "skill_id": "dig", "relation": "essential"},
            {"occupation_id": "miner", "skill_id": "forge", "relation": "optional"},
            {"occupation_id": "smith", "skill_id": "unused", "relation": "essential"},
        ],
        broader=[{"concept_id": "miner", "broader_id": "g", "concept": "occupation"}],
        people=[person | {"available_from": date(2026, 11, 2)}],
        person_occupations=[
            {"person_id": "p", "occupation_id": "smith", "years": 3.0, "last_year": 2010},
            {"person_id": "p", "occupation_id": "wheeler", "years": 4.0, "current": True},
            {"person_id": "p", "occupation_id": "tailor", "years": 2.0},
            {"person_id": "p", "occupation_id": "miner", "years": 9.0},
        ],
        person_skills=[
            {"person_id": "p", "skill_id": "forge", "through": "corrected_away"},
            {"person_id": "p", "skill_id": "true", "through": "course"},
            {"person_id": "p", "skill_id": "sew"},
        ],
        course_prerequisites=[{"course_id": "c", "requires": "skill", "required_id": "true"}],
        projects=[
            {
                "project_id": "x",
                "occupation_id": name,
                "year": 2028,
                "posts": 5,
                "label": "Beispielvorhaben",
                "kind": "site",
                "status": "announced",
                "source": "Beispiel",
                "source_date": date(2026, 1, 1),
            }
            for name in ("", "smith", "wheeler", "miner")
        ],
    )


def new_tables() -> dict[str, pl.DataFrame]:
    rows: dict[str, list[dict[str, Any]]] = {
        "occupations": [
            {"occupation_id": "0-smith", "esco_uri": f"{ESCO}/occupation/0-smith", "isco08": "7221"},
            {"occupation_id": "0-tailor", "isco08": "7531"},
            {"occupation_id": "0-furrier", "isco08": "7531"},
        ],
        "skills": [{"skill_id": "0-forge"}, {"skill_id": "0-sew"}],
        "labels": [
            label("occupation", "0-smith", "Schmied/in (neu)"),
            label("occupation", "0-tailor", "Schneider/in"),
            label("occupation", "0-furrier", "Kürschner/in"),
            label("skill", "0-forge", "Metall schmieden"),
            label("skill", "0-sew", "Kleidung nähen"),
        ],
        "occupation_skills": [{"occupation_id": "0-smith", "skill_id": "0-forge", "relation": "essential"}],
    }
    return {name: table(name, listed) for name, listed in rows.items()}


REPLACED = {
    "wheeler": "cartwright",
    "cartwright": "0-smith",
    "forge": "0-forge",
    "true": "0-forge",
    "lost": "circle",
    "circle": "lost",
}


def test_each_goes_its_way(before: Region) -> None:
    """The same address, what replaces it, a code with a name, a name alone; what is found no way is kept and says what was nearest."""
    change = change_taxonomy(before, new_tables(), NEW, REPLACED)
    ways = {one.old_id: (one.how, one.new_id) for one in change.moved}
    assert ways == {
        "smith": ("same", "0-smith"),
        "wheeler": ("replaced", "0-smith"),
        "tailor": ("code", "0-tailor"),
        "miner": ("kept", "miner"),
        "forge": ("replaced", "0-forge"),
        "true": ("replaced", "0-forge"),
        "sew": ("label", "0-sew"),
        "dig": ("kept", "dig"),
    }
    confidence = {one.old_id: one.confidence for one in change.moved}
    assert confidence["tailor"] >= SURE_BY_CODE
    assert confidence["sew"] >= SURE_BY_LABEL
    assert {one.old_id: one.rows for one in change.moved}["true"] == 2
    assert change.unnamed == {"occupation": 0, "skill": 1}


def test_no_profile_loses_anything(before: Region) -> None:
    """Years add up where two occupations become one; a skill held one way is held, though another was taken back; the rest stays."""
    change = change_taxonomy(before, new_tables(), NEW, REPLACED)
    held = change.region.table("person_occupations").sort("occupation_id")
    assert held.select("occupation_id", "years", "current").rows() == [
        ("0-smith", 7.0, True),
        ("0-tailor", 2.0, False),
        ("miner", 9.0, False),
    ]
    assert change.region.table("person_skills").select("skill_id", "through").rows() == [
        ("0-forge", "course"),
        ("0-sew", "claim"),
    ]
    assert change.region.table("course_prerequisites")["required_id"].to_list() == ["0-forge"]
    projects = change.region.table("projects").select("occupation_id", "posts").rows()
    assert projects == [("", 5), ("0-smith", 10), ("miner", 5)]
    assert change.merged == {"person_occupations": 1, "person_skills": 1, "projects": 1}


def test_what_is_kept_and_carried_over(before: Region) -> None:
    """A kept occupation keeps its name, group and skills; a known one keeps its outlook, its law and names in other languages."""
    now = change_taxonomy(before, new_tables(), NEW, REPLACED).region
    occupations = {row["occupation_id"]: row for row in now.table("occupations").iter_rows(named=True)}
    assert sorted(occupations) == ["0-furrier", "0-smith", "0-tailor", "miner"]
    assert (occupations["0-smith"]["outlook"], occupations["0-smith"]["regulated"]) == ("shrinking", True)
    assert occupations["0-smith"]["isco08"] == "7221"
    assert occupations["0-tailor"]["regulated"] is False
    names = now.table("labels").select("concept_id", "language", "text").rows()
    assert ("miner", "de", "Abraumbaggerfahrer/in") in names
    assert ("0-smith", "en", "farrier") in names
    assert ("0-smith", "de", "Schmied/in") not in names
    asked = now.table("occupation_skills").select("occupation_id", "skill_id", "relation").rows()
    assert asked == [
        ("0-smith", "0-forge", "essential"),
        ("miner", "0-forge", "optional"),
        ("miner", "dig", "essential"),
    ]
    assert set(now.table("skills")["skill_id"]) == {"0-forge", "0-sew", "dig"}
    assert now.manifest.provenance["occupations"].source == "ESCO v1.2.0 (observed); test (modelled)"
    judged = {"labels", "occupations", "skills", "occupation_skills", "person_occupations", "person_skills"}
    assert [found for found in check(now) if found.where in judged and found.severity == "error"] == []


def test_the_same_taxonomy_changes_nothing(before: Region) -> None:
    """Moving a region to the taxonomy it has leaves every table as it is, but for concepts that nothing names."""
    tables = {name: before.table(name) for name in ("occupations", "skills", "labels", "occupation_skills", "broader")}
    change = change_taxonomy(before, tables, before.manifest.provenance["labels"])
    assert {one.how for one in change.moved} == {"same"}
    for name in TABLES:
        key = TABLES[name].key
        assert change.region.table(name).sort(key).equals(before.table(name).sort(key)), name


def test_a_taxonomy_that_is_none(before: Region) -> None:
    """A taxonomy without names is refused."""
    with pytest.raises(InputError, match="has no labels"):
        change_taxonomy(before, new_tables() | {"labels": TABLES["labels"].empty()}, NEW)


def test_from_the_core_taxonomy(village: Region) -> None:
    """Moved to the core taxonomy, the village keeps every person's years and skills, every post and every course's skill."""
    change = change_taxonomy(village, core().tables(), NEW)
    now = change.region
    for name, column in (("person_occupations", "years"), ("vacancies", "openings")):
        assert now.table(name)[column].sum() == pytest.approx(village.table(name)[column].sum())
    assert set(now.table("vacancies")["occupation_id"]) <= set(now.table("occupations")["occupation_id"])
    assert set(now.table("person_skills")["skill_id"]) <= set(now.table("skills")["skill_id"])
    assert change.counts("occupation").total() == len(
        {one.old_id for one in change.moved if one.concept == "occupation"}
    )
    before_errors = {found for found in check(village) if found.severity == "error"}
    assert {found for found in check(now) if found.severity == "error"} <= before_errors


# ------------------------------------------------------------------------------------------------------- the folder


def test_what_replaces_what(tmp_path: Path) -> None:
    """Ids or addresses are read; a gap or a second successor is refused with its line."""
    path = tmp_path / "replaced.csv"
    path.write_text(f"old,new\na,b\n{ESCO}/skill/c,{ESCO}/skill/d\na,b\n")
    assert read_replaced(path) == {"a": "b", "c": "d"}
    for text, problem in (
        ("old,new\na,\n", "replaced.csv:2: says not both"),
        ("old,new\na,b\na,c\n", "replaced.csv:3: old 'a': has two successors"),
        ("from,to\na,b\n", "replaced.csv:1"),
    ):
        path.write_text(text)
        with pytest.raises(InputError) as refused:
            read_replaced(path)
        assert problem in str(refused.value)


def small_esco(folder: Path) -> Path:
    """Write a download of ESCO with one occupation and one skill."""
    uri = f"{ESCO}/occupation/0-smith"
    skill = f"{ESCO}/skill/0-forge"
    files: Mapping[str, list[list[str]]] = {
        "occupations_de.csv": [
            [
                "conceptType",
                "conceptUri",
                "iscoGroup",
                "preferredLabel",
                "altLabels",
                "status",
                "code",
                "regulatedProfessionNote",
            ],
            ["Occupation", uri, "7221", "Schmied/in", "", "released", "7221.1", ""],
        ],
        "skills_de.csv": [
            ["conceptType", "conceptUri", "skillType", "reuseLevel", "preferredLabel", "altLabels", "status"],
            [
                "KnowledgeSkillCompetence",
                skill,
                "skill/competence",
                "sector-specific",
                "Eisen schmieden",
                "",
                "released",
            ],
        ],
        "occupationSkillRelations_de.csv": [
            ["occupationUri", "relationType", "skillType", "skillUri"],
            [uri, "essential", "skill/competence", skill],
        ],
    }
    folder.mkdir()
    for name, rows in files.items():
        with (folder / name).open("w", newline="") as file:
            csv.writer(file).writerows(rows)
    return folder


def test_a_region_folder_is_moved(before: Region, tmp_path: Path) -> None:
    """The moved region is the next snapshot, the old one stays, and a list says what became of each, the unsure first."""
    town = tmp_path / "town"
    write_snapshot(town, before)
    replaced = tmp_path / "replaced.csv"
    replaced.write_text("old,new\nforge,0-forge\n")
    done = move_taxonomy(town, [small_esco(tmp_path / "esco")], NEW, replaced=replaced)
    assert (done.snapshot, done.new, snapshots(town)) == (2, True, [1, 2])
    assert done.listed == town / "taxonomy-000001.csv"
    listed = pl.read_csv(done.listed)
    assert listed["how"].to_list() == sorted(listed["how"], key=["kept", "label", "code", "replaced", "same"].index)
    assert set(listed.filter(how="kept")["old_id"]) == {"wheeler", "tailor", "miner", "true", "sew", "dig"}
    now = open_region(town)
    assert now.table("person_occupations")["years"].sum() == 18.0
    assert "0-smith" in now.table("person_occupations")["occupation_id"].to_list()
    again = move_taxonomy(town, [tmp_path / "esco"], NEW, replaced=replaced)
    assert {one.how for one in again.change.moved} <= {"same", "kept"}
    assert open_region(town, 1).table("occupations").equals(before.table("occupations"))


def test_the_list(tmp_path: Path, before: Region) -> None:
    """The list holds every field of every mapping, and replaces an older one whole."""
    change = change_taxonomy(before, new_tables(), NEW, REPLACED)
    path = tmp_path / "moved.csv"
    write_moved(change.moved[:1], path)
    write_moved(change.moved, path)
    assert len(pl.read_csv(path)) == len(change.moved)
    assert [entry.name for entry in tmp_path.iterdir()] == ["moved.csv"]


# -------------------------------------------------------------------------------------------------------- real data


@pytest.mark.data
def test_esco_1_1_to_1_2(data: Path, make_region: MakeRegion) -> None:
    """Of the 3,007 occupations of ESCO 1.1.1 all but three are in 1.2 under their address; people in those three lose no year."""
    old, _ = read_esco([data / "esco" / "v1.1.1-en"], languages=["en"])
    german = pl.read_csv(data / "esco" / "v1.2.0-de" / "occupations_de.csv.gz", infer_schema=False)
    own = pl.col("conceptUri").str.split("/").list.last()
    occupations = german.select(own.alias("occupation_id"), esco_uri="conceptUri", isco08=pl.col("iscoGroup"))
    names = german.select(
        own.alias("concept_id"),
        concept=pl.lit("occupation"),
        language=pl.lit("de"),
        kind=pl.lit("preferred"),
        text="preferredLabel",
    )
    new = old | {
        "occupations": TABLES["occupations"].conform(occupations),
        "labels": pl.concat([old["labels"].filter(concept="skill"), TABLES["labels"].conform(names)]),
        "occupation_skills": old["occupation_skills"].join(occupations, on="occupation_id", how="semi"),
    }
    region = make_region(zones=[{"zone_id": "z", "lat": 50.8, "lon": 6.4}])
    held = old["occupations"].select(pl.lit("p").alias("person_id"), "occupation_id", pl.lit(1.0).alias("years"))
    region = region.with_tables({**old, "person_occupations": held})
    change = change_taxonomy(region, new, NEW)
    counts = change.counts("occupation")
    assert counts.total() == 3007
    assert counts["same"] == 3004
    assert counts["code"] + counts["label"] + counts["kept"] == 3
    now = change.region
    assert now.table("person_occupations")["years"].sum() == 3007.0
    english = now.table("labels").filter(language="en", concept="occupation", kind="preferred")
    assert len(english) >= 3004
