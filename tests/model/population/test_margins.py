# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Margins as offices and people write them, and what is said of those that cannot be read."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.errors import InputError
from drehkreuz.model.population import margins_of, read_margins
from drehkreuz.model.population.margins import accepting
from drehkreuz.region import Region

WriteMargin = Callable[..., Path]
MakeRegion = Callable[..., Region]


def test_a_margin_as_an_office_writes_it(write_margin: WriteMargin) -> None:
    """Source and day stand above; thousands are grouped, - is none, * is unknown and not zero."""
    path = write_margin("alter", "Gemeinde;Alter;Anzahl", "99001;15-24;1.234", "99001;25+;-", "99002;15-24;*")
    (margin,) = read_margins([path])
    assert (margin.name, margin.source, margin.date) == ("alter", "Statistisches Amt Musterland", date(2025, 12, 31))
    assert (margin.geography, margin.dimensions, margin.known) == ("municipality", ("age",), 1234)
    assert [(row.least, row.most, row.known) for row in margin.rows] == [
        (1234, 1234, True),
        (0, 0, True),
        (0, math.inf, False),
    ]
    assert margin.rows[2].label == "99002, age 15-24"


def test_bounds_of_a_secret_figure(write_margin: WriteMargin) -> None:
    """A figure kept secret may have bounds, which count only where the figure is missing."""
    lines = ("Status;Anzahl;mindestens;höchstens", "arbeitslos;*;1;2", "beschäftigt;40;1;2")
    (margin,) = read_margins([write_margin("status", *lines)])
    assert [(row.least, row.most) for row in margin.rows] == [(1, 2), (40, 40)]


@pytest.mark.parametrize(
    ("dimension", "cell", "inside", "outside"),
    [
        ("age", "25-34", 34, 35),
        ("age", "65+", 90, 64),
        ("age", "17", 17, 18),
        ("age", "15 bis 24|65+", 70, 30),
        ("employment_status", "arbeitslos", "unemployed", "employed"),
        ("employment_status", "employed|part_time", "part_time", "student"),
        ("car", "ja", True, False),
        ("level", "1|2", 2, 3),
        ("occupation", "26", "26212", "25102"),
    ],
)
def test_what_a_cell_means(dimension: str, cell: str, inside: object, outside: object) -> None:
    """A cell means the values it names, in German too, or any of several."""
    tests = accepting(cell, dimension)
    assert tests is not None
    assert any(test(inside) for test in tests)
    assert not any(test(outside) for test in tests)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("Geschlecht;Anzahl", "m;3"), "is not known of the people of a region"),
        (("Altr;Anzahl", "15-24;3"), "Did you mean 'alter'?|is nothing that people are told apart by"),
        (("Alter;Anzahl", "alt;3"), "cannot be read"),
        (("Alter;Anzahl", "15-24;viele"), "is no count of people"),
        (("Alter;Anzahl", "15-24;-3"), "is no count of people"),
        (("Alter;Anzahl", "15-24;2,5"), "is no count of people"),
        (("Alter;Anzahl;least;most", "15-24;*;9;3"), "is no count of people"),
        (("PLZ;Gemeinde;Anzahl", "1;2;3"), "stands beside zone_id"),
        (("Alter;Altersgruppe;Anzahl", "1;2;3"), "stands for a column that is there already"),
        (("Alter;Zahl", "15-24;3"), "has the heading count"),
        (("Alter;Anzahl",), "has no rows"),
    ],
)
def test_what_cannot_be_read_is_told(write_margin: WriteMargin, lines: tuple[str, ...], told: str) -> None:
    """A margin that cannot be understood is refused with its line and what to do."""
    with pytest.raises(InputError, match=told) as caught:
        read_margins([write_margin("x", *lines)])
    assert all(finding.where == "x.csv" and finding.remedy for finding in caught.value.findings)


def test_a_margin_without_a_source_is_refused(tmp_path: Path) -> None:
    """Whoever publishes fitted figures names source, day and licence: a margin that does not say them is refused."""
    path = tmp_path / "x.csv"
    path.write_text("Stand;gestern\nAlter;Anzahl\n15-24;3\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_margins([path, tmp_path / "none.csv"])
    assert [(finding.where, finding.column) for finding in caught.value.findings][:3] == [
        ("x.csv", "source"),
        ("x.csv", "licence"),
        ("x.csv", "date"),
    ]
    assert len(caught.value.findings) == 4


def test_margins_of_a_region(make_region: MakeRegion) -> None:
    """The region's own table gives a margin for all rows alike, coarsest first; sexes are summed, posts are no people."""
    rows: list[dict[str, object]] = [
        {"margin": "employed", "municipality": "1", "sex": "f", "count": 3},
        {"margin": "employed", "municipality": "1", "sex": "m", "count": 4},
        {"margin": "employed", "municipality": "2", "sex": "f", "count": None},
        {"margin": "employed", "municipality": "2", "sex": "m", "count": 4},
        {"margin": "employed", "municipality": "3", "count": 9},
        {"margin": "employed", "municipality": "3", "sex": "m", "count": 5},
        {"margin": "unemployed", "count": 2},
        {"margin": "posts", "count": 99},
    ]
    found = margins_of(make_region(margins=rows))
    assert [(margin.name, margin.geography) for margin in found] == [
        ("unemployed-all", ""),
        ("employed-by-municipality", "municipality"),
    ]
    assert [(row.label, row.least, row.known) for row in found[1].rows] == [
        ("1, employment_status employed|part_time|apprentice", 7, True),
        ("2, employment_status employed|part_time|apprentice", 0, False),
        ("3, employment_status employed|part_time|apprentice", 9, True),
    ]
    assert found[0].rows[0].cells == {"employment_status": "unemployed"}
    with pytest.raises(InputError, match="counts no people"):
        margins_of(make_region(margins=rows[-1:]))


HEAD = b"Quelle;A\nStand;2025-12-31\nLizenz;L\n"


@settings(max_examples=60)
@given(
    st.binary(max_size=60),
    st.sampled_from([b"", HEAD, HEAD + b"Alter;Anzahl\n", HEAD + b"PLZ;Status;Anzahl;least;most\n"]),
)
def test_whatever_stands_in_a_file_is_read_or_told(rest: bytes, head: bytes) -> None:
    """No bytes make the reader fail otherwise than with findings."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.csv"
        path.write_bytes(head + rest)
        with suppress(InputError):
            assert read_margins([path])[0].rows
