# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Which sessions do not fit which people, whatever else is planned, and why."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.learning.offers import Sessions
from drehkreuz.learning.parameters import LearningParameters
from drehkreuz.learning.reasons import TrainingReason
from drehkreuz.region import Region, kept
from drehkreuz.skills.rows import rows_of

WORKDAYS: Final = (0, 1, 2, 3, 4)
WEEKEND: Final = (5, 6)


def obstacles(
    region: Region,
    sessions: Sessions,
    reachable_sessions: NDArray[np.bool_],
    people: range,
    parameters: LearningParameters,
) -> NDArray[np.uint8]:
    """
    Compare each session with each person of a block.

    FORMAT: more hours a week than the person can learn; online or hybrid, and the person cannot learn online; or taught at
    hours outside the times the person named. PLACE: the learning place is out of reach. DATE: begins before the region's day
    or ends after the horizon. SEATS: none left. ENTRY: asks a higher level than the person's. What depends on the plan
    (overlap, language, prerequisites, the sum of fees) is not looked at here.

    Courses are taught Monday to Friday, those of format "weekend" on Saturday and Sunday. A person who named times needs
    as many of these days with a window around the hours of teaching as the hours a week take (assumed: the days can be
    agreed on). A course of format "online" is learned at any hour (assumed).

    Args:
        region: The region.
        sessions: Its sessions.
        reachable_sessions: bool[len(people), rows of `course_sessions`]; not read where a session has no place.
        people: The block of people.
        parameters: The horizon.

    Returns:
        uint8[len(people), sessions], bits of `TrainingReason`.

    Raises:
        ValueError: If `reachable_sessions` is not of that shape.
        InputError: If `person_times` names a person who is not there.
    """
    if reachable_sessions.shape != (len(people), sessions.held):
        message = f"reachable_sessions is {reachable_sessions.shape}, not {(len(people), sessions.held)}"
        raise ValueError(message)
    found = np.zeros((len(people), len(sessions.course)), dtype=np.uint8)
    found[_format(region, sessions, people)] |= np.uint8(TrainingReason.FORMAT)
    found[:, : sessions.held][_out_of_reach(region, reachable_sessions)] |= np.uint8(TrainingReason.PLACE)
    found[:, _out_of_time(region, sessions, parameters)] |= np.uint8(TrainingReason.DATE)
    found[:, : sessions.held][:, (region.table("course_sessions")["seats"] <= 0).to_numpy()] |= np.uint8(
        TrainingReason.SEATS
    )
    found[_level_too_high(region, sessions, people)] |= np.uint8(TrainingReason.ENTRY)
    return found


def _format(region: Region, sessions: Sessions, people: range) -> NDArray[np.bool_]:
    persons = region.table("people")[people.start : people.stop]
    courses = region.table("courses")
    too_much = courses["hours_per_week"].to_numpy() > persons["learning_hours_max"].to_numpy()[:, None]
    online = courses["format"].is_in(["online", "hybrid"]).to_numpy()
    misfit = too_much | (online & ~persons["learning_online"].to_numpy()[:, None])
    found: NDArray[np.bool_] = misfit[:, sessions.course]
    found[:, : sessions.held] |= _outside_times(region, people)
    return found


def _outside_times(region: Region, people: range) -> NDArray[np.bool_]:
    """Return where a person named times and too few days have a window around the hours of teaching."""
    times = region.table("person_times").with_columns(person=rows_of(region, "person_times", "person_id", "people"))
    times = times.filter(pl.col("person").is_between(people.start, people.stop, closed="left"))
    person, day, begin, end = (times[name].to_numpy() for name in ("person", "day", "from", "to"))
    named = np.isin(np.arange(people.start, people.stop), person)
    weeks, of_session = _teaching(region.ground)
    too_few = np.zeros((len(people), len(weeks)), dtype=np.bool_)
    for w, (first, last, days, wanted) in enumerate(weeks):
        around = np.isin(day, days) & (begin <= first) & (end >= last)
        free = np.unique(person[around].astype(np.int64) * 7 + day[around]) // 7 - people.start
        too_few[:, w] = named & (np.bincount(free, minlength=len(people)) < wanted)
    return too_few[:, of_session]


class _Teaching(NamedTuple):
    """Hours of teaching, the days on which they may lie, and how many of these are needed; none online."""

    first: int
    last: int
    days: tuple[int, ...]
    wanted: int


@kept
def _teaching(region: Region) -> tuple[list[_Teaching], NDArray[np.int64]]:
    """Return the distinct weeks of teaching, and which of them each session has."""
    number: dict[_Teaching, int] = {}
    of_session: list[int] = []
    courses = region.table("courses").select("course_id", "format", "hours_per_week")
    sessions = region.table("course_sessions").select("course_id", "day_start", "day_end")
    taught = sessions.join(courses, on="course_id", how="left", maintain_order="left")
    for first, last, form, hours_per_week in taught.drop("course_id").iter_rows():
        days = WEEKEND if form == "weekend" else WORKDAYS
        wanted = min(math.ceil(hours_per_week * 60 / max(last - first, 1)), len(days)) if form != "online" else 0
        of_session.append(number.setdefault(_Teaching(first, last, days, wanted), len(number)))
    return list(number), np.array(of_session, dtype=np.int64)


def _out_of_reach(region: Region, reachable_sessions: NDArray[np.bool_]) -> NDArray[np.bool_]:
    has_place = region.table("course_sessions")["place_id"].is_not_null().to_numpy()
    out_of_reach: NDArray[np.bool_] = has_place & ~reachable_sessions
    return out_of_reach


def _out_of_time(region: Region, sessions: Sessions, parameters: LearningParameters) -> NDArray[np.bool_]:
    day = region.manifest.day
    horizon = pl.select(pl.lit(day).dt.offset_by(f"{parameters.horizon_months}mo")).item()
    never_held = np.arange(len(sessions.course)) >= sessions.held
    return np.asarray(never_held | (sessions.start < 0) | (sessions.end > (horizon - day).days))


def _level_too_high(region: Region, sessions: Sessions, people: range) -> NDArray[np.bool_]:
    eqf = region.table("people")[people.start : people.stop]["eqf"].to_numpy()
    too_high: NDArray[np.bool_] = region.table("courses")["entry_eqf"].to_numpy()[sessions.course] > eqf[:, None]
    return too_high
