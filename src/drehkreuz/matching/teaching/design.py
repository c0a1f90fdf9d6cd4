# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What is worth teaching next: chosen jointly, by how many more people the cleared market places with it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.matching.barriers import NO_BARRIER, Barrier
from drehkreuz.matching.cardinality import Allocation, largest_allocation
from drehkreuz.matching.headcount import Headcount, headcount
from drehkreuz.matching.market import Market
from drehkreuz.matching.teaching.modules import (
    PARAMETERS,
    Bundle,
    DesignParameters,
    Gaps,
    Slot,
    bundles_of,
    closes,
    days,
    gaps_of,
    slots_of,
)
from drehkreuz.matching.working_set import Wishes
from drehkreuz.region import TABLES, Region

FUNDED_ABOVE: Final = 160
"""Teaching units of 45 minutes above which § 82 (1) no. 4 SGB III lets people in work be funded: more than 120 hours."""

Pairs = tuple[NDArray[np.int32], NDArray[np.int32]]


@dataclass(frozen=True, slots=True, eq=False)
class Module:
    """
    A module worth creating, or a course worth holding once more.

    Attributes:
        bundle: What is taught.
        slot: Where and when.
        learners: People to whom it opens a post that nothing else stands before.
        more_placed: People placed more with it than with the modules before it, the market cleared again.
        jobs: Openings filled more by occupation (rows of `occupations`), most first: of one largest allocation, in which others may move up.
        asked_by: Openings of the posts that it opens to anybody.
        break_even: Least participants whose fees pay a run.
    """

    bundle: Bundle
    slot: Slot
    learners: int
    more_placed: int
    jobs: tuple[tuple[int, int], ...]
    asked_by: int
    break_even: int


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """
    Modules chosen jointly.

    Attributes:
        modules: In the order in which they add most.
        placed_today: People that the largest allocation places without them.
        at_most: People that no choice of as many modules among the candidates could place more.
        candidates: Bundles times slots that were looked at.
        cleared: How often the market was cleared.
    """

    modules: tuple[Module, ...]
    placed_today: int
    at_most: int
    candidates: int
    cleared: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    bundle: int
    slot: int
    learners: int


def design(
    market: Market,
    relation: Mapping[str, NDArray[np.generic]],
    n: int = 5,
    parameters: DesignParameters = PARAMETERS,
) -> Design:
    """
    Choose the next modules to create.

    Each step adds the module with which the largest allocation of people to openings grows most, given those chosen before it.
    A module cannot add more than the people to whom it opens anything, nor more than its bundle held in every slot at once: so
    candidates are cleared in falling order of the one, those that the other rules out and the rest left alone once none can do better.
    The choice is the same as with every one cleared. Of equals the first in order of skills, then
    the one that lasts shorter.

    Pairs count that the module alone opens; with other courses it may open more, so `more_placed` is what is promised at least.

    Args:
        market: The prepared region.
        relation: Its pair relation, `mask` of `relation_of_region`.
        n: Modules at most; fewer where none adds anything.
        parameters: Assumed values.
    """
    region = market.region
    slots = slots_of(region)
    gaps = gaps_of(market, relation, slots)
    bundles = bundles_of(market, gaps, parameters)
    counted = headcount(region.table("people"))
    opened = [np.flatnonzero(closes(market, gaps, bundle)) for bundle in bundles]
    candidates = _candidates(market, gaps, bundles, slots, opened, counted, parameters)
    clearing = _Clearing.of(market, relation, counted)
    chosen: list[Module] = []
    added: list[Pairs] = []
    base = before = clearing.cleared(added)
    everywhere = [
        _pairs(market, relation, gaps, of, [s for s, slot in enumerate(slots) if bundle.held_in(slot)])
        for bundle, of in zip(bundles, opened, strict=True)
    ]
    single = sum(each.learners for each in candidates[:n])
    while len(chosen) < n:
        best: tuple[int, _Candidate, Allocation, Pairs] | None = None
        most_of: dict[int, int] = {}
        for candidate in candidates:
            least = 0 if best is None else best[0]
            if candidate.learners <= least:
                break
            if candidate.bundle not in most_of:
                held = clearing.cleared([*added, everywhere[candidate.bundle]], before)
                most_of[candidate.bundle] = held.value - before.value
            if most_of[candidate.bundle] <= least:
                continue
            pairs = _pairs(market, relation, gaps, opened[candidate.bundle], [candidate.slot])
            after = clearing.cleared([*added, pairs], before)
            if after.value - before.value > least:
                best = after.value - before.value, candidate, after, pairs
        if best is None:
            break
        gain, candidate, after, pairs = best
        bundle, slot = bundles[candidate.bundle], slots[candidate.slot]
        jobs = _jobs(region, before, after)
        asked_by = int(region.table("vacancies")["openings"].gather(np.unique(pairs[1])).sum())
        even = math.ceil(parameters.unit_cost_eur / unit_fee(region, bundle, parameters))
        chosen.append(Module(bundle, slot, candidate.learners, gain, jobs, asked_by, even))
        added.append(pairs)
        before = after
        candidates = [each for each in candidates if each.bundle != candidate.bundle or each.slot != candidate.slot]
    most = clearing.cleared(everywhere, base).value - base.value  # every bundle in every slot
    return Design(
        modules=tuple(chosen),
        placed_today=base.value,
        at_most=min(most, single),
        candidates=sum(bundle.held_in(slot) for bundle in bundles for slot in slots),
        cleared=clearing.count[0],
    )


