# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How the scan of a timetable grows: Porto Alegre with 1, 2, 4 and 8 times as many workplaces, and as many runs."""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from benchmarks.harness import RUNS, Figure, arguments, report
from benchmarks.porto_alegre import DAY, LIMITS
from benchmarks.transit_matrix import DEADLINE, City
from drehkreuz.reach.modes import DayType
from drehkreuz.reach.timetable import timetable
from drehkreuz.region import Region

TIMES: Final = (1, 2, 4, 8)
"""The last is the whole city; of the first every eighth workplace, or every eighth run of a line, is left."""


def main() -> None:
    """Measure and print."""
    told = arguments(__doc__ or "")
    if told.data is None:
        figures = [Figure("scan_s", None, "s CPU", note="name the folder of real open data with --data")]
    else:
        city = City(Path(told.data).resolve())
        figures = [*_workplaces(city), *_runs(city)]
    report("transit_growth", figures, as_json=told.json)


def _workplaces(city: City) -> list[Figure]:
    """Return the seconds for ever more workplaces before all runs."""
    figures = []
    for times in TIMES:
        doors = np.arange(0, city.cells, TIMES[-1] // times)
        figures.append(
            Figure(f"workplaces_x{times}_s", _seconds(city, doors), "s CPU", note=f"{len(doors):,} workplaces")
        )
    return figures


def _runs(city: City) -> list[Figure]:
    """Return the seconds for all workplaces before ever more runs."""
    doors, whole = np.arange(city.cells), city.day
    footpaths = city.network.timetables[DayType.WEEKDAY].footpaths
    figures = []
    for times in TIMES:
        city.day = timetable(every(city.region, TIMES[-1] // times), DAY, footpaths, LIMITS)
        note = f"{len(city.day.trip):,} runs on the day and the nights around it"
        figures.append(Figure(f"runs_x{times}_s", _seconds(city, doors), "s CPU", note=note))
    city.day = whole
    return figures


def _seconds(city: City, doors: NDArray[np.int64]) -> float:
    """Return the seconds of CPU of scans and joins, arrive by 15:00; the median of some runs after one to warm up."""
    spent = []
    for _ in range(1 + RUNS):
        begin = time.process_time()
        city.links.leave_by(city.arrive(doors, [DEADLINE] * len(doors)))
        spent.append(time.process_time() - begin)
    return statistics.median(spent[1:])


def every(region: Region, step: int) -> Region:
    """Return the region with every so many-th run of each line of each service, by first departure."""
    starts = region.table("stop_times").group_by("trip_id").agg(start=pl.col("departure").min())
    trips = region.table("trips").join(starts, on="trip_id").sort("route_id", "service_id", "start", "trip_id")
    number = pl.int_range(pl.len()).over("route_id", "service_id")
    kept = trips.filter(number % step == 0)
    ids = pl.col("trip_id").is_in(kept["trip_id"].implode())
    return region.with_tables({name: region.table(name).filter(ids) for name in ("trips", "stop_times")})


if __name__ == "__main__":
    main()
