# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Page one: what the figures are of, what it comes to in a few sentences, and the figures to decide by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from drehkreuz.measures.paired.ledger import yearly_cost
from drehkreuz.reports.paper.document import Block, Column, Notice, Number, Paragraph, Table
from drehkreuz.reports.paper.study.comparison import ranking_sentence, side_by_side
from drehkreuz.reports.paper.study.study import (
    Range,
    Studied,
    Study,
    each_of,
    euro_span,
    euros,
    many,
    span,
    told,
    unknown,
)

TOLD: Final = ("more_filled", "newly_placed", "displaced", "possible_more_filled", "co2_kg_month")
"""Figures of page one, before the costs."""

MOST_TOLD: Final = 4
"""Scenarios that have a sentence of their own."""


def front(study: Study) -> tuple[Block, ...]:
    """Return page one."""
    notice = Notice(*whose_figures(study))
    if len(study.scenarios) > 1:
        return notice, Paragraph(" ".join(_several(study)), "lead"), _of_each(study), side_by_side(study)
    (only,) = study.scenarios
    asked = [Paragraph(only.text)] if only.text else []
    return notice, *asked, Paragraph(" ".join(_one(study, only)), "lead"), _figures(study)


def whose_figures(study: Study) -> tuple[str, str]:
    """Return what the people counted are, as a heading and its sentences."""
    words, people = study.words, study.scenarios[0].answer["before"]["people"]
    told = {"n": words.number(people), "source": study.source("people")}
    if not study.modelled:
        return words("study.observed_title"), words("study.observed", **told)
    key = "fitted" if study.for_region else "half_fitted" if study.fitted_to else "not_fitted"
    how = words(f"study.{key}", sources="; ".join(study.fitted_to))
    return words("study.synthetic_title"), f"{words('study.synthetic', **told)} {how}"


def _one(study: Study, scenario: Studied) -> Iterator[str]:
    """Yield the summary of one scenario."""
    words, answer = study.words, scenario.answer
    measures = words.counted("study.so_many_measures", len(answer["measures"]))
    yield words("study.compared", measures=measures, day=words.day(answer["day"]))
    yield placed(scenario, study)
    yield filled(scenario, study)
    yield words(
        "study.together",
        after=words.number(answer["after"]["possible"]),
        before=words.number(answer["before"]["possible"]),
    )
    yield f"{_costs(scenario, study)} {_each(scenario, study)}".rstrip()
    yield from _who(scenario, study)
    yield from _which(scenario, study)


def _several(study: Study) -> Iterator[str]:
    """Yield the summary of several scenarios."""
    words = study.words
    yield words("study.compared_several", n=len(study.scenarios))
    yield words("study.same_region")
    for scenario in study.scenarios[:MOST_TOLD]:
        yield words(
            "study.of_scenario", title=scenario.title, told=f"{filled(scenario, study)} {_costs(scenario, study)}"
        )
    yield ranking_sentence(study)
    yield words("study.not_summed")


def placed(scenario: Studied, study: Study) -> str:
    """Return who is newly placed and who is displaced, in a sentence."""
    newly, displaced = (scenario.figure(name) or 0 for name in ("newly_placed", "displaced"))
    first, second = many("study.newly", newly, study.words), many("study.displaced", displaced, study.words)
    return study.words("study.placed", newly=first, displaced=second)


def filled(scenario: Studied, study: Study) -> str:
    """Return how many posts are filled in addition, and how sure that is, in a sentence."""
    more, words = scenario.figure("more_filled") or 0, study.words
    said = many("study.filled" if more >= 0 else "study.emptied", abs(more), words)
    lies = scenario.interval("more_filled")
    if lies is None:
        return words("study.sentence", said=said)
    return words("study.sentence_in_worlds", said=said, span=span("more_filled", lies, words))


def _costs(scenario: Studied, study: Study) -> str:
    words, cost = study.words, _cost(scenario)
    if cost is None:
        return words("study.costs_unknown")
    if not cost.high:
        return words("study.costs_nothing")
    low, mid, high = (euros(value, words).shown for value in cost)
    return words("study.costs", mid=mid, low=low, high=high)


def _each(scenario: Studied, study: Study) -> str:
    """Return what a post filled in addition costs, if that can be said."""
    each, words = scenario.answer["cost_per"]["more_filled"], study.words
    if each is None:
        return words("study.each_none") if (scenario.figure("more_filled") or 0) > 0 else ""
    if not each["high"]:
        return ""
    known = scenario.answer.get("uncertainty")
    if known and known["cost_per"]["more_filled"] is None:
        return words("study.each_uncertain")
    return words("study.each", mid=euros(each["mid"], words).shown)


