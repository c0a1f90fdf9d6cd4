# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Everything of a region that people move on, prepared once: ways, stops, links, the days' timetables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from drehkreuz.errors import Finding
from drehkreuz.reach.footpaths import footpaths
from drehkreuz.reach.links import StopLinks, stop_links
from drehkreuz.reach.modes import DayType, Mode
from drehkreuz.reach.parameters import Parameters
from drehkreuz.reach.points import Points
from drehkreuz.reach.service_day import service_dates
from drehkreuz.reach.streets import StreetGraph
from drehkreuz.reach.timetable import Timetable, timetable
from drehkreuz.reach.ways import Sites, StraightLines, Ways
from drehkreuz.region import Region, kept


class Timetables(Mapping[DayType, Timetable]):
    """
    Timetables by kind of day, each prepared when it is first asked for: a single way needs one of them.

    Args:
        prepare: Prepares one. Sent to another machine, all are prepared before.
    """

    def __init__(self, prepare: Callable[[DayType], Timetable]) -> None:
        self._prepare = prepare
        self._prepared: dict[DayType, Timetable] = {}

    def __getitem__(self, kind: DayType) -> Timetable:
        if kind not in self._prepared:
            self._prepared[DayType(kind)] = self._prepare(DayType(kind))
        return self._prepared[kind]

    def __iter__(self) -> Iterator[DayType]:
        return iter(DayType)

    def __len__(self) -> int:
        return len(DayType)

    def __reduce__(self) -> tuple[type[dict[DayType, Timetable]], tuple[dict[DayType, Timetable]]]:
        return dict, (dict(self),)


@dataclass(frozen=True, slots=True)
class Network:
    """
    A region's network; plain arrays throughout, so that it can be sent to another machine.

    Attributes:
        parameters: What is assumed.
        ways: Streets, or straight lines where the region has none.
        zones: Homes, rows of table `zones`.
        places: Workplaces and learning places, rows of table `places`.
        stops: Rows of table `stops`.
        walk_links: Stops within a walk of each zone.
        bike_links: Stops within a ride by bicycle of each zone.
        timetables: One per kind of day.
        findings: Points that lie too far from every street.
    """

    parameters: Parameters
    ways: Ways
    zones: Sites
    places: Sites
    stops: Sites
    walk_links: StopLinks
    bike_links: StopLinks
    timetables: Mapping[DayType, Timetable]
    findings: tuple[Finding, ...]

    def place_links(self, sites: Sites) -> StopLinks:
        """Return the stops within a walk of some places."""
        return stop_links(self.ways, sites, self.stops, Mode.WALK, self.parameters.access_walk_seconds)

    def leading_to(self, region: Region) -> Network:
        """Return the network with the workplaces and learning places of a region that has the same ways, stops and timetable."""
        places = self.ways.locate(Points.of(region, "places"))
        return replace(self, places=places, findings=(*self.zones.findings, *places.findings, *self.stops.findings))

    def runs_nothing(self, day_type: DayType) -> bool:
        """Whether no trip runs on this kind of day."""
        return not len(self.timetables[day_type].trip)


def streets(region: Region, parameters: Parameters) -> Ways:
    """
    Return a region's streets, straight lines where it has none.

    Raises:
        InputError: If a street ends at a node that does not exist.
    """
    if len(region.table("street_edges")):
        return StreetGraph.from_region(region, parameters)
    return StraightLines(parameters)


@kept
def network(region: Region, parameters: Parameters) -> Network:
    """
    Prepare a region's network, once.

    Raises:
        InputError: If a row names a stop, trip or street node that does not exist.
    """
    ways = streets(region, parameters)
    zones, places, stops = (ways.locate(Points.of(region, table)) for table in ("zones", "places", "stops"))
    changes = footpaths(region, ways, stops, parameters)
    dates = service_dates(region, parameters)
    return Network(
        parameters=parameters,
        ways=ways,
        zones=zones,
        places=places,
        stops=stops,
        walk_links=stop_links(ways, zones, stops, Mode.WALK, parameters.access_walk_seconds),
        bike_links=stop_links(ways, zones, stops, Mode.BIKE, parameters.access_bike_seconds),
        timetables=Timetables(lambda kind: timetable(region, dates.get(kind), changes, parameters)),
        findings=(*zones.findings, *places.findings, *stops.findings),
    )
