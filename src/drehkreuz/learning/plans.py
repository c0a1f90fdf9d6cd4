# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The cheapest plan of one person towards one requirement profile, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from drehkreuz.learning.catalogue import Catalogue
from drehkreuz.learning.horizon import designable_weeks
from drehkreuz.learning.items import Kind
from drehkreuz.learning.offers import Payer
from drehkreuz.learning.parameters import PARAMETERS, LearningParameters
from drehkreuz.learning.reasons import NOTHING, TrainingReason
from drehkreuz.learning.situation import Situation, situation
from drehkreuz.learning.solver import solve
from drehkreuz.learning.sweep import Outcome, sweep
from drehkreuz.learning.task import Task, task
from drehkreuz.region import Region
from drehkreuz.skills import CEFR, Requirements, SkillProfiles, Taxonomy

PayableBy: TypeAlias = Literal["nobody", "rule", "voucher", "person"]
PAYABLE_BY: Final[dict[Payer, PayableBy]] = {
    Payer.NOBODY: "nobody",
    Payer.RULE: "rule",
    Payer.VOUCHER: "voucher",
    Payer.PERSON: "person",
}


@dataclass(frozen=True, slots=True)
class Step:
    """
    One course of a plan.

    What it closes is what the profile asks and neither the person nor an earlier step has; a step that closes nothing is
    there because a later one needs it.

    Attributes:
        session: Row of `course_sessions`; None for a course without a session, in plans that ignore dates.
        course: Row of `courses`.
        skills: Skills it closes, rows of `skills`.
        qualifications: Awards it completes, rows of `qualifications`.
        languages: Languages it closes: (ISO 639-1, CEFR level, with certificate).
        start: First day, None without a session.
        end: Last day.
        fee_eur: What the person pays.
        fee_gross_eur: The fee without funding.
        payable_by: Who pays: nobody (there is no fee), a rule of funding, a voucher that an office may grant, the person.
        rule: Row of `rules` that pays, where one does.
    """

    session: int | None
    course: int
    skills: tuple[int, ...]
    qualifications: tuple[int, ...]
    languages: tuple[tuple[str, str, bool], ...]
    start: date | None
    end: date | None
    fee_eur: float
    fee_gross_eur: float
    payable_by: PayableBy
    rule: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """
    A way to close the gap.

    Attributes:
        steps: Courses in the order in which they are taken; none where nothing that can be learned is lacking.
        weeks: First to last day; in plans that ignore dates, the weeks of the courses.
        fee_eur: What the person pays.
        fee_gross_eur: The fees without funding.
        needs_voucher: An office must decide on funding before the plan can begin.
    """

    steps: tuple[Step, ...]
    weeks: float
    fee_eur: float
    fee_gross_eur: float
    needs_voucher: bool


def plan_for(
    region: Region,
    taxonomy: Taxonomy,
    profiles: SkillProfiles,
    requirements: Requirements,
    reachable_sessions: NDArray[np.bool_],
    person: int,
    profile: int,
    parameters: LearningParameters = PARAMETERS,
    *,
    ignoring: TrainingReason = NOTHING,
) -> Plan | None:
    """
    Return the cheapest plan of one person towards one requirement profile, if `learning` says that there is one.

    Args:
        region: The region.
        taxonomy: Its taxonomy.
        profiles: What each person brings.
        requirements: What posts ask.
        reachable_sessions: bool[1, rows of `course_sessions`], of this person.
        person: Row of table `people`.
        profile: Requirement profile.
        parameters: Assumed values.
        ignoring: Conditions that the plan need not meet, to show what would be there without them.

    Returns:
        The plan, without steps where nothing that can be learned is lacking; None where there is no plan.

    Raises:
        InputError: If a table names a row that is not there.
        ValueError: If `reachable_sessions` has another shape.
    """
    people = range(person, person + 1)
    here = situation(region, taxonomy, profiles, requirements, reachable_sessions, people, parameters)
    if np.isinf(designable_weeks(here, profile, np.zeros(1, dtype=np.int64))[0]):
        return None
    if not (here.standing.short[0, profile] or here.standing.wants[0, profile]):
        return Plan((), 0.0, 0.0, 0.0, needs_voucher=False)
    what = task(here, profile)
    taken = _taken(here, what, profile, ignoring)
    return plan_of(region, here.catalogue, what, taken, dated=TrainingReason.DATE not in ignoring) if taken else None


