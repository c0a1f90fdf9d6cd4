# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a block of people can learn towards every requirement profile, and what keeps them from it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from drehkreuz.learning.catalogue import Catalogue
from drehkreuz.learning.horizon import beyond_horizon, designable_weeks
from drehkreuz.learning.offers import Payer
from drehkreuz.learning.parameters import PARAMETERS, LearningParameters
from drehkreuz.learning.reasons import ALL_CONDITIONS, TrainingReason
from drehkreuz.learning.situation import Situation, situation
from drehkreuz.learning.solver import hurdles, solve
from drehkreuz.learning.sweep import Outcome, sweep
from drehkreuz.learning.task import task
from drehkreuz.region import Region
from drehkreuz.skills import Requirements, SkillProfiles, Taxonomy, feasibility

Flags = NDArray[np.bool_]
Floats = NDArray[np.float32]
Rows = NDArray[np.int64]
Steps = NDArray[np.int32]
Pairs = tuple[Rows, Rows | int]

WriteProfile: TypeAlias = Callable[[int, Rows], None]

NO_PLAN = -1
"""What `ready` says where there is no plan."""

UNTOLD = np.uint8(TrainingReason.UNTOLD)

AT_ONCE = 256
"""People whose plans are held at once: twenty bytes a step and profile."""


@dataclass(frozen=True, slots=True, eq=False)
class Learning:
    """
    What learning does for a block of people, by requirement profile; every array is [len(people), r].

    *Fits now*: the share of the asked skills brought (`feasibility`) reaches the threshold less what the employer teaches on
    the job, and no award and no language is lacking.

    Bits, each computed as if the others were removed:

    - SKILL (`skill`): the share is not reached, and even modules that could be designed take longer than the horizon: the
      fewest weeks of missing skills that reach it, and `level_weeks` for each level that the occupation lies above the level
      next to the person's.
    - LANGUAGE (`language_level`, `language_exam`): a language asked stays below its level, or without the certificate asked,
      even after every language course of the region, wherever, whenever and however it is held.
    - FORMAL (`certificate`): an award asked is not held, and the courses of the region do not lead to it.
    - TRAINING (`training`): what is lacking beside these can be learned, but no plan of real sessions exists. Never where
      SKILL is set.

    Attributes:
        people: Rows of table `people`.
        feasibility: float64, share of the asked skills brought, 0 to 1.
        fits_now: bool.
        skill: bool.
        training: bool.
        language_level: bool, the level is missing.
        language_exam: bool, only the certificate is missing.
        certificate: bool.
        recognition: bool, where `certificate`: an award held and in force only lacks recognition.
        reasons: uint16, bits of `TrainingReason`, where `training`.
        weeks: float32, first to last day of the plan; 0 where nothing that can be learned is lacking, NaN where
            there is no plan.
        ready: int32, days from the region's day to the last day of the plan; 0 and -1 alike.
        fee_eur: float32, what the person pays for the plan; NaN where there is none.
        fee_gross_eur: float32, the fees without funding.
        needs_voucher: bool, an office must decide on funding before the plan can begin.
        unproven: bool, where `training`: the search for a plan was stopped, there may be one.
        slack_skill: float32, where `skill`: share uncovered.
        slack_weeks: float32, where `training`: weeks of the courses of a plan that ignores format, place, date,
            seats, entry and funding; where no courses teach it, the weeks of designable modules.
        slack_fee_eur: float32, where `training`: what the person would pay for those courses.
        slack_language: int8, levels lacking of languages that no course gives, at least one each.
        slack_certificate: int8, number of awards lacking that no course leads to.
    """

    people: range
    feasibility: NDArray[np.float64]
    fits_now: Flags
    skill: Flags
    training: Flags
    language_level: Flags
    language_exam: Flags
    certificate: Flags
    recognition: Flags
    reasons: NDArray[np.uint16]
    weeks: Floats
    ready: NDArray[np.int32]
    fee_eur: Floats
    fee_gross_eur: Floats
    needs_voucher: Flags
    unproven: Flags
    slack_skill: Floats
    slack_weeks: Floats
    slack_fee_eur: Floats
    slack_language: NDArray[np.int8]
    slack_certificate: NDArray[np.int8]


