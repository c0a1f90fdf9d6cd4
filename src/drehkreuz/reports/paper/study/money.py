# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a scenario costs and brings: one ledger, what one result costs, and what people have to spend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from drehkreuz.reports.pair import Values
from drehkreuz.reports.paper.areas import has_municipalities
from drehkreuz.reports.paper.charts import Span, intervals
from drehkreuz.reports.paper.document import Block, Cell, Column, Figure, Paragraph, Table
from drehkreuz.reports.paper.study.small import guarded
from drehkreuz.reports.paper.study.study import Studied, Study, each_of, euros
from drehkreuz.reports.words import Words

OUTCOMES: Final = ("newly_placed", "more_filled", "hours_week")
"""Results that costs are told for."""

CASES: Final = ("low", "mid", "high")


def money(study: Study, scenario: Studied, prefix: str) -> Iterator[Block]:
    """Yield the ledger as table and chart, what one result costs, and purchasing power."""
    words, answer = study.words, scenario.answer
    yield Paragraph(words("study.ledger_intro"))
    yield _ledger(study, answer["ledger"], f"{prefix}ledger")
    yield _drawn(study, answer["ledger"], f"{prefix}ledger-drawn")
    yield _cost_per(study, scenario, prefix)
    yield from _purchasing_power(study, scenario, prefix)


def _ledger(study: Study, lines: Sequence[Values], name: str) -> Table:
    words = study.words
    columns = (
        Column(words("study.line"), "line", share=3),
        *(Column(words(f"scenario.{case}"), f"eur_year_{case}", numeric=True) for case in CASES),
        Column(words("study.kind"), "kind", share=1),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            words(f"scenario.line_{line['line']}"),
            *(euros(line[case], words) for case in CASES),
            words(f"study.kind_{line['kind']}"),
        )
        for line in lines
    )
    notes = (words("study.bounds_note"), words("scenario.pay_note"), words("study.rounded_note"))
    return Table(name, words("study.ledger_caption"), columns, rows, sums=True, notes=notes)


def _drawn(study: Study, lines: Sequence[Values], name: str) -> Figure:
    """Return the ledger as a chart; rows whose costs are not known are left out."""
    words = study.words
    rows = [
        Span(
            words(f"scenario.line_{line['line']}"),
            line["low"],
            line["mid"],
            line["high"],
            euros(line["mid"], words).shown,
        )
        for line in lines
        if line["mid"] is not None
    ]
    told = "; ".join(f"{row.name}: {row.shown}" for row in rows)
    picture = intervals(rows, lambda value: _thousands(value, words))
    return Figure(name, words("study.ledger_drawn_caption"), told, picture)


def _thousands(value: float, words: Words) -> str:
    """Return an amount as the mark of an axis."""
    if abs(value) < 1000:
        return words.money(value)
    whole = value / 1000
    text = words.number(abs(whole), 0 if whole == round(whole) else 1)
    return words("study.thousand_euros", n=f"{'−' if value < 0 else ''}{text}")


def _cost_per(study: Study, scenario: Studied, prefix: str) -> Table:
    """Return what one result costs, and whether that is sure enough to rank by."""
    words = study.words

    def row(outcome: str) -> tuple[Cell, ...]:
        cases, lies = each_of(scenario, outcome, words)
        return (words(f"scenario.each_{outcome}"), *cases, lies)

    columns = (
        Column(words("study.result"), "outcome", share=2),
        *(Column(words(f"scenario.{case}"), f"eur_{case}", numeric=True) for case in CASES),
        Column(words("study.in_worlds"), "interval", share=2),
    )
    rows = tuple(row(outcome) for outcome in OUTCOMES)
    notes = (words("study.each_note"), words("scenario.whole_note"))
    return Table(f"{prefix}cost-per", words("study.cost_per_caption"), columns, rows, notes=notes)


def _purchasing_power(study: Study, scenario: Studied, prefix: str) -> Iterator[Block]:
    words, lines = study.words, scenario.answer["purchasing_power"]
    if not lines:
        return
    sums = sum(line["eur_year"] for line in lines)
    if not has_municipalities(study.region):
        yield Paragraph(words("study.power", total=euros(sums, words, signed=True).shown))
        return
    *shown, _ = guarded(
        [*([line["people"]] for line in lines), [sum(line["people"] for line in lines)]], study, sums=True
    )
    rows: list[tuple[Cell, ...]] = [
        (
            line["name"] or words("scenario.elsewhere"),
            euros(line["eur_year"] if people is not None else None, words, signed=True),
        )
        for line, (people,) in sorted(zip(lines, shown, strict=True), key=lambda row: -abs(row[0]["eur_year"]))
    ]
    rows.append((words("study.sum"), euros(sums, words, signed=True)))
    columns = (
        Column(words("study.of_municipality"), "municipality"),
        Column(words("study.eur_year"), "eur_year", numeric=True),
    )
    yield Table(
        f"{prefix}purchasing-power",
        words("study.power_caption"),
        columns,
        tuple(rows),
        sums=True,
        notes=(words("study.power_note"), words("study.rounded_note")),
    )
