# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A table as page, file and JSON."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from drehkreuz.reports.words import Words
from drehkreuz_web.planner.table import BOM, FORMULA, Column, Table

COLUMNS = (Column("group", "Gruppe", "text"), Column("all", "Alle"))


def table(*rows: tuple[str, int | None]) -> Table:
    return Table("test", "Test", COLUMNS, rows, ("Summe", 1234567))


def test_the_page_writes_numbers_as_the_language_does() -> None:
    """Thousands have separators, a minus is a minus, and a count that is not shown a dot."""
    shown = table(("a", -1200), ("b", None)).shown(Words("de"))
    assert shown == [["a", "−1.200"], ["b", "·"], ["Summe", "1.234.567"]]


def test_a_change_has_its_sign() -> None:
    """A page shows a change with its sign, none as zero; its file has plain digits."""
    changes = Table(
        "test", "Test", (COLUMNS[0], Column("change", "Mehr", "change")), [("a", 1200), ("b", -3), ("c", 0)]
    )
    assert [row[1] for row in changes.shown(Words("de"))] == ["+1.200", "−3", "0"]
    assert changes.as_csv(Words("de")).splitlines()[1:] == ["a;1200", "b;-3", "c;0"]


def test_the_file_writes_plain_digits() -> None:
    """A file has no separators of thousands, a byte order mark, and ends lines as RFC 4180 has it."""
    found = table(("a; b", -1200), ("b", None)).as_csv(Words("de"))
    assert found == f'{BOM}Gruppe;Alle\r\n"a; b";-1200\r\nb;·\r\nSumme;1234567\r\n'
    assert table(("a, b", 1)).as_csv(Words("en")).splitlines()[1] == '"a, b",1'


@given(st.text(max_size=20))
def test_no_text_is_a_formula(text: str) -> None:
    """Whatever a name is, no cell of a file begins as a formula does; numbers alone may begin with a minus."""
    name = text.replace("\x00", "")
    rows = list(csv.reader(io.StringIO(table((name, -1)).as_csv(Words("de")), newline=""), delimiter=";"))
    assert not rows[1][0].startswith(FORMULA)
    assert rows[1][0].removeprefix("'") == name.removeprefix("'") or rows[1][0] == name
    assert rows[1][1] == "-1"


def test_json_has_null_for_what_is_not_shown() -> None:
    """In JSON rows are objects by the columns' keys."""
    found = table(("a", 5), ("b", None)).as_json()
    assert found["rows"] == [{"group": "a", "all": 5}, {"group": "b", "all": None}]
    assert found["sums"] == {"group": "Summe", "all": 1234567}