def learning(
    region: Region,
    taxonomy: Taxonomy,
    profiles: SkillProfiles,
    requirements: Requirements,
    reachable_sessions: NDArray[np.bool_],
    people: range,
    parameters: LearningParameters = PARAMETERS,
    executor: Executor | None = None,
    *,
    only: Flags | None = None,
    why: bool = True,
) -> Learning:
    """
    Find out what a block of people can learn towards every requirement profile; ages and origins are not read.

    The bits are exact: that there is no plan is proved. The plans are good ones, found in microseconds; the cheapest is for
    `plan_for` to find.

    Args:
        region: The region.
        taxonomy: Its taxonomy.
        profiles: What each person brings.
        requirements: What posts ask.
        reachable_sessions: bool[len(people), rows of `course_sessions`], who gets to which session and back.
        people: Rows of table `people`.
        parameters: Assumed values.
        executor: Threads among which profiles are divided, for few people whose answer is waited for; None: here and now.
        only: bool[len(people), r], pairs of which plans are looked for; of the others TRAINING is not told. None: all.
        why: Tell which conditions keep people from learning what is taught; else `UNTOLD`, in half the time.

    Raises:
        InputError: If a table names a row that is not there.
        ValueError: If `reachable_sessions` has another shape.
    """
    here = situation(region, taxonomy, profiles, requirements, reachable_sessions, people, parameters)
    found = _stand(here, people, feasibility(profiles, requirements, taxonomy, people, parameters.skills))
    is_open = ~found.skill & (here.standing.short | here.standing.wants)
    if only is not None:
        is_open &= only
    for first in range(0, len(people), AT_ONCE):
        rows = range(first, min(first + AT_ONCE, len(people)))
        _plan(found, here, is_open, rows, executor, why=why)
    without = found.skill | found.training
    for values in (found.weeks, found.fee_eur, found.fee_gross_eur):
        values[without] = np.nan
    found.ready[without] = NO_PLAN
    return found


def _stand(here: Situation, people: range, brought: NDArray[np.float64]) -> Learning:
    """Return what is to be said before any plan."""
    standing, demands = here.standing, here.catalogue.demands
    skill = beyond_horizon(here)
    uncovered = standing.missing / np.where(demands.total > 0, demands.total, 1.0)

    def flags() -> Flags:
        return np.zeros(brought.shape, dtype=np.bool_)

    def floats() -> Floats:
        return np.zeros(brought.shape, dtype=np.float32)

    return Learning(
        people=people,
        feasibility=brought,
        fits_now=~standing.short & standing.meets_all,
        skill=skill,
        training=flags(),
        language_level=standing.level,
        language_exam=standing.exam,
        certificate=standing.certificate,
        recognition=standing.recognition,
        reasons=np.zeros(brought.shape, dtype=np.uint16),
        weeks=floats(),
        ready=np.zeros(brought.shape, dtype=np.int32),
        fee_eur=floats(),
        fee_gross_eur=floats(),
        needs_voucher=flags(),
        unproven=flags(),
        slack_skill=np.where(skill, uncovered, 0.0).astype(np.float32),
        slack_weeks=floats(),
        slack_fee_eur=floats(),
        slack_language=standing.steps,
        slack_certificate=standing.awards,
    )


def _plan(
    found: Learning, here: Situation, is_open: Flags, rows: range, executor: Executor | None, *, why: bool
) -> None:
    """Ask the quick search about the open pairs of some of the block's people, and the exact one where it does not know."""
    undecided = _sweep(found, here, is_open, rows, executor, why=why)
    if undecided.any():
        _each(undecided, executor, partial(_search, found, here))
        blocked = undecided & (found.ready == NO_PLAN)
        undecided = _sweep(found, here, blocked, rows, executor, none_fits=True, why=why)
        _each(undecided, executor, partial(_search_hurdles, found, here, why=why))


