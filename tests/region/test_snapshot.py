# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region folder holds whole snapshots, whoever writes and whenever a writer dies."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

import polars as pl
import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from drehkreuz.errors import DrehkreuzError, Finding, InputError
from drehkreuz.region import (
    Manifest,
    Provenance,
    Region,
    change_snapshot,
    open_region,
    prune,
    snapshots,
    verify,
    write_snapshot,
)
from drehkreuz.region.arrow import checksum
from drehkreuz.region.manifest import read_contents

Deaths: TypeAlias = Callable[[str, list[str]], Iterator[list[str]]]


def titled(region: Region, title: str) -> Region:
    """Return a region that says something else."""
    return region.with_manifest(title=title)


@pytest.fixture
def few(tiny: Region) -> Region:
    """Two tables of the tiny region: quick to write."""
    return Region(tiny.manifest, {name: tiny.table(name) for name in ("zones", "people")})


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


def test_damaged_current_is_written_anew(few: Region, tmp_path: Path) -> None:
    """Saying the same as a snapshot that has lost a file is no reason to write nothing."""
    write_snapshot(tmp_path, few)
    (tmp_path / "000001" / "people.arrow").unlink()
    assert write_snapshot(tmp_path, few) == 2
    assert verify(open_region(tmp_path)) == []


def test_prune(few: Region, tmp_path: Path) -> None:
    """Pruning keeps the newest and the current one, and open regions stay usable."""
    for number in range(5):
        write_snapshot(tmp_path, titled(few, str(number)))
    (tmp_path / "current").write_text("000002\n")
    old = open_region(tmp_path, 1)
    assert prune(tmp_path, keep=2) == [1, 3]
    assert snapshots(tmp_path) == [2, 4, 5]
    assert len(old.table("people")) == 1
    assert prune(tmp_path, keep=9) == []
    with pytest.raises(ValueError, match="at least one snapshot stays"):
        prune(tmp_path, keep=0)


def test_two_writers(few: Region, tmp_path: Path) -> None:
    """Writers at the same time each get a number of their own."""
    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(lambda n: write_snapshot(tmp_path, titled(few, str(n))), range(8)))
    assert sorted(numbers) == snapshots(tmp_path) == list(range(1, 9))
    assert {open_region(tmp_path, n).manifest.title for n in numbers} == {str(n) for n in range(8)}


def test_writer_that_waits_too_long(few: Region, tmp_path: Path) -> None:
    """A writer that cannot have the folder says so in a sentence."""
    write_snapshot(tmp_path, few)
    with ThreadPoolExecutor(1) as pool, FileLock(tmp_path / ".lock"):
        waiting = pool.submit(write_snapshot, tmp_path, titled(few, "Neu"), wait_seconds=0.1)
        with pytest.raises(DrehkreuzError, match=r"another process is still writing after 0\.1 s\. Wait for it"):
            waiting.result()
    assert snapshots(tmp_path) == [1]


def test_folder_that_cannot_be_made(tiny: Region, tmp_path: Path) -> None:
    """A folder that cannot be made is named with the reason."""
    (tmp_path / "file").touch()
    with pytest.raises(DrehkreuzError, match="file/region: cannot be written: Not a directory"):
        write_snapshot(tmp_path / "file" / "region", tiny)


def test_full_disk(few: Region, tmp_path: Path) -> None:
    """A disk that fills up while writing leaves the old snapshot current and no rubbish."""
    write_snapshot(tmp_path, few)
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
        "provenance.boundaries.kind 'guessed': is none of observed, modelled, assumed, consented",
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
    "table's file overwritten": (
        lambda folder: (folder / "000001/people.arrow").write_bytes(
            b"\0" * (folder / "000001/people.arrow").stat().st_size
        ),
        "people.arrow: has other content than its manifest says. Restore the snapshot",
    ),
    "table's file of another table": (
        lambda folder: replace_file(folder, "zones", (folder / "000001/people.arrow").read_bytes()),
        "zones.arrow: has the columns person_id, zone_id, weight, ",
    ),
    "table's file of another kind": (
        lambda folder: replace_file(folder, "zones", b"PAR1" * 100),
        "zones.arrow: is no Arrow IPC file: ",
    ),
    "rows lost": (
        lambda folder: spoil(folder / "000001/region.toml", "rows = 2", "rows = 3"),
        "zones.arrow: has 2 rows, its manifest says 3",
    ),
}


def replace_file(folder: Path, table: str, content: bytes) -> None:
    """Put other content in a table's file and let the manifest agree about size and checksum."""
    path = folder / "000001" / f"{table}.arrow"
    size, crc = path.stat().st_size, checksum(path)
    path.write_bytes(content)
    spoil(
        folder / "000001/region.toml",
        f'bytes = {size}\ncrc32 = "{crc}"',
        f'bytes = {len(content)}\ncrc32 = "{checksum(path)}"',
    )


@pytest.mark.parametrize("fault", FAULTS)
def test_damaged_folder(few: Region, tmp_path: Path, fault: str) -> None:
    """A folder gone wrong is refused with what is wrong, where, and what to do."""
    folder = tmp_path / "region"
    write_snapshot(folder, few)
    damage, sentence = FAULTS[fault]
    damage(folder)
    with pytest.raises(InputError) as refused:
        open_region(folder)
    assert sentence in str(refused.value)


def test_wrong_number_and_wrong_folder(few: Region, tmp_path: Path) -> None:
    """A number that is not there names those that are; a snapshot's folder leads to its region's."""
    write_snapshot(tmp_path, few)
    with pytest.raises(InputError, match=r"there is no snapshot 7\. Choose one of 000001\."):
        open_region(tmp_path, 7)
    with pytest.raises(InputError, match=r"is one snapshot, not a region\. Open the region's folder"):
        open_region(tmp_path / "000001")


