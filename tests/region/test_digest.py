# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A digest says what a table says: nothing else changes it, and everything it says does."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from time import perf_counter

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from drehkreuz.region.digest import array_digest, table_digest, text_digest

VALUES = {
    pl.Int32: st.integers(-(2**31), 2**31 - 1),
    pl.Float64: st.floats(allow_nan=True),
    pl.Boolean: st.booleans(),
    pl.Date: st.dates(date(1, 1, 1), date(9999, 12, 31)),
    pl.String: st.text(st.characters(codec="utf-8"), max_size=30),
}
NAMES = ["a", "b", "ab", "ü"]


@st.composite
def frames(draw: st.DrawFn, min_rows: int = 0) -> pl.DataFrame:
    """Draw a frame of up to four columns and eight rows, with nulls."""
    rows = draw(st.integers(min_rows, 8))
    columns = []
    for name in draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=1, max_size=4)):
        dtype = draw(st.sampled_from(list(VALUES)))
        values = st.none() | VALUES[dtype]
        columns.append(pl.Series(name, draw(st.lists(values, min_size=rows, max_size=rows)), dtype=dtype))
    return pl.DataFrame(columns)


@given(frames(), st.integers(0, 8))
def test_chunks(frame: pl.DataFrame, cut: int) -> None:
    """How rows are cut into chunks does not count."""
    pieces = pl.concat([frame[:cut], frame[cut:]], rechunk=False)
    assert table_digest(pieces) == table_digest(frame)


@given(frames(), st.integers(0, 3), st.integers(0, 3))
def test_slices(frame: pl.DataFrame, before: int, after: int) -> None:
    """Rows cut out of a longer table count like rows of their own."""
    longer = pl.concat([frame.clear(before), frame, frame.clear(after)])
    assert table_digest(longer[before : before + frame.height]) == table_digest(frame)


@given(frames())
def test_files(frame: pl.DataFrame) -> None:
    """The file that rows come from does not count."""
    arrow, parquet = io.BytesIO(), io.BytesIO()
    frame.write_ipc(arrow, compression="lz4", compat_level=pl.CompatLevel.oldest())
    frame.write_parquet(parquet)
    arrow.seek(0)
    parquet.seek(0)
    assert table_digest(pl.read_ipc(arrow)) == table_digest(frame)
    assert table_digest(pl.read_parquet(parquet)) == table_digest(frame)


@given(frames(min_rows=1), st.data())
def test_hidden_values(frame: pl.DataFrame, data: st.DataObject) -> None:
    """What lies under a null does not count."""
    mask = pl.Series(data.draw(st.lists(st.booleans(), min_size=frame.height, max_size=frame.height)))
    hidden = frame.with_columns(pl.when(~mask).then(pl.all()))
    rebuilt = pl.DataFrame([pl.Series(s.name, s.to_list(), dtype=s.dtype) for s in hidden])
    assert table_digest(hidden) == table_digest(rebuilt)


@given(frames(), frames())
def test_different_frames(one: pl.DataFrame, other: pl.DataFrame) -> None:
    """Two frames have the same digest only if they say the same."""
    same = one.schema == other.schema and one.equals(other)
    if not same:
        assert table_digest(one) != table_digest(other)


@given(frames(min_rows=1), st.data())
def test_one_value(frame: pl.DataFrame, data: st.DataObject) -> None:
    """One value changed, made null or filled in changes the digest."""
    column, row = data.draw(st.sampled_from(frame.columns)), data.draw(st.integers(0, frame.height - 1))
    new = data.draw(st.none() | VALUES[type(frame.schema[column])])
    values = frame[column].to_list()
    values[row] = new
    changed = frame.with_columns(pl.Series(column, values, dtype=frame.schema[column]))
    assume(not changed.equals(frame))
    assert table_digest(changed) != table_digest(frame)


