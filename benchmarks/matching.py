# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Both sides at once: the search screen, the scan of all pairs, three allocations and the shares of barriers, each with its proof."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array, csr_matrix
from scipy.sparse.csgraph import maximum_bipartite_matching

from benchmarks.harness import RUNS, Figure, arguments, report
from benchmarks.markets import Market, dense
from benchmarks.pipeline import pipeline
from drehkreuz.matching.allocations.auction import auction, possible_allocation
from drehkreuz.matching.allocations.surplus import SURPLUS
from drehkreuz.matching.barriers import NO_BARRIER
from drehkreuz.matching.cardinality import largest_allocation
from drehkreuz.matching.coalitions import ALL_COALITIONS, certify
from drehkreuz.matching.pairs import DenseRelation
from drehkreuz.matching.shapley import shapley
from drehkreuz.matching.stable import deferred_acceptance, stable_allocation
from drehkreuz.matching.working_set import OpenPairs, Wishes, best_pairs, working_set
from drehkreuz.region.csr import Csr
from drehkreuz.skills.screen import Nearest, nearest, vectors

Found = TypeVar("Found")

SKILLS: Final = 14_000
EACH: Final = 32
TOP: Final = 50
ROUNDING: Final = 1e-5
"""Two products further apart are not the same sum in another order."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured: people and posts, of the market that SciPy assigns too, and of the one of which every pair is solved."""

    people: int = 100_000
    posts: int = 20_000
    assigned: int = 5_000
    solved: int = 2_000


QUICK: Final = Sizes(people=5_000, posts=1_000, assigned=500, solved=200)


