# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Which begin of a shift would let more people come by bus and train, and whom it would cost the way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from drehkreuz.commuting.assumed import CommutingParameters
from drehkreuz.commuting.workforce import Shift, Workforce
from drehkreuz.reach.asked import JourneyPlanner, Travel


@dataclass(frozen=True, slots=True)
class Start:
    """
    One shift begun and ended so much earlier or later.

    Attributes:
        shift: The shift as it is.
        minutes: By how much, negative for earlier.
        people: Who work it, in turn with others or always.
        can: Who then come by bus and train within the limit, both ways.
        gained: Who can then and cannot now.
        lost: Who can now and cannot then.
    """

    shift: Shift
    minutes: int
    people: int
    can: int
    gained: int
    lost: int


def starts(planner: JourneyPlanner, place: int, staff: Workforce, parameters: CommutingParameters) -> tuple[Start, ...]:
    """
    Try every shift at other times.

    Each shift is moved alone, begin and end together; a rota that hands over from shift to shift must move all of them.

    Args:
        planner: Of the region.
        place: Row of table `places`.
        staff: The people; those outside the region can never come.
        parameters: Steps and limit.
    """
    works, inside = staff.works(), staff.zone >= 0
    limit = parameters.bearable_minutes * 60
    found = []
    for column, shift in enumerate(staff.shifts):
        people = np.where(works[:, column], staff.people, 0)
        reach = {}
        for minutes in sorted({0, *parameters.start_steps}):
            spans = planner.spans(Travel.TRANSIT, place, shift.moved(minutes).times)
            near = np.maximum(spans.out, spans.back) <= limit
            reach[minutes] = inside & near[staff.zone]
        now = reach[0]
        found += [
            Start(
                shift=shift,
                minutes=minutes,
                people=int(people.sum()),
                can=int(people[can].sum()),
                gained=int(people[can & ~now].sum()),
                lost=int(people[now & ~can].sum()),
            )
            for minutes, can in reach.items()
        ]
    return tuple(found)


def best_starts(found: tuple[Start, ...]) -> dict[Shift, Start]:
    """Return for each shift the time with most people who can come, of equal ones the nearest to today's; today's where none is better."""
    best: dict[Shift, Start] = {}
    for start in sorted(found, key=lambda one: (-one.can, abs(one.minutes), one.minutes)):
        best.setdefault(start.shift, start)
    return best
