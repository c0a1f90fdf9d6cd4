# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Maximal cover and p-median: cases worked by hand, everything tried on small ones, properties on any."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.errors import InputError
from drehkreuz.planning import Effort, Siting, maximal_cover, mean_minutes, p_median
from drehkreuz.planning.exact import exact
from drehkreuz.region.csr import Csr
from sitings import allowed, best_by_trying, drawn, served_weight, siting

KINDS = ("shares", "cost", "existing", "near", "capacity", "floor")
SEARCHED = Effort(rounds=60, kicks=20, exact_entries=0)
"""Without the exact solver: what greedy, swaps, kicks and the bound find by themselves."""


def test_greedy_alone_would_be_wrong() -> None:
    """Two sites that share the middle serve less than the two outer ones; the swap finds them."""
    found = maximal_cover(siting([[1, 2, 3, 4], [0, 1, 2], [3, 4, 5]], [3, 2, 2, 2, 2, 3]), 2, SEARCHED)
    assert sorted(found.sites.tolist()) == [1, 2]
    assert (found.value, found.bound, found.gap) == (14, 14, 0)


def test_order_of_building_is_by_what_each_adds() -> None:
    """The site that adds most for its cost is built first, and the steps add up."""
    found = maximal_cover(siting([[0], [1, 2], [3]], [5, 4, 4, 9], cost=[1, 1, 3]), 5)
    assert found.steps().rows() == [(1, 1, 1, 8, 8, 8 / 22), (2, 0, 1, 5, 13, 13 / 22), (3, 2, 3, 9, 22, 1)]


def test_a_site_that_adds_nothing_is_not_built() -> None:
    """A budget for three sites builds two where the third would serve nobody new."""
    found = maximal_cover(siting([[0], [1], [0, 1]], [1, 1], cost=[1, 1, 3]), 3)
    assert found.value == 2
    assert len(found.sites) <= 2


def test_existing_sites_serve_and_cost_nothing() -> None:
    """What stands already is served before; money goes where it adds."""
    found = maximal_cover(siting([[0, 1], [1, 2], [2]], [5, 5, 1], existing=[True, False, False]), 1)
    assert found.sites.tolist() == [1]
    assert found.values.tolist() == [10, 11]


def test_groups_are_told_before_and_after() -> None:
    """Each group has its weight, what existing sites serve of it and what all do."""
    asked = siting([[0], [1], [2]], [2, 3, 4], existing=[True, False, False], group=[0, 1, 1])
    rows = maximal_cover(asked, 1).by_group().rows()
    assert rows == [(0, 2, 2, 2, 1), (1, 7, 0, 4, 4 / 7)]


def test_spacing_keeps_sites_apart_also_from_existing_ones() -> None:
    """The two best sites stand too near each other; the third best too near one that exists."""
    near = Csr.from_pairs([0, 1, 2, 4], [1, 0, 4, 2], 5)
    asked = siting([[0], [1], [2], [3], [4]], [9, 8, 7, 1, 1], near=near, existing=[False] * 4 + [True])
    assert maximal_cover(asked, 2).sites.tolist() == [0, 3]


def test_capacity_shares_demand_out() -> None:
    """Ten people at one home need two sites of six; the second serves the four left."""
    found = maximal_cover(siting([[0], [0, 1]], [10, 1], capacity=[6, 6]), 2)
    assert found.values.tolist() == pytest.approx([0, 6, 11])
    assert found.served.tolist() == pytest.approx([1, 1])


def test_a_floor_costs_weight_and_is_kept() -> None:
    """One site for a village of ten, not for the town's second half, since half of each must be served."""
    asked = siting([[0], [1], [2]], [100, 90, 10], group=[0, 0, 1], floor=[0.5, 0.5])
    found = maximal_cover(asked, 2)
    assert sorted(found.sites.tolist()) == [0, 2]
    assert found.by_group()["share"].to_list() == [100 / 190, 1]


