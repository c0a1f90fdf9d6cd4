# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What measures change, on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from drehkreuz.cli.output import Screen
from drehkreuz.reports.notes import sentence
from drehkreuz.reports.pair import Values
from drehkreuz.reports.sentences import kind
from drehkreuz.reports.words import Words

TOP: Final = 6
"""Lines of a group that are shown; --json and --out have all."""

FIGURES: Final = (
    "more_filled", "newly_placed", "displaced", "moved", "possible_more_filled", "possible_newly_placed", "possible_displaced",
    "hours_week", "minutes_month_same_post", "co2_kg_month_same_post", "co2_kg_month",
)  # fmt: skip
"""Figures in the order they are shown."""

CHANGES: Final = frozenset(
    {
        "more_filled",
        "possible_more_filled",
        "hours_week",
        "minutes_month_same_post",
        "co2_kg_month_same_post",
        "co2_kg_month",
    }
)
"""Figures that are differences and shown with their sign; the others count people."""

OUTCOMES: Final = ("newly_placed", "more_filled", "hours_week")


def show_run(answer: Values, screen: Screen) -> None:
    """Print the answer of `drehkreuz.reports.scenario.scenario_answer`."""
    words, console = screen.words, screen.console
    _heading(answer, answer["scenario"], screen)
    console.print(words("scenario.on_day", day=words.day(answer["day"])))
    _table(screen, _measures(answer["measures"], words))
    for group in answer["findings"]:
        console.print(Text(sentence(group), style="dim"))
    console.print(words("scenario.possible", **_states(answer, "possible", words)))
    console.print(words("scenario.stable", **_states(answer, "stable", words)))
    _table(screen, _effect(answer, words))
    for side, by in (("people", "municipality"), ("openings", "level")):
        lines = answer["by"][side][by]
        if lines:
            console.print(words(f"scenario.by_{side}"))
            _table(screen, _groups(lines, words))
    console.print(words("scenario.ledger"))
    _table(screen, _ledger(answer["ledger"], words))
    if answer["purchasing_power"]:
        console.print(_purchasing_power(answer["purchasing_power"], words))
    console.print(words("scenario.cost_per"))
    _table(screen, _cost_per(answer["cost_per"], words))
    if "uncertainty" in answer:
        _uncertainty(answer["uncertainty"], screen)
    if "barriers" in answer:
        console.print(words("scenario.barriers"))
        rows = [
            (words(f"barrier.{row['barrier'].upper()}"), words.number(row["before"], 1), words.number(row["after"], 1))
            for row in answer["barriers"]
        ]
        _table(screen, [("", words("scenario.before"), words("scenario.after")), *rows])
    for note in ("possible_note", "stable_note", "pay_note", "assumed_note", "whole_note"):
        console.print(Text(words(f"scenario.{note}"), style="dim"))
    console.print(Text(words("scenario.exact" if answer["exact"] else "scenario.bounds"), style="dim"))
    if "written" in answer:
        console.print(words("match.written", files=answer["written"]))


def show_compared(answer: Values, screen: Screen) -> None:
    """Print scenarios side by side."""
    words, console = screen.words, screen.console
    scenarios = answer["scenarios"]
    _heading(answer, words("scenario.compared"), screen)
    rows: list[Sequence[str]] = [("", *(each["scenario"] for each in scenarios))]
    rows += [
        (words(f"scenario.{figure}"), *(_figure(figure, each["effect"][figure], words) for each in scenarios))
        for figure in FIGURES
    ]
    rows += [
        (
            words(f"scenario.each_{outcome}"),
            *(_each(each["cost_per"][outcome], words) for each in scenarios),
        )
        for outcome in OUTCOMES
    ]
    _table(screen, rows)
    for each in scenarios:
        for group in each["findings"]:
            console.print(Text(f"{each['scenario']}: {sentence(group)}", style="dim"))
        if "uncertainty" in each:
            console.print(Text(each["scenario"], style="bold"))
            _uncertainty(each["uncertainty"], screen)
    for pair in answer.get("better", ()):
        share = words("scenario.unknown") if pair["share"] is None else words.percent(pair["share"])
        figure = words(f"scenario.{pair['figure']}")
        console.print(words("scenario.better", one=pair["one"], other=pair["other"], figure=figure, share=share))
    for note in ("possible_note", "stable_note", "assumed_note", "whole_note"):
        console.print(Text(words(f"scenario.{note}"), style="dim"))


