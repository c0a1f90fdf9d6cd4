# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Who could ride to work from station to station: commuters with one near home and one near work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.spatial import KDTree

from drehkreuz.planning.covers import joined
from drehkreuz.planning.sharing.assumed import ASSUMED, SharingParameters
from drehkreuz.planning.sharing.trains import at_rail_stops, by_train
from drehkreuz.reach import DayType, triples
from drehkreuz.reach.access import residents
from drehkreuz.reach.modes import Mode
from drehkreuz.reach.network import streets
from drehkreuz.reach.parameters import PARAMETERS, Parameters
from drehkreuz.reach.points import Points, earth_xyz
from drehkreuz.reach.ways import FAR, Sites, Ways, near, whole_seconds
from drehkreuz.region import Region

MODES: Final = {"pedelec": Mode.PEDELEC, "bike": Mode.BIKE}
"""Kinds of vehicle that go from station to station, and how they ride."""

NOWHERE: Final = -1

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Demand:
    """
    Commuters between stations on a working day.

    Attributes:
        stations: Key of each, existing ones first.
        names: What people call them.
        existing: bool[s], whether it stands already.
        lat: float64[s], degrees.
        lon: float64[s], degrees.
        commuters: float64[s, s], who could ride from home's station to work's.
        to_train: float64[s, s], who could ride from home's station to that of a rail stop.
        from_train: float64[s, s], who could ride from a rail stop's station to work's.
        seconds: int32[s, s], from taking a vehicle to having given it back, `FAR` where nobody rides.
        metres: float64[s, s], length of the ride, 0 where nobody rides.
        shifts: int32[k, 2], begin and end, minutes after midnight.
        mix: float64[s, k], share of each shift among those who work near a station.
        usual: float64[k], share of each shift in the region.
        assumed_ways: Whether ways were assumed from straight lines, since the region has no streets.
    """

    stations: tuple[str, ...]
    names: tuple[str, ...]
    existing: NDArray[np.bool_]
    lat: Floats
    lon: Floats
    commuters: Floats
    to_train: Floats
    from_train: Floats
    seconds: NDArray[np.int32]
    metres: Floats
    shifts: NDArray[np.int32]
    mix: Floats
    usual: Floats
    assumed_ways: bool

    def __len__(self) -> int:
        return len(self.stations)

    @property
    def riders(self) -> Floats:
        """float64[s, s], who could ride from station to station in the morning, trains included."""
        return self.commuters + self.to_train + self.from_train


def demand(
    region: Region,
    kind: str,
    proposed: pl.DataFrame | None = None,
    assumed: SharingParameters = ASSUMED,
    parameters: Parameters = PARAMETERS,
) -> Demand:
    """
    Return who could ride.

    A commuter uses the station nearest to home and the one nearest to work, each within the walk. How many go from municipality to
    municipality stands in `commuting`; within one they are spread by residents and by openings of workplaces. An assumed share of those
    who leave their municipality goes by train, and could ride to it, or from it.

    Args:
        region: With cells, workplaces, stations; commuting where known.
        kind: Of vehicle, one of `MODES`.
        proposed: Further stations: `id`, `name`, `lat`, `lon`.
        assumed: What is assumed.
        parameters: What reach assumes.
    """
    table = region.table("sharing_stations").with_row_index("row").filter(kind=kind)
    known = Points.of(region, "sharing_stations").take(table["row"].to_numpy().astype(np.int64))
    facts = table.select(pl.col("station_id").alias("id"), "name", "lat", "lon")
    points = known
    if proposed is not None and len(proposed):
        facts = pl.concat([facts, proposed.select(facts.columns)])
        points = joined(known, proposed_points(proposed))
    ways = streets(region, parameters)
    at = ways.locate(points)
    rides = ways.outward(at, at, MODES[kind], assumed.longest_ride_minutes * 60.0)
    seconds = whole_seconds(rides.seconds)
    possible = (seconds >= assumed.least_ride_minutes * 60) & (seconds < FAR)
    possible &= possible.T
    home = nearest(ways, at, Points.of(region, "zones"), assumed.walk_minutes)
    work = nearest(ways, at, Points.of(region, "places"), assumed.walk_minutes)
    shifts, jobs = _jobs(region, assumed)
    ends = _ends(region, home, work, jobs.sum(axis=1), len(points), assumed)
    to_train, from_train = by_train(
        assumed.train_share * ends.leaving,
        assumed.train_share * ends.arriving,
        np.where(possible, seconds, FAR),
        at_rail_stops(region, ways, at, assumed.rail_walk_minutes),
    )
    here = np.zeros((len(points), len(shifts)))
    np.add.at(here, work[work != NOWHERE], jobs[work != NOWHERE])
    total = here.sum(axis=1, keepdims=True)
    return Demand(
        stations=tuple(facts["id"]),
        names=tuple(facts["name"].fill_null("")),
        existing=np.arange(len(points)) < len(known),
        lat=facts["lat"].to_numpy(),
        lon=facts["lon"].to_numpy(),
        commuters=np.where(possible, ends.commuters, 0.0),
        to_train=to_train,
        from_train=from_train,
        seconds=np.where(possible, seconds + 2 * assumed.lending_seconds, FAR).astype(np.int32),
        metres=np.where(possible, rides.metres, 0.0),
        shifts=shifts,
        mix=np.divide(here, total, out=np.zeros_like(here), where=total > 0),
        usual=jobs.sum(axis=0) / jobs.sum() if jobs.sum() else np.full(len(shifts), 1.0 / len(shifts)),
        assumed_ways=ways.assumed,
    )


