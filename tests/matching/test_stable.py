# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drehkreuz.matching.barriers import ALL_BARRIERS, NO_BARRIER, Barrier
from drehkreuz.matching.cardinality import largest_allocation
from drehkreuz.matching.pairs import DenseRelation, allocated_pairs, salted, ties
from drehkreuz.matching.stable import count_blocking, deferred_acceptance, stable_allocation
from drehkreuz.matching.working_set import Wishes, working_set

Market = Callable[..., DenseRelation]

markets = st.tuples(st.integers(0, 999), st.integers(0, 25), st.integers(0, 12))
coalitions = st.sampled_from([NO_BARRIER, Barrier.REACH, Barrier.REACH | Barrier.PAY, ALL_BARRIERS])


def preferences(relation: DenseRelation, seed: int) -> tuple[dict, dict]:
    """Return what each pair ranks by, for the person and for the employer."""
    hashes = ties(salted(relation.person_keys, seed)[:, None], relation.vacancy_keys)
    pairs = list(np.ndindex(relation.mask.shape))
    return (
        {pair: (relation.utility_person[pair], hashes[pair]) for pair in pairs},
        {pair: (relation.utility_employer[pair], hashes[pair]) for pair in pairs},
    )


def textbook(relation: DenseRelation, allowed: Barrier, seed: int) -> list[int]:
    """Return what Gale and Shapley's people propose and colleges accept, on full lists."""
    person_likes, employer_likes = preferences(relation, seed)
    n_people, n_vacancies = relation.mask.shape
    lists = [
        sorted(
            (v for v in range(n_vacancies) if not int(relation.mask[p, v]) & ~allowed),
            key=lambda v, p=p: person_likes[p, v],
        )
        for p in range(n_people)
    ]
    held: list[list[int]] = [[] for _ in range(n_vacancies)]
    waiting = [p for p in range(n_people) if lists[p]]
    while waiting:
        p = waiting.pop()
        v = lists[p].pop()
        held[v] = sorted([*held[v], p], key=lambda q, v=v: employer_likes[q, v], reverse=True)
        refused, held[v] = held[v][relation.capacity[v] :], held[v][: relation.capacity[v]]
        waiting += [q for q in refused if lists[q]]
    found = dict.fromkeys(range(n_people), -1) | {p: v for v, people in enumerate(held) for p in people}
    return list(found.values())


def blocking(relation: DenseRelation, vacancy: list[int], allowed: Barrier, seed: int) -> int:
    """Count the pairs that would rather have each other, looking at every pair."""
    person_likes, employer_likes = preferences(relation, seed)
    found = 0
    for p, v in np.ndindex(relation.mask.shape):
        has = [q for q, w in enumerate(vacancy) if w == v]
        person_rather = vacancy[p] < 0 or person_likes[p, v] > person_likes[p, vacancy[p]]
        vacancy_rather = len(has) < relation.capacity[v] or any(
            employer_likes[p, v] > employer_likes[q, v] for q in has
        )
        found += bool(not int(relation.mask[p, v]) & ~allowed and p not in has and person_rather and vacancy_rather)
    return found


@given(markets, coalitions, st.integers(1, 5), st.integers(0, 9))
def test_it_is_gale_and_shapleys(
    market: Market, size: tuple[int, int, int], allowed: Barrier, k: int, seed: int
) -> None:
    """Reading wishes k at a time gives exactly what full lists give, on markets full of ties and empty posts."""
    relation = market(*size, bits=0b1000101)
    found = stable_allocation(relation, allowed, k=k, seed=seed)
    assert found.vacancy.tolist() == textbook(relation, allowed, seed)
    assert found.blocking == blocking(relation, found.vacancy.tolist(), allowed, seed) == 0
    assert found.edges.select("person", "vacancy").rows() == [
        (p, v) for p, v in enumerate(found.vacancy.tolist()) if v >= 0
    ]


