# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The paper on scenarios: what page one says, in which order it puts scenarios, and that figures are told once and alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import polars as pl
import pytest

from drehkreuz.errors import InputError
from drehkreuz.measures.paired import Evaluation
from drehkreuz.region import Region
from drehkreuz.reports.paper.document import Document, Figure, Notice, Number, Paragraph, Table, shown
from drehkreuz.reports.paper.study import Studied, Study, study_paper
from drehkreuz.reports.paper.study.comparison import ranking_sentence, tiers
from drehkreuz.reports.paper.study.front import whose_figures
from drehkreuz.reports.paper.study.small import guarded
from drehkreuz.reports.paper.study.study import euros, rounded, told
from drehkreuz.reports.words import Words

Studying = Callable[..., Study]

SYNTHETIC = "Die Menschen in diesem Bericht sind modelliert."


def tables(paper: Document) -> dict[str, Table]:
    return {table.name: table for table in paper.tables()}


def summary(paper: Document) -> str:
    return next(block.text for block in paper.front if isinstance(block, Paragraph) and block.tone == "lead")


def row(table: Table, name: str) -> list[str]:
    return next([shown(cell) for cell in cells] for cells in table.rows if shown(cells[0]) == name)


def test_page_one_of_nothing_done(studying: Studying) -> None:
    """A placebo changes nothing, costs nothing, and page one says so in whole sentences; whose figures they are comes first."""
    study = studying(placebo={})
    paper = study_paper(study)
    known, words = study.scenarios[0].answer, study.words
    notice = paper.front[0]
    assert isinstance(notice, Notice)
    assert notice.title == SYNTHETIC
    assert "an keine amtliche Randverteilung angepasst" in notice.text
    assert "für die Region" not in paper.subtitle
    possible = words.number(known["before"]["possible"])
    assert summary(paper) == (
        f"Gerechnet ist für den {words.day(known['day'])}, einmal ohne und einmal mit der Maßnahme, für dieselben Menschen und Stellen. "
        "Wählen Menschen und Betriebe frei, findet niemand neu eine Stelle, und niemand verliert eine an andere. Unter dem "
        "Strich ist keine Stelle mehr besetzt als ohne sie. Brächte man alle zusammen, die zueinander passen, könnten "
        f"{possible} statt {possible} Stellen besetzt werden. Kosten entstehen nicht."
    )
    assert row(tables(paper)["key-figures"], "Kosten je zusätzlich besetzter Stelle, Euro im Jahr")[1:3] == [
        "kein Gewinn",
        "nichts zu ordnen",
    ]


@pytest.fixture(scope="module")
def paid_more(studying: Studying) -> Study:
    """A raise of pay, in the village with towns."""
    return studying(pay_raise={"percent": 20.0})


def test_the_paper_says_what_the_answer_says(paid_more: Study) -> None:
    """Groups sum to the figures of page one, the ledger's last row is its balance, every place is counted."""
    paper = study_paper(paid_more)
    answer, found = paid_more.scenarios[0].answer, tables(paper)
    newly = answer["effect"]["newly_placed"]
    assert newly > 0
    assert row(found["by-situation"], "Summe")[1] == str(newly)
    outside = [line for line in answer["by"]["people"]["municipality"] if line["key"] == "outside"]
    places = sum(cells[1].value or 0 for cells in found["by-municipality"].rows if isinstance(cells[1], Number))
    assert places + sum(line["newly_placed"] for line in outside) == newly
    balance = found["ledger"].rows[-1][2]
    assert isinstance(balance, Number)
    assert balance.value == rounded(answer["ledger"][-1]["mid"])
    assert paper.title == "pay_raise"
    assert {"map", "changes", "groups"} <= {block.name for block in paper.blocks() if isinstance(block, Figure)}


def test_both_languages_say_the_same(paid_more: Study, studying: Studying) -> None:
    """In English there are the same sections, tables, figures and numbers, and no German sentence."""
    german, english = study_paper(paid_more), study_paper(studying("en", pay_raise={"percent": 20.0}))
    assert [type(block) for block in german.blocks()] == [type(block) for block in english.blocks()]
    assert [section.title for section in english.sections] == [
        "What was computed and compared", "The measures", "Results", "Method", "Limits", "Annex: to compute it again",
    ]  # fmt: skip
    for one, other in zip(german.tables(), english.tables(), strict=True):
        values = [
            [[cell.value for cell in cells if isinstance(cell, Number)] for cells in table.rows]
            for table in (one, other)
        ]
        assert values[0] == values[1]


