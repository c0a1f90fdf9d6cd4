# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a pair is worth to each side: visible weights, nothing that the law protects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.matching.pay import WEEKS_PER_MONTH
from drehkreuz.region import Region, kept

OUTLOOKS = ("shrinking", "stable", "growing")

TRAINING_KINDS: Final = ("apprenticeship_dual", "apprenticeship_school", "dual_study", "entry_qualification")
"""Kinds of post in which an occupation is learned from the beginning."""

LEARNER: Final = 0.5
"""What somebody who brings nothing of an occupation is worth to an employer who teaches it, against one who brings all (assumed)."""

DAYS_PER_MONTH = 365.25 / 12.0


@dataclass(frozen=True, slots=True)
class UtilityWeights:
    """
    What counts, and how much; everything in EUR a month so that a person can say "too much" or "too little".

    All values are assumed: they order paths until the person or employer sets their own.

    Attributes:
        hour_on_the_way: EUR an hour of commute is felt to cost.
        week_of_learning: EUR a week of learning costs beside its fee, spread over `months_ahead`.
        months_ahead: Months that are looked ahead, at least one: learning is spread over them, and a post that ends sooner counts
            only for the months it lasts (assumed: three years; who retires sooner looks less far).
        own_fee: Share of an unfunded fee counted, spread likewise.
        remote_day: EUR for a day a week that may be worked from home.
        fixed_term: EUR for a contract that ends: what not being sure is felt to cost while it lasts.
        agency: EUR for temporary agency work.
        night: EUR for a rota with nights, beside its premiums.
        fit: EUR between a post that asks nothing the person brings and one that asks only what the person brings.
        level: EUR for each level of the EQF: lost where a job's occupation lies below the level that the person has reached, gained
            where an apprenticeship or study leads above it (assumed: what is not used is lost, and an award lasts longer than the
            months looked ahead; 100 is about a thirtieth of a net wage of 3,000). It orders what a person is shown; allocations
            do not weigh it.
        outlook: EUR for an occupation that shrinks, is stable, grows over the next five years (assumed: in one that shrinks the
            next search is near and its end often pays less; 500 is about a sixth of a net wage of 3,000).
        employer_half_weeks: Weeks of waiting until the person is ready after which a pair is worth half to the employer.
    """

    hour_on_the_way: float = 10.0
    week_of_learning: float = 100.0
    months_ahead: float = 36.0
    own_fee: float = 1.0
    remote_day: float = 40.0
    fixed_term: float = -120.0
    agency: float = -180.0
    night: float = -150.0
    fit: float = 300.0
    level: float = 100.0
    outlook: tuple[float, float, float] = (-500.0, 0.0, 100.0)
    employer_half_weeks: float = 52.0


def post_quality(region: Region, weights: UtilityWeights) -> NDArray[np.float32]:
    """
    Return what a post is worth beside pay, way and learning.

    Returns:
        float32[v], EUR a month.
    """
    has = _qualities(region.ground)
    worth = (
        has["remote_days"] * weights.remote_day
        + has["fixed_term"] * weights.fixed_term
        + has["agency"] * weights.agency
        + has["night"] * weights.night
        + sum(has[name] * worth for name, worth in zip(OUTLOOKS, weights.outlook, strict=True))
    )
    return np.asarray(worth, dtype=np.float32)


@kept
def _qualities(region: Region) -> dict[str, NDArray[np.float64]]:
    """Return by quality how much of it each post has: days a week, or 1 where it is so, 0 where not."""
    vacancies = region.table("vacancies").join(
        region.table("occupations").select("occupation_id", "outlook"),
        on="occupation_id",
        how="left",
        maintain_order="left",
    )
    found = vacancies.select(
        remote_days=pl.col("remote_share") * 5.0,
        fixed_term=pl.col("contract_end").is_not_null(),
        agency="agency",
        night="night",
        **{name: pl.col("outlook").fill_null("stable") == name for name in OUTLOOKS},
    )
    return {column.name: column.cast(pl.Float64).to_numpy() for column in found}


@kept
def training_posts(region: Region) -> NDArray[np.bool_]:
    """Return which posts are there to learn an occupation in, bool[v]."""
    return region.table("vacancies")["kind"].is_in(TRAINING_KINDS).to_numpy()


def level_worth(region: Region, people: range, weights: UtilityWeights) -> NDArray[np.float32]:
    """
    Return what the level of each post's occupation is worth to each person of a block.

    A job below the level that the person has reached loses, one above it gains nothing by that alone; a post to learn an
    occupation in gains where the occupation lies above.

    Returns:
        float32[len(people), v], EUR a month; 0 where the taxonomy gives no level.
    """
    own = region.table("people")["eqf"][people.start : people.stop].to_numpy()
    higher = _levels(region.ground)[None, :] - own[:, None].astype(np.float32)
    counted = np.where(training_posts(region.ground), np.maximum(higher, 0.0), np.minimum(higher, 0.0))
    return np.asarray(np.nan_to_num(counted) * weights.level, dtype=np.float32)


