# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Outlines of municipalities, from GeoJSON or a GeoPackage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl
import shapely

from drehkreuz.errors import Finding, InputError, did_you_mean, shorten
from drehkreuz.sources.archive import about, kind_of, open_source
from drehkreuz.sources.features import DECIMALS, Feature, Polygons, UnfitError, area
from drehkreuz.sources.geojson import PROJECT, geojson_features
from drehkreuz.sources.geopackage import geopackage_features, is_geopackage
from drehkreuz.sources.json_file import cell
from drehkreuz.sources.records import Records

MAX_POSITIONS: Final = 5_000_000
"""Of all outlines together (assumed): those of Germany's municipalities at 1 : 250,000 take some two million."""

OTHERS: Final = {
    ".shp": ("is a shapefile", "Have it turned into a GeoPackage: ogr2ogr -t_srs EPSG:4326 new.gpkg old.shp"),
    ".gpkg": ("is a GeoPackage that is packed", "Unpack it and name the file."),
}
"""What is told of files that are something else, by an ending among their names."""

MOST_DIGITS: Final = 20
BOUNDS: Final = (180.0, 90.0)
"""Largest longitude and latitude, degrees."""


@dataclass(frozen=True, slots=True)
class Naming:
    """
    Which property of a feature says what.

    Attributes:
        key: Name of the property with the municipality's key.
        name: That of its name; None: there is none.
        where: What a feature must say to be taken, by property; the others are left out.
        digits: Digits of a key, whose leading zeros a spreadsheet may have cost; None: taken as it is.
        country: ISO 3166-1 alpha-2.
    """

    key: str
    name: str | None = None
    where: Mapping[str, str] = field(default_factory=dict)
    digits: int | None = None
    country: str = "DE"


def read_boundaries(
    path: str | Path, naming: Naming, *, layer: str | None = None, lenient: bool = False
) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    """
    Read outlines of municipalities; several features of one key are one municipality.

    Args:
        path: GeoJSON, plain, gzipped or alone in a zip; or a GeoPackage.
        naming: Which property says what.
        layer: Layer of a GeoPackage; None: its only one.
        lenient: Leave faulty features out, instead of refusing the file.

    Returns:
        Table `boundaries`, and what was left out or is worth knowing.

    Raises:
        InputError: If the file cannot be read, is in another reference system than WGS 84 or ETRS89, or holds faults
            and the reading is strict.
    """
    path = Path(path)
    if naming.digits is not None and naming.digits not in range(1, MOST_DIGITS + 1):
        remedy = f"Write digits = 8 for German keys; at most {MOST_DIGITS}."
        raise InputError(about(path.name, f"digits = {naming.digits} is no number of digits", remedy))
    records = Records(path.name, lenient=lenient)
    parts: defaultdict[str, list[shapely.MultiPolygon]] = defaultdict(list)
    rows: dict[str, tuple[str, str | None]] = {}
    positions = 0
    for feature, key in _keyed(_features(path, layer), naming, records):
        try:
            polygons = feature.polygons()
            _refuse_metres(polygons, feature, path.name)
            parts[key].append(area(polygons))
        except UnfitError as error:
            records.fault(feature.row, str(error), column=naming.key, value=key)
            continue
        rows.setdefault(key, (feature.row, cell(feature.properties.get(naming.name or ""))))
        positions += int(shapely.get_num_coordinates(parts[key][-1]))
        if positions > MAX_POSITIONS:
            raise InputError(_too_many(path.name))
    for key, (row, name) in rows.items():
        outline = shapely.to_wkt(_together(parts[key]), rounding_precision=DECIMALS)
        records.add(
            "boundaries", row, {"municipality": key, "name": name, "country": naming.country, "outline": outline}
        )
    return records.settle("boundaries")


def _features(path: Path, layer: str | None) -> Iterator[Feature]:
    if kind_of(path) == "file" and is_geopackage(path):
        yield from geopackage_features(path, layer)
        return
    source = open_source(path)
    for ending, (what, remedy) in OTHERS.items():
        if any(name.lower().endswith(ending) for name in source.names):
            raise InputError(about(path, what, remedy))
    if len(source.names) != 1:
        raise InputError(about(path, f"holds {len(source.names)} files", "Name the one to read."))
    yield from geojson_features(source, source.names[0])


def _keyed(features: Iterator[Feature], naming: Naming, records: Records) -> Iterator[tuple[Feature, str]]:
    """Yield the features wanted, each with its key."""
    count, taken, named = 0, 0, dict[str, None]()
    for feature in features:
        count += 1
        named |= dict.fromkeys(map(str, feature.properties))
        if any(cell(feature.properties.get(name)) != value for name, value in naming.where.items()):
            continue
        taken += 1
        key = cell(feature.properties.get(naming.key))
        if key is not None and naming.digits is not None:
            key = key.zfill(naming.digits)
            if len(key) != naming.digits or not (key.isascii() and key.isdigit()):
                records.fault(feature.row, f"is no key of {naming.digits} digits", column=naming.key, value=key)
                continue
        if key is None:
            records.fault(feature.row, "has no key", column=naming.key)
        else:
            yield feature, key
    told = f"Its properties are {', '.join(shorten(name) for name in list(named)[:20]) or 'none'}."
    if naming.key not in named:
        problem = f"none of its {count:,} features has the property {naming.key!r}"
        raise InputError(about(records.where, problem, f"{told}{did_you_mean(naming.key, list(named))}"))
    if not taken:
        said = ", ".join(f"{name} = {value!r}" for name, value in naming.where.items())
        raise InputError(about(records.where, f"none of its {count:,} features says {said}", told))
    if taken < count:
        problem = f"{count - taken:,} of {count:,} features do not say what `where` asks, and are left out"
        records.note(problem, "Nothing is to be done if that is meant.")


def _refuse_metres(polygons: Polygons, feature: Feature, where: str) -> None:
    """Raise where a position is no degrees: then the whole file is in another reference system."""
    for ring in (ring for rings in polygons for ring in rings):
        beyond = np.abs(ring) > BOUNDS
        if beyond.any():
            lon, lat = ring[beyond.any(axis=1)][0]
            problem = f"{lon:.10g}, {lat:.10g} are no longitude and latitude in degrees"
            raise InputError(Finding(where, feature.row, "", "", problem, PROJECT))


def _together(parts: list[shapely.MultiPolygon]) -> shapely.MultiPolygon:
    """Return the area that all parts cover."""
    return shapely.MultiPolygon(list(shapely.get_parts(shapely.union_all(parts)))) if len(parts) > 1 else parts[0]


def _too_many(where: str) -> Finding:
    problem = f"holds more than {MAX_POSITIONS:,} positions, which is the most that is read"
    return about(where, problem, "Cut it to the region.")
