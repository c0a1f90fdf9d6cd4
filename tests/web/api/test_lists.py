# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Lists and single things that programs may read, and what the interface says of itself."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from drehkreuz.region import Region

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.usefixtures("site")

STRANGE = ("🙂", "مرحبا", "' OR 1=1 --", "\x00", "%", "\u202e", "a" * 200)


def read(client: Client, path: str, **query: Any) -> dict[str, Any]:
    answer = client.get(f"/api/v1/{path}", query)
    assert answer.status_code == 200, answer.content
    told: dict[str, Any] = answer.json()
    return told


def test_region(client: Client, village: Region) -> None:
    """The region says its title, its day and where each of its tables is from."""
    told = read(client, "region")
    assert (told["name"], told["title"]) == ("village", village.manifest.title)
    assert told["day"] == village.manifest.day.isoformat()
    assert set(told["provenance"]) == set(village.manifest.provenance)
    assert told["provenance"]["vacancies"]["kind"] == "modelled"


def test_all_occupations(client: Client, village: Region) -> None:
    """Without a name every occupation is listed once, by label, however the list is cut."""
    pages = [read(client, "occupations", limit=7, offset=start) for start in range(0, 60, 7)]
    listed = [entry for page in pages for entry in page["items"]]
    assert {page["total"] for page in pages} == {len(listed)}
    assert sorted(entry["occupation_id"] for entry in listed) == sorted(village.table("occupations")["occupation_id"])
    assert all(left["label"].casefold() <= right["label"].casefold() for left, right in pairwise(listed))


@pytest.mark.parametrize("name", ["Schweißer", "schweisser", "Schweiserin (m/w/d)", "welder", "lasser", "soudeur"])
def test_occupations_by_name(client: Client, name: str) -> None:
    """A name in any of the four languages, also misspelt, finds its occupation first, and says why."""
    best = read(client, "occupations", q=name)["items"][0]
    assert best["occupation_id"] == "o-welder"
    assert 0 < best["match"]["score"] <= 1


def test_one_occupation(client: Client, village: Region) -> None:
    """An occupation lists the skills it asks and counts its posts."""
    told = read(client, "occupations/o-welder")
    posts = village.table("vacancies").filter(occupation_id="o-welder")
    asked = village.table("occupation_skills").filter(occupation_id="o-welder", relation="essential")["skill_id"]
    assert (told["posts"], told["openings"]) == (len(posts), posts["openings"].sum())
    assert sorted(skill["skill_id"] for skill in told["essential"]) == sorted(asked)
    assert told["labels"]["en"] == "welder"


def test_places(client: Client, village: Region) -> None:
    """Places are those that a case may name as home; a name finds its own first."""
    known = set(village.table("zones")["zone_id"])
    assert {place["zone_id"] for place in read(client, "places", limit=100)["items"]} <= known
    assert read(client, "places", q="sonnenfeld markt")["items"] == [{"zone_id": "Z01", "label": "Sonnenfeld Markt"}]
    assert read(client, "places", q="Atlantis") == {"total": 0, "items": []}


@pytest.mark.parametrize("typed", STRANGE)
@pytest.mark.parametrize("path", ["occupations", "places"])
def test_strange_names(client: Client, path: str, typed: str) -> None:
    """Strange names are looked up like any other."""
    told = read(client, path, q=typed)
    assert told["total"] >= len(told["items"])


@pytest.mark.parametrize("typed", [*STRANGE, "..", "o-welder%2F..", "%00"])
def test_strange_occupations(client: Client, typed: str) -> None:
    """An occupation that there is not is a problem of 404."""
    answer = client.get(f"/api/v1/occupations/{typed}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "101"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"limit": "NaN"}, "limit"),
        ({"offset": "-1"}, "offset"),
        ({"offset": "9" * 5_000}, "offset"),
        ({"q": "a" * 201}, "q"),
    ],
)
def test_parameters(client: Client, query: dict[str, str], parameter: str) -> None:
    """A parameter that cannot be is named."""
    answer = client.get("/api/v1/occupations", query)
    assert answer.status_code == 422
    assert [error["parameter"] for error in answer.json()["errors"]] == [parameter]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/api/v1/nothing", 404),
        ("get", "/api/v2/region", 404),
        ("get", "/api/v1/paths", 405),
        ("delete", "/api/v1/region", 405),
        ("post", "/api/", 405),
    ],
)
def test_problems_everywhere(client: Client, method: str, path: str, status: int) -> None:
    """Below /api/ every fault is told to a program, not shown as a page."""
    answer = getattr(client, method)(path)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status
    assert ("Allow" in answer) == (status == 405)


def test_description(client: Client) -> None:
    """The description is OpenAPI 3.1, lists every operation with its answers, and every fault as a problem."""
    told = client.get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    operations = {(method, path) for path, methods in told["paths"].items() for method in methods}
    wanted = ("occupations", "occupations/{occupation_id}", "places", "region")
    assert operations >= {("post", "/api/v1/paths"), *(("get", f"/api/v1/{path}") for path in wanted)}
    for methods in told["paths"].values():
        for operation in methods.values():
            assert operation["summary"]
            for status, response in operation["responses"].items():
                assert list(response["content"]) == [
                    "application/json" if int(status) < 400 else "application/problem+json"
                ]


@pytest.mark.parametrize(("language", "said"), [("de", "Ein Beruf"), ("en", "One occupation")])
def test_page_for_people(client: Client, language: str, said: str) -> None:
    """The page on the interface lists every operation in the visitor's language and loads nothing from elsewhere."""
    page = client.get("/api/", headers={"accept-language": language}).content.decode()
    for path in client.get("/api/v1/openapi.json").json()["paths"]:
        assert f"{path}</code>" in page
    assert said in page
    assert "http://" not in page
    assert "https://" not in page
