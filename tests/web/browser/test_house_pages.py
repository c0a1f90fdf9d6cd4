# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Every page of the house in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from web.browser.visit import Visit

PAGES = ("/imprint", "/privacy", "/accessibility", "/api/", "/no-such-page")


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("size", ["phone", "desk"])
@pytest.mark.parametrize("path", PAGES)
def test_page(visit: Callable[..., Visit], path: str, size: str, language: str) -> None:
    """Every page is without a finding of axe, in both languages, on a phone and at a desk."""
    visited = visit(path, size=size, language=language)
    visited.check()
    assert visited.page.locator("html").get_attribute("lang") == language


@pytest.mark.parametrize("path", PAGES)
def test_large_text(visit: Callable[..., Visit], path: str) -> None:
    """With text twice as large nothing is cut off or wider than the screen."""
    visited = visit(path)
    visited.enlarge_text()
    visited.check()


@pytest.mark.parametrize("javascript", [True, False])
def test_switching_the_language(visit: Callable[..., Visit], javascript: bool) -> None:
    """The language switches on the page one is on and stays, with JavaScript and without."""
    visited = visit("/privacy", javascript=javascript)
    visited.check()
    visited.page.get_by_role("button", name="English").click()
    assert visited.page.url.endswith("/privacy")
    assert visited.page.get_by_role("heading", level=1).inner_text() == "Privacy"
    visited.go("/imprint")
    assert visited.page.get_by_role("heading", level=1).inner_text() == "Legal notice"


def test_fragment_survives_the_switch(visit: Callable[..., Visit]) -> None:
    """What stands behind the # of an address is still there after the language was switched."""
    visited = visit("/privacy#answers=1")
    visited.page.get_by_role("button", name="English").click()
    visited.page.get_by_role("heading", name="Privacy", exact=True).wait_for()
    assert visited.page.url.endswith("/privacy#answers=1")


def test_keyboard(visit: Callable[..., Visit]) -> None:
    """The keyboard reaches all there is, beginning with the way past the header, and always shows where it is."""
    reached = visit("/imprint").tab_through()
    assert reached[0] == "Zum Inhalt springen"
    assert {"Drehkreuz", "English", "Impressum", "Datenschutz", "Barrierefreiheit"} <= set(reached)
    assert not [name for name in reached if name.startswith("NOT VISIBLY")]


def test_skip_link(visit: Callable[..., Visit]) -> None:
    """Who skips to the content goes on from there."""
    page = visit("/imprint").page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
