# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region folder holds whole snapshots, whoever writes and whenever a writer dies."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from filelock import FileLock
from polars.testing import assert_frame_equal

from drehkreuz.errors import DrehkreuzError, InputError
from drehkreuz.region import Region, open_region, prune, snapshots, verify, write_snapshot
from drehkreuz.region.manifest import read_contents


def titled(region: Region, title: str) -> Region:
    """Return a region that says something else."""
    return region.with_manifest(title=title)


def names(folder: Path) -> set[str]:
    """Return what a folder holds beside the lock."""
    return {entry.name for entry in folder.iterdir()} - {".lock"}


def test_round_trip(tiny: Region, tmp_path: Path) -> None:
    """A region comes back as it was written, table by table."""
    assert write_snapshot(tmp_path / "deep" / "region", tiny) == 1
    region = open_region(tmp_path / "deep" / "region")
    assert region.manifest == tiny.manifest
    assert region.tables.keys() == tiny.tables.keys()
    for name, rows in tiny.tables.items():
        assert_frame_equal(region.table(name), rows)
        assert region.digest(name) == tiny.digest(name)
    assert verify(region) == []
    assert region.folder == tmp_path / "deep" / "region" / "000001"


def test_numbers_and_pins(tiny: Region, tmp_path: Path) -> None:
    """Snapshots are numbered from one; a region stays at its own whatever comes later."""
    assert write_snapshot(tmp_path, tiny) == 1
    first = open_region(tmp_path)
    assert write_snapshot(tmp_path, tiny.with_tables({"care": tiny.table("care").clear()})) == 2
    assert len(first.table("care")) == 1
    assert len(open_region(tmp_path).table("care")) == 0
    assert len(open_region(tmp_path, 1).table("care")) == 1
    assert snapshots(tmp_path) == [1, 2]
    assert (tmp_path / "current").read_text() == "000002\n"
    assert snapshots(tmp_path / "nothing") == []


def test_nothing_new_writes_nothing(tiny: Region, tmp_path: Path) -> None:
    """A region that says what the current snapshot says gets its number and no file."""
    write_snapshot(tmp_path, tiny)
    again = open_region(tmp_path)
    chunked = again.with_tables(
        {"shifts": pl.concat([again.table("shifts")[:3], again.table("shifts")[3:]], rechunk=False)}
    )
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.name != ".lock"}
    assert write_snapshot(tmp_path, chunked) == 1
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.name != ".lock"} == before
    assert write_snapshot(tmp_path, titled(tiny, "Neu")) == 2
    assert write_snapshot(tmp_path, tiny) == 3


def test_damaged_current_is_written_anew(tiny: Region, tmp_path: Path) -> None:
    """Saying the same as a snapshot that has lost a file is no reason to write nothing."""
    write_snapshot(tmp_path, tiny)
    (tmp_path / "000001" / "people.arrow").unlink()
    assert write_snapshot(tmp_path, tiny) == 2
    assert verify(open_region(tmp_path)) == []


def test_prune(tiny: Region, tmp_path: Path) -> None:
    """Pruning keeps the newest and the current one, and open regions stay usable."""
    for number in range(5):
        write_snapshot(tmp_path, titled(tiny, str(number)))
    (tmp_path / "current").write_text("000002\n")
    old = open_region(tmp_path, 1)
    assert prune(tmp_path, keep=2) == [1, 3]
    assert snapshots(tmp_path) == [2, 4, 5]
    assert len(old.table("people")) == 1
    assert prune(tmp_path, keep=9) == []
    with pytest.raises(ValueError, match="at least one snapshot stays"):
        prune(tmp_path, keep=0)


def test_two_writers(tiny: Region, tmp_path: Path) -> None:
    """Writers at the same time each get a number of their own."""
    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(lambda n: write_snapshot(tmp_path, titled(tiny, str(n))), range(8)))
    assert sorted(numbers) == snapshots(tmp_path) == list(range(1, 9))
    assert {open_region(tmp_path, n).manifest.title for n in numbers} == {str(n) for n in range(8)}


def test_writer_that_waits_too_long(tiny: Region, tmp_path: Path) -> None:
    """A writer that cannot have the folder says so in a sentence."""
    write_snapshot(tmp_path, tiny)
    with ThreadPoolExecutor(1) as pool, FileLock(tmp_path / ".lock"):
        waiting = pool.submit(write_snapshot, tmp_path, titled(tiny, "Neu"), wait_seconds=0.1)
        with pytest.raises(DrehkreuzError, match=r"another process is still writing after 0\.1 s\. Wait for it"):
            waiting.result()
    assert snapshots(tmp_path) == [1]


def test_folder_that_cannot_be_made(tiny: Region, tmp_path: Path) -> None:
    """A folder that cannot be made is named with the reason."""
    (tmp_path / "file").touch()
    with pytest.raises(DrehkreuzError, match="file/region: cannot be written: Not a directory"):
        write_snapshot(tmp_path / "file" / "region", tiny)


