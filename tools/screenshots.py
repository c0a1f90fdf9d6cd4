# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: INP001 -- a script, no part of a package
"""
Takes the README's pictures of the site into docs/img/site: `python tools/screenshots.py [ADDRESS]`.

ADDRESS is where the site serves the model region of Aachen (`make run`), http://127.0.0.1:8000/ unless said otherwise.
Waits for the region's figures if they are still being computed. Chromium compresses the pictures itself, as WebP.
"""

from __future__ import annotations

import base64
import os
import shutil
import sys
import tomllib
from pathlib import Path
from typing import Any, Final

import tomli_w
from playwright.sync_api import Browser, Page, sync_playwright

ROOT: Final = Path(__file__).parents[1]
OUT: Final = ROOT / "docs" / "img" / "site"
ADDRESS: Final = "http://127.0.0.1:8000/"

LARGEST: Final = 150_000
"""Bytes of a picture."""

WIDE: Final[Any] = {"width": 1280, "height": 860}
LOW: Final[Any] = {"width": 1280, "height": 645}  # without the button that Chromium names in its own language
TALL: Final[Any] = {"width": 1280, "height": 1180}
NARROW: Final[Any] = {"width": 320, "height": 860}
LONGEST: Final = 15 * 60_000
"""Milliseconds that the region's figures may take."""

TEXT: Final = (
    "Ich bin Betriebselektriker, seit 24 Jahren im Tagebau. Ich suche Störungen, fahre Gabelstapler und kann schweißen."
)
EXAMPLES: Final = ROOT / "examples" / "aachen"
ELECTRICIAN: Final = EXAMPLES / "betriebselektriker.toml"
BY_TRAIN: Final = EXAMPLES / "buerokauffrau-teilzeit.toml"

WEBP: Final = """async ([png, quality]) => {
    const image = new Image();
    image.src = 'data:image/png;base64,' + png;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    canvas.getContext('2d').drawImage(image, 0, 0);
    return canvas.toDataURL('image/webp', quality);
}"""


def main(address: str) -> None:
    """Take all pictures."""
    OUT.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        arguments = ["--lang=de", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=arguments, env={**os.environ, "LANGUAGE": "de"}
        )
        studio = browser.new_page()  # a blank page without a policy: the site's own allows no pictures made by scripts
        page = _page(browser, WIDE)
        _start(page, studio, address)
        _paths(page, studio, address)
        _region(page, studio, address)
        phone = _page(browser, NARROW)
        _open_case(phone, address, ELECTRICIAN)
        _scroll_to(phone, ".person-card")
        _take(phone, studio, "phone")
        browser.close()


def _page(browser: Browser, size: Any) -> Page:  # noqa: ANN401  # Playwright's
    page = browser.new_context(viewport=size, locale="de-DE", reduced_motion="reduce").new_page()
    page.set_default_timeout(120_000)
    return page


def _start(page: Page, studio: Page, address: str) -> None:
    """Take the start page and what it understood."""
    page.goto(address)
    page.fill("#text", TEXT)
    page.set_viewport_size(LOW)
    _take(page, studio, "start")
    page.set_viewport_size(WIDE)
    page.click(".person-start__ask button")
    page.wait_for_selector(".person-occupation")
    _take(page, studio, "skills")


def _paths(page: Page, studio: Page, address: str) -> None:
    """Take the paths, and one to which a train goes, opened, with its ways there and back."""
    _open_case(page, address, ELECTRICIAN)
    _scroll_to(page, ".person-card")
    _take(page, studio, "paths")
    _open_case(page, address, BY_TRAIN)
    card = page.locator(".person-card", has=page.get_by_text("Modell-Bahn")).first
    card.locator("details > summary").first.click()
    page.set_viewport_size(TALL)
    card.evaluate("card => scrollTo(0, card.getBoundingClientRect().top + scrollY - 16)")
    _take(page, studio, "path")
    page.set_viewport_size(WIDE)


def _region(page: Page, studio: Page, address: str) -> None:
    """Take the region's overview and its map."""
    page.goto(f"{address}region")
    page.wait_for_selector(".planner-bar", timeout=LONGEST)
    page.set_viewport_size(TALL)
    _scroll_to(page, "h1")
    _take(page, studio, "region")
    page.set_viewport_size(WIDE)
    page.goto(f"{address}region/map")
    _scroll_to(page, "main svg")
    _take(page, studio, "map")


def _scroll_to(page: Page, what: str) -> None:
    page.locator(what).first.evaluate("found => scrollTo(0, found.getBoundingClientRect().top + scrollY - 16)")


def _open_case(page: Page, address: str, person: Path) -> None:
    """Go to the paths of an example as somebody who saved a file."""
    case = tomllib.loads(person.read_text(encoding="utf-8"))
    case.pop("text", None)  # a case that the site saved says what was confirmed
    page.goto(address)
    file: Any = {"name": "drehkreuz.toml", "mimeType": "application/toml", "buffer": tomli_w.dumps(case).encode()}
    page.set_input_files("#file", file)
    page.click(".person-upload button")
    page.wait_for_selector(".person-card")


def _take(page: Page, studio: Page, name: str) -> None:
    """Write what the screen shows, as good as fits."""
    png = base64.b64encode(page.screenshot()).decode()
    for quality in (0.92, 0.85, 0.75, 0.6, 0.45):
        picture = base64.b64decode(studio.evaluate(WEBP, [png, quality]).partition(",")[2])
        if len(picture) <= LARGEST:
            break
    (OUT / f"{name}.webp").write_bytes(picture)
    sys.stdout.write(f"{name}: {len(picture):,} bytes\n")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else ADDRESS)
