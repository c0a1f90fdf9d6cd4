# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How people get between doors and stops: by one mode, or with a shared pedelec where that is faster than walking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from drehkreuz.reach.asked.moves import By, Piece
from drehkreuz.reach.asked.sharing import Stations
from drehkreuz.reach.links import StopLinks
from drehkreuz.reach.ways import FAR, Sites


class End(Protocol):
    """The ways between some doors and the stops near them."""

    @property
    def links(self) -> StopLinks:
        """Seconds between every door and its stops."""

    def to_stop(self, door: int, stop: int) -> list[Piece]:
        """Return the pieces of the way from a door to a stop of its links."""

    def from_stop(self, door: int, stop: int) -> list[Piece]:
        """Return the pieces of the way back."""


@dataclass(frozen=True, slots=True)
class OneMode:
    """Ways by a single mode."""

    links: StopLinks
    by: By

    def to_stop(self, door: int, stop: int) -> list[Piece]:
        """Return the one piece."""
        return [Piece(self.by, _seconds(self.links, self.links.to_stop, door, stop))]

    def from_stop(self, door: int, stop: int) -> list[Piece]:
        """Return the one piece."""
        return [Piece(self.by, _seconds(self.links, self.links.from_stop, door, stop))]


@dataclass(frozen=True, slots=True)
class WalkOrShared:
    """Ways on foot, or by shared pedelec where that is faster."""

    links: StopLinks
    walk: StopLinks
    stations: Stations
    doors: Sites

    @classmethod
    def of(cls, walk: StopLinks, stations: Stations, doors: Sites, limit: int) -> WalkOrShared:
        """Join links on foot with those by shared pedelec of at most `limit` seconds."""
        out, back = stations.to_stops(doors), stations.from_stops(doors)
        out[out > limit], back[back > limit] = FAR, FAR
        door = np.repeat(np.arange(len(doors)), np.diff(walk.indptr))
        np.minimum.at(out, (door, walk.stop), walk.to_stop)
        np.minimum.at(back, (door, walk.stop), walk.from_stop)
        rows, stops = np.nonzero((out < FAR) | (back < FAR))
        indptr = np.zeros(len(doors) + 1, dtype=np.int64)
        np.cumsum(np.bincount(rows, minlength=len(doors)), out=indptr[1:])
        return cls(
            StopLinks(indptr, stops.astype(np.int32), out[rows, stops], back[rows, stops]), walk, stations, doors
        )

    def to_stop(self, door: int, stop: int) -> list[Piece]:
        """Return one walk, or a walk, a ride and a walk."""
        seconds = _seconds(self.links, self.links.to_stop, door, stop)
        if seconds == _seconds(self.walk, self.walk.to_stop, door, stop):
            return [Piece("walk", seconds)]
        return self.stations.pieces_to_stop(self.doors.take(np.array([door])), stop)

    def from_stop(self, door: int, stop: int) -> list[Piece]:
        """Return one walk, or a walk, a ride and a walk."""
        seconds = _seconds(self.links, self.links.from_stop, door, stop)
        if seconds == _seconds(self.walk, self.walk.from_stop, door, stop):
            return [Piece("walk", seconds)]
        return self.stations.pieces_from_stop(self.doors.take(np.array([door])), stop)


def _seconds(links: StopLinks, seconds: NDArray[np.int32], door: int, stop: int) -> int:
    """Return the seconds of the link between a door and a stop, `FAR` for none."""
    part = slice(int(links.indptr[door]), int(links.indptr[door + 1]))
    return int(seconds[part][links.stop[part] == stop].min(initial=FAR))
