# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Plans of the village's example people: what they promise, and how they are told."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from drehkreuz.errors import InputError
from drehkreuz.matching.market import Market, prepare, with_person
from drehkreuz.region import Region
from drehkreuz.reports.learning.calendar import plan_calendar
from drehkreuz.reports.learning.plan import plan_answer
from drehkreuz.reports.learning.plan_paper import plan_paper
from drehkreuz.reports.paper.html import page
from drehkreuz.sources.person import read_person

EXAMPLES = Path(__file__).parents[3] / "examples"


@pytest.fixture(scope="module")
def market(village: Region) -> Market:
    """The village, prepared."""
    return prepare(village)


def asked(market: Market, person: str, target: str, language: str = "de") -> dict[str, Any]:
    """The plan of one of the examples."""
    read = read_person(EXAMPLES / f"{person}.toml", market.region)
    return plan_answer(with_person(market, read.tables, read.weights), target, label=read.label, language=language)


@pytest.fixture(scope="module")
def welder(market: Market) -> dict[str, Any]:
    """The excavator operator who would be a welder."""
    return asked(market, "baggerfahrer", "V033")


def test_a_plan_leads_to_the_post_that_was_asked(welder: dict[str, Any]) -> None:
    """Two courses one after the other, a voucher pays; with what they teach the post is open without a course."""
    best = welder["variants"][0]
    first, second = best["steps"]
    assert [step["title"][:3] for step in best["steps"]] == ["MAG", "WIG"]
    assert first["end"] <= second["start"]
    assert (best["fee_gross_eur"], best["fee_own_eur"], best["needs_voucher"]) == (8100.0, 0.0, True)
    assert best["opens"]["target"]
    assert best["opens"]["more"] >= 1
    assert best["proven"]


def test_an_occupation_is_reached_through_the_post_that_least_stands_before(market: Market) -> None:
    """Asked for the occupation, the plan is the one to that post, and says how many others there are."""
    found = asked(market, "baggerfahrer", "o-welder")
    assert found["post"]["vacancy_id"] == "V033"
    assert found["alike"] == 2


def test_what_is_learned_in_the_post_needs_no_course(market: Market) -> None:
    """Before an apprenticeship that teaches all that is asked no plan is made, and none is missed."""
    found = asked(market, "buerokauffrau", "V054")
    assert found["variants"] == found["lacking"] == found["conditions"] == []


def test_without_a_plan_the_smallest_missing_thing_is_named(market: Market) -> None:
    """Without the German that the retraining asks, the plan would be the retraining alone."""
    found = asked(market, "helfer", "V006")
    assert found["lacking"] == ["training"]
    assert [entry["condition"] for entry in found["conditions"]] == ["entry", "date"]
    assert len(found["conditions"][0]["steps"]) == 1


def test_an_unknown_target_is_refused_with_what_was_meant(market: Market) -> None:
    """A mistyped post is told with the nearest one."""
    with pytest.raises(InputError, match="Did you mean 'V033'"):
        asked(market, "baggerfahrer", "V0333")


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    ("person", "target"), [("baggerfahrer", "V033"), ("helfer", "V006"), ("buerokauffrau", "V054")]
)
def test_the_paper_says_it_in_both_languages(market: Market, person: str, target: str, language: Any) -> None:
    """Every case makes a paper without a hole in its sentences, and what warns stands first."""
    answer = asked(market, person, target, language)
    paper = plan_paper(answer, language)
    html = page(paper)
    assert "{" not in "".join(str(block) for block in paper.blocks())
    assert answer["post"]["title"] in html
    if answer["staying"]["warning"] is not None:
        assert answer["staying"]["warning"]["text"] in str(paper.front[0])


def test_a_paper_says_what_where_when_what_it_costs_and_what_stays(welder: dict[str, Any]) -> None:
    """A counsellor finds all that advice needs under its heading."""
    paper = plan_paper(welder, "de")
    titles = [section.title for section in paper.sections]
    assert titles == [
        "Der Plan", "Andere Wege zum selben Ziel", "Wer zahlen kann", "Was er öffnet", "Was offen bleibt", "Die Stelle",
        "Was Ihnen noch offensteht", "Was, wenn Sie bleiben?", "Was jetzt zu tun ist",
    ]  # fmt: skip
    facts = str(paper.sections[0].sections[0].blocks)
    for told in ("Lernort Tagebaurand", "11.01.2027 bis 05.03.2027", "08:00 bis 15:00 Uhr", "4.200 €", "6 Plätze frei"):
        assert told in facts


def test_a_calendar_is_read_by_others(welder: dict[str, Any]) -> None:
    """Another library reads the same days: courses from first to last day, funding before them, the post; same bytes again."""
    vobject = pytest.importorskip("vobject")
    written = plan_calendar(welder, "de")
    assert written == plan_calendar(welder, "de")
    read = vobject.readOne(written.decode())
    events = {event.uid.value: event for event in read.vevent_list}
    steps = welder["variants"][0]["steps"]
    assert len(events) == 2 * len(steps) + 1
    for step in steps:
        event = events[f"{step['session_id']}@drehkreuz"]
        assert (event.dtstart.value, event.dtend.value) == (step["start"], step["end"] + timedelta(days=1))
        assert event.location.value == step["place"]
        assert event.summary.value == step["title"]
        funding = events[f"funding-{step['session_id']}@drehkreuz"]
        assert welder["day"] <= funding.dtstart.value < step["start"]
    assert events["post-V033@drehkreuz"].dtstart.value == date(2027, 2, 1)


def test_both_languages_have_the_same_sentences() -> None:
    """No key is missing in either language, and both ask for the same values."""
    words = tomllib.loads(files("drehkreuz.reports.learning").joinpath("words.toml").read_text(encoding="utf-8"))
    assert words["de"].keys() == words["en"].keys()
    for key, sentence in words["de"].items():
        assert _holes(sentence) == _holes(words["en"][key]), key


def _holes(sentence: str) -> set[str]:
    return {part.split("}")[0] for part in sentence.split("{")[1:]}