@kept
def _levels(region: Region) -> NDArray[np.float32]:
    """Return the EQF level of each post's occupation, float32[v], NaN where the taxonomy gives none."""
    levels = region.table("occupations").select("occupation_id", level="eqf")
    posts = region.table("vacancies").join(levels, on="occupation_id", how="left", maintain_order="left")
    return posts["level"].cast(pl.Float32).to_numpy()


def lasting(
    first_day: NDArray[np.float32], last_day: NDArray[np.float32], weights: UtilityWeights
) -> NDArray[np.float32]:
    """
    Return the share of the months looked ahead that each person can work in each post.

    Args:
        first_day: float32[n, v], first day of the person in the post; any count of days.
        last_day: float32[v], last day of the contract, counted likewise; NaN: open-ended.
        weights: `months_ahead` is read.

    Returns:
        float32[n, v], 0 where the post is over before, 1 where it is open-ended or lasts long enough.
    """
    days = max(weights.months_ahead, 1.0) * DAYS_PER_MONTH
    share = (last_day[None, :] - first_day + 1.0) / days
    return np.asarray(np.nan_to_num(np.clip(share, 0.0, 1.0), nan=1.0), dtype=np.float32)


def person_utility(  # the terms of one sum, each an array of its own
    *,
    net_after_commute: NDArray[np.float32],
    minutes_per_day: NDArray[np.float32],
    days_per_week: NDArray[np.float32],
    weeks: NDArray[np.float32],
    own_fee: NDArray[np.float32],
    feasibility: NDArray[np.float32],
    quality: NDArray[np.float32],
    share: NDArray[np.float32],
    weights: UtilityWeights,
) -> NDArray[np.float32]:
    """
    Return what each pair is worth to the person.

    utility = (net after commute − hours on the way · worth of an hour + quality of the post + fit) · share of the months ahead
              − (weeks of learning · worth of a week + own fee) / months ahead

    Args:
        net_after_commute: float32[n, v], EUR a month.
        minutes_per_day: float32[n, v], out and back together.
        days_per_week: float32[v], days at the workplace.
        weeks: float32[n, v], weeks of learning before the start.
        own_fee: float32[n, v], EUR the person pays.
        feasibility: float32[n, v], 0 to 1.
        quality: float32[v], EUR a month, from `post_quality`.
        share: float32[n, v], 0 to 1, from `lasting`.
        weights: What counts, and how much.

    Returns:
        float32[n, v], EUR a month.
    """
    on_the_way = minutes_per_day / 60.0 * days_per_week[None, :] * WEEKS_PER_MONTH * weights.hour_on_the_way
    worth = net_after_commute - on_the_way + feasibility * weights.fit + quality[None, :]
    learning = (weeks * weights.week_of_learning + own_fee * weights.own_fee) / max(weights.months_ahead, 1.0)
    return np.asarray(worth * share - learning, dtype=np.float32)


def able_to_begin(region: Region, feasibility: NDArray[np.float32]) -> NDArray[np.float32]:
    """
    Return what people bring as the employer of each post sees it, float32[n, v], 0 to 1: in a job its `feasibility`.

    Who teaches an occupation from the beginning asks no skill of it; what is brought shows interest and counts for the rest.
    """
    learned = training_posts(region.ground)
    begun = np.float32(LEARNER) + np.float32(1.0 - LEARNER) * feasibility
    return np.asarray(np.where(learned[None, :], begun, feasibility), dtype=np.float32)


def employer_utility(
    feasibility: NDArray[np.float32], weeks: NDArray[np.float32], weights: UtilityWeights
) -> NDArray[np.float32]:
    """
    Return what each pair is worth to the employer, float32[n, v], 0 to 1.

    utility = feasibility · 2^(−weeks of learning before the start / half weeks)

    Args:
        feasibility: float32[n, v].
        weeks: float32[n, v], of learning before the start.
        weights: `employer_half_weeks` is read.
    """
    return np.asarray(feasibility * np.exp2(-weeks / np.float32(weights.employer_half_weeks)), dtype=np.float32)


def reciprocal(
    person: NDArray[np.float32], employer: NDArray[np.float32], need: NDArray[np.float32]
) -> NDArray[np.float32]:
    """
    Return one score of a pair: the harmonic mean of both sides, each scaled to 0 to 1.

    The person's utility is scaled by the income the person needs (twice the need counts as 1), the employer's is one
    already. The harmonic mean is small when either side gains little.

    Args:
        person: float32[n, v], EUR a month.
        employer: float32[n, v].
        need: float32[n], EUR a month.

    Source:
        Palomares et al.: Reciprocal recommender systems. Information Fusion 69 (2021).
    """
    a = np.clip(person / np.maximum(2.0 * need[:, None], 1.0), 0.0, 1.0)
    b = np.clip(employer, 0.0, 1.0)
    return np.asarray(np.where(a + b > 0, 2.0 * a * b / np.maximum(a + b, 1e-9), 0.0), dtype=np.float32)
