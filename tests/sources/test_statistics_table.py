# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Tables of statistical offices: headings of two rows, keys, sums, secrets, footnotes, and layouts of one's own."""

from __future__ import annotations

from contextlib import suppress
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.errors import InputError
from drehkreuz.sources.statistics_table import SHIPPED, read_layout, read_statistics
from sources.workbooks import Cell, write_workbook

COMMUTERS: list[list[Cell]] = [
    ["Statistik der Bundesagentur für Arbeit"],
    ["Pendler nach Gemeinden, Stichtag 30. Juni 2025"],
    [],
    ["Wohnort", None, "Arbeitsort", None, "Insgesamt", "darunter"],
    ["Schlüssel", "Name", "Schlüssel", "Name", None, "Männer"],
    [5358008, "Düren, Stadt 1)", "05334002", "Aachen, Stadt", 1234, 700],
    [None, None, "05358024", "Jülich, Stadt", "*", "*"],
    [None, None, "05", "Nordrhein-Westfalen", 5000, 2500],
    [None, None, None, "Auspendler insgesamt", 6000, 3000],
    ["05358024", "Jülich, Stadt", "05358008", "Düren, Stadt", "-", "-"],
    ["1) einschließlich Ortsteile"],
    ["Erstellungsdatum: 01.10.2025"],
]

EMPLOYED = (
    "Beschäftigte am Wohnort;;;;\n\nSchlüssel;Gemeinde;Insgesamt;Männer;Frauen\n"
    "05358008;Düren²;36.120;19.004 3);*\n05358;Kreis Düren;110.000;60.000;50.000\n5358024;Jülich;14 001;-;7.000\n"
)


