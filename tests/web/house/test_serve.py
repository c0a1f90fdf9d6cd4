# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz serve`, and the server behind it."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler

from drehkreuz.errors import DrehkreuzError
from drehkreuz_web.start import LARGEST_RECEIVED, Server, listen

COMMAND = [sys.executable, "-c", "from drehkreuz.cli import main; main()", "serve"]


@contextmanager
def running(application: Any, **options: Any) -> Iterator[str]:
    """Serve an application at the loopback; give host and port."""
    server: Server = listen(application, host="127.0.0.1", port=0, threads=2, **options)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield server.address.removeprefix("http://").removesuffix("/")
    server.close()
    thread.join(timeout=10)


def ask(host: str, *request: Any, **more: Any) -> tuple[HTTPResponse, str]:
    connection = HTTPConnection(host, timeout=60)
    connection.request(*request, **more)
    response = connection.getresponse()
    body = response.read().decode()
    connection.close()
    return response, body


def test_serve(tmp_path: Path) -> None:
    """Without a region the command serves the village, prints the address once it answers, and ends in peace when told to."""
    environment = os.environ | {"DREHKREUZ_STATE": str(tmp_path), "DREHKREUZ_REGION": "", "LC_ALL": "en_GB.UTF-8"}
    process = subprocess.Popen(
        [*COMMAND, "--port", "0"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.fullmatch(r"The site is at http://(127\.0\.0\.1:\d+)/ – Ctrl\+C stops it\.\n", line)
        assert found is not None, line
        response, body = ask(found[1], "GET", "/health")
        assert response.status == 200
        assert json.loads(body)["region"] == "village"
    finally:
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    (request,) = [json.loads(written) for written in said.splitlines()]
    assert (request["route"], request["status"]) == ("health", 200)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--region", "nowhere"], "there is no such folder"),
        (["--port", "x"], "--port"),
        (["--region", ".", "--database-url", "mysql://a:b@c/d"], "DATABASE_URL: names no database that is known"),
    ],
)
def test_serve_refuses(options: list[str], told: str, tmp_path: Path) -> None:
    """What cannot be served is refused in one line that says what to do."""
    environment = {name: value for name, value in os.environ.items() if name != "DREHKREUZ_REGION"}
    done = subprocess.run(
        [*COMMAND, *options],
        env=environment | {"DREHKREUZ_STATE": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_taken_port(site: WSGIHandler) -> None:
    """A port that is taken is named, with what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(DrehkreuzError, match="Choose another"):
            listen(site, host="127.0.0.1", port=taken.getsockname()[1], threads=1)


def test_next_free_port(site: WSGIHandler) -> None:
    """Where the next ports may be tried too, the first free one after a taken port is listened at, and the address says so."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        server = listen(site, host="127.0.0.1", port=port, further=20, threads=1)
        assert port < server.port <= port + 20
        assert server.address == f"http://127.0.0.1:{server.port}/"
        server.close()
        server.run()  # which closes what it was told to


def test_ten_megabytes_arrive(site: WSGIHandler) -> None:
    """Ten megabytes, told in advance or in pieces, get the page that says what to do; far more is cut off."""
    with running(site) as host:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "en"}
        response, body = ask(host, "POST", "/language", b"a" * 10_000_000, headers)
        assert response.status == 413
        assert "larger than one megabyte" in body
        pieces = (b"a" * 1_000_000 for _ in range(10))
        response, body = ask(host, "POST", "/language", pieces, headers, encode_chunked=True)
        assert response.status == 413
        assert "larger than one megabyte" in body
        connection = HTTPConnection(host, timeout=60)
        connection.putrequest("POST", "/language")
        connection.putheader("Content-Length", str(LARGEST_RECEIVED + 1))
        connection.endheaders()
        assert connection.getresponse().status == 413
        connection.close()


def echo(environ: dict[str, str], start_response: Any) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "application/json")])
    told = {"scheme": environ["wsgi.url_scheme"], "address": environ["REMOTE_ADDR"], "host": environ["HTTP_HOST"]}
    return [json.dumps(told).encode()]


@pytest.mark.parametrize("trusted", [True, False])
def test_proxy(trusted: bool) -> None:
    """What a trusted proxy says of the visitor holds; from anybody else it is ignored."""
    headers = {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "wege.example.org"}
    with running(echo, **({"trusted_proxy": "127.0.0.1"} if trusted else {})) as host:
        _, body = ask(host, "GET", "/", None, headers)
    seen = {"scheme": "https", "address": "192.0.2.7", "host": "wege.example.org"}
    own = {"scheme": "http", "address": "127.0.0.1", "host": host}
    assert json.loads(body) == (seen if trusted else own)


def test_closed_while_answering() -> None:
    """A server that is closed at any moment, even twice, returns, and writes to no descriptor that is closed already."""

    def application(_environment: dict[str, Any], start: Any) -> list[bytes]:
        start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
        return [b"ja"]

    for _ in range(20):
        server = listen(application, host="127.0.0.1", port=0, threads=2)
        thread = Thread(target=server.run, daemon=True)
        thread.start()
        assert ask(f"127.0.0.1:{server.port}", "GET", "/")[1] == "ja"
        closers = [Thread(target=server.close) for _ in range(2)]
        for closer in closers:
            closer.start()
        for closer in closers:
            closer.join()
        thread.join(timeout=20)
        assert not thread.is_alive()
        server.close()
