# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Pages of the house: health, language, trouble, legal pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client, RequestFactory

from drehkreuz.errors import InputError
from drehkreuz_web.house import errors, health, operator

pytestmark = pytest.mark.usefixtures("site")


@pytest.mark.usefixtures("database")
def test_health(client: Client) -> None:
    """Health says that region and database are well, and which region it is."""
    response = client.get("/health")
    assert response.status_code == 200
    told = response.json()
    assert told["status"] == "ok"
    assert told["checks"] == {"region": True, "database": True}
    assert told["region"] == "village"


@pytest.mark.usefixtures("database")
def test_health_without_region(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Health answers 503 while the region is not prepared."""
    monkeypatch.setattr(health, "ready", lambda: False)
    response = client.get("/health")
    assert response.status_code == 503
    assert response.json()["checks"] == {"region": False, "database": True}


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("", "de"), ("de-AT", "de"), ("en-US,en;q=0.5", "en"), ("fr", "de"), ("nl,en;q=0.1", "en"), ("\x00;q=x", "de")],
)
def test_first_language(client: Client, accepted: str, language: str) -> None:
    """A visitor is addressed in German, unless the browser asks for English."""
    page = client.get("/imprint", headers={"accept-language": accepted}).content.decode()
    assert f'<html lang="{language}"' in page


def test_language_is_remembered(client: Client) -> None:
    """The language one has chosen goes before the browser's."""
    response = client.post("/language", {"language": "en", "next": "/privacy"})
    assert (response.status_code, response["Location"]) == (303, "/privacy")
    assert "Privacy" in client.get("/privacy", headers={"accept-language": "de"}).content.decode()


def test_posted_page_is_posted_again(client: Client) -> None:
    """Switching the language on a page that answered a form sends that form once more."""
    response = client.post("/language", {"language": "en", "next": "/privacy", "posted": "1"})
    assert (response.status_code, response["Location"]) == (307, "/privacy")


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "", "\\\\evil"])
def test_switch_never_leads_away(client: Client, away: str) -> None:
    """The switch of the language sends nobody to another site."""
    assert client.post("/language", {"language": "en", "next": away})["Location"] == "/"


@pytest.mark.parametrize("language", ["", "xx", "de'; DROP TABLE", "🦊", "en\r\nSet-Cookie: a=b"])
def test_unknown_language(client: Client, language: str) -> None:
    """A language that there is not sets no cookie."""
    response = client.post("/language", {"language": language, "next": "/imprint"})
    assert response.status_code == 303
    assert "django_language" not in response.cookies


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("status", sorted(errors.TROUBLES))
def test_every_trouble_has_words(status: int, language: str) -> None:
    """Every page of trouble says what happened and what to do, in the visitor's language."""
    from django.utils.translation import override  # noqa: PLC0415  # needs settings

    with override(language):
        response = errors.error_page(RequestFactory().get("/"), status)
        trouble = errors.TROUBLES[status]
        page = response.content.decode()
        assert response.status_code == status
        assert all(str(words) in page for words in (trouble.title, trouble.what, trouble.now))


def test_trouble_with_the_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if no template can be shown, a visitor gets a sentence in both languages."""

    def broken(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(errors, "error_page", broken)
    response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "unser Fehler" in response.content.decode()
    assert "our mistake" in response.content.decode()


def test_method_not_allowed(client: Client) -> None:
    """A page that only shows something is not posted to, in plain words."""
    response = client.post("/imprint")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert "Das geht hier nicht" in response.content.decode()


@pytest.mark.parametrize(
    "path",
    ["/%00", "/" + "x" * 5000, "/🦊", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/' OR 1=1 --", "/\u202etxt"],
)
def test_strange_paths(client: Client, path: str) -> None:
    """A strange address gets the page that there is no such page."""
    response = client.get(path)
    assert response.status_code == 404
    assert "Diese Seite gibt es nicht" in response.content.decode()


def test_template_without_operator(client: Client) -> None:
    """What nobody has filled in is marked on the legal pages."""
    operator.operator.cache_clear()
    page = client.get("/imprint").content.decode()
    assert "<mark>Bitte ausfüllen: Name der Organisation</mark>" in page


def test_operator_fills_the_pages(client: Client, settings_operator: Path) -> None:
    """What the operator's file says stands on the legal pages, as text and never as markup."""
    settings_operator.write_text('name = "Beratung <b>Mitte</b>"\nemail = "hilfe@example.org"\n', encoding="utf-8")
    page = client.get("/imprint").content.decode()
    assert "Beratung &lt;b&gt;Mitte&lt;/b&gt;" in page
    assert "hilfe@example.org" in page
    assert "Bitte ausfüllen: Straße" in page


@pytest.mark.parametrize("text", ['nmae = "x"', "name = 3", "name =", "\x00"])
def test_operator_is_misspelt(settings_operator: Path, text: str) -> None:
    """A misspelt file is refused at start with what is wrong."""
    settings_operator.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"operator\.toml"):
        operator.operator()


@pytest.fixture
def settings_operator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The operator's file of the settings."""
    from django.conf import settings  # noqa: PLC0415  # needs the environment of the site

    path = tmp_path / "operator.toml"
    monkeypatch.setattr(settings, "OPERATOR", str(path))
    operator.operator.cache_clear()
    yield path
    operator.operator.cache_clear()
