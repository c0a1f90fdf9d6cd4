# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region's shared vehicles as the feeds of GBFS 3.0."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.region import Region
from drehkreuz.sources.json_file import dump, without_nothing

VERSION: Final = "3.0"
TTL: Final = 86_400
"""Seconds for which a snapshot holds (assumed: a day)."""

WITHOUT_RANGE: Final = "human"
"""Propulsion of which GBFS asks no range."""

Rows = list[dict[str, Any]]


def write_gbfs(region: Region, system: str, *, address: str) -> tuple[dict[str, bytes], list[Finding]]:
    """
    Return the feeds of one system as files by name, and what was left out because GBFS asks more than the region knows.

    Args:
        region: With the tables `sharing_systems`, `sharing_stations` and, where known, vehicle types and prices.
        system: Which system, a row of `sharing_systems`.
        address: Where the files will be, a URL; the name of each is added.

    Raises:
        InputError: If there is no such system, or it has no contact, which GBFS asks.
    """
    found = region.table("sharing_systems").filter(system_id=system).to_dicts()
    if not found:
        remedy = f"It has {', '.join(region.table('sharing_systems')['system_id']) or 'none'}."
        raise InputError(Finding("sharing_systems", "", "system_id", system, "is not in the region", remedy))
    writing = _Writing(found[0], f"{region.manifest.day.isoformat()}T00:00:00Z")
    files = writing.feeds(region)
    feeds = [{"name": name, "url": f"{address.rstrip('/')}/{name}.json"} for name in sorted(files)]
    whole = {"gbfs": writing.wrapped({"feeds": feeds})} | files
    return {f"{name}.json": dump(content) for name, content in whole.items()}, writing.findings


