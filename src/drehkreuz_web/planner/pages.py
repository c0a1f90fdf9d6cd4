# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What all pages of the planner have in common: figures to answer from, a frame, tables in words, a twin in JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy

from drehkreuz.reports.words import Words
from drehkreuz_web.planner.answer import State, state
from drehkreuz_web.planner.contents import VIEWS, Contents
from drehkreuz_web.planner.table import Table

AGAIN: Final = 10
"""Seconds after which it is worth asking again."""

UNAVAILABLE: Final = 503

PAGES: Final = (
    ("overview", gettext_lazy("Overview")),
    ("view", gettext_lazy("By groups")),
    ("map", gettext_lazy("Map")),
    ("places", gettext_lazy("Stations and chargers")),
    ("learning", gettext_lazy("Learning")),
    ("together", gettext_lazy("What works together")),
    ("outlook", gettext_lazy("If nothing happens")),
    ("sources", gettext_lazy("Where the figures come from")),
)

Answer = Callable[..., HttpResponse]


def from_figures(answer: Answer) -> Answer:
    """Give a view the figures; while there are none, answer how far they are."""

    @wraps(answer)
    def respond(request: HttpRequest, **kwargs: str) -> HttpResponse:
        now = state()
        if now.report is not None:
            return answer(request, Contents(now.report, spoken_words()), **kwargs)
        if request.path.endswith((".json", ".csv")):
            waiting = JsonResponse({"status": now.status, "percent": now.percent}, status=UNAVAILABLE)
            waiting["Retry-After"] = str(AGAIN)
            return waiting
        return _waiting(request, now)

    return respond


def page_table(table: Table, contents: Contents, choice: str = "", links: Sequence[str] = ()) -> dict[str, Any]:
    """
    Return a table with its cells in words.

    Args:
        table: The table.
        contents: The figures.
        choice: What the address of its file ends with.
        links: Where the names of its rows lead; empty: nowhere.
    """
    shown: list[list[dict[str, str]]] = [
        [{"text": text, "kind": column.kind} for text, column in zip(line, table.columns, strict=True)]
        for line in table.shown(contents.words)
    ]
    for row, link in zip(shown, links, strict=False):
        row[0]["link"] = link
    sums = shown[-1] if table.sums else None
    return {"table": table, "rows": shown[: len(table.rows)], "sums": sums, "choice": choice}


def json_twin(contents: Contents, **values: object) -> JsonResponse:
    """Return values fit for JSON, with what region they are of."""
    about = contents.report["headline"]["provenance"]
    known = {key: about[key] for key in ("region", "title", "day", "people", "posts")} | {
        "scale": contents.report["scale"],
        "sample": contents.report["sample"],
    }
    return JsonResponse({"about": known, **values}, json_dumps_params={"ensure_ascii": False, "indent": 2})


def page(request: HttpRequest, name: str, contents: Contents, context: dict[str, Any]) -> HttpResponse:
    """Return a page in the planner's frame."""
    return render(request, f"planner/{name}.html", frame(contents, name) | context)


def frame(contents: Contents, here: str) -> dict[str, Any]:
    """
    Return what the planner's frame shows of every page: where it is, and what region its figures are of.

    Args:
        contents: The figures.
        here: One of `PAGES`, or a page below it.
    """
    about = contents.report["headline"]["provenance"]
    return {
        "views": VIEWS,
        "pages": PAGES,
        "here": here,
        "first_view": VIEWS[0],
        "title": about["title"],
        "day": contents.day(about["day"]),
        "kind": about["people"],
        "margins": about.get("margins", ()),
        "kind_named": contents.kind(about["people"]),
        "scale": contents.words.percent(contents.report["scale"]) if (contents.report["scale"] or 1) < 1 else "",
        "sample": contents.report["sample"],
    }


def _waiting(request: HttpRequest, now: State) -> HttpResponse:
    response = render(request, "planner/waiting.html", {"state": now})
    response["Retry-After"] = str(AGAIN)
    return response


def spoken_words() -> Words:
    """Return the language that the library speaks on a page."""
    return Words("de" if (get_language() or "de").startswith("de") else "en")
