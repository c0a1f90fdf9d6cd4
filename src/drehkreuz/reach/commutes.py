# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Minutes out and back between every home and every (place, begin, end), by every chain."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.errors import Finding
from drehkreuz.progress import SILENT, Progress, track
from drehkreuz.reach import _kernels
from drehkreuz.reach.direct import MEASURED, Direct, direct_ways
from drehkreuz.reach.lent import Lending, lent_rides, somebody_shares
from drehkreuz.reach.modes import Chain, DayType, Mode
from drehkreuz.reach.network import Network, network
from drehkreuz.reach.parameters import PARAMETERS, Parameters
from drehkreuz.reach.triples import Triples
from drehkreuz.reach.visits import BY_RIDE, Block, Rides, Visit, rides, visits
from drehkreuz.region import Region


@dataclass(frozen=True, slots=True, eq=False)
class Minutes:
    """
    How long the ways take.

    Attributes:
        out: uint8[t, z, c], whole minutes from leaving home to the begin, rounded up; waiting before the begin counts. The last axis is
            that of `chains`.
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

    @property
    def chains(self) -> tuple[Chain, ...]:
        """The chains that are known, in their order: those by shared vehicles only where somebody uses them."""
        return tuple(Chain)[: self.out.shape[2]]


def minutes(
    region: Region,
    triples: Triples,
    *,
    executor: Executor | None = None,
    progress: Progress = SILENT,
    parameters: Parameters = PARAMETERS,
    places_per_block: int = 8,
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

    Raises:
        InputError: If a row names a stop, trip or street node that does not exist.
    """
    net = network(region, parameters)
    places = visits(triples)
    blocks = [places[i : i + places_per_block] for i in range(0, len(places), places_per_block)]
    compute = partial(_answer, net, Lending.of(region, net) if somebody_shares(region) else None)
    answers = map(compute, blocks) if executor is None else executor.map(compute, blocks)
    answered = [found for _, found in zip(track(blocks, "reach.ways", progress), answers, strict=True)]
    findings = (*triples.findings, *findings_of(region, net, triples))
    return put_together(
        triples, (len(net.places), len(net.zones)), answered, assumed=net.ways.assumed, findings=findings
    )


def _answer(net: Network, lending: Lending | None, asked: list[Visit]) -> Part:
    """Answer a block of visits; needs nothing but its arguments, so that it can run anywhere."""
    sites = net.places.take(np.array([visit.place for visit in asked]))
    direct = direct_ways(net.ways, net.zones, sites, net.parameters)
    block = Block.of(net, asked, direct.walk_out, direct.walk_back)
    ridden = rides(net, block)
    return direct, ridden, ridden.none() if lending is None else lent_rides(lending, block)


Part = tuple[Direct, Rides, Rides]
"""Of some places: the direct ways, and those of their triples, by the timetable and by what stations lend."""


def put_together(
    triples: Triples, shape: tuple[int, int], parts: Sequence[Part], *, assumed: bool, findings: tuple[Finding, ...]
) -> Minutes:
    """
    Return the minutes of all triples from parts of the places that occur in them, in their order.

    Args:
        triples: Where and when people must be.
        shape: Rows of the tables `places` and `zones`.
        parts: Of some places each.
        assumed: Whether ways were assumed from straight lines.
        findings: What stands in the way of an answer.
    """
    used, n_triples = np.unique(triples.place, return_counts=True)
    own = max((ridden.chains + lent.chains for _, ridden, lent in parts), default=len(BY_RIDE))
    out, back = (np.empty((len(triples), shape[1], len(Mode) + own), dtype=np.uint8) for _ in range(2))
    km = np.full((len(MEASURED), *shape), np.nan, dtype=np.float32)
    place = row = 0
    laid = []
    for direct, ridden, lent in parts:
        last = place + len(direct.out)
        km[:, used[place:last]] = direct.km.swapaxes(0, 1)
        of_place = np.repeat(np.arange(len(direct.out)), n_triples[place:last])
        rows = slice(row, row + len(of_place))
        for whole, way in ((out, "out"), (back, "back")):  # two bytes at a time, which every number of chains allows
            by = [getattr(part, way).view(np.uint16) for part in (direct, ridden, lent)]
            laid.append((of_place, *by, whole[rows].view(np.uint16)))
        place, row = last, rows.stop
    with ThreadPoolExecutor() as threads:  # most of the time goes into touching memory for the first time
        list(threads.map(lambda here: _kernels.side_by_side(*here), laid))
    bike_km, car_km = km
    return Minutes(out, back, bike_km, car_km, assumed, findings)


def findings_of(region: Region, net: Network, triples: Triples) -> tuple[Finding, ...]:
    """Return what of a region's network stands in the way of an answer: points off the streets, days without a run."""
    return (*net.findings, *_idle_days(region, net, triples))


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
