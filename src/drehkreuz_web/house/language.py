# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Switching the language: remembered in a cookie, the page stays, and so does what was sent to it."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import get_script_prefix
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST

from drehkreuz_web.house.access import Access, access

YEAR: Final = 365 * 24 * 3600
SEND_AGAIN: Final = 307
"""The browser sends the same form to the page it came from: a step that was posted stays where it is."""


@access(Access.PUBLIC)
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """
    Set the language and go back to the page.

    Fields: `language`; `next`, the page to go back to; `posted`, not empty where that page answered a form: then the
    other fields of the switch (block `carried` of base.html) are that form's, and are sent to it once more.
    """
    language, back = request.POST.get("language", ""), request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = get_script_prefix()
    response = HttpResponseRedirect(back)
    response.status_code = SEND_AGAIN if request.POST.get("posted") else 303
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=YEAR,
            path=settings.LANGUAGE_COOKIE_PATH,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )
    return response
