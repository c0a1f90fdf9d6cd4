# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""One table of costs and what they bring: it sums, and nothing stands in it twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from drehkreuz.measures import Band, Measure
from drehkreuz.measures.paired import Cleared, Evaluator
from drehkreuz.measures.paired.ledger import (
    annuity,
    assumptions,
    cost_per,
    ledger,
    purchasing_power,
    yearly_cost,
    yearly_costs,
)

MakeMeasure = Callable[..., Measure]


def test_the_balance_is_the_sum_of_the_rows_above_it(
    evaluator: Evaluator, before: Cleared, measure: MakeMeasure
) -> None:
    """Pay, surplus, further value added and costs sum to the balance, in each case; low is the least."""
    found = evaluator.evaluate(before, [measure("pay_raise", percent=20), measure("remote_share", cost=1000.0)])
    table = ledger(found)
    rows, balance = table.filter(line="balance").to_dicts()[0], table.filter(line="balance")
    above = table.filter(table["line"] != "balance")
    for case in ("low", "mid", "high"):
        assert rows[case] == pytest.approx(above[case].sum())
    assert (balance["low"] <= balance["mid"]).all()
    assert (balance["mid"] <= balance["high"]).all()
    pay = table.filter(table["line"].str.starts_with("pay_"))["mid"].sum()
    assert pay == pytest.approx(found.effect.figures()["gross_eur_year"])
    assert set(yearly_costs(found.measures, found.changed.outcomes)) == {"employers"}


def test_a_placebo_costs_and_brings_nothing(evaluator: Evaluator, before: Cleared, measure: MakeMeasure) -> None:
    """Every row is zero, nobody has more to spend, and nothing has a cost per outcome."""
    found = evaluator.evaluate(before, [measure("placebo")])
    assert ledger(found).select("low", "mid", "high").sum().row(0) == (0.0, 0.0, 0.0)
    assert purchasing_power(found).is_empty()
    assert cost_per(found) == {"newly_placed": None, "more_filled": None, "hours_week": None}


def test_costs_are_spread_and_shared_out(evaluator: Evaluator, before: Cleared, measure: MakeMeasure) -> None:
    """What one outcome costs is the year's cost over the outcomes."""
    found = evaluator.evaluate(before, [measure("pay_raise", cost=7000.0, percent=20)])
    figures = found.effect.figures()
    assert yearly_cost(found.measures, found.changed.outcomes) == Band(7000.0, 7000.0, 7000.0)
    for outcome, each in cost_per(found).items():
        assert each is not None
        assert each.mid == pytest.approx(7000.0 / figures[outcome])


def test_residents_have_to_spend_what_they_earn_less_their_way(
    evaluator: Evaluator, before: Cleared, measure: MakeMeasure
) -> None:
    """By municipality it sums to net pay less commute after, less the same or today's income before."""
    found = evaluator.evaluate(before, [measure("pay_raise", percent=20)])
    today = dict(evaluator.related.region.table("people").select("person_id", "net_today_eur_month").iter_rows())
    expected = 0.0
    for row in found.effect.stable.people.iter_rows(named=True):
        without = today[row["person_id"]] or 0.0
        had = without if row["vacancy_id"] is None else row["net_eur_month"] - row["commute_eur_month"]
        has = (
            without if row["vacancy_id_after"] is None else row["net_eur_month_after"] - row["commute_eur_month_after"]
        )
        expected += 12 * (has - had)
    table = purchasing_power(found)
    assert table["eur_year"].sum() == pytest.approx(expected)
    assert table["people"].sum() == len(found.effect.stable.people)


def test_an_annuity_pays_back() -> None:
    """So many payments, each worth less the later it comes, are worth what was spent."""
    paid = annuity(1000.0, 10, 0.04)
    assert sum(paid / 1.04**year for year in range(1, 11)) == pytest.approx(1000.0)
    assert annuity(1000.0, 10, 0.0) == 100.0


def test_every_assumption_says_that_it_is_one() -> None:
    """Unit, grade and a reason stand beside each figure, and none poses as a fact."""
    for known in assumptions().values():
        assert known.unit
        assert known.grade == "assumed"
        assert known.source.startswith("assumed")
