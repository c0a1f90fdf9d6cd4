# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Every way of getting about, for one place at a time, against trying everything."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import polars as pl
import pytest

from drehkreuz.errors import InputError
from drehkreuz.reach import CANNOT, Chain, Minutes, Triples, minutes, triples
from drehkreuz.reach.access import service_triples
from drehkreuz.reach.asked import ASSUMED, JourneyPlanner, Travel
from drehkreuz.reach.asked.care import ALL_THE_WAY, Care, round_trip_via_care, spans_via_care
from drehkreuz.reach.asked.findings import findings
from drehkreuz.reach.asked.moves import Spot
from drehkreuz.reach.direct import as_minutes
from drehkreuz.reach.modes import DayType
from drehkreuz.reach.stage import minutes_of_region
from drehkreuz.reach.visits import Times, visit_of
from drehkreuz.reach.ways import FAR
from drehkreuz.region import Region
from scattered import END, LONGEST, NEVER, START, Everything, scattered

DAY = Times(START, END, DayType.WEEKDAY, DayType.WEEKDAY)
SEEDS = range(10)


@pytest.fixture(scope="module")
def planners(make_region: Callable[..., Region]) -> list[JourneyPlanner]:
    """Planners of random regions, every other one with streets that are longer one way than the other."""
    return [JourneyPlanner(scattered(make_region, seed, streets=seed % 2 == 1)) for seed in SEEDS]


@pytest.fixture(scope="module")
def oracles(planners: list[JourneyPlanner]) -> list[Everything]:
    """Who tries everything in the same regions."""
    return [Everything(planner.region) for planner in planners]


@pytest.mark.parametrize("travel", Travel)
def test_as_trying_everything(planners: list[JourneyPlanner], oracles: list[Everything], travel: Travel) -> None:
    """Every home's way out and back is the best of all stops and stations."""
    exist = 0
    for planner, everything in zip(planners, oracles, strict=True):
        for place, target in enumerate(everything.spots["places"]):
            spans = planner.spans(travel, place, DAY)
            for zone, home in enumerate(everything.spots["zones"]):
                found = [int(way) if way < FAR else NEVER for way in (spans.out[zone], spans.back[zone])]
                assert tuple(found) == everything.ways(travel, home, target), (travel, zone, place)
                exist += found[0] < NEVER
    assert exist > 1


@pytest.mark.parametrize("travel", Travel)
def test_moves_are_in_step_with_spans(planners: list[JourneyPlanner], travel: Travel) -> None:
    """Moves follow one another from door to door and last as long as the spans say."""
    for planner in planners[:5]:
        spans = planner.spans(travel, 0, DAY)
        for zone in range(3):
            home, work = Spot("zones", zone), Spot("places", 0)
            out, back = planner.round_trip(travel, home, 0, DAY)
            assert bool(out) == (spans.out[zone] < FAR)
            assert bool(back) == (spans.back[zone] < FAR)
            if out:
                assert out[0].leave == START - spans.out[zone]
                assert out[-1].arrive <= START
                assert (out[0].origin, out[-1].target) == (home, work)
            if back:
                assert back[0].leave >= END
                assert back[-1].arrive == END + spans.back[zone]
                assert (back[0].origin, back[-1].target) == (work, home)
            for moves in (out, back):
                assert all(a.target == b.origin and a.arrive <= b.leave for a, b in pairwise(moves))


def test_the_vehicle_waits_where_it_was_left(planners: list[JourneyPlanner]) -> None:
    """The car of park and ride, and the shared car, are fetched at the stop or station of the morning."""
    seen = set()
    for planner in planners:
        for travel, by in ((Travel.PARK_AND_RIDE, "car"), (Travel.CARSHARING, "walk")):
            for zone in range(3):
                out, back = planner.round_trip(travel, Spot("zones", zone), 0, DAY)
                if out:
                    assert (out[0].by, back[-1].by) == (by, by)
                    assert out[0].target == back[-1].origin
                    seen.add(travel)
    assert len(seen) == 2


