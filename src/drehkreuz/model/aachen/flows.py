# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Table `commuting`: who works where today, by a gravity model fitted to the usual way to work."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.model.aachen.area import Area
from drehkreuz.model.aachen.plane import KM, KM_EAST
from drehkreuz.region import TABLES

Floats = NDArray[np.float64]

EMPLOYED: Final = 0.41
"""Employees by residence for each resident; assumed, the order of the employment statistics."""
DETOUR: Final = 1.3
"""Kilometres of road for one as the crow flies; assumed."""
MEDIAN_KM: Final = 11.0
"""Median way to work of the study area's residents that the decay is fitted to; order of the commuting statistics."""
ACROSS_BORDER: Final = 0.1
"""Pull of a job in another country against one as far in one's own; assumed: language and insurance keep it small."""
STEPS: Final = 24
"""Bisections of the decay: its eighth digit no longer matters."""
ROUNDS: Final = 60
"""Rounds of balancing; residents and jobs are then met to a millionth."""


def commuting(area: Area) -> pl.DataFrame:
    """
    Return the flows between all municipalities, rounded to whole people.

    Residents and the study area's jobs are kept; jobs around it are scaled so that each country has as many as
    residents at work, for some are filled from beyond the map. The pull of a job falls exponentially with the root of the
    distance, as short ways are many and long ones not rare; its decay is found by bisection so that the study area's
    median way is `MEDIAN_KM`.

    Source:
        Wilson: A statistical theory of spatial distribution models. Transportation Research 1 (1967).
    """
    towns = area.municipalities.sort("municipality")
    countries, study = towns["country"].to_numpy(), towns["study_area"].to_numpy()
    home = towns["population"].to_numpy() * EMPLOYED
    work = _jobs(towns, home)
    km = distances(area, towns)
    border = np.where(countries[:, None] == countries, 1.0, ACROSS_BORDER)
    low, high, flows = 0.1, 4.0, np.zeros_like(km)
    for _ in range(STEPS):
        decay = (low + high) / 2
        flows = _balanced(home, work, np.exp(-decay * np.sqrt(km)) * border)
        low, high = (decay, high) if median(flows[study], km[study]) > MEDIAN_KM else (low, decay)
    return _table(towns, flows)


def _jobs(towns: pl.DataFrame, home: Floats) -> Floats:
    """Return the jobs of each municipality that the map's own residents fill, float64[n]."""
    study, countries = towns["study_area"].to_numpy(), towns["country"].to_numpy()
    jobs = towns["jobs"].to_numpy().astype(np.float64)
    for country in sorted(set(countries)):
        ours = countries == country
        around = ours & ~study
        jobs[around] *= (home[ours].sum() - jobs[ours & study].sum()) / jobs[around].sum()
    return jobs


def _table(towns: pl.DataFrame, flows: Floats) -> pl.DataFrame:
    names, countries = towns["municipality"].to_numpy(), towns["country"].to_numpy()
    count = np.round(flows).astype(np.int64)
    i, j = np.nonzero(count)
    columns = {"home_country": countries[i], "home": names[i], "work_country": countries[j], "work": names[j]}
    frame = pl.DataFrame({**columns, "commuters": count[i, j]})
    return TABLES["commuting"].conform(frame).sort(TABLES["commuting"].key)


def distance_table(area: Area) -> pl.DataFrame:
    """Return the way between municipalities as a table: home, work, km."""
    towns = area.municipalities.sort("municipality")
    km, names = distances(area, towns), towns["municipality"].to_numpy()
    return pl.DataFrame({"home": names.repeat(len(names)), "work": list(names) * len(names), "km": km.ravel()})


def distances(area: Area, towns: pl.DataFrame) -> Floats:
    """
    Return the way between municipalities, km of road, float64[n, n].

    Between two it is from one's middle of residents to the other's; within one, the mean between two of its residents.
    """
    at = towns.select("municipality").join(_middles(area), on="municipality", how="left", maintain_order="left")
    lat, lon = at["lat"].to_numpy(), at["lon"].to_numpy()
    km = np.hypot((lat[:, None] - lat) * KM, (lon[:, None] - lon) * KM_EAST)
    north, east = at["lat_spread"].to_numpy() * KM, at["lon_spread"].to_numpy() * KM_EAST
    # Two residents drawn at random lie the root of two times the spread apart.
    np.fill_diagonal(km, np.maximum(np.hypot(north, east) * np.sqrt(2), 1.0))
    return np.asarray(km * DETOUR)


def _middles(area: Area) -> pl.DataFrame:
    """Return each municipality's middle of residents, and their standard deviation around it, degrees."""
    share = pl.col("population") / pl.col("population").sum()
    middle = {axis: (pl.col(axis) * share).sum() for axis in ("lat", "lon")}
    spread = {f"{axis}_spread": ((pl.col(axis) - at) ** 2 * share).sum().sqrt() for axis, at in middle.items()}
    return area.cells.group_by("municipality", maintain_order=True).agg(**middle, **spread)


def median(flows: Floats, km: Floats) -> float:
    """Return the distance that half of the commuters do not exceed."""
    order = np.argsort(km, axis=None)
    reached = np.cumsum(flows.ravel()[order])
    return float(km.ravel()[order][np.searchsorted(reached, reached[-1] / 2)])


def _balanced(home: Floats, work: Floats, pull: Floats) -> Floats:
    """Scale rows and columns in turn until residents and jobs are met."""
    rows = np.ones(len(home))
    for _ in range(ROUNDS):
        columns = work / (rows @ pull)
        rows = home / (pull @ columns)
    return np.asarray(rows[:, None] * pull * columns)
