# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A firm's shifts and rotas from a TOML file, from a region's own, or from two times of day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import polars as pl

from drehkreuz.commuting import Rota, Shift, shift
from drehkreuz.errors import Finding, InputError, did_you_mean
from drehkreuz.reach.modes import DayType
from drehkreuz.region import Region
from drehkreuz.sources.settings import Key, Section, read_settings

_DAYS: Final = tuple(day.name.lower() for day in DayType)
_KEYS: Final = {"shift": Key("sections", required=True), "rota": Key("sections")}
_SHIFT: Final = {
    "name": Key("text", required=True),
    "start": Key("text", required=True),
    "end": Key("text", required=True),
    "day": Key("text", allowed=_DAYS),
}
_ROTA: Final = {"name": Key("text", required=True), "shifts": Key("texts", required=True)}
_CLOCK: Final = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)", re.ASCII)
_SPAN: Final = re.compile(r"(\d{1,2}[:.]\d{2})\s*[-–]\s*(\d{1,2}[:.]\d{2})", re.ASCII)
DAY: Final = 1440


def read_rotas(path: Path) -> dict[str, Rota]:
    """
    Read a rota file: `[[shift]]` with `name`, `start`, `end` and perhaps `day`, and `[[rota]]` with `name` and `shifts`.

    Returns:
        Every shift as a rota of its own, and every rota, by name.

    Raises:
        InputError: If the file is not TOML, or a key, time or name is wrong; carries every finding.
    """
    top = read_settings(path)
    findings = top.check(_KEYS)
    if findings:
        raise InputError(*findings)
    shifts: dict[str, Shift] = {}
    for section in top.sections("shift"):
        wrong = section.check(_SHIFT) or _clocks(section)
        findings += wrong
        if not wrong:
            values = section.values
            start, end = (_seconds(values[key]) or 0 for key in ("start", "end"))
            day = DayType[str(values.get("day", _DAYS[0])).upper()]
            findings += _twice(section, shifts)
            shifts[values["name"]] = shift(values["name"], start, end, day)
    rotas = {name: Rota(name, (one,)) for name, one in shifts.items()}
    for section in top.sections("rota"):
        wrong = section.check(_ROTA)
        findings += wrong
        if wrong:
            continue
        unknown = [name for name in section.values["shifts"] if name not in shifts]
        findings += _twice(section, rotas)
        findings += [
            section.finding(
                *("shifts", "is no shift of this file"),
                f"Name some of {', '.join(shifts)}.{did_you_mean(name, list(shifts))}",
                name,
            )
            for name in unknown
        ]
        if not unknown:
            name = section.values["name"]
            rotas[name] = Rota(name, tuple(dict.fromkeys(shifts[one] for one in section.values["shifts"])))
    if findings:
        raise InputError(*findings)
    return rotas


def rota_of(text: str, known: Mapping[str, Rota], region: Region) -> Rota | None:
    """
    Return the rota that a cell of a file names: one of the rota file, `06:00-14:00`, or a rota of the region by its id.

    Args:
        text: The cell.
        known: From `read_rotas`.
        region: Whose table `shift_systems` may be named.
    """
    if text in known:
        return known[text]
    if found := _SPAN.fullmatch(text):
        start, end = (_seconds(part) for part in found.groups())
        return None if start is None or end is None else Rota(text, (shift(text, start, end),))
    return _of_region(text, region)


def _of_region(text: str, region: Region) -> Rota | None:
    rows = region.table("shifts").filter((pl.col("shift_system_id") == text) & ~pl.col("on_call"))
    shifts = {
        shift(
            row["name"],
            row["start"] % DAY * 60,
            row["end"] % DAY * 60,
            DayType.of_weekday((row["day"] + row["start"] // DAY) % 7),
        ): None
        for row in rows.sort("day", "start", "week").iter_rows(named=True)
    }
    return Rota(text, tuple(shifts)) if shifts else None


def _seconds(text: str) -> int | None:
    found = _CLOCK.fullmatch(text.strip())
    return None if found is None else int(found[1]) * 3600 + int(found[2]) * 60


def _clocks(section: Section) -> list[Finding]:
    return [
        section.finding(key, "is no time of day from 00:00 to 23:59", 'Write it as "06:00".')
        for key in ("start", "end")
        if _seconds(section.values[key]) is None
    ]


def _twice(section: Section, known: Mapping[str, object]) -> list[Finding]:
    if section.values["name"] not in known:
        return []
    return [section.finding("name", "names a shift or rota that is there already", "Give each a name of its own.")]
