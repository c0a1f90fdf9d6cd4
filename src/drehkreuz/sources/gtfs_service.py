# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The days on which services run: calendar.txt and calendar_dates.txt unfolded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from drehkreuz.errors import Finding, InputError

if TYPE_CHECKING:
    from drehkreuz.sources.gtfs_ledger import Ledger

MAX_DAYS: Final = 20_000_000
"""Service days of one feed. A country's feed has a few million; more means an end date such as 2999."""

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_KEY: Final = ("service_id", "date")
_ADDED, _REMOVED = 1, 2


def read_service_days(calendar: pl.DataFrame, calendar_dates: pl.DataFrame, ledger: Ledger) -> pl.DataFrame:
    """
    Return every service and date on which it runs, ascending.

    Args:
        calendar: `calendar.txt`, typed; may be empty.
        calendar_dates: `calendar_dates.txt`, typed; may be empty.
        ledger: Where faults are entered.

    Raises:
        InputError: If the calendar unfolds into more than `MAX_DAYS` days.
    """
    exceptions = _exceptions(calendar_dates, ledger)
    added = exceptions.filter(pl.col("exception_type") == _ADDED).select(_KEY)
    removed = exceptions.filter(pl.col("exception_type") == _REMOVED).select(_KEY)
    weekly = _weekly(calendar, ledger).join(removed, on=_KEY, how="anti")
    return pl.concat([weekly, added]).unique().sort(_KEY)


def _weekly(calendar: pl.DataFrame, ledger: Ledger) -> pl.DataFrame:
    twice = calendar.filter(~pl.col("service_id").is_first_distinct())
    ledger.fault("calendar.txt", twice, "stands twice", column="service_id", drop="the second row")
    ends_first = calendar.filter(pl.col("end_date") < pl.col("start_date"))
    ledger.fault(
        "calendar.txt",
        ends_first,
        lambda row: f"service {row['service_id']!r} ends on {row['end_date']} before it starts on {row['start_date']}",
        drop="the row",
    )
    usable = calendar.filter(pl.col("service_id").is_first_distinct() & (pl.col("end_date") >= pl.col("start_date")))
    _refuse_endless(usable)
    weekday = pl.col("weekday").replace_strict(_WEEKDAYS, range(7), return_dtype=pl.Int8)
    until_first = (weekday - pl.col("start_date").dt.weekday() + 1) % 7
    first = pl.col("start_date") + pl.duration(days=until_first)
    return (
        usable.unpivot(_WEEKDAYS, index=("service_id", "start_date", "end_date"), variable_name="weekday")
        .filter(pl.col("value") == 1)
        .select("service_id", date=pl.date_ranges(first, "end_date", interval="7d"))
        .explode("date", empty_as_null=False)
    )


def _refuse_endless(calendar: pl.DataFrame) -> None:
    days = (pl.col("end_date") - pl.col("start_date")).dt.total_days() + 1
    total = calendar.select(days.sum()).item()
    if total > MAX_DAYS:
        longest = calendar.sort(days, "service_id", descending=[True, False]).row(0, named=True)
        problem = f"the services span {total:,} days in all, this one until then; at most {MAX_DAYS:,} are read"
        raise InputError(
            Finding(
                "calendar.txt",
                str(longest["row"]),
                "end_date",
                f"{longest['end_date']:%Y%m%d}",
                problem,
                "Write the day on which the timetable really ends.",
            )
        )


def _exceptions(calendar_dates: pl.DataFrame, ledger: Ledger) -> pl.DataFrame:
    first = pl.struct(_KEY).is_first_distinct()
    ledger.fault(
        "calendar_dates.txt",
        calendar_dates.filter(~first),
        lambda row: f"service {row['service_id']!r} stands twice for {row['date']}",
        drop="the second row",
    )
    return calendar_dates.filter(first)
