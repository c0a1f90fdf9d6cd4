# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The same comparison in many worlds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from drehkreuz.measures import Measure
from drehkreuz.measures.paired import Evaluator
from drehkreuz.measures.paired.replicates import Interval, Replicates, World, replicates, swings

MakeMeasure = Callable[..., Measure]


def known(**figures: list[float]) -> Replicates:
    """Return one scenario's figures in as many worlds as there are values."""
    worlds = tuple(World.drawn(n) for n in range(len(next(iter(figures.values())))))
    return Replicates(worlds, ({name: np.array(values, dtype=np.float64) for name, values in figures.items()},))


def test_a_placebo_is_zero_in_every_world(evaluator: Evaluator, measure: MakeMeasure) -> None:
    """No world's chance is taken for an effect; a raise is better than nothing in nearly all of the same worlds."""
    found = replicates(evaluator, [[measure("placebo")], [measure("pay_raise", percent=20)]], 2)
    assert all((values == 0).all() for values in found.figures[0].values())
    assert found.interval(0, "newly_placed") == Interval(0.0, 0.0, 0.0)
    assert found.better(1, 0, "more_filled") == 1.0
    assert found.better(0, 0, "more_filled") == 0.5
    summary = found.summary(1)
    assert (summary["p10"] <= summary["p50"]).all()
    assert (summary["p50"] <= summary["p90"]).all()


def test_the_same_worlds_give_the_same_figures(evaluator: Evaluator, measure: MakeMeasure) -> None:
    """Worlds have numbers, not luck: the first of three is the only one of one."""
    raised = [measure("pay_raise", percent=20)]
    one, two = (replicates(evaluator, [raised], n).figures[0] for n in (1, 2))
    assert all(one[name][0] == two[name][0] for name in one)


def test_uptake_and_cost_go_evenly_through_their_range() -> None:
    """The first of many worlds fill the unit square: each quarter of either range has its share."""
    worlds = [World.drawn(n) for n in range(40)]
    for values in ([w.uptake for w in worlds], [w.cost for w in worlds]):
        assert all(8 <= count <= 12 for count in np.histogram(values, 4, (0, 1))[0])


def test_what_is_too_uncertain_is_not_ranked() -> None:
    """A wide interval, no gain in more than a tenth of the worlds or unknown costs give no cost per outcome."""
    narrow = known(cost_eur_year=[100.0] * 10, newly_placed=[9.0, 10, 10, 10, 10, 10, 10, 10, 10, 11])
    assert narrow.cost_per(0, "newly_placed") == Interval(10.0, 10.0, 10.0)
    wide = known(cost_eur_year=[100.0] * 10, newly_placed=[1.0, 1, 10, 10, 10, 10, 10, 10, 10, 10])
    assert wide.cost_per(0, "newly_placed") is None
    none = known(cost_eur_year=[100.0] * 10, newly_placed=[0.0, -1, 10, 10, 10, 10, 10, 10, 10, 10])
    assert none.cost_per(0, "newly_placed") is None
    unknown = known(cost_eur_year=[float("nan")] * 10, newly_placed=[10.0] * 10)
    assert unknown.cost_per(0, "newly_placed") is None
    assert unknown.interval(0, "cost_eur_year") is None


def test_drivers_come_strongest_first(evaluator: Evaluator, measure: MakeMeasure) -> None:
    """One thing at a time: a measure for all has no uptake to be unsure of, so people or ties come before it."""
    found = swings(evaluator, [measure("pay_raise", percent=20)], "more_filled", n=2)
    assert [swing.width for swing in found] == sorted((swing.width for swing in found), reverse=True)
    by_name = {swing.driver: swing for swing in found}
    assert set(by_name) == {"uptake", "chance", "people", "ties"}
    assert by_name["uptake"].width == by_name["chance"].width == 0
    assert by_name["people"].width == pytest.approx(by_name["people"].high - by_name["people"].low)
