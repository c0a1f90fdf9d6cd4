# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Every workplace and learning place with the times at which people must be there: what reach is computed for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.errors import Finding
from drehkreuz.reach.modes import DayType
from drehkreuz.reach.points import rows_of
from drehkreuz.region import Region
from drehkreuz.region.csr import Csr

MINUTES_PER_DAY = 1440


@dataclass(frozen=True, slots=True, eq=False)
class Triples:
    """
    The distinct (place, begin, end) that occur, by place, begin, end, day types.

    Attributes:
        place: int32[t], row of table `places`.
        start: int32[t], minutes after midnight of the day of arrival, 0 to 1,439: be at the door by then, handover included.
        end: int32[t], minutes after midnight of the day of the way home, 0 to 1,439: leave the door then.
        day_out: int8[t], `DayType` of the day of arrival.
        day_back: int8[t], `DayType` of the day of the way home; after a night the day on which it ends.
        of_vacancy: Rows of vacancies; a post that is never done at a place has none.
        days: float64[m], days a week of each entry of `of_vacancy`.
        further: bool[m], whether the entry is a further place of the post only (`vacancy_places`).
        of_session: int32[sessions], triple of each course session, -1 online.
        findings: Rotas without a shift.
    """

    place: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    day_out: NDArray[np.int8]
    day_back: NDArray[np.int8]
    of_vacancy: Csr
    days: NDArray[np.float64]
    further: NDArray[np.bool_]
    of_session: NDArray[np.int32]
    findings: tuple[Finding, ...]

    def __len__(self) -> int:
        return len(self.place)


_KEY = ("place", "start", "end", "day_out", "day_back")


def triples(region: Region) -> Triples:
    """
    Collect every triple of the region's vacancies, their further places and course sessions.

    Shifts on call are left out. Presence begins and ends with the handover. A post's days a week at its workplace are the least
    of `presence_days`, what `remote_share` leaves of the rota, and what its further places leave of it, shared out evenly over
    the rota's shifts; reach must hold on every shift all the same, unless the post is wholly remote. Further places and courses
    run on weekdays, courses of format `weekend` on Saturdays.

    Raises:
        InputError: If a row names a place, rota or course that does not exist.
    """
    shifts = _vacancy_shifts(region)
    sessions = _sessions(region)
    entries = pl.concat([shifts, _further_places(region)])
    distinct = pl.concat([entries.select(_KEY), sessions.select(_KEY)]).unique().sort(_KEY)
    index = distinct.with_columns(triple=pl.row_index().cast(pl.Int64))
    rows = (
        entries.join(index, on=_KEY)
        .group_by("vacancy", "triple")
        .agg(pl.sum("days"), pl.all("further"))
        .sort("vacancy", "triple")
    )
    of_session = np.full(len(region.table("course_sessions")), -1, dtype=np.int32)
    held = sessions.join(index, on=_KEY)
    of_session[held["session"].to_numpy()] = held["triple"].to_numpy()
    return Triples(
        place=index["place"].to_numpy().astype(np.int32),
        start=index["start"].to_numpy().astype(np.int32),
        end=index["end"].to_numpy().astype(np.int32),
        day_out=index["day_out"].to_numpy().astype(np.int8),
        day_back=index["day_back"].to_numpy().astype(np.int8),
        of_vacancy=Csr.from_pairs(rows["vacancy"], rows["triple"], len(region.table("vacancies"))),
        days=rows["days"].to_numpy(),
        further=rows["further"].to_numpy(),
        of_session=of_session,
        findings=_rotas_without_shifts(region),
    )


