# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Pairs under other weights."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace

import numpy as np
import pytest

from drehkreuz.matching.market import Market, prepare
from drehkreuz.matching.relation import pairs
from drehkreuz.matching.utility import UtilityWeights
from drehkreuz.matching.weighing import unweighed, weighed
from drehkreuz.region import Region

WEIGHTS = [
    UtilityWeights(),
    UtilityWeights(hour_on_the_way=40.0, fit=0.0, outlook=(-900.0, 10.0, 300.0)),
    UtilityWeights(week_of_learning=0.0, own_fee=3.0, night=-600.0, agency=0.0, fixed_term=-480.0, remote_day=160.0),
]


@pytest.fixture(scope="module")
def market(village: Region) -> Market:
    return prepare(village)


@pytest.mark.parametrize("weights", WEIGHTS)
@pytest.mark.parametrize("months", [36.0, 6.0])
def test_weighed_is_what_the_relation_says(market: Market, weights: UtilityWeights, months: float) -> None:
    """Weighing pairs that are known gives what a search under those weights gives, to a hundredth of a euro."""
    people = range(20)
    asked = replace(market, weights=replace(weights, months_ahead=months))
    plain = unweighed(replace(market, weights=UtilityWeights(months_ahead=months)), people)
    known, searched = weighed(asked, plain), pairs(asked, people)
    np.testing.assert_allclose(known.utility_person, searched.utility_person, atol=0.01, rtol=0)
    np.testing.assert_array_equal(known.utility_employer, searched.utility_employer)
    for field in fields(known):
        if not field.name.startswith("utility"):
            assert getattr(known, field.name) is getattr(plain, field.name)


def test_threads_say_the_same(market: Market) -> None:
    """What people can learn does not depend on how many threads look for it."""
    alone = unweighed(market, range(20))
    with ThreadPoolExecutor(4) as executor:
        together = unweighed(market, range(20), executor)
    for field in fields(alone):
        one, other = getattr(alone, field.name), getattr(together, field.name)
        if field.name == "slack":
            assert all((one[barrier] == other[barrier]).all() for barrier in one)
        else:
            np.testing.assert_array_equal(one, other)
