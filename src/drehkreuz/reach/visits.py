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
from drehkreuz.reach.ways import Sites

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
    The ways of visits that are their own: what its times decide, and what stations lend.

    Attributes:
        out: uint8[triples, z, c], minutes by some chains: those of `BY_RIDE`, or those by shared vehicles.
        back: The same.
    """

    out: NDArray[np.uint8]
    back: NDArray[np.uint8]

    @classmethod
    def empty(cls, network: Network, block: Block, chains: int) -> Rides:
        """Return room for the minutes of some visits."""
        shape = (len(block.times), len(network.zones), chains)
        return cls(np.empty(shape, dtype=np.uint8), np.empty(shape, dtype=np.uint8))

    @property
    def chains(self) -> int:
        """Number of chains."""
        return int(self.out.shape[2])

    def none(self) -> Rides:
        """Return the ways of the same visits by no chain at all."""
        return Rides(self.out[:, :, :0], self.back[:, :, :0])


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


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """
    Some visits together: what is scanned and joined for many triples at once takes a fraction of the time.

    Attributes:
        sites: Their places.
        place: int64[triples], number of each triple's place among them.
        times: Per triple.
        walk_out: int32[places, z], whole seconds on foot from each zone to the place.
        walk_back: int32[places, z], whole seconds on foot from the place to each zone.
    """

    sites: Sites
    place: NDArray[np.int64]
    times: tuple[Times, ...]
    walk_out: NDArray[np.int32]
    walk_back: NDArray[np.int32]

    @classmethod
    def of(
        cls, network: Network, visits: Sequence[Visit], walk_out: NDArray[np.int32], walk_back: NDArray[np.int32]
    ) -> Block:
        """Put visits together; arguments as the attributes."""
        sites = network.places.take(np.array([visit.place for visit in visits], dtype=np.int64))
        place = np.repeat(np.arange(len(visits)), [len(visit.times) for visit in visits])
        return cls(sites, place, tuple(time for visit in visits for time in visit.times), walk_out, walk_back)


def rides(network: Network, block: Block) -> Rides:
    """
    Return the ways of some visits by the chains of `BY_RIDE`; needs nothing but its arguments, so that it can run anywhere.

    Args:
        network: The network.
        block: Where and when.
    """
    found, longest = Rides.empty(network, block, len(BY_RIDE)), network.parameters.longest_minutes
    board, alight = ride_and_walk(network, block, network.place_links(block.sites), network.walk_links, found, 0)
    for row, time in enumerate(block.times):
        here = (np.ascontiguousarray(label[:, row]) for label in (board, alight))
        out, back, _ = by_bike_and_transit(network, *here, start=time.start, end=time.end)
        found.out[row, :, 1], found.back[row, :, 1] = as_minutes(out, longest), as_minutes(back, longest)
    return found


def ride_and_walk(
    network: Network, block: Block, doors: StopLinks, homes: StopLinks, found: Rides, chain: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """
    Fill the minutes of a chain by public transport; nobody waits for a bus to go round a corner: who can walk as soon, walks.

    Args:
        network: The network.
        block: Where and when.
        doors: Stops near each place.
        homes: Stops near each zone.
        found: Where minutes are written.
        chain: Which of its chains.

    Returns:
        The labels of all triples, as `labels` has them.
    """
    board, alight = labels(network, doors.take(block.place), block.times)
    starts, ends = (np.array([time[which] for time in block.times], dtype=np.int32) for which in (0, 1))
    walk, longest = network.parameters.access_walk_seconds, network.parameters.longest_minutes
    place, stops = block.place, (homes.indptr, homes.stop)
    _kernels.join_minutes(board, starts, *stops, homes.to_stop, block.walk_out, place, walk, longest, chain, found.out)
    _kernels.join_minutes(
        -alight, -ends, *stops, homes.from_stop, block.walk_back, place, walk, longest, chain, found.back
    )
    return board, alight


def labels(network: Network, doors: StopLinks, times: Sequence[Times]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """
    Scan the timetable for many doors, once for each kind of day and direction.

    Args:
        network: The network.
        doors: Stops near each door.
        times: Per door, when to be there.

    Returns:
        Latest departure at every stop for the way out, and earliest arrival for the way home, int32[stops, doors] each.
    """
    parameters = network.parameters
    limits = {"max_rides": parameters.max_rides, "horizon": parameters.longest_minutes * 60}
    board, alight = (np.empty((len(network.stops), len(times)), dtype=np.int32) for _ in range(2))
    for day in sorted({day for time in times for day in (time.day_out, time.day_back)}):
        timetable = network.timetables[day]
        out = [row for row, time in enumerate(times) if time.day_out == day]
        back = [row for row, time in enumerate(times) if time.day_back == day]
        board[:, out] = arrive_by_each(timetable, doors.take(out), [times[row].start for row in out], **limits)
        alight[:, back] = depart_at_each(timetable, doors.take(back), [times[row].end for row in back], **limits)
    return board, alight


def by_bike_and_transit(
    network: Network, board: NDArray[np.int32], alight: NDArray[np.int32], *, start: int, end: int
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
