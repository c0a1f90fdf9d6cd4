# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The description of the interface: for programs as OpenAPI, for people as a page."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from drehkreuz_web.api.interface import description as describe
from drehkreuz_web.house.access import Access, access


@access(Access.PUBLIC)
@require_safe
def description(_request: HttpRequest) -> HttpResponse:
    """Give the description of the interface, OpenAPI 3.1."""
    return JsonResponse(_described(), json_dumps_params={"ensure_ascii": False, "indent": 2})


@access(Access.PUBLIC)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show what programs may ask."""
    listed = [
        {"method": method.upper(), "path": path, "summary": gettext(operation["summary"])}
        for path, operations in _described()["paths"].items()
        for method, operation in operations.items()
    ]
    return render(request, "api/overview.html", {"operations": listed})


@lru_cache(maxsize=1)
def _described() -> dict[str, Any]:
    return describe(reverse("api:description").removesuffix("openapi.json").removeprefix("/"))
