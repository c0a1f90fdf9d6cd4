# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Streets from an OpenStreetMap extract: who may go where, contracted to junctions."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import osmium
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from drehkreuz.errors import Finding, InputError, shorten
from drehkreuz.progress import SILENT, Progress
from drehkreuz.region import TABLES
from drehkreuz.sources.archive import about, kind_of, unreadable
from drehkreuz.sources.osm_graph import Segments, contract
from drehkreuz.sources.osm_rules import CHANGING_LIMITS, LIMIT_KEYS, NOBODY, Permission, limit_kmh, permissions

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MAGIC: Final = b"OSMHeader"  # stands in the first block of every PBF file, after its length
_EARTH_M: Final = 6_371_008.8  # mean radius, IUGG
_STEP: Final = 1_000  # ways between two signs of progress


@dataclass(slots=True)
class _Ways:
    """What is gathered while the file is read: the nodes of every street, one after the other, and what was left out."""

    node: array[int] = field(default_factory=lambda: array("q"))
    x: array[int] = field(default_factory=lambda: array("i"))
    y: array[int] = field(default_factory=lambda: array("i"))
    stretch: array[int] = field(default_factory=lambda: array("i"))
    permissions: list[tuple[Permission, Permission]] = field(default_factory=list)  # by stretch
    ferries: int = 0
    cut: int = 0
    strange_limits: Counter[str] = field(default_factory=Counter)


def read_osm(path: str | Path, *, progress: Progress = SILENT) -> tuple[pl.DataFrame, pl.DataFrame, list[Finding]]:
    """
    Read the streets of an OpenStreetMap extract in PBF format.

    Nodes are junctions, dead ends, and places where what a street allows changes; bends between them only add length.
    A loop that begins and ends at one junction is parted in its middle. Ferries are left out with a note; gates and
    bollards at single points are not read; small parts apart from the main network are kept and counted.

    Args:
        path: File ending in `.osm.pbf`.
        progress: Shows the thousands of ways read.

    Returns:
        The region's tables `street_nodes`, in order of OpenStreetMap's ids, and `street_edges`, one row for each
        direction that anybody may use; and what a person should know about the extract.

    Raises:
        InputError: If the file is missing, no PBF, broken, or holds no street.

    Source:
        Lengths are great-circle distances between the nodes (haversine), metres.
    """
    path = Path(path)
    _check(path)
    ways = _read(path, progress)
    segments, nodes, allowed = _segments(ways)
    if not len(segments.tail):
        problem = "holds no street that may be walked, cycled or driven"
        raise InputError(about(path, problem, "Get an extract of the region with streets (highway=*)."))
    edges = contract(segments, len(nodes))
    used, ends = np.unique(np.stack([edges.tail, edges.head]), return_inverse=True)
    tail, head = ends.reshape(2, -1)
    may = pl.DataFrame(allowed, orient="row", schema={"walk": bool, "bike": bool, "car": bool, "car_kmh": float})
    street_nodes = nodes[used].select(pl.int_range(pl.len()).alias("node"), "lat", "lon")
    street_edges = may[edges.code].select(
        pl.int_range(pl.len()).alias("edge"),
        pl.Series("from_node", tail),
        pl.Series("to_node", head),
        pl.Series("length_m", edges.length.round(2)),
        "walk",
        "bike",
        "car",
        pl.when("car").then("car_kmh"),
    )
    report = _report(path, ways, tail, head, len(used))
    return TABLES["street_nodes"].conform(street_nodes), TABLES["street_edges"].conform(street_edges), report


def _check(path: Path) -> None:
    try:
        if kind_of(path) == "other":  # a pipe or a device, which might never end
            raise InputError(about(path, "is no file", "Name a file ending in .osm.pbf."))
        with path.open("rb") as stream:
            start = stream.read(32)
    except OSError as error:
        raise InputError(unreadable(path, error)) from error
    except ValueError as error:  # a NUL in the path
        raise InputError(about(path, "there is no such file", "Check the path.")) from error
    if not start:
        raise InputError(about(path, "the file is empty", "Get the extract again."))
    if _MAGIC not in start:
        remedy = "Get the extract in PBF format (.osm.pbf)."
        raise InputError(about(path, "is no OpenStreetMap file in PBF format", remedy))


def _read(path: Path, progress: Progress) -> _Ways:
    ways = _Ways()
    osm = osmium.osm
    try:
        file = osmium.io.File(str(path), "pbf")
        reader = (
            osmium.FileProcessor(file, osm.NODE | osm.WAY)
            .with_locations()
            .with_filter(osmium.filter.EntityFilter(osm.WAY))
            .with_filter(osmium.filter.KeyFilter("highway", "route"))
        )
        progress.start("OpenStreetMap", None)
        try:
            for count, way in enumerate(reader):
                _take(ways, way)
                if count % _STEP == 0:
                    progress.advance()
        finally:
            progress.finish()
    except (RuntimeError, ValueError, OSError) as error:
        problem = f"is broken ({shorten(error)})"
        raise InputError(about(path, problem, "Get the extract again.")) from error
    return ways


