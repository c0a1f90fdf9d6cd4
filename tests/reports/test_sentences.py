# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Answers in sentences, as one would say them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from drehkreuz.reports.sentences import blocks, held, learned, legs, note, ordering, own, rows, status, ways
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
    "brings": {"share": 0.5, "beside": 0, "asked_before": True, "new_field": False, "last_year": None, "skills": [{"label": "messen", "occupation": "Koch/Köchin"}]},
    "missing": {"course": [], "on_the_job": [{"label": "backen", "attitude": False}], "open": [], "awards": []},
    "learning": {"weeks": 0.0, "own_fee_eur": 0, "steps": [], "ask_first": None, "at_work": False},
    "commute": {
        "chain": "car", "others": [], "limit_minutes": 45, "minutes_out": 20, "minutes_back": 25, "cost_eur_month": 80, "ticket": False,
        "out": [], "back": [], "out_to": None, "back_from": None, "begins": 450,
    },
    "border": None,
    "pay": {
        "gross_eur_month": 3000, "net_eur_month": 2000, "net_after_commute_eur_month": 1920, "today_eur_month": None,
        "change_eur_month": None, "need_eur_month": 1800, "estimated_for": None,
    },
    "time": {"hours_per_week": 20.0, "rota": "Teilzeit am Vormittag, 20 Stunden"},
    "barriers": [],
    "conditions": [],
    "months_early": None,
}  # fmt: skip
"""A described pair with everything that is said of it."""

NOTHING_ELSE: dict[str, Any] = {"own": [], "awards_abroad": [], "residence": None, "experience": []}
"""What an answer says of a person's own occupations, awards and residence, where there is nothing to say."""


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
        (
            {
                "barrier": "training",
                "reasons": ["training_format"],
                "slack": 0.6,
                "unit": "weeks",
                "courses": ["Staplerschein"],
            },
            "(es geht um 3 Tage Lernen: Staplerschein)",
        ),
    ],
)
def test_a_hurdle_says_how_much_is_missing(entry: dict[str, Any], sentence: str) -> None:
    """Each class of hurdle has its own measure."""
    assert sentence in blocks({"barriers": [{"courses": [], **entry}]}, Words("de"))[0]


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
        "courses": [],
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
    assert said(nearly, "learn") == [
        "Außer dem, was der Betrieb beibringt, fehlt nur wenig (5 % des Gefragten). Fragen Sie ihn zuerst, ob es so reicht."
    ]


def test_work_below_ones_level_says_so() -> None:
    """A job that asks much less than the person has learned bears a note."""
    assert said(PATH | {"levels_below": 3}, "note") == ["Diese Arbeit verlangt weniger, als Sie gelernt haben."]


@pytest.mark.parametrize(
    ("change", "start"),
    [
        ({"brings": PATH["brings"] | {"new_field": True}}, "Das wäre ein neuer Beruf:"),
        (
            {"brings": PATH["brings"] | {"last_year": 1993}},
            "Das meiste, was Sie dafür mitbringen, haben Sie zuletzt 1993",
        ),
        ({"conditions": ["availability"], "months_early": 5}, "Die Stelle beginnt früher, als Sie anfangen können;"),
        (
            {"conditions": ["availability"], "months_early": 6},
            "Die Stelle beginnt 6 Monate, bevor Sie anfangen könnten.",
        ),
    ],
)
def test_what_to_mind_stands_on_the_card(change: dict[str, Any], start: str) -> None:
    """A new field, what was long not used and a post that will not wait each bear a note; else there is none."""
    assert said(PATH, "note") == []
    (line,) = said(PATH | change, "note")
    assert line.startswith(start)


def test_a_course_in_working_hours_says_so() -> None:
    """Who works when the course begins is told to ask for time off, after the course."""
    learning = PATH["learning"] | {"at_work": True}
    assert said(PATH, "learn") == []
    assert said(PATH | {"learning": learning}, "learn")[-1].startswith("Der Kurs beginnt tagsüber, während Sie noch")


def test_awards_that_courses_lead_to_are_missing_too() -> None:
    """Where skills suffice, the certificate or the language that a course gives is what is missing."""
    awards = [{"qualification_id": "q-weld-mag", "label": "Schweißerprüfung MAG"}, {"language": "de", "cefr": "B1"}]
    missing = {"course": [], "on_the_job": [], "open": [], "awards": awards}
    assert said(PATH | {"missing": missing}, "missing") == ["Schweißerprüfung MAG, Deutsch B1 (im Kurs)"]
    assert said(PATH | {"missing": missing | {"awards": []}}, "missing") == ["nichts Wesentliches"]


def test_a_language_course_is_not_paid_by_a_voucher() -> None:
    """Of a course in the language of the country it is told which offices make it free."""
    step = {
        "title": "Deutsch A2 bis B1", "provider": "VHS", "place": None, "start": date(2026, 12, 14), "end": date(2027, 1, 29),
        "format": "online", "fee_eur": 580.0, "payable_by": "language_office", "who_to_ask": None,
    }  # fmt: skip
    (line,) = said(PATH | {"learning": PATH["learning"] | {"steps": [step]}}, "learn")
    assert "580 €, oft kostenfrei als Integrations- oder Berufssprachkurs" in line


