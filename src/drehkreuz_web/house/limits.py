# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How much one visitor may ask: the size of a form, and how many forms a minute."""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from drehkreuz_web.house.errors import error_page

Respond = Callable[[HttpRequest], HttpResponse]

READING: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
MINUTE: Final = 60.0
MOST_VISITORS: Final = 50_000
"""Visitors that are counted at a time; beyond, those that sent a form longest ago are forgotten."""


class BodyLimit:
    """Refuses a form that is too large before it is read."""

    def __init__(self, respond: Respond) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 413 to a large body, else pass on."""
        if _content_length(request) > settings.LARGEST_BODY:
            return error_page(request, 413)
        return self._respond(request)


class PostLimit:
    """Refuses forms of an address that sends too many; it applies to every form, so that none can be forgotten."""

    def __init__(self, respond: Respond) -> None:
        self._respond = respond
        self._buckets = Buckets(settings.POSTS_PER_MINUTE)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 429 to too many forms, else pass on."""
        if request.method not in READING:
            wait = self._buckets.take(_network(request.META.get("REMOTE_ADDR", "")), monotonic())
            if wait > 0:
                response = error_page(request, 429)
                response["Retry-After"] = str(int(wait) + 1)
                return response
        return self._respond(request)


@dataclass(slots=True)
class Buckets:
    """
    Token buckets by visitor: each holds a minute's worth and refills steadily.

    A visitor is a keyed digest of the address, under a key that lives as long as this process: nobody can tell from it
    who was here, and nothing of it is written down.

    Attributes:
        per_minute: Tokens of a full bucket, and of a minute's refill.
    """

    per_minute: int
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    _levels: dict[bytes, tuple[float, float]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def take(self, visitor: str, now: float) -> float:
        """Take a token; return 0, or the seconds until there is one."""
        key = hmac.digest(self._key, visitor.encode(), "blake2s")
        rate = self.per_minute / MINUTE
        with self._lock:
            level, since = self._levels.pop(key, (float(self.per_minute), now))
            level = min(self.per_minute, level + (now - since) * rate)
            wait = 0.0 if level >= 1 else (1 - level) / rate
            self._levels[key] = (level if wait else level - 1, now)
            self._forget(now)
        return wait

    def _forget(self, now: float) -> None:
        """Forget who sent no form for a minute: their bucket is full again, as that of a new visitor."""
        while self._levels:
            visitor, (_, since) = next(iter(self._levels.items()))
            if now - since < MINUTE and len(self._levels) <= MOST_VISITORS:
                break
            del self._levels[visitor]


def _content_length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _network(address: str) -> str:
    """Return the address, of IPv6 the network a household has."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
