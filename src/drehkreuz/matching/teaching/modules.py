# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What could be taught besides: new bundles of skills, and courses there are held once more, where and when teaching takes place."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.learning.demands import TOLERANCE
from drehkreuz.learning.reasons import TrainingReason
from drehkreuz.learning.situation import Situation, situation
from drehkreuz.matching.barriers import Barrier
from drehkreuz.matching.market import Market
from drehkreuz.matching.relation import reachable_sessions
from drehkreuz.matching.teaching.closing import closed_by_courses
from drehkreuz.region import Region

AT_ONCE: Final = 1_024
"""People whose gaps are looked at at once."""


@dataclass(frozen=True, slots=True)
class DesignParameters:
    """
    Assumed values of the designer, all in one place; none is measured in the region.

    Attributes:
        full_time_hours: Hours of a week full time, in which `skills.learning_weeks` are counted (assumed).
        notice_weeks: Weeks between the region's day and the first day of a module, to announce it and to settle funding (assumed).
        longest_weeks: Weeks full time that a module takes at most (assumed: half a year; beyond that it is a retraining).
        longest_run_weeks: Weeks from first to last day at most, however few hours a week (assumed: a year).
        share_closed: A bundle is the shortest that closes so much of what the whole of a profile's skills closes (assumed).
        hands: A bundle of which a larger share of the skills is manual is not taught online (assumed).
        unit_cost_eur: What a teaching unit of 45 minutes costs the provider, room and material with it (assumed).
        unit_fee_eur: What a participant's unit brings where the region has no approved course to take it from (assumed).
        seats: Participants of one run at most (assumed).
    """

    full_time_hours: float = 36.0
    notice_weeks: int = 12
    longest_weeks: float = 26.0
    longest_run_weeks: int = 52
    share_closed: float = 0.5
    hands: float = 0.2
    unit_cost_eur: float = 90.0
    unit_fee_eur: float = 9.0
    seats: int = 15


PARAMETERS: Final = DesignParameters()


@dataclass(frozen=True, slots=True)
class Slot:
    """
    Where and when teaching already takes place, so that ways to it are known.

    Attributes:
        place_id: Learning place; None: online.
        format: As in `courses`.
        hours_per_week: Hours a week.
        day_start: Minutes after midnight.
        day_end: Minutes after midnight.
        session: Row of `course_sessions` that is held so.
    """

    place_id: str | None
    format: str
    hours_per_week: float
    day_start: int
    day_end: int
    session: int


@dataclass(frozen=True, slots=True)
class Bundle:
    """
    What would be taught: skills that no course brings together, or a course there is.

    Attributes:
        skills: Rows of `skills`, ascending.
        weeks: Weeks full time.
        entry: Level of the European Qualifications Framework from which somebody can begin.
        units: Teaching units of 45 minutes.
        course: Row of `courses` that is held once more; None: a new module.
        format: Format of that course.
        hours_per_week: Its hours a week.
    """

    skills: tuple[int, ...]
    weeks: float
    entry: int
    units: int
    course: int | None = None
    format: str | None = None
    hours_per_week: float | None = None

    def held_in(self, slot: Slot) -> bool:
        """Return whether it can be held in a slot: a course there is keeps its format and its hours a week."""
        return self.course is None or (self.format, self.hours_per_week) == (slot.format, slot.hours_per_week)


@dataclass(frozen=True, slots=True, eq=False)
class Gaps:
    """
    Pairs that something taught could open: nothing but the lack of a course stands between.

    Attributes:
        person: int32[m], rows of `people`.
        profile: int32[m], requirement profiles.
        missing: float64[m], weight to be gained.
        skills_alone: bool[m], nothing beside skills is lacking: no award, no language.
        by_course: Of each course that alone closes any, the pairs it closes, ascending.
        worth: float32[people, skills of the taxonomy], weight that each skill would bring each person.
        fits: bool[people, slots], who can come to a slot: way, hours, times, online.
        eqf: int8[people].
    """

    person: NDArray[np.int32]
    profile: NDArray[np.int32]
    missing: NDArray[np.float64]
    skills_alone: NDArray[np.bool_]
    by_course: Mapping[int, NDArray[np.int64]]
    worth: NDArray[np.float32]
    fits: NDArray[np.bool_]
    eqf: NDArray[np.int8]


