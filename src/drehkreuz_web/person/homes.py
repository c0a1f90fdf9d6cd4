# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Where somebody lives: a place's name to a home cell of the region, never an address."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from drehkreuz.region import Region, kept
from drehkreuz.skills.text import fold

MOST: Final = 12
"""Places offered where a name is not clear."""

NEAR: Final = 0.75
"""How alike a name must be to be offered in place of one that is unknown; assumed."""


@dataclass(frozen=True, slots=True)
class Home:
    """
    A home cell that a person can choose.

    Attributes:
        zone_id: The cell.
        label: Its name with its municipality and district, as far as the region knows them.
        names: Names that lead to it, folded.
    """

    zone_id: str
    label: str
    names: frozenset[str]


def search(region: Region, text: str) -> list[Home]:
    """
    Return the homes that a place's name may mean, the best first; one alone is meant for sure.

    The whole name goes before its beginning, its beginning before a name spelt alike.
    """
    wanted, known = _folded(text), homes(region)
    if not wanted:
        return []
    exact = [home for home in known if wanted in home.names]
    if exact:
        return exact[:MOST]
    begins = [home for home in known if any(name.startswith(wanted) for name in home.names)]
    if begins:
        return begins[:MOST]
    names = {name for home in known for name in home.names}
    alike = difflib.get_close_matches(wanted, sorted(names), n=3, cutoff=NEAR) if len(wanted) <= 60 else []
    return [home for home in known if home.names & set(alike)][:MOST]


def is_sure(found: list[Home], text: str) -> bool:
    """Whether a search found one place by its name, not merely something alike."""
    return len(found) == 1 and any(name.startswith(_folded(text)) for name in found[0].names)


def label_of(region: Region, zone_id: str | None) -> str:
    """Return the name of a home cell; empty where there is none."""
    if zone_id is None:
        return ""
    known = next((home.label for home in homes(region) if home.zone_id == zone_id), None)
    if known is not None:
        return known
    zone = region.table("zones").filter(zone_id=zone_id)
    return (zone["name"][0] or zone_id) if len(zone) else ""


@kept
def homes(region: Region) -> tuple[Home, ...]:
    """Return every place that can be chosen, by name: one cell for each settlement, and the seat of each municipality."""
    towns = region.table("municipalities").select(
        "municipality", "district", town=pl.col("name"), seat_lat=pl.col("lat"), seat_lon=pl.col("lon")
    )
    zones = (
        region.table("zones")
        .select("zone_id", "name", "municipality", "population", "lat", "lon")
        .with_columns(
            settlement=pl.col("name").str.split(", ").list.first(),
            apart=pl.col("name").str.contains(", ", literal=True),
        )
        .join(towns, on="municipality", how="left", maintain_order="left")
    )
    settlements = (
        zones.filter(pl.col("settlement").is_not_null())
        .sort("apart", "population", "zone_id", descending=[False, True, False], nulls_last=True)
        .unique(["settlement", "municipality"], keep="first", maintain_order=True)
    )
    from_seat = (pl.col("lat") - pl.col("seat_lat")) ** 2 + ((pl.col("lon") - pl.col("seat_lon")) * 0.63) ** 2
    seats = (
        zones.filter(pl.col("town").is_not_null())
        .sort(from_seat, "zone_id", nulls_last=True)
        .unique("municipality", keep="first", maintain_order=True)
        .join(settlements, left_on=["municipality", "town"], right_on=["municipality", "settlement"], how="anti")
        .with_columns(settlement=pl.col("town"))
    )
    chosen = pl.concat([settlements, seats]).sort("settlement", "town", "zone_id")
    return tuple(_home(row) for row in chosen.iter_rows(named=True))


def _home(row: Mapping[str, Any]) -> Home:
    settlement, town, district = row["settlement"], row["town"], row["district"]
    label = settlement if town in {None, settlement} else f"{settlement} ({town})"
    names = {_folded(settlement), _folded(label)}
    if town is not None and town == settlement and district not in {None, town}:
        label = f"{settlement} ({district})"
        names.add(_folded(label))
    return Home(row["zone_id"], label, frozenset(names))


def _folded(text: str) -> str:
    """Return a name in one spelling: no case, no accents, no doubled blanks, no signs."""
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())
