# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Links to official searches carry the words exactly, to known hosts only, and say who receives what."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.reports import searches as module
from drehkreuz.reports.searches import KINDS, LONGEST, Kind, Search, allow, catalogue, cleaned, searches
from drehkreuz.reports.words import LANGUAGES, Language

ELECTRICIAN = {"de": "Elektroniker/in", "en": "electrician", "nl": "elektricien", "fr": "électricien"}
COUNTRIES = ("DE", "BE", "NL")


def found(
    kind: Kind,
    label: dict[str, str] | None = None,
    *,
    kldb: str = "26212",
    place: str = "Düren",
    radius: float | None = 25,
    country: str = "DE",
    language: Language = "de",
) -> dict[str, Search]:
    """Searches of one kind by id."""
    label = ELECTRICIAN if label is None else label
    return {one.search_id: one for one in searches([kind], label, kldb, place, radius, country, language)}


def carried(search: Search) -> dict[str, str]:
    """Parameters as the service reads them."""
    read = parse_qs(urlsplit(search.url).query, keep_blank_values=True, strict_parsing=True)
    assert all(len(values) == 1 for values in read.values())
    return {name: values[0] for name, values in read.items()}


def test_a_job_search_carries_occupation_place_and_radius() -> None:
    """The link of the job search is the one a person would make there."""
    assert found("jobs", {"de": "Koch/Köchin"})["ba-jobs"].url == (
        "https://www.arbeitsagentur.de/jobsuche/suche?angebotsart=1&was=Koch%2FK%C3%B6chin&wo=D%C3%BCren&umkreis=25"
    )


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Schweißer für Rohre", "Schweißer für Rohre"),
        ("Bäcker & Konditor", "Bäcker & Konditor"),
        ("C++ = 100 % #1?", "C++ = 100 % #1?"),
        ("Koch%20in", "Koch%20in"),
        ("{place} oder {0}", "{place} oder {0}"),
        ("Pflegefachkraft (m/w/d)", "Pflegefachkraft"),
        ("Lagerhelfer (M | W | divers) Nacht", "Lagerhelfer Nacht"),
        ("Fahrer (C/CE)", "Fahrer (C/CE)"),
        ("  Kran-\n\tführer ", "Kran- führer"),
        ("Elektro\u00adniker\u200f\x00", "Elektroniker"),
        ("مهندس 👷", "مهندس 👷"),
        ("\ud800Koch", "Koch"),
    ],
)
def test_words_arrive_as_they_were(label: str, words: str) -> None:
    """Umlauts, spaces, ampersands and signs are encoded once; marks of gender and invisible characters are left out."""
    assert carried(found("jobs", {"de": label})["ba-jobs"])["was"] == words


@given(label=st.text(max_size=60), place=st.text(max_size=30), radius=st.none() | st.floats(0.1, 500))
@settings(max_examples=60)
def test_reading_a_link_gives_the_words_back(label: str, place: str, radius: float | None) -> None:
    """Whatever is asked, the service reads those words and nothing else about the person."""
    one = found("apprenticeships", {"de": label}, place=place, radius=radius)["ba-apprenticeships"]
    read = carried(one)
    assert read.pop("angebotsart") == "4"
    offered = [step for step in (10, 25, 50, 100, 150, 200) if radius is not None and step >= radius]
    expected = {"was": cleaned(label), "wo": cleaned(place), "umkreis": str(min(offered, default=""))}
    if not expected["wo"]:
        expected["umkreis"] = ""
    assert read == {name: value for name, value in expected.items() if value}


@given(label=st.text(max_size=60))
@settings(max_examples=60)
def test_a_cleaned_name_is_one_printable_line(label: str) -> None:
    """Cleaning adds no letter and leaves no line break, no invisible sign and no space at the ends."""
    once = cleaned(label)
    assert once.isprintable()
    assert once == once.strip()
    assert set(once) <= set(label) | {" "}


@given(
    label=st.dictionaries(st.sampled_from(["de", "en", "fr", "nl"]), st.text(max_size=40)),
    kldb=st.text(max_size=8),
    place=st.text(max_size=20),
    radius=st.none() | st.floats(0.1, 500),
    country=st.sampled_from(COUNTRIES),
    language=st.sampled_from(LANGUAGES),
)
@settings(max_examples=40)
def test_every_link_goes_to_a_known_host_over_https(
    label: dict[str, str], kldb: str, place: str, radius: float | None, country: str, language: Language
) -> None:
    """No input leads anywhere else, and every link says who receives what."""
    for one in searches(KINDS, label, kldb, place, radius, country, language):
        parts = urlsplit(one.url)
        assert (parts.scheme, parts.fragment) == ("https", "")
        assert parts.netloc in catalogue()["hosts"]
        assert one.url.isascii()
        assert one.receives
        assert "{" not in one.receives


@pytest.mark.parametrize(("asked", "sent"), [(5, "10"), (10, "10"), (25.5, "50"), (200, "200")])
def test_the_radius_is_the_smallest_offered_that_holds_it(asked: float, sent: str) -> None:
    """Nobody misses a post because a service knows fewer steps."""
    assert carried(found("jobs", radius=asked)["ba-jobs"])["umkreis"] == sent


def test_a_radius_that_a_service_does_not_offer_is_told_instead() -> None:
    """A radius beyond the largest step is typed by the person, not cut."""
    one = found("jobs", radius=250)["ba-jobs"]
    assert "umkreis" not in carried(one)
    assert one.to_type == "Dort eingeben: Umkreis 250 km."


