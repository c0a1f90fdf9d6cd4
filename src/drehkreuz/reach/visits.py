# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""One place and the times people must be there: the ways from and to all zones. The partition that reach is computed by."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from drehkreuz.reach import _kernels
from drehkreuz.reach.access import StopLinks
from drehkreuz.reach.modes import Chain, DayType, Mode
from drehkreuz.reach.network import Network
from drehkreuz.reach.scan import TOO_LATE, EarliestArrivals, LatestDepartures, arrive_by, depart_at
from drehkreuz.reach.triples import Triples
from drehkreuz.reach.ways import whole_seconds

CANNOT: Final = 255
"""Byte for a way that does not exist or is longer than 254 minutes."""

DIRECT: Final = {Chain.WALK: Mode.WALK, Chain.BIKE: Mode.BIKE, Chain.PEDELEC: Mode.PEDELEC, Chain.CAR: Mode.CAR}
"""Chains of a single mode, which take the same time at any hour."""


class Visit(NamedTuple):
    """
    A place and its triples, which follow one another.

    Attributes:
        place: Row of table `places`.
        first: Its first triple.
        times: Per triple: begin and end in seconds after midnight, kind of day out and back.
    """

    place: int
    first: int
    times: tuple[tuple[int, int, DayType, DayType], ...]

    @property
    def rows(self) -> slice:
        """The triples."""
        return slice(self.first, self.first + len(self.times))


@dataclass(frozen=True, slots=True)
class Found:
    """
    What `Minutes` says of one visit.

    Attributes:
        out: uint8[triples, z, c].
        back: uint8[triples, z, c].
        bike_km: float32[z].
        car_km: float32[z].
    """

    out: NDArray[np.uint8]
    back: NDArray[np.uint8]
    bike_km: NDArray[np.float32]
    car_km: NDArray[np.float32]


def visits(triples: Triples) -> list[Visit]:
    """Group triples, which are sorted by place, into visits."""
    return [
        Visit(place, rows[0], tuple(_times(triples, row) for row in rows))
        for place, group in groupby(range(len(triples)), key=lambda row: int(triples.place[row]))
        if (rows := list(group))
    ]


def _times(triples: Triples, row: int) -> tuple[int, int, DayType, DayType]:
    return (
        int(triples.start[row]) * 60,
        int(triples.end[row]) * 60,
        DayType(triples.day_out[row]),
        DayType(triples.day_back[row]),
    )


def answer(network: Network, block: list[Visit]) -> list[Found]:
    """Answer a block of visits; needs nothing but its arguments, so that it can run anywhere."""
    return [_answer(network, visit) for visit in block]


def _answer(network: Network, visit: Visit) -> Found:
    shape = (len(visit.times), len(network.zones), len(Chain))
    found = Found(
        np.full(shape, CANNOT, dtype=np.uint8),
        np.full(shape, CANNOT, dtype=np.uint8),
        *_direct_km(network, visit.place),
    )
    walk_out, walk_back = (seconds[Mode.WALK] for seconds in (direct := direct_seconds(network, visit.place)))
    for chain, mode in DIRECT.items():
        found.out[:, :, chain] = as_minutes(direct[0][mode])
        found.back[:, :, chain] = as_minutes(direct[1][mode])
    links = network.place_links(visit.place)
    scans = Scans(network, links)
    limit = network.parameters.access_walk_seconds
    for i, (start, end, day_out, day_back) in enumerate(visit.times):
        board = scans.latest(day_out, start).board[-1]
        alight = scans.earliest(day_back, end).alight[-1]
        ride_out, ride_back = start - network.walk_links.leave_by(board), network.walk_links.arrive_at(alight) - end
        found.out[i, :, Chain.TRANSIT] = as_minutes(np.minimum(ride_out, within(walk_out, limit)))
        found.back[i, :, Chain.TRANSIT] = as_minutes(np.minimum(ride_back, within(walk_back, limit)))
        bike_out, bike_back, _ = same_stop(network, board, alight, start, end)
        found.out[i, :, Chain.BIKE_TRANSIT], found.back[i, :, Chain.BIKE_TRANSIT] = (
            as_minutes(bike_out),
            as_minutes(bike_back),
        )
    return found
