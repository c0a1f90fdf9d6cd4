# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Questions in the background: one after the other, stopped, refused, forgotten and dropped."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler

from web.waiting import until

SLOW = "import json, sys, time; json.load(sys.stdin); print(json.dumps({'work': 'x', 'done': 1, 'of': 4}), flush=True); time.sleep(60)"
QUICK = "import json, sys; asked = json.load(sys.stdin); print(json.dumps({'result': asked}))"
BROKEN = "import json, sys; json.load(sys.stdin); print(json.dumps({'failed': 'builtins.MemoryError'})); sys.exit(1)"
WRONG = "import json, sys; json.load(sys.stdin); print(json.dumps({'findings': ['line 3: no']})); sys.exit(2)"

REGION = (Path("region"), 1)


@pytest.fixture
def jobs(site: WSGIHandler, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., object]]:
    """A function that gives a queue whose work is a program of a line."""
    from drehkreuz_web.house import jobs as module  # noqa: PLC0415  # needs settings

    assert site
    made = []

    def with_work(program: str, *, keeps_question: bool = True) -> Any:
        monkeypatch.setattr(module, "COMMAND", (sys.executable, "-c", program))
        made.append(module.Jobs("anything", keeps_question=keeps_question))
        return made[-1]

    yield with_work
    for each in made:
        for name in list(each._known):
            each.stop(name)


def test_a_result_is_kept_and_asked_once(jobs: Callable[..., Any]) -> None:
    """What a process puts out is there under the name given; the same question gets the same name."""
    queue = jobs(QUICK)
    name = queue.ask({"scenarios": ["a", "b"]}, REGION)
    until(lambda: queue.get(name).over)
    assert queue.get(name).result == {"scenarios": ["a", "b"]}
    assert queue.ask({"scenarios": ["a", "b"]}, REGION) == name
    assert queue.ask({"scenarios": ["a"]}, REGION) != name


def test_what_goes_wrong_is_told(jobs: Callable[..., Any]) -> None:
    """A scenario that cannot be worked out and a process that fails are told apart."""
    queue = jobs(WRONG)
    name = queue.ask({"scenarios": ["a"]}, REGION)
    until(lambda: queue.get(name).over)
    assert (queue.get(name).status, queue.get(name).findings) == ("wrong", ("line 3: no",))
    queue = jobs(BROKEN)
    name = queue.ask({"scenarios": ["a"]}, REGION)
    until(lambda: queue.get(name).over)
    assert queue.get(name).status == "failed"


def test_one_at_a_time_and_stopped(jobs: Callable[..., Any]) -> None:
    """One is worked out while others wait; one that is stopped ends at once and leaves its place to the next."""
    queue = jobs(SLOW)
    first, second = queue.ask({"scenarios": ["a"]}, REGION), queue.ask({"scenarios": ["b"]}, REGION)
    until(lambda: queue.get(first).percent == 25)
    assert (queue.get(second).status, queue.before(second)) == ("waiting", 1)
    queue.stop(first)
    until(lambda: queue.get(second).status == "running")
    assert queue.get(first).status == "stopped"


def test_too_many_are_refused(jobs: Callable[..., Any]) -> None:
    """Beyond a few that wait, a further scenario is refused instead of promised."""
    from drehkreuz_web.house.jobs import WAITING, Busy  # noqa: PLC0415  # needs settings

    queue = jobs(SLOW)
    first = queue.ask({"scenarios": ["first"]}, REGION)
    until(lambda: queue.get(first).status == "running")
    for number in range(WAITING):
        queue.ask({"scenarios": [str(number)]}, REGION)
    with pytest.raises(Busy):
        queue.ask({"scenarios": ["one too many"]}, REGION)


def test_what_is_not_to_be_kept_is_forgotten(jobs: Callable[..., Any]) -> None:
    """A queue that keeps no question has forgotten it once the answer is there or it was stopped, and drops an answer when asked to."""
    queue = jobs(QUICK, keeps_question=False)
    name = queue.ask({"people": 3}, REGION)
    until(lambda: queue.get(name).over)
    assert (queue.get(name).asked, queue.get(name).result) == ({}, {"people": 3})
    queue.drop(name)
    assert queue.get(name) is None
    queue = jobs(SLOW, keeps_question=False)
    name = queue.ask({"people": 3}, REGION)
    queue.stop(name)
    assert (queue.get(name).asked, queue.get(name).status) == ({}, "stopped")
