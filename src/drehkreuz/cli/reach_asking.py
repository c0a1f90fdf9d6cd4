# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What the verbs of `reach` that ask for one place have in common: clocks, places and homes by name, kinds of day, files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from drehkreuz.cli.output import Verb
from drehkreuz.errors import Finding, InputError, did_you_mean, shorten

if TYPE_CHECKING:
    from drehkreuz.reach.visits import Times
    from drehkreuz.region import Region

LONGEST: Final = 254
"""Most minutes of a way."""

DAYS: Final = ("weekday", "saturday", "sunday")
CHAINS: Final = (
    "walk", "bike", "pedelec", "car", "carpool", "carsharing", "shared_pedelec", "transit", "bike_transit",
    "pedelec_transit", "bike_on_board", "pedelec_on_board", "park_and_ride", "shared_pedelec_transit",
)  # fmt: skip
"""As in `drehkreuz.reach.asked.Travel`, which is not imported before a verb runs."""


def clock(_context: click.Context, _option: click.Parameter, value: str | None) -> int | None:
    """Return a time of day, `06:00`, as seconds after midnight."""
    if value is None:
        return None
    found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", value)
    if found is None:
        message = f"{shorten(value)!r} is no time of day from 00:00 to 23:59, such as 06:00"
        raise click.BadParameter(message)
    return int(found[1]) * 3600 + int(found[2]) * 60


def limits(_context: click.Context, _option: click.Parameter, value: str) -> tuple[int, ...]:
    """Return limits in minutes, `30,45,60`, ascending."""
    parts = value.split(",")
    if not all(re.fullmatch(r"\s*\d{1,3}\s*", part) and 1 <= int(part) <= LONGEST for part in parts):
        message = f"{shorten(value)!r} is no list of minutes from 1 to {LONGEST}, such as 30,45,60"
        raise click.BadParameter(message)
    return tuple(sorted({int(part) for part in parts}))


def day_option(verb: Verb) -> Verb:
    """Give a verb `--day`."""
    kinds = click.Choice(DAYS)
    return click.option("--day", type=kinds, default="weekday", show_default=True, help="Kind of day.")(verb)


def check_format(path: Path | None, formats: Sequence[str]) -> None:
    """
    Refuse a file whose ending says no known format.

    Raises:
        InputError: Names the endings that are known.
    """
    if path is not None and path.suffix not in formats:
        problem = f"{shorten(str(path))!r} has none of the endings {', '.join(formats)}"
        raise InputError(Finding("--out", "", "", "", problem, "Name a file with one of them."))


def times_of(start: int, end: int, day: str) -> Times:
    """Return when to be there; an end before the start is on the next day."""
    from drehkreuz.reach.modes import DayType
    from drehkreuz.reach.visits import Times

    out = DayType[day.upper()]
    after = {DayType.WEEKDAY: DayType.WEEKDAY, DayType.SATURDAY: DayType.SUNDAY, DayType.SUNDAY: DayType.WEEKDAY}
    return Times(start, end, out, out if end > start else after[out])


def row_of(region: Region, table: str, option: str, text: str) -> int:
    """
    Return the row of a place or zone that is named by its id or, where only one has it, its name.

    Raises:
        InputError: If there is none, or more than one of the name.
    """
    from drehkreuz.region import TABLES

    frame, key = region.table(table), TABLES[table].key[0]
    for column in (key, "name"):
        rows = (frame[column] == text).fill_null(value=False).arg_true().to_list()
        if len(rows) == 1:
            return int(rows[0])
        if rows:
            ids = ", ".join(frame[key].gather(rows[:5]).to_list())
            problem = f"{shorten(text)!r} is the name of {len(rows)} rows of table {table}"
            raise InputError(Finding(option, "", "", "", problem, f"Name one by its {key}, such as {ids}."))
    hint = did_you_mean(text, [*frame[key].to_list(), *frame["name"].drop_nulls().to_list()])
    remedy = f"Name a {key} or a name of table {table}.{hint}"
    problem = f"{shorten(text)!r} is neither a {key} nor a name in table {table}"
    raise InputError(Finding(option, "", "", "", problem, remedy))
