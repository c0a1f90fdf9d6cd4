# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The compiled search against its plain twin, and against an integer programme where only covering matters."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from drehkreuz.learning.arrays import DEAR
from drehkreuz.learning.designable import least_weeks
from drehkreuz.learning.labels import _kernels as labels
from drehkreuz.learning.reasons import ALL_CONDITIONS, TrainingReason
from drehkreuz.learning.search import _kernels as search
from drehkreuz.region.csr import Csr
from drehkreuz.skills.rows import stacked, transposed

DATE, ENTRY, UNFUNDED = TrainingReason.DATE, TrainingReason.ENTRY, TrainingReason.UNFUNDED
STEPS = 6


@dataclass
class Instance:
    """One person, m must skills, then items asked and needed."""

    worth: NDArray[np.float64]
    missing: float
    n_items: int
    gives: list[list[int]]
    needs: list[list[int]]
    sessions: list[list[int]]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    fail: NDArray[np.uint8]
    own: NDArray[np.int64]
    cost: NDArray[np.int64]
    held: NDArray[np.bool_]
    asked: NDArray[np.bool_]
    budget: int

    def closes(self, chosen: tuple[int, ...]) -> bool:
        """Whether the offers chosen close the gap."""
        given = {i for offer in chosen for i in self.gives[offer]}
        gained = sum(float(self.worth[i]) for i in given if i < len(self.worth))
        return gained >= self.missing and set(np.flatnonzero(self.asked).tolist()) <= given

    def ends(self, order: tuple[int, ...], ignored: TrainingReason) -> int | None:
        """Earliest end of the offers taken in this order, None if they cannot be."""
        has, day = set(np.flatnonzero(self.held).tolist()), 0
        for offer in order:
            if ENTRY not in ignored and not set(self.needs[offer]) <= has:
                return None
            fit = [s for s in self.sessions[offer] if not TrainingReason(int(self.fail[s])) & ~ignored]
            if DATE not in ignored:
                fit = [s for s in fit if self.start[s] >= day]
            if not fit:
                return None
            day = 0 if DATE in ignored else int(min(self.end[s] for s in fit))
            has |= set(self.gives[offer])
        return day

    def best(self, ignored: TrainingReason) -> tuple[int, int] | None:
        """The least cost, and the earliest end of a plan of that cost: by all sets in all orders."""
        found = []
        for n in range(min(STEPS, len(self.cost)) + 1):
            for chosen in itertools.combinations(range(len(self.cost)), n):
                affordable = UNFUNDED in ignored or self.own[list(chosen)].sum() <= self.budget
                if affordable and self.closes(chosen):
                    ends = [self.ends(order, ignored) for order in itertools.permutations(chosen)]
                    found += [(int(self.cost[list(chosen)].sum()), end) for end in ends if end is not None]
        return min(found, default=None)

    def posed(self, ignored: TrainingReason) -> tuple[Any, ...]:
        """What both searches are given, up to the plan."""
        gives, needs, held_in = (stacked(rows) for rows in (self.gives, self.needs, self.sessions))
        line = np.lexsort((self.end[held_in.indices], self.start[held_in.indices]))
        of_offer = np.repeat(np.arange(len(self.cost), dtype=np.int32), np.diff(held_in.indptr))
        catalogue = (
            pair(gives),
            pair(needs),
            pair(transposed(gives, self.n_items)),
            pair(held_in),
            self.own,
            self.cost,
            self.start,
            self.end,
            of_offer[line],
            held_in.indices[line],
        )
        person = (self.held, self.worth, self.missing, self.asked, self.fail, self.budget)
        return catalogue, int(ignored), *person

    def solve(self, ignored: TrainingReason, *, any_will_do: bool = False) -> tuple[int, list[int], list[int]]:
        """The cost, offers and sessions that the search over sets finds."""
        offers, sessions = np.zeros(STEPS, dtype=np.int32), np.zeros(STEPS, dtype=np.int32)
        return self.told(search.cheapest, offers, sessions, any_will_do, 10**9, *self.posed(ignored))

    def along(self, ignored: TrainingReason, *, begun: bool = False) -> tuple[int, list[int], list[int]]:
        """The same by the search along the calendar; `begun` with any plan."""
        offers, sessions = np.full(STEPS, -1, dtype=np.int32), np.full(STEPS, -1, dtype=np.int32)
        if begun:
            self.told(search.cheapest, offers, sessions, True, 10**9, *self.posed(ignored))
        return self.told(_along, offers, sessions, 10**9, *self.posed(ignored))

    def stopped(self, ignored: TrainingReason, limit: int) -> tuple[int, int]:
        """The cost of the plan at which the search along the calendar stops with so many labels, and what it says any costs."""
        offers, sessions = np.full(STEPS, -1, dtype=np.int32), np.full(STEPS, -1, dtype=np.int32)
        proven, bound = np.zeros(1, dtype=np.bool_), np.zeros(1, dtype=np.int64)
        grain = max(1, int(np.gcd.reduce(self.cost)))
        cost = labels.cheapest(grain, limit, *self.posed(ignored), offers, sessions, proven, bound)
        assert cost == bound[0] or not proven[0]
        return int(cost), int(bound[0])

    def told(
        self, kernel: Any, offers: NDArray[np.int32], sessions: NDArray[np.int32], *given: Any
    ) -> tuple[int, list[int], list[int]]:
        proven = np.zeros(1, dtype=np.bool_)
        cost = kernel(max(1, int(np.gcd.reduce(self.cost))), *given, offers, sessions, proven)
        assert proven.all()
        return int(cost), offers[offers >= 0].tolist(), sessions[offers >= 0].tolist()

    def is_plan(self, offers: list[int], sessions: list[int], ignored: TrainingReason) -> bool:
        """Whether a plan closes the gap, can be paid, and can be taken as it stands."""
        in_time = all(self.start[b] >= self.end[a] for a, b in itertools.pairwise(sessions))
        return (
            self.closes(tuple(offers))
            and self.ends(tuple(offers), ignored) is not None
            and all(s in self.sessions[o] for o, s in zip(offers, sessions, strict=True))
            and (DATE in ignored or in_time)
            and (UNFUNDED in ignored or int(self.own[offers].sum()) <= self.budget)
        )

    def lacks(self) -> bool:
        """Whether anything is lacking: else there is nothing to search for."""
        return self.missing > 0 or bool((self.asked & ~self.held).any())


