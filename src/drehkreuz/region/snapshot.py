# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
A region folder: numbered snapshots that never change, and a pointer to the current one.

    aachen/000041/region.toml, zones.arrow, people.arrow, …
    aachen/000042/…
    aachen/current            one line: 000042

The pointer is a file of one line, not a symbolic link: it survives copying, archives and file systems without links,
and is switched in one step by a rename all the same. Writers hold a lock from beginning to end, so whatever has a
working name when a writer comes belongs to one that died. A snapshot whose writer died between naming it and switching
the pointer stays, complete, and can be opened by its number.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import polars as pl
from filelock import FileLock, Timeout

from drehkreuz.errors import DrehkreuzError, Finding, InputError, shorten
from drehkreuz.region.arrow import checksum, read_arrow, write_arrow
from drehkreuz.region.digest import table_digest
from drehkreuz.region.manifest import REMEDY, Contents, Stored, read_contents, write_contents
from drehkreuz.region.region import Region
from drehkreuz.region.schema import TABLES

CURRENT: Final = "current"
LOCK: Final = ".lock"
WRITING: Final = ".writing"  # a snapshot being written
POINTING: Final = ".current"  # the next pointer
REMOVING: Final = ".removing"  # a snapshot being removed
NUMBER: Final = re.compile(r"\d{6,}")


def snapshots(folder: Path) -> list[int]:
    """Return the numbers of the snapshots in a region folder, ascending; none where there is no such folder."""
    if not folder.is_dir():
        return []
    return sorted(int(entry.name) for entry in folder.iterdir() if NUMBER.fullmatch(entry.name))


# -------------------------------------------------------------------------------------------------------- reading


def open_region(folder: Path, snapshot: int | None = None, *, tables: Collection[str] = TABLES) -> Region:
    """
    Open a snapshot of a region folder; the region keeps to it whatever is written later.

    Every file is compared with its checksum before it is read.

    Args:
        folder: Region folder.
        snapshot: Number; None: the current one.
        tables: Names of those to read; the others are empty, so ask such a region for no more.

    Raises:
        InputError: If there is no such folder, region or snapshot, or the snapshot is damaged or of a newer version.
    """
    while True:
        number = _current(folder) if snapshot is None else _known(folder, snapshot)
        try:
            return _open(_path(folder, number), tables)
        except InputError:
            if snapshot is not None or _current(folder) == number:
                raise  # else: replaced and removed while being opened


def verify(region: Region) -> list[Finding]:
    """
    Compare the tables a region was opened with against the digests in its manifest.

    Slower than the checksums taken on opening, and stricter: it compares what the tables say.

    Returns:
        One finding for each table whose file has changed.

    Raises:
        ValueError: If the region was not opened from a folder.
    """
    if region.folder is None:
        message = "a region in memory has nothing to be compared with"
        raise ValueError(message)
    found: list[Finding] = []
    for name, stored in read_contents(region.folder).tables.items():
        path = _file(region.folder, name)
        try:
            digest = table_digest(_read_table(region.folder, name, stored))
        except InputError as error:
            found.extend(error.findings)
            continue
        if digest != stored.digest:
            found.append(_damaged(path, f"has the digest {digest}, its manifest says {stored.digest}"))
    return found


def _current(folder: Path) -> int:
    """Return the number the pointer names."""
    if not folder.is_dir():
        remedy = "Give a region's folder, or make one: drehkreuz region new DIR."
        raise InputError(Finding(str(folder), "", "", "", "there is no such folder", remedy))
    pointer = folder / CURRENT
    if not pointer.is_file():
        if NUMBER.fullmatch(folder.name):
            remedy = f"Open the region's folder {str(folder.parent)!r} instead."
            raise InputError(Finding(str(folder), "", "", "", "is one snapshot, not a region", remedy))
        remedy = "Give a folder that drehkreuz has written, or build one: drehkreuz region build."
        raise InputError(Finding(str(folder), "", "", "", f"is no region: it has no file {CURRENT!r}", remedy))
    text = pointer.read_text(encoding="utf-8", errors="replace").strip()
    if not NUMBER.fullmatch(text):
        raise InputError(Finding(str(pointer), "1", "", "", f"{shorten(text)!r} is no snapshot", _repoint(folder)))
    if text not in {entry.name for entry in folder.iterdir() if entry.is_dir()}:
        raise InputError(Finding(str(pointer), "1", "", "", f"there is no snapshot {shorten(text)}", _repoint(folder)))
    return int(text)


