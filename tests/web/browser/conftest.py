# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A real browser: Debian's Chromium by Playwright, over the site at the loopback."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from web.browser.visit import Visit

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler

CHROMIUM: Final = ("chromium", "chromium-browser", "google-chrome", "chrome")

LOCALES: Final = {"de": "de-DE", "en": "en-GB"}
PATIENCE: Final = 120_000
"""Milliseconds that a step may take: the machine that tests is busy with other tests, and the first answer is the slowest."""

SIZES: Final = {"phone": {"width": 320, "height": 640}, "desk": {"width": 1280, "height": 900}}


@pytest.fixture(scope="session")
def live_site(site: WSGIHandler) -> Iterator[str]:
    """The address of the site, served at the loopback without a slash at its end."""
    from drehkreuz_web.start import listen  # noqa: PLC0415  # needs settings

    server = listen(site, host="127.0.0.1", port=0, threads=4)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield server.address.removesuffix("/")
    server.close()
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, or a skip that says how to get it."""
    found = os.environ.get("DREHKREUZ_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        pytest.skip("no Chromium: apt-get install chromium, or set DREHKREUZ_CHROMIUM to its path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, live_site: str) -> Iterator[Callable[..., Visit]]:
    """
    A function that opens a visit: `visit("/imprint", size="phone", language="en", javascript=False)`.

    At the end of the test no page of it may have complained in its console, nor asked anything of another site.
    """
    contexts: list[BrowserContext] = []
    visits: list[Visit] = []

    def open_visit(path: str = "/", *, size: str = "desk", language: str = "de", javascript: bool = True) -> Visit:
        alike: dict[str, Any] = {"viewport": SIZES[size], "locale": LOCALES[language], "reduced_motion": "reduce"}
        contexts.append(browser.new_context(java_script_enabled=javascript, **alike))
        mirror = None
        if not javascript:
            contexts.append(browser.new_context(**alike))
            mirror = contexts[-1].new_page()
        for context in contexts:
            context.set_default_timeout(PATIENCE)
        visits.append(Visit(contexts[-1 if javascript else -2].new_page(), live_site, mirror))
        visits[-1].go(path)
        return visits[-1]

    yield open_visit
    complaints = [complaint for each in visits for complaint in each.complaints]
    for context in contexts:
        context.close()
    assert complaints == []
