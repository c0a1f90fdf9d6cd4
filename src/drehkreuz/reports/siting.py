# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Where something should stand: the answer for screen and JSON, and as a table for a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.planning import Cover, Placement, mean_minutes
from drehkreuz.planning.covers import Question, studied
from drehkreuz.region import TABLES, Region
from drehkreuz.reports.charging_picture import ACCENT, RAMP, Dot, Key, Sheet, draw
from drehkreuz.reports.outlook import about
from drehkreuz.reports.provenance import provenance
from drehkreuz.reports.words import Words

NOWHERE: Final = -1
"""Band of a cell that is not on the map."""

SHADES: Final = (RAMP[0], RAMP[3], RAMP[1])
"""Of cells without a site, with one today, with a new one; told apart without colour, too."""


def siting_answer(region: Region, asked: Question, found: Placement | Cover, beyond: float | None) -> dict[str, Any]:
    """
    Return what is proposed, fit for JSON.

    Args:
        region: The region.
        asked: What was asked.
        found: The proposal.
        beyond: Minutes that count where nothing serves, of a proposal by mean minutes; else None.
    """
    placed = found.placement if isinstance(found, Cover) else found
    total = float(asked.siting.weight.sum())
    answer: dict[str, Any] = {
        "provenance": provenance(region),
        "candidates": int(np.count_nonzero(~asked.siting.stands)),
        "existing": int(np.count_nonzero(asked.siting.stands)),
        "total": total,
        "before": float(placed.values[0]),
        "served": placed.value,
        "bound": placed.bound,
        "gap": found.gap,
        "straight_line_ways": asked.assumed_ways,
        "sites": site_table(region, asked, placed).to_dicts(),
        "groups": group_table(region, asked, placed).to_dicts(),
    }
    if isinstance(found, Cover):
        unserved = float(asked.siting.weight[found.unserved].sum())
        answer |= {"cost": found.cost, "cost_bound": found.cost_bound, "unserved": unserved}
    if beyond is not None:
        mean, least = mean_minutes(placed, beyond)
        answer |= {"mean_minutes": mean, "mean_minutes_bound": least, "beyond_minutes": beyond}
        for row in answer["sites"]:
            row["mean_minutes"] = beyond * (1 - row["share"])
    return answer


def site_table(region: Region, asked: Question, placed: Placement) -> pl.DataFrame:
    """Return the sites in order of building: `step`, `id`, `name`, `lat`, `lon`, what each `adds`, `served` then, its `share`."""
    key = TABLES[asked.table].key[0]
    named = region.table(asked.table).select(pl.col(key).alias("id"), "name", "lat", "lon")
    ids = pl.Series("id", [asked.sites[site] for site in placed.sites.tolist()], dtype=pl.String)
    return (
        placed.steps()
        .with_columns(ids)
        .join(named, on="id", how="left", maintain_order="left")
        .select("step", "id", "name", "lat", "lon", "adds", "served", "share")
    )


def group_table(region: Region, asked: Question, placed: Placement) -> pl.DataFrame:
    """Return municipalities where somebody counts, by key: `municipality`, `name`, `weight`, served `before`, `served` in the end, `share`."""
    names = region.table("municipalities").select("municipality", "name")
    keys = pl.Series("municipality", asked.groups, dtype=pl.String)
    groups = placed.by_group()
    return (
        groups.with_columns(keys.gather(groups["group"]))
        .join(names, on="municipality", how="left", maintain_order="left")
        .filter(pl.col("weight") > 0)
        .select("municipality", "name", "weight", "before", "served", "share")
    )


def site_picture(region: Region, asked: Question, placed: Placement, answer: dict[str, Any], words: Words) -> str:
    """Return the map: cells by whether a site serves them already, a new one will, or none; new sites numbered in the order of building."""
    known = studied(region)
    shade = np.where(known, 0, NOWHERE).astype(np.int8)
    shade[known & (placed.served > 0)] = 2
    shade[known & (placed.before > 0)] = 1
    dots = [Dot(row["lon"], row["lat"], 9.0, ACCENT, str(row["step"])) for row in reversed(answer["sites"])]
    weight = asked.siting.weight
    counted = (weight @ (1 - placed.served), weight @ placed.before, weight @ (placed.served - placed.before))
    keys = [
        Key("box", colour, words(f"site.map_{name}"), about(float(value), words))
        for colour, name, value in zip(SHADES, ("unserved", "today", "new"), counted, strict=True)
    ]
    sheet = Sheet(
        title=words("site.map_title"),
        line=words("site.map_line", title=answer["provenance"]["title"], day=words.day(answer["provenance"]["day"])),
        shade=shade,
        colours=SHADES,
        keys=[*keys, Key("dot", ACCENT, words("site.map_site"), words.number(len(dots)))],
        notes=[
            words(f"site.map_{answer['count']}"),
            words("site.map_within", within=words.number(answer["within"]), by=words(f"chain.{answer['by'].upper()}")),
            *([words("access.straight")] if answer["straight_line_ways"] else []),
        ],
        dots=dots,
    )
    return draw(region, sheet, words)


def write_sites(table: pl.DataFrame, path: Path) -> None:
    """
    Write the sites as CSV.

    Raises:
        InputError: If the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        table.write_csv(path)
    except OSError as error:
        remedy = "Name a file that can be written to, with --out."
        raise InputError(Finding(str(path), "", "", "", f"cannot be written: {error.strerror}", remedy)) from error
