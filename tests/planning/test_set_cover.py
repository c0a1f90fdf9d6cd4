# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Set cover: cases worked by hand, and everything tried on small ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from drehkreuz.errors import InputError
from drehkreuz.planning import Effort, set_cover
from drehkreuz.region.csr import Csr
from sitings import allowed, cheapest_by_trying, drawn, siting


def test_two_are_enough() -> None:
    """The largest site first would need three; two that share the work are enough, and proven."""
    found = set_cover(siting([[1, 2, 3, 4], [0, 1, 2], [3, 4, 5]], [1] * 6))
    assert sorted(found.placement.sites.tolist()) == [1, 2]
    assert (found.cost, found.cost_bound, found.gap) == (2, 2, 0)


def test_who_cannot_be_served_is_named() -> None:
    """Demand without a site is told, and the rest is served; demand that weighs nothing asks for nothing."""
    found = set_cover(siting([[0], [3]], [1, 1, 0, 0]))
    assert found.unserved.tolist() == [1]
    assert found.placement.sites.tolist() == [0]


def test_existing_sites_are_enough() -> None:
    """Where what stands serves all, nothing is built and nothing is paid."""
    found = set_cover(siting([[0, 1], [0]], [1, 1], existing=[True, False]))
    assert (found.placement.sites.tolist(), found.cost, found.cost_bound) == ([], 0, 0)


def test_spacing_that_allows_nothing_says_so() -> None:
    """Two homes with a site each that may not stand together cannot both be served."""
    with pytest.raises(InputError, match="no choice of sites keeps all conditions"):
        set_cover(siting([[0], [1]], [1, 1], near=Csr.from_pairs([0, 1], [1, 0], 2)))


def test_capacities_are_refused() -> None:
    """A set cover knows no capacities; the error says what to ask instead."""
    with pytest.raises(InputError, match="ask for a maximal cover"):
        set_cover(siting([[0]], [1], capacity=[1]))


def test_as_cheap_as_trying_everything() -> None:
    """On small cases the cost is that of the cheapest of all choices, and proven."""
    for seed in range(40):
        random = np.random.default_rng(seed)
        kinds = [kind for kind in ("shares", "cost", "existing", "near") if random.random() < 0.4]
        asked = drawn(seed, *kinds, sites=8, demand=12)
        best = cheapest_by_trying(asked)
        if best is None:
            with pytest.raises(InputError):
                set_cover(asked)
            continue
        found = set_cover(asked)
        assert (found.cost, found.cost_bound) == pytest.approx((best, best))
        assert allowed(asked, tuple(found.placement.sites.tolist()))


def test_without_the_exact_solver_all_are_served_and_the_bound_holds() -> None:
    """Greedy and prices serve all who can be served; the best cost lies between the bound and what was found."""
    for seed in range(8):
        asked = drawn(seed, *(("cost",) if seed % 2 else ()), sites=14, demand=40)
        found, best = set_cover(asked, Effort(rounds=100, kicks=50, exact_entries=0)), set_cover(asked)
        assert found.cost_bound <= best.cost + 1e-9
        assert found.cost >= best.cost - 1e-9
        assert found.cost <= 1.3 * best.cost
        served, all_served = (asked.weight * each.placement.served for each in (found, best))
        assert served.tolist() == all_served.tolist()


def test_costs_far_apart() -> None:
    """Free sites, dear sites and sites dearer than what is left to spend: everybody is served, at a cost within its bound."""
    for seed in range(10):
        asked = drawn(seed, sites=12, demand=30)
        cost = np.random.default_rng(seed).choice([0.0, 0.1, 1.0, 50.0], 12)
        found = set_cover(replace(asked, cost=cost), Effort(rounds=40, kicks=20, exact_entries=0))
        best = set_cover(replace(asked, cost=cost))
        assert found.cost_bound <= best.cost * (1 + 1e-9) <= found.cost * (1 + 2e-9)
        assert (asked.weight * found.placement.served).tolist() == (asked.weight * best.placement.served).tolist()
