# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A firm's commutes: every figure by another way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from drehkreuz.commuting import ASSUMED, MODES, UNKNOWN, WAYS, Band, Rota, Workforce, shift, with_workplace
from drehkreuz.commuting.analysis import Analysis, analyse
from drehkreuz.commuting.offers import job_ticket, lease
from drehkreuz.commuting.package import ranked
from drehkreuz.commuting.parking import spaces
from drehkreuz.commuting.potential import INSTEAD
from drehkreuz.commuting.rules import mobility_rules
from drehkreuz.commuting.starts import best_starts
from drehkreuz.commuting.workforce import CAR
from drehkreuz.reach.asked import JourneyPlanner, Travel
from drehkreuz.reach.modes import CANNOT, DayType
from drehkreuz.reach.tariffs import tariffs
from drehkreuz.region import Region

DAY = date(2026, 11, 2)


def test_ways_are_those_of_the_planner(village: Region, analysis: Analysis) -> None:
    """Minutes of each shift are the planner's seconds rounded up, the slowest shift of a rota counting for its people."""
    planner, staff = JourneyPlanner(village), analysis.staff
    for travel in (Travel.CAR, Travel.TRANSIT):
        slowest = analysis.ways.of_groups(staff, travel)
        for group in range(0, len(staff), 17):
            spans = [planner.spans(travel, 0, one.times) for one in staff.rotas[staff.rota[group]].shifts]
            longest = max(max(int(s.out[staff.zone[group]]), int(s.back[staff.zone[group]])) for s in spans)
            assert slowest[group] == (CANNOT if longest > 254 * 60 else -(-longest // 60))


def test_a_workplace_may_be_a_point(village: Region, staff: Workforce) -> None:
    """A point where a place of the region stands has the ways of that place."""
    lat, lon = village.table("places").select("lat", "lon").row(0)
    there, row = with_workplace(village, lat, lon, "here")
    few = staff.take(staff.rota == 0)
    one, other = analyse(village, 0, few), analyse(there, row, few)
    np.testing.assert_array_equal(one.ways.minutes, other.ways.minutes)


def test_gains_less_losses_are_the_change(analysis: Analysis) -> None:
    """Who can come at another begin are those of today, with who gains and without who loses."""
    today = {one.shift: one.can for one in analysis.starts if one.minutes == 0}
    for one in analysis.starts:
        assert one.can == today[one.shift] + one.gained - one.lost
    best = best_starts(analysis.starts)
    assert all(best[one.shift].can >= one.can for one in analysis.starts)


def test_rules_are_kept(analysis: Analysis) -> None:
    """Whoever could come otherwise keeps both limits of the rule on every shift; raising a limit loses nobody."""
    car = analysis.ways.of_groups(analysis.staff, Travel.CAR).astype(int)
    for column, travel in enumerate(INSTEAD):
        rule = ASSUMED.rule(travel)
        minutes = analysis.ways.of_groups(analysis.staff, travel).astype(int)
        kept = (minutes < CANNOT) & (minutes <= rule.longest_minutes) & (minutes <= car + rule.beyond_car)
        np.testing.assert_array_equal(analysis.potential.could[:, column], kept)


def test_drivers_of_those_who_do_not_say_are_whole_people(staff: Workforce) -> None:
    """The assumed share is spread over groups in whole people and meets its sum; who says so drives in any case."""
    drivers = staff.drivers(0.68)
    untold = staff.mode == UNKNOWN
    assert int(drivers[untold].sum()) == round(0.68 * int(staff.people[untold].sum()))
    assert (drivers[untold] <= staff.people[untold]).all()
    np.testing.assert_array_equal(drivers[staff.mode == CAR], staff.people[staff.mode == CAR])
    assert not drivers[~untold & (staff.mode != CAR)].any()


def test_emissions_by_hand(village: Region) -> None:
    """Ten who drive: people × days × weeks × kilometres there and back × factor."""
    staff = Workforce.of([Rota("day", (shift("day", 8 * 3600, 16 * 3600),))], [(5, 0, CAR, 10, 4.0)])
    found = analyse(village, 0, staff)
    km = 10 * 4.0 * ASSUMED.weeks_per_year * 2 * found.ways.car_km[5]
    factor = tariffs(village)["co2_car_km"].value
    assert factor is not None
    line = found.lines[0]
    assert (line.people, line.km) == (10, pytest.approx(km))
    assert line.tonnes == pytest.approx(km * factor / 1e6)
    per_km = tariffs(village)["car_km"].value
    assert per_km is not None
    assert found.car_eur == pytest.approx(km / 10 * per_km)


def test_emissions_count_everybody_once(analysis: Analysis) -> None:
    """Walkers and riders alike: the people of all ways and those not counted are the staff."""
    by_way = {line.mode: max(one.people for one in analysis.lines if one.mode == line.mode) for line in analysis.lines}
    assert sum(by_way.values()) == analysis.staff.total
    assert all(line.tonnes is not None for line in analysis.lines if line.mode is not None)


def test_the_job_ticket_of_2026(village: Region) -> None:
    """With a quarter paid by the firm an employee pays 44.10 euros; with less there is no discount; in 2027 people are told to ask."""
    prices = tariffs(village, DAY)
    price = prices["transit_month"].value
    assert price is not None
    ticket = job_ticket(prices, DAY, 4.33, ASSUMED)
    assert ticket.employee == pytest.approx(price * 0.7)
    assert job_ticket(prices, DAY, 4.33, replace(ASSUMED, ticket_share=0.2)).employee == pytest.approx(price * 0.8)
    assert job_ticket(prices, DAY, 4.33, replace(ASSUMED, ticket_share=1.0)).employee == 0
    assert job_ticket(tariffs(village, date(2027, 2, 1)), date(2027, 2, 1), 4.33, ASSUMED).employee is None


def test_a_leased_pedelec_by_hand() -> None:
    """90 less 20 euros come off gross pay, 0.25 % of 3,500 euros are taxed: 42 + 3.50 euros net."""
    assert lease(DAY, ASSUMED).employee == pytest.approx((90 - 20) * 0.6 + 8.75 * 0.4)
    assert lease(date(2025, 1, 1), ASSUMED).employee is None


def test_every_rule_says_whom_to_ask() -> None:
    """Each rule has its sentence and whom to ask in both languages, a source and the day it was checked."""
    for rule in mobility_rules().values():
        assert set(rule.claim) == set(rule.who_to_ask) == {"de", "en"}
        assert rule.source
        assert rule.checked_on >= rule.valid_from
        assert rule.holds(DAY)
    assert not mobility_rules()["job_ticket_discount"].holds(date(2027, 1, 1))


def test_parking_is_fullest_at_the_handover() -> None:
    """A hundred early and eighty late stand there together when shifts change; nights meet over midnight."""
    early, late = (Rota(name, (shift(name, b * 3600, e * 3600),)) for name, b, e in (("e", 6, 14), ("l", 14, 22)))
    staff = Workforce.of([early, late], [(0, 0, CAR, 100, 5.0), (0, 1, CAR, 80, 5.0)])
    assert spaces(staff, staff.people.astype(np.float64), ASSUMED) == 180
    assert spaces(staff, staff.people.astype(np.float64), replace(ASSUMED, presence_minutes=0)) == 100
    turns = Rota("t", (early.shifts[0], late.shifts[0]))
    in_turn = Workforce.of([turns], [(0, 0, CAR, 100, 4.0)])
    assert spaces(in_turn, in_turn.people.astype(np.float64), ASSUMED) == pytest.approx(100 * 0.8)
    at_weekends = shift("s", 6 * 3600, 14 * 3600, DayType.SATURDAY)
    every_day = Workforce.of([Rota("w", (early.shifts[0], at_weekends))], [(0, 0, CAR, 70, 5.0)])
    assert spaces(every_day, every_day.people.astype(np.float64), ASSUMED) == pytest.approx(50)


def test_the_package_holds_together(analysis: Analysis) -> None:
    """Intervals are in order, all together are no more than the sum of the parts, and the cheapest tonne stands first."""
    parts = [one for one in analysis.measures if one.name != "start_times"]
    whole = analysis.together
    for one in (*analysis.measures, whole):
        for band in (one.people, one.spaces, one.tonnes, one.relief):
            assert band.low <= band.mid <= band.high
        assert one.people.high <= one.could + 0.5
    for level in ("low", "mid", "high"):
        assert getattr(whole.people, level) <= sum(getattr(one.people, level) for one in parts) + 1e-9
        assert getattr(whole.people, level) >= max(getattr(one.people, level) for one in parts) - 1e-9
    prices = [one.eur_per_tonne for one in analysis.measures if one.eur_per_tonne is not None]
    assert prices == sorted(prices)
    assert ranked(analysis.measures[::-1]) == analysis.measures


def test_nobody_taking_part_changes_nothing(village: Region, staff: Workforce) -> None:
    """With no uptake there is no effect, and only what is paid in any case is paid."""
    none = Band(0.0, 0.0, 0.0)
    idle = replace(ASSUMED, ticket_uptake=none, pedelec_uptake=none, carpool_uptake=none)
    whole = analyse(village, 0, staff, parameters=idle).together
    assert whole.people == whole.tonnes == whole.spaces == none
    assert whole.cost == Band(*[ASSUMED.carpool_fixed_eur] * 3)


def test_people_outside_the_region_are_counted_and_have_no_way(village: Region) -> None:
    """Their number stands, their ways do not, and nothing of them is paired or emitted."""
    day = Rota("day", (shift("day", 8 * 3600, 16 * 3600),))
    found = analyse(village, 0, Workforce.of([day], [(UNKNOWN, 0, CAR, 6, 5.0), (3, 0, CAR, 1, 5.0)]))
    assert found.staff.total == 7
    assert found.pairs == ()
    assert sum(line.people for line in found.lines) == 1
    outside = found.staff.zone < 0
    assert all((found.ways.of_groups(found.staff, travel)[outside] == CANNOT).all() for travel in WAYS)
    assert MODES[CAR] is Travel.CAR
