# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The village prepared once, and measures on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from drehkreuz.measures import Band, Measure, kind_named, settle
from drehkreuz.measures.paired import Cleared, Evaluator
from drehkreuz.region import Cache, Region

MakeMeasure = Callable[..., Measure]


@pytest.fixture(scope="session")
def evaluator(village: Region) -> Evaluator:
    """The village, ready to be compared with itself."""
    return Evaluator.of(village, cache=Cache.default())


@pytest.fixture(scope="session")
def before(evaluator: Evaluator) -> Cleared:
    """The village without measures."""
    return evaluator.baseline()


@pytest.fixture(scope="session")
def measure(village: Region) -> MakeMeasure:
    """A function that makes a measure: `measure("pay_raise", percent=20)`; it holds for all it is meant for."""

    def make(kind: str, name: str = "", *, cost: float | None = None, **given: Any) -> Measure:
        found = kind_named(kind)
        values, faults = settle(found.parameters, given, village)
        assert faults == []
        price = None if cost is None else Band(cost, cost, cost)
        nothing = None if cost is None else Band(0.0, 0.0, 0.0)
        whole = Band(1.0, 1.0, 1.0) if found.uptake else None
        return Measure(name or kind, found, values, date(2020, 1, 1), uptake=whole, invest=nothing, per_year=price)

    return make
