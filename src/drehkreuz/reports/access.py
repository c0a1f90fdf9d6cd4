# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Reachability tables: what the residents of a region have within reach, summed up, and as files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.errors import Finding, InputError
from drehkreuz.reach.access import Access, Of, Opportunities
from drehkreuz.reach.commutes import Minutes
from drehkreuz.reach.parameters import PARAMETERS, Parameters
from drehkreuz.region import Region
from drehkreuz.reports.notes import grouped
from drehkreuz.reports.provenance import provenance

FORMATS: Final = (".csv", ".parquet", ".geojson")
"""Endings of files that a table can be written to."""


def access_answer(
    region: Region,
    of: Of,
    opportunities: Opportunities,
    ways: Minutes,
    residents: NDArray[np.float64],
    found: Access,
    parameters: Parameters = PARAMETERS,
) -> dict[str, Any]:
    """Return, for each chain, what a resident has within reach on average, and how much anybody reaches; fit for JSON."""
    people = float(residents.sum())
    mean = residents / people if people else residents
    return {
        "provenance": provenance(region),
        "of": of,
        "total": float(opportunities.weight.sum()),
        "residents": people,
        "limits": parameters.access_minutes,
        "half_minutes": parameters.access_half_minutes,
        "straight_line_ways": ways.assumed_ways,
        "chains": [
            {
                "chain": chain,
                "within": [float(found.within[k, chain] @ mean) for k in range(len(parameters.access_minutes))],
                "gravity": float(found.gravity[chain] @ mean),
                "reached_by_anybody": float(found.share[chain].sum()),
            }
            for chain in ways.chains
        ],
        "findings": grouped(ways.findings),
    }


def check_format(path: Path) -> None:
    """
    Refuse a file whose ending says no known format.

    Raises:
        InputError: Names the endings that are known.
    """
    if path.suffix not in FORMATS:
        problem = f"has none of the endings {', '.join(FORMATS)}"
        raise InputError(Finding("--out", "", "", str(path), problem, "Name a file with one of them."))


def write_access(region: Region, table: pl.DataFrame, path: Path) -> None:
    """Write a table of zones and chains: CSV, Parquet, or GeoJSON with one point per zone and a property per chain and measure."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".csv":
        table.write_csv(path)
    elif path.suffix == ".parquet":
        table.write_parquet(path)
    else:
        path.write_text(json.dumps(_points(region, table), ensure_ascii=False), encoding="utf-8")


def _points(region: Region, table: pl.DataFrame) -> dict[str, Any]:
    measures = [name for name in table.columns if name not in {"zone_id", "chain"}]
    wide = table.pivot(on="chain", index="zone_id", values=measures, separator="_")
    zones = region.table("zones").select("zone_id", "name", "lat", "lon")
    rows = zones.join(wide, on="zone_id", maintain_order="left").iter_rows(named=True)
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [row.pop("lon"), row.pop("lat")]},
            "properties": row,
        }
        for row in rows
    ]
    return {"type": "FeatureCollection", "features": features}
