# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The pages on learning, and their twins in JSON."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from drehkreuz_web.house.access import Access, access
from drehkreuz_web.planner import charts
from drehkreuz_web.planner.contents import Contents
from drehkreuz_web.planner.pages import from_figures, json_twin
from drehkreuz_web.supply.choice import Choice
from drehkreuz_web.supply.offered import SHOWN
from drehkreuz_web.supply.shown import (
    calendars,
    form,
    modules_found,
    not_yet,
    offered,
    page,
    places_found,
    short,
    taught,
)
from drehkreuz_web.supply.work_views import standing

COUNTED: Final = ("people", "vacancies", "courses", "stop_times", "street_edges")
"""What figures on seats and people rest on."""

LEARNERS: Final = ("people", "courses", "stop_times", "street_edges")
"""What figures on who could learn where rest on."""

OFFERED: Final = ("courses", "vacancies")
"""What offers rest on."""

SHORT: Final = 15
"""Rows of a table on a page that stands beside others; all stand in its file."""


# -------------------------------------------------------------------------------------------------- seats and people


@access(Access.PUBLIC)
@require_safe
@from_figures
def seats(request: HttpRequest, contents: Contents) -> HttpResponse:
    """Show what is taught against what is needed, for all offers or for those chosen, or how far that is."""
    found, choice = taught(contents), Choice.of(request.GET)
    if found is None:
        return page(request, contents, "seats", standing("seats"))
    empty = found.empty()
    needed, sessions, overlaps = found.needed(), found.sessions(choice), found.overlaps(choice)
    context = {
        "found": True,
        "sentences": [*found.sentences(), *found.of_provider(choice)],
        "needed": short(needed, contents, SHORT),
        "empty": short(empty, contents, SHORT),
        "bars": charts.bars(empty, 1, ["left"] * len(empty.rows), contents.words),
        "sessions": short(sessions, contents, SHOWN, choice),
        "overlaps": short(overlaps, contents, SHORT, choice) if overlaps.rows else None,
        "step": found.step,
        "cells": reverse("supply:csv", args=["cells"]),
        "origins": contents.origins(COUNTED),
        **form(offered(contents), choice),
    }
    return page(request, contents, "seats", context)


@access(Access.PUBLIC)
@require_safe
@from_figures
def seats_json(request: HttpRequest, contents: Contents) -> HttpResponse:
    """Give what is taught against what is needed."""
    found, choice = taught(contents), Choice.of(request.GET)
    if found is None:
        return not_yet("seats")
    return json_twin(
        contents,
        sentences=[*found.sentences(), *found.of_provider(choice)],
        tables={name: table.as_json() for name, table in found.tables(choice).items()},
        origins=contents.origins(COUNTED),
    )


# -------------------------------------------------------------------------------------------------------- all offers


@access(Access.PUBLIC)
@require_safe
@from_figures
def offers_page(request: HttpRequest, contents: Contents) -> HttpResponse:
    """Show every offer, or those chosen, in order of their first day."""
    choice, found = Choice.of(request.GET), offered(contents)
    context = {
        "found": True,
        "offers": short(found.calendar(choice), contents, SHOWN, choice),
        "calendar": reverse("supply:offers_ics") + choice.query if calendars() else "",
        "origins": contents.origins(OFFERED),
        "sample": 1,
        **form(found, choice),
    }
    return page(request, contents, "offers", context)


@access(Access.PUBLIC)
@require_safe
@from_figures
def offers_json(request: HttpRequest, contents: Contents) -> HttpResponse:
    """Give the offers chosen."""
    table = offered(contents).calendar(Choice.of(request.GET))
    return json_twin(contents, offers=table.as_json(), origins=contents.origins(OFFERED))


# --------------------------------------------------------------------------------------- what to teach next, and where


@access(Access.PUBLIC)
@require_safe
@from_figures
def modules(request: HttpRequest, contents: Contents) -> HttpResponse:
    """Show what is worth teaching next, or how far that is."""
    found = modules_found(contents)
    if found is None:
        return page(request, contents, "modules", standing("modules"))
    table = found.table()
    context = {
        "found": True,
        "paper": found.paper,
        "table": short(table, contents, SHORT) if table.rows else None,
        "origins": contents.origins(COUNTED),
    }
    return page(request, contents, "modules", context)


@access(Access.PUBLIC)
@require_safe
@from_figures
def modules_json(_request: HttpRequest, contents: Contents) -> HttpResponse:
    """Give what is worth teaching next."""
    found = modules_found(contents)
    return not_yet("modules") if found is None else json_twin(contents, design=found.answer)


@access(Access.PUBLIC)
@require_safe
@from_figures
def places(request: HttpRequest, contents: Contents) -> HttpResponse:
    """Show who could learn where by day, in the morning and in the evening, or how far that is."""
    found = places_found(contents)
    if found is None:
        return page(request, contents, "places", standing("places"))
    times, shares = found.times(), found.shares()
    context = {
        "found": True,
        "times": short(times, contents, SHORT),
        "bars": charts.bars(shares, 1, ["found", "training"] * len(shares.rows), contents.words),
        "sentences": found.sentences(),
        "table": short(found.table(), contents, SHORT),
        "new": found.new(),
        "origins": contents.origins(LEARNERS),
        "sample": 1,
    }
    return page(request, contents, "places", context)


@access(Access.PUBLIC)
@require_safe
@from_figures
def places_json(_request: HttpRequest, contents: Contents) -> HttpResponse:
    """Give who could learn where."""
    found = places_found(contents)
    return not_yet("places") if found is None else json_twin(contents, places=found.answer)


# ----------------------------------------------------------------------------------------------------- digital skills


@access(Access.PUBLIC)
@require_safe
@from_figures
def digital_page(request: HttpRequest, contents: Contents) -> HttpResponse:
    """Show digital skills asked and taught, by year, level and kind of school."""
    together, each = offered(contents).digital()
    context = {
        "found": True,
        "together": short(together, contents, SHOWN),
        "each": short(each, contents, SHOWN),
        "origins": contents.origins(OFFERED),
        "sample": 1,
    }
    return page(request, contents, "digital", context)


@access(Access.PUBLIC)
@require_safe
@from_figures
def digital_json(_request: HttpRequest, contents: Contents) -> HttpResponse:
    """Give digital skills asked and taught."""
    tables = {table.name: table.as_json() for table in offered(contents).digital()}
    return json_twin(contents, tables=tables, origins=contents.origins(OFFERED))
