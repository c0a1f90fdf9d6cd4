# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""CSV files as people and spreadsheets write them, read into tables and written back."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from drehkreuz.errors import Finding, InputError
from drehkreuz.region import TABLES, Column, TableSchema
from drehkreuz.sources.build import build
from drehkreuz.sources.cell_words import words_of
from drehkreuz.sources.crosswalk import OCCUPATIONS_LOCAL
from drehkreuz.sources.folder import GUIDE
from drehkreuz.sources.folder import NAMES as TABLE_NAMES
from drehkreuz.sources.forms import READY, RECIPE, write_templates
from drehkreuz.sources.mapping import fold, headings_of, match_headings
from drehkreuz.sources.recipe import read_recipe
from drehkreuz.sources.templates import errors_file, read_table, write_errors, write_table
from drehkreuz.sources.values import FIRST_YEAR, INT32_MAX, LAST_CLOCK, LAST_YEAR, read_column

SCHEMAS = {**TABLES, OCCUPATIONS_LOCAL.name: OCCUPATIONS_LOCAL}

NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(
    lambda text: text == text.strip() and not text.startswith("#")
)
"""Text that a cell can hold: no blanks around it, no control characters, no spreadsheet's error value."""


def values_of(column: Column) -> st.SearchStrategy[Any]:
    if column.allowed is not None:
        return st.sampled_from(column.allowed)
    if column.pattern is not None:
        return st.from_regex(f"^(?:{column.pattern})$", fullmatch=True, alphabet=st.characters(codec="ascii"))
    low, high = column.min, column.max
    whole = (-INT32_MAX if low is None else int(low), INT32_MAX if high is None else int(high))
    return {
        "id": NAMES,
        "text": NAMES,
        "int": st.integers(*whole),
        "float": st.floats(low, high, allow_nan=False, allow_infinity=False),
        "bool": st.booleans(),
        "date": st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)),
        "clock": st.integers(0, LAST_CLOCK),
        "seconds": st.integers(0, 400 * 3600),
    }[column.type]


def cells_of(column: Column) -> st.SearchStrategy[Any]:
    if column.default is not None:
        return st.one_of(st.just(column.default), values_of(column))
    return values_of(column) if column.required else st.one_of(st.none(), values_of(column))


@st.composite
def tables(draw: st.DrawFn, schema: TableSchema) -> pl.DataFrame:
    rows = st.fixed_dictionaries({name: cells_of(column) for name, column in schema.columns.items()})
    drawn = draw(st.lists(rows, min_size=1, max_size=5, unique_by=lambda row: tuple(row[name] for name in schema.key)))
    return pl.DataFrame(drawn, schema=schema.polars)


def write(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def one_column(tmp_path: Path, table: str, heading: str, cells: list[str]) -> pl.DataFrame:
    """Read cells of one column; the other required columns hold what is allowed."""
    filled = {"zones": "z{i};50,5;6,5", "stop_times": "t;{i};s;06:00:00;06:00:00"}[table]
    heads = {"zones": "zone_id;lat;lon", "stop_times": "trip_id;sequence;stop_id;arrival;departure"}[table]
    lines = [f"{filled.format(i=i)};{cell}" for i, cell in enumerate(cells)]
    path = write(tmp_path / f"{table}.csv", "\n".join([f"{heads};{heading}", *lines]))
    return read_table(path, table)[0]


@pytest.mark.parametrize("name", TABLES)
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_what_is_written_is_read(tmp_path: Path, name: str, data: st.DataObject) -> None:
    """Every table of the schema comes back from its CSV file as it was written."""
    schema = TABLES[name]
    frame = data.draw(tables(schema))
    write_table(frame, tmp_path / f"{name}.csv", schema)
    read, findings = read_table(tmp_path / f"{name}.csv", name)
    assert findings == []
    assert_frame_equal(read, schema.conform(frame), abs_tol=0, rel_tol=0)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1.234,50", "1,234.50", "1234.5", "1234,5"], 1234.5),
        (["1.234.567,5", "1,234,567.5", "1 234 567,5", "1'234'567.5"], 1234567.5),
        (["0,125", "0.125", ".125", "+,125", "1.25e-1"], 0.125),
        (["1.234,5", "1234,50"], 1234.5),
    ],
)
def test_decimal_comma_and_point(tmp_path: Path, cells: list[str], expected: float) -> None:
    """A number means the same with a decimal comma, a decimal point, and any grouping of thousands."""
    rows = [f"car_km;{cell};EUR/km;x;2026-01-01;{2000 + i}-01-01" for i, cell in enumerate(cells)]
    path = write(tmp_path / "tariffs.csv", "\n".join(["tariff_id;preis;unit;source;checked_on;valid_from", *rows]))
    read, _ = read_table(path, "tariffs", columns={"value": "preis"})
    assert read["value"].to_list() == [expected] * len(cells)


