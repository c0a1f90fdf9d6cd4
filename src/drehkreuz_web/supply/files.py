# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The tables of the pages on learning as files, and every offer as a calendar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from drehkreuz.matching.teaching import offers
from drehkreuz.reports.learning.offers_calendar import offers_calendar
from drehkreuz_web.house.access import Access, access
from drehkreuz_web.house.region import market
from drehkreuz_web.planner.contents import Contents
from drehkreuz_web.planner.pages import from_figures
from drehkreuz_web.planner.table import Table
from drehkreuz_web.supply.choice import Choice
from drehkreuz_web.supply.shown import calendars, modules_found, offered, places_found, sheet, taught

Made = dict[str, Table]
"""Tables by the last part of their names."""


def _of_seats(contents: Contents, choice: Choice) -> Made | None:
    found = taught(contents)
    return None if found is None else found.tables(choice)


def _of_offers(contents: Contents, choice: Choice) -> Made:
    return _by_name(offered(contents).calendar(choice))


def _of_modules(contents: Contents, _choice: Choice) -> Made | None:
    found = modules_found(contents)
    return None if found is None else _by_name(found.table())


def _of_places(contents: Contents, _choice: Choice) -> Made | None:
    found = places_found(contents)
    return None if found is None else _by_name(found.table(), found.times())


def _of_digital(contents: Contents, _choice: Choice) -> Made:
    return _by_name(*offered(contents).digital())


def _by_name(*tables: Table) -> Made:
    return {sheet(table): table for table in tables}


PAGES: Final[dict[str, tuple[Callable[[Contents, Choice], Made | None], tuple[str, ...]]]] = {
    "supply:seats": (_of_seats, ("needed", "empty", "sessions", "overlaps", "cells")),
    "supply:offers": (_of_offers, ("offers",)),
    "supply:modules": (_of_modules, ("modules",)),
    "supply:places": (_of_places, ("places", "times")),
    "supply:digital": (_of_digital, ("digital", "skills")),
}
"""By page what makes its tables, None while they are not worked out, and their names."""


@access(Access.PUBLIC)
@require_safe
@from_figures
def table_csv(request: HttpRequest, contents: Contents, sheet_name: str) -> HttpResponse:
    """Give a table as a file; where it has to be worked out first, lead to the page on which to ask for it."""
    page, make = next(((page, make) for page, (make, names) in PAGES.items() if sheet_name in names), (None, None))
    if page is None or make is None:
        raise Http404
    made = make(contents, Choice.of(request.GET))
    if made is None:
        return HttpResponseRedirect(reverse(page))
    table = made[sheet_name]
    response = HttpResponse(table.as_csv(contents.words), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="drehkreuz-{table.name}.csv"'
    return response


@access(Access.PUBLIC)
@require_safe
@from_figures
def offers_ics(request: HttpRequest, contents: Contents) -> HttpResponse:
    """Give the offers chosen as a calendar."""
    if not calendars():
        raise Http404
    region, chosen = market().region, Choice.of(request.GET).among(offered(contents).rows)
    rows = offers(region).filter(pl.col("id").is_in([row["id"] for row in chosen]))
    calendar = offers_calendar(region, rows, contents.words.language)
    response = HttpResponse(calendar, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="drehkreuz-offers.ics"'
    return response
