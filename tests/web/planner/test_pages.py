# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The planner's pages: in both languages, with the same values in page, file and JSON, and without the database."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from django.test import Client

PAGES = (
    "/region",
    "/region/openings-by-level",
    "/region/openings-by-occupation",
    "/region/openings-by-municipality",
    "/region/people-by-situation",
    "/region/people-by-municipality",
    "/region/map",
    "/region/map?show=openings",
    "/region/map?show=transit",
    "/region/map?show=car",
    "/region/sources",
    "/region/outlook",
    "/region/together",
    "/region/together?without=reach&without=hours",
)
TABLES = (
    ("/region", "barriers"),
    ("/region", "closures"),
    ("/region/map", "municipalities"),
    ("/region/sources", "sources"),
    ("/region/outlook", "outlook-years"),
    ("/region/outlook", "outlook-municipalities"),
    ("/region/outlook", "outlook-assumptions"),
    *((page, page.removeprefix("/region/")) for page in PAGES[1:6]),
)
TWINS = (
    "/region.json",
    "/region/map.json",
    "/region/outlook.json",
    "/region/together.json",
    "/region/sources.json",
    *(f"{page}.json" for page in PAGES[1:6]),
)


def get(client: Client, path: str, language: str = "de") -> Any:
    return client.get(path, headers={"accept-language": language})


def tables(html: str) -> list[list[list[str]]]:
    """Return the tables of a page as rows of cells."""
    return [
        [
            [
                unescape(re.sub(r"<[^>]+>", "", cell)).strip()
                for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
            ]
            for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
        ]
        for table in re.findall(r"<table.*?</table>", html, re.DOTALL)
    ]


def number(text: str) -> str:
    """Return a cell as a file has it: a number in plain digits, a text as it is."""
    plain = text.removeprefix("+").replace("\u2212", "-").replace(".", "").replace(",", "")
    return plain if re.fullmatch(r"-?\d+", plain) else text


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_page(client: Client, figures: dict[str, Any], path: str, language: str) -> None:
    """Every page answers in the language asked for, says what its figures are and asks the database nothing."""
    from django.db import connection  # noqa: PLC0415  # needs settings
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415  # as above

    with CaptureQueriesContext(connection) as asked:
        response = get(client, path, language)
    html = response.content.decode()
    assert (response.status_code, len(asked)) == (200, 0)
    assert f'<html lang="{language}"' in html
    assert ("modelliert" if language == "de" else "modelled") in html
    assert figures["headline"]["provenance"]["title"] in html


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(("path", "name"), TABLES)
@pytest.mark.usefixtures("figures")
def test_file_says_the_same_as_the_page(client: Client, path: str, name: str, language: str) -> None:
    """Each table's file has the cells of the page, in the form that spreadsheets of the language read."""
    response = get(client, f"/region/{name}.csv", language)
    text = response.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";" if language == "de" else ","))
    assert response.content.startswith("\ufeff".encode())
    assert f"{name}.csv" in response["Content-Disposition"]
    shown = [
        [[number(cell) for cell in row] for row in table]
        for table in tables(get(client, path, language).content.decode())
    ]
    assert [[number(cell) for cell in row] for row in rows] in shown


@pytest.mark.parametrize(("path", "name"), TABLES[7:])
@pytest.mark.usefixtures("figures")
def test_tables_add_up_as_shown(client: Client, path: str, name: str) -> None:
    """In every table by groups, rows sum to their first figure and columns to the last row, as the page shows them."""
    assert name in path
    for table in tables(get(client, path).content.decode()):
        cells = [[int(number(cell)) for cell in row[1:]] for row in table[1:]]
        assert all(row[0] == sum(row[1:]) for row in cells)
        assert [sum(column) for column in zip(*cells[:-1], strict=True)] == cells[-1]


@pytest.mark.usefixtures("figures")
def test_the_overview_closes(client: Client) -> None:
    """Both columns of the overview's first table sum to their last figure."""
    first = tables(get(client, "/region").content.decode())[0]
    cells = [[int(number(cell)) for cell in row[1:]] for row in first[1:]]
    assert [sum(column) for column in zip(*cells[:-1], strict=True)] == cells[-1]


