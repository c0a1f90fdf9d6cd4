# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Areas from a GeoPackage (OGC 12-128r19): an SQLite file, read without trust in what it holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any, Final

from drehkreuz.errors import InputError, did_you_mean, shorten
from drehkreuz.sources.archive import about
from drehkreuz.sources.features import Feature, Polygons, UnfitError
from drehkreuz.sources.wkb import wkb_polygons

MAGIC: Final = b"SQLite format 3\0"

MAX_CELL: Final = 16 * 2**20
"""Bytes of one cell (assumed): a million positions, more than the outline of any municipality has."""

SECONDS: Final = 60.0
"""How long the file's own queries may take (assumed); a view may ask for anything."""

STEPS: Final = 100_000
"""Steps of SQLite between two looks at the clock."""

DEGREES: Final = (4326, 4258)
"""EPSG codes of WGS 84 and ETRS89 in degrees; the two lie less than a metre apart."""

PROJECT: Final = "Have it turned into WGS 84: ogr2ogr -t_srs EPSG:4326 new.gpkg old.gpkg"

LAYERS: Final = "SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns ORDER BY table_name"
SYSTEM: Final = "SELECT organization, organization_coordsys_id FROM gpkg_spatial_ref_sys WHERE srs_id = ?"

ENVELOPES: Final = (0, 32, 48, 48, 64)
"""Bytes of the bounds before a geometry, by their kind."""


def is_geopackage(path: Path) -> bool:
    """Return whether a file is an SQLite file, by its first bytes; False where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return stream.read(len(MAGIC)) == MAGIC
    except (OSError, ValueError):
        return False


def geopackage_features(path: Path, layer: str | None = None) -> Iterator[Feature]:
    """
    Yield the features of a layer.

    Args:
        path: The file; nothing is written to it.
        layer: Name of the layer; None: the only one.

    Raises:
        InputError: If it cannot be read, has not this layer, or is in a reference system other than WGS 84 or ETRS89.
    """
    try:
        with closing(_opened(path)) as database:
            table, column = _layer(database, path, layer)
            rows = database.execute(f"SELECT * FROM {_quoted(table)}")  # noqa: S608  # a name, quoted
            names = [described[0] for described in rows.description]
            for number, row in enumerate(rows, start=1):
                cells = dict(zip(names, row, strict=True))
                yield Feature(f"feature {number}", cells, partial(_polygons, cells.pop(column, None)))
    except (sqlite3.Error, sqlite3.Warning, OverflowError, UnicodeError) as error:
        problem = f"cannot be read as a GeoPackage ({shorten(error)})"
        raise InputError(about(path.name, problem, "Get it again from where it came.")) from error


def _opened(path: Path) -> sqlite3.Connection:
    """Open a file to be read alone, with SQLite's own defences against files made to harm."""
    database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_CELL)
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0"):
        database.execute(f"PRAGMA {pragma}")
    end = monotonic() + SECONDS
    database.set_progress_handler(lambda: monotonic() > end, STEPS)
    return database


def _layer(database: sqlite3.Connection, path: Path, wanted: str | None) -> tuple[str, str]:
    """Return table and geometry column of a layer, whose reference system is degrees."""
    layers = {str(table): (str(column), system) for table, column, system in database.execute(LAYERS)}
    if not layers:
        raise InputError(about(path.name, "holds no layer with areas", "Check that this is the right file."))
    if wanted is None and len(layers) > 1:
        remedy = f'Name one below its path: layer = "{shorten(next(iter(layers)))}".'
        raise InputError(about(path.name, f"holds the layers {_listed(layers)}", remedy))
    table = next(iter(layers)) if wanted is None else wanted
    if table not in layers:
        remedy = f"Name one of {_listed(layers)}.{did_you_mean(table, list(layers))}"
        raise InputError(about(path.name, f"has no layer {shorten(table)!r}", remedy))
    column, system = layers[table]
    known = database.execute(SYSTEM, (system,)).fetchone() or ("", system)
    if str(known[0]).upper() != "EPSG" or known[1] not in DEGREES:
        named = shorten(f"{known[0]}:{known[1]}")
        raise InputError(about(path.name, f"is in the reference system {named}, not in degrees WGS 84", PROJECT))
    return table, column


def _listed(layers: dict[str, Any]) -> str:
    return ", ".join(shorten(name) for name in list(layers)[:12]) + (", …" if len(layers) > 12 else "")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _polygons(blob: object) -> Polygons:
    """Return the polygons of a geometry column's cell: a header, bounds, and well-known binary (clause 2.1.3)."""
    if blob is None:
        message = "has no geometry"
        raise UnfitError(message)
    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != b"GP":
        message = "has a geometry that is none of a GeoPackage"
        raise UnfitError(message)
    flags = blob[3]
    kind = flags >> 1 & 0b111
    if kind >= len(ENVELOPES) or flags & 0b10_0000:
        message = "has a geometry of an extension"
        raise UnfitError(message)
    return wkb_polygons(blob[8 + ENVELOPES[kind] :])
