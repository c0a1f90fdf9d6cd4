# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region's charging points as locations and tariffs of OCPI 2.2.1."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.region import Region
from drehkreuz.sources.json_file import dump, without_nothing
from drehkreuz.sources.ocpi import COUNTRIES, DAYS

PARTY: Final = "DE*DKZ"
"""Country and party of sites whose ids name none, such as those of a register."""

ALPHA_3: Final = {short: long for long, short in COUNTRIES.items()}

NOMINAL_VOLTS: Final = 230
"""Between phase and neutral (EN 50160); taken where a source tells an AC plug's power alone."""
ONE_PHASE_KW: Final = 7.4
"""Most power of one phase at 32 A; more is three phases."""

_OWN: Final = re.compile(r"([A-Z]{2})\*([A-Z0-9]{3})\*(.+)", re.ASCII)
_SPAN: Final = re.compile(rf"({'|'.join(DAYS)}) (\d\d:\d\d)-(\d\d:\d\d)", re.ASCII)

Rows = dict[str, list[dict[str, Any]]]


def write_locations(region: Region) -> tuple[bytes, list[Finding]]:
    """
    Return the charging sites of a region as a list of OCPI locations, and which plugs were left out.

    OCPI asks voltage and current of every plug. Of an AC plug with a power alone they are those of 230 V and one or three phases; a DC plug
    without them is left out, and so is a point without any plug.
    """
    points = _grouped(region.table("charging_points"), "site_id")
    plugs = _grouped(region.table("charging_plugs"), "point_id")
    moment = f"{region.manifest.day.isoformat()}T00:00:00Z"
    findings: list[Finding] = []
    sites = region.table("charging_sites").sort("site_id").iter_rows(named=True)
    locations = [_location(site, points.get(site["site_id"], []), plugs, moment, findings) for site in sites]
    return dump([location for location in locations if location]), findings


def write_tariffs(region: Region) -> bytes:
    """Return the charging tariffs of a region as a list of OCPI tariffs; what `read_ocpi` reads comes back."""
    moment = f"{region.manifest.day.isoformat()}T00:00:00Z"
    rows = _grouped(region.table("charging_tariffs").sort("tariff_id", "element", "component"), "tariff_id")
    return dump([_tariff(tariff, parts, moment) for tariff, parts in rows.items()])


def _grouped(frame: pl.DataFrame, by: str) -> Rows:
    rows: Rows = {}
    for row in frame.iter_rows(named=True):
        rows.setdefault(row[by], []).append(row)
    return rows


def _names(own: str) -> tuple[str, str, str]:
    """Return country, party and id of an object."""
    found = _OWN.fullmatch(own)
    if found:
        return found.group(1), found.group(2), found.group(3)
    country, _, party = PARTY.partition("*")
    return country, party, own


def _location(
    site: Mapping[str, Any], points: list[dict[str, Any]], plugs: Rows, moment: str, findings: list[Finding]
) -> dict[str, Any] | None:
    country, party, own = _names(site["site_id"])
    if site["country"] not in ALPHA_3:
        remedy = "Left out; OCPI asks for the three letters of a country."
        problem = "is no country of Europe"
        findings.append(
            Finding("charging_sites", site["site_id"], "country", site["country"], problem, remedy, "warning")
        )
        return None
    return without_nothing(
        {
            "country_code": country,
            "party_id": party,
            "id": own,
            "publish": True,
            "name": site["name"],
            "address": site["address"] or "-",
            "city": site["town"] or "-",
            "postal_code": site["postcode"],
            "country": ALPHA_3[site["country"]],
            "coordinates": {"latitude": f"{site['lat']:.7f}", "longitude": f"{site['lon']:.7f}"},
            "operator": site["operator"] and {"name": site["operator"]},
            "time_zone": "Europe/Berlin",
            "opening_times": _hours(site["opening_hours"]),
            "evses": [evse for point in points if (evse := _evse(point, plugs, site, moment, findings))],
            "last_updated": moment,
        }
    )


