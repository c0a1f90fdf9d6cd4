# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a firm can offer and what it costs each side: the job ticket and a leased pedelec."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from drehkreuz.commuting.assumed import CommutingParameters
from drehkreuz.commuting.rules import value_on
from drehkreuz.reach.tariffs import Tariffs


@dataclass(frozen=True, slots=True)
class JobTicket:
    """
    A job ticket in a month; None where price or discount are unknown on the day: then people are told to ask.

    Attributes:
        price: EUR of the ticket without an employer.
        firm: EUR that the firm pays.
        employee: EUR that is left to the employee.
        break_even_km: From so many kilometres one way, five days a week, driving costs the employee more than the ticket.
        tickets_per_space: Tickets that the yearly cost of one parking space pays the firm's share of.
    """

    price: float | None
    firm: float | None
    employee: float | None
    break_even_km: float | None
    tickets_per_space: float | None


def job_ticket(prices: Tariffs, day: date, weeks_per_month: float, parameters: CommutingParameters) -> JobTicket:
    """
    Return what a job ticket costs: the firm's share is of the full price, the discount comes on top of it.

    Args:
        prices: Tariffs on the day; the ticket is `transit_month`.
        day: The day.
        weeks_per_month: Weeks in a month.
        parameters: The firm's share, and what a parking space costs.
    """
    price = prices["transit_month"].value
    least, discount = (value_on(name, day) for name in ("job_ticket_least_share", "job_ticket_discount"))
    if price is None or least is None or discount is None:
        return JobTicket(price, None, None, None, None)
    share = parameters.ticket_share
    firm = price * share
    employee = max(0.0, price * (1 - (discount if share >= least else 0.0)) - firm)
    per_km = prices["car_km"].value
    return JobTicket(
        price=price,
        firm=firm,
        employee=employee,
        break_even_km=employee / (2 * 5 * weeks_per_month * per_km) if per_km else None,
        tickets_per_space=parameters.space_eur_year.mid / (12 * firm) if firm else None,
    )


@dataclass(frozen=True, slots=True)
class Lease:
    """
    A leased pedelec in a month, paid by salary conversion.

    Attributes:
        firm: EUR that the firm adds.
        employee: EUR less in the employee's purse; None where the tax rule is unknown on the day.
        taxed: EUR counted as pay; None likewise.
    """

    firm: float
    employee: float | None
    taxed: float | None


def lease(day: date, parameters: CommutingParameters) -> Lease:
    """Return what a leased pedelec costs: the rate comes off gross pay, a share of the list price is taxed instead."""
    share = value_on("bicycle_conversion", day)
    firm = parameters.pedelec_firm_eur_month
    if share is None:
        return Lease(firm, None, None)
    taxed, rate = parameters.pedelec_list_eur * share, parameters.marginal_rate
    return Lease(firm, (parameters.pedelec_eur_month - firm) * (1 - rate) + taxed * rate, taxed)