def test_a_radius_without_a_place_is_left_out() -> None:
    """Around nowhere there is no radius."""
    one = found("jobs", place=" ")["ba-jobs"]
    assert carried(one) == {"angebotsart": "1", "was": "Elektroniker/in"}
    assert one.to_type == ""


def test_what_a_link_cannot_carry_is_told() -> None:
    """The training search takes the words in its address; place and radius are typed there."""
    one = found("training")["mein-now"]
    assert carried(one) == {"sw": "Elektroniker/in"}
    assert one.to_type == "Dort eingeben: Ort „Düren“ und Umkreis 25 km."
    assert found("pay", language="en")["entgeltatlas"].to_type == (
        "Type there: occupation “Elektroniker/in” and code 26212 (KldB 2010) to compare with."
    )


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Elektroniker/in - Betriebstechnik", "Elektroniker - Betriebstechnik"),
        ("Kaufmann/-frau für Büromanagement", "Kaufmann für Büromanagement"),
        ("Fachkraft Lagerlogistik", "Fachkraft Lagerlogistik"),
    ],
)
def test_the_encyclopedia_is_asked_for_the_base_form(label: str, words: str) -> None:
    """BERUFENET finds the name without its second half."""
    assert carried(found("occupation", {"de": label})["berufenet"]) == {"suchwoerter": words}


def test_a_service_is_asked_in_its_own_language() -> None:
    """Flanders is asked in Dutch; where the Dutch name is unknown the person is told, and no German word is sent."""
    assert carried(found("jobs", country="BE")["vdab"]) == {"trefwoord": "elektricien"}
    german = found("jobs", {"de": "Elektroniker/in"}, country="BE", place="Genk")["vdab"]
    assert german.url == "https://www.vdab.be/vindeenjob/vacatures"
    assert german.to_type == "Dort eingeben: den Beruf auf Niederländisch, Ort „Genk“ und Umkreis 25 km."


def test_a_link_says_who_receives_what() -> None:
    """What stands in the link is named, and nothing where nothing does."""
    assert found("jobs", radius=None)["ba-jobs"].receives == (
        "Beim Öffnen erhält die Bundesagentur für Arbeit den Beruf und den Ort und, wie jede Website, die Internetadresse "
        "Ihres Anschlusses."
    )
    assert found("jobs", country="NL", language="en")["werk-nl"].receives == (
        "When you open it, UWV, the employment service of the Netherlands, gets none of your answers, only, like every website, "
        "the internet address of your connection."
    )


def test_each_country_has_its_own_searches() -> None:
    """A country is searched by its own services; advice at the border stands with each."""
    by_country = {c: [s.search_id for s in searches(KINDS, ELECTRICIAN, "", "", None, c, "de")] for c in COUNTRIES}
    assert by_country["BE"] == ["adg", "leforem", "vdab", "grenzinfo"]
    assert by_country["NL"] == ["werk-nl", "grenzinfo"]
    assert {s.kind for s in searches(KINDS, ELECTRICIAN, "", "", None, "DE", "de")} == set(KINDS)
    assert searches(KINDS, ELECTRICIAN, "", "", None, "AT", "de") == []


def test_what_is_no_name_is_not_passed_on() -> None:
    """A whole document typed into the field stays here."""
    one = found("jobs", {"de": "x" * (LONGEST + 1)}, place="y" * 10_000_000)["ba-jobs"]
    assert carried(one) == {"angebotsart": "1"}
    assert one.to_type == ""


def test_unknown_kinds_and_senseless_radii_are_refused() -> None:
    """A slip of the caller is named."""
    with pytest.raises(ValueError, match="unknown kinds of search: fun"):
        searches(["fun"], ELECTRICIAN, "", "", None, "DE", "de")  # type: ignore[list-item]
    for radius in (0, -3, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="positive number"):
            found("jobs", radius=radius)


@pytest.mark.parametrize(
    "address",
    [
        "http://www.arbeitsagentur.de/",
        "https://www.arbeitsagentur.de.example.org/",
        "https://www.arbeitsagentur.de:8443/",
        "https://me@www.arbeitsagentur.de/",
        "https://www.arbeitsagentur.de/?was=x",
        "javascript:alert(1)",
    ],
)
def test_other_addresses_are_refused(address: str) -> None:
    """Only plain https addresses of the hosts in the data pass."""
    with pytest.raises(ValueError, match="not a plain https address"):
        allow(address, catalogue()["hosts"])


def test_the_data_is_whole() -> None:
    """Every service says in both languages what it is, asks what its address carries, and has a source and a day."""
    raw = catalogue()
    assert raw["de"].keys() == raw["en"].keys()
    assert len({entry["search_id"] for entry in raw["search"]}) == len(raw["search"])
    assert {urlsplit(entry["address"]).netloc for entry in raw["search"]} == set(raw["hosts"])
    for entry in raw["search"]:
        assert entry["kind"] in KINDS
        assert all(set(entry[text]) == set(LANGUAGES) for text in ("name", "purpose", "receiver"))
        filled = {text[1:-1] for text in entry.get("query", {}).values() if text.startswith("{")}
        assert filled <= set(entry["asks"]) <= {"words", "place", "radius_km", "kldb"}
        assert ("radii" in entry) == ("radius_km" in filled)
        assert entry["source"]
        assert isinstance(entry["checked_on"], date)
        assert entry["verified"] or not filled, f"{entry['search_id']} fills in parameters that nobody has seen"


def test_nothing_is_fetched() -> None:
    """The module imports nothing that could open a connection."""
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    names = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert not {name for name in names if name and name.split(".")[0] in {"http", "socket", "ssl", "requests", "httpx"}}
    assert "urllib.request" not in names
