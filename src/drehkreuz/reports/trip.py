# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""One home and one place: the ways there and back side by side, leg by leg, with what they cost and emit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from itertools import pairwise
from typing import Any

from drehkreuz.reach.asked.costs import Item, account
from drehkreuz.reach.asked.findings import findings
from drehkreuz.reach.asked.moves import Move, RoundTrip, Spot
from drehkreuz.reach.asked.planner import JourneyPlanner
from drehkreuz.reach.asked.travel import Travel
from drehkreuz.reach.itinerary import Leg
from drehkreuz.reach.visits import Times
from drehkreuz.reports.isochrone import assumed, modelled
from drehkreuz.reports.notes import grouped
from drehkreuz.reports.pair import Values
from drehkreuz.reports.provenance import provenance
from drehkreuz.reports.sentences import legs
from drehkreuz.reports.words import Words


def way_answer(
    planner: JourneyPlanner, travel: Travel, way: RoundTrip, times: Times, days: float, *, job_ticket: bool
) -> Values:
    """
    Return one way there and back; fit for JSON.

    Args:
        planner: Of the region.
        travel: By what.
        way: From the planner.
        times: When to be there.
        days: Days a week, for a month's cost.
        job_ticket: The employer offers a job ticket.
    """
    month = account(planner, way, days, job_ticket=job_ticket) if way.out and way.back else None
    return {
        "chain": travel,
        "minutes_out": -(-(times.start - way.out[0].leave) // 60) if way.out else None,
        "minutes_back": -(-(way.back[-1].arrive - times.end) // 60) if way.back else None,
        "out": [asdict(Leg.of(move, planner.region)) for move in way.out],
        "back": [asdict(Leg.of(move, planner.region)) for move in way.back],
        "km": None if month is None else round(sum(month.km.values()), 1),
        "eur_month": None if month is None else _rounded(month.eur_month, 2),
        "co2_kg_month": None if month is None else _rounded(month.co2_kg_month, 1),
        "cost_items": [] if month is None else [_item(item) for item in month.eur],
        "co2_items": [] if month is None else [_item(item) for item in month.co2],
    }


def trip_answer(
    planner: JourneyPlanner,
    home: int,
    place: int,
    times: Times,
    days: float,
    ways: Sequence[Values],
    named: Sequence[Travel],
) -> dict[str, Any]:
    """
    Return all ways of one home to one place, those there and back first, the fastest before the slower ones.

    A way that goes as one before it does, leg by leg, tells so (`same_as`): who need not ride to the stop walks.

    Args:
        planner: Of the region.
        home: Row of table `zones`.
        place: Row of table `places`.
        times: When to be there.
        days: Days a week.
        ways: From `way_answer`.
        named: Travel that was asked for by name: of it, what is missing is told.
    """
    region = planner.region
    zone, target = region.table("zones").row(home, named=True), region.table("places").row(place, named=True)

    def order(way: Values) -> int:
        out, back = way["minutes_out"], way["minutes_back"]
        return 1000 if out is None or back is None else int(out + back)

    first: dict[str, str] = {}
    for way in ways:
        moves = repr((way["out"], way["back"]))
        way["same_as"] = first.get(moves) if whole(way) else None
        first.setdefault(moves, way["chain"])

    return {
        "provenance": provenance(region),
        "home": zone["zone_id"],
        "home_name": zone["name"] or zone["zone_id"],
        "place": target["place_id"],
        "place_name": target["name"],
        "start": times.start // 60,
        "end": times.end // 60,
        "day": times.day_out,
        "days_a_week": days,
        "modelled_timetable": modelled(region) and any(Travel(way["chain"]).rides for way in ways),
        "assumptions": assumed(planner),
        "findings": grouped(findings(planner, named, [Spot("zones", home), Spot("places", place)], times)),
        "ways": sorted(ways, key=order),
    }


def whole(way: Values) -> bool:
    """Whether a way exists there and back."""
    return way["minutes_out"] is not None and way["minutes_back"] is not None


def headline(way: Values, words: Words) -> str:
    """Return a way in a line: `Bus und Bahn: 37 min hin, 52 min zurück, 24,1 km, 63 € im Monat, 45 kg CO₂ im Monat`."""
    out, back = (words("trip.minutes", n=way[f"minutes_{name}"]) for name in ("out", "back"))
    money, co2 = way["eur_month"], way["co2_kg_month"]
    parts = [
        words("trip.took", out=out, back=back),
        words("trip.km", n=words.number(way["km"], 1)),
        words("trip.ask") if money is None else words("trip.money", n=words.money(money)),
        words("trip.co2_ask") if co2 is None else words("trip.co2", n=words.number(co2)),
    ]
    return f"{words('chain.' + way['chain'].upper())}: {', '.join(parts)}"


def spoken(way: Values, words: Words) -> list[str]:
    """Return the way there and the way back, a line each."""
    return [f"{words(f'paths.legs_{direction}')}: {legs(way[direction], words)}" for direction in ("out", "back")]


def sources(answer: dict[str, Any], words: Words) -> list[str]:
    """Return where prices and factors of the ways are from, each once."""
    found: dict[str, None] = {}
    for way in answer["ways"]:
        for item in (*way["cost_items"], *way["co2_items"]):
            if item["total"] is not None and item["source"]:
                until = item["valid_to"]
                text = words("trip.until", source=item["source"], day=words.day(until)) if until else item["source"]
                found[text] = None
    return list(found)


def trip_geojson(planner: JourneyPlanner, ways: Sequence[tuple[Travel, RoundTrip]]) -> dict[str, Any]:
    """Return every leg as a line: a ride from stop to stop, all else straight from end to end; a stay is a point."""
    features = [
        _feature(planner, travel, direction, number, move)
        for travel, way in ways
        for direction, moves in zip(("out", "back"), way, strict=True)
        for number, move in enumerate(moves, 1)
    ]
    return {"type": "FeatureCollection", "features": features}


def _feature(planner: JourneyPlanner, travel: Travel, direction: str, number: int, move: Move) -> dict[str, Any]:
    spots = [spot.lon_lat(planner.region) for spot in move.calls or (move.origin, move.target)]
    if all(a == b for a, b in pairwise(spots)):
        geometry: dict[str, Any] = {"type": "Point", "coordinates": spots[0]}
    else:
        geometry = {"type": "LineString", "coordinates": spots}
    leg = asdict(Leg.of(move, planner.region))
    return {
        "type": "Feature",
        "geometry": geometry,
        "properties": {"chain": travel, "direction": direction, "number": number, **leg},
    }


def _item(item: Item) -> Values:
    valid_to = date.fromisoformat(item.valid_to) if item.valid_to else None
    return {**asdict(item), "amount": round(item.amount, 2), "total": _rounded(item.total, 2), "valid_to": valid_to}


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
