# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Files that replace what is assumed or modelled, and what is said when they are wrong."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from drehkreuz.errors import InputError
from drehkreuz.foresight import WHOLE, outlook, read_assumptions, read_official
from drehkreuz.foresight.assumptions import VARIANTS

KEYS = ("01", "02")
YEARS = range(2026, 2036)


def write(folder: Path, text: str, name: str = "file") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_official_figures_replace_modelled_ones(towns: Any, tmp_path: Path) -> None:
    """An official row stands in the place of the modelled one with its source; sums are taken anew and say so; no other row changes."""
    file = write(
        tmp_path,
        "municipality;year;quantity;value;source\n01;2030;working_age;6100;IT.NRW, Vorausberechnung\n",
    )
    modelled = outlook(towns())
    found = outlook(towns(), official=read_official(file, KEYS, YEARS))
    row = found.of("01").filter(pl.col("year") == 2030, pl.col("quantity") == "working_age").row(0, named=True)
    assert (row["value"], row["kind"], row["source"]) == (6100, "official", "IT.NRW, Vorausberechnung")
    assert row["p10"] is row["low"] is None
    whole = found.of().filter(pl.col("year") == 2030, pl.col("quantity") == "working_age").row(0, named=True)
    other = modelled.of("02").filter(pl.col("year") == 2030, pl.col("quantity") == "working_age")["value"].item()
    assert (whole["value"], whole["kind"]) == (6100 + other, "partly official")
    assert whole["source"] == "IT.NRW, Vorausberechnung"
    same = found.table.filter(pl.col("kind") == "modelled")
    assert len(same) == len(modelled.table) - 2
    assert same.equals(modelled.table.join(same, on=["municipality", "year", "quantity"], how="semi"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "01,2030,workin_age,5,IT.NRW",
            "2: quantity 'workin_age': is no quantity of the outlook.*Did you mean 'working_age'",
        ),
        ("09,2030,working_age,5,IT.NRW", "2: municipality '09': is no municipality of the region"),
        ("01,2050,working_age,5,IT.NRW", "2: year '2050': is no year of the outlook. Use a year from 2026 to 2035"),
        ("01,2030,working_age,viele,IT.NRW", "2: value 'viele': is no number"),
        ("01,2030,working_age,１２,IT.NRW", "2: value '１２': is no number"),
        ("01,2030,working_age,1e999,IT.NRW", "2: value '1e999': is no number"),
        ("01,٢٠٣٠,working_age,5,IT.NRW", "is no year of the outlook"),
        ("01,2030,working_age,5,", "2: is empty. Name who published|source"),
        ("01,2030,posts,5,A\n01,2030,posts,6,A", "3: quantity 'posts': is given twice for 01 in 2030"),
        ("01,2030", "is no quantity of the outlook"),
    ],
)
def test_official_rows_that_cannot_be_used(tmp_path: Path, line: str, said: str) -> None:
    """A row that cannot be used is named with its line, its value and the remedy."""
    file = write(tmp_path, f"municipality,year,quantity,value,source\n{line}\n")
    with pytest.raises(InputError, match=said):
        read_official(file, KEYS, YEARS)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"municipality,year,value\n", "has no column quantity, source"),
        (b"", "has no column municipality"),
        (b"\xff\xfe", "is not UTF-8"),
    ],
)
def test_official_files_that_cannot_be_read(tmp_path: Path, content: bytes, said: str) -> None:
    """A file without the columns, or in another encoding, is refused in one sentence."""
    file = tmp_path / "official.csv"
    file.write_bytes(content)
    with pytest.raises(InputError, match=said):
        read_official(file, KEYS, YEARS)


def test_official_file_with_an_endless_field(tmp_path: Path) -> None:
    """A file that Python's reader gives up on is refused in one sentence."""
    file = write(tmp_path, f"municipality,year,quantity,value,source\n{'x' * 2_000}\n")
    limit = csv.field_size_limit(1_000)
    try:
        with pytest.raises(InputError, match="is no CSV: field larger than field limit"):
            read_official(file, KEYS, YEARS)
    finally:
        csv.field_size_limit(limit)


