# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The planner's pages in a real browser: with and without JavaScript, on a phone and at a desk, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler

from web.browser.visit import Visit
from web.planner.figures import figures_of_the_town, shown

PAGES = (
    "/region",
    "/region/openings-by-occupation",
    "/region/people-by-situation",
    "/region/map",
    "/region/map?show=transit",
    "/region/sources",
    "/region/outlook",
    "/region/together",
    "/region/together?without=training&without=pay",
    "/region/places",
    "/region/learning",
    "/region/learning/offers",
)

SQUARES = {
    "01": [[[[6.31, 50.855], [6.36, 50.855], [6.36, 50.885], [6.31, 50.885], [6.31, 50.855]]]],
    "02": [[[[6.27, 50.845], [6.31, 50.845], [6.31, 50.86], [6.27, 50.86], [6.27, 50.845]]]],
    "": [[[[6.36, 50.855], [6.39, 50.855], [6.39, 50.89], [6.36, 50.89], [6.36, 50.855]]]],
}
"""Areas, which the village has none of."""


@pytest.fixture(scope="module")
def report(site: WSGIHandler) -> dict[str, Any]:
    """The report of the village with municipalities that have areas."""
    assert site
    return figures_of_the_town() | {"areas": SQUARES}


@pytest.fixture
def show() -> Iterator[Callable[..., None]]:
    """A function that has the site show a state of the figures."""
    with shown() as show:
        yield show


@pytest.fixture
def figures(report: dict[str, Any], show: Callable[..., None]) -> None:
    """The figures that the site shows in this test."""
    show(report)


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("size", ["phone", "desk"])
@pytest.mark.parametrize("path", PAGES)
def test_page(visit: Callable[..., Visit], path: str, size: str, language: str) -> None:
    """Every page is without a finding, on a phone and at a desk, in both languages."""
    visit(path, size=size, language=language).check()


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize("path", PAGES)
def test_without_javascript_and_with_large_text(visit: Callable[..., Visit], path: str) -> None:
    """Without JavaScript every page shows the same, and with text twice as large nothing is wider than the screen."""
    visited = visit(path, javascript=False)
    visited.check()
    with_script = visit(path)
    assert with_script.page.locator("main").inner_text() == visited.page.locator("main").inner_text()
    with_script.enlarge_text()
    with_script.check()


@pytest.mark.usefixtures("figures")
def test_the_whole_way(visit: Callable[..., Visit]) -> None:
    """From the start page a planner gets to the region, its groups, the map and the sources, and takes a table along."""
    visited = visit()
    page = visited.page
    for link in (
        "Die Region",
        "Nach Gruppen",
        "Menschen nach Lage",
        "Karte",
        "Stellen",
        "Was zusammen wirkt",
        "Woher die Zahlen kommen",
    ):
        page.get_by_role("link", name=link, exact=True).first.click()
        visited.check_axe()
    assert page.get_by_role("heading", level=1).inner_text() == "Woher die Zahlen kommen"
    visited.go("/region")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Tabelle als Datei (CSV): Was Menschen und Stellen trennt").click()
    assert taken.value.suggested_filename.endswith("-barriers.csv")


@pytest.mark.usefixtures("figures")
def test_new_places_are_proposed(visit: Callable[..., Visit]) -> None:
    """Charge points are asked for by keyboard; the proposal comes by itself, without a finding, its places by number on the map."""
    visited = visit("/region/places")
    page = visited.page
    page.fill("#build", "3")
    page.get_by_role("button", name="Vorschlagen").press("Enter")
    page.locator(".planner-map .planner-mark--new").first.wait_for()
    visited.check()
    assert page.locator(".planner-map g.planner-mark--new").count() == 3


@pytest.mark.usefixtures("figures")
def test_keyboard(visit: Callable[..., Visit]) -> None:
    """The keyboard reaches every link, and every table that may have to be scrolled, and shows where it is."""
    reached = visit("/region/people-by-situation").tab_through()
    assert {"Überblick", "Karte", "Menschen nach Gemeinde", "JSON"} <= set(reached)
    assert not [name for name in reached if name.startswith("NOT VISIBLY")]
    assert [name.splitlines()[0] for name in reached].count("Menschen nach Lage") == 2


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize("javascript", [True, False])
def test_hurdles_are_ticked(visit: Callable[..., Visit], javascript: bool) -> None:
    """Ticked by keyboard, hurdles fall; the choice stays in the address, in the other language too, and a click changes it."""
    visited = visit("/region/together", javascript=javascript, size="phone")
    page = visited.page
    for hurdle in ("passender Kurs", "Lohn"):
        page.get_by_role("checkbox", name=hurdle).press("Space")
    page.get_by_role("button", name="Zeigen").press("Enter")
    page.get_by_role("heading", name="Was das zusammen bewirkt").wait_for()
    assert page.url.endswith("/region/together?without=training&without=pay#result")
    assert page.get_by_role("checkbox", checked=True).count() == 2
    visited.press("text=English")
    page.get_by_role("heading", name="What that does together").wait_for()
    assert page.get_by_role("checkbox", checked=True).count() == 2
    page.get_by_role("link", name="pay", exact=True).click()
    page.get_by_text("Without this hurdle (a course that fits)").wait_for()
    visited.check()


@pytest.mark.parametrize("javascript", [True, False])
def test_waiting(
    visit: Callable[..., Visit], report: dict[str, Any], show: Callable[..., None], javascript: bool
) -> None:
    """While the figures are computed the page says how far; then it shows them, by itself or when asked."""
    show(percent=40)
    visited = visit("/region", javascript=javascript, size="phone")
    page = visited.page
    assert page.get_by_text("Berechnet: 40 %").is_visible()
    visited.check()
    show(report)
    if not javascript:
        page.get_by_role("link", name="Nachsehen, wie weit es ist").click()
    page.get_by_role("heading", name="Wie es steht").wait_for()


def test_failed(visit: Callable[..., Visit], show: Callable[..., None]) -> None:
    """That the figures could not be computed is said as an alert."""
    show(status="failed")
    visited = visit("/region")
    assert visited.page.get_by_role("alert").is_visible()
    visited.check()
