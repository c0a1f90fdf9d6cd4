# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Who looks for a path: how many of which group, and their joint distribution of occupation, age, sex, care, hours and car."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.model.aachen.draw import Draws
from drehkreuz.model.aachen.joint import Conditional, Fitted, Margin, fit
from drehkreuz.model.core import Market

Floats = NDArray[np.float64]

OCCUPATION, AGE, SEX, CARE, HOURS, CAR = range(6)
"""Axes of the joint distribution."""

SEXES: Final = ("f", "m")
CARES: Final = ("none", "preschool", "school")
HOURS_WANTED: Final = ("full", "part")

DATA: Final = files("drehkreuz.model.aachen") / "data"


@cache
def assumed() -> dict[str, Any]:
    """Return what `population.toml` says."""
    return tomllib.loads((DATA / "population.toml").read_text(encoding="utf-8"))


@cache
def groups() -> pl.DataFrame:
    """Return the groups of people, one row each, with how many there are and how many each row of the sample stands for."""
    types = {"count": pl.Int64, "weight": pl.Int64, "ring_share": pl.Float64}
    return pl.read_csv((DATA / "groups.csv").read_bytes(), schema_overrides=types)


@dataclass(frozen=True, slots=True)
class Sample:
    """
    People drawn, one row each, ordered by group, occupation, age, sex, care, hours, car.

    Attributes:
        group: int64[n], row of `groups`.
        occupation: int64[n], row of the market, -1 for none.
        age: int64[n], age band.
        sex: int64[n], row of `SEXES`.
        care: int64[n], row of `CARES`.
        part_time: bool[n], wants part-time.
        car: bool[n], has a car for the way to work.
    """

    group: NDArray[np.int64]
    occupation: NDArray[np.int64]
    age: NDArray[np.int64]
    sex: NDArray[np.int64]
    care: NDArray[np.int64]
    part_time: NDArray[np.bool_]
    car: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.group)


def rows_of(group: dict[str, Any], scale: float) -> int:
    """Return how many rows a group has at a scale."""
    return max(1, round(group["count"] / group["weight"] * scale))


def joint(group: str, occupations: Floats, market: Market, levels: NDArray[np.int64]) -> Fitted:
    """
    Fit the joint distribution of a group.

    Args:
        group: Name of the group.
        occupations: float64[o], share of each occupation.
        market: Figures of the occupations.
        levels: int64[o], Anforderungsniveau 1 to 4.

    Returns:
        Shares of shape [o, ages, sexes, cares, 2 (full, part), 2 (no car, car)].
    """
    facts = assumed()
    women = _with_odds(market.numbers("women_share"), facts["women_odds"].get(group, 1.0))
    by_sex = occupations[:, None] * np.stack([women, 1 - women], axis=1)
    ages = np.array(facts["age"][group])
    care = _care(group)
    part_time = np.stack([_pairs(facts["part_time"][sex], facts["part_time_odds"].get(group, 1.0)) for sex in SEXES])
    car = np.stack([_pairs(facts["car"][sex], facts["car_odds"].get(group, 1.0)) for sex in SEXES], axis=1)
    return fit(
        _seed(occupations, market, levels),
        [
            Conditional((AGE, SEX), CARE, care),
            Conditional((SEX, CARE), HOURS, part_time),
            Conditional((AGE, SEX), CAR, car),
            Margin((AGE,), ages),
            Margin((OCCUPATION, SEX), by_sex),
        ],
    )


def _seed(occupations: Floats, market: Market, levels: NDArray[np.int64]) -> Floats:
    """Return the seed: which occupations grey, in which part-time is usual, and what cannot be."""
    facts = assumed()
    old = np.array([first >= 45 for first, _ in facts["ages"]])  # noqa: PLR2004  # the age of the column's name
    over_45 = market.numbers("over_45_share")[:, None]
    by_age = np.where(old, over_45, 1 - over_45)
    youngest = np.array(facts["youngest"]["level"])[levels - 1]
    by_age *= np.array([last for _, last in facts["ages"]]) >= youngest[:, None] + 2
    part = market.numbers("part_time_share")[:, None]
    by_hours = np.concatenate([1 - part, part], axis=1) * 0.9 + 0.05
    return np.asarray(
        (occupations[:, None] * by_age)[:, :, None, None, None, None]
        * np.ones((1, 1, len(SEXES), len(CARES), 1, 1))
        * by_hours[:, None, None, None, :, None]
        * np.ones(2)
    )


