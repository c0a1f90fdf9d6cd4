# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The pair relation: for every person and post, what stands between them and what the pair is worth to both."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.matching.barriers import Barrier, Reason, barriers_of
from drehkreuz.matching.formal import formal_fit
from drehkreuz.matching.hours import hours_fit
from drehkreuz.matching.learned import Learned
from drehkreuz.matching.market import Market
from drehkreuz.matching.pay import gross_per_month, net_per_month, payroll
from drehkreuz.matching.utility import employer_utility, lasting, person_utility, post_quality
from drehkreuz.reach import session_commutes, vacancy_commutes
from drehkreuz.region import Region, kept

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
        real_out: uint8, the same as it is, however long; 255: there is none for some shift.
        real_back: uint8, same.
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
    real_out: NDArray[np.uint8]
    real_back: NDArray[np.uint8]
    chain: NDArray[np.int8]
    commute_eur: Floats
    hours: Floats
    gross: Floats
    net: Floats
    utility_person: Floats
    utility_employer: Floats


def pairs(market: Market, people: range, by_profile: Learned | None = None, executor: Executor | None = None) -> Pairs:
    """
    Compute the pair relation for a block of people.

    Args:
        market: The prepared region.
        people: Rows of table `people`.
        by_profile: What learning says of them by requirement profile; None: it is asked.
        executor: Threads for the learning of few people whose answer is waited for; None: here and now.
    """
    persons = market.region.table("people")[people.start : people.stop]
    ways = vacancy_commutes(market.region, market.triples, market.minutes, people)
    learned = (by_profile or _learned(market, people, executor)).fanned(market.requirements.of_vacancy)
    hours, formal = hours_fit(market.region, people), formal_fit(market.region, people)
    # Hours agreed on depend on a person by the most they work: taxes are worked out once for all who work as much.
    _, alike, of_person = np.unique(persons["hours_max"].to_numpy(), return_index=True, return_inverse=True)
    gross, net = (pay[of_person] for pay in _pay(market, hours.hours[alike]))
    commute = np.where(ways.reachable, ways.cost_eur_month, ways.cheapest_cost_eur_month)
    need = persons["net_need_eur_month"].to_numpy().astype(np.float32)[:, None]
    short = np.maximum(need - (net - commute), 0.0).astype(np.float32)

    reasons = learned.reasons | ways.reasons | hours.reasons | formal.reasons
    reasons |= np.where(short > 0, np.uint32(Reason.PAY_NET_NEED), np.uint32(0))
    first_day, last_day = _first_day(market, people, learned.ready), _days_after(market, "contract_end")
    reasons |= _availability(market, first_day, last_day)
    limit = persons["max_minutes"].to_numpy().astype(np.float32)[:, None]
    in_time = (reasons & np.uint32(Reason.REACH_OUT | Reason.REACH_BACK | Reason.REACH_LEARNING_PLACE)) == 0
    minutes_out = np.where(in_time, ways.minutes_out, limit).astype(np.float32)
    minutes_back = np.where(in_time, ways.minutes_back, limit).astype(np.float32)
    return Pairs(
        people=people,
        mask=barriers_of(reasons),
        reasons=reasons,
        slack={
            Barrier.SKILL: learned.slack_skill,
            Barrier.TRAINING: learned.slack_weeks,
            Barrier.LANGUAGE: learned.slack_language,
            Barrier.REACH: np.maximum(ways.slack_minutes, 0).astype(np.float32),
            Barrier.HOURS: hours.slack,
            Barrier.FORMAL: formal.slack + learned.certificates,
            Barrier.PAY: short,
        },
        feasibility=learned.feasibility,
        weeks=learned.weeks,
        fee=learned.fee,
        minutes_out=minutes_out,
        minutes_back=minutes_back,
        real_out=ways.minutes_out,
        real_back=ways.minutes_back,
        chain=ways.chain,
        commute_eur=commute.astype(np.float32),
        hours=hours.hours,
        gross=gross,
        net=net,
        utility_person=person_utility(
            net_after_commute=(net - commute + short).astype(np.float32),
            minutes_per_day=minutes_out + minutes_back,
            days_per_week=_days_present(market),
            weeks=learned.weeks,
            own_fee=learned.fee,
            feasibility=learned.feasibility,
            quality=post_quality(market.region, market.weights),
            share=lasting(first_day, last_day, market.weights),
            weights=market.weights,
        ),
        utility_employer=employer_utility(learned.feasibility, learned.weeks, market.weights),
    )


def reachable_sessions(market: Market, people: range) -> NDArray[np.bool_]:
    """Return which course sessions each person of a block gets to and back from, bool[len(people), sessions]."""
    return session_commutes(market.region, market.triples, market.minutes, people).reachable


def _learned(market: Market, people: range, executor: Executor | None) -> Learned:
    return Learned.of(
        market.region,
        market.taxonomy,
        market.profiles,
        market.requirements,
        reachable_sessions(market, people),
        people,
        market.learning,
        executor,
    )


def _pay(market: Market, hours: Floats) -> tuple[Floats, Floats]:
    """Return gross and net pay a month at the hours agreed on; premiums in proportion, EUR."""
    vacancies = market.region.table("vacancies")
    share = hours / vacancies["hours_max"].to_numpy().astype(np.float32)
    gross = gross_per_month(vacancies, market.parameters.pay_point) * share
    net = net_per_month(gross, vacancies["pay_months"].to_numpy(), payroll(market.region.manifest.day))
    premiums = vacancies["premiums_tax_free_eur_month"].to_numpy() * share
    return gross.astype(np.float32), (net + premiums).astype(np.float32)


def _days_present(market: Market) -> Floats:
    """Return the days a week each post is done at a place, float32[v]."""
    of_vacancy = market.triples.of_vacancy
    posts = np.repeat(np.arange(len(of_vacancy)), np.diff(of_vacancy.indptr))
    return np.bincount(posts, market.triples.days, minlength=len(of_vacancy)).astype(np.float32)


def _first_day(market: Market, people: range, ready: Floats) -> Floats:
    """Return the first day of each person in each post, days from the region's day: free, done with learning, the post begun."""
    free = _days_from(market.region, market.region.table("people")["available_from"][people.start : people.stop])
    return np.asarray(np.maximum(np.maximum(free[:, None], ready), _days_after(market, "start")), dtype=np.float32)


def _availability(market: Market, first_day: Floats, last_day: Floats) -> NDArray[np.uint32]:
    """
    Return the conditions that dates do not meet: the first day is too long after the post begins, or after it is over.

    Neither is a barrier: no measure removes a date. For the first one asks; a post that is over is left out of what people are shown.
    """
    late = first_day > _days_after(market, "start") + market.parameters.late_days
    over = first_day > last_day[None, :]
    return (late * np.uint32(Reason.AVAILABILITY)) | (over * np.uint32(Reason.OVER))


def _days_after(market: Market, column: str) -> Floats:
    """Return dates of the posts as days from the region's day, float32[v], NaN where there is none."""
    return _days_of_posts(market.region.ground, column)


@kept
def _days_of_posts(region: Region, column: str) -> Floats:
    return _days_from(region, region.table("vacancies")[column])


def _days_from(region: Region, days: pl.Series) -> Floats:
    return (days - region.manifest.day).dt.total_days().cast(pl.Float32).fill_null(float("nan")).to_numpy()
