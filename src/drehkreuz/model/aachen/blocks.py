# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Which trips one vehicle runs, one after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

LAYOVER_MINUTES: Final = 3
IDLE_MINUTES: Final = 180
"""Assumed: a vehicle that would stand longer goes to the depot."""


def chain(
    pools: Sequence[str], starts: Sequence[int], ends: Sequence[int], tails: Sequence[int], heads: Sequence[int]
) -> list[int]:
    """
    Return the vehicle of each trip, numbered from 0 in the order in which they set out.

    Greedy: a trip is run by the vehicle that came last to its first stop and has stood there for the layover; only if
    there is none a vehicle comes from the depot. So trips of a vehicle never overlap.

    Args:
        pools: Kind of vehicle and day of each trip; vehicles stay in their pool.
        starts: Minute at which each trip sets out.
        ends: Minute at which it is over.
        tails: Its first stop.
        heads: Its last stop.
    """
    standing: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    vehicle = [-1] * len(starts)
    vehicles = 0
    for trip in sorted(range(len(starts)), key=lambda trip: (pools[trip], starts[trip], trip)):
        waiting = standing[pools[trip], tails[trip]]
        ready = [
            place for place, (since, _) in enumerate(waiting) if LAYOVER_MINUTES <= starts[trip] - since <= IDLE_MINUTES
        ]
        if ready:
            chosen = max(ready, key=lambda place: waiting[place])
            vehicle[trip] = waiting.pop(chosen)[1]
        else:
            vehicle[trip], vehicles = vehicles, vehicles + 1
        standing[pools[trip], heads[trip]].append((ends[trip], vehicle[trip]))
    return vehicle