def test_several_scenarios_stand_side_by_side(studying: Studying) -> None:
    """Each has its results, names of tables do not meet, and without worlds nothing is ranked."""
    paper = study_paper(studying(pay_raise={"percent": 20.0}, placebo={}))
    names = [block.name for block in paper.blocks() if isinstance(block, Table | Figure)]
    assert len(names) == len(set(names))
    assert {"s1-ledger", "s2-ledger", "comparison"} <= set(names)
    assert "Eine Reihenfolge nach „zusätzlich besetzte Stellen“ gibt es ohne durchgerechnete Welten nicht." in summary(
        paper
    )
    assert paper.title == "Szenarien im Vergleich: „pay_raise“, „placebo“"


def scenario(title: str, middle: float) -> Studied:
    """A scenario of which only one figure is known."""
    lies = {"figure": "more_filled", "p10": middle - 1, "p50": middle, "p90": middle + 1}
    answer = {"effect": {"more_filled": middle}, "uncertainty": {"figures": [lies]}}
    return Studied(title, "", "", cast("Evaluation", None), answer)


def of(middles: dict[str, float], shares: list[float | None], worlds: int = 10) -> Study:
    scenarios = tuple(scenario(title, middle) for title, middle in middles.items())
    better: list[dict[str, Any]] = [{"share": share} for share in shares]
    return Study(scenarios, better, "more_filled", worlds, "", Words("de"))


def test_scenarios_are_ordered_only_as_far_as_the_worlds_bear_it_out() -> None:
    """A tier stands before another where each of it has more than each of the other in nine of ten worlds."""
    sure = of({"a": 1, "b": 9, "c": 5}, [0.0, 0.1, 0.95])
    assert tiers(sure) == [[1], [2], [0]]
    tied = of({"a": 1, "b": 9, "c": 8}, [0.0, 0.05, 0.6])
    assert tiers(tied) == [[1, 2], [0]]
    assert "„b“ / „c“; „a“" in ranking_sentence(tied)
    open_ = of({"a": 5, "b": 6}, [0.4])
    assert tiers(open_) == [[1, 0]]
    assert "zu unsicher" in ranking_sentence(open_)
    assert tiers(of({"a": 5, "b": 6}, [None])) == [[1, 0]]


@pytest.mark.parametrize(
    ("value", "expected"), [(0, 0), (204643.5, 205000), (-1211.9, -1210), (4339.96, 4340), (7, 7), (0.25, 0.25)]
)
def test_figures_keep_three_digits(value: float, expected: float) -> None:
    """More than three digits would be noise."""
    assert rounded(value) == pytest.approx(expected)


def test_figures_are_written_with_sign_or_without() -> None:
    """A difference has its sign, a count none, what is not known is said."""
    words = Words("de")
    assert [told("more_filled", value, words).shown for value in (5, -3, 0)] == ["+5", "−3", "0"]
    assert told("newly_placed", 1234, words) == Number("1.234", 1234)
    assert euros(-1211.9, words) == Number("−1.210 €", -1210)
    assert euros(None, words) == Number("nicht bekannt", None)


def observed(study: Study) -> Study:
    """The same study, as if its people were observed."""
    known = {**study.scenarios[0].answer["provenance"], "people": "observed"}
    scenarios = tuple(replace(each, answer={**each.answer, "provenance": known}) for each in study.scenarios)
    return replace(study, scenarios=scenarios)


def test_small_counts_of_people_who_may_be_real_are_left_out(paid_more: Study) -> None:
    """Counts from one to four, and what would give them away, stand in no table and no map; in a model all are shown."""
    table = [[3, 9], [6, 2], [9, 11]]
    assert guarded(table, paid_more, sums=True) == table
    assert guarded(table, observed(paid_more), sums=True) == [[None, None], [None, None], [9, 11]]
    paper = study_paper(observed(paid_more))
    assert paper.front[0] == Notice(*whose_figures(observed(paid_more)))
    for name in ("by-situation", "by-municipality"):
        for cells in tables(paper)[name].rows:
            assert not any(isinstance(cell, Number) and cell.value in {1, 2, 3, 4} for cell in cells)


def test_people_of_two_kinds_are_not_counted_together(paid_more: Study, village: Region) -> None:
    """Synthetic and consented people in one region: there is no paper on them."""
    people = village.table("people").with_row_index("at")
    origin = pl.when(pl.col("at") == 0).then(pl.lit("consented")).otherwise(pl.lit("synthetic"))
    mixed = village.with_tables({"people": people.with_columns(origin=origin).drop("at")})
    evaluation = paid_more.scenarios[0].evaluation
    market = replace(evaluation.before.related.market, region=mixed)
    before = replace(evaluation.before, related=replace(evaluation.before.related, market=market))
    one = replace(paid_more.scenarios[0], evaluation=replace(evaluation, before=before))
    with pytest.raises(InputError, match="consented and synthetic"):
        study_paper(replace(paid_more, scenarios=(one,)))
