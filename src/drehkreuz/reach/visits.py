# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""One place and the times people must be there: the ways from and to all zones by public transport."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from drehkreuz.reach import _kernels
from drehkreuz.reach.direct import as_minutes
from drehkreuz.reach.links import StopLinks
from drehkreuz.reach.modes import Chain, DayType
from drehkreuz.reach.network import Network
from drehkreuz.reach.scan import arrive_by_each, depart_at_each
from drehkreuz.reach.triples import Triples
from drehkreuz.reach.ways import FAR

BY_RIDE: Final = (Chain.TRANSIT, Chain.BIKE_TRANSIT)
"""Chains that the timetable decides."""


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
class Rides:
    """
    The ways of one visit that are its own: what its times decide, and what stations lend.

    Attributes:
        out: uint8[triples, z, 2], minutes by the chains of `BY_RIDE`; uint8[triples, z, 4] with those by shared vehicles after them.
        back: The same.
    """

    out: NDArray[np.uint8]
    back: NDArray[np.uint8]

    def and_by(self, others: Rides) -> Rides:
        """Return the ways with those by further chains after them."""
        return Rides(np.concatenate([self.out, others.out], axis=2), np.concatenate([self.back, others.back], axis=2))


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


def rides(network: Network, visit: Visit, walk_out: NDArray[np.int32], walk_back: NDArray[np.int32]) -> Rides:
    """
    Return the ways of one visit by public transport; needs nothing but its arguments, so that it can run anywhere.

    Args:
        network: The network.
        visit: Where and when.
        walk_out: int32[z], whole seconds on foot from each zone to the place.
        walk_back: int32[z], whole seconds on foot from the place to each zone.
    """
    shape, longest = (len(visit.times), len(network.zones), len(BY_RIDE)), network.parameters.longest_minutes
    found = Rides(np.empty(shape, dtype=np.uint8), np.empty(shape, dtype=np.uint8))
    board, alight = labels(network, network.place_links(visit.place), visit.times)
    leave, arrive = network.walk_links.leave_by(board.T), network.walk_links.arrive_at(alight.T)
    limit = network.parameters.access_walk_seconds
    on_foot = [np.where(walk <= limit, walk, FAR) for walk in (walk_out, walk_back)]
    for row, (start, end, _, _) in enumerate(visit.times):
        by_bike = by_bike_and_transit(network, board[row], alight[row], start, end)
        ways = ((found.out, start - leave[:, row], 0), (found.back, arrive[:, row] - end, 1))
        for minutes, ridden, direction in ways:
            # nobody waits for a bus to go round a corner: a way without a ride counts where it is no longer than one to a stop
            minutes[row, :, 0] = as_minutes(np.minimum(ridden, on_foot[direction]), longest)
            minutes[row, :, 1] = as_minutes(by_bike[direction], longest)
    return found


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
    for day in sorted({day for time in times for day in (time.day_out, time.day_back)}):
        timetable = network.timetables[day]
        out = [row for row, time in enumerate(times) if time.day_out == day]
        board[out] = arrive_by_each(timetable, links, [times[row].start for row in out], **limits).T
        back = [row for row, time in enumerate(times) if time.day_back == day]
        alight[back] = depart_at_each(timetable, links, [times[row].end for row in back], **limits).T
    return board, alight


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