def show_portfolio(answer: Values, screen: Screen) -> None:
    """Print the answer of `drehkreuz.reports.scenario_portfolio.portfolio_answer`."""
    words, console = screen.words, screen.console
    console.print(Text(answer["scenario"], style="bold"))
    figure = words(f"scenario.{answer['figure']}")
    console.print(words("scenario.joint", figure=figure, n=_number(answer["joint"], words)))
    head = ("", *(words(f"scenario.{name}") for name in ("alone", "share", "last_in", "cost_eur_year")))
    rows: list[Sequence[str]] = [
        (
            row["title"],
            _number(row["alone"], words),
            _share(row, words),
            _number(row["last_in"], words),
            words("scenario.unknown") if row["cost_eur_year"] is None else words.money(row["cost_eur_year"]),
        )
        for row in answer["measures"]
    ]
    _table(screen, [head, *rows])
    titles = {row["id"]: row["title"] for row in answer["measures"]}
    for pair in answer["pairs"]:
        key = "synergy" if pair["extra"] > 0 else "substitutes"
        one, other = titles[pair["one"]], titles[pair["other"]]
        console.print(words(f"scenario.{key}", one=one, other=other, n=words.number(abs(pair["extra"]))))
    if answer["order"]:
        steps = "; ".join(f"{titles[step['id']]} ({_number(step['adds'], words)})" for step in answer["order"])
        console.print(words("scenario.order", steps=steps))
    if "budget" in answer:
        chosen = answer["budget"]
        told = {
            "budget": words.money(chosen["eur_year"]),
            "measures": ", ".join(titles[name] for name in chosen["measures"]) or words("scenario.none"),
            "n": _number(chosen["value"], words),
            "cost": words.money(chosen["cost"]),
        }
        console.print(words("scenario.best", **told))
        key = "best_proved" if chosen["proved"] else "best_bound"
        console.print(Text(words(f"scenario.{key}", n=words.number(chosen["bound"])), style="dim"))
    for note in ("never_added", "assumed_note", "whole_note"):
        console.print(Text(words(f"scenario.{note}"), style="dim"))


def _heading(answer: Values, title: str, screen: Screen) -> None:
    known, words = answer["provenance"], screen.words
    where = words("match.title", title=known["title"], day=words.day(known["day"]))
    screen.console.print(Text(title, style="bold"), Text(f"{where} ({kind(answer, words)})", style="dim"))


def _measures(measures: list[Values], words: Words) -> list[Sequence[str]]:
    """Return each measure with the share that takes part, its cost a year and once."""
    head = ("", words("scenario.takes_part"), words("scenario.invest"), words("scenario.per_year"))
    cases = ("low", "mid", "high")
    rows = [
        (
            row["title"],
            words.percent(row["share"]),
            _range(row["invest_eur"], cases, words),
            _range(row["per_year_eur"], cases, words),
        )
        for row in measures
    ]
    return [head, *rows]


def _states(answer: Values, name: str, words: Words) -> dict[str, str]:
    return {
        "openings": words.number(answer["after"]["openings"]),
        "before": words.number(answer["before"][name]),
        "after": words.number(answer["after"][name]),
    }


def _effect(answer: Values, words: Words) -> list[Sequence[str]]:
    return [(words(f"scenario.{figure}"), _figure(figure, answer["effect"][figure], words)) for figure in FIGURES]


def _groups(lines: list[Values], words: Words) -> list[Sequence[str]]:
    """Return the groups for which most changes."""
    figures = [figure for figure in ("newly_placed", "displaced", "more_filled", "moved") if figure in lines[0]]
    most = sorted(lines, key=lambda line: (-sum(abs(line[figure]) for figure in figures), line["name"]))
    head = ("", *(words(f"scenario.{figure}") for figure in figures))
    rows = [(line["name"], *(_figure(figure, line[figure], words) for figure in figures)) for line in most[:TOP]]
    more = [(words("list.more", n=len(most) - TOP), *("" for _ in figures))] if len(most) > TOP else []
    return [head, *rows, *more]