def write(folder: Path, text: str, name: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_commuters(tmp_path: Path) -> None:
    """Homes carry down their block, lost zeros come back, secrets stay unknown, a dash is none, sums are left out."""
    path = write_workbook(tmp_path / "pendler.xlsx", sheet1="<worksheet/>", rows=COMMUTERS)
    layout = write(
        tmp_path, _shipped("commuters").replace('table = "commuting"', 'table = "commuting"\nsheet = "Daten"'), "l.toml"
    )
    tables, findings = read_statistics(path, read_layout(layout))
    assert tables["commuting"].rows() == [
        ("DE", "05358008", "DE", "05334002", 1234),
        ("DE", "05358008", "DE", "05358024", None),
        ("DE", "05358024", "DE", "05358008", 0),
    ]
    assert [finding.problem for finding in findings] == [
        "1 figures are kept secret by the office and stay empty",
        "4 rows have no key of the length asked, such as sums and notes, and are left out",
    ]


def test_employed(tmp_path: Path) -> None:
    """Each column of figures gives rows of its own; points and blanks within figures part thousands."""
    tables, _ = read_statistics(write(tmp_path, EMPLOYED, "svb.csv"), read_layout("employed"))
    rows = tables["margins"].select("margin", "municipality", "sex", "count").rows()
    assert rows == [
        ("employed", "05358008", "", 36_120),
        ("employed", "05358008", "f", None),
        ("employed", "05358008", "m", 19_004),
        ("employed", "05358024", "", 14_001),
        ("employed", "05358024", "f", 7_000),
        ("employed", "05358024", "m", 0),
    ]


def test_a_layout_for_an_odd_csv(tmp_path: Path) -> None:
    """A layout without counts reads one row of the table from each row of the file, constants added."""
    text = (
        'table = "zones"\nheadings = ["PLZ"]\ncolumns = { zone_id = "PLZ", name = "Ort", lat = "Nord", lon = "Ost" }\n'
    )
    layout = write(tmp_path, text + 'constants = { country = "DE" }\nkeys = { zone_id = 5 }\n', "layout.toml")
    path = write(tmp_path, "Liste\nPLZ;Ort;Nord;Ost\n52349;Düren 1);50,80;6,48\n1) Mitte der Stadt\n", "plz.csv")
    tables, _ = read_statistics(path, read_layout(layout))
    assert tables["zones"].rows() == [("52349", "Düren", None, "DE", 50.8, 6.48, None)]


WRONG = {
    "table": ('table = "zonen"\nheadings = ["a"]\ncolumns = { a = "a" }', "Did you mean 'zones'"),
    "column": ('table = "zones"\nheadings = ["a"]\ncolumns = { zone = "a" }', "table zones has no such column"),
    "constant": (
        'table = "zones"\nheadings = ["a"]\ncolumns = { lat = "a" }\nconstants = { x = "1" }',
        "no such column",
    ),
    "down": ('table = "zones"\nheadings = ["a"]\ncolumns = { lat = "a" }\ndown = ["lon"]', "is no column that is read"),
    "levels": ('table = "zones"\nheadings = ["a"]\ncolumns = { lat = "a" }\nlevels = 9', "is not between 1 and 5"),
    "no number": ('table = "zones"\nheadings = ["a"]\ncolumns = { lat = "a" }\nlevels = "2"', "is not a whole number"),
    "keys": (
        'table = "zones"\nheadings = ["a"]\ncolumns = { lat = "a" }\nkeys = { lat = "8" }',
        "is not a list of pairs",
    ),
    "count": ('table = "margins"\nheadings = ["a"]\ncolumns = { sex = "a" }\n[[count]]\ncolumn = "b"', "has no as"),
    "missing": ('headings = ["a"]', "has no table"),
}


@pytest.mark.parametrize(("text", "problem"), WRONG.values(), ids=WRONG)
def test_wrong_layouts(tmp_path: Path, text: str, problem: str) -> None:
    """A layout that names what is not there is refused with what there is."""
    with pytest.raises(InputError) as refused:
        read_layout(write(tmp_path, text, "layout.toml"))
    assert any(problem in str(finding) for finding in refused.value.findings)


def test_headings_that_are_not_there(tmp_path: Path) -> None:
    """A file whose headings are others is refused with those it has."""
    with pytest.raises(InputError, match="none of the first 100 rows has the headings"):
        read_statistics(write(tmp_path, "a;b\n1;2\n", "a.csv"), read_layout("employed"))
    layout = _shipped("employed").replace('municipality = "Schlüssel"', 'municipality = "Gemeindeschluessel"')
    with pytest.raises(InputError, match="has no heading 'Gemeindeschluessel'"):
        read_statistics(write(tmp_path, EMPLOYED, "b.csv"), read_layout(write(tmp_path, layout, "l.toml")))


def test_a_figure_that_is_none(tmp_path: Path) -> None:
    """A figure that cannot be read is refused with its line; a lenient reading keeps the others."""
    path = write(tmp_path, EMPLOYED.replace("14 001", "viele"), "a.csv")
    with pytest.raises(InputError, match=r"a\.csv:6: count 'viele': is not a number"):
        read_statistics(path, read_layout("employed"))
    tables, _ = read_statistics(path, read_layout("employed"), lenient=True)
    assert len(tables["margins"]) == 5


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_layouts(name: str) -> None:
    """Layouts that come with the software are whole."""
    assert read_layout(name).counts


@settings(max_examples=12)
@given(
    cells=st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=9), min_size=1, max_size=6),
    lenient=st.booleans(),
)
def test_any_cells(tmp_path_factory: pytest.TempPathFactory, cells: list[str], *, lenient: bool) -> None:
    """Whatever stands in a row, it is read or refused in words."""
    path = write(tmp_path_factory.mktemp("statistics"), EMPLOYED + ";".join(["05358012", *cells]), "a.csv")
    with suppress(InputError):
        read_statistics(path, read_layout("employed"), lenient=lenient)


def _shipped(name: str) -> str:
    return files("drehkreuz.sources").joinpath("layouts", f"{name}.toml").read_text(encoding="utf-8")
