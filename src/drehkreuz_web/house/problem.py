# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a program is told when something is not as it should be: application/problem+json (RFC 9457), in English."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, JsonResponse
from django.urls import get_script_prefix

MEDIA_TYPE: Final = "application/problem+json"

API: Final = "api/"
"""Addresses below are a program's."""

DETAILS: Final = {
    400: "The request cannot be read.",
    403: "This address is not open.",
    404: "There is nothing at this address. The description of the interface lists every operation.",
    405: "This address does not know that method; the header Allow lists those it knows.",
    413: "The request is too large.",
    415: "The body must be JSON: send Content-Type: application/json.",
    429: "Too many requests came from this network within a minute. Wait as many seconds as Retry-After says.",
    500: "Something went wrong on our side. Nothing that was sent has been stored.",
}
"""What happened and what to do, by status."""


def is_program(request: HttpRequest) -> bool:
    """Whether an address below /api/ was asked for."""
    return request.path.startswith(get_script_prefix() + API)


def problem(status: int, detail: str = "", **more: object) -> JsonResponse:
    """
    Return a problem.

    Args:
        status: HTTP status; its phrase is the title, so the type stays `about:blank` (RFC 9457, 4.2.1).
        detail: What happened and what to do; empty: what `DETAILS` says.
        more: Further members.
    """
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    told["detail"] = detail or DETAILS[status]
    return JsonResponse(
        {**told, **more}, status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False}
    )
