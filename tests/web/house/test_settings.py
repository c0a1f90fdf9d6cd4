# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Settings from the environment."""

from __future__ import annotations

import runpy
from typing import Any

import pytest

from drehkreuz.errors import InputError
from scripts import ROOT


def settings(monkeypatch: pytest.MonkeyPatch, **environment: str) -> dict[str, Any]:
    """Return what the settings would be in an environment."""
    for name in ("DATABASE_URL", "DREHKREUZ_SECRET_KEY", "DREHKREUZ_HTTPS", "ALLOWED_HOSTS", "DREHKREUZ_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(ROOT / "src" / "drehkreuz_web" / "settings.py"))


def test_key_follows_from_the_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key of forms follows from the installation's secret, changes with it, and does not show it."""
    secret = "5a" * 32
    key = settings(monkeypatch, DREHKREUZ_SECRET=secret)["SECRET_KEY"]
    assert key == settings(monkeypatch, DREHKREUZ_SECRET=secret)["SECRET_KEY"]
    assert key != settings(monkeypatch, DREHKREUZ_SECRET="5b" * 32)["SECRET_KEY"]
    assert secret not in key
    stated = {"DREHKREUZ_SECRET_KEY": "of one's own"}
    assert settings(monkeypatch, **stated)["SECRET_KEY"] == stated["DREHKREUZ_SECRET_KEY"]


def test_https(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under https cookies are secure, http is redirected and browsers remember it; else nothing of it, so that it works."""
    names = ("SECURE_SSL_REDIRECT", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE", "SECURE_HSTS_SECONDS")
    assert [bool(settings(monkeypatch, DREHKREUZ_HTTPS="1")[name]) for name in names] == [True] * 4
    assert [bool(settings(monkeypatch)[name]) for name in names] == [False] * 4


def test_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The site answers for this machine alone until others are named."""
    assert settings(monkeypatch)["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert settings(monkeypatch, ALLOWED_HOSTS="a.example, b.example,")["ALLOWED_HOSTS"] == ["a.example", "b.example"]


def test_debug_shows_visitors_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django's pages of faults, which show what was typed, stay off whatever is set."""
    assert settings(monkeypatch, DREHKREUZ_DEBUG="1")["DEBUG"] is False


@pytest.mark.parametrize("stated", ["0", "-3", "many", "1.5", "²"])
def test_counts(monkeypatch: pytest.MonkeyPatch, stated: str) -> None:
    """A number that is none is refused by name."""
    with pytest.raises(InputError, match="DREHKREUZ_POSTS_PER_MINUTE"):
        settings(monkeypatch, DREHKREUZ_POSTS_PER_MINUTE=stated)
