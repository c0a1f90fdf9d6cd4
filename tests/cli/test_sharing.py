# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`sharing` on the village, as people meet it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl

from drehkreuz.region import Manifest, Provenance, Region, write_snapshot
from drehkreuz.sources.gbfs import read_gbfs

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
