# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The way on a card: what is told leg by leg takes as long as is said above it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from drehkreuz.matching.market import Market, prepare
from drehkreuz.matching.relation import NO_WAY, Pairs, pairs
from drehkreuz.region import Region
from drehkreuz.reports.commute import describe_commute

PEOPLE = range(0, 60, 12)


@pytest.fixture(scope="module")
def market(village: Region) -> Market:
    return prepare(village)


@pytest.fixture(scope="module")
def found(market: Market) -> dict[int, Pairs]:
    return {person: pairs(market, range(person, person + 1)) for person in PEOPLE}


def some(block: Pairs) -> list[int]:
    """Return a few posts with a way."""
    return np.flatnonzero(block.chain[0] >= 0)[::9].tolist()


def test_legs_take_as_long_as_is_said(market: Market, found: dict[int, Pairs]) -> None:
    """From leaving home to the beginning, and from the end to home, it is the minutes of the longest way out and back."""
    told = [describe_commute(market, block, 0, v) for block in found.values() for v in some(block)]
    told = [way for way in told if way["chain"] is not None]
    assert any(way["out"] != way["back"] for way in told)
    for way in told:
        assert way["begins"] * 60 - way["out"][0]["leave"] <= way["minutes_out"] * 60
        assert way["begins"] * 60 - way["out"][0]["leave"] > way["minutes_out"] * 60 - 60
        took = way["back"][-1]["arrive"] - way["back"][0]["leave"]
        assert took <= way["minutes_back"] * 60


def test_a_ticket_held_is_what_makes_a_way_free(market: Market, found: dict[int, Pairs]) -> None:
    """Only who holds a ticket and rides is told that there is nothing to pay beside it."""
    passes = market.region.table("people")["transit_pass"]
    for person, block in found.items():
        for v in some(block):
            way = describe_commute(market, block, 0, v)
            rides = {way["chain"], *way["others"]} & {"transit", "bike_transit"}
            assert way["ticket"] == (bool(passes[person]) and bool(rides) and way["cost_eur_month"] == 0)


def test_no_way_is_told_with_nothing(market: Market, found: dict[int, Pairs]) -> None:
    """Where some shift has no way home, there are neither minutes nor legs nor cost."""
    block = next(iter(found.values()))
    stuck = replace(block, real_back=np.full_like(block.real_back, NO_WAY))
    way = describe_commute(market, stuck, 0, some(block)[0])
    assert (way["chain"], way["minutes_out"], way["cost_eur_month"], way["out"], way["back"]) == (
        None,
        None,
        None,
        [],
        [],
    )
