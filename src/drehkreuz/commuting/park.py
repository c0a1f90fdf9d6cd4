# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A business park: what firms handed in, put together; who is not served, a shuttle, and a job ticket for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import atan2, cos, degrees, radians

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.commuting.assumed import ASSUMED, CommutingParameters
from drehkreuz.commuting.offers import JobTicket, job_ticket
from drehkreuz.commuting.potential import INSTEAD, RIDDEN, potential
from drehkreuz.commuting.sharing import ANY, UNTOLD
from drehkreuz.commuting.shuttle import Shuttle, shuttle
from drehkreuz.commuting.ways import CommuteWays, commute_ways
from drehkreuz.commuting.workforce import MODES, UNKNOWN, Rota, Shift, Workforce
from drehkreuz.progress import SILENT, Progress, track
from drehkreuz.reach.asked import JourneyPlanner, Travel
from drehkreuz.reach.tariffs import tariffs
from drehkreuz.region import Region


@dataclass(frozen=True, slots=True)
class Part:
    """
    What one firm handed in.

    Attributes:
        firm: Its name.
        groups: Table of the schema `sharing.SCHEMA`.
        rotas: Rota of each group; None where times were merged away.
    """

    firm: str
    groups: pl.DataFrame
    rotas: tuple[Rota | None, ...]


@dataclass(frozen=True, slots=True)
class FirmInPark:
    """
    A firm among the others.

    Attributes:
        firm: Its name.
        people: All of them.
        drivers: Who drive alone, the assumed share of those who do not say among them.
        could_ride: Drivers who could come by bus and train by the stated rules.
        ticket_cost: EUR a year of the firm's share of job tickets at the middle uptake; None where the price is unknown.
    """

    firm: str
    people: int
    drivers: int
    could_ride: int
    ticket_cost: float | None


@dataclass(frozen=True, slots=True)
class Corridor:
    """
    People of one shift who live in one direction.

    Attributes:
        shift: The shift.
        bearing: Degrees from north, middle of the corridor.
        people: Who work the shift and live there; who works in turn counts on each shift for their share.
        cannot: Of them, who cannot come by bus and train within the limit.
    """

    shift: Shift
    bearing: int
    people: int
    cannot: int


@dataclass(frozen=True, slots=True)
class Park:
    """
    What was found of a park.

    Attributes:
        region: The region.
        place: Row of table `places`.
        day: Day that tariffs and rules are taken from.
        firms: Each firm, in the order of their names.
        unlocated: People whose area or times were merged away: counted, but on no way.
        by_shift: People on each shift, who cannot come by bus and train, and who live in each corridor.
        shuttles: Lines that fill enough of their seats, the cheapest a ride first.
        ticket: The job ticket.
        ways: Ways to the park.
        staff: The located people of all firms.
        parameters: What was assumed.
    """

    region: Region
    place: int
    day: date
    firms: tuple[FirmInPark, ...]
    unlocated: int
    by_shift: tuple[Corridor, ...]
    shuttles: tuple[Shuttle, ...]
    ticket: JobTicket
    ways: CommuteWays
    staff: Workforce
    parameters: CommutingParameters


def business_park(
    region: Region,
    place: int,
    parts: Sequence[Part],
    *,
    day: date | None = None,
    parameters: CommutingParameters = ASSUMED,
    progress: Progress = SILENT,
) -> Park:
    """
    Put the tables of firms together.

    An area is taken as the cell nearest to where its residents live on the mean. Firms share a workplace; nothing of one person is
    known here.

    Args:
        region: The region.
        place: Row of table `places`: the park.
        parts: What firms handed in.
        day: Day that tariffs and rules are taken from; None: the region's.
        parameters: What is assumed.
        progress: Told of every part.
    """
    day = day or region.manifest.day
    planner, prices = JourneyPlanner(region), tariffs(region, day)
    parts = sorted(parts, key=lambda part: part.firm)
    steps = track(range(3), "commuting", progress)
    next(steps)
    staff, firm, unlocated = _together(region, parts)
    ways = commute_ways(planner, place, staff.shifts)
    next(steps)
    found = potential(staff, ways, parameters)
    ticket = job_ticket(prices, day, planner.network.parameters.weeks_per_month, parameters)
    ride = found.could[:, [INSTEAD.index(travel) for travel in RIDDEN]].any(axis=1)
    firms = []
    for number, part in enumerate(parts):
        own = firm == number
        could = int(found.drivers[own & ride].sum())
        cost = None if ticket.firm is None else could * parameters.ticket_uptake.mid * ticket.firm * 12
        firms.append(
            FirmInPark(part.firm, int(part.groups["people"].sum()), int(found.drivers[own].sum()), could, cost)
        )
    next(steps)
    bearing = _bearings(region, place, staff.zone, parameters)
    lines = _shuttles(planner, place, staff, ways, bearing, found.drivers, parameters)
    list(steps)
    return Park(
        region=region,
        place=place,
        day=day,
        firms=tuple(firms),
        unlocated=unlocated,
        by_shift=_corridors(staff, ways, bearing, parameters),
        shuttles=lines,
        ticket=ticket,
        ways=ways,
        staff=staff,
        parameters=parameters,
    )