def test_official_file_that_is_not_there(tmp_path: Path) -> None:
    """A missing file is named."""
    with pytest.raises(InputError, match="cannot be read"):
        read_official(tmp_path / "none.csv", KEYS, YEARS)


def test_what_is_shipped_is_whole() -> None:
    """Every parameter has a unit, a kind that is known, and a source, in both languages."""
    shipped = read_assumptions()
    for name, parameter in shipped.parameters.items():
        assert parameter.kind in ("observed", "secondary", "assumed"), name
        assert all((parameter.de, parameter.en, parameter.unit, parameter.source_de, parameter.source_en)), name
    assert {len(shipped.of(variant)) for variant in VARIANTS} == {len(shipped.parameters)}


def test_a_file_replaces_what_it_names(tmp_path: Path) -> None:
    """A value in a file of one's own replaces the shipped one, and nothing else."""
    found = read_assumptions(write(tmp_path, "[parameters.net_pay]\nmid = 2222\nsource_en = 'mine'\n"))
    shipped = read_assumptions()
    assert found.of("mid") == shipped.of("mid") | {"net_pay": 2222.0}
    assert found.of("low") == shipped.of("low")
    assert found.parameters["net_pay"].source_en == "mine"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[parameters.net_pai]\nmid = 1", "'net_pai': is no assumption; .*Did you mean 'net_pay'"),
        ("[parameters.spent]\nmid = 1.5", "spent.mid: value '1.5': is not from 0 to 1"),
        ("[parameters.spent]\nmid = 'viel'", "mid: value 'viel': is no float"),
        ("[parameters]\nspent = 3", "parameters.spent: value '3': is of another kind here"),
        ("[levels]\ntoday = [1.0, 1.0, 0.0, 0.0]", "are not four shares that sum to 1"),
        ("[ages]\nbands = [{ from = 0, to = 5, residents = 0.1, at_work = 0, die = 0 }]", "do not cover every age"),
        ("[ages]\nbands = [{ from = 0, to = 66, residents = 0.1 }]", "at_work, die': is missing or not known"),
        ("[ages]\nbands = [{ from = 0, to = 66, residents = 0.1, at_work = 0.5, die = 0 }]", "begins too early"),
        ("[ages]\nretire_from = 80", "do not rise"),
        ("[ages]\nbands = 3", "ages.bands: value '3': is of another kind here"),
        ("[ages]\nbands = [3]", "value '3': is no table"),
        (
            "[ages]\nbands = [{ from = 0, to = 9000000000, residents = 0, at_work = 0, die = 0 }]",
            "do not cover every age",
        ),
        ("[ages]\npension = 101\nbands = [{ from = 0, to = 100, residents = 0, at_work = 0, die = 0 }]", "is over 100"),
        ("[levels]\ntoday = 'viele'", "is of another kind here"),
        ("[levels]\ntoday = ['viele']", "value 'viele': is no number"),
        ("[parameters.spent]\nmid = nan", "is not from 0 to 1"),
        (f"[parameters.spent]\nmid = {'1' * 400}", "value 'inf': is not from 0 to 1"),
        (f"[levels]\ntoday = [{'1' * 400}, 0, 0, 0]", "are not four shares"),
        (f"x = {'[' * 5_000}", "is no TOML"),
        (f"x = {'1' * 5_000}", "is no TOML"),
        ("= 3", "is no TOML"),
    ],
)
def test_assumptions_that_make_no_sense(tmp_path: Path, text: str, said: str) -> None:
    """A file that names what is not there, or gives a value that cannot be, is refused with the place and the remedy."""
    with pytest.raises(InputError, match=said):
        read_assumptions(write(tmp_path, text))


def test_sums_of_the_region_stay_modelled_where_nothing_is_official(towns: Any) -> None:
    """Without an official file every row is modelled and names no source."""
    table = outlook(towns()).of(WHOLE)
    assert table["kind"].unique().to_list() == ["modelled"]
    assert table["source"].null_count() == len(table)
