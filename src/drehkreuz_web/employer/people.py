# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A firm's people on their way from a form to the process that computes: read, aggregated, and nothing else kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from drehkreuz.commuting import Rota, Shift, Workforce, shift
from drehkreuz.reach.modes import DayType
from drehkreuz.reach.visits import Times
from drehkreuz.region import Region
from drehkreuz.sources.grid import csv_grid
from drehkreuz.sources.rota import rota_of
from drehkreuz.sources.workforce import WorkforceFile, workforce_of

NAME: Final = "CSV"
"""What findings call a firm's file; its own name is never read."""

MOST_LINES: Final = 60
"""Shifts and rotas that are read."""

LONGEST_NAME: Final = 40

DAYS: Final = {
    **dict.fromkeys(("sa", "sat", "samstag", "saturday"), DayType.SATURDAY),
    **dict.fromkeys(("so", "sun", "sonntag", "sunday"), DayType.SUNDAY),
}
"""Kinds of day that a shift's line may end with; without one it is a weekday's."""

_SHIFT: Final = re.compile(r"(?P<name>.*?)[\s:]*(?P<times>\d{1,2}[:.]\d{2}\s*[-–]\s*\d{1,2}[:.]\d{2})\s*(?P<day>\w*)")


def read(content: bytes, rotas: Mapping[str, Rota], region: Region) -> WorkforceFile:
    """
    Read a firm's CSV, which may be aggregated already, without a file.

    Raises:
        InputError: As `drehkreuz.sources.workforce.read_workforce`.
    """
    rows, notes = csv_grid(content, NAME)
    return workforce_of(NAME, rows, notes, region, rotas)


def rotas(text: str, region: Region) -> tuple[dict[str, Rota], list[str]]:
    """
    Return shifts and rotas by name, and what is wrong with their lines in words.

    A line is a shift, `early 06:00-14:00`, perhaps with `Sat` or `Sun` behind it, or a rota of shifts above it,
    `crew A = early, late`.

    Args:
        text: The lines.
        region: Which also reads the times.
    """
    known: dict[str, Rota] = {}
    troubles = []
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1)]
    for number, line in [(number, line) for number, line in lines if line][:MOST_LINES]:
        rota = _turns(line, known) if "=" in line else _shift(line, region)
        if rota is None:
            told = _("Line %(n)s of the shifts is not understood. Write a name and times, such as: early 06:00-14:00.")
            troubles.append(told % {"n": number})
        else:
            known[rota.name] = rota
    return known, troubles


def _shift(line: str, region: Region) -> Rota | None:
    found = _SHIFT.fullmatch(line)
    if found is None or (found["day"] and found["day"].casefold() not in DAYS):
        return None
    same = rota_of(found["times"].replace(" ", ""), {}, region)
    if same is None:
        return None
    times, day = same.shifts[0].times, DAYS.get(found["day"].casefold(), DayType.WEEKDAY)
    name = found["name"].strip()[:LONGEST_NAME] or found["times"]
    return Rota(name, (shift(name, times.start, times.end, day),))


def _turns(line: str, known: Mapping[str, Rota]) -> Rota | None:
    name, _equals, shifts = line.partition("=")
    named = [known.get(part.strip()) for part in shifts.split(",")]
    worked = [one for rota in named if rota is not None for one in rota.shifts]
    if not name.strip() or None in named:
        return None
    return Rota(name.strip()[:LONGEST_NAME], tuple(dict.fromkeys(worked)))


def plain(staff: Workforce) -> dict[str, Any]:
    """Return a firm's groups fit for JSON: `rotas` by name with their shifts, and `rows` of cell, rota, mode, people, days."""
    columns = (staff.zone, staff.rota, staff.mode, staff.people, staff.days)
    return {
        "rotas": [[rota.name, [[one.name, *map(int, one.times)] for one in rota.shifts]] for rota in staff.rotas],
        "rows": [list(row) for row in zip(*(column.tolist() for column in columns), strict=True)],
    }


def workforce(told: Mapping[str, Any]) -> Workforce:
    """Return the groups that `plain` gave."""
    rotas = [Rota(name, tuple(_told(*one) for one in shifts)) for name, shifts in told["rotas"]]
    return Workforce.of(rotas, [(zone, rota, mode, people, days) for zone, rota, mode, people, days in told["rows"]])


def _told(name: str, start: int, end: int, day_out: int, day_back: int) -> Shift:
    return Shift(name, Times(start, end, DayType(day_out), DayType(day_back)))
