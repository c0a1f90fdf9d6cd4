# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The ways of one place with shared pedelecs, for those who use them: from station to station, alone or before and after rides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from drehkreuz.reach.asked.assumed import ASSUMED, AskedParameters
from drehkreuz.reach.asked.ends import WalkOrShared
from drehkreuz.reach.asked.sharing import Stations
from drehkreuz.reach.direct import as_minutes
from drehkreuz.reach.links import StopLinks
from drehkreuz.reach.modes import Chain, Mode
from drehkreuz.reach.network import Network
from drehkreuz.reach.visits import Block, Rides, ride_and_walk
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


def lent_rides(lending: Lending, block: Block) -> Rides:
    """
    Return the ways of some visits by the chains of `BY_LENT`.

    Args:
        lending: Of the region.
        block: Where and when.
    """
    network, stations = lending.network, lending.stations
    found = Rides.empty(network, block, len(BY_LENT))
    alone = stations.between(lending.homes, block.sites)
    for minutes, seconds in zip((found.out, found.back), alone, strict=True):
        minutes[:, :, 0] = as_minutes(seconds.T, network.parameters.longest_minutes)[block.place]
    doors = WalkOrShared.of(network.place_links(block.sites), stations, block.sites, lending.limit).links
    ride_and_walk(network, block, doors, lending.stops, found, 1)
    return found
