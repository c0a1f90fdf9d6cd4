# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Scans of the timetable: backward from a deadline, forward from a departure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drehkreuz.reach import _kernels
from drehkreuz.reach.access import StopLinks
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

    One pass over the runs a ride: rides are counted exactly, since a pass reads only what the passes before it found. A run is
    walked from its last call to its first and kept once leaving it at a later call is in time. The last ride ends at a stop of
    the egress; footpaths lie only between rides.

    Args:
        timetable: One day with the nights around it.
        egress: Links of one place; the way from stop to place counts.
        deadline: Arrival at the door, seconds after midnight.
        max_rides: Rides allowed; walking between them does not count.
        horizon: How many seconds before the deadline runs are looked at.

    Returns:
        Seconds after midnight per number of rides and stop.

    Source:
        Rounds as in Delling, Pajor, Werneck: Round-Based Public Transit Routing. Transportation Science 49 (2015).
    """
    labels = LatestDepartures(*(np.full((max_rides, timetable.n_stops), TOO_EARLY, dtype=np.int32) for _ in range(2)))
    board, alight = labels.board, labels.alight
    np.maximum.at(alight[0], egress.stop, deadline - egress.from_stop)
    low, high = timetable.runs_between(deadline - horizon, deadline)
    done = timetable.first[low:high].copy()
    before = np.full(timetable.n_stops, TOO_EARLY, dtype=np.int32)
    paths = timetable.footpaths.into
    calls = (
        timetable.first,
        timetable.stop,
        timetable.arrival,
        timetable.departure,
        timetable.boards,
        timetable.alights,
    )
    for ride in range(max_rides):
        board[ride] = before
        _kernels.ride_backward(*calls, low, deadline - horizon, alight[ride], done, board[ride])
        if ride + 1 < max_rides:
            alight[ride + 1] = alight[ride]
            _kernels.walk_backward(paths.indptr, paths.stop, paths.seconds, before, board[ride], alight[ride + 1])
        before = board[ride]
    return labels


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
    labels = EarliestArrivals(*(np.full((max_rides, timetable.n_stops), TOO_LATE, dtype=np.int32) for _ in range(2)))
    board, alight = labels.board, labels.alight
    np.minimum.at(board[0], access.stop, departure + access.to_stop)
    low, high = timetable.runs_between(departure, departure + horizon)
    done = timetable.first[low + 1 : high + 1] - 1
    before = np.full(timetable.n_stops, TOO_LATE, dtype=np.int32)
    paths = timetable.footpaths.out
    calls = (
        timetable.first,
        timetable.stop,
        timetable.arrival,
        timetable.departure,
        timetable.boards,
        timetable.alights,
    )
    for ride in range(max_rides):
        alight[ride] = before
        _kernels.ride_forward(*calls, low, departure + horizon, board[ride], done, alight[ride])
        if ride + 1 < max_rides:
            board[ride + 1] = board[ride]
            _kernels.walk_forward(paths.indptr, paths.stop, paths.seconds, before, alight[ride], board[ride + 1])
        before = alight[ride]
    return labels