def main() -> None:
    """Measure and print."""
    told = arguments(__doc__ or "", quick="a twentieth of the people: tries the benchmark, measures nothing")
    sizes = QUICK if told.quick else Sizes()
    market = Market(sizes.people, sizes.posts, each=60, fields=max(sizes.posts // 100, 1))
    figures = [
        *_screen(sizes, skew=0.0),
        *_screen(sizes, skew=0.5),
        _scan(market),
        *_allocations(market),
        *_auction(market, sizes),
        *_coalitions(dense(sizes.solved, sizes.solved)),
        *pipeline(quick=told.quick),
    ]
    report("matching", figures, as_json=told.json)


# ------------------------------------------------------------------------------------------------------- search screen


def skill_sets(rows: int, seed: int, skew: float) -> Csr:
    """Draw sets of skills; the k-th skill is as frequent as k to the power of −skew."""
    random = np.random.default_rng(seed)
    share = np.cumsum(np.arange(1, SKILLS + 1) ** -skew)
    drawn = np.searchsorted(share, random.random((rows, EACH)) * share[-1])
    return Csr.from_pairs(np.repeat(np.arange(rows), EACH), drawn.ravel(), rows)


def _screen(sizes: Sizes, skew: float) -> list[Figure]:
    name = "top50" if skew == 0 else "top50_skewed"
    people, posts = skill_sets(sizes.people, 1, skew), skill_sets(sizes.posts, 2, skew)
    held_by = np.bincount(posts.indices, minlength=SKILLS)
    idf = 1 + np.log((1 + len(posts)) / (1 + held_by))
    asked, among = vectors(people, idf), vectors(posts, idf)
    ours, found = _cpu(lambda: nearest(asked, among, TOP))
    drawn = "all alike frequent" if skew == 0 else f"the k-th as frequent as k^-{skew}"
    note = f"{len(people):,} x {len(posts):,}, {EACH} of {SKILLS:,} skills, {drawn}, seeds 1 and 2; one thread"
    target = 5.0 if skew == 0 else None
    ratio, wrong = f"{name}_ratio_sparse_dot_topn", f"{name}_mismatches"
    if find_spec("sparse_dot_topn") is None:
        why = "sparse_dot_topn is not installed (extra bench)"
        return [
            Figure(f"{name}_s", ours, "s CPU", target, note=note),
            Figure(ratio, None, "×", 1.0, "higher", note=why),
            Figure(wrong, None, "people", 0.0, note=why),
        ]
    from sparse_dot_topn import sp_matmul_topn  # noqa: PLC0415  # a peer, which need not be installed

    left, right = csr_matrix(asked), csr_matrix(among.T.tocsr())
    theirs, peer = _cpu(lambda: sp_matmul_topn(left, right, top_n=TOP, sort=True, n_threads=1))
    who = f"sparse_dot_topn {metadata.version('sparse_dot_topn')}"
    return [
        Figure(f"{name}_s", ours, "s CPU", target, peer=who, peer_value=theirs, note=note),
        Figure(ratio, theirs / ours, "×", 1.0, "higher", who, note="both sorted, one thread each; CPU time"),
        Figure(wrong, _apart(found, csr_array(peer)), "people", 0.0, peer=who, note="whose 50 largest products differ"),
    ]


def _apart(found: Nearest, peer: csr_array) -> int:
    """Count the rows whose largest products are not the peer's."""
    theirs = np.zeros_like(found.alike)
    theirs[np.arange(TOP) < np.diff(peer.indptr)[:, None]] = peer.data
    return int(np.count_nonzero((np.abs(found.alike - theirs) > ROUNDING).any(axis=1)))


# ---------------------------------------------------------------------------------------------------- scan, allocations


def _scan(market: Market) -> Figure:
    """Test all pairs as a finished certificate does: every word is read, none leaves a pair open."""
    random = np.random.default_rng(3)

    def words(n: int, of: int) -> NDArray[np.uint64]:
        return random.integers(1, 2**63, size=(n, 2), dtype=np.uint64) & np.uint64(of)

    odd, even = 0xAAAA_AAAA_AAAA_AAAA, 0x5555_5555_5555_5555
    everything = np.full((256, 2), 0xFFFF_FFFF_FFFF_FFFF, dtype=np.uint64)
    open_pairs = OpenPairs(words(market.people, odd), words(market.posts, even), everything)
    market.edges, market.barriers  # noqa: B018  # drawn before the clock starts
    spent, found = _cpu(lambda: best_pairs(market, open_pairs, 1, 0))
    pairs = market.people * market.posts
    note = (
        f"{pairs:,} pairs against 128 coalitions, masks formed by field and post; {found.count} left open; one thread"
    )
    return Figure("mask_scan_s", spent, "s CPU", 10, note=note)


def _allocations(market: Market) -> list[Figure]:
    wishes = Wishes.of(market.edges, market, 0)
    largest_s, largest = _cpu(lambda: largest_allocation(wishes, market.capacity, NO_BARRIER))
    stable_s, vacancy = _cpu(lambda: deferred_acceptance(wishes, market.capacity))
    cover = int(largest.covered_people.sum()) + int(market.capacity[largest.covered_vacancies].sum())
    note = f"{len(market.edges):,} edges, {market.people / market.posts:g} seekers a seat"
    proof = f"{note}; {largest.value:,} placed, a cover weighs {cover:,}"
    small = dense(1_000, 500, seed=4)
    everywhere = stable_allocation(small).blocking
    count = _blocking(market, vacancy) + everywhere
    return [
        Figure("cardinality_s", largest_s, "s CPU", 0.15, note=proof),
        Figure("stable_s", stable_s, "s CPU", 0.5, note=f"{note}; {np.count_nonzero(vacancy >= 0):,} placed"),
        Figure(
            *("blocking_pairs", count, "pairs", 0),
            note=f"of all edges, and of all pairs of a market of {len(small.person_keys):,} x {len(small.vacancy_keys)}",
        ),
    ]


def _blocking(market: Market, vacancy: NDArray[np.int32]) -> int:
    """Count the edges whose two sides would both rather have each other, one opening each; utilities have no ties here."""
    person, post = market.edges["person"].to_numpy(), market.edges["vacancy"].to_numpy()
    own, other = market.edges["utility_person"].to_numpy(), market.edges["utility_employer"].to_numpy()
    has = vacancy[person] == post
    now, least = np.full(market.people, -np.inf), np.full(market.posts, -np.inf)
    now[person[has]], least[post[has]] = own[has], other[has]
    return int(np.count_nonzero((own > now[person]) & (other > least[post])))


def _auction(market: Market, sizes: Sizes) -> list[Figure]:
    wishes = Wishes.of(market.edges, market, 0)
    spent, found = _cpu(lambda: auction(wishes, market))
    note = f"{len(market.edges):,} edges, correlated utilities; {found.bids:,} bids"
    proved = f"value / bound; certified gap {found.gap:.6f}"
    small = Market(sizes.assigned, sizes.assigned // 5, each=50, fields=max(sizes.assigned // 500, 1), seed=5)
    certified = possible_allocation(small, small.edges)
    worth = np.zeros((small.people, small.posts))
    pairs = small.edges["person"].to_numpy(), small.edges["vacancy"].to_numpy()
    worth[pairs] = SURPLUS.of(small.edges["utility_person"].to_numpy(), small.edges["utility_employer"].to_numpy())
    best = worth[linear_sum_assignment(worth, maximize=True)].sum()
    told = f"{small.people:,} x {small.posts:,}; certified gap {certified.prices.gap:.6f} over all pairs"
    return [
        Figure("auction_s", spent, "s CPU", 3, note=note),
        Figure("auction_share_of_optimum", found.value / found.bound, "share", 0.999, "higher", note=proved),
        Figure(
            *("auction_share_of_scipy", certified.prices.value / best, "share", 0.999, "higher"),
            peer="scipy linear_sum_assignment",
            note=told,
        ),
    ]


# ------------------------------------------------------------------------------------------------------------ coalitions


def _coalitions(relation: DenseRelation) -> list[Figure]:
    begin = time.process_time()
    certificate = certify(relation, working_set(relation, 1))
    spent = time.process_time() - begin
    solved = [_solved(relation, int(coalition)) for coalition in ALL_COALITIONS]
    ours, theirs = shapley(certificate.lower), shapley(solved)
    apart = max(abs(float(ours[barrier] - theirs[barrier])) for barrier in ours)
    people, posts = relation.mask.shape
    note = f"{people:,} x {posts:,}, {certificate.rounds} scans, {len(certificate.edges) / people:.0f} edges a person"
    return [
        Figure("coalition_uncovered_pairs", certificate.open_pairs, "pairs", 0, note=f"{note}; {spent:.1f} s CPU"),
        Figure(
            *("shapley_full_vs_working_max_abs", apart, "people", 0.5),
            peer="scipy maximum_bipartite_matching",
            note="every pair of every coalition solved",
        ),
    ]


def _solved(relation: DenseRelation, allowed: int) -> int:
    """Return the size of the largest allocation over all pairs that a coalition allows."""
    pairs = csr_array((relation.mask & np.uint8(~allowed & 0xFF)) == 0)
    return int(np.count_nonzero(maximum_bipartite_matching(pairs, perm_type="column") >= 0))


def _cpu(work: Callable[[], Found]) -> tuple[float, Found]:
    """Return the median of CPU seconds after a warm-up, and what was found."""
    found, spent = work(), []
    for _ in range(RUNS):
        begin = time.process_time()
        work()
        spent.append(time.process_time() - begin)
    return statistics.median(spent), found


if __name__ == "__main__":
    main()
