# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Ways of buses from stop to stop: guessed from where the stops are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import Delaunay

from drehkreuz.model.aachen.stops import Stops

SHORT_HOPS: Final = 1.5
"""Assumed: an edge costs its length to this power, so that a way goes through the stops near it, not past them."""
NEW_STOP: Final = 0.55
"""Assumed: an edge to a stop that still wants a line costs this share, so that local lines go round by it."""


@dataclass(frozen=True)
class Corridors:
    """
    The graph of neighbouring stops: their Delaunay triangulation, so that every stop can be reached.

    Attributes:
        stops: The stops.
        graph: Cost of the edge from each stop to each neighbour.
    """

    stops: Stops
    graph: csr_array[np.float64]

    @classmethod
    def of(cls, stops: Stops) -> Corridors:
        """Join each stop to its neighbours."""
        triangles = Delaunay(stops.metres).simplices
        pairs = np.unique(np.sort(triangles[:, [[0, 1], [1, 2], [0, 2]]].reshape(-1, 2), axis=1), axis=0)
        steps = stops.metres[pairs[:, 0]] - stops.metres[pairs[:, 1]]
        length = np.hypot(steps[:, 0], steps[:, 1])
        cost = np.round(length**SHORT_HOPS, 3)
        tails, heads = np.concatenate([pairs, pairs[:, ::-1]]).T
        return cls(stops, csr_array((np.tile(cost, 2), (tails, heads)), shape=(len(stops), len(stops))))

    def way(self, via: Sequence[int]) -> tuple[int, ...]:
        """Return the stops along the cheapest way through some stops in their order; none is called at twice."""
        way: list[int] = list(via[:1])
        for start, end in pairwise(via):
            _, before = dijkstra(self.graph, indices=[start], return_predecessors=True)
            way += self._walk_back(before[0], start, end)
        end = via[-1]
        return (*dict.fromkeys(stop for stop in way if stop != end), end)

    def way_round(self, hub: int, wanting: NDArray[np.bool_]) -> tuple[int, ...]:
        """
        Return a way from a hub to the farthest stop that wants a line, round by others that want one.

        Args:
            hub: Where the way begins.
            wanting: bool[n]: stops that want a line; at least one.
        """
        graph = self.graph.copy()
        graph.data *= np.where(wanting[graph.indices], NEW_STOP, 1.0)
        cost, before = dijkstra(graph, indices=[hub], return_predecessors=True)
        end = int(np.argmax(np.where(wanting, cost[0], -1.0)))
        return (hub, *self._walk_back(before[0], hub, end))

    @staticmethod
    def _walk_back(before: NDArray[np.signedinteger], start: int, end: int) -> list[int]:
        way = []
        while end != start:
            way.append(end)
            end = int(before[end])
        return way[::-1]