@given(frames(min_rows=2))
def test_row_order(frame: pl.DataFrame) -> None:
    """Rows in another order are another table."""
    assume(not frame.equals(frame.reverse()))
    assert table_digest(frame.reverse()) != table_digest(frame)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": ["ab", "c"]}, {"a": ["a", "bc"]}),
        ({"a": ["", None]}, {"a": [None, ""]}),
        ({"a": [0, None]}, {"a": [0, 0]}),
        ({"a": [1], "b": [2]}, {"b": [2], "a": [1]}),
        ({"a": [1], "b": [2]}, {"a": [2], "b": [1]}),
        ({"a": []}, {"b": []}),
        ({"a": [1]}, {"a": [1.0]}),
        ({"a": [0.0]}, {"a": [-0.0]}),
    ],
)
def test_near_misses(one: dict[str, list[object]], other: dict[str, list[object]]) -> None:
    """Where values, nulls, names and types lie close together the digests still differ."""
    assert table_digest(pl.DataFrame(one)) != table_digest(pl.DataFrame(other))


def test_all_nan_are_one() -> None:
    """Which bits a NaN has does not count."""
    bits = np.array([0x7FF8000000000000, 0xFFF8000000000001], dtype=np.uint64).view(np.float64)
    assert table_digest(pl.DataFrame({"a": bits[:1]})) == table_digest(pl.DataFrame({"a": bits[1:]}))


def test_categories() -> None:
    """A category counts by its text, not by its number."""
    one = pl.DataFrame({"a": ["x", "y"]}, schema={"a": pl.Categorical})
    pl.Series(["y", "z"], dtype=pl.Categorical)
    other = pl.DataFrame({"a": ["y", "x"]}, schema={"a": pl.Categorical}).reverse()
    assert table_digest(one) == table_digest(other)


def test_times() -> None:
    """Moments and durations have digests."""
    moments = pl.DataFrame({"t": [datetime(2026, 1, 1, 6)], "d": [timedelta(minutes=7)]})  # noqa: DTZ001  # a timetable's clock
    later = moments.with_columns(pl.col("t") + pl.col("d"))
    assert table_digest(moments) != table_digest(later)


def test_nested_columns_are_refused() -> None:
    """A column of lists is refused by name rather than given a digest that may not hold."""
    with pytest.raises(TypeError, match="column 'a' of type List"):
        table_digest(pl.DataFrame({"a": [[1, 2]]}))


def test_arrays() -> None:
    """An array's type, shape and elements count, its strides do not."""
    grid = np.arange(6.0).reshape(2, 3)
    assert array_digest(np.asfortranarray(grid)) == array_digest(grid)
    assert array_digest(grid[:, ::-1][:, ::-1]) == array_digest(grid)
    others = [grid.ravel(), grid.T, grid.astype(np.float32), grid.astype(">f8"), grid + 1, grid[:1], grid[:0]]
    digests = {array_digest(other) for other in [grid, *others]}
    assert len(digests) == 1 + len(others)
    assert array_digest(np.array(1)) != array_digest(np.array([1]))
    with pytest.raises(TypeError, match="Python objects"):
        array_digest(np.array([None]))


def test_golden() -> None:
    """Digests stay what they are from version to version: snapshots and caches hold them."""
    frame = pl.DataFrame(
        {"a": [1, None, 3], "b": ["x", "ü" * 20, None], "c": [True, None, False], "d": [0.5, None, float("nan")]},
        schema={"a": pl.Int32, "b": pl.String, "c": pl.Boolean, "d": pl.Float64},
    )
    assert table_digest(frame) == "64f70b2626ae95c0a11548ccca75438a"
    assert array_digest(np.arange(5, dtype="<i4")) == "d277a6fbe62047be4a1a2cb0bc77eb3c"
    assert text_digest("Drehkreuz") == "7006e73b59aa21b27075b011e45d7a2f"


def test_speed() -> None:
    """Numbers are digested at memory's pace, not at Python's."""
    frame = pl.DataFrame({name: np.arange(1_000_000, dtype=np.float64) for name in "abcd"})
    begun = perf_counter()
    table_digest(frame)
    assert frame.estimated_size() / (perf_counter() - begun) > 50e6  # about 700e6 on an idle machine
