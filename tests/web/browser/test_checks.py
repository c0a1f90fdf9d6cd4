# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The checks of every page find what they look for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from web.browser.visit import Visit

SPOILT = {
    "check_axe": "document.querySelector('main').insertAdjacentHTML('beforeend', '<input type=text>')",
    "check_headings": "document.querySelector('main').insertAdjacentHTML('beforeend', '<h5>Deep</h5>')",
    "check_width": "document.querySelector('main').insertAdjacentHTML('beforeend', '<pre>' + 'x'.repeat(3000))",
    "check_inline": "document.querySelector('main').append(document.createElement('style'))",
}


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("check", SPOILT)
def test_spoilt_page(visit: Callable[..., Visit], check: str, javascript: bool) -> None:
    """A page that is spoilt in one way fails the check of that way, with JavaScript and without."""
    visited = visit("/imprint", javascript=javascript)
    getattr(visited, check)()
    visited.page.evaluate(SPOILT[check])
    visited.complaints.clear()
    with pytest.raises(AssertionError):
        getattr(visited, check)()


@pytest.mark.parametrize(
    "spoil",
    [
        "document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">red</p>')",
        "document.head.append(Object.assign(document.createElement('script'), {text: 'window.bad = 1'}))",
        "document.body.append(Object.assign(new Image(), {src: 'https://elsewhere.example/pixel.png'}))",
    ],
)
def test_policy_holds(visit: Callable[..., Visit], spoil: str) -> None:
    """The browser refuses styles and scripts in a page and anything from elsewhere, and the visit hears it."""
    visited = visit("/imprint")
    visited.page.evaluate(spoil)
    visited.page.wait_for_timeout(100)
    assert visited.complaints
    assert visited.page.evaluate("window.bad") is None
    visited.complaints.clear()
