# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a pair is worth to a person: the outlook of the occupation and the time a post lasts count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from drehkreuz.matching.barriers import Reason
from drehkreuz.matching.market import Market, prepare
from drehkreuz.matching.relation import Pairs, pairs
from drehkreuz.matching.utility import (
    DAYS_PER_MONTH,
    UtilityWeights,
    able_to_begin,
    lasting,
    level_worth,
    person_utility,
    post_quality,
)
from drehkreuz.region import Region

MakeRegion = Callable[..., Region]

WEIGHTS = UtilityWeights()
START = date(2027, 2, 1)


def worth(region: Region, net: float = 2_500.0, share: float = 1.0) -> dict[str, float]:
    """Return what each post is worth to somebody who brings everything, has no way and learns nothing."""
    posts = region.table("vacancies")
    pair = np.zeros((1, len(posts)), dtype=np.float32)
    found = person_utility(
        net_after_commute=pair + np.float32(net),
        minutes_per_day=pair,
        days_per_week=pair[0],
        weeks=pair,
        own_fee=pair,
        feasibility=pair + 1,
        quality=post_quality(region, WEIGHTS),
        share=pair + np.float32(share),
        weights=WEIGHTS,
    )
    return dict(zip(posts["vacancy_id"], found[0].tolist(), strict=True))


@pytest.fixture
def posts(make_region: MakeRegion) -> Region:
    """Posts alike but for the outlook of their occupation, named after it, and one with a contract that ends."""
    outlooks = ("shrinking", "stable", "growing")
    return make_region(
        zones=[{"zone_id": "Z1", "lat": 50.8, "lon": 6.3}],
        places=[{"place_id": "P1", "name": "Werk", "kind": "workplace", "lat": 50.8, "lon": 6.3}],
        occupations=[{"occupation_id": outlook, "outlook": outlook} for outlook in outlooks],
        shift_systems=[{"shift_system_id": "tag", "label_de": "Tag", "paid_hours": 40.0}],
        vacancies=[
            {
                "vacancy_id": name,
                "title": name,
                "occupation_id": name.split("-")[0],
                "place_id": "P1",
                "start": START,
                "contract_end": date(2029, 6, 30) if "ends" in name else None,
                "hours_min": 40.0,
                "hours_max": 40.0,
                "shift_system_id": "tag",
                "pay_min": 3_500.0,
                "pay_max": 3_500.0,
            }
            for name in (*outlooks, "stable-ends")
        ],
    )


def test_the_outlook_of_the_occupation_counts(posts: Region) -> None:
    """Between posts that are alike in all else the occupation that grows comes first, the one that shrinks last."""
    value = worth(posts)
    assert value["growing"] - value["stable"] == pytest.approx(100)
    assert value["shrinking"] - value["stable"] == pytest.approx(-500)


def test_a_contract_that_ends_costs_security_beside_the_time_it_lasts(posts: Region) -> None:
    """Even where it lasts longer than is looked ahead, not being sure costs its weight."""
    value = worth(posts)
    assert value["stable-ends"] - value["stable"] == pytest.approx(WEIGHTS.fixed_term)


def test_a_post_counts_for_the_time_it_lasts(posts: Region) -> None:
    """Half the months ahead make half the worth."""
    whole, half = worth(posts), worth(posts, share=0.5)
    assert all(half[name] == pytest.approx(whole[name] / 2) for name in whole)


def test_how_long_a_post_lasts() -> None:
    """Open-ended is the whole; a contract counts by its days up to the months ahead; one that is over counts nothing."""
    month = DAYS_PER_MONTH
    first = np.array([[0, 0, 18 * month, 36 * month, 40 * month]], dtype=np.float32)
    last = np.array([np.nan, 36 * month - 1, 36 * month - 1, 36 * month - 1, 36 * month - 1], dtype=np.float32)
    assert lasting(first, last, WEIGHTS) == pytest.approx(np.array([[1, 1, 0.5, 0, 0]]), abs=1e-6)
    nearer = replace(WEIGHTS, months_ahead=18.0)
    assert lasting(first, last, nearer) == pytest.approx(np.array([[1, 1, 1, 0, 0]]), abs=1e-6)


