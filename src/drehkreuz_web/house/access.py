# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Who may open which page: every view says it, a view that says nothing stays shut."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any, Final, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

View = TypeVar("View", bound=Callable[..., Any])
Respond = Callable[[HttpRequest], HttpResponse]

DECLARED: Final = "drehkreuz_access"


class Access(Enum):
    """Who may open a page."""

    PUBLIC = "public"


def access(who: Access) -> Callable[[View], View]:
    """
    Declare who may open a page, as the outermost decorator of its view.

        @access(Access.PUBLIC)
        def start(request): …
    """

    def declare(view: View) -> View:
        setattr(view, DECLARED, who)
        return view

    return declare


def declared(view: object) -> Access | None:
    """Return who may open a page; None: its view does not say, so nobody may."""
    who = getattr(view, DECLARED, None)
    return who if isinstance(who, Access) else None


class AccessControl:
    """Lets a request through to a view that is declared for everybody, and to no other."""

    def __init__(self, respond: Respond) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; the view is known only later."""
        return self._respond(request)

    def process_view(self, _request: HttpRequest, view: object, _args: object, _kwargs: object) -> None:
        """
        Refuse a view that is not declared public.

        Raises:
            PermissionDenied: Always then, whoever asks.
        """
        if declared(view) is not Access.PUBLIC:
            raise PermissionDenied
