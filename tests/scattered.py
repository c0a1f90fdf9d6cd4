# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A random small region, and ways in it by trying everything: what the planner is tested against."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cached_property
from itertools import permutations, product
from math import asin, ceil, cos, radians, sin, sqrt
from random import Random
from typing import Any

from drehkreuz.reach.asked import ASSUMED, Travel
from drehkreuz.reach.modes import DayType
from drehkreuz.reach.parameters import PARAMETERS
from drehkreuz.reach.service_day import service_dates
from drehkreuz.region import Region
from time_expanded import PlainTimetable, runs_around

MONDAY = date(2026, 11, 23)
START, END = 8 * 3600, 16 * 3600
NEVER = 10**8
LONGEST = PARAMETERS.longest_minutes * 60

Row = dict[str, Any]
Spot = tuple[float, float]


def scattered(make_region: Callable[..., Region], seed: int, *, streets: bool = False) -> Region:
    """
    Return homes, places, stops, lines, car parks and stations thrown on 12 × 12 km; some trips take bicycles.

    With streets, from every point to every other, each direction has a length of its own.
    """
    dice = Random(seed)

    def somewhere() -> dict[str, float]:
        return {"lat": 50.8 + dice.random() * 0.108, "lon": 6.2 + dice.random() * 0.17}

    def near(spot: dict[str, float]) -> dict[str, float]:
        return {name: value + (dice.random() - 0.5) * 0.012 for name, value in spot.items()}

    def beside(spot: dict[str, float]) -> dict[str, float]:
        return {name: value + (dice.random() - 0.5) * 0.004 for name, value in spot.items()}

    homes, places = [somewhere() for _ in range(3)], [somewhere() for _ in range(2)]
    stops = [near(spot) for spot in (*homes, *places, *homes, *places)]
    stations = [beside(dice.choice([*homes, *places, *stops, *stops])) for _ in range(14)]
    trips, calls = [], []
    for number in range(36):
        row = dice.sample(range(len(stops)), dice.randint(2, 4))
        second = (5 if number % 2 else 15) * 3600 + dice.randrange(4 * 3600)
        trips.append(
            {
                "trip_id": f"t{number:02}",
                "route_id": "r",
                "service_id": "all",
                "bikes": dice.choice([True, False, None]),
            }
        )
        for sequence, stop in enumerate(row):
            leave = second + dice.choice([0, 30])
            calls.append(
                {
                    "trip_id": f"t{number:02}",
                    "sequence": sequence,
                    "stop_id": f"s{stop}",
                    "arrival": second,
                    "departure": leave,
                }
            )
            second = leave + dice.randint(120, 900)
    kinds = ["workplace", "care"]
    nodes = [*homes, *places, *stops, *stations] if streets else []
    return make_region(
        zones=[{"zone_id": f"z{i}", "name": f"Ort {i}", "country": "DE", "population": 10 + i, **spot} for i, spot in enumerate(homes)],
        places=[{"place_id": f"p{i}", "name": f"Beispielort {i}", "kind": kinds[i], **spot} for i, spot in enumerate(places)],
        stops=[{"stop_id": f"s{i}", "name": f"Halt {i}", **spot} for i, spot in enumerate(stops)],
        routes=[{"route_id": "r", "name": "Modell-Linie", "mode": 3}],
        trips=trips,
        stop_times=calls,
        service_days=[{"service_id": "all", "date": MONDAY + timedelta(days=day)} for day in range(28)],
        street_nodes=[{"node": i, **spot} for i, spot in enumerate(nodes)],
        street_edges=[
            {
                "edge": number,
                "from_node": i,
                "to_node": j,
                "length_m": 1000 * straight_km(nodes[i], nodes[j]) * (1 + dice.random()),
                **dict.fromkeys(("walk", "bike", "car"), True),
                "car_kmh": 50.0,
            }
            for number, (i, j) in enumerate(permutations(range(len(nodes)), 2))
        ],
        park_and_ride=[{"stop_id": f"s{i}", "car_spaces": spaces, "fee": 1.5} for i, spaces in ((0, 40), (3, None), (5, 0), (7, 12))],
        sharing_stations=[
            {
                "station_id": f"l{i}",
                "name": f"Modell-Station {i}",
                "kind": "carsharing" if i % 3 == 2 else "pedelec",
                "vehicles": dice.choice([0, 3, 5, None]),
                "capacity": dice.choice([5, 8, None]),
                "system": dice.choice(["A", "A", "B"]),
                **spot,
            }
            for i, spot in enumerate(stations)
        ],
    )  # fmt: skip


