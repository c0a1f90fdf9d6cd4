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
from drehkreuz.reach.modes import CANNOT, Chain, DayType, Mode
from drehkreuz.reach.network import Network
from drehkreuz.reach.scan import EarliestArrivals, LatestDepartures, arrive_by, depart_at
from drehkreuz.reach.triples import Triples
from drehkreuz.reach.ways import FAR, whole_seconds

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


def visit_of(triples: Triples, row: int) -> Visit:
    """Return the visit of a single triple."""
    return Visit(int(triples.place[row]), row, (_times(triples, row),))


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
    direct = direct_ways(network, visit.place)
    found = Found(
        out=np.full(shape, CANNOT, dtype=np.uint8),
        back=np.full(shape, CANNOT, dtype=np.uint8),
        bike_km=direct.km[Mode.BIKE],
        car_km=direct.km[Mode.CAR],
    )
    longest = network.parameters.longest_minutes
    for chain, mode in DIRECT.items():
        found.out[:, :, chain] = as_minutes(direct.out[mode], longest)
        found.back[:, :, chain] = as_minutes(direct.back[mode], longest)
    scans = Scans(network, network.place_links(visit.place))
    for row, (start, end, day_out, day_back) in enumerate(visit.times):
        board = scans.latest(day_out, start).board[-1]
        alight = scans.earliest(day_back, end).alight[-1]
        out, back = by_transit(network, direct, board, alight, start, end)
        found.out[row, :, Chain.TRANSIT] = as_minutes(out, longest)
        found.back[row, :, Chain.TRANSIT] = as_minutes(back, longest)
        out, back, _ = by_bike_and_transit(network, board, alight, start, end)
        found.out[row, :, Chain.BIKE_TRANSIT] = as_minutes(out, longest)
        found.back[row, :, Chain.BIKE_TRANSIT] = as_minutes(back, longest)
    return found


def as_minutes(seconds: NDArray[np.int32], longest: int) -> NDArray[np.uint8]:
    """Round seconds up to whole minutes; more than the longest become `CANNOT`."""
    whole = -(-seconds // 60)
    return np.where(whole > longest, CANNOT, whole).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Direct:
    """
    Ways by a single mode between one place and all zones.

    Attributes:
        out: int32[modes, z], whole seconds from zone to place, `ways.FAR` where there is no way.
        back: int32[modes, z], whole seconds from place to zone.
        km: float32[modes, z], mean of both directions, NaN where there is no way.
    """

    out: NDArray[np.int32]
    back: NDArray[np.int32]
    km: NDArray[np.float32]


def direct_ways(network: Network, place: int) -> Direct:
    """Return the ways by every single mode; the car with parking."""
    site = network.places.take(np.array([place]))
    parameters = network.parameters
    limit = parameters.longest_minutes * 60
    extra = {Mode.CAR: parameters.car_extra_seconds}
    out, back, km = [], [], []
    for mode in Mode:
        there = network.ways.inward(site, network.zones, mode, limit)
        home = network.ways.outward(site, network.zones, mode, limit)
        out.append(whole_seconds(there.seconds[0] + extra.get(mode, 0)))
        back.append(whole_seconds(home.seconds[0] + extra.get(mode, 0)))
        both = (there.metres[0] + home.metres[0]) / 2000
        km.append(np.where(np.isfinite(both), both, np.nan).astype(np.float32))
    return Direct(np.stack(out), np.stack(back), np.stack(km))


class Scans:
    """The scans of one place, each made once."""

    def __init__(self, network: Network, links: StopLinks) -> None:
        self._network = network
        self._links = links
        self._latest: dict[tuple[DayType, int], LatestDepartures] = {}
        self._earliest: dict[tuple[DayType, int], EarliestArrivals] = {}

    def latest(self, day: DayType, deadline: int) -> LatestDepartures:
        """Return the latest departures that arrive by a deadline."""
        key = (day, deadline)
        if key not in self._latest:
            self._latest[key] = arrive_by(self._network.timetables[day], self._links, deadline, **self._limits)
        return self._latest[key]

    def earliest(self, day: DayType, departure: int) -> EarliestArrivals:
        """Return the earliest arrivals for who leaves at a time."""
        key = (day, departure)
        if key not in self._earliest:
            self._earliest[key] = depart_at(self._network.timetables[day], self._links, departure, **self._limits)
        return self._earliest[key]

    @property
    def _limits(self) -> dict[str, int]:
        parameters = self._network.parameters
        return {"max_rides": parameters.max_rides, "horizon": parameters.longest_minutes * 60}


def by_transit(
    network: Network, direct: Direct, board: NDArray[np.int32], alight: NDArray[np.int32], start: int, end: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """
    Return seconds out and back by TRANSIT, int32[z] each.

    A way without a ride counts too where it is no longer than the walk to a stop may be: nobody waits for a bus to go round a
    corner.
    """
    limit = network.parameters.access_walk_seconds
    walks = (np.where(walk <= limit, walk, FAR) for walk in (direct.out[Mode.WALK], direct.back[Mode.WALK]))
    rides = (start - network.walk_links.leave_by(board), network.walk_links.arrive_at(alight) - end)
    out, back = (np.minimum(ride, walk) for ride, walk in zip(rides, walks, strict=True))
    return out, back


def by_bike_and_transit(
    network: Network, board: NDArray[np.int32], alight: NDArray[np.int32], start: int, end: int
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """
    Return seconds out and back by BIKE_TRANSIT, int32[z] each, and the link to the stop where the bicycle waits, -1 for none.

    The bicycle left in the morning is there in the evening: one stop serves both ways, the one with the least sum.
    """
    links = network.bike_links
    out, back, link = (np.empty(len(network.zones), dtype=np.int32) for _ in range(3))
    longest = network.parameters.longest_minutes * 60
    _kernels.join_same_stop(
        board, alight, links.indptr, links.stop, links.to_stop, links.from_stop, start, end, longest, out, back, link
    )
    return out, back, link
