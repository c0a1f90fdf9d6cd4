# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Locations and tariffs of OCPI 2.2.1, as operators of charging points hand them out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.sources.archive import about, open_source
from drehkreuz.sources.json_file import Node, cell, cells, node, nodes, number, read_json
from drehkreuz.sources.records import Records

TABLES_READ: Final = ("charging_sites", "charging_points", "charging_plugs", "charging_tariffs")

COUNTRIES: Final = {
    "AUT": "AT", "BEL": "BE", "BGR": "BG", "CHE": "CH", "CYP": "CY", "CZE": "CZ", "DEU": "DE", "DNK": "DK", "ESP": "ES",
    "EST": "EE", "FIN": "FI", "FRA": "FR", "GBR": "GB", "GRC": "GR", "HRV": "HR", "HUN": "HU", "IRL": "IE", "ISL": "IS",
    "ITA": "IT", "LIE": "LI", "LTU": "LT", "LUX": "LU", "LVA": "LV", "MLT": "MT", "NLD": "NL", "NOR": "NO", "POL": "PL",
    "PRT": "PT", "ROU": "RO", "SVK": "SK", "SVN": "SI", "SWE": "SE",
}  # fmt: skip
"""ISO 3166-1 alpha-2 by alpha-3, of Europe."""

DAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")

KINDS: Final = ("AD_HOC_PAYMENT", "PROFILE_CHEAP", "PROFILE_FAST", "PROFILE_GREEN", "REGULAR")
HIDDEN: Final = "are not to be published by their operators, such as those at somebody's home, and are left out"
EXCEPTIONS: Final = "have days on which other hours hold, which are not read"
PARTS: Final = "of no wanted kind, such as sessions, tokens or parts of a location, are left out"


def read_ocpi(path: str | Path, *, lenient: bool = False) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    """
    Read the locations and tariffs of a file, or of the JSON files of a folder or zip.

    A file may hold one object, a list, or an answer of an OCPI server with the list in `data`. Locations with `publish: false` are left
    out and counted: they may be at somebody's home. Ids are `country*party*id`, which is unique among all parties.

    Args:
        path: JSON, or a folder or zip of it.
        lenient: Leave out faulty objects instead of refusing the source; each is listed.

    Returns:
        The tables of `TABLES_READ`, and what a person should know.

    Raises:
        InputError: If a file cannot be read or holds neither, or an object is faulty and the reading is not lenient.
    """
    source = open_source(path)
    reading, broken = _Reading(Records(source.path.name, lenient=lenient)), list[Finding]()
    for name in (name for name in source.names if name.lower().endswith(".json")):
        try:
            reading.read(read_json(source, name), name)
        except InputError as error:
            broken += error.findings
            reading.records.refused(error)
    if not reading.found:
        remedy = "Name a JSON file of the OCPI modules Locations or Tariffs."
        raise InputError(*broken, about(path, "holds no whole location and no tariff", remedy))
    reading.tell()
    return reading.records.settle(*TABLES_READ)


