# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Where people live: a 1 km grid, shared out among settlements, with the people of each municipality spread over it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.spatial import KDTree

from drehkreuz.model.aachen.plane import AACHEN, KM, KM_EAST

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Spread:
    """
    How people are spread around settlements; all values are assumed.

    No open grid of residents covers the three countries under one licence that may be shipped. The form is Clark's, the
    values were chosen so that town centres reach the known order of density (Aachen about 7,000, a village about 2,500
    people per km²) and that inhabited cells cover about as much land as in the German census grid.

    Attributes:
        land_km: Land farther than this from every settlement belongs to no municipality of the map.
        home_km: Nobody lives farther than this from every settlement of the municipality.
        core_density: People per km² in the middle of a settlement of 1,000.
        core_growth: The density in the middle grows with this power of the settlement's people.
        rural_density: People per km² on farms and along roads, beside a settlement.
        rural_km: Over this distance the rural density falls to a third.
        rounds: Rounds of fitting the municipalities' areas.
        pull_km2: Bound on a municipality's weight in the fit, so that no settlement loses its own cell to it.
        samples: Points a side at which the density of a cell is read.
    """

    land_km: float = 5.0
    home_km: float = 2.6
    core_density: float = 2500.0
    core_growth: float = 0.2
    rural_density: float = 15.0
    rural_km: float = 1.2
    rounds: int = 40
    pull_km2: float = 3.0
    samples: int = 4


SPREAD: Final = Spread()


def to_km(lat: Floats, lon: Floats) -> Floats:
    """
    Return float64[n, 2], km east and north of Aachen, on the flat map that `plane` describes.

    The map is equirectangular: one degree of longitude is as long everywhere as at Aachen, wrong by 1 % at the edges.
    """
    return np.column_stack([(lon - AACHEN[1]) * KM_EAST, (lat - AACHEN[0]) * KM])


def to_degrees(km: Floats) -> tuple[Floats, Floats]:
    """Return latitude and longitude of points [n, 2] on the flat map, six digits."""
    return np.round(km[:, 1] / KM + AACHEN[0], 6), np.round(km[:, 0] / KM_EAST + AACHEN[1], 6)


def land(settlements: pl.DataFrame, municipalities: pl.DataFrame, spread: Spread = SPREAD) -> pl.DataFrame:
    """
    Share the 1 km grid out among the settlements.

    A power diagram: a cell goes to the settlement with the smallest squared distance less the weight of its municipality,
    and the weights are fitted so that every municipality gets about the area it has. Schematic: rivers, forests and
    the true boundaries are unknown to it. A cell that a settlement lies in belongs to that settlement's municipality,
    of several to the most populous one's.

    Args:
        settlements: Rows with `municipality`, `lat`, `lon`, `population`.
        municipalities: Rows with `municipality` and `area_km2`.
        spread: Assumptions.

    Returns:
        One row per cell within `land_km` of a settlement: `column`, `row` (km east and north of Aachen, whole numbers,
        south-western corner), `settlement` (row position of the municipality's nearest), `km` (distance to it).

    Source:
        Aurenhammer, Hoffmann, Aronov: Minkowski-type theorems and least-squares clustering. Algorithmica 20 (1998).
    """
    sites = to_km(settlements["lat"].to_numpy(), settlements["lon"].to_numpy())
    owner = _positions(settlements["municipality"], municipalities["municipality"])
    low, high = np.floor(sites.min(axis=0) - spread.land_km), np.ceil(sites.max(axis=0) + spread.land_km)
    corner = np.stack(np.meshgrid(*(np.arange(a, b) for a, b in zip(low, high, strict=True))), axis=-1).reshape(-1, 2)
    nearby = KDTree(sites).query(corner + 0.5, k=min(24, len(sites)), distance_upper_bound=spread.land_km)
    apart, near = (np.asarray(found) for found in nearby)
    reached = np.isfinite(apart[:, 0])
    corner, apart, near = corner[reached], apart[reached], near[reached]
    near_owner = np.append(owner, -1)[near]

    chosen = _power_diagram(apart, near_owner, municipalities["area_km2"].to_numpy(), spread)
    chosen = _own_ground(chosen, corner, sites, owner, settlements["population"].to_numpy())
    first = np.argmax(near_owner == chosen[:, None], axis=1)
    rows = np.arange(len(corner))
    return pl.DataFrame(
        {
            "column": corner[:, 0].astype(np.int64),
            "row": corner[:, 1].astype(np.int64),
            "settlement": near[rows, first].astype(np.int64),
            "km": np.round(apart[rows, first], 3),
        }
    )


def _positions(keys: pl.Series, of: pl.Series) -> Ints:
    found = keys.replace_strict(of, pl.Series(range(len(of))), return_dtype=pl.Int64)
    return found.to_numpy()


def _power_diagram(apart: Floats, near_owner: Ints, target: Floats, spread: Spread) -> Ints:
    """Return the municipality of each cell, given the distances to its nearest settlements and whose they are."""
    weight = np.zeros(len(target) + 1)  # the last is nobody's: a neighbour beyond the bound
    rows = np.arange(len(apart))
    chosen = near_owner[:, 0]
    for _ in range(spread.rounds):
        missing = target - np.bincount(chosen, minlength=len(target))
        weight[:-1] = np.clip(weight[:-1] + 0.3 * missing / np.sqrt(target), -spread.pull_km2, spread.pull_km2)
        chosen = near_owner[rows, np.argmin(apart**2 - weight[near_owner], axis=1)]
    return chosen


