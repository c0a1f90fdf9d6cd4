# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""One way in words and legs, in step with the minutes."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import pytest

from drehkreuz.reach import CANNOT, Chain, Minutes, Triples, itinerary, minutes, triples
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


@pytest.mark.parametrize("chain", tuple(Chain)[:6])
def test_legs_are_in_step_with_minutes(small: Region, chain: Chain) -> None:
    """Of every triple and home, legs follow one another and last as long as the minutes say."""
    assert check_in_step(small, chain) > 0


def office(region: Region) -> int:
    """Return the triple of the office, 08:00 to 16:30."""
    found, _ = ways(region)
    return next(t for t in range(len(found)) if found.place[t] == 0 and found.start[t] == 480)


def test_by_bus(small: Region) -> None:
    """The way to the office by bus leaves home as late as possible; the way back waits for the bus."""
    way = itinerary(small, ways(small)[0], 0, office(small), Chain.TRANSIT)
    assert [(leg.by, leg.leave // 60, leg.line, leg.headsign) for leg in way.out] == [
        ("walk", 423, "", ""), ("ride", 430, "Modell-Linie 20", "Werk"), ("walk", 440, "", ""),
    ]  # fmt: skip
    assert [(leg.by, leg.leave // 60, leg.origin, leg.target) for leg in way.back] == [
        ("walk", 990, "Beispielwerk", "Werk"), ("ride", 1040, "Werk", "Mitte"), ("walk", 1050, "Mitte", "Dorfmitte"),
    ]  # fmt: skip


def test_a_direct_way_is_one_leg(small: Region) -> None:
    """A way by a single mode goes from home to door."""
    way = itinerary(small, ways(small)[0], 0, office(small), Chain.BIKE)
    assert [(leg.by, leg.leave // 60, leg.arrive) for leg in way.out] == [("bike", 446, 28_800)]
    assert (way.out[0].origin, way.out[0].target) == ("Dorfmitte", "Beispielwerk")


def test_the_bicycle_is_fetched_where_it_was_left(small: Region) -> None:
    """By bicycle and bus the first stop of the morning is the last of the evening."""
    way = itinerary(small, ways(small)[0], 0, office(small), Chain.BIKE_TRANSIT)
    assert [leg.by for leg in way.out] == ["bike", "ride", "walk"]
    assert [leg.by for leg in way.back] == ["walk", "ride", "bike"]
    assert way.out[0].target == way.back[-1].origin == "Mitte"
