# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The site on SQLite and on PostgreSQL: it stores bookings of vehicles alone in either, and many visitors at a time do not hinder each other."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from time import monotonic
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client

from web.conftest import using
from web.house.test_serve import running
from web.postgres import Cluster

VISITORS = 8
EACH = 6


def at_once(host: str, ask: Callable[[HTTPConnection], int]) -> list[int]:
    """Return the status of each answer that several visitors get at the same time."""

    def visit(_visitor: int) -> list[int]:
        connection = HTTPConnection(host, timeout=60)
        statuses = [ask(connection) for _ in range(EACH)]
        connection.close()
        return statuses

    with ThreadPoolExecutor(VISITORS) as pool:
        return [status for statuses in pool.map(visit, range(VISITORS)) for status in statuses]


def answered(connection: HTTPConnection, *request: Any) -> int:
    connection.request(*request)
    response = connection.getresponse()
    response.read()
    return response.status


def test_database_in_use(client: Client, database: str) -> None:
    """The database in use is the one that the URL means, and the site is well with it."""
    from django.db import connection  # noqa: PLC0415  # needs settings

    assert client.get("/health").json()["checks"]["database"] is True
    assert connection.vendor == ("postgresql" if database else "sqlite")


@pytest.mark.usefixtures("database")
def test_tables(client: Client) -> None:
    """The database holds the bookings of shared vehicles and nothing else: no table of people, sessions or answers."""
    from django.apps import apps  # noqa: PLC0415  # needs settings
    from django.db import connection  # noqa: PLC0415  # same

    assert client.get("/sharing").status_code == 200  # which makes the tables, if nobody has
    assert {model._meta.app_label for model in apps.get_models()} == {"sharing"}
    own = {model._meta.db_table for model in apps.get_models()}
    assert set(connection.introspection.table_names(include_views=True)) == own | {"django_migrations"}


@pytest.mark.usefixtures("database")
def test_concurrent_visitors(site: WSGIHandler) -> None:
    """Visitors who make the site ask its database at the same time all get their answer."""
    with running(site) as host:
        assert at_once(host, lambda connection: answered(connection, "GET", "/health")) == [200] * (VISITORS * EACH)


@pytest.mark.usefixtures("database")
def test_limit_holds_for_concurrent_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of forms that arrive at the same time exactly as many are answered as one address may send, on any database."""
    from django.conf import settings  # noqa: PLC0415  # needs the environment of the site

    allowed = 12
    monkeypatch.setattr(settings, "POSTS_PER_MINUTE", allowed)
    began = monotonic()
    headers = {"Content-Type": "application/json"}
    with running(WSGIHandler()) as host:
        statuses = at_once(host, lambda connection: answered(connection, "POST", "/api/v1/paths", b"{}", headers))
    came_back = int((monotonic() - began) * allowed / 60) + 1
    assert set(statuses) == {422, 429}
    assert allowed <= statuses.count(422) <= allowed + came_back


def test_no_connection_stays(postgres: Cluster, site: WSGIHandler) -> None:
    """No connection to PostgreSQL stays open after an answer, however many visitors there were."""
    from django.db import connection  # noqa: PLC0415  # needs settings

    with using(postgres.url), running(site) as host:
        at_once(host, lambda visitor: answered(visitor, "GET", "/health"))
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'")
            assert cursor.fetchone() == (1,)  # this test's


def test_database_comes_back(postgres: Cluster, site: WSGIHandler) -> None:
    """A PostgreSQL that was started anew is found again without starting the site anew."""
    with using(postgres.url), running(site) as host:
        assert set(at_once(host, lambda visitor: answered(visitor, "GET", "/health"))) == {200}
        postgres.restart()
        assert set(at_once(host, lambda visitor: answered(visitor, "GET", "/health"))) == {200}


@pytest.mark.parametrize(
    "url", ["postgresql:///nobody?host=/nowhere&connect_timeout=1", "sqlite:////nowhere/site.sqlite3"]
)
def test_no_database(client: Client, url: str) -> None:
    """Without its database the site answers every page, and its health says what is missing."""
    with using(url):
        health = client.get("/health")
        assert health.status_code == 503
        assert json.loads(health.content)["checks"] == {"region": True, "database": False}
        assert client.get("/privacy").status_code == 200
        assert client.get("/sharing").status_code == 503
        assert client.get("/api/v1/region").status_code == 200
