# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Visitors of the site as a program plays them: each goes the person's way with answers that nobody else has."""

from __future__ import annotations

import random
import re
import threading
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import count, islice
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Literal
from urllib.parse import urlencode

import tomli_w

Kind = Literal["page", "paths", "plan"]
Request = tuple[Kind, str, dict[str, Any] | None]

TEXT = "Ich bin Elektriker, 12 Jahre im Tagebau. Ich fahre Gabelstapler und kann schweißen."
THINK_SECONDS = 5.0
TIMEOUT = 60.0
STEPS = 11
"""Requests of one person's way."""

WORKERS = 24
"""
Requests of the open loop under way at a time: more than the site holds up while it keeps pace, few enough that each visitor gets
round. Where it does not keep pace, the time since a request was due counts all the same.
"""


@dataclass
class Watch:
    """
    What visitors saw.

    Attributes:
        milliseconds: How long each kind of request took.
        errors: Requests that failed or were answered with a fault.
    """

    milliseconds: dict[Kind, list[float]] = field(default_factory=lambda: {"page": [], "paths": [], "plan": []})
    errors: list[str] = field(default_factory=list)

    def p95(self, kind: Kind) -> float | None:
        """Return the 95th percentile in milliseconds, None where there was no such request."""
        seen = sorted(self.milliseconds[kind])
        return seen[int(0.95 * (len(seen) - 1))] if seen else None

    @property
    def requests(self) -> int:
        """All requests that were answered."""
        return sum(map(len, self.milliseconds.values()))


class Visitor:
    """
    One visitor with a connection, a token and a case of their own.

    Args:
        host: Host and port.
        people: Case files of examples.
        watch: Where what they saw is noted.
    """

    _numbers = count()

    def __init__(self, host: str, people: list[Path], watch: Watch) -> None:
        self._connection = HTTPConnection(host, timeout=TIMEOUT)
        self._people, self._watch = people, watch
        self._token, self._cookie, self._page = "", "", ""

    def way(self) -> Iterator[Request]:
        """Yield requests of one person's way without end: kind, path, form; each person is a new one."""
        while True:
            case = self._case()
            yield "page", "/", None
            yield "page", "/skills", {"text": TEXT}
            for step in ("skills", "way", "time", "life", "matters"):
                yield "page", f"/{step}", {"case": case, "go": "show"}
            yield "paths", "/paths", {"case": case}
            offered = re.findall(r'name="compare" value="([^"]+)"', self._page)[:2]
            yield "paths", "/paths", {"case": case, "matters_way": 4}
            yield "paths", "/paths", {"case": case, "matters_way": 4, "matters_fit": 0}
            if len(offered) == 2:  # side by side
                yield "plan", "/compare", {"case": case, "compare": offered}

    def ask(self, kind: Kind, path: str, form: dict[str, Any] | None, since: float | None = None) -> None:
        """Send a request and note how long the whole answer took, from `since` or from now."""
        began = time.perf_counter() if since is None else since
        try:
            self._page = self._send(path, form)
        except (OSError, ValueError) as error:
            self._connection.close()
            self._watch.errors.append(f"{path}: {error!r}")
            return
        self._watch.milliseconds[kind].append(1000 * (time.perf_counter() - began))

    def _send(self, path: str, form: dict[str, Any] | None) -> str:
        if form is not None and not self._token:
            self._send("/", None)
        headers = {"Cookie": self._cookie, "Content-Type": "application/x-www-form-urlencoded"}
        body = None if form is None else urlencode({**form, "csrfmiddlewaretoken": self._token}, doseq=True)
        self._connection.request("GET" if form is None else "POST", path, body, headers)
        response = self._connection.getresponse()
        text = response.read().decode()
        if response.status != 200:  # every page of the way answers so
            message = f"status {response.status}"
            raise ValueError(message)
        if cookie := response.getheader("Set-Cookie"):
            self._cookie = cookie.partition(";")[0]
        if token := re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text):
            self._token = token[1]
        return text

    def _case(self) -> str:
        """Return a case that nobody sent before: an example's, with another need by some cents."""
        different = next(self._numbers)
        case = tomllib.loads(self._people[different % len(self._people)].read_text(encoding="utf-8"))
        case.pop("text", None)  # as the site gives it back once chips are confirmed
        case["net_need_eur_month"] += (different * 7919 % 10_000) / 100 - 50
        return tomli_w.dumps(case)


def closed_loop(host: str, people: list[Path], visitors: int, seconds: float, seed: int) -> Watch:
    """Have visitors go their ways, each thinking a while (exponential, mean `THINK_SECONDS`) before each request."""
    watch, until = Watch(), time.perf_counter() + seconds

    def go(number: int) -> None:
        chance, visitor = random.Random(f"{seed}-{number}"), Visitor(host, people, watch)  # noqa: S311  # seeded
        for request in _from_anywhere(visitor, chance):
            pause = chance.expovariate(1 / THINK_SECONDS)
            if time.perf_counter() + pause >= until:
                return
            time.sleep(pause)
            visitor.ask(*request)

    _together(go, visitors)
    return watch


def open_loop(host: str, people: list[Path], per_second: float, seconds: float, seed: int) -> Watch:
    """Send requests at random moments (Poisson) whatever is still under way; waiting for one's turn counts."""
    watch, chance = Watch(), random.Random(seed)  # noqa: S311  # seeded
    moments: SimpleQueue[float] = SimpleQueue()
    moment = begin = time.perf_counter() + 1
    while (moment := moment + chance.expovariate(per_second)) < begin + seconds:
        moments.put(moment)

    def go(number: int) -> None:
        visitor = Visitor(host, people, watch)
        for request in _from_anywhere(visitor, random.Random(f"{seed}-{number}")):  # noqa: S311  # seeded
            try:
                due = moments.get_nowait()
            except Empty:
                return
            time.sleep(max(due - time.perf_counter(), 0))
            visitor.ask(*request, since=due)

    _together(go, WORKERS)
    return watch


def _from_anywhere(visitor: Visitor, chance: random.Random) -> Iterator[Request]:
    """Yield the requests of a visitor's way from any of its steps on: visitors do not all begin at once."""
    return islice(visitor.way(), chance.randrange(STEPS), None)


def _together(go: Callable[[int], None], workers: int) -> None:
    threads = [threading.Thread(target=go, args=(number,), daemon=True) for number in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
