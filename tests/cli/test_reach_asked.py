# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`reach isochrone`, `reach trip` and `reach matrix` on the village, as people meet them."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import polars as pl
import pytest

from drehkreuz.cli.reach_asking import CHAINS
from drehkreuz.reach import CANNOT, minutes, triples
from drehkreuz.reach.asked import Travel
from drehkreuz.reach.matrix import matrix
from drehkreuz.region import Region

Run = Callable[..., tuple[int, str, str]]

SVG = "{http://www.w3.org/2000/svg}"


def test_the_options_name_every_travel() -> None:
    """`--chain` offers what the planner knows, no more and no less."""
    assert sorted(CHAINS) == sorted(Travel)


# -------------------------------------------------------------------------------------------------------- isochrone


def test_isochrone_grows_with_the_minutes(run: Run, village_folder: Path, village: Region) -> None:
    """More minutes hold more homes; by car all residents are within two hours; screen and JSON agree."""
    command = (
        "reach",
        "isochrone",
        village_folder,
        "--to",
        "P01",
        "--by",
        "06:00",
        "--minutes",
        "10,120",
        "--chain",
        "car",
    )
    code, out, err = run(*command)
    assert (code, err) == (0, "")
    assert "Beispieltagebau, Tor Ost" in out
    assert "da um 06:00" in out
    assert "Abfahrten" not in out
    assert "keine echten Abfahrten" in run(*command[:-1], "transit")[1]
    answer = json.loads(run(*command, "--json")[1])
    near, far = (row["residents"] for row in answer["within"])
    assert near < far == village.table("zones")["population"].sum() == answer["residents"]


def test_the_way_home_counts_too(run: Run, village_folder: Path) -> None:
    """With an end, the slower of the two ways counts: never more homes than by the way out alone."""
    command = ("reach", "isochrone", village_folder, "--to", "Beispielkraftwerk", "--by", "06:00", "--json")
    out = json.loads(run(*command)[1])["within"]
    both = json.loads(run(*command, "--end", "22:30")[1])["within"]
    assert all(a["homes"] >= b["homes"] for a, b in zip(out, both, strict=True))
    assert out != both


@pytest.mark.parametrize("ending", ["geojson", "svg", "csv"])
def test_isochrone_as_a_file(run: Run, village_folder: Path, tmp_path: Path, ending: str) -> None:
    """Outlines are closed rings, widest first; the picture is well-formed and says its figures; the table has all homes."""
    path = tmp_path / "new" / f"reach.{ending}"
    command = ("reach", "isochrone", village_folder, "--to", "P01", "--by", "08:00", "--chain", "bike", "--json")
    answer = json.loads(run(*command, "--out", path)[1])
    if ending == "geojson":
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        assert [feature["properties"]["minutes"] for feature in features] == [60, 45, 30]
        assert features[0]["properties"]["residents"] == answer["within"][-1]["residents"]
        rings = [ring for polygon in features[0]["geometry"]["coordinates"] for ring in polygon]
        assert all(ring[0] == ring[-1] and len(ring) > 4 for ring in rings)
    elif ending == "svg":
        drawing = ET.parse(path).getroot()  # noqa: S314  # our own file
        words = " ".join(text.text or "" for text in drawing.iter(f"{SVG}text"))
        assert "Beispieltagebau" in words
        assert "schematisch" in words
        assert drawing.find(f"{SVG}title") is not None
        assert drawing.find(f"{SVG}desc") is not None
    else:
        table = pl.read_csv(path)
        assert len(table) == answer["homes"]
        assert (table["minutes"] <= 30).sum() == answer["within"][0]["homes"]


