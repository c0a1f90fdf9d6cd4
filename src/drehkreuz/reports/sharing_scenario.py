# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A plan of shared pedelecs as a scenario: a file that a person reviews, and `drehkreuz scenario run` works out."""

from __future__ import annotations

from textwrap import wrap
from typing import Any, Final

import tomli_w

from drehkreuz.measures import kind_named
from drehkreuz.planning.sharing.assumed import Band, SharingParameters
from drehkreuz.planning.sharing.cost import station_cost
from drehkreuz.region import Region
from drehkreuz.reports.sharing import interval
from drehkreuz.reports.words import Words

WIDTH: Final = 100
"""Characters of a comment's line."""

COORDINATE: Final = 6
"""Decimals of a degree: 0.1 m."""


def scenario_text(region: Region, answer: dict[str, Any], assumed: SharingParameters, words: Words) -> str:
    """
    Return the new stations of a plan and those who would use them as a scenario, TOML with a comment for what is assumed.

    Args:
        region: The region.
        answer: The plan, from `fleet_answer`.
        assumed: What was assumed in it.
        words: Language of comments and titles.
    """
    new = [row for row in answer["stations"] if not row["existing"]]
    told = {
        "title": words("sharing.scenario_title", n=words.number(len(new))),
        "text": words("sharing.scenario_text", title=answer["provenance"]["title"]),
    }
    head = [
        words(
            "sharing.scenario_plan", title=answer["provenance"]["title"], seed=answer["seed"], day=region.manifest.day
        ),
        words("sharing.scenario_fleet", **{name: interval(answer["day"][name], words) for name in ("rides", "vans")}),
        words("sharing.scenario_year", **{name: interval(answer["year"][name], words) for name in ("cost", "income")}),
        words("sharing.scenario_costs", **_each(assumed, words), overhead=words.number(100 * assumed.overhead)),
    ]
    lender = _lender(region)
    sections = [(words("sharing.scenario_access"), _access(region, words))]
    sections += [
        (_why(row, words), _station(region, row, f"station-{number:02}", lender, assumed))
        for number, row in enumerate(new, start=1)
    ]
    parts = [*map(_comment, head), tomli_w.dumps(told)]
    parts += [f"{_comment(why)}[[measure]]\n{_lines(section)}" for why, section in sections]
    return "\n".join(parts)


def _comment(sentence: str) -> str:
    return "".join(f"# {line}\n" for line in wrap(sentence, WIDTH))


def _lines(section: dict[str, Any]) -> str:
    """Return a section with a line for each key, ranges included."""
    return "".join(
        f"{key} = [{', '.join(f'{end:g}' for end in value)}]\n"
        if isinstance(value, list)
        else tomli_w.dumps({key: value})
        for key, value in section.items()
    )


def _each(assumed: SharingParameters, words: Words) -> dict[str, str]:
    """Return what a vehicle, a station and a place cost, each with its range."""
    bands: dict[str, Band] = {
        "vehicle": assumed.vehicle_eur_year,
        "station": assumed.station_eur_year,
        "place": assumed.place_eur_year,
    }
    return {name: interval({"p10": band.low, "p50": band.mid, "p90": band.high}, words) for name, band in bands.items()}


def _lender(region: Region) -> str:
    """Return who runs most of the pedelec stations there are, so that new ones belong to them; without any: the scenario itself."""
    systems = region.table("sharing_stations").filter(kind="pedelec")["system"].drop_nulls()
    defaults = {parameter.name: parameter.default for parameter in kind_named("sharing_station").parameters}
    return str(defaults["system"]) if systems.is_empty() else str(systems.mode().sort()[0])


def _access(region: Region, words: Words) -> dict[str, Any]:
    """Return the measure by which people come to use the stations, with the catalogue's share for a reviewer to change."""
    kind = kind_named("sharing_access")
    uptake = kind.uptake
    assert uptake is not None  # noqa: S101  # who borrows is drawn
    return {
        "kind": kind.name,
        "id": "access",
        "title": kind.title.told(words.language),
        "start": region.manifest.day,
        "uptake": [uptake.share.low, uptake.share.mid, uptake.share.high],
    }


def _why(row: dict[str, Any], words: Words) -> str:
    return words(
        "sharing.scenario_station",
        rides=words.number(row["rides"], 1),
        commuters=words.number(round(row["commuters"])),
        vehicles=words.number(row["vehicles"]),
        places=words.number(row["places"]),
    )


def _station(region: Region, row: dict[str, Any], id_: str, lender: str, assumed: SharingParameters) -> dict[str, Any]:
    """Return the measure of one station: at least one pedelec, and a place that is free."""
    vehicles = max(1, row["vehicles"])
    places = max(vehicles + 1, row["places"])
    name = row["name"] or row["id"]
    cost = station_cost(vehicles, places, assumed)
    return {
        "kind": "sharing_station",
        "id": id_,
        "title": name,
        "start": region.manifest.day,
        "name": name,
        "lat": round(row["lat"], COORDINATE),
        "lon": round(row["lon"], COORDINATE),
        "vehicles": vehicles,
        "places": places,
        "system": lender,
        "invest_eur": [0.0, 0.0, 0.0],
        "eur_per_year": [cost.low, cost.mid, cost.high],
    }
