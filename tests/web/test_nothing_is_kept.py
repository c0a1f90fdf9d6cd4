# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What somebody types into the site as it is served is afterwards in no log, no database and no file."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest
from django.urls import get_resolver

from scripts import ROOT
from web.api.conftest import as_json
from web.house.test_access import routes

if TYPE_CHECKING:
    from web.postgres import Cluster

COMMAND = [sys.executable, "-c", "from drehkreuz.cli import main; main()", "serve", "--port", "0"]

WORD = "Xylographenzwirn"
"""Typed everywhere, and found nowhere else in the world."""

MARKER = f"{WORD}-4711"
CASE = (ROOT / "examples" / "baggerfahrer.toml").read_text(encoding="utf-8").replace('label = "', f'label = "{MARKER} ')
TEXT = f"Baggerfahrer, 18 Jahre, {MARKER}. Ich möchte {MARKER} werden."


class Visitor:
    """A browser without a window: it keeps its cookies, sends forms with their token, and remembers what it was told."""

    def __init__(self, host: str) -> None:
        self._connection = HTTPConnection(host, timeout=120)
        self._cookies: dict[str, str] = {}
        self.told: list[str] = []
        self._token = re.findall(r'csrfmiddlewaretoken" value="([^"]*)"', self.ask("GET", "/imprint")[1])[0]

    def ask(self, method: str, path: str, body: str | bytes = b"", **headers: str) -> tuple[int, str]:
        cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        content = body.encode() if isinstance(body, str) else body
        self._connection.request(
            method, path, content, {"Cookie": cookie, "User-Agent": MARKER, "Referer": MARKER} | headers
        )
        response = self._connection.getresponse()
        for name, value in response.getheaders():
            if name == "Set-Cookie":
                key, _, rest = value.partition("=")
                self._cookies[key] = rest.partition(";")[0]
        text = response.read().decode()
        self.told.append(text)
        return response.status, text

    def send(self, path: str, fields: dict[str, object]) -> tuple[int, str]:
        form = urlencode({"csrfmiddlewaretoken": self._token, **fields}, doseq=True)
        return self.ask("POST", path, form, **{"Content-Type": "application/x-www-form-urlencoded"})

    def leave(self) -> None:
        self._connection.close()

    def upload(self, path: str, name: str, content: str) -> tuple[int, str]:
        parts = [("csrfmiddlewaretoken", "", self._token), (name, f'; filename="{MARKER}.toml"', content)]
        body = "".join(f'--b\r\nContent-Disposition: form-data; name="{n}"{f}\r\n\r\n{v}\r\n' for n, f, v in parts)
        return self.ask("POST", path, f"{body}--b--\r\n", **{"Content-Type": "multipart/form-data; boundary=b"})


@contextmanager
def served(folder: Path, region: Path, url: str) -> Iterator[str]:
    """Serve the site as its operator would, all it writes but for stages below one folder; give its host."""
    own = {"DREHKREUZ_STATE": "state", "HOME": "home", "TMPDIR": "tmp"}
    places = {name: str(folder / place) for name, place in own.items()}
    for place in places.values():
        Path(place).mkdir()
    environment = os.environ | places | {"DREHKREUZ_REGION": str(region), "DATABASE_URL": url}
    environment |= {"DREHKREUZ_POSTS_PER_MINUTE": "100000", "LC_ALL": "en_GB.UTF-8"}
    with (
        (folder / "stderr.log").open("wb") as log,
        subprocess.Popen(
            COMMAND, env=environment, cwd=folder, stdout=subprocess.PIPE, stderr=log, text=True
        ) as process,
    ):
        assert process.stdout is not None
        told = process.stdout.readline()
        try:
            yield told.split("http://")[1].partition("/")[0]
        finally:
            process.send_signal(signal.SIGTERM)
            (folder / "stdout.log").write_text(told + process.stdout.read(), encoding="utf-8")
            assert process.wait(timeout=60) == 0


def type_everywhere(visitor: Visitor) -> None:
    """Send the marker as every field of every form, as every operation's input, and on the whole way of a person."""
    fields = [
        "text",
        "more",
        "place",
        "zone_id",
        "hours_min",
        "when",
        "days",
        "label",
        "q",
        "language",
        "next",
        "go",
        "have",
        "brought",
        "keep",
        "compare",
        "show",
        "code",
        "wish",
        "station",
        "km",
        "shifts",
        "table",
        "ticket_share",
        "of",
        "build",
    ]
    for route, _ in routes(get_resolver()):
        path = "/" + re.sub(r"<[^>]*>", quote(MARKER), route)
        visitor.ask("GET", f"{path}?{urlencode(dict.fromkeys(fields, MARKER))}")
        visitor.send(path, {**dict.fromkeys(fields, MARKER), MARKER: MARKER})
        visitor.send(path, {"case": CASE, "text": TEXT, "go": "next"})
        visitor.send(path, {"case": f"{MARKER} = = 1"})
        visitor.ask("POST", path, MARKER, **{"Content-Type": "application/json"})
        visitor.ask(WORD.upper(), path)
    visitor.ask("GET", f"/{MARKER}")
    visitor.ask("GET", "/api/v1/places?" + urlencode({"q": MARKER}))
    visitor.upload("/open", "file", CASE)
    visitor.upload("/open", "file", f"{MARKER} = = 1")
    visitor.upload("/employer", "file", f"plz;{MARKER}\n{MARKER};06:00-14:00")
    firm = {"place": "P01", "ticket_share": "25", "shifts": f"{MARKER} 06:00-14:00"}
    status, _ = visitor.send("/employer", firm | {"table": f"where,shift,count\nZ01,{MARKER},9"})
    assert status == 303
    visitor.send("/way", {"case": CASE, "go": "next", "place": MARKER, "max_minutes": "45"})
    body = json.loads(json.dumps(tomllib.loads(CASE), default=as_json))
    for change in ({}, {"zone_id": MARKER}, {"text": MARKER}, {MARKER: MARKER}, {"skill": [{"skill_id": MARKER}]}):
        visitor.ask("POST", "/api/v1/paths", json.dumps(body | change), **{"Content-Type": "application/json"})


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
@pytest.mark.usefixtures("site")
def test_nothing_is_kept(request: pytest.FixtureRequest, village_folder: Path, tmp_path: Path, database: str) -> None:
    """After a marker was typed everywhere, and shown back to who typed it, nothing that the site has written holds it."""
    cluster: Cluster | None = request.getfixturevalue("postgres") if database == "postgresql" else None
    with served(tmp_path, village_folder, cluster.url if cluster else "") as host:
        visitor = Visitor(host)
        type_everywhere(visitor)
        assert visitor.ask("GET", "/health")[0] == 200
        status, page = visitor.send("/paths", {"case": CASE})
        assert status == 200
        assert WORD in unescape(page)
        visitor.leave()
    assert sum(WORD in answer for answer in visitor.told) > 10
    log = (tmp_path / "stderr.log").read_text(encoding="utf-8")
    assert log.count('"event": "request"') == len(visitor.told)
    folders = [tmp_path, Path(os.environ["DREHKREUZ_CACHE"])]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    files += cluster.files if cluster else []
    written = [path for path in files if WORD.lower().encode() in path.read_bytes().lower()]
    assert written == []
    names = {path.name for path in files}
    assert {"stderr.log", "log" if cluster else "site.sqlite3"} <= names
    assert not cluster or b"SELECT 1" in (cluster.folder / "log").read_bytes()
