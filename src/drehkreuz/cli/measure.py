# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz measure`: what could be changed, and how a scenario says so."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from drehkreuz.cli.output import Screen, answers, examples
from drehkreuz.cli.verbs import VerbGroup

if TYPE_CHECKING:
    from drehkreuz.measures import Band, Kind, Parameter, UnitCost
    from drehkreuz.reports.words import Words


@click.group(
    cls=VerbGroup,
    epilog=examples("drehkreuz measure list", "drehkreuz measure explain bus_line", "drehkreuz measure list --json"),
)
def measure() -> None:
    """
    Show the measures that a scenario can be made of.

    A scenario is a TOML file with a section [[measure]] for each measure; `explain` shows one to copy.
    """


@measure.command("list", epilog=examples("drehkreuz measure list", "drehkreuz measure list --lang en --json"))
@answers
@click.pass_obj
def list_(screen: Screen) -> None:
    """List all kinds of measures, by what they are about."""
    from drehkreuz.measures import every_kind

    if screen.as_json:
        screen.print_json({"measures": [as_json(kind) for kind in every_kind().values()]})
        return
    for area, kinds in groupby(every_kind().values(), key=lambda kind: kind.area):
        screen.console.print(Text(screen.words(f"measure.area_{area}"), style="bold"))
        rows = Table.grid(padding=(0, 2, 0, 0))
        rows.add_column(style="cyan", no_wrap=True, min_width=17)
        rows.add_column(overflow="fold")
        for kind in kinds:
            said = kind.doc.told(screen.language)
            rows.add_row(kind.name, Text.assemble((kind.title.told(screen.language), "bold"), f". {said}"))
        screen.console.print(Padding(rows, (0, 0, 1, 2)))
    screen.console.print(screen.words("measure.explain"))


@measure.command(
    epilog=examples("drehkreuz measure explain bus_line", "drehkreuz measure explain care_hours --lang en")
)
@click.argument("kind", metavar="KIND")
@answers
@click.pass_obj
def explain(screen: Screen, kind: str) -> None:
    """
    Explain a kind of measure.

    What it does, what a scenario says about it, who takes part, what it costs, which tables it changes; and a section to
    copy into a scenario.
    """
    from drehkreuz.measures import kind_named

    known = kind_named(kind)
    if screen.as_json:
        screen.print_json(as_json(known))
        return
    console, words = screen.console, screen.words
    console.print(Text.assemble((known.title.told(screen.language), "bold"), f" ({known.name})"))
    console.print(f"{known.doc.told(screen.language)}\n")
    if known.parameters:
        console.print(Text(words("measure.parameters"), style="bold"))
        console.print(Padding(_parameters(known, words), (0, 0, 1, 2)))
    facts = Table.grid(padding=(0, 2, 0, 0))
    facts.add_column(style="bold", no_wrap=True)
    facts.add_column(overflow="fold")
    for name, text in _facts(known, words):
        facts.add_row(name, text)
    console.print(facts)
    console.print(Text(f"\n{words('measure.example')}", style="bold"))
    console.print(Padding(Text(example(known)), (0, 0, 0, 2)))


def as_json(kind: Kind) -> dict[str, Any]:
    """Return a kind as JSON shows it, in both languages."""
    return {
        "name": kind.name,
        "area": kind.area,
        "title": kind.title._asdict(),
        "doc": kind.doc._asdict(),
        "changes": kind.changes,
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.type,
                "doc": parameter.doc._asdict(),
                "required": parameter.required,
                "default": parameter.written if parameter.type == "clock" else parameter.default,
                "unit": parameter.unit,
                "min": parameter.min,
                "max": parameter.max,
                "allowed": parameter.allowed,
                "table": parameter.ref,
            }
            for parameter in kind.parameters
        ],
        "uptake": kind.uptake
        and {
            "share": kind.uptake.share,
            "of": kind.uptake.of._asdict(),
            "grade": kind.uptake.grade,
            "source": kind.uptake.source._asdict(),
        },
        "cost": kind.cost
        and {
            "unit": kind.cost.unit._asdict(),
            "invest_eur": kind.cost.invest,
            "eur_per_year": kind.cost.per_year,
            "payer": kind.cost.payer,
            "grade": kind.cost.grade,
            "source": kind.cost.source._asdict(),
        },
    }


