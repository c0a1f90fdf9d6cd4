# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Whatever writes may be stopped at any moment or meet a full disk: what lies there is the old or the new, never half."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest

from drehkreuz.region import Region, open_region, verify, write_snapshot
from drehkreuz.sources.build import build
from drehkreuz.sources.recipe import read_recipe
from interrupted import ACTIONS, LIMITS, NEW_FILE
from live_feeds import feeds, posting, region

PROGRAM = Path(__file__).parents[1] / "interrupted.py"

ZONES = "zone_id,lat,lon\nZ1,51.0,9.0\n"
RECIPE = """\
name = "kreis"
title = "Kreis"
day = 2026-11-02
[provenance]
kind = "modelled"
source = "Beispiel"
licence = "CC0-1.0"
date = 2026-11-02
[[source]]
kind = "table"
table = "zones"
path = "zones.csv"
"""


@dataclass(frozen=True)
class Done:
    """Folder of each action, and what was told by action and limit."""

    root: Path
    told: dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory, village: Region) -> Done:
    """Every action, done by one process as `interrupted` says."""
    root = tmp_path_factory.mktemp("interrupted")
    for action in ACTIONS:
        _before(action, root / action / "before", village)
    command = [sys.executable, str(PROGRAM), str(root)]
    environment = os.environ | {"no_proxy": "127.0.0.1"}
    process = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert process.returncode == 0, process.stderr
    return Done(root, json.loads(process.stdout))


def _before(action: str, folder: Path, village: Region) -> None:
    """Prepare a folder in which an action has done its work once, and now has more to do."""
    folder.mkdir(parents=True)
    (folder / "region.toml").write_text(RECIPE)
    (folder / "zones.csv").write_text(ZONES)
    match action:
        case "build":
            build(read_recipe(folder / "region.toml"), folder / "region")
            (folder / "zones.csv").write_text(f"{ZONES}Z2,51.1,9.0\n")
        case "publish":
            write_snapshot(folder / "region", region())
            feeds(folder, {"kammer": [posting("17")]})
        case "populate":
            few = {"people", "care"} | {name for name in village.tables if name.startswith("person_")}
            people = village.table("people").head(40)
            known = pl.col("person_id").is_in(people["person_id"].implode())
            left = {name: village.table(name).filter(known) for name in few}
            write_snapshot(folder / "region", village.with_tables(left))
            lines = (
                "Quelle;Amt",
                "Stand;31.12.2025",
                "Lizenz;dl-de/by-2-0",
                "Status;Anzahl",
                "beschäftigt|Teilzeit;30",
            )
            (folder / "margin.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
        case "export":
            write_snapshot(folder / "region", village)


def state(folder: Path) -> frozenset[tuple[str, str]]:
    """Return what a person finds there, by digests: the files of the region's current snapshot, else the files that came or went out."""
    if (folder / "region").exists() and "export" not in folder.parts:
        here = folder / "region" / (folder / "region" / "current").read_text().strip()
        paths = list(here.iterdir())
    else:
        paths = [folder / "zones.csv", *(folder / "out").glob("[!.]*")]
    return frozenset((path.name, sha256(path.read_bytes()).hexdigest()) for path in paths)


@pytest.mark.parametrize("action", ACTIONS)
def test_stopped_at_any_moment(done: Done, action: str) -> None:
    """At each moment at which something is written, what lies there is the old or the new, file by file where there are several."""
    place = done.root / action
    old, new = state(place / "before"), state(place / "after")
    assert old != new
    moments = sorted((place / "moments").iterdir())
    assert len(moments) >= 3
    found = {moment.name: state(moment) for moment in moments}
    if action == "export":
        assert all(had <= old | new for had in found.values())
    else:
        assert set(found.values()) <= {old, new}
    assert state(place / "again") == new


@pytest.mark.parametrize("action", ["build", "populate", "publish"])
def test_a_region_is_whole_at_any_moment(done: Done, action: str) -> None:
    """The new region holds what its manifest says, also where it was made on top of what a stop has left."""
    for name in ("after", "again"):
        assert verify(open_region(done.root / action / name / "region")) == []


@pytest.mark.parametrize("limit", LIMITS)
@pytest.mark.parametrize("action", ACTIONS)
def test_a_full_disk(done: Done, action: str, limit: int) -> None:
    """Where a file cannot be written whole, one sentence says so and nothing is lost; where it can, the new is there."""
    place = done.root / action
    before, after = place / "before", place / f"full-{limit}"
    said = done.told[action][str(limit)]
    if not said:
        assert limit == max(LIMITS)
        assert state(after) == state(place / "after")
        return
    assert "\n" not in said
    for path in before.rglob("*"):
        if path.is_file():
            assert (after / path.relative_to(before)).read_bytes() == path.read_bytes()


def test_the_limits_mean_something(done: Done) -> None:
    """Every action meets a disk that is too small for it."""
    assert all(said["0"] for said in done.told.values())
    assert len(NEW_FILE) > max(LIMITS)
