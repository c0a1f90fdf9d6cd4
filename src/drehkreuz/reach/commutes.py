# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Minutes out and back between every home and every (place, begin, end), by every chain."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from drehkreuz.errors import Finding
from drehkreuz.progress import SILENT, Progress, track
from drehkreuz.reach.access import StopLinks
from drehkreuz.reach.modes import Chain, DayType, Mode
from drehkreuz.reach.network import Network, network
from drehkreuz.reach.parameters import PARAMETERS, Parameters
from drehkreuz.reach.scan import arrive_by, depart_at
from drehkreuz.reach.triples import Triples
from drehkreuz.reach.ways import FAR, whole_seconds
from drehkreuz.region import Region

CANNOT: Final = 255
"""Byte for a way that does not exist or is longer than 254 minutes."""


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
    shape = (len(triples), len(net.zones), len(Chain))
    result = Minutes(
        out=np.full(shape, CANNOT, dtype=np.uint8),
        back=np.full(shape, CANNOT, dtype=np.uint8),
        bike_km=np.full((len(net.places), len(net.zones)), np.nan, dtype=np.float32),
        car_km=np.full((len(net.places), len(net.zones)), np.nan, dtype=np.float32),
        assumed_ways=net.ways.assumed,
        findings=(*triples.findings, *net.findings, *_idle_days(region, net, triples)),
    )
    visits = _visits(triples)
    blocks = [visits[i : i + places_per_block] for i in range(0, len(visits), places_per_block)]
    compute = partial(_block, net)
    done = map(compute, blocks) if executor is None else executor.map(compute, blocks)
    answers = _with_length(done, len(blocks))
    for visits_done, found in zip(blocks, track(answers, "Wege zur Arbeit und zurück", progress), strict=True):
        for visit, (out, back, bike_km, car_km) in zip(visits_done, found, strict=True):
            rows = slice(visit.first, visit.first + len(visit.times))
            result.out[rows], result.back[rows] = out, back
            result.bike_km[visit.place], result.car_km[visit.place] = bike_km, car_km
    return result


class _Visit(NamedTuple):
    """A place and its triples, which follow one another: (start, end, day out, day back) each."""

    place: int
    first: int
    times: tuple[tuple[int, int, DayType, DayType], ...]


class _Found(NamedTuple):
    """One visit's rows of `Minutes`."""

    out: NDArray[np.uint8]
    back: NDArray[np.uint8]
    bike_km: NDArray[np.float32]
    car_km: NDArray[np.float32]
