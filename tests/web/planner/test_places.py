# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Stations and chargers: what stands, what is missing, and where new ones could stand, in page, file and JSON alike."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from drehkreuz.region import TABLES, Region
from town import with_towns
from web.waiting import until

if TYPE_CHECKING:
    from django.test import Client

STATIONS = [
    {"station_id": "p1", "name": "Markt", "kind": "pedelec", "lat": 50.87, "lon": 6.33, "capacity": 5, "vehicles": 2},
    {
        "station_id": "c1",
        "name": "Bahnhof",
        "kind": "carsharing",
        "lat": 50.87,
        "lon": 6.331,
        "capacity": 1,
        "vehicles": 1,
    },
    {"station_id": "x1", "name": "Steg", "kind": "canoe", "lat": 50.871, "lon": 6.33},
]
SITES = [
    {"site_id": "s1", "name": "Rathaus", "lat": 50.87, "lon": 6.33, "power_kw": 22.0, "points": 2, "fast": False},
    {"site_id": "s2", "name": "Hof", "lat": 50.8547, "lon": 6.2944, "power_kw": 150.0, "points": 1, "fast": True},
]


def _table(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    return TABLES[name].conform(pl.DataFrame(rows))


@pytest.fixture
def equipped(village: Region, figures: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Region:
    """The village with towns, three stations and two charging sites, as the pages see it."""
    from drehkreuz_web.planner import places_views  # noqa: PLC0415  # needs settings

    assert figures
    region = with_towns(village).with_tables(
        {"sharing_stations": _table("sharing_stations", STATIONS), "charging_sites": _table("charging_sites", SITES)}
    )

    class Market:
        """A market of which the pages need the region alone."""

    Market.region = region  # type: ignore[attr-defined]
    monkeypatch.setattr(places_views, "market", lambda: Market)
    return region


def values(client: Client, query: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(client.get(f"/region/places.json?{query}").content)
    return found


@pytest.mark.usefixtures("equipped")
def test_charging_by_municipality(client: Client) -> None:
    """What is missing is what is needed less what stands, never below none; the towns outside the study area are not counted."""
    rows = {row["municipality"]: row for row in values(client, "year=2035")["municipalities"]["rows"]}
    assert set(rows) == {"Sonnenfeld", "Bachtal"}
    assert (rows["Sonnenfeld"]["normal_existing"], rows["Bachtal"]["fast_existing"]) == (2, 1)
    for row in rows.values():
        for name in ("normal", "fast"):
            assert abs(row[f"{name}_gap"] - max(0, row[f"{name}_need"] - row[f"{name}_existing"])) <= 1


@pytest.mark.usefixtures("equipped")
def test_stations_by_municipality(client: Client) -> None:
    """Stations count where they stand, those without a kind of ours too; a municipality without one comes first."""
    told = values(client, "show=sharing")
    rows = told["municipalities"]["rows"]
    assert [row["municipality"] for row in rows] == ["Bachtal", "Sonnenfeld"]
    assert (rows[1]["pedelec"], rows[1]["carsharing"], rows[1]["vehicles"]) == (1, 1, 3)
    assert len(told["sites"]) == 3
    assert "1 von 2 Gemeinden" in " ".join(told["sentences"])


@pytest.mark.usefixtures("equipped")
@pytest.mark.parametrize(
    ("query", "kinds"), [("show=charging", {"normal", "fast"}), ("show=sharing", {"pedelec", "carsharing", "canoe"})]
)
def test_the_map_tells_kinds_by_shape(client: Client, query: str, kinds: set[str]) -> None:
    """Every kind on the map has a shape of its own, and whatever stands has a mark that says its name."""
    from drehkreuz_web.planner.marks import OTHER, SHAPES  # noqa: PLC0415  # needs settings

    page = client.get(f"/region/places?{query}").content.decode()
    assert len({SHAPES.get(kind, OTHER) for kind in kinds}) == len(kinds)
    for kind in kinds:
        assert f"planner-mark--{kind}" in page


@pytest.mark.usefixtures("equipped")
@pytest.mark.parametrize("name", ["charging", "charging-sites", "charging-assumptions", "sharing", "stations"])
def test_every_table_is_a_file(client: Client, name: str) -> None:
    """Each table of the pages can be taken along."""
    response = client.get(f"/region/places/tables/{name}.csv?year=2030")
    assert response.status_code == 200
    assert f"{name}.csv" in response["Content-Disposition"]
    assert len(response.content.splitlines()) > 1


@pytest.mark.usefixtures("figures")
def test_new_stations_are_proposed(client: Client) -> None:
    """A proposal is worked out in the background; page, file and values have the places that were asked for, in order."""
    asked = client.post("/region/places/propose", {"of": "pedelec", "build": "2"})
    assert asked.status_code == 303
    address = asked["Location"]
    until(lambda: client.get(f"{address}.json").status_code == 200)
    told = json.loads(client.get(f"{address}.json").content)
    assert [site["step"] for site in told["sites"]] == [1, 2]
    assert told["served"] <= told["bound"]
    page = client.get(address).content.decode()
    file = client.get(f"{address}.csv").content.decode()
    for site in told["sites"]:
        assert site["name"] in page
        assert site["name"] in file
    assert page.count('class="planner-mark planner-mark--new"') == 2 + 1  # two on the map, one in the legend


@pytest.mark.parametrize("fields", [{}, {"of": "canoe", "build": "2"}, {"of": "fast", "build": "viele"}])
@pytest.mark.usefixtures("figures")
def test_a_question_that_makes_no_sense_leads_back(client: Client, fields: dict[str, str]) -> None:
    """What cannot be asked leads back to where it was asked."""
    response = client.post("/region/places/propose", fields)
    assert (response.status_code, response["Location"].partition("?")[0]) == (303, "/region/places")
