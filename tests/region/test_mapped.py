# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Tables in Arrow files are used where they lie; a damaged file is an error, never a crash."""

from __future__ import annotations

import gc
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from drehkreuz.region import mapped
from drehkreuz.region.mapped import DamagedFileError, read_mapped, write_arrow

SCHEMA = pl.Schema({"i": pl.Int32, "f": pl.Float64, "b": pl.Boolean, "d": pl.Date, "s": pl.String, "t": pl.String})
FRAME = pl.DataFrame(
    {
        "i": [1, None, -3, 4],
        "f": [0.5, float("nan"), None, 1e300],
        "b": [True, False, None, True],
        "d": [date(2026, 1, 1), None, date(1, 1, 1), date(9999, 12, 31)],
        "s": ["", None, "zwölf Zeichen lang und mehr", "kurz"],
        "t": ["immer kurz", "a", "b", "c"],
    },
    schema=SCHEMA,
)

ROWS = st.fixed_dictionaries(
    {
        "i": st.none() | st.integers(-(2**31), 2**31 - 1),
        "f": st.none() | st.floats(),
        "b": st.none() | st.booleans(),
        "d": st.none() | st.dates(),
        "s": st.none() | st.text(st.characters(codec="utf-8"), max_size=40),
        "t": st.text(st.characters(codec="utf-8"), max_size=4),
    }
)


@given(rows=st.lists(ROWS, min_size=1, max_size=20))
def test_round_trip(rows: list[dict[str, object]], tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is written is what is mapped."""
    frame = pl.DataFrame(rows, schema=SCHEMA)
    path = tmp_path_factory.mktemp("arrow") / "table.arrow"
    write_arrow(frame, path)
    assert_frame_equal(read_mapped(path, SCHEMA), frame)
    assert_frame_equal(pl.read_ipc(path), frame)


def test_chunks_and_slices(tmp_path: Path) -> None:
    """A frame in pieces is written whole, and of a slice nothing but the slice."""
    long = pl.concat([FRAME] * 500, rechunk=False)
    write_arrow(long, tmp_path / "long.arrow")
    write_arrow(long[2:5], tmp_path / "short.arrow")
    assert_frame_equal(read_mapped(tmp_path / "long.arrow", SCHEMA), long)
    assert_frame_equal(read_mapped(tmp_path / "short.arrow", SCHEMA), long[2:5])
    assert (tmp_path / "short.arrow").stat().st_size < 10_000


def test_the_files_pages_are_the_columns(tmp_path: Path) -> None:
    """A column's values lie in the mapped file, so that processes share them."""
    path = tmp_path / "table.arrow"
    write_arrow(pl.DataFrame({"f": np.arange(100_000.0)}), path)
    frame = read_mapped(path, pl.Schema({"f": pl.Float64}))
    address = frame["f"].to_numpy(allow_copy=False).__array_interface__["data"][0]
    ranges = [
        line.split()[0].split("-") for line in Path("/proc/self/maps").read_text().splitlines() if str(path) in line
    ]
    assert any(int(start, 16) <= address < int(end, 16) for start, end in ranges)


def test_the_file_may_go(tmp_path: Path) -> None:
    """Once open, a table outlives its file, and its pages are given back with the last frame that uses them."""
    path = tmp_path / "table.arrow"
    write_arrow(FRAME, path)
    lent = len(mapped._lent)
    part = read_mapped(path, SCHEMA)["s"].slice(2, 1)
    path.unlink()
    gc.collect()
    assert part.to_list() == ["zwölf Zeichen lang und mehr"]
    assert len(mapped._lent) == lent + 1
    del part
    gc.collect()
    assert len(mapped._lent) == lent


def test_open_at_exit(tmp_path: Path) -> None:
    """A table still open when the interpreter ends does no harm."""
    write_arrow(FRAME, tmp_path / "table.arrow")
    script = (
        "import sys, pathlib, polars as pl; from drehkreuz.region.mapped import read_mapped;"
        "path = pathlib.Path(sys.argv[1]); frame = read_mapped(path, pl.read_ipc(path).schema);"
        "kept = [frame, frame['s'], frame.lazy()]; sys.kept = kept"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "table.arrow")], check=True)


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"", "is no Arrow"), (b"ARROW1\0\0", "is no Arrow"), (b"PAR1" * 100, "is no Arrow")],
    ids=["empty", "cut", "parquet"],
)
def test_not_arrow(tmp_path: Path, content: bytes, problem: str) -> None:
    """A file of another kind is named as such."""
    (tmp_path / "table.arrow").write_bytes(content)
    with pytest.raises(DamagedFileError, match=problem):
        read_mapped(tmp_path / "table.arrow", SCHEMA)


def test_other_columns(tmp_path: Path) -> None:
    """A file of other columns or types names those it has."""
    write_arrow(FRAME.drop("d", "t"), tmp_path / "table.arrow")
    with pytest.raises(DamagedFileError, match="has the columns i, f, b, s, not i, f, b, d, s, t"):
        read_mapped(tmp_path / "table.arrow", SCHEMA)
    write_arrow(FRAME.with_columns(pl.col("i").cast(pl.Int64)), tmp_path / "other.arrow")
    with pytest.raises(DamagedFileError, match="has the columns"):
        read_mapped(tmp_path / "other.arrow", SCHEMA)


def test_damaged_bytes(tmp_path: Path) -> None:
    """Whatever byte of a file changes, it is refused or read as a table of the same shape: nothing reads beyond it."""
    path = tmp_path / "table.arrow"
    write_arrow(FRAME, path)
    whole = path.read_bytes()
    script = (
        "import sys, pathlib, numpy as np, polars as pl\n"
        "from drehkreuz.region.mapped import DamagedFileError, read_mapped\n"
        "path = pathlib.Path(sys.argv[1]); whole = path.read_bytes(); schema = pl.read_ipc(path).schema\n"
        "draw = np.random.default_rng(7); refused = 0\n"
        "for number in range(1500):\n"
        "    damaged = bytearray(whole)\n"
        "    for place in draw.integers(0, len(whole), draw.integers(1, 4)): damaged[place] = draw.integers(256)\n"
        "    other = path.with_name(f'{number}.arrow'); other.write_bytes(damaged)\n"
        "    try: frame = read_mapped(other, schema)\n"
        "    except DamagedFileError: refused += 1\n"
        "    else: frame.select(pl.col('s', 't').str.len_bytes().sum(), pl.col('i', 'f').sum()); frame.null_count()\n"
        "print(refused)\n"
    )
    run = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    assert 0 < int(run.stdout) < 1500
    assert path.read_bytes() == whole