def _care(group: str) -> Floats:
    """Return the shares of care by age band and sex, [ages, sexes, cares]."""
    facts = assumed()
    shares = np.stack([np.array(facts["care"][sex]) for sex in SEXES], axis=1)
    shares[..., 1:] *= facts["care_odds"].get(group, 1.0)
    return np.asarray(shares / shares.sum(axis=-1, keepdims=True))


def _with_odds(shares: Any, odds: float) -> Floats:  # noqa: ANN401  # anything array-like
    share = np.asarray(shares, dtype=np.float64)
    return np.asarray(share * odds / (share * odds + 1 - share))


def _pairs(shares: list[float], odds: float) -> Floats:
    """Return [n, 2]: share without and with."""
    yes = _with_odds(shares, odds)
    return np.stack([1 - yes, yes], axis=-1)


@cache
def _pools() -> dict[str, dict[str, float]]:
    frame = pl.read_csv((DATA / "pools.csv").read_bytes())
    return {pool: dict(part.select("occupation_id", "share").iter_rows()) for (pool,), part in frame.group_by("pool")}


def pool(name: str, market: Market, outlook: list[str]) -> Floats:
    """
    Return the occupations of a pool, float64[o] summing to 1.

    Pools are typed in `pools.csv`, or follow from the market: who looks (`seekers`), who works part-time (`part_time`), who
    works in an occupation that shrinks (`shrinking`).

    Raises:
        KeyError: If a pool names an occupation that is not there.
    """
    employed = market.numbers("employed_per_10000")
    if name == "seekers":
        weights = employed * market.numbers("openings_per_1000") * market.numbers("seekers_per_opening")
    elif name == "part_time":
        weights = employed * market.numbers("part_time_share")
    elif name == "shrinking":
        weights = employed * np.array([each == "shrinking" for each in outlook])
    else:
        weights = np.zeros(len(employed))
        row = {occupation: i for i, occupation in enumerate(market.occupation_ids)}
        for occupation, share in _pools()[name].items():
            weights[row[occupation]] = share
    return np.asarray(weights / weights.sum())


def sample(scale: float, draws: Draws, market: Market, levels: NDArray[np.int64], outlook: list[str]) -> Sample:
    """
    Draw the people of all groups.

    Args:
        scale: Rows against full scale.
        draws: Where chance comes from.
        market: Figures of the occupations.
        levels: int64[o], Anforderungsniveau.
        outlook: Outlook of each occupation.
    """
    parts = [
        _draw(i, group, rows_of(group, scale), draws, market, levels, outlook)
        for i, group in enumerate(groups().iter_rows(named=True))
    ]
    columns = np.concatenate(parts, axis=1)
    return Sample(*columns[:5], columns[5].astype(bool), columns[6].astype(bool))


def _draw(
    i: int,
    group: dict[str, Any],
    rows: int,
    draws: Draws,
    market: Market,
    levels: NDArray[np.int64],
    outlook: list[str],
) -> NDArray[np.int64]:
    """Return int64[7, rows]: the columns of `Sample`."""
    nothing = group["pool"] == "none"
    occupations = np.full(len(levels), 1 / len(levels)) if nothing else pool(group["pool"], market, outlook)
    fitted = joint(group["group"], occupations, market, np.ones_like(levels) if nothing else levels)
    counts = draws.stream(f"people of {group['group']}").apportion(fitted.shares.ravel(), rows)
    cells = np.stack(np.unravel_index(np.repeat(np.arange(counts.size), counts), fitted.shares.shape))
    if nothing:
        cells[OCCUPATION] = -1
    return np.concatenate([np.full((1, rows), i), cells])