def example(kind: Kind) -> str:
    """Return a section of a scenario with what the kind must be told."""
    lines = ["[[measure]]", f'kind = "{kind.name}"', f'id = "{kind.name.replace("_", "-")}"', "start = 2027-08-01"]
    return "\n".join([*lines, *(f"{p.name} = {_sample(p)}" for p in kind.parameters if p.required)])


def _sample(parameter: Parameter) -> str:
    if parameter.allowed:
        return f'["{parameter.allowed[0]}"]' if parameter.type == "choices" else f'"{parameter.allowed[0]}"'
    samples = {"ids": '["…", "…"]', "clock": '"05:30"', "date": "2027-08-01", "bool": "true"}
    return samples.get(parameter.type, f"{parameter.min or 1:g}" if parameter.type in {"int", "float"} else '"…"')


def _parameters(kind: Kind, words: Words) -> Table:
    rows = Table.grid(padding=(0, 2, 0, 0))
    rows.add_column(style="cyan", no_wrap=True)
    rows.add_column(overflow="fold")
    for parameter in kind.parameters:
        parts = [parameter.doc.told(words.language), *_limits(parameter, words)]
        rows.add_row(parameter.name, " ".join(parts))
    return rows


def _limits(parameter: Parameter, words: Words) -> Iterator[str]:
    """Yield what a value may be and what holds where none is said."""
    unit = _unit(parameter, words)
    if parameter.allowed:
        yield words("measure.allowed", values=", ".join(parameter.allowed))
    elif parameter.ref:
        yield words("measure.table", table=parameter.ref)
    elif parameter.min is not None and parameter.max is not None:
        yield words("measure.between", low=f"{parameter.min:g}", high=f"{parameter.max:g}{unit}")
    if parameter.required:
        yield words("measure.required")
    elif parameter.written:
        yield words("measure.default", value=f"{parameter.written}{unit}")


def _unit(parameter: Parameter, words: Words) -> str:
    """Return the unit after a blank, in words where the catalogue has them."""
    key = f"measure.unit_{parameter.unit.replace('/', '_').replace(' ', '_')}"
    unit = words(key) if key in words else parameter.unit
    return f" {unit}" if unit else ""


def _facts(kind: Kind, words: Words) -> Iterator[tuple[str, str]]:
    language = words.language
    if kind.uptake is not None:
        share = " / ".join(words.percent(value) for value in _values(kind.uptake.share))
        said = f"{share} {kind.uptake.of.told(language)}."
        yield (
            words("measure.uptake"),
            f"{said} {words('measure.evidence', grade=_grade(kind.uptake.grade, words))} {kind.uptake.source.told(language)}.",
        )
    else:
        yield words("measure.uptake"), words("measure.no_uptake")
    if kind.cost is None:
        yield words("measure.cost"), words("measure.no_cost")
    else:
        unit = kind.cost.unit.told(language)
        for name, band in (("invest", kind.cost.invest), ("per_year", kind.cost.per_year)):
            if band.high > 0:
                amounts = " / ".join(_euros(value, words) for value in _values(band))
                yield words(f"measure.{name}"), words("measure.each", amounts=amounts, unit=unit)
        if kind.cost.invest.high == kind.cost.per_year.high == 0:
            yield words("measure.cost"), words("measure.free")
        else:
            yield words("measure.paid"), _paid(kind.cost, words)
    yield words("measure.changes"), ", ".join(kind.changes) or words("measure.nothing")


def _paid(cost: UnitCost, words: Words) -> str:
    evidence = words("measure.evidence", grade=_grade(cost.grade, words))
    return f"{words(f'measure.payer_{cost.payer}')} {evidence} {cost.source.told(words.language)}."


def _values(band: Band) -> tuple[float, float, float]:
    return band.low, band.mid, band.high


def _euros(value: float, words: Words) -> str:
    return words.money(value) if value >= 100 or value == round(value) else f"{words.number(value, 2)} €"


def _grade(grade: str, words: Words) -> str:
    return words(f"measure.grade_{grade}")
