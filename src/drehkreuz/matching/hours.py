# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Hours: does a post's rota fit a person's week, every shift of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.matching.barriers import Reason
from drehkreuz.region import Region, kept

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
    persons = region.table("people")[people.start : people.stop]
    demands, of_vacancy = _demands(region.ground)
    reasons, slack, hours = _weekly(persons, demands)
    weeks = _Weeks.of(region, persons)
    misfits = {rota: weeks.misfit(shifts) for rota, shifts in _rotas(region.ground).items()}
    for d, rota in enumerate(demands["shift_system_id"]):
        reason, outside = misfits[rota]
        reasons[:, d] |= reason
        slack[:, d] = np.maximum(slack[:, d], outside)
    return HoursFit(reasons.take(of_vacancy, axis=1), slack.take(of_vacancy, axis=1), hours.take(of_vacancy, axis=1))


@kept
def _demands(region: Region) -> tuple[pl.DataFrame, NDArray[np.uint32]]:
    """Return the distinct hours and rotas asked, and which of them each vacancy asks."""
    asked = region.table("vacancies").select("shift_system_id", "hours_min", "hours_max")
    demands = asked.unique(maintain_order=True)
    numbered = asked.join(demands.with_row_index("d"), on=asked.columns, how="left", maintain_order="left")
    return demands, numbered["d"].to_numpy()


def _weekly(
    persons: pl.DataFrame, demands: pl.DataFrame
) -> tuple[NDArray[np.uint32], NDArray[np.float32], NDArray[np.float32]]:
    """Return the reason where weekly hours do not meet, by how many, and the hours agreed on, each [people, demands]."""
    low, high = (persons[c].to_numpy().astype(np.float32)[:, None] for c in ("hours_min", "hours_max"))
    asked_low, asked_high = (demands[c].to_numpy().astype(np.float32)[None, :] for c in ("hours_min", "hours_max"))
    slack = np.maximum(np.maximum(asked_low - high, low - asked_high), 0.0)
    hours = np.maximum(np.minimum(high, asked_high), asked_low)
    return np.where(slack > 0, np.uint32(Reason.HOURS_WEEKLY), np.uint32(0)), slack, hours


Shift = tuple[int, int, int]  # day, start, end: minutes after midnight of that day, handover included


@kept
def _rotas(region: Region) -> dict[str, set[Shift]]:
    """Return the distinct shifts of each rota, on-call duties left out: they ask no presence."""
    rotas = region.table("shift_systems").select("shift_system_id", "handover_minutes")
    worked = region.table("shifts").filter(~pl.col("on_call")).join(rotas, on="shift_system_id", how="inner")
    shifts: dict[str, set[Shift]] = {rota: set() for rota in rotas["shift_system_id"]}
    for row in worked.iter_rows(named=True):
        handover = row["handover_minutes"]
        shifts[row["shift_system_id"]].add((row["day"], row["start"] - handover, row["end"] + handover))
    return shifts


@dataclass(frozen=True, slots=True)
class _Spans:
    """Times of people from one clock to another: windows of work on one day, or the hours of a child's care."""

    who: NDArray[np.int64]
    opens: NDArray[np.int64]
    closes: NDArray[np.int64]

    @classmethod
    def of(cls, rows: pl.DataFrame, opens: str, closes: str) -> _Spans:
        return cls(*(rows[column].cast(pl.Int64).to_numpy() for column in ("who", opens, closes)))

    def at(self, chosen: NDArray[np.bool_]) -> _Spans:
        """Return the chosen ones."""
        return _Spans(self.who[chosen], self.opens[chosen], self.closes[chosen])

    def held(self, start: int, end: int) -> NDArray[np.int64]:
        """Return how many minutes of [start, end] each span holds."""
        held: NDArray[np.int64] = np.minimum(self.closes, end) - np.maximum(self.opens, start)
        return held.clip(0)


@dataclass(frozen=True, slots=True)
class _Weeks:
    """
    The weeks of n people.

    Attributes:
        any_time: bool[n], who has named no windows.
        named: bool[n, days], who has named a window on which day.
        windows: The windows of each day.
        cares: bool[n], who takes a child to care.
        care: The hours of each child's care.
    """

    any_time: NDArray[np.bool_]
    named: NDArray[np.bool_]
    windows: list[_Spans]
    cares: NDArray[np.bool_]
    care: _Spans

    @classmethod
    def of(cls, region: Region, persons: pl.DataFrame) -> _Weeks:
        ids = persons.select("person_id").with_row_index("who")
        times = region.table("person_times").join(ids, on="person_id")
        spans, day_of = _Spans.of(times, "from", "to"), times["day"].to_numpy()
        windows = [spans.at(day_of == day) for day in range(DAYS)]
        care = _Spans.of(region.table("care").join(ids, on="person_id"), "opens", "closes")
        named = np.zeros((len(persons), DAYS), dtype=np.bool_)
        named[spans.who, day_of] = True
        any_time, cares = np.ones(len(persons), dtype=np.bool_), np.zeros(len(persons), dtype=np.bool_)
        any_time[spans.who] = False
        cares[care.who] = True
        return cls(any_time, named, windows, cares, care)

    def misfit(self, shifts: Iterable[Shift]) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
        """Return for each person why some shift does not fit, and the hours of the worst shift that lie outside."""
        reasons = np.zeros(len(self.any_time), dtype=np.uint32)
        worst = np.zeros(len(self.any_time), dtype=np.int64)
        for day, start, end in shifts:
            weekend = day >= DAYS - 2
            outside = self._outside_windows(day, start, end)
            without_care = self._outside_care(day, start, end, weekend=weekend)
            reasons[outside > 0] |= np.uint32(Reason.HOURS_WEEKEND if weekend else Reason.HOURS_SHIFT)
            reasons[without_care > 0] |= np.uint32(Reason.HOURS_CARE_TIME)
            worst = np.maximum(worst, np.maximum(outside, without_care))
        return reasons, (worst / 60.0).astype(np.float32)

    def _outside_windows(self, day: int, start: int, end: int) -> NDArray[np.int64]:
        """Return the minutes that even the best window of the day leaves out."""
        held = np.zeros(len(self.any_time), dtype=np.int64)
        np.maximum.at(held, self.windows[day].who, self.windows[day].held(start, end))
        return np.where(self.any_time, 0, end - start - held)

    def _outside_care(self, day: int, start: int, end: int, *, weekend: bool) -> NDArray[np.int64]:
        """Return the minutes that the child with the least care is without it."""
        if weekend:
            return np.where(self.cares & ~self.named[:, day], end - start, 0)
        held = np.full(len(self.cares), end - start, dtype=np.int64)
        np.minimum.at(held, self.care.who, self.care.held(start, end))
        return end - start - held