def _together(region: Region, parts: Sequence[Part]) -> tuple[Workforce, NDArray[np.int64], int]:
    """Return the located groups of all firms as one workforce, the firm of each group, and how many people are not located."""
    rows = _rows_of_areas(region)
    rotas = {rota.clock: rota for part in parts for rota in part.rotas if rota is not None}
    clocks = sorted(rotas)
    found: list[tuple[int, int, int, int, float, int]] = []
    unlocated = 0
    for number, part in enumerate(parts):
        for group, rota in zip(part.groups.iter_rows(named=True), part.rotas, strict=True):
            row = rows.get((group["level"], group["area"]))
            if row is None or rota is None:
                unlocated += group["people"]
                continue
            told = group["mode"] not in {ANY, UNTOLD}
            mode = [one.value for one in MODES].index(group["mode"]) if told else UNKNOWN
            found.append((row, clocks.index(rota.clock), mode, group["people"], group["days"], number))
    table = np.array(found, dtype=np.float64).reshape(-1, 6)
    zone, of_rota, mode_of, people = (table[:, column].astype(np.int32) for column in range(4))
    staff = Workforce(tuple(rotas[clock] for clock in clocks), zone, of_rota, mode_of, people, table[:, 4].copy())
    return staff, table[:, 5].astype(np.int64), unlocated


def _rows_of_areas(region: Region) -> Mapping[tuple[str, str], int]:
    """Return the cell that stands for each area: of a municipality or district the one nearest to the mean of its residents."""
    zones = region.table("zones").select("zone_id", "municipality", "lat", "lon", pl.col("population").fill_null(1))
    named = zones.with_row_index("row").join(
        region.table("municipalities").select("municipality", "district"),
        on="municipality",
        how="left",
        maintain_order="left",
    )
    rows = {("zone", zone): row for row, zone in enumerate(zones["zone_id"])}
    for level in ("municipality", "district"):
        for (area,), cells in named.filter(pl.col(level).is_not_null()).group_by(level, maintain_order=True):
            weight = cells["population"].to_numpy() + 1e-9
            lat, lon = cells["lat"].to_numpy(), cells["lon"].to_numpy()
            middle = np.average(lat, weights=weight), np.average(lon, weights=weight)
            near = np.hypot(lat - middle[0], (lon - middle[1]) * cos(radians(float(middle[0])))).argmin()
            rows[level, str(area)] = int(cells["row"][int(near)])
    return rows


def _bearings(
    region: Region, place: int, zone: NDArray[np.int32], parameters: CommutingParameters
) -> NDArray[np.int64]:
    """Return the middle of the corridor each group lives in, degrees from north seen from the workplace."""
    lat, lon = (region.table("places")[column][place] for column in ("lat", "lon"))
    zones, width = region.table("zones"), parameters.shuttle_sector_degrees
    found = []
    for row in zone.tolist():
        north, east = zones["lat"][row] - lat, (zones["lon"][row] - lon) * cos(radians(lat))
        found.append(round(degrees(atan2(east, north)) % 360 / width) * width % 360)
    return np.array(found, dtype=np.int64)


def _on_shift(staff: Workforce, shift: int) -> NDArray[np.float64]:
    """Return the people of each group on a shift of `staff.shifts`; who works in turn counts for a share."""
    in_turn = np.array([len(rota.shifts) for rota in staff.rotas])[staff.rota]
    return np.where(staff.works()[:, shift], staff.people / in_turn, 0.0)


def _cannot(staff: Workforce, ways: CommuteWays, shift: int, parameters: CommutingParameters) -> NDArray[np.bool_]:
    """Return who cannot come to a shift by bus and train within the limit, both ways."""
    by_bus = np.minimum(ways.slower(Travel.TRANSIT)[shift], ways.slower(Travel.BIKE_TRANSIT)[shift])
    return np.asarray(by_bus[staff.zone] > parameters.bearable_minutes)


def _corridors(
    staff: Workforce, ways: CommuteWays, bearing: NDArray[np.int64], parameters: CommutingParameters
) -> tuple[Corridor, ...]:
    found = []
    for row, shift in enumerate(staff.shifts):
        people, cannot = _on_shift(staff, row), _cannot(staff, ways, row, parameters)
        for middle in np.unique(bearing).tolist():
            there = bearing == middle
            all_of_them = round(float(people[there].sum()))
            if all_of_them:
                found.append(Corridor(shift, middle, all_of_them, round(float(people[there & cannot].sum()))))
    return tuple(found)


def _shuttles(
    planner: JourneyPlanner,
    place: int,
    staff: Workforce,
    ways: CommuteWays,
    bearing: NDArray[np.int64],
    drivers: NDArray[np.int64],
    parameters: CommutingParameters,
) -> tuple[Shuttle, ...]:
    found = []
    for row, shift in enumerate(staff.shifts):
        share = np.divide(_on_shift(staff, row), staff.people, out=np.zeros(len(staff)), where=staff.people > 0)
        asked = drivers * share * _cannot(staff, ways, row, parameters)
        far = np.nan_to_num(ways.car_km[staff.zone]) >= parameters.shuttle_least_km
        for middle in np.unique(bearing).tolist():
            of_zone = pl.DataFrame({"zone": staff.zone, "people": np.where(far & (bearing == middle), asked, 0.0)})
            counts = of_zone.group_by("zone").agg(pl.sum("people")).filter(pl.col("people") > 0).sort("people", "zone")
            line = shuttle(planner, place, shift, middle, dict(counts.iter_rows()), ways, parameters)
            if line is not None:
                found.append(line)
    return tuple(sorted(found, key=lambda line: (line.eur_per_ride, line.shift.clock, line.bearing)))
