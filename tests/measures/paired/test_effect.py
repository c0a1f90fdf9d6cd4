# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What measures change in the village, compared in pairs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from drehkreuz.matching.barriers import ALL_BARRIERS
from drehkreuz.measures import Draw, Measure
from drehkreuz.measures.paired import Cleared, Evaluator, Related, barriers, cleared, cleared_after, compare, related
from drehkreuz.measures.paired.keeping import largest_keeping
from drehkreuz.region import Region

MakeMeasure = Callable[..., Measure]


def test_a_placebo_is_exactly_zero(evaluator: Evaluator, before: Cleared, measure: MakeMeasure) -> None:
    """Nothing done changes no figure and no person, in any world; also where everything is computed anew."""
    found = evaluator.evaluate(before, [measure("placebo")])
    anew = compare(before, cleared_after(before, related(evaluator.related.region, cache=evaluator.cache)))
    resampled = evaluator.baseline(seed=3, resample=3)
    other = evaluator.evaluate(resampled, [measure("placebo")], Draw(5, 0.9))
    for effect in (found.effect, anew, other.effect):
        assert set(effect.figures().values()) == {0}
        assert effect.possible.people.is_empty()
        assert effect.stable.people.is_empty()
        assert effect.exact


def test_the_same_measure_twice_has_its_effect_once(
    evaluator: Evaluator, before: Cleared, measure: MakeMeasure
) -> None:
    """A raise written twice is the raise."""
    once = evaluator.evaluate(before, [measure("pay_raise", "a", percent=20)])
    twice = evaluator.evaluate(before, [measure("pay_raise", name, percent=20) for name in ("a", "b")])
    assert once.effect.figures() == twice.effect.figures()
    assert once.effect.figures()["more_filled"] > 0


def test_newly_placed_and_more_filled_are_told_apart(
    evaluator: Evaluator, before: Cleared, measure: MakeMeasure
) -> None:
    """In both allocations posts filled in addition are people newly placed less people displaced."""
    raised = evaluator.evaluate(before, [measure("pay_raise", percent=20)])
    closed = evaluator.evaluate(before, [measure("closure", places=["P01"])])
    for found in (raised, closed):
        for changes in (found.effect.possible, found.effect.stable):
            assert changes.more_filled == changes.count("newly_placed") - changes.count("displaced")
            assert changes.people["id"].n_unique() == len(changes.people)
    assert raised.effect.possible.count("displaced") == 0
    assert raised.effect.stable.count("displaced") > 0
    assert closed.effect.possible.more_filled < 0


def test_undone_is_the_region_before(evaluator: Evaluator, before: Cleared, measure: MakeMeasure) -> None:
    """The baseline after an evaluation is the one before it, byte for byte."""
    evaluator.evaluate(before, [measure("pay_raise", percent=20)])
    again = evaluator.baseline()
    assert again.largest.vacancy.tobytes() == before.largest.vacancy.tobytes()
    assert again.stable.tobytes() == before.stable.tobytes()
    region = evaluator.related.region
    assert all(region.digest(name) == before.related.region.digest(name) for name in region.tables)


def test_there_and_back_mirror_each_other(evaluator: Evaluator, before: Cleared, measure: MakeMeasure) -> None:
    """From the region with a measure back to the one without it, the stable allocation's gains are losses."""
    there = evaluator.evaluate(before, [measure("pay_raise", percent=20)])
    back = compare(there.after, cleared_after(there.after, before.related)).stable
    assert back.count("displaced") == there.effect.stable.count("newly_placed")
    assert back.more_filled == -there.effect.stable.more_filled
    assert back.total("gross_eur_month") == pytest.approx(-there.effect.stable.total("gross_eur_month"))


