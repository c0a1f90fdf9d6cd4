# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A firm's commutes as a paper: front page, sections, annex."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from drehkreuz.reports.commuting.annex import annex
from drehkreuz.reports.commuting.picture import Place, around
from drehkreuz.reports.commuting.telling import Telling
from drehkreuz.reports.paper.charts import Span, intervals
from drehkreuz.reports.paper.document import (
    Block,
    Bullets,
    Document,
    Facts,
    Figure,
    Notice,
    Paragraph,
    Section,
    Table,
)
from drehkreuz.reports.words import Language

Values = Mapping[str, Any]

MEDIANS: Final = ("walk", "bike", "pedelec", "car", "transit", "bike_transit", "park_and_ride")

ASSUMED: Final = (
    "bearable_minutes",
    "weeks_per_year",
    "drivers_of_unknown",
    "ticket_share",
    "pedelec_eur_month",
    "pedelec_list_eur",
    "pedelec_parking_eur",
    "marginal_rate",
    "carpool_fixed_eur",
    "carpool_least_km",
    "presence_minutes",
)
"""Assumptions that stand in no sentence of the paper but the table of them."""

FACTORS: Final = {
    "co2_car_km": "car",
    "co2_bike_km": "bike",
    "co2_pedelec_km": "pedelec",
    "co2_transit_km": "transit",
    "co2_rail_km": "rail",
    "co2_tram_km": "tram",
}


def commuting_paper(answer: Values, language: Language, *, with_annex: bool = True) -> Document:
    """
    Return the paper of a firm.

    Args:
        answer: From `analysis_answer`.
        language: `de` or `en`.
        with_annex: Whether texts for the works council and data protection are added.
    """
    say = Telling(language)
    place, day = answer["place"]["name"], say.day(answer["day"])
    sections = [
        _shifts(say, answer),
        _today(say, answer),
        _offers(say, answer),
        _emissions(say, answer),
        _measures(say, answer),
        _rules(say, answer),
    ]
    if with_annex:
        sections += annex(language)
    return Document(
        title=say("title", place=place),
        subtitle=say("subtitle", day=day),
        language=language,
        day=answer["day"],
        front=_front(say, answer),
        sections=tuple(sections),
        foot=say("foot", place=place, day=day),
    )


def notices(say: Telling, answer: Values) -> list[Block]:
    """Return what nobody should overlook: modelled departures, straight lines, and what is not shown."""
    found: list[Block] = []
    if answer["modelled_timetable"]:
        straight = f" {say('straight')}" if answer["straight_line_ways"] else ""
        found.append(Notice(say("modelled_title"), say("modelled") + straight))
    elif answer["straight_line_ways"]:
        found.append(Paragraph(say("straight"), "note"))
    return [*found, Notice(say("protected_title"), say("protected"))]


def _front(say: Telling, answer: Values) -> tuple[Block, ...]:
    limit = answer["assumed"]["bearable_minutes"]
    reach = "; ".join(
        say("lead_shift", name=row["name"], both=say.count(row["both"]), people=say.count(row["people"]))
        for row in answer["shifts"]
    )
    whole = answer["together"]
    lead = [
        say(
            "lead",
            people=say.count(answer["people"]),
            drivers=say.count(answer["drivers"]),
            any=say.count(answer["potential"]["any"]),
        ),
        say("lead_transit", limit=limit, shifts=reach),
    ]
    if whole["tonnes"] is not None:
        figures = {"tonnes": say.band(whole["tonnes"]).shown, "spaces": say.band(whole["spaces"]).shown}
        lead.append(say("lead_together", cost=say.money_band(whole["cost"]), **figures))
    small = []
    if answer["untold"] != 0:
        share = say.words.percent(answer["assumed"]["drivers_of_unknown"])
        small.append(say("untold", n=say.count(answer["untold"]), share=share))
    if answer["outside"] != 0:
        small.append(say("outside", n=say.count(answer["outside"])))
    if answer["snapped"]:
        small.append(say("snapped"))
    known = {"is not UTF-8 and was read as cp1252": "note_cp1252"}
    small += [say("note", note=say(known[note]) if note in known else note) for note in answer["notes"]]
    blocks: list[Block] = [Bullets(tuple(lead)), *notices(say, answer)]
    return (*blocks, *(Paragraph(text, "note") for text in small))


def _shifts(say: Telling, answer: Values) -> Section:
    limit = answer["assumed"]["bearable_minutes"]
    keys = ("people", "out", "back", "both", "at_all")
    rows = [(row["name"], say.times(row["times"]), *(say.cell(row[key]) for key in keys)) for row in answer["shifts"]]
    shifts = say.table(
        *("shifts", ("shift", "times", *keys), rows),
        caption=say("shifts_caption", limit=limit),
        words=("times",),
        notes=[say("shifts_note")],
    )
    medians = say.table(
        "medians",
        ("shift", *(say.way(travel) for travel in MEDIANS)),
        [(row["name"], *(say.number(row["median_minutes"][travel]) for travel in MEDIANS)) for row in answer["shifts"]],
    )
    return Section(say("shifts"), (shifts, medians, *_starts(say, answer, limit)))


