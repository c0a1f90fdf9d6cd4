# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How sure an effect is: the same comparison in many worlds, each with its own people, posts, chances, uptake and costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import polars as pl

from drehkreuz.measures import Band, Draw, Measure
from drehkreuz.measures.paired.effect import Cleared
from drehkreuz.measures.paired.evaluation import Evaluation, Evaluator
from drehkreuz.measures.paired.ledger import yearly_cost
from drehkreuz.progress import SILENT, Progress, track

TOO_WIDE: Final = 3.0
"""A cost per outcome is too uncertain to rank if its p90 is more than so many times its p10."""

OUTCOMES: Final = ("newly_placed", "more_filled", "hours_week")
"""Outcomes that costs are told for."""

SUMMARY: Final = pl.Schema({"figure": pl.String, "p10": pl.Float64, "p50": pl.Float64, "p90": pl.Float64})


@dataclass(frozen=True, slots=True)
class World:
    """
    One world: who lives there, which posts are open, who takes part, how many, at what cost.

    Attributes:
        resample: Seed of the bootstrap of people and posts; None: each counts once.
        chance: Seed of who takes part.
        uptake: Quantile of uptake, 0 to 1.
        cost: Quantile of costs, 0 to 1.
        ties: What ties are broken by.
    """

    resample: int | None = None
    chance: int = 0
    uptake: float = 0.5
    cost: float = 0.5
    ties: int = 0

    @classmethod
    def drawn(cls, number: int) -> World:
        """Return world n; it is the same for all measures, and in n worlds uptake and costs each go evenly through their range."""
        uptake, cost = (float(value) for value in (np.array([0.5, 0.5]) + number * STEPS) % 1.0)
        return cls(resample=number, chance=number, uptake=uptake, cost=cost, ties=number)


STEPS: Final = np.array([0.7548776662466927, 0.5698402909980532])
"""
Step of the additive sequence that fills the unit square evenly: 1/g and 1/g², g³ = g + 1.

Source: Roberts: The unreasonable effectiveness of quasirandom sequences (2018).
"""


class Interval(NamedTuple):
    """The tenth, fiftieth and ninetieth hundredth of a figure over all worlds."""

    p10: float
    p50: float
    p90: float


class Swing(NamedTuple):
    """How far a figure goes if one thing alone goes from low to high, the others staying in the middle."""

    driver: str
    low: float
    high: float

    @property
    def width(self) -> float:
        """How far apart both ends are."""
        return abs(self.high - self.low)


@dataclass(frozen=True, slots=True)
class Replicates:
    """
    The figures of several scenarios in the same worlds.

    Attributes:
        worlds: The worlds.
        figures: Of each scenario, figure name → float64[worlds], NaN where not known in a world.
    """

    worlds: tuple[World, ...]
    figures: tuple[Mapping[str, np.ndarray[tuple[int], np.dtype[np.float64]]], ...]

    def interval(self, scenario: int, figure: str) -> Interval | None:
        """Return the interval of a figure; None where it is not known in every world."""
        values = self.figures[scenario][figure]
        return None if np.isnan(values).any() else Interval(*np.quantile(values, (0.1, 0.5, 0.9)).tolist())

    def summary(self, scenario: int) -> pl.DataFrame:
        """Return the interval of every figure, `SUMMARY`."""
        rows = [(name, *(self.interval(scenario, name) or (None, None, None))) for name in self.figures[scenario]]
        return pl.DataFrame(rows, schema=SUMMARY, orient="row")

    def cost_per(self, scenario: int, outcome: str) -> Interval | None:
        """
        Return what one outcome costs, EUR a year; None: too uncertain to rank.

        That is so where costs are not known, where in more than a tenth of the worlds nothing is gained, or where p90 is more than
        `TOO_WIDE` times p10. Worlds in which nothing is gained count as infinitely dear.
        """
        cost, gained = (self.figures[scenario][name] for name in ("cost_eur_year", outcome))
        if np.isnan(cost).any() or np.isnan(gained).any():
            return None
        each = np.divide(cost, gained, out=np.full(len(cost), np.inf), where=gained > 0)
        found = Interval(*np.quantile(each, (0.1, 0.5, 0.9), method="nearest").tolist())
        return found if np.isfinite(found.p90) and found.p90 <= TOO_WIDE * found.p10 else None

    def better(self, one: int, other: int, figure: str) -> float | None:
        """Return the share of worlds in which a figure of one scenario is greater than of another, ties counting half."""
        a, b = self.figures[one][figure], self.figures[other][figure]
        if np.isnan(a).any() or np.isnan(b).any():
            return None
        return float(np.mean(np.where(a == b, 0.5, a > b)))