def slots_of(region: Region) -> tuple[Slot, ...]:
    """Return where and when courses of a region are held, each place, format and time once, in their order."""
    courses = region.table("courses").select("course_id", "format", "hours_per_week")
    held = (
        region.table("course_sessions").with_row_index("session").join(courses, on="course_id", maintain_order="left")
    )
    key = ["place_id", "format", "hours_per_week", "day_start", "day_end"]
    first = held.group_by(key).agg(pl.col("session").min()).sort(key)
    return tuple(Slot(*row) for row in first.iter_rows())


def gaps_of(market: Market, relation: Mapping[str, NDArray[np.generic]], slots: Sequence[Slot]) -> Gaps:
    """
    Return the pairs that something taught could open.

    Args:
        market: The prepared region.
        relation: Its pair relation, `mask` of `relation_of_region`.
        slots: Where and when modules could be held.
    """
    people = market.n_people
    worth = np.zeros((people, len(market.taxonomy.skill_ids)), dtype=np.float32)
    fits = np.zeros((people, len(slots)), dtype=np.bool_)
    found: list[_Found] = []
    for block in (range(first, min(first + AT_ONCE, people)) for first in range(0, people, AT_ONCE)):
        here = _situation(market, block)
        taught = [item.of for item in here.catalogue.items.items[: here.standing.worth.shape[1]]]
        worth[block.start : block.stop, taught] = here.standing.worth
        sessions = [slot.session for slot in slots]
        keeps = np.uint8(TrainingReason.FORMAT | TrainingReason.PLACE)
        fits[block.start : block.stop] = (here.obstacles[:, sessions] & keeps) == 0
        person, profile = np.nonzero(_only_a_course(market, relation, block))
        course, pair = closed_by_courses(market.region, here, person, profile)
        found.append(
            _Found(
                person=(person + block.start).astype(np.int32),
                profile=profile.astype(np.int32),
                missing=here.standing.missing[person, profile],
                skills_alone=~here.standing.wants[person, profile],
                course=course,
                pair=pair + sum(len(each.person) for each in found),
            )
        )
    whole = _Found(*(np.concatenate(each) for each in zip(*found, strict=True)))
    return Gaps(
        person=whole.person,
        profile=whole.profile,
        missing=whole.missing,
        skills_alone=whole.skills_alone,
        by_course={c: whole.pair[whole.course == c] for c in np.unique(whole.course).tolist()},
        worth=worth,
        fits=fits,
        eqf=market.region.table("people")["eqf"].to_numpy().astype(np.int8),
    )


class _Found(NamedTuple):
    """Pairs of some people, as in `Gaps`, and which course closes which of them."""

    person: NDArray[np.int32]
    profile: NDArray[np.int32]
    missing: NDArray[np.float64]
    skills_alone: NDArray[np.bool_]
    course: NDArray[np.int64]
    pair: NDArray[np.int64]


def _situation(market: Market, people: range) -> Situation:
    given = (market.region, market.taxonomy, market.profiles, market.requirements)
    return situation(*given, reachable_sessions(market, people), people, market.learning)


def _only_a_course(market: Market, relation: Mapping[str, NDArray[np.generic]], people: range) -> NDArray[np.bool_]:
    """Return for which profiles a person has a post that the lack of a course alone stands before, bool[n, r]."""
    mask = np.asarray(relation["mask"][people.start : people.stop])
    profiles = np.zeros((len(people), len(market.requirements)), dtype=np.bool_)
    person, post = np.nonzero(mask == int(Barrier.TRAINING))
    profiles[person, market.requirements.of_vacancy[post]] = True
    return profiles


def bundles_of(market: Market, gaps: Gaps, parameters: DesignParameters = PARAMETERS) -> tuple[Bundle, ...]:
    """
    Return what is worth a look: new bundles of skills, and after them the courses that close a gap alone.

    A new bundle is, for each profile, the shortest list of its skills that closes most of its gaps: skills stand in the order of
    what they bring for their weeks to all who lack them; the list is cut where it closes `share_closed` of what all of it closes,
    and is left out where it takes longer than `longest_weeks`.

    Args:
        market: The prepared region.
        gaps: Pairs that something taught could open.
        parameters: Assumed values.
    """
    return (*_new_bundles(market, gaps, parameters), *_courses(market, gaps, parameters))


