# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The quick search for a region against the exact one, on people and courses of the model region."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from drehkreuz.learning import LearningParameters
from drehkreuz.learning.horizon import beyond_horizon, designable_weeks
from drehkreuz.learning.reasons import ALL_CONDITIONS, NOTHING, TrainingReason
from drehkreuz.learning.situation import Situation, situation
from drehkreuz.learning.solver import Solved, solve
from drehkreuz.learning.sweep import Outcome, Sweep, sweep
from drehkreuz.learning.task import task
from drehkreuz.model.aachen.build import build_aachen
from drehkreuz.skills import requirement_profiles, skill_profiles, taxonomy

PEOPLE = range(24)
SAMPLE = 300
Pairs = NDArray[np.int64]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Situation:
    """Some people of the model region who get everywhere."""
    region = build_aachen(tmp_path_factory.mktemp("model") / "aachen", scale=0.05).region
    known = taxonomy(region)
    everywhere = np.ones((len(PEOPLE), len(region.table("course_sessions"))), dtype=np.bool_)
    profiles, requirements = skill_profiles(region, known), requirement_profiles(region, known)
    return situation(region, known, profiles, requirements, everywhere, PEOPLE, LearningParameters())


@pytest.fixture(scope="module")
def swept(here: Situation) -> Sweep:
    """What the quick search says of them."""
    is_open = ~beyond_horizon(here) & (here.standing.short | here.standing.wants)
    return sweep(here, is_open, range(len(PEOPLE)))


def sample(swept: Sweep, *outcomes: Outcome) -> Pairs:
    """Some pairs with an outcome, [n, (person, profile)]."""
    pairs = np.argwhere(np.isin(swept.outcome, outcomes))
    assert len(pairs) > SAMPLE // 10
    return pairs[np.random.default_rng(7).permutation(len(pairs))[:SAMPLE]]


def exact(here: Situation, p: int, r: int, ignoring: TrainingReason = NOTHING, **options: Any) -> Solved:
    """The exact search's answer for one pair."""
    what = task(here, r)
    return solve(here, what.problem, what.gap, np.array([p]), ignoring, **options)


def test_plans_are_hardly_dearer_than_the_cheapest(here: Situation, swept: Sweep) -> None:
    """No plan is cheaper than the exact one, and on average they cost at most 3 % more."""
    cost, excess = here.catalogue.offers.cost, []
    for p, r in sample(swept, Outcome.PLAN).tolist():
        best = exact(here, p, r)
        assert best.there[0] or not best.proven[0]
        if best.proven[0]:
            of = [int(cost[offers[offers >= 0]].sum()) for offers in (swept.offers[p, r], best.offers[0])]
            assert of[0] >= of[1]
            excess.append(of[0] / of[1] - 1)
    assert len(excess) > 100
    assert np.mean(excess) <= 0.03
    assert np.quantile(excess, 0.95) <= 0.12


def test_plans_are_kept_in_time_and_money(here: Situation, swept: Sweep) -> None:
    """Steps follow each other without overlap, no session breaks a condition, and the person can pay."""
    sessions, own = here.catalogue.sessions, here.catalogue.offers.own
    for p, r in sample(swept, Outcome.PLAN).tolist():
        offers, taken = (row[row >= 0] for row in (swept.offers[p, r], swept.sessions[p, r]))
        assert (sessions.start[taken[1:]] >= sessions.end[taken[:-1]]).all()
        assert not here.obstacles[p, taken].any()
        assert own[offers].sum() <= here.budget[p]
        assert (sessions.course[taken] == here.catalogue.offers.course[offers]).all()


def test_plans_bring_what_is_asked_and_what_their_steps_need(here: Situation, swept: Sweep) -> None:
    """Every step's needs are held or given by a step before it, and in the end the weight and every item asked are there."""
    offers, demands = here.catalogue.offers, here.catalogue.demands
    for p, r in sample(swept, Outcome.PLAN).tolist():
        have = here.held.held[p].copy()
        for offer in swept.offers[p, r][swept.offers[p, r] >= 0].tolist():
            assert have[offers.needs.row(offer)].all()
            have[offers.gives.row(offer)] = True
        must, asked = demands.must.row(r), demands.asked.row(r)
        assert (have[asked] | ~here.standing.wanted[p, asked]).all()
        assert here.standing.worth[p, must[have[must]]].sum() >= here.standing.missing[p, r]


def test_nobody_is_blocked_who_has_a_plan(here: Situation, swept: Sweep) -> None:
    """Where the quick search says that there is no plan, the exact one finds none; without conditions it agrees as well."""
    for p, r in sample(swept, Outcome.HINDERED, Outcome.NO_COURSE).tolist():
        assert not exact(here, p, r, any_will_do=True).there[0]
        without = exact(here, p, r, ALL_CONDITIONS, any_will_do=True)
        assert without.there[0] == (swept.outcome[p, r] == Outcome.HINDERED)


def test_a_condition_named_alone_admits_a_plan(here: Situation, swept: Sweep) -> None:
    """Of several conditions each alone, of a minimal set all together: ignoring what is named admits a plan."""
    for p, r in sample(swept, Outcome.HINDERED).tolist():
        without = exact(here, p, r, TrainingReason(int(swept.reasons[p, r])))
        assert without.there[0] or not without.proven[0]


def test_few_pairs_are_left_to_the_exact_search(swept: Sweep) -> None:
    """Fewer than one pair in ten is undecided."""
    assert (swept.outcome == Outcome.UNDECIDED).mean() < 0.1


def test_weeks_beyond_the_horizon_are_exact(here: Situation) -> None:
    """A gap is beyond the horizon exactly where the fewest weeks of designable modules are."""
    beyond = beyond_horizon(here)
    everyone = np.arange(len(PEOPLE))
    for r in range(0, beyond.shape[1], 25):
        assert (np.isinf(designable_weeks(here, r, everyone)) == beyond[:, r]).all()
