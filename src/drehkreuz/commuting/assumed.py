# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What is assumed of a firm and its people where neither a table nor a rule says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from drehkreuz.reach.asked import Travel


@dataclass(frozen=True, slots=True)
class Band:
    """A quantity that is not known exactly: low, middle and high."""

    low: float
    mid: float
    high: float


@dataclass(frozen=True, slots=True)
class Rule:
    """
    When somebody who drives could come otherwise.

    Attributes:
        longest_minutes: Longest way, each direction, on every shift of the rota.
        beyond_car: Most minutes more than by car, the slower direction of both.
    """

    longest_minutes: int
    beyond_car: int


WITHIN_AN_HOUR: Final = Rule(60, 30)


@dataclass(frozen=True, slots=True)
class CommutingParameters:
    """
    Assumed values, all in one place; none is measured at a firm. A firm puts its own in place of them.

    Attributes:
        walk: When a driver could walk: longest minutes each way, and most minutes more than by car.
        bike: When a driver could come by bicycle.
        pedelec: When a driver could come by pedelec.
        transit: When a driver could come by bus and train, on foot to the stop.
        bike_transit: The same, by bicycle to the stop.
        park_and_ride: The same, by car to a stop with spaces.
        bearable_minutes: "Can come by bus and train" means at most so many minutes each way on every shift.
        start_steps: Minutes by which a shift's begin and end are moved together for trial.
        drivers_of_unknown: Share of people whose way of coming is not told that are taken as driving alone (one secondary source
            says 68 % of commuters in Germany; unverified).
        weeks_per_year: Weeks with work, holidays and leave taken off.
        carpool_detour_minutes: Most minutes that picking up a colleague may cost the driver, each way.
        carpool_stop_seconds: Waiting where a colleague is picked up or let out.
        carpool_least_km: Kilometres a day that two must save together before they would share a car.
        presence_minutes: A car stands on its space so long before and after the shift.
        space_eur_year: What a parking space costs the firm in a year: building spread over its life, land, upkeep.
        ticket_share: Share of the job ticket that the firm pays; the discount asks a quarter.
        ticket_uptake: Share of those who could come by bus and train that do once there is a job ticket.
        pedelec_eur_month: Leasing of one pedelec with insurance.
        pedelec_list_eur: Its list price, of which tax counts a share.
        pedelec_firm_eur_month: What the firm adds to each leased pedelec.
        pedelec_parking_eur: Stand and socket for one pedelec, a year.
        marginal_rate: Tax and social insurance on the last euro earned, saved by salary conversion.
        pedelec_uptake: Share of those who could ride that do once the firm leases.
        carpool_fixed_eur: Bringing people together, a year: a list, a day of somebody's time a month.
        carpool_uptake: Share of the stable pairs that do share a car.
        least_group: Fewest people of a group that is shown or handed on.
        shuttle_seats: Seats of a small, a middle and a large vehicle.
        shuttle_eur_km: What a kilometre run costs with each of them, driver included.
        shuttle_uptake: Share of those near its way that would ride.
        shuttle_load: Share of the seats that must be taken before a run is proposed.
        shuttle_least_km: Nobody is collected nearer to the workplace than that.
        shuttle_sector_degrees: Width of a corridor, seen from the workplace.
    """

    walk: Rule = Rule(20, 254)
    bike: Rule = Rule(25, 254)
    pedelec: Rule = Rule(30, 254)
    transit: Rule = WITHIN_AN_HOUR
    bike_transit: Rule = WITHIN_AN_HOUR
    park_and_ride: Rule = WITHIN_AN_HOUR
    bearable_minutes: int = 60
    start_steps: tuple[int, ...] = (-60, -45, -30, -15, 0, 15, 30, 45, 60)
    drivers_of_unknown: float = 0.68
    weeks_per_year: float = 44.0
    carpool_detour_minutes: int = 10
    carpool_stop_seconds: int = 120
    carpool_least_km: float = 5.0
    presence_minutes: int = 15
    space_eur_year: Band = Band(150.0, 300.0, 600.0)
    ticket_share: float = 0.25
    ticket_uptake: Band = Band(0.05, 0.15, 0.30)
    pedelec_eur_month: float = 90.0
    pedelec_list_eur: float = 3500.0
    pedelec_firm_eur_month: float = 20.0
    pedelec_parking_eur: float = 40.0
    marginal_rate: float = 0.40
    pedelec_uptake: Band = Band(0.05, 0.12, 0.25)
    carpool_fixed_eur: float = 4000.0
    carpool_uptake: Band = Band(0.03, 0.08, 0.20)
    least_group: int = 5
    shuttle_seats: tuple[int, ...] = (8, 16, 30)
    shuttle_eur_km: tuple[float, ...] = (2.5, 3.2, 4.0)
    shuttle_uptake: Band = Band(0.10, 0.20, 0.35)
    shuttle_load: float = 0.5
    shuttle_least_km: float = 4.0
    shuttle_sector_degrees: int = 45

    def rule(self, travel: Travel) -> Rule:
        """Return the rule of a way of coming."""
        rules = {
            Travel.WALK: self.walk,
            Travel.BIKE: self.bike,
            Travel.PEDELEC: self.pedelec,
            Travel.TRANSIT: self.transit,
            Travel.BIKE_TRANSIT: self.bike_transit,
            Travel.PARK_AND_RIDE: self.park_and_ride,
        }
        return rules[travel]


ASSUMED: Final = CommutingParameters()
