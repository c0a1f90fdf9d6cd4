# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Where programs ask: /api/v1/…, described at /api/v1/openapi.json and, for people, at /api/."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, include, path

from drehkreuz_web.api import pages
from drehkreuz_web.api.interface import interface
from drehkreuz_web.api.views import router
from drehkreuz_web.house.access import access, declared

app_name = "api"


def operations() -> Iterator[URLPattern]:
    """Yield the route of each operation; it is open to whom its operation declares."""
    who = {
        operation.url_name: declared(operation.view_func)
        for view in router.path_operations.values()
        for operation in view.operations
    }
    for route in interface.urls[0]:
        if isinstance(route, URLPattern) and route.name in who:
            allowed = who[route.name]
            if allowed is not None:
                access(allowed)(route.callback)
            yield route


urlpatterns = [
    path("", pages.overview, name="overview"),
    path("v1/openapi.json", pages.description, name="description"),
    path("v1/", include(list(operations()))),
]
