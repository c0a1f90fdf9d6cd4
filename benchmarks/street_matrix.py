# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Ways on streets: Porto Alegre, 1,227 × 1,227 cells, within 30 minutes on foot and all by car, beside routingkit-cch."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.harness import RUNS, Figure, arguments, report
from benchmarks.porto_alegre import LIMITS, read_region
from drehkreuz.reach.modes import Mode
from drehkreuz.reach.points import Points
from drehkreuz.reach.streets import StreetGraph
from drehkreuz.reach.ways import Sites
from drehkreuz.region import Region

WITHIN: Final = 1800.0
"""Seconds on foot."""
TENTHS: Final = 10
"""The peer counts whole numbers: tenths of a second."""
OSRM: Final = "OSRM not measured: osrm-bindings has no wheel for Python 3.11"


class Cells:
    """The city's cells on its streets."""

    def __init__(self, region: Region) -> None:
        self.graph = StreetGraph.from_region(region, LIMITS)
        self.sites: Sites = self.graph.locate(Points.of(region, "zones"))
        nodes = region.table("street_nodes")
        self.lat, self.lon = nodes["lat"].to_list(), nodes["lon"].to_list()

    def ours(self, mode: Mode, limit: float) -> NDArray[np.float64]:
        """Return seconds between all cells, from snap to snap."""
        return self.graph.outward(self.sites, self.sites, mode, limit).seconds

    def peer(self, mode: Mode) -> Callable[[], NDArray[np.float64]]:
        """Prepare the peer on the same graph and the same points; return what computes the same seconds between all cells."""
        import routingkit_cch as peer  # noqa: PLC0415  # only where it is installed

        edges = self.graph.forward[mode]
        tails = np.repeat(np.arange(len(edges.indptr) - 1), np.diff(edges.indptr)).tolist()
        heads, weights = edges.heads.tolist(), np.rint(edges.seconds * TENTHS).astype(np.int64).tolist()
        order = peer.compute_order_inertial(len(self.lat), tails, heads, self.lat, self.lon)
        hierarchy = peer.CCH(order, tails, heads, False)  # noqa: FBT003  # the peer's face
        metric = peer.CCHMetric(hierarchy, weights)
        used = np.flatnonzero(self.sites.node[mode] >= 0)
        nodes, snap = self.sites.node[mode][used].tolist(), self.sites.snap_seconds[mode][used]
        query = peer.CCHOneToMany(metric, nodes)

        def run() -> NDArray[np.float64]:
            seconds = np.full((len(self.sites), len(self.sites)), np.inf)
            for row, node in zip(used, nodes, strict=True):
                found = np.array(query.distances_from(node), dtype=np.float64) / TENTHS
                seconds[row, used] = found + snap + self.sites.snap_seconds[mode][row]
            return seconds

        return run


def main() -> None:
    """Measure and print."""
    told = arguments(__doc__ or "")
    if told.data is None:
        note = "name the folder of real open data with --data"
        report("street_matrix", [Figure("walk_bounded_ratio", None, "×", 1.2, note=note)], as_json=told.json)
        return
    cells = Cells(read_region(Path(told.data).resolve()))
    figures = [
        *_compare(cells, Mode.WALK, WITHIN, ("walk_bounded", 1.2)),
        *_compare(cells, Mode.CAR, np.inf, ("car_full", None)),
    ]
    report("street_matrix", figures, as_json=told.json)


def _compare(cells: Cells, mode: Mode, limit: float, figure: tuple[str, float | None]) -> list[Figure]:
    name, target = figure
    own, ours = _cpu(lambda: cells.ours(mode, limit), len(cells.sites))
    if find_spec("routingkit_cch") is None:
        note = "routingkit-cch is not installed: pip install routingkit-cch"
        return [Figure(f"{name}_cpu_ms", own, "ms CPU"), Figure(f"{name}_ratio", None, "×", target, note=note)]
    other, theirs = _cpu(cells.peer(mode), len(cells.sites))
    peer = f"routingkit-cch {metadata.version('routingkit-cch')}"
    both = np.isfinite(ours) & (theirs <= limit)
    worst = float(np.abs(ours[both] - theirs[both]).max(initial=0.0))
    note = f"{both.sum():,} pairs, apart by {worst:.1f} s at most (the peer counts tenths of a second a street)"
    return [
        Figure(f"{name}_cpu_ms", own, "ms CPU", peer=peer, peer_value=other, note=note),
        Figure(f"{name}_ratio", own / other, "×", target, peer=peer, note=f"{other:.2f} ms peer; {OSRM}"),
    ]


def _cpu(work: Callable[[], NDArray[np.float64]], roots: int) -> tuple[float, NDArray[np.float64]]:
    """Return median milliseconds of CPU a root after a warm-up, and what was found."""
    found = work()
    seconds = []
    for _ in range(RUNS):
        begin = time.process_time()
        work()
        seconds.append(time.process_time() - begin)
    return statistics.median(seconds) / roots * 1000, found


if __name__ == "__main__":
    main()