def _vacancy_shifts(region: Region) -> pl.DataFrame:
    """Return one row per vacancy and shift of its rota, with the days a week it stands for."""
    rota_days = pl.col("shifts") / pl.col("weeks")
    vacancies = (
        _with_rows(region, "vacancies", place="place_id", rota="shift_system_id")
        .with_columns(vacancy=pl.row_index().cast(pl.Int64))
        .select("vacancy_id", "vacancy", "place", "rota", "presence_days", "remote_share")
        .filter((pl.col("presence_days") > 0) & (pl.col("remote_share") < 1))
        .join(
            region.table("vacancy_places").group_by("vacancy_id").agg(elsewhere=pl.sum("days")),
            on="vacancy_id",
            how="left",
        )
    )
    return (
        vacancies.join(_shifts(region), on="rota")
        .with_columns(
            present=pl.min_horizontal(
                "presence_days",
                rota_days * (1 - pl.col("remote_share")),
                (rota_days - pl.col("elsewhere").fill_null(0.0)).clip(0.0),
            )
        )
        .select("vacancy", *_KEY, days=pl.col("present") / pl.col("shifts"), further=pl.lit(value=False))
    )


def _shifts(region: Region) -> pl.DataFrame:
    """Return one row per shift worked at the place: rota, times and day types, number of the rota's shifts and weeks."""
    rotas = region.table("shift_systems").select("weeks", "handover_minutes", rota=pl.row_index().cast(pl.Int64))
    begin, end = pl.col("start") - pl.col("handover_minutes"), pl.col("end") + pl.col("handover_minutes")
    return (
        _with_rows(region, "shifts", rota="shift_system_id")
        .filter(~pl.col("on_call"))
        .join(rotas, on="rota")
        .with_columns(shifts=pl.len().over("rota"))
        .select(
            "rota",
            "shifts",
            "weeks",
            start=begin % MINUTES_PER_DAY,
            end=end % MINUTES_PER_DAY,
            day_out=_day_type(pl.col("day") + begin // MINUTES_PER_DAY),
            day_back=_day_type(pl.col("day") + end // MINUTES_PER_DAY),
        )
    )


def _further_places(region: Region) -> pl.DataFrame:
    weekday = pl.lit(int(DayType.WEEKDAY), dtype=pl.Int64)
    return _with_rows(region, "vacancy_places", vacancy="vacancy_id", place="place_id").select(
        "vacancy",
        "place",
        start=pl.col("start") % MINUTES_PER_DAY,
        end=pl.col("end") % MINUTES_PER_DAY,
        day_out=weekday,
        day_back=weekday,
        days="days",
        further=pl.lit(value=True),
    )


def _sessions(region: Region) -> pl.DataFrame:
    """Return the sessions that are held at a place."""
    formats = region.table("courses").select("format", course=pl.row_index().cast(pl.Int64))
    weekend = pl.col("format") == "weekend"
    day = pl.when(weekend).then(int(DayType.SATURDAY)).otherwise(int(DayType.WEEKDAY)).cast(pl.Int64)
    return (
        _with_rows(region, "course_sessions", place="place_id", course="course_id")
        .with_columns(session=pl.row_index().cast(pl.Int64))
        .filter(pl.col("place") >= 0)
        .join(formats, on="course")
        .select(
            "session",
            "place",
            start=pl.col("day_start") % MINUTES_PER_DAY,
            end=pl.col("day_end") % MINUTES_PER_DAY,
            day_out=day,
            day_back=day,
        )
    )


def _with_rows(region: Region, table: str, **columns: str) -> pl.DataFrame:
    """Return a table with the rows its references point to, each under a name of its own."""
    found = [pl.Series(name, rows_of(region, table, column)) for name, column in columns.items()]
    return region.table(table).with_columns(found)


def _day_type(day: pl.Expr) -> pl.Expr:
    kinds = [int(DayType.of_weekday(weekday)) for weekday in range(7)]
    return (day % 7).replace_strict(list(range(7)), kinds, return_dtype=pl.Int64)


def _rotas_without_shifts(region: Region) -> tuple[Finding, ...]:
    rotas = region.table("vacancies").select("shift_system_id").unique()
    empty = rotas.join(region.table("shifts"), on="shift_system_id", how="anti")["shift_system_id"].sort()
    return tuple(
        Finding(
            "shift_systems",
            rota,
            "",
            "",
            "has no shift, so that no way to work can be computed for its posts",
            "Add its shifts to table shifts.",
        )
        for rota in empty
    )
