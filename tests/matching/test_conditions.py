# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Conditions of courses are named for whoever asks, and are those that a person alone is told."""

from __future__ import annotations

import numpy as np
import pytest

from drehkreuz.matching.barriers import REASONS_OF, Barrier, Reason
from drehkreuz.matching.conditions import with_conditions
from drehkreuz.matching.market import Market, prepare
from drehkreuz.matching.relation import Pairs, pairs
from drehkreuz.matching.stages import relation_of_region
from drehkreuz.region import Region

UNTOLD = np.uint32(Reason.TRAINING_CONDITION)


@pytest.fixture(scope="module")
def market(village: Region) -> Market:
    return prepare(village)


@pytest.fixture(scope="module")
def told(market: Market) -> Pairs:
    """All pairs, with everything told of each."""
    return pairs(market, range(market.n_people))


def test_the_region_says_that_a_condition_stands_and_not_which(market: Market, told: Pairs) -> None:
    """The relation of the region differs from that of each person in nothing but the names of conditions."""
    reasons = relation_of_region(market)["reasons"].astype(np.uint32)
    named = np.uint32(REASONS_OF[Barrier.TRAINING] & ~Reason.TRAINING_CONDITION & ~Reason.TRAINING_NO_COURSE)
    assert (told.reasons & UNTOLD == 0).all()
    assert (((reasons & UNTOLD) != 0) == ((told.reasons & named) != 0)).all()
    assert (reasons & ~UNTOLD == told.reasons & ~named).all()


def test_asked_pairs_are_named_as_a_person_alone_is_told(market: Market, told: Pairs) -> None:
    """Of any pairs, in any order, the reasons become those that each person is told; the others stay."""
    reasons = relation_of_region(market)["reasons"].astype(np.uint32)
    random = np.random.default_rng(2)
    rows = random.integers(0, market.n_people, 3000)
    vacancies = random.integers(0, market.n_vacancies, 3000)
    found = with_conditions(market, rows, vacancies, reasons[rows, vacancies])
    assert (reasons[rows, vacancies] & UNTOLD).any()
    assert np.array_equal(found, told.reasons[rows, vacancies])


def test_nothing_asked(market: Market) -> None:
    """Without pairs nothing is computed."""
    nothing = np.empty(0, dtype=np.int64)
    assert not len(with_conditions(market, nothing, nothing, nothing.astype(np.uint32)))
