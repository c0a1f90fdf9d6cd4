# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
A firm's people from a CSV or Excel file: where they live, what they work, how they come.

Nothing that points to a person is read: a column of names, addresses, numbers or birth dates refuses the whole file, and no
message repeats a cell of it. Coordinates are snapped to a cell of the region at once and not kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from scipy.spatial import KDTree

from drehkreuz.commuting import MODES, UNKNOWN, Rota, Workforce
from drehkreuz.errors import Finding, InputError
from drehkreuz.reach.points import Points, earth_xyz
from drehkreuz.region import Region
from drehkreuz.sources.grid import Row, german_number, read_grid
from drehkreuz.sources.laea import cell_centre
from drehkreuz.sources.mapping import fold
from drehkreuz.sources.rota import rota_of
from drehkreuz.sources.text import bounded
from drehkreuz.sources.workforce_words import COLUMNS, MODE_NAMES, PERSONAL, TELLTALE

NEAR_METRES: Final = 3_000.0
"""A point farther than this from every cell lies outside the region (assumed: three cells)."""

MOST_PEOPLE: Final = 1_000_000

REFUSED: Final = "nothing of the file was read on or kept"


@dataclass(frozen=True, slots=True)
class WorkforceFile:
    """
    What a file holds.

    Attributes:
        staff: The people.
        snapped: Whether coordinates or codes of the European grid were snapped to cells of the region.
        notes: What reading it showed, in words.
    """

    staff: Workforce
    snapped: bool
    notes: tuple[str, ...]


def read_workforce(
    path: Path, region: Region, rotas: Mapping[str, Rota], centres: Mapping[str, tuple[float, float]] | None = None
) -> WorkforceFile:
    """
    Read a firm's people.

    Columns: `where` (a cell or postcode of the region, or a code of the European 1 km grid), else `lat` and `lon`; `shift`; and,
    where they are there, `mode`, `count` (else one a row) and `days` a week (else five). German headings and modes are understood.

    Args:
        path: CSV or Excel file.
        region: Whose cells people live in.
        rotas: From `drehkreuz.sources.rota.read_rotas`.
        centres: Latitude and longitude by postcode, where the region's cells are no postcodes.

    Raises:
        InputError: If a column points to people or is unknown, or a cell cannot be understood; tells rows and columns, never cells.
    """
    name, rows, notes = read_grid(path)
    return workforce_of(name, rows, notes, region, rotas, centres)


def workforce_of(
    name: str,
    rows: Iterator[Row],
    notes: Sequence[str],
    region: Region,
    rotas: Mapping[str, Rota],
    centres: Mapping[str, tuple[float, float]] | None = None,
) -> WorkforceFile:
    """
    Read a firm's people from rows that stand in memory, as `read_workforce` does from a file.

    Args:
        name: What findings call the file.
        rows: Its rows, the headings first.
        notes: What reading it showed so far.
        region: Whose cells people live in.
        rotas: By name.
        centres: Latitude and longitude by postcode.

    Raises:
        InputError: As `read_workforce`.
    """
    head = next(rows, None)
    if head is None:
        raise InputError(Finding(name, "", "", "", "is empty", "Add a row of headings and one row for each group."))
    columns = _columns(name, head)
    return _Reading(name, columns, region, rotas, centres or {}).read(rows, tuple(notes))


def read_centres(path: Path) -> dict[str, tuple[float, float]]:
    """
    Read centres of postcodes: columns `postcode`, `lat`, `lon`.

    Raises:
        InputError: If a column is missing or a cell is no number.
    """
    name, rows, _ = read_grid(path)
    _, headings = next(rows, (0, []))
    folded = [fold(heading) for heading in headings]
    places = [
        next((folded.index(known) for known in COLUMNS[c] if known in folded), None) for c in ("where", "lat", "lon")
    ]
    if None in places:
        raise InputError(Finding(name, "1", "", "", "has not the columns postcode, lat and lon", "Add them."))
    found = {}
    for line, cells in rows:
        code, lat, lon = (cells[place] if place is not None and place < len(cells) else "" for place in places)
        point = _number(lat), _number(lon)
        if point[0] is None or point[1] is None:
            raise InputError(Finding(name, str(line), "", "", "has no number for lat or lon", "Correct the row."))
        found[code] = (point[0], point[1])
    return found


def _columns(name: str, head: Row) -> dict[str, int]:
    """Return the place of each column; a heading that is none of them refuses the file, without being repeated."""
    line, headings = head
    known = {heading: column for column, names in COLUMNS.items() for heading in names}
    findings, found = [], dict[str, int]()
    for place, heading in enumerate(headings):
        folded = fold(heading)
        if not folded:
            continue
        kind = next(
            (kind for kind, pattern in PERSONAL.items() if folded not in known and pattern.search(folded)), None
        )
        if kind is not None or "@" in heading:
            findings.append(_personal(name, line, place, kind or "e-mail addresses"))
        elif folded not in known:
            remedy = f"Delete the column, or head it with one of {', '.join(COLUMNS)}."
            findings.append(
                Finding(name, str(line), "", "", f"column {place + 1} is none that is read; {REFUSED}", remedy)
            )
        elif known[folded] in found:
            problem = f"columns {found[known[folded]] + 1} and {place + 1} both mean {known[folded]}"
            findings.append(Finding(name, str(line), "", "", problem, "Keep one of the two."))
        else:
            found[known[folded]] = place
    if not findings and not ("where" in found or {"lat", "lon"} <= found.keys()):
        problem = "has no column where, and not both lat and lon"
        findings.append(Finding(name, str(line), "", "", problem, "Add the cell or postcode people live in."))
    if not findings and "shift" not in found:
        remedy = "Add it: the name of a shift or rota, or its times such as 06:00-14:00."
        findings.append(Finding(name, str(line), "", "", "has no column shift", remedy))
    if findings:
        raise InputError(*findings)
    return found


