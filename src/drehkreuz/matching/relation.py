# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The pair relation: for every person and post, what stands between them and what the pair is worth to both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drehkreuz.learning import Learning, learning
from drehkreuz.matching.barriers import Barrier, Reason, barriers_of
from drehkreuz.matching.formal import formal_fit
from drehkreuz.matching.hours import hours_fit
from drehkreuz.matching.market import Market
from drehkreuz.matching.pay import gross_per_month, net_per_month, payroll
from drehkreuz.matching.utility import employer_utility, person_utility, post_quality
from drehkreuz.reach import VacancyCommutes, session_commutes, vacancy_commutes

Floats = NDArray[np.float32]

NO_WAY = 255.0
"""Minutes that stand for "cannot"."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """
    All pairs of a block of people with all posts; every array is [len(people), v].

    Attributes:
        people: Rows of table `people`.
        mask: uint8, bits of `Barrier`; each is computed as if all others were removed.
        reasons: uint32, bits of `Reason`.
        slack: Barrier → float32, how far from passing, 0 where the barrier does not stand: SKILL share uncovered, TRAINING
            weeks, REACH minutes (255: no way at all) or, where only money is missing, 0, HOURS hours, LANGUAGE steps,
            FORMAL demands, PAY EUR a month.
        feasibility: float32, 0 to 1.
        weeks: float32, weeks of learning before the start; 0 where none is needed; where no plan exists, of the one that would
            be there without the barrier.
        fee: float32, EUR of those weeks that nobody is known to fund.
        minutes_out: float32, worst shift, minutes; at the person's limit where REACH stands.
        minutes_back: float32, same.
        chain: int8, `Chain` used on most days, -1 where there is none.
        commute_eur: float32, EUR a month.
        hours: float32, weekly hours.
        gross: float32, EUR a month at those hours.
        net: float32, EUR a month, tax-free premiums included.
        utility_person: float32, EUR a month; a violated quantity is taken at its limit.
        utility_employer: float32.
    """

    people: range
    mask: NDArray[np.uint8]
    reasons: NDArray[np.uint32]
    slack: dict[Barrier, Floats]
    feasibility: Floats
    weeks: Floats
    fee: Floats
    minutes_out: Floats
    minutes_back: Floats
    chain: NDArray[np.int8]
    commute_eur: Floats
    hours: Floats
    gross: Floats
    net: Floats
    utility_person: Floats
    utility_employer: Floats


def pairs(market: Market, people: range) -> Pairs:
    """
    Compute the pair relation for a block of people.

    Args:
        market: The prepared region.
        people: Rows of table `people`.
    """
    region, weights = market.region, market.weights
    persons, vacancies = region.table("people")[people.start : people.stop], region.table("vacancies")
    learned = _learning(market, people)
    ways = vacancy_commutes(region, market.triples, market.minutes, people)
    hours, formal = hours_fit(region, people), formal_fit(region, people)
    of_vacancy = market.requirements.of_vacancy

    gross, net = _pay(market, hours.hours)
    need = persons["net_need_eur_month"].to_numpy().astype(np.float32)
    commute = np.where(ways.reachable, ways.cost_eur_month, ways.cheapest_cost_eur_month).astype(np.float32)
    missing_pay = np.maximum(need[:, None] - (net - commute), 0.0).astype(np.float32)

    weeks = learned.weeks[:, of_vacancy]
    reasons = (
        learned.reasons[:, of_vacancy]
        | ways.reasons
        | hours.reasons
        | formal.reasons
        | np.where(missing_pay > 0, np.uint32(Reason.PAY_NET_NEED), np.uint32(0))
        | _availability(market, people, weeks)
    ).astype(np.uint32)
    mask = barriers_of(reasons)

    limit = persons["max_minutes"].to_numpy().astype(np.float32)[:, None]
    minutes_out = np.where(ways.reachable, ways.minutes_out, limit).astype(np.float32)
    minutes_back = np.where(ways.reachable, ways.minutes_back, limit).astype(np.float32)
    feasibility = learned.feasibility[:, of_vacancy].astype(np.float32)
    fee = learned.fee[:, of_vacancy]
    return Pairs(
        people=people,
        mask=mask,
        reasons=reasons,
        slack=_slack(learned, of_vacancy, ways, hours.slack, formal.slack, missing_pay),
        feasibility=feasibility,
        weeks=weeks,
        fee=fee,
        minutes_out=minutes_out,
        minutes_back=minutes_back,
        chain=ways.chain,
        commute_eur=commute,
        hours=hours.hours,
        gross=gross,
        net=net,
        utility_person=person_utility(
            net_after_commute=np.maximum(net - commute, need[:, None]) if False else net - commute + missing_pay,
            minutes_per_day=minutes_out + minutes_back,
            days_per_week=vacancies["presence_days"].to_numpy().astype(np.float32),
            weeks=weeks,
            own_fee=fee,
            feasibility=feasibility,
            quality=post_quality(region, weights),
            weights=weights,
        ),
        utility_employer=employer_utility(feasibility, weeks, weights),
    )
