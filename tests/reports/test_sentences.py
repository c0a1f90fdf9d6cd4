# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Answers in sentences, as one would say them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from drehkreuz.reports.sentences import blocks, legs, note, ordering, own, rows, status
from drehkreuz.reports.words import Language, Words

PATH: dict[str, Any] = {
    "kind": "job",
    "training_months": None,
    "status": "now",
    "start": date(2027, 8, 1),
    "contract_end": None,
    "agency": False,
    "occupation": {"outlook": "shrinking"},
    "levels_below": None,
    "brings": {"share": 0.5, "beside": 0, "asked_before": True, "skills": [{"label": "messen", "occupation": "Koch/Köchin"}]},
    "missing": {"course": [], "on_the_job": [{"label": "backen", "attitude": False}], "open": []},
    "learning": {"weeks": 0.0, "own_fee_eur": 0, "steps": [], "ask_first": None},
    "commute": {
        "chain": "car", "limit_minutes": 45, "minutes_out": 20, "minutes_back": 25, "cost_eur_month": 80, "out": [], "back": []
    },
    "border": None,
    "pay": {
        "gross_eur_month": 3000, "net_eur_month": 2000, "net_after_commute_eur_month": 1920, "today_eur_month": None,
        "change_eur_month": None, "need_eur_month": 1800,
    },
    "time": {"hours_per_week": 20.0, "rota": "Teilzeit am Vormittag, 20 Stunden"},
    "barriers": [],
    "conditions": [],
}  # fmt: skip
"""A described pair with everything that is said of it."""


def said(path: dict[str, Any], heading: str, language: Language = "de") -> list[str]:
    """Return what a card says under a heading."""
    words = Words(language)
    return [text for name, text in rows(path, words) if name == words(f"paths.row_{heading}")]


WALK = {
    "by": "walk",
    "leave": 25_400,
    "arrive": 25_800,
    "origin": "Dorf",
    "target": "Mitte",
    "line": "",
    "headsign": "",
}
RIDE = {
    "by": "ride",
    "leave": 25_800,
    "arrive": 26_400,
    "origin": "Mitte",
    "target": "Werk",
    "line": "Linie 20",
    "headsign": "Werk",
}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "07:03 zu Fuß 7 min → 07:10 Linie 20 Richtung Werk (Mitte – Werk) 10 min → an 07:20"),
        ("en", "07:03 on foot 7 min → 07:10 Linie 20 to Werk (Mitte – Werk) 10 min → arriving 07:20"),
    ],
)
def test_a_way_reads_as_a_person_would_be_told(language: str, line: str) -> None:
    """Times, lines and stops stand in the order in which they are needed."""
    assert legs([WALK, RIDE], Words("de" if language == "de" else "en")) == line


def test_no_way_has_no_words() -> None:
    """A way that does not exist is said with nothing."""
    assert legs([], Words("de")) == ""


def test_times_around_midnight() -> None:
    """Seconds below zero are of the evening before, those over a day of the night after."""
    assert (
        legs([RIDE | {"leave": -60, "arrive": 0, "headsign": ""}], Words())
        == "23:59 Linie 20 (Mitte – Werk) 1 min → an 00:00"
    )
    assert legs([WALK | {"leave": 86_340, "arrive": 90_000}], Words()) == "23:59 zu Fuß 61 min → an 01:00"


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ({"barrier": "reach", "reasons": ["reach_out"], "slack": 12.0, "unit": "minutes"}, "12 Minuten zu lang"),
        ({"barrier": "reach", "reasons": ["reach_out"], "slack": None, "unit": "minutes"}, "es gibt keine Verbindung"),
        (
            {"barrier": "pay", "reasons": ["pay_net_need"], "slack": 139.6, "unit": "EUR/month"},
            "es fehlen 140 € im Monat",
        ),
        ({"barrier": "language", "reasons": ["language_level"], "slack": 1.0, "unit": "steps"}, "es fehlt eine Stufe"),
        (
            {"barrier": "formal", "reasons": ["formal_certificate"], "slack": 2.0, "unit": "demands"},
            "es fehlen 2 Nachweise",
        ),
        ({"barrier": "hours", "reasons": ["hours_shift"], "slack": 1.5, "unit": "hours"}, "es fehlen 1,5 Stunden"),
        ({"barrier": "skill", "reasons": ["skill_gap"], "slack": 0.4, "unit": "share"}, "40 % des Gefragten"),
    ],
)
def test_a_hurdle_says_how_much_is_missing(entry: dict[str, Any], sentence: str) -> None:
    """Each class of hurdle has its own measure."""
    assert sentence in blocks({"barriers": [entry]}, Words("de"))[0]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Lohn: knapp unter dem, was Sie brauchen (1 € im Monat)"),
        ("en", "pay: just below what you need (€1 a month)"),
    ],
)
def test_pay_that_nearly_suffices_is_said_to_do_so(language: Language, sentence: str) -> None:
    """Less than a euro is a euro, and a euro is no gap."""
    entry = {"barrier": "pay", "reasons": ["pay_net_need"], "slack": 0.3, "unit": "EUR/month", "narrow": True}
    assert blocks({"barriers": [entry]}, Words(language)) == [sentence]