def _own_ground(chosen: Ints, corner: Floats, sites: Floats, owner: Ints, population: Ints) -> Ints:
    """Give every cell that a settlement lies in to the municipality of the most populous settlement in it."""
    order = np.lexsort((np.arange(len(sites)), population))  # written in rising order, so the largest stays
    at = {(int(x), int(y)): i for i, (x, y) in enumerate(corner)}
    cell = np.array([at[int(x), int(y)] for x, y in np.floor(sites[order])], dtype=np.int64)
    chosen = chosen.copy()
    chosen[cell] = owner[order]
    return chosen


def cells(
    ground: pl.DataFrame, settlements: pl.DataFrame, municipalities: pl.DataFrame, spread: Spread = SPREAD
) -> pl.DataFrame:
    """
    Spread the people of each municipality over its cells.

    Around each settlement the density falls exponentially from its middle; farms add a little up to `home_km`. Whole
    numbers by largest remainder, so that they sum to the municipality's people; cells without people are left out.

    Args:
        ground: As `land` returns it.
        settlements: Rows with `settlement_id`, `name`, `municipality`, `country`, `lat`, `lon`, `population`.
        municipalities: Rows with `municipality` and `population`.
        spread: Assumptions.

    Returns:
        Columns of table `zones` but `zone_id`, and `settlement_id`; in order from north to south, west to east.

    Source:
        Clark: Urban population densities. Journal of the Royal Statistical Society A 114 (1951).
    """
    ground = ground.sort("row", "column", descending=[True, False])
    corner = ground.select("column", "row").to_numpy().astype(np.float64)
    nearest = ground["settlement"].to_numpy()
    owner = _positions(settlements["municipality"], municipalities["municipality"])
    weight = _density(corner, owner[nearest], settlements, owner, spread)
    km = ground["km"].to_numpy()
    weight = np.where(km <= spread.home_km, weight + spread.rural_density * np.exp(-km / spread.rural_km), 0.0)
    people = _share_out(weight, owner[nearest], municipalities["population"].to_numpy())

    lat, lon = to_degrees(corner + 0.5)
    of_cell = settlements[nearest].select("name", "municipality", "country", "settlement_id")
    return of_cell.with_columns(
        name=pl.Series(_names(corner, nearest, settlements)),
        lat=pl.Series(lat),
        lon=pl.Series(lon),
        population=pl.Series(people),
    ).filter(pl.col("population") > 0)


def _density(corner: Floats, owner_of_cell: Ints, settlements: pl.DataFrame, owner: Ints, spread: Spread) -> Floats:
    """Return the people that settlements of the cell's own municipality put into each cell, before scaling."""
    n = spread.samples
    offset = (np.stack(np.meshgrid(np.arange(n), np.arange(n)), axis=-1).reshape(-1, 2) + 0.5) / n
    points = (corner[:, None, :] + offset).reshape(-1, 2)
    tree = KDTree(points)
    sites = to_km(settlements["lat"].to_numpy(), settlements["lon"].to_numpy())
    people = settlements["population"].to_numpy().astype(np.float64)
    middle = spread.core_density * (people / 1000) ** spread.core_growth
    scale = np.sqrt(people / (2 * np.pi * middle))
    weight = np.zeros(len(corner))
    for s in range(len(sites)):
        within = np.sort(np.asarray(tree.query_ball_point(sites[s], 6 * scale[s] + 0.5), dtype=np.int64))
        cell = within // (n * n)
        here = owner_of_cell[cell] == owner[s]
        falling = np.exp(-np.hypot(*(points[within[here]] - sites[s]).T) / scale[s])
        if falling.size and falling.sum() > 0:
            weight += np.bincount(cell[here], weights=people[s] * falling / falling.sum(), minlength=len(corner))
    return weight


def _share_out(weight: Floats, owner: Ints, total: Ints) -> Ints:
    """Return whole numbers per cell that sum to each municipality's total, by largest remainder; ties by position."""
    exact = weight * (total / np.bincount(owner, weights=weight, minlength=len(total)))[owner]
    whole = np.floor(exact).astype(np.int64)
    left = total - np.bincount(owner, weights=whole, minlength=len(total)).astype(np.int64)
    order = np.lexsort((np.arange(len(weight)), -np.round(exact - whole, 9), owner))
    start = np.searchsorted(owner[order], np.arange(len(total)))
    rank = np.empty(len(weight), dtype=np.int64)
    rank[order] = np.arange(len(weight)) - start[owner[order]]
    return whole + (rank < left[owner])


_WINDS: Final = ("O", "NO", "N", "NW", "W", "SW", "S", "SO")


def _names(corner: Floats, nearest: Ints, settlements: pl.DataFrame) -> list[str]:
    """Return `Inden` for the cell that Inden lies in, `Inden, 2 km NO` for others; winds as in German, O is east."""
    sites = np.floor(to_km(settlements["lat"].to_numpy(), settlements["lon"].to_numpy()))
    offset = corner - sites[nearest]
    km = np.maximum(np.round(np.hypot(*offset.T)), 1).astype(np.int64)
    wind = np.round(np.arctan2(offset[:, 1], offset[:, 0]) / (np.pi / 4)).astype(np.int64) % 8
    name = settlements["name"].to_list()
    return [
        name[s] if not (dx or dy) else f"{name[s]}, {far} km {_WINDS[w]}"
        for s, (dx, dy), far, w in zip(nearest.tolist(), offset.tolist(), km.tolist(), wind.tolist(), strict=True)
    ]
