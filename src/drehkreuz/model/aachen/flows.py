# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Table `commuting`: who works where today, by a gravity model calibrated to the usual way to work."""

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
"""Median way to work that the decay is fitted to."""


def commuting(area: Area) -> pl.DataFrame:
    """
    Return the flows between all municipalities, rounded to whole people.

    Residents and jobs are kept as far as they sum to the same (jobs are scaled); the pull of a job falls exponentially with
    distance, and the decay is found by bisection so that the median way is `MEDIAN_KM`.

    Source:
        Wilson: A statistical theory of spatial distribution models. Transportation Research 1 (1967).
    """
    towns = area.municipalities.sort("municipality")
    home, work = towns["population"].to_numpy() * EMPLOYED, towns["jobs"].to_numpy().astype(np.float64)
    km = distances(area, towns)
    low, high = 0.01, 0.5
    flows = np.zeros_like(km)
    for _ in range(18):
        decay = (low + high) / 2
        flows = _balanced(home, work * home.sum() / work.sum(), np.exp(-decay * km))
        low, high = (decay, high) if median(flows, km) > MEDIAN_KM else (low, decay)
    names, countries = towns["municipality"].to_numpy(), towns["country"].to_numpy()
    count = np.round(flows).astype(np.int64)
    i, j = np.nonzero(count)
    frame = pl.DataFrame(
        {
            "home_country": countries[i],
            "home": names[i],
            "work_country": countries[j],
            "work": names[j],
            "commuters": count[i, j],
        }
    )
    return TABLES["commuting"].conform(frame).sort(TABLES["commuting"].key)


def distance_table(area: Area) -> pl.DataFrame:
    """Return the way between municipalities as a table: home, work, km."""
    towns = area.municipalities.sort("municipality")
    km, names = distances(area, towns), towns["municipality"].to_numpy()
    return pl.DataFrame({"home": names.repeat(len(names)), "work": list(names) * len(names), "km": km.ravel()})


def distances(area: Area, towns: pl.DataFrame) -> Floats:
    """
    Return the way between municipalities, km of road, float64[n, n].

    Between two it is from one's middle of residents to the other's; within one, the mean way between two of its residents.
    """
    cells = area.cells.with_columns(weight=pl.col("population").cast(pl.Float64))
    middle = cells.group_by("municipality").agg(
        lat=(pl.col("lat") * pl.col("weight")).sum() / pl.col("weight").sum(),
        lon=(pl.col("lon") * pl.col("weight")).sum() / pl.col("weight").sum(),
        north=(pl.col("lat") * pl.col("lat") * pl.col("weight")).sum() / pl.col("weight").sum(),
        east=(pl.col("lon") * pl.col("lon") * pl.col("weight")).sum() / pl.col("weight").sum(),
    )
    at = towns.select("municipality").join(middle, on="municipality", how="left", maintain_order="left")
    lat, lon = at["lat"].to_numpy(), at["lon"].to_numpy()
    km = np.hypot((lat[:, None] - lat) * KM, (lon[:, None] - lon) * KM_EAST)
    spread = np.sqrt(
        np.maximum(at["north"].to_numpy() - lat**2, 0) * KM**2 + np.maximum(at["east"].to_numpy() - lon**2, 0) * KM_EAST**2
    )
    km[np.arange(len(km)), np.arange(len(km))] = np.maximum(spread * np.sqrt(2), 1.0)
    return np.asarray(km * DETOUR)


def median(flows: Floats, km: Floats) -> float:
    """Return the distance that half of the commuters do not exceed."""
    order = np.argsort(km, axis=None)
    reached = np.cumsum(flows.ravel()[order])
    return float(km.ravel()[order][np.searchsorted(reached, reached[-1] / 2)])


def _balanced(home: Floats, work: Floats, pull: Floats) -> Floats:
    """Scale rows and columns in turn until residents and jobs are met."""
    rows = np.ones(len(home))
    for _ in range(60):
        columns = work / (rows @ pull)
        rows = home / (pull @ columns)
    return np.asarray(rows[:, None] * pull * columns)
