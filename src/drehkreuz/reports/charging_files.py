# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What is said of charging as files: a table, points for maps, a picture."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import polars as pl

from drehkreuz.errors import Finding, InputError

FORMATS: Final = (".csv", ".geojson", ".svg")
"""Endings of files that each verb can write."""

DECIMALS: Final = 3


def write_charging(table: pl.DataFrame, picture: Callable[[], str], path: Path) -> None:
    """
    Write a table with columns `lat` and `lon` as its file's ending says; the file replaces an older one in one step.

    Args:
        table: As CSV, or one GeoJSON point a row.
        picture: Draws it, as SVG.
        path: File with one of `FORMATS`.

    Raises:
        InputError: If the file cannot be written.
    """
    if path.suffix == ".csv":
        text = table.write_csv(float_precision=DECIMALS)
    elif path.suffix == ".geojson":
        text = json.dumps(points(table), ensure_ascii=False, separators=(",", ":")) + "\n"
    else:
        text = picture()
    write_text(text, path)


def write_text(text: str, path: Path) -> None:
    """
    Write a file; it replaces an older one in one step.

    Raises:
        InputError: If the file cannot be written.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        remedy = "Name a file that can be written to."
        raise InputError(Finding(str(path), "", "", "", f"cannot be written: {error.strerror}", remedy)) from error


def points(table: pl.DataFrame) -> dict[str, Any]:
    """Return one point for each row that lies somewhere, its other columns as properties (RFC 7946)."""
    placed = table.drop_nulls(["lat", "lon"]).with_columns(pl.selectors.float().exclude("lat", "lon").round(DECIMALS))
    text = placed.with_columns(pl.selectors.temporal().cast(pl.String))
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [row.pop("lon"), row.pop("lat")]},
            "properties": row,
        }
        for row in text.iter_rows(named=True)
    ]
    return {"type": "FeatureCollection", "features": features}