def test_a_way_too_long_there_and_back_is_said_once() -> None:
    """Two reasons of one way are one sentence, a third stays."""
    entry = {
        "barrier": "reach",
        "reasons": ["reach_out", "reach_back", "reach_cost"],
        "slack": 16.0,
        "unit": "minutes",
    }
    (line,) = blocks({"barriers": [entry]}, Words("de"))
    assert line == (
        "Weg: Hin- und Rückweg dauern länger, als Sie angegeben haben, oder es gibt nicht zu jeder Schicht einen. "
        "Der Weg kostet mehr, als Sie angegeben haben. (16 Minuten zu lang)"
    )


@pytest.mark.parametrize(
    ("rota", "weekly", "line"),
    [
        ("Teilzeit am Vormittag, 20 Stunden", 20.0, "20 Stunden, Teilzeit am Vormittag, ab 01.08.2027"),
        ("Teilzeit am Vormittag, 20 Stunden", 18.5, "18,5 Stunden, Teilzeit am Vormittag, 20 Stunden, ab 01.08.2027"),
        ("Vollkontischicht, vier Gruppen", 39.4, "39,4 Stunden, Vollkontischicht, vier Gruppen, ab 01.08.2027"),
    ],
)
def test_hours_are_said_once(rota: str, weekly: float, line: str) -> None:
    """A rota that names its hours does not repeat those agreed on; where they differ, both stand."""
    assert said(PATH | {"time": {"hours_per_week": weekly, "rota": rota}}, "time") == [line]


@pytest.mark.parametrize(
    ("change", "de", "en"),
    [
        ({}, "ohne Kurs", "no course needed"),
        (
            {"kind": "apprenticeship_dual", "training_months": 42},
            "Ausbildung (dual), 3,5 Jahre, ab 01.08.2027",
            "apprenticeship (dual), 3.5 years, from 1 August 2027",
        ),
        (
            {"kind": "apprenticeship_school", "training_months": 36, "status": "after_learning"},
            "9 Wochen Lernen, dann Ausbildung (schulisch), 3 Jahre, ab 01.08.2027",
            "9 weeks of learning, then apprenticeship (school), 3 years, from 1 August 2027",
        ),
        (
            {"kind": "entry_qualification", "training_months": 12, "status": "blocked"},
            "noch nicht: Einstiegsqualifizierung, 1 Jahr, ab 01.08.2027",
            "not yet: entry qualification, 1 year, from 1 August 2027",
        ),
        (
            {"kind": "dual_study", "training_months": None},
            "duales Studium, ab 01.08.2027",
            "dual study, from 1 August 2027",
        ),
    ],
)
def test_an_apprenticeship_says_that_it_is_one(change: dict[str, Any], de: str, en: str) -> None:
    """How long it takes and when it begins stand where a post says whether it needs a course."""
    path = PATH | {"learning": PATH["learning"] | {"weeks": 9.0}} | change
    assert (status(path, Words("de")), status(path, Words("en"))) == (de, en)


def test_what_an_apprenticeship_teaches_is_learned_in_it() -> None:
    """On the job is for posts; in an apprenticeship it is the training."""
    assert said(PATH, "missing") == ["backen (lernen Sie im Betrieb)"]
    assert said(PATH | {"kind": "apprenticeship_dual"}, "missing") == ["backen (lernen Sie in der Ausbildung)"]


def test_an_attitude_nobody_spoke_of_is_not_missing() -> None:
    """Nobody is told to lack punctuality; that it is asked is said apart."""
    punctual = {"label": "pünktlich sein", "attitude": True}
    missing = PATH["missing"]
    both = PATH | {"missing": missing | {"open": [punctual]}}
    alone = PATH | {"missing": missing | {"on_the_job": [punctual]}}
    assert said(both, "missing") == ["backen (lernen Sie im Betrieb); gefragt ist auch: pünktlich sein"]
    assert said(alone, "missing") == ["nichts Wesentliches; gefragt ist auch: pünktlich sein"]


