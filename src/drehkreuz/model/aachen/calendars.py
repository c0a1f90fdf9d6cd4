# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The days of the model's timetable: weekdays, holidays and school holidays of North Rhine-Westphalia."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

FIRST_DAY: Final = date(2026, 10, 1)
LAST_DAY: Final = date(2027, 12, 11)

SERVICES: Final = {
    "weekday": (1, 1, 1, 1, 1, 0, 0),
    "school": (1, 1, 1, 1, 1, 0, 0),
    "saturday": (0, 0, 0, 0, 0, 1, 0),
    "sunday": (0, 0, 0, 0, 0, 0, 1),
}
"""Days of the week on which each service runs, from Monday; `calendar_dates.txt` says when not."""

HOLIDAYS: Final = (
    date(2026, 10, 3), date(2026, 11, 1), date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1), date(2027, 3, 26),
    date(2027, 3, 29), date(2027, 5, 1), date(2027, 5, 6), date(2027, 5, 17), date(2027, 5, 27), date(2027, 10, 3),
    date(2027, 11, 1),
)  # fmt: skip
"""Public holidays (Feiertagsgesetz NW; Easter Sunday is 28 March 2027): the service of a Sunday."""

LIKE_SATURDAYS: Final = (date(2026, 12, 24), date(2026, 12, 31))
"""Assumed: on these weekdays the service of a Saturday."""

SCHOOL_HOLIDAYS: Final = (
    (date(2026, 10, 17), date(2026, 10, 31)),
    (date(2026, 12, 23), date(2027, 1, 6)),
    (date(2027, 3, 22), date(2027, 4, 3)),
    (date(2027, 5, 18), date(2027, 5, 18)),
    (date(2027, 7, 19), date(2027, 8, 31)),
    (date(2027, 10, 23), date(2027, 11, 6)),
)
"""First and last days without school (Ferienordnung of the Land, as the Kultusministerkonferenz lists it; secondary)."""


def exceptions() -> Iterator[tuple[str, date, int]]:
    """Yield (service, day, exception_type of GTFS: 1 runs, 2 does not run), in order of day and service."""
    for number in range((LAST_DAY - FIRST_DAY).days + 1):
        day = FIRST_DAY + timedelta(days=number)
        usual = {service for service, week in SERVICES.items() if week[day.weekday()]}
        runs = _running(day, usual)
        yield from ((service, day, 2 if service in usual else 1) for service in sorted(usual ^ runs))


def _running(day: date, usual: set[str]) -> set[str]:
    if day in HOLIDAYS:
        return {"sunday"}
    if day in LIKE_SATURDAYS:
        return {"saturday"}
    if any(first <= day <= last for first, last in SCHOOL_HOLIDAYS):
        return usual - {"school"}
    return usual
