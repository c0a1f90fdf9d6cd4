# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Legal notice, privacy and accessibility: templates in plain words, filled with who runs this site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from drehkreuz_web.house.access import Access, access


@access(Access.PUBLIC)
@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    """Show who runs this site."""
    return render(request, "house/imprint.html")


@access(Access.PUBLIC)
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show what happens to what a person types."""
    return render(request, "house/privacy.html")


@access(Access.PUBLIC)
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show how accessible the site is and whom to tell."""
    return render(request, "house/accessibility.html")
