# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Small markets for the tests of allocations."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from drehkreuz.matching.pairs import DenseRelation

MakeMarket = Callable[..., DenseRelation]


def random_market(
    seed: int, n_people: int, n_vacancies: int, *, bits: int = 127, levels: int = 6, most: int = 3, block: int = 7
) -> DenseRelation:
    """
    Return a market without structure, full of ties.

    Args:
        seed: Decides everything.
        n_people: Rows.
        n_vacancies: Columns.
        bits: Barriers that occur, each in a third of the pairs.
        levels: Different utilities that occur.
        most: Most openings a vacancy; fewest are 0.
        block: People a block.
    """
    rng = np.random.default_rng(seed)
    shape = n_people, n_vacancies
    mask = np.zeros(shape, dtype=np.uint8)
    for bit in range(7):
        mask |= ((rng.random(shape) < 1 / 3) << bit).astype(np.uint8)
    return DenseRelation.of(
        mask & bits,
        rng.integers(levels, size=shape),
        rng.integers(levels, size=shape),
        rng.integers(most + 1, size=n_vacancies),
        [f"person {i}" for i in range(n_people)],
        [f"vacancy {i}" for i in range(n_vacancies)],
        block,
    )


def permuted_market(market: DenseRelation, people: np.ndarray, vacancies: np.ndarray, block: int) -> DenseRelation:
    """Return the same market with its rows in another order and cut into other blocks."""
    at = np.ix_(people, vacancies)
    return DenseRelation(
        np.ascontiguousarray(market.mask[at]),
        np.ascontiguousarray(market.utility_person[at]),
        np.ascontiguousarray(market.utility_employer[at]),
        market.capacity[vacancies],
        market.person_keys[people],
        market.vacancy_keys[vacancies],
        block,
    )


@pytest.fixture(scope="session")
def market() -> MakeMarket:
    """Make a random market."""
    return random_market


@pytest.fixture(scope="session")
def permuted() -> MakeMarket:
    """Make the same market in another order of rows."""
    return permuted_market