def proposed_points(frame: pl.DataFrame) -> Points:
    """Return stations that are only proposed: `id`, `lat`, `lon`."""
    return Points("sharing_stations", tuple(frame["id"]), earth_xyz(frame["lat"], frame["lon"]))


def nearest(ways: Ways, stations: Sites, doors: Points, walk_minutes: int) -> NDArray[np.int64]:
    """Return the station nearest on foot to each door, there and back, int64[doors], `NOWHERE` where none is within the walk."""
    limit = walk_minutes * 60
    pairs = near(ways, stations, ways.locate(doors), Mode.WALK, limit)
    slower = np.maximum(pairs.outward, pairs.inward)
    keep = slower <= limit
    found = np.full(len(doors), NOWHERE, dtype=np.int64)
    order = np.lexsort((pairs.root[keep], slower[keep]))[::-1]
    found[pairs.other[keep][order]] = pairs.root[keep][order]
    return found


def _jobs(region: Region, assumed: SharingParameters) -> tuple[NDArray[np.int32], Floats]:
    """Return the shifts that occur on weekdays, and how many openings of each a place has; a workplace without any has one in the usual shift."""
    every = triples(region)
    vacancy = np.repeat(np.arange(len(every.of_vacancy)), np.diff(every.of_vacancy.indptr))
    openings = region.table("vacancies")["openings"].to_numpy().astype(np.float64)
    rows = every.of_vacancy.indices
    weekday = every.day_out[rows] == DayType.WEEKDAY
    rows, weight = rows[weekday], (openings[vacancy] * every.days)[weekday]
    times = np.stack([every.start[rows], every.end[rows]], axis=1)
    usual = np.array([[assumed.start, assumed.end]], dtype=np.int32)
    shifts, which = np.unique(np.concatenate([usual, times]), axis=0, return_inverse=True)
    which = which.ravel()
    places = region.table("places")
    jobs = np.zeros((len(places), len(shifts)))
    np.add.at(jobs, (every.place[rows], which[1:]), weight)
    silent = (places["kind"] == "workplace").to_numpy() & (jobs.sum(axis=1) == 0)
    jobs[silent, which[0]] = 1.0
    return shifts.astype(np.int32), jobs


class _Ends(NamedTuple):
    """Commuters by the stations at their ends: between two of them, and those who leave and enter municipalities at one."""

    commuters: Floats
    leaving: Floats
    arriving: Floats


def _ends(
    region: Region,
    home: NDArray[np.int64],
    work: NDArray[np.int64],
    jobs: Floats,
    n_stations: int,
    assumed: SharingParameters,
) -> _Ends:
    """Return commuters between the stations of their homes and of their work, and those from and to elsewhere."""
    zones, places = region.table("zones"), region.table("places")
    town = zones["municipality"].fill_null("")
    keys = town.unique().sort()
    of_zone = keys.search_sorted(town).to_numpy().astype(np.int64)
    _, cell = KDTree(Points.of(region, "zones").xyz).query(Points.of(region, "places").xyz)
    of_place = of_zone[cell] if len(places) else np.zeros(0, dtype=np.int64)
    people = residents(region)
    lives = _shares(people, of_zone, len(keys))
    works = _shares(jobs, of_place, len(keys))
    flows = _flows(region, keys, assumed.employed * _sums(people, of_zone, len(keys)))
    from_home, to_work = np.zeros((n_stations, len(keys))), np.zeros((len(keys), n_stations))
    near_home, near_work = home != NOWHERE, work != NOWHERE
    np.add.at(from_home, (home[near_home], of_zone[near_home]), lives[near_home])
    np.add.at(to_work, (of_place[near_work], work[near_work]), works[near_work])
    elsewhere = flows * ~np.eye(len(keys), dtype=np.bool_)
    return _Ends(
        np.asarray(from_home @ flows @ to_work), from_home @ elsewhere.sum(axis=1), elsewhere.sum(axis=0) @ to_work
    )


def _sums(weight: Floats, group: NDArray[np.int64], n_groups: int) -> Floats:
    return np.bincount(group, weights=weight, minlength=n_groups).astype(np.float64)


def _shares(weight: Floats, group: NDArray[np.int64], n_groups: int) -> Floats:
    """Return each row's share of its group's weight, 0 where that is none."""
    total = _sums(weight, group, n_groups)[group]
    return np.divide(weight, total, out=np.zeros(len(weight)), where=total > 0)


def _flows(region: Region, keys: pl.Series, workers: Floats) -> Floats:
    """Return commuters from municipality to municipality; where the table knows none of one, its workers stay in it."""
    known = region.table("commuting").filter(
        pl.col("home").is_in(keys.implode()) & pl.col("work").is_in(keys.implode())
    )
    flows = np.zeros((len(keys), len(keys)))
    home, work = (keys.search_sorted(known[column]).to_numpy() for column in ("home", "work"))
    np.add.at(flows, (home, work), known["commuters"].fill_null(0).to_numpy().astype(np.float64))
    silent = np.flatnonzero(flows.sum(axis=1) <= 0)
    flows[silent, silent] = workers[silent]
    return flows
