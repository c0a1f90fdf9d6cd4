# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""In which municipality zones and places lie, where their tables do not say: by the outlines of a region's recipe."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import polars as pl
import shapely
from numpy.typing import NDArray

from drehkreuz.errors import Finding
from drehkreuz.region import TABLES, Provenance

LOCATED: Final = ("zones", "places")

Part = tuple[pl.DataFrame, Provenance]
Parts = Mapping[str, list[Part]]
"""Rows by table, each with where they are from."""


def located(parts: Parts) -> tuple[dict[str, list[Part]], list[Finding]]:
    """
    Give zones and places without a municipality the one they lie in, and list municipalities that nobody has listed.

    What a table says itself stays. Of outlines, those stay of which the region speaks: the files hold whole countries.

    Args:
        parts: What was read. Where table `boundaries` is not among it, nothing changes.

    Returns:
        The same with the tables `zones`, `places`, `municipalities` and `boundaries` changed, and what is worth knowing.
    """
    if "boundaries" not in parts:
        return dict(parts), []
    outlines = pl.concat([frame for frame, _ in parts["boundaries"]]).unique("municipality").sort("municipality")
    keys, tree = outlines["municipality"], shapely.STRtree(_areas(outlines))
    found, findings = dict(parts), list[Finding]()
    for name in LOCATED:
        found[name] = [(_with_municipality(name, rows, tree, keys), source) for rows, source in parts.get(name, [])]
        findings += _told(name, parts.get(name, []), found[name])
    lived_in = _named(found, "zones")
    named = lived_in | _named(found, "places") | _named(found, "municipalities")
    found["boundaries"] = [(rows.filter(_among(named)), source) for rows, source in parts["boundaries"]]
    missing = named - _named(found, "municipalities")
    added = [(_listed(rows.filter(_among(missing)), lived_in), source) for rows, source in found["boundaries"]]
    found["municipalities"] = [
        *found.get("municipalities", []),
        *((rows, source) for rows, source in added if len(rows)),
    ]
    return {name: given for name, given in found.items() if given}, findings


def _areas(outlines: pl.DataFrame) -> NDArray[np.object_]:
    """Return each outline as an area, None where it is none: the check of the region tells of it."""
    areas: NDArray[np.object_] = shapely.from_wkt(outlines["outline"].to_list(), on_invalid="ignore")
    areas[~shapely.is_valid(areas)] = None
    return areas


def _with_municipality(table: str, rows: pl.DataFrame, tree: shapely.STRtree, keys: pl.Series) -> pl.DataFrame:
    """Return rows with a municipality where they lie in one; on a border between two the one of the lower key."""
    rows = TABLES[table].conform(rows)
    points = shapely.points(rows["lon"].to_numpy(), rows["lat"].to_numpy())
    at, area = tree.query(points, predicate="intersects")
    pairs = pl.DataFrame({"at": at, "area": area}, schema={"at": pl.Int64, "area": pl.Int64})
    first = pairs.group_by("at").agg(pl.col("area").min())
    inside = pl.DataFrame({"at": range(len(rows))}, schema={"at": pl.Int64}).join(
        first, on="at", how="left", maintain_order="left"
    )
    return rows.with_columns(pl.coalesce("municipality", keys.gather(inside["area"]).alias("municipality")))


def _told(name: str, before: list[Part], after: list[Part]) -> list[Finding]:
    """Say of how many rows the municipality was found, and of how many it was not."""
    empty, left = (sum(_without(rows) for rows, _ in given) for given in (before, after))
    findings = []
    if empty > left:
        problem = f"{empty - left:,} rows got the municipality whose outline they lie in"
        findings.append(Finding(name, "", "", "", problem, "Nothing is to be done.", "warning"))
    if left:
        problem = f"{left:,} rows lie in none of the outlines, and have no municipality"
        remedy = "Bring outlines that cover them, or name their municipality in the table."
        findings.append(Finding(name, "", "", "", problem, remedy, "warning"))
    return findings


def _without(rows: pl.DataFrame) -> int:
    return rows["municipality"].null_count() if "municipality" in rows.columns else len(rows)


def _named(parts: Parts, name: str) -> set[str]:
    return {key for rows, _ in parts.get(name, []) for key in rows["municipality"].drop_nulls()}


def _among(keys: set[str]) -> pl.Expr:
    return pl.col("municipality").is_in(list(keys))


def _listed(outlines: pl.DataFrame, lived_in: set[str]) -> pl.DataFrame:
    """Return rows of `municipalities`; their point lies within the outline, for nothing tells of the seat."""
    points = shapely.point_on_surface(_areas(outlines))
    return TABLES["municipalities"].conform(
        outlines.select(
            "municipality",
            pl.coalesce("name", "municipality").alias("name"),
            "country",
            _among(lived_in).alias("study_area"),
            pl.Series("lat", shapely.get_y(points), pl.Float64).round(5),
            pl.Series("lon", shapely.get_x(points), pl.Float64).round(5),
        )
    )
