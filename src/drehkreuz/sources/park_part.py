# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a firm hands in to its business park: a table of groups, none of them small."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polars as pl

from drehkreuz.commuting import MODES, Rota, Shift, shift
from drehkreuz.commuting.park import Part
from drehkreuz.commuting.sharing import ANY, LEVELS, SCHEMA, UNTOLD
from drehkreuz.errors import Finding, InputError
from drehkreuz.reach.modes import DayType
from drehkreuz.region import Region
from drehkreuz.sources.grid import Row, read_grid
from drehkreuz.sources.rota import rota_of

MOST_PEOPLE: Final = 10**6
"""Of a group (assumed): no firm of a region has more."""
_DAYS: Final = {day.name.lower(): day for day in DayType}


def read_part(path: Path, region: Region, least: int) -> Part:
    """
    Read what `drehkreuz commute analyse --share-table` wrote; the firm is called as the file is.

    Args:
        path: CSV file.
        region: Whose areas are named.
        least: Fewest people of a group.

    Raises:
        InputError: If the file is no such table, or a group is too small; tells rows, never cells.
    """
    name, rows, _ = read_grid(path)
    return part_of(path.stem, name, rows, region, least)


def part_of(firm: str, name: str, rows: Iterator[Row], region: Region, least: int) -> Part:
    """
    Read the rows of such a table.

    Args:
        firm: What the firm is called.
        name: What findings call the table.
        rows: Its rows, headings first.
        region: As `read_part`.
        least: As `read_part`.

    Raises:
        InputError: As `read_part`.
    """
    _, headings = next(rows, (0, []))
    if headings != list(SCHEMA):
        problem = "is no table for a business park; nothing of the file was read on or kept"
        remedy = "Make it with drehkreuz commute analyse … --share-table FILE: lists of people are not taken."
        raise InputError(Finding(name, "1", "", "", problem, remedy))
    groups: list[tuple[str, str, str, str, int, float]] = []
    rotas: list[Rota | None] = []
    findings = []
    for line, cells in rows:
        group = _group(cells)
        if group is None:
            findings.append(Finding(name, str(line), "", "", "is no group of such a table", "Make the table anew."))
        elif group[4] < least:
            problem = f"is a group of fewer than {least}; nothing of the file was read on or kept"
            findings.append(Finding(name, str(line), "", "", problem, "Make the table anew: it merges small groups."))
        else:
            groups.append(group)
            rotas.append(None if group[2] == ANY else _rota(group[2], region))
    if findings:
        raise InputError(*findings)
    if not groups:
        raise InputError(Finding(name, "", "", "", "has no group", "Make the table anew."))
    return Part(firm, pl.DataFrame(groups, schema=SCHEMA, orient="row"), tuple(rotas))


def _group(cells: list[str]) -> tuple[str, str, str, str, int, float] | None:
    if len(cells) != len(SCHEMA):
        return None
    level, area, times, mode, people, days = cells
    modes = {ANY, UNTOLD, *(one.value for one in MODES)}
    try:
        found = level, area, times, mode, int(people), float(days)
    except ValueError:
        return None
    sound = level in LEVELS and mode in modes and found[4] <= MOST_PEOPLE and 0 < found[5] <= 7
    return found if sound else None


def _rota(clock: str, region: Region) -> Rota | None:
    """Return the rota of `06:00-14:00+14:00-22:00 saturday`, None where the times make no sense."""
    shifts: list[Shift] = []
    for part in clock.split("+"):
        hours, _, day = part.partition(" ")
        one = rota_of(hours, {}, region)
        if one is None or day not in {"", *_DAYS}:
            return None
        times = one.shifts[0].times
        shifts.append(shift(hours, times.start, times.end, _DAYS.get(day, DayType.WEEKDAY)))
    return Rota(clock, tuple(shifts))