def test_the_same_bytes_again(run: Run, village_folder: Path, tmp_path: Path) -> None:
    """Outlines and picture of the same question are the same, byte by byte."""
    for ending in ("geojson", "svg"):
        pair = [tmp_path / f"{i}.{ending}" for i in range(2)]
        for path in pair:
            run("reach", "isochrone", village_folder, "--to", "P01", "--by", "08:00", "--out", path)
        assert pair[0].read_bytes() == pair[1].read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--to", "P1", "--by", "06:00"), "'P1' is neither a place_id nor a name in table places"),
        (("--to", "P01", "--by", "6"), "'6' is no time of day"),
        (("--to", "P01", "--by", "06:00", "--minutes", "30,300"), "'30,300' is no list of minutes from 1 to 254"),
        (("--to", "P01", "--by", "06:00", "--out", "x.png"), "has none of the endings .geojson, .svg, .csv"),
        (("--to", "P01", "--by", "06:00", "--chain", "horse"), "'horse' is not one of"),
    ],
)
def test_what_cannot_be_asked(run: Run, village_folder: Path, arguments: tuple[str, ...], said: str) -> None:
    """A wrong place, time, limit, file or way of getting about is named in one line, with code 2."""
    code, out, err = run("reach", "isochrone", village_folder, *arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


# ------------------------------------------------------------------------------------------------------------- trip

TRIP = ("--from", "Z01", "--to", "P01", "--start", "06:00", "--end", "14:00")


def test_trip_in_words(run: Run, village_folder: Path) -> None:
    """The screen tells both ways with their times, cost and CO2, what does not go, and where prices are from."""
    code, out, err = run("reach", "trip", village_folder, *TRIP)
    assert (code, err) == (0, "")
    plain = " ".join(out.split())
    assert "Sonnenfeld Markt – Beispieltagebau, Tor Ost, 06:00 bis 14:00" in plain
    assert "hin: " in plain
    assert "zurück: 14:00 " in plain
    assert "kg CO₂ im Monat" in plain
    assert "Kein Weg hin und zurück: Carsharing" in plain
    assert "Quellen: " in plain
    english = " ".join(run("reach", "trip", village_folder, *TRIP, "--lang", "en")[1].split())
    assert "back: 14:00 " in english


def test_trip_as_json(run: Run, village_folder: Path) -> None:
    """Ways there and back come first, the fastest leading; legs follow one another; items add up to the month."""
    answer = json.loads(run("reach", "trip", village_folder, *TRIP, "--json")[1])
    assert {way["chain"] for way in answer["ways"]} == set(Travel)
    sums = [w["minutes_out"] + w["minutes_back"] for w in answer["ways"] if w["minutes_out"] and w["minutes_back"]]
    assert sums == sorted(sums)
    for way in answer["ways"]:
        if way["eur_month"] is not None:
            assert way["eur_month"] == pytest.approx(sum(item["total"] for item in way["cost_items"]), abs=0.02)
        for legs in (way["out"], way["back"]):
            assert all(a["target"] == b["origin"] for a, b in pairwise(legs))


def test_ways_alike_are_told_once(run: Run, village_folder: Path) -> None:
    """Who lives at the stop need not ride there: the way is that of bus and train, and the screen tells it once."""
    command = (
        "reach",
        "trip",
        str(village_folder),
        "--from",
        "Z17",
        "--to",
        "P02",
        "--start",
        "07:00",
        "--end",
        "15:30",
    )
    ways = {way["chain"]: way for way in json.loads(run(*command, "--json")[1])["ways"]}
    assert ways["transit"]["same_as"] is ways["bike_on_board"]["same_as"] is None
    assert ways["bike_transit"]["same_as"] == ways["pedelec_transit"]["same_as"] == "transit"
    assert ways["bike_transit"]["out"] == ways["transit"]["out"]
    said = run(*command, "--lang", "de")[1]
    assert "Bus und Bahn: 35 min" in said
    assert "Fahrrad, dann Bus und Bahn" not in said


def test_trip_through_care(run: Run, village_folder: Path) -> None:
    """A child is brought and fetched on the way while care is open; before it opens there is no way."""
    command = (
        "reach",
        "trip",
        village_folder,
        "--from",
        "Z01",
        "--to",
        "P01",
        "--via",
        "P15",
        "--chain",
        "car",
        "--json",
    )
    day = json.loads(run(*command, "--start", "09:00", "--end", "15:00")[1])["ways"][0]
    assert [leg["by"] for leg in day["out"]] == ["car", "care", "car"]
    assert [leg["by"] for leg in day["back"]] == ["car", "care", "car"]
    early = json.loads(run(*command, "--start", "06:00", "--end", "14:00")[1])["ways"][0]
    assert early["out"] == []
    code, _, err = run(*command[:-3], "--chain", "park_and_ride", "--start", "09:00", "--end", "15:00")
    assert (code, "cannot be broken at care" in err) == (2, True)


def test_trip_as_lines(run: Run, village_folder: Path, tmp_path: Path) -> None:
    """Every leg is a line from where it begins to where it ends, numbered along each way."""
    path = tmp_path / "trip.geojson"
    answer = json.loads(run("reach", "trip", village_folder, *TRIP, "--chain", "transit", "--json", "--out", path)[1])
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    (way,) = answer["ways"]
    assert len(features) == len(way["out"]) + len(way["back"])
    assert features[0]["properties"]["number"] == 1
    assert {feature["geometry"]["type"] for feature in features} == {"LineString"}


def test_a_home_that_is_not_there(run: Run, village_folder: Path) -> None:
    """A misspelt home is answered with the one that was meant."""
    code, _, err = run("reach", "trip", village_folder, "--from", "Sonnenfeld Mark", *TRIP[2:])
    assert code == 2
    assert "Sonnenfeld Markt" in err


# ----------------------------------------------------------------------------------------------------------- matrix


@pytest.fixture(scope="module")
def table(village: Region) -> pl.DataFrame:
    """The village's matrix in memory."""
    found = triples(village)
    return pl.concat(matrix(village, found, minutes(village, found)))


def test_matrix_is_the_minutes(village: Region, table: pl.DataFrame) -> None:
    """Every byte of the minutes stands in its row and column; rows without any way are left out."""
    found = triples(village)
    ways = minutes(village, found)
    assert len(table) == ((ways.out < CANNOT) | (ways.back < CANNOT)).any(axis=2).sum()
    zone = {name: row for row, name in enumerate(village.table("zones")["zone_id"])}
    place = {name: row for row, name in enumerate(village.table("places")["place_id"])}
    times = {
        (int(found.place[t]), int(found.start[t]), int(found.end[t]), int(found.day_out[t]), int(found.day_back[t])): t
        for t in range(len(found))
    }
    days = {"weekday": 0, "saturday": 1, "sunday": 2}
    for row in table.sample(60, seed=1).iter_rows(named=True):
        t = times[place[row["place_id"]], row["start"], row["end"], days[row["day_out"]], days[row["day_back"]]]
        for chain in ways.chains:
            for name, array in (("out", ways.out), ("back", ways.back)):
                said = row[f"{name}_{chain.name.lower()}"]
                assert (CANNOT if said is None else said) == array[t, zone[row["zone_id"]], chain]
    assert table["out_car"].dtype == pl.UInt8
    assert np.isin(table["start"].to_numpy(), found.start).all()


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_matrix_as_a_file(run: Run, village_folder: Path, table: pl.DataFrame, tmp_path: Path, ending: str) -> None:
    """Parquet keeps the bytes, CSV their figures; the screen says how many rows."""
    path = tmp_path / f"minutes.{ending}"
    code, out, err = run("reach", "matrix", village_folder, "--out", path)
    assert (code, err) == (0, "")
    assert f"{len(table):,}".replace(",", ".") in out
    read = pl.read_parquet(path) if ending == "parquet" else pl.read_csv(path, schema=table.schema)
    assert read.equals(table)


def test_matrix_to_an_unknown_format(run: Run, village_folder: Path, tmp_path: Path) -> None:
    """A file whose ending says no known format is refused."""
    code, _, err = run("reach", "matrix", village_folder, "--out", tmp_path / "minutes.xlsx")
    assert code == 2
    assert ".parquet, .csv" in err


def test_what_the_region_has_no_table_of(run: Run, village_folder: Path) -> None:
    """A way that is nowhere possible is asked in vain, and why is said; nobody is told of what was not asked."""
    command = ("reach", "isochrone", village_folder, "--to", "P01", "--by", "06:00", "--json", "--chain")
    for chain, table in (("park_and_ride", "park_and_ride"), ("carsharing", "sharing_stations")):
        answer = json.loads(run(*command, chain)[1])
        assert [finding["where"] for finding in answer["findings"]] == [table]
        assert answer["within"][-1]["homes"] == 0
    assert json.loads(run("reach", "trip", village_folder, *TRIP, "--json")[1])["findings"] == []
    assert (
        "has no stop with spaces for cars" in run("reach", "trip", village_folder, *TRIP, "--chain", "park_and_ride")[1]
    )
