# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The site over the village, set up once for all tests of the web."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import Client


@pytest.fixture(scope="session")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the site writes into."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="session")
def site(village_folder: Path, state: Path, _own_cache_and_secret: None) -> Iterator[WSGIHandler]:
    """
    The site over the village, ready to answer.

    Its database is SQLite, or what DREHKREUZ_TEST_DATABASE_URL names: the same tests run on both.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DREHKREUZ_REGION", str(village_folder))
        patch.setenv("DREHKREUZ_STATE", str(state))
        patch.setenv("DREHKREUZ_POSTS_PER_MINUTE", "100000")
        patch.setenv("DJANGO_SETTINGS_MODULE", "drehkreuz_web.settings")
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps an event loop in the tests' thread
        for name in ("DATABASE_URL", "DREHKREUZ_SECRET_KEY", "DREHKREUZ_OPERATOR", "DREHKREUZ_HTTPS", "ALLOWED_HOSTS"):
            patch.delenv(name, raising=False)
        if url := os.environ.get("DREHKREUZ_TEST_DATABASE_URL"):
            patch.setenv("DATABASE_URL", url)
        from drehkreuz_web.start import make_ready  # noqa: PLC0415  # it reads the environment

        yield make_ready()


@pytest.fixture
def client(site: WSGIHandler) -> Client:
    """A visitor without a browser, who gets the page that people get when something is wrong."""
    from django.test import Client  # noqa: PLC0415  # needs settings

    assert site
    return Client(raise_request_exception=False, headers={"host": "localhost"})