def test_a_shared_pedelec_is_never_slower_than_walking_to_the_stop(planners: list[JourneyPlanner]) -> None:
    """With stations beside the stops, bus and train take as long as on foot or less, and often less, either way."""
    faster = np.zeros(2, dtype=np.int64)
    for planner in planners:
        walked, shared = (planner.spans(travel, 0, DAY) for travel in (Travel.TRANSIT, Travel.SHARED_PEDELEC_TRANSIT))
        assert (shared.out <= walked.out).all()
        assert (shared.back <= walked.back).all()
        faster += [(shared.out < walked.out).sum(), (shared.back < walked.back).sum()]
    assert faster.min() > 1


def test_chains_are_as_in_the_minutes(small: Region) -> None:
    """Of the six chains kept for all places, the planner says the same minutes for every triple and home."""
    found = triples(small)
    kept = minutes(small, found)
    assert kept.chains == tuple(Chain)[:6]
    check_as_planned(small, found, kept)


def test_chains_by_shared_pedelec_are_as_in_the_minutes(make_region: Callable[..., Region]) -> None:
    """Where somebody uses shared pedelecs all eight chains are kept, the same by partitions, and as the planner says."""
    exist = np.zeros(2, dtype=np.int64)
    for seed in range(6):
        region = scattered(make_region, seed, streets=seed % 2 == 1)
        member = pl.DataFrame({"person_id": ["p"], "kind": ["pedelec"]})
        region = region.with_tables({"person_sharing": member})
        found = service_triples(region)
        kept, parts = minutes(region, found), minutes_of_region(region, found)
        assert kept.chains == parts.chains == tuple(Chain)
        assert (kept.out == parts.out).all()
        assert (kept.back == parts.back).all()
        check_as_planned(region, found, kept)
        shared = (Chain.SHARED_PEDELEC, Chain.SHARED_PEDELEC_TRANSIT)
        exist += [(kept.out[:, :, chain] < kept.out[:, :, Chain.TRANSIT]).sum() for chain in shared]
    assert exist.min() > 0


def check_as_planned(region: Region, found: Triples, kept: Minutes) -> None:
    """Compare the minutes of every triple, home and chain with the planner's."""
    planner = JourneyPlanner(region)
    for triple in range(len(found)):
        visit = visit_of(found, triple)
        for chain in kept.chains:
            spans = planner.spans(Travel.of(chain), visit.place, visit.times[0])
            assert (as_minutes(spans.out, CANNOT - 1) == kept.out[triple, :, chain]).all()
            assert (as_minutes(spans.back, CANNOT - 1) == kept.back[triple, :, chain]).all()


def test_no_sharing_without_vehicle_or_dock(make_region: Callable[..., Region]) -> None:
    """Where no station lends, nobody borrows; where none takes back, neither."""
    region = scattered(make_region, 3)
    stations = region.table("sharing_stations")
    for change in ({"vehicles": 0}, {"vehicles": 4, "capacity": 4}):
        table = stations.with_columns(**{name: value + 0 * stations["lat"].cast(int) for name, value in change.items()})
        planner = JourneyPlanner(region.with_tables({"sharing_stations": table}))
        spans = planner.spans(Travel.SHARED_PEDELEC, 0, DAY)
        assert (spans.out == FAR).all()
        assert (spans.back == FAR).all()


# ------------------------------------------------------------------------------------------------------------- care


@pytest.mark.parametrize("travel", ALL_THE_WAY)
def test_through_care_as_trying_everything(
    planners: list[JourneyPlanner], oracles: list[Everything], travel: Travel
) -> None:
    """The child is brought as late as work allows and fetched as soon as can be, while care is open; else there is no way."""
    exist = closed = 0
    for planner, everything in zip(planners, oracles, strict=True):
        for care in (Care(1, 6 * 3600, 17 * 3600), Care(1, 7 * 3600 + 2400, 16 * 3600 + 900)):
            spans = spans_via_care(planner, travel, care, 0, DAY)
            for zone in range(3):
                found = tuple(int(way) if way < FAR else NEVER for way in (spans.out[zone], spans.back[zone]))
                assert found == through_care(everything, travel, care, zone)
                exist += found[0] < NEVER
                closed += found[0] == NEVER
    assert min(exist, closed) > 0


