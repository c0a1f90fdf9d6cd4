# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""One way there and back, leg by leg, as a person would be told."""

from __future__ import annotations

from dataclasses import dataclass

from drehkreuz.reach.asked.moves import By, Move, Spot
from drehkreuz.reach.asked.planner import JourneyPlanner
from drehkreuz.reach.asked.travel import Travel
from drehkreuz.reach.modes import Chain
from drehkreuz.reach.parameters import PARAMETERS, Parameters
from drehkreuz.reach.triples import Triples
from drehkreuz.reach.visits import visit_of
from drehkreuz.region import Region, row_of


@dataclass(frozen=True, slots=True)
class Leg:
    """
    One piece of a way.

    Attributes:
        by: How: a mode of its own, or `ride` for public transport.
        leave: Seconds after midnight of the day, below 0 or over 86,400 in the nights around it.
        arrive: Seconds after midnight.
        origin: Name of the place, stop or zone it begins at.
        target: Name of the one it ends at.
        line: Name of the line, empty where nobody rides.
        headsign: Destination shown on the vehicle, where known.
    """

    by: By
    leave: int
    arrive: int
    origin: str
    target: str
    line: str = ""
    headsign: str = ""

    @classmethod
    def of(cls, move: Move, region: Region) -> Leg:
        """Return a move with the names people use."""
        line = _line(region, move.trip) if move.by == "ride" else ("", "")
        return cls(move.by, move.leave, move.arrive, move.origin.name(region), move.target.name(region), *line)


@dataclass(frozen=True, slots=True)
class Itinerary:
    """
    The way there and the way back by one chain; a way that does not exist is empty.

    Attributes:
        out: Legs in order, arriving by the begin.
        back: Legs in order, leaving at the end.
    """

    out: tuple[Leg, ...]
    back: tuple[Leg, ...]


def itinerary(
    region: Region,
    triples: Triples,
    zone: int,
    triple: int,
    chain: Chain,
    parameters: Parameters = PARAMETERS,
) -> Itinerary:
    """
    Return one way there and back, in step with `minutes`.

    Out, home is left as late as possible; from then on the ways are taken that arrive first.

    Args:
        region: The region.
        triples: From `triples(region)`.
        zone: Home, row of table `zones`.
        triple: Where and when to be, row of the triples.
        chain: How.
        parameters: What is assumed; the same as for `minutes`.

    Returns:
        The legs; none where `minutes` says that there is no way.
    """
    visit = visit_of(triples, triple)
    planner = JourneyPlanner(region, parameters)
    way = planner.round_trip(Travel.of(chain), Spot("zones", zone), visit.place, visit.times[0])
    return Itinerary(*(tuple(Leg.of(move, region) for move in moves) for moves in way))


def _line(region: Region, trip: int) -> tuple[str, str]:
    row = region.table("trips").row(trip, named=True)
    route = row_of(region, "routes", row["route_id"])
    return str(region.table("routes")["name"][route]), row["headsign"] or ""
