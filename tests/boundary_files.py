# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Outlines of municipalities as files: GeoJSON by hand, GeoPackage as the standard's clauses ask, its geometries by shapely."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import shapely

GP: Final = 0x47504B47
"""What a GeoPackage says in its header that it is."""

TABLES: Final = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, srs_id INTEGER);
CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER, z TINYINT, m TINYINT);
"""


def square(west: float, south: float, side: float = 1.0) -> shapely.Polygon:
    """Return a square, degrees."""
    return shapely.box(west, south, west + side, south + side)


def feature(properties: Mapping[str, Any] | None, area: shapely.Geometry | Mapping[str, Any] | None) -> dict[str, Any]:
    """Return a feature of GeoJSON."""
    shape = shapely.geometry.mapping(area) if isinstance(area, shapely.Geometry) else area
    return {"type": "Feature", "properties": properties, "geometry": shape}


def collection(*features: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Return a collection of features."""
    return {"type": "FeatureCollection", "features": list(features), **more}


def blob(area: shapely.Geometry, srs_id: int = 4326, *, envelope: int = 0) -> bytes:
    """Return a geometry as a GeoPackage holds it."""
    bounds = area.bounds
    ordered = (bounds[0], bounds[2], bounds[1], bounds[3])
    return (
        b"GP\0" + bytes([1 | envelope << 1]) + struct.pack("<i", srs_id)
        + (struct.pack("<4d", *ordered) if envelope else b"")
        + shapely.to_wkb(area, flavor="iso")
    )  # fmt: skip


def geopackage(
    path: Path,
    layers: Mapping[str, Sequence[tuple[Mapping[str, Any], bytes | None]]],
    system: tuple[str, int] = ("EPSG", 4326),
) -> Path:
    """Write a GeoPackage: by layer, properties and geometries."""
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"PRAGMA application_id = {GP}")
        database.executescript(TABLES)
        database.execute("INSERT INTO gpkg_spatial_ref_sys VALUES ('it', 4326, ?, ?, 'undefined', NULL)", system)
        for layer, rows in layers.items():
            names = list(rows[0][0])
            columns = ", ".join(f'"{name}"' for name in names)
            database.execute(f'CREATE TABLE "{layer}" (fid INTEGER PRIMARY KEY, geom BLOB, {columns})')
            database.execute("INSERT INTO gpkg_contents VALUES (?, 'features', ?, 4326)", (layer, layer))
            database.execute(
                "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'MULTIPOLYGON', 4326, 0, 0)", (layer,)
            )
            marks = ", ".join("?" for _ in names)
            database.executemany(
                f'INSERT INTO "{layer}" (geom, {columns}) VALUES (?, {marks})',  # noqa: S608  # a test's own names
                [(shape, *(told[name] for name in names)) for told, shape in rows],
            )
        database.commit()
    return path
