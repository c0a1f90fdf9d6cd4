# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A person's answer: what is offered as a path, what is left out, and that figures are those of the way itself."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from rich.console import Console

from drehkreuz.cli.cards import OCCUPATIONS, show_paths
from drehkreuz.cli.output import Screen
from drehkreuz.matching.market import Market, prepare, with_person
from drehkreuz.matching.utility import TRAINING_KINDS
from drehkreuz.region import TABLES, Region
from drehkreuz.reports.own import MOST_HURDLES, awards_abroad, experience
from drehkreuz.reports.pair import ASK_FIRST, NEW_FIELD
from drehkreuz.reports.paths import SAME, paths
from drehkreuz.sources.person import read_person

PEOPLE = range(0, 60, 10)
WELDER = Path(__file__).parents[2] / "examples" / "schweisserin.toml"

Answers = list[dict[str, Any]]


@pytest.fixture(scope="module")
def market(village: Region) -> Market:
    return prepare(village)


@pytest.fixture(scope="module")
def answers(market: Market) -> Answers:
    """What some of the village are answered, every path described."""
    return [paths(market, person, label="", top=100) for person in PEOPLE]


def changed(market: Market, asked: range, **column: float) -> Answers:
    """Return what some of the village were answered, had they all given other figures."""
    people = market.region.table("people").with_columns(**{name: pl.lit(value) for name, value in column.items()})
    other = prepare(market.region.with_tables({"people": people}))
    return [paths(other, person, label="", top=100) for person in asked]


def test_a_post_that_ends_before_one_could_begin_is_left_out_and_counted(market: Market, answers: Answers) -> None:
    """Were every contract over before the person is free, no path would be left, and all that were would be counted."""
    posts = market.region.table("vacancies")
    ended = posts.with_columns(contract_end=pl.col("start") + timedelta(days=1))
    people = market.region.table("people")
    later = people.with_columns(available_from=pl.lit(posts["start"].max()) + timedelta(days=2))
    over = prepare(market.region.with_tables({"vacancies": ended, "people": later}))
    open_ended = prepare(
        market.region.with_tables({"vacancies": posts.with_columns(contract_end=None), "people": later})
    )
    for person in PEOPLE[:3]:
        none, all_of_them = (paths(found, person, label="", top=1) for found in (over, open_ended))
        counts, before = none["counts"], all_of_them["counts"]
        assert (none["paths"], none["nearly"], none["would_change"], none["occupations"]) == ([], [], [], [])
        assert (counts["now"], counts["after_learning"], counts["nearly"]) == (0, 0, 0)
        assert counts["over"] == before["now"] + before["after_learning"] + before["nearly"]
        assert before["over"] == 0
    assert any(answer["paths"] for answer in answers)


def test_nobody_is_offered_what_is_over(answers: Answers) -> None:
    """No card shown carries the note that the post is over."""
    shown = [card for answer in answers for card in (*answer["paths"], *answer["nearly"])]
    assert shown
    assert all("over" not in card["conditions"] for card in shown)


def test_a_way_that_is_too_long_shows_what_it_takes(market: Market) -> None:
    """The minutes too many are those between what the way takes and the person's limit."""
    answers = changed(market, range(0, 60, 3), max_minutes=12)
    long = [
        (card["commute"], card["barriers"][0])
        for answer in answers
        for card in answer["nearly"]
        if card["commute"]["chain"] and card["barriers"][0]["barrier"] == "reach" and card["barriers"][0]["slack"]
    ]
    assert long
    for way, barrier in long:
        assert max(way["minutes_out"], way["minutes_back"]) >= way["limit_minutes"] + barrier["slack"]
        assert way["cost_eur_month"] is None


def test_pay_just_below_the_need_is_narrow(answers: Answers) -> None:
    """Less than five euros or one in a hundred; nothing but pay is ever narrow."""
    hurdles = [
        (card["pay"], barrier) for answer in answers for card in answer["nearly"] for barrier in card["barriers"]
    ]
    assert any(barrier["barrier"] == "pay" for _, barrier in hurdles)
    for pay, barrier in hurdles:
        narrow = barrier["slack"] is not None and barrier["slack"] < max(5, pay["need_eur_month"] / 100)
        assert barrier["narrow"] == (barrier["barrier"] == "pay" and narrow)


def test_an_occupation_has_two_turns_before_others(answers: Answers) -> None:
    """As long as another occupation is left, none stands there a third time."""
    for answer in answers:
        named = [card["occupation"]["occupation_id"] for card in answer["paths"]]
        third = next((n for n, name in enumerate(named) if named[:n].count(name) == SAME), len(named))
        assert set(named[third:]) <= set(named[:third])


