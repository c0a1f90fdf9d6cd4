# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The compiled search against its plain twin, and against an integer programme where only covering matters."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from drehkreuz.learning.arrays import DEAR
from drehkreuz.learning.designable import least_weeks
from drehkreuz.learning.reasons import ALL_CONDITIONS, TrainingReason
from drehkreuz.learning.search import _kernels
from drehkreuz.region.csr import Csr
from drehkreuz.skills.rows import stacked, transposed

DATE, ENTRY, UNFUNDED = TrainingReason.DATE, TrainingReason.ENTRY, TrainingReason.UNFUNDED
STEPS = 6


@dataclass
class Instance:
    """One person, m must skills, then items asked and needed."""

    weight: NDArray[np.float64]
    target: float
    n_items: int
    full: list[list[int]]
    half: list[list[int]]
    needs: list[list[int]]
    sessions: list[list[int]]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    fail: NDArray[np.uint8]
    own: NDArray[np.int64]
    cost: NDArray[np.int64]
    held: NDArray[np.bool_]
    related: NDArray[np.bool_]
    asked: NDArray[np.bool_]
    budget: int

    def brought(self, chosen: tuple[int, ...]) -> float:
        """Weight with the offers chosen."""
        m = len(self.weight)
        given = {i for offer in chosen for i in self.full[offer]} | set(np.flatnonzero(self.held).tolist())
        lit = {i for offer in chosen for i in self.half[offer]} | set(np.flatnonzero(self.related).tolist())
        return sum(float(self.weight[i]) * (1.0 if i in given else 0.5 if i in lit else 0.0) for i in range(m))

    def closes(self, chosen: tuple[int, ...]) -> bool:
        """Whether the offers chosen close the gap."""
        given = {i for offer in chosen for i in self.full[offer]}
        return self.brought(chosen) >= self.target and set(np.flatnonzero(self.asked).tolist()) <= given

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
            has |= set(self.full[offer])
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

    def solve(self, ignored: TrainingReason, *, any_will_do: bool = False) -> tuple[int, list[int], list[int]]:
        """The compiled search's cost, offers and sessions."""
        costs = np.zeros(1, dtype=np.int64)
        offers = np.zeros((1, STEPS), dtype=np.int32)
        sessions = np.zeros((1, STEPS), dtype=np.int32)
        proven = np.zeros(1, dtype=np.bool_)
        rows = [stacked(rows) for rows in (self.full, self.half, self.needs, self.sessions)]
        full, half, needs, held_in = rows
        line = np.argsort(self.end[held_in.indices], kind="stable")
        of_offer = np.repeat(np.arange(len(self.cost), dtype=np.int32), np.diff(held_in.indptr))
        _kernels.cheapest(
            self.target,
            max(1, int(np.gcd.reduce(self.cost))),
            any_will_do,
            10**9,
            (
                self.weight,
                self.weight / 2,
                pair(full),
                pair(half),
                pair(needs),
                pair(transposed(full, self.n_items)),
                pair(held_in),
                self.own,
                self.cost,
                self.start,
                self.end,
                of_offer[line],
                held_in.indices[line],
            ),
            np.zeros(1, dtype=np.int64),
            np.array([ignored], dtype=np.uint8),
            self.held[None],
            self.related[None],
            self.asked[None],
            self.fail[None],
            np.array([self.budget], dtype=np.int64),
            costs,
            offers,
            sessions,
            proven,
        )
        assert proven.all()
        taken = offers[0] >= 0
        return int(costs[0]), offers[0][taken].tolist(), sessions[0][taken].tolist()


def pair(rows: Csr) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    return rows.indptr, rows.indices


def instance(seed: int, n_offers: int, *, equal_costs: bool = False) -> Instance:
    """A random instance that often has a plan of several steps."""
    g = np.random.default_rng(seed)
    m, n_items = int(g.integers(3, 9)), 13
    full = [sorted(set(g.integers(0, n_items, g.integers(1, 4)).tolist())) for _ in range(n_offers)]
    half = [sorted(set(g.integers(0, m, g.integers(0, 3)).tolist()) - set(given)) for given in full]
    needs = [g.integers(m, n_items, g.integers(0, 2)).tolist() if g.random() < 0.5 else [] for _ in range(n_offers)]
    n_sessions = g.integers(1, 4, n_offers)
    last = np.cumsum(n_sessions)
    start = g.integers(0, 60, last[-1]).astype(np.int32)
    weight = g.integers(1, 5, m).astype(np.float64)
    held = g.random(n_items) < 0.2
    own = g.integers(0, 4, n_offers) * 100 * (g.random(n_offers) < 0.5)
    weeks = np.full(n_offers, 3) if equal_costs else g.integers(1, 6, n_offers)
    return Instance(
        weight=weight,
        target=float(np.ceil(weight.sum() * g.choice([0.5, 0.75, 1.0]))),
        n_items=n_items,
        full=full,
        half=half,
        needs=needs,
        sessions=[list(range(b - n, b)) for n, b in zip(n_sessions.tolist(), last.tolist(), strict=True)],
        start=start,
        end=(start + g.integers(1, 15, last[-1])).astype(np.int32),
        fail=np.where(g.random(last[-1]) < 0.15, g.choice([2, 4, 8, 16, 32], last[-1]), 0).astype(np.uint8),
        own=own.astype(np.int64),
        cost=(own + weeks * 100).astype(np.int64),
        held=held,
        related=(g.random(m) < 0.2) & ~held[:m],
        asked=(g.random(n_items) < 0.15) & ~held & (np.arange(n_items) >= m),
        budget=int(g.choice([0, 300, 1000])),
    )


