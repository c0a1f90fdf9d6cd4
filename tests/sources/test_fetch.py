# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Files fetched from a server of the tests' own, on this machine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest

from drehkreuz.cli import main
from drehkreuz.errors import DrehkreuzError, InputError
from drehkreuz.sources.fetch import WORKING, Fetched, fetch, record_of
from drehkreuz.sources.recipe import is_safe, read_addresses, read_recipe

DAY, LATER = date(2026, 11, 3), date(2026, 12, 1)
ZONES = b"zone_id,lat,lon\nZ1,51.0,9.0\n"


@dataclass
class Server:
    """What a server answers, by path."""

    port: int = 0
    files: dict[str, bytes] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    stops_after: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    waits: Event = field(default_factory=Event)
    half_sent: Event = field(default_factory=Event)
    half: str = ""

    def url(self, path: str) -> str:
        """Return the address of a file."""
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server on this machine, asked without a proxy between."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    known = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known.asked.append(self.path)
            if self.path in known.moved:
                self.send_response(302)
                self.send_header("Location", known.moved[self.path])
                self.end_headers()
                return
            body = known.files.get(self.path)
            if body is None:
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Type", known.kinds.get(self.path, "text/csv"))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.path == known.half:
                self.wfile.write(body[: len(body) // 2])
                self.wfile.flush()
                known.half_sent.set()
                known.waits.wait(10)
                with suppress(OSError):
                    self.wfile.write(body[len(body) // 2 :])
                return
            self.wfile.write(body[: known.stops_after.get(self.path, len(body))])

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known.port = listening.server_address[1]
    thread = Thread(target=listening.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield known
    known.waits.set()
    listening.shutdown()
    listening.server_close()
    thread.join()


Recipe = Callable[..., Path]


@pytest.fixture
def recipe(tmp_path: Path, server: Server) -> Recipe:
    """A function that writes a recipe with one table and its address."""

    def write(url: str | None = None, *more: str) -> Path:
        path = tmp_path / "region.toml"
        lines = [
            'name = "kreis"',
            'title = "Musterkreis"',
            "day = 2026-11-03",
            '[provenance]\nkind = "observed"\nsource = "Amt"\nlicence = "CC0-1.0"\ndate = 2026-11-01',
            '[[source]]\nkind = "table"\ntable = "zones"\npath = "data/zones.csv"',
            f'url = "{url or server.url("/zones.csv")}"',
            *more,
        ]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


def run(recipe: Path, day: date = DAY, *, again: bool = False) -> tuple[list[Fetched], list[str]]:
    """Fetch; return what happened and what was said."""
    done, findings = fetch(read_addresses(recipe), record_of(recipe), day, again=again)
    return done, [f"{finding.severity}: {finding.problem}" for finding in findings]


def test_a_file_comes_once_and_is_noted(server: Server, recipe: Recipe) -> None:
    """Nothing is fetched by reading a recipe; fetching brings the file, notes what came, and does not ask again."""
    server.files["/zones.csv"] = ZONES
    path = recipe()
    with pytest.raises(InputError, match="drehkreuz region fetch"):
        read_recipe(path)
    assert server.asked == []
    (one,), said = run(path)
    assert (one.state, one.bytes, one.day, said) == ("fetched", len(ZONES), DAY, [])
    assert one.path.read_bytes() == ZONES
    noted = tomllib.loads(record_of(path).read_text(encoding="utf-8"))["file"]
    assert noted == [
        {
            "path": "data/zones.csv",
            "url": server.url("/zones.csv"),
            "day": DAY,
            "bytes": len(ZONES),
            "sha256": sha256(ZONES).hexdigest(),
            "licence": "CC0-1.0",
        }
    ]
    (again,), said = run(path, LATER)
    assert (again.state, again.day, said, server.asked) == ("kept", DAY, [], ["/zones.csv"])
    assert read_recipe(path).sources[0].provenance.licence == "CC0-1.0"


def test_another_file_at_the_same_address_is_told(server: Server, recipe: Recipe) -> None:
    """Asked again, an address that has changed gives the new file and says both digests and the day of the old one."""
    server.files["/zones.csv"] = ZONES
    path = recipe()
    run(path)
    (same,), said = run(path, LATER, again=True)
    assert (same.state, said) == ("same", [])
    server.files["/zones.csv"] = ZONES + b"Z2,51.1,9.1\n"
    (changed,), said = run(path, LATER, again=True)
    assert changed.state == "changed"
    (told,) = said
    assert told.startswith(f"warning: has another file now: {sha256(ZONES).hexdigest()} on {LATER}, {changed.sha256}")


def test_a_pinned_digest_holds(server: Server, recipe: Recipe) -> None:
    """A file that is not what sha256 says is not taken, and the old one stays; nor is one lying there passed off as it."""
    server.files["/zones.csv"] = ZONES
    path = recipe(None, f'sha256 = "{sha256(ZONES).hexdigest()}"')
    run(path)
    server.files["/zones.csv"] = b"other"
    done, (told,) = run(path, again=True)
    assert done == []
    assert told.startswith("error: has another file than sha256 says")
    there = path.parent / "data" / "zones.csv"
    assert there.read_bytes() == ZONES
    there.write_bytes(b"mine")
    assert "not the one of sha256" in run(path)[1][0]


def test_a_file_of_ones_own_stays(server: Server, recipe: Recipe) -> None:
    """A file that somebody put there or mended is not replaced unless asked, and a mended one is told."""
    server.files["/zones.csv"] = ZONES
    path = recipe()
    there = path.parent / "data" / "zones.csv"
    there.parent.mkdir()
    there.write_bytes(b"mine")
    (one,), said = run(path)
    assert (one.state, said, record_of(path).exists()) == ("own", [], False)
    run(path, again=True)
    there.write_bytes(b"mended")
    (one,), (told,) = run(path, LATER)
    assert one.state == "own"
    assert "somebody changed it; it stays" in told
    assert there.read_bytes() == b"mended"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/none.csv", "answers 404"),
        ("/page.csv", "answers with a web page"),
        ("/empty.csv", "answers with nothing"),
        ("/short.csv", "ended after 5 of 27 bytes"),
        ("/away.csv", "which is not encrypted"),
    ],
)
def test_what_cannot_be_had_is_told(server: Server, recipe: Recipe, path: str, told: str) -> None:
    """A missing file, a web page, nothing, half a file and a lead to an open line are told; nothing is left behind."""
    server.files |= {"/page.csv": b"<html>", "/empty.csv": b"", "/short.csv": ZONES[:27]}
    server.kinds["/page.csv"] = "text/html; charset=utf-8"
    server.stops_after["/short.csv"] = 5
    server.moved["/away.csv"] = "http://example.org/zones.csv"
    written = recipe(server.url(path))
    done, said = run(written)
    assert done == []
    assert told in said[0]
    assert not any((written.parent / "data").iterdir())
    assert not record_of(written).exists()


def test_a_silent_server_is_told(recipe: Recipe) -> None:
    """An address where nobody listens is told, with what to look at."""
    assert "cannot be fetched" in run(recipe("http://127.0.0.1:9/zones.csv"))[1][0]


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/x.zip", True),
        ("http://localhost:8000/x", True),
        ("http://example.org/x.zip", False),
        ("file:///etc/passwd", False),
        ("ftp://example.org/x", False),
        ("https://", False),
        ("http://[", False),
    ],
)
def test_which_addresses_are_safe(url: str, safe: bool) -> None:
    """Only encrypted addresses are fetched from, and those of this very machine."""
    assert is_safe(url) is safe


@pytest.mark.parametrize(
    ("url", "more", "told"),
    [
        ("http://example.org/x", (), "is no address that is fetched from"),
        ("https://example.org/x", ('sha256 = "abc"',), "is no digest"),
    ],
)
def test_a_faulty_address_is_told(recipe: Recipe, url: str, more: tuple[str, ...], told: str) -> None:
    """An address that is not safe and a digest that is none are findings of the recipe."""
    with pytest.raises(InputError, match=told):
        read_addresses(recipe(url, *more))


def test_killed_in_between_the_old_file_stays(server: Server, recipe: Recipe) -> None:
    """A process killed while a file comes leaves the old one whole, and the next fetch brings the new one."""
    server.files["/zones.csv"] = ZONES
    path = recipe()
    run(path)
    new = ZONES * 1000
    server.files["/zones.csv"], server.half = new, "/zones.csv"
    command = [sys.executable, "-c", "from drehkreuz.cli import main; main()", "region", "fetch", str(path), "--again"]
    with subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        assert server.half_sent.wait(60)
        process.send_signal(signal.SIGKILL)
        process.wait(60)
    there = path.parent / "data" / "zones.csv"
    assert there.read_bytes() == ZONES
    server.half = ""
    (one,), _ = run(path, LATER, again=True)
    assert (one.state, there.read_bytes()) == ("changed", new)
    assert not there.with_name(there.name + WORKING).exists()


def test_a_broken_record_is_told(server: Server, recipe: Recipe) -> None:
    """A record that is no record is named, and no file is touched."""
    server.files["/zones.csv"] = ZONES
    path = recipe()
    record_of(path).write_text("file = 3", encoding="utf-8")
    with pytest.raises(DrehkreuzError, match="cannot be read as a record"):
        run(path)
    assert server.asked == []


def test_the_command_line(server: Server, recipe: Recipe, capsys: pytest.CaptureFixture[str]) -> None:
    """The verb says what came, ends with 1 where something did not, and says so where there is nothing to fetch."""
    server.files["/zones.csv"] = ZONES
    path = recipe()
    for arguments, code in (([], 0), (["--again", "--json"], 0)):
        with pytest.raises(SystemExit) as ended:
            main(["region", "fetch", str(path), *arguments])
        assert ended.value.code == code
    shown = capsys.readouterr().out
    assert "zones.csv" in shown
    assert json.loads(shown[shown.index("{") :])["files"][0]["state"] == "same"
    with pytest.raises(SystemExit) as ended:
        main(["region", "fetch", str(recipe(server.url("/none.csv"))), "--again"])
    assert ended.value.code == 1
    assert "answers 404" in capsys.readouterr().out