def _along(*given: Any) -> int:
    return int(labels.cheapest(*given, np.zeros(1, dtype=np.int64)))


def pair(rows: Csr) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    return rows.indptr, rows.indices


def instance(seed: int, n_offers: int, *, equal_costs: bool = False) -> Instance:
    """A random instance that often has a plan of several steps."""
    g = np.random.default_rng(seed)
    m, n_items = int(g.integers(3, 8)), 10
    gives = [sorted(set(g.integers(0, n_items, g.integers(1, 3)).tolist())) for _ in range(n_offers)]
    needs = [g.integers(m, n_items, g.integers(0, 2)).tolist() if g.random() < 0.5 else [] for _ in range(n_offers)]
    n_sessions = g.integers(1, 4, n_offers)
    last = np.cumsum(n_sessions)
    start = g.integers(0, 60, last[-1]).astype(np.int32)
    rows = [range(b - n, b) for n, b in zip(n_sessions.tolist(), last.tolist(), strict=True)]
    weight = g.integers(1, 5, m).astype(np.float64)
    held = g.random(n_items) < 0.2
    related = g.random(m) < 0.2
    worth = weight * np.where(held[:m], 0.0, np.where(related, 0.5, 1.0))
    own = g.integers(0, 4, n_offers) * 100 * (g.random(n_offers) < 0.5)
    weeks = np.full(n_offers, 3) if equal_costs else g.integers(1, 6, n_offers)
    return Instance(
        worth=worth,
        missing=float(np.ceil(weight.sum() * g.choice([0.5, 0.75, 1.0])) - (weight - worth).sum()),
        n_items=n_items,
        gives=gives,
        needs=needs,
        sessions=[sorted(row, key=lambda s: int(start[s])) for row in rows],
        start=start,
        end=(start + g.integers(1, 15, last[-1])).astype(np.int32),
        fail=np.where(g.random(last[-1]) < 0.15, g.choice([2, 4, 8, 16, 32], last[-1]), 0).astype(np.uint8),
        own=own.astype(np.int64),
        cost=(own + weeks * 100).astype(np.int64),
        held=held,
        asked=(g.random(n_items) < 0.15) & ~held & (np.arange(n_items) >= m),
        budget=int(g.choice([0, 300, 1000])),
    )


@pytest.mark.parametrize("ignored", [TrainingReason(0), DATE, ENTRY, UNFUNDED, DATE | UNFUNDED, ALL_CONDITIONS])
def test_searches_find_what_trying_all_sets_in_all_orders_finds(ignored: TrainingReason) -> None:
    """Cost and end of the plan found are the least, from whatever plan the search begins, and plans can be taken as they stand."""
    lengths = []
    for seed in range(120):
        case = instance(seed, n_offers=5 + seed % 2, equal_costs=seed % 3 == 0)
        best = case.best(ignored)
        assert (case.solve(ignored, any_will_do=True)[0] < DEAR) == (best is not None)
        found = [case.solve(ignored)]
        if case.lacks():
            found += [case.along(ignored), case.along(ignored, begun=True)]
        for cost, offers, sessions in found:
            assert (cost < DEAR) == (best is not None)
            if best is not None:
                lengths.append(len(offers))
                end = 0 if DATE in ignored or not sessions else int(case.end[sessions[-1]])
                assert (cost, end) == best
                assert case.is_plan(offers, sessions, ignored)
    assert max(lengths) >= 4