@given(markets, coalitions)
def test_over_edges_it_is_that_of_the_edges_alone(market: Market, size: tuple[int, int, int], allowed: Barrier) -> None:
    """Deferred acceptance over all pairs as edges is the stable allocation; over fewer it has no pair of theirs left."""
    relation = market(*size, bits=0b1000101)
    everything = Wishes.of(working_set(relation, 99), relation, seed=0)
    assert deferred_acceptance(everything, relation.capacity, allowed).tolist() == textbook(relation, allowed, 0)


@given(markets, st.integers(0, 99))
def test_the_certificate_counts_every_blocking_pair(market: Market, size: tuple[int, int, int], seed: int) -> None:
    """For any allocation at all the certificate is what looking at every pair finds."""
    relation = market(*size, bits=0b0100)
    rng, vacancy = np.random.default_rng(seed), np.full(size[1], -1, dtype=np.int32)
    for v in range(size[2]):
        vacancy[rng.permutation(size[1])[: relation.capacity[v]]] = v
    allocated = allocated_pairs(relation, vacancy)
    for allowed in (NO_BARRIER, Barrier.REACH):
        assert count_blocking(relation, allocated, allowed) == blocking(relation, vacancy.tolist(), allowed, 0)


def test_of_two_stable_allocations_it_is_the_peoples() -> None:
    """Where each person prefers the one vacancy and each vacancy the other person, people get their wish."""
    crossed = DenseRelation.of(np.zeros((2, 2)), [[2, 1], [1, 2]], [[1, 2], [2, 1]], [1, 1], ["a", "b"], ["x", "y"])
    assert stable_allocation(crossed).vacancy.tolist() == [0, 1]


def test_to_read_no_wishes_is_refused(market: Market) -> None:
    """Nobody could ever propose."""
    with pytest.raises(ValueError, match="at least one"):
        stable_allocation(market(0, 3, 3), k=0)


def test_the_order_of_rows_does_not_matter(market: Market, permuted: Market) -> None:
    """The same market in another order and in other blocks gives everybody the same vacancy."""
    relation = market(8, 60, 20, bits=0b11, levels=2)
    people, vacancies = np.random.default_rng(0).permutation(60), np.random.default_rng(1).permutation(20)
    there = stable_allocation(permuted(relation, people, vacancies, block=13), k=2).vacancy
    here = stable_allocation(relation, k=3).vacancy
    assert [vacancies[v] if v >= 0 else -1 for v in there] == here[people].tolist()


@pytest.mark.parametrize("last", [True, False])
def test_an_irrelevant_person_changes_nobodys_match(market: Market, last: bool) -> None:
    """Somebody whom every vacancy likes least, or for whom none is admissible, moves nobody, whatever the row."""
    crowd = market(9, 60, 10, bits=0b1)
    at = 60 if last else 0
    mask = np.insert(crowd.mask, at, 0 if last else 1, axis=0)
    employer = np.insert(crowd.utility_employer, at, -9 if last else 99, axis=0)
    person = np.insert(crowd.utility_person, at, 99, axis=0)
    ids = [f"person {i}" for i in range(60)]
    ids.insert(at, "somebody")
    more = DenseRelation.of(mask, person, employer, crowd.capacity, ids, [f"vacancy {i}" for i in range(10)])
    before, after = stable_allocation(crowd).vacancy, stable_allocation(more).vacancy
    assert np.count_nonzero(before >= 0) == crowd.capacity.sum()
    assert after[at] == -1
    assert np.array_equal(np.delete(after, at), before)


def test_it_places_at_least_half_of_what_is_possible_and_never_more(market: Market) -> None:
    """A stable allocation cannot be added to: its size lies between half of the largest and the largest."""
    relation = market(10, 50, 30, most=1)
    everything = Wishes.of(working_set(relation, 99), relation, seed=0)
    for allowed in (NO_BARRIER, Barrier.SKILL | Barrier.HOURS, ALL_BARRIERS):
        stable = np.count_nonzero(stable_allocation(relation, allowed).vacancy >= 0)
        assert stable <= largest_allocation(everything, relation.capacity, allowed).value <= 2 * stable