def _starts(say: Telling, answer: Values, limit: int) -> list[Block]:
    """Return the begins that change something, and the best of each shift in a sentence."""
    tried = [row for row in answer["starts"] if row["minutes"] and (row["gained"] or row["lost"])]
    if not tried:
        return [Paragraph(say("starts_none"))]
    best = []
    for name in dict.fromkeys(row["name"] for row in tried):
        row = max(
            (row for row in tried if row["name"] == name),
            key=lambda row: ((row["gained"] or 0) - (row["lost"] or 0), -abs(row["minutes"])),
        )
        if (row["gained"] or 0) > (row["lost"] or 0):
            counts = {key: say.count(row[key]) for key in ("can", "gained", "lost")}
            best.append(say("starts_best", name=name, clock=say.times(row["times"]), **counts))
    rows = [
        (
            row["name"],
            say.times(row["times"]),
            say("later" if row["minutes"] > 0 else "earlier", n=abs(row["minutes"])),
            *(say.cell(row[key]) for key in ("can", "gained", "lost")),
        )
        for row in tried
    ]
    table = say.table(
        *("starts", ("shift", "times", "start", "can", "gained", "lost"), rows),
        caption=say("starts_caption", limit=limit),
        words=("times", "start"),
        notes=[say("starts_note")],
    )
    return [*(Paragraph(sentence) for sentence in best), table]


def _today(say: Telling, answer: Values) -> Section:
    modes = answer["modes"]
    today = say.table(
        "modes",
        ("shift", *(say.way(mode) for mode in modes["modes"]), "sum"),
        [
            (row["name"] or say("sum"), *(say.cell(people) for people in (*row["people"], row["sum"])))
            for row in modes["rows"]
        ],
        sums=True,
    )
    rows = [(say.way(row["travel"]), _rule(say, row), say.cell(row["people"])) for row in answer["potential"]["ways"]]
    could = say.table(
        *("potential", ("way", "rule", "could")),
        [*rows, (say("all"), "", say.cell(answer["potential"]["any"]))],
        words=("rule",),
        notes=[say("potential_note")],
    )
    homes = say.table(
        *("homes", ("town", "people", "km")),
        [
            (row["name"] or say("elsewhere"), say.cell(row["people"]), say.number(row["km"], 1))
            for row in answer["homes"]
        ],
        notes=[say("homes_note")],
    )
    return Section(say("today"), (today, could), (Section(say("homes"), (homes, *_map(say, answer))),))


def _map(say: Telling, answer: Values) -> list[Block]:
    """Return a map of the municipalities; districts and what lies elsewhere are not drawn."""
    known = [row for row in answer["homes"] if row["lat"] is not None and row["people"]]
    if not known:
        return []
    place = answer["place"]
    homes = [Place(row["lat"], row["lon"], row["people"], row["name"]) for row in known]
    told = ", ".join(f"{home.name} {say.count(home.people)}" for home in homes)
    picture = around(Place(place["lat"], place["lon"], 0, place["name"]), homes)
    return [Figure("map", say("homes_map"), say("homes_map_alt", homes=told), picture)]


def _rule(say: Telling, row: Values) -> str:
    if row["beyond_car"] >= 254:
        return say("rule", minutes=row["minutes"])
    return say("rule_car", minutes=row["minutes"], beyond=row["beyond_car"])


def _offers(say: Telling, answer: Values) -> Section:
    ticket, lease, assumed = answer["ticket"], answer["lease"], answer["assumed"]
    known = ticket["employee"] is not None
    facts = [
        (say("ticket_price"), say.money(ticket["price"])),
        (say("ticket_firm"), say.money(ticket["firm"])),
        (say("ticket_employee"), say.money(ticket["employee"])),
    ]
    if answer["car_eur_month"] is not None:
        facts.append((say("ticket_car"), say.money(answer["car_eur_month"], 0)))
    if known and ticket["break_even_km"] is not None:
        facts.append((say("ticket_km"), say("ticket_km_value", km=say.words.number(ticket["break_even_km"], 1))))
    if known and ticket["tickets_per_space"] is not None:
        told = say("ticket_space_value", n=say.words.number(ticket["tickets_per_space"], 1))
        facts.append((say("ticket_space"), told))
    ridden = next(row for row in answer["potential"]["ways"] if row["travel"] == "pedelec")
    leased = (
        (say("lease_firm"), say.money(lease["firm"])),
        (say("lease_employee"), say.money(lease["employee"])),
        (say("lease_taxed"), say.money(lease["taxed"])),
        (say("lease_could", minutes=ridden["minutes"]), say.count(ridden["people"])),
    )
    pools = answer["carpools"]
    means = {"km": say.number(pools["km_day"], 1).shown, "detour": say.number(pools["detour_minutes"], 1).shown}
    shared = (
        say("carpools_none")
        if pools["km_day"] is None
        else say("carpools_pairs", pairs=say.count(pools["pairs"]), **means)
    )
    stable = Paragraph(say("carpools_stable", detour=assumed["carpool_detour_minutes"]), "note")
    space = assumed["space_eur_year"]
    parked = say(
        "parking_text",
        spaces=say.words.number(answer["spaces"]),
        low=say.money(space["low"], 0),
        high=say.money(space["high"], 0),
        whole=say.money_band(answer["spaces_eur"]),
    )
    return Section(
        say("offers"),
        (),
        (
            Section(say("ticket"), (Facts(tuple(facts)),)),
            Section(say("lease"), (Facts(leased),)),
            Section(say("carpools"), (Paragraph(shared), stable)),
            Section(say("parking"), (Paragraph(parked),)),
        ),
    )


