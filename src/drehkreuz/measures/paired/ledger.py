# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
What measures cost and bring, in one table whose rows sum: nothing stands in it twice.

    balance = pay of people newly placed − pay of people displaced + pay in other posts or on other terms
              + contributions and surplus + further value added − costs

Pay, contributions and surplus are together the value added in the posts; a raise in a post that somebody has brings no surplus, so
that only people newly placed and displaced count there. Purchasing power is no further row: what
people have left of their pay, against their income today, stands in a table of its own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import polars as pl

from drehkreuz.measures import Band, Measure, Outcome
from drehkreuz.measures.paired.effect import Changes
from drehkreuz.measures.paired.evaluation import Evaluation
from drehkreuz.measures.terms import Payer
from drehkreuz.region import Region

MONTHS: Final = 12.0

LEDGER: Final = pl.Schema(
    {
        "line": pl.String,
        "low": pl.Float64,
        "mid": pl.Float64,
        "high": pl.Float64,
        "kind": pl.String,
        "source": pl.String,
    }
)
"""EUR a year, low ≤ mid ≤ high, null where not known; `kind`: modelled or assumed."""

PAY: Final = {
    "pay_newly_placed": ("newly_placed",),
    "pay_displaced": ("displaced",),
    "pay_other": ("moved", "same_post"),
}
"""Rows of pay, and whose pay each is."""

MODELLED: Final = (
    "gross pay of the stable allocation, twelve months; what people earn today without a new post is left out"
)