@pytest.mark.parametrize("ignored", [TrainingReason(0), DATE, ENTRY, UNFUNDED, DATE | UNFUNDED, ALL_CONDITIONS])
def test_search_finds_what_trying_all_sets_in_all_orders_finds(ignored: TrainingReason) -> None:
    """Cost and end of the plan found are the least, and the plan can be taken as it stands."""
    lengths = []
    for seed in range(120):
        case = instance(seed, n_offers=5 + seed % 2, equal_costs=seed % 3 == 0)
        cost, offers, sessions = case.solve(ignored)
        best = case.best(ignored)
        assert (cost < DEAR) == (best is not None)
        assert (case.solve(ignored, any_will_do=True)[0] < DEAR) == (best is not None)
        if best is None:
            continue
        lengths.append(len(offers))
        end = 0 if DATE in ignored or not sessions else int(case.end[sessions[-1]])
        assert (cost, end) == best
        assert case.closes(tuple(offers))
        assert case.ends(tuple(offers), ignored) is not None
        assert all(s in case.sessions[o] for o, s in zip(offers, sessions, strict=True))
        if DATE not in ignored:
            assert all(case.start[b] >= case.end[a] for a, b in itertools.pairwise(sessions))
    assert max(lengths) >= 4


def covering(case: Instance) -> int:
    """The least cost of offers that cover, as an integer programme: offers x, skills given y, skills lit or given z."""
    k, m = len(case.cost), len(case.weight)
    y = np.zeros((m, k + 2 * m))
    z = np.zeros((m, k + 2 * m))
    for offer in range(k):
        for i in case.full[offer]:
            if i < m:
                y[i, offer] = z[i, offer] = 1
        z[case.half[offer], offer] = 1
    y[:, k : k + m] = -np.eye(m)
    z[:, k + m :] = -np.eye(m)
    asked = np.array([[i in given for given in case.full] + [0] * (2 * m) for i in np.flatnonzero(case.asked)])
    share = np.concatenate([np.zeros(k), case.weight / 2, case.weight / 2])
    held, lit = case.held[:m], case.held[:m] | case.related
    constraints = [
        LinearConstraint(y, -held.astype(float), np.inf),
        LinearConstraint(z, -lit.astype(float), np.inf),
        LinearConstraint(share[None], case.target, np.inf),
        *([LinearConstraint(asked, 1, np.inf)] if len(asked) else []),
    ]
    solved = milp(
        np.concatenate([case.cost, np.zeros(2 * m)]),
        constraints=constraints,
        bounds=Bounds(0, 1),
        integrality=np.concatenate([np.ones(k), np.zeros(2 * m)]),
    )
    return round(solved.fun) if solved.success else DEAR


def test_search_covers_as_cheaply_as_highs() -> None:
    """Without dates, entry and purse, a plan is a cheapest cover: HiGHS finds the same cost."""
    found = 0
    for seed in range(40):
        case = instance(seed, n_offers=16)
        cost, offers, _ = case.solve(ALL_CONDITIONS)
        best = covering(case)
        if len(offers) < STEPS:
            assert cost == best
        else:
            assert cost >= best
        found += best < DEAR
    assert found > 20


def test_designable_weeks_are_those_of_the_best_subset() -> None:
    """The fewest weeks found for several people at once are those of trying every subset of skills for each."""
    for seed in range(60):
        g = np.random.default_rng(seed)
        m, n = int(g.integers(1, 8)), 4
        weight = g.integers(1, 6, m).astype(np.float64)
        weeks = g.choice([0.0, 1.5, 2.0, 4.0, 12.0, 300.0], m)
        groups = [set(g.integers(0, 4, g.integers(0, 3)).tolist()) for _ in range(m)]
        siblings = [[t for t in range(m) if t != s and groups[s] & groups[t]] for s in range(m)]
        held = g.random((n, m)) < 0.3
        related = np.array([[not h[s] and any(h[t] for t in siblings[s]) for s in range(m)] for h in held])
        target = float(np.ceil(weight.sum() * 0.75))
        got = least_weeks(held, related, weight, weight / 2, weeks, siblings, target, horizon=156.0)
        for p in range(n):
            best = np.inf
            for chosen in itertools.product((False, True), repeat=m):
                has = held[p] | np.array(chosen)
                lit = [any(has[t] for t in siblings[s]) for s in range(m)]
                brought = sum(weight[s] if has[s] else weight[s] / 2 if lit[s] else 0.0 for s in range(m))
                if brought >= target:
                    best = min(best, weeks[list(chosen)].sum())
            assert got[p] == (best if best <= 156 else np.inf)