@pytest.mark.parametrize("path", TWINS)
def test_json(client: Client, figures: dict[str, Any], path: str) -> None:
    """Every page has a twin in JSON that says which region and what kind of people it is about."""
    found = get(client, path).json()
    assert found["about"]["people"] == "modelled"
    assert found["about"]["title"] == figures["headline"]["provenance"]["title"]
    assert len(found) > 1


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize("path", ["/region/no-such-page", "/region/no-such-page.json", "/region/no-such-table.csv"])
def test_what_is_not_there(client: Client, path: str) -> None:
    """A page, twin or file that there is not is answered with 404."""
    assert get(client, path).status_code == 404


@pytest.mark.parametrize("path", [*PAGES, "/region/progress"])
def test_while_it_is_computed(client: Client, show: Callable[..., None], path: str) -> None:
    """Until the figures are there, every page says how far they are."""
    show(percent=40)
    response = get(client, path)
    assert response.status_code == 200
    assert "40 %" in response.content.decode()
    assert "HX-Refresh" not in response


@pytest.mark.parametrize("path", [*TWINS, "/region/barriers.csv"])
def test_programs_are_asked_to_come_again(client: Client, show: Callable[..., None], path: str) -> None:
    """Until then a program is told 503, how far it is, and when to ask again."""
    show(percent=40)
    response = get(client, path)
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert response.json() == {"status": "computing", "percent": 40}


def test_when_it_has_failed(client: Client, show: Callable[..., None]) -> None:
    """A failure is said, with what to do, and why where it is known."""
    show(status="failed", no_memory=True)
    html = get(client, "/region").content.decode()
    assert "konnten nicht berechnet werden" in html
    assert "zu wenig Speicher" in html


@pytest.mark.usefixtures("figures")
def test_a_page_that_asks_is_loaded_anew(client: Client) -> None:
    """Once the figures are there, the script that asked for them has the page loaded."""
    assert get(client, "/region/progress")["HX-Refresh"] == "true"


def test_small_counts_of_real_people(client: Client, report: dict[str, Any], show: Callable[..., None]) -> None:
    """Where real people may be counted, no table about people shows a count from one to four, and each says so."""
    show(report | {"may_be_real": True})
    for path in ("/region", "/region/people-by-situation", "/region/people-by-municipality"):
        html = get(client, path).content.decode()
        cells = [cell for table in tables(html) for row in table[1:] for cell in row[1:]]
        if path != "/region":
            assert not {"1", "2", "3", "4"} & set(cells)
        assert "·" in cells
        assert "Anzahlen von 1 bis 4 Menschen werden nicht gezeigt" in html
    assert "verlieren" not in get(client, "/region").content.decode()


def test_the_outlook_is_drawn(client: Client, figures: dict[str, Any]) -> None:
    """The page by year has two lines with as many points as years, their last figures in words, and its sentences."""
    html = get(client, "/region/outlook").content.decode()
    lines = re.findall(r'<polyline class="planner-line[^"]*" points="([^"]+)"', html)
    assert [len(line.split()) for line in lines] == [len(figures["outlook"]["years"])] * 2
    assert "Veränderung seit dem ersten Jahr. Stellen: −" in html
    assert "Ende 2035 leben hier etwa" in html
    assert "Das ist keine Vorhersage" in html


def test_an_outlook_of_real_people(client: Client, report: dict[str, Any], show: Callable[..., None]) -> None:
    """Where real people may be counted, no table says how many of a town lose their post."""
    heads = []
    for real in (False, True):
        show(report | {"may_be_real": real})
        heads.append(tables(get(client, "/region/outlook").content.decode())[1][0])
    assert [any("verlieren" in head for head in row) for row in heads] == [True, False]


def test_a_region_without_residents(client: Client, report: dict[str, Any], show: Callable[..., None]) -> None:
    """A region that does not say how many live there has no outlook, and says why."""
    show(report | {"outlook": None})
    html = get(client, "/region/outlook").content.decode()
    assert "sagt nicht, wie viele Menschen dort wohnen" in html
    assert get(client, "/region/outlook.json").json()["region"] is None
    assert get(client, "/region/outlook-years.csv").status_code == 404


def test_a_region_without_municipalities(client: Client, report: dict[str, Any], show: Callable[..., None]) -> None:
    """A region that names no municipality has no map, and says why."""
    show(report | {"municipalities": [], "areas": {}})
    html = get(client, "/region/map").content.decode()
    assert "<svg viewBox" not in html
    assert "deshalb gibt es keine Karte" in html
