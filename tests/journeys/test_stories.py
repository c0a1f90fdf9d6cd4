# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""People of the model region of Aachen: each file of examples/aachen is read, and its person answered."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl
import pytest
from rich.console import Console

from drehkreuz.cli.cards import show_paths
from drehkreuz.cli.output import Screen
from drehkreuz.matching.barriers import Barrier
from drehkreuz.matching.market import Market, prepare
from drehkreuz.matching.relation import pairs
from drehkreuz.region import TABLES, Cache, Region
from drehkreuz.reports.paths import paths
from drehkreuz.sources.person import SECTIONS, Person
from journeys.aachen_stories import FILES, Stories

LIGNITE: Final = {
    "baggerfahrer-inden",
    "betriebselektriker",
    "kraftwerker-57",
    "kraftwerker-58",
    "schichtleiter",
    "schweisser-fremdfirma",
}

WITHOUT_CAR: Final = "monschau-ohne-auto"
WITH_CAR: Final = "monschau-mit-auto"


@dataclass(frozen=True)
class Answers:
    """The region with everybody in it, prepared, and what each was answered, by name of the file."""

    market: Market
    by_name: dict[str, dict[str, Any]]

    def reached(self, name: str) -> int:
        """Return how many posts a person gets to and back from, on every shift."""
        row = list(self.by_name).index(name)
        mask = pairs(self.market, range(row, row + 1)).mask[0]
        return int(np.count_nonzero(mask & int(Barrier.REACH) == 0))


@pytest.fixture(scope="module")
def answers(model: Region, stories: Stories) -> Answers:
    """
    What each person is answered, and the saleswoman of Monschau once more with a car.

    Courses are left out: nothing asked here depends on them, and searching them takes most of the time.
    """
    names = ("people", *SECTIONS.values())
    tables = {
        name: pl.concat(_named(person.tables[name], story, name) for story, person in _with_twin(stories).items()).sort(
            TABLES[name].key
        )
        for name in names
    }
    courses = {name: schema.empty() for name, schema in TABLES.items() if name.startswith("course")}
    market = prepare(model.with_tables(tables | courses), cache=Cache.default())
    everybody = market.region.table("people")["person_id"]
    return Answers(market, {story: paths(market, row, label=story, top=3) for row, story in enumerate(everybody)})


def _with_twin(stories: Stories) -> Stories:
    """Return the stories and the twin with a car, whose people table differs in that alone."""
    person = stories[WITHOUT_CAR]
    driving = {**person.tables, "people": person.tables["people"].with_columns(car=pl.lit(value=True))}
    return {**stories, WITH_CAR: Person(person.label, driving, person.text, person.links)}


def _named(rows: pl.DataFrame, story: str, table: str) -> pl.DataFrame:
    return TABLES[table].conform(rows.with_columns(person_id=pl.lit(story)))


def test_every_file_is_read(stories: Stories) -> None:
    """All fourteen files are read without findings, and each person has a label and words of their own."""
    assert len(stories) == 14
    assert all(person.text and person.label != name for name, person in stories.items())


def test_words_mean_what_the_file_says(stories: Stories) -> None:
    """A person's own words are understood as an occupation that their file names, so that the words add none."""
    for name, person in stories.items():
        held = person.tables["person_occupations"]["occupation_id"].to_list()
        named = (FILES / f"{name}.toml").read_text(encoding="utf-8")
        assert person.links[0].concept_id in held
        assert all(f'occupation_id = "{occupation}"' in named for occupation in held), name


def test_twins_differ_in_age_alone(stories: Stories) -> None:
    """The power-plant operators of 57 and 58 differ in nothing but their years of birth."""
    younger, older = stories["kraftwerker-57"], stories["kraftwerker-58"]
    born = ("birth_year_from", "birth_year_to")
    assert younger.tables["people"].drop(born).equals(older.tables["people"].drop(born))
    assert all(younger.tables[name].equals(older.tables[name]) for name in SECTIONS.values())
    for name in born:
        assert younger.tables["people"][name].item() == older.tables["people"][name].item() + 1


def test_lignite_is_told_not_to_resign(answers: Answers) -> None:
    """The answers of those who work for lignite, and no others, begin with the line on not resigning."""
    for name, answer in answers.by_name.items():
        first = _shown(answer).splitlines()[0]
        assert first.startswith("Bitte nicht kündigen") == (name in LIGNITE), name


def test_nothing_passes_for_real(answers: Answers) -> None:
    """Every post shown is marked as an example, and every answer says that its data are modelled."""
    for name, answer in answers.by_name.items():
        posts = [*answer["paths"], *answer["nearly"]]
        assert posts, name
        assert all("Beispiel" in post["title"] and "Beispiel" in post["employer"] for post in posts)
        assert "nicht echt" in " ".join(_shown(answer).split())


def test_a_car_reaches_more(answers: Answers) -> None:
    """From Monschau fewer posts can be reached without a car than with one."""
    assert answers.reached(WITHOUT_CAR) < answers.reached(WITH_CAR)


def _shown(answer: dict[str, Any]) -> str:
    """Return an answer as a terminal shows it."""
    screen = Screen(language="de")
    screen.console = Console(file=io.StringIO(), width=120, highlight=False, markup=False)
    show_paths(answer, screen)
    return str(screen.console.file.getvalue())