def test_an_apprenticeship_ranks_by_what_it_offers(market: Market) -> None:
    """Where nothing is asked before, an apprenticeship does not fall behind for skills that it teaches."""
    answers = changed(market, PEOPLE, net_need_eur_month=300.0, eqf=2)
    found = [card["kind"] in TRAINING_KINDS for answer in answers for card in answer["paths"][:10]]
    assert any(found)
    unasked = [card for answer in answers for card in answer["paths"] if card["kind"] in TRAINING_KINDS]
    assert not any(card["brings"]["asked_before"] or card["levels_below"] for card in unasked)


def test_what_stands_between_a_person_and_their_own_occupation_is_counted(market: Market, answers: Answers) -> None:
    """The jobs of the occupations held are open, or something keeps them away; no job counts that is over."""
    posts = market.region.table("vacancies").filter(~pl.col("kind").is_in(TRAINING_KINDS))
    assert any(answer["own"] for answer in answers)
    for answer in answers:
        for entry in answer["own"]:
            jobs = posts.filter(occupation_id=entry["occupation_id"])
            assert entry["open"] <= entry["posts"] <= len(jobs)
            kept = [barrier["posts"] for barrier in entry["barriers"]]
            assert max(kept, default=0) <= entry["posts"] - entry["open"] <= sum(kept)


def test_the_nearest_post_of_an_own_occupation_is_named_where_none_is_open(answers: Answers) -> None:
    """It bears one or two hurdles; only the language is missing only where no other class of hurdle stands."""
    own = [entry for answer in answers for entry in answer["own"]]
    assert any(entry["nearest"] for entry in own)
    for entry in own:
        assert not (entry["open"] and entry["nearest"])
        if near := entry["nearest"]:
            hurdles = {hurdle["barrier"] for hurdle in near["barriers"]}
            assert 1 <= len(near["barriers"]) <= MOST_HURDLES
            assert not near["language_only"] or (near["languages"] and hurdles <= {"language", "training"})


def test_language_first_then_the_own_occupation(market: Market) -> None:
    """Who speaks no German but is otherwise able is told that only the language is missing, and which level is asked."""
    tongues = market.region.table("person_languages").with_columns(cefr=pl.lit("A1"), certified=pl.lit(value=False))
    silent = prepare(market.region.with_tables({"person_languages": tongues}))
    near = [entry["nearest"] for p in range(20, 26) for entry in paths(silent, p, label="", top=0, nearly=0)["own"]]
    only = [entry for entry in near if entry and entry["language_only"]]
    assert only
    assert all(lacking["has"] in {"A1", None} for entry in only for lacking in entry["languages"])


def test_awards_from_abroad_are_told_apart(market: Market) -> None:
    """Of Dutch awards, the forklift's counts, the trainer's and the nurse's ask recognition; a recognised one is not spoken of."""
    ids = ["q-forklift", "q-nurse", "q-first-aid", "q-aevo"]
    held = pl.DataFrame(
        {
            "person_id": ["P001"] * 4,
            "qualification_id": ids,
            "country": ["NL"] * 4,
            "recognition": ["none", "applied", "full", "none"],
        }
    )
    awards = TABLES["person_qualifications"].conform(held)
    found = awards_abroad(market.region.with_tables({"person_qualifications": awards}), "P001", "DE", "de")
    assert [(each["qualification_id"], each["counts"], each["regulated"]) for each in found] == [
        ("q-aevo", False, True),
        ("q-forklift", True, False),
        ("q-nurse", False, True),
    ]


def test_who_lacks_hardly_anything_is_told_to_ask_first(market: Market) -> None:
    """The welder of the examples lacks a twentieth of what a mechanic's post asks; a plan for more, or for an award, has no such hint."""
    welder = with_person(market, read_person(WELDER, market.region).tables)
    learned = {card["vacancy_id"]: card["learning"] for card in paths(welder, 0, label="", top=100)["paths"]}
    assert learned["V115"]["ask_first"] == pytest.approx(0.054, abs=0.001)
    hints = [learning for learning in learned.values() if learning["ask_first"]]
    assert all(learning["steps"] and learning["ask_first"] <= ASK_FIRST for learning in hints)


def test_work_below_ones_level_is_not_called_the_best_path(answers: Answers) -> None:
    """Where every path asks much less than the person has learned, the heading says so."""
    answer = next(answer for answer in answers if answer["paths"])
    lower = [path | {"levels_below": 4} for path in answer["paths"][:2]]
    for paths_shown, heading in ((answer["paths"][:1], "Die besten Wege"), (lower, "aber weniger verlangt")):
        screen = Screen(language="de")
        page = io.StringIO()
        screen.console = Console(file=page, width=120, highlight=False, markup=False)
        show_paths(answer | {"paths": paths_shown}, screen)
        assert heading in page.getvalue()


