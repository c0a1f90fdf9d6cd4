# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What is written down, and that no typed word is among it."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import get_resolver

from drehkreuz_web.house.logs import Structured, fault, log
from web.house.test_access import routes

pytestmark = pytest.mark.usefixtures("site")

TYPED = "Schweißerin-Geheimwort-4711"
WORD = "Geheimwort"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything that any logger writes from DEBUG on, as the site writes it."""
    stream, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Structured())
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def test_nothing_typed_is_logged(client: Client, written: io.StringIO, state: Path) -> None:
    """Whatever is typed, wherever it is sent, it reaches neither a log nor a file of the site."""
    paths = ["/" + route.split("<")[0].lstrip("^") for route, _ in routes(get_resolver())]
    for path in [*paths, f"/{TYPED}"]:
        client.post(path, {"text": TYPED, "next": TYPED, "place": TYPED, "hours": TYPED, TYPED: TYPED})
        client.post(path, TYPED, content_type="application/json")
        client.post(path, TYPED, content_type="text/plain")
        client.get(path, {"text": TYPED}, headers={"user-agent": TYPED, "referer": TYPED})
        client.get(path, headers={"host": f"{WORD}.example"})
        client.generic(WORD, path)
    client.cookies.load({"csrftoken": WORD, "django_language": WORD})
    client.get("/imprint")
    assert written.getvalue().count("\n") > len(paths)
    assert WORD.lower() not in written.getvalue().lower()
    files = [path for path in state.rglob("*") if path.is_file()]
    assert [path.name for path in files if WORD.encode() in path.read_bytes()] == []


def test_request_line(client: Client, written: io.StringIO) -> None:
    """A request leaves its method, the pattern of its route, status and duration: nothing else."""
    client.get("/imprint?q=1")
    (line,) = [json.loads(line) for line in written.getvalue().splitlines() if '"request"' in line]
    assert set(line) == {"time", "level", "event", "method", "route", "status", "ms"}
    assert (line["method"], line["route"], line["status"]) == ("GET", "imprint", 200)


def test_fault_has_no_message() -> None:
    """Of an exception its kind and places are kept; its message, which may quote a value, is not."""
    with pytest.raises(ValueError, match=WORD) as caught:
        int(TYPED)
    told = fault(caught.value)
    assert told["exception"] == "builtins.ValueError"
    assert any(place.startswith("test_logs.py:") for place in told["places"])
    assert WORD not in json.dumps(told)


def test_fault_is_quoted_to_developers(monkeypatch: pytest.MonkeyPatch) -> None:
    """With DREHKREUZ_DEBUG the message is there, for who types only inventions of their own."""
    from django.conf import settings  # noqa: PLC0415  # needs the environment of the site

    monkeypatch.setattr(settings, "QUOTE_FAULTS", True)
    assert fault(ValueError(WORD))["message"] == WORD


def test_others_quote_nothing(written: io.StringIO) -> None:
    """Other libraries' messages, with values or without, are reduced to who spoke and where."""
    logging.getLogger("anybody").warning("heard %s", TYPED)
    logging.getLogger("anybody").error(f"heard {TYPED}")  # noqa: G004  # as careless libraries do
    log.info("event", extra={"fields": {"count": 3}})
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert [(line["event"], line.get("logger")) for line in lines] == [
        ("library", "anybody"),
        ("library", "anybody"),
        ("event", None),
    ]
    assert WORD not in written.getvalue()