class _Reading:
    """Objects turned to rows, and how many were left out."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.found = 0
        self._counts: Counter[str] = Counter()

    def read(self, document: object, where: str) -> None:
        if isinstance(document, dict) and "data" in document:
            document = document["data"]
        for row, thing in enumerate(nodes(document), 1):
            if "coordinates" in thing and "id" in thing:
                self.found += 1
                self._location(thing, str(row), where)
            elif "elements" in thing and "id" in thing:
                self.found += 1
                self._tariff(thing, str(row), where)
            else:
                self._counts[PARTS] += 1

    def tell(self) -> None:
        for what, count in sorted(self._counts.items()):
            noun = "objects" if what == PARTS else "locations"
            self.records.note(f"{count:,} {noun} {what}", "Nothing is to be done.")

    def _location(self, thing: Node, row: str, where: str) -> None:
        if thing.get("publish") is False:
            self._counts[HIDDEN] += 1
            return
        party = _party(thing)
        site = f"{party}*{cell(thing.get('id')) or ''}"
        point = node(thing.get("coordinates"))
        hours = node(thing.get("opening_times"))
        if hours.get("exceptional_openings") or hours.get("exceptional_closings"):
            self._counts[EXCEPTIONS] += 1
        evses = [evse for evse in nodes(thing.get("evses")) if cell(evse.get("status")) != "REMOVED"]
        country = cell(thing.get("country")) or ""
        powers = [_power(plug) or 0.0 for evse in evses for plug in nodes(evse.get("connectors"))]
        statuses = {cell(evse.get("status")) for evse in evses}
        values = {
            "site_id": site,
            "name": cell(thing.get("name")),
            "operator": cell(node(thing.get("operator")).get("name")),
            "address": cell(thing.get("address")),
            "postcode": cell(thing.get("postal_code")),
            "town": cell(thing.get("city")),
            "country": COUNTRIES.get(country) or cell(thing.get("country_code")),
            "lat": cell(point.get("latitude")),
            "lon": cell(point.get("longitude")),
            "points": str(len(evses)) if evses else None,
            "fast": ("true" if max(powers) > FAST_KW else "false") if any(powers) else None,
            "in_service": "false" if evses and statuses <= {"INOPERATIVE", "OUTOFORDER", "PLANNED"} else "true",
            "opening_hours": _opening_hours(hours),
            "source_id": cell(thing.get("id")),
        }
        self.records.add("charging_sites", row, values, where=where)
        for evse in evses:
            self._evse(evse, party, site, row, where)

    def _evse(self, evse: Node, party: str, site: str, row: str, where: str) -> None:
        point = f"{party}*{cell(evse.get('uid')) or ''}"
        plugs = list(nodes(evse.get("connectors")))
        powers = [power for plug in plugs if (power := _power(plug)) is not None]
        values = {
            "point_id": point,
            "site_id": site,
            "evse_id": cell(evse.get("evse_id")),
            "power_kw": _told(max(powers, default=None)),
            "status": cell(evse.get("status")),
        }
        self.records.add("charging_points", row, values, where=where)
        for plug in plugs:
            tariffs = [f"{party}*{tariff}" for tariff in cells(plug.get("tariff_ids"))]
            values = {
                "point_id": point,
                "plug": cell(plug.get("id")),
                "standard": cell(plug.get("standard")),
                "format": cell(plug.get("format")),
                "power_type": cell(plug.get("power_type")),
                "max_voltage": cell(plug.get("max_voltage")),
                "max_amperage": cell(plug.get("max_amperage")),
                "power_kw": _told(_power(plug)),
                "tariff_ids": " ".join(tariffs) or None,
            }
            self.records.add("charging_plugs", row, values, where=where)

    def _tariff(self, thing: Node, row: str, where: str) -> None:
        texts = {cell(text.get("language")): cell(text.get("text")) for text in nodes(thing.get("tariff_alt_text"))}
        shared = {
            "tariff_id": f"{_party(thing)}*{cell(thing.get('id')) or ''}",
            "currency": cell(thing.get("currency")),
            "kind": cell(thing.get("type")),
            "min_price": _price(thing.get("min_price")),
            "max_price": _price(thing.get("max_price")),
            "valid_from": cell(thing.get("start_date_time")),
            "valid_to": cell(thing.get("end_date_time")),
            "text_de": texts.get("de") or next(iter(texts.values()), None),
            "url": cell(thing.get("tariff_alt_url")),
        }
        for element, part in enumerate(nodes(thing.get("elements")), 1):
            restrictions = node(part.get("restrictions"))
            when = json.dumps(restrictions, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            for component in nodes(part.get("price_components")):
                values = {
                    "element": str(element),
                    "component": cell(component.get("type")),
                    "price": cell(component.get("price")),
                    "vat": cell(component.get("vat")),
                    "step_size": cell(component.get("step_size")),
                    "restrictions": when if restrictions else None,
                }
                self.records.add("charging_tariffs", row, shared | values, where=where)


FAST_KW: Final = 22.0
"""More than this at a point is fast charging (Regulation (EU) 2023/1804, Annex III)."""


def _party(thing: Node) -> str:
    return f"{cell(thing.get('country_code')) or ''}*{cell(thing.get('party_id')) or ''}"


def _power(plug: Node) -> float | None:
    """Return the power of a plug in kW: as it says, else of voltage, current and phases."""
    said = number(plug.get("max_electric_power"))
    if said is not None:
        return said / 1000
    volts, amperes = number(plug.get("max_voltage")), number(plug.get("max_amperage"))
    kind = cell(plug.get("power_type")) or ""
    if volts is None or amperes is None:
        return None
    return volts * amperes * PHASES.get(kind, 1) / 1000


PHASES: Final = {"AC_1_PHASE": 1, "AC_2_PHASE": 2, "AC_2_PHASE_SPLIT": 2, "AC_3_PHASE": 3, "DC": 1}


def _price(value: object) -> str | None:
    """Return a price without VAT, under its name in 2.2.1 or the later one."""
    price = node(value)
    return cell(price.get("excl_vat", price.get("before_taxes", value)))


def _opening_hours(hours: Node) -> str | None:
    if hours.get("twentyfourseven") is True:
        return "24/7"
    spans: list[str] = []
    for span in nodes(hours.get("regular_hours")):
        day = number(span.get("weekday"))
        begin, end = cell(span.get("period_begin")), cell(span.get("period_end"))
        if day is None or not 1 <= day <= 7 or not begin or not end:
            return None
        spans.append(f"{_day(day, DAYS)} {begin}-{end}")
    return "; ".join(spans) or None


def _day(number_of: float, names: Sequence[str]) -> str:
    return names[int(number_of) - 1]


def _told(value: float | None) -> str | None:
    return None if value is None else f"{value:.10g}"
