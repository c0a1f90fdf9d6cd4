# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""When vehicles can be taken: opening hours as OpenStreetMap writes them, as far as lenders need them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from drehkreuz.errors import Finding, InputError

DAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
ALWAYS: Final = "24/7"
DAY_MINUTES: Final = 24 * 60

_DAY: Final = "|".join(DAYS)
_RULE: Final = re.compile(
    rf"(?:(?P<days>(?:{_DAY})(?:-(?:{_DAY}))?(?:,(?:{_DAY})(?:-(?:{_DAY}))?)*)\s+)?"
    r"(?P<times>off|closed|\d\d:\d\d-\d\d:\d\d(?:,\d\d:\d\d-\d\d:\d\d)*)"
)

Span = tuple[int, int]
"""Minutes after midnight from and until; until may lie on the day after."""


@dataclass(frozen=True, slots=True)
class Hours:
    """
    Opening hours of a week.

    Attributes:
        week: Spans of each day, Monday first.
    """

    week: tuple[tuple[Span, ...], ...]

    @classmethod
    def read(cls, text: str) -> Hours:
        """
        Read `24/7`, or rules such as `Mo-Fr 05:00-23:00; Sa,Su 07:00-01:00`; a later rule replaces the days it names.

        Raises:
            InputError: If a rule says something else, holidays for example.
        """
        if text.strip() == ALWAYS:
            return cls(((((0, DAY_MINUTES)),),) * len(DAYS))
        week: list[tuple[Span, ...]] = [()] * len(DAYS)
        for rule in filter(None, (part.strip() for part in text.split(";"))):
            found = _RULE.fullmatch(rule)
            spans = None if found is None else _spans(found["times"])
            if found is None or spans is None:
                remedy = "Write 24/7, or days and times such as Mo-Fr 05:00-23:00; Sa,Su 07:00-22:00."
                raise InputError(Finding("opening_hours", "", "", rule, "is not understood", remedy))
            for day in _days(found["days"]):
                week[day] = spans
        return cls(tuple(week))

    def open_at(self, moment: datetime) -> bool:
        """Whether vehicles can be taken at a moment of the lender's own clock."""
        now = moment.hour * 60 + moment.minute
        yesterday = (moment - timedelta(days=1)).weekday()
        return any(since <= now < until for since, until in self.week[moment.weekday()]) or any(
            now < until - DAY_MINUTES for _, until in self.week[yesterday]
        )


def _days(text: str | None) -> list[int]:
    if text is None:
        return list(range(len(DAYS)))
    days: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        since, until = DAYS.index(first), DAYS.index(last or first)
        days += [day % len(DAYS) for day in range(since, until + 1 + (len(DAYS) if until < since else 0))]
    return days


def _spans(text: str) -> tuple[Span, ...] | None:
    """Return spans, None where a time is none."""
    if text in {"off", "closed"}:
        return ()
    spans: list[Span] = []
    for part in text.split(","):
        since, until = (_minutes(clock) for clock in part.split("-"))
        if since is None or until is None or since == DAY_MINUTES:
            return None
        spans.append((since, until if until > since else until + DAY_MINUTES))
    return tuple(spans)


def _minutes(clock: str) -> int | None:
    hours, minutes = (int(part) for part in clock.split(":"))
    total = 60 * hours + minutes
    return total if minutes < 60 and total <= DAY_MINUTES else None  # minutes of an hour
