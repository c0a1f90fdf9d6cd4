# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Outlines of sets of grid cells, as polygons with holes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import label

Ring = list[tuple[float, float]]
Polygon = list[Ring]
"""The outer ring counter-clockwise, then the holes clockwise; each closed, of (x, y)."""

Node = tuple[int, int]


def outlines(
    cells: NDArray[np.int64],
    to_degrees: Callable[[NDArray[np.float64]], tuple[NDArray[np.float64], NDArray[np.float64]]],
) -> list[Polygon]:
    """
    Return the polygons that a set of unit cells makes up, one for each part whose cells share sides.

    Args:
        cells: int64[n, 2], column and row of the south-western corner, each once.
        to_degrees: Turns points [n, 2] into latitudes and longitudes.

    Returns:
        Polygons in order of their south-western cells; corners where the outline turns, as (longitude, latitude).
    """
    low = cells.min(axis=0)
    inside = np.zeros(cells.max(axis=0) - low + 1, dtype=bool)
    inside[tuple((cells - low).T)] = True
    part, parts = label(inside)

    def ring(nodes: list[Node]) -> Ring:
        lat, lon = to_degrees((np.array(nodes) + low).astype(np.float64))
        return list(zip(lon.tolist(), lat.tolist(), strict=True))

    return [[ring(nodes) for nodes in _rings(part == number)] for number in range(1, parts + 1)]


def _rings(inside: NDArray[np.bool_]) -> list[list[Node]]:
    """
    Return the closed rings around one part, the outer one first.

    Every side between inside and outside is walked with the inside on the left. Where two cells touch at a corner alone,
    the way turns right, so that no ring touches itself.
    """
    ahead: dict[Node, list[Node]] = {}
    framed = np.pad(inside, 1)
    for dx, dy, tail, head in (
        (0, -1, (0, 0), (1, 0)),
        (1, 0, (1, 0), (1, 1)),
        (0, 1, (1, 1), (0, 1)),
        (-1, 0, (0, 1), (0, 0)),
    ):
        neighbour = framed[1 + dx : framed.shape[0] - 1 + dx, 1 + dy : framed.shape[1] - 1 + dy]
        for x, y in np.argwhere(inside & ~neighbour).tolist():
            ahead.setdefault((x + tail[0], y + tail[1]), []).append((x + head[0], y + head[1]))
    rings = []
    while ahead:
        start = min(ahead)
        at, nodes = start, [start]
        ((x, y),) = ahead[start]  # nothing lies farther west, so cells cannot touch here at a corner alone
        came = (x - start[0], y - start[1])
        while True:
            step = _rightmost(ahead, at, came)
            if step == came and len(nodes) > 1:
                nodes.pop()  # straight on: no corner
            came, at = step, (at[0] + step[0], at[1] + step[1])
            nodes.append(at)
            if at == start:
                break
        rings.append(nodes)
    return rings


def _rightmost(ahead: dict[Node, list[Node]], at: Node, came: Node) -> Node:
    """Take the side out of a node that turns most to the right, and strike it off."""
    steps = {(x - at[0], y - at[1]): (x, y) for x, y in ahead[at]}
    dx, dy = came
    step = next(turn for turn in ((dy, -dx), (dx, dy), (-dy, dx)) if turn in steps)
    ahead[at].remove(steps[step])
    if not ahead[at]:
        del ahead[at]
    return step