@pytest.mark.parametrize("months", [0.0, -3.0])
def test_whoever_looks_no_month_ahead_looks_one_ahead(months: float) -> None:
    """A person's own weights never divide by nothing."""
    weights = replace(WEIGHTS, months_ahead=months)
    share = lasting(np.zeros((1, 1), np.float32), np.array([DAYS_PER_MONTH / 2 - 1], np.float32), weights)
    assert share == pytest.approx(np.array([[0.5]]))


# ---------------------------------------------------------------------------------------------- in the pair relation


@pytest.fixture(scope="module")
def market(village: Region) -> Market:
    """The village, every other post ending two months after its start."""
    odd = pl.int_range(pl.len()) % 2 == 1
    ends = pl.when(odd).then(pl.col("start") + timedelta(days=60)).alias("contract_end")
    return prepare(village.with_tables({"vacancies": village.table("vacancies").with_columns(ends)}))


@pytest.fixture(scope="module")
def some(market: Market) -> Pairs:
    return pairs(market, range(40))


def test_a_post_that_ends_before_somebody_can_begin_is_noted_as_over(market: Market, some: Pairs) -> None:
    """Free or done with learning only after the last day: the note stands, and no barrier through it."""
    free = market.region.table("people")["available_from"][:40].to_numpy()[:, None]
    ends = market.region.table("vacancies")["contract_end"].to_numpy()[None, :]
    over = (some.reasons & np.uint32(Reason.OVER)) != 0
    assert over.any()
    assert not over.all()
    assert over[(free > ends) & ~np.isnat(ends)].all()
    assert not over[:, np.isnat(ends[0])].any()
    assert (some.mask[over] == 0).any()


def test_a_post_that_is_over_is_worth_no_more_than_its_learning_costs(some: Pairs) -> None:
    """Of a post that nobody can begin only the cost of learning for it is left."""
    over = (some.reasons & np.uint32(Reason.OVER)) != 0
    learning = (some.weeks * WEIGHTS.week_of_learning + some.fee * WEIGHTS.own_fee) / WEIGHTS.months_ahead
    assert np.allclose(some.utility_person[over], -learning[over], atol=0.01)


def test_real_minutes_are_kept_beside_those_at_the_limit(market: Market, some: Pairs) -> None:
    """Where the way takes longer than the person gave, what it takes is known; where it does not, both agree."""
    limit = market.region.table("people")["max_minutes"][:40].to_numpy()[:, None]
    longer = np.maximum(some.real_out, some.real_back) > limit
    assert longer.any()
    assert (some.mask[longer] & 4 != 0).all()
    reached = some.mask & 4 == 0
    assert (some.real_out[reached] == some.minutes_out[reached]).all()
    assert (some.real_back[reached] == some.minutes_back[reached]).all()


def test_a_level_lost_or_learned_counts(make_region: MakeRegion) -> None:
    """A job below the person's level loses for each step, one above it gains nothing; an apprenticeship above it gains."""
    region = make_region(
        zones=[{"zone_id": "Z1", "lat": 50.8, "lon": 6.3}],
        people=[{"person_id": "P", "zone_id": "Z1", "eqf": 4}, {"person_id": "Q", "zone_id": "Z1", "eqf": 7}],
        occupations=[{"occupation_id": f"o{level}", "eqf": level} for level in (2, 4, 6)] + [{"occupation_id": "o"}],
        vacancies=[
            {"vacancy_id": f"{kind}-{name}", "occupation_id": name, "kind": kind}
            for kind in ("job", "apprenticeship_dual")
            for name in ("o2", "o4", "o6", "o")
        ],
    )
    worth = level_worth(region, range(2), replace(WEIGHTS, level=10.0))
    assert worth.tolist() == [[-20, 0, 0, 0, 0, 0, 20, 0], [-50, -30, -10, 0, 0, 0, 0, 0]]


def test_an_employer_who_teaches_asks_half(posts: Region) -> None:
    """In a job counts what is brought; in an apprenticeship somebody who brings nothing is worth half of one who brings all."""
    taught = posts.with_tables({"vacancies": posts.table("vacancies").with_columns(kind=pl.lit("apprenticeship_dual"))})
    brought = np.array([[0.0, 0.5, 1.0, 0.2]], dtype=np.float32)
    assert able_to_begin(posts, brought).tolist() == brought.tolist()
    assert able_to_begin(taught, brought)[0].tolist() == pytest.approx([0.5, 0.75, 1.0, 0.6])
