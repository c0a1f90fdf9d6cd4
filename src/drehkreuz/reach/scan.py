# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Scans of the timetable: backward from a deadline, forward from a departure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drehkreuz.reach import _kernels
from drehkreuz.reach.footpaths import Lists
from drehkreuz.reach.lines import Lines
from drehkreuz.reach.links import StopLinks
from drehkreuz.reach.timetable import Timetable

TOO_EARLY = _kernels.TOO_EARLY
"""Label of a stop from which the workplace cannot be reached in time."""

TOO_LATE = _kernels.TOO_LATE
"""Label of a stop that cannot be reached."""


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

    Rides are counted exactly: a round reads only what the rounds before it found, and walks the lines that call where something is
    new. The last ride ends at a stop of the egress; footpaths lie only between rides.

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
    door = (egress.stop, egress.from_stop)
    board, alight, _ = _scan(timetable.lines, timetable.footpaths.into, door, [deadline], max_rides, horizon)
    return LatestDepartures(board, alight)


def arrive_by_each(
    timetable: Timetable, egress: StopLinks, deadlines: Sequence[int], *, max_rides: int = 4, horizon: int = 86_400
) -> NDArray[np.int32]:
    """
    Return the last row of `arrive_by` for each of many deadlines, int32[stops, deadlines], in one scan.

    From the first deadline to the last the labels stay, and only what is later now is followed.

    Args:
        timetable: One day with the nights around it.
        egress: Links of one place; the way from stop to place counts.
        deadlines: Seconds after midnight, in any order.
        max_rides: Rides allowed.
        horizon: How many seconds before each deadline runs are looked at.

    Source:
        Self-pruning as in the range queries of Delling, Pajor, Werneck.
    """
    door = (egress.stop, egress.from_stop)
    return _scan(timetable.lines, timetable.footpaths.into, door, deadlines, max_rides, horizon)[2]


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
    door = (access.stop, access.to_stop)
    board, alight, _ = _scan(timetable.mirror, timetable.footpaths.out, door, [-departure], max_rides, horizon)
    return EarliestArrivals(-alight, -board)


def depart_at_each(
    timetable: Timetable, access: StopLinks, departures: Sequence[int], *, max_rides: int = 4, horizon: int = 86_400
) -> NDArray[np.int32]:
    """
    Return the last row of `depart_at` for each of many departures, int32[stops, departures]; the mirror of `arrive_by_each`.

    Args:
        timetable: One day with the nights around it.
        access: Links of one place; the way from place to stop counts.
        departures: Seconds after midnight, in any order.
        max_rides: Rides allowed.
        horizon: How many seconds after each departure runs are looked at.
    """
    door, mirrored = (access.stop, access.to_stop), [-departure for departure in departures]
    return -_scan(timetable.mirror, timetable.footpaths.out, door, mirrored, max_rides, horizon)[2]


def _scan(
    lines: Lines,
    changes: Lists,
    door: tuple[NDArray[np.int32], NDArray[np.int32]],
    deadlines: Sequence[int],
    max_rides: int,
    horizon: int,
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Return the labels after the last deadline, each int32[max_rides, stops], and the latest departures for every deadline."""
    stops, calls = len(lines.at) - 1, lines.calls
    ascending = np.array(sorted(set(deadlines)), dtype=np.int32)
    board, alight = (np.full((max_rides, stops), TOO_EARLY, dtype=np.int32) for _ in range(2))
    latest = np.empty((stops, len(ascending)), dtype=np.int32)
    _kernels.scan_backward(
        lines.runs,
        calls.first,
        calls.stop,
        calls.arrival,
        calls.departure,
        calls.boards,
        calls.alights,
        lines.at,
        lines.line,
        lines.position,
        changes.indptr,
        changes.stop,
        changes.seconds,
        *door,
        ascending,
        horizon,
        board,
        alight,
        latest,
    )
    return board, alight, latest[:, np.searchsorted(ascending, deadlines)]
