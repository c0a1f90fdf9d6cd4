# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Minutes out and back between every home and every (place, begin, end), by every chain."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.errors import Finding
from drehkreuz.progress import SILENT, Progress, track
from drehkreuz.reach.modes import CANNOT, Chain, DayType
from drehkreuz.reach.network import Network, network
from drehkreuz.reach.parameters import PARAMETERS, Parameters
from drehkreuz.reach.triples import Triples
from drehkreuz.reach.visits import answer, visits
from drehkreuz.region import Region


@dataclass(frozen=True, slots=True)
class Minutes:
    """
    How long the ways take.

    Attributes:
        out: uint8[t, z, c], whole minutes from leaving home to the begin, rounded up; waiting before the begin counts.
        back: uint8[t, z, c], whole minutes from the end to arriving at home, rounded up.
        bike_km: float32[w, z], mean of both directions by bicycle; NaN where there is no way, and for places without triples.
        car_km: float32[w, z], the same by car.
        assumed_ways: Whether ways on the ground were assumed from straight lines, since the region has no streets.
        findings: What stands in the way of an answer: places off the streets, days without a run, rotas without a shift.
    """

    out: NDArray[np.uint8]
    back: NDArray[np.uint8]
    bike_km: NDArray[np.float32]
    car_km: NDArray[np.float32]
    assumed_ways: bool
    findings: tuple[Finding, ...]


def minutes(
    region: Region,
    triples: Triples,
    *,
    executor: Executor | None = None,
    progress: Progress = SILENT,
    parameters: Parameters = PARAMETERS,
    places_per_block: int = 8,
    prepared: Network | None = None,
) -> Minutes:
    """
    Compute the ways between all zones and all triples.

    Args:
        region: The region.
        triples: Where and when people must be, from `triples(region)`.
        executor: Runs the blocks of places, in threads or on other machines; None: here, one after the other.
        progress: Told of every block.
        parameters: What is assumed.
        places_per_block: Size of a block; makes no difference to the result.
        prepared: The region's network where it is known; None: prepared here.

    Raises:
        InputError: If a row names a stop, trip or street node that does not exist.
    """
    net = prepared or network(region, parameters)
    shape = (len(triples), len(net.zones), len(Chain))
    result = Minutes(
        out=np.full(shape, CANNOT, dtype=np.uint8),
        back=np.full(shape, CANNOT, dtype=np.uint8),
        bike_km=np.full((len(net.places), len(net.zones)), np.nan, dtype=np.float32),
        car_km=np.full((len(net.places), len(net.zones)), np.nan, dtype=np.float32),
        assumed_ways=net.ways.assumed,
        findings=(*triples.findings, *net.findings, *_idle_days(region, net, triples)),
    )
    places = visits(triples)
    blocks = [places[i : i + places_per_block] for i in range(0, len(places), places_per_block)]
    compute = partial(answer, net)
    answers = map(compute, blocks) if executor is None else executor.map(compute, blocks)
    for block, found in zip(track(blocks, "reach.ways", progress), answers, strict=True):
        for visit, ways in zip(block, found, strict=True):
            result.out[visit.rows], result.back[visit.rows] = ways.out, ways.back
            result.bike_km[visit.place], result.car_km[visit.place] = ways.bike_km, ways.car_km
    return result


def _idle_days(region: Region, network: Network, triples: Triples) -> tuple[Finding, ...]:
    """Name the kinds of day on which people work or learn and nothing runs."""
    if region.table("stop_times").is_empty():
        remedy = "Add a timetable (GTFS) to answer for public transport too."
        problem = "has no rows: ways by public transport are left out"
        return (Finding("stop_times", "", "", "", problem, remedy, "warning"),)
    used = sorted({DayType(day) for day in np.concatenate([triples.day_out, triples.day_back])})
    first, last = region.table("service_days").select(a=pl.min("date"), b=pl.max("date")).row(0)
    day = region.manifest.day
    covered = region.table("service_days")["date"].is_between(
        day, day + timedelta(days=network.parameters.window_days - 1)
    )
    other = Finding(
        "service_days",
        "",
        "",
        "",
        f"no trip runs in the {network.parameters.window_days} days from {day}; other days of {first} to {last} stand for them",
        "Add a timetable that is valid on the region's day, or correct the day in region.toml.",
        "warning",
    )
    return (() if covered.any() else (other,)) + tuple(
        Finding(
            "service_days",
            "",
            "",
            "",
            f"no trip runs on a {day.name.lower()} in the days looked at; the timetable holds {first} to {last}",
            "Add a timetable that is valid on the region's day, or correct the day in region.toml.",
            "warning",
        )
        for day in used
        if network.runs_nothing(day)
    )
