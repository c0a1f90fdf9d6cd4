# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Draws of the model: the same on every version, true to their shares."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drehkreuz.model.aachen.draw import Draws

weights = st.lists(st.floats(0.0, 1e6), min_size=1, max_size=40).filter(lambda each: sum(each) > 1e-3)


def test_first_numbers_of_a_stream() -> None:
    """The first uniform numbers of a seed and purpose are these, on every version of Python and NumPy."""
    assert Draws(1).stream("example").uniform(3).tolist() == UNIFORM
    assert Draws(1).stream("example").normal(3).tolist() == NORMAL


UNIFORM = [0.713077172112227, 0.3838008708743381, 0.10606386173692472]
NORMAL = [0.562396863, -0.295513368, -1.247736081]


def test_streams_do_not_touch_each_other() -> None:
    """Numbers drawn for one purpose leave those of another as they are, and another seed gives others."""
    draws = Draws(7)
    before = draws.stream("homes").uniform(50)
    draws.stream("pay").uniform(1000)
    assert (draws.stream("homes").uniform(50) == before).all()
    assert (draws.stream("pay").uniform(50) != before).all()
    assert (Draws(8).stream("homes").uniform(50) != before).all()


@given(weights, st.integers(0, 5000), st.integers(0, 20))
def test_apportion_sums_and_follows(shares: list[float], total: int, seed: int) -> None:
    """Apportioned numbers sum to the total exactly, and each is within one of its share."""
    counts = Draws(seed).stream("apportion").apportion(shares, total)
    assert counts.sum() == total
    assert (counts >= 0).all()
    asked = np.array(shares) / sum(shares) * total
    assert (np.abs(counts - asked) < 1 + 1e-6).all()


@given(weights, st.integers(0, 20))
def test_what_has_no_weight_is_never_drawn(shares: list[float], seed: int) -> None:
    """A weight of nought is neither chosen nor apportioned anything."""
    stream = Draws(seed).stream("none")
    zero = np.array([*shares, 0.0]) == 0
    assert not zero[stream.choose([*shares, 0.0], 200)].any()
    assert not zero[stream.choose_each(np.tile([*shares, 0.0], (50, 1)))].any()
    assert (stream.apportion([*shares, 0.0], 100)[zero] == 0).all()


def test_shares_come_true() -> None:
    """Over many draws, shares are what was asked, within four standard errors."""
    stream, n = Draws(3).stream("shares"), 40_000
    error = 4 * 0.5 / np.sqrt(n)
    assert stream.happens(0.3, n).mean() == pytest.approx(0.3, abs=error)
    assert (stream.choose([1, 3], n) == 1).mean() == pytest.approx(0.75, abs=error)
    assert (stream.pick((("a", 1.0), ("b", 4.0)), n) == "b").mean() == pytest.approx(0.8, abs=error)
    assert stream.normal(n).std() == pytest.approx(1.0, abs=2 * error)
    assert sorted(stream.permutation(100)) == list(range(100))
