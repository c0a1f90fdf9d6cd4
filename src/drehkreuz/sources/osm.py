# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Streets from an OpenStreetMap extract: who may go where, contracted to junctions."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import osmium
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from drehkreuz.errors import Finding, InputError, shorten
from drehkreuz.progress import SILENT, Progress
from drehkreuz.region import TABLES
from drehkreuz.sources.archive import unreadable
from drehkreuz.sources.osm_graph import Segments, contract
from drehkreuz.sources.osm_rules import NOBODY, Permission, limit_kmh, permissions

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MAGIC: Final = b"OSMHeader"  # stands in the first block of every PBF file, after its length
_EARTH_M: Final = 6_371_008.8  # mean radius, IUGG
_STEP: Final = 1_000  # ways between two signs of progress


@dataclass(slots=True)
class _Ways:
    """What is gathered while the file is read: street segments between neighbouring nodes, and what was left out."""

    nodes: array[int] = field(default_factory=lambda: array("q"))
    x: array[int] = field(default_factory=lambda: array("i"))
    y: array[int] = field(default_factory=lambda: array("i"))
    ways: array[int] = field(default_factory=lambda: array("i"))
    codes: array[int] = field(default_factory=lambda: array("i"))
    permissions: list[tuple[Permission, Permission]] = field(default_factory=list)
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
    segments = _segments(ways)
    if not len(segments.tail):
        problem = "holds no street that may be walked, cycled or driven"
        raise InputError(Finding(str(path), "", "", "", problem, "Get an extract with streets (highway=*) of the region."))
    ...