def _repoint(folder: Path) -> str:
    """Say how to mend a pointer."""
    numbers = snapshots(folder)
    names = f"Write one of {_names(numbers)} into the file, or" if numbers else "Build the region again:"
    return f"{names} run drehkreuz region build."


def _known(folder: Path, snapshot: int) -> int:
    numbers = snapshots(folder)
    if snapshot not in numbers:
        remedy = f"Choose one of {_names(numbers)}." if numbers else "Give a folder that drehkreuz has written."
        raise InputError(Finding(str(folder), "", "", "", f"there is no snapshot {snapshot}", remedy))
    return snapshot


def _names(numbers: list[int]) -> str:
    return ("… " if len(numbers) > 10 else "") + ", ".join(f"{number:06d}" for number in numbers[-10:])


def _path(folder: Path, number: int) -> Path:
    return folder / f"{number:06d}"


def _file(snapshot: Path, table: str) -> Path:
    return snapshot / f"{table}.arrow"


def _open(snapshot: Path, tables: Collection[str] = TABLES) -> Region:
    contents = read_contents(snapshot)
    read = {name: _read_table(snapshot, name, stored) for name, stored in contents.tables.items() if name in tables}
    return Region(contents.manifest, read, snapshot)


def _read_table(snapshot: Path, name: str, stored: Stored) -> pl.DataFrame:
    path = _file(snapshot, name)
    try:
        size = path.stat().st_size
        if size != stored.bytes:
            raise InputError(_damaged(path, f"has {size} bytes, its manifest says {stored.bytes}"))
        if checksum(path) != stored.crc32:
            raise InputError(_damaged(path, "has other content than its manifest says"))
        frame = read_arrow(path)
    except OSError as error:
        raise InputError(_damaged(path, f"cannot be read: {error.strerror or error}")) from error
    except pl.exceptions.PolarsError as error:
        raise InputError(_damaged(path, f"is no Arrow IPC file: {shorten(error)}")) from error
    if frame.schema != TABLES[name].polars:
        raise InputError(
            _damaged(path, f"has the columns {', '.join(frame.columns)}, not {', '.join(TABLES[name].columns)}")
        )
    if frame.height != stored.rows:
        raise InputError(_damaged(path, f"has {frame.height} rows, its manifest says {stored.rows}"))
    return frame


def _damaged(path: Path, problem: str) -> Finding:
    return Finding(str(path), "", "", "", problem, REMEDY)


# -------------------------------------------------------------------------------------------------------- writing


def write_snapshot(folder: Path, region: Region, *, wait_seconds: float = 60.0) -> int:
    """
    Write a region as the next snapshot of a folder and make it the current one.

    A reader or a crash at any moment sees the old snapshot or the new one, never a part. If the current snapshot
    already says the same, nothing is written.

    Args:
        folder: Region folder; made if missing.
        region: Tables and manifest.
        wait_seconds: How long to wait for another writer to finish.

    Returns:
        Number of the snapshot that holds the region.

    Raises:
        InputError: If a person of the region is not synthetic: real people have no place in a folder.
        DrehkreuzError: If another writer does not finish in time or the folder cannot be written.
    """
    _refuse_real_people(region)
    with _writing(folder, wait_seconds):
        return _write_next(folder, region)


def change_snapshot(folder: Path, change: Callable[[Region], Region], *, wait_seconds: float = 60.0) -> int:
    """
    Write what becomes of a folder's current region as its next snapshot.

    Nobody else writes between the reading and the writing: of two that change a folder at the same time, the second
    builds on what the first has written.

    Args:
        folder: Region folder.
        change: Returns the next region; whatever it raises leaves the folder as it was.
        wait_seconds: How long to wait for another writer to finish.

    Returns:
        Number of the snapshot that holds the changed region.

    Raises:
        InputError: If the folder is no region, or the changed one holds a person who is not synthetic.
        DrehkreuzError: If another writer does not finish in time or the folder cannot be written.
    """
    _current(folder)
    with _writing(folder, wait_seconds):
        region = change(open_region(folder))
        _refuse_real_people(region)
        return _write_next(folder, region)


