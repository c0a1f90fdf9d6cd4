# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a ride costs: examples by hand, and the same as what a journey's estimate says."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.planning.sharing.price import Step, cents
from drehkreuz.reach.asked.lending import price_of

PEDELEC = [Step("trip", Decimal("0.5")), Step("minute", Decimal("0.05"), interval=1)]
CAR = [Step("minute", Decimal("1.25"), interval=30), Step("km", Decimal("0.3"), interval=1)]
HALF_HOUR_FREE = [
    Step("minute", Decimal("1.5"), start=30, interval=30),
    Step("minute", Decimal("0.5"), start=30, end=60),
]


@pytest.mark.parametrize(
    ("steps", "seconds", "metres", "expected"),
    [
        (PEDELEC, 0, 0, 50),
        (PEDELEC, 1, 0, 55),
        (PEDELEC, 60, 0, 55),
        (PEDELEC, 61, 0, 60),
        (CAR, 3_600, 12_000, 2 * 125 + 12 * 30),
        (CAR, 3_601, 12_001, 3 * 125 + 13 * 30),
        (HALF_HOUR_FREE, 1_800, 0, 0),
        (HALF_HOUR_FREE, 1_801, 0, 200),
        (HALF_HOUR_FREE, 4_000, 0, 350),
        ([Step("trip", Decimal("0.005"))], 0, 0, 1),
        ([Step("trip", Decimal("0.0049"))], 0, 0, 0),
        ([Step("trip", Decimal(1)), Step("km", Decimal(-2), start=5)], 60, 6_000, 0),
        ([], 600, 600, 0),
    ],
)
def test_by_hand(steps: list[Step], seconds: int, metres: int, expected: int) -> None:
    """A ride costs what anybody can reckon on paper: begun minutes and kilometres count whole, half a cent counts as one, nobody gets money."""
    assert cents(steps, seconds, metres) == expected


STEPS = st.builds(
    Step,
    per=st.sampled_from(["trip", "minute", "km"]),
    price=st.decimals(0, 20, places=2),
    start=st.integers(0, 90),
    end=st.none() | st.integers(91, 200),
    interval=st.integers(0, 60),
)


@settings(max_examples=60)
@given(st.lists(STEPS, max_size=5), st.integers(0, 300), st.integers(0, 300))
def test_the_same_as_an_estimate(steps: list[Step], minutes: int, km: int) -> None:
    """On whole minutes and kilometres the exact price is what a journey's estimate says, rounded."""
    rows = [
        {"per": s.per, "price": float(s.price), "start": s.start, "end": s.end, "interval": s.interval} for s in steps
    ]
    assert cents(steps, 60 * minutes, 1000 * km) == pytest.approx(100 * price_of(rows, minutes, km), abs=1e-6)


@settings(max_examples=40)
@given(st.lists(STEPS, max_size=4), st.integers(0, 20_000), st.integers(0, 20_000), st.integers(0, 5_000))
def test_never_cheaper_for_longer(steps: list[Step], seconds: int, metres: int, more: int) -> None:
    """Where nothing is given back, a longer ride never costs less."""
    assert cents(steps, seconds, metres) <= cents(steps, seconds + more, metres + more)
