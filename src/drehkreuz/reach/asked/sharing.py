# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Shared vehicles: taken where one stands, given back where a place is free."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.reach.asked.assumed import AskedParameters
from drehkreuz.reach.asked.moves import Piece, Spot
from drehkreuz.reach.links import StopLinks, stop_links
from drehkreuz.reach.modes import Mode
from drehkreuz.reach.network import Network
from drehkreuz.reach.points import Points
from drehkreuz.reach.ways import FAR, Sites, whole_seconds
from drehkreuz.region import Region

Seconds = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Stations:
    """
    Stations of one kind of vehicle, with the rides between them.

    Attributes:
        network: Streets and stops.
        row: int64[s], row of table `sharing_stations`.
        sites: Where they are.
        ride: int32[s, s], seconds from taking a vehicle at one station to having given it back at another, `FAR` where the
            first has no vehicle, the second no place, they are one station or belong to different systems.
        lends: bool[s], a vehicle stands there.
        walk_limit: Longest walk to or from a station, seconds.
    """

    network: Network
    row: NDArray[np.int64]
    sites: Sites
    ride: Seconds
    lends: NDArray[np.bool_]
    walk_limit: int

    @classmethod
    def of(cls, region: Region, network: Network, kind: str, mode: Mode, assumed: AskedParameters) -> Stations:
        """
        Read the stations of a kind.

        On the mean a vehicle stands where `vehicles` is above 0, and a place is free where `capacity` is above `vehicles`; what is
        unknown stands in nobody's way.
        """
        table = region.table("sharing_stations")
        row = np.flatnonzero((table["kind"] == kind).to_numpy())
        sites = network.ways.locate(Points.of(region, "sharing_stations")).take(row)
        facts = table[row].select(
            lends=(pl.col("vehicles") > 0).fill_null(value=True),
            takes=(pl.col("capacity") > pl.col("vehicles")).fill_null(value=True),
            system=pl.col("system").fill_null("").rank("dense"),
        )
        lends, takes, system = (facts[name].to_numpy() for name in facts.columns)
        longest = network.parameters.longest_minutes * 60
        ride = whole_seconds(network.ways.outward(sites, sites, mode, longest).seconds) + 2 * assumed.lending_seconds
        possible = (
            lends[:, None] & takes[None, :] & (system[:, None] == system[None, :]) & ~np.eye(len(row), dtype=bool)
        )
        ride = np.where(possible & (ride < FAR), ride, FAR).astype(np.int32)
        return cls(network, row, sites, ride, lends, assumed.station_walk_seconds)

    def doors(self, doors: Sites) -> StopLinks:
        """Return the stations within a walk of each door; "stop" is the number of the station."""
        return stop_links(self.network.ways, doors, self.sites, Mode.WALK, self.walk_limit)

    def between(self, homes: StopLinks, sites: Sites) -> tuple[Seconds, Seconds]:
        """
        Return seconds out and back of all homes to some doors, int32[homes, doors] each.

        Args:
            homes: The stations that `doors` says are near the homes.
            sites: The doors.
        """
        links, n = self.doors(sites), len(self.row)
        to_doors = least(self.ride, _dense(links, links.from_stop, n).T)
        from_doors = least(self.ride.T, _dense(links, links.to_stop, n).T)
        return -homes.leave_by(-to_doors), homes.arrive_at(from_doors)

    def to_stops(self, doors: Sites) -> Seconds:
        """Return seconds from each door to each stop by a shared vehicle, int32[doors, stops]."""
        links = self.doors(doors)
        return least(least(_dense(links, links.to_stop, len(self.row)), self.ride), self._stops[0])

    def from_stops(self, doors: Sites) -> Seconds:
        """Return seconds from each stop to each door, int32[doors, stops]."""
        links = self.doors(doors)
        return least(least(_dense(links, links.from_stop, len(self.row)), self.ride.T), self._stops[1])

    def pieces_to_stop(self, door: Sites, stop: int) -> list[Piece]:
        """Return walk, ride and walk from a door to a stop."""
        return self._pieces(self._walk_to(door), self._stops[0][:, stop])

    def pieces_from_stop(self, door: Sites, stop: int) -> list[Piece]:
        """Return walk, ride and walk from a stop to a door."""
        return self._pieces(self._stops[1][:, stop], self._walk_from(door))

    def pieces(self, origin: Sites, target: Sites) -> list[Piece]:
        """Return walk, ride and walk from door to door."""
        return self._pieces(self._walk_to(origin), self._walk_from(target))

    def _pieces(self, before: Seconds, after: Seconds) -> list[Piece]:
        """Return the best of all pairs of stations; of equals the first."""
        total = before[:, None] + self.ride + after[None, :]
        taken, given = np.unravel_index(int(total.argmin()), total.shape)
        return [
            Piece("walk", int(before[taken]), self.spot(int(taken))),
            Piece("shared_pedelec", int(self.ride[taken, given]), self.spot(int(given))),
            Piece("walk", int(after[given])),
        ]

    def spot(self, station: int) -> Spot:
        """Return where a station is."""
        return Spot("sharing_stations", int(self.row[station]))

    def _walk_to(self, site: Sites) -> Seconds:
        """Return the walk from one door to every station, int32[s]."""
        links = self.doors(site)
        return np.ravel(_dense(links, links.to_stop, len(self.row)))

    def _walk_from(self, site: Sites) -> Seconds:
        links = self.doors(site)
        return np.ravel(_dense(links, links.from_stop, len(self.row)))

    @cached_property
    def _stops(self) -> tuple[Seconds, Seconds]:
        """Return the walks from stations to stops, and from stops to stations, int32[s, stops] each."""
        links = stop_links(self.network.ways, self.sites, self.network.stops, Mode.WALK, self.walk_limit)
        n = len(self.network.stops)
        return _dense(links, links.to_stop, n), _dense(links, links.from_stop, n)


def least(first: Seconds, second: Seconds) -> Seconds:
    """Return the least sum over the middle, int32[n, k] of int32[n, m] and int32[m, k]; `FAR` where there is none."""
    best = np.full((first.shape[0], second.shape[1]), FAR, dtype=np.int32)
    for middle in range(first.shape[1]):
        rows, columns = np.flatnonzero(first[:, middle] < FAR), np.flatnonzero(second[middle] < FAR)
        if len(rows) and len(columns):
            part = np.ix_(rows, columns)
            best[part] = np.minimum(best[part], first[rows, middle, None] + second[middle, columns])
    return best


def _dense(links: StopLinks, seconds: Seconds, n: int) -> Seconds:
    """Return links as a table of doors and stops, `FAR` where there is none."""
    dense = np.full((len(links.indptr) - 1, n), FAR, dtype=np.int32)
    dense[np.repeat(np.arange(len(links.indptr) - 1), np.diff(links.indptr)), links.stop] = seconds
    return dense
