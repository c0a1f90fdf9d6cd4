# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Simple German: nothing lacks it on the person's way, what the library says is marked, sentences are short."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import polib
import pytest

from scripts import ROOT

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.usefixtures("site")

SITE = ROOT / "src" / "drehkreuz_web"
PERSON = ROOT / "examples" / "baggerfahrer.toml"

MOST_WORDS = 15
"""Words of a sentence that a reader at A2 to B1 can hold (assumed: a rule of the trade)."""


class Spoken(HTMLParser):
    """The texts of a page, each with the language it is marked as."""

    ALONE = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[tuple[str, str]] = []
        self._languages = [""]
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.ALONE:
            self._languages.append(dict(attrs).get("lang") or self._languages[-1])

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.ALONE:
            self._languages.pop()

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((" ".join(data.split()), self._languages[-1]))


@pytest.fixture
def simple(client: Client) -> Client:
    """A visitor who has chosen simple German."""
    client.post("/language", {"language": "de-simple", "next": "/"})
    return client


def translations(locale: str) -> Iterator[polib.POEntry]:
    for feature in ("house", "person"):
        yield from polib.pofile(str(SITE / feature / "locale" / locale / "LC_MESSAGES" / "django.po"))


def test_nothing_is_missing() -> None:
    """The person's way and the house have each of their German sentences in simple German."""
    assert {entry.msgid for entry in translations("de_Simple") if entry.translated()} == {
        entry.msgid for entry in translations("de")
    }


def test_sentences_are_short() -> None:
    """No sentence of simple German is long, and none is in the passive voice."""
    for entry in translations("de_Simple"):
        for text in filter(None, [entry.msgstr, *entry.msgstr_plural.values()]):
            bare = re.sub(r"<[^>]*>", "", text)
            for sentence in re.split(r"[.?!:;(]\s|[.?!:;]$", bare):
                assert len(sentence.split()) <= MOST_WORDS, sentence
                assert not re.search(r"\b(?:wird|werden|wurden?)\b", sentence), sentence


def test_chosen_in_the_house(simple: Client) -> None:
    """Whoever chooses "Einfache Sprache" reads it, the page says so to screen readers, and the way back is there."""
    page = simple.get("/").content.decode()
    assert '<html lang="de-simple"' in page
    assert "Wir speichern nichts." in page
    for code, name in (("de", "Deutsch"), ("en", "English")):
        assert re.search(rf'name="language" value="{code}" lang="{code}"><span[^>]*>{name}<', page)
    assert 'value="de-simple"' not in page


def test_browser_asks_for_german(client: Client) -> None:
    """A browser that asks for any German gets German, not the simple one."""
    for asked in ("de", "de-AT", "de-DE,de;q=0.9,en;q=0.5"):
        assert '<html lang="de"' in client.get("/", headers={"accept-language": asked}).content.decode()


@pytest.mark.parametrize("path", ["/paths", "/print", "/compare"])
def test_what_the_library_says_is_marked(simple: Client, path: str) -> None:
    """On a page of answers all texts are simple German, or marked as German, or the region's own."""
    sent = {"case": PERSON.read_text(encoding="utf-8")}
    if path == "/compare":
        posts = [entry["vacancy_id"] for entry in simple.post("/paths.json", sent).json()["paths"][:2]]
        page = simple.post(path, {**sent, "compare": posts}).content.decode()
    else:
        page = simple.post(path, sent).content.decode()
    told = {re.sub(r"%\(\w+\)s", "", text) for text in _all_simple()}
    own = re.compile(r"[\d\s.,:()%€–−+→✓/|-]*(?:€|JSON|Drehkreuz|Deutsch|English|km)?[\d\s.,:()–−+]*")
    unmarked = [text for text, language in Spoken(page).texts if language == "de-simple" and not own.fullmatch(text)]
    unknown = [text for text in unmarked if not _is_told(text, told)]
    assert not unknown, unknown[:40]


def _all_simple() -> Iterator[str]:
    for entry in translations("de_Simple"):
        for text in filter(None, [entry.msgstr, *entry.msgstr_plural.values()]):
            yield from (" ".join(part.split()) for part in re.split(r"%\(\w+\)s|<[^>]*>|\{\w+\}", text) if part.strip())


def _is_told(text: str, told: set[str]) -> bool:
    """Whether a text consists of simple sentences, with values between them."""
    rest = re.sub(r"\d+\. \w+ \d{4}", " ", text)  # a date
    for sentence in sorted(told, key=len, reverse=True):
        rest = rest.replace(sentence, " ")
    return not re.search(r"[^\W\d_]{4,}", rest)


@pytest.mark.parametrize("path", ["/region", "/region/sources"])
def test_pages_without_simple_german_say_so(simple: Client, path: str) -> None:
    """A page that is not there in simple German is marked as German, and says so first."""
    page = simple.get(path).content.decode()
    assert re.search(r'<main [^>]*lang="de"', page)
    assert "Diese Seite gibt es noch nicht in Einfacher Sprache." in page
    assert 'lang="de-simple"' in page


def test_no_simple_german_for_others(client: Client) -> None:
    """German and English pages carry no such mark."""
    for language in ("de", "en"):
        client.post("/language", {"language": language, "next": "/"})
        page = client.post("/paths", {"case": PERSON.read_text(encoding="utf-8")}).content.decode()
        assert "de-simple" not in re.sub(r"<form class=\"house-language\".*?</form>", "", page, flags=re.DOTALL)
        assert "Einfacher Sprache" not in page
