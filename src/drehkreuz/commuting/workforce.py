# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The people of a firm as the firm hands them in: where they live, which rota they work, how they come, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drehkreuz.reach.asked import Travel
from drehkreuz.reach.modes import DayType
from drehkreuz.reach.visits import Times

DAY: Final = 86_400

MODES: Final = (
    Travel.WALK,
    Travel.BIKE,
    Travel.PEDELEC,
    Travel.CAR,
    Travel.CARPOOL,
    Travel.TRANSIT,
    Travel.BIKE_TRANSIT,
    Travel.PARK_AND_RIDE,
)
"""Ways of coming that a file may name; `Workforce.mode` counts in this order."""

UNKNOWN: Final = -1
"""Mode of people whose way of coming the file does not say, and home of people who live outside the region."""

CAR: Final = MODES.index(Travel.CAR)


@dataclass(frozen=True, slots=True)
class Shift:
    """
    When a shift is worked.

    Attributes:
        name: What the firm calls it.
        times: Begin and end.
    """

    name: str
    times: Times

    def moved(self, minutes: int) -> Shift:
        """Return the shift begun and ended so much later; the kinds of day stay what they are."""
        start, end, day_out, day_back = self.times
        seconds = minutes * 60
        return Shift(self.name, Times((start + seconds) % DAY, (end + seconds) % DAY, day_out, day_back))

    @property
    def clock(self) -> str:
        """Begin and end as people write them, `06:00-14:00`, with the kind of day unless it is a weekday."""
        hours = "-".join(f"{at // 3600:02d}:{at // 60 % 60:02d}" for at in (self.times.start, self.times.end))
        return hours if self.times.day_out is DayType.WEEKDAY else f"{hours} {self.times.day_out.name.lower()}"


def shift(name: str, start: int, end: int, day: DayType = DayType.WEEKDAY) -> Shift:
    """Return a shift by seconds after midnight; an end that is not after the begin is on the next day."""
    after = {DayType.WEEKDAY: DayType.WEEKDAY, DayType.SATURDAY: DayType.SUNDAY, DayType.SUNDAY: DayType.WEEKDAY}
    return Shift(name, Times(start, end, day, day if end > start else after[day]))


@dataclass(frozen=True, slots=True)
class Rota:
    """
    The shifts that somebody works in turn; a way counts only if it serves all of them.

    Attributes:
        name: What the firm calls it. Crews that never work at the same time are rotas of their own.
        shifts: At least one.
    """

    name: str
    shifts: tuple[Shift, ...]

    @property
    def clock(self) -> str:
        """All begins and ends, the earliest first: `06:00-14:00+14:00-22:00`."""
        return "+".join(sorted(shift.clock for shift in self.shifts))


@dataclass(frozen=True, slots=True)
class Workforce:
    """
    Groups of people who live in the same cell, work the same rota and come the same way.

    Attributes:
        rotas: All rotas.
        zone: int32[g], row of table `zones`, `UNKNOWN` outside the region.
        rota: int32[g], which of the rotas.
        mode: int32[g], which of `MODES`, `UNKNOWN` where the file does not say.
        people: int32[g].
        days: float64[g], days a week at the workplace.
    """

    rotas: tuple[Rota, ...]
    zone: NDArray[np.int32]
    rota: NDArray[np.int32]
    mode: NDArray[np.int32]
    people: NDArray[np.int32]
    days: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.zone)

    @classmethod
    def of(cls, rotas: Sequence[Rota], rows: Sequence[tuple[int, int, int, int, float]]) -> Workforce:
        """
        Put rows together; the order in which they stand makes no difference.

        Args:
            rotas: All rotas.
            rows: Zone, rota, mode, people and days a week of each.
        """
        order = sorted(range(len(rotas)), key=lambda rota: (rotas[rota].clock, rotas[rota].name))
        rank = {rota: place for place, rota in enumerate(order)}
        keys = np.array([(zone, rank[rota], mode, days) for zone, rota, mode, _, days in rows]).reshape(-1, 4)
        distinct, group = np.unique(keys, axis=0, return_inverse=True)
        people = np.bincount(group.ravel(), [row[3] for row in rows], len(distinct))
        zone, rota, mode = (distinct[:, column].astype(np.int32) for column in range(3))
        return cls(
            tuple(rotas[rota] for rota in order), zone, rota, mode, people.astype(np.int32), distinct[:, 3].copy()
        )

    @property
    def total(self) -> int:
        """All people."""
        return int(self.people.sum())

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """The different shifts of all rotas, in the order in which they are first worked."""
        return tuple(dict.fromkeys(shift for rota in self.rotas for shift in rota.shifts))

    def works(self) -> NDArray[np.bool_]:
        """Return which group works which shift, bool[g, s]."""
        of_rota = np.array([[shift in rota.shifts for shift in self.shifts] for rota in self.rotas], dtype=np.bool_)
        return of_rota.reshape(len(self.rotas), len(self.shifts))[self.rota]

    def drivers(self, share_of_unknown: float) -> NDArray[np.int64]:
        """
        Return how many of each group drive alone, int64[g].

        Args:
            share_of_unknown: Share of those who do not say how they come, taken as drivers: whole people, by largest remainders.
        """
        asked = np.where(self.mode == UNKNOWN, self.people * share_of_unknown, 0.0)
        whole = np.floor(asked + 1e-9).astype(np.int64)
        left = int(np.floor(asked.sum() + 0.5)) - int(whole.sum())
        whole[np.argsort(whole - asked, kind="stable")[:left]] += 1
        return np.where(self.mode == CAR, self.people.astype(np.int64), whole)

    def take(self, groups: NDArray[np.bool_]) -> Workforce:
        """Return some of the groups."""
        return replace(
            self,
            zone=self.zone[groups],
            rota=self.rota[groups],
            mode=self.mode[groups],
            people=self.people[groups],
            days=self.days[groups],
        )
