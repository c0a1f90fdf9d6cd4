# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""One visitor's way through the site, and what is true of every page on it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request, Response

HEADINGS = (
    "() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].filter(h => h.checkVisibility()).map(h => +h.tagName[1])"
)
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Visit:
    """
    A page in a browser with the checks that hold everywhere.

    Args:
        page: Playwright's page.
        site: Address of the site, without a slash at its end.
        mirror: A page with JavaScript, where that of the visit has none: axe needs it to judge what is shown.

    Attributes:
        page: Playwright's page.
        complaints: What the console said, and what was asked of other sites.
    """

    def __init__(self, page: Page, site: str, mirror: Page | None = None) -> None:
        self.page = page
        self._mirror = mirror
        self.complaints: list[str] = []
        self._site = site
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("request", self._asked)

    def go(self, path: str) -> Response:
        """Open a page of the site."""
        response = self.page.goto(self._site + path)
        assert response is not None
        return response

    def press(self, selector: str) -> None:
        """Click what leads to a page, and wait until that page has come: what is checked next is never the one before."""
        with self.page.expect_event("load"):
            self.page.click(selector)

    def check(self) -> None:
        """Assert what is true of every page: axe finds nothing, headings descend by one, nothing is wider than the screen."""
        self.check_axe()
        self.check_headings()
        self.check_width()
        self.check_inline()

    def check_axe(self) -> None:
        """Assert that axe-core finds no violation, best practices included."""
        found: list[dict[str, Any]] = Axe().run(self._mirrored()).response["violations"]
        told = [f"{v['id']}: {v['help']}: {node['html']}" for v in found for node in v["nodes"]]
        assert told == [], self.page.url

    def check_headings(self) -> None:
        """Assert that there is one h1, first, and that no level is left out on the way down."""
        levels: list[int] = self.page.evaluate(HEADINGS)
        assert levels[:1] == [1], self.page.url
        assert levels.count(1) == 1, self.page.url
        assert all(after <= before + 1 for before, after in pairwise(levels)), (
            self.page.url,
            levels,
        )

    def check_width(self) -> None:
        """Assert that nobody has to scroll sideways."""
        assert self.page.evaluate(OVERFLOW) <= 0, self.page.url

    def check_inline(self) -> None:
        """Assert that no script and no style stands in the page itself."""
        html = self.page.content()
        assert self.page.locator("script:not([src]), style, body [style]").count() == 0, html

    def enlarge_text(self) -> None:
        """Show text twice as large, as the browser's own setting of its size would."""
        self.page.evaluate("document.documentElement.style.fontSize = '200%'")

    def tab_through(self, most: int = 200) -> list[str]:
        """Press Tab until the page ends; return what had the focus, each visibly so."""
        reached: list[str] = []
        for _ in range(most):
            self.page.keyboard.press("Tab")
            name: str = self.page.evaluate(FOCUSED)
            if not name:
                break
            reached.append(name)
        return reached

    def _mirrored(self) -> Page:
        """Return a page with JavaScript that shows what is shown, without the scripts of the site."""
        if self._mirror is None:
            return self.page
        shown = self.page.content().replace("<noscript>", "<div>").replace("</noscript>", "</div>")
        self._mirror.unroute_all()
        self._mirror.route("**/*.js", lambda route: route.abort())
        self._mirror.route(self.page.url, lambda route: route.fulfill(body=shown, content_type="text/html"))
        self._mirror.goto(self.page.url)
        return self._mirror

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "the server responded with a status of" not in message.text:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self._site, "data:", "blob:")):
            self.complaints.append(f"{self.page.url} asked {request.url}")


FOCUSED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return "";
  const style = getComputedStyle(at), around = getComputedStyle(at.closest(".kern-form-check, .kern-form-input, label") || at);
  const seen = [style, around].some(s => s.outlineStyle !== "none" && s.outlineWidth !== "0px" || s.boxShadow !== "none");
  const name = (at.innerText || at.getAttribute("aria-label") || at.name || at.tagName).trim();
  return seen ? name : "NOT VISIBLY FOCUSED: " + at.outerHTML.slice(0, 120);
}"""
