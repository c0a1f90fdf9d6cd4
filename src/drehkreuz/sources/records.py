# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Rows of a region's tables as a reader finds them one by one, and what it left out and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.region import TABLES, TableSchema
from drehkreuz.sources.archive import about
from drehkreuz.sources.text import MAX_FINDINGS, ROW, bounded
from drehkreuz.sources.values import explain, read_columns

MAX_ROWS: Final = 1_000_000
"""Rows of all tables together that one source may give (assumed): the register of a whole country gives some 600,000."""

LENIENT: Final = "Correct it at its source, or read it with --lenient to leave the row out."
LEFT_OUT: Final = "Left out; correct it at its source to have it."

Values = Mapping[str, str | None]
"""Text of each cell by column, numbers with a decimal point; a column left out gets its default."""


class Records:
    """
    Rows of several tables. Faults stop a strict reading and cost a lenient one the row; notes stop neither.

    Args:
        where: File or source that findings name.
        lenient: Faulty rows are left out and listed, instead of refusing the source.
    """

    def __init__(self, where: str, *, lenient: bool) -> None:
        self.where = where
        self._lenient = lenient
        self._rows: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
        self._faults: list[Finding] = []
        self._fault_count = 0
        self._count = 0
        self._notes: list[Finding] = []
        self._seen: set[object] = set()

    @property
    def lenient(self) -> bool:
        """Whether faulty rows are left out."""
        return self._lenient

    def add(self, table: str, row: str, values: Values, *, where: str = "") -> None:
        """
        Enter a row.

        Args:
            table: Name of the table.
            row: Where it stands in the source, for findings.
            values: Its cells.
            where: File it is from; empty: the source as a whole.

        Raises:
            InputError: If there are more rows than one source may give.
        """
        self._count += 1
        if self._count > MAX_ROWS:
            problem = f"gives more than {MAX_ROWS:,} rows, which is the most that is read"
            raise InputError(about(self.where, problem, "Cut it to the region."))
        told = {column: cell for column, cell in values.items() if cell is not None}
        self._rows[table].append({ROW: row, _WHERE: where or self.where, **told})

    def first(self, key: object) -> bool:
        """Return whether a key is asked about for the first time."""
        new = key not in self._seen
        self._seen.add(key)
        return new

    def fault(
        self, row: str, problem: str, *, column: str = "", value: object = "", where: str = "", remedy: str = ""
    ) -> None:
        """Enter something because of which a row, or a part of it, is left out."""
        self._fault_count += 1
        if self._room():
            told = LEFT_OUT if self._lenient else remedy or LENIENT
            self._faults.append(Finding(where or self.where, row, column, str(value), problem, told))

    def refused(self, error: InputError) -> None:
        """Enter a file that could not be read at all, as faults."""
        self._fault_count += len(error.findings)
        self._faults += error.findings[: self._room()]

    def note(self, problem: str, remedy: str, *, where: str = "") -> None:
        """Enter something worth knowing that is no fault."""
        self._notes.append(Finding(where or self.where, "", "", "", problem, remedy, "warning"))

    def settle(self, *tables: str) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
        """
        Return the tables, typed and sorted by key, and everything that was found.

        A row is left out where a cell is faulty, its key came before, or it belongs to a row that is not there.

        Args:
            tables: Those that are returned even without rows.

        Raises:
            InputError: If there are faults and the reading is strict.
        """
        names = [name for name in TABLES if name in self._rows or name in tables]
        frames: dict[str, pl.DataFrame] = {}
        for name in names:
            frames[name] = self._typed(TABLES[name], self._rows.get(name, []))
        self._drop_orphans(frames)
        faults = bounded(self._faults, self._fault_count)
        if faults and not self._lenient:
            raise InputError(*faults)
        ready = {
            name: TABLES[name].conform(frame.drop(ROW, _WHERE)).sort(TABLES[name].key) for name, frame in frames.items()
        }
        return ready, faults + self._notes

    def _typed(self, schema: TableSchema, rows: list[dict[str, str]]) -> pl.DataFrame:
        if not rows:
            return schema.empty().with_columns(pl.lit("").alias(ROW), pl.lit("").alias(_WHERE))
        told = dict.fromkeys([*(name for row in rows for name in row), *_required(schema), ROW, _WHERE])
        cells = pl.DataFrame(
            {name: [row.get(name) for row in rows] for name in told}, schema=dict.fromkeys(told, pl.String)
        )
        columns = [schema.columns[name] for name in told if name in schema.columns]
        readings = read_columns(cells, dict.fromkeys(columns, "."))
        typed = cells.with_columns(reading.value.alias(name) for name, reading in readings.items())
        faults = pl.DataFrame({name: reading.fault for name, reading in readings.items()})
        wrong = [column for column in columns if faults[column.name].null_count() < len(faults)]
        for column in wrong:
            places = faults[column.name].is_not_null().arg_true().to_list()
            room = self._room()
            for place in places[:room]:
                value = cells[place, column.name] or ""
                problem, remedy = explain(column, faults[place, column.name], value)
                where, row = cells[place, _WHERE], cells[place, ROW]
                self.fault(row, problem, column=column.name, value=value, where=where, remedy=remedy)
            self._fault_count += len(places[room:])
        sound = typed.filter(pl.all_horizontal(faults[column.name].is_null() for column in wrong)) if wrong else typed
        return self._first_of_each(schema, sound)

    def _room(self) -> int:
        return MAX_FINDINGS - len(self._faults)

    def _first_of_each(self, schema: TableSchema, frame: pl.DataFrame) -> pl.DataFrame:
        again = ~pl.struct(schema.key).is_first_distinct()
        key = schema.key[-1]
        for row in frame.filter(again).iter_rows(named=True):
            self.fault(row[ROW], "stands twice", column=key, value=row[key], where=row[_WHERE])
        return frame.filter(~again)

    def _drop_orphans(self, frames: dict[str, pl.DataFrame]) -> None:
        """Leave out rows that belong to a row which is not there; where it never was, that is said."""
        for name, frame in list(frames.items()):
            for column in TABLES[name].columns.values():
                parent = column.ref
                if parent is not None and parent in frames and parent != name and column.name in frame.columns:
                    self._drop_without(frames, name, column.name, parent)

    def _drop_without(self, frames: dict[str, pl.DataFrame], name: str, column: str, parent: str) -> None:
        key = TABLES[parent].key[0]
        known = pl.col(column).is_null() | pl.col(column).is_in(frames[parent][key].implode())
        lost = frames[name].filter(~known)
        if lost.is_empty():
            return
        left_out = {row.get(key) for row in self._rows.get(parent, [])}
        never = sorted({value for value in lost[column] if value not in left_out})
        if never:
            problem = (
                f"{len(lost):,} rows of {name} name {len(never):,} that {parent} does not hold, such as {never[0]!r}"
            )
            self.note(problem, "They are left out; ask the source for the missing ones.")
        frames[name] = frames[name].filter(known)


_WHERE: Final = "\0where"
"""Column that holds the file a row is from; no table has it."""


def _required(schema: TableSchema) -> list[str]:
    return [column.name for column in schema.columns.values() if column.required]
