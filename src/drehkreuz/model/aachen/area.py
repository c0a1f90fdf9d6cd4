# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The area of the model region: municipalities, settlements and inhabited cells, in the study area and around it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal

import polars as pl

from drehkreuz.model.aachen.cells import cells, land, to_degrees
from drehkreuz.model.aachen.outlines import Polygon, outlines

DATA: Final = files(__package__) / "data"
_TEXT: Final = {"municipality": pl.String, "settlement_id": pl.String}


@dataclass(frozen=True, slots=True)
class Area:
    """
    Where the model region lies.

    Attributes:
        municipalities: Columns of table `municipalities`, and `ring15`, `area_km2`, the sources and grades of figures.
        settlements: `settlement_id`, `name`, `municipality`, `country`, `lat`, `lon`, `population` (whole numbers that
            sum to the municipality's), `grade` of position and size: secondary (GeoNames) or assumed (typed by hand).
        cells: Columns of table `zones`, and `settlement_id`, the nearest settlement of the municipality.
        land: All cells of the map, inhabited or not: `column`, `row` (km east and north of Aachen), `municipality`.
    """

    municipalities: pl.DataFrame
    settlements: pl.DataFrame
    cells: pl.DataFrame
    land: pl.DataFrame


@cache
def area(ring_km: Literal[0, 15] = 0) -> Area:
    """
    Return the labour-market area: the 46 municipalities of the study area, and those that people travel to or from.

    Args:
        ring_km: 15 adds the municipalities within 15 km of that, to see what the choice of the area does to results.
            Everything else stays as it is, cell by cell.

    Raises:
        ValueError: If `ring_km` is neither 0 nor 15.
    """
    if ring_km not in {0, 15}:
        raise ValueError(f"ring_km is {ring_km}; the data hold the area itself (0) and a ring of 15 km around it (15).")
    municipalities = _municipalities()
    settlements = _settlements(municipalities)
    ground = land(settlements, municipalities)
    zones = cells(ground, settlements, municipalities)

    everywhere = municipalities.join(_seats(settlements), on="municipality", maintain_order="left")
    inside = everywhere.filter(~pl.col("ring15") | (ring_km == 15))
    kept = pl.col("municipality").is_in(inside["municipality"].implode())
    ring = municipalities.select("municipality", "ring15")
    zones = zones.join(ring, on="municipality", maintain_order="left").sort("ring15", maintain_order=True)
    zones = zones.select(
        pl.format("Z{}", pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(4)).alias("zone_id"),
        *("name", "municipality", "country", "lat", "lon", "population", "settlement_id"),
    )
    owner = settlements["municipality"].gather(ground["settlement"])
    map_ = ground.select("column", "row", municipality=owner)
    return Area(inside, *(frame.filter(kept) for frame in (settlements, zones, map_)))


def municipality_areas(area_: Area) -> dict[str, list[Polygon]]:
    """
    Return the outline of each municipality as the union of its cells: schematic, no true boundary.

    Returns:
        By municipality key, polygons as GeoJSON's MultiPolygon has them under `coordinates`: of each the outer ring, then
        its holes; a ring is closed, of (longitude, latitude), outer rings run counter-clockwise.
    """
    return {
        str(key): outlines(rows.select("column", "row").to_numpy(), to_degrees)
        for (key,), rows in sorted(area_.land.partition_by("municipality", as_dict=True, maintain_order=True).items())
    }


def _municipalities() -> pl.DataFrame:
    raw = (DATA / "municipalities.csv").read_bytes()
    return pl.read_csv(raw, schema_overrides=_TEXT, try_parse_dates=True).drop("places").sort("municipality")


def _settlements(municipalities: pl.DataFrame) -> pl.DataFrame:
    """Put places of GeoNames and villages typed by hand together, and share each municipality's people out."""
    countries = municipalities.select("municipality", "country", total="population")
    parts = [
        pl.read_csv((DATA / file).read_bytes(), schema_overrides=_TEXT)
        .select("settlement_id", "name", "municipality", "lat", "lon", "population")
        .with_columns(grade=pl.lit(grade))
        for file, grade in (("settlements.csv", "secondary"), ("villages.csv", "assumed"))
    ]
    listed = pl.concat(parts).join(countries, on="municipality", maintain_order="left")
    return (
        listed.with_columns(population=_people(listed))
        .sort("municipality", "population", "settlement_id", descending=[False, True, False])
        .select("settlement_id", "name", "municipality", "country", "lat", "lon", "population", "grade")
    )


def _people(listed: pl.DataFrame) -> pl.Series:
    """
    Return the people of each settlement, whole numbers that sum to the municipality's.

    GeoNames gives many a town the people of the whole municipality, or none. So the largest one, or the one without a
    figure, gets what the others leave, at least as many as the second; then all are scaled to the total.
    """
    frame = listed.select("municipality", "settlement_id", "population", "total").with_row_index("at")
    frame = frame.sort(
        "municipality", pl.col("population") == 0, "population", "settlement_id", descending=[False, True, True, False]
    )
    group = "municipality"
    rest = pl.col("population").slice(1)
    first = pl.int_range(pl.len()).over(group) == 0
    left = pl.max_horizontal(pl.col("total") - rest.sum().over(group), rest.max().fill_null(1).over(group), 1)
    frame = frame.with_columns(weight=pl.when(first).then(left).otherwise(pl.max_horizontal("population", 50)))
    upto = pl.col("weight").cum_sum().over(group)
    share = (upto * pl.col("total")) // pl.col("weight").sum().over(group)
    return frame.with_columns(share=share - share.shift(1, fill_value=0).over(group)).sort("at")["share"]


def _seats(settlements: pl.DataFrame) -> pl.DataFrame:
    """Return where each municipality's most populous settlement lies."""
    return settlements.group_by("municipality", maintain_order=True).first().select("municipality", "lat", "lon")
