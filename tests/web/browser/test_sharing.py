# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Shared vehicles in a real browser: from the list to the price, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from drehkreuz.region import Region
from web.browser.visit import Visit
from web.sharing.lent import STATIONS, filled


@pytest.fixture
def lending(live_site: str, make_region: Callable[..., Region], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A small lender in the database of the site that the browser visits."""
    from drehkreuz_web.sharing import store  # noqa: PLC0415  # needs settings

    assert live_site
    monkeypatch.setattr(store, "_opened", [make_region(sharing_stations=STATIONS)])
    with filled():
        yield


@pytest.mark.usefixtures("lending")
@pytest.mark.parametrize(
    ("size", "language", "javascript"), [("phone", "de", False), ("phone", "de", True), ("desk", "en", True)]
)
def test_from_the_list_to_the_price(visit: Callable[..., Visit], size: str, language: str, *, javascript: bool) -> None:
    """A car is found, held, taken and given back; every step is without a finding, a wrong answer too."""
    visited = visit("/sharing", size=size, language=language, javascript=javascript)
    page = visited.page
    visited.check()
    visited.press("a:has-text('Rathaus')")
    visited.check()
    visited.press('form[action$="/sharing/book"] button')
    visited.check()
    code = page.locator(".sharing-code").inner_text()
    visited.go("/sharing/booking")
    visited.check()
    page.fill("#code", "ABCD-EFGH-1234")
    visited.press("main button")
    visited.check()
    page.fill("#code", code.lower())
    visited.press("main button")
    visited.press('button[value="begin"]')
    visited.check()
    page.fill("#km", "zwölf")
    visited.press('button[value="return"]')
    visited.check()
    page.fill("#km", "12,4")
    visited.press('button[value="return"]')
    visited.check()
    assert "€" in page.locator("main").inner_text()


@pytest.mark.usefixtures("lending")
def test_another_language_keeps_the_code(visit: Callable[..., Visit]) -> None:
    """Switching the language on the page with the code shows the same code again."""
    visited = visit("/sharing")
    page = visited.page
    visited.press("a:has-text('Markt')")
    visited.press('form[action$="/sharing/book"] button')
    code = page.locator(".sharing-code").inner_text()
    visited.press('button[name="language"][value="en"]')
    visited.check()
    assert page.locator(".sharing-code").inner_text() == code
    assert page.locator("h1").inner_text() == "A vehicle is held for you"