def plan_of(region: Region, known: Catalogue, what: Task, taken: list[tuple[int, int]], *, dated: bool) -> Plan:
    """
    Tell a plan that a search has found.

    Args:
        region: The region.
        known: What can be learned.
        what: The profile's problem and what the person lacks of it.
        taken: Offer and session of each step, in order, at least one.
        dated: Whether the sessions follow each other in time; else weeks are those of the courses added up.
    """
    steps = _steps(region, known, what, taken)
    return Plan(
        steps=steps,
        weeks=_weeks(known, steps, dated=dated),
        fee_eur=sum(step.fee_eur for step in steps),
        fee_gross_eur=sum(step.fee_gross_eur for step in steps),
        needs_voucher=any(step.payable_by == "voucher" for step in steps),
    )


def _taken(here: Situation, what: Task, profile: int, ignoring: TrainingReason) -> list[tuple[int, int]]:
    """Return the offers and sessions of the cheapest plan; where the search is stopped before it finds any, of the quick one's."""
    solved = solve(here, what.problem, what.gap, np.zeros(1, dtype=np.int64), ignoring)
    found = (solved.offers[0], solved.sessions[0]) if solved.there[0] else None
    if found is None and not solved.proven[0] and not ignoring:
        swept = sweep(here, np.arange(len(here.catalogue.demands.must))[None, :] == profile, range(1))
        if swept.outcome[0, profile] == Outcome.PLAN:
            found = swept.offers[0, profile], swept.sessions[0, profile]
    return [] if found is None else [(int(o), int(s)) for o, s in zip(*found, strict=True) if o >= 0]


def _weeks(known: Catalogue, steps: tuple[Step, ...], *, dated: bool) -> float:
    first, last = steps[0].start, steps[-1].end
    if dated and first is not None and last is not None:
        return ((last - first).days + 1) / 7
    return float(known.course_weeks[[step.course for step in steps]].sum())


def _steps(region: Region, known: Catalogue, what: Task, taken: list[tuple[int, int]]) -> tuple[Step, ...]:
    problem, items = what.problem, known.items
    lacking = {int(i) for i in problem.items[: problem.n_must][~what.gap.held[0, : problem.n_must]]}
    lacking |= {int(i) for i in problem.items[what.gap.asked[0]]}
    steps = []
    for offer, session in taken:
        closed = [items.items[i] for i in known.offers.gives.row(offer).tolist() if i in lacking]
        lacking -= set(known.offers.gives.row(offer).tolist())
        awards = {item.of for item in closed if item.kind is Kind.AWARD}
        dated = session < known.sessions.held
        day, rule = region.manifest.day, int(known.sessions.rule[session])
        steps.append(
            Step(
                session=session if dated else None,
                course=int(known.offers.course[offer]),
                skills=tuple(item.of for item in closed if item.kind is Kind.SKILL),
                qualifications=tuple(
                    sorted(q for q in awards if lacking.isdisjoint(items.numbers(items.whole(q)).tolist()))
                ),
                languages=tuple(
                    (items.languages[item.of], CEFR[item.part - 1], item.kind is Kind.EXAM)
                    for item in closed
                    if item.kind in {Kind.LANGUAGE, Kind.EXAM}
                ),
                start=day + timedelta(days=int(known.sessions.start[session])) if dated else None,
                end=day + timedelta(days=int(known.sessions.end[session])) if dated else None,
                fee_eur=int(known.offers.own[offer]) / 100,
                fee_gross_eur=int(known.course_fee[known.offers.course[offer]]) / 100,
                payable_by=PAYABLE_BY[Payer(int(known.sessions.payer[session]))],
                rule=rule if rule >= 0 else None,
            )
        )
    return tuple(steps)