def _candidates(
    market: Market,
    gaps: Gaps,
    bundles: Sequence[Bundle],
    slots: Sequence[Slot],
    opened: Sequence[NDArray[np.int64]],
    counted: Headcount,
    parameters: DesignParameters,
) -> list[_Candidate]:
    """Return what could be created and opens anything, most learners first; what is offered so already is left out."""
    existing = _existing(market)
    manual = set(market.region.table("skills").filter(pl.col("class") == "manual")["skill_id"])
    found = []
    for b, bundle in enumerate(bundles):
        people = np.unique(gaps.person[opened[b]])
        learners = counted.of_row[people] @ gaps.fits[people]
        taught = {market.taxonomy.skill_ids[s] for s in bundle.skills}
        for s in np.flatnonzero(learners).tolist():
            slot = slots[s]
            offered = existing.get((slot.place_id, slot.format), [])
            if not bundle.held_in(slot) or not _in_time(market, bundle, slot, parameters):
                continue
            if (
                bundle.course is None
                and slot.format == "online"
                and len(taught & manual) > parameters.hands * len(taught)
            ):
                continue
            if bundle.course is None and any(taught <= skills for skills in offered):
                continue
            found.append(_Candidate(b, s, int(learners[s])))

    def first(each: _Candidate) -> tuple[int, int, float, int]:
        return -each.learners, each.bundle, -slots[each.slot].hours_per_week, each.slot

    return sorted(found, key=first)


def placed(market: Market, relation: Mapping[str, NDArray[np.generic]]) -> int:
    """
    Return how many people a largest allocation along pairs without a barrier places.

    Args:
        market: The prepared region.
        relation: Its pair relation, `mask` of `relation_of_region`.
    """
    return _Clearing.of(market, relation, headcount(market.region.table("people"))).cleared([]).value


def _in_time(market: Market, bundle: Bundle, slot: Slot, parameters: DesignParameters) -> bool:
    """Return whether a module ends before the horizon of learning and does not drag on."""
    start, end = days(market.region, bundle, slot, parameters)
    months = f"{market.learning.horizon_months}mo"
    horizon = pl.select(pl.lit(market.region.manifest.day).dt.offset_by(months)).item()
    drags_on = bundle.course is None and (end - start).days > 7 * parameters.longest_run_weeks
    return bool(end <= horizon) and not drags_on


def _existing(market: Market) -> dict[tuple[str | None, str], list[set[str]]]:
    """Return what is taught, with seats left, at each place in each format."""
    region = market.region
    taught: dict[str, set[str]] = {}
    for course, skill in region.table("course_skills").select("course_id", "skill_id").iter_rows():
        taught.setdefault(course, set()).add(skill)
    held = region.table("course_sessions").filter(pl.col("seats") > 0, pl.col("start") >= region.manifest.day)
    rows = held.join(region.table("courses"), on="course_id").select("place_id", "format", "course_id").unique()
    found: dict[tuple[str | None, str], list[set[str]]] = {}
    for place, form, course in rows.iter_rows():
        found.setdefault((place, form), []).append(taught.get(course, set()))
    return found


