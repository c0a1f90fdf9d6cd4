# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What the law asks of charging along roads and for the fleet: plain values for screen and JSON, a table and a map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import polars as pl

from drehkreuz.planning.charging.afir import fleet_targets, in_force
from drehkreuz.planning.charging.assumptions import VARIANTS
from drehkreuz.planning.charging.need import ENDING, Need
from drehkreuz.planning.charging.roads import Checked, road_table
from drehkreuz.region import Region
from drehkreuz.reports.charging_picture import GOOD, RAMP, WARN, Dot, Key, Sheet, Way, draw
from drehkreuz.reports.provenance import provenance
from drehkreuz.reports.words import Words

Values = dict[str, Any]

DECIMALS: Final = 3
OPEN: Final = "#b07a00"
COLOUR: Final = {"met": GOOD, "open": OPEN, "missing": WARN}
DASH: Final = {"met": "", "open": "9 4", "missing": "3 3"}
"""Lines of a verdict, told apart without colour."""

BANDS: Final = (0.25, 0.5, 0.75, 1.0)
"""Share of the fleet's target that stands, where the next colour begins."""


@dataclass(frozen=True, slots=True)
class Targets:
    """
    All that was held against the law.

    Attributes:
        day: At whose end targets must be met.
        need: Need of that year.
        roads: Roads of the network, each direction.
        spots: Nodes and parking areas, from `check_spots`.
    """

    day: date
    need: Need
    roads: Sequence[Checked]
    spots: pl.DataFrame


def afir_answer(region: Region, found: Targets) -> Values:
    """
    Return targets and gaps, fit for JSON.

    Returns:
        `by`; the `rules` in force with article, status and source; `fleet` by municipality and `fleet_whole`; `roads`, a row for
        each direction with its verdict and the stretches that are too long; `spots`.
    """
    fleet = fleet_targets(found.need, region.table("municipalities"), found.day)
    rounded = pl.selectors.float().round(DECIMALS)
    whole = fleet.select(pl.selectors.numeric().sum()).row(0, named=True) if len(fleet) else None
    target = {v: whole[f"target_kw{ENDING[v]}"] for v in VARIANTS} if whole else None
    return {
        "provenance": provenance(region),
        "by": found.day,
        "year": found.need.year,
        "rules": [rule.plain() for rule in in_force(found.day)],
        "fleet": fleet.with_columns(rounded).to_dicts(),
        "fleet_whole": None
        if whole is None or target is None
        else {
            "battery": whole["battery"],
            "plugin": whole["plugin"],
            "target_kw": target,
            "existing_kw": whole["existing_kw"],
            "gap_kw": {variant: max(0.0, kw - whole["existing_kw"]) for variant, kw in target.items()},
        },
        "roads": [_road(one) for one in found.roads],
        "spots": found.spots.with_columns(rounded).to_dicts(),
        "sites": len(region.table("charging_sites")),
    }


def _road(one: Checked) -> Values:
    low, high = one.covered
    return {
        "vehicles": one.rule.vehicles,
        "road": one.road.name,
        "network": one.road.network,
        "direction": one.road.direction,
        "rule": one.rule.id,
        "verdict": one.verdict,
        "km": round(one.road.length, DECIMALS),
        "along": [{"km": round(km, DECIMALS), "pool": pool.name, "kw": pool.kw} for km, pool in one.along],
        "meeting": len(one.meets),
        "covered": [round(low, DECIMALS), round(high, DECIMALS)],
        "too_long": [
            {"from_km": round(piece.from_km, DECIMALS), "to_km": round(piece.to_km, DECIMALS)}
            | {"after": piece.after, "before": piece.before}
            for piece in one.stretches
            if piece.too_long
        ],
        "add": one.add,
    }


def afir_table(region: Region, found: Targets) -> pl.DataFrame:
    """Return the rows of a file: stretches of roads, else spots, else the fleet's targets by municipality with its seat."""
    if found.roads:
        return road_table(found.roads)
    if len(found.spots):
        return found.spots
    seats = region.table("municipalities").select("municipality", "lat", "lon")
    fleet = fleet_targets(found.need, region.table("municipalities"), found.day)
    return fleet.join(seats, on="municipality", how="left", maintain_order="left")


def afir_picture(region: Region, found: Targets, answer: Values, words: Words) -> str:
    """Return the map: municipalities by how much of the fleet's target stands, roads by their verdict, right of the way they go."""
    need = found.need
    reached = {row["municipality"]: row["existing_kw"] / max(row["target_kw"], 1e-9) for row in answer["fleet"]}
    share = [reached.get(key, 0.0) for key in need.zones["municipality"].fill_null("").to_list()]
    shade = np.where(need.studied, np.digitize(share, BANDS), -1).astype(np.int8)
    limits = [words.percent(limit) for limit in BANDS]
    texts = [
        words("charging.reach_below", n=limits[0]),
        *(words("charging.reach_from", n=limit) for limit in limits),
    ]
    keys = [Key("box", colour, text) for colour, text in zip(RAMP, texts, strict=True)]
    ways, dots = [], []
    for one in found.roads:
        shift = 3.0 if one.rule.vehicles == "car" else 7.0
        corners = list(zip(one.road.lon, one.road.lat, strict=True))
        ways.append(Way(corners, COLOUR[one.verdict], shift, DASH[one.verdict]))
        dots += [Dot(pool.lon, pool.lat, 4.0, GOOD) for _, pool in one.meets]
    dots += [
        Dot(row["lon"], row["lat"], 6.0, COLOUR[row["verdict"]]) for row in answer["spots"] if row["lat"] is not None
    ]
    if found.roads or answer["spots"]:
        keys += [
            Key("line", colour, words(f"charging.verdict_{verdict}"), dash=DASH[verdict])
            for verdict, colour in COLOUR.items()
        ]
        keys.append(Key("dot", GOOD, words("charging.pool_meets")))
    sheet = Sheet(
        title=words("charging.afir_map", day=words.day(found.day)),
        line=words("charging.afir_line", title=answer["provenance"]["title"]),
        shade=shade,
        colours=RAMP,
        keys=keys,
        notes=([words("charging.lanes")] if ways else []) + afir_notes(answer, words),
        ways=ways,
        dots=dots,
    )
    return draw(region, sheet, words)


def afir_notes(answer: Values, words: Words) -> list[str]:
    """Return what a reader must know of the verdicts."""
    notes = [words("charging.afir_state")]
    if answer["roads"]:
        notes.append(words("charging.afir_open"))
        notes.append(words("charging.afir_direction"))
    else:
        notes.append(words("charging.afir_no_roads"))
    if any(rule["status"] == "unverified" for rule in answer["rules"]):
        notes.append(words("charging.afir_unverified"))
    if not answer["sites"]:
        notes.append(words("charging.no_register"))
    return notes