def replicates(
    evaluator: Evaluator, scenarios: Sequence[Sequence[Measure]], n: int, progress: Progress = SILENT
) -> Replicates:
    """
    Evaluate scenarios in n worlds, each in the same ones.

    Args:
        evaluator: The region.
        scenarios: The measures of each.
        n: Worlds.
        progress: Told of every world.
    """
    worlds = tuple(World.drawn(number) for number in range(n))
    rows: list[list[dict[str, float]]] = [[] for _ in scenarios]
    for world in track(worlds, "scenario.worlds", progress):
        before = evaluator.baseline(seed=world.ties, resample=world.resample)
        for found, measures in zip(rows, scenarios, strict=True):
            found.append(in_world(evaluator, before, measures, world))
    return Replicates(worlds, tuple(_columns(found) for found in rows))


def in_world(evaluator: Evaluator, before: Cleared, measures: Sequence[Measure], world: World) -> dict[str, float]:
    """Return the figures of measures in a world, with `cost_eur_year`; NaN where not known."""
    evaluation = evaluator.evaluate(before, measures, Draw(world.chance, world.uptake))
    return figures(evaluation, world.cost)


def figures(evaluation: Evaluation, cost: float = 0.5) -> dict[str, float]:
    """Return the figures of an evaluation, with `cost_eur_year` at a quantile of costs; NaN where not known."""
    found = {
        name: float("nan") if value is None else float(value) for name, value in evaluation.effect.figures().items()
    }
    return found | {"cost_eur_year": _at(yearly_cost(evaluation.measures, evaluation.changed.outcomes), cost)}


def swings(
    evaluator: Evaluator, measures: Sequence[Measure], figure: str, n: int = 5, progress: Progress = SILENT
) -> list[Swing]:
    """
    Return what makes a figure uncertain, the strongest first: one thing is changed at a time, the others stay in the middle.

    `uptake` goes through its range, `chance` is who takes part, `people` who lives there and what is open, `ties` who comes first among equals. Of the
    last three the least and the greatest figure of n draws are taken.

    Args:
        evaluator: The region.
        measures: The measures.
        figure: Name of a figure of `Effect.figures`.
        n: Draws of chance, people and ties.
        progress: Told of every driver.
    """
    draws = range(1, n + 1)
    tried = {
        "uptake": [World(uptake=0.0), World(uptake=1.0)],
        "chance": [World(chance=number) for number in draws],
        "people": [World(resample=number) for number in draws],
        "ties": [World(ties=number) for number in draws],
    }
    found = []
    for driver, worlds in track(list(tried.items()), "scenario.drivers", progress):
        values = []
        for world in worlds:
            before = evaluator.baseline(seed=world.ties, resample=world.resample)
            values.append(in_world(evaluator, before, measures, world)[figure])
        low, high = (values[0], values[-1]) if driver == "uptake" else (min(values), max(values))
        found.append(Swing(driver, low, high))
    return sorted(found, key=lambda swing: -swing.width)


def _columns(rows: Sequence[Mapping[str, float]]) -> dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    names = rows[0] if rows else {}
    return {name: np.array([row[name] for row in rows], dtype=np.float64) for name in names}


def _at(cost: Band | None, quantile: float) -> float:
    return float("nan") if cost is None else cost.at(quantile)
