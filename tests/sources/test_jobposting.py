# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Job postings of schema.org: what is read of them, what is refused, and that what is written comes back."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.errors import InputError
from drehkreuz.region import Region
from drehkreuz.sources.jobposting import Assumed, read_postings
from drehkreuz.sources.jobposting_write import CARRIED, write_postings
from drehkreuz.sources.schema_org import Feed
from sources.feeds import Pack

DAY = date(2026, 11, 2)

POSTING: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "identifier": {"@type": "PropertyValue", "name": "Beispielbetrieb", "value": "A-17"},
    "title": "Elektroniker (m/w/d)",
    "datePosted": "2026-10-20",
    "validThrough": "2026-12-31T23:59",
    "hiringOrganization": {"@type": "Organization", "name": "Beispielbetrieb"},
    "jobLocation": {
        "@type": "Place",
        "address": {"@type": "PostalAddress", "postalCode": "52349", "addressLocality": "Düren"},
        "geo": {"@type": "GeoCoordinates", "latitude": 50.8, "longitude": "6.48"},
    },
    "relevantOccupation": {
        "@type": "Occupation",
        "name": "Elektroniker/in",
        "occupationalCategory": {"@type": "CategoryCode", "inCodeSet": "KldB 2010", "codeValue": "26212"},
    },
    "employmentType": ["FULL_TIME", "PART_TIME"],
    "workHours": "20–37,5 Stunden je Woche; Schichtsystem: tag",
    "jobStartDate": "2027-01-01",
    "totalJobOpenings": 2,
    "baseSalary": {
        "@type": "MonetaryAmount",
        "currency": "EUR",
        "value": {"@type": "QuantitativeValue", "minValue": 3100, "maxValue": 3600, "unitText": "MONTH"},
    },
    "skills": {"@type": "DefinedTerm", "url": "http://data.europa.eu/esco/skill/s-1"},
}


def write(folder: Path, document: object, name: str = "posts.jsonld") -> Path:
    path = folder / name
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return path


def changed(**values: Any) -> dict[str, Any]:
    posting = copy.deepcopy(POSTING)
    posting.update(values)
    return {key: value for key, value in posting.items() if value is not None}


def test_a_posting(tmp_path: Path) -> None:
    """A posting that says everything becomes a vacancy, its place, its skills and the code of its occupation."""
    tables, findings = read_postings(write(tmp_path, POSTING), day=DAY, feed=Feed("kam"))
    [row] = tables["vacancies"].to_dicts()
    assert findings == []
    assert row["vacancy_id"] == "kam:A-17"
    assert (row["hours_min"], row["hours_max"], row["shift_system_id"]) == (20, 37.5, "tag")
    assert (row["pay_min"], row["pay_max"], row["pay_period"]) == (3100, 3600, "month")
    assert (row["openings"], row["start"], row["first_seen"]) == (2, date(2027, 1, 1), date(2026, 10, 20))
    assert tables["vacancy_skills"]["skill_id"].to_list() == ["s-1"]
    assert tables["places"].select("name", "lat", "lon").rows() == [("Beispielbetrieb, Düren", 50.8, 6.48)]
    local = tables["occupations_local"].rows()
    assert local == [("kldb2010:26212", None, "26212", "Elektroniker/in")]


WRAPPINGS = {
    "list": lambda posting: [posting],
    "graph": lambda posting: {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, posting]},
    "item list": lambda posting: {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": posting}]},
    "prefixed": lambda posting: {f"schema:{key}" if key[0] != "@" else key: value for key, value in posting.items()},
    "typed by address": lambda posting: posting | {"@type": ["http://schema.org/JobPosting", "Thing"]},
}


@pytest.mark.parametrize("wrap", WRAPPINGS.values(), ids=WRAPPINGS)
def test_wrappings(tmp_path: Path, wrap: Any) -> None:
    """However JSON-LD wraps a posting, the same vacancy comes out."""
    plain, _ = read_postings(write(tmp_path, POSTING), day=DAY)
    wrapped, _ = read_postings(write(tmp_path, wrap(POSTING), "wrapped.json"), day=DAY)
    assert wrapped["vacancies"].equals(plain["vacancies"])


def test_a_page_with_scripts(tmp_path: Path) -> None:
    """Postings stand in scripts of a web page; other scripts, and those in comments, are not read."""
    page = (
        f"<!doctype html><script>var a = 1;</script><!-- <script type='application/ld+json'>{{broken</script> -->"
        f'<SCRIPT id="x" TYPE="application/ld+json">\n{json.dumps(POSTING)}\n</SCRIPT >'
    )
    tables, findings = read_postings(write(tmp_path, page, "stelle.html"), day=DAY)
    assert tables["vacancies"]["vacancy_id"].to_list() == ["A-17"]
    assert findings == []


