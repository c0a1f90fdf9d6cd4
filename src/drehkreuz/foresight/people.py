# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""People by year: a cohort of each year of age grows older, moves, dies, enters the labour force, learns and retires."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drehkreuz.foresight.assumptions import N_LEVELS, Ages, Levels
from drehkreuz.foresight.grain import grained, split

MOVING: Final = (18, 39)
"""First and last age at which people move here or away on balance; assumed."""

OLDER: Final = 60
"""Age from which `older_at_work` counts."""

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class People:
    """
    People by year and municipality.

    Attributes:
        by_name: Quantities of `drehkreuz.foresight.quantities` by name, each float64[years, m], multiples of a 1,024th.
        levels: Labour force by level, float64[years, m, 4].
        level_flows: Flows between levels by name: `entrants`, `moved`, `left`, `learned_in`, `learned_out`, as `levels`.
    """

    by_name: dict[str, Array]
    levels: Array
    level_flows: dict[str, Array]


def people(residents: Array, ages: Ages, levels: Levels, assumed: dict[str, float], n_years: int) -> People:
    """
    Return the people of each year: the classic cohort-component method, without births, which come too late to matter.

    In a year people die, grow a year older, and then move. The labour force is a share of each year of age; what a cohort's
    labour force gains below `retire_from` are entrants, what it loses from then on retires.

    Args:
        residents: People of any age by municipality in the first year, float64[m].
        ages: Shares by age.
        levels: Shares by level of work.
        assumed: The values of a variant.
        n_years: Years, the first among them; at most the age at which working age begins, and one.

    Source:
        Smith, Tayman, Swanson: State and Local Population Projections. Springer 2001, chapter 3.
    """
    at_work = ages.by_age("at_work").copy()
    at_work[OLDER:] = np.minimum(1.0, at_work[OLDER:] * assumed["older_at_work"])
    die = ages.by_age("die")
    there = grained(residents[:, None] * ages.by_age("residents"))
    force = grained(there * at_work)
    first = slice(ages.working_from, None)
    years: list[dict[str, Array]] = [{"working_age": there[:, first].sum(axis=1), "labour_force": force.sum(axis=1)}]
    for _ in range(1, n_years):
        died, force_died = grained(there * die), grained(force * die)
        older, force_older = _a_year_on(there - died), _a_year_on(force - force_died)
        moved = _moved(older, ages.working_from, assumed["moved_per_1000"])
        force_moved = grained(moved * at_work)
        now = older + moved
        force_now = grained(now * at_work)
        changed = force_now - force_older - force_moved
        out = (there - died)[:, -1]
        force_out = (force - force_died)[:, -1]
        years.append(
            {
                "working_age": now[:, first].sum(axis=1),
                "came_of_age": older[:, ages.working_from],
                "moved": moved.sum(axis=1),
                "died": died[:, first].sum(axis=1),
                "pension_age": out,
                "labour_force": force_now.sum(axis=1),
                "entrants": changed[:, : ages.retire_from].sum(axis=1),
                "labour_moved": force_moved.sum(axis=1),
                "labour_died": force_died.sum(axis=1),
                "retirements": force_out - changed[:, ages.retire_from :].sum(axis=1),
            }
        )
        there, force = now, force_now
    nothing = np.zeros(len(residents))
    by_name = {name: np.stack([year.get(name, nothing) for year in years]) for name in years[-1]}
    stocks, flows = _levels(by_name, levels, assumed)
    return People(by_name | {"learned": flows["learned_out"].sum(axis=2)}, stocks, flows)


def _a_year_on(by_age: Array) -> Array:
    """Return people a year later; nobody is born, and the oldest are no longer counted."""
    return np.concatenate([np.zeros((len(by_age), 1)), by_age[:, :-1]], axis=1)


def _moved(there: Array, working_from: int, per_1000: float) -> Array:
    """Return who moved here by age: in proportion to the residents of the ages at which people move."""
    moving = np.zeros_like(there)
    some = slice(MOVING[0], MOVING[1] + 1)
    total = there[:, some].sum(axis=1, keepdims=True)
    share = np.divide(there[:, some], total, out=np.zeros_like(there[:, some]), where=total > 0)
    moving[:, some] = grained(share * there[:, working_from:].sum(axis=1, keepdims=True) * per_1000 / 1000)
    return moving


def _levels(by_name: dict[str, Array], levels: Levels, assumed: dict[str, float]) -> tuple[Array, dict[str, Array]]:
    """Return the labour force by level, and what changed it: who leaves or moves has the levels of those who are there."""
    n_years, n = by_name["labour_force"].shape
    today, entering = np.asarray(levels.today), np.asarray(levels.entrants)
    rates = np.asarray([*(assumed[f"learned_{level}"] for level in range(1, N_LEVELS)), 0.0])
    stocks = np.zeros((n_years, n, N_LEVELS))
    flows = {name: np.zeros_like(stocks) for name in ("entrants", "moved", "left", "learned_in", "learned_out")}
    stocks[0] = split(by_name["labour_force"][0], today)
    for t in range(1, n_years):
        force = by_name["labour_force"][t - 1][:, None]
        shares = np.divide(stocks[t - 1], force, out=np.tile(today, (n, 1)), where=force > 0)
        out = grained(stocks[t - 1] * rates)
        flows["learned_out"][t] = out
        flows["learned_in"][t, :, 1:] = out[:, :-1]
        flows["entrants"][t] = split(by_name["entrants"][t], entering)
        flows["moved"][t] = split(by_name["labour_moved"][t], shares)
        flows["left"][t] = split(by_name["retirements"][t] + by_name["labour_died"][t], shares)
        stocks[t] = (
            stocks[t - 1] + flows["entrants"][t] + flows["moved"][t] - flows["left"][t] + flows["learned_in"][t] - out
        )
    return stocks, flows