def test_where_nothing_need_be_known_no_share_is_told() -> None:
    """Who would be taught everything is told so, and not how little of it they bring."""
    brings = PATH["brings"]
    taught = PATH | {"brings": brings | {"asked_before": False}}
    nothing = PATH | {"brings": brings | {"asked_before": False, "skills": []}}
    assert said(taught, "bring") == ["Vorkenntnisse sind nicht verlangt; nützlich ist, was Sie schon können: messen"]
    assert said(nothing, "bring") == ["Vorkenntnisse sind nicht verlangt"]
    assert not [line for line in said(taught, "why") if "%" in line]


def test_skills_that_count_half_are_told() -> None:
    """A share to which skills beside those held add says so; one without them does not."""
    assert said(PATH, "bring") == ["50 % des Gefragten: messen"]
    beside = PATH | {"brings": PATH["brings"] | {"beside": 3}}
    assert said(beside, "bring") == [
        "50 % des Gefragten: messen; für 3 weitere Fähigkeiten können Sie Verwandtes, das halb zählt"
    ]


def test_before_a_course_for_hardly_anything_stands_whom_to_ask() -> None:
    """The share that is missing and the employer's name for it come before the courses."""
    nearly = PATH | {"learning": PATH["learning"] | {"ask_first": 0.05}}
    assert said(nearly, "learn")[0].startswith("Nur 5 % des Gefragten fehlen. Fragen Sie zuerst den Betrieb")


def test_work_below_ones_level_says_so() -> None:
    """A job that asks much less than the person has learned bears a note."""
    assert said(PATH | {"levels_below": 3}, "note") == ["Diese Arbeit verlangt weniger, als Sie gelernt haben."]


def test_ones_own_occupation_says_what_stands_between() -> None:
    """Posts, how many are open and each hurdle with its posts; without a post, that there is none."""
    hurdles = [{"barrier": "reach", "posts": 3}, {"barrier": "pay", "posts": 1}]
    entry = {"label": "Koch/Köchin", "posts": 4, "open": 1, "barriers": hurdles, "nearest": None}
    none = entry | {"posts": 0, "open": 0, "barriers": []}
    assert own({"own": [entry, none], "awards_abroad": []}, Words("de")) == [
        "Ihr Beruf Koch/Köchin: 4 Stellen, davon offen für Sie: 1. Dazwischen steht: Weg (3), Lohn (1).",
        "Ihr Beruf Koch/Köchin: zurzeit keine Stelle in der Region.",
    ]


LEARN = {"barrier": "training", "reasons": ["training_format"], "slack": 9.0, "unit": "weeks"}
GERMAN = {"language": "de", "has": "B1", "asks": "B2"}


@pytest.mark.parametrize(
    ("nearest", "said_of_it"),
    [
        (
            {"language_only": True},
            "Es fehlt nur die Sprache: Deutsch B2 (Sie haben B1). Erst der Sprachkurs, dann Ihr Beruf",
        ),
        (
            {"languages": [GERMAN | {"language": "tr", "has": None}], "language_only": True},
            "Es fehlt nur die Sprache: tr B2.",
        ),
        ({}, "Am wenigsten fehlt bei „Koch“: Deutsch B2 (Sie haben B1); passender Kurs: Der Kurs liegt"),
        ({"languages": []}, "Am wenigsten fehlt bei „Koch“: passender Kurs: Der Kurs liegt zu Zeiten"),
    ],
)
def test_the_smallest_missing_thing_is_named(nearest: dict[str, Any], said_of_it: str) -> None:
    """At the nearest post of an own occupation languages are named by their levels, other hurdles by their reasons."""
    known = {"title": "Koch", "languages": [GERMAN], "language_only": False, "barriers": [LEARN]} | nearest
    entry = {"label": "Koch/Köchin", "posts": 4, "open": 0, "barriers": [], "nearest": known}
    (line,) = own({"own": [entry], "awards_abroad": []}, Words("de"))
    assert line.startswith(f"Ihr Beruf Koch/Köchin: 4 Stellen, davon offen für Sie: 0. {said_of_it}")


