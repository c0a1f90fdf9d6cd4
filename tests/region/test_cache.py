# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The cache gives back what was put in, or nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from filelock import FileLock
from polars.testing import assert_frame_equal

from drehkreuz.errors import InputError
from drehkreuz.region import Cache, known
from drehkreuz.region.cache import CacheError, _store

KEY = "3f" * 16
VALUES = {
    "minutes": known(np.arange(6, dtype=np.uint8).reshape(2, 3)),
    "turned": known(np.arange(6.0).reshape(2, 3).T),
    "nothing": known(np.zeros((0, 4))),
    "one": known(np.array(7)),
    "edges": known(
        pl.DataFrame({"person": [1, 2], "name": ["ä", None], "moment": pl.Series([0, 1]).cast(pl.Datetime)})
    ),
}


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """A cache with one entry, in a folder whose name means something to a shell."""
    cache = Cache(tmp_path / "[stages] *")
    cache.write(KEY, VALUES)
    return cache


def entry(cache: Cache, key: str = KEY) -> Path:
    """Return an entry's folder."""
    return cache.folder / key[:2] / key


def test_round_trip(cache: Cache) -> None:
    """Frames and arrays of any shape come back with their digests, arrays mapped and not to be written to."""
    values = cache.read(KEY)
    assert values is not None
    assert {name: value.digest for name, value in values.items()} == {n: v.digest for n, v in VALUES.items()}
    for name, expected in VALUES.items():
        value = values[name].value
        if isinstance(expected.value, pl.DataFrame):
            assert isinstance(value, pl.DataFrame)
            assert_frame_equal(value, expected.value)
        else:
            assert type(value) is np.ndarray
            assert value.dtype == expected.value.dtype
            assert not value.flags.writeable
            np.testing.assert_array_equal(value, expected.value)
        assert known(value).digest == expected.digest


def test_nothing_there(tmp_path: Path) -> None:
    """A cache without a folder has nothing, and reading does not make one."""
    cache = Cache(tmp_path / "none")
    assert cache.read(KEY) is None
    assert cache.stored() == []
    cache.trim()
    assert not cache.folder.exists()


DAMAGE: dict[str, Callable[[Path], object]] = {
    "a byte changed": lambda folder: flip(folder / "minutes.npy", -1),
    "a byte of a frame changed": lambda folder: flip(folder / "edges.arrow", 400),
    "a file cut": lambda folder: os.truncate(folder / "minutes.npy", 100),
    "a file gone": lambda folder: (folder / "edges.arrow").unlink(),
    "a manifest cut": lambda folder: os.truncate(folder / "manifest.json", 50),
    "a manifest gone": lambda folder: (folder / "manifest.json").unlink(),
    "a manifest changed": lambda folder: replace(folder / "manifest.json", VALUES["one"].digest, "0" * 32),
    "a manifest of something else": lambda folder: (folder / "manifest.json").write_text("[1]"),
    "a pickle in place of an array": lambda folder: np.save(folder / "one.npy", np.array([{}]), allow_pickle=True),
}


def flip(path: Path, place: int) -> None:
    """Change one byte."""
    content = bytearray(path.read_bytes())
    content[place] ^= 255
    path.write_bytes(content)


def replace(path: Path, old: str, new: str) -> None:
    """Change a text."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage(cache: Cache, damage: str) -> None:
    """An entry that is not as it was written counts as none, and can be written again."""
    DAMAGE[damage](entry(cache))
    assert cache.read(KEY) is None
    cache.write(KEY, VALUES)
    assert cache.read(KEY) is not None


def test_entry_of_another_key(cache: Cache) -> None:
    """An entry moved to another key is not believed."""
    other = "3f" * 15 + "00"
    shutil.move(entry(cache), entry(cache, other))
    assert cache.read(other) is None


def test_trim(tmp_path: Path) -> None:
    """Entries unused for longest go first, until the limit holds; their locks go with them."""
    cache = Cache(tmp_path, limit=20_000)
    keys = [f"{number:032x}" for number in range(6)]
    for age, key in enumerate(keys):
        with cache.lock(key):
            cache.write(key, {"a": known(np.zeros(800))})
        os.utime(entry(cache, key) / "manifest.json", (1_000_000 + age, 1_000_000 + age))
    assert cache.read(keys[0]) is not None  # used just now
    cache.trim()
    assert cache.stored() == [keys[0], keys[5]]
    assert {path.stem for path in tmp_path.glob("??/*.lock")} == {keys[0], keys[5]}


def test_trim_leaves_what_is_held(cache: Cache) -> None:
    """An entry that a process holds stays, and so does its draft."""
    strict = Cache(cache.folder, limit=0)
    draft = entry(cache).with_name(f".{KEY}")
    draft.mkdir()
    with FileLock(entry(cache).with_name(f"{KEY}.lock"), is_singleton=False):
        strict.trim()
        assert strict.stored() == [KEY]
        assert draft.exists()
    strict.trim()
    assert strict.stored() == []
    assert list(entry(cache).parent.iterdir()) == []


def test_trim_sweeps(cache: Cache) -> None:
    """Drafts of processes that died are swept, whatever the limit."""
    dead = "3f" * 15 + "ff"
    with cache.lock(dead):
        (entry(cache, dead).with_name(f".{dead}")).mkdir()
    cache.trim()
    assert {path.name for path in entry(cache).parent.iterdir()} == {KEY}


def test_no_room(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fills up while an entry is written leaves nothing behind."""
    other = "3f" * 15 + "aa"

    def full(folder: Path, name: str, value: object) -> dict[str, object]:
        if name == "edges":
            raise OSError(28, "No space left on device")
        return _store(folder, name, value)

    monkeypatch.setattr("drehkreuz.region.cache._store", full)
    with pytest.raises(CacheError, match="No space left on device"):
        cache.write(other, VALUES)
    assert cache.stored() == [KEY]
    assert {path.name for path in entry(cache).parent.iterdir()} == {KEY}


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """Where a file stands in the way the cache says so, for the lock as for the entry."""
    (tmp_path / "file").touch()
    cache = Cache(tmp_path / "file")
    with pytest.raises(CacheError, match="Not a directory"), cache.lock(KEY):
        pass
    with pytest.raises(CacheError, match="Not a directory"):
        cache.write(KEY, VALUES)


def test_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The environment may say where the cache is and how large it may grow."""
    monkeypatch.setenv("DREHKREUZ_CACHE", str(tmp_path))
    monkeypatch.setenv("DREHKREUZ_CACHE_GB", "0.5")
    assert Cache.default() == Cache(tmp_path, 2**29)
    monkeypatch.delenv("DREHKREUZ_CACHE")
    monkeypatch.delenv("DREHKREUZ_CACHE_GB")
    assert Cache.default().folder.parts[-2:] == ("drehkreuz", "stages")
    assert Cache.default().limit == 2 * 2**30


@pytest.mark.parametrize("size", ["much", "-1", "nan", "inf"])
def test_size_that_is_none(monkeypatch: pytest.MonkeyPatch, size: str) -> None:
    """A limit that is no size is refused in a sentence."""
    monkeypatch.setenv("DREHKREUZ_CACHE_GB", size)
    with pytest.raises(
        InputError, match=r"environment: DREHKREUZ_CACHE_GB '.*': is no size\. Give a number of gigabytes"
    ):
        Cache.default()
