# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Shared vehicles as GBFS publishes them, versions 1 to 3.0."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.sources.archive import about, open_source
from drehkreuz.sources.json_file import Node, cell, cells, node, nodes, number, read_json
from drehkreuz.sources.records import Records

TABLES_READ: Final = (
    "sharing_systems", "sharing_stations", "sharing_vehicle_types", "sharing_station_vehicles", "sharing_prices",
)  # fmt: skip

FEEDS: Final = ("system_information", "vehicle_types", "station_information", "station_status", "system_pricing_plans")
LIST_OF_FEED: Final = {
    "vehicle_types": "vehicle_types",
    "station_information": "stations",
    "station_status": "stations",
    "system_pricing_plans": "plans",
}
VERSIONS: Final = ("1.0", "1.1", "2.0", "2.1", "2.2", "2.3", "3.0")

KIND_OF_FORM: Final = {
    "car": "carsharing",
    "cargo_bicycle": "cargo_bike",
    "moped": "moped",
    "scooter": "scooter",
    "scooter_standing": "scooter",
    "scooter_seated": "scooter",
}
KINDS: Final = ("pedelec", "carsharing", "bike", "cargo_bike", "moped", "scooter")
"""Kinds of station, the one that serves the way to work best first."""

GONE: Final = "are not installed and are left out"
OTHER: Final = "lend nothing of a known kind and are left out"
LOOSE: Final = "stand free, outside of stations, and are not read: where one stands now says nothing of tomorrow"
TWICE: Final = "stand twice in station_status; the first counts"


def read_gbfs(
    path: str | Path, *, language: str = "de", lenient: bool = False
) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    """
    Read a system's feeds from the JSON files of a folder or zip, named as GBFS names them, or from one file with several feeds.

    A station's kind is that of the vehicles it holds or takes, of several the one that serves the way to work best; in version 1 all are
    bicycles. Free-floating vehicles are counted, not kept.

    Args:
        path: Folder, zip, or a JSON file with the feeds by name (also under `feed_data`, as the tool x2gbfs keeps them).
        language: Language of names where there are several, else the first.
        lenient: Leave out faulty rows instead of refusing the feed; each is listed.

    Returns:
        The tables of `TABLES_READ`, and what a person should know.

    Raises:
        InputError: If a file cannot be read, the system is not named, or a row is faulty and the reading is not lenient.
    """
    source = open_source(path)
    names = {name.removesuffix(".json"): name for name in source.names}
    records = Records(source.path.name, lenient=lenient)
    documents: dict[str, Any] = {}
    if len(source.names) == 1 and not set(names) & set(FEEDS):
        documents = dict(_bundled(read_json(source, source.names[0])))
    else:
        for feed in (*FEEDS, "vehicle_status", "free_bike_status"):
            if feed in names:
                try:
                    documents[feed] = read_json(source, names[feed])
                except InputError as error:
                    records.refused(error)
    if "system_information" not in documents:
        problem = f"holds no system_information; found are {', '.join(source.names[:12])}"
        raise InputError(about(path, problem, "Name the folder of a system's GBFS files."))
    reading = _Reading(records, language)
    reading.read(documents)
    return records.settle(*TABLES_READ)


def _bundled(document: object) -> Iterator[tuple[str, Any]]:
    """Yield feeds that one file holds by name, each wrapped as its own file would."""
    outer = node(document)
    inner = node(outer.get("feed_data")) or outer
    for feed in FEEDS:
        short = feed.removeprefix("system_") if feed == "system_pricing_plans" else feed
        for name in dict.fromkeys((feed, short)):
            if name in inner:
                content = inner[name]
                yield feed, {"data": content if isinstance(content, dict) else {LIST_OF_FEED[feed]: content}}