def test_only_what_is_touched_is_computed_anew(village: Region, evaluator: Evaluator, measure: MakeMeasure) -> None:
    """A raise computes the pairs again, and neither ways nor learning."""
    assert evaluator.cache is not None
    evaluator.evaluate(evaluator.baseline(), [measure("placebo")])
    known = set(evaluator.cache.stored())
    posts = village.table("vacancies").with_columns(pl.col("pay_min", "pay_max") * 1.07)
    related(village.with_tables({"vacancies": posts}), cache=evaluator.cache)
    assert len(set(evaluator.cache.stored()) - known) == 1


def test_a_trip_that_does_not_change_counts_nothing(
    evaluator: Evaluator, before: Cleared, measure: MakeMeasure
) -> None:
    """A raise changes nobody's way in the post that they keep; a lost car changes it for those who drove."""
    raised = evaluator.evaluate(before, [measure("pay_raise", percent=20)]).effect.stable
    assert raised.count("same_post") > 0
    assert raised.total("minutes_month", "same_post") == 0
    assert raised.total("co2_kg_month", "same_post") == 0
    people = evaluator.related.region.table("people").with_columns(car=pl.lit(value=False))
    on_foot = related(evaluator.related.region.with_tables({"people": people}), cache=evaluator.cache)
    carless = compare(before, cleared_after(before, on_foot)).stable
    assert carless.total("co2_kg_month", "same_post") < 0
    assert carless.total("minutes_month", "same_post") > 0


def turned(known: Related) -> Related:
    """Return the same with people and posts in another order."""
    region = known.region.with_tables({name: known.region.table(name).reverse() for name in ("people", "vacancies")})
    arrays = {name: np.ascontiguousarray(array[::-1, ::-1]) for name, array in known.arrays.items()}
    return Related(replace(known.market, region=region), arrays)


def test_the_order_of_rows_makes_no_difference(before: Cleared) -> None:
    """People and posts in another order give the same people the same posts."""
    other = cleared(turned(before.related))
    for name in ("stable", "largest"):
        one, same = (getattr(state, name) for state in (before, other))
        rows = (one, same) if name == "stable" else (one.vacancy, same.vacancy)
        last = len(before.related.region.table("vacancies")) - 1
        assert (np.where(rows[1] >= 0, last - rows[1], -1)[::-1] == rows[0]).all()


def test_without_any_barrier_the_allocation_is_that_of_the_complete_relation(before: Cleared) -> None:
    """All barriers thought away gives what the certified report says is possible; today is at least half stable."""
    relation = before.related.relation(before.counted)
    report = barriers(before)
    assert largest_keeping(relation, before.largest.vacancy, ALL_BARRIERS).value == report.possible
    assert before.largest.value == report.today
    stable = np.count_nonzero(before.stable >= 0)
    assert report.today <= 2 * stable <= 2 * report.today


def test_resampled_people_count_as_often_with_a_measure_as_without(evaluator: Evaluator) -> None:
    """A bootstrap counts each row by its own number, so that another order of rows or other people change nobody's."""
    counted = evaluator.related.counted(resample=4)
    people = evaluator.related.region.table("people")
    assert (turned(evaluator.related).counted(resample=4).of_row[::-1] == counted.of_row).all()
    assert 0.7 * len(people) < len(counted) < 1.3 * len(people)
    assert (counted.of_row != 1).any()


def test_resampled_posts_count_as_often_with_a_measure_as_without(evaluator: Evaluator) -> None:
    """A bootstrap counts each vacancy's openings by the vacancy's own number; one that is drawn out places nobody."""
    openings = evaluator.related.openings(resample=4)
    once = evaluator.related.openings()
    assert (turned(evaluator.related).openings(resample=4)[::-1] == openings).all()
    assert (openings % once == 0).all()
    assert (openings == 0).any()
    assert (openings > once).any()
    state = evaluator.baseline(seed=4, resample=4)
    for vacancy in (state.stable, state.largest.vacancy):
        assert (np.bincount(vacancy[vacancy >= 0], minlength=len(openings)) <= openings).all()
    assert barriers(state).openings == openings.sum()
