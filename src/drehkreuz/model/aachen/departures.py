# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""When the model's lines set out: headways by time of day, and extra trips for schools."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from drehkreuz.model.aachen.lines import Line
from drehkreuz.model.aachen.stops import read_data

BANDS: Final = (
    (6 * 60, "early"), (9 * 60, "peak"), (15 * 60, "day"), (18 * 60 + 30, "peak"), (20 * 60, "day"), (22 * 60, "evening"),
    (36 * 60, "night"),
)  # fmt: skip
"""Bands of the day in order: (minute at which the band ends, its column in `data/services.csv`)."""
TURN_MINUTES: Final = 5
"""Assumed: way and way back are timed so that a vehicle stands at the end for at least this, up to half an hour more."""
SCHOOL_BEGINS: Final = 7 * 60 + 45
SCHOOL_ENDS: Final = (13 * 60 + 22, 15 * 60 + 37)
"""Assumed: extra trips reach the hub by the first, and leave it at the others."""
OUT, BACK = 0, 1
"""direction_id of GTFS."""


@dataclass(frozen=True, slots=True)
class Frequency:
    """
    How often a line runs on one kind of day.

    Attributes:
        days: weekday, saturday or sunday.
        first: Minute of the first departure, before the line's own shift.
        last: Minute after which no trip sets out.
        headways: Minutes between departures by band.
        school: Extra trips after school on school days.
    """

    days: str
    first: int
    last: int
    headways: dict[str, int]
    school: int

    @classmethod
    def of(cls, row: dict[str, str]) -> Frequency:
        """Read a row of `data/services.csv`."""
        headways = {band: int(row[band]) for _, band in BANDS}
        return cls(row["days"], _minute(row["first"]), _minute(row["last"]), headways, int(row["school"]))

    def departures(self, shift: int) -> list[int]:
        """Return the minutes at which trips set out."""
        minutes = []
        minute = self.first + shift
        while minute <= self.last:
            minutes.append(minute)
            minute += next(self.headways[band] for end, band in BANDS if minute < end)
        return minutes


@dataclass(frozen=True, slots=True)
class Runs:
    """
    The trips of a line in one direction on one kind of day.

    Attributes:
        line: The line, in that direction.
        direction: OUT or BACK.
        days: weekday, school, saturday or sunday.
        starts: Minutes at which they set out, rising.
    """

    line: Line
    direction: int
    days: str
    starts: list[int]


def read_services() -> dict[str, list[Frequency]]:
    """Return how often each service runs, by its name."""
    rows = groupby(read_data("services.csv"), key=lambda row: row["service"])
    return {service: [Frequency.of(row) for row in group] for service, group in rows}


def runs(lines: list[Line]) -> Iterator[Runs]:
    """Yield the trips of all lines; lines of one service are shifted against each other, so that not all set out at once."""
    services = read_services()
    for number, line in enumerate(lines):
        length = int(line.minutes[-1])
        for frequency in services[line.service]:
            shift = number * 7 % min(frequency.headways["peak"], 30)
            yield Runs(line, OUT, frequency.days, frequency.departures(shift))
            yield Runs(line.back(), BACK, frequency.days, frequency.departures((shift + length + TURN_MINUTES) % 30))
            if frequency.school:
                yield Runs(line.back(), BACK, "school", [SCHOOL_BEGINS - length])
                yield Runs(line, OUT, "school", list(SCHOOL_ENDS[: frequency.school]))


def _minute(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