def test_apprenticeships_are_counted_apart(market: Market) -> None:
    """Posts to learn an occupation in are part of what fits, with their months, and of the occupations' posts, in one unit."""
    answers = changed(market, PEOPLE[:3], net_need_eur_month=300.0)
    for answer in answers:
        found = [card for card in answer["paths"] if card["kind"] in TRAINING_KINDS]
        assert len(found) == answer["counts"]["training"]
        assert all(card["training_months"] for card in found)
        told, counts = answer["occupations"], answer["counts"]
        assert sum(entry["training"] for entry in told) == len(found)
        assert sum(entry["posts"] for entry in told) == counts["now"] + counts["after_learning"]
        assert sum(entry["now"] for entry in told) == counts["now"]
        assert all(entry["training"] <= entry["posts"] for entry in told)
    assert any(answer["counts"]["training"] for answer in answers)


@pytest.mark.parametrize(("language", "more"), [("de", "und 2 weitere"), ("en", "and 2 more")])
def test_the_best_occupations_are_listed_and_the_rest_counted(answers: Answers, language: Any, more: str) -> None:
    """Ten lines and how many more there are; an apprenticeship is marked."""
    answer = next(answer for answer in answers if answer["paths"])
    entries = [
        {
            "occupation_id": str(n),
            "label": f"Beruf {n}",
            "posts": 2,
            "training": n == 1,
            "now": 2,
            "weeks": 0.0,
            "weeks_most": 0.0,
        }
        for n in range(1, OCCUPATIONS + 3)
    ]
    screen = Screen(language=language)
    page = io.StringIO()
    screen.console = Console(file=page, width=120, highlight=False, markup=False)
    show_paths(answer | {"occupations": entries}, screen)
    text = page.getvalue()
    assert more in text
    assert f"Beruf {OCCUPATIONS}:" in text
    assert f"Beruf {OCCUPATIONS + 1}:" not in text
    marked = {"de": "1 Stelle, 1 Ausbildungsplatz, ohne Kurs", "en": "1 post, 1 apprenticeship, no course needed"}[
        language
    ]
    assert f"Beruf 1: {marked}" in text


def test_a_new_occupation_is_the_last_that_nearly_works(answers: Answers) -> None:
    """Where knowledge is asked and little of it brought, every other post that nearly works stands before."""
    for answer in answers:
        new = [card["brings"]["new_field"] for card in answer["nearly"]]
        assert new == sorted(new)
        assert all(card["brings"]["share"] <= NEW_FIELD for card in answer["nearly"] if card["brings"]["new_field"])
    assert any(card["brings"]["new_field"] for answer in answers for card in answer["nearly"])


def test_what_no_course_at_the_right_time_gives_is_named(answers: Answers) -> None:
    """A post that only a course keeps away names it, unless no course of the region teaches it; no other hurdle does."""
    hurdles = [(card, hurdle) for answer in answers for card in answer["nearly"] for hurdle in card["barriers"]]
    training = [(card, hurdle) for card, hurdle in hurdles if hurdle["barrier"] == "training"]
    assert any(hurdle["courses"] for _, hurdle in training)
    for card, hurdle in training:
        assert bool(hurdle["courses"]) != ("training_no_course" in hurdle["reasons"]), card["vacancy_id"]
    assert not any(hurdle["courses"] for _, hurdle in hurdles if hurdle["barrier"] != "training")


def test_experience_without_an_award_is_worth_something(village: Region) -> None:
    """Nine years and no award: two rules are told; not to the young, to who has an award, or has worked for less."""
    held = pl.DataFrame({"person_id": ["P001"], "occupation_id": ["o-production-helper"], "years": [9.0]})
    award = pl.DataFrame({"person_id": ["P001"], "qualification_id": ["q-industrial-mechanic"], "country": ["DE"]})
    forklift = award.with_columns(qualification_id=pl.lit("q-forklift"))

    def told(born: int, years: float, awards: pl.DataFrame) -> int:
        tables = {
            "person_occupations": TABLES["person_occupations"].conform(held.with_columns(years=pl.lit(years))),
            "person_qualifications": TABLES["person_qualifications"].conform(awards),
        }
        row = {"person_id": "P001", "birth_year_to": born}
        found = experience(village.with_tables(tables), row, "de")
        assert all(rule["claim"] and rule["source"] and rule["who_to_ask"] for rule in found)
        return len(found)

    assert told(1992, 9.0, forklift) == 2
    assert (told(2003, 9.0, forklift), told(1992, 4.0, forklift), told(1992, 9.0, award)) == (0, 0, 0)
