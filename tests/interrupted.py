# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
A process that writes, watched and hindered: `python tests/interrupted.py FOLDER`, with a folder `ACTION/before` for each action.

Watched, it copies what lies in the folder at each moment at which something is about to be written, renamed or removed there: that is
what a machine would find that stopped just then. Hindered, no file that it writes may grow beyond a limit, as on a full disk.
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
from collections.abc import Callable
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Final

from drehkreuz.errors import DrehkreuzError
from drehkreuz.model.population import populate, read_margins, write_populated
from drehkreuz.region import Provenance, open_region
from drehkreuz.sources.build import build
from drehkreuz.sources.fetch import fetch, record_of
from drehkreuz.sources.formats_write import write_format
from drehkreuz.sources.live.feeds import read_feeds
from drehkreuz.sources.live.publish import publish
from drehkreuz.sources.recipe import Address, read_recipe

DAY: Final = date(2026, 11, 2)
NEW_FILE: Final = b"zone_id,lat,lon\n" + b"Z1,51.0,9.0\n" * 5_000
"""What stands behind the address that is fetched from; one line of it was there before."""
CHANGES: Final = ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "os.link", "os.symlink")


def _build(folder: Path) -> None:
    build(read_recipe(folder / "region.toml"), folder / "region")


def _populate(folder: Path) -> None:
    region = open_region(folder / "region")
    margins = read_margins([folder / "margin.csv"])
    write_populated(region, populate(region, margins), margins, folder / "region")


def _publish(folder: Path) -> None:
    publish(folder / "region", read_feeds(folder / "feeds.toml", DAY), DAY)


def _export(folder: Path) -> None:
    write_format(open_region(folder / "region"), "gtfs", folder / "out")
    write_format(open_region(folder / "region"), "jobposting", folder / "out")


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/csv")
        self.send_header("Content-Length", str(len(NEW_FILE)))
        self.end_headers()
        self.wfile.write(NEW_FILE)

    def log_message(self, *_: object) -> None:
        pass


def _fetch(folder: Path) -> None:
    server = HTTPServer(("127.0.0.1", 0), _Answer)
    Thread(target=server.serve_forever, daemon=True).start()
    about = Provenance("modelled", "Beispiel", "CC0-1.0", DAY)
    url = f"http://127.0.0.1:{server.server_port}/zones.csv"
    address = Address(folder / "zones.csv", url, None, about, "region.toml", 1)
    _, findings = fetch([address], record_of(folder / "region.toml"), DAY, again=True)
    if wrong := [finding for finding in findings if finding.severity == "error"]:
        raise DrehkreuzError(str(wrong[0]))


LIMITS: Final = (0, 9_000)
"""Bytes that a file may hold on the full disk."""
ACTIONS: Final[dict[str, Callable[[Path], None]]] = {
    "build": _build,
    "populate": _populate,
    "publish": _publish,
    "export": _export,
    "fetch": _fetch,
}


class _Watch:
    """Copies a folder whenever something is about to change in it."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._copies = Path()
        sys.addaudithook(self._see)

    def run(self, folder: Path, action: Callable[[Path], None], copies: Path) -> None:
        copies.mkdir()
        self._folder, self._copies = folder, copies
        try:
            action(folder)
        finally:
            self._folder = None

    def _see(self, event: str, arguments: tuple[Any, ...]) -> None:
        folder = self._folder
        if folder is None or event not in CHANGES or not str(arguments[0]).startswith(str(folder)):
            return
        if event == "open" and isinstance(arguments[1], str) and "r" in arguments[1] and "+" not in arguments[1]:
            return
        self._folder = None
        shutil.copytree(folder, self._copies / f"{len(list(self._copies.iterdir())):04d}")
        self._folder = folder


def _hindered(folder: Path, action: Callable[[Path], None], limit: int) -> str:
    """Do something while no file may grow beyond a limit; return what a person is told."""
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        action(folder)
    except DrehkreuzError as error:
        return str(error)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    return ""


def main() -> None:
    """Do every action as the module's text says, and print what was told as JSON, by action and limit."""
    root, watch = Path(sys.argv[1]), _Watch()
    told: dict[str, dict[str, str]] = {}
    for name, action in ACTIONS.items():
        place = root / name
        told[name] = {}
        for limit in LIMITS:
            shutil.copytree(place / "before", place / f"full-{limit}")
            told[name][str(limit)] = _hindered(place / f"full-{limit}", action, limit)
        shutil.copytree(place / "before", place / "after")
        watch.run(place / "after", action, place / "moments")
        moments = sorted((place / "moments").iterdir())
        shutil.copytree(moments[len(moments) // 2], place / "again")
        action(place / "again")
    print(json.dumps(told))  # noqa: T201  # a program that prints


if __name__ == "__main__":
    main()