def _take(ways: _Ways, way: Any) -> None:  # noqa: ANN401  # osmium's way, which has no public type
    """Add one way of the file: its nodes with coordinates, where anybody may use it."""
    tags = dict(way.tags)
    if tags.get("route") == "ferry" and "highway" not in tags:
        ways.ferries += 1
        return
    allowed = permissions(tags)
    if allowed == (NOBODY, NOBODY):
        return
    for key in LIMIT_KEYS:
        value = tags.get(key)
        if value is not None and value not in CHANGING_LIMITS and limit_kmh(value) is None:
            ways.strange_limits[value] += 1
    ways.permissions.append(allowed)
    whole = True
    for node in way.nodes:
        location = node.location
        if location.valid():
            ways.node.append(node.ref)
            ways.x.append(location.x)
            ways.y.append(location.y)
            ways.stretch.append(len(ways.permissions) - 1)
        elif ways.stretch and ways.stretch[-1] == len(ways.permissions) - 1:
            ways.permissions.append(allowed)  # the street goes on after the gap, apart from its beginning
            whole = False
        else:
            whole = False
    ways.cut += not whole


def _segments(ways: _Ways) -> tuple[Segments, pl.DataFrame, list[Permission]]:
    """Return the pieces between neighbouring nodes, the nodes in order of id, and the permissions by code."""
    ids, first, node = np.unique(np.array(ways.node, dtype=np.int64), return_index=True, return_inverse=True)
    lon, lat = (np.array(values, dtype=np.float64)[first] / 1e7 for values in (ways.x, ways.y))
    allowed = sorted({permission for pair in ways.permissions for permission in pair} | {NOBODY})
    code = {permission: position for position, permission in enumerate(allowed)}
    codes = np.array([[code[p] for p in pair] for pair in ways.permissions], dtype=np.int32).reshape(-1, 2)
    stretch = np.array(ways.stretch, dtype=np.int32)
    piece = np.flatnonzero((stretch[:-1] == stretch[1:]) & (node[:-1] != node[1:]))
    tail, head = node[piece], node[piece + 1]
    along, against = codes[stretch[piece]].T
    length = haversine_m(lat[tail], lon[tail], lat[head], lon[head])
    return Segments(tail, head, length, along, against), pl.DataFrame({"id": ids, "lat": lat, "lon": lon}), allowed


def haversine_m(
    lat_a: NDArray[np.float64], lon_a: NDArray[np.float64], lat_b: NDArray[np.float64], lon_b: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return great-circle distances in metres between points in degrees."""
    lat_a, lon_a, lat_b, lon_b = (np.radians(values) for values in (lat_a, lon_a, lat_b, lon_b))
    half = np.sin((lat_b - lat_a) / 2) ** 2 + np.cos(lat_a) * np.cos(lat_b) * np.sin((lon_b - lon_a) / 2) ** 2
    distance: NDArray[np.float64] = 2 * _EARTH_M * np.arcsin(np.sqrt(half))
    return distance


def _report(path: Path, ways: _Ways, tail: NDArray[np.int64], head: NDArray[np.int64], n_nodes: int) -> list[Finding]:
    """Return what was left out or looks odd, each kind in one finding."""
    notes = []
    links = coo_array((np.ones(len(tail), dtype=np.int8), (tail, head)), shape=(n_nodes, n_nodes))
    n_parts, part = connected_components(links, directed=False)
    if n_parts > 1:
        apart = n_nodes - np.bincount(part).max()
        notes.append(
            (
                f"{n_parts - 1:,} parts with {apart:,} of {n_nodes:,} nodes are not connected to the main network",
                "They are kept; look at them if a place seems out of reach.",
            )
        )
    if ways.ferries:
        notes.append(
            (f"{ways.ferries:,} ferry routes are left out", "Add ferries as timetable (GTFS) where people use them.")
        )
    if ways.cut:
        notes.append(
            (f"{ways.cut:,} streets have nodes that are not in the extract", "Take the extract with complete ways.")
        )
    if ways.strange_limits:
        count = ways.strange_limits.total()
        value = min(ways.strange_limits, key=lambda text: (-ways.strange_limits[text], text))
        problem = f"{count:,} speed limits cannot be understood, e.g. {shorten(value)!r}; the street's class decides"
        notes.append((problem, "Correct them in OpenStreetMap."))
    return [Finding(str(path), "", "", "", problem, remedy, "warning") for problem, remedy in notes]
