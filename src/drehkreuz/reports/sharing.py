# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A fleet of shared vehicles: plain values for screen and JSON, a table for files, and a map."""

from __future__ import annotations

import dataclasses
from typing import Any, Final

import numpy as np
import polars as pl

from drehkreuz.planning.covers import studied
from drehkreuz.planning.sharing.assumed import CarParameters, SharingParameters
from drehkreuz.planning.sharing.cars import CarDemand, CarPlan
from drehkreuz.planning.sharing.demand import Demand
from drehkreuz.planning.sharing.fleet import Figure, Plan
from drehkreuz.region import Region
from drehkreuz.reports.charging_picture import ACCENT, HOLLOW, RAMP, Dot, Key, Sheet, draw
from drehkreuz.reports.outlook import about
from drehkreuz.reports.provenance import provenance
from drehkreuz.reports.words import Words

Values = dict[str, Any]

FIGURES: Final = ("rides", "missed", "diverted", "moved", "vans", "income", "cost", "balance")
DECIMALS: Final = 1
EXISTING: Final = HOLLOW
"""Light beside the dark of new ones: the two are told apart without colour."""


def fleet_table(demand: Demand, plan: Plan) -> pl.DataFrame:
    """Return the stations: `id`, `name`, `lat`, `lon`, `existing`, `vehicles`, `places`, `rides` a day, `commuters` who could ride from it in the morning."""
    return pl.DataFrame(
        {
            "id": demand.stations,
            "name": demand.names,
            "lat": demand.lat,
            "lon": demand.lon,
            "existing": demand.existing,
            "vehicles": plan.vehicles,
            "places": plan.places,
            "rides": plan.ridden,
            "commuters": demand.riders.sum(axis=1),
        }
    ).sort("rides", "id", descending=[True, False])


def fleet_answer(
    region: Region, demand: Demand, plan: Plan, asked: Values, assumed: SharingParameters, source: str
) -> Values:
    """
    Return a fleet and what comes of it, fit for JSON.

    Args:
        region: The region.
        demand: Who could ride.
        plan: The fleet.
        asked: What was asked: kind, new stations.
        assumed: What is assumed.
        source: Where prices are from; empty: they are assumed.
    """
    return _answer(region, fleet_table(demand, plan), asked, assumed, source) | {
        "commuters": float(demand.riders.sum()),
        "by_train": float((demand.to_train + demand.from_train).sum()),
        "day": {name: _figure(getattr(plan, name)) for name in FIGURES[:5]},
        "year": {name: _figure(getattr(plan, name)) for name in FIGURES[5:]},
        "straight_line_ways": demand.assumed_ways,
    }


def car_table(demand: CarDemand, plan: CarPlan) -> pl.DataFrame:
    """Return the stations of cars: columns as in `fleet_table`, `residents` who live near each instead of `commuters`; `rides` are bookings a day."""
    return pl.DataFrame(
        {
            "id": demand.stations,
            "name": demand.names,
            "lat": demand.lat,
            "lon": demand.lon,
            "existing": demand.existing,
            "vehicles": plan.vehicles,
            "places": plan.vehicles,
            "rides": plan.ridden,
            "residents": demand.residents,
        }
    ).sort("rides", "id", descending=[True, False])


def car_answer(
    region: Region, demand: CarDemand, plan: CarPlan, asked: Values, assumed: CarParameters, source: str
) -> Values:
    """Return the cars of stations and what comes of them, fit for JSON; arguments as for `fleet_answer`."""
    day = {"bookings": plan.rides, "missed": plan.missed, "hours": plan.hours}
    return _answer(region, car_table(demand, plan), asked, assumed, source) | {
        "residents": float(demand.residents.sum()),
        "day": {name: _figure(figure) for name, figure in day.items()},
        "year": {name: _figure(getattr(plan, name)) for name in FIGURES[5:]},
        "straight_line_ways": demand.assumed_ways,
    }


def _answer(
    region: Region, table: pl.DataFrame, asked: Values, assumed: SharingParameters | CarParameters, source: str
) -> Values:
    """Return what is told of every kind of vehicle."""
    return {
        "provenance": provenance(region),
        **asked,
        "stations": table.with_columns(pl.selectors.float().round(5)).to_dicts(),
        "vehicles": int(table["vehicles"].sum()),
        "places": int(table["places"].sum()),
        "prices": source,
        "assumptions": {field.name: _plain(getattr(assumed, field.name)) for field in dataclasses.fields(assumed)},
    }


def _figure(figure: Figure) -> dict[str, float]:
    return {name: round(value, DECIMALS) for name, value in dataclasses.asdict(figure).items()}


def _plain(value: Any) -> Any:  # noqa: ANN401  # a number or a band
    return dataclasses.asdict(value) if dataclasses.is_dataclass(value) and not isinstance(value, type) else value


def interval(figure: dict[str, float], words: Words) -> str:
    """Return a figure with the range in which four of five worlds lie."""
    low, mid, high = (about(figure[name], words) for name in ("p10", "p50", "p90"))
    return words("sharing.interval", low=low, mid=mid, high=high)


def fleet_sentences(answer: Values, words: Words) -> list[str]:
    """Return the fleet in sentences."""
    new = sum(not row["existing"] for row in answer["stations"])
    return [
        words(
            "sharing.fleet",
            stations=words.number(len(answer["stations"])),
            new=words.number(new),
            vehicles=words.number(answer["vehicles"]),
            places=words.number(answer["places"]),
        ),
        *_who(answer, words),
    ]


def _who(answer: Values, words: Words) -> list[str]:
    """Return who could take part."""
    if "residents" in answer:
        return [words("sharing.near", n=about(answer["residents"], words))]
    share = words.number(100 * answer["assumptions"]["train_share"])
    trains = [words("sharing.trains", n=about(answer["by_train"], words), share=share)] if answer["by_train"] else []
    return [words("sharing.could", n=about(answer["commuters"], words)), *trains]


def fleet_notes(answer: Values, words: Words) -> list[str]:
    """Return what a reader must know of the figures."""
    counted = "sharing.only_members" if "residents" in answer else "sharing.only_commuters"
    notes = [words("sharing.assumed"), words(counted)]
    notes.append(words("sharing.prices", source=answer["prices"]) if answer["prices"] else words("sharing.no_prices"))
    return [*notes, words("access.straight")] if answer["straight_line_ways"] else notes


def fleet_picture(region: Region, answer: Values, words: Words) -> str:
    """Return the map of the stations: a dot for each, the larger the more vehicles; new ones stand out."""
    shade = np.where(studied(region), 0, -1).astype(np.int8)
    most = max((row["vehicles"] for row in answer["stations"]), default=0) or 1
    dots = [
        Dot(
            row["lon"],
            row["lat"],
            2.0 + 7.0 * float(np.sqrt(row["vehicles"] / most)),
            EXISTING if row["existing"] else ACCENT,
        )
        for row in answer["stations"]
    ]
    standing = sum(row["existing"] for row in answer["stations"])
    keys = [
        Key("dot", EXISTING, words("sharing.standing"), words.number(standing)),
        Key("dot", ACCENT, words("sharing.proposed"), words.number(len(dots) - standing)),
    ]
    sheet = Sheet(
        title=words("sharing.map_title", kind=words(f"sharing.kind_{answer['kind']}")),
        line=words("sharing.map_line", title=answer["provenance"]["title"], n=words.number(answer["vehicles"])),
        shade=shade,
        colours=(RAMP[0],),
        keys=keys,
        notes=fleet_notes(answer, words),
        dots=dots,
    )
    return draw(region, sheet, words)