def test_a_floor_out_of_reach_says_whose() -> None:
    """A group that no site serves cannot have a floor; the error names group and share."""
    with pytest.raises(InputError, match=r"siting:1: floor '0.5': is out of reach: all sites together serve 0.000"):
        maximal_cover(siting([[0]], [1, 1], group=[0, 1], floor=[0, 0.5]), 1)


def test_a_budget_too_small_for_the_floors_says_so() -> None:
    """Floors that each need a site are too many for one site."""
    with pytest.raises(InputError, match="no choice of sites keeps all conditions"):
        maximal_cover(siting([[0], [1]], [1, 1], group=[0, 1], floor=[1, 1]), 1)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"weight": [1, -1]}, "weight '-1.0': is not between 0 and inf"),
        ({"weight": [1, float("nan")]}, "weight 'nan'"),
        ({"cost": [1]}, "cost '1': must have 2 values"),
        ({"shares": [0.5, 2]}, "shares '2.0': is not between 0 and 1"),
        ({"group": [0, 3], "floor": [0, 0]}, "group '3': has no floor"),
    ],
)
def test_what_cannot_be_meant_is_refused(more: dict[str, list[float]], says: str) -> None:
    """A wrong length, sign or row is named with its column."""
    with pytest.raises(InputError) as refused:
        siting([[0], [1]], **({"weight": [1, 1]} | more))
    assert says in str(refused.value)


def test_a_budget_is_a_number_from_0() -> None:
    """Neither less than nothing nor no number is a budget; nothing buys nothing."""
    asked = siting([[0]], [1])
    for budget in (-1.0, float("nan")):
        with pytest.raises(InputError, match="budget"):
            maximal_cover(asked, budget)
    assert maximal_cover(asked, 0).sites.tolist() == []


def test_nothing_to_decide() -> None:
    """Without sites, or without anybody to serve, nothing is built and nothing is claimed."""
    for asked in (siting([], [1]), siting([[], []], [1]), siting([[0]], [0]), siting([[0]], [1], existing=[True])):
        found = maximal_cover(asked, 3)
        assert found.sites.tolist() == []
        assert found.gap == 0
    assert maximal_cover(siting([], [1], capacity=[]), 1).value == 0


def test_the_middle_of_a_street() -> None:
    """Of five houses in a row with a minute between them, one stop belongs in the middle: mean 1.2 minutes."""
    everywhere = siting([list(range(5))] * 5, [1] * 5)
    minutes = np.abs(np.subtract.outer(np.arange(5), np.arange(5))).ravel().astype(np.float64)
    found = p_median(everywhere, minutes, 10, 1)
    assert found.sites.tolist() == [2]
    assert mean_minutes(found, 10) == pytest.approx((1.2, 1.2))


def test_minutes_that_cannot_be_are_refused() -> None:
    """Minutes are not negative, and being served nowhere takes longer than none."""
    asked = siting([[0]], [1])
    with pytest.raises(InputError, match=r"minutes '-1\.0'"):
        p_median(asked, np.array([-1.0]), 5, 1)
    with pytest.raises(InputError, match="beyond '0'"):
        p_median(asked, np.array([1.0]), 0, 1)
    with pytest.raises(InputError, match="not known to a p-median"):
        p_median(siting([[0]], [1], floor=[0.5]), np.array([1.0]), 5, 1)


def test_as_good_as_trying_everything() -> None:
    """On small cases with every kind of condition, what is found, proven and told is what trying all choices gives."""
    for seed in range(30):
        random = np.random.default_rng(seed)
        kinds = [kind for kind in KINDS if random.random() < 0.35]
        asked = drawn(seed, *kinds, sites=6, demand=10)
        budget = float(random.integers(0, 5)) * (2 if "cost" in kinds else 1)
        best = best_by_trying(asked, budget)
        if best is None:
            with pytest.raises(InputError):
                maximal_cover(asked, budget)
            continue
        found = maximal_cover(asked, budget)
        assert (found.value, found.bound) == pytest.approx((best, best))
        assert asked.weight @ found.served == pytest.approx(best)
        assert asked.costs[found.sites].sum() <= budget
        assert allowed(asked, tuple(found.sites.tolist()))