class _Writing:
    """One system's rows turned to feeds."""

    def __init__(self, system: Mapping[str, Any], moment: str) -> None:
        self._system = system
        self._moment = moment
        self.findings: list[Finding] = []

    def wrapped(self, data: Mapping[str, Any]) -> dict[str, Any]:
        return {"last_updated": self._moment, "ttl": TTL, "version": VERSION, "data": data}

    def feeds(self, region: Region) -> dict[str, dict[str, Any]]:
        own = self._system["system_id"]
        plans = region.table("sharing_prices").filter(system=own).sort("plan_id", "per", "step").to_dicts()
        types = region.table("sharing_vehicle_types").filter(system=own).sort("vehicle_type_id").to_dicts()
        stations = region.table("sharing_stations").filter(system=own).sort("station_id")
        here = pl.col("station_id").is_in(stations["station_id"].implode())
        held = region.table("sharing_station_vehicles").filter(here).sort("station_id", "vehicle_type_id").to_dicts()
        files = {"system_information": self.wrapped(self._information())}
        written = {row["vehicle_type_id"]: self._vehicle_type(row) for row in types}
        kept = {own: entry for own, entry in written.items() if entry is not None}
        if kept:
            files["vehicle_types"] = self.wrapped({"vehicle_types": list(kept.values())})
        if plans:
            files["system_pricing_plans"] = self.wrapped({"plans": self._plans(plans)})
        rows = stations.to_dicts()
        by_station: dict[str, Rows] = {}
        for row in held:
            if row["vehicle_type_id"] in kept:
                by_station.setdefault(row["station_id"], []).append(row)
        files["station_information"] = self.wrapped(
            {"stations": [self._station(row, by_station.get(row["station_id"], [])) for row in rows]}
        )
        statuses = [self._status(row, by_station.get(row["station_id"], [])) for row in rows]
        files["station_status"] = self.wrapped({"stations": [status for status in statuses if status is not None]})
        return files

    def _information(self) -> dict[str, Any]:
        system = self._system
        if not system["contact"]:
            remedy = "Add an e-mail address for questions about the data."
            problem = "is empty, and GBFS asks it as feed_contact_email"
            raise InputError(Finding("sharing_systems", system["system_id"], "contact", "", problem, remedy))
        return without_nothing(
            {
                "system_id": system["system_id"],
                "languages": [system["language"]],
                "name": self._texts(system["name"]),
                "operator": self._texts(system["operator"]),
                "opening_hours": system["opening_hours"],
                "url": system["url"],
                "feed_contact_email": system["contact"],
                "timezone": system["timezone"],
            }
        )

    def _texts(self, text: str | None) -> list[dict[str, str]]:
        return [{"text": text, "language": self._system["language"]}] if text else []

    def _own(self, name: str | None) -> str | None:
        """Return an id without its system."""
        return None if name is None else name.removeprefix(f"{self._system['system_id']}:")

    def _left_out(self, table: str, row: str, column: str, problem: str) -> None:
        remedy = "Left out; add it to the region to have it written."
        self.findings.append(Finding(table, row, column, "", problem, remedy, "warning"))

    def _vehicle_type(self, row: Mapping[str, Any]) -> dict[str, Any] | None:
        if row["propulsion"] != WITHOUT_RANGE and row["range_m"] is None:
            self._left_out(
                "sharing_vehicle_types", row["vehicle_type_id"], "range_m", "is empty, and GBFS asks it of motors"
            )
            return None
        return without_nothing(
            {
                "vehicle_type_id": self._own(row["vehicle_type_id"]),
                "form_factor": row["form_factor"],
                "propulsion_type": row["propulsion"],
                "name": self._texts(row["name"]),
                "max_range_meters": row["range_m"],
                "return_constraint": row["return_constraint"],
                "default_pricing_plan_id": self._own(row["plan_id"]),
            }
        )

    def _plans(self, rows: Rows) -> list[dict[str, Any]]:
        plans: dict[str, Rows] = {}
        for row in rows:
            plans.setdefault(row["plan_id"], []).append(row)
        return [self._plan(name, parts) for name, parts in plans.items()]

    def _plan(self, name: str, rows: Rows) -> dict[str, Any]:
        first = rows[0]

        def steps(per: str) -> Rows:
            return [
                without_nothing(
                    {"start": row["start"], "rate": row["price"], "interval": row["interval"] or 0, "end": row["end"]}
                )
                for row in rows
                if row["per"] == per
            ]

        return {
            "plan_id": self._own(name),
            "name": self._texts(first["name"]),
            "currency": first["currency"],
            "price": next((row["price"] for row in rows if row["per"] == "trip"), 0.0),
            "is_taxable": first["taxed_later"],
            "description": self._texts(first["description"] or first["name"]),
        } | without_nothing({"per_min_pricing": steps("minute"), "per_km_pricing": steps("km")})

    def _station(self, row: Mapping[str, Any], held: Rows) -> dict[str, Any]:
        docks = [
            {"vehicle_type_ids": [self._own(part["vehicle_type_id"])], "count": part["capacity"]}
            for part in held
            if part["capacity"] is not None
        ]
        return without_nothing(
            {
                "station_id": self._own(row["station_id"]),
                "name": self._texts(row["name"]),
                "lat": row["lat"],
                "lon": row["lon"],
                "capacity": row["capacity"],
                "vehicle_docks_capacity": docks,
            }
        )

    def _status(self, row: Mapping[str, Any], held: Rows) -> dict[str, Any] | None:
        if row["vehicles"] is None:
            self._left_out(
                "sharing_stations", row["station_id"], "vehicles", "is empty, so that its status is not known"
            )
            return None
        standing = [
            {"vehicle_type_id": self._own(part["vehicle_type_id"]), "count": part["vehicles"]}
            for part in held
            if part["vehicles"] is not None
        ]
        return without_nothing(
            {
                "station_id": self._own(row["station_id"]),
                "num_vehicles_available": row["vehicles"],
                "vehicle_types_available": standing,
                "is_installed": True,
                "is_renting": True,
                "is_returning": True,
                "last_reported": self._moment,
            }
        )