COSTS: Final = "costs of the measures, as the catalogue or the scenario states them"
NOTHING: Final = Band(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Assumption:
    """
    One assumed figure.

    Attributes:
        value: Low, mid and high case.
        unit: Unit.
        grade: How good the evidence is.
        source: Why this figure.
    """

    value: Band
    unit: str
    grade: str
    source: str


@cache
def assumptions() -> dict[str, Assumption]:
    """Return what the ledger assumes, by name."""
    text = files(__package__).joinpath("assumed.toml").read_text(encoding="utf-8")
    return {
        name: Assumption(Band(row["low"], row["mid"], row["high"]), row["unit"], row["grade"], row["source"])
        for name, row in tomllib.loads(text).items()
    }


def annuity(invest: float, years: float, interest: float) -> float:
    """Return what is paid each year for so many years, interest included; EUR a year."""
    if interest == 0:
        return invest / years
    return float(invest * interest / (1.0 - (1.0 + interest) ** -years))


def yearly_costs(measures: Sequence[Measure], outcomes: Mapping[str, Outcome]) -> dict[Payer, Band | None]:
    """
    Return what measures cost a year, by who pays; what is spent once is spread over its life.

    Args:
        measures: The measures.
        outcomes: What each did, by id.

    Returns:
        None for a payer of whose measures one has unknown costs; a measure whose kind names no payer is paid by the public.
    """
    found: dict[Payer, Band | None] = {}
    for measure in {each.id: each for each in measures}.values():
        payer: Payer = measure.kind.cost.payer if measure.kind.cost else "public"
        before = found.get(payer, NOTHING)
        cost = _yearly(outcomes[measure.id])
        found[payer] = None if before is None or cost is None else _sum(before, cost)
    return found


def yearly_cost(measures: Sequence[Measure], outcomes: Mapping[str, Outcome]) -> Band | None:
    """Return what all measures cost a year, whoever pays; None where a cost is not known. Arguments as for `yearly_costs`."""
    total = NOTHING
    for cost in yearly_costs(measures, outcomes).values():
        if cost is None:
            return None
        total = _sum(total, cost)
    return total


def _yearly(outcome: Outcome) -> Band | None:
    """Return what a measure costs a year; None where it is not known."""
    if outcome.invest is None or outcome.per_year is None:
        return None
    life, interest = (assumptions()[name].value for name in ("life_years", "interest"))
    once = zip(_cases(outcome.invest), _cases(life), _cases(interest), strict=True)
    return _sum(outcome.per_year, Band(*(annuity(*case) for case in once)))


def _sum(one: Band, other: Band) -> Band:
    return Band(one.low + other.low, one.mid + other.mid, one.high + other.high)


def ledger(evaluation: Evaluation) -> pl.DataFrame:
    """
    Return costs and what they bring as `LEDGER`; the last row, `balance`, is the sum of those above it.

    Low and high of the balance are bounds, all rows at their low or high at once, and no interval.
    """
    known = assumptions()
    pay = {
        line: MONTHS * (evaluation.effect.stable.total("gross_eur_month", *kinds) or 0.0) for line, kinds in PAY.items()
    }
    worked = pay["pay_newly_placed"] + pay["pay_displaced"]
    surplus, further = known["contributions_and_surplus"], known["further_value_added"]
    rows = [_row(line, [value] * 3, "modelled", MODELLED) for line, value in pay.items()]
    rows.append(
        _row("contributions_and_surplus", [worked * s for s in _cases(surplus.value)], "assumed", surplus.source)
    )
    more = [worked * (1 + s) * f for s, f in zip(_cases(surplus.value), _cases(further.value), strict=True)]
    rows.append(_row("further_value_added", more, "assumed", further.source))
    for payer, cost in yearly_costs(evaluation.measures, evaluation.changed.outcomes).items():
        rows.append(
            _row(f"costs_{payer}", None if cost is None else [-case for case in _cases(cost)], "assumed", COSTS)
        )
    frame = pl.DataFrame(rows, schema=LEDGER, orient="row")
    whole = frame.select(
        pl.lit("balance").alias("line"),
        *(
            pl.when(pl.col(case).null_count() == 0).then(pl.col(case).sum()).alias(case)
            for case in ("low", "mid", "high")
        ),
        pl.lit("assumed").alias("kind"),
        pl.lit("sum of the rows above").alias("source"),
    )
    return pl.concat([frame, whole])


def cost_per(evaluation: Evaluation) -> dict[str, Band | None]:
    """
    Return what one outcome costs, EUR a year; None where costs are not known or nothing is gained.

    Returns:
        By outcome: `newly_placed` (a person), `more_filled` (a post in addition) and `hours_week` (a weekly hour in addition).
    """
    cost, figures = yearly_cost(evaluation.measures, evaluation.changed.outcomes), evaluation.effect.figures()
    outcomes = ("newly_placed", "more_filled", "hours_week")
    return {name: _each(cost, figures[name]) for name in outcomes}


def purchasing_power(evaluation: Evaluation) -> pl.DataFrame:
    """
    Return what residents have to spend in addition, by municipality of the home.

    In a post that is net pay less the way to work; without one it is today's net income, which is assumed to go on (0 where it is not
    known). Costs of living, and what is spent elsewhere, are left out.

    Returns:
        `municipality` (null: not known), `people` for whom something changes, `eur_year`; sorted by municipality.
    """
    changes = evaluation.effect.stable
    people = pl.concat([_homes(state.related.region) for state in (evaluation.before, evaluation.after)]).unique(
        "person_id", keep="first", maintain_order=True
    )
    return (
        _incomes(changes)
        .join(people, on="person_id", how="left", maintain_order="left")
        .select(
            "municipality",
            eur_year=MONTHS * (pl.coalesce("after", "today", 0.0) - pl.coalesce("before", "today", 0.0)),
        )
        .group_by("municipality")
        .agg(pl.len().alias("people"), pl.col("eur_year").sum())
        .sort("municipality", nulls_last=True)
    )


def _incomes(changes: Changes) -> pl.DataFrame:
    """Return what people for whom something changes have left of their pay before and after, EUR a month."""
    return changes.people.select(
        "person_id",
        before=pl.col("net_eur_month") - pl.col("commute_eur_month"),
        after=pl.col("net_eur_month_after") - pl.col("commute_eur_month_after"),
    )


def _homes(region: Region) -> pl.DataFrame:
    people, zones = region.table("people"), region.table("zones")
    return people.join(zones, on="zone_id", how="left", maintain_order="left").select(
        "person_id", "municipality", today="net_today_eur_month"
    )


def _cases(band: Band) -> tuple[float, float, float]:
    return band.low, band.mid, band.high


def _each(cost: Band | None, count: float | None) -> Band | None:
    """Return the cost of each of so many."""
    return None if cost is None or count is None or count <= 0 else cost.times(1.0 / count)


def _row(line: str, values: Sequence[float] | None, kind: str, source: str) -> tuple[object, ...]:
    """Return a row whose least value comes first."""
    return line, *([None] * 3 if values is None else sorted(values)), kind, source