def _ledger(lines: list[Values], words: Words) -> list[Sequence[str]]:
    cases = ("low", "mid", "high")
    head = ("", *(words(f"scenario.{case}") for case in cases))
    return [
        head,
        *((words(f"scenario.line_{line['line']}"), *(_money(line[c], words) for c in cases)) for line in lines),
    ]


def _purchasing_power(lines: list[Values], words: Words) -> str:
    """Return a sentence on what residents have to spend in addition, in all and where it changes most."""
    most = sorted(lines, key=lambda line: (-abs(line["eur_year"]), line["municipality"] or ""))[:TOP]
    towns = (f"{line['name'] or words('scenario.elsewhere')} ({words.change(line['eur_year'])})" for line in most)
    total = words.change(sum(line["eur_year"] for line in lines))
    return words("scenario.purchasing_power", total=total, towns=", ".join(towns))


def _cost_per(costs: Values, words: Words) -> list[Sequence[str]]:
    return [(words(f"scenario.each_{outcome}"), _each(costs[outcome], words)) for outcome in OUTCOMES]


def _each(band: Values | None, words: Words) -> str:
    """Return what one result costs."""
    return words("scenario.no_each") if band is None else _range(band, ("low", "mid", "high"), words)


def _uncertainty(known: Values, screen: Screen) -> None:
    words, console = screen.words, screen.console
    console.print(words("scenario.worlds", n=words.number(known["worlds"])))
    by_name = {row["figure"]: row for row in known["figures"]}
    rows: list[Sequence[str]] = [("", "p10", "p50", "p90")]
    for figure in FIGURES:
        row = by_name[figure]
        rows.append((words(f"scenario.{figure}"), *(_figure(figure, row[p], words) for p in ("p10", "p50", "p90"))))
    _table(screen, rows)
    for outcome, band in known["cost_per"].items():
        cost = words("scenario.too_uncertain") if band is None else _range(band, ("p10", "p50", "p90"), words)
        console.print(f"   {words(f'scenario.each_{outcome}')}: {cost}")
    for figure, swings in known["drivers"].items():
        told = "; ".join(
            words(
                "scenario.swing",
                driver=words(f"scenario.driver_{swing['driver']}"),
                low=_number(swing["low"], words),
                high=_number(swing["high"], words),
            )
            for swing in swings
        )
        console.print(words("scenario.drivers", figure=words(f"scenario.{figure}"), swings=told))


def _share(row: Values, words: Words) -> str:
    share = _signed(row["share"], words.number(abs(row["share"]), 2))
    return f"{share} ± {words.number(row['share_error'], 2)}" if row["share_error"] else share


def _figure(figure: str, value: float | None, words: Words) -> str:
    """Return a figure, a difference with its sign."""
    return words.number(value) if value is not None and figure not in CHANGES else _number(value, words)


def _number(value: float | None, words: Words) -> str:
    """Return a change with its sign."""
    if value is None:
        return words("scenario.unknown")
    return _signed(round(value), words.number(abs(value)))


def _signed(value: float, text: str) -> str:
    return text if value == 0 else f"{'+' if value > 0 else '−'}{text}"


def _money(value: float | None, words: Words) -> str:
    return words("scenario.unknown") if value is None else words.money(value)


def _range(band: Values | None, cases: tuple[str, str, str], words: Words) -> str:
    """Return the middle of a range and its ends."""
    if band is None:
        return words("scenario.unknown")
    low, mid, high = (words.money(band[case]) for case in cases)
    return mid if low == high else f"{mid} ({low}–{high})"


def _table(screen: Screen, rows: list[Sequence[str]]) -> None:
    """Print rows in columns, a first row without a name as their heading."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column()
    for _ in rows[0][1:]:
        table.add_column(justify="right")
    for row in rows:
        table.add_row(*row, style="" if row[0] else "dim")
    screen.console.print(Padding(table, (0, 0, 1, 3)))
