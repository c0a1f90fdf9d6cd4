# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a tariff is worth on a day: a value with its source, or openly unknown."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import polars as pl

from drehkreuz.region import TABLES, Region


@dataclass(frozen=True, slots=True)
class Tariff:
    """
    One price or factor on one day.

    Attributes:
        tariff_id: What is priced, as in table `tariffs`.
        value: In its unit; None where no value is valid on the day: then people are told to ask, no older value is used.
        unit: EUR/month, EUR/trip, EUR/km or g/pkm; empty where unknown.
        source: Where the value is from; where it has run out, where the last one was from; empty where there never was one.
        valid_to: Last day of that value; None: no end known.
        checked_on: Day somebody last looked; None where there never was a value.
    """

    tariff_id: str
    value: float | None
    unit: str = ""
    source: str = ""
    valid_to: date | None = None
    checked_on: date | None = None

    @property
    def known(self) -> bool:
        """Whether a value is valid on the day."""
        return self.value is not None


Tariffs = Mapping[str, Tariff]
"""Every tariff by its id, known or not."""


def tariffs(region: Region, day: date | None = None) -> Tariffs:
    """
    Return every tariff on a day.

    A tariff that the region's own table names is answered by that table alone. The others come from the defaults for Germany,
    where people of the region live in Germany.

    Args:
        region: The region.
        day: The day; None: the region's day.
    """
    day = day or region.manifest.day
    own = region.table("tariffs")
    countries = region.table("zones")["country"].unique().to_list()
    shipped = defaults() if "DE" in countries else TABLES["tariffs"].empty()
    frame = pl.concat([own, shipped.join(own, on="tariff_id", how="anti")]).sort("tariff_id", "valid_from")
    ids = TABLES["tariffs"].columns["tariff_id"].allowed or ()
    return {name: _on(frame.filter(pl.col("tariff_id") == name), name, day) for name in ids}


@cache
def defaults() -> pl.DataFrame:
    """Return the tariffs shipped with the software, of the schema of table `tariffs`."""
    raw = tomllib.loads(files(__package__).joinpath("tariffs.toml").read_text(encoding="utf-8"))
    schema = TABLES["tariffs"]
    return schema.conform(pl.DataFrame(raw["tariff"], schema=schema.polars))


def _on(rows: pl.DataFrame, tariff_id: str, day: date) -> Tariff:
    """Return the value valid on the day, of several the one that began last."""
    if rows.is_empty():
        return Tariff(tariff_id, None)
    begun = rows.filter(pl.col("valid_from") <= day)
    valid = begun.filter(pl.col("valid_to").is_null() | (pl.col("valid_to") >= day))
    row = (valid if len(valid) else begun if len(begun) else rows).row(-1, named=True)
    facts = (row["source"], row["valid_to"], row["checked_on"])
    return Tariff(tariff_id, row["value"], row["unit"], *facts) if len(valid) else Tariff(tariff_id, None, "", *facts)