def _personal(name: str, line: int, place: int, kind: str) -> Finding:
    problem = f"column {place + 1} looks like {kind}; {REFUSED}"
    return Finding(name, str(line), "", "", problem, "Delete the column from the file and hand in the rest.")


class _Reading:
    """One file being read."""

    def __init__(
        self,
        name: str,
        columns: Mapping[str, int],
        region: Region,
        rotas: Mapping[str, Rota],
        centres: Mapping[str, tuple[float, float]],
    ) -> None:
        self._name = name
        self._columns = columns
        self._region = region
        self._known = rotas
        self._centres = centres
        self._zones = {zone: row for row, zone in enumerate(region.table("zones")["zone_id"])}
        self._tree = KDTree(Points.of(region, "zones").xyz)
        self._rotas: dict[str, int] = {}
        self._shifts: list[Rota] = []
        self._homes: dict[str, int | None] = {}
        self._findings: list[Finding] = []
        self._snapped = False

    def read(self, rows: Iterator[Row], notes: Sequence[str]) -> WorkforceFile:
        """Read all rows."""
        groups = []
        for line, cells in rows:
            group = self._group(line, cells)
            if group is not None:
                groups.append(group)
        if self._findings:
            raise InputError(*bounded(self._findings))
        if not groups:
            raise InputError(Finding(self._name, "", "", "", "has no row of people", "Add one row for each group."))
        staff = Workforce.of(self._shifts, groups)
        if staff.total > MOST_PEOPLE:
            problem = f"counts more than {MOST_PEOPLE:,} people, which is the most that is read"
            raise InputError(Finding(self._name, "", "", "", problem, "Check column count."))
        return WorkforceFile(staff, self._snapped, tuple(notes))

    def _group(self, line: int, cells: list[str]) -> tuple[int, int, int, int, float] | None:
        for place, cell in enumerate(cells):
            kind = next((kind for kind, pattern in TELLTALE.items() if pattern.search(cell)), None)
            if kind is not None:
                raise InputError(_personal(self._name, line, place, kind))
        told = {column: cells[place] if place < len(cells) else "" for column, place in self._columns.items()}
        before = len(self._findings)
        zone = self._home(line, told)
        rota = self._rota(line, told["shift"])
        mode = self._mode(line, told.get("mode", ""))
        people = self._amount(line, "count", told.get("count", ""), 1, (1, MOST_PEOPLE))
        days = self._amount(line, "days", told.get("days", ""), 5, (0.1, 7))
        if people != int(people):
            self._wrong(line, "count", "is no whole number of people", "Write how many people the row stands for.")
        return (zone, rota, mode, int(people), float(days)) if len(self._findings) == before else None

    def _home(self, line: int, told: Mapping[str, str]) -> int:
        where = told.get("where", "")
        if where:
            if where not in self._homes:
                self._homes[where] = self._zone(where)
            row = self._homes[where]
            if row is None:
                remedy = (
                    "Write a zone_id or postcode of the region's table zones or a code of the European 1 km grid, or name the "
                    "centres of postcodes (--postcodes)."
                )
                self._wrong(line, "where", "is no cell or postcode that is known", remedy)
            return UNKNOWN if row is None else row
        lat, lon = _number(told.get("lat", "")), _number(told.get("lon", ""))
        if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180:
            self._wrong(line, "where", "has neither a cell nor coordinates in degrees", "Write where people live.")
            return UNKNOWN
        return self._snap(lat, lon)

    def _zone(self, where: str) -> int | None:
        if where in self._zones:
            return self._zones[where]
        point = cell_centre(where) or self._centres.get(where)
        return None if point is None else self._snap(*point)

    def _snap(self, lat: float, lon: float) -> int:
        self._snapped = True
        metres, row = self._tree.query(earth_xyz([lat], [lon])[0])
        return int(row) if float(metres) <= NEAR_METRES else UNKNOWN

    def _rota(self, line: int, text: str) -> int:
        if text not in self._rotas:
            rota = rota_of(text, self._known, self._region)
            if rota is None:
                known = f" ({', '.join(self._known)})" if self._known else ""
                remedy = f"Write a shift or rota of the rota file{known}, times such as 06:00-14:00, or a rota of the region."
                self._wrong(line, "shift", "is no shift or rota that is known", remedy)
                return 0
            self._rotas[text] = len(self._shifts)
            self._shifts.append(rota)
        return self._rotas[text]

    def _mode(self, line: int, text: str) -> int:
        if not text:
            return UNKNOWN
        named = MODE_NAMES.get(fold(text))
        if named is None:
            remedy = f"Write one of {', '.join(mode.value for mode in MODES)}, or leave it empty."
            self._wrong(line, "mode", "is no way of coming that is known", remedy)
            return UNKNOWN
        return next(place for place, mode in enumerate(MODES) if mode.value == named)

    def _amount(self, line: int, column: str, text: str, otherwise: float, bounds: tuple[float, float]) -> float:
        if not text:
            return otherwise
        value = _number(text)
        if value is None or not bounds[0] <= value <= bounds[1]:
            self._wrong(line, column, "is no number in range", f"Write a number from {bounds[0]:g} to {bounds[1]:g}.")
            return otherwise
        return value

    def _wrong(self, line: int, column: str, problem: str, remedy: str) -> None:
        """Enter a fault; the cell itself is not repeated, since it may hold what it should not."""
        self._findings.append(Finding(self._name, str(line), "", "", f"{column} {problem}", remedy))


def _number(text: str) -> float | None:
    try:
        value = float(german_number(text) or "")
    except ValueError:
        return None
    return value if np.isfinite(value) else None