def test_verify_finds_a_changed_value(few: Region, tmp_path: Path) -> None:
    """A value changed behind the manifest's back is found, and only in its table."""
    write_snapshot(tmp_path, few)
    region = open_region(tmp_path)
    path = tmp_path / "000001" / "zones.arrow"
    content = path.read_bytes()
    assert b"Oberdorf" in content
    replace_file(tmp_path, "zones", content.replace(b"Oberdorf", b"Unterorf"))
    (finding,) = verify(open_region(tmp_path))
    assert (finding.where, finding.problem[:14]) == (str(path), "has the digest")
    path.write_bytes(content)
    (finding,) = verify(region)
    assert finding.problem == "has other content than its manifest says"
    with pytest.raises(ValueError, match="in memory"):
        verify(few)


@given(place=st.floats(0, 1, exclude_max=True), byte=st.integers(1, 255))
def test_any_changed_byte(damaged: Path, place: float, byte: int) -> None:
    """Whatever byte of a table's file changes, the region is refused with a sentence."""
    path = damaged / "000001" / "zones.arrow"
    content = path.read_bytes()
    changed = bytearray(content)
    changed[int(place * len(content))] ^= byte
    path.write_bytes(changed)
    try:
        with pytest.raises(InputError, match=r"zones\.arrow: has other content"):
            open_region(damaged)
    finally:
        path.write_bytes(content)


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small snapshot."""
    folder = tmp_path_factory.mktemp("damaged")
    source = Provenance("modelled", "Beispiel", "CC0-1.0", date(2026, 1, 1))
    zones = pl.DataFrame({"zone_id": ["a", "b"], "lat": [50.0, 51.0], "lon": 6.0})
    write_snapshot(folder, Region(Manifest("x", "X", date(2026, 1, 1), "de", {"zones": source}), {"zones": zones}))
    return folder


def test_manifest_text(tiny: Region, tmp_path: Path) -> None:
    """Any text and day survives the manifest."""
    odd = replace(tiny.manifest, title='Düren "West"\n\\ \t€', day=date(1999, 12, 31))
    write_snapshot(tmp_path, Region(odd, tiny.tables))
    assert open_region(tmp_path).manifest == odd
    assert read_contents(tmp_path / "000001").manifest == odd


# ------------------------------------------------------------------------------------------------------ sudden death

WRITER = """
import pathlib, polars as pl
from drehkreuz.region import open_region, prune, write_snapshot

def work(folder):
    folder = pathlib.Path(folder)
    region = open_region(folder)
    number = int(region.manifest.title)
    tables = region.tables
    while True:
        number += 1
        named = {name: rows.with_columns(name=pl.lit(str(number))) for name, rows in tables.items()}
        write_snapshot(folder, region.with_manifest(title=str(number)).with_tables(named))
        print(number, flush=True)
        prune(folder, keep=3)
"""


def test_sudden_death(tiny: Region, tmp_path: Path, deaths: Deaths) -> None:
    """A writer killed at any moment leaves the old snapshot or the new one, whole; the next writer sweeps up."""
    zones = pl.DataFrame({"zone_id": [f"z{n}" for n in range(5_000)], "lat": 50.8, "lon": 6.3, "name": "0"})
    stops = zones.rename({"zone_id": "stop_id"})
    write_snapshot(tmp_path, Region(replace(tiny.manifest, title="0"), {"zones": zones, "stops": stops}))
    died = 0
    for said in deaths(WRITER, [str(tmp_path)]):
        region = open_region(tmp_path)
        title = region.manifest.title
        assert int(title) - int(said[-1]) in {0, 1}
        assert {*region.table("zones")["name"], *region.table("stops")["name"]} == {title}
        assert verify(region) == []
        died += 1
    assert died == 20
    write_snapshot(tmp_path, titled(tiny, "danach"))
    assert names(tmp_path) == {f"{number:06d}" for number in snapshots(tmp_path)} | {"current"}


def test_two_changes_build_on_each_other(few: Region, tmp_path: Path) -> None:
    """Of changes at the same time each builds on the one before, so that none is lost."""
    write_snapshot(tmp_path, titled(few, ""))
    with ThreadPoolExecutor(4) as pool:
        letters = [lambda region, letter=letter: titled(region, region.manifest.title + letter) for letter in "abcd"]
        numbers = list(pool.map(lambda change: change_snapshot(tmp_path, change), letters))
    assert sorted(numbers) == [2, 3, 4, 5]
    assert sorted(open_region(tmp_path).manifest.title) == list("abcd")


def test_a_change_that_fails(few: Region, tmp_path: Path) -> None:
    """A change that raises leaves the folder as it was; one that changes nothing writes nothing."""
    write_snapshot(tmp_path, few)

    def fail(_: Region) -> Region:
        raise InputError(Finding("x", "", "", "", "is wrong", "Mend it."))

    with pytest.raises(InputError, match="is wrong"):
        change_snapshot(tmp_path, fail)
    assert change_snapshot(tmp_path, lambda region: region) == 1
    real = few.table("people").with_columns(origin=pl.lit("consented"))
    with pytest.raises(InputError, match="no real person"):
        change_snapshot(tmp_path, lambda region: region.with_tables({"people": real}))
    with pytest.raises(InputError, match="there is no such folder"):
        change_snapshot(tmp_path / "none", lambda region: region)
    assert names(tmp_path) == {"000001", "current"}
