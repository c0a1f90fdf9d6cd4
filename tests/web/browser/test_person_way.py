# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The person's way in a real browser: with and without JavaScript, on a phone and at a desk, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from web.browser.visit import Visit

TEXT = {
    "de": "Baggerfahrer im Tagebau, 18 Jahre. Ich kann Gabelstapler fahren. 5 Jahre im Lager.",
    "en": "Excavator operator in the mine, 18 years. I can drive a forklift. 5 years in a warehouse.",
}
NEXT = "button[name=go][value=next]"


def skills(visited: Visit, language: str = "de") -> None:
    """Say what one can do."""
    visited.page.fill("#text", TEXT[language])
    visited.press("main button[name=go]")


def way(visited: Visit) -> None:
    """Say where one lives."""
    page = visited.page
    page.fill("#id_place", "Sonnenfeld Markt")
    page.check("#id_car")
    page.check("#id_bike")
    page.check("input[name=licences][value=B]")


def life(visited: Visit) -> None:
    """Say what one earns and needs."""
    page = visited.page
    page.check("#id_employer_group_1")
    page.fill("#id_net_today_eur_month", "2980")
    page.fill("#id_net_need_eur_month", "2350")


def to_paths(visited: Visit, check: Callable[[], None] = lambda: None, language: str = "de") -> None:
    """Go the whole way; `check` is called on each page."""
    page = visited.page
    check()
    skills(visited, language)
    check()
    visited.press(NEXT)
    check()
    way(visited)
    visited.press(NEXT)
    check()
    visited.press(NEXT)
    check()
    life(visited)
    visited.press(NEXT)
    check()
    visited.press(NEXT)
    page.locator("article").first.wait_for()
    check()


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("size", ["phone", "desk"])
def test_way_with_javascript(visit: Callable[..., Visit], size: str, language: str) -> None:
    """Every page of the way is without a finding, on a phone and at a desk, in both languages; so are its folded parts."""
    visited = visit(size=size, language=language)
    to_paths(visited, visited.check, language)
    page = visited.page
    for summary in page.locator("article").first.locator("summary").all():
        summary.click()
    visited.check()
    for box in page.locator("input[name=compare]").all()[:2]:
        box.check()
    visited.press("#compare-form button")
    page.locator("table.person-compare").wait_for()
    visited.check()


def test_way_without_javascript(visit: Callable[..., Visit], tmp_path: Path) -> None:
    """The whole way can be gone without JavaScript, the case file saved, and opened again."""
    visited = visit(javascript=False)
    to_paths(visited)
    page = visited.page
    assert page.locator("article").count() >= 3
    with page.expect_download() as download:
        page.locator("form[action='/case'] button").click()
    saved = tmp_path / "drehkreuz.toml"
    download.value.save_as(saved)
    first = page.locator("article h3").first.inner_text()
    visited.go("/")
    page.set_input_files("#file", saved)
    visited.press("form[action='/open'] button")
    assert page.locator("article h3").first.inner_text() == first


def test_errors_are_said_at_their_fields(visit: Callable[..., Visit]) -> None:
    """What is wrong stands above the form with a link to its field, and at the field; the page stays without a finding."""
    visited = visit(size="phone")
    skills(visited)
    page = visited.page
    visited.press(NEXT)
    page.fill("#id_place", "Sonnenfeld")
    page.fill("#id_max_minutes", "viel")
    visited.press(NEXT)
    visited.check()
    assert page.get_by_role("alert").get_by_role("link").count() == 2
    page.get_by_label("Sonnenfeld Ost").check()
    page.fill("#id_max_minutes", "45")
    visited.press(NEXT)
    assert page.get_by_role("heading", level=1).inner_text() == "Wann Sie arbeiten können"


def test_answers_live_in_the_link(visit: Callable[..., Visit]) -> None:
    """A page can be loaded again and keeps the answers; what is behind the # is all that holds them."""
    visited = visit()
    skills(visited)
    page = visited.page
    visited.press(NEXT)
    way(visited)
    visited.press(NEXT)
    page.get_by_role("heading", name="Wann Sie arbeiten können").wait_for()
    assert page.url.partition("#")[0].endswith("/time")
    page.reload()
    page.get_by_role("heading", name="Wann Sie arbeiten können").wait_for()
    page.get_by_role("button", name="Zurück").click()
    assert page.input_value("#id_place") == "Sonnenfeld Markt"
    assert page.is_checked("#id_car")


def test_language_switch_keeps_the_page(visit: Callable[..., Visit]) -> None:
    """The language can be switched in the middle of the way, and what was answered is still there."""
    visited = visit()
    skills(visited)
    page = visited.page
    visited.press(NEXT)
    way(visited)
    visited.press(NEXT)
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="When you can work").wait_for()
    page.get_by_role("button", name="Back").click()
    assert page.input_value("#id_place") == "Sonnenfeld Markt"


def test_sliders_order_anew(visit: Callable[..., Visit]) -> None:
    """A slider orders the list anew in place, says its place in words, and the link keeps it."""
    visited = visit()
    to_paths(visited)
    page = visited.page
    before = page.url
    slider = page.get_by_label("Keine Nachtarbeit")
    assert slider.get_attribute("aria-valuetext") == "wie üblich"
    slider.focus()
    with page.expect_response("**/paths"):
        page.keyboard.press("End")
    assert slider.get_attribute("aria-valuetext") == "sehr wichtig"
    page.wait_for_function("url => location.href !== url", arg=before)
    visited.check()
    page.reload()
    page.locator("article").first.wait_for()
    assert page.get_by_label("Keine Nachtarbeit").input_value() == "4"


def test_keyboard_only(visit: Callable[..., Visit]) -> None:
    """The way begins with the keyboard alone, and every stop of the keyboard is seen."""
    visited = visit()
    page = visited.page
    page.focus("#text")
    page.keyboard.type(TEXT["de"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Was Sie können").wait_for()
    assert not [name for name in visited.tab_through() if name.startswith("NOT VISIBLY")]


def test_large_text_and_paper(visit: Callable[..., Visit]) -> None:
    """The paths hold with text twice as large; the print view is without a finding and opens all that is folded."""
    visited = visit()
    to_paths(visited)
    visited.press("form[action='/print'] button")
    visited.page.get_by_role("heading", name="Meine Notizen").wait_for()
    visited.check()
    assert visited.page.locator("details:not([open])").count() == 0
    visited.enlarge_text()
    visited.check()


@pytest.mark.parametrize("size", ["phone", "desk"])
@pytest.mark.parametrize("javascript", [True, False])
def test_country_of_an_award(visit: Callable[..., Visit], size: str, javascript: bool) -> None:
    """Where an award is from is asked once it is ticked, recognition once it is from abroad; both stay on the page."""
    visited = visit(size=size, javascript=javascript)
    skills(visited)
    page = visited.page
    country, recognised = page.locator("#country-q-forklift"), page.locator("#recognised-q-forklift")
    page.set_checked("#qualification-q-forklift", checked=False)
    assert not country.is_visible()
    page.check("#qualification-q-forklift")
    assert (country.is_visible(), country.input_value(), recognised.is_visible()) == (True, "DE", False)
    country.select_option("NL")
    recognised.check()
    visited.check()
    page.fill("#more", "Schweißen")
    visited.press("button[name=go][value=more]")
    assert (country.input_value(), recognised.is_checked()) == ("NL", True)
    visited.check()
