# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Scans of the timetable: backward from a deadline, forward from a departure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drehkreuz.reach import _kernels
from drehkreuz.reach.footpaths import Lists
from drehkreuz.reach.lines import Lines
from drehkreuz.reach.links import StopLinks
from drehkreuz.reach.timetable import Timetable

TOO_EARLY = _kernels.TOO_EARLY
"""Label of a stop from which the workplace cannot be reached in time."""

TOO_LATE = _kernels.TOO_LATE
"""Label of a stop that cannot be reached."""

TOGETHER: Final = 32
"""Doors scanned beside each other: a call is read once for all of them, and their labels at a stop are two lines of the processor's cache."""


@dataclass(frozen=True, slots=True)
class LatestDepartures:
    """
    Labels of a backward scan; row k holds with at most k + 1 rides.

    Attributes:
        board: int32[max_rides, stops], latest departure that still arrives in time, else `TOO_EARLY`.
        alight: int32[max_rides, stops], latest arrival by that ride from which what remains is still in time.
    """

    board: NDArray[np.int32]
    alight: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class EarliestArrivals:
    """
    Labels of a forward scan; row k holds with at most k + 1 rides.

    Attributes:
        board: int32[max_rides, stops], earliest time at the stop, ready for that ride, else `TOO_LATE`.
        alight: int32[max_rides, stops], earliest arrival by a ride.
    """

    board: NDArray[np.int32]
    alight: NDArray[np.int32]


def arrive_by(
    timetable: Timetable, egress: StopLinks, deadline: int, *, max_rides: int = 4, horizon: int = 86_400
) -> LatestDepartures:
    """
    Return, for every stop, the latest departure that still reaches the egress by the deadline.

    Rides are counted exactly: a round reads only what the rounds before it found. The last ride ends at a stop of the egress;
    footpaths lie only between rides.

    Args:
        timetable: One day with the nights around it.
        egress: Links of one place; the way from stop to place counts.
        deadline: Arrival at the door, seconds after midnight.
        max_rides: Rides allowed; walking between them does not count.
        horizon: How many seconds before the deadline runs are looked at.

    Returns:
        Seconds after midnight per number of rides and stop.

    Source:
        Delling, Pajor, Werneck: Round-Based Public Transit Routing. Transportation Science 49 (2015), backwards.
    """
    return LatestDepartures(*_one(timetable.lines, timetable.footpaths.into, egress, deadline, max_rides, horizon))


def arrive_by_each(
    timetable: Timetable, egress: StopLinks, deadlines: Sequence[int], *, max_rides: int = 4, horizon: int = 86_400
) -> NDArray[np.int32]:
    """
    Return the last row of `arrive_by` for each of many doors with its deadline, int32[stops, doors].

    Args:
        timetable: One day with the nights around it.
        egress: Links of the doors; one that is asked for several deadlines stands there several times.
        deadlines: Per door, seconds after midnight, in any order.
        max_rides: Rides allowed.
        horizon: How many seconds before each deadline runs are looked at.
    """
    return _each(timetable.lines, timetable.footpaths.into, egress, deadlines, max_rides, horizon)


def depart_at(
    timetable: Timetable, access: StopLinks, departure: int, *, max_rides: int = 4, horizon: int = 86_400
) -> EarliestArrivals:
    """
    Return, for every stop, the earliest arrival by a ride for who leaves a place at a time; the mirror of `arrive_by`.

    Args:
        timetable: One day with the nights around it.
        access: Links of one place; the way from place to stop counts.
        departure: Leaving the door, seconds after midnight.
        max_rides: Rides allowed; walking between them does not count.
        horizon: How many seconds after the departure runs are looked at.

    Returns:
        Seconds after midnight per number of rides and stop.
    """
    board, alight = _one(timetable.mirror, timetable.footpaths.out, access.turned(), -departure, max_rides, horizon)
    return EarliestArrivals(-alight, -board)


def depart_at_each(
    timetable: Timetable, access: StopLinks, departures: Sequence[int], *, max_rides: int = 4, horizon: int = 86_400
) -> NDArray[np.int32]:
    """
    Return the last row of `depart_at` for each of many doors with its departure, int32[stops, doors]; the mirror of `arrive_by_each`.

    Args:
        timetable: One day with the nights around it.
        access: Links of the doors; one that is asked for several departures stands there several times.
        departures: Per door, seconds after midnight, in any order.
        max_rides: Rides allowed.
        horizon: How many seconds after each departure runs are looked at.
    """
    mirrored = [-departure for departure in departures]
    return -_each(timetable.mirror, timetable.footpaths.out, access.turned(), mirrored, max_rides, horizon)


def _one(
    lines: Lines, changes: Lists, door: StopLinks, deadline: int, max_rides: int, horizon: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the labels `board` and `alight` of one door after each ride, int32[max_rides, stops] each."""
    rounds = _rounds(lines, changes, _at_stops(changes, door, [deadline]), (deadline - horizon, deadline), max_rides)
    board, alight = zip(*((board[:, 0].copy(), alight[:, 0].copy()) for board, alight in rounds), strict=True)
    return np.stack(board), np.stack(alight)


def _each(
    lines: Lines, changes: Lists, doors: StopLinks, deadlines: Sequence[int], max_rides: int, horizon: int
) -> NDArray[np.int32]:
    """Return the latest departures of many doors, int32[stops, doors]; those with like deadlines are scanned together."""
    times = np.array(deadlines, dtype=np.int32)
    latest = np.empty((len(changes.indptr) - 1, len(times)), dtype=np.int32)
    order = np.argsort(times, kind="stable")
    for begin in range(0, len(order), TOGETHER):
        some = order[begin : begin + TOGETHER]
        window = (int(times[some[0]]) - horizon, int(times[some[-1]]))
        alight = _at_stops(changes, doors.take(some), times[some])
        *_, (board, _) = _rounds(lines, changes, alight, window, max_rides)
        latest[:, some] = np.where(board >= times[some] - horizon, board, TOO_EARLY)
    return latest


def _at_stops(changes: Lists, doors: StopLinks, deadlines: ArrayLike) -> NDArray[np.int32]:
    """Return when to leave the last ride for being at each door in time, int32[stops, doors]."""
    alight = np.full((len(changes.indptr) - 1, len(doors)), TOO_EARLY, dtype=np.int32)
    door = doors.points
    alight[doors.stop, door] = np.asarray(deadlines, dtype=np.int32)[door] - doors.from_stop
    return alight


def _rounds(
    lines: Lines, changes: Lists, alight: NDArray[np.int32], window: tuple[int, int], max_rides: int
) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int32]]]:
    """Yield `board` and `alight`, int32[stops, doors] each, after each ride; the next one writes on them."""
    calls, board = lines.calls, np.full_like(alight, TOO_EARLY)
    boarded, alighted = board.copy(), board.copy()
    marks = np.zeros(len(alight), dtype=np.bool_)
    timetable = (lines.runs, calls.first, calls.stop, calls.arrival, calls.departure, calls.boards, calls.alights)
    for ride in range(max_rides):
        if ride and _kernels.risen(board, boarded, marks):
            _kernels.walk_backward(changes.indptr, changes.stop, changes.seconds, marks, board, alight)
        if _kernels.risen(alight, alighted, marks):
            _kernels.ride_backward(*timetable, *window, marks, alight, board)
        yield board, alight
