# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The pages on learning: seats and people, offers, modules, places, digital skills, in page, file and JSON alike."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from web.waiting import until

if TYPE_CHECKING:
    from django.test import Client

PAGES = ("", "/offers", "/modules", "/places", "/digital")
SHEETS = (
    "needed",
    "empty",
    "sessions",
    "overlaps",
    "cells",
    "offers",
    "modules",
    "places",
    "times",
    "digital",
    "skills",
)
PROVIDER = "Beispielträger Technik"

pytestmark = pytest.mark.usefixtures("figures")


def values(client: Client, path: str) -> dict[str, Any]:
    """Return the values of a page."""
    found: dict[str, Any] = json.loads(client.get(f"/region/learning{path}").content)
    return found


def rows(client: Client, sheet: str, query: str = "") -> list[dict[str, str]]:
    """Return the rows of a table's file, by its German headings."""
    text = client.get(f"/region/learning/tables/{sheet}.csv{query}").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.mark.usefixtures("nobody_asked")
def test_nothing_is_worked_out_unasked(client: Client) -> None:
    """Before anybody asked, a page says what would be worked out and its files lead there."""
    assert "Rechnen lassen" in client.get("/region/learning").content.decode()
    assert values(client, "/modules.json")["status"] == "not asked"
    led = client.get("/region/learning/tables/cells.csv")
    assert (led.status_code, led["Location"]) == (302, "/region/learning")


@pytest.mark.usefixtures("nobody_asked")
def test_it_is_worked_out_in_the_background(client: Client) -> None:
    """Asked once, the answer comes for everybody; asked again, nothing is worked out twice."""
    assert client.post("/region/learning/start", {"of": "places"})["Location"] == "/region/learning/places"
    until(lambda: "places" in values(client, "/places.json"))
    assert client.post("/region/learning/start", {"of": "places"}).status_code == 303
    assert "Vormittags" in client.get("/region/learning/places").content.decode()
    until(lambda: "HX-Refresh" in client.get("/region/learning/progress?of=places"))


@pytest.mark.usefixtures("worked_out")
@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_where_its_figures_are_from(client: Client, page: str) -> None:
    """Page and twin answer, and the page tells what is modelled and from where."""
    shown = client.get(f"/region/learning{page}")
    assert shown.status_code == 200
    assert "Woher:" in shown.content.decode()
    assert values(client, f"{page}.json")["about"]["region"]


@pytest.mark.usefixtures("worked_out")
@pytest.mark.parametrize("sheet", SHEETS)
def test_every_table_is_a_file(client: Client, sheet: str) -> None:
    """Each table can be taken along."""
    response = client.get(f"/region/learning/tables/{sheet}.csv")
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.usefixtures("worked_out")
def test_the_figures_are_those_of_the_library(client: Client, answers: dict[str, Any]) -> None:
    """The seats of all sessions, by session and by cell, sum up to what the answer says, and so do the empty ones."""
    told = answers["seats"]
    for sheet in ("sessions", "cells"):
        found = rows(client, sheet)
        assert sum(int(row["freie Plätze"]) for row in found) == told["seats"]
        assert sum(int(row["leere Plätze"]) for row in found) == told["empty"]


@pytest.mark.usefixtures("worked_out")
def test_a_provider_sees_its_own(client: Client) -> None:
    """Chosen by a provider, sessions and offers are its own, and only overlaps with it are shown."""
    query = f"?provider={PROVIDER}"
    assert {row["Anbieter"] for row in rows(client, "sessions", query)} == {PROVIDER}
    assert 0 < len(rows(client, "offers", query)) < len(rows(client, "offers"))
    assert all(PROVIDER in row["Anbieter"] for row in rows(client, "overlaps", query))
    assert f"{len(rows(client, 'sessions', query))} Termine" in client.get(f"/region/learning{query}").content.decode()


@pytest.mark.usefixtures("worked_out")
def test_a_choice_that_fits_nothing(client: Client) -> None:
    """What no offer is like shows none, and breaks nothing."""
    query = "?provider=niemand&month=1999-01&words=%3Cscript%3E"
    assert rows(client, "sessions", query) == []
    for page in ("", "/offers"):
        shown = client.get(f"/region/learning{page}{query}")
        assert shown.status_code == 200
        assert "<script>" not in shown.content.decode().partition("<main")[2]


def test_offers_as_a_calendar(client: Client) -> None:
    """The calendar has an event for each offer chosen, and is the same for the same choice."""
    pytest.importorskip("icalendar")
    query = "?format=evening"
    calendar = client.get(f"/region/learning/offers.ics{query}")
    assert calendar["Content-Type"].startswith("text/calendar")
    assert calendar.content.count(b"BEGIN:VEVENT") == len(rows(client, "offers", query)) > 0
    assert calendar.content == client.get(f"/region/learning/offers.ics{query}").content


def test_counts_are_rounded_where_people_may_be_real() -> None:
    """Counts of people become multiples of five at any depth; seats, days and yes or no stay."""
    from drehkreuz_web.supply.protect import rounded  # noqa: PLC0415  # needs settings

    answer = {"seats": 7, "full": True, "sessions": [{"could": 7, "kept_place": 3, "empty": 2}], "at_most": 13}
    assert rounded(answer, 5) == {
        "seats": 7,
        "full": True,
        "sessions": [{"could": 5, "kept_place": 5, "empty": 0}],
        "at_most": 15,
    }
    assert rounded(answer, 1) == answer