def test_awards_from_abroad_say_how_they_stand() -> None:
    """Those that stand alike are named in one line; a regulated occupation names who recognises it, if that is known."""
    award = {"country": "NL", "counts": True, "regulated": False, "authority": None}
    awards = [
        award | {"label": "Koch"},
        award | {"label": "Staplerschein"},
        award | {"label": "Pflege", "counts": False, "regulated": True, "authority": "Bezirksregierung"},
        award | {"label": "Maler", "country": "TN", "counts": False},
    ]
    counts, regulated, compared = own({"own": [], "awards_abroad": awards}, Words("de"))
    assert counts.startswith(
        "Was Sie aus den Niederlanden mitbringen, zählt hier ohne Anerkennung: Koch, Staplerschein."
    )
    assert regulated.endswith("geregelt: Pflege. Zuständig: Bezirksregierung.")
    assert compared.startswith("Was Sie aus Tunesien mitbringen, zählt in dieser Antwort erst nach einem Vergleich")


def test_a_way_that_is_too_long_says_its_minutes_and_no_cost() -> None:
    """What is not the cost of this way is not said of it."""
    way = PATH["commute"]
    assert said(PATH, "way") == ["Auto: 20 Min hin, 25 Min zurück, 80 € im Monat"]
    long = PATH | {"commute": way | {"minutes_out": 61, "minutes_back": 58, "cost_eur_month": None}}
    assert said(long, "way") == ["Auto: 61 Min hin, 58 Min zurück"]
    assert "Zur ungünstigsten Schicht sind es 61 Minuten; Ihre Grenze ist 45." in said(long, "why")


@pytest.mark.parametrize(
    ("language", "known", "who", "line"),
    [
        (
            "de",
            ["Im Wohnstaat versichert."],
            ["GrenzInfoPunkt", "Krankenkasse"],
            (
                "Sie wohnen in den Niederlanden, die Stelle ist in Deutschland. Im Wohnstaat versichert. "
                "Netto ist hier nach deutschem Recht geschätzt. Bitte fragen Sie: GrenzInfoPunkt, Krankenkasse."
            ),
        ),
        (
            "en",
            [],
            [],
            (
                "You live in the Netherlands, the post is in Germany. What holds for tax and social insurance is not known here. "
                "Net pay is estimated here by German law. Please ask: GrenzInfoPunkt."
            ),
        ),
    ],
)
def test_across_a_border_one_line_says_what_is_known(
    language: Language, known: list[str], who: list[str], line: str
) -> None:
    """Rules are told, else whom to ask; where there is no border, nothing."""
    assert said(PATH, "border") == []
    path = PATH | {"border": {"home": "NL", "work": "DE", "known": known, "who_to_ask": who}}
    assert said(path, "border", language) == [line]


ANSWER: dict[str, Any] = {
    "person": {"care": True},
    "assumptions": {
        "straight_line_ways": False,
        "weights": {
            "hour_on_the_way": 10.0, "week_of_learning": 100.0, "months_ahead": 36.0, "own_fee": 1.0, "remote_day": 40.0,
            "fixed_term": -120.0, "agency": -180.0, "night": -150.0, "fit": 300.0, "level": 100.0, "outlook": (-500.0, 0.0, 100.0),
        },
    },
    "provenance": {
        "posts": "modelled", "payroll_year": 2026, "day": date(2026, 11, 2),
        "kinds": {"modelled": ["Modell"], "observed": ["Amt, Tabelle", "Gesetz"]},
    },
}  # fmt: skip


def test_every_source_has_a_line_of_its_own() -> None:
    """Sources whose names hold commas can be told apart, and each says what kind of figures it gives."""
    assert note(ANSWER, Words("de")).splitlines() == [
        "Beispieldaten: Stellen, Kurse und Fahrpläne sind modelliert, nicht echt.",
        "Der Umweg über die Kinderbetreuung ist in den Wegzeiten noch nicht enthalten.",
        "Netto geschätzt (Steuerklasse I/IV, 2026); Lernkosten und Gewichte sind Annahmen. Stand 02.11.2026.",
        "Quellen:",
        "– Modell (modelliert)",
        "– Amt, Tabelle (beobachtet)",
        "– Gesetz (beobachtet)",
    ]


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        (
            "de",
            [
                "weniger Stellen −500 €",
                "mit mehr Stellen +100 €",
                "befristet −120 €",
                "nächsten 36 Monaten",
                "jede Stufe (EQR)",
            ],
        ),
        (
            "en",
            ["fewer posts to come −€500", "more posts +€100", "fixed term −€120", "next 36 months", "each level (EQF)"],
        ),
    ],
)
def test_what_the_order_weighs_is_printed(language: Language, parts: list[str]) -> None:
    """Outlook and security of a post stand with their assumed weights beside the others."""
    text = ordering(ANSWER, Words(language))
    assert [part for part in parts if part not in text] == []
