# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Which date of the timetable stands for weekdays, for Saturdays, for Sundays."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from drehkreuz.reach.modes import DayType
from drehkreuz.reach.parameters import PARAMETERS, Parameters
from drehkreuz.region import Region


def service_dates(region: Region, parameters: Parameters = PARAMETERS) -> dict[DayType, date]:
    """
    Return the date that stands for each kind of day, without the kinds on which nothing runs.

    Looked at are the days from the region's day on, or from the timetable's first day where it has no run in them. Of a kind's
    dates the one with the median number of trips is taken, so that holidays and special days fall out; the lower median
    of an even number, the earliest of equals. Tuesday to Thursday stand for weekdays.
    """
    trips = region.table("trips").group_by("service_id").agg(runs=pl.len())
    per_date = region.table("service_days").join(trips, on="service_id").group_by("date").agg(runs=pl.sum("runs"))
    window = _window(per_date, region.manifest.day, parameters.window_days)
    dates: dict[DayType, date] = {}
    for day_type in DayType:
        candidates = sorted((runs, day) for day, runs in window.iter_rows() if day_type.stands_for(day))
        if candidates:
            median = candidates[(len(candidates) - 1) // 2][0]
            dates[day_type] = min(day for runs, day in candidates if runs == median)
    return dates


def _window(per_date: pl.DataFrame, start: date, days: int) -> pl.DataFrame:
    def days_from(first: date) -> pl.DataFrame:
        return per_date.filter(pl.col("date").is_between(first, first + timedelta(days=days - 1)))

    inside = days_from(start)
    if len(inside) or per_date.is_empty():
        return inside
    return days_from(min(per_date["date"].to_list()))
