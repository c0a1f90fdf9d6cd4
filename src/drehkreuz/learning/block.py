# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a block of people can learn towards every requirement profile, and what keeps them from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from drehkreuz.learning.catalogue import Catalogue
from drehkreuz.learning.offers import Payer
from drehkreuz.learning.parameters import PARAMETERS, LearningParameters
from drehkreuz.learning.reasons import ALL_CONDITIONS, TrainingReason
from drehkreuz.learning.situation import Situation, situation
from drehkreuz.learning.solver import Solved, hurdles, solve
from drehkreuz.learning.task import Task, task
from drehkreuz.region import Region
from drehkreuz.skills import Requirements, SkillProfiles, Taxonomy, feasibility

Flags = NDArray[np.bool_]
Floats = NDArray[np.float32]


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
        weeks: float32, first to last day of the cheapest plan; 0 where nothing that can be learned is lacking, NaN where
            there is no plan.
        ready: int32, days from the region's day to the last day of the plan; 0 and -1 alike.
        fee_eur: float32, what the person pays for the plan; NaN where there is none.
        fee_gross_eur: float32, the fees without funding.
        needs_voucher: bool, an office must decide on funding before the plan can begin.
        unproven: bool, the search for a plan was stopped: where `training`, there may be one; else there may be a cheaper one.
        slack_skill: float32, where `skill`: share uncovered.
        slack_weeks: float32, where `training`: weeks of the courses of the cheapest plan that ignores format, place, date,
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
) -> Learning:
    """
    Find out what a block of people can learn towards every requirement profile. Exact; ages and origins are not read.

    Args:
        region: The region.
        taxonomy: Its taxonomy.
        profiles: What each person brings.
        requirements: What posts ask.
        reachable_sessions: bool[len(people), rows of `course_sessions`], who gets to which session and back.
        people: Rows of table `people`.
        parameters: Assumed values.

    Raises:
        InputError: If a table names a row that is not there.
        ValueError: If `reachable_sessions` has another shape.
    """
    here = situation(region, taxonomy, profiles, requirements, reachable_sessions, people, parameters)
    found = _empty(people, feasibility(profiles, requirements, taxonomy, people, parameters.skills))
    for r in range(len(requirements)):
        _fill(found, r, here, task(here, r))
    return found


def _empty(people: range, brought: NDArray[np.float64]) -> Learning:
    def flags() -> Flags:
        return np.zeros(brought.shape, dtype=np.bool_)

    def floats() -> Floats:
        return np.zeros(brought.shape, dtype=np.float32)

    return Learning(
        people=people,
        feasibility=brought,
        fits_now=flags(),
        skill=flags(),
        training=flags(),
        language_level=flags(),
        language_exam=flags(),
        certificate=flags(),
        recognition=flags(),
        reasons=np.zeros(brought.shape, dtype=np.uint16),
        weeks=floats(),
        ready=np.zeros(brought.shape, dtype=np.int32),
        fee_eur=floats(),
        fee_gross_eur=floats(),
        needs_voucher=flags(),
        unproven=flags(),
        slack_skill=floats(),
        slack_weeks=floats(),
        slack_fee_eur=floats(),
        slack_language=np.zeros(brought.shape, dtype=np.int8),
        slack_certificate=np.zeros(brought.shape, dtype=np.int8),
    )


def _fill(found: Learning, r: int, here: Situation, task: Task) -> None:
    """Write the column of one profile."""
    gap, problem = task.gap, task.problem
    found.fits_now[:, r] = task.fits_now
    found.skill[:, r] = task.skill
    found.language_level[:, r] = gap.level
    found.language_exam[:, r] = gap.exam
    found.certificate[:, r] = gap.certificate
    found.recognition[:, r] = gap.recognition
    found.slack_language[:, r] = gap.steps
    found.slack_certificate[:, r] = gap.awards
    uncovered = (problem.target - gap.brought[task.skill]) / problem.weight.sum()
    found.slack_skill[task.skill, r] = uncovered
    people = np.flatnonzero(task.open)
    solved = solve(here, problem, gap, people)
    found.unproven[people, r] = ~solved.proven
    _write_plans(found, r, here.catalogue, people[solved.there], solved.only(solved.there))
    _write_hurdles(found, r, here, task, people[~solved.there])
    without = found.skill[:, r] | found.training[:, r]
    for values in (found.weeks, found.fee_eur, found.fee_gross_eur):
        values[without, r] = np.nan
    found.ready[without, r] = -1


def _write_plans(found: Learning, r: int, known: Catalogue, people: NDArray[np.int64], solved: Solved) -> None:
    last = solved.sessions[np.arange(len(people)), (solved.sessions >= 0).sum(axis=1) - 1]
    found.ready[people, r] = known.sessions.end[last]
    found.weeks[people, r] = (known.sessions.end[last] - known.sessions.start[solved.sessions[:, 0]] + 1) / 7
    found.fee_eur[people, r] = _sum(known.offers.own, solved.offers) / 100
    found.fee_gross_eur[people, r] = _sum(known.course_fee[known.offers.course], solved.offers) / 100
    found.needs_voucher[people, r] = _sum(known.sessions.payer == Payer.VOUCHER, solved.sessions) > 0


def _write_hurdles(found: Learning, r: int, here: Situation, task: Task, people: NDArray[np.int64]) -> None:
    known = here.catalogue
    found.training[people, r] = True
    found.reasons[people, r] = TrainingReason.NO_COURSE
    found.slack_weeks[people, r] = task.designable_weeks[people]
    solved = solve(here, task.problem, task.gap, people, ALL_CONDITIONS)
    taught = people[solved.there]
    found.reasons[taught, r] = hurdles(here, task.problem, task.gap, taught)
    courses = solved.only(solved.there).offers
    found.slack_weeks[taught, r] = _sum(known.course_weeks[known.offers.course], courses)
    found.slack_fee_eur[taught, r] = _sum(known.offers.own, courses) / 100


def _sum(values: NDArray[Any], of: NDArray[np.int32]) -> NDArray[Any]:
    """Return the sum of each row's values, where −1 stands for none."""
    return np.asarray(np.where(of < 0, 0, values[of]).sum(axis=1)) if len(values) else np.zeros(len(of))