def _emissions(say: Telling, answer: Values) -> Section:
    found = answer["emissions"]
    rows = [
        (
            say.way(row["mode"]),
            say(f"factor_{FACTORS[row['factor']]}") if row["factor"] else say("dash"),
            say.cell(row["people"]),
            say.number(row["km"]),
            say.number(row["grams"]),
            say.number(row["tonnes"], 1),
        )
        for row in found["rows"]
    ]
    whole = (say("sum"), "", "", say.number(found["km"]), "", say.number(found["tonnes"], 1))
    sources = dict.fromkeys(
        f"{say('factor_' + FACTORS[row['factor']])}: {row['source']}" for row in found["rows"] if row["source"]
    )
    notes = [say("emissions_weeks", weeks=say.words.number(answer["assumed"]["weeks_per_year"])), *sources]
    if found["not_counted"] != 0:
        notes.append(say("emissions_left", n=say.count(found["not_counted"])))
    columns = ("mode", "factor_of", "people", "km_year", "factor", "tonnes")
    table = say.table("emissions", columns, [*rows, whole], words=("factor_of",), sums=True, notes=notes)
    return Section(say("emissions"), (table,))


def _measures(say: Telling, answer: Values) -> Section:
    every = [*answer["measures"], answer["together"]]
    effects = [
        (
            say(f"measure_{row['name']}"),
            say.cell(row["could"]),
            say.band(row["uptake"] and {name: share * 100 for name, share in row["uptake"].items()}),
            say.band(row["people"]),
            say.band(row["spaces"]),
            say.band(row["tonnes"], 1),
        )
        for row in every
    ]
    costs = [
        (
            say(f"measure_{row['name']}"),
            say.band(row["cost"]),
            say.band(row["relief"]),
            say.number(row["eur_per_tonne"]),
            say.number(row["eur_each"]),
        )
        for row in every
    ]
    effect = say.table("measures", ("measure", "could", "uptake", "fewer", "spaces", "saved"), effects)
    cost = say.table("costs", ("measure", "cost", "relief", "per_tonne", "each"), costs, notes=[say("measures_order")])
    return Section(say("measures"), (effect, cost, *_figure(say, every)))


def _figure(say: Telling, every: Sequence[Values]) -> list[Block]:
    drawn = [
        Span(
            say(f"measure_{row['name']}"),
            row["tonnes"]["low"],
            row["tonnes"]["mid"],
            row["tonnes"]["high"],
            say.band(row["tonnes"], 1).shown,
        )
        for row in every
        if row["tonnes"] is not None
    ]
    if not any(row.high for row in drawn):
        return []
    told = "; ".join(say("measures_alt_row", name=row.name, shown=row.shown) for row in drawn)
    picture = intervals(drawn, say.words.number)
    return [Figure("saved", say("measures_figure"), say("measures_alt", rows=told), picture)]


def rules_table(say: Telling, rules: Sequence[Values]) -> Table:
    """Return the rules with source and date; of one that does not hold, whom to ask."""
    rows = [
        (
            row["claim"][say.language] if row["holds"] else say("rule_expired"),
            row["who_to_ask"][say.language],
            row["source"] if row["verified"] else say("rule_unverified", source=row["source"]),
            say.day(row["checked_on"]),
        )
        for row in rules
    ]
    return say.table(
        "rules", ("claim", "ask", "source", "checked"), rows, words=("ask", "source", "checked"), wide=("claim",)
    )


def _rules(say: Telling, answer: Values) -> Section:
    rows = [
        (say(f"a_{name}"), say.number(answer["assumed"][name], _digits(answer["assumed"][name]))) for name in ASSUMED
    ]
    assumed = say.table("assumed", ("assumed", "value"), rows)
    return Section(say("rules"), (rules_table(say, answer["rules"]), assumed))


def _digits(value: float) -> int:
    return 0 if value == int(value) else 2