def test_a_broken_script_costs_itself_alone(tmp_path: Path) -> None:
    """In lenient reading a script that is no JSON is listed, and the page's other scripts are read."""
    script = '<script type="application/ld+json">{}</script>'
    path = write(tmp_path, script.format("{,") + script.format(json.dumps(POSTING)), "stelle.html")
    tables, findings = read_postings(path, day=DAY, lenient=True)
    assert len(tables["vacancies"]) == 1
    assert [finding.where for finding in findings] == ["stelle.html, script 1"]
    with pytest.raises(InputError, match="is not JSON"):
        read_postings(path, day=DAY)


def test_references_within_a_document(tmp_path: Path) -> None:
    """An employer and a place that stand elsewhere in the document are found by their ids."""
    place = POSTING["jobLocation"] | {"@id": "#work"}
    firm = {"@id": "#firm", "@type": "Organization", "name": "Beispielwerk"}
    posting = changed(hiringOrganization={"@id": "#firm"}, jobLocation={"@id": "#work"})
    tables, _ = read_postings(write(tmp_path, {"@graph": [posting, firm, place]}), day=DAY)
    assert tables["vacancies"]["employer"].to_list() == ["Beispielwerk"]
    assert tables["places"]["name"].to_list() == ["Beispielwerk, Düren"]


def test_names_that_hold_in_one_document(pack: Pack) -> None:
    """A place called #work in two pages is two places; a place with an address of its own is one."""
    pages = {}
    for name, lat in (("a", 50.7), ("b", 50.9)):
        here = POSTING["jobLocation"] | {"@id": "#work", "geo": {"latitude": lat, "longitude": 6.4}}
        pages[f"{name}.json"] = json.dumps(changed(identifier=name, jobLocation=here))
    tables, _ = read_postings(pack(pages, "pages"), day=DAY)
    assert sorted(tables["places"]["lat"]) == [50.7, 50.9]
    assert tables["vacancies"]["place_id"].n_unique() == 2
    same = {name: text.replace("#work", "https://example.org/work") for name, text in pages.items()}
    tables, _ = read_postings(pack(same, "same"), day=DAY)
    assert tables["places"]["place_id"].to_list() == ["https://example.org/work"]


SALARIES: dict[str, tuple[Any, tuple[float, float, str]]] = {
    "hourly": ({"value": {"value": 17.5, "unitText": "HOUR"}}, (17.5, 17.5, "hour")),
    "yearly": ({"value": {"minValue": 40000, "maxValue": 48000, "unitText": "YEAR"}}, (40000, 48000, "year")),
    "weekly": ({"value": {"value": 600, "unitText": "WEEK"}}, (2600, 2600, "month")),
    "swapped": ({"value": {"minValue": 4000, "maxValue": 3000, "unitText": "MONTH"}}, (3000, 4000, "month")),
    "half open": ({"value": {"minValue": "3000", "unitCode": "MON"}}, (3000, 3000, "month")),
    "unit outside": ({"value": 3000, "unitText": "Monat"}, (3000, 3000, "month")),
}


@pytest.mark.parametrize(("salary", "told"), SALARIES.values(), ids=SALARIES)
def test_pay(tmp_path: Path, salary: Any, told: tuple[float, float, str]) -> None:
    """Pay is read by the hour, the month and the year; a week's pay is 12/52 of a month's."""
    tables, _ = read_postings(write(tmp_path, changed(baseSalary=salary)), day=DAY)
    assert tables["vacancies"].select("pay_min", "pay_max", "pay_period").row(0) == told


REFUSED = {
    "other money": (
        changed(baseSalary={"currency": "USD", "value": {"value": 1, "unitText": "YEAR"}}),
        "no pay in euros",
    ),
    "by the day": (changed(baseSalary={"value": {"value": 120, "unitText": "DAY"}}), "in a way that can be compared"),
    "no pay": (changed(baseSalary=None), "pay_min '': is empty"),
    "no place": (changed(jobLocation={"address": "Düren"}), "no place that can be found"),
    "no day": (changed(jobStartDate="demnächst"), "start 'demnächst'"),
    "no rota": (changed(workHours="38 h"), "shift_system_id '': is empty"),
    "too far north": (
        changed(jobLocation={"geo": {"latitude": 95, "longitude": 6}}),
        "lat '95.0000000': is more than 90",
    ),
}


@pytest.mark.parametrize(("posting", "problem"), REFUSED.values(), ids=REFUSED)
def test_refused(tmp_path: Path, posting: Any, problem: str) -> None:
    """A posting that cannot be compared is refused with its reason; a lenient reading keeps the others."""
    good = changed(identifier="A-18")
    path = write(tmp_path, [posting, good])
    with pytest.raises(InputError, match=problem):
        read_postings(path, day=DAY)
    tables, findings = read_postings(path, day=DAY, lenient=True)
    assert tables["vacancies"]["vacancy_id"].to_list() == ["A-18"]
    assert any(problem in str(finding) for finding in findings)


