# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a ride costs by a plan, exactly to the cent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Literal

Per = Literal["trip", "minute", "km"]


@dataclass(frozen=True, slots=True)
class Step:
    """
    A part of a plan; all that hold for a ride are added.

    Attributes:
        per: What is paid for: the trip, its minutes or its kilometres.
        price: In units of the currency.
        start: Minutes or kilometres after which it begins.
        end: At which it ends; None: it goes on.
        interval: After which it is charged again; 0: once.
    """

    per: Per
    price: Decimal
    start: int = 0
    end: int | None = None
    interval: int = 0

    def times(self, used: Fraction) -> int:
        """Return how often it is charged for so many minutes or kilometres."""
        if self.per == "trip":
            return 1
        if used <= self.start:
            return 0
        if not self.interval:
            return 1
        until = used if self.end is None else min(used, Fraction(self.end))
        return max(1, ceil((until - self.start) / self.interval))


def cents(steps: Iterable[Step], seconds: int, metres: int) -> int:
    """
    Return what a ride costs in hundredths of the currency, never below 0.

    A step by minutes or kilometres is charged when it begins and again after each interval, until it ends. Sums are exact; half a cent at the
    very end counts as one.

    Source:
        GBFS 3.0, system_pricing_plans.json: `per_min_pricing` and `per_km_pricing`.
    """
    used = {"trip": Fraction(0), "minute": Fraction(seconds, 60), "km": Fraction(metres, 1000)}
    exact = sum((Fraction(step.price) * step.times(used[step.per]) for step in steps), Fraction(0))
    return max(0, floor(100 * exact + Fraction(1, 2)))
