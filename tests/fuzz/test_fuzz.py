# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""No file makes a reader fall over: a bounded part of what `python -m fuzz` does for as long as one likes."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.errors import InputError
from drehkreuz.region import Region
from fuzz.guided import Search, badly_told, failed, limited
from fuzz.mutations import Bundle
from fuzz.readers import READERS

BOUNDED: Final = [name for name in READERS if name != "build"]
"""A whole region is built a second at a time: that is left to the longer run."""
TIMES: Final = {"gtfs": 2, "esco": 2}
"""Files for readers that take longer for one."""


@pytest.mark.parametrize("name", BOUNDED)
def test_damaged_files_are_refused_in_words(name: str, village: Region) -> None:
    """Whole files are read, and damaged ones, those further that show a reader new steps, read or refused in one line, soon and in little memory."""
    reader = READERS[name]
    search = Search(lambda files: reader.run(files, village), list(reader.seeds(village)))
    search.run(Random(f"test {name}"), times=TIMES.get(name, 4))
    assert {failure: found.files for failure, found in search.failures.items()} == {}


def _text() -> st.SearchStrategy[str]:
    return st.text(max_size=12) | st.sampled_from(
        ["NaN", "-1", "1e999", "9" * 30, "2026-02-30", "25:61", "[[", '"', "\0", "ä"]
    )


def _json(words: list[str]) -> st.SearchStrategy[Any]:
    scalars = st.none() | st.booleans() | st.integers() | st.floats() | _text()
    return st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(words), inner, max_size=4),
        max_leaves=12,
    )


def _words(document: object) -> set[str]:
    """Return all keys of a document."""
    if isinstance(document, dict):
        return set(document).union(*map(_words, document.values()))
    return set().union(*map(_words, document)) if isinstance(document, list) else set()


OF_JSON: Final = ("jobposting", "live jobposting", "course", "gbfs", "ocpi", "ocpi status", "cv", "boundaries")


@pytest.mark.parametrize("name", OF_JSON)
@given(drawn=st.data())
@settings(max_examples=3)
def test_any_json_of_the_right_words(name: str, drawn: st.DataObject, village: Region) -> None:
    """JSON of the format's own words with anything below them is read or refused in one line each."""
    files = dict(READERS[name].seeds(village)[0])
    changed = drawn.draw(st.sampled_from(sorted(files)))
    document = json.loads(files[changed])
    words = [*sorted(_words(document)), "@graph", "@id", "@value"]
    inner = drawn.draw(_json(words))
    for key in drawn.draw(st.lists(st.sampled_from(words), max_size=2)):
        inner = {key: inner, "@type": "JobPosting"}
    told(name, files | {changed: json.dumps(inner).encode()}, village)


OF_CELLS: Final = (
    *(
        "table",
        "charging register",
        "crosswalk",
        "statistics",
        "margins",
        "workforce",
        "centres",
        "business park",
        "replaced",
    ),
    *("charging official", "foresight official", "roads", "areas", "depots", "gtfs", "esco"),
)


@pytest.mark.parametrize("name", OF_CELLS)
@given(drawn=st.data())
@settings(max_examples=3)
def test_any_cells_in_a_row(name: str, drawn: st.DataObject, village: Region) -> None:
    """A row of any cells below, or in the place of, the headings is read or refused in one line each."""
    files = dict(READERS[name].seeds(village)[-1])
    changed = drawn.draw(st.sampled_from(sorted(files)))
    lines = files[changed].decode().split("\n")
    separator = ";" if lines[-2].count(";") > lines[-2].count(",") else ","
    width = lines[-2].count(separator) + 1
    cells = drawn.draw(st.lists(_text() | st.sampled_from(lines[-2].split(separator)), min_size=width, max_size=width))
    lines[drawn.draw(st.integers(0, len(lines) - 1))] = separator.join(cells)
    told(name, files | {changed: "\n".join(lines).encode("utf-8", "surrogatepass")}, village)


OF_TOML: Final = {
    "layout": "layout.toml", "rota": "rota.toml", "person": "a.toml", "scenario": "a.toml", "feeds": "feeds.toml",
    "recipe": "region.toml", "manifest": "region.toml", "charging assumptions": "assumptions.toml",
    "foresight assumptions": "assumptions.toml",
}  # fmt: skip


@pytest.mark.parametrize("name", OF_TOML)
@given(drawn=st.data())
@settings(max_examples=3)
def test_any_value_of_a_setting(name: str, drawn: st.DataObject, village: Region) -> None:
    """A settings file with anything in the place of one value is read or refused in one line each."""
    files = dict(READERS[name].seeds(village)[-1])
    document = tomllib.loads(files[OF_TOML[name]].decode())
    place: Any = document
    key = drawn.draw(st.sampled_from(sorted(place)))
    while isinstance(place[key], dict | list) and place[key] and drawn.draw(st.booleans()):
        place = place[key]
        key = drawn.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
    scalars = (
        st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | _text() | st.dates() | st.times() | st.datetimes()
    )
    place[key] = drawn.draw(scalars | st.lists(scalars, max_size=3) | st.dictionaries(_text(), scalars, max_size=2))
    told(name, files | {OF_TOML[name]: tomli_w.dumps(document).encode("utf-8", "surrogatepass")}, village)


def told(name: str, files: Bundle, village: Region) -> None:
    """Have files read; a refusal must be told well."""
    assert failed(lambda given: READERS[name].run(given, village), files) is None


OF_ONE_FILE: Final = tuple(
    name
    for name in READERS
    if name not in {"gtfs", "esco", "gbfs", "ocpi", "ocpi status", "build", "snapshot", "cv", "osm tags", "manifest"}
)


MAY_BE_EMPTY: Final = ("charging assumptions", "foresight assumptions")
"""Without an entry, what is shipped holds."""


@pytest.mark.parametrize("kind", ["nothing", "empty", "folder", "loop", "endless", "pipe"])
@pytest.mark.parametrize("name", OF_ONE_FILE)
def test_no_file_in_the_place_of_one(name: str, kind: str, village: Region, tmp_path: Path) -> None:
    """Where an empty file, a folder, a loop of links, a device without end or a pipe stands for a file, that is said at once."""
    reader = READERS[name]
    (file,) = reader.seeds(village)[0]
    path = tmp_path / file
    match kind:
        case "empty":
            path.touch()
        case "folder":
            path.mkdir()
        case "loop":
            path.symlink_to(path)
        case "endless":
            path.symlink_to("/dev/zero")
        case "pipe":
            os.mkfifo(path)
        case _:
            pass
    if kind == "empty" and name in MAY_BE_EMPTY:
        reader.read(path, village)
        return
    with limited(5), pytest.raises(InputError) as refused:
        reader.read(path, village)
    assert badly_told(refused.value) == ""
