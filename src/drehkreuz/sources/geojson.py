# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Areas from GeoJSON (RFC 7946)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final

import numpy as np

from drehkreuz.errors import InputError
from drehkreuz.sources.archive import SourceFiles, about
from drehkreuz.sources.features import Feature, Polygons, Ring, UnfitError, closed
from drehkreuz.sources.json_file import Node, node, read_json

DEGREES: Final = ("CRS84", "4326", "4258")
"""How the names of WGS 84 and ETRS89 in degrees end, in the member `crs` of GeoJSON from before RFC 7946."""

PROJECT: Final = "Have it turned into WGS 84: ogr2ogr -t_srs EPSG:4326 new.geojson old.geojson"


def geojson_features(source: SourceFiles, name: str) -> Iterator[Feature]:
    """
    Yield the features of a GeoJSON file.

    Args:
        source: Where the file is.
        name: Its name there.

    Raises:
        InputError: If it is no JSON, holds no features, or names a reference system other than WGS 84 or ETRS89.
    """
    document = read_json(source, name)
    listed = document.get("features") if isinstance(document, dict) else None
    if isinstance(document, dict) and document.get("type") == "Feature":
        listed = [document]
    if not isinstance(listed, list):
        what = "is TopoJSON" if isinstance(document, dict) and document.get("type") == "Topology" else "is no GeoJSON"
        raise InputError(about(name, f"{what}: it holds no features", "Save it as a GeoJSON FeatureCollection."))
    _refuse_other_system(document, name)
    for number, feature in enumerate(listed, start=1):
        known = node(feature)
        yield Feature(f"feature {number}", node(known.get("properties")), partial(_polygons, known.get("geometry")))


def _refuse_other_system(document: Node, name: str) -> None:
    if "crs" not in document:
        return
    named = str(node(node(document["crs"]).get("properties")).get("name", "without a name"))
    if not named.endswith(DEGREES):
        raise InputError(about(name, f"is in the reference system {named!r}, not in degrees WGS 84", PROJECT))


def _polygons(geometry: object) -> Polygons:
    shape = node(geometry)
    kind, coordinates = shape.get("type"), shape.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):  # whatever it is, also what has no hash
        message = f"is a {kind}, not an area" if isinstance(kind, str) else "has no geometry"
        raise UnfitError(message)
    return [
        [_ring(ring) for ring in _listed(rings)]
        for rings in _listed([coordinates] if kind == "Polygon" else coordinates)
    ]


def _listed(value: object) -> Sequence[Any]:
    if not isinstance(value, list):
        message = "has coordinates that are no list of rings"
        raise UnfitError(message)
    return value


def _ring(ring: object) -> Ring:
    found = []
    for position in _listed(ring):
        match position:
            case [int() | float() as lon, int() | float() as lat, *_] if abs(lon) < _HUGE and abs(lat) < _HUGE:
                found.append((float(lon), float(lat)))
            case _:
                message = "has a position that is not longitude and latitude"
                raise UnfitError(message)
    return closed(np.array(found, dtype=np.float64).reshape(-1, 2))


_HUGE: Final = 10**12
"""Beyond any reference system on earth."""
