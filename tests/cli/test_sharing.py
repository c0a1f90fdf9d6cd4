# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`sharing` on the village, as people meet it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from drehkreuz.measures import Band as MeasureBand
from drehkreuz.measures import kind_named, with_measures
from drehkreuz.planning.sharing.cost import station_cost
from drehkreuz.region import Manifest, Provenance, Region, write_snapshot
from drehkreuz.sources.gbfs import read_gbfs
from drehkreuz.sources.scenario import read_scenario

Run = Callable[..., tuple[int, str, str]]

STATIONS = [
    {"station_id": "p1", "name": "Modell-Station Markt", "kind": "pedelec", "lat": 50.87, "lon": 6.33, "capacity": 5, "vehicles": 2, "system": "Modell-Rad"},
]  # fmt: skip


def test_screen_json_and_file_agree(run: Run, village_folder: Path, tmp_path: Path) -> None:
    """What the screen says of a fleet stands in the JSON object and in the file; ranges are in order, assumptions are told."""
    asked = ("sharing", "plan", village_folder, "--build", 3, "--count", "residents")
    code, out, err = run(*asked)
    assert (code, err) == (0, "")
    answer = json.loads(run(*asked, "--json", "--out", tmp_path / "fleet.csv")[1])
    assert all(row["name"] in out for row in answer["stations"])
    table = pl.read_csv(tmp_path / "fleet.csv")
    assert table["vehicles"].sum() == answer["vehicles"] == sum(row["vehicles"] for row in answer["stations"])
    for figure in (*answer["day"].values(), *answer["year"].values()):
        assert figure["p10"] <= figure["p50"] <= figure["p90"]
    assert answer["assumptions"]["uptake"] == {"low": 0.005, "mid": 0.015, "high": 0.03}
    assert answer["prices"] == ""


def test_map(run: Run, village_folder: Path, tmp_path: Path) -> None:
    """The map stands by itself and names what is assumed."""
    run("sharing", "plan", village_folder, "--build", 2, "--count", "residents", "--out", tmp_path / "fleet.svg")
    picture = (tmp_path / "fleet.svg").read_text(encoding="utf-8")
    assert picture.startswith("<svg")
    assert "angenommen" in picture


def test_a_plan_is_a_scenario_to_review_and_run(
    run: Run, village_folder: Path, village: Region, tmp_path: Path
) -> None:
    """Every new station stands in the file with place, vehicles and costs, the file can be read as it is, and what no scenario holds is refused at once."""
    file = tmp_path / "stations.toml"
    asked = ("sharing", "plan", village_folder, "--build", 3, "--count", "residents")
    answer = json.loads(run(*asked, "--scenario", file, "--json")[1])
    read = read_scenario(file, village)
    access, *stations = read.measures
    assert (access.kind.name, len(stations)) == ("sharing_access", 3)
    assert {station.values["name"] for station in stations} == {row["name"] for row in answer["stations"]}
    for station in stations:
        assert 1 <= station.values["vehicles"] < station.values["places"]
        cost = station_cost(station.values["vehicles"], station.values["places"])
        assert station.per_year == MeasureBand(cost.low, cost.mid, cost.high)
    changed = with_measures(village, read.measures)
    assert changed.touched == ("person_sharing", "sharing_stations")
    for wrong in (("--kind", "bike"), ("--build", 0)):
        code, _, err = run(*asked, *wrong, "--scenario", file)
        assert (code != 0, "--scenario" in err) == (True, True)


def test_a_station_costs_what_the_catalogue_says() -> None:
    """The catalogue's cost of a pedelec is a fifth of a station's with five."""
    known = kind_named("sharing_station").cost
    whole = station_cost(5, 10)
    assert known is not None
    assert known.per_year == MeasureBand(*(round(value / 5) for value in (whole.low, whole.mid, whole.high)))


def test_cars(run: Run, village_folder: Path, tmp_path: Path) -> None:
    """Cars are booked by residents; pairs that a pedelec opens say nothing of them."""
    asked = ("sharing", "plan", village_folder, "--kind", "carsharing", "--build", 3)
    answer = json.loads(run(*asked, "--json", "--out", tmp_path / "cars.csv")[1])
    assert answer["count"] == "residents"
    assert answer["day"].keys() == {"bookings", "missed", "hours"}
    assert pl.read_csv(tmp_path / "cars.csv")["residents"].sum() == pytest.approx(answer["residents"])
    code, out, err = run(*asked)
    assert (code, err) == (0, "")
    assert all(row["name"] in out for row in answer["stations"])
    code, _, err = run(*asked, "--count", "pairs")
    assert (code != 0, "pedelec" in err) == (True, True)


def test_nothing_there(run: Run, village_folder: Path, tmp_path: Path) -> None:
    """A region without stations is told what to do, with no traceback."""
    code, _, err = run("sharing", "plan", village_folder)
    assert (code != 0, "--build" in err) == (True, True)
    code, _, err = run("sharing", "gbfs", village_folder, "--out", tmp_path)
    assert (code != 0, "no station of shared vehicles" in err) == (True, True)


def test_feeds(run: Run, village: Region, tmp_path: Path) -> None:
    """A modelled region's stations are written with assumed types and prices; an observed one's with what it says alone."""
    stations = pl.DataFrame(STATIONS)
    for kind, tables in (("modelled", 2), ("observed", 0)):
        known = dict.fromkeys(village.manifest.provenance, village.manifest.provenance["people"])
        told = known | {"sharing_stations": Provenance(kind, "test", "Apache-2.0", village.manifest.day)}
        manifest = Manifest("test", "Test", village.manifest.day, "de", told)
        tables_of = village.with_tables(
            {"sharing_stations": stations.cast({"capacity": pl.Int32, "vehicles": pl.Int32})}
        )
        write_snapshot(tmp_path / kind, Region(manifest, tables_of.tables))
        code, _, err = run("sharing", "gbfs", tmp_path / kind, "--out", tmp_path / f"{kind}-feeds")
        assert (code, err) == (0, "")
        written = list((tmp_path / f"{kind}-feeds").rglob("system_pricing_plans.json"))
        assert len(written) == bool(tables)
        if tables:
            assert len(read_gbfs(written[0].parent)[0]["sharing_prices"]) == tables
