# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The register of charging points of the Bundesnetzagentur, in all its layouts since 2019, as CSV or Excel."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Final

import polars as pl

from drehkreuz.errors import Finding
from drehkreuz.sources.grid import Sheet, find_headings, german_number, read_grid
from drehkreuz.sources.mapping import fold
from drehkreuz.sources.records import Records
from drehkreuz.sources.schema_org import digest

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("Ladeeinrichtungs-ID",),
    "operator": ("Betreiber",),
    "name": ("Anzeigename (Karte)",),
    "status": ("Status",),
    "kind": ("Art der Ladeeinrichtung", "Art der Ladeeinrichung"),
    "points": ("Anzahl Ladepunkte",),
    "power": ("Nennleistung Ladeeinrichtung [kW]", "Anschlussleistung [kW]", "Anschlussleistung"),
    "opened": ("Inbetriebnahmedatum",),
    "street": ("Straße", "Adresse"),
    "number": ("Hausnummer",),
    "postcode": ("Postleitzahl",),
    "town": ("Ort",),
    "postcode_town": ("Postleitzahl Ort",),
    "lat": ("Breitengrad", "Breitengrad [DG]"),
    "lon": ("Längengrad", "Längengrad [DG]"),
    "hours": ("Öffnungszeiten",),
    "hours_days": ("Öffnungszeiten: Wochentage",),
    "hours_times": ("Öffnungszeiten: Tageszeiten",),
}
"""Headings by what they mean; the register has renamed most of them."""

PER_POINT: Final[Mapping[str, tuple[str, ...]]] = {
    "plugs": ("Steckertypen{}",),
    "power": ("Nennleistung Stecker{}", "P{} [kW]"),
    "evse": ("EVSE-ID{}",),
}
"""Headings of each charging point, by what they mean."""

MOST_POINTS: Final = 9
FAST: Final = "schnell"
CLOSED: Final = ("in wartung", "außer betrieb", "in planung")

DAYS: Final = {
    "montag": "Mo", "dienstag": "Tu", "mittwoch": "We", "donnerstag": "Th", "freitag": "Fr", "samstag": "Sa", "sonntag": "Su",
}  # fmt: skip

STANDARDS: Final[Sequence[tuple[re.Pattern[str], str, str | None]]] = tuple(
    (re.compile(pattern, re.IGNORECASE), standard, form)
    for pattern, standard, form in (
        (r"combo|ccs", "IEC_62196_T2_COMBO", "CABLE"),
        (r"chademo", "CHADEMO", "CABLE"),
        (r"mcs", "MCS", "CABLE"),
        (r"tesla", "TESLA_S", "CABLE"),
        (r"schuko", "DOMESTIC_F", "SOCKET"),
        (r"cee.*3", "IEC_60309_2_single_16", "SOCKET"),
        (r"cee.*5", "IEC_60309_2_three_32", "SOCKET"),
        (r"kupplung.*typ 1|typ 1.*kupplung", "IEC_62196_T1", "CABLE"),
        (r"typ 1", "IEC_62196_T1", "SOCKET"),
        (r"kupplung.*typ 2|typ 2.*kupplung", "IEC_62196_T2", "CABLE"),
        (r"typ 2", "IEC_62196_T2", "SOCKET"),
    )
)
"""OCPI's connector and whether it hangs on a cable, by what the register calls a plug; the first that fits holds."""

DIRECT: Final = ("IEC_62196_T2_COMBO", "CHADEMO", "MCS")
"""Connectors of direct current."""

_GERMAN_DATE: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{2}|\d{4})", re.ASCII)
_POSTCODE_TOWN: Final = re.compile(r"(\d{3,6})\s+(.+)", re.ASCII)
LONGEST: Final = 200


def read_charging_register(
    path: str | Path,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    postcodes: Collection[str] = (),
    lenient: bool = False,
) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    """
    Read the register. Layouts are known by their headings, which stand below some lines of explanation.

    A row is one charging device. Where the register gives it no number (before 2023) its id is made of what the row says, so that
    the same row has the same id in every edition; equal rows are counted on.

    Args:
        path: CSV or Excel as published.
        sheet: Name of the workbook's sheet; None: the first.
        encoding: Of a CSV; None: UTF-8 or else cp1252, which is then said.
        postcodes: Beginnings of the postcodes to keep; empty: all.
        lenient: Leave out faulty rows instead of refusing the file; each is listed.

    Returns:
        The tables `charging_sites`, `charging_points` and `charging_plugs`, and what a person should know.

    Raises:
        InputError: If the file cannot be read, has no such headings, or a row is faulty and the reading is not lenient.
    """
    name, rows, notes = read_grid(path, sheet=sheet, encoding=encoding)
    found = find_headings(name, rows, ("Betreiber", "Anzahl Ladepunkte", "Steckertypen1"), notes)
    records = Records(name, lenient=lenient)
    for note in found.notes:
        records.note(note, "Nothing is to be done if names look right.")
    reading = _Reading(records, found, tuple(postcodes))
    for line, cells in found.rows:
        reading.row(str(line), cells)
    reading.tell()
    return records.settle("charging_sites", "charging_points", "charging_plugs")


