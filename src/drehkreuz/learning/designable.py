# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How long it takes at least to learn enough in modules that could be designed, whatever courses there are."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

TENTHS: Final = 10  # weeks are counted in tenths, begun tenths in full


def least_weeks(
    held: NDArray[np.bool_],
    related: NDArray[np.bool_],
    weight: NDArray[np.float64],
    part: NDArray[np.float64],
    weeks: NDArray[np.float64],
    siblings: list[list[int]],
    target: float,
    horizon: float,
) -> NDArray[np.float64]:
    """
    Return the fewest weeks in which each person reaches the target, learning must skills one by one.

    A skill learnt counts in full, one beside it in part, as in `feasibility`. With N[T] the skills learnt and their siblings,
    the weight gained by learning T is the sum of `part` over the N[T] that had nothing yet, plus `weight − part` over the T
    that were not held. So it is a knapsack with one more state, N[T], within each group of skills linked by siblings: exact
    by dynamic programming over the weeks, for all people at once.

    Args:
        held: bool[n, m], must skills held.
        related: bool[n, m], not held, but a sibling is.
        weight: float64[m].
        part: float64[m], what a skill earns when only a sibling is there.
        weeks: float64[m], weeks to learn it.
        siblings: For each must skill, those of the others that are its siblings.
        target: Weight to reach.
        horizon: Longest time asked about, weeks.

    Returns:
        float64[n], weeks, rounded up to tenths for each skill; infinite where the horizon is too short.
    """
    tenths = [math.ceil(round(TENTHS * each, 6)) for each in weeks]
    unit = math.gcd(*tenths) or 1
    state, of_person = np.unique(np.where(held, 2, related), axis=0, return_inverse=True)
    full = np.where(state == 2, 0.0, weight - part)
    beside = np.where(state == 0, part, 0.0)
    brought = np.where(state == 2, weight, np.where(state == 1, part, 0.0)).sum(axis=1)
    most = np.repeat(brought[:, None], int(horizon * TENTHS) // unit + 1, axis=1)  # by weeks at most
    for group in _linked(siblings):
        reached = {frozenset[int](): most}
        for s in group:
            reached |= _learn(reached, frozenset({s, *siblings[s]}), full[:, s], tenths[s] // unit)
        most = np.maximum.reduce(
            [table + beside[:, sorted(lit)].sum(axis=1)[:, None] for lit, table in reached.items()]
        )
    enough = most >= target
    least = np.where(enough.any(axis=1), enough.argmax(axis=1) * unit / TENTHS, np.inf)
    return least[of_person.reshape(-1)]


def _learn(
    reached: dict[frozenset[int], NDArray[np.float64]], lit: frozenset[int], full: NDArray[np.float64], weeks: int
) -> dict[frozenset[int], NDArray[np.float64]]:
    """Return the tables that change when one more skill may be learnt, by the set of skills lit."""
    found: dict[frozenset[int], NDArray[np.float64]] = {}
    for before, table in reached.items():
        learnt = np.full_like(table, -np.inf)
        learnt[:, weeks:] = table[:, : max(0, table.shape[1] - weeks)] + full[:, None]
        after = before | lit
        other = found.get(after, reached.get(after))
        found[after] = learnt if other is None else np.maximum(other, learnt)
    return found


def _linked(siblings: list[list[int]]) -> list[list[int]]:
    """Return the groups of skills that are linked by siblings, directly or through others."""
    groups: list[list[int]] = []
    seen: set[int] = set()
    for first in range(len(siblings)):
        group, waiting = [], [first]
        while waiting:
            s = waiting.pop()
            if s not in seen:
                seen.add(s)
                group.append(s)
                waiting += siblings[s]
        groups += [sorted(group)] * bool(group)
    return groups
