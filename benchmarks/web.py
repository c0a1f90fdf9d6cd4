# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How long visitors of the site wait: 50 people who think between their clicks, and 8 requests a second without mercy."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Literal

from benchmarks.harness import DREHKREUZ, Figure, arguments, report
from benchmarks.visitors import Kind, Watch, closed_loop, open_loop

ROOT = Path(__file__).parents[1]
BUILT = ROOT / "build" / "aachen"
SCALE = 0.2  # as the Makefile has it
SEED = 7
PEOPLE, PER_SECOND = 50, 8.0
WARM_UP_S, CLOSED_S, OPEN_S = 10.0, 60.0, 60.0
LONGEST_S = 600.0

Database = Literal["SQLite", "PostgreSQL"]
TARGETS: dict[Kind, float] = {"page": 500, "paths": 800, "plan": 500}
NOTES: dict[Kind, str] = {
    "page": "start and questions",
    "paths": "a first answer and two moved sliders",
    "plan": "two paths whole, with the cheapest plan and the ways leg by leg",
}


@dataclass(frozen=True, slots=True)
class Run:
    """What visitors of a site over one database saw."""

    first_page_s: float
    closed: Watch
    open: Watch


def main() -> None:
    """Measure and print."""
    told = arguments(__doc__ or "")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        region = _region(folder)
        light = _visit(region, folder, None)
        with _postgres() as url:
            heavy = None if url is None else _visit(region, folder, url)
    report("web", _figures(light, heavy), as_json=told.json)


def _figures(light: Run, heavy: Run | None) -> list[Figure]:
    """Return the figures over SQLite, with those over PostgreSQL beside them."""
    missing = "" if heavy else "; PostgreSQL is not installed"

    def figure(name: str, value: float | None, beside: float | None, unit: str, target: float, note: str) -> Figure:
        return Figure(name, value, unit, target, peer="PostgreSQL", peer_value=beside, note=f"SQLite; {note}{missing}")

    figures = []
    for kind, target in TARGETS.items():
        beside = heavy.closed.p95(kind) if heavy else None
        note = f"{PEOPLE} people, {len(light.closed.milliseconds[kind])} requests: {NOTES[kind]}"
        figures.append(figure(f"{kind}_p95_ms", light.closed.p95(kind), beside, "ms", target, note))
    for kind, target in TARGETS.items():
        beside = heavy.open.p95(kind) if heavy else None
        note = f"{PER_SECOND:g} requests/s, {len(light.open.milliseconds[kind])} requests"
        figures.append(figure(f"{kind}_p95_ms_open", light.open.p95(kind), beside, "ms", target, note))
    wrong = [*light.closed.errors, *light.open.errors]
    beside = float(len(heavy.closed.errors) + len(heavy.open.errors)) if heavy else None
    asked = light.closed.requests + light.open.requests
    figures.append(figure("errors", len(wrong), beside, "", 0, f"of {asked} requests {'; '.join(wrong[:3])}".strip()))
    first = heavy.first_page_s if heavy else None
    return [*figures, figure("first_page_s", light.first_page_s, first, "s", 1, "once the address is printed")]


def _region(folder: Path) -> Path:
    """Return the model region that `make run` made, else a new one."""
    if BUILT.is_dir():
        return BUILT
    command = [*DREHKREUZ, "region", "new", "aachen", "--model", "aachen", "--scale", str(SCALE)]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder / "aachen"


def _visit(region: Path, state: Path, url: str | None) -> Run:
    """Serve a region from a process of its own, and have visitors come."""
    people = sorted((ROOT / "examples" / "aachen").glob("*.toml"))
    with _site(region, state, url) as host:
        began = time.perf_counter()
        connection = HTTPConnection(host, timeout=60)
        connection.request("GET", "/")
        connection.getresponse().read()
        first = time.perf_counter() - began
        connection.close()
        _settle(host)
        closed_loop(host, people, PEOPLE, WARM_UP_S, SEED)
        return Run(
            first,
            closed_loop(host, people, PEOPLE, CLOSED_S, SEED + 1),
            open_loop(host, people, PER_SECOND, OPEN_S, SEED),
        )


def _settle(host: str) -> None:
    """Wait until the site has computed the region's figures, which it does once beside its visitors."""
    until = time.monotonic() + LONGEST_S
    while time.monotonic() < until:
        connection = HTTPConnection(host, timeout=60)
        connection.request("GET", "/region.json")
        done = connection.getresponse().status == 200
        connection.close()
        if done:
            return
        time.sleep(2)
    sys.stderr.write("the region's figures are still being computed: what follows competes with it\n")


@contextmanager
def _site(region: Path, state: Path, url: str | None) -> Iterator[str]:
    """Run `drehkreuz serve` at the loopback, and give host and port; all visitors come from one address here."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
        "DREHKREUZ_STATE": str(state),
        "DREHKREUZ_POSTS_PER_MINUTE": "1000000",
    }
    if url is not None:
        environment["DATABASE_URL"] = url
    command = [*DREHKREUZ, "serve", "--region", str(region), "--port", "0"]
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True) as site,
    ):
        try:
            said = site.stdout.readline() if site.stdout else ""
            address = re.search(r"http://([\d.]+:\d+)/", said)
            if address is None:
                sys.exit("the site did not start: run drehkreuz serve to see why")
            yield address[1]
        finally:
            site.send_signal(signal.SIGTERM)


@contextmanager
def _postgres() -> Iterator[str | None]:
    """Run a throw-away PostgreSQL, the same as in the tests; None where it is not installed."""
    sys.path.insert(0, str(ROOT / "tests"))
    from web.postgres import new_cluster  # noqa: PLC0415  # it lies beside the tests

    cluster = new_cluster()
    if cluster is None:
        yield None
        return
    try:
        yield cluster.url
    finally:
        cluster.remove()


if __name__ == "__main__":
    main()