def test_ambiguous_number_is_named(tmp_path: Path) -> None:
    """A number that may be thousands or thousandths is refused, with both readings and how to write each."""
    rows = "car_km;1.234;EUR/km;x;2026-01-01;2026-01-01"
    path = write(tmp_path / "tariffs.csv", f"tariff_id;value;unit;source;checked_on;valid_from\n{rows}\n")
    with pytest.raises(InputError) as caught:
        read_table(path, "tariffs")
    assert str(caught.value) == (
        "tariffs.csv:2: value '1.234': may mean 1234 or 1.2340. Write 1234 or 1.2340, "
        'or name the file\'s decimal separator (decimal = "," in region.toml).'
    )
    assert read_table(path, "tariffs", decimal=",")[0]["value"].to_list() == [1234.0]
    assert read_table(path, "tariffs", decimal=".")[0]["value"].to_list() == [1.234]


def test_only_one_reading_fits(tmp_path: Path) -> None:
    """A number is not ambiguous where only one of its readings is allowed: a latitude of 50.123 is no 50123."""
    path = write(tmp_path / "zones.csv", "zone_id,lat,lon,population\nz,50.123,6.456,1.234\n")
    read, _ = read_table(path, "zones")
    assert read.select("lat", "lon", "population").row(0) == (50.123, 6.456, 1234)


def test_whole_numbers(tmp_path: Path) -> None:
    """Whole numbers may carry decimals that are zero, as spreadsheets write them."""
    read = one_column(tmp_path, "zones", "population", ["12", "12.0", "12,0", "1,200", "1.200.000", ""])
    assert read["population"].to_list() == [12, 12, 12, 1200, 1_200_000, None]


def test_truth_values(tmp_path: Path) -> None:
    """Truth values are read in German, English, and as digits, in any case."""
    cells = ["ja", "Yes", "TRUE", "wahr", "1", "nein", "no", "False", "FALSCH", "0", ""]
    read = one_column(tmp_path, "stop_times", "timed", cells)
    assert read["timed"].to_list() == [True] * 5 + [False] * 5 + [True]  # the column's default


def test_days_and_times(tmp_path: Path) -> None:
    """Days are read in ISO and German form, times of day past midnight."""
    text = "person_id;day;from;to\np;0;6:00;26:00\np;1;06:00:00;14:30\n"
    times, _ = read_table(write(tmp_path / "person_times.csv", text), "person_times")
    assert times.select("from", "to").rows() == [(360, 1560), (360, 870)]
    text = "service_id;date\na;2024-02-29\nb;29.02.2024\nc;1.3.2024\n"
    days, _ = read_table(write(tmp_path / "service_days.csv", text), "service_days")
    assert days["date"].to_list() == [date(2024, 2, 29), date(2024, 2, 29), date(2024, 3, 1)]


@pytest.mark.parametrize("table", [table for table in TABLE_NAMES if headings_of(table)])
def test_german_headings(table: str) -> None:
    """Every German heading names the one column it is listed under, however it is spelt."""
    schema = SCHEMAS[table]
    listed = headings_of(table)
    assert set(listed) <= set(schema.columns)
    folded = [fold(name) for names in listed.values() for name in names]
    assert len(folded) == len(set(folded))
    for column, names in listed.items():
        for name in names:
            headings = [other for other in schema.columns if other != column] + [f" {name.upper()} "]
            found, unknown = match_headings(headings, schema, "x.csv")
            assert (found[column], unknown) == (f" {name.upper()} ", [])


