# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a region lends: its own tables, and where they are silent what is assumed for stations of their kind."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Final

import polars as pl

from drehkreuz.region import TABLES, Region

CONTACT: Final = "modell@example.org"
"""Contact of a modelled lender: a domain that is nobody's (RFC 2606)."""

CURRENCY: Final = "EUR"

FREE_SHARE: Final = 2
"""Places for each vehicle where the region does not say how many a station has (assumed: half of them are free on the mean)."""


@cache
def kinds() -> dict[str, dict[str, Any]]:
    """Return what is assumed to be lent at a station of each kind: the content of `kinds.toml`."""
    return tomllib.loads((files(__package__) / "kinds.toml").read_text(encoding="utf-8"))


def completed(region: Region) -> Region:
    """
    Return a region whose stations have a system, vehicle types, counts by type and prices.

    What the region says stays. A system without a row is named as its stations name it; one without vehicle types lends one type of each kind of
    its stations at the assumed price; a station without counts by type holds its own count of that type.
    """
    stations = region.table("sharing_stations").with_columns(
        pl.col("system").fill_null("lender-" + pl.col("kind")), pl.col("vehicles").fill_null(0)
    )
    stations = stations.with_columns(pl.col("capacity").fill_null(FREE_SHARE * pl.col("vehicles")))
    systems = region.table("sharing_systems")
    types, prices = region.table("sharing_vehicle_types"), region.table("sharing_prices")
    silent = stations.filter(~pl.col("system").is_in(types["system"].implode()))
    lent = sorted(set(silent.select("system", "kind").iter_rows()))
    unnamed = sorted(set(stations["system"]) - set(systems["system_id"]))
    types = _with(
        "sharing_vehicle_types", types, [_vehicle_type(system, kind, region.manifest.language) for system, kind in lent]
    )
    prices = _with("sharing_prices", prices, [row for system, kind in lent for row in _prices(system, kind, region)])
    first = types.group_by("system", maintain_order=True).agg(pl.first("vehicle_type_id"))
    counts = region.table("sharing_station_vehicles")
    uncounted = stations.filter(~pl.col("station_id").is_in(counts["station_id"].implode())).join(
        first, on="system", how="left", maintain_order="left"
    )
    told = [
        {
            "station_id": row["station_id"],
            "vehicle_type_id": f"{row['system']}:{row['kind']}"
            if (row["system"], row["kind"]) in lent
            else row["vehicle_type_id"],
            "vehicles": row["vehicles"],
            "capacity": row["capacity"],
        }
        for row in uncounted.iter_rows(named=True)
    ]
    return region.with_tables(
        {
            "sharing_stations": stations,
            "sharing_systems": _with("sharing_systems", systems, [_system(name, region) for name in unnamed]),
            "sharing_vehicle_types": types,
            "sharing_prices": prices,
            "sharing_station_vehicles": _with("sharing_station_vehicles", counts, told),
        }
    )


def _with(table: str, frame: pl.DataFrame, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Return a table with more rows, in the order of its key."""
    schema = TABLES[table]
    if not rows:
        return frame
    columns = {name: schema.polars[name] for row in rows for name in row}
    return pl.concat([frame, schema.conform(pl.DataFrame(rows, schema=columns))]).sort(schema.key)


def _system(name: str, region: Region) -> dict[str, Any]:
    return {"system_id": name, "name": name, "language": region.manifest.language, "contact": CONTACT}


def _vehicle_type(system: str, kind: str, language: str) -> dict[str, Any]:
    assumed = kinds()[kind]
    return {
        "vehicle_type_id": f"{system}:{kind}",
        "system": system,
        "name": assumed["name_de" if language == "de" else "name_en"],
        "plan_id": f"{system}:{kind}",
        "form_factor": assumed["form_factor"],
        "propulsion": assumed["propulsion"],
        "range_m": assumed.get("range_m"),
        "return_constraint": assumed["return_constraint"],
    }


def _prices(system: str, kind: str, region: Region) -> Iterator[dict[str, Any]]:
    shared = {"plan_id": f"{system}:{kind}", "currency": CURRENCY, "system": system}
    name = _vehicle_type(system, kind, region.manifest.language)["name"]
    known: dict[str, int] = {}
    for step in kinds()[kind]["prices"]:
        known[step["per"]] = known.get(step["per"], 0) + 1
        yield shared | {"name": name, "step": known[step["per"]], "interval": step.get("interval", 0)} | step
