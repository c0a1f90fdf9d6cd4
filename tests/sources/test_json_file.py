# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""JSON is bounded in depth, size and number of values, and holds only what tables can hold."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drehkreuz.errors import InputError
from drehkreuz.sources import json_file, records
from drehkreuz.sources.json_file import MAX_DEPTH, cell, number, parse_json
from drehkreuz.sources.records import Records

DEEP = {"lists": ("[", "]"), "objects": ('{"a":', "}"), "both": ('[{"a":', "}]")}


@pytest.mark.parametrize(("opened", "closed"), DEEP.values(), ids=DEEP)
def test_depth(opened: str, closed: str) -> None:
    """Brackets as deep as allowed are read, one more are refused."""
    each = opened.count("[") + opened.count("{")
    fits = MAX_DEPTH // each
    parse_json((opened * fits + "1" + closed * fits).encode(), "a.json")
    with pytest.raises(InputError, match="brackets deep"):
        parse_json((opened * (fits + 1) + "1" + closed * (fits + 1)).encode(), "a.json")


@pytest.mark.parametrize("part", [b"{},", b"[],", b"1,", b'"ab",'])
def test_number_of_values(monkeypatch: pytest.MonkeyPatch, part: bytes) -> None:
    """A file of too many values is refused before it is read, however small they are."""
    monkeypatch.setattr(json_file, "MAX_VALUES", 1_000)
    with pytest.raises(InputError, match="holds more than 1,000 values"):
        parse_json(b"[" + part * 1_001 + b"1]", "a.json")


def test_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """A source that gives too many rows is refused."""
    monkeypatch.setattr(records, "MAX_ROWS", 2)
    entered = Records("a.json", lenient=True)
    for name in "ab":
        entered.add("zones", name, {"zone_id": name})
    with pytest.raises(InputError, match="gives more than 2 rows"):
        entered.add("zones", "c", {"zone_id": "c"})


@pytest.mark.parametrize(
    "text",
    ["NaN", "[Infinity]", "1e400", "[" + "9" * 5_000 + "]", '"\\ud83d"', '{"\\u0000":1}', "{'a':1}", "[1,]", "\ufeff"],
)
def test_refused(text: str) -> None:
    """Numbers and characters that no table can hold, and what only looks like JSON, are refused in words."""
    with pytest.raises(InputError):
        parse_json(text.encode(), "a.json")


@given(data=st.binary(max_size=60))
def test_any_bytes(data: bytes) -> None:
    """Whatever the bytes, they are read or refused in words."""
    with suppress(InputError):
        parse_json(data, "a.json")


@given(value=st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.integers()))
def test_cells(value: object) -> None:
    """A cell is a text without blanks around it or nothing, a number is finite or nothing."""
    text = cell(value)
    assert text is None or (text and text == text.strip())
    found = number(value)
    assert found is None or abs(found) < float("inf")


@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers(-9, 9) | st.text("ab ü", max_size=5),
        lambda inner: st.lists(inner) | st.dictionaries(st.text("ab"), inner),
        max_leaves=10,
    )
)
def test_what_is_written_is_read(value: object) -> None:
    """What is written as JSON is read as the same."""
    assert parse_json(json_file.dump(value), "a.json") == json.loads(json.dumps(value))