def test_german_words_in_cells() -> None:
    """Every German word is one value that its column allows, and no word is two values or another value's own name."""
    for table, schema in SCHEMAS.items():
        for column in schema.columns.values():
            words = words_of(table, column.name)
            said = [word.lower() for listed in words.values() for word in listed]
            assert len(said) == len(set(said))
            assert not set(said) & {str(value) for value in column.allowed or ()}
            for value, listed in words.items():
                cells = pl.DataFrame({"cell": [value, *listed, *(word.upper() for word in listed)]})
                reading = read_column(column, cells["cell"], words=words)
                assert reading.fault.null_count() == len(cells)
                assert reading.value.n_unique() == 1


def test_words_are_of_columns_that_are_there() -> None:
    """No word is listed for a column that no table has."""
    listed = tomllib.loads(files("drehkreuz.sources").joinpath("cell_words.toml").read_text(encoding="utf-8"))
    assert [(t, c) for t, columns in listed.items() for c in columns if c not in SCHEMAS[t].columns] == []


def test_headings_are_matched_loosely() -> None:
    """Case, blanks, hyphens and umlauts of a heading do not matter."""
    assert fold("Verfügbar ab") == fold("VERFUEGBAR_AB") == fold(" verfügbar-ab ") == "verfuegbar_ab"
    found, _ = match_headings(["Zone ID", "LAT", "Länge"], TABLES["zones"], "x.csv")
    assert found == {"zone_id": "Zone ID", "lat": "LAT", "lon": "Länge"}


def test_columns_are_mapped_and_ignored_by_name(tmp_path: Path) -> None:
    """A foreign table becomes a region's by naming its columns; none is left out unless it is named or all are."""
    text = "id,lon,lat,population,schools,jobs\n89a9,-51.15,-30.05,0,0,1214\n"
    path = write(tmp_path / "hexgrid.csv", text)
    columns = {"zone_id": "id"}
    expected = ["89a9"]
    assert read_table(path, "zones", columns=columns, ignore=["schools", "jobs"])[0]["zone_id"].to_list() == expected
    assert read_table(path, "zones", columns=columns, ignore="rest")[0]["zone_id"].to_list() == expected
    with pytest.raises(InputError, match="schools"):
        read_table(path, "zones", columns=columns, ignore=["jobs"])


def test_spreadsheet_realities(tmp_path: Path) -> None:
    """Byte order mark, CRLF, semicolons, quotation marks, empty columns and rows at the end, and blanks do no harm."""
    text = '﻿Zelle;Breite ; Länge;Ortsname;;\r\n Z1 ;50,77;6,08;"Aachen; ""Mitte""";;\r\n;;;;;\r\n\r\n'
    read, _ = read_table(write(tmp_path / "zones.csv", text), "zones")
    assert read.select("zone_id", "lat", "lon", "name").rows() == [("Z1", 50.77, 6.08, 'Aachen; "Mitte"')]


def test_formula_cells_are_text(tmp_path: Path) -> None:
    """A cell that begins like a formula is kept as text and never computed."""
    read = one_column(tmp_path, "zones", "name", ["=1+1", "+49 241", "@home"])
    assert read["name"].to_list() == ["=1+1", "+49 241", "@home"]


def test_lenient_reading_drops_and_lists(tmp_path: Path) -> None:
    """Lenient reading leaves out each faulty row and each unknown column, and lists them all."""
    text = "zone_id,lat,lon,colour\na,50,6,red\nb,95,6,red\nc,x,6,red\na,51,6,red\nd,50,6\ne,50,6,red\n"
    path = write(tmp_path / "zones.csv", text)
    read, findings = read_table(path, "zones", lenient=True)
    assert read["zone_id"].to_list() == ["a", "e"]
    assert [(f.row, f.column) for f in findings] == [
        ("1", "heading"),
        ("6", ""),
        ("3", "lat"),
        ("4", "lat"),
        ("5", "zone_id"),
    ]
    with pytest.raises(InputError) as caught:
        read_table(path, "zones")
    assert list(caught.value.findings) == findings


