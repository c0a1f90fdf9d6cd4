# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A working day of shared vehicles, ride by ride, and what a year of such days costs and earns."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drehkreuz.planning.sharing.assumed import SharingParameters
from drehkreuz.planning.sharing.demand import Demand

DAY_MINUTES: Final = 1440

ARRIVES, OUT, BACK = 0, 1, 2
"""What happens; of two at the same moment a vehicle that comes is there for who leaves."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Wishes:
    """
    People who would ride on one day, there and back, in the order in which they set out to work.

    Attributes:
        home: int64[n], station near home.
        work: int64[n], station near work.
        out: float64[n], when they set out, minutes after midnight; below 0 on the evening before.
        back: float64[n], when they leave work, minutes after midnight of the same day; above 1,440 on the next.
    """

    home: Ints
    work: Ints
    out: NDArray[np.float64]
    back: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Day:
    """
    What became of a day.

    Attributes:
        rides: int64[n, 2], where each ride that took place began, and where it was to end.
        missed: Rides for which no vehicle stood there, the way home of those who rode out among them.
        diverted: Rides that ended at another station, since theirs was full.
        left: int64[s], vehicles at each station in the night.
    """

    rides: Ints
    missed: int
    diverted: int
    left: Ints


def wishes(demand: Demand, uptake: float, assumed: SharingParameters, rng: np.random.Generator) -> Wishes:
    """Draw who would ride on a day: a Poisson number for each pair of stations, each with a shift of those near work, or beyond a train ride."""
    daily = assumed.present * uptake
    usual = np.broadcast_to(demand.usual, demand.mix.shape)
    parts = (
        _drawn(demand, (demand.commuters + demand.from_train) * daily, demand.mix, 0, assumed, rng),
        _drawn(demand, demand.to_train * daily, usual, assumed.train_minutes, assumed, rng),
    )
    ends = [np.concatenate([getattr(part, name) for part in parts]) for name in ("home", "work")]
    times = [np.concatenate([getattr(part, name) for part in parts]) for name in ("out", "back")]
    order = np.argsort(times[0], kind="stable")
    return Wishes(*(end[order] for end in ends), *(time[order] for time in times))


def _drawn(
    demand: Demand,
    mean: NDArray[np.float64],
    mix: NDArray[np.float64],
    beyond: int,
    assumed: SharingParameters,
    rng: np.random.Generator,
) -> Wishes:
    """Draw wishes, so many on the mean from station to station, in any order; work lies `beyond` minutes from the second."""
    counts = rng.poisson(mean)
    home, work = (np.repeat(index, counts.ravel()) for index in np.indices(counts.shape).reshape(2, -1))
    drawn = rng.random(len(home))
    ladder = np.cumsum(mix, axis=1)[work]
    shift = demand.shifts[np.minimum((drawn[:, None] >= ladder).sum(axis=1), len(demand.shifts) - 1)]
    lasts = demand.seconds[home, work] / 60 + beyond
    begin, end = shift[:, 0].astype(np.float64), shift[:, 1].astype(np.float64)
    scatter = rng.normal(0.0, assumed.scatter_minutes, (2, len(home)))
    out = begin - assumed.early_minutes - lasts - np.abs(scatter[0])
    back = np.where(end <= begin, end + DAY_MINUTES, end) + beyond + np.abs(scatter[1])
    return Wishes(home.astype(np.int64), work.astype(np.int64), out, back)


def levels(demand: Demand, wish: Wishes) -> tuple[Ints, Ints]:
    """
    Return how many vehicles each station must begin the day with so that nobody goes without, and how many places it needs beyond those.

    The first is the most by which departures are ahead of arrivals at any moment, the second the most by which arrivals are ahead.
    """
    takes = np.concatenate([wish.home, wish.work])
    gives = np.concatenate([wish.work, wish.home])
    begins = np.concatenate([wish.out, wish.back])
    lasts = demand.seconds[takes, gives] / 60
    times = np.concatenate([begins, begins + lasts])
    station = np.concatenate([takes, gives])
    change = np.concatenate([np.full(len(takes), -1), np.ones(len(gives), dtype=np.int64)])
    need, room = np.zeros(len(demand), dtype=np.int64), np.zeros(len(demand), dtype=np.int64)
    order = np.lexsort((-change, times, station))
    station, change = station[order], change[order]
    bounds = np.searchsorted(station, np.arange(len(demand) + 1))
    for s in np.unique(station).tolist():
        level = np.cumsum(change[bounds[s] : bounds[s + 1]])
        need[s], room[s] = max(0, -int(level.min())), max(0, int(level.max()))
    return need, room


def run(demand: Demand, wish: Wishes, vehicles: Ints, places: Ints) -> Day:
    """
    Let a day happen.

    Who finds no vehicle goes without, and has no ride home; who finds a station full rides on to the nearest one with a free place.
    """
    stands = vehicles.copy()
    nearest = np.argsort(demand.seconds, axis=1, kind="stable")
    events = [(float(time), OUT, person, 0, 0) for person, time in enumerate(wish.out)]
    events += [(float(time), BACK, person, 0, 0) for person, time in enumerate(wish.back)]
    heapify(events)
    rode: set[int] = set()
    rides: list[tuple[int, int]] = []
    missed = diverted = 0
    while events:
        time, what, person, origin, target = heappop(events)
        if what == ARRIVES:
            at = target
            if stands[target] >= places[target]:
                free = (int(s) for s in nearest[target] if stands[s] < places[s])
                at = next(free, target)  # a street corner, should every station be full
                diverted += 1
            stands[at] += 1
            rides.append((origin, target))
            continue
        if what == BACK and person not in rode:
            continue
        ends = (int(wish.home[person]), int(wish.work[person]))
        origin, target = ends if what == OUT else ends[::-1]
        if not stands[origin]:
            missed += 1
            continue
        rode.add(person)
        stands[origin] -= 1
        heappush(events, (time + float(demand.seconds[origin, target]) / 60, ARRIVES, person, origin, target))
    return Day(np.array(rides, dtype=np.int64).reshape(-1, 2), missed, diverted, stands)
