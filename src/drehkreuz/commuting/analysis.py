# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A firm's commutes as a whole: from people and workplace to ways, potential, offers, pairs, parking, emissions and a package."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from drehkreuz.commuting.assumed import ASSUMED, CommutingParameters
from drehkreuz.commuting.carpools import Pairing, carpools
from drehkreuz.commuting.emissions import Distances, Line, emissions
from drehkreuz.commuting.offers import JobTicket, Lease, job_ticket, lease
from drehkreuz.commuting.package import (
    Inputs,
    Measure,
    carpool_step,
    measure,
    pedelec_step,
    ranked,
    ticket_step,
)
from drehkreuz.commuting.parking import spaces
from drehkreuz.commuting.potential import Potential, potential
from drehkreuz.commuting.starts import Start, best_starts, starts
from drehkreuz.commuting.ways import CommuteWays, commute_ways
from drehkreuz.commuting.workforce import Rota, Workforce
from drehkreuz.progress import SILENT, Progress, track
from drehkreuz.reach.asked import JourneyPlanner
from drehkreuz.reach.tariffs import tariffs
from drehkreuz.region import Region


@dataclass(frozen=True, slots=True)
class Analysis:
    """
    What was found of a firm's commutes.

    Attributes:
        region: The region.
        place: Row of table `places`.
        day: Day that tariffs and rules are taken from.
        staff: The people.
        ways: Their ways.
        starts: Every shift at other times.
        potential: Who could leave the car at home.
        pairs: Stable pairs of drivers.
        spaces: Parking spaces taken at the busiest minute.
        car_eur: EUR a year that driving costs each who drives alone, on the mean; None where nobody does or its cost is unknown.
        lines: Emissions of a year.
        ticket: The job ticket.
        lease: The leased pedelec.
        measures: What the firm could do, ranked.
        together: All of it at once, `start_times` left out.
        parameters: What was assumed.
    """

    region: Region
    place: int
    day: date
    staff: Workforce
    ways: CommuteWays
    starts: tuple[Start, ...]
    potential: Potential
    pairs: tuple[Pairing, ...]
    spaces: float
    car_eur: float | None
    lines: tuple[Line, ...]
    ticket: JobTicket
    lease: Lease
    measures: tuple[Measure, ...]
    together: Measure
    parameters: CommutingParameters


def analyse(
    region: Region,
    place: int,
    staff: Workforce,
    *,
    day: date | None = None,
    parameters: CommutingParameters = ASSUMED,
    progress: Progress = SILENT,
) -> Analysis:
    """
    Analyse the commutes of a firm. Nothing is stored.

    Args:
        region: The region.
        place: Row of table `places`: where all of them work.
        staff: The people.
        day: Day that tariffs and rules are taken from; None: the region's.
        parameters: What is assumed.
        progress: Told of every part.
    """
    day = day or region.manifest.day
    planner, prices = JourneyPlanner(region), tariffs(region, day)
    parts = track(range(5), "commuting", progress)
    next(parts)
    ways = commute_ways(planner, place, staff.shifts)
    found = potential(staff, ways, parameters)
    next(parts)
    tried = starts(planner, place, staff, parameters)
    next(parts)
    pairs = carpools(planner.network, place, staff, found.drivers, parameters)
    next(parts)
    distances = Distances(planner, place, staff, ways)
    lines = emissions(distances, prices, found.drivers, parameters)
    next(parts)
    ticket = job_ticket(prices, day, planner.network.parameters.weeks_per_month, parameters)
    leased = lease(day, parameters)
    asked = Inputs(staff, found.drivers, distances, prices, parameters)
    steps = {
        step.name: step
        for step in (
            ticket_step(asked, found, ticket),
            pedelec_step(asked, found, leased),
            carpool_step(asked, pairs),
        )
    }
    single = ranked([measure(asked, [step], name) for name, step in steps.items()])
    together = measure(asked, [steps[one.name] for one in single], "together")
    moved = _at_best_times(staff, tried)
    if moved is not None:
        there = commute_ways(planner, place, moved.shifts)
        later = Inputs(staff, found.drivers, Distances(planner, place, moved, there), prices, parameters)
        could = replace(found, could=potential(moved, there, parameters).could)
        single = ranked([*single, measure(later, [ticket_step(later, could, ticket, "start_times")], "start_times")])
    list(parts)
    return Analysis(
        region=region,
        place=place,
        day=day,
        staff=staff,
        ways=ways,
        starts=tried,
        potential=found,
        pairs=pairs,
        car_eur=_mean(asked.car_eur, found.drivers),
        spaces=spaces(staff, found.drivers.astype(np.float64), parameters),
        lines=lines,
        ticket=ticket,
        lease=leased,
        measures=single,
        together=together,
        parameters=parameters,
    )


def _at_best_times(staff: Workforce, tried: tuple[Start, ...]) -> Workforce | None:
    """Return the people with each shift at its best time; None where no other time is better."""
    best = best_starts(tried)
    if not any(start.minutes for start in best.values()):
        return None
    rotas = tuple(Rota(rota.name, tuple(one.moved(best[one].minutes) for one in rota.shifts)) for rota in staff.rotas)
    return replace(staff, rotas=rotas)


def _mean(values: NDArray[np.float64], weights: NDArray[np.int64]) -> float | None:
    """Return the mean by weight, None where nothing weighs or a value that does is unknown."""
    mean = float(np.average(values, weights=weights)) if weights.sum() else np.nan
    return mean if np.isfinite(mean) else None
