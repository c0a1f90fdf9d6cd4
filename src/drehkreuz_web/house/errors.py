# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a page says when something is not as it should be: in the visitor's language, with what to do now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from drehkreuz_web.house.problem import is_program, problem

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Trouble:
    """What happened and what to do, in words."""

    title: Words
    what: Words
    now: Words


TROUBLES: Final = {
    400: Trouble(
        _("That could not be read"),
        _("Your browser sent something that this page does not understand."),
        _("Go back one page and try again. If that does not help, begin anew."),
    ),
    403: Trouble(
        _("This page is not open"),
        _("This page is not for everybody, or its form has been open for too long."),
        _("Go back, load the page again and send it once more. The site needs one cookie against forged forms."),
    ),
    404: Trouble(
        _("There is no such page"),
        _("The address may be misspelt, or the page has moved."),
        _("Begin at the start page."),
    ),
    405: Trouble(
        _("This cannot be done here"),
        _("The page can be read, but not be used in this way."),
        _("Begin at the start page."),
    ),
    413: Trouble(
        _("That is too much at once"),
        _("What you sent is larger than one megabyte."),
        _("Shorten your text or choose a smaller file. Half a page about your work is enough."),
    ),
    429: Trouble(
        _("One moment, please"),
        _("Very many requests came from your connection within a minute."),
        _("Wait a minute and send it again. What you wrote is still there if you go back one page."),
    ),
    500: Trouble(
        _("That is our mistake"),
        _("Something went wrong on our side. Nothing that you wrote was stored."),
        _("Try it again. If it happens again, please tell us which page it was; the legal notice says how."),
    ),
}

BARE: Final = """<!doctype html><html lang="de"><meta charset="utf-8"><title>Drehkreuz</title>
<h1>Das ist unser Fehler</h1><p>Etwas ist schiefgegangen. Nichts von dem, was Sie geschrieben haben, wurde gespeichert.
Bitte versuchen Sie es noch einmal.</p>
<h1 lang="en">That is our mistake</h1><p lang="en">Something went wrong. Nothing that you wrote was stored. Please try again.</p>
</html>"""


def error_page(request: HttpRequest, status: int) -> HttpResponse:
    """Answer with the page of a status; a program gets the same as a problem."""
    if is_program(request):
        return problem(status)
    return render(request, "house/error.html", {"trouble": TROUBLES[status], "status": status}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400; 413 where a form that did not tell its size turned out too large."""
    return error_page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django gives it
    """Answer 403."""
    return error_page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # Django's face
    """Answer 403 to a form without its token."""
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  # Django gives it
    """Answer 404."""
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500; with a bare page in both languages if even the layout is at fault."""
    try:
        return error_page(request, 500)
    except Exception:  # noqa: BLE001  # whatever is wrong, the visitor gets a sentence
        return HttpResponse(BARE, status=500)


class InWords:
    """Gives a refusal that Django leaves without words, a method that a page does not know, the page of its trouble."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with words."""
        response = self._respond(request)
        if isinstance(response, HttpResponseNotAllowed):
            told = error_page(request, response.status_code)
            told["Allow"] = response["Allow"]
            return told
        return response
