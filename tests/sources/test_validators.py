# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
What is written is taken by others' validators: GBFS, GTFS, and schema.org's things as RDF.

Each validator is somebody else's work and knows nothing of this project; where one is not installed its tests are skipped.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import polars as pl
import pytest

from drehkreuz.region import Region
from drehkreuz.sources.course_write import write_courses
from drehkreuz.sources.formats_write import WRITTEN
from drehkreuz.sources.gbfs import read_gbfs
from drehkreuz.sources.gbfs_write import write_gbfs
from drehkreuz.sources.gtfs_write import write_gtfs
from drehkreuz.sources.jobposting_write import write_postings
from fuzz import seeds

ADDRESS: Final = "https://example.org/gbfs"


class _Served:
    """Answers addresses of feeds as a server would that has just these files."""

    def __init__(self, written: Mapping[str, bytes]) -> None:
        self._written = written

    def get_json(self, url: str) -> Any:
        return json.loads(self._written[url.removeprefix(f"{ADDRESS}/")])


@pytest.fixture(params=sorted(seeds.GBFS))
def feeds(request: pytest.FixtureRequest, village: Region, tmp_path: Path) -> Mapping[str, bytes]:
    """A small sharing system, read from one version of GBFS and written in version 3.0."""
    for name, content in seeds.document_folder(seeds.GBFS[request.param]).items():
        (tmp_path / name).write_bytes(content)
    tables, _ = read_gbfs(tmp_path)
    systems = tables["sharing_systems"].with_columns(contact=pl.lit("daten@example.org"))
    written, _ = write_gbfs(village.with_tables(tables | {"sharing_systems": systems}), "m", address=ADDRESS)
    return written


def test_gbfs_by_a_validator(feeds: Mapping[str, bytes]) -> None:
    """A validator of GBFS follows the addresses of gbfs.json and finds no error in any file of version 3.0."""
    validator = pytest.importorskip("gbfs_validator", reason="gbfs-validator is not installed")
    report = validator.GBFS(f"{ADDRESS}/gbfs.json", docked=True, fetcher=_Served(feeds)).validation()
    assert report["summary"]["version"]["validated"] == "3.0"
    assert not report["summary"]["hasErrors"], [
        (file["file"], file.get("errors")) for file in report["files"] if file.get("hasErrors")
    ]
    assert {file["file"] for file in report["files"] if file.get("exists")} >= set(feeds) - {"gbfs_versions.json"}


def test_gbfs_by_the_official_schemas(feeds: Mapping[str, bytes]) -> None:
    """Each file fits the JSON schema that the specification publishes, as a second implementation of JSON Schema reads it."""
    pytest.importorskip("gbfs_validator", reason="gbfs-validator, which brings the schemas, is not installed")
    schemas = pytest.importorskip("jsonschema_rs", reason="jsonschema-rs is not installed")
    folder = files("gbfs_validator") / "data" / "schemas" / "v3.0"
    for name, content in feeds.items():
        schema = json.loads((folder / name).read_text(encoding="utf-8"))
        wrong = [str(error) for error in schemas.validator_for(schema).iter_errors(json.loads(content))]
        assert wrong == [], name


WARNED: Final = {"missing_recommended_file", "route_short_name_too_long"}
"""What the village's timetable is warned of: no feed_info.txt, and names such as Modell-Linie 1, which say that they are no real lines."""


def test_gtfs_by_a_validator(village: Region, tmp_path: Path) -> None:
    """A validator of GTFS with the canonical rules finds no error in the village's timetable."""
    cli = pytest.importorskip("gtfs_validator.cli", reason="gtfs-validator is not installed")
    write_gtfs(village.tables, tmp_path / "gtfs.zip", url="https://example.org")
    asked = ["--input", str(tmp_path / "gtfs.zip"), "--output_base", str(tmp_path / "report"), "--country_code", "DE"]
    assert cli.main([*asked, "--date", str(village.manifest.day)]) == 0
    report, faults = (
        json.loads((tmp_path / "report" / f"{name}.json").read_text(encoding="utf-8"))["notices"]
        for name in ("report", "system_errors")
    )
    assert faults == []
    assert {notice["code"] for notice in report if notice["severity"] == "ERROR"} == set()
    assert {notice["code"] for notice in report if notice["severity"] == "WARNING"} <= WARNED


SCHEMA: Final = "https://schema.org/"
NEWER: Final = {"courseSchedule"}
"""Properties that schema.org has and rdflib's list of its terms does not have yet."""
NEEDED: Final = {
    "JobPosting": {"title", "description", "datePosted", "hiringOrganization", "jobLocation", "identifier"},
    "Course": {"name", "description", "provider", "hasCourseInstance"},
    "CourseInstance": {"courseMode", "startDate"},
}
"""What those who gather posts and courses from the web ask of each."""


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib warns of itself
@pytest.mark.parametrize("kind", ["jobposting", "course"])
def test_things_of_schema_org(village: Region, kind: str) -> None:
    """A processor of JSON-LD reads every thing; each type and property is one of schema.org's, and what gatherers need is there."""
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed")
    document = json.loads({"jobposting": write_postings, "course": write_courses}[kind](village))
    assert document["@context"] == SCHEMA.rstrip("/")
    document["@context"] = {"@vocab": SCHEMA}  # what the address answers, in short: nothing is fetched in a test
    graph = rdflib.Graph().parse(data=json.dumps(document), format="json-ld")
    types = set(graph.objects(None, rdflib.RDF.type))
    properties = set(graph.predicates()) - {rdflib.RDF.type, *(rdflib.URIRef(SCHEMA + name) for name in NEWER)}
    assert sorted(term for term in types | properties if term not in rdflib.SDO) == []
    table = {"jobposting": ("JobPosting", "vacancies"), "course": ("Course", "courses")}[kind]
    assert (
        len(list(graph.subjects(rdflib.RDF.type, rdflib.URIRef(SCHEMA + table[0])))) == village.table(table[1]).height
    )
    for name, needed in NEEDED.items():
        for thing in graph.subjects(rdflib.RDF.type, rdflib.URIRef(SCHEMA + name)):
            had = {str(predicate).removeprefix(SCHEMA) for predicate in graph.predicates(thing)}
            assert needed <= had, (name, needed - had)


def test_every_written_format_is_validated() -> None:
    """Whoever adds a format that is written adds its validation here."""
    assert set(WRITTEN) == {"jobposting", "course", "gbfs", "ocpi", "gtfs"}
