# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
Several measures at once: what each adds to all, which help and which replace each other, which to take under a budget.

Effects of single measures are never added up: v(S) is the effect of the measures in S evaluated together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from math import factorial, sqrt
from typing import Final, NamedTuple

import numpy as np

EXACT: Final = 8
"""Measures up to which all sets are evaluated."""

ORDERS: Final = 64
"""Orders of measures that shares are sampled from, where there are more."""

Worth = Callable[[frozenset[str]], int]


class Share(NamedTuple):
    """A measure's part of the joint effect, and the standard error of it; 0 where exact."""

    measure: str
    share: Fraction
    error: float


class Together(NamedTuple):
    """
    Two measures: how much more (synergy) or less (substitutes) they bring together than one by one.

    extra = v({a, b}) − v({a}) − v({b}) + v({})
    """

    one: str
    other: str
    extra: int


class Choice(NamedTuple):
    """
    Measures chosen under a budget.

    Attributes:
        measures: The measures, sorted.
        value: v of them.
        cost: EUR a year.
        bound: No choice within the budget brings more; proved where all sets were evaluated.
        proved: Whether the bound is.
    """

    measures: tuple[str, ...]
    value: int
    cost: float
    bound: int
    proved: bool


@dataclass(frozen=True, slots=True)
class Portfolio:
    """
    Measures by id and the worth of every set of them; what was evaluated once is remembered.

    Attributes:
        measures: Ids, sorted.
        worth: v, a whole number.
    """

    measures: tuple[str, ...]
    worth: Worth
    known: dict[frozenset[str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, measures: Sequence[str], worth: Worth) -> Portfolio:
        """Return the portfolio of measures; their order makes no difference."""
        return cls(tuple(sorted(measures)), worth)

    def v(self, measures: Sequence[str] | frozenset[str]) -> int:
        """Return what measures bring together."""
        wanted = frozenset(measures)
        if wanted not in self.known:
            self.known[wanted] = self.worth(wanted)
        return self.known[wanted]

    @property
    def joint(self) -> int:
        """What all bring together, beyond what none do."""
        return self.v(self.measures) - self.v(())

    def shares(self, orders: int = ORDERS, seed: int = 0) -> list[Share]:
        """
        Return each measure's Shapley share of the joint effect; the shares sum to it.

        Up to `EXACT` measures over all sets, exactly; else the mean over orders drawn, each with its reverse, with the standard error.

        Source:
            Shapley: A value for n-person games (1953); Castro, Gómez, Tejada: Polynomial calculation of the Shapley value based on
            sampling (2009).
        """
        return self._exact_shares() if len(self.measures) <= EXACT else self._sampled_shares(orders, seed)

    def last_in(self) -> dict[str, int]:
        """Return what is lost if one measure alone is left out."""
        return {one: self.v(self.measures) - self.v(self._without(one)) for one in self.measures}

    def pairs(self) -> list[Together]:
        """Return every pair of measures, the strongest synergy first, the strongest substitutes last."""
        none = self.v(())
        found = [
            Together(a, b, self.v((a, b)) - self.v((a,)) - self.v((b,)) + none)
            for a, b in combinations(self.measures, 2)
        ]
        return sorted(found, key=lambda pair: (-pair.extra, pair.one, pair.other))

    def best(self, costs: dict[str, float], budget: float) -> Choice:
        """
        Return the set that brings most within a budget, of equal ones the cheapest, then the fewest.

        Up to `EXACT` measures every set is evaluated: the choice is the best. Beyond, measures are added by what they bring for a euro;
        the bound then is what all bring together, which holds as long as no measure takes from what others bring.

        Args:
            costs: EUR a year of each measure.
            budget: EUR a year.
        """
        if len(self.measures) <= EXACT:
            sets = [s for n in range(len(self.measures) + 1) for s in combinations(self.measures, n)]
            within = [s for s in sets if _cost(s, costs) <= budget]
            chosen = min(within, key=lambda s: (-self.v(s), _cost(s, costs), len(s), s))
            return Choice(chosen, self.v(chosen), _cost(chosen, costs), self.v(chosen), proved=True)
        chosen = tuple(sorted(self._greedy(costs, budget)))
        return Choice(chosen, self.v(chosen), _cost(chosen, costs), self.v(self.measures), proved=False)

    def order(self, costs: dict[str, float]) -> list[tuple[str, int]]:
        """Return in which order to begin, by what each adds for a euro to those before, and what it adds; measures without gain last."""
        built: tuple[str, ...] = ()
        steps = []
        while len(built) < len(self.measures):
            rest = [one for one in self.measures if one not in built]
            added = {one: self.v((*built, one)) - self.v(built) for one in rest}
            chosen = min(rest, key=lambda one: (-_rate(added[one], costs[one]), costs[one], one))
            steps.append((chosen, added[chosen]))
            built = (*built, chosen)
        return steps

    def _without(self, one: str) -> frozenset[str]:
        return frozenset(self.measures) - {one}

    def _exact_shares(self) -> list[Share]:
        n = len(self.measures)
        found = []
        for one in self.measures:
            others = [m for m in self.measures if m != one]
            total = sum(
                factorial(size) * factorial(n - 1 - size) * (self.v((*some, one)) - self.v(some))
                for size in range(n)
                for some in combinations(others, size)
            )
            found.append(Share(one, Fraction(total, factorial(n)), 0.0))
        return found

    def _sampled_shares(self, orders: int, seed: int) -> list[Share]:
        random = np.random.default_rng(seed)
        halves = [random.permutation(len(self.measures)) for _ in range(max(2, orders // 2))]
        gains = [(self._gains(half), self._gains(half[::-1])) for half in halves]
        found = []
        for at, one in enumerate(self.measures):
            means = [Fraction(forth[at] + back[at], 2) for forth, back in gains]
            mean = sum(means, Fraction(0)) / len(means)
            spread = sum(float(value - mean) ** 2 for value in means) / (len(means) - 1)
            found.append(Share(one, mean, sqrt(spread / len(means))))
        return found

    def _gains(self, order: Sequence[int] | np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[int]:
        """Return what each measure adds when its turn comes, by measure."""
        gains = [0] * len(self.measures)
        before: tuple[str, ...] = ()
        for at in order:
            after = (*before, self.measures[int(at)])
            gains[int(at)] = self.v(after) - self.v(before)
            before = after
        return gains

    def _greedy(self, costs: dict[str, float], budget: float) -> tuple[str, ...]:
        built: tuple[str, ...] = ()
        while True:
            left = budget - _cost(built, costs)
            rest = [one for one in self.measures if one not in built and costs[one] <= left]
            added = {one: self.v((*built, one)) - self.v(built) for one in rest}
            gaining = [one for one in rest if added[one] > 0]
            if not gaining:
                return built
            built = (*built, min(gaining, key=lambda one: (-_rate(added[one], costs[one]), costs[one], one)))


def _cost(measures: Sequence[str], costs: dict[str, float]) -> float:
    return sum(costs[one] for one in measures)


def _rate(added: int, cost: float) -> float:
    """Return what is added for a euro; what costs nothing and adds something comes first."""
    if cost > 0:
        return added / cost
    return float("inf") if added > 0 else 0.0 if added == 0 else float("-inf")