def test_full_disk(tiny: Region, tmp_path: Path) -> None:
    """A disk that fills up while writing leaves the old snapshot current and no rubbish."""
    write_snapshot(tmp_path, tiny)
    zones = pl.DataFrame({"zone_id": [f"z{n}" for n in range(50_000)], "lat": 50.8, "lon": 6.3})
    script = (
        "import sys, pathlib, resource, signal, polars as pl\n"
        "from drehkreuz.region import open_region, write_snapshot\n"
        "folder = pathlib.Path(sys.argv[1]); region = open_region(folder)\n"
        "zones = pl.read_parquet(sys.argv[2])\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "try: write_snapshot(folder, region.with_tables({'zones': zones}))\n"
        "except Exception as error: print(type(error).__name__, error)\n"
    )
    zones.write_parquet(tmp_path / "zones.parquet")
    arguments = [sys.executable, "-c", script, str(tmp_path), str(tmp_path / "zones.parquet")]
    said = subprocess.run(arguments, capture_output=True, text=True, check=True).stdout
    assert said.startswith(f"DrehkreuzError {tmp_path}: cannot be written: ")
    assert "File too large" in said
    assert names(tmp_path) == {"000001", "current", "zones.parquet"}


def test_real_people_stay_out(tiny: Region, tmp_path: Path) -> None:
    """A folder never holds a real person, not even by mistake."""
    real = tiny.with_tables({"people": tiny.table("people").with_columns(origin=pl.lit("consented"))})
    with pytest.raises(InputError, match="people:p1: origin 'consented': a region folder holds no real person"):
        write_snapshot(tmp_path, real)
    assert snapshots(tmp_path) == []


# ------------------------------------------------------------------------------------------------- folders gone wrong


def spoil(path: Path, old: str, new: str) -> None:
    """Replace a text in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


FAULTS = {
    "missing folder": (shutil.rmtree, "region: there is no such folder. Give"),
    "no pointer": (
        lambda folder: (folder / "current").unlink(),
        "region: is no region: it has no file 'current'. Give",
    ),
    "pointer to nowhere": (
        lambda folder: (folder / "current").write_text("000007\n"),
        "current:1: there is no snapshot 000007. Write one of 000001 into the file",
    ),
    "pointer of rubbish": (
        lambda folder: (folder / "current").write_bytes(b"\xff../../etc\n"),
        "current:1: '�../../etc' is no snapshot. Write one of 000001",
    ),
    "no manifest": (
        lambda folder: (folder / "000001/region.toml").unlink(),
        "region.toml: the snapshot has no manifest",
    ),
    "manifest no TOML": (
        lambda folder: spoil(folder / "000001/region.toml", "name = ", "name "),
        "region.toml: cannot be read: Expected '=' after a key",
    ),
    "manifest no text": (
        lambda folder: (folder / "000001/region.toml").write_bytes(b"\xff\xfe\x00"),
        "region.toml: cannot be read: 'utf-8' codec",
    ),
    "newer schema": (
        lambda folder: spoil(folder / "000001/region.toml", "schema = 1", "schema = 9"),
        "the snapshot has schema version 9, this drehkreuz 0.1.0 reads 1. Update drehkreuz.",
    ),
    "older schema": (
        lambda folder: spoil(folder / "000001/region.toml", "schema = 1", "schema = 0"),
        "reads 1. Build the region again.",
    ),
    "field missing": (lambda folder: spoil(folder / "000001/region.toml", "day = ", "dai = "), "day '': is missing"),
    "field of another type": (
        lambda folder: spoil(folder / "000001/region.toml", "day = 2026-03-02", "day = 3"),
        "day '3': is no date",
    ),
    "no table of fields": (
        lambda folder: spoil(folder / "000001/region.toml", "[tables.zones]", "[tables]\nzones = 3\n[other]"),
        "tables.zones '3': is no table of fields",
    ),
    "unknown kind": (
        lambda folder: spoil(folder / "000001/region.toml", 'kind = "modelled"', 'kind = "guessed"'),
        "provenance.broader.kind 'guessed': is none of observed, modelled, assumed, consented",
    ),
    "broken digest": (
        lambda folder: spoil(folder / "000001/region.toml", 'digest = "', 'digest = "x'),
        "tables.zones.digest 'x",
    ),
    "unknown table": (
        lambda folder: spoil(folder / "000001/region.toml", "[tables.zones]", "[tables.zoones]"),
        "tables.zoones '': is no table of a region",
    ),
    "table's file missing": (
        lambda folder: (folder / "000001/people.arrow").unlink(),
        "people.arrow: cannot be read: No such file or directory. Restore the snapshot",
    ),
    "table's file cut": (
        lambda folder: (folder / "000001/people.arrow").write_bytes(b"ARROW1"),
        "people.arrow: has 6 bytes, its manifest says",
    ),
    "table's file of another table": (
        lambda folder: swap(folder, "zones", "stops"),
        "zones.arrow: has the columns stop_id",
    ),
    "table's file overwritten": (
        lambda folder: (folder / "000001/people.arrow").write_bytes(
            b"\0" * (folder / "000001/people.arrow").stat().st_size
        ),
        "people.arrow: is no Arrow IPC file",
    ),
    "rows lost": (
        lambda folder: spoil(folder / "000001/region.toml", "rows = 2", "rows = 3"),
        "zones.arrow: has 2 rows, its manifest says 3",
    ),
}


def swap(folder: Path, one: str, other: str) -> None:
    """Put one table's file in another's place and let the manifest agree about its size."""
    size = [(folder / "000001" / f"{name}.arrow").stat().st_size for name in (one, other)]
    shutil.copy(folder / "000001" / f"{other}.arrow", folder / "000001" / f"{one}.arrow")
    spoil(folder / "000001/region.toml", f"bytes = {size[0]}", f"bytes = {size[1]}")


@pytest.mark.parametrize("fault", FAULTS)
def test_damaged_folder(tiny: Region, tmp_path: Path, fault: str) -> None:
    """A folder gone wrong is refused with what is wrong, where, and what to do."""
    folder = tmp_path / "region"
    write_snapshot(folder, tiny)
    damage, sentence = FAULTS[fault]
    damage(folder)
    with pytest.raises(InputError) as refused:
        open_region(folder)
    assert sentence in str(refused.value)


def test_wrong_number_and_wrong_folder(tiny: Region, tmp_path: Path) -> None:
    """A number that is not there names those that are; a snapshot's folder leads to its region's."""
    write_snapshot(tmp_path, tiny)
    with pytest.raises(InputError, match=r"there is no snapshot 7\. Choose one of 000001\."):
        open_region(tmp_path, 7)
    with pytest.raises(InputError, match=r"is one snapshot, not a region\. Open the region's folder"):
        open_region(tmp_path / "000001")


def test_verify_finds_a_changed_value(tiny: Region, tmp_path: Path) -> None:
    """A value changed behind the manifest's back is found, and only in its table."""
    write_snapshot(tmp_path, tiny)
    path = tmp_path / "000001" / "zones.arrow"
    content = path.read_bytes()
    assert b"Oberdorf" in content
    path.write_bytes(content.replace(b"Oberdorf", b"Unterorf"))
    (finding,) = verify(open_region(tmp_path))
    assert (finding.where, finding.problem[:14]) == (str(path), "has the digest")
    path.write_bytes(content.replace(b"Oberdorf", b"\xff\xfeerdorf"))
    (finding,) = verify(open_region(tmp_path))
    assert "UTF-8" in finding.problem
    with pytest.raises(ValueError, match="in memory"):
        verify(tiny)


