# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""One way there and back, leg by leg, as a person would be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import polars as pl

from drehkreuz.reach.links import StopLinks
from drehkreuz.reach.modes import Chain, DayType, Mode
from drehkreuz.reach.network import Network, network
from drehkreuz.reach.parameters import PARAMETERS, Parameters
from drehkreuz.reach.scan import TOO_EARLY, TOO_LATE
from drehkreuz.reach.trace import earliest_journey
from drehkreuz.reach.triples import Triples
from drehkreuz.reach.visits import DIRECT, by_bike_and_transit, labels, visit_of
from drehkreuz.reach.ways import whole_seconds
from drehkreuz.region import TABLES, Region

By = Literal["walk", "bike", "pedelec", "car", "ride"]

_BY: Final[dict[Mode, By]] = {Mode.WALK: "walk", Mode.BIKE: "bike", Mode.PEDELEC: "pedelec", Mode.CAR: "car"}


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
    trip = _Trip(region, network(region.ground, parameters), triples, zone, triple)
    if chain in DIRECT:
        return trip.direct(DIRECT[chain])
    return trip.by_bike_and_transit() if chain is Chain.BIKE_TRANSIT else trip.by_transit()


class _Trip:
    """One home and one triple, from which itineraries are made."""

    def __init__(self, region: Region, network: Network, triples: Triples, zone: int, triple: int) -> None:
        self.region = region
        self.network = network
        self.zone = zone
        visit = visit_of(triples, triple)
        self.start, self.end, self.day_out, self.day_back = visit.times[0]
        self.place = visit.place
        self.door = network.place_links(visit.place)
        self.board, self.alight = (label[0] for label in labels(network, self.door, visit.times))
        self.site = network.places.take(np.array([visit.place]))
        self.here = network.zones.take(np.array([zone]))
        self.longest = network.parameters.longest_minutes * 60
        self.home = _name(region, "zones", zone)
        self.work = _name(region, "places", visit.place)

    def direct(self, mode: Mode) -> Itinerary:
        """Return the way by a single mode."""
        out, back = self._seconds(mode)
        by = _BY[mode]
        return Itinerary(
            (Leg(by, self.start - out, self.start, self.home, self.work),) if out <= self.longest else (),
            (Leg(by, self.end, self.end + back, self.work, self.home),) if back <= self.longest else (),
        )

    def _seconds(self, mode: Mode) -> tuple[int, int]:
        """Return whole seconds out and back by a single mode, as `direct_ways` gives them for all homes; the car with parking."""
        ways, extra = self.network.ways, self.network.parameters.car_extra_seconds if mode is Mode.CAR else 0
        there = ways.inward(self.site, self.here, mode, self.longest).seconds[0] + extra
        back = ways.outward(self.site, self.here, mode, self.longest).seconds[0] + extra
        return int(whole_seconds(there)[0]), int(whole_seconds(back)[0])

    def by_transit(self) -> Itinerary:
        """Return the way by public transport, on foot where that is no longer than a walk to a stop and faster."""
        links = self.network.walk_links.row(self.zone)
        limit, walk = self.network.parameters.access_walk_seconds, self.direct(Mode.WALK)
        out, back = self._seconds(Mode.WALK)
        return Itinerary(
            walk.out if out <= min(limit, self._seconds_out(links)) else self._ride_out(links, "walk"),
            walk.back if back <= min(limit, self._seconds_back(links)) else self._ride_back(links, "walk"),
        )

    def by_bike_and_transit(self) -> Itinerary:
        """Return the way through the one stop where the bicycle waits."""
        link = int(by_bike_and_transit(self.network, self.board, self.alight, self.start, self.end)[2][self.zone])
        if link < 0:
            return Itinerary((), ())
        links = self.network.bike_links.only(link)
        return Itinerary(self._ride_out(links, "bike"), self._ride_back(links, "bike"))

    def _leave(self, links: StopLinks) -> int:
        return int((self.board[links.stop] - links.to_stop).max(initial=TOO_EARLY))

    def _seconds_out(self, links: StopLinks) -> int:
        return self.start - self._leave(links)

    def _seconds_back(self, links: StopLinks) -> int:
        return int((self.alight[links.stop] + links.from_stop).min(initial=TOO_LATE)) - self.end

    def _ride_out(self, links: StopLinks, by: By) -> tuple[Leg, ...]:
        if self._seconds_out(links) > self.longest:
            return ()
        return self._legs(self.day_out, links, self.door, self._leave(links), (self.home, by), (self.work, "walk"))

    def _ride_back(self, links: StopLinks, by: By) -> tuple[Leg, ...]:
        if self._seconds_back(links) > self.longest:
            return ()
        return self._legs(self.day_back, self.door, links, self.end, (self.work, "walk"), (self.home, by))

    def _legs(
        self,
        day: DayType,
        access: StopLinks,
        egress: StopLinks,
        leave: int,
        origin: tuple[str, By],
        target: tuple[str, By],
    ) -> tuple[Leg, ...]:
        """Return the legs of the earliest journey; `origin` and `target` are the doors and how one gets from and to them."""
        timetable = self.network.timetables[day]
        rides = self.network.parameters.max_rides
        journey = earliest_journey(timetable, access, egress, leave, max_rides=rides, horizon=self.longest)
        if journey is None:
            return ()
        legs: list[Leg] = []
        (here, by), now, left = origin, leave, -1
        for ride in journey.rides:
            board, alight = self._stop(ride.board), self._stop(ride.alight)
            if ride.walk and ride.board != left:
                legs.append(Leg(by, now, now + ride.walk, here, board))
            line, headsign = self._line(int(timetable.trip[ride.run]))
            legs.append(Leg("ride", ride.departure, ride.arrival, board, alight, line, headsign))
            (here, by), now, left = (alight, "walk"), ride.arrival, ride.alight
        if journey.walk:
            legs.append(Leg(target[1], now, now + journey.walk, here, target[0]))
        return tuple(legs)

    def _stop(self, row: int) -> str:
        return _name(self.region, "stops", row)

    def _line(self, row: int) -> tuple[str, str]:
        trip = self.region.table("trips").row(row, named=True)
        route = self.region.table("routes").filter(pl.col("route_id") == trip["route_id"])
        return str(route["name"][0]), trip["headsign"] or ""


def _name(region: Region, table: str, row: int) -> str:
    """Return the name people use, the id where there is none."""
    frame = region.table(table)
    return str(frame["name"][row] or frame[TABLES[table].key[0]][row])
