# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Which database the site uses: SQLite in its state folder, or what DATABASE_URL names."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from drehkreuz.errors import Finding, InputError

ENGINES: Final = {"postgres": "postgresql", "postgresql": "postgresql", "sqlite": "sqlite3"}


def database(url: str, state: Path) -> dict[str, Any]:
    """
    Return Django's settings of a database.

    Args:
        url: `postgres://user:password@host:port/name?sslmode=require`, by a socket `postgres:///name?host=/a/folder&user=…`;
            `sqlite:////a/file`; empty: SQLite in the state folder.
        state: The site's own folder.

    Raises:
        InputError: If the URL names no database that is known, or PostgreSQL without its driver; the message never shows the URL, it holds a password.
    """
    if not url:
        return _sqlite(state / "site.sqlite3")
    parts = urlsplit(url)
    engine = ENGINES.get(parts.scheme)
    name = unquote(parts.path.removeprefix("/"))
    if engine is None or not name or not _is_port(parts):
        remedy = "Write postgres://USER:PASSWORD@HOST:PORT/NAME or sqlite:////PATH, or leave it out."
        raise InputError(Finding("DATABASE_URL", "", "", "", "names no database that is known", remedy))
    if engine == "sqlite3":
        return _sqlite(Path(name))
    if find_spec("psycopg") is None:
        remedy = "Install it: pip install 'drehkreuz[postgres]'."
        raise InputError(Finding("DATABASE_URL", "", "", "", "PostgreSQL needs psycopg", remedy))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,  # no page asks it anything; a server's threads would leave theirs open
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def _is_port(parts: SplitResult) -> bool:
    try:
        return parts.port != 0
    except ValueError:
        return False


def _sqlite(path: Path) -> dict[str, Any]:
    """Return SQLite as it serves many readers: write-ahead log, writers wait for each other instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
    }