def test_manifest_text(tiny: Region, tmp_path: Path) -> None:
    """Any text and day survives the manifest."""
    odd = replace(tiny.manifest, title='Düren "West"\n\\ \t€', day=date(1999, 12, 31))
    write_snapshot(tmp_path, Region(odd, tiny.tables))
    assert open_region(tmp_path).manifest == odd
    assert read_contents(tmp_path / "000001").manifest == odd


# ------------------------------------------------------------------------------------------------------ sudden death

WRITER = """
import sys, pathlib, polars as pl
from drehkreuz.region import open_region, prune, write_snapshot
folder = pathlib.Path(sys.argv[1])
region = open_region(folder)
number = int(region.manifest.title)
zones, stops = region.table("zones"), region.table("stops")
while True:
    number += 1
    region = region.with_manifest(title=str(number)).with_tables(
        {name: rows.with_columns(name=pl.lit(str(number))) for name, rows in (("zones", zones), ("stops", stops))}
    )
    write_snapshot(folder, region)
    print(number, flush=True)
    prune(folder, keep=3)
"""


def test_sudden_death(tiny: Region, tmp_path: Path) -> None:
    """A writer killed at any moment leaves the old snapshot or the new one, whole; the next writer sweeps up."""
    draw = random.Random(20)
    zones = pl.DataFrame({"zone_id": [f"z{n}" for n in range(5_000)], "lat": 50.8, "lon": 6.3, "name": "0"})
    stops = zones.rename({"zone_id": "stop_id"})
    write_snapshot(tmp_path, Region(replace(tiny.manifest, title="0"), {"zones": zones, "stops": stops}))
    for _ in range(20):
        arguments = [sys.executable, "-c", WRITER, str(tmp_path)]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            said = [writer.stdout.readline()]
            time.sleep(draw.random() * 0.1)
            writer.kill()
            said += writer.stdout.readlines()
        region = open_region(tmp_path)
        title = region.manifest.title
        assert int(title) - int(said[-1]) in {0, 1}
        assert {*region.table("zones")["name"], *region.table("stops")["name"]} == {title}
        assert verify(region) == []
    write_snapshot(tmp_path, titled(tiny, "danach"))
    assert names(tmp_path) == {f"{number:06d}" for number in snapshots(tmp_path)} | {"current"}
