# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Official counts of vehicles by municipality, which take the place of assumed ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from drehkreuz.errors import InputError
from drehkreuz.planning.charging.rows import read_rows

QUANTITIES: Final = ("cars", "battery_cars", "plugin_cars")
"""What may be given: all cars, battery-electric ones, plug-in hybrids."""

COLUMNS: Final = ("municipality", "year", "quantity", "value", "source")


@dataclass(frozen=True, slots=True)
class Official:
    """
    A count that replaces a modelled one.

    Attributes:
        municipality: Its key.
        year: The year it holds for.
        quantity: One of `QUANTITIES`.
        value: Vehicles.
        source: Who counted, and when.
    """

    municipality: str
    year: int
    quantity: str
    value: float
    source: str


def read_official(path: Path, municipalities: Sequence[str]) -> tuple[Official, ...]:
    """
    Return official counts, as the Kraftfahrt-Bundesamt publishes them for districts and municipalities.

    Args:
        path: CSV with the columns municipality, year, quantity, value, source.
        municipalities: Keys that may be named.

    Raises:
        InputError: If the file cannot be read or a row makes no sense.
    """
    found: dict[tuple[str, int, str], Official] = {}
    for row in read_rows(path, COLUMNS):
        key = row.one_of("municipality", municipalities, "municipality of the region")
        year = int(row.number("year", 2000, 2100))
        quantity = row.one_of("quantity", QUANTITIES, "quantity")
        if not row["source"]:
            raise InputError(row.finding("source", "is empty", "Name who published the figure, and when."))
        if (key, year, quantity) in found:
            raise InputError(row.finding("quantity", f"is given twice for {key} in {year}", "Keep one row."))
        value = row.number("value", 0, 1e8)
        found[key, year, quantity] = Official(key, year, quantity, value, row["source"])
    return tuple(found.values())
