# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The street graph: snapping, and bounded shortest ways by every mode."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree

from drehkreuz.errors import Finding
from drehkreuz.reach import _kernels
from drehkreuz.reach.modes import Mode
from drehkreuz.reach.parameters import PARAMETERS, Parameters
from drehkreuz.reach.points import Points, rows_of
from drehkreuz.reach.ways import Sites, Times, Within
from drehkreuz.region import Region

PAIRS_AT_FIRST = 16
"""Points near each root that room is made for; where there are more, they are listed once more with room for all."""


@dataclass(frozen=True, slots=True)
class Edges:
    """
    The streets of one mode, by the node they begin at.

    Attributes:
        indptr: int64[nodes + 1], rising from 0.
        heads: int32[m], node at the other end.
        seconds: float64[m], time along the piece.
        metres: float64[m], its length.
    """

    indptr: NDArray[np.int64]
    heads: NDArray[np.int32]
    seconds: NDArray[np.float64]
    metres: NDArray[np.float64]

    @classmethod
    def sort(
        cls,
        tails: NDArray[np.int64],
        heads: NDArray[np.int64],
        seconds: NDArray[np.float64],
        metres: NDArray[np.float64],
        n_nodes: int,
    ) -> Edges:
        """Put pieces given in any order into rows, so that the order given makes no difference."""
        order = np.lexsort((metres, seconds, heads, tails))
        indptr = np.zeros(n_nodes + 1, dtype=np.int64)
        np.cumsum(np.bincount(tails, minlength=n_nodes), out=indptr[1:])
        return cls(indptr, heads[order].astype(np.int32), seconds[order], metres[order])


