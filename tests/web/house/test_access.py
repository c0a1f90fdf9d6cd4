# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Every route says who may open it; what says nothing stays shut."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from drehkreuz_web.house.access import Access, AccessControl, access, declared

pytestmark = pytest.mark.usefixtures("site")


def routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        route = f"{before}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from routes(entry, route)
        else:
            yield route, entry


def test_every_route_declares_access() -> None:
    """There is no route of the site whose view does not say who may open it."""
    found = dict(routes(get_resolver()))
    assert len(found) > 4
    assert [route for route, pattern in found.items() if declared(pattern.callback) is None] == []


def open_page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("shown")


def test_undeclared_view_is_shut() -> None:
    """A view that says nothing is refused, whoever asks."""
    control = AccessControl(open_page)
    with pytest.raises(PermissionDenied):
        control.process_view(HttpRequest(), open_page, (), {})


def test_declared_view_is_open() -> None:
    """A view that is declared public is let through, and stays the same function."""
    declared_page = access(Access.PUBLIC)(open_page)
    try:
        AccessControl(open_page).process_view(HttpRequest(), declared_page, (), {})
        assert declared_page is open_page
    finally:
        del open_page.drehkreuz_access  # type: ignore[attr-defined]  # what the decorator set


def test_other_declarations_are_shut() -> None:
    """Something else in the place of a declaration opens nothing."""

    def page(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    page.drehkreuz_access = "public"  # type: ignore[attr-defined]  # as a careless view would
    with pytest.raises(PermissionDenied):
        AccessControl(page).process_view(HttpRequest(), page, (), {})
