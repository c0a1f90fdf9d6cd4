# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Several measures at once: shares, synergies, choices under a budget, order."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.measures import Measure
from drehkreuz.measures.paired import Evaluator
from drehkreuz.measures.paired.joint import joint_effects
from drehkreuz.measures.paired.portfolio import EXACT, Portfolio


def random_worth(seed: int, n: int) -> tuple[list[str], dict[frozenset[str], int]]:
    """Return n measures and any worth of every set of them, nothing for none."""
    names = [f"m{i}" for i in range(n)]
    rng = np.random.default_rng(seed)
    worth = {frozenset(s): int(rng.integers(-5, 20)) for size in range(n + 1) for s in combinations(names, size)}
    return names, worth | {frozenset(): 0}


@settings(max_examples=20)
@given(st.integers(0, 10_000), st.integers(1, 5))
def test_exact_shares_are_the_mean_over_all_orders_and_sum_to_the_joint_effect(seed: int, n: int) -> None:
    """Each share is what the measure adds, over all orders in which measures may come; nothing is left over."""
    names, worth = random_worth(seed, n)
    portfolio = Portfolio.of(names, worth.__getitem__)
    orders = list(permutations(names))
    for share in portfolio.shares():
        gains = [
            worth[frozenset(order[: order.index(share.measure) + 1])]
            - worth[frozenset(order[: order.index(share.measure)])]
            for order in orders
        ]
        assert share.share == Fraction(sum(gains), len(orders))
        assert share.error == 0
    assert sum(share.share for share in portfolio.shares()) == portfolio.joint == worth[frozenset(names)]


def test_sampled_shares_sum_to_the_joint_effect_and_lie_near_the_exact_ones() -> None:
    """Beyond eight measures shares are drawn: they still sum, are near what is known, and say how near."""
    names = [f"m{i}" for i in range(EXACT + 1)]
    one_by_one = {name: i for i, name in enumerate(names)}

    def worth(some: frozenset[str]) -> int:
        return sum(one_by_one[name] for name in some) + 6 * ({"m0", "m1"} <= some)

    shares = Portfolio.of(names, worth).shares(orders=40, seed=1)
    assert sum(share.share for share in shares) == worth(frozenset(names))
    for share in shares:
        true = one_by_one[share.measure] + 3 * (share.measure in {"m0", "m1"})
        assert abs(float(share.share) - true) <= max(4 * share.error, 1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_the_choice_under_a_budget_is_the_best_of_all(seed: int) -> None:
    """No set within the budget brings more, and none that brings as much is cheaper."""
    names, worth = random_worth(seed, 5)
    costs = dict(zip(names, np.random.default_rng(seed).integers(1, 10, 5).astype(float).tolist(), strict=True))
    chosen = Portfolio.of(names, worth.__getitem__).best(costs, 12)
    within = [s for s in worth if sum(costs[name] for name in s) <= 12]
    assert chosen.value == max(worth[s] for s in within)
    assert chosen.cost == min(sum(costs[n] for n in s) for s in within if worth[s] == chosen.value)
    assert chosen.proved


def test_many_measures_are_chosen_step_by_step_within_the_budget() -> None:
    """Beyond eight the best for a euro comes first, and the bound is what all bring."""
    names = [f"m{i}" for i in range(EXACT + 1)]
    costs = dict.fromkeys(names, 1.0)
    portfolio = Portfolio.of(names, lambda some: sum(int(name[1:]) for name in some))
    chosen = portfolio.best(costs, 3)
    assert chosen.measures == ("m6", "m7", "m8")
    assert (chosen.value, chosen.cost, chosen.bound, chosen.proved) == (21, 3.0, 36, False)
    assert [name for name, _ in portfolio.order(costs)] == names[::-1]


def test_help_and_substitutes() -> None:
    """Two that need each other help, two that do the same replace each other, strangers are neither."""
    worth = {"ab": 10, "cd": 4}

    def value(some: frozenset[str]) -> int:
        return 10 * ({"a", "b"} <= some) + 4 * bool({"c", "d"} & some)

    pairs = {pair.one + pair.other: pair.extra for pair in Portfolio.of("abcd", value).pairs()}
    assert pairs == {"ab": worth["ab"], "cd": -worth["cd"], "ac": 0, "ad": 0, "bc": 0, "bd": 0}
    assert Portfolio.of("abcd", value).last_in() == {"a": 10, "b": 10, "c": 0, "d": 0}


def test_shares_of_the_village_sum_to_the_joint_run(evaluator: Evaluator, measure: Callable[..., Measure]) -> None:
    """Two measures evaluated together and apart: the shares sum to the joint effect."""
    measures = [
        measure("pay_raise", cost=1000.0, percent=10),
        measure("placebo"),
    ]
    joint = joint_effects(evaluator, measures, "more_filled")
    shares = {share.measure: share.share for share in joint.portfolio.shares()}
    together = evaluator.evaluate(evaluator.baseline(), measures).effect.figures()["more_filled"]
    assert sum(shares.values()) == joint.portfolio.joint == together
    assert shares["placebo"] == 0
    assert joint.costs == {"pay_raise": 1000.0, "placebo": 0.0}