def _write_next(folder: Path, region: Region) -> int:
    """Write the next snapshot and point to it, unless the current one says the same; the lock is held."""
    if (current := _same_as_current(folder, region)) is not None:
        return current
    number = max(snapshots(folder), default=0) + 1
    _write_draft(folder / WRITING, region)
    (folder / WRITING).rename(_path(folder, number))
    _sync(folder)
    _point(folder, number)
    return number


def prune(folder: Path, keep: int, *, wait_seconds: float = 60.0) -> list[int]:
    """
    Remove all but the newest snapshots; the current one always stays. Regions already open stay usable.

    Args:
        folder: Region folder.
        keep: How many to keep, at least one.
        wait_seconds: How long to wait for a writer to finish.

    Returns:
        Numbers of the snapshots removed.

    Raises:
        ValueError: If `keep` is less than one.
        InputError: If the folder is no region.
        DrehkreuzError: If a writer does not finish in time or the folder cannot be written.
    """
    if keep < 1:
        message = f"at least one snapshot stays, not {keep}"
        raise ValueError(message)
    _current(folder)
    with _writing(folder, wait_seconds):
        current = _current(folder)
        old = [number for number in snapshots(folder)[:-keep] if number != current]
        for number in old:
            _path(folder, number).rename(folder / REMOVING)
            shutil.rmtree(folder / REMOVING)
    return old


@contextmanager
def _writing(folder: Path, wait_seconds: float) -> Iterator[None]:
    """Hold the folder's lock, swept of what dead writers left; say in one sentence why it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / LOCK, timeout=wait_seconds):
            _sweep(folder)
            try:
                yield
            finally:
                _sweep(folder)
    except Timeout as error:
        message = f"{folder}: another process is still writing after {wait_seconds:g} s. Wait for it, then try again."
        raise DrehkreuzError(message) from error
    except OSError as error:
        message = f"{folder}: cannot be written: {error.strerror or error}. Free space or change the folder's rights, then try again."
        raise DrehkreuzError(message) from error


def _sweep(folder: Path) -> None:
    for name in (WRITING, REMOVING):
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / POINTING).unlink(missing_ok=True)


def _refuse_real_people(region: Region) -> None:
    real = region.table("people").filter(pl.col("origin") != "synthetic")
    if len(real):
        person, origin = real.select("person_id", "origin").row(0)
        problem = "a region folder holds no real person"
        remedy = "Keep consented profiles in the database and lay them over the region in memory."
        raise InputError(Finding("people", person, "origin", origin, problem, remedy))


def _same_as_current(folder: Path, region: Region) -> int | None:
    """Return the current snapshot's number if it says the same as the region and is whole."""
    try:
        number = _current(folder)
        contents = read_contents(_path(folder, number))
        if contents.manifest != region.manifest or contents.digests != {
            name: region.digest(name) for name in region.tables
        }:
            return None
        _open(_path(folder, number))
    except InputError:
        return None
    return number


def _write_draft(draft: Path, region: Region) -> None:
    """Write every table and the manifest, safe on disk."""
    draft.mkdir()
    stored = {}
    for name, frame in region.tables.items():
        path = _file(draft, name)
        write_arrow(frame, path)
        stored[name] = Stored(frame.height, path.stat().st_size, checksum(path), region.digest(name))
    write_contents(Contents(region.manifest, stored), draft)
    for path in (*draft.iterdir(), draft):
        _sync(path)


def _point(folder: Path, number: int) -> None:
    pointer = folder / POINTING
    pointer.write_text(f"{number:06d}\n", encoding="utf-8")
    _sync(pointer)
    pointer.replace(folder / CURRENT)
    _sync(folder)


def _sync(path: Path) -> None:
    """Have the disk hold what was written, so that a power cut cannot undo what a rename has announced."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