def test_search_and_bound_enclose_the_best() -> None:
    """Without the exact solver, what is found is possible and never above the best, the bound never below."""
    short = 0
    for seed in range(40):
        random = np.random.default_rng(seed)
        kinds = [kind for kind in KINDS[:4] if random.random() < 0.4]
        asked, budget = drawn(seed, *kinds, sites=14, demand=40), float(random.integers(1, 9))
        best, found = exact(asked, budget, 1000).bound, maximal_cover(asked, budget, SEARCHED)
        assert found.value <= best * (1 + 1e-9)
        assert found.bound >= best * (1 - 1e-9)
        opened = [*np.flatnonzero(asked.stands).tolist(), *found.sites.tolist()]
        assert served_weight(asked, opened) == pytest.approx(found.value)
        assert allowed(asked, tuple(found.sites.tolist()))
        short += found.value < best * (1 - 1e-9)
    assert short <= 2


@given(st.integers(0, 10_000), st.integers(0, 4))
@settings(max_examples=15)
def test_one_site_more_never_serves_less(seed: int, sites: int) -> None:
    """A larger budget serves at least as much, an existing site more too."""
    asked = drawn(seed, "shares", sites=7)
    less, more = maximal_cover(asked, sites), maximal_cover(asked, sites + 1)
    assert more.value >= less.value - 1e-9
    stands = np.arange(7) == 0
    assert maximal_cover(replace(asked, existing=stands), sites).value >= less.value - 1e-9


@given(st.integers(0, 10_000))
@settings(max_examples=15)
def test_merging_changes_nothing(seed: int) -> None:
    """Splitting every demand into two halves that the same sites serve gives the same sites and values."""
    asked = drawn(seed, "cost", "existing")
    n = len(asked.weight)
    site = np.repeat(np.arange(len(asked)), np.diff(asked.covers.indptr))
    twice = Csr.from_pairs(
        np.tile(site, 2), np.concatenate([asked.covers.indices, asked.covers.indices + n]), len(asked)
    )
    halves = replace(asked, covers=twice, weight=np.tile(asked.weight / 2, 2))
    one, two = maximal_cover(asked, 5), maximal_cover(halves, 5)
    assert one.sites.tolist() == two.sites.tolist()
    assert one.values == pytest.approx(two.values)


def test_same_input_same_answer() -> None:
    """Two runs give the same sites in the same order and the same bound, to the last bit."""
    asked = points(400, 200, 0.1, seed=4)
    one, two = (maximal_cover(asked, 9) for _ in range(2))
    assert one.sites.tolist() == two.sites.tolist()
    assert (one.values.tobytes(), one.bound) == (two.values.tobytes(), two.bound)


def test_random_points_are_proven_within_a_hundredth() -> None:
    """On 2,000 homes and 300 sites the bound is near; what is found is near the exact best."""
    asked = points(2_000, 300, 0.08, seed=3)
    found = maximal_cover(asked, 12, Effort(kicks=50, exact_entries=0))
    assert found.gap < 0.01


def points(demand: int, sites: int, radius: float, seed: int) -> Siting:
    """Return random homes and sites in a square of one, served within a radius."""
    random = np.random.default_rng(seed)
    homes, where = random.random((demand, 2)), random.random((sites, 2))
    apart = np.linalg.norm(where[:, None] - homes[None], axis=2)
    site, home = np.nonzero(apart <= radius)
    weight = random.integers(1, 100, demand).astype(np.float64)
    return Siting(covers=Csr.from_pairs(site, home, sites), weight=weight)
