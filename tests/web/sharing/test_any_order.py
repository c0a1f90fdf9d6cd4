# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Whatever is done in whatever order: the lender does what a lender of three dictionaries would, and no vehicle is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from web.sharing.lent import NOW, filled, own, stops

HOLD = timedelta(minutes=15)
PLACES = {"Markt": 5, "Bahnhof": 1}
STEPS = [timedelta(0), timedelta(minutes=7), timedelta(minutes=15), timedelta(hours=2)]


class Lending(RuleBasedStateMachine):
    """Pedelecs at two stations, the lender beside a plain model of it."""

    def __init__(self) -> None:
        super().__init__()
        self._filled = filled()
        self._filled.__enter__()
        self._lent = stops()["Markt"].lends[0].number
        self._numbers = {name: stops()[name].number for name in PLACES}
        self.now = NOW
        self.standing = {"Markt": 2, "Bahnhof": 1}
        self.bookings: dict[str, dict[str, Any]] = {}

    def teardown(self) -> None:
        self._filled.__exit__(None, None, None)

    def _held(self, where: str) -> int:
        return sum(
            b["stage"] == "reserved" and b["until"] > self.now and b["from"] == where for b in self.bookings.values()
        )

    def _do(self, act: Any, *arguments: Any) -> str:
        from drehkreuz_web.sharing.lender import Refused  # noqa: PLC0415  # needs settings

        try:
            act(*arguments, self.now)
        except Refused as refused:
            return refused.why.value
        return ""

    @rule(step=st.sampled_from(STEPS))
    def wait(self, step: timedelta) -> None:
        self.now += step

    @rule(where=st.sampled_from(sorted(PLACES)))
    def reserve(self, where: str) -> None:
        from drehkreuz_web.sharing.codes import code_of  # noqa: PLC0415  # needs settings

        wish = f"wish {len(self.bookings)}"
        free = self.standing[where] - self._held(where)
        found = self._do(own().reserve, self._numbers[where], self._lent, wish)
        assert found == ("" if free else "none_free")
        if free:
            self.bookings[code_of(wish)] = {"stage": "reserved", "from": where, "until": self.now + HOLD}

    @precondition(lambda self: self.bookings)
    @rule(data=st.data(), act=st.sampled_from(["begin", "cancel"]))
    def begin_or_cancel(self, data: st.DataObject, act: str) -> None:
        code = data.draw(st.sampled_from(sorted(self.bookings)))
        booking = self.bookings[code]
        found = self._do(getattr(own(), act), code)
        if booking["stage"] == "reserved" and booking["until"] > self.now:
            assert found == ""
            booking["stage"] = {"begin": "riding", "cancel": "cancelled"}[act]
            self.standing[booking["from"]] -= act == "begin"
        else:
            assert found == ("under_way" if booking["stage"] == "riding" else "over")

    @precondition(lambda self: self.bookings)
    @rule(data=st.data(), where=st.sampled_from(sorted(PLACES)))
    def give_back(self, data: st.DataObject, where: str) -> None:
        code = data.draw(st.sampled_from(sorted(self.bookings)))
        booking = self.bookings[code]
        found = self._do(
            lambda *arguments: own().finish(arguments[0], arguments[1], 0, arguments[2]), code, self._numbers[where]
        )
        if booking["stage"] != "riding":
            assert found in {"not_taken", "over"}
        elif self.standing[where] == PLACES[where]:
            assert found == "full"
        else:
            assert found == ""
            booking["stage"] = "returned"
            self.standing[where] += 1

    @invariant()
    def counts_agree(self) -> None:
        """What is told of each station is what the model counts, and no vehicle is lost."""
        told = stops(self.now)
        for name, places in PLACES.items():
            lent = told[name].lends[0]
            assert lent.free == self.standing[name] - self._held(name)
            assert lent.places == places - self.standing[name]
        riding = sum(booking["stage"] == "riding" for booking in self.bookings.values())
        assert sum(self.standing.values()) + riding == 3


@pytest.mark.usefixtures("lending")
def test_any_order() -> None:
    """In any order of reserving, taking, giving up, giving back and waiting, lender and model say the same."""
    few = settings(max_examples=8, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Lending, settings=few)
