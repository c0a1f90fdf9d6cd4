# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The rides behind a scan's labels, for the one way a person asks about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from drehkreuz.reach.links import StopLinks
from drehkreuz.reach.scan import TOO_LATE, EarliestArrivals, depart_at
from drehkreuz.reach.timetable import Timetable


class Ride(NamedTuple):
    """
    One ride.

    Attributes:
        run: Run of the timetable.
        board: Row of table `stops` where it is boarded.
        departure: Seconds after midnight.
        alight: Row of table `stops` where it is left.
        arrival: Seconds after midnight.
        walk: Seconds of the walk to the stop it is boarded at: from the door, or from the ride before.
    """

    run: int
    board: int
    departure: int
    alight: int
    arrival: int
    walk: int


@dataclass(frozen=True, slots=True)
class Journey:
    """
    A way with at least one ride.

    Attributes:
        rides: In order.
        walk: Seconds of the walk from the last stop to the door.
    """

    rides: tuple[Ride, ...]
    walk: int

    @property
    def arrival(self) -> int:
        """Arrival at the door, seconds after midnight."""
        return self.rides[-1].arrival + self.walk


def earliest_journey(
    timetable: Timetable, access: StopLinks, egress: StopLinks, departure: int, *, max_rides: int, horizon: int
) -> Journey | None:
    """
    Return the journey that arrives first for who leaves one door at a time, of equals one with fewest rides; None: there is none.

    Args:
        timetable: One day with the nights around it.
        access: Links of the door left; the way from door to stop counts.
        egress: Links of the door to be reached; the way from stop to door counts.
        departure: Seconds after midnight.
        max_rides: Rides allowed.
        horizon: How many seconds after the departure runs are looked at.
    """
    table = timetable.lines.calls
    labels = depart_at(timetable, access, departure, max_rides=max_rides, horizon=horizon)
    doors = labels.alight[-1, egress.stop] + egress.from_stop
    if not len(doors) or doors.min() >= TOO_LATE:
        return None
    best = int(doors.argmin())
    ready = {int(stop): departure + int(seconds) for stop, seconds in zip(access.stop, access.to_stop, strict=True)}
    rides: list[Ride] = []
    stop, used = int(egress.stop[best]), max_rides - 1
    while True:
        used = int(np.argmax(labels.alight[:, stop] == labels.alight[used, stop]))
        run, boarded, left = _last_ride(timetable, labels, used, stop)
        at, leave = int(table.stop[boarded]), int(table.departure[boarded])
        change = None if ready.get(at, TOO_LATE) <= leave else _change(timetable, labels, used, at)
        walk = ready[at] - departure if change is None else change[1]
        rides.append(Ride(run, at, leave, stop, int(table.arrival[left]), walk))
        if change is None:
            return Journey(tuple(reversed(rides)), int(egress.from_stop[best]))
        stop, used = change[0], used - 1


def _last_ride(timetable: Timetable, labels: EarliestArrivals, used: int, stop: int) -> tuple[int, int, int]:
    """Return run, call boarded and call left of a ride that gives a stop its label; boarded where the wait is longest."""
    arrival = labels.alight[used, stop]
    table = timetable.lines.calls
    at_stop = (table.stop == stop) & table.alights & (table.arrival == arrival)
    for left in np.flatnonzero(at_stop):
        run = int(np.searchsorted(table.first, left, side="right")) - 1
        calls = np.arange(table.first[run], left)
        wait = table.departure[calls] - labels.board[used, table.stop[calls]]
        wait[~table.boards[calls]] = -1
        if len(calls) and wait.max() >= 0:
            return run, int(calls[wait.argmax()]), int(left)
    message = f"no run explains the arrival at stop {stop} at {arrival}"
    raise AssertionError(message)


def _change(timetable: Timetable, labels: EarliestArrivals, used: int, stop: int) -> tuple[int, int]:
    """Return the stop of the ride before and the walk from it that make a stop ready first."""
    paths = timetable.footpaths.into
    part = slice(paths.indptr[stop], paths.indptr[stop + 1])
    ready = labels.alight[used - 1, paths.stop[part]] + paths.seconds[part]
    best = int(ready.argmin())
    return int(paths.stop[part][best]), int(paths.seconds[part][best])
