# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What was worked out a moment ago: found again by the same answers, soon forgotten, never readable."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from drehkreuz_web.person.memory import MEMORY, Memory

if TYPE_CHECKING:
    from django.test import Client

PERSON = Path(__file__).parents[3] / "examples" / "baggerfahrer.toml"


def test_found_again_and_made_room_for() -> None:
    """The same answers are worked out once; beyond the limit the oldest goes."""
    memory: Any = Memory(most=2)
    worked: list[str] = []

    def work(name: str) -> Any:
        return lambda: worked.append(name) or name

    for name in ("a", "a", "b", "c", "b", "a"):
        assert memory.get(name, work(name)) == name
    assert worked == ["a", "b", "c", "a"]
    assert len(memory) == 2


def test_forgotten_in_time() -> None:
    """What nobody asks for any more is forgotten without another request."""
    memory: Any = Memory(seconds=0.05)
    memory.get("a", lambda: 1)
    memory.get("b", lambda: 2)
    assert len(memory) == 2
    until = time.monotonic() + 5
    while len(memory) and time.monotonic() < until:
        time.sleep(0.01)
    assert len(memory) == 0


def test_keys_tell_nothing() -> None:
    """The key of the same answers differs between processes, and holds none of their words."""
    first, second = (Memory() for _ in range(2))
    memory: Any
    for memory in (first, second):
        memory.get("zone_id = 'Z1'", object)
    assert set(first._known) != set(second._known)
    assert b"Z1" not in b"".join(first._known)


def test_a_moved_slider_searches_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sorting again by what matters asks neither the pair relation nor a plan."""
    from drehkreuz_web.person import work  # noqa: PLC0415  # needs settings

    case = PERSON.read_text(encoding="utf-8")
    assert client.post("/paths", {"case": case}).status_code == 200

    def searched(*_: object) -> None:
        pytest.fail("searched again")

    monkeypatch.setattr(work, "unweighed", searched)
    page = client.post("/paths", {"case": case, "matters_way": "4", "matters_fit": "0"})
    assert page.status_code == 200


@pytest.mark.parametrize("moved", [{}, {"matters_way": "4"}, {"matters_learning": "0", "matters_future": "4"}])
def test_remembered_is_what_is_worked_out(client: Client, moved: dict[str, str]) -> None:
    """An answer from memory says what a fresh one says."""
    sent = {"case": PERSON.read_text(encoding="utf-8"), **moved}
    client.post("/paths.json", {"case": sent["case"]})
    remembered = client.post("/paths.json", sent).json()
    MEMORY._known.clear()
    assert client.post("/paths.json", sent).json() == remembered
