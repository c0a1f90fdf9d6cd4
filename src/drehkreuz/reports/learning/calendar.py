# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A learning plan as iCalendar: its courses, when to settle funding, and when the post begins."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from drehkreuz.errors import DrehkreuzError
from drehkreuz.reports.learning.plan_paper import cost, office, when
from drehkreuz.reports.learning.telling import Telling
from drehkreuz.reports.pair import Values
from drehkreuz.reports.paper.printing import write_file
from drehkreuz.reports.words import Language

ENDING: Final = ".ics"

LEAD: Final = timedelta(weeks=6)
"""How long before a course funding is to be settled (assumed: an office takes weeks to decide)."""

PRODUCT: Final = "-//Drehkreuz//Lernplan//DE"


def calendar_module() -> Any:  # noqa: ANN401  # a module
    """
    Return the module that writes iCalendar.

    Raises:
        DrehkreuzError: If it is not installed.
    """
    try:
        return import_module("icalendar")
    except ImportError as error:
        remedy = 'Install it with: pip install "drehkreuz[report]", or write the plan as .html.'
        raise DrehkreuzError(f"Calendars are written by icalendar, which is not installed. {remedy}") from error


def plan_calendar(answer: Values, language: Language, variant: int = 0) -> bytes:
    """
    Return one variant of a plan as iCalendar; the same plan gives the same bytes.

    Courses stand as whole days, from the first to the last: on which weekdays an evening course meets is not known. They do not
    block the day; their hours stand in the text.

    Args:
        answer: From `plan_answer`.
        language: `de` or `en`.
        variant: Which variant.

    Raises:
        DrehkreuzError: If `icalendar` is not installed.

    Source:
        RFC 5545.
    """
    module, say = calendar_module(), Telling(language)
    calendar, stamp = empty_calendar(module, PRODUCT), stamped(answer["day"])
    steps = answer["variants"][variant]["steps"] if answer["variants"] else []
    for step in steps:
        if step["payable_by"] not in {"nobody", "person"}:
            day = max(answer["day"], step["start"] - LEAD)
            text = f"{say('next_funding', who=office(say, step))} {cost(say, step)}"
            title = say("event_funding", title=step["title"])
            calendar.add_component(event(module, stamp, f"funding-{step['session_id']}", title, day, day, text))
        text = "\n".join((step["provider"], when(say, step), cost(say, step)))
        course = event(
            *(module, stamp, step["session_id"], say("event_course", title=step["title"])),
            *(step["start"], step["end"], text),
        )
        course.add("location", step["place"] or say.words("paths.online"))
        calendar.add_component(course)
    post = answer["post"]
    title, employer = say("event_post", title=post["title"]), post["employer"] or ""
    calendar.add_component(
        event(module, stamp, f"post-{post['vacancy_id']}", title, post["start"], post["start"], employer)
    )
    return bytes(calendar.to_ical())


def write_calendar(answer: Values, path: Path, language: Language, variant: int = 0) -> None:
    """
    Write one variant of a plan as iCalendar.

    Raises:
        InputError: If the file cannot be written.
        DrehkreuzError: If `icalendar` is not installed.
    """
    write_file(path, plan_calendar(answer, language, variant), "--out")


def empty_calendar(module: Any, product: str) -> Any:  # noqa: ANN401  # icalendar's own
    """Return a calendar without events, of iCalendar's version 2.0."""
    calendar = module.Calendar()
    calendar.add("prodid", product)
    calendar.add("version", "2.0")
    return calendar


def stamped(day: date) -> datetime:
    """Return the moment at which a calendar counts as written: its region's day, so that bytes do not change with the clock."""
    return datetime.combine(day, time(), UTC)


def event(module: Any, stamp: datetime, name: str, title: str, first: date, last: date, text: str) -> Any:  # noqa: ANN401  # icalendar's own
    """Return an event of whole days, the last one within it, that blocks nobody's day."""
    found = module.Event()
    found.add("uid", f"{name}@drehkreuz")
    found.add("dtstamp", stamp)
    found.add("dtstart", first)
    found.add("dtend", last + timedelta(days=1))  # the first day after it
    found.add("summary", title)
    found.add("description", text)
    found.add("transp", "TRANSPARENT")
    return found
