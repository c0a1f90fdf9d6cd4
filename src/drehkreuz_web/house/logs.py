# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
What is written down: one JSON object a line, and never a word that a person typed.

A request leaves its method, the pattern of its route (not its path), status and duration. A fault leaves the kind of the
exception and the places in the source it passed, not its message: messages quote values. Other libraries' messages quote
what they like, so of them only name, level and place are kept.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from time import perf_counter
from typing import Any, Final, TextIO

from django.conf import settings
from django.http import HttpRequest, HttpResponse

HOUSE: Final = "drehkreuz_web"
"""Name of the one logger whose fields are written; it is called with constant events and harmless fields."""

log = logging.getLogger(HOUSE)


class Structured(logging.Formatter):
    """Formats a record as one line of JSON without any message that could quote a person."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
        }
        if record.name == HOUSE:
            line |= {"event": record.msg, **getattr(record, "fields", {})}
        else:
            line |= {"event": "library", "logger": record.name, "at": f"{record.module}:{record.lineno}"}
        if record.exc_info and record.exc_info[1]:
            line |= fault(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def fault(error: BaseException) -> dict[str, Any]:
    """
    Return what may be written of an exception: its kind and the places it passed, innermost last.

    With DREHKREUZ_DEBUG its message too, for who develops the site and types nothing but their own inventions.
    """
    frames = traceback.extract_tb(error.__traceback__)
    told: dict[str, Any] = {
        "exception": f"{type(error).__module__}.{type(error).__qualname__}",
        "places": [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames[-12:]],
    }
    return told | ({"message": str(error)} if settings.QUOTE_FAULTS else {})


class RequestLog:
    """Writes one line for each request that a view answered or that was refused."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and write down how."""
        began = perf_counter()
        response = self._respond(request)
        route = request.resolver_match.route if request.resolver_match else None
        fields = {
            "method": request.method if request.method in _METHODS else "other",
            "route": route,
            "status": response.status_code,
            "ms": round(1000 * (perf_counter() - began)),
        }
        log.info("request", extra={"fields": fields})
        return response


class ToStderr(logging.StreamHandler[TextIO]):
    """Writes to what stderr is at the moment."""

    @property
    def stream(self) -> TextIO:
        """Where lines go."""
        return sys.stderr

    @stream.setter
    def stream(self, _given: TextIO) -> None:
        """Keep to stderr."""


def configure(_settings: Mapping[str, Any]) -> None:
    """Send every record of every library to stderr in this form, from INFO for the house and WARNING for others."""
    for name in ("django", "django.server"):  # Django's own handlers would write messages, or mail them
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    handler = ToStderr()
    handler.setFormatter(Structured())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    log.setLevel(logging.INFO)
    for name in (
        "django.request",
        "waitress.queue",
    ):  # what was refused, and how long it took, stands in the request's line
        logging.getLogger(name).setLevel(logging.ERROR)


_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
