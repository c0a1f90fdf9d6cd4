# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""One place and the times people must be there: the ways from and to all zones. The partition that reach is computed by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from drehkreuz.reach import _kernels
from drehkreuz.reach.links import StopLinks
from drehkreuz.reach.modes import CANNOT, Chain, DayType, Mode
from drehkreuz.reach.network import Network
from drehkreuz.reach.scan import arrive_by_each, depart_at_each
from drehkreuz.reach.triples import Triples
from drehkreuz.reach.ways import FAR, whole_seconds

DIRECT: Final = {Chain.WALK: Mode.WALK, Chain.BIKE: Mode.BIKE, Chain.PEDELEC: Mode.PEDELEC, Chain.CAR: Mode.CAR}
"""Chains of a single mode, which take the same time at any hour."""


class Times(NamedTuple):
    """
    When to be at a place.

    Attributes:
        start: Begin, seconds after midnight.
        end: End, seconds after midnight of the day of the way home.
        day_out: Kind of day of the begin.
        day_back: Kind of day of the way home.
    """

    start: int
    end: int
    day_out: DayType
    day_back: DayType


class Visit(NamedTuple):
    """
    A place and its triples, which follow one another.

    Attributes:
        place: Row of table `places`.
        first: Its first triple.
        times: Per triple.
    """

    place: int
    first: int
    times: tuple[Times, ...]

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


def _times(triples: Triples, row: int) -> Times:
    return Times(
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
    board, alight = labels(network, network.place_links(visit.place), visit.times)
    leave, arrive = network.walk_links.leave_by(board.T), network.walk_links.arrive_at(alight.T)
    for row, (start, end, _, _) in enumerate(visit.times):
        out, back = by_transit(network, direct, leave[:, row], arrive[:, row], start, end)
        found.out[row, :, Chain.TRANSIT] = as_minutes(out, longest)
        found.back[row, :, Chain.TRANSIT] = as_minutes(back, longest)
        out, back, _ = by_bike_and_transit(network, board[row], alight[row], start, end)
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


def labels(network: Network, links: StopLinks, times: Sequence[Times]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """
    Scan the timetable for one place, once for each kind of day and direction.

    Args:
        network: The network.
        links: Stops near the place.
        times: When to be there.

    Returns:
        Latest departure at every stop for the way out, and earliest arrival for the way home, int32[times, stops] each.
    """
    parameters = network.parameters
    limits = {"max_rides": parameters.max_rides, "horizon": parameters.longest_minutes * 60}
    board, alight = (np.empty((len(times), len(network.stops)), dtype=np.int32) for _ in range(2))
    for day, timetable in network.timetables.items():
        out = [row for row, time in enumerate(times) if time.day_out == day]
        board[out] = arrive_by_each(timetable, links, [times[row].start for row in out], **limits).T
        back = [row for row, time in enumerate(times) if time.day_back == day]
        alight[back] = depart_at_each(timetable, links, [times[row].end for row in back], **limits).T
    return board, alight


def by_transit(
    network: Network, direct: Direct, leave: NDArray[np.int32], arrive: NDArray[np.int32], start: int, end: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """
    Return seconds out and back by TRANSIT, int32[z] each, from when to leave home and when one is back by rides.

    A way without a ride counts too where it is no longer than the walk to a stop may be: nobody waits for a bus to go round a
    corner.
    """
    limit = network.parameters.access_walk_seconds
    walks = (np.where(walk <= limit, walk, FAR) for walk in (direct.out[Mode.WALK], direct.back[Mode.WALK]))
    out, back = (np.minimum(ride, walk) for ride, walk in zip((start - leave, arrive - end), walks, strict=True))
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
