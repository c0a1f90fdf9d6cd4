# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: INP001 - a script, not a package
"""
Cut the stops of the model region of Aachen out of the npm package db-hafas-stations, once.

Run `python tools/cut_stops.py db-hafas-stations-2.0.0.tgz`; it writes `src/drehkreuz/model/aachen/data/stops.csv`. What the
file may be used for stands beside it in `stops.NOTICE`.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import cos, hypot, radians
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).parents[1] / "src" / "drehkreuz" / "model" / "aachen" / "data"

STUDY_AREA: Final = (
    "Aachen", "Alsdorf (Rheinland)", "Baesweiler", "Eschweiler", "Herzogenrath", "Monschau", "Roetgen", "Simmerath",
    "Stolberg (Rhld.)", "Würselen",
    "Aldenhoven", "Düren", "Heimbach (Eifel)", "Hürtgenwald", "Inden", "Jülich", "Kreuzau", "Langerwehe", "Linnich",
    "Merzenich", "Nideggen", "Niederzier", "Nörvenich", "Titz", "Vettweiß",
    "Erkelenz", "Gangelt", "Geilenkirchen", "Heinsberg", "Hückelhoven", "Selfkant", "Übach-Palenberg", "Waldfeucht",
    "Wassenberg", "Wegberg",
    "Bad Münstereifel", "Blankenheim (Ahr)", "Dahlem b Kall", "Euskirchen", "Hellenthal", "Kall", "Mechernich",
    "Nettersheim", "Schleiden", "Weilerswist", "Zülpich",
)  # fmt: skip
"""The 46 municipalities of Städteregion Aachen and Kreise Düren, Heinsberg and Euskirchen, as the package calls them."""

RING: Final = (
    "Bedburg", "Bergheim (Erft)", "Brühl (Rheinland)", "Elsdorf (Rheinland)", "Erftstadt", "Frechen", "Hürth",
    "Kerpen (Rheinland)", "Pulheim", "Wesseling", "Dormagen", "Grevenbroich", "Jüchen", "Kaarst", "Korschenbroich", "Meerbusch",
    "Neuss", "Rommerskirchen", "Mönchengladbach", "Köln", "Düsseldorf", "Niederlande", "Belgien",
)  # fmt: skip
"""Municipalities and countries around it, as the package calls them."""

GAP_METRES: Final = {**dict.fromkeys(STUDY_AREA, 500.0), **dict.fromkeys(RING, 2500.0)}
"""Stops of buses nearer to one already kept are left out."""

SOUTH, NORTH, WEST, EAST = 50.28, 51.30, 5.65, 7.06
ABROAD: Final = ("Niederlande", "Belgien")
ABROAD_NORTH: Final = 51.02
TRAINS: Final = frozenset({"nationalExpress", "national", "regionalExpress", "regional", "suburban"})
CENTRAL: Final = re.compile(r"Bushof|Busbahnhof|ZOB|Bahnhof|Markt|Rathaus|Kirche|Mitte|Dorf|Ort\b|Schule")
"""Words in the names of stops that stand for a village; of two near ones such a stop is kept."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop or station of the package, with the municipality or country its name ends in (empty for stations)."""

    stop_id: str
    name: str
    lat: float
    lon: float
    rail: bool
    area: str

    def metres(self, other: Stop) -> float:
        """Return the distance to another stop on a plane that fits the region."""
        north = (self.lat - other.lat) * 111_200
        east = (self.lon - other.lon) * 111_200 * cos(radians(50.8))
        return hypot(north, east)


def read_package(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the entries of the package's archive."""
    with tarfile.open(path) as archive:
        lines = archive.extractfile("package/full.ndjson")
        if lines is None:
            sys.exit(f"{path}: package/full.ndjson is no file. Get the package again.")
        for line in lines:
            yield json.loads(line)


def stop_of(entry: dict[str, Any]) -> Stop:
    """Return an entry as a stop; names cut off by the package at 50 characters get their end back."""
    name = re.sub(r"\s+", " ", entry["name"])
    products = {product for product, served in entry["products"].items() if served}
    rail = entry["type"] == "station" and bool(products & TRAINS) and "," not in name
    head, comma, tail = name.rpartition(", ")
    whole = [area for area in GAP_METRES if len(name) >= 49 and len(tail) >= 3 and area.startswith(tail)]
    area = whole[0] if len(whole) == 1 else tail
    where = entry["location"]
    lat, lon = round(where["latitude"], 6), round(where["longitude"], 6)
    return Stop(entry["id"], f"{head}, {area}" if comma else name, lat, lon, rail, area if comma else "")


def wanted(entry: dict[str, Any], named: set[str]) -> bool:
    """Say whether an entry is a station, or a stop where buses on a timetable call, in the area; or is named."""
    if not entry.get("location") or not entry.get("products"):
        return False
    lat, lon = entry["location"].get("latitude", 0.0), entry["location"].get("longitude", 0.0)
    if entry["name"] in named:
        return True
    inside = SOUTH <= lat <= NORTH and WEST <= lon <= EAST
    served = any(entry["products"].get(product) for product in (*TRAINS, "bus"))
    return inside and served and entry["type"] == "station"


def thin(stops: list[Stop], named: set[str]) -> list[Stop]:
    """Return the named stops, and of the others those of buses that are far enough from every one kept before."""
    stops = list({stop.name: stop for stop in sorted(stops, key=lambda stop: (stop.rail, stop.stop_id))}.values())
    kept = [stop for stop in stops if stop.name in named]
    rest = [stop for stop in stops if stop.name not in named and not stop.rail and stop.area in GAP_METRES]
    rest = [stop for stop in rest if stop.area not in ABROAD or stop.lat <= ABROAD_NORTH]
    for stop in sorted(rest, key=lambda stop: (not CENTRAL.search(stop.name), len(stop.name), stop.stop_id)):
        gap = GAP_METRES[stop.area]
        if all(stop.metres(other) >= gap for other in kept if not other.rail):
            kept.append(stop)
    return sorted(kept, key=lambda stop: stop.stop_id)


def named_in_lines() -> set[str]:
    """Return the names of the stops that the typed lines call at."""
    names: set[str] = set()
    for file, column in (("rail_lines.csv", "calls"), ("bus_lines.csv", "via"), ("hubs.csv", "hub")):
        with (DATA / file).open(encoding="utf-8", newline="") as lines:
            for line in csv.DictReader(lines):
                names |= {re.sub(r" \d+$", "", call) for call in line[column].split(" | ")}
    return names


def main(package: Path) -> None:
    """Write stops.csv anew."""
    named = named_in_lines()
    stops = [stop_of(entry) for entry in read_package(package) if wanted(entry, named)]
    missing = sorted(named - {stop.name for stop in stops})
    if missing:
        sys.exit("the package has no stop called " + "; ".join(missing))
    kept = [replace(stop, rail=stop.rail and stop.name in named) for stop in thin(stops, named)]
    with (DATA / "stops.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("stop_id", "name", "lat", "lon", "rail"))
        writer.writerows((s.stop_id, s.name, f"{s.lat:.6f}", f"{s.lon:.6f}", str(s.rail).lower()) for s in kept)
    sys.stdout.write(f"{len(kept)} stops, {sum(stop.rail for stop in kept)} of them stations\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
