# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""From an advertised pay range to an estimate of what is left each month."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

WEEKS_PER_MONTH = 52.0 / 12.0


@dataclass(frozen=True, slots=True)
class Payroll:
    """
    What leaves a gross wage in one year; a row of `payroll_de.toml`, where each figure has its act.

    The estimate is for tax class I or IV, without church tax, in the statutory insurances, without children. It compares
    posts; it is no payslip. Money is EUR, a year for tax, a month for contributions.
    """

    valid_from: date
    valid_to: date
    source: str
    checked_on: date
    basic_allowance: float
    zone2_to: float
    zone2: tuple[float, float]
    zone3_to: float
    zone3: tuple[float, float, float]
    zone4_to: float
    zone4: tuple[float, float]
    zone5: tuple[float, float]
    work_expenses: float
    special_expenses: float
    solidarity_rate: float
    solidarity_exempt: float
    solidarity_phase: float
    pension: float
    unemployment: float
    health: float
    care: float
    ceiling_pension: float
    ceiling_health: float
    marginal_to: float
    transition_to: float


@lru_cache(maxsize=1)
def _payrolls() -> tuple[Payroll, ...]:
    raw: dict[str, dict[str, Any]] = tomllib.loads(
        files(__package__).joinpath("payroll_de.toml").read_text(encoding="utf-8")
    )
    return tuple(Payroll(**{key: _frozen(value) for key, value in year.items()}) for year in raw.values())


def _frozen(value: Any) -> Any:  # noqa: ANN401  # whatever TOML holds
    return tuple(value) if isinstance(value, list) else value


def payroll(day: date) -> Payroll:
    """
    Return the payroll figures of a day; where the day's year is not known, those of the nearest known year.

    Callers compare `valid_from` and `valid_to` with the day and say so when they differ.
    """
    return min(_payrolls(), key=lambda p: max((p.valid_from - day).days, (day - p.valid_to).days, 0))


def income_tax(taxable: NDArray[np.float64], rules: Payroll) -> NDArray[np.float64]:
    """
    Return the income tax of taxable yearly incomes.

    Args:
        taxable: EUR a year, any shape; rounded down to whole EUR as the act asks.
        rules: Figures of the year.

    Returns:
        EUR a year, whole EUR, same shape.

    Source:
        § 32a (1) EStG.
    """
    x = np.floor(np.maximum(taxable, 0.0))
    y = (x - rules.basic_allowance) / 10_000.0
    z = (x - rules.zone2_to) / 10_000.0
    tax = np.select(
        [x <= rules.basic_allowance, x <= rules.zone2_to, x <= rules.zone3_to, x <= rules.zone4_to],
        [
            np.zeros_like(x),
            (rules.zone2[0] * y + rules.zone2[1]) * y,
            (rules.zone3[0] * z + rules.zone3[1]) * z + rules.zone3[2],
            rules.zone4[0] * x - rules.zone4[1],
        ],
        rules.zone5[0] * x - rules.zone5[1],
    )
    return np.asarray(np.floor(tax), dtype=np.float64)


def net_per_month(gross_month: NDArray[np.float64], months: NDArray[np.float64], rules: Payroll) -> NDArray[np.float64]:
    """
    Return the estimated net pay of a month, a thirteenth pay spread over the year.

    Args:
        gross_month: EUR gross a month, any shape.
        months: Monthly pays a year, broadcast against `gross_month`.
        rules: Figures of the year.

    Returns:
        EUR net a month, same shape; marginal employment keeps its gross pay.
    """
    gross = gross_month * months / 12.0
    transition = rules.transition_to / (rules.transition_to - rules.marginal_to) * (gross - rules.marginal_to)
    base = np.where(gross <= rules.transition_to, np.maximum(transition, 0.0), gross)
    pension_base = np.minimum(base, rules.ceiling_pension)
    health_base = np.minimum(base, rules.ceiling_health)
    precaution = pension_base * rules.pension + health_base * (rules.health + rules.care)
    contributions = precaution + pension_base * rules.unemployment
    taxable = (gross - precaution) * 12.0 - rules.work_expenses - rules.special_expenses
    tax = income_tax(taxable, rules)
    solidarity = np.minimum(
        tax * rules.solidarity_rate, np.maximum(tax - rules.solidarity_exempt, 0.0) * rules.solidarity_phase
    )
    net = gross - contributions - (tax + solidarity) / 12.0
    return np.asarray(np.where(gross <= rules.marginal_to, gross, net), dtype=np.float64)


def gross_per_month(vacancies: pl.DataFrame, point: float) -> NDArray[np.float64]:
    """
    Return what a post pays gross a month at its most hours.

    Args:
        vacancies: Table `vacancies`.
        point: Where in the advertised range, 0 lower end to 1 upper end.

    Returns:
        float64[v], EUR a month.
    """
    low, high = vacancies["pay_min"].to_numpy(), vacancies["pay_max"].to_numpy()
    amount = low + point * (high - low)
    period = vacancies["pay_period"].to_numpy()
    factor = np.select(
        [period == "hour", period == "year"], [vacancies["hours_max"].to_numpy() * WEEKS_PER_MONTH, 1.0 / 12.0], 1.0
    )
    return np.asarray(amount * factor, dtype=np.float64)
