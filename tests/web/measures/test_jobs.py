# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Scenarios in the background: one after the other, stopped, refused, forgotten, and a whole one worked out on the village."""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client

from web.measures.carried import carried

PATIENCE_S = 240.0

SLOW = "import json, sys, time; json.load(sys.stdin); print(json.dumps({'work': 'x', 'done': 1, 'of': 4}), flush=True); time.sleep(60)"
QUICK = "import json, sys; asked = json.load(sys.stdin); print(json.dumps({'result': {'asked': asked['scenarios']}}))"
BROKEN = "import json, sys; json.load(sys.stdin); print(json.dumps({'failed': 'builtins.MemoryError'})); sys.exit(1)"
WRONG = "import json, sys; json.load(sys.stdin); print(json.dumps({'findings': ['line 3: no']})); sys.exit(2)"

REGION = (Path("region"), 1)


@pytest.fixture
def jobs(site: WSGIHandler, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], object]]:
    """A function that gives a queue whose work is a program of a line."""
    from drehkreuz_web.measures import jobs as module  # noqa: PLC0415  # needs settings

    assert site
    made = []

    def with_work(program: str) -> Any:
        monkeypatch.setattr(module, "COMMAND", (sys.executable, "-c", program))
        made.append(module.Jobs())
        return made[-1]

    yield with_work
    for each in made:
        for name in list(each._known):
            each.stop(name)


def until(is_so: Callable[[], bool], seconds: float = PATIENCE_S) -> None:
    """Wait until something is so."""
    end = monotonic() + seconds
    while not is_so() and monotonic() < end:
        sleep(0.05)
    assert is_so()


def test_a_result_is_kept_and_asked_once(jobs: Callable[[str], Any]) -> None:
    """What a process puts out is there under the name given; the same question gets the same name."""
    queue = jobs(QUICK)
    name = queue.ask(["a", "b"], REGION)
    until(lambda: queue.get(name).over)
    assert queue.get(name).result == {"asked": ["a", "b"]}
    assert queue.ask(["a", "b"], REGION) == name
    assert queue.ask(["a"], REGION) != name


def test_what_goes_wrong_is_told(jobs: Callable[[str], Any]) -> None:
    """A scenario that cannot be worked out and a process that fails are told apart."""
    queue = jobs(WRONG)
    name = queue.ask(["a"], REGION)
    until(lambda: queue.get(name).over)
    assert (queue.get(name).status, queue.get(name).findings) == ("wrong", ("line 3: no",))
    queue = jobs(BROKEN)
    name = queue.ask(["a"], REGION)
    until(lambda: queue.get(name).over)
    assert queue.get(name).status == "failed"


def test_one_at_a_time_and_stopped(jobs: Callable[[str], Any]) -> None:
    """One is worked out while others wait; one that is stopped ends at once and leaves its place to the next."""
    queue = jobs(SLOW)
    first, second = queue.ask(["a"], REGION), queue.ask(["b"], REGION)
    until(lambda: queue.get(first).percent == 25)
    assert (queue.get(second).status, queue.before(second)) == ("waiting", 1)
    queue.stop(first)
    until(lambda: queue.get(second).status == "running")
    assert queue.get(first).status == "stopped"


def test_too_many_are_refused(jobs: Callable[[str], Any]) -> None:
    """Beyond a few that wait, a further scenario is refused instead of promised."""
    from drehkreuz_web.measures.jobs import WAITING, Busy  # noqa: PLC0415  # needs settings

    queue = jobs(SLOW)
    first = queue.ask(["first"], REGION)
    until(lambda: queue.get(first).status == "running")
    for number in range(WAITING):
        queue.ask([str(number)], REGION)
    with pytest.raises(Busy):
        queue.ask(["one too many"], REGION)


def test_a_scenario_is_worked_out(client: Client) -> None:
    """A job ticket in the village is worked out in the background: page, values and report say what changes."""
    text = carried(client.post("/measures/job_ticket", {"go": "add", "start": "2027-08-01"}))
    asked = client.post("/scenario/run", {"scenario": text, "scenario_title": "Jobticket"})
    assert asked.status_code == 303
    address = asked["Location"]
    assert client.get(address).status_code == 200
    until(lambda: client.get(f"{address}.json").status_code == 200)
    values = json.loads(client.get(f"{address}.json").content)
    assert [answer["scenario"] for answer in values["scenarios"]] == ["Jobticket"]
    effect = values["scenarios"][0]["effect"]
    assert effect["newly_placed"] - effect["displaced"] == effect["more_filled"]
    page = client.get(address).content.decode()
    assert "Was sich ändert" in page
    report = client.get(f"{address}/report")
    assert report["Content-Disposition"].startswith("attachment")
    assert "Jobticket" in report.content.decode()
    assert tomllib.loads(carried(client.get(address)))["title"] == "Jobticket"
