# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Reading a body: JSON as RFC 8259 has it, of bounded size and depth."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser
from pydantic_core import from_json

from drehkreuz_web.house.problem import DETAILS
from drehkreuz_web.person.case import LONGEST


class NotJsonError(ValueError):
    """
    A body that is not read.

    Attributes:
        status: HTTP status that says why.
    """

    def __init__(self, status: int, detail: str) -> None:
        self.status = status
        super().__init__(detail)


class StrictParser(Parser):
    """Reads JSON and nothing else: no NaN, no lone halves of characters, no nesting without end."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """
        Return the body's values.

        Raises:
            NotJsonError: If it is no JSON, or longer than a case file may be.
        """
        if request.content_type != "application/json":
            raise NotJsonError(415, DETAILS[415])
        if len(request.body) > LONGEST:
            raise NotJsonError(413, f"The body is larger than {LONGEST:,} bytes; a full case has about 3,000.")
        try:
            values: dict[str, Any] = from_json(request.body, allow_inf_nan=False)
        except ValueError as error:
            raise NotJsonError(400, f"The body is no JSON: {error}.") from error
        return values