def test_what_is_assumed_is_counted(tmp_path: Path) -> None:
    """Hours, rota and pay that a posting does not say come from the recipe alone, and each is counted."""
    assumed = Assumed(shift_system_id="tag", hours_full=39, hours_part=20, pay_eur_month=2900)
    path = write(tmp_path, changed(workHours=None, baseSalary=None, jobStartDate=None))
    tables, findings = read_postings(path, day=DAY, assumed=assumed)
    row = tables["vacancies"].row(0, named=True)
    assert (row["hours_min"], row["hours_max"], row["pay_min"], row["start"]) == (20, 39, 2900, DAY)
    assert {finding.severity for finding in findings} == {"warning"}
    assert len([finding for finding in findings if finding.problem.startswith("1 of 1 postings")]) == 4


def test_expired(tmp_path: Path) -> None:
    """A posting whose last day is before the region's day is left out and counted; its last day itself counts."""
    path = write(tmp_path, [changed(validThrough="2026-11-01"), changed(identifier="b", validThrough="2026-11-02")])
    tables, [finding] = read_postings(path, day=DAY)
    assert tables["vacancies"]["vacancy_id"].to_list() == ["b"]
    assert "1 of 2 postings are over" in str(finding)


def test_a_household_is_not_located(tmp_path: Path) -> None:
    """A private household has no name, no street and no point on the map: its postcode's centre must do."""
    posting = changed(hiringOrganization={"@type": "Person", "name": "Erika Beispiel"})
    with pytest.raises(InputError, match="no place that can be found"):
        read_postings(write(tmp_path, posting), day=DAY)
    tables, _ = read_postings(write(tmp_path, posting), day=DAY, feed=Feed(centres={"52349": (50.81, 6.47)}))
    assert tables["places"].select("name", "lat", "lon").rows() == [("Privathaushalt, Düren", 50.81, 6.47)]
    assert "Beispiel" not in str(tables)


def test_round_trip(village: Region, tmp_path: Path) -> None:
    """The village's vacancies come back from JSON-LD in every column that a posting carries, with places and skills."""
    path = tmp_path / "posts.jsonld"
    path.write_bytes(write_postings(village))
    tables, findings = read_postings(path, day=village.manifest.day)
    assert findings == []
    all_remote = village.table("vacancies")["remote_share"] == 1
    columns = [name for name in CARRIED if all_remote.all() or name not in {"remote_share", "presence_days"}]
    assert tables["vacancies"].select(columns).equals(village.table("vacancies").sort("vacancy_id").select(columns))
    asked = village.table("vacancy_skills").filter(demand="must").select("vacancy_id", "skill_id")
    assert set(asked.rows()) <= set(tables["vacancy_skills"].select("vacancy_id", "skill_id").rows())
    assert set(tables["places"].rows()) <= {(*row[:3], None, *row[4:]) for row in village.table("places").rows()}
    assert path.read_bytes() == write_postings(village)


def test_written_postings_have_what_search_engines_ask(village: Region) -> None:
    """Every written posting has the properties that search engines require, in schema.org's form."""
    document = json.loads(write_postings(village))
    assert document["@context"] == "https://schema.org"
    for posting in document["@graph"]:
        assert {"title", "description", "jobLocation", "baseSalary", "employmentType"} <= set(posting)
        assert posting["baseSalary"]["value"]["unitText"] in {"HOUR", "MONTH", "YEAR"}
        assert posting["jobLocation"]["geo"]["@type"] == "GeoCoordinates"


HOSTILE = {
    "deep": "[" * 100_000,
    "deep but whole": "[" * 65 + "]" * 65,
    "long number": '{"@type":"JobPosting","totalJobOpenings":' + "9" * 10_000 + "}",
    "endless number": '{"@type":"JobPosting","totalJobOpenings":1e999}',
    "not a number": '{"@type":"JobPosting","totalJobOpenings":NaN}',
    "half a character": '{"@type":"JobPosting","title":"\\ud800"}',
    "nothing": "",
    "none": "{}",
    "itself": '{"@graph":[{"@id":"#a","@type":"JobPosting","jobLocation":{"@id":"#a"}}]}',
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile(tmp_path: Path, text: str) -> None:
    """Nesting, numbers and characters without measure are refused in words."""
    with pytest.raises(InputError):
        read_postings(write(tmp_path, text), day=DAY)


@pytest.mark.parametrize("part", ["<script ", "<script>", "<!--", '<script type="application/ld+json">', "</script "])
def test_pages_without_end(pack: Pack, part: str) -> None:
    """A page of two million signs that opens tags and closes none is read in one pass."""
    with pytest.raises(InputError):
        read_postings(pack({"p.html": part * (2_000_000 // len(part))}, "pages"), day=DAY)


SCRAPS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["@type", "value", "name", "geo"]), inner)
    ),
    max_leaves=8,
)


@settings(max_examples=12)
@given(key=st.sampled_from(sorted(POSTING)), value=SCRAPS, lenient=st.booleans())
def test_any_value_anywhere(tmp_path_factory: pytest.TempPathFactory, key: str, value: Any, *, lenient: bool) -> None:
    """Whatever stands in the place of a property, it is read or refused in words."""
    path = write(tmp_path_factory.mktemp("posts"), POSTING | {key: value})
    with suppress(InputError):
        read_postings(path, day=DAY, lenient=lenient)