def _sweep(
    found: Learning,
    here: Situation,
    is_open: Flags,
    rows: range,
    executor: Executor | None,
    *,
    why: bool,
    none_fits: bool = False,
) -> Flags:
    """Write what the quick search says; return, for the whole block, the pairs about which it does not know."""
    swept = sweep(here, is_open, rows, executor, none_fits=none_fits, why=why)
    at = np.nonzero(swept.outcome == Outcome.PLAN)
    _write_plans(found, here.catalogue, (at[0] + rows.start, at[1]), swept.offers[at], swept.sessions[at])
    at = np.nonzero(swept.outcome == Outcome.HINDERED)
    reasons = swept.reasons[at] if why else UNTOLD
    _write_hindered(found, here.catalogue, (at[0] + rows.start, at[1]), reasons, swept.offers[at])
    no_course, undecided = np.zeros_like(is_open), np.zeros_like(is_open)
    no_course[rows.start : rows.stop] = swept.outcome == Outcome.NO_COURSE
    undecided[rows.start : rows.stop] = swept.outcome == Outcome.UNDECIDED
    _each(no_course, executor, partial(_write_no_course, found, here))
    return undecided


def _each(pairs: Flags, executor: Executor | None, write: WriteProfile) -> None:
    """Write about pairs, profile by profile."""
    profiles = np.flatnonzero(pairs.any(axis=0)).tolist()
    list(
        (executor.map if executor else map)(lambda r: write(r, np.flatnonzero(pairs[:, r])), profiles)
    )  # each its column


def _search(found: Learning, here: Situation, r: int, people: Rows) -> None:
    """Write the plans that the exact search finds for one profile and some people, and `NO_PLAN` where it finds none."""
    what, parameters = task(here, r), here.catalogue.parameters
    solved = solve(here, what.problem, what.gap, people, any_will_do=True, sets=parameters.block_sets)
    there = solved.there
    found.unproven[people, r] = ~there & ~solved.proven
    found.ready[people, r] = NO_PLAN
    _write_plans(found, here.catalogue, (people[there], r), solved.offers[there], solved.sessions[there])


def _search_hurdles(found: Learning, here: Situation, r: int, people: Rows, *, why: bool) -> None:
    """Write what keeps some people without a plan from one profile, by the exact search."""
    what, parameters = task(here, r), here.catalogue.parameters
    solved = solve(here, what.problem, what.gap, people, ALL_CONDITIONS, any_will_do=True, sets=parameters.block_sets)
    taught = people[solved.there]
    reasons = hurdles(here, what.problem, what.gap, taught) if why else UNTOLD
    _write_hindered(found, here.catalogue, (taught, r), reasons, solved.offers[solved.there])
    _write_no_course(found, here, r, people[~solved.there])


def _write_plans(found: Learning, known: Catalogue, at: Pairs, offers: Steps, sessions: Steps) -> None:
    first, last = sessions[:, 0], sessions[np.arange(len(sessions)), (sessions >= 0).sum(axis=1) - 1]
    found.ready[at] = known.sessions.end[last]
    found.weeks[at] = (known.sessions.end[last] - known.sessions.start[first] + 1) / 7
    found.fee_eur[at] = _sum(known.offers.own, offers) / 100
    found.fee_gross_eur[at] = _sum(known.course_fee[known.offers.course], offers) / 100
    found.needs_voucher[at] = _sum(known.sessions.payer == Payer.VOUCHER, sessions) > 0


def _write_hindered(
    found: Learning, known: Catalogue, at: Pairs, reasons: NDArray[np.uint8] | np.uint8, offers: Steps
) -> None:
    found.training[at] = True
    found.reasons[at] = reasons
    found.slack_weeks[at] = _sum(known.course_weeks[known.offers.course], offers)
    found.slack_fee_eur[at] = _sum(known.offers.own, offers) / 100


def _write_no_course(found: Learning, here: Situation, r: int, people: Rows) -> None:
    found.training[people, r] = True
    found.reasons[people, r] = TrainingReason.NO_COURSE
    found.slack_weeks[people, r] = designable_weeks(here, r, people)


def _sum(values: NDArray[Any], of: NDArray[np.int32]) -> NDArray[Any]:
    """Return the sum of each row's values, where −1 stands for none."""
    return np.asarray(np.where(of < 0, 0, values[of]).sum(axis=1)) if len(values) else np.zeros(len(of))