def _new_bundles(market: Market, gaps: Gaps, parameters: DesignParameters) -> Iterator[Bundle]:
    weeks = _weeks(market)
    levels: dict[tuple[int, ...], int] = {}
    for profile in np.unique(gaps.profile[gaps.skills_alone]).tolist():
        of = gaps.skills_alone & (gaps.profile == profile)
        skills = market.requirements.must.row(profile)
        worth = gaps.worth[gaps.person[of]][:, skills].astype(np.float64)
        order = np.argsort(-worth.sum(axis=0) / np.maximum(weeks[skills], 0.1), kind="stable")
        closed = (worth[:, order].cumsum(axis=1) + TOLERANCE >= gaps.missing[of][:, None]).sum(axis=0)
        if not closed[-1]:
            continue
        n = int(np.argmax(closed >= parameters.share_closed * closed[-1])) + 1
        chosen = tuple(sorted(skills[order[:n]].tolist()))
        if weeks[list(chosen)].sum() <= parameters.longest_weeks:
            eqf = int(market.requirements.eqf[profile])
            levels[chosen] = min(eqf, levels.get(chosen, eqf))
    for chosen in sorted(levels):
        length = float(weeks[list(chosen)].sum())
        units = math.ceil(length * parameters.full_time_hours * 60 / 45)
        yield Bundle(chosen, length, max(1, levels[chosen] - 1), units)  # who begins stands a level below at least


def _courses(market: Market, gaps: Gaps, parameters: DesignParameters) -> Iterator[Bundle]:
    """Yield the courses that close a gap alone, as they are."""
    row = {name: s for s, name in enumerate(market.taxonomy.skill_ids)}
    teaches = market.region.table("course_skills").group_by("course_id").agg("skill_id")
    skills = dict(teaches.iter_rows())
    for course in sorted(gaps.by_course):
        told = market.region.table("courses").row(course, named=True)
        hours = told["hours_per_week"]
        yield Bundle(
            skills=tuple(sorted(row[name] for name in skills.get(told["course_id"], []))),
            weeks=told["weeks"] * hours / parameters.full_time_hours,
            entry=told["entry_eqf"],
            units=told["teaching_units"],
            course=course,
            format=told["format"],
            hours_per_week=hours,
        )


def _weeks(market: Market) -> NDArray[np.float64]:
    """Return the weeks full time to learn each skill, float64[skills]."""
    by_class = pl.col("class").replace_strict(dict(market.learning.weeks_to_learn), return_dtype=pl.Float64)
    return market.region.table("skills").select(pl.col("learning_weeks").fill_null(by_class)).to_series().to_numpy()


def closes(market: Market, gaps: Gaps, bundle: Bundle) -> NDArray[np.bool_]:
    """Return which pairs a bundle closes for people who stand high enough to begin, bool[m]."""
    if bundle.course is not None:
        closed = np.zeros(len(gaps.person), dtype=np.bool_)
        closed[gaps.by_course[bundle.course]] = True
        return closed
    taught = np.zeros(gaps.worth.shape[1], dtype=np.bool_)
    taught[list(bundle.skills)] = True
    must = market.requirements.must
    gained = np.zeros(len(gaps.person))
    for profile in np.unique(gaps.profile[gaps.skills_alone]).tolist():
        skills = must.row(profile)
        skills = skills[taught[skills]]
        if len(skills):
            of = np.flatnonzero(gaps.skills_alone & (gaps.profile == profile))
            gained[of] = gaps.worth[gaps.person[of]][:, skills].astype(np.float64).sum(axis=1)
    enters = gaps.eqf[gaps.person] >= bundle.entry
    return np.asarray((gained + TOLERANCE >= gaps.missing) & (gained > 0) & enters, dtype=np.bool_)


def days(region: Region, bundle: Bundle, slot: Slot, parameters: DesignParameters = PARAMETERS) -> tuple[date, date]:
    """Return first and last day: the first Monday after the notice, as many weeks as the hours take."""
    start = region.manifest.day + timedelta(weeks=parameters.notice_weeks)
    start += timedelta(days=-start.weekday() % 7)
    weeks = math.ceil(round(bundle.weeks * parameters.full_time_hours / slot.hours_per_week, 6))
    return start, start + timedelta(days=7 * weeks - 3)
