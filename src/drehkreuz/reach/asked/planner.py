# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The ways between homes and one place at one time, by any travel: how long for all homes, leg by leg for one."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.reach.asked.assumed import ASSUMED, AskedParameters
from drehkreuz.reach.asked.ends import End, OneMode, WalkOrShared
from drehkreuz.reach.asked.moves import BY, By, Move, Piece, RoundTrip, Spot, strung
from drehkreuz.reach.asked.sharing import Stations
from drehkreuz.reach.asked.travel import DIRECT, LEFT_AT_STOP, TAKEN_ALONG, Travel
from drehkreuz.reach.footpaths import footpaths
from drehkreuz.reach.links import StopLinks, stop_links
from drehkreuz.reach.modes import DayType, Mode
from drehkreuz.reach.network import Network, network
from drehkreuz.reach.parameters import PARAMETERS, Parameters
from drehkreuz.reach.points import Points
from drehkreuz.reach.service_day import service_dates
from drehkreuz.reach.timetable import Timetable, timetable
from drehkreuz.reach.trace import Ride, earliest_journey
from drehkreuz.reach.visits import Times, by_bike_and_transit, labels
from drehkreuz.reach.ways import FAR, Sites, whole_seconds
from drehkreuz.region import Region

Seconds = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Spans:
    """
    How long the ways of all homes are.

    Attributes:
        out: int32[z], seconds from leaving home to the begin, waiting included; `ways.FAR` where there is no way.
        back: int32[z], seconds from the end to being at home.
    """

    out: Seconds
    back: Seconds


class Scanned(NamedTuple):
    """
    What scans of the timetable found for one place and time.

    Attributes:
        door: Ways between the place and stops.
        board: int32[stops], latest departure.
        alight: int32[stops], earliest arrival.
    """

    door: End
    board: Seconds
    alight: Seconds


