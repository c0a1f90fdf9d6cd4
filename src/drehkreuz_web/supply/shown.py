# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What the pages on learning have in common: answers in words, tables cut short, a form to choose offers, a frame."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from drehkreuz.reports.learning.telling import Telling
from drehkreuz_web.house.region import market
from drehkreuz_web.planner.contents import Contents
from drehkreuz_web.planner.pages import AGAIN, UNAVAILABLE, frame, page_table
from drehkreuz_web.planner.table import Table
from drehkreuz_web.supply.choice import Choice
from drehkreuz_web.supply.learned import Modules, Places
from drehkreuz_web.supply.offered import Offered
from drehkreuz_web.supply.taught import Taught
from drehkreuz_web.supply.work_views import latest

TABS: Final[tuple[tuple[str, Promise], ...]] = (
    ("seats", gettext_lazy("Seats and people")),
    ("offers", gettext_lazy("All offers")),
    ("modules", gettext_lazy("What to teach next")),
    ("places", gettext_lazy("Where and when")),
    ("digital", gettext_lazy("Digital skills")),
)
"""The pages on learning."""

LABELS: Final[dict[str, Promise]] = {
    "provider": gettext_lazy("Provider"),
    "kind": gettext_lazy("Kind of provider"),
    "format": gettext_lazy("Form"),
    "place": gettext_lazy("Place"),
    "month": gettext_lazy("Begins in"),
}
"""What offers are chosen by."""


def offered(contents: Contents) -> Offered:
    """Return every offer of the region."""
    return Offered(market(), Telling(contents.words.language))


def taught(contents: Contents) -> Taught | None:
    """Return what is taught against what is needed; None while it is not worked out."""
    answer, say = _answer("seats"), Telling(contents.words.language)
    return None if answer is None else Taught(answer, offered(contents), market().taxonomy, say)


def modules_found(contents: Contents) -> Modules | None:
    """Return what is worth teaching next; None while it is not worked out."""
    answer = _answer("modules")
    return None if answer is None else Modules(answer, Telling(contents.words.language))


def places_found(contents: Contents) -> Places | None:
    """Return who could learn where; None while it is not worked out."""
    answer = _answer("places")
    return None if answer is None else Places(answer, Telling(contents.words.language))


def _answer(question: str) -> Mapping[str, Any] | None:
    job = latest(question)
    return None if job is None else job.result


def calendars() -> bool:
    """Whether this site can write iCalendar."""
    return find_spec("icalendar") is not None


def short(table: Table, contents: Contents, most: int, choice: Choice | None = None) -> dict[str, Any]:
    """
    Return a table with its cells in words, its first rows only; all stand in its file.

    Args:
        table: The table.
        contents: The figures, for the language.
        most: Rows that are shown.
        choice: What its rows were narrowed down to.
    """
    cut = Table(table.name, table.caption, table.columns, table.rows[:most], table.sums, table.notes)
    file = reverse("supply:csv", args=[sheet(table)]) + ("" if choice is None else choice.query)
    left = max(0, len(table.rows) - most)
    return page_table(cut, contents) | {"file": file, "left": left, "all": len(table.rows)}


def sheet(table: Table) -> str:
    """Return the last part of a table's name, by which its file is asked for."""
    return table.name.rpartition("-")[2]


def form(found: Offered, choice: Choice) -> dict[str, Any]:
    """Return the fields by which offers are chosen."""
    fields = [
        {"name": name, "label": LABELS[name], "options": options, "chosen": getattr(choice, name)}
        for name, options in found.choices().items()
    ]
    return {"fields": fields, "choice": choice}


def page(request: HttpRequest, contents: Contents, here: str, context: dict[str, Any]) -> HttpResponse:
    """Return a page on learning in the planner's frame."""
    address = reverse(f"supply:{here}_json").lstrip("/") + _query(request)
    shared = {"tabs": [(f"supply:{name}", label, name == here) for name, label in TABS], "json": address}
    return render(request, f"supply/{here}.html", frame(contents, "learning") | shared | context)


def _query(request: HttpRequest) -> str:
    return Choice.of(request.GET).query


def not_yet(question: str) -> HttpResponse:
    """Say that a question has no answer yet, and how far it is; where nobody asked, how to ask."""
    job = latest(question)
    if job is None:
        return JsonResponse({"status": "not asked", "ask": reverse("supply:start"), "of": question})
    waiting = JsonResponse({"status": job.status, "percent": job.percent}, status=200 if job.over else UNAVAILABLE)
    waiting["Retry-After"] = str(AGAIN)
    return waiting