def _who(scenario: Studied, study: Study) -> Iterator[str]:
    """Yield who gains most."""
    lines = [line for line in scenario.answer["by"]["people"]["situation"] if line["newly_placed"]]
    if lines and study.modelled:
        most = max(lines, key=lambda line: line["newly_placed"])
        n = study.words.number(most["newly_placed"])
        yield study.words(
            "study.who", group=most["name"], n=n, of=study.words.number(scenario.figure("newly_placed") or 0)
        )


def _which(scenario: Studied, study: Study) -> Iterator[str]:
    """Yield which measure carries most, and which bring nothing, alone or with others, in one sentence."""
    if scenario.portfolio is None:
        return
    rows, words = scenario.portfolio["measures"], study.words
    best = max(rows, key=lambda row: row["share"])
    idle = [row["title"] for row in rows if max(row["alone"], row["share"], row["last_in"]) <= 0]
    if best["share"] > 0:
        said = [words("study.carries", title=best["title"], n=words.number(best["last_in"]))]
        if idle:
            titles = words.listed([words("study.quoted", title=title) for title in idle])
            said.append(words("study.idle", titles=titles))
        yield words("study.sentence", said="; ".join(said))


def _cost(scenario: Studied) -> Range | None:
    band = yearly_cost(scenario.evaluation.measures, scenario.evaluation.changed.outcomes)
    return None if band is None else Range(band.low, band.mid, band.high)


def _figures(study: Study) -> Table:
    """Return the figures to decide by: value, interval, kind, source and day."""
    words, scenario = study.words, study.scenarios[0]
    source = study.source("people")
    rows = [
        (
            words(f"scenario.{name}"),
            told(name, scenario.figure(name), words),
            span(name, scenario.interval(name), words),
        )
        for name in TOLD
    ]
    counted = [
        (*row, words("study.kind_modelled" if study.modelled else "study.kind_computed"), source) for row in rows
    ]
    cost, ((_, each, _), each_lies) = _cost(scenario), each_of(scenario, "more_filled", words)
    assumed = (words("study.kind_assumed"), words("study.cost_source"))
    mid, lies = (unknown(words), words("study.no_interval"))
    if cost is not None:
        mid, lies = euros(cost.mid, words), euro_span(cost.low, cost.high, words)
    counted.append((words("study.cost_year"), mid, lies, *assumed))
    counted.append((words("study.each_row"), each, each_lies, *assumed))
    columns = (
        Column(words("study.figure"), "figure", share=4),
        Column(words("study.value"), "value", numeric=True),
        Column(words("study.from_to"), "interval", share=3),
        Column(words("study.kind"), "kind", share=2),
        Column(words("study.source"), "source", share=4),
    )
    return Table("key-figures", words("study.key_figures"), columns, tuple(counted), notes=(_interval_note(study),))


def _of_each(study: Study) -> Table:
    """Return the figures of several scenarios, a row each."""
    words = study.words

    def row(scenario: Studied) -> tuple[str | Number, ...]:
        cost, ((_, each, _), each_lies) = _cost(scenario), each_of(scenario, "more_filled", words)
        return (
            scenario.title,
            *(told(name, scenario.figure(name), words) for name in ("more_filled", "newly_placed", "displaced")),
            span("more_filled", scenario.interval("more_filled"), words),
            unknown(words) if cost is None else euros(cost.mid, words),
            each.shown if each.value is None else each_lies,
        )

    columns = (
        Column(words("study.scenario"), "scenario", share=4),
        *(
            Column(words(f"study.short_{name}"), name, numeric=True)
            for name in ("more_filled", "newly_placed", "displaced")
        ),
        Column(words("study.short_from_to"), "more_filled_interval", share=2),
        Column(words("study.short_cost"), "eur_year", numeric=True),
        Column(words("study.short_each"), "eur_each_interval", share=3),
    )
    kinds = words("study.kinds_note", people=study.source("people"), costs=words("study.cost_source"))
    rows = tuple(row(scenario) for scenario in study.scenarios)
    return Table("key-figures", words("study.key_figures"), columns, rows, notes=(_interval_note(study), kinds))


def _interval_note(study: Study) -> str:
    words = study.words
    return words("study.interval_note", n=words.number(study.worlds)) if study.worlds else words("study.no_worlds_note")
