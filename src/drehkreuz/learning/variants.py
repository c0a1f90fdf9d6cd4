# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""One person's plan in several ways: soonest, cheapest, near home, part-time, beside work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, Final, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.learning.parameters import PARAMETERS, LearningParameters
from drehkreuz.learning.plans import Plan, plan_for, plan_of
from drehkreuz.learning.reasons import TrainingReason
from drehkreuz.learning.situation import Situation, situation
from drehkreuz.learning.solver import Solved, solve
from drehkreuz.learning.task import Task, task
from drehkreuz.region import Region
from drehkreuz.skills import Requirements, SkillProfiles, Taxonomy

PART_TIME_HOURS: Final = 25.0
"""A course that takes no more hours a week counts as part-time (assumed: a morning on each weekday, and homework)."""

ALONGSIDE_HOURS: Final = 20.0
"""Most hours a week that somebody with a job can learn beside it (assumed)."""

EVENING: Final = 17 * 60
"""Minutes after midnight from which a course begins after a day's work (assumed; shifts differ)."""

ALONE: Final = np.zeros(1, dtype=np.int64)
"""The one person of a situation, as a position."""


class Way(Enum):
    """What a variant is good for."""

    BALANCED = "balanced"  # least fees and weeks, the weeks at their worth
    FAST = "fast"  # over soonest
    CHEAP = "cheap"  # least to pay
    NEAR = "near"  # the longest way to any learning place is shortest
    PART_TIME = "part_time"  # no course takes more than `PART_TIME_HOURS` a week
    ALONGSIDE = "alongside"  # evenings, weekends or online, no more than `ALONGSIDE_HOURS` a week


@dataclass(frozen=True, slots=True)
class Variant:
    """
    A plan and what it is good for.

    Attributes:
        ways: Every way of which it is the plan, in the order of `Way`.
        plan: The plan.
        gap_eur: By how much another plan of these ways may be cheaper at most, own fees and weeks at their worth: 0 where every search
            behind it came to its end, None where one was stopped that cannot tell.
    """

    ways: tuple[Way, ...]
    plan: Plan
    gap_eur: float | None

    @property
    def proven(self) -> bool:
        """Whether nothing is better in these ways."""
        return self.gap_eur == 0.0


Found: TypeAlias = tuple[Plan | None, float | None]
"""A plan, and by how much another may be cheaper at most, as in `Variant`."""


def variants(
    region: Region,
    taxonomy: Taxonomy,
    profiles: SkillProfiles,
    requirements: Requirements,
    reachable_sessions: NDArray[np.bool_],
    minutes: NDArray[np.uint8],
    person: int,
    profile: int,
    parameters: LearningParameters = PARAMETERS,
) -> tuple[Variant, ...]:
    """
    Return one person's plan and the ways in which it could go otherwise; plans that coincide stand once.

    Each variant is a cheapest plan among those of its way, by the same cost as `plan_for`. Soonest, least paid and nearest are
    found by bisection over days, amounts and minutes, each step a search that stops at the first plan.

    Args:
        region: The region.
        taxonomy: Its taxonomy.
        profiles: What each person brings.
        requirements: What posts ask.
        reachable_sessions: bool[1, rows of `course_sessions`], of this person.
        minutes: uint8[rows of `course_sessions`], the longer of the way there and back; 0 online.
        person: Row of table `people`.
        profile: Requirement profile.
        parameters: Assumed values.

    Returns:
        The balanced plan first, then the others in the order of `Way`; nothing where there is no plan or none is needed.

    Raises:
        InputError: If a table names a row that is not there.
        ValueError: If `reachable_sessions` has another shape.
    """
    asked = (region, taxonomy, profiles, requirements, reachable_sessions)
    balanced = plan_for(*asked, person, profile, parameters)
    if balanced is None or not balanced.steps:
        return ()
    here = situation(*asked, range(person, person + 1), parameters)
    search = _Search(region, here, task(here, profile))
    hours, late = _hours(region), _beside_work(region)
    narrowed: dict[Way, Callable[[], Found]] = {
        Way.FAST: lambda: search.least(here.catalogue.sessions.end, TrainingReason.DATE),
        Way.CHEAP: search.least_paid,
        Way.NEAR: lambda: search.least(_padded(minutes, here, 0), TrainingReason.PLACE),
        Way.PART_TIME: lambda: search.among(_padded(hours <= PART_TIME_HOURS, here, fill=False)),
        Way.ALONGSIDE: lambda: search.among(_padded(late & (hours <= ALONGSIDE_HOURS), here, fill=False)),
    }
    first, gap = search.among(np.ones(len(here.catalogue.sessions.course), dtype=np.bool_))
    found = [(Way.BALANCED, first or balanced, None if first is None else gap)]
    for way, ask in narrowed.items():
        plan, gap = ask()
        if plan is not None:
            found.append((way, plan, gap))
    return _merged(found)


