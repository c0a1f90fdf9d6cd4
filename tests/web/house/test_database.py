# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Which database the settings mean."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from drehkreuz.errors import InputError
from drehkreuz_web.house.database import database

STATE = Path("/state")


def test_sqlite_is_the_default() -> None:
    """Without a URL the database is a file in the state folder, with a write-ahead log."""
    chosen = database("", STATE)
    assert chosen["ENGINE"] == "django.db.backends.sqlite3"
    assert chosen["NAME"] == "/state/site.sqlite3"
    assert "journal_mode=WAL" in chosen["OPTIONS"]["init_command"]


@pytest.mark.usefixtures("site")
def test_write_ahead_log() -> None:
    """The database that is open really writes ahead."""
    from django.db import connection  # noqa: PLC0415  # needs settings

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)


def test_postgresql() -> None:
    """A URL of PostgreSQL gives each of its parts, percent signs undone."""
    chosen = database("postgres://us%40er:p%2Fw@db.example:5433/drehkreuz?sslmode=require", STATE)
    assert chosen["ENGINE"] == "django.db.backends.postgresql"
    assert (chosen["USER"], chosen["PASSWORD"], chosen["HOST"], chosen["PORT"], chosen["NAME"]) == (
        "us@er",
        "p/w",
        "db.example",
        "5433",
        "drehkreuz",
    )
    assert chosen["OPTIONS"] == {"sslmode": "require"}


def test_postgresql_by_socket() -> None:
    """A socket's folder is given as libpq has it, its capital letters kept."""
    chosen = database("postgresql:///drehkreuz?host=/run/PostgreSQL&user=site", STATE)
    assert (chosen["HOST"], chosen["PORT"]) == ("", "")
    assert chosen["OPTIONS"] == {"host": "/run/PostgreSQL", "user": "site"}


def test_postgresql_without_its_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PostgreSQL is asked for and its driver is not installed, one line says how to install it."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(InputError, match=r"pip install 'drehkreuz\[postgres\]'"):
        database("postgres://user@host/name", STATE)


def test_sqlite_elsewhere() -> None:
    """A URL of SQLite names a file by its whole path."""
    assert database("sqlite:////var/lib/site.sqlite3", STATE)["NAME"] == "/var/lib/site.sqlite3"


@pytest.mark.parametrize(
    "url",
    [
        "mysql://user:topsecret@host/name",
        "postgres://user:topsecret@host",
        "postgres://user:topsecret@host:port/name",
        "postgres://user:topsecret@host:99999/name",
        "nonsense",
        "postgres:///",
    ],
)
def test_unknown_database(url: str) -> None:
    """A URL that names no known database is refused, and its password is not repeated."""
    with pytest.raises(InputError) as caught:
        database(url, STATE)
    assert "DATABASE_URL" in str(caught.value)
    assert "topsecret" not in str(caught.value)
