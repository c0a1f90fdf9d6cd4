# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A business park's commutes: as one object fit for JSON, and as a paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from drehkreuz.commuting.park import Park
from drehkreuz.commuting.shuttle import RUN_DAYS
from drehkreuz.reports.commuting.answer import modelled, rules_told
from drehkreuz.reports.commuting.counts import shown
from drehkreuz.reports.commuting.paper import notices, rules_table
from drehkreuz.reports.commuting.picture import Place, around
from drehkreuz.reports.commuting.telling import Telling
from drehkreuz.reports.paper.document import Block, Document, Figure, Paragraph, Section
from drehkreuz.reports.provenance import provenance
from drehkreuz.reports.words import Language

MOST_LINES: Final = 10
"""Lines of a shuttle in the paper; all stand in the JSON object."""


def park_answer(found: Park) -> dict[str, Any]:
    """Return what was found of a park, fit for JSON."""
    place = found.region.table("places").row(found.place, named=True)
    zones = found.region.table("zones")
    return {
        "provenance": provenance(found.region),
        "modelled_timetable": modelled(found.region, "stop_times"),
        "straight_line_ways": found.ways.assumed,
        "place": {"id": place["place_id"], "name": place["name"], "lat": place["lat"], "lon": place["lon"]},
        "day": found.day,
        "people": shown(sum(firm.people for firm in found.firms)),
        "drivers": shown(sum(firm.drivers for firm in found.firms)),
        "unlocated": shown(found.unlocated),
        "limit": found.parameters.bearable_minutes,
        "ticket": {"price": found.ticket.price, "firm": found.ticket.firm, "employee": found.ticket.employee},
        "firms": [
            {
                "firm": firm.firm,
                "people": shown(firm.people),
                "drivers": shown(firm.drivers),
                "could_ride": shown(firm.could_ride),
                "ticket_cost": None if shown(firm.could_ride) is None else firm.ticket_cost,
            }
            for firm in found.firms
        ],
        "corridors": [
            {
                "times": one.shift.clock,
                "bearing": one.bearing,
                "people": shown(one.people),
                "cannot": shown(one.cannot),
            }
            for one in found.by_shift
        ],
        "shuttles": [
            {
                "times": line.shift.clock,
                "bearing": line.bearing,
                "stops": [zones["name"][stop] or zones["zone_id"][stop] for stop in line.stops],
                "points": [(zones["lat"][stop], zones["lon"][stop]) for stop in line.stops],
                "people": shown(line.people),
                "km": round(line.km, 1),
                "minutes": line.minutes,
                "seats": line.seats,
                "riders": {"low": line.riders.low, "mid": line.riders.mid, "high": line.riders.high},
                "cost": round(line.cost),
                "eur_per_ride": round(line.eur_per_ride, 2),
                "car_km": round(line.car_km),
            }
            for line in found.shuttles
        ],
        "rules": rules_told(found.day),
    }


def park_paper(answer: Mapping[str, Any], language: Language) -> Document:
    """
    Return the paper of a park.

    Args:
        answer: From `park_answer`.
        language: `de` or `en`.
    """
    say = Telling(language)
    place, day = answer["place"]["name"], say.day(answer["day"])
    counts = {key: say.count(answer[key]) for key in ("people", "drivers", "unlocated")}
    lead = Paragraph(say("park_lead", firms=len(answer["firms"]), **counts), "lead")
    return Document(
        title=say("park_title", place=place),
        subtitle=say("subtitle", day=day),
        language=language,
        day=answer["day"],
        front=(lead, *notices(say, answer)),
        sections=(
            _firms(say, answer),
            _corridors(say, answer),
            _shuttle(say, answer),
            Section(say("rules"), (rules_table(say, answer["rules"]),)),
        ),
        foot=say("foot", place=place, day=day),
    )


def _firms(say: Telling, answer: Mapping[str, Any]) -> Section:
    rows = [
        (
            row["firm"],
            *(say.cell(row[key]) for key in ("people", "drivers", "could_ride")),
            say.number(row["ticket_cost"]),
        )
        for row in answer["firms"]
    ]
    firm = answer["ticket"]["firm"]
    note = say("park_ticket_unknown") if firm is None else say("park_ticket_note", firm=say.money(firm))
    table = say.table("park_firms", ("firm", "people", "drivers", "ride", "ticket_cost"), rows, notes=[note])
    return Section(say("park_firms"), (table,))


def _corridors(say: Telling, answer: Mapping[str, Any]) -> Section:
    rows = [
        (say.times(row["times"]), say(f"north_{row['bearing']}"), say.cell(row["people"]), say.cell(row["cannot"]))
        for row in answer["corridors"]
    ]
    table = say.table(
        *("park_corridors", ("shift", "bearing", "people", "cannot"), rows),
        caption=say("park_corridors_caption", limit=answer["limit"]),
        words=("bearing",),
    )
    return Section(say("park_corridors"), (table,))


def _shuttle(say: Telling, answer: Mapping[str, Any]) -> Section:
    lines = answer["shuttles"]
    if not lines:
        return Section(say("park_shuttle"), (Paragraph(say("park_shuttle_none")),))
    columns = ("shift", "bearing", "first", "near", "run", "minutes", "seats", "riders", "line_cost", "ride_cost")
    rows = [
        (
            say.times(row["times"]),
            say(f"north_{row['bearing']}"),
            " → ".join(row["stops"]),
            say.cell(row["people"]),
            say.number(row["km"], 1),
            say.number(row["minutes"]),
            say.number(row["seats"]),
            say.band(row["riders"]),
            say.number(row["cost"]),
            say.number(row["eur_per_ride"], 2),
        )
        for row in lines[:MOST_LINES]
    ]
    place = answer["place"]
    work = Place(place["lat"], place["lon"], 0, place["name"])
    stops = {
        name: Place(point[0], point[1], row["people"] or 0, name)
        for row in reversed(lines[:MOST_LINES])
        for name, point in zip(row["stops"], row["points"], strict=True)
    }
    ways = [[*row["points"], (work.lat, work.lon)] for row in lines[:MOST_LINES]]
    told = "; ".join(stops)
    picture = Figure(
        "shuttle", say("park_map"), say("park_map_alt", stops=told), around(work, list(stops.values()), ways)
    )
    note = say("park_shuttle_note", days=RUN_DAYS)
    table = say.table("park_shuttle", columns, rows, words=("bearing", "first"), wide=("first",), notes=[note])
    blocks: list[Block] = [table, picture]
    if len(lines) > MOST_LINES:
        blocks.append(Paragraph(say("park_shuttle_more", n=len(lines) - MOST_LINES), "note"))
    return Section(say("park_shuttle"), tuple(blocks))
