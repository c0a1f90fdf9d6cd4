# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The pages on measures in a real browser: from the catalogue to what changes, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from web.browser.visit import Visit

PAGES = ("/measures", "/measures/bus_line", "/measures/job_ticket", "/scenario")


@pytest.mark.parametrize(("size", "language"), [("phone", "de"), ("desk", "en")])
@pytest.mark.parametrize("path", PAGES)
def test_page(visit: Callable[..., Visit], path: str, size: str, language: str) -> None:
    """Every page is without a finding, on a phone and at a desk."""
    visit(path, size=size, language=language).check()


@pytest.mark.parametrize(("size", "javascript"), [("phone", False), ("desk", True)])
def test_from_the_catalogue_to_what_changes(visit: Callable[..., Visit], size: str, javascript: bool) -> None:
    """A measure is chosen, described, taken in and worked out; every step is without a finding."""
    visited = visit("/measures", size=size, javascript=javascript)
    page = visited.page
    visited.press('a[href$="/measures/job_ticket"]')
    page.fill("#id_start", "2027-08-01")
    visited.press('button[value="add"]')
    visited.check()
    page.fill("#scenario_title", f"Jobticket {size}")
    visited.press('form[action$="/scenario/run"] button.kern-btn--primary')
    visited.check()
    while page.locator("table").count() == 0:  # with JavaScript the page comes by itself
        page.wait_for_timeout(1000)
        if not javascript:
            page.reload()
    visited.check()
    assert f"Jobticket {size}" in page.locator("main").inner_text()
    visited.press("button:has-text('Mit einem anderen vergleichen')")
    visited.check()
