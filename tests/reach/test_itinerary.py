# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""One way in words and legs, in step with the minutes."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import pytest

from drehkreuz.reach import CANNOT, Chain, Leg, Minutes, Triples, in_words, itinerary, minutes, triples
from drehkreuz.reach.itinerary import clock
from drehkreuz.region import Region


@lru_cache
def ways(region: Region) -> tuple[Triples, Minutes]:
    """Return the triples and minutes of a region."""
    found = triples(region)
    return found, minutes(region, found)


def check_in_step(region: Region, chain: Chain) -> int:
    """Compare the legs of every triple and zone with the minutes; return how many ways exist."""
    found, result = ways(region)
    exist = 0
    for triple in range(len(found)):
        start, end = int(found.start[triple]) * 60, int(found.end[triple]) * 60
        for zone in range(len(region.table("zones"))):
            way = itinerary(region, found, zone, triple, chain)
            out, back = int(result.out[triple, zone, chain]), int(result.back[triple, zone, chain])
            assert bool(way.out) == (out != CANNOT)
            assert bool(way.back) == (back != CANNOT)
            if way.out:
                assert -(-(start - way.out[0].leave) // 60) == out
                assert way.out[-1].arrive <= start
            if way.back:
                assert way.back[0].leave >= end
                assert -(-(way.back[-1].arrive - end) // 60) == back
            for legs in (way.out, way.back):
                assert all(a.arrive <= b.leave and a.target == b.origin for a, b in pairwise(legs))
                exist += bool(legs)
    return exist


@pytest.mark.parametrize("chain", Chain)
def test_legs_are_in_step_with_minutes(small: Region, chain: Chain) -> None:
    """Of every triple and home, legs follow one another and last as long as the minutes say."""
    assert check_in_step(small, chain) > 0


def office(region: Region) -> int:
    """Return the triple of the office, 08:00 to 16:30."""
    found, _ = ways(region)
    return next(t for t in range(len(found)) if found.place[t] == 0 and found.start[t] == 480)


def test_by_bus_in_words(small: Region) -> None:
    """The way to the office by bus reads as a person would be told, in German and in English."""
    way = itinerary(small, ways(small)[0], 0, office(small), Chain.TRANSIT)
    assert (
        in_words(way.out)
        == "07:03 Fuß 7 min → 07:10 Modell-Linie 20 Richtung Werk (Mitte – Werk) 10 min → Fuß 4 min → an 07:24"
    )
    assert in_words(way.back, "en") == (
        "16:30 walk 4 min → 17:20 Modell-Linie 20 to Dorf (Werk – Mitte) 10 min → walk 7 min → arriving 17:37"
    )


def test_direct_ways_in_words(small: Region) -> None:
    """A way by a single mode is one leg, home to door."""
    way = itinerary(small, ways(small)[0], 0, office(small), Chain.BIKE)
    assert in_words(way.out) == "07:26 Rad 34 min → an 08:00"
    assert (way.out[0].origin, way.out[0].target) == ("Dorfmitte", "Beispielwerk")


def test_the_bicycle_is_fetched_where_it_was_left(small: Region) -> None:
    """By bicycle and bus the first stop of the morning is the last of the evening."""
    way = itinerary(small, ways(small)[0], 0, office(small), Chain.BIKE_TRANSIT)
    assert [leg.by for leg in way.out] == ["bike", "ride", "walk"]
    assert [leg.by for leg in way.back] == ["walk", "ride", "bike"]
    assert way.out[0].target == way.back[-1].origin == "Mitte"


def test_no_way_has_no_words() -> None:
    """A way that does not exist is said with nothing."""
    assert in_words(()) == ""


def test_times_around_midnight() -> None:
    """Seconds below zero are of the evening before, those over a day of the night after."""
    assert [clock(seconds) for seconds in (-60, 0, 86_399, 90_000)] == ["23:59", "00:00", "23:59", "01:00"]
    late = (Leg("ride", 86_100, 86_700, "A", "B", "20"),)
    assert in_words(late) == "23:55 20 (A – B) 10 min → an 00:05"
