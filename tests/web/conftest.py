# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The site over the village, set up once for all tests of the web."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

import pytest

from web.postgres import Cluster, new_cluster

PATIENCE_S = 180

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import Client


@pytest.fixture(scope="session")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the site writes into."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="session")
def site(village_folder: Path, state: Path, _own_cache_and_secret: None) -> Iterator[WSGIHandler]:
    """The site over the village, ready to answer; its database is SQLite in the state folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DREHKREUZ_REGION", str(village_folder))
        patch.setenv("DREHKREUZ_STATE", str(state))
        patch.setenv("DREHKREUZ_POSTS_PER_MINUTE", "100000")
        patch.setenv("DREHKREUZ_WORKERS", "0")  # their own test begins some
        patch.setenv("DJANGO_SETTINGS_MODULE", "drehkreuz_web.settings")
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps an event loop in the tests' thread
        for name in ("DATABASE_URL", "DREHKREUZ_SECRET_KEY", "DREHKREUZ_OPERATOR", "DREHKREUZ_HTTPS", "ALLOWED_HOSTS"):
            patch.delenv(name, raising=False)
        from drehkreuz_web.start import make_ready  # noqa: PLC0415  # it reads the environment

        yield make_ready()


@pytest.fixture(scope="session")
def figures(site: WSGIHandler) -> None:
    """Wait until the region's figures are computed."""
    from drehkreuz_web.planner.answer import Status, state  # noqa: PLC0415  # needs settings

    assert site
    until = monotonic() + PATIENCE_S
    while state().status is Status.COMPUTING and monotonic() < until:
        sleep(0.2)
    assert state().status is Status.READY


@pytest.fixture
def client(site: WSGIHandler) -> Client:
    """A visitor without a browser, who gets the page that people get when something is wrong."""
    from django.test import Client  # noqa: PLC0415  # needs settings

    assert site
    return Client(raise_request_exception=False, headers={"host": "localhost"})


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A PostgreSQL that runs as long as the tests, or a skip that says what is missing."""
    cluster = new_cluster()
    if cluster is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    yield cluster
    cluster.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, site: WSGIHandler) -> Iterator[str]:
    """The URL of the database that the site uses in this test: each test that asks for it runs on both."""
    assert site
    url = request.getfixturevalue("postgres").url if request.param == "postgresql" else ""
    with using(url):
        yield url


@contextmanager
def using(url: str) -> Iterator[None]:
    """Let the site use another database."""
    from django.conf import settings  # noqa: PLC0415  # it reads the environment
    from django.db import connections  # noqa: PLC0415  # same

    from drehkreuz_web.house.database import database as described  # noqa: PLC0415  # same

    before = connections.settings["default"]
    chosen = connections.configure_settings({"default": described(url, settings.STATE)})
    connections["default"].close()
    del connections["default"]
    connections.settings["default"] = chosen["default"]
    try:
        yield
    finally:
        connections["default"].close()
        del connections["default"]
        connections.settings["default"] = before
