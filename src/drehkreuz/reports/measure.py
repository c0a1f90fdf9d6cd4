# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A kind of measure in words: what a scenario says about it, who takes part, what it costs, which tables it changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from drehkreuz.measures import Band, Kind, Parameter, UnitCost
from drehkreuz.reports.words import Words


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


def limits(parameter: Parameter, words: Words) -> Iterator[str]:
    """Yield what a value may be and what holds where none is said."""
    unit = unit_named(parameter, words)
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


def unit_named(parameter: Parameter, words: Words) -> str:
    """Return the unit after a blank, in words where the catalogue has them."""
    key = f"measure.unit_{parameter.unit.replace('/', '_').replace(' ', '_')}"
    unit = words(key) if key in words else parameter.unit
    return f" {unit}" if unit else ""


def facts(kind: Kind, words: Words) -> Iterator[tuple[str, str]]:
    """Yield what is to be said of a kind: a heading, and what stands beside it."""
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
