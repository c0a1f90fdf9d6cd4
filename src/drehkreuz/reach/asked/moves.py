# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The pieces of a way, from spot to spot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from drehkreuz.reach.modes import Mode
from drehkreuz.region import TABLES, Region

By = Literal["walk", "bike", "pedelec", "car", "carpool", "carsharing", "shared_pedelec", "care", "ride"]
"""How a piece of a way is made: by a mode of its own, in another's vehicle, or by a `ride` with public transport; `care`: a stay there."""

BY: Final[dict[Mode, By]] = {Mode.WALK: "walk", Mode.BIKE: "bike", Mode.PEDELEC: "pedelec", Mode.CAR: "car"}

MODE: Final[dict[By, Mode]] = {
    **{by: mode for mode, by in BY.items()},
    "carpool": Mode.CAR,
    "carsharing": Mode.CAR,
    "shared_pedelec": Mode.PEDELEC,
}
"""The streets each is made on."""


class Spot(NamedTuple):
    """A row of a table with coordinates: a home, a place, a stop, a station."""

    table: str
    row: int

    def name(self, region: Region) -> str:
        """Return the name people use, the id where there is none."""
        frame = region.table(self.table)
        return str(frame["name"][self.row] or frame[TABLES[self.table].key[0]][self.row])

    def lon_lat(self, region: Region) -> tuple[float, float]:
        """Return the coordinates, in degrees, in GeoJSON's order."""
        frame = region.table(self.table)
        return frame["lon"][self.row], frame["lat"][self.row]


@dataclass(frozen=True, slots=True)
class Move:
    """
    One piece of a way.

    Attributes:
        by: How.
        leave: Seconds after midnight of the day, below 0 or over 86,400 in the nights around it.
        arrive: Seconds after midnight.
        origin: Where it begins.
        target: Where it ends.
        trip: Row of table `trips`, -1 where nobody rides.
        calls: Stops that a ride calls at, first and last included.
    """

    by: By
    leave: int
    arrive: int
    origin: Spot
    target: Spot
    trip: int = -1
    calls: tuple[Spot, ...] = ()


class RoundTrip(NamedTuple):
    """The moves there, arriving by the begin, and back, leaving at the end; a way that does not exist is empty."""

    out: tuple[Move, ...]
    back: tuple[Move, ...]


class Piece(NamedTuple):
    """
    A part of the way between a door and a stop.

    Attributes:
        by: How.
        seconds: How long.
        target: Where it ends, None where the whole way does.
    """

    by: By
    seconds: int
    target: Spot | None = None


def strung(pieces: list[Piece], leave: int, origin: Spot, target: Spot) -> tuple[Move, ...]:
    """Return pieces as moves that follow one another without a wait."""
    moves: list[Move] = []
    for piece in pieces:
        end = piece.target or target
        moves.append(Move(piece.by, leave, leave + piece.seconds, origin, end))
        leave, origin = leave + piece.seconds, end
    return tuple(moves)
