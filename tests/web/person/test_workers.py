# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Answers that another process works out."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import Client

PERSON = (Path(__file__).parents[3] / "examples" / "baggerfahrer.toml").read_text(encoding="utf-8")
PATIENCE_S = 240.0


@pytest.fixture(scope="module")
def begun(site: WSGIHandler) -> Iterator[Any]:
    """One process beside the site."""
    from drehkreuz_web.house.region import market  # noqa: PLC0415  # needs settings
    from drehkreuz_web.person import workers  # noqa: PLC0415  # same

    assert site
    workers.begin(1, market().region)
    yield workers._begun[0]
    workers.begin(0, market().region)


@pytest.fixture
def worker(begun: Any) -> Any:
    """The process, ready to work; it may be another one than in the test before."""
    until = monotonic() + PATIENCE_S
    while not all(one.done() for one in begun._ready) and monotonic() < until:
        sleep(0.1)
    assert all(one.result() is None for one in begun._ready)
    return begun


def answered(client: Client, case: str = PERSON) -> Any:
    """Return an answer as JSON, worked out anew."""
    from drehkreuz_web.person.memory import MEMORY  # noqa: PLC0415  # needs settings

    MEMORY._known.clear()
    return client.post("/paths.json", {"case": case}).json()


def test_another_process_says_the_same(client: Client, worker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another process works out is what the site itself would say, and the site works nothing out."""
    from drehkreuz_web.person import workers  # noqa: PLC0415  # needs settings

    with monkeypatch.context() as patch:
        patch.setattr(workers, "_begun", [])
        here = answered(client)

    def searched(*_: object) -> None:
        pytest.fail("worked out here")

    with monkeypatch.context() as patch:
        patch.setattr(workers, "work", searched)
        assert answered(client) == here
    assert worker


def test_what_is_wrong_with_a_case_is_told(client: Client, worker: Any) -> None:
    """A case that cannot be answered is refused with the same words."""
    assert worker
    wrong = PERSON.replace('zone_id = "', 'zone_id = "no-such-')
    response = client.post("/paths", {"case": wrong})
    assert response.status_code == 422
    assert "zone_id" in response.content.decode()


def test_a_process_that_dies_is_replaced(client: Client, worker: Any) -> None:
    """Where the process has died the site answers itself, and begins another one."""
    before = answered(client)
    (process,) = worker._pool._processes.values()
    os.kill(process.pid, signal.SIGKILL)
    assert answered(client) == before
    (other,) = worker._pool._processes.values()
    assert other.pid != process.pid
