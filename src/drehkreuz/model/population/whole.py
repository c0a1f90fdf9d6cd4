# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Whole people out of fitted fractions: whole parts stay, the rest is drawn so that the sums hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack

from drehkreuz.model.aachen.draw import Stream
from drehkreuz.model.population.fitting import Floats, Sums

WHOLE: Final = 1e-6
NEAR: Final = 1e-3
"""Parts of a person that are no part, in a cell and in a sum; a fit ends nearer than that."""
MISS: Final = 1e3
"""Price of a sum that is off by one, against 0 to 1 for a cell: a sum is only missed where no choice of cells keeps it."""
ROOM: Final = 4
"""Cells that are first offered for each person still to be placed."""
GAP: Final = 0.01
"""How far the choice may be from the best by its keys, which chance gave anyway; sums weigh a thousand times as much."""
NODES: Final = 50
"""Branches tried where the linear programme alone gives no whole numbers; it does for one table and for two."""


def whole(cells: Floats, tables: Sequence[Sums], stream: Stream) -> NDArray[np.int64]:
    """
    Round cells to whole numbers: each up or down, and every sum of a table to the whole number below or above.

    A sum that is whole stays as it is. Which cells are rounded up is drawn: a cell with fraction f has the key
    e(1 - f) / f, e exponential, and the smallest keys that fit all sums are taken. With one or two tables the matrix of the
    sums is totally unimodular, so every sum is kept. With three and more a sum may have to be missed; as few as possible are.

    Args:
        cells: float64[cells], not negative.
        tables: Groups whose sums are to be kept.
        stream: Where chance comes from.

    Returns:
        int64[cells].

    Source:
        Lovelace, Ballas: "Truncate, replicate, sample". Computers, Environment and Urban Systems 41 (2013); Cox: A
        constructive procedure for unbiased controlled rounding. JASA 82 (1987).
    """
    down = np.floor(cells + WHOLE)
    part = np.where(cells - down > WHOLE, cells - down, 0.0)
    open_cells = np.flatnonzero(part > 0)
    if not len(open_cells):
        return down.astype(np.int64)
    fractions = np.minimum(part[open_cells], 1 - WHOLE)
    keys = -np.log(1.0 - stream.uniform(len(open_cells))) * (1 - fractions) / fractions
    order = open_cells[np.argsort(keys, kind="stable")]
    asked = [_bounds(cells, down, table) for table in tables]
    offered = min(len(order), ROOM * round(float(part.sum())) + len(tables))
    up, missed = _choose(order[:offered], tables, asked)
    if missed and offered < len(order):
        up, _ = _choose(order, tables, asked)
    down[up] += 1
    return down.astype(np.int64)


def _bounds(cells: Floats, down: Floats, table: Sums) -> tuple[Floats, Floats]:
    """Return how many cells of each group must and may be rounded up."""
    asked, have = table.of(cells), table.of(down)
    return np.floor(asked + NEAR) - have, np.ceil(asked - NEAR) - have


def _choose(
    order: NDArray[np.int64], tables: Sequence[Sums], asked: Sequence[tuple[Floats, Floats]]
) -> tuple[NDArray[np.int64], bool]:
    """Return the cells to round up, the first in order where it does not matter; and whether a sum was missed."""
    sums = vstack([_member(order, table) for table in tables]).tocsr()
    low, high = (np.concatenate(sides) for sides in zip(*asked, strict=True))
    held = np.diff(sums.indptr) > 0
    held |= (low > 0) | (high < 0)
    sums, low, high = sums[held], low[held], high[held]
    n, m = len(order), len(low)
    slack = eye_array(m, format="csr")
    found = milp(
        np.concatenate([(np.arange(n) + 1) / n, np.full(2 * m, MISS)]),
        integrality=np.concatenate([np.ones(n), np.zeros(2 * m)]),
        bounds=Bounds(np.zeros(n + 2 * m), np.concatenate([np.ones(n), np.full(2 * m, np.inf)])),
        constraints=LinearConstraint(hstack([sums, slack, -slack]), low, high),
        options={"node_limit": NODES, "mip_rel_gap": GAP},
    )
    if found.x is None:
        message = f"rounding ended without an answer: {found.message}"
        raise RuntimeError(message)
    return order[found.x[:n] > 0.5], bool(found.x[n:].sum() > WHOLE)


def _member(order: NDArray[np.int64], table: Sums) -> csr_array:
    """Return which of the cells lie in which group, as a sparse matrix [groups, cells]."""
    row = table.row[order]
    inside = np.flatnonzero(row >= 0)
    return csr_array((np.ones(len(inside)), (row[inside], inside)), shape=(len(table.least), len(order)))