def _evse(
    point: Mapping[str, Any], plugs: Rows, site: Mapping[str, Any], moment: str, findings: list[Finding]
) -> dict[str, Any] | None:
    connectors = [_connector(plug, moment, findings) for plug in plugs.get(point["point_id"], [])]
    whole = [connector for connector in connectors if connector]
    if not whole:
        return None
    status = point["status"] or ("UNKNOWN" if site["in_service"] else "OUTOFORDER")
    _, _, own = _names(point["point_id"])
    return without_nothing(
        {"uid": own, "evse_id": point["evse_id"], "status": status, "connectors": whole, "last_updated": moment}
    )


def _connector(plug: Mapping[str, Any], moment: str, findings: list[Finding]) -> dict[str, Any] | None:
    told = _electric(plug)
    if told is None or plug["format"] is None:
        problem = (
            "says neither voltage and current nor the power of an AC plug"
            if told is None
            else "is neither socket nor cable"
        )
        row = f"{plug['point_id']}/{plug['plug']}"
        remedy = "Left out; OCPI asks it of every plug."
        findings.append(Finding("charging_plugs", row, "standard", plug["standard"], problem, remedy, "warning"))
        return None
    power_type, volts, amperes = told
    power = plug["power_kw"]
    return without_nothing(
        {
            "id": plug["plug"],
            "standard": plug["standard"],
            "format": plug["format"],
            "power_type": power_type,
            "max_voltage": volts,
            "max_amperage": amperes,
            "max_electric_power": None if power is None else round(power * 1000),
            "tariff_ids": [_names(tariff)[2] for tariff in (plug["tariff_ids"] or "").split()],
            "last_updated": moment,
        }
    )


def _electric(plug: Mapping[str, Any]) -> tuple[str, int, int] | None:
    """Return kind of current, voltage and amperage of a plug."""
    kind, volts, amperes, power = (plug[name] for name in ("power_type", "max_voltage", "max_amperage", "power_kw"))
    if kind and volts is not None and amperes is not None:
        return kind, volts, amperes
    if kind == "DC" or power is None:
        return None
    phases = 1 if power <= ONE_PHASE_KW else 3
    return f"AC_{phases}_PHASE", NOMINAL_VOLTS, round(power * 1000 / (NOMINAL_VOLTS * phases))


def _hours(text: str | None) -> dict[str, Any] | None:
    """Return opening hours in OCPI's form, where they are spans of single weekdays."""
    if text == "24/7":
        return {"twentyfourseven": True}
    spans = [_SPAN.fullmatch(span) for span in (text or "").split("; ")]
    regular = [
        {"weekday": DAYS.index(span.group(1)) + 1, "period_begin": span.group(2), "period_end": span.group(3)}
        for span in spans
        if span
    ]
    return {"twentyfourseven": False, "regular_hours": regular} if len(regular) == len(spans) else None


def _tariff(own: str, rows: list[dict[str, Any]], moment: str) -> dict[str, Any]:
    country, party, name = _names(own)
    first = rows[0]
    elements: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        elements.setdefault(row["element"], []).append(row)
    return without_nothing(
        {
            "country_code": country,
            "party_id": party,
            "id": name,
            "currency": first["currency"],
            "type": first["kind"],
            "tariff_alt_text": [{"language": "de", "text": first["text_de"]}] if first["text_de"] else None,
            "tariff_alt_url": first["url"],
            "min_price": (first["min_price"] is not None and {"excl_vat": first["min_price"]}) or None,
            "max_price": (first["max_price"] is not None and {"excl_vat": first["max_price"]}) or None,
            "elements": [_element(parts) for _, parts in sorted(elements.items())],
            "start_date_time": first["valid_from"],
            "end_date_time": first["valid_to"],
            "last_updated": moment,
        }
    )


def _element(rows: list[dict[str, Any]]) -> dict[str, Any]:
    components = [
        without_nothing(
            {"type": row["component"], "price": row["price"], "vat": row["vat"], "step_size": row["step_size"]}
        )
        for row in rows
    ]
    when = rows[0]["restrictions"]
    try:
        restrictions = json.loads(when) if when else None
    except ValueError as error:
        remedy = "Write an OCPI object, or empty the cell."
        row = f"{rows[0]['tariff_id']}/{rows[0]['element']}"
        raise InputError(Finding("charging_tariffs", row, "restrictions", when, "is no JSON", remedy)) from error
    return without_nothing({"price_components": components, "restrictions": restrictions})
