# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Hours: does a post's rota fit a person's week, every shift of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.matching.barriers import Reason
from drehkreuz.region import Region

DAYS = 7


@dataclass(frozen=True, slots=True)
class HoursFit:
    """
    Whether hours and shifts fit.

    Attributes:
        reasons: uint32[n, v], bits HOURS_WEEKLY, HOURS_SHIFT, HOURS_WEEKEND, HOURS_CARE_TIME; 0 where all fits.
        slack: float32[n, v], hours by which the worst of them fails (weekly hours, or hours of a shift outside).
        hours: float32[n, v], weekly hours the two would agree on: the most both accept, else what the post asks at least.
    """

    reasons: NDArray[np.uint32]
    slack: NDArray[np.float32]
    hours: NDArray[np.float32]


def hours_fit(region: Region, people: range) -> HoursFit:
    """
    Compare the weeks of people with the rotas of all posts.

    A shift fits when one of the person's windows of that day holds it whole, handover included; a person without windows
    is free at any time. From Monday to Friday care must be open for the whole shift; on Saturday and Sunday there is no
    care, so that a shift fits only where the person has named a window on that day.

    Args:
        region: The region.
        people: Rows of table `people`.

    Returns:
        Blocks of shape [len(people), vacancies].
    """
    weekly_reason, weekly_slack, hours = _weekly(region, people)
    vacancies = region.table("vacancies")
    rotas = region.table("shift_systems")["shift_system_id"].to_list()
    position = {rota: i for i, rota in enumerate(rotas)}
    of_vacancy = np.array([position[rota] for rota in vacancies["shift_system_id"]], dtype=np.intp)
    reasons = np.zeros((len(people), len(rotas)), dtype=np.uint32)
    outside = np.zeros((len(people), len(rotas)), dtype=np.float32)
    weeks = [_Week(region, person_id) for person_id in region.table("people")["person_id"][people.start : people.stop]]
    for rota, shifts in enumerate(_shifts(region)):
        for i, week in enumerate(weeks):
            reasons[i, rota], outside[i, rota] = week.misfit(shifts)
    return HoursFit(
        reasons=weekly_reason | reasons[:, of_vacancy],
        slack=np.maximum(weekly_slack, outside[:, of_vacancy]),
        hours=hours,
    )


def _weekly(region: Region, people: range) -> tuple[NDArray[np.uint32], NDArray[np.float32], NDArray[np.float32]]:
    persons = region.table("people")[people.start : people.stop]
    vacancies = region.table("vacancies")
    low, high = (persons[c].to_numpy().astype(np.float32)[:, None] for c in ("hours_min", "hours_max"))
    asked_low, asked_high = (vacancies[c].to_numpy().astype(np.float32)[None, :] for c in ("hours_min", "hours_max"))
    slack = np.maximum(np.maximum(asked_low - high, low - asked_high), 0.0)
    hours = np.maximum(np.minimum(high, asked_high), asked_low)
    return np.where(slack > 0, np.uint32(Reason.HOURS_WEEKLY), np.uint32(0)), slack, hours


Shift = tuple[int, int, int]  # day, start, end: minutes after midnight of that day, handover included


def _shifts(region: Region) -> list[list[Shift]]:
    """Return the distinct shifts of each rota, on-call duties left out: they ask no presence."""
    rotas = region.table("shift_systems").select("shift_system_id", "handover_minutes")
    worked = region.table("shifts").filter(~pl.col("on_call")).join(rotas, on="shift_system_id", how="inner")
    by_rota: dict[str, set[Shift]] = {rota: set() for rota in rotas["shift_system_id"]}
    for row in worked.iter_rows(named=True):
        handover = row["handover_minutes"]
        by_rota[row["shift_system_id"]].add((row["day"], row["start"] - handover, row["end"] + handover))
    return [sorted(shifts) for shifts in by_rota.values()]


class _Week:
    """One person's week: windows of work by day, and the hours of each child's care."""

    def __init__(self, region: Region, person_id: str) -> None:
        times = region.table("person_times").filter(pl.col("person_id") == person_id)
        care = region.table("care").filter(pl.col("person_id") == person_id)
        self.windows: dict[int, list[tuple[int, int]]] = {}
        for day, start, end in times.select("day", "from", "to").iter_rows():
            self.windows.setdefault(day, []).append((start, end))
        self.care = list(care.select("opens", "closes").iter_rows())

    def misfit(self, shifts: list[Shift]) -> tuple[int, float]:
        """Return the reasons why some shift does not fit, and the hours of the worst shift that lie outside."""
        reasons, worst = 0, 0
        for day, start, end in shifts:
            weekend = day >= DAYS - 2
            outside = self._outside_windows(day, start, end)
            if outside:
                reasons |= Reason.HOURS_WEEKEND if weekend else Reason.HOURS_SHIFT
            without_care = self._outside_care(day, start, end, weekend=weekend)
            if without_care:
                reasons |= Reason.HOURS_CARE_TIME
            worst = max(worst, outside, without_care)
        return int(reasons), worst / 60.0

    def _outside_windows(self, day: int, start: int, end: int) -> int:
        if not self.windows:
            return 0
        return min((_uncovered(start, end, *window) for window in self.windows.get(day, [])), default=end - start)

    def _outside_care(self, day: int, start: int, end: int, *, weekend: bool) -> int:
        if weekend:
            return 0 if day in self.windows or not self.care else end - start
        return max((_uncovered(start, end, *child) for child in self.care), default=0)


def _uncovered(start: int, end: int, opens: int, closes: int) -> int:
    """Return the minutes of [start, end] outside [opens, closes]."""
    return (end - start) - max(0, min(end, closes) - max(start, opens))
