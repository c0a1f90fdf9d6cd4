# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Sliders and the weights that they stand for."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drehkreuz.errors import InputError
from drehkreuz.matching.utility import UtilityWeights
from drehkreuz.sources.settings import parse_settings
from drehkreuz.sources.weights import read_weights
from drehkreuz_web.person.case import Case
from drehkreuz_web.person.matters import FACTORS, MATTERS, USUAL, positions, with_positions

PLACES = st.fixed_dictionaries({matter.name: st.integers(0, len(FACTORS) - 1) for matter in MATTERS})


@given(PLACES)
def test_round_trip(chosen: dict[str, int]) -> None:
    """The sliders stand where they were put after the case went through its file."""
    assert positions(Case.read(with_positions(Case(), chosen).toml)) == chosen


@given(PLACES)
def test_weights_are_read(chosen: dict[str, int]) -> None:
    """The library reads the weights that the sliders write, each its assumed value times the slider's factor."""
    top = parse_settings(with_positions(Case(), chosen).toml, "me.toml")
    findings: list[object] = []
    weights = asdict(read_weights(top, findings))  # type: ignore[arg-type]  # findings are only counted
    assert findings == []
    for matter in MATTERS:
        for name in matter.weights:
            assumed = getattr(UtilityWeights(), name)
            factor = FACTORS[chosen[matter.name]]
            expected = tuple(part * factor for part in assumed) if isinstance(assumed, tuple) else assumed * factor
            assert weights[name] == pytest.approx(expected)


def test_usual_sliders_leave_no_trace() -> None:
    """Sliders at their usual place write nothing, and take back what was written."""
    usual = {matter.name: USUAL for matter in MATTERS}
    moved = with_positions(Case({"zone_id": "Z01"}), {**usual, "matters_way": 4})
    assert "weights" in moved.values
    assert with_positions(moved, usual) == Case({"zone_id": "Z01"})


@pytest.mark.parametrize(
    "weights", ["weights = 3", "weights = []", "weights.hour_on_the_way = 'much'", "weights.fit = nan"]
)
def test_odd_weights_are_no_fault(weights: str) -> None:
    """A file with weights that are none shows the sliders somewhere, and the library says what is wrong."""
    case = Case.read(weights)
    assert set(positions(case)) == {matter.name for matter in MATTERS}
    findings: list[object] = []
    read_weights(parse_settings(weights, "me.toml"), findings)  # type: ignore[arg-type]  # findings are only counted
    assert len(findings) == 1


def test_unknown_weight() -> None:
    """A weight that does not exist is named, with the nearest that does."""
    top = parse_settings("[weights]\nfitt = 3", "me.toml")
    findings: list[object] = []
    read_weights(top, findings)  # type: ignore[arg-type]  # findings are only shown
    assert "fitt" in str(findings[0])
    assert "Did you mean 'fit'?" in str(InputError(findings[0]))  # type: ignore[arg-type]  # a finding
