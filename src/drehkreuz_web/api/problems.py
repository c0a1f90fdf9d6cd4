# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Faults of a request as problems (RFC 9457), each finding with the place it is about."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpResponse
from ninja import Schema
from ninja.errors import HttpError, ValidationError
from pydantic import Field

from drehkreuz.errors import InputError
from drehkreuz_web.api.case import JsonCase
from drehkreuz_web.api.parser import NotJsonError
from drehkreuz_web.house.problem import problem

WRONG: Final = "Some values cannot be taken as they are; `errors` says which, and what to do."


class Fault(Schema):
    """One thing that is wrong."""

    detail: str = Field(description="What is wrong, and what to do.")
    pointer: str | None = Field(None, description="JSON pointer into the body, as a fragment (RFC 6901).")
    parameter: str | None = Field(None, description="Parameter of the address.")


class Problem(Schema):
    """What is wrong with a request (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Fault] = Field([], description="Each thing that is wrong, with its place.")


def refused(case: JsonCase, error: InputError) -> HttpResponse:
    """Answer 422 with what the library finds wrong with a case."""
    errors = [
        {"detail": f"{f.column} {f.problem}. {f.remedy}".strip(), "pointer": case.pointer(f)} for f in error.findings
    ]
    return problem(422, WRONG, errors=errors)


def told(error: object) -> HttpResponse | None:
    """Return the answer to a fault of a request; None: it is a fault of the software."""
    match error:
        case ValidationError():
            return problem(422, WRONG, errors=[_fault(found) for found in error.errors])
        case HttpError(__cause__=NotJsonError() as cause):
            return problem(cause.status, str(cause))
        case HttpError():
            return problem(error.status_code)
        case Http404():
            return problem(404)
        case _:
            return None


def _fault(found: dict[str, Any]) -> dict[str, str]:
    source, *place = (str(part) for part in found["loc"])
    detail = f"{found['msg']}."
    if source == "body":
        escaped = (part.replace("~", "~0").replace("/", "~1") for part in place[1:])  # the first is the argument's name
        return {"detail": detail, "pointer": "/".join(["#", *escaped])}
    return {"detail": detail, "parameter": place[-1]}
