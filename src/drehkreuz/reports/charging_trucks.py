# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What heavy trucks need to charge: plain values for screen and JSON, and the map."""

from __future__ import annotations

from math import sqrt
from typing import Any, Final

import numpy as np
import polars as pl

from drehkreuz.planning.charging.assumptions import VARIANTS, Assumptions
from drehkreuz.planning.charging.need import ENDING
from drehkreuz.planning.charging.trucks import TRUNK_KMH, USES, TruckNeed
from drehkreuz.planning.covers import studied
from drehkreuz.region import Region
from drehkreuz.reports.charging_picture import ACCENT, RAMP, WARN, Dot, Key, Sheet, draw
from drehkreuz.reports.outlook import about
from drehkreuz.reports.provenance import provenance
from drehkreuz.reports.words import Words

Values = dict[str, Any]

DECIMALS: Final = 3
LARGEST: Final = 16.0
"""Pixels of the largest dot's radius."""

GREY: Final = "#8a949e"
COLOUR: Final = {"low": "#6fa8d6", "medium": RAMP[3], "high": ACCENT, "beyond": WARN}


def trucks_answer(region: Region, found: TruckNeed, assumptions: Assumptions) -> Values:
    """
    Return what trucks need, fit for JSON.

    Returns:
        `year`, `trucks`, `battery` and `kwh` a working day (low, middle, high); `uses` with kWh and points; `sites`, depots first;
        `trunk_km`; whether depots were `listed`; every assumption.
    """
    sums = found.sites.group_by("use", maintain_order=True).agg(pl.col(r"^(kwh|points)(_low|_high)?$").sum())
    rows = {row["use"]: row for row in sums.iter_rows(named=True)}
    return {
        "provenance": provenance(region),
        "year": found.year,
        "trucks": found.trucks,
        "battery": found.battery,
        "kwh": found.kwh,
        "uses": [
            {
                "use": use,
                "kwh": {v: rows[use][f"kwh{ENDING[v]}"] for v in VARIANTS},
                "points": {v: rows[use][f"points{ENDING[v]}"] for v in VARIANTS},
            }
            for use in USES
            if use in rows
        ],
        "sites": found.sites.with_columns(pl.selectors.float().exclude("lat", "lon").round(DECIMALS)).to_dicts(),
        "trunk_km": found.trunk_km,
        "trunk_kmh": TRUNK_KMH,
        "listed": found.listed,
        "assumptions": assumptions.plain(),
    }


def trucks_notes(answer: Values, words: Words) -> list[str]:
    """Return what a reader must know of the figures."""
    road = {"km": words.number(answer["trunk_km"])} if answer["trunk_km"] else None
    kmh = words.number(answer["trunk_kmh"])
    return [
        *([] if answer["listed"] else [words("charging.truck_assumed")]),
        words("charging.truck_road", **road) if road else words("charging.truck_no_road", kmh=kmh),
        words("charging.grid_note"),
        words("charging.envelope"),
    ]


def trucks_picture(region: Region, found: TruckNeed, answer: Values, words: Words) -> str:
    """Return the map: a dot for each depot and each municipality's trunk roads, as large as the need, coloured by the grid's class."""
    shown = (
        found.sites.filter(pl.col("use") != "truck_destination").drop_nulls(["lat", "lon"]).sort("kwh", descending=True)
    )
    most = max(shown["kwh"].to_list(), default=1.0)
    dots = [
        Dot(row["lon"], row["lat"], max(2.0, LARGEST * sqrt(row["kwh"] / most)), COLOUR.get(row["grid"], GREY))
        for row in shown.iter_rows(named=True)
    ]
    shade = np.where(studied(region), 0, -1).astype(np.int8)
    keys = [Key("dot", colour, words(f"charging.grid_{name}")) for name, colour in COLOUR.items()]
    sums = [
        words("charging.kwh_row", use=words(f"charging.use_{row['use']}"), n=about(row["kwh"]["mid"], words))
        for row in answer["uses"]
    ]
    sheet = Sheet(
        title=words("charging.truck_map", year=found.year),
        line=words("charging.truck_map_line", title=answer["provenance"]["title"]),
        shade=shade,
        colours=(RAMP[0],),
        keys=keys,
        notes=[*sums, *trucks_notes(answer, words)],
        dots=dots,
    )
    return draw(region, sheet, words)
