# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Who could learn at a place: who gets there and back by day, in the morning and in the evening, and at those hours can."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.errors import Finding, InputError
from drehkreuz.learning.obstacles import obstacles
from drehkreuz.learning.offers import list_sessions
from drehkreuz.learning.parameters import PARAMETERS, LearningParameters
from drehkreuz.learning.reasons import TrainingReason
from drehkreuz.planning.maximal_cover import maximal_cover
from drehkreuz.planning.placement import Placement
from drehkreuz.planning.siting import Siting
from drehkreuz.progress import SILENT, Progress
from drehkreuz.reach import session_commutes, triples
from drehkreuz.reach.stage import minutes_of_region
from drehkreuz.region import TABLES, Cache, Region, blocks
from drehkreuz.region.csr import Csr


@dataclass(frozen=True, slots=True)
class Hours:
    """
    When something would be taught, and how much of a week it takes; assumed, as courses usually are.

    Attributes:
        name: What people call it.
        format: As in `courses`.
        day_start: Minutes after midnight.
        day_end: Minutes after midnight.
        hours_per_week: Hours a week.
    """

    name: str
    format: str
    day_start: int
    day_end: int
    hours_per_week: float


HOURS: Final = (
    Hours("day", "daytime", 8 * 60, 15 * 60 + 30, 36.0),
    Hours("morning", "part_time", 8 * 60 + 30, 12 * 60 + 30, 20.0),
    Hours("evening", "evening", 18 * 60, 21 * 60, 6.0),
)


@dataclass(frozen=True, slots=True, eq=False)
class Learners:
    """
    Who could learn where and when.

    Attributes:
        places: Rows of `places`.
        hours: When.
        could: bool[people, places, hours]: gets there and back within the own limit, has so many hours a week, and is free then.
        arrives: bool[people, places, hours]: gets there and back, whatever else.
        weight: float64[people], how many each row stands for.
        care: bool[people], has a child or a relative to care for.
    """

    places: NDArray[np.int64]
    hours: tuple[Hours, ...]
    could: NDArray[np.bool_]
    arrives: NDArray[np.bool_]
    weight: NDArray[np.float64]
    care: NDArray[np.bool_]

    def counted(self, who: NDArray[np.bool_] | None = None) -> NDArray[np.float64]:
        """Return how many could learn at each place at each time, float64[places, hours]; of some people, or of all."""
        weight = self.weight if who is None else np.where(who, self.weight, 0.0)
        return np.asarray(np.einsum("p,pxh->xh", weight, self.could))


def learners(
    region: Region,
    places: Sequence[int],
    hours: tuple[Hours, ...] = HOURS,
    parameters: LearningParameters = PARAMETERS,
    *,
    cache: Cache | None = None,
    progress: Progress = SILENT,
) -> Learners:
    """
    Work out who could learn at some places.

    A course is thought of at each place for each of the times, and asked about as any other: ways there and back, hours a week, times
    that people named, those with care duties by their own.

    Args:
        region: The region.
        places: Rows of `places`.
        hours: When.
        parameters: Assumed values of learning.
        cache: Where ways are kept; None: computed always.
        progress: Told of every piece of work.
    """
    thought = _thought(region, places, hours)
    where = triples(thought)
    ways = minutes_of_region(thought, where, cache=cache, progress=progress)
    sessions = list_sessions(thought)
    people = region.table("people")
    shape = (len(people), len(places), len(hours))
    could, arrives = np.zeros(shape, dtype=np.bool_), np.zeros(shape, dtype=np.bool_)
    for block in blocks(len(people)):
        reached = session_commutes(thought, where, ways, block).reachable
        keeps = obstacles(thought, sessions, reached, block, parameters)
        keeps &= np.uint8(TrainingReason.FORMAT | TrainingReason.PLACE)
        some = slice(block.start, block.stop)
        arrives[some] = reached.reshape(len(block), *shape[1:])
        could[some] = (keeps == 0).reshape(len(block), *shape[1:])
    return Learners(
        places=np.asarray(places, dtype=np.int64),
        hours=hours,
        could=could,
        arrives=arrives,
        weight=people["weight"].to_numpy(),
        care=people["person_id"].is_in(region.table("care")["person_id"].implode()).to_numpy(),
    )


def _thought(region: Region, places: Sequence[int], hours: tuple[Hours, ...]) -> Region:
    """Return the region with nothing but one course for each of the times, held at each place."""
    ids = region.table("places")["place_id"].gather(list(places)).to_list()
    first = region.manifest.day + timedelta(weeks=1)
    courses = [
        {
            "course_id": each.name,
            "title": each.name,
            "provider": each.name,
            "teaching_units": 1,
            "hours_per_week": each.hours_per_week,
            "weeks": 1.0,
            "format": each.format,
            "fee_eur": 0.0,
        }
        for each in hours
    ]
    sessions = [
        {
            "session_id": f"{place} {each.name}",
            "course_id": each.name,
            "place_id": place,
            "start": first,
            "end": first + timedelta(days=4),
            "day_start": each.day_start,
            "day_end": each.day_end,
        }
        for place in ids
        for each in hours
    ]
    made = {"courses": courses, "course_sessions": sessions}
    empty = ("vacancies", "vacancy_places", "course_skills", "course_prerequisites", "course_funding")
    return region.with_tables(
        {name: _frame(name, rows) for name, rows in made.items()} | {name: region.table(name).clear() for name in empty}
    )


def _frame(name: str, rows: list[dict[str, object]]) -> pl.DataFrame:
    schema = TABLES[name]
    columns = {column: schema.polars[column] for column in (rows[0] if rows else ())}
    return schema.conform(pl.DataFrame(rows, schema=columns)) if rows else schema.empty()


def best_places(found: Learners, n: int, when: str, existing: NDArray[np.bool_]) -> Placement:
    """
    Choose the places at which most people could learn at one time, beside those where something is taught already.

    Args:
        found: Who could learn where and when.
        n: Places to open at most.
        when: Name of the time.
        existing: bool[places], where something is taught.

    Raises:
        InputError: If there is no such time.
    """
    names = [each.name for each in found.hours]
    if when not in names:
        raise InputError(Finding("--when", "", "", when, "is no time of teaching", f"Use one of {', '.join(names)}."))
    person, place = np.nonzero(found.could[:, :, names.index(when)])
    return maximal_cover(
        Siting(covers=Csr.from_pairs(place, person, len(found.places)), weight=found.weight, existing=existing), n
    )
