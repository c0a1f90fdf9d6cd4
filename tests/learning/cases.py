# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What the cases by hand share: days, courses and their sessions, and the reasons of the first pair."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from drehkreuz.learning import Learning, TrainingReason

DAY = date(2026, 1, 5)  # a Monday; the world's day
Build = Callable[..., Any]


def on(week: int, weekday: int = 0) -> date:
    """A day, so many weeks after the region's."""
    return DAY + timedelta(weeks=week, days=weekday)


def course(name: str, *, weeks: float = 4, fee: float = 0, **more: Any) -> dict[str, Any]:
    return {"course_id": name, "weeks": weeks, "fee_eur": fee, "hours_per_week": 30.0, "format": "daytime"} | more


def session(of: str, week: int = 1, *, weeks: int = 4, **more: Any) -> dict[str, Any]:
    """A session from Monday to Friday some weeks later."""
    days = {"start": on(week), "end": on(week + weeks - 1, 4)}
    return {"session_id": f"{of}-{week}", "course_id": of, "place_id": "school"} | days | more


def teaches(**skills: str) -> list[dict[str, str]]:
    """What courses teach: `teaches(welding="weld cut")`."""
    return [{"course_id": c, "skill_id": s} for c, named in skills.items() for s in named.split()]


def reasons(block: Learning) -> TrainingReason:
    return TrainingReason(int(block.reasons[0, 0]))