def covering(case: Instance) -> int:
    """The least cost of offers that cover, as an integer programme: offers x, skills given y."""
    k, m = len(case.cost), len(case.worth)
    given = np.zeros((m, k + m))
    for offer in range(k):
        given[[i for i in case.gives[offer] if i < m], offer] = 1
    given[:, k:] = -np.eye(m)
    asked = np.array([[i in gives for gives in case.gives] + [0] * m for i in np.flatnonzero(case.asked)])
    constraints = [
        LinearConstraint(given, 0, np.inf),
        LinearConstraint(np.concatenate([np.zeros(k), case.worth])[None], case.missing, np.inf),
        *([LinearConstraint(asked, 1, np.inf)] if len(asked) else []),
    ]
    solved = milp(
        np.concatenate([case.cost, np.zeros(m)]),
        constraints=constraints,
        bounds=Bounds(0, 1),
        integrality=np.concatenate([np.ones(k), np.zeros(m)]),
    )
    return round(solved.fun) if solved.success else DEAR


def test_search_covers_as_cheaply_as_highs() -> None:
    """Without dates, entry and purse, a plan is a cheapest cover: HiGHS finds the same cost."""
    found = 0
    for seed in range(40):
        case = instance(seed, n_offers=16)
        if not case.lacks():
            continue
        cost, offers, _ = case.along(ALL_CONDITIONS)
        assert case.solve(ALL_CONDITIONS)[0] == cost
        best = covering(case)
        if len(offers) < STEPS:
            assert cost == best
        else:
            assert cost >= best
        found += best < DEAR
    assert found > 20


def test_searches_agree_on_more_items_than_a_word_has_bits() -> None:
    """With eighty items, seventy of them must skills, both searches find the same cost, and the plan can be taken."""
    for seed in range(20):
        g, narrow = np.random.default_rng(seed), instance(seed, n_offers=14)
        case = replace(
            narrow,
            worth=np.ones(70),
            missing=30.0,
            n_items=80,
            gives=[sorted(g.choice(80, 9, replace=False).tolist()) for _ in narrow.gives],
            needs=[[] if g.random() < 0.7 else g.integers(60, 80, 1).tolist() for _ in narrow.gives],
            held=np.zeros(80, dtype=np.bool_),
            asked=np.arange(80) == 79,
            budget=1000,
        )
        cost, *plan = case.along(TrainingReason(0))
        assert cost == case.solve(TrainingReason(0))[0]
        assert cost == DEAR or case.is_plan(*plan, TrainingReason(0))


@pytest.mark.parametrize("begun", [False, True])
def test_a_cheaper_course_or_one_more_makes_no_plan_dearer(begun: bool) -> None:
    """An offer at half its cost, and an offer that was not there before, never raise the least cost."""
    for seed in range(60):
        case = instance(seed, n_offers=16)
        if not case.lacks():
            continue
        cost = case.along(TrainingReason(0), begun=begun)[0]
        cheaper = replace(case, cost=np.where(np.arange(16) == seed % 16, case.cost // 2, case.cost))
        fewer = replace(case, fail=np.where(np.isin(np.arange(len(case.fail)), case.sessions[seed % 16]), 2, case.fail))
        assert cheaper.along(TrainingReason(0), begun=begun)[0] <= cost
        assert replace(fewer, fail=fewer.fail.astype(np.uint8)).along(TrainingReason(0), begun=begun)[0] >= cost


@pytest.mark.parametrize("limit", [1, 20, 100])
def test_a_stopped_search_says_what_every_plan_costs_at_least(limit: int) -> None:
    """However early the search along the calendar stops, no plan costs less than it says, and some stop with a gap."""
    gaps = 0
    for seed in range(80):
        case = instance(seed, n_offers=6)
        if case.lacks():
            best = case.best(TrainingReason(0))
            cost, bound = case.stopped(TrainingReason(0), limit)
            least = DEAR if best is None else best[0]
            assert bound <= least <= cost
            gaps += bound < cost
    assert gaps > 0 or limit == 100


def test_designable_weeks_are_those_of_the_best_subset() -> None:
    """The fewest weeks found for several people at once are those of trying every subset of skills for each."""
    for seed in range(60):
        g = np.random.default_rng(seed)
        m, n = int(g.integers(1, 8)), 4
        weight = g.integers(1, 6, m).astype(np.float64)
        weeks = g.choice([0.0, 1.5, 2.0, 4.0, 12.0, 300.0], m)
        worth = weight * g.choice([0.0, 0.5, 1.0], (n, m))
        missing = np.ceil(weight.sum() * 0.75) - (weight - worth).sum(axis=1)
        got = least_weeks(worth, missing, weeks, horizon=156.0)
        for p in range(n):
            chosen = (np.array(each) for each in itertools.product((False, True), repeat=m))
            best = min((weeks[each].sum() for each in chosen if worth[p, each].sum() >= missing[p]), default=np.inf)
            assert got[p] == (best if best <= 156 else np.inf)
