# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The ways of one place with shared pedelecs, for those who use them: from station to station, alone or before and after rides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.reach.asked.assumed import ASSUMED, AskedParameters
from drehkreuz.reach.asked.ends import WalkOrShared
from drehkreuz.reach.asked.sharing import Stations
from drehkreuz.reach.direct import as_minutes
from drehkreuz.reach.links import StopLinks
from drehkreuz.reach.modes import Chain, Mode
from drehkreuz.reach.network import Network
from drehkreuz.reach.visits import Rides, Visit, labels
from drehkreuz.reach.ways import FAR
from drehkreuz.region import Region

BY_LENT: Final = (Chain.SHARED_PEDELEC, Chain.SHARED_PEDELEC_TRANSIT)
"""Chains that stations decide."""

KIND: Final = "pedelec"


def somebody_shares(region: Region) -> bool:
    """Whether somebody uses shared pedelecs and there are stations: else their ways are in nobody's choice, and not computed."""
    return all(
        region.table(table).select((pl.col("kind") == KIND).any()).item() is True
        for table in ("person_sharing", "sharing_stations")
    )


@dataclass(frozen=True, slots=True, eq=False)
class Lending:
    """
    What the ways of all places with shared pedelecs have in common.

    Attributes:
        network: Streets, stops, timetables.
        stations: Where pedelecs are taken and given back.
        homes: Stations within a walk of each zone.
        stops: Stops within reach of each zone on foot, or by shared pedelec where that is faster.
        limit: Longest way between a door and a stop with a shared pedelec, seconds.
    """

    network: Network
    stations: Stations
    homes: StopLinks
    stops: StopLinks
    limit: int

    @classmethod
    def of(cls, region: Region, network: Network, assumed: AskedParameters = ASSUMED) -> Lending:
        """Prepare the stations of a region."""
        stations = Stations.of(region, network, KIND, Mode.PEDELEC, assumed)
        limit = assumed.shared_access_seconds
        stops = WalkOrShared.of(network.walk_links, stations, network.zones, limit).links
        return cls(network, stations, stations.doors(network.zones), stops, limit)


def lent_rides(lending: Lending, visit: Visit, walk_out: NDArray[np.int32], walk_back: NDArray[np.int32]) -> Rides:
    """
    Return the ways of one visit by the chains of `BY_LENT`.

    Args:
        lending: Of the region.
        visit: Where and when.
        walk_out: int32[z], whole seconds on foot from each zone to the place.
        walk_back: int32[z], whole seconds on foot from the place to each zone.
    """
    network, stations = lending.network, lending.stations
    longest, limit = network.parameters.longest_minutes, network.parameters.access_walk_seconds
    site = network.places.take(np.array([visit.place]))
    door = WalkOrShared.of(network.place_links(visit.place), stations, site, lending.limit).links
    board, alight = labels(network, door, visit.times)
    leave, arrive = lending.stops.leave_by(board.T), lending.stops.arrive_at(alight.T)
    shape = (len(visit.times), len(network.zones), len(BY_LENT))
    found = Rides(np.empty(shape, dtype=np.uint8), np.empty(shape, dtype=np.uint8))
    starts, ends = (np.array([getattr(time, name) for time in visit.times]) for name in ("start", "end"))
    ways = ((found.out, starts - leave, walk_out), (found.back, arrive - ends, walk_back))
    for (minutes, ridden, walk), alone in zip(ways, stations.between(lending.homes, site), strict=True):
        minutes[:, :, 0] = as_minutes(alone, longest)
        on_foot = np.where(walk <= limit, walk, FAR)
        minutes[:, :, 1] = as_minutes(np.minimum(ridden, on_foot[:, None]).T, longest)
    return found