class _Reading:
    """Rows of the register turned to sites, points and plugs."""

    def __init__(self, records: Records, sheet: Sheet, postcodes: tuple[str, ...]) -> None:
        self._records = records
        self._places = {what: _place(sheet, names) for what, names in HEADINGS.items()}
        self._points = [
            {what: _place(sheet, [name.format(n) for name in names]) for what, names in PER_POINT.items()}
            for n in range(1, MOST_POINTS + 1)
        ]
        self._postcodes = postcodes
        self._same: Counter[str] = Counter()
        self._unknown: Counter[str] = Counter()
        self._elsewhere = 0

    def row(self, line: str, cells: list[str]) -> None:
        told = {what: _cell(cells, place) for what, place in self._places.items()}
        if told["postcode_town"] and (parts := _POSTCODE_TOWN.fullmatch(told["postcode_town"][:LONGEST])):
            told["postcode"], told["town"] = parts.groups()
        if not any((told["lat"], told["lon"], told["operator"])):
            return
        if self._postcodes and not told["postcode"].startswith(self._postcodes):
            self._elsewhere += 1
            return
        site = told["id"] or self._made(told)
        points = [
            {what: _cell(cells, place) for what, place in point.items()}
            for point in self._points
            if point["plugs"] is not None
        ]
        used = [(n, point) for n, point in enumerate(points, 1) if point["plugs"] not in {"", "0"}]
        values = {
            "site_id": site,
            "name": told["name"] or None,
            "operator": told["operator"] or None,
            "address": " ".join(part for part in (told["street"], told["number"]) if part) or None,
            "postcode": told["postcode"] or None,
            "town": told["town"] or None,
            "lat": german_number(told["lat"]),
            "lon": german_number(told["lon"]),
            "power_kw": german_number(told["power"]),
            "points": told["points"] or None,
            "fast": ("true" if FAST in told["kind"].lower() else "false") if told["kind"] else None,
            "in_service": "false" if told["status"].lower() in CLOSED else "true",
            "opened": _day(told["opened"]),
            "opening_hours": _opening_hours(told),
            "source_id": site,
        }
        self._records.add("charging_sites", line, values)
        for n, point in used:
            self._point(line, site, n, point)

    def tell(self) -> None:
        if self._elsewhere:
            self._records.note(
                f"{self._elsewhere:,} rows have other postcodes and are left out", "Nothing is to be done."
            )
        for plug, count in sorted(self._unknown.items()):
            problem = f"plug {plug!r} is not known and is left out {count:,} times"
            self._records.note(problem, "The charging point is kept, without this plug.")

    def _made(self, told: Mapping[str, str]) -> str:
        """Return an id made of who runs the device, where it stands and since when, however the file writes it."""
        point = [f"{_as_number(german_number(told[name]) or ''):.5f}" for name in ("lat", "lon")]
        words = [
            " ".join(told[name].split()) for name in ("operator", "street", "number", "postcode", "town", "points")
        ]
        own = digest("bnetza", *words, *point, _day(told["opened"]) or "")
        self._same[own] += 1
        return own if self._same[own] == 1 else f"{own}-{self._same[own]}"

    def _point(self, line: str, site: str, n: int, point: Mapping[str, str]) -> None:
        plugs = [" ".join(part.split()) for part in re.split("[;,]", point["plugs"]) if part.strip()]
        powers = [german_number(part) for part in _powers(point["power"], len(plugs))]
        most = max((power for power in powers if power), key=_as_number, default=None)
        point_id = f"{site}*{n}"
        values = {"point_id": point_id, "site_id": site, "evse_id": point["evse"] or None, "power_kw": most}
        self._records.add("charging_points", line, values)
        for place, plug in enumerate(plugs, 1):
            known = next(
                ((standard, form) for shape, standard, form in STANDARDS if shape.search(plug[:LONGEST])), None
            )
            if known is None:
                self._unknown[plug[:40]] += 1
                continue
            standard, form = known
            values = {
                "point_id": point_id,
                "plug": str(place),
                "standard": standard,
                "format": form,
                "power_type": "DC" if standard in DIRECT or plug.upper().startswith("DC") else None,
                "power_kw": powers[place - 1] if len(powers) == len(plugs) else None,
            }
            self._records.add("charging_plugs", line, values)


def _place(sheet: Sheet, names: Sequence[str]) -> int | None:
    return next((sheet.headings[fold(name)] for name in names if fold(name) in sheet.headings), None)


def _cell(cells: list[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""


def _powers(told: str, plugs: int) -> list[str]:
    """Return the power of each plug, or the one of them all; a comma is a decimal sign unless it parts as many as there are plugs."""
    parts = [part.strip() for part in told.split(";") if part.strip()]
    return [parts[0]] * plugs if len(parts) == 1 and plugs == 1 else parts


def _as_number(power: str) -> float:
    try:
        return float(power)
    except ValueError:
        return 0.0


def _day(told: str) -> str | None:
    """Return a day as ISO writes it; `22.07.21` lies in this century, for no charging point is older."""
    if found := _GERMAN_DATE.fullmatch(told[:LONGEST]):
        day, month, year = found.groups()
        return f"{'20' if len(year) == 2 else ''}{year}-{int(month):02d}-{int(day):02d}"
    return told[:10] if "T" in told else told or None


def _opening_hours(told: Mapping[str, str]) -> str | None:
    """Return opening hours as OpenStreetMap writes them, where days and times go together one by one."""
    if told["hours"].replace("/", "") == "247":
        return "24/7"
    days = [DAYS.get(part.strip().lower()) for part in told["hours_days"].split(";") if part.strip()]
    times = [part.strip() for part in told["hours_times"].split(";") if part.strip()]
    if not days or len(days) != len(times) or None in days:
        return None
    return "; ".join(f"{day} {span.replace(' ', '')}" for day, span in zip(days, times, strict=True))
