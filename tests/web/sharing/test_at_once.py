# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Many who want the same vehicle or the same place at the same moment, and one who dies in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from web.sharing.lent import NOW, booked, own, stops

ATTEMPTS = 200
RIVALS = 20

DYING = """
import django, sys
from datetime import UTC, datetime
django.setup()
from django.db import transaction
from drehkreuz_web.sharing import store
from drehkreuz_web.sharing.own import OwnLender
store.make_ready = lambda: None
now = datetime(2026, 11, 2, 7, 30, tzinfo=UTC)
station, vehicle_type = map(int, sys.argv[1:])
with transaction.atomic():
    code = OwnLender().reserve(station, vehicle_type, "dying", now)
    OwnLender().begin(code, now)
    OwnLender().finish(code, station, 0, now)
    print("in the middle", flush=True)
    sys.stdin.read()
"""


def outcome(act: Callable[[], object]) -> str:
    """Return what came of an act, "" where it was done; the connection of its thread is closed."""
    from django.db import connection  # noqa: PLC0415  # needs settings

    from drehkreuz_web.sharing.lender import Refused  # noqa: PLC0415  # same

    try:
        act()
    except Refused as refused:
        return refused.why.value
    finally:
        connection.close()
    return ""


def at_once(acts: list[Callable[[], object]]) -> list[str]:
    """Let everybody act at the same moment; return what came of each."""
    ready = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        ready.wait(timeout=60)
        return outcome(act)

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.usefixtures("lending")
def test_two_hundred_for_one_vehicle() -> None:
    """Of two hundred who want the same vehicle at the same moment exactly one gets it."""
    stop = stops()["Bahnhof"]
    lent = stop.lends[0].number
    wishes = [f"wish {number}" for number in range(ATTEMPTS)]
    found = at_once([lambda wish=wish: own().reserve(stop.number, lent, wish, NOW) for wish in wishes])  # type: ignore[misc]  # a lambda per wish
    assert found.count("") == 1
    assert found.count("none_free") == ATTEMPTS - 1
    assert stops()["Bahnhof"].lends[0].free == 0


@pytest.mark.usefixtures("lending")
def test_as_many_as_there_are() -> None:
    """Of many who want a vehicle of a station as many get one as there are, each another; the same wish gets one, however often it comes."""
    from drehkreuz_web.sharing.models import Booking  # noqa: PLC0415  # needs settings

    found = at_once([lambda wish=wish: booked("Markt", f"wish {wish // 2}") for wish in range(RIVALS)])  # type: ignore[misc]  # a lambda per wish
    assert found.count("") == 4  # two vehicles, each wish twice
    assert len(set(Booking.objects.values_list("vehicle", flat=True))) == Booking.objects.count() == 2


@pytest.mark.usefixtures("lending")
def test_one_place_for_two() -> None:
    """Of two who give back into the last free place at the same moment one is told that it is full, and rides on."""
    codes = [booked("Markt", "one"), booked("Markt", "two")]
    for code in codes:
        own().begin(code, NOW)
    away = booked("Bahnhof", "three")
    own().begin(away, NOW)
    target = stops()["Bahnhof"].number
    found = at_once([lambda code=code: own().finish(code, target, 0, NOW) for code in (*codes, away)])  # type: ignore[misc]  # a lambda per code
    assert sorted(found) == ["", "full", "full"]
    assert sorted(own().booking(code, NOW).stage for code in (*codes, away)) == ["returned", "riding", "riding"]


@pytest.mark.usefixtures("lending")
def test_taken_or_given_up() -> None:
    """Of taking and giving up at the same moment exactly one happens."""
    code = booked("Markt", "wish")
    found = at_once([lambda: own().begin(code, NOW), lambda: own().cancel(code, NOW)])
    assert sorted(found) in (["", "over"], ["", "under_way"])
    assert own().booking(code, NOW).stage == ("riding" if found[0] == "" else "cancelled")


def test_killed_in_the_middle(lending: str) -> None:
    """A process that is killed in the middle of a booking or a return loses nothing and blocks nobody."""
    from django.conf import settings  # noqa: PLC0415  # needs the environment of the site

    stop = stops()["Bahnhof"]
    lent = stop.lends[0].number
    environment = os.environ | {"DATABASE_URL": lending, "DREHKREUZ_STATE": str(settings.STATE)}
    command = [sys.executable, "-c", DYING, str(stop.number), str(lent)]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "in the middle\n"
        process.send_signal(signal.SIGKILL)
        assert process.wait(timeout=60) == -signal.SIGKILL
    after = stops()["Bahnhof"]
    assert (after.lends[0].free, after.lends[0].places) == (1, 0)
    code = booked("Bahnhof", "living")
    own().begin(code, NOW)
    own().finish(code, after.number, 0, NOW)
    assert own().booking(code, NOW).stage == "returned"
