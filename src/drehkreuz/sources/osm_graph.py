# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A street network contracted to the nodes where something is decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Segments:
    """
    Straight pieces between neighbouring nodes; what each direction allows is a code, 0 for nothing.

    Attributes:
        tail: int64[m], node a piece begins at.
        head: int64[m], node it ends at, another than its tail.
        length: float64[m], metres.
        along: int32[m], code of the direction from tail to head.
        against: int32[m], code of the direction back.
    """

    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    length: NDArray[np.float64]
    along: NDArray[np.int32]
    against: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Edges:
    """
    Directed edges between junctions, in order of tail, head, code and length.

    Attributes:
        tail: int64[e].
        head: int64[e], another than the tail.
        length: float64[e], metres.
        code: int32[e], never 0.
    """

    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    length: NDArray[np.float64]
    code: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class _Arcs:
    """Both directions of every segment: arc i and arc i + m are each other's way back."""

    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    length: NDArray[np.float64]
    code: NDArray[np.int32]

    def back(self, arc: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the arc in the other direction."""
        m = len(self.tail) // 2
        return np.where(arc < m, arc + m, arc - m)


def contract(segments: Segments, n_nodes: int) -> Edges:
    """
    Merge chains of segments into edges.

    A node is passed through where exactly two segments meet and each direction allows the same on both. All other
    nodes stay. A ring without any such node keeps its first; a chain that returns to its own beginning is parted at
    the node nearest its middle, so that no edge is a loop.

    Args:
        segments: Pieces in any order; the result does not depend on it.
        n_nodes: Nodes are numbered from 0 to n_nodes - 1.
    """
    arcs = _Arcs(
        tail=np.concatenate([segments.tail, segments.head]),
        head=np.concatenate([segments.head, segments.tail]),
        length=np.tile(segments.length, 2),
        code=np.concatenate([segments.along, segments.against]),
    )
    passed = _passed_nodes(arcs, n_nodes)
    passed[_ring_nodes(arcs, passed)] = False
    passed[_loop_middles(arcs, passed)] = False
    last, distance = _follow(_next_arcs(arcs, passed), arcs.length)
    starts = np.flatnonzero(~passed[arcs.tail] & (arcs.code > 0))
    tail, head, code, length = arcs.tail[starts], arcs.head[last[starts]], arcs.code[starts], distance[starts]
    order = np.lexsort((length.round(2), code, head, tail))
    return Edges(tail[order], head[order], length[order], code[order])


def _leaving(arcs: _Arcs, passed: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the two arcs that leave each of the given nodes of degree two."""
    order = np.argsort(arcs.tail, kind="stable")
    begin = np.searchsorted(arcs.tail[order], np.flatnonzero(passed))
    return order[begin], order[begin + 1]


def _passed_nodes(arcs: _Arcs, n_nodes: int) -> NDArray[np.bool_]:
    """Return which nodes are passed through without anything changing."""
    passed: NDArray[np.bool_] = np.bincount(arcs.tail, minlength=n_nodes) == 2
    one, other = _leaving(arcs, passed)
    same = (arcs.code[arcs.back(one)] == arcs.code[other]) & (arcs.code[arcs.back(other)] == arcs.code[one])
    passed[np.flatnonzero(passed)[~same]] = False
    return passed


def _next_arcs(arcs: _Arcs, passed: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return for each arc the one that goes on through its head, -1 where the head is not passed through."""
    following = np.full(len(arcs.tail), -1, dtype=np.int64)
    one, other = _leaving(arcs, passed)
    following[arcs.back(one)] = other
    following[arcs.back(other)] = one
    return following


def _ring_nodes(arcs: _Arcs, passed: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the lowest node of every ring on which all nodes are passed through."""
    jump = _next_arcs(arcs, passed)
    lowest = arcs.tail.copy()
    for _ in range(len(jump).bit_length()):  # doubling: after k rounds each arc knows the 2^k arcs ahead of it
        goes_on = jump >= 0
        lowest[goes_on] = np.minimum(lowest[goes_on], lowest[jump[goes_on]])
        jump = np.where(goes_on, jump[jump], -1)
    return np.unique(lowest[jump >= 0])


def _loop_middles(arcs: _Arcs, passed: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the node nearest the middle of every chain that ends where it begins."""
    last, distance = _follow(_next_arcs(arcs, passed), arcs.length)
    start = np.flatnonzero(~passed[arcs.tail])
    loops = start[arcs.tail[start] == arcs.head[last[start]]]
    total = np.zeros(len(arcs.tail))
    total[last[loops]] = distance[loops]
    within = np.flatnonzero(passed[arcs.tail] & (total[last] > 0))
    off_middle = np.abs(distance[within] - total[last[within]] / 2).round(2)
    order = np.lexsort((arcs.tail[within], off_middle, last[within]))
    _, first = np.unique(last[within][order], return_index=True)
    return np.unique(arcs.tail[within][order][first])


def _follow(following: NDArray[np.int64], length: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return for each arc the last arc of its chain and the distance from its tail to the chain's end."""
    jump, last, distance = following, np.arange(len(following)), length
    while (goes_on := jump >= 0).any():
        distance = np.where(goes_on, distance + distance[jump], distance)
        last = np.where(goes_on, last[jump], last)
        jump = np.where(goes_on, jump[jump], -1)
    return last, distance
