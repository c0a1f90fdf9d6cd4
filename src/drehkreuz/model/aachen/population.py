# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Who looks for a path: how many of which group, and how occupation, age, sex, care, hours and car go together."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from drehkreuz.model.aachen.draw import Draws
from drehkreuz.model.aachen.joint import Conditional, Fitted, Margin, fit
from drehkreuz.model.core import Market

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

OCCUPATION, AGE, SEX, CARE, HOURS, CAR = range(6)
"""Axes of the joint distribution."""

SEXES: Final = ("f", "m")
CARES: Final = ("none", "preschool", "school")
NOTHING: Final = "none"
"""The pool of those who have no occupation yet."""
HOURS_WANTED: Final = ("full", "part")

DATA: Final = files("drehkreuz.model.aachen") / "data"


@cache
def assumed() -> dict[str, Any]:
    """Return what `population.toml` says."""
    return tomllib.loads((DATA / "population.toml").read_text(encoding="utf-8"))


@cache
def groups() -> pl.DataFrame:
    """Return the groups of people, one row each: how many there are, and how many a row of the sample stands for."""
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

    group: Ints
    occupation: Ints
    age: Ints
    sex: Ints
    care: Ints
    part_time: NDArray[np.bool_]
    car: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.group)


def rows_of(group: dict[str, Any], scale: float) -> int:
    """Return how many rows a group has at a scale."""
    return max(1, round(int(group["count"]) / int(group["weight"]) * scale))


def youngest(group: str, levels: Ints) -> Ints:
    """
    Return the youngest age in each occupation, for members of a group.

    Args:
        group: Name of the group; of some the occupation is only what they study for: then one age holds for all.
        levels: int64[o], Anforderungsniveau 1 to 4.
    """
    ages = assumed()["youngest"]
    return np.full(len(levels), ages[group]) if group in ages else np.array(ages["level"])[levels - 1]


def joint(group: str, occupations: Floats, market: Market, levels: Ints) -> Fitted:
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
    return fit(_seed(occupations, market, youngest(group, levels)), asked(group, occupations, market))


def asked(group: str, occupations: Floats, market: Market) -> list[Margin | Conditional]:
    """Return what is asked of the joint distribution of a group, from `population.toml` and the market."""
    facts = assumed()
    women = _with_odds(market.numbers("women_share"), facts["women_odds"].get(group, 1.0))
    by_sex = occupations[:, None] * np.stack([women, 1 - women], axis=1)
    part_time = [_pairs(facts["part_time"][sex], facts["part_time_odds"].get(group, 1.0)) for sex in SEXES]
    car = [_pairs(facts["car"][sex], facts["car_odds"].get(group, 1.0)) for sex in SEXES]
    return [
        Conditional((AGE, SEX), CARE, _care(group)),
        Conditional((SEX, CARE), HOURS, np.stack(part_time)),
        Conditional((AGE, SEX), CAR, np.stack(car, axis=1)),
        Margin((AGE,), np.array(facts["age"][group])),
        Margin((OCCUPATION, SEX), by_sex),
    ]


YEARS_IN_BAND: Final = 2
"""Years of an age band in which an occupation must be possible at least, or nobody of that band is in it."""
LEAST_SHARE: Final = 0.05
"""Share of an occupation that may want part-time, or full-time, at least: the seed rules nothing out."""


def _seed(occupations: Floats, market: Market, first_age: Ints) -> Floats:
    """Return the seed: which occupations grey, in which part-time is usual, and what cannot be."""
    facts = assumed()
    old = np.array([first >= facts["old_from"] for first, _ in facts["ages"]])
    over_45 = market.numbers("over_45_share")[:, None]
    by_age = np.where(old, over_45, 1 - over_45)
    by_age *= np.array([last for _, last in facts["ages"]]) >= first_age[:, None] + YEARS_IN_BAND
    part = LEAST_SHARE + (1 - 2 * LEAST_SHARE) * market.numbers("part_time_share")
    by_hours = np.stack([1 - part, part], axis=1)
    shape = (len(occupations), len(facts["ages"]), len(SEXES), len(CARES), len(HOURS_WANTED), 2)
    seed = (occupations[:, None] * by_age)[:, :, None, None, None, None] * by_hours[:, None, None, None, :, None]
    return np.array(np.broadcast_to(seed, shape))


def _care(group: str) -> Floats:
    """Return the shares of care by age band and sex, [ages, sexes, cares]."""
    facts = assumed()
    shares = np.stack([np.array(facts["care"][sex]) for sex in SEXES], axis=1)
    shares[..., 1:] *= facts["care_odds"].get(group, 1.0)
    return np.asarray(shares / shares.sum(axis=-1, keepdims=True))


def _with_odds(shares: ArrayLike, odds: float) -> Floats:
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

    Pools are typed in `pools.csv`, or follow from the market: who looks (`seekers`), who works part-time (`part_time`),
    who works in an occupation that shrinks (`shrinking`).

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


def sample(scale: float, draws: Draws, market: Market, levels: Ints, outlook: list[str]) -> Sample:
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
    group, occupation, age, sex, care, part_time, car = np.concatenate(parts, axis=1)
    return Sample(group, occupation, age, sex, care, part_time.astype(bool), car.astype(bool))


def occupations_of(group: dict[str, Any], market: Market, outlook: list[str]) -> Floats:
    """Return the occupations of a group, float64[o]; of a group without, all alike: they decide nothing."""
    if group["pool"] == NOTHING:
        return np.full(len(outlook), 1 / len(outlook))
    return pool(group["pool"], market, outlook)


def _draw(
    i: int, group: dict[str, Any], rows: int, draws: Draws, market: Market, levels: Ints, outlook: list[str]
) -> Ints:
    """Return int64[7, rows]: the columns of `Sample`."""
    shares = joint(group["group"], occupations_of(group, market, outlook), market, levels).shares
    nothing = group["pool"] == NOTHING
    if nothing:
        shares = shares.sum(axis=OCCUPATION, keepdims=True)
    counts = draws.stream(f"people of {group['group']}").apportion(shares.ravel(), rows)
    cells = np.stack(np.unravel_index(np.repeat(np.arange(counts.size), counts), shares.shape))
    if nothing:
        cells[OCCUPATION] = -1
    return np.concatenate([np.full((1, rows), i), cells])
