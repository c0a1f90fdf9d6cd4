# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The way of one person to one post as plain values: minutes and cost of all shifts, legs of the longest ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any, Final

from drehkreuz.matching.barriers import Reason
from drehkreuz.matching.market import Market
from drehkreuz.matching.relation import NO_WAY, Pairs
from drehkreuz.reach import Chain, chosen_chains, itinerary
from drehkreuz.region import row_of

TOO_LONG: Final = Reason.REACH_OUT | Reason.REACH_BACK | Reason.REACH_LEARNING_PLACE
"""Reasons of a way that takes too much time."""

PUBLIC: Final = (Chain.TRANSIT, Chain.BIKE_TRANSIT, Chain.SHARED_PEDELEC_TRANSIT)
"""Ways on which a ticket counts."""

NOTHING: Final[dict[str, Any]] = {
    "chain": None,
    "others": [],
    "minutes_out": None,
    "minutes_back": None,
    "cost_eur_month": None,
    "ticket": False,
    "out": [],
    "back": [],
    "out_to": None,
    "back_from": None,
    "begins": None,
}


def describe_commute(market: Market, pairs: Pairs, row: int, v: int) -> dict[str, Any]:
    """
    Return the way as it is, also where it is longer than the person gave; nothing where some shift has none.

    Args:
        market: The prepared region.
        pairs: The block the pair is in.
        row: Row of the block.
        v: Row of table `vacancies`.

    Returns:
        Plain values, fit for JSON. `chain` is taken on most days, `others` on the rest. Minutes are those of the longest way there
        and of the longest way back, which may belong to two shifts; so do the legs `out` and `back`. `begins` is when one must be
        there on the former, minutes after midnight; `out_to` and `back_from` name a further place of the post where the way leads to
        one. Where it takes too long, what it costs is not said: the pair counts with the cheapest way, this is the fastest. `ticket`
        tells that a ticket held already pays for it.
    """
    chain, minutes_out, minutes_back = (
        int(pairs.chain[row, v]),
        int(pairs.real_out[row, v]),
        int(pairs.real_back[row, v]),
    )
    if chain < 0 or NO_WAY in {minutes_out, minutes_back}:
        return dict(NOTHING)
    person = market.region.table("people").row(pairs.people[row], named=True)
    too_long = Reason(int(pairs.reasons[row, v])) & TOO_LONG
    cost = None if too_long else round(float(pairs.commute_eur[row, v]))
    chains = _chains(market, pairs.people[row], v)
    main = Chain(chain)
    return {
        "chain": main.name.lower(),
        "others": [c.name.lower() for c, _ in Counter(chains.values()).most_common() if c != main],
        "limit_minutes": person["max_minutes"],
        "minutes_out": minutes_out,
        "minutes_back": minutes_back,
        "cost_eur_month": cost,
        "ticket": cost == 0 and bool(person["transit_pass"]) and any(c in PUBLIC for c in chains.values()),
        **_legs(market, person["zone_id"], v, chains),
    }


def _chains(market: Market, person: int, v: int) -> dict[int, Chain]:
    """Return the way taken for each shift that has one, by row of the triples."""
    chosen = chosen_chains(market.region, market.triples, market.minutes, person, v)
    return {t: c for t, c in chosen.items() if c is not None}


def _legs(market: Market, zone_id: str, v: int, chains: dict[int, Chain]) -> dict[str, Any]:
    """Return the legs of the longest way there and of the longest way back, and where they lead."""
    ways, when, region = market.minutes, market.triples, market.region
    if not chains:
        return {name: NOTHING[name] for name in ("out", "back", "out_to", "back_from", "begins")}
    zone = row_of(region, "zones", zone_id)
    there = max(chains, key=lambda t: (ways.out[t, zone, chains[t]], -t))
    home = max(chains, key=lambda t: (ways.back[t, zone, chains[t]], -t))
    found = {t: itinerary(region, when, zone, t, chains[t]) for t in {there, home}}

    def elsewhere(t: int) -> str | None:
        place = region.table("places").row(int(when.place[t]), named=True)
        return None if place["place_id"] == region.table("vacancies")["place_id"][v] else place["name"]

    return {
        "out": [asdict(leg) for leg in found[there].out],
        "back": [asdict(leg) for leg in found[home].back],
        "out_to": elsewhere(there),
        "back_from": elsewhere(home),
        "begins": int(when.start[there]),
    }
