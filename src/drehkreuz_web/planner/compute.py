# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
A region's figures, computed in a process of their own: `python -m drehkreuz_web.planner.compute REGION SNAPSHOT FILE`.

It takes minutes and gigabytes; visitors wait for neither, and the memory is given back. Each line of its output is one JSON
object: `{"work": …, "done": …, "of": …}` while it works, `{"failed": …}` with the kind of an exception if it fails.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.cli.output import plain
from drehkreuz.errors import InputError
from drehkreuz.foresight import outlook
from drehkreuz.matching.market import prepare
from drehkreuz.matching.pipeline import match
from drehkreuz.matching.thinning import share_for, thinned
from drehkreuz.model.aachen.outlines import Polygon, outlines
from drehkreuz.model.aachen.targets import read_targets
from drehkreuz.progress import SILENT, Progress
from drehkreuz.region import Cache, Region, open_region
from drehkreuz.reports.outlook import outlook_report
from drehkreuz.reports.region import region_report
from drehkreuz_web.house.telling import Told, tell
from drehkreuz_web.planner.outlines import true_areas

LOW_PRIORITY: Final = 10
"""Nice value: visitors come first, and yet it gets done on a busy machine."""

STEP_SHARE: Final = 0.05
"""How far off its grid a cell's centre may lie, in sides of a cell."""

TOUCHING: Final = 0.5
"""Cells make an area if at least this share of them has a neighbour to the east or to the north."""

PRECISION: Final = 4
"""Decimals of degrees of an outline: eleven metres."""


def compute(region: Region, progress: Progress = SILENT) -> dict[str, Any]:
    """
    Return the region's report, fit for JSON, with the `outlook` by year, `areas` to draw and the `scale` of a model region.

    A large region is thinned: `sample` tells to one of how many, the rest of the report counts for all.
    """
    cache, k = Cache.default(), share_for(region)
    matched = match(thinned(region, k), cache=cache, progress=progress)
    report = region_report(matched, prepare(region, cache=cache))
    added = {"outlook": ahead(region), "areas": areas(region), "scale": scale(region), "sample": k}
    answer: dict[str, Any] = plain(report | added)
    return answer


def ahead(region: Region) -> dict[str, Any] | None:
    """Return the region by year, None where it does not say how many people live there."""
    try:
        return outlook_report(outlook(region))
    except InputError:
        return None


def areas(region: Region) -> dict[str, list[Polygon]]:
    """
    Return the areas of the municipalities: their boundaries, else schematic ones, made of the cells where people live.

    Returns:
        By municipality polygons of (longitude, latitude); those outside the study area as one, "". Empty where nothing tells
        of boundaries and homes are no cells of a grid.
    """
    return true_areas(region) or schematic_areas(region)


def schematic_areas(region: Region) -> dict[str, list[Polygon]]:
    """Return areas made of the cells where people live, as `areas` does."""
    cells = region.table("zones").drop_nulls("municipality")
    step_lat, step_lon = _step(cells["lat"]), _step(cells["lon"])
    if not step_lat or not step_lon:
        return {}
    low_lat, low_lon = float(cells["lat"].to_numpy().min()), float(cells["lon"].to_numpy().min())
    row, column = (cells["lat"].to_numpy() - low_lat) / step_lat, (cells["lon"].to_numpy() - low_lon) / step_lon
    if max(np.abs(row - row.round()).max(), np.abs(column - column.round()).max()) > STEP_SHARE:
        return {}
    grid = np.column_stack([column.round(), row.round()]).astype(np.int64)
    if not _touch(grid):
        return {}
    inside = region.table("municipalities").filter("study_area")["municipality"]
    keyed = cells.select(
        pl.when(pl.col("municipality").is_in(inside.implode())).then("municipality").otherwise(pl.lit(""))
    )

    def to_degrees(points: Any) -> tuple[Any, Any]:  # noqa: ANN401  # arrays of any shape
        lat = low_lat + (points[:, 1] - 0.5) * step_lat
        lon = low_lon + (points[:, 0] - 0.5) * step_lon
        return lat.round(PRECISION), lon.round(PRECISION)

    keys = keyed.to_series().to_numpy()
    return {key: outlines(grid[keys == key], to_degrees) for key in sorted(set(keys.tolist()))}


def _step(positions: pl.Series) -> float:
    """Return the side of a cell: the least step between positions, but for what rounding makes of equal ones."""
    steps = np.diff(np.unique(positions.to_numpy().round(5)))
    wide = steps[steps > 10.0**-PRECISION]
    return float(wide.min()) if len(wide) else 0.0


def _touch(grid: NDArray[np.int64]) -> bool:
    """Return whether cells, int64[n, 2], lie side by side rather than strewn over a finer grid."""
    there = set(map(tuple, grid.tolist()))
    touching = sum((x + 1, y) in there or (x, y + 1) in there for x, y in there)
    return touching >= TOUCHING * len(there)


def scale(region: Region) -> float | None:
    """Return the size of a model region against full scale, None for a region that says nothing of it."""
    known = region.table("targets").filter(target_id="people-whole")["value"]
    return None if known.is_empty() else round(known.item() / read_targets()["people-whole"]["value"], 4)


def write(answer: dict[str, Any], file: Path) -> None:
    """Write an answer so that nobody ever sees half of it."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    draft.write_text(json.dumps(answer, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    draft.replace(file)


def main(arguments: Iterable[str]) -> int:
    """Compute and write; return the exit code."""
    folder, snapshot, file = arguments
    with suppress(OSError):
        os.nice(LOW_PRIORITY)
    try:
        write(compute(open_region(Path(folder), int(snapshot)), Told()), Path(file))
    except Exception as error:  # noqa: BLE001  # whatever it is, it is told
        tell({"failed": f"{type(error).__module__}.{type(error).__qualname__}"})
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
