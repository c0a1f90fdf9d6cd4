# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A case as JSON, and a program that asks."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from datetime import date, time
from typing import TYPE_CHECKING, Any

import pytest

from scripts import ROOT

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

Ask = Callable[..., "HttpResponse"]

EXAMPLE = ROOT / "examples" / "baggerfahrer.toml"


def as_json(value: object) -> str:
    """Return a day or a time of TOML as JSON has it."""
    match value:
        case time():
            return f"{value:%H:%M}"
        case date():
            return value.isoformat()
        case _:
            raise TypeError


@pytest.fixture
def toml() -> str:
    """The case file of a digger driver."""
    return EXAMPLE.read_text(encoding="utf-8")


@pytest.fixture
def case(toml: str) -> dict[str, Any]:
    """The same case as JSON."""
    values: dict[str, Any] = json.loads(json.dumps(tomllib.loads(toml), default=as_json))
    return values


@pytest.fixture
def ask(client: Client) -> Ask:
    """A program that sends a case, or whatever it takes for one."""

    def send(body: object, content_type: str = "application/json", **more: Any) -> HttpResponse:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return client.post("/api/v1/paths", content, content_type=content_type, **more)  # type: ignore[return-value]  # a response

    return send
