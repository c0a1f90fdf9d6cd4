# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Net pay is an estimate, but it follows the act."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drehkreuz.matching.pay import WEEKS_PER_MONTH, gross_per_month, income_tax, net_per_month, payroll

RULES = payroll(date(2026, 11, 2))
TWELVE = np.array([12.0])


def net(gross: float, months: float = 12.0) -> float:
    return float(net_per_month(np.array([gross]), np.array([months]), RULES)[0])


@pytest.mark.parametrize("edge", [12_348, 17_799, 69_878, 277_825])
def test_the_tax_has_no_step_between_its_zones(edge: int) -> None:
    """One euro more of income at a zone's edge adds less than two euros of tax."""
    below, above = income_tax(np.array([edge, edge + 1.0]), RULES)
    assert 0 <= above - below <= 2


@pytest.mark.parametrize(
    ("income", "marginal"),
    [(12_500, 0.14), (17_900, 0.24), (69_800, 0.42), (100_000, 0.42), (300_000, 0.45)],
)
def test_the_marginal_rates_are_those_of_the_act(income: float, marginal: float) -> None:
    """A thousandth of the next thousand euros is the marginal rate of the zone."""
    low, high = income_tax(np.array([income, income + 1_000.0]), RULES)
    assert (high - low) / 1_000 == pytest.approx(marginal, abs=0.02)


def test_the_tax_of_30000_by_hand() -> None:
    """30,000 EUR lie in the third zone: z = 1.2201, tax = (173.10 z + 2397) z + 1034.87 = 4,217 EUR."""
    assert income_tax(np.array([30_000.0]), RULES)[0] == 4_217.0


def test_marginal_employment_keeps_its_gross() -> None:
    """603 EUR a month are marginal employment in 2026 and bear no contributions here."""
    assert net(603.0) == 603.0


def test_the_net_of_3000_by_hand() -> None:
    """
    3,000 EUR bear 652.50 EUR of contributions and 290.67 EUR of tax: 2,056.83 EUR are left.

    Contributions: 9.3 + 1.3 + 8.75 + 2.4 = 21.75 %. Taxable a year: 12 · (3,000 − 20.45 %) − 1,266 = 27,372 EUR,
    z = 0.9573, tax 3,488 EUR a year.
    """
    assert net(3_000.0) == pytest.approx(3_000 - 652.50 - 3_488 / 12, abs=0.01)


@given(st.floats(1_000, 20_000), st.floats(1, 2_000))
def test_more_gross_is_never_less_net(gross: float, more: float) -> None:
    """Above marginal employment a higher gross pay leaves at least as much net, up to the rounding of the tax."""
    assert net(gross + more) >= net(gross) - 0.1


@given(st.floats(700, 20_000))
def test_net_lies_between_half_and_all_of_gross(gross: float) -> None:
    """No wage in the usual range loses more than half, and none grows."""
    assert 0.5 * gross < net(gross) < gross


def test_a_thirteenth_pay_is_spread_over_the_year() -> None:
    """Thirteen pays of 2,400 are twelve of 2,600."""
    assert net(2_400.0, 13.0) == pytest.approx(net(2_600.0))


def test_hourly_and_yearly_pay_become_monthly() -> None:
    """20 EUR an hour at 39 hours are 3,380 EUR a month, 36,000 EUR a year are 3,000."""
    posts = pl.DataFrame(
        {"pay_min": [20.0, 36_000.0, 2_000.0], "pay_max": [20.0, 36_000.0, 3_000.0], "pay_period": ["hour", "year", "month"],
         "hours_max": [39.0, 39.0, 39.0]}
    )  # fmt: skip
    assert gross_per_month(posts, 0.5).tolist() == pytest.approx([20 * 39 * WEEKS_PER_MONTH, 3_000.0, 2_500.0])


def test_an_unknown_year_takes_the_nearest_known_one() -> None:
    """Callers see from the dates that the figures are another year's."""
    assert payroll(date(2031, 1, 1)).valid_to.year == payroll(date(2031, 1, 1)).valid_from.year < 2031