def test_pay_abroad_says_by_which_law_it_is_estimated() -> None:
    """Who lives and works across the border is told that German law does not hold there."""
    abroad = PATH | {"pay": PATH["pay"] | {"estimated_for": "NL"}}
    (line,) = said(abroad, "pay")
    assert line.endswith("geschätzt; bei Arbeit in den Niederlanden gelten andere Regeln.")
    assert "geschätzt" not in said(PATH, "pay")[0]


@pytest.mark.parametrize(
    ("title", "start"),
    [
        ({"purpose": "job_search", "months_left": 10}, "Ihr Aufenthaltstitel gilt noch 10 Monate. Er dient der Suche"),
        ({"purpose": "work_tied", "months_left": 1}, "Ihr Aufenthaltstitel gilt noch einen Monat. Er ist an Ihre"),
        ({"purpose": "none", "months_left": None}, "Fragen Sie zuerst die Ausländerbehörde"),
    ],
)
def test_a_residence_title_says_whom_to_ask(title: dict[str, Any], start: str) -> None:
    """How long it is valid, what it is for and whom to ask stand beside awards from abroad."""
    (line,) = own(NOTHING_ELSE | {"residence": title}, Words("de"))
    assert line.startswith(start)


@pytest.mark.parametrize(
    ("years", "said_of_it"),
    [(0.5, "Koch (unter einem Jahr)"), (1.0, "Koch (1 Jahr)"), (1.5, "Koch (1,5 Jahre)"), (20.0, "Koch (20 Jahre)")],
)
def test_years_held_are_said_as_they_are(years: float, said_of_it: str) -> None:
    """Half a year is not no year, and one is singular."""
    assert held({"label": "Koch", "years": years}, Words("de")) == said_of_it


@pytest.mark.parametrize(
    ("now", "least", "most", "de", "en"),
    [
        (3, 0.0, 0.0, "ohne Kurs", "no course needed"),
        (1, 0.0, 9.0, "davon 1 ohne Kurs", "1 of them without a course"),
        (0, 4.0, 9.0, "mindestens 4 Wochen Lernen", "at least 4 weeks of learning"),
        (0, 4.0, 4.2, "4 Wochen Lernen", "4 weeks of learning"),
    ],
)
def test_posts_of_an_occupation_say_how_many_ask_no_course(
    now: int, least: float, most: float, de: str, en: str
) -> None:
    """One post without a course does not speak for the others."""
    entry = {"posts": 3, "training": 0, "now": now, "weeks": least, "weeks_most": most}
    assert (learned(entry, Words("de")), learned(entry, Words("en"))) == (de, en)


def test_a_way_that_is_too_long_says_its_minutes_and_no_cost() -> None:
    """What is not the cost of this way is not said of it."""
    way = PATH["commute"]
    assert said(PATH, "way") == ["Auto: 20 Min hin, 25 Min zurück, 80 € im Monat"]
    long = PATH | {"commute": way | {"minutes_out": 61, "minutes_back": 58, "cost_eur_month": None}}
    assert said(long, "way") == ["Auto: 61 Min hin, 58 Min zurück"]
    assert "Zur ungünstigsten Schicht sind es 61 Minuten; Ihre Grenze ist 45." in said(long, "why")


def test_a_way_says_what_differs_between_shifts_and_that_a_ticket_pays() -> None:
    """Other means on other shifts are named; nothing to pay is not told as an amount."""
    way = PATH["commute"] | {"others": ["bike_transit"]}
    assert said(PATH | {"commute": way}, "way") == [
        "Auto, zu anderen Schichten Fahrrad, dann Bus und Bahn: 20 Min hin, 25 Min zurück, 80 € im Monat"
    ]
    ticket = PATH["commute"] | {"chain": "transit", "cost_eur_month": 0, "ticket": True}
    assert said(PATH | {"commute": ticket}, "way") == [
        "Bus und Bahn: 20 Min hin, 25 Min zurück, mit Ihrem Ticket ohne weitere Kosten"
    ]


def test_legs_say_when_one_must_be_there_and_where_they_lead() -> None:
    """Who arrives early reads why; a way home on foot stands beside a ride there; a further place is named."""
    way = PATH["commute"] | {"out": [WALK, RIDE], "back": [WALK], "out_to": "Berufskolleg"}
    assert ways(way, Words("de")) == [
        "hin (Berufskolleg): 07:03 zu Fuß 7 min → 07:10 Linie 20 Richtung Werk (Mitte – Werk) 10 min → an 07:20, Beginn 07:30",
        "zurück: 07:03 zu Fuß 7 min → an 07:10",
    ]
    assert ways(way | {"out": [WALK]}, Words("de")) == []


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
