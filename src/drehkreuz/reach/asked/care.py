# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Ways to work and back that bring a child to care and fetch it, while care is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from drehkreuz.errors import Finding, InputError
from drehkreuz.reach.asked.moves import Move, RoundTrip, Spot
from drehkreuz.reach.asked.planner import JourneyPlanner, Spans
from drehkreuz.reach.asked.travel import Travel
from drehkreuz.reach.modes import DayType
from drehkreuz.reach.timetable import DAY
from drehkreuz.reach.visits import Times
from drehkreuz.reach.ways import FAR

ALL_THE_WAY: Final = (Travel.WALK, Travel.BIKE, Travel.PEDELEC, Travel.CAR, Travel.TRANSIT)
"""Travel that can be broken at a third place: nothing waits at a stop, nothing is lent."""


@dataclass(frozen=True, slots=True)
class Care:
    """
    Where a child is looked after, and when.

    Attributes:
        place: Row of table `places`.
        opens: Seconds after midnight from which a child may be brought, Monday to Friday.
        closes: Seconds after midnight by which it must have been fetched.
    """

    place: int
    opens: int
    closes: int

    def is_open(self, begin: int, end: int, day: DayType) -> bool:
        """Return whether care is open all the time from `begin` to `end`, seconds after midnight of the day."""
        midnight = begin // DAY * DAY
        return day is DayType.WEEKDAY and self.opens <= begin - midnight and end - midnight <= self.closes


@dataclass(frozen=True, slots=True)
class _Stay:
    """A stay at care on the way: when it begins and ends, seconds after midnight."""

    begin: int
    end: int


def spans_via_care(planner: JourneyPlanner, travel: Travel, care: Care, place: int, times: Times) -> Spans:
    """
    Return how long the ways of all homes through care are: home, care, work, and work, care, home.

    The child is brought as late as the way to work allows and fetched as soon as one is there.

    Args:
        planner: Of all homes.
        travel: By what, one of `ALL_THE_WAY`.
        care: Where and when.
        place: Workplace, row of table `places`.
        times: When to be there.

    Raises:
        InputError: If the travel cannot be broken on the way.
    """
    nowhere = np.full(len(planner.network.zones), FAR, dtype=np.int32)
    out, back = nowhere, nowhere
    bring, fetch = _stays(planner, travel, care, place, times)
    if bring is not None:
        to_care = planner.spans(travel, care.place, _there(bring, times)).out
        out = np.where(to_care < FAR, to_care + (times.start - bring.begin), FAR).astype(np.int32)
    if fetch is not None:
        from_care = planner.spans(travel, care.place, _home(fetch, times)).back
        back = np.where(from_care < FAR, from_care + (fetch.end - times.end), FAR).astype(np.int32)
    return Spans(*(np.where(ways <= planner.longest, ways, FAR).astype(np.int32) for ways in (out, back)))


def round_trip_via_care(
    planner: JourneyPlanner, travel: Travel, home: Spot, care: Care, place: int, times: Times
) -> RoundTrip:
    """Return the moves of one home through care; arguments and errors as in `spans_via_care`."""
    spans = spans_via_care(planner.only(home), travel, care, place, times)
    bring, fetch = _stays(planner, travel, care, place, times)
    spot = Spot("places", care.place)
    out: tuple[Move, ...] = ()
    back: tuple[Move, ...] = ()
    if bring is not None and spans.out[0] < FAR:
        first = planner.round_trip(travel, home, care.place, _there(bring, times)).out
        then = planner.round_trip(travel, spot, place, times).out
        out = (*first, Move("care", bring.begin, bring.end, spot, spot), *then)
    if fetch is not None and spans.back[0] < FAR:
        first = planner.round_trip(travel, spot, place, times).back
        then = planner.round_trip(travel, home, care.place, _home(fetch, times)).back
        back = (*first, Move("care", fetch.begin, fetch.end, spot, spot), *then)
    return RoundTrip(out, back)


def _stays(
    planner: JourneyPlanner, travel: Travel, care: Care, place: int, times: Times
) -> tuple[_Stay | None, _Stay | None]:
    """Return when the child is brought and when it is fetched; None where care is closed then, or too far from work."""
    if travel not in ALL_THE_WAY:
        known = ", ".join(ALL_THE_WAY)
        problem = f"leaves or lends a vehicle and cannot be broken at care; {known} can"
        raise InputError(Finding("--chain", "", "", str(travel), problem, "Choose one of these."))
    seconds = planner.assumed.care_seconds
    work = planner.only(Spot("places", care.place)).spans(travel, place, times)
    out, back = int(work.out[0]), int(work.back[0])
    bring = _Stay(times.start - out - seconds, times.start - out)
    fetch = _Stay(times.end + back, times.end + back + seconds)
    return (
        bring if out < FAR and care.is_open(bring.begin, bring.end, times.day_out) else None,
        fetch if back < FAR and care.is_open(fetch.begin, fetch.end, times.day_back) else None,
    )


def _there(bring: _Stay, times: Times) -> Times:
    return Times(bring.begin, bring.begin, times.day_out, times.day_out)


def _home(fetch: _Stay, times: Times) -> Times:
    return Times(fetch.end, fetch.end, times.day_back, times.day_back)
