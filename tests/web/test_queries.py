# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How many queries each page and each operation asks the database: none, but for health and shared vehicles."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import get_resolver

from scripts import ROOT
from web.api.conftest import as_json
from web.house.test_access import routes

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.usefixtures("site")

WELL = {
    "health": 1,
    "sharing": 5,
    "sharing/stations/<int:number>": 5,
    "sharing/gbfs/manifest.json": 7,
    "sharing/gbfs/<str:system>/<slug:feed>.json": 12,
}
"""Queries of the routes that ask any, where no vehicle is lent."""

FILLED = {
    "<occupation_id>": "o-welder",
    "<slug:slug>": "openings-by-level",
    "<slug:name>": "barriers",
    "<slug:measure>": "bus_line",
    "<slug:table>": "charging",
    "<slug:key>": "nobodys",
    "<slug:sheet_name>": "offers",
    "<int:number>": "1",
    "<str:system>": "Modell-Rad",
    "<slug:feed>": "gbfs",
}
"""What stands in the place of a route's parameters."""

NOTHING_LENT = {"sharing/book", "sharing/stations/<int:number>", "sharing/gbfs/<str:system>/<slug:feed>.json"}
"""Routes that answer 404 in a region without shared vehicles."""

CASE = (ROOT / "examples" / "baggerfahrer.toml").read_text(encoding="utf-8")


def addresses() -> dict[str, str]:
    """Return an address for every route of the site."""
    found = {}
    for route, _ in routes(get_resolver()):
        address = route
        for parameter, value in FILLED.items():
            address = address.replace(parameter, value)
        assert "<" not in address, f"say in FILLED what {route} is asked with"
        found[route] = f"/{address}"
    return found


@pytest.mark.usefixtures("database", "figures")
def test_queries(client: Client) -> None:
    """Every page and operation, asked for and posted to, costs as many queries as is written here, on both databases."""
    from django.db import connection  # noqa: PLC0415  # needs settings
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415  # same

    assert client.get("/sharing").status_code == 200  # which makes the tables, if nobody has
    asked: dict[str, int] = {}
    statuses: dict[str, set[int]] = {}
    for route, address in addresses().items():
        answers: list[Any] = []
        with CaptureQueriesContext(connection) as queries:
            answers.append(client.get(address, {"q": "Schweißer"}))
            if len(queries) == 0:
                answers.append(client.post(address, {"case": CASE, "text": "Schweißer", "go": "next"}))
        asked[route] = len(queries)
        statuses[route] = {answer.status_code for answer in answers}
    assert {route: count for route, count in asked.items() if count} == WELL
    unanswered = {route for route, found in statuses.items() if not found & {200, 302, 303, 422}}
    assert unanswered == {"api/v1/paths"} | NOTHING_LENT | {route for route in statuses if "<slug:key>" in route}
    assert max(status for found in statuses.values() for status in found) < 500


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("path", ["/no-such-page", "/api/no-such-operation"])
def test_queries_of_nothing(client: Client, path: str) -> None:
    """An address that there is not costs no query."""
    from django.db import connection  # noqa: PLC0415  # needs settings
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415  # same

    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 404
    assert len(queries) == 0


@pytest.mark.usefixtures("database")
def test_queries_of_a_case(client: Client) -> None:
    """An answered case costs no query, neither as a page nor as JSON."""
    from django.db import connection  # noqa: PLC0415  # needs settings
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415  # same

    values = json.dumps(tomllib.loads(CASE), default=as_json)
    with CaptureQueriesContext(connection) as queries:
        assert client.post("/paths", {"case": CASE}).status_code == 200
        assert client.post("/api/v1/paths", values, content_type="application/json").status_code == 200
    assert len(queries) == 0