class Everything:
    """Tries every stop and station for the way between a home and a place."""

    def __init__(self, region: Region) -> None:
        self.region = region
        self.start, self.end = START, END
        self.km = shortest_km(region)
        self.spots = {name: region.table(name).to_dicts() for name in ("zones", "places", "stops", "sharing_stations")}

    def ways(self, travel: Travel, home: Row, place: Row, start: int = START, end: int = END) -> tuple[int, int]:
        """Return seconds out and back; more than the longest is `NEVER`."""
        self.start, self.end = start, end
        pairs = list(self._pairs(travel, home, place))
        if travel in {Travel.BIKE_TRANSIT, Travel.PEDELEC_TRANSIT, Travel.PARK_AND_RIDE, Travel.CARSHARING}:
            both = [(out + back, out, back) for out, back in pairs if max(out, back) <= LONGEST]
            return min(both)[1:] if both else (NEVER, NEVER)
        out, back = (min((pair[i] for pair in pairs), default=NEVER) for i in range(2))
        return tuple(way if way <= LONGEST else NEVER for way in (out, back))  # type: ignore[return-value]

    def _pairs(self, travel: Travel, home: Row, place: Row) -> Iterable[tuple[int, int]]:
        """Yield ways out and back, one pair for each stop or station where something is left or taken."""
        walk = {"walk": "walk", "bike": "bike", "pedelec": "pedelec", "car": "car", "carpool": "car"}
        if travel in walk:
            extra, mode = ASSUMED.carpool_seconds if travel == "carpool" else 0, walk[travel]
            yield self._seconds(home, place, mode) + extra, self._seconds(place, home, mode) + extra
        elif travel is Travel.SHARED_PEDELEC:
            yield self._shared(home, place), self._shared(place, home)
        elif travel is Travel.CARSHARING:
            for station in self._lending("carsharing"):
                limit, lending = ASSUMED.station_walk_seconds, ASSUMED.lending_seconds
                there = within(self._seconds(home, station, "walk"), limit) + self._seconds(station, place, "car")
                back = within(self._seconds(station, home, "walk"), limit) + self._seconds(place, station, "car")
                yield there + lending, back + lending
        else:
            yield from self._by_ride(travel, home, place)

    def _by_ride(self, travel: Travel, home: Row, place: Row) -> Iterable[tuple[int, int]]:
        mode = {
            "bike_transit": "bike",
            "pedelec_transit": "pedelec",
            "bike_on_board": "bike",
            "pedelec_on_board": "pedelec",
            "park_and_ride": "car",
        }
        near_home = mode.get(travel, "shared" if travel == "shared_pedelec_transit" else "walk")
        along = travel in {"bike_on_board", "pedelec_on_board"}
        near_place = near_home if along or near_home == "shared" else "walk"
        stops = self.spots["stops"]
        door_out = [(i, self._access(stop, place, near_place)) for i, stop in enumerate(stops)]
        door_back = [(i, self._access(place, stop, near_place)) for i, stop in enumerate(stops)]
        plain = self._with_bicycles if along else self._all_trips
        limits = {"rides": PARAMETERS.max_rides, "horizon": LONGEST}
        latest = plain.backward().arrivals([(i, s) for i, s in door_out if s < NEVER], -self.start, **limits)
        earliest = plain.arrivals([(i, s) for i, s in door_back if s < NEVER], self.end, **limits)
        for i, stop in enumerate(stops):
            if near_home == "car" and not self._parks(stop):
                continue
            there, home_again = self._access(home, stop, near_home), self._access(stop, home, near_home)
            yield self.start + latest.get(i, NEVER) + there, earliest.get(i, NEVER) + home_again - self.end
        if near_home in {"walk", "shared"}:
            limit = PARAMETERS.access_walk_seconds
            yield within(self._seconds(home, place, "walk"), limit), within(self._seconds(place, home, "walk"), limit)

    def _access(self, origin: Row, target: Row, mode: str) -> int:
        """Return seconds between a door and a stop."""
        if mode == "car":
            return within(self._seconds(origin, target, "car"), ASSUMED.access_car_seconds)
        if mode in {"bike", "pedelec"}:
            return within(self._seconds(origin, target, mode), PARAMETERS.access_bike_seconds)
        foot = within(self._seconds(origin, target, "walk"), PARAMETERS.access_walk_seconds)
        shared = within(self._shared(origin, target), ASSUMED.shared_access_seconds) if mode == "shared" else NEVER
        return min(foot, shared)

    def _shared(self, origin: Row, target: Row) -> int:
        """Return seconds by shared pedelec, over every pair of stations."""
        limit, best = ASSUMED.station_walk_seconds, NEVER
        for taken, given in product(self._lending("pedelec"), self.spots["sharing_stations"]):
            free = given["capacity"] is None or given["vehicles"] is None or given["capacity"] > given["vehicles"]
            same = taken["system"] == given["system"] and given["kind"] == "pedelec" and taken is not given
            if free and same:
                walks = within(self._seconds(origin, taken, "walk"), limit) + within(
                    self._seconds(given, target, "walk"), limit
                )
                best = min(best, walks + self._seconds(taken, given, "pedelec") + 2 * ASSUMED.lending_seconds)
        return best

    def _seconds(self, a: Row, b: Row, mode: str) -> int:
        """Return whole seconds along the streets, straight with a detour where there are none; the car's with parking."""
        known = self.km.get(((a["lat"], a["lon"]), (b["lat"], b["lon"])))
        km = straight_km(a, b) * 1.3 if known is None else known
        if mode != "car":
            return ceil(km / {"walk": 4.8, "bike": 15.0, "pedelec": 20.0}[mode] * 3600 - 1e-5)
        slow, fast = min(km, 10.0), min(max(km - 10.0, 0.0), 20.0)
        hours = slow / 35 + fast / 60 if known is None else km / (50 * 0.85)
        return ceil(hours * 3600 - 1e-5) + PARAMETERS.car_extra_seconds

    def _lending(self, kind: str) -> list[Row]:
        return [row for row in self.spots["sharing_stations"] if row["kind"] == kind and row["vehicles"] != 0]

    def _parks(self, stop: Row) -> bool:
        rows = self.region.table("park_and_ride").filter(stop_id=stop["stop_id"]).to_dicts()
        return bool(rows) and rows[0]["car_spaces"] != 0

    @cached_property
    def _all_trips(self) -> PlainTimetable:
        return self._timetable(self.region)

    @cached_property
    def _with_bicycles(self) -> PlainTimetable:
        trips = self.region.table("trips")
        return self._timetable(self.region.with_tables({"trips": trips.filter(trips["bikes"].fill_null(value=False))}))

    def _timetable(self, region: Region) -> PlainTimetable:
        stops = self.spots["stops"]
        changes = {
            i: [
                (j, max(120, 0 if i == j else self._seconds(a, b, "walk")))
                for j, b in enumerate(stops)
                if i == j or self._seconds(a, b, "walk") <= PARAMETERS.footpath_seconds
            ]
            for i, a in enumerate(stops)
        }
        return PlainTimetable(runs_around(region, service_dates(self.region)[DayType.WEEKDAY]), changes)


def within(way: int, limit: float) -> int:
    """Return a way, `NEVER` where it is too long."""
    return way if way <= limit else NEVER


def straight_km(a: Row, b: Row) -> float:
    """Return the straight distance by the haversine formula."""
    phi, psi = radians(a["lat"]), radians(b["lat"])
    h = sin((psi - phi) / 2) ** 2 + cos(phi) * cos(psi) * sin(radians(b["lon"] - a["lon"]) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(h))


def shortest_km(region: Region) -> dict[tuple[Spot, Spot], float]:
    """Return the shortest way between all nodes of the streets, by Floyd and Warshall; empty where there are none."""
    nodes = [(row["lat"], row["lon"]) for row in region.table("street_nodes").to_dicts()]
    km = {(a, b): 0.0 if a == b else float("inf") for a in nodes for b in nodes}
    for edge in region.table("street_edges").to_dicts():
        km[nodes[edge["from_node"]], nodes[edge["to_node"]]] = edge["length_m"] / 1000
    for middle, a, b in product(nodes, repeat=3):
        km[a, b] = min(km[a, b], km[a, middle] + km[middle, b])
    return km