def _merged(found: list[tuple[Way, Plan, float | None]]) -> tuple[Variant, ...]:
    alike: dict[tuple[tuple[int | None, int], ...], list[tuple[Way, Plan, float | None]]] = {}
    for way, plan, gap in found:
        alike.setdefault(tuple((step.session, step.course) for step in plan.steps), []).append((way, plan, gap))
    return tuple(
        Variant(tuple(way for way, _, _ in same), same[0][1], _largest([gap for _, _, gap in same]))
        for same in alike.values()
    )


def _largest(gaps: list[float | None]) -> float | None:
    known = [gap for gap in gaps if gap is not None]
    return max(known) if len(known) == len(gaps) else None


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    """One person before one profile, asked again and again with fewer sessions or less money."""

    region: Region
    here: Situation
    what: Task

    def among(self, allowed: NDArray[np.bool_]) -> Found:
        """Return the cheapest plan of allowed sessions, bool[sessions]."""
        return self._cheapest(self._without(~allowed, TrainingReason.FORMAT))

    def least(self, value: NDArray[np.integer], reason: TrainingReason) -> Found:
        """Return the cheapest plan of those whose largest value of a session is least."""
        fits = self.here.obstacles[0] == 0
        steps = np.unique(value[fits])

        def limited(at: int) -> Situation:
            return self._without(value > steps[at], reason)

        return self._bisected(len(steps), limited)

    def least_paid(self) -> Found:
        """Return the cheapest plan of those that cost the person least."""
        most = int(self.here.budget[0])
        own = self.what.problem.own
        grain = max(1, int(np.gcd.reduce(own[own > 0]))) if (own > 0).any() else most + 1  # fees are sums of fees

        def limited(at: int) -> Situation:
            return replace(self.here, budget=np.array([min(at * grain, most)], dtype=np.int64))

        return self._bisected(most // grain + 1, limited)

    def _bisected(self, n: int, limited: Callable[[int], Situation]) -> Found:
        """Return the cheapest plan under the tightest of n limits that allows one; each allows what those before it do."""
        low, high, sure = 0, n - 1, True
        while low < high:
            middle = (low + high) // 2
            solved = self._solved(limited(middle), any_will_do=True)
            sure &= bool(solved.there[0] or solved.proven[0])
            low, high = (low, middle) if solved.there[0] else (middle + 1, high)
        plan, gap = self._cheapest(limited(high)) if n else (None, 0.0)
        return plan, gap if sure else None

    def _without(self, closed: NDArray[np.bool_], reason: TrainingReason) -> Situation:
        more = np.where(closed, np.uint8(reason), np.uint8(0))
        return replace(self.here, obstacles=self.here.obstacles | more)

    def _solved(self, here: Situation, *, any_will_do: bool = False) -> Solved:
        return solve(here, self.what.problem, self.what.gap, ALONE, any_will_do=any_will_do)

    def _cheapest(self, here: Situation) -> Found:
        solved = self._solved(here)
        if not solved.there[0]:
            return None, 0.0 if solved.proven[0] else None
        taken = [
            (int(o), int(s)) for o, s in zip(solved.offers[0], solved.sessions[0], strict=True) if o >= 0
        ]  # fmt: skip
        plan = plan_of(self.region, here.catalogue, self.what, taken, dated=True)
        return plan, float(solved.gap[0]) / 100


def _padded(values: NDArray[Any], here: Situation, fill: object) -> NDArray[Any]:
    """Return values of sessions with one for each course that has none."""
    rest = len(here.catalogue.sessions.course) - len(values)
    return np.concatenate([values, np.full(rest, fill, dtype=values.dtype)])


def _hours(region: Region) -> NDArray[np.float64]:
    """Return the hours a week of each session's course."""
    return _of_courses(region, "hours_per_week").to_numpy()


def _beside_work(region: Region) -> NDArray[np.bool_]:
    """Return which sessions are held when a day's work is over: in the evening, at the weekend, online."""
    form = _of_courses(region, "format").is_in(["weekend", "online"]).to_numpy()
    evening = (region.table("course_sessions")["day_start"] >= EVENING).to_numpy()
    return np.asarray(form | evening, dtype=np.bool_)


def _of_courses(region: Region, column: str) -> pl.Series:
    courses = region.table("courses").select("course_id", column)
    sessions = region.table("course_sessions").select("course_id")
    return sessions.join(courses, on="course_id", how="left", maintain_order="left")[column]
