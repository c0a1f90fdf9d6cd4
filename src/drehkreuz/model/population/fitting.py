# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Iterative proportional fitting to sums that are known, or known to lie between two bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Sums:
    """
    What the sums of a table over groups of cells must be; groups of one table do not overlap.

    Attributes:
        row: int32[cells], the group of each cell, -1: in none.
        least: float64[groups], smallest sum.
        most: float64[groups], largest sum; infinite where nothing is known.
    """

    row: Ints
    least: Floats
    most: Floats

    def of(self, cells: Floats) -> Floats:
        """Return the sums of the groups, float64[groups]."""
        inside = self.row >= 0
        return np.asarray(np.bincount(self.row[inside], cells[inside], len(self.least)), dtype=np.float64)

    def off(self, cells: Floats) -> Floats:
        """Return how far each sum is below its least or above its most, float64[groups]."""
        now = self.of(cells)
        return np.maximum(np.maximum(self.least - now, now - self.most), 0.0)


@dataclass(frozen=True, slots=True)
class Fitted:
    """
    Cells that were fitted.

    Attributes:
        cells: float64[cells].
        off: float64[tables], how many people each table's sums are off in all.
        rounds: Rounds it took.
    """

    cells: Floats
    off: Floats
    rounds: int


NOBODY: Final = 1e-100
MOST_FACTOR: Final = 1e100
"""Where tables contradict each other, cells shrink and factors grow without end; beyond these they are left alone."""
PAIR_ROUNDS: Final = 300
"""Rounds after which two tables that still miss each other contradict; those that agree need some ten."""


def fit(seed: Floats, tables: Sequence[Sums], *, rounds: int = 2_000, enough: float = 1e-9) -> Fitted:
    """
    Return the cells nearest to a seed whose sums are as asked.

    Every table in turn multiplies its groups by what its sums lack. A group whose sum may lie between bounds is multiplied
    only as far as a bound asks, from where it would be without its own factor: so the fixed point is the one of least
    relative entropy to the seed. The first table comes last in a round: where tables contradict each other, it holds.

    Args:
        seed: float64[cells], not negative; zeros stay zeros.
        tables: What is asked.
        rounds: At most.
        enough: Stop when no table is off by more, as a share of all people.

    Source:
        Deming, Stephan: On a least squares adjustment of a sampled frequency table. Ann. Math. Statist. 11 (1940).
        Csiszár: I-divergence geometry of probability distributions. Ann. Probab. 3 (1975); for bounds Bregman's cyclic
        projections, USSR Comput. Math. Math. Phys. 7 (1967).
    """
    cells = seed.copy()
    for table in tables:
        cells[_in_groups(table, table.most == 0)] = 0.0
    factors = [np.ones(len(table.least)) for table in tables]
    off, done = np.full(len(tables), np.inf), 0
    while done < rounds and off.max(initial=0.0) > enough * max(1.0, float(cells.sum())):
        for k in reversed(range(len(tables))):
            factors[k] = _turn(cells, tables[k], factors[k])
        off = np.array([table.off(cells).sum() for table in tables])
        done += 1
    return Fitted(cells, off, done)


def _turn(cells: Floats, table: Sums, before: Floats) -> Floats:
    """Multiply the groups of a table in place; return what those between bounds were multiplied with in all."""
    now = table.of(cells) / before
    some = (now > NOBODY) & (table.most > 0)
    low = np.divide(table.least, now, out=np.ones_like(now), where=some)
    high = np.divide(table.most, now, out=np.ones_like(now), where=some)
    after = np.clip(np.clip(1.0, low, high), 1 / MOST_FACTOR, MOST_FACTOR)
    inside = table.row >= 0
    cells[inside] *= (after / before)[table.row[inside]]
    return np.where(table.least == table.most, 1.0, after)


def _in_groups(table: Sums, some: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return np.append(some, False)[table.row]  # -1 is the last, which is none


def lacking(seed: Floats, table: Sums) -> NDArray[np.int64]:
    """Return the groups that must hold somebody and whose cells are all zero."""
    return np.flatnonzero((table.least > 0) & (table.of(seed) <= 0))


def contradictions(seed: Floats, tables: Sequence[Sums], *, enough: float = 1e-4) -> list[tuple[int, int, Floats]]:
    """
    Return every two tables that cannot both hold: their positions, and how far the second is off where the first holds.

    Args:
        seed: float64[cells].
        tables: What is asked.
        enough: Share of all people by which a table may be off.
    """
    found = []
    for one, other in combinations(range(len(tables)), 2):
        fitted = fit(seed, [tables[one], tables[other]], rounds=PAIR_ROUNDS)
        if fitted.off.max() > enough * max(1.0, float(fitted.cells.sum())):
            found.append((one, other, tables[other].off(fitted.cells)))
    return found