@dataclass(frozen=True, slots=True)
class StreetGraph:
    """
    Streets for every mode, both directions.

    Attributes:
        xyz: float64[nodes, 3], metres from the Earth's centre.
        forward: Per mode, streets by tail.
        backward: Per mode, streets by head, for ways towards a point.
        usable: bool[modes, nodes], nodes that a point may be snapped to.
        parameters: Speeds and limits assumed.
    """

    xyz: NDArray[np.float64]
    forward: tuple[Edges, ...]
    backward: tuple[Edges, ...]
    usable: NDArray[np.bool_]
    parameters: Parameters

    @classmethod
    def from_region(cls, region: Region, parameters: Parameters = PARAMETERS) -> StreetGraph:
        """
        Read tables `street_nodes` and `street_edges`.

        Raises:
            InputError: If an edge ends at a node that does not exist.
        """
        xyz = Points.of(region, "street_nodes").xyz
        tails, heads = (rows_of(region, "street_edges", column) for column in ("from_node", "to_node"))
        edges = region.table("street_edges")
        metres = edges["length_m"].to_numpy()
        forward: list[Edges] = []
        backward: list[Edges] = []
        for mode in Mode:
            open_ = edges[_COLUMN[mode]].to_numpy()
            seconds = _seconds(edges, mode, parameters)
            parts = (tails[open_], heads[open_], seconds[open_], metres[open_])
            forward.append(Edges.sort(*parts, len(xyz)))
            backward.append(Edges.sort(parts[1], parts[0], *parts[2:], len(xyz)))
        usable = np.stack([_connected(edges_of_mode, parameters.snap_share) for edges_of_mode in forward])
        return cls(xyz, tuple(forward), tuple(backward), usable, parameters)

    @property
    def assumed(self) -> bool:
        """Never: these are streets."""
        return False

    def locate(self, points: Points) -> Sites:
        """
        Snap points to the nearest node of each mode; the way there is walked.

        A point farther than `Parameters.snap_metres` from every node is no part of the network: a finding, node -1.
        """
        node = np.full((len(Mode), len(points)), -1, dtype=np.int32)
        snap = np.zeros((len(Mode), len(points)))
        for mode in Mode:
            candidates = np.flatnonzero(self.usable[mode])
            if not len(candidates) or not len(points):
                continue
            apart, nearest = (np.asarray(found) for found in KDTree(self.xyz[candidates]).query(points.xyz))
            near = apart <= self.parameters.snap_metres
            node[mode, near] = candidates[nearest[near]]
            snap[mode, near] = apart[near] / self.parameters.metres_per_second(Mode.WALK)
        lost = tuple(self._finding(points, int(row)) for row in np.flatnonzero(node[Mode.WALK] < 0))
        return Sites(points, node, snap, lost)

    def outward(self, roots: Sites, others: Sites, mode: Mode, limit: float) -> Times:
        """Return the ways from each root to each other point, up to `limit` seconds."""
        return self._search(self.forward[mode], roots, others, mode, limit)

    def inward(self, roots: Sites, others: Sites, mode: Mode, limit: float) -> Times:
        """Return the ways from each other point to each root, up to `limit` seconds; shape [roots, others] all the same."""
        return self._search(self.backward[mode], roots, others, mode, limit)

    @staticmethod
    def _search(edges: Edges, roots: Sites, others: Sites, mode: Mode, limit: float) -> Times:
        times = Times(*(np.full((len(roots), len(others)), np.inf) for _ in range(2)))
        _kernels.search(
            edges.indptr,
            edges.heads,
            edges.seconds,
            edges.metres,
            roots.node[mode],
            roots.snap_seconds[mode],
            others.node[mode],
            others.snap_seconds[mode],
            float(limit),
            times.seconds,
            times.metres,
        )
        return times

    def outward_near(self, roots: Sites, others: Sites, mode: Mode, limit: float) -> Within:
        """Return what `outward` does, as a list of the pairs within the limit."""
        return self._list(self.forward[mode], roots, others, mode, limit)

    def inward_near(self, roots: Sites, others: Sites, mode: Mode, limit: float) -> Within:
        """Return what `inward` does, as a list of the pairs within the limit."""
        return self._list(self.backward[mode], roots, others, mode, limit)

    @staticmethod
    def _list(edges: Edges, roots: Sites, others: Sites, mode: Mode, limit: float) -> Within:
        order = np.argsort(others.node[mode], kind="stable")
        nodes = others.node[mode][order]
        at_node = np.searchsorted(nodes, np.arange(len(edges.indptr)))
        begin = np.empty(len(roots) + 1, dtype=np.int64)
        count = PAIRS_AT_FIRST * len(roots)
        while True:
            near, seconds = np.empty(count, dtype=np.int32), np.empty(count)
            needed = _kernels.within(
                edges.indptr,
                edges.heads,
                edges.seconds,
                edges.metres,
                roots.node[mode],
                roots.snap_seconds[mode],
                at_node,
                order.astype(np.int32),
                others.snap_seconds[mode][order],
                float(limit),
                begin,
                near,
                seconds,
            )
            if needed <= count:
                break
            count = needed
        root = np.repeat(np.arange(len(roots)), np.diff(begin))
        return Within(root, near[:needed].astype(np.int64), seconds[:needed])

    def _finding(self, points: Points, row: int) -> Finding:
        return Finding(
            where=points.table,
            row=points.ids[row],
            column="",
            value="",
            problem=f"lies more than {self.parameters.snap_metres:.0f} m from every street and cannot be reached",
            remedy="Correct the coordinates, or add the streets around it.",
        )


_COLUMN = {Mode.WALK: "walk", Mode.BIKE: "bike", Mode.PEDELEC: "bike", Mode.CAR: "car"}


def _seconds(edges: pl.DataFrame, mode: Mode, parameters: Parameters) -> NDArray[np.float64]:
    metres = edges["length_m"].to_numpy()
    if mode is not Mode.CAR:
        return metres / parameters.metres_per_second(mode)
    free_flow = edges["car_kmh"].fill_null(parameters.car_kmh_unknown).to_numpy()
    return metres / (free_flow * parameters.car_speed_share / 3.6)


def _connected(edges: Edges, share: float) -> NDArray[np.bool_]:
    """Return the nodes that belong to a part of the network in which everything can be reached and left again."""
    nodes = len(edges.indptr) - 1
    graph = csr_array((np.ones(len(edges.heads), dtype=np.int8), edges.heads, edges.indptr), shape=(nodes, nodes))
    used = np.diff(edges.indptr) > 0
    used[edges.heads] = True
    _, part = connected_components(graph, directed=True, connection="strong")
    sizes = np.bincount(part[used], minlength=int(part.max(initial=-1)) + 1)
    enough = sizes >= min(share * used.sum(), sizes.max(initial=0))
    belongs: NDArray[np.bool_] = used & enough[part]
    return belongs
