# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""When courses begin and end, and how many can take part."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.model.aachen.draw import Draws, Stream
from drehkreuz.region import TABLES

Ints = NDArray[np.int64]

FIRST: Final = date(2026, 11, 16)
LAST: Final = date(2028, 2, 28)
CLOSED: Final = frozenset(
    {
        *(date(2026, 12, 21), date(2026, 12, 28), date(2027, 12, 20), date(2027, 12, 27)),  # Christmas
        *(date(2028, 12, 18), date(2028, 12, 25), date(2029, 1, 1)),  # same
        *(date(2027, 2, 8), date(2028, 2, 28)),  # Rosenmontag
        *(date(2027, 3, 29), date(2028, 4, 17), date(2027, 5, 17), date(2028, 6, 5)),  # Easter and Whit Monday
        *(date(2027, 11, 1), date(2028, 5, 1)),  # All Saints, Labour Day
    }
)
"""Mondays on which no course begins."""
MONDAYS: Final = np.array(
    [day.toordinal() for day in (FIRST + timedelta(weeks=i) for i in range(200)) if day not in CLOSED]
)
"""Other Mondays from the first on, day numbers; long enough for the longest Teilqualifikation."""
OPEN: Final = MONDAYS[LAST.toordinal() >= MONDAYS]
"""Those on which courses begin that stand alone."""

TERMS: Final = {
    "halves": (date(2027, 2, 1), date(2027, 8, 2), date(2028, 2, 7)),
    "terms": (date(2027, 2, 15), date(2027, 9, 6), date(2028, 2, 14)),
}
"""When courses begin that do not begin at any time."""
HELD: Final = 0.6
"""Share of terms in which a provider begins the course; assumed."""
SECOND_CHAIN: Final = 26
"""Weeks after which a Teilqualifikation begins anew; assumed."""
FIRST_CHAINS: Final = 8
"""Teilqualifikationen begin within so many weeks after the first Monday; assumed."""
OFTEN: Final = ((2.0, 3.6), (8.0, 2.5), (26.0, 1.8), (200.0, 1.2))
"""Longest course, weeks; how often it is held between the first and the last Monday, on average: assumed."""
EPOCH: Final = date(1970, 1, 1).toordinal()
"""Day from which Polars counts dates."""


def sessions(courses: pl.DataFrame, draws: Draws) -> pl.DataFrame:
    """
    Return table `course_sessions`.

    Args:
        courses: One row a course in order of `course_id`, with `place_id` (empty: online), `weeks`, `starts` (as in
            `course_types.toml`), `saturday`, `day_start`, `day_end`, `seats`, `min`, `chained` (what its modules share), `module_number`.
        draws: Where chance comes from.
    """
    stream = draws.stream("course sessions")
    held = pl.concat(
        [
            _rolling(courses.filter(pl.col("starts") == "rolling"), stream),
            *(_terms(courses.filter(pl.col("starts") == name), days, stream) for name, days in TERMS.items()),
            _chains(courses.filter(pl.col("starts") == "chain"), stream),
        ]
    )
    number = pl.int_range(1, pl.len() + 1).over("course_id")
    both = (
        held.sort("course_id", "monday")
        .join(courses, on="course_id", maintain_order="left")
        .with_columns(number=number)
    )
    u, v = (pl.Series(stream.uniform(len(both))) for _ in range(2))
    days = (pl.col("weeks") * 5).round().cast(pl.Int64)
    short = (pl.col("weeks") < 1) & ~pl.col("saturday")
    later = pl.when("saturday").then(5).when(short).then((u * (6 - days)).floor()).otherwise(0)
    lasts = (
        pl.when("saturday")
        .then(7 * (pl.col("weeks") - 1))
        .when(short)
        .then(days - 1)
        .otherwise(7 * pl.col("weeks") - 3)
    )
    both = both.with_columns(start=pl.col("monday") + pl.duration(days=later.cast(pl.Int64)))
    made = both.select(
        "course_id",
        "place_id",
        "start",
        "day_start",
        "day_end",
        session_id=pl.format("{}-{}", "course_id", "number"),
        end=pl.col("start") + pl.duration(days=lasts.cast(pl.Int64)),
        seats=(pl.col("min") + ((pl.col("seats") - pl.col("min") + 1) * v).floor()).cast(pl.Int64),
        min_participants="min",
    )
    return TABLES["course_sessions"].conform(made).sort("session_id")


def _held(courses: pl.DataFrame, rows: Ints, mondays: Ints) -> pl.DataFrame:
    days = pl.Series(mondays - EPOCH).cast(pl.Int32).cast(pl.Date)
    return pl.DataFrame({"course_id": courses["course_id"].gather(rows), "monday": days})


def _rolling(courses: pl.DataFrame, stream: Stream) -> pl.DataFrame:
    """Spread one to four sessions evenly, beginning anywhere."""
    n = len(courses)
    longest, often = np.array(OFTEN).T
    usual = often[np.searchsorted(longest, courses["weeks"].to_numpy())]
    times = np.clip(np.floor(usual + stream.uniform(n)), 1, 4).astype(np.int64)
    rows = np.repeat(np.arange(n), times)
    nth = np.arange(len(rows)) - np.repeat(np.cumsum(times) - times, times)
    at = (nth + stream.uniform(n)[rows]) / times[rows] * len(OPEN)
    return _held(courses, rows, OPEN[at.astype(np.int64)])


def _terms(courses: pl.DataFrame, days: tuple[date, ...], stream: Stream) -> pl.DataFrame:
    """Begin in some of the terms, at least in one."""
    n = len(courses)
    u = stream.uniform(n * len(days)).reshape(n, len(days))
    held = (u < HELD) | (u == u.min(axis=1, keepdims=True))
    rows, term = np.nonzero(held)
    return _held(courses, rows, np.array([day.toordinal() for day in days])[term])


def _chains(courses: pl.DataFrame, stream: Stream) -> pl.DataFrame:
    """
    Begin each module when the one before has ended and a week has passed, and the whole anew half a year later.

    Weeks are counted in Mondays on which courses begin, so that holidays lie between modules. The first chain is published to
    its end; of the second, the modules that begin by the last Monday.
    """
    ordered = courses.sort("chained", "module_number").with_columns(
        after=(pl.col("weeks") + 1).cum_sum().over("chained") - pl.col("weeks") - 1,
        chain=pl.col("chained").rle_id().cast(pl.Int64),
    )
    chain = ordered["chain"].to_numpy()
    first = np.floor(stream.uniform(int(chain.max(initial=-1)) + 1) * FIRST_CHAINS).astype(np.int64)
    start = first[chain] + ordered["after"].cast(pl.Int64).to_numpy()
    anew = np.flatnonzero(start + SECOND_CHAIN < len(OPEN))
    rows = np.concatenate([np.arange(len(ordered)), anew])
    return _held(ordered, rows, MONDAYS[np.concatenate([start, start[anew] + SECOND_CHAIN])])