def test_findings_are_bounded(tmp_path: Path) -> None:
    """A strict reading lists a thousand findings and counts the rest."""
    rows = "\n".join(f"{i},x,6" for i in range(2_500))
    with pytest.raises(InputError) as caught:
        read_table(write(tmp_path / "zones.csv", f"zone_id,lat,lon\n{rows}\n"), "zones")
    assert len(caught.value.findings) == 1_001
    assert "1,500 more" in caught.value.findings[-1].problem


def test_too_many_rows(tmp_path: Path) -> None:
    """A file with more rows than the limit is refused by their number."""
    rows = "\n".join(f"{i},50,6" for i in range(11))
    with pytest.raises(InputError, match="11 rows; at most 10"):
        read_table(write(tmp_path / "zones.csv", f"zone_id,lat,lon\n{rows}\n"), "zones", max_rows=10)


def test_rows_keep_the_file_order(tmp_path: Path) -> None:
    """Reading changes neither the order of the rows nor their number."""
    names = [f"z{i * 7919 % 1000}" for i in range(1000)]
    rows = "\n".join(f"{name},50,6" for name in names)
    read, _ = read_table(write(tmp_path / "zones.csv", f"zone_id,lat,lon\n{rows}\n"), "zones")
    assert read["zone_id"].to_list() == names


def test_errors_file(tmp_path: Path) -> None:
    """The list of faulty rows stands beside the file, opens in a spreadsheet, and holds no formula."""
    path = errors_file(tmp_path / "people.csv.gz")
    assert path == tmp_path / "people.errors.csv"
    finding = Finding("people.csv", "3", "hours_min", "=cmd|x", "is a formula", "Write the value; it is “a number”.")
    write_errors([finding], path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    read = pl.read_csv(path, separator=";", infer_schema=False)
    assert read.columns == ["file", "row", "column", "value", "problem", "remedy"]
    assert read.row(0) == ("people.csv", "3", "hours_min", "'=cmd|x", finding.problem, finding.remedy)


def test_templates(tmp_path: Path) -> None:
    """There is a file for every table with a heading for each column that a person fills in; the guide explains them."""
    written = write_templates(tmp_path / "new")
    assert sorted(path.stem for path in written) == sorted((*TABLE_NAMES, "columns", "region", "person"))
    guide = pl.read_csv(tmp_path / "new" / GUIDE, separator=";", infer_schema=False)
    for path in (path for path in written if path.stem in TABLE_NAMES):
        schema = SCHEMAS[path.stem]
        asked = [c for c in schema.columns if "first_seen" not in schema.columns or c not in SOURCED_NAMES]
        named = guide.filter(pl.col("file") == path.relative_to(tmp_path / "new").as_posix())
        assert named["column"].to_list() == asked
        if path.stem in READY:
            assert len(read_table(path, schema)[0])
            continue
        assert path.read_text(encoding="utf-8-sig").strip().split(";") == named["heading"].to_list()
        with pytest.raises(InputError, match="has a header and no rows"):
            read_table(path, schema)


def test_ready_rotas_are_sound(tmp_path: Path) -> None:
    """What comes filled in makes a region without a finding."""
    write_templates(tmp_path)
    report = build(read_recipe(tmp_path / RECIPE), tmp_path / "region")
    assert report.findings == ()
    assert set(report.region.tables) == set(READY)


SOURCED_NAMES = {"source", "source_id", "first_seen", "last_seen"}


def test_templates_replace_nothing(tmp_path: Path) -> None:
    """Where one of the files is there already, none is written."""
    write(tmp_path / "zones.csv", "mine")
    with pytest.raises(InputError, match=r"zones\.csv: is already there"):
        write_templates(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["zones.csv"]


def test_template_recipe_reads_what_is_filled_in(tmp_path: Path) -> None:
    """The recipe beside the templates reads each table that holds a row, and no emptied one."""
    write_templates(tmp_path)
    for name, line in (("zones", "z;;;;50,7;6,1;"), ("places", ";;;;;")):
        with (tmp_path / f"{name}.csv").open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
    own = [source for source in read_recipe(tmp_path / RECIPE).sources if source.provenance.source == "Example"]
    assert [(source.path, source.provenance.kind) for source in own] == [(tmp_path / "zones.csv", "observed")]