def through_care(everything: Everything, travel: Travel, care: Care, zone: int) -> tuple[int, int]:
    """Try stays at the last moment and before it, at the first moment and after it."""
    home, (work, crib) = everything.spots["zones"][zone], everything.spots["places"]
    stay, out, back = ASSUMED.care_seconds, NEVER, NEVER
    to_work, from_work = everything.ways(travel, crib, work)
    for wait in (0, 1, 59, 600):
        begin = START - to_work - stay - wait
        if to_work < NEVER and care.opens <= begin and begin + stay <= care.closes:
            out = min(out, everything.ways(travel, home, crib, begin, begin)[0] + START - begin)
        begin = END + from_work + wait
        if from_work < NEVER and care.opens <= begin and begin + stay <= care.closes:
            end = begin + stay
            back = min(back, everything.ways(travel, home, crib, end, end)[1] + end - END)
    return out if out <= LONGEST else NEVER, back if back <= LONGEST else NEVER


def test_moves_through_care(planners: list[JourneyPlanner]) -> None:
    """Both ways stop at care as long as it takes, while it is open, and are in step with the spans."""
    care, seen = Care(1, 6 * 3600, 17 * 3600), 0
    for planner in planners:
        spans = spans_via_care(planner, Travel.TRANSIT, care, 0, DAY)
        for zone in range(3):
            out, back = round_trip_via_care(planner, Travel.TRANSIT, Spot("zones", zone), care, 0, DAY)
            assert (bool(out), bool(back)) == (spans.out[zone] < FAR, spans.back[zone] < FAR)
            for moves in (out, back):
                stays = [move for move in moves if move.by == "care"]
                assert all(move.arrive - move.leave == ASSUMED.care_seconds for move in stays)
                assert len(stays) == bool(moves)
                assert all(a.target == b.origin and a.arrive <= b.leave for a, b in pairwise(moves))
                seen += bool(moves)
            if out:
                assert out[0].leave == START - spans.out[zone]
    assert seen > 0


def test_care_is_closed_at_night_and_on_saturdays(planners: list[JourneyPlanner]) -> None:
    """No child is brought before a night shift or at the weekend."""
    care = Care(1, 6 * 3600, 17 * 3600)
    saturday = Times(START, END, DayType.SATURDAY, DayType.SATURDAY)
    night = Times(22 * 3600, 6 * 3600, DayType.WEEKDAY, DayType.WEEKDAY)
    for times in (saturday, night):
        spans = spans_via_care(planners[0], Travel.CAR, care, 0, times)
        assert (spans.out == FAR).all()


def test_a_vehicle_that_waits_at_a_stop_is_not_broken_at_care(planners: list[JourneyPlanner]) -> None:
    """Travel that leaves or lends a vehicle is refused through care, with what is possible instead."""
    with pytest.raises(InputError, match="walk, bike, pedelec, car, transit can"):
        spans_via_care(planners[0], Travel.PARK_AND_RIDE, Care(1, 0, 86_400), 0, DAY)


# --------------------------------------------------------------------------------------------------------- findings


def test_a_place_in_the_sea_and_a_day_without_a_run(make_region: Callable[..., Region]) -> None:
    """Who asks for a place off the streets on a day without a run is told both; other places are answered as ever."""
    region = scattered(make_region, 1, streets=True)
    places = region.table("places").with_columns(lat=pl.Series([region.table("places")["lat"][0], 54.5]))
    region = region.with_tables({"places": places, "service_days": region.table("service_days").clear()})
    planner = JourneyPlanner(region)
    said = findings(planner, [Travel.TRANSIT], [Spot("zones", 0), Spot("places", 1)], DAY)
    assert [(finding.where, finding.row) for finding in said] == [("places", "p1"), ("service_days", "")]
    assert (planner.spans(Travel.CAR, 1, DAY).out == FAR).all()
    assert (planner.spans(Travel.CAR, 0, DAY).out < FAR).all()
    assert findings(planner, [Travel.CAR], [Spot("places", 0)], DAY) == ()


def test_tables_that_are_missing(small: Region) -> None:
    """Park and ride, sharing and bicycles on board each name the table they need."""
    asked = [Travel.PARK_AND_RIDE, Travel.CARSHARING, Travel.SHARED_PEDELEC, Travel.BIKE_ON_BOARD]
    said = findings(JourneyPlanner(small), asked, [Spot("zones", 0)], DAY)
    assert [finding.where for finding in said] == ["sharing_stations", "sharing_stations", "park_and_ride", "trips"]
