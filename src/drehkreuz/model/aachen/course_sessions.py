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
        *(date(2027, 2, 8), date(2028, 2, 28)),  # Rosenmontag
        *(date(2027, 3, 29), date(2027, 5, 17), date(2027, 11, 1)),  # Easter and Whit Monday, All Saints
    }
)
"""Mondays on which no course begins."""
OPEN: Final = np.array(
    [
        monday.toordinal()
        for monday in (FIRST + timedelta(weeks=i) for i in range((LAST - FIRST).days // 7 + 1))
        if monday not in CLOSED
    ]
)
"""Mondays on which courses begin, day numbers."""

TERMS: Final = {
    "halves": (date(2027, 2, 1), date(2027, 8, 2), date(2028, 2, 7)),
    "terms": (date(2027, 2, 15), date(2027, 9, 6), date(2028, 2, 14)),
}
"""When courses begin that do not begin at any time."""
HELD: Final = 0.6
"""Share of terms in which a provider begins the course; assumed."""
SECOND_CHAIN: Final = 26
"""Weeks after which a Teilqualifikation begins anew; assumed."""
FIRST_CHAINS: Final = 12
"""Teilqualifikationen begin within so many weeks after the first Monday; assumed."""
OFTEN: Final = ((2.0, 3.6), (8.0, 2.5), (26.0, 1.8), (200.0, 1.2))
"""Longest course, weeks; how often it is held between the first and the last Monday, on average: assumed."""
EPOCH: Final = date(1970, 1, 1).toordinal()


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
    first = pl.col("monday") + pl.when("saturday").then(5).when(short).then((u * (6 - days)).floor()).otherwise(0)
    lasts = (
        pl.when("saturday")
        .then(7 * (pl.col("weeks") - 1))
        .when(short)
        .then(days - 1)
        .otherwise(7 * pl.col("weeks") - 3)
    )
    return (
        TABLES["course_sessions"]
        .conform(
            both.with_columns(first=first.cast(pl.Int32) - EPOCH, lasts=lasts.cast(pl.Int32)).select(
                "course_id",
                "place_id",
                "day_start",
                "day_end",
                session_id=pl.format("{}-{}", "course_id", "number"),
                start=pl.col("first").cast(pl.Date),
                end=(pl.col("first") + pl.col("lasts")).cast(pl.Date),
                seats=(pl.col("min") + ((pl.col("seats") - pl.col("min") + 1) * v).floor()).cast(pl.Int64),
                min_participants="min",
            )
        )
        .sort("session_id")
    )


def _held(courses: pl.DataFrame, rows: Ints, mondays: Ints) -> pl.DataFrame:
    return pl.DataFrame({"course_id": courses["course_id"].gather(rows), "monday": mondays})


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
    """Begin each module when the one before has ended and a week has passed, and the whole anew half a year later."""
    ordered = courses.sort("chained", "module_number").with_columns(
        after=(pl.col("weeks") + 1).cum_sum().over("chained") - pl.col("weeks") - 1,
        chain=pl.col("chained").rle_id().cast(pl.Int64),
    )
    chain = ordered["chain"].to_numpy()
    first = OPEN[np.floor(stream.uniform(int(chain.max(initial=-1)) + 1) * FIRST_CHAINS).astype(np.int64)]
    start = first[chain] + 7 * np.ceil(ordered["after"].to_numpy()).astype(np.int64)
    again = start + 7 * SECOND_CHAIN
    anew = np.flatnonzero(again <= OPEN[-1])
    rows = np.concatenate([np.arange(len(ordered)), anew])
    mondays = np.concatenate([start, again[anew]])
    closed = np.isin(mondays, [day.toordinal() for day in CLOSED])
    return _held(ordered, rows, mondays + 7 * closed)