class _Reading:
    """Feeds of one system turned to rows."""

    def __init__(self, records: Records, language: str) -> None:
        self._records = records
        self._language = language
        self._counts: Counter[str] = Counter()
        self._system = ""
        self._kinds: dict[str, str | None] = {}

    def read(self, documents: Mapping[str, Any]) -> None:
        self._versions(documents)
        self._system_information(node(node(documents["system_information"]).get("data")))
        for row, item in self._items(documents, "vehicle_types"):
            self._vehicle_type(item, row)
        for row, item in self._items(documents, "system_pricing_plans"):
            self._plan(item, row)
        statuses: dict[str | None, Node] = {}
        for _, status in self._items(documents, "station_status"):
            own = cell(status.get("station_id"))
            self._counts[TWICE] += own in statuses
            statuses.setdefault(own, status)
        for row, item in self._items(documents, "station_information"):
            self._station(item, statuses.get(cell(item.get("station_id")), {}), row)
        self._counts[LOOSE] += sum(_loose(documents))
        for what, count in sorted(self._counts.items()):
            if count:
                noun = "vehicles" if what == LOOSE else "stations"
                self._records.note(f"{count:,} {noun} {what}", "Nothing is to be done.")

    def _versions(self, documents: Mapping[str, Any]) -> None:
        said = {cell(node(document).get("version")) for document in documents.values()} - {None}
        for version in sorted(str(version) for version in said):
            if version not in VERSIONS:
                problem = f"is of version {version!r}, which is not known; it is read as 3.0"
                self._records.note(problem, f"Known are {', '.join(VERSIONS)}.")

    def _items(self, documents: Mapping[str, Any], feed: str) -> Iterator[tuple[str, Node]]:
        listed = node(node(documents.get(feed)).get("data")).get(LIST_OF_FEED[feed])
        for row, item in enumerate(nodes(listed), 1):
            yield f"{feed}:{row}", item

    def _text(self, value: object) -> str | None:
        """Return a text, of those in several languages the wanted one, else the first."""
        texts = {cell(text.get("language")): cell(text.get("text")) for text in nodes(value)}
        return texts.get(self._language) or next(iter(texts.values()), None) if texts else cell(value)

    def _id(self, own: object) -> str | None:
        text = cell(own)
        return None if text is None else f"{self._system}:{text}"

    def _system_information(self, data: Node) -> None:
        self._system = cell(data.get("system_id")) or ""
        languages = [*cells(data.get("languages")), *cells(data.get("language"))]
        values = {
            "system_id": self._system or None,
            "name": self._text(data.get("name")),
            "operator": self._text(data.get("operator")),
            "language": next(iter(languages), None),
            "timezone": cell(data.get("timezone")),
            "opening_hours": cell(data.get("opening_hours")),
            "url": cell(data.get("url")),
            "contact": cell(data.get("feed_contact_email")) or cell(data.get("email")),
        }
        self._records.add("sharing_systems", "system_information", values)

    def _vehicle_type(self, item: Node, row: str) -> None:
        form, propulsion = cell(item.get("form_factor")) or "", cell(item.get("propulsion_type"))
        own = cell(item.get("vehicle_type_id"))
        electric = form == "bicycle" and propulsion in {"electric_assist", "electric"}
        kind = "pedelec" if electric else "bike" if form == "bicycle" else KIND_OF_FORM.get(form)
        if own is not None:
            self._kinds[own] = kind
        make = " ".join(text for name in ("make", "model") if (text := self._text(item.get(name))))
        values = {
            "vehicle_type_id": self._id(own),
            "system": self._system,
            "name": self._text(item.get("name")) or make or None,
            "form_factor": "scooter_standing" if form == "scooter" else form or None,
            "propulsion": propulsion,
            "range_m": cell(item.get("max_range_meters")),
            "return_constraint": cell(item.get("return_constraint", item.get("return_type"))),
            "plan_id": self._id(item.get("default_pricing_plan_id")),
        }
        self._records.add("sharing_vehicle_types", row, values)

    def _plan(self, item: Node, row: str) -> None:
        name = self._text(item.get("name"))
        shared = {
            "plan_id": self._id(item.get("plan_id")),
            "currency": cell(item.get("currency")),
            "taxed_later": cell(item.get("is_taxable")) if isinstance(item.get("is_taxable"), bool) else None,
            "system": self._system,
            "name": name,
            "description": self._text(item.get("description")),
        }
        steps = [{"per": "trip", "step": "1", "price": cell(item.get("price"))}]
        for per, feed in (("minute", "per_min_pricing"), ("km", "per_km_pricing")):
            steps += [
                {
                    "per": per,
                    "step": str(place),
                    "start": cell(step.get("start")),
                    "end": cell(step.get("end")),
                    "interval": cell(step.get("interval")),
                    "price": cell(step.get("rate")),
                }
                for place, step in enumerate(nodes(item.get(feed)), 1)
            ]
        for step in steps:
            self._records.add("sharing_prices", row, shared | step)

    def _station(self, item: Node, status: Node, row: str) -> None:
        if status.get("is_installed") in (False, 0):
            self._counts[GONE] += 1
            return
        capacity = _by_type(
            item, "vehicle_docks_capacity", "vehicle_types_capacity", "vehicle_type_capacity", "vehicle_capacity"
        )
        standing = {
            str(cell(entry.get("vehicle_type_id"))): cell(entry.get("count"))
            for entry in nodes(status.get("vehicle_types_available"))
        }
        kind = self._kind({*capacity, *(own for own, count in standing.items() if count not in {None, "0"})})
        if kind is None:
            self._counts[OTHER] += 1
            return
        station = self._id(item.get("station_id"))
        values = {
            "station_id": station,
            "name": self._text(item.get("name")),
            "kind": kind,
            "lat": cell(item.get("lat")),
            "lon": cell(item.get("lon")),
            "capacity": cell(item.get("capacity")),
            "vehicles": cell(status.get("num_vehicles_available", status.get("num_bikes_available"))),
            "system": self._system,
        }
        self._records.add("sharing_stations", row, values)
        for own in sorted({*capacity, *standing}):
            held = {"station_id": station, "vehicle_type_id": self._id(own)}
            counts = {"vehicles": standing.get(own), "capacity": capacity.get(own)}
            self._records.add("sharing_station_vehicles", row, held | counts)

    def _kind(self, types: Collection[str]) -> str | None:
        """Return what a station lends: of the types it names, else of all of the system; bicycles where none are told."""
        if not self._kinds:
            return "bike"
        known = [self._kinds[own] for own in types if own in self._kinds] or list(self._kinds.values())
        return next((kind for kind in KINDS if kind in known), None)


def _by_type(item: Node, *names: str) -> dict[str, str | None]:
    """Return counts by vehicle type, from the first property that has them, in the form of version 2 or 3."""
    for name in names:
        given = item.get(name)
        if isinstance(given, dict):
            return {str(own): cell(count) for own, count in given.items()}
        if isinstance(given, list):
            return {
                own: cell(entry.get("count")) for entry in nodes(given) for own in cells(entry.get("vehicle_type_ids"))
            }
    return {}


def _loose(documents: Mapping[str, Any]) -> Iterator[int]:
    """Yield how many vehicles stand outside of stations."""
    for feed, name in (("vehicle_status", "vehicles"), ("free_bike_status", "bikes")):
        listed = node(node(documents.get(feed)).get("data")).get(name)
        yield sum(number(item.get("lat")) is not None and not item.get("station_id") for item in nodes(listed))
