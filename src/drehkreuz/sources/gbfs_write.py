# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region's shared vehicles as the feeds of GBFS 3.0."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.region import Region
from drehkreuz.sources.json_file import dump, without_nothing

VERSION: Final = "3.0"
TTL: Final = 86_400
"""Seconds for which a snapshot holds (assumed: a day)."""

LIVE_TTL: Final = 60
"""Seconds for which the state of this moment holds (assumed)."""

WITHOUT_RANGE: Final = "human"
"""Propulsion of which GBFS asks no range."""

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Standing:
    """
    A vehicle that stands at a station.

    Attributes:
        vehicle: Its id of the day: GBFS asks for another one after every trip.
        vehicle_type: Row of `sharing_vehicle_types`.
        station: Row of `sharing_stations`.
        reserved: Whether somebody has reserved it.
        range_m: How far it comes; None: it has no motor, or nobody knows.
    """

    vehicle: str
    vehicle_type: str
    station: str
    reserved: bool
    range_m: float | None


@dataclass(frozen=True, slots=True)
class Live:
    """
    What holds at this moment alone.

    Attributes:
        moment: The moment.
        renting: Whether vehicles can be taken at this hour.
        standing: Every vehicle that stands at a station of the system.
    """

    moment: datetime
    renting: bool
    standing: Sequence[Standing]


def write_gbfs(
    region: Region, system: str, *, address: str, live: Live | None = None
) -> tuple[dict[str, bytes], list[Finding]]:
    """
    Return the feeds of one system as files by name, and what was left out because GBFS asks more than the region knows.

    Args:
        region: With the tables `sharing_systems`, `sharing_stations` and, where known, vehicle types and prices.
        system: Which system, a row of `sharing_systems`.
        address: Where the files will be, a URL; the name of each is added.
        live: What holds at this moment: it adds `vehicle_status` and free places; None: a snapshot of the region's day.

    Raises:
        InputError: If there is no such system, or it has no contact, which GBFS asks.
    """
    found = region.table("sharing_systems").filter(system_id=system).to_dicts()
    if not found:
        remedy = f"It has {', '.join(region.table('sharing_systems')['system_id']) or 'none'}."
        raise InputError(Finding("sharing_systems", "", "system_id", system, "is not in the region", remedy))
    writing = _Writing(found[0], f"{region.manifest.day.isoformat()}T00:00:00Z", live)
    files = writing.feeds(region)
    feeds = [{"name": name, "url": f"{address.rstrip('/')}/{name}.json"} for name in sorted(files)]
    whole = {"gbfs": writing.wrapped({"feeds": feeds})} | files
    return {f"{name}.json": dump(content) for name, content in whole.items()}, writing.findings


class _Writing:
    """One system's rows turned to feeds."""

    def __init__(self, system: Mapping[str, Any], day: str, live: Live | None) -> None:
        self._system = system
        self._live = live
        self._moment = day if live is None else live.moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._taken = Counter(each.station for each in live.standing) if live else None
        self.findings: list[Finding] = []

    def wrapped(self, data: Mapping[str, Any]) -> dict[str, Any]:
        return {"last_updated": self._moment, "ttl": LIVE_TTL if self._live else TTL, "version": VERSION, "data": data}

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
        statuses = [self._status(row, by_station.get(row["station_id"], []), list(kept)) for row in rows]
        files["station_status"] = self.wrapped({"stations": [status for status in statuses if status is not None]})
        if self._live is not None:
            files["vehicle_status"] = self.wrapped({"vehicles": [self._vehicle(each) for each in self._live.standing]})
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

    def _status(self, row: Mapping[str, Any], held: Rows, types: Sequence[str]) -> dict[str, Any] | None:
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
        if types and not standing:  # GBFS asks it of every station where types are listed
            possible = [part["vehicle_type_id"] for part in held] or types
            if len(possible) > 1:
                problem = "is empty for the station, and GBFS asks how many of each type stand there"
                self._left_out("sharing_station_vehicles", row["station_id"], "vehicles", problem)
                return None
            standing = [{"vehicle_type_id": self._own(possible[0]), "count": row["vehicles"]}]
        return without_nothing(
            {
                "station_id": self._own(row["station_id"]),
                "num_vehicles_available": row["vehicles"],
                "vehicle_types_available": standing,
                "num_docks_available": self._free_places(row),
                "is_installed": True,
                "is_renting": self._live is None or self._live.renting,
                "is_returning": True,
                "last_reported": self._moment,
            }
        )

    def _free_places(self, row: Mapping[str, Any]) -> int | None:
        """Return how many vehicles can be given back, None where only a day's mean is known."""
        if self._taken is None or row["capacity"] is None:
            return None
        return max(0, int(row["capacity"]) - self._taken[row["station_id"]])

    def _vehicle(self, standing: Standing) -> dict[str, Any]:
        return without_nothing(
            {
                "vehicle_id": standing.vehicle,
                "vehicle_type_id": self._own(standing.vehicle_type),
                "station_id": self._own(standing.station),
                "is_reserved": standing.reserved,
                "is_disabled": False,
                "current_range_meters": standing.range_m,
                "last_reported": self._moment,
            }
        )