def _pairs(
    market: Market,
    relation: Mapping[str, NDArray[np.generic]],
    gaps: Gaps,
    opened: NDArray[np.int64],
    slots: Sequence[int],
) -> Pairs:
    """Return the pairs of people and posts that a bundle opens in any of some slots: rows of both tables."""
    person, profile = gaps.person[opened], gaps.profile[opened]
    fits = gaps.fits[person][:, list(slots)].any(axis=1)
    person, profile = person[fits], profile[fits]
    posts_of: dict[int, NDArray[np.int64]] = {
        int(r): np.flatnonzero(market.requirements.of_vacancy == r) for r in np.unique(profile)
    }
    people = [np.repeat(p, len(posts_of[int(r)])) for p, r in zip(person, profile, strict=True)]
    posts = [posts_of[int(r)] for r in profile]
    if not people:
        return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int32)
    who, where = np.concatenate(people), np.concatenate(posts)
    alone = np.asarray(relation["mask"])[who, where] == int(Barrier.TRAINING)
    return who[alone].astype(np.int32), where[alone].astype(np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class _Clearing:
    """The market without barriers, cleared again with more pairs."""

    people: NDArray[np.int32]
    posts: NDArray[np.int32]
    counted: Headcount
    capacity: NDArray[np.int32]
    count: list[int]

    @classmethod
    def of(cls, market: Market, relation: Mapping[str, NDArray[np.generic]], counted: Headcount) -> _Clearing:
        people, posts = np.nonzero(np.asarray(relation["mask"]) == 0)
        openings = market.region.table("vacancies")["openings"].to_numpy().astype(np.int32)
        return cls(people.astype(np.int32), posts.astype(np.int32), counted, openings, [0])

    def cleared(self, added: Sequence[Pairs], start: Allocation | None = None) -> Allocation:
        """Return a largest allocation of the people that rows stand for, to begin with another one along some of the pairs."""
        self.count[0] += 1
        rows = np.concatenate([self.people, *(who for who, _ in added)]).astype(np.int64)
        posts = np.concatenate([self.posts, *(where for _, where in added)])
        once = np.unique(rows * len(self.capacity) + posts)
        rows, posts = once // len(self.capacity), (once % len(self.capacity)).astype(np.int32)
        before = np.searchsorted(rows, np.arange(len(self.counted.of_row) + 1))
        of_person = self.counted.row_of
        lengths = (before[1:] - before[:-1])[of_person]
        indptr = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        at = np.arange(indptr[-1]) - np.repeat(indptr[:-1] - before[:-1][of_person], lengths)
        vacancy = posts[at]
        wishes = Wishes(
            people=np.arange(len(of_person), dtype=np.int32),
            indptr=indptr,
            vacancy=vacancy,
            mask=np.zeros(len(vacancy), dtype=np.uint8),
            utility_person=np.zeros(len(vacancy), dtype=np.float32),
            utility_employer=np.zeros(len(vacancy), dtype=np.float32),
            ties=np.zeros(len(vacancy), dtype=np.uint64),
            wishers=np.bincount(vacancy, minlength=len(self.capacity)),
        )
        return largest_allocation(wishes, self.capacity, NO_BARRIER, None if start is None else start.vacancy)


def _jobs(region: Region, before: Allocation, after: Allocation) -> tuple[tuple[int, int], ...]:
    """Return the occupations of which more openings are filled, and how many."""
    posts, occupations = region.table("vacancies")["occupation_id"], region.table("occupations")["occupation_id"]
    row = {name: o for o, name in enumerate(occupations)}
    of_post = np.array([row[name] for name in posts], dtype=np.int64)
    filled = [np.bincount(of_post[each.vacancy[each.vacancy >= 0]], minlength=len(row)) for each in (before, after)]
    more = filled[1] - filled[0]
    return tuple((o, int(more[o])) for o in np.argsort(-more, kind="stable").tolist() if more[o] > 0)


def unit_fee(region: Region, bundle: Bundle, parameters: DesignParameters) -> float:
    """
    Return what a participant's teaching unit brings, EUR.

    That is the fee of the course held once more; of a new module, or where the course has none, the median of the region's
    approved courses with a fee.
    """
    if bundle.course is not None and (fee := region.table("courses")["fee_eur"][bundle.course]) > 0:
        return float(fee) / bundle.units
    courses = region.table("courses").filter("azav", pl.col("fee_eur") > 0)
    if not len(courses):
        return parameters.unit_fee_eur
    return float(courses.select((pl.col("fee_eur") / pl.col("teaching_units")).median()).item())


def created(market: Market, modules: Sequence[Module], parameters: DesignParameters = PARAMETERS) -> Region:
    """
    Return the region with modules created as approved courses, courses held once more, and a seat in each for everybody.

    What a design promises is verified by it: the pair relation of this region, cleared, places at least as many.

    Args:
        market: The prepared region.
        modules: What is created.
        parameters: Assumed values; they set days and length.
    """
    region = market.region
    courses: list[dict[str, object]] = []
    skills: list[dict[str, object]] = []
    sessions: list[dict[str, object]] = []
    for number, module in enumerate(modules, start=1):
        bundle, slot = module.bundle, module.slot
        name = course = f"new-module-{number}"
        start, end = days(region, bundle, slot, parameters)
        if bundle.course is not None:
            course = region.table("courses")["course_id"][bundle.course]
        else:
            courses.append(
                {
                    "course_id": course,
                    "title": course,
                    "provider": "new",
                    "azav": True,
                    "teaching_units": bundle.units,
                    "hours_per_week": slot.hours_per_week,
                    "weeks": ((end - start).days + 3) / 7,
                    "format": slot.format,
                    "entry_eqf": bundle.entry,
                    "fee_eur": bundle.units * unit_fee(region, bundle, parameters),
                }
            )
            skills += [{"course_id": course, "skill_id": market.taxonomy.skill_ids[s]} for s in bundle.skills]
        sessions.append(
            {
                "session_id": f"{name}-1",
                "course_id": course,
                "place_id": slot.place_id,
                "start": start,
                "end": end,
                "day_start": slot.day_start,
                "day_end": slot.day_end,
                "seats": max(1, min(1000, module.learners)),
            }
        )
    new = {"courses": courses, "course_skills": skills, "course_sessions": sessions}
    return region.with_tables({name: _with(region, name, rows) for name, rows in new.items() if rows})


def _with(region: Region, name: str, rows: list[dict[str, object]]) -> pl.DataFrame:
    schema = TABLES[name]
    fresh = schema.conform(pl.DataFrame(rows, schema={column: schema.polars[column] for column in rows[0]}))
    return pl.concat([region.table(name), fresh], how="vertical_relaxed")
