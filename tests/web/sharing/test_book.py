# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`sharing book`: the same lender from the command line."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from drehkreuz.errors import InputError
from web.sharing.lent import NOW, own, stops

pytestmark = pytest.mark.usefixtures("lending")


def asked(minutes: int = 0, **options: Any) -> dict[str, Any]:
    """Ask as the verb does, so many minutes later."""
    from drehkreuz_web.sharing_book import _answer  # noqa: PLC0415  # needs settings

    nothing: dict[str, Any] = {"station": None, "kind": None, "code": None, "act": "show", "km": 0.0}
    return _answer(own(), NOW + timedelta(minutes=minutes), **(nothing | options))


def test_from_the_list_to_the_price() -> None:
    """What is listed free is held, taken and given back; where a car goes back to needs no name, its kilometres are paid."""
    listed = {row["station"]: row["lends"][0] for row in asked()["stations"]}
    assert listed["Modell-Station Rathaus"]["free"] == 1
    held = asked(station="Modell-Station Rathaus")
    assert held["booking"]["stage"] == "reserved"
    code = held["code"]
    assert asked(code=code, act="take")["booking"]["stage"] == "riding"
    told = asked(31, code=code, act="return", km=2.5)["booking"]
    assert (told["stage"], told["to"], told["cents"]) == ("returned", "Modell-Station Rathaus", 2 * 125 + 3 * 30)
    assert asked(31, code=code)["booking"] == told


def test_what_is_booked_here_is_gone_there() -> None:
    """A vehicle held from the command line is free on no page; given up it is free again."""
    code = asked(station="Modell-Station Bahnhof")["code"]
    assert stops()["Bahnhof"].lends[0].free == 0
    asked(code=code, act="cancel")
    assert stops()["Bahnhof"].lends[0].free == 1


def test_names() -> None:
    """A name that is none is answered with one that may be meant, one of two stations with how to choose."""
    from drehkreuz_web.sharing.models import Station  # noqa: PLC0415  # needs settings

    with pytest.raises(InputError, match="Did you mean 'Modell-Station Markt'"):
        asked(station="Modell-Station Mark")
    Station.objects.filter(key__in=["p1", "c1"]).update(name="Zwei")
    with pytest.raises(InputError, match="--kind carsharing or pedelec"):
        asked(station="Zwei")
    assert asked(station="Zwei", kind="carsharing")["booking"]["vehicle"] == "Kleinwagen, elektrisch"
