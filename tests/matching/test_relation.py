# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The pair relation of the village: every bit has its reason and its distance, whatever the blocks and the order of rows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from drehkreuz.learning import TrainingReason, learning
from drehkreuz.matching.barriers import REASONS_OF, Barrier, Reason, barriers_of
from drehkreuz.matching.learned import training_reasons
from drehkreuz.matching.market import Market, prepare
from drehkreuz.matching.relation import Pairs, pairs, reachable_sessions
from drehkreuz.matching.stages import KEPT, relation_of_region
from drehkreuz.reach import ReachReason
from drehkreuz.region import Cache, Region


@pytest.fixture(scope="module")
def market(village: Region) -> Market:
    return prepare(village)


@pytest.fixture(scope="module")
def everybody(market: Market) -> Pairs:
    return pairs(market, range(market.n_people))


def test_the_reasons_of_the_engines_are_the_reasons_of_the_relation() -> None:
    """Reach and learning name their reasons by the bits that the relation keeps for them."""
    assert {r.name: int(r) for r in ReachReason} == {
        r.name.removeprefix("REACH_"): int(r) for r in Reason if r.name.startswith("REACH_")
    }
    told = np.array([int(r) for r in TrainingReason], dtype=np.uint16)
    named = {f"TRAINING_{r.name}": int(bits) for r, bits in zip(TrainingReason, training_reasons(told), strict=True)}
    named["TRAINING_CONDITION"] = named.pop("TRAINING_UNTOLD")
    assert named == {r.name: int(r) for r in Reason if r.name.startswith("TRAINING_")}


def test_a_bit_stands_where_one_of_its_reasons_does(everybody: Pairs) -> None:
    """The mask follows from the reasons alone."""
    assert (everybody.mask == barriers_of(everybody.reasons)).all()


@pytest.mark.parametrize("barrier", list(Barrier), ids=lambda barrier: barrier.name)
def test_every_barrier_occurs_and_keeps_its_distance(everybody: Pairs, barrier: Barrier) -> None:
    """In the village each barrier stands somewhere; where it does not, its distance is zero."""
    stands = (everybody.mask & np.uint8(barrier)) != 0
    assert stands.any()
    assert not stands.all()
    assert (everybody.slack[barrier][~stands] == 0).all()
    only_money = (everybody.reasons & np.uint32(REASONS_OF[barrier])) == np.uint32(Reason.REACH_COST)
    assert (everybody.slack[barrier][stands & ~only_money] > 0).all()


def test_pay_stands_exactly_where_less_is_left_than_needed(everybody: Pairs, market: Market) -> None:
    """What is left is net pay less the commute; the distance is what is missing, EUR a month."""
    need = market.region.table("people")["net_need_eur_month"].to_numpy()[:, None]
    left = everybody.net - everybody.commute_eur
    assert ((everybody.mask & np.uint8(Barrier.PAY) != 0) == (left < need)).all()
    assert np.allclose(everybody.slack[Barrier.PAY], np.maximum(need - left, 0), atol=0.01)


def test_skill_and_training_exclude_each_other(everybody: Pairs) -> None:
    """What cannot be learned in three years is not also said to lack a course."""
    both = np.uint8(Barrier.SKILL | Barrier.TRAINING)
    assert ((everybody.mask & both) != both).all()


def test_a_violated_quantity_is_taken_at_its_limit(everybody: Pairs, market: Market) -> None:
    """Where the way is too long it counts with the person's limit, not with what it takes."""
    limit = market.region.table("people")["max_minutes"].to_numpy()[:, None]
    assert (everybody.minutes_out <= limit).all()
    assert (everybody.minutes_back <= limit).all()
    assert np.isfinite(everybody.utility_person).all()


def test_each_person_alone_gets_the_same_pairs(everybody: Pairs, market: Market) -> None:
    """A block of one is a row of the block of all."""
    for person in (0, 17, market.n_people - 1):
        alone = pairs(market, range(person, person + 1))
        for name in KEPT:
            assert np.array_equal(getattr(alone, name)[0], getattr(everybody, name)[person]), name


def test_the_order_of_rows_makes_no_difference(everybody: Pairs, village: Region, market: Market) -> None:
    """Tables read in another order give the same pairs, in that order."""
    people = village.table("people").sample(fraction=1.0, shuffle=True, seed=3)
    vacancies = village.table("vacancies").sample(fraction=1.0, shuffle=True, seed=4)
    shuffled = pairs(prepare(village.with_tables({"people": people, "vacancies": vacancies})), range(market.n_people))
    rows = _positions(village.table("people")["person_id"], people["person_id"])
    columns = _positions(village.table("vacancies")["vacancy_id"], vacancies["vacancy_id"])
    for name in KEPT:
        assert np.array_equal(getattr(shuffled, name), getattr(everybody, name)[np.ix_(rows, columns)]), name


def test_the_stage_puts_out_the_relation_whatever_runs_it(everybody: Pairs, market: Market, tmp_path: Path) -> None:
    """Computed here, in threads, or read from the cache: the same bytes, those of everybody but for the names of conditions."""
    cache = Cache(tmp_path, limit=2**30)
    with ThreadPoolExecutor(2) as executor:
        runs = [
            relation_of_region(market),
            relation_of_region(market, cache=cache, executor=executor),
            relation_of_region(market, cache=cache),
        ]
    for found in runs:
        assert found["reasons"].tobytes() == runs[0]["reasons"].tobytes()  # `test_conditions` says what they are
        for name in set(KEPT) - {"reasons"}:
            assert found[name].tobytes() == np.ascontiguousarray(getattr(everybody, name)).tobytes(), name


def _positions(ids: pl.Series, wanted: pl.Series) -> list[int]:
    position = {name: i for i, name in enumerate(ids)}
    return [position[name] for name in wanted]


def test_dates_that_do_not_meet_are_noted_from_the_last_day_of_learning(everybody: Pairs, market: Market) -> None:
    """Whoever is free, or done with the last course, more than three months after the first working day gets the note."""
    day = market.region.manifest.day
    block = learning(
        market.region,
        market.taxonomy,
        market.profiles,
        market.requirements,
        reachable_sessions(market, everybody.people),
        everybody.people,
    )
    ready = block.ready[:, market.requirements.of_vacancy]
    free = (market.region.table("people")["available_from"] - day).dt.total_days().to_numpy()[:, None]
    begins = (market.region.table("vacancies")["start"] - day).dt.total_days().to_numpy()[None, :]
    late = np.maximum(free, ready) > begins + market.parameters.late_days
    assert late.any()
    assert ((everybody.reasons & np.uint32(Reason.AVAILABILITY) != 0) == late).all()