class JourneyPlanner:
    """
    Plans ways between homes and places of a region.

    Args:
        region: The region.
        parameters: What is assumed of all ways.
        assumed: What is assumed of those that are asked for.
    """

    def __init__(self, region: Region, parameters: Parameters = PARAMETERS, assumed: AskedParameters = ASSUMED) -> None:
        self.region = region
        self.assumed = assumed
        self.network = network(region.ground, parameters)
        self.home: Spot | None = None
        self._zones = self.network.zones
        self._last: tuple[tuple[Travel, int, Times], Scanned] | None = None

    def only(self, home: Spot) -> JourneyPlanner:
        """Return a planner for a single home, which may also be a place: the crèche that is left for work."""
        net = self.network
        sites = self.site(home)
        if home.table == "zones":
            walk, bike = net.walk_links.row(home.row), net.bike_links.row(home.row)
        else:
            walk, bike = (self._links(sites, mode, self._limits[mode]) for mode in (Mode.WALK, Mode.BIKE))
        one = copy(self)
        one.home, one.network = home, replace(net, zones=sites, walk_links=walk, bike_links=bike)
        for of_homes in ("_by_pedelec", "_by_car", "_shared_home"):
            one.__dict__.pop(of_homes, None)
        return one

    @property
    def longest(self) -> int:
        """Longest way that is looked for, seconds."""
        return self.network.parameters.longest_minutes * 60

    def site(self, spot: Spot) -> Sites:
        """Return where a spot lies in the network."""
        if spot.table == "sharing_stations":
            return self.network.ways.locate(Points.of(self.region, spot.table)).take(np.array([spot.row]))
        tables = {"zones": self._zones, "places": self.network.places, "stops": self.network.stops}
        return tables[spot.table].take(np.array([spot.row]))

    def spans(self, travel: Travel, place: int, times: Times) -> Spans:
        """
        Return how long the ways of all homes are.

        Args:
            travel: By what.
            place: Row of table `places`.
            times: When to be there.
        """
        out, back = self._seconds(travel, place, times)
        return Spans(*(np.where(seconds <= self.longest, seconds, FAR).astype(np.int32) for seconds in (out, back)))

    def round_trip(self, travel: Travel, home: Spot, place: int, times: Times) -> RoundTrip:
        """Return the moves of one home; out, home is left as late as possible, from then on the ways that arrive first are taken."""
        return self.only(home).moves(travel, place, times)

    def moves(self, travel: Travel, place: int, times: Times) -> RoundTrip:
        """Return the moves of the home of a planner that `only` gave."""
        spans = self.spans(travel, place, times)
        out, back = int(spans.out[0]), int(spans.back[0])
        return RoundTrip(
            self._out(travel, place, times, out) if out < FAR else (),
            self._back(travel, place, times, back) if back < FAR else (),
        )

    def _seconds(self, travel: Travel, place: int, times: Times) -> tuple[Seconds, Seconds]:
        if travel in DIRECT:
            return self._direct(place, DIRECT[travel], self.longest, self._extra(travel))
        if travel is Travel.CARSHARING:
            return self._by_shared_car(place, times)[:2]
        if travel is Travel.SHARED_PEDELEC:
            return self._by_shared_pedelec(place)
        scanned = self._scan(travel, place, times)
        if travel in LEFT_AT_STOP:
            return by_bike_and_transit(
                self._riding(travel), scanned.board, scanned.alight, start=times.start, end=times.end
            )[:2]
        links = self._home(travel).links
        out, back = times.start - links.leave_by(scanned.board), links.arrive_at(scanned.alight) - times.end
        if travel in TAKEN_ALONG:
            return out, back
        walk_out, walk_back = self._direct(place, Mode.WALK, self._limits[Mode.WALK])
        return np.minimum(out, walk_out), np.minimum(back, walk_back)

    def _direct(self, place: int, mode: Mode, limit: int, extra: int = 0) -> tuple[Seconds, Seconds]:
        """Return seconds out and back of all homes by a single mode, up to a limit; nobody waits for a bus to go round a corner."""
        net, site = self.network, self.network.places.take(np.array([place]))
        there, home = net.ways.inward(site, net.zones, mode, limit), net.ways.outward(site, net.zones, mode, limit)
        return whole_seconds(there.seconds[0] + extra), whole_seconds(home.seconds[0] + extra)

    def _scan(self, travel: Travel, place: int, times: Times) -> Scanned:
        """Return the labels of all stops; the last ones are kept, for the legs that follow."""
        key = (travel, place, times)
        if self._last is None or self._last[0] != key:
            door = self._door(travel, place)
            board, alight = (label.ravel() for label in labels(self._riding(travel), door.links, (times,)))
            self._last = key, Scanned(door, board, alight)
        return self._last[1]

    def _extra(self, travel: Travel) -> int:
        """Return the seconds that are not driven: parking, and meeting others."""
        parking = self.network.parameters.car_extra_seconds if DIRECT[travel] is Mode.CAR else 0
        return parking + (self.assumed.carpool_seconds if travel is Travel.CARPOOL else 0)

    # ------------------------------------------------------------------------------------------------ homes and stops

    @property
    def _limits(self) -> dict[Mode, int]:
        """Longest way between home and stop by each mode, seconds."""
        parameters = self.network.parameters
        bike = parameters.access_bike_seconds
        return {
            Mode.WALK: parameters.access_walk_seconds,
            Mode.BIKE: bike,
            Mode.PEDELEC: bike,
            Mode.CAR: self.assumed.access_car_seconds - parameters.car_extra_seconds,
        }

    def _links(self, sites: Sites, mode: Mode, limit: int) -> StopLinks:
        return stop_links(self.network.ways, sites, self.network.stops, mode, limit)

    @cached_property
    def _by_pedelec(self) -> StopLinks:
        return self._links(self.network.zones, Mode.PEDELEC, self._limits[Mode.PEDELEC])

    @cached_property
    def _by_car(self) -> StopLinks:
        """Return the stops of each home with spaces for cars; parking takes its time both ways."""
        spaces = self.region.table("park_and_ride").filter(pl.col("car_spaces").fill_null(1) > 0)["stop_id"]
        rows = np.flatnonzero(self.region.table("stops")["stop_id"].is_in(spaces.implode()).to_numpy())
        sites, limit = self.network.stops.take(rows), self._limits[Mode.CAR]
        links = stop_links(self.network.ways, self.network.zones, sites, Mode.CAR, limit)
        parking = self.network.parameters.car_extra_seconds
        return StopLinks(
            links.indptr, rows[links.stop].astype(np.int32), links.to_stop + parking, links.from_stop + parking
        )

    def _by_vehicle(self, mode: Mode) -> StopLinks:
        """Return the ways to the stops by a vehicle of one's own."""
        if mode is Mode.CAR:
            return self._by_car
        return self._by_pedelec if mode is Mode.PEDELEC else self.network.bike_links

    def _home(self, travel: Travel) -> End:
        """Return the ways between homes and stops."""
        if travel is Travel.SHARED_PEDELEC_TRANSIT:
            return self._shared_home
        mode = (LEFT_AT_STOP | TAKEN_ALONG).get(travel, Mode.WALK)
        if mode is not Mode.WALK:
            return OneMode(self._by_vehicle(mode), BY[mode])
        return OneMode(self.network.walk_links, "walk")

    @cached_property
    def _shared_home(self) -> End:
        limit = self.assumed.shared_access_seconds
        return WalkOrShared.of(self.network.walk_links, self._pedelecs, self.network.zones, limit)

    def _door(self, travel: Travel, place: int) -> End:
        """Return the ways between the place and stops."""
        site = self.network.places.take(np.array([place]))
        walk = self.network.place_links(site)
        if travel in TAKEN_ALONG:
            mode = TAKEN_ALONG[travel]
            return OneMode(self._links(site, mode, self._limits[mode]), BY[mode])
        if travel is Travel.SHARED_PEDELEC_TRANSIT:
            return WalkOrShared.of(walk, self._pedelecs, site, self.assumed.shared_access_seconds)
        return OneMode(walk, "walk")

    def _riding(self, travel: Travel) -> Network:
        """Return the network with the runs and the links that a travel by public transport uses."""
        if travel in TAKEN_ALONG:
            return replace(self.network, timetables=self._with_bicycles)
        if travel in LEFT_AT_STOP:
            return replace(self.network, bike_links=self._home(travel).links)
        return self.network

    @cached_property
    def _with_bicycles(self) -> dict[DayType, Timetable]:
        """Return the timetables of trips known to take bicycles; rows of table `trips` stay what they are."""
        ground, net = self.region.ground, self.network
        allowed = (
            pl.when(pl.col("bikes").fill_null(value=False)).then("service_id").otherwise(pl.lit("")).alias("service_id")
        )
        region = ground.with_tables({"trips": ground.table("trips").with_columns(allowed)})
        dates = service_dates(ground, net.parameters)
        changes = footpaths(ground, net.ways, net.stops, net.parameters)
        return {kind: timetable(region, dates.get(kind), changes, net.parameters) for kind in DayType}

    # ------------------------------------------------------------------------------------------------ shared vehicles

    @cached_property
    def _pedelecs(self) -> Stations:
        return Stations.of(self.region.ground, self.network, "pedelec", Mode.PEDELEC, self.assumed)

    @cached_property
    def _cars(self) -> Stations:
        return Stations.of(self.region.ground, self.network, "carsharing", Mode.CAR, self.assumed)

    def _by_shared_pedelec(self, place: int) -> tuple[Seconds, Seconds]:
        site, homes = self.network.places.take(np.array([place])), self._pedelecs.doors(self.network.zones)
        out, back = self._pedelecs.between(homes, site)
        return out.ravel(), back.ravel()

    def _by_shared_car(self, place: int, times: Times) -> tuple[Seconds, Seconds, Seconds]:
        """Return seconds out and back, and the link to the station that the car is taken at and brought back to."""
        there, home = self._drives(place)
        links = self._cars.doors(self.network.zones)
        stations = replace(self.network, bike_links=links)
        return by_bike_and_transit(stations, times.start - there, times.end + home, start=times.start, end=times.end)

    def _drives(self, place: int) -> tuple[Seconds, Seconds]:
        """Return seconds from having walked to each station to the place, and from the place to having given the car back."""
        cars, net = self._cars, self.network
        site = net.places.take(np.array([place]))
        extra = self.assumed.lending_seconds + net.parameters.car_extra_seconds
        there = whole_seconds(net.ways.inward(site, cars.sites, Mode.CAR, self.longest).seconds[0] + extra)
        home = whole_seconds(net.ways.outward(site, cars.sites, Mode.CAR, self.longest).seconds[0] + extra)
        return np.where(cars.lends, there, FAR).astype(np.int32), home

    # ------------------------------------------------------------------------------------------------------ leg by leg

    def _out(self, travel: Travel, place: int, times: Times, seconds: int) -> tuple[Move, ...]:
        doors = self._homeward(place)[::-1]
        leave = times.start - seconds
        whole = self._whole(travel, place, times, seconds, out=True)
        if whole:
            return strung(whole, leave, *doors)
        near, scanned = self._one_stop(travel, place, times), self._scan(travel, place, times)
        return self._ride(travel, times.day_out, (near, scanned.door), leave, doors)

    def _back(self, travel: Travel, place: int, times: Times, seconds: int) -> tuple[Move, ...]:
        doors = self._homeward(place)
        whole = self._whole(travel, place, times, seconds, out=False)
        if whole:
            return strung(whole, times.end, *doors)
        near, scanned = self._one_stop(travel, place, times), self._scan(travel, place, times)
        return self._ride(travel, times.day_back, (scanned.door, near), times.end, doors)

    def _homeward(self, place: int) -> tuple[Spot, Spot]:
        """Return the doors of the way home."""
        if self.home is None:
            message = "moves are told of one home: ask a planner that `only` gave"
            raise ValueError(message)
        return Spot("places", place), self.home

    def _whole(self, travel: Travel, place: int, times: Times, seconds: int, *, out: bool) -> list[Piece]:
        """Return the pieces of a way without a ride, none where rides are taken."""
        site = self.network.places.take(np.array([place]))
        if travel in DIRECT:
            by: By = "carpool" if travel is Travel.CARPOOL else BY[DIRECT[travel]]
            return [Piece(by, seconds)]
        if travel is Travel.CARSHARING:
            return self._pieces_of_shared_car(place, times, out=out)
        if travel is Travel.SHARED_PEDELEC:
            return self._pedelecs.pieces(*((self.network.zones, site) if out else (site, self.network.zones)))
        if travel in {Travel.TRANSIT, Travel.SHARED_PEDELEC_TRANSIT}:
            walk = int(self._direct(place, Mode.WALK, self._limits[Mode.WALK])[0 if out else 1][0])
            return [Piece("walk", walk)] if walk == seconds else []
        return []

    def _pieces_of_shared_car(self, place: int, times: Times, *, out: bool) -> list[Piece]:
        link = int(self._by_shared_car(place, times)[2][0])
        links = self._cars.doors(self.network.zones)
        station, spot = int(links.stop[link]), self._cars.spot(int(links.stop[link]))
        drive = int(self._drives(place)[0 if out else 1][station])
        if out:
            return [Piece("walk", int(links.to_stop[link]), spot), Piece("carsharing", drive)]
        return [Piece("carsharing", drive, spot), Piece("walk", int(links.from_stop[link]))]

    def _one_stop(self, travel: Travel, place: int, times: Times) -> End:
        """Return the ways between the home and stops; of a vehicle that waits at a stop those to that stop alone."""
        near = self._home(travel)
        if travel not in LEFT_AT_STOP:
            return near
        scanned = self._scan(travel, place, times)
        link = by_bike_and_transit(
            self._riding(travel), scanned.board, scanned.alight, start=times.start, end=times.end
        )[2]
        return OneMode(near.links.only(int(link[0])), BY[LEFT_AT_STOP[travel]])

    def _ride(
        self, travel: Travel, day: DayType, ends: tuple[End, End], leave: int, doors: tuple[Spot, Spot]
    ) -> tuple[Move, ...]:
        """Return the moves of the earliest journey from door to door; `ends` are the ways to the first and from the last stop."""
        table, net = self._riding(travel).timetables[day], self.network
        before, after = ends
        journey = earliest_journey(
            table, before.links, after.links, leave, max_rides=net.parameters.max_rides, horizon=self.longest
        )
        if journey is None:
            return ()
        first, last = journey.rides[0], journey.rides[-1]
        moves = list(strung(before.to_stop(0, first.board), leave, doors[0], Spot("stops", first.board)))
        for ride in journey.rides:
            if moves and ride is not first and ride.board != moves[-1].target.row:
                now, here = moves[-1].arrive, moves[-1].target
                moves.append(Move("walk", now, now + ride.walk, here, Spot("stops", ride.board)))
            moves.append(_ridden(table, ride))
        moves += strung(after.from_stop(0, last.alight), last.arrival, moves[-1].target, doors[1])
        return tuple(move for move in moves if move.arrive > move.leave or move.by == "ride")


def _ridden(table: Timetable, ride: Ride) -> Move:
    calls = table.lines.calls
    part = slice(int(calls.first[ride.run]), int(calls.first[ride.run + 1]))
    stop, arrival, departure = calls.stop[part], calls.arrival[part], calls.departure[part]
    begin = int(np.flatnonzero((stop == ride.board) & (departure == ride.departure))[0])
    end = (
        begin + 1 + int(np.flatnonzero((stop[begin + 1 :] == ride.alight) & (arrival[begin + 1 :] == ride.arrival))[0])
    )
    stops = tuple(Spot("stops", int(row)) for row in stop[begin : end + 1])
    trip = int(table.trip[ride.run])
    return Move("ride", ride.departure, ride.arrival, stops[0], stops[-1], trip, stops)
