# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""An employer's page in a real browser: what leaves it, with JavaScript and without, and the report."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import FilePayload, Page

from drehkreuz.region import Region
from web.browser.visit import Visit
from web.employer.firm import POINTS, SHIFTS, STAFF

NAME = "Lohnliste Erika.csv"


def choose(page: Page, content: str) -> None:
    """Say where the firm is and when its shifts are, and choose a file."""
    page.fill("#id_place", "P01")
    page.fill("#id_shifts", SHIFTS)
    page.set_input_files("#id_file", FilePayload(name=NAME, mimeType="text/csv", buffer=content.encode()))


@pytest.mark.parametrize(("size", "language", "javascript"), [("phone", "de", False), ("desk", "en", True)])
def test_from_the_file_to_the_report(
    visit: Callable[..., Visit], size: str, language: str, *, javascript: bool
) -> None:
    """A file becomes a report with JavaScript and without; every step is without a finding, and only counts leave a browser that can count."""
    visited = visit("/employer", size=size, language=language, javascript=javascript)
    page, bodies = visited.page, list[str]()
    page.on("request", lambda request: bodies.append(str(request.post_data_buffer or "")))
    visited.check()
    choose(page, STAFF)
    if javascript:
        page.locator("#read pre").wait_for()
        visited.check()
    page.locator("#firm button").press("Enter")
    page.wait_for_url("**/employer/*")
    while page.locator(".employer-paper").count() == 0:  # with JavaScript the page comes by itself
        page.wait_for_timeout(500)
        if not javascript:
            page.reload()
    visited.check()
    assert ("Of 45 employees" if language == "en" else "Von 45 Beschäftigten") in page.locator("main").inner_text()
    if javascript:
        sent = "".join(bodies)
        assert 'name="table"' in sent
        assert not [word for word in ("Erika", "filename", "Verkehrsmittel", "Fahrrad") if word in sent]


def test_counts_of_the_browser_are_those_of_the_file(visit: Callable[..., Visit], village: Region) -> None:
    """What the browser counts together is read as the same groups as the file itself; coordinates are coarse already."""
    from drehkreuz_web.employer.people import read, rotas  # noqa: PLC0415  # needs settings

    page = visit("/employer").page
    known, _ = rotas(SHIFTS, village)
    choose(page, STAFF)
    page.locator("#read pre").wait_for()
    table = page.locator("#table").input_value()
    counted, whole = (read(text.encode(), known, village).staff for text in (table, STAFF))
    for name in ("zone", "rota", "mode", "people", "days"):
        np.testing.assert_array_equal(getattr(counted, name), getattr(whole, name))
    choose(page, POINTS)
    page.locator("#read pre", has_text="lat").wait_for()
    assert page.locator("#table").input_value() == "lat,lon,shift,mode,days,count\n50.87,6.32,06:00-14:00,,5,11"


REFUSED = (
    ("plz;schicht;Nachname\nZ01;früh;Erika", "Spalte 3 sieht aus wie: Namen"),
    ("plz;schicht\nZ01;erika@example.org", "Spalte 2 sieht aus wie: E-Mail-Adressen"),
    ("plz;schicht;Lieblingsfarbe\nZ01;früh;rot", "Spalte 3 ist keine"),
    ("plz;schicht\nErika Musterstraße 5;früh\nZ01;Erikaschicht", "Zeile 3"),
    ("plz;schicht;verkehrsmittel;anzahl\nZ01;früh;;1\nZ01;früh;Erikamobil;1\nZ01;früh;;1,5", "Zeile 4"),
    ("plz;schicht", "keine Zeile"),
)
"""Files, and what the page says of them."""


def test_what_points_to_people_stops_in_the_browser(visit: Callable[..., Visit]) -> None:
    """Such files are refused before anything is sent, in words that repeat nothing of them."""
    visited = visit("/employer")
    page, posted = visited.page, list[str]()
    page.on("request", lambda request: posted.append(request.method) if request.method == "POST" else None)
    for content, told in REFUSED:
        choose(page, content)
        page.locator("#read", has_text=told).wait_for()
        page.locator("#firm button").press("Enter")
        page.locator("#read", has_text=told).wait_for()
        assert "Erika" not in page.locator("#read").inner_text()
    visited.check_axe()
    assert posted == []


def test_the_tables_of_a_park(visit: Callable[..., Visit]) -> None:
    """A park's page is without a finding and takes several tables at a time, without JavaScript too; a list of people is refused by its firm's name."""
    visited = visit("/employer/park", size="phone", javascript=False)
    visited.check()
    visited.page.fill("#id_place", "P01")
    tables = [FilePayload(name=f"{firm}.csv", mimeType="text/csv", buffer=STAFF.encode()) for firm in ("Werk", "Labor")]
    visited.page.set_input_files("#id_tables", tables)
    visited.press(".employer-form button")
    visited.check()
    told = visited.page.locator("[role=alert]").inner_text()
    assert all(f"{firm}: Zeile 1: Das ist keine Tabelle" in told for firm in ("Werk", "Labor"))


def test_keyboard(visit: Callable[..., Visit]) -> None:
    """The keyboard reaches every field, the template and the button, and shows where it is."""
    reached = visit("/employer").tab_through()
    assert {"place", "shifts", "ticket_share", "Vorlage zum Ausfüllen (CSV)", "Bericht berechnen"} <= set(reached)
    assert not [name for name in reached if name.startswith("NOT VISIBLY")]
