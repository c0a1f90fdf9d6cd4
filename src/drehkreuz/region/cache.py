# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
The cache of stages: what a key's partition put out, in files that are checked byte by byte before they are believed.

    stages/3f/3f09…/manifest.json, minutes.npy, edges.arrow    an entry, named as it is in one step
    stages/3f/.3f09…/                                          an entry being written, or left by a process that died
    stages/3f/3f09….lock                                       held by the process that computes the entry

It holds nothing that cannot be computed again and nothing of a real person: work on consented profiles runs without it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
from filelock import FileLock
from platformdirs import user_cache_path

from drehkreuz.errors import Finding, InputError
from drehkreuz.region.arrow import checksum, read_arrow, write_arrow
from drehkreuz.region.digest import text_digest
from drehkreuz.region.partition import Known, Value

FOLDER_VARIABLE: Final = "DREHKREUZ_CACHE"
LIMIT_VARIABLE: Final = "DREHKREUZ_CACHE_GB"
DEFAULT_GB: Final = 2.0
FORMAT: Final = 1
"""Layout of an entry; an entry of another layout is not believed."""
MANIFEST: Final = "manifest.json"


class CacheError(Exception):
    """The cache cannot be written or locked: disk full, no rights. The work can go on without it."""


class CacheWarning(UserWarning):
    """A result was not cached."""


@dataclass(frozen=True, slots=True)
class Cache:
    """
    A folder of entries under a size limit.

    Attributes:
        folder: Folder of the entries; made when the first one is written.
        limit: Bytes that `trim` leaves at most, the entries unused for longest going first.
    """

    folder: Path
    limit: int = int(DEFAULT_GB * 2**30)

    @classmethod
    def default(cls) -> Cache:
        """
        Return the user's cache, or the one that DREHKREUZ_CACHE (folder) and DREHKREUZ_CACHE_GB (limit) ask for.

        Raises:
            InputError: If DREHKREUZ_CACHE_GB is no number of gigabytes.
        """
        folder = os.environ.get(FOLDER_VARIABLE)
        text = os.environ.get(LIMIT_VARIABLE) or str(DEFAULT_GB)
        try:
            limit = int(float(text) * 2**30)
        except (ValueError, OverflowError):
            limit = -1
        if limit < 0:
            remedy = "Give a number of gigabytes, e.g. 4, or take the variable away."
            raise InputError(Finding("environment", "", LIMIT_VARIABLE, text, "is no size", remedy))
        return cls(Path(folder) if folder else user_cache_path("drehkreuz") / "stages", limit)

    def stored(self) -> list[str]:
        """Return the keys of all entries, whole or not, ascending."""
        return sorted(entry.name for entry in self.folder.glob("??/*") if _is_entry(entry))

    def read(self, key: str) -> dict[str, Known] | None:
        """
        Return what is stored under a key, None where nothing is or a byte of it is not as it was written.

        Arrays are mapped from their files, so that n processes share one copy, and cannot be written to.
        """
        entry = self._entry(key)
        try:
            files = _believed(entry, key)
            with suppress(OSError):  # a cache that may only be read
                os.utime(entry / MANIFEST)  # used just now
            return {name: Known(_load(entry / file["file"]), file["digest"]) for name, file in files.items()}
        except (OSError, ValueError, KeyError, TypeError, RecursionError, pl.exceptions.PolarsError):
            return None

    def write(self, key: str, values: Mapping[str, Known]) -> None:
        """
        Store values under a key. Call it under the key's lock.

        Raises:
            CacheError: If the disk is full or the folder cannot be written; nothing is left behind.
        """
        entry = self._entry(key)
        try:
            entry.parent.mkdir(parents=True, exist_ok=True)
            draft = self._draft(key)
            shutil.rmtree(draft, ignore_errors=True)  # of a process that died
            draft.mkdir()
            try:
                files = {name: _store(draft, name, value) for name, value in values.items()}
                (draft / MANIFEST).write_text(json.dumps({"files": files, "seal": _seal(key, files)}), encoding="utf-8")
                shutil.rmtree(entry, ignore_errors=True)  # not believed, or it would not be written again
                draft.rename(entry)
            finally:
                shutil.rmtree(draft, ignore_errors=True)
        except (OSError, pl.exceptions.PolarsError) as error:
            raise CacheError(str(error)) from error

    @contextmanager
    def lock(self, key: str) -> Iterator[None]:
        """
        Hold a key, so that of several processes one computes it and the others wait.

        Raises:
            CacheError: If the lock cannot be had for want of space or rights.
        """
        try:
            self._entry(key).parent.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._lock_file(key))
            lock.acquire()
        except OSError as error:
            raise CacheError(str(error)) from error
        try:
            yield
        finally:
            lock.release()

    def trim(self) -> None:
        """Remove what dead processes left, then the entries unused for longest until the limit holds."""
        for lock in self.folder.glob("??/*.lock"):
            if not self._entry(lock.stem).exists():
                self._remove(lock.stem)
        entries = sorted((*self._use(key), key) for key in self.stored())
        excess = sum(size for _, size, _ in entries) - self.limit
        for _, size, key in entries:
            if excess <= 0:
                break
            if self._remove(key):
                excess -= size

    def _entry(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def _draft(self, key: str) -> Path:
        return self.folder / key[:2] / f".{key}"

    def _lock_file(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.lock"

    def _use(self, key: str) -> tuple[float, int]:
        """Return when an entry was last used and its bytes."""
        entry = self._entry(key)
        try:
            return (entry / MANIFEST).stat().st_mtime, sum(file.stat().st_size for file in entry.iterdir())
        except OSError:
            return 0.0, 0

    def _remove(self, key: str) -> bool:
        """Remove all that is kept under a key, unless a process holds it right now."""
        with suppress(OSError), FileLock(self._lock_file(key), timeout=0):
            shutil.rmtree(self._draft(key), ignore_errors=True)
            shutil.rmtree(self._entry(key), ignore_errors=True)
            self._lock_file(key).unlink()
            return True
        return False


def _is_entry(path: Path) -> bool:
    return "." not in path.name and path.is_dir()


def _store(folder: Path, name: str, known: Known) -> dict[str, object]:
    path = _save(folder / name, known.value)
    return {"file": path.name, "bytes": path.stat().st_size, "sum": checksum(path), "digest": known.digest}


def _save(stem: Path, value: Value) -> Path:
    if isinstance(value, pl.DataFrame):
        path = stem.with_suffix(".arrow")
        write_arrow(value, path)
    else:
        path = stem.with_suffix(".npy")
        np.save(path, value, allow_pickle=False)
    return path


def _load(path: Path) -> Value:
    if path.suffix == ".arrow":
        return read_arrow(path)
    array: np.ndarray[Any, Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    return array.view(np.ndarray)


def _believed(entry: Path, key: str) -> dict[str, Any]:
    """Return what the manifest says of the files, each compared with it; a ValueError says that one differs."""
    document = json.loads((entry / MANIFEST).read_text(encoding="utf-8"))
    files: dict[str, Any] = document["files"]
    if document["seal"] != _seal(key, files):
        message = f"{entry}: the manifest has changed"
        raise ValueError(message)
    for file in files.values():
        path = entry / file["file"]
        if path.stat().st_size != file["bytes"] or checksum(path) != file["sum"]:
            message = f"{path}: the file has changed"
            raise ValueError(message)
    return files


def _seal(key: str, files: Mapping[str, object]) -> str:
    return text_digest(json.dumps([FORMAT, key, files], sort_keys=True))
