# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A firm's commutes as one object fit for JSON; every count of people in it may be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from drehkreuz.commuting import MODES, UNKNOWN, WAYS, Band
from drehkreuz.commuting.analysis import Analysis
from drehkreuz.commuting.emissions import Line
from drehkreuz.commuting.package import Measure
from drehkreuz.commuting.potential import INSTEAD
from drehkreuz.commuting.rules import mobility_rules
from drehkreuz.commuting.sharing import ANY, UNTOLD, Group, Key, merged
from drehkreuz.errors import Finding, InputError
from drehkreuz.reach.asked import Travel
from drehkreuz.reach.modes import CANNOT
from drehkreuz.region import Region
from drehkreuz.reports.commuting.counts import shown, shown_table
from drehkreuz.reports.notes import grouped
from drehkreuz.reports.provenance import provenance
from drehkreuz.reports.suppression import LEAST

OTHER: Final = "other"
"""Ways of coming that too few people use to be shown each."""

Values = dict[str, Any]


def analysis_answer(found: Analysis, *, snapped: bool = False, notes: Sequence[str] = ()) -> Values:
    """
    Return what was found, fit for JSON.

    Args:
        found: The analysis.
        snapped: Whether coordinates or grid codes were snapped to cells and dropped.
        notes: What reading the file showed.

    Raises:
        InputError: If there are so few people that any figure would be one of theirs.
    """
    staff = found.staff
    if staff.total < LEAST:
        problem = f"counts fewer than {LEAST} people, of whom no figure may be shown"
        remedy = "Put them together with others of the same site."
        raise InputError(Finding("the firm's file", "", "", "", problem, remedy))
    place = found.region.table("places").row(found.place, named=True)
    return {
        "provenance": provenance(found.region),
        "modelled_timetable": modelled(found.region, "stop_times"),
        "place": {"id": place["place_id"], "name": place["name"], "lat": place["lat"], "lon": place["lon"]},
        "day": found.day,
        "people": shown(staff.total),
        "outside": shown(int(staff.people[staff.zone < 0].sum())),
        "untold": shown(int(staff.people[staff.mode == UNKNOWN].sum())),
        "drivers": shown(int(found.potential.drivers.sum())),
        "snapped": snapped,
        "straight_line_ways": found.ways.assumed,
        "notes": list(notes),
        "findings": grouped(found.ways.findings),
        "shifts": _shifts(found),
        "starts": _starts(found),
        "modes": _modes(found),
        "homes": _homes(found),
        "potential": _potential(found),
        "ticket": _told(found.ticket),
        "lease": _told(found.lease),
        "carpools": _carpools(found),
        "spaces": round(found.spaces),
        "spaces_eur": _told(_times(found.parameters.space_eur_year, found.spaces)),
        "car_eur_month": None if shown(int(found.potential.drivers.sum())) is None else _month(found.car_eur),
        "emissions": _emissions(found.lines),
        "measures": [_measure(one) for one in found.measures],
        "together": _measure(found.together),
        "rules": rules_told(found.day),
        "assumed": _told(found.parameters),
    }


def modelled(region: Region, table: str) -> bool:
    """Return whether a table of the region is modelled."""
    known = region.manifest.provenance.get(table)
    return known is not None and known.kind == "modelled"


def rules_told(day: Any) -> list[Values]:  # noqa: ANN401  # a date
    """Return the rules, each with whether it holds on a day; one that does not has no claim and no value."""
    return [
        {
            "rule_id": rule.rule_id,
            "holds": rule.holds(day),
            "value": rule.value if rule.holds(day) else None,
            "claim": dict(rule.claim) if rule.holds(day) else None,
            "who_to_ask": dict(rule.who_to_ask),
            "source": rule.source,
            "valid_from": rule.valid_from,
            "valid_to": rule.valid_to,
            "checked_on": rule.checked_on,
            "verified": rule.verified,
        }
        for rule in mobility_rules().values()
    ]


def _shifts(found: Analysis) -> list[Values]:
    """Return each shift: who works it, who can come by bus and train, and how long the ways are on the median."""
    staff, limit = found.staff, found.parameters.bearable_minutes
    works, inside = staff.works(), staff.zone >= 0
    minutes = np.where(inside[:, None, None, None], found.ways.minutes[:, staff.zone].swapaxes(0, 1), CANNOT)
    rows = []
    for row, shift in enumerate(found.ways.shifts):
        people = np.where(works[:, row], staff.people, 0)
        bus = minutes[:, row, WAYS.index(Travel.TRANSIT)]
        near = bus <= limit
        rows.append(
            {
                "name": shift.name,
                "times": shift.clock,
                "people": shown(int(people.sum())),
                "out": shown(int(people[near[:, 0]].sum())),
                "back": shown(int(people[near[:, 1]].sum())),
                "both": shown(int(people[near.all(axis=1)].sum())),
                "at_all": shown(int(people[(bus < CANNOT).all(axis=1)].sum())),
                "median_minutes": {
                    travel.value: _median(minutes[:, row, column].max(axis=1), people)
                    for column, travel in enumerate(WAYS)
                },
            }
        )
    return rows


def _median(minutes: NDArray[np.uint8], people: NDArray[np.int32]) -> int | None:
    """Return the median of those who have a way; None where they are too few to be shown."""
    has = minutes < CANNOT
    weights = people[has]
    if weights.sum() < LEAST:
        return None
    order = np.argsort(minutes[has], kind="stable")
    middle = np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2)
    return int(minutes[has][order][middle])


def _starts(found: Analysis) -> list[Values]:
    return [
        {
            "name": one.shift.name,
            "times": one.shift.moved(one.minutes).clock,
            "minutes": one.minutes,
            "can": shown(one.can),
            "gained": shown(one.gained),
            "lost": shown(one.lost),
        }
        for one in found.starts
    ]


def _modes(found: Analysis) -> Values:
    """Return people by rota and way of coming, with sums; small cells and those that would give them back are hidden."""
    staff = found.staff
    used = [mode for mode in (*range(len(MODES)), UNKNOWN) if (staff.mode == mode).any()]
    counts = [
        [int(staff.people[(staff.rota == rota) & (staff.mode == mode)].sum()) for mode in used]
        for rota in range(len(staff.rotas))
    ]
    table = shown_table(counts)
    return {
        "modes": [UNTOLD if mode == UNKNOWN else MODES[mode].value for mode in used],
        "rows": [
            {"name": name, "people": row[:-1], "sum": row[-1]}
            for name, row in zip([*(rota.name for rota in staff.rotas), None], table, strict=True)
        ],
    }


def _homes(found: Analysis) -> list[Values]:
    """Return where people live, by municipality; small ones are merged by district, then all together."""
    staff, region = found.staff, found.region
    table = region.table("zones")["municipality"].fill_null("").to_list()
    towns = {row["municipality"]: row for row in region.table("municipalities").iter_rows(named=True)}
    people: dict[tuple[int, str, str], Group] = {}
    km = np.nan_to_num(found.ways.car_km)
    for zone, count in zip(staff.zone.tolist(), staff.people.tolist(), strict=True):
        old = people.get((zone, "", ""), (0, 0.0))
        people[zone, "", ""] = (old[0] + count, old[1] + count * float(km[zone] if zone >= 0 else 0.0))

    def town(one: tuple[int, str, str]) -> Key:
        key = table[one[0]] if one[0] >= 0 else ""
        return Key("municipality", key, "", "") if key else Key(ANY, ANY, "", "")

    def district(one: tuple[int, str, str]) -> Key:
        key = (towns.get(town(one).area) or {}).get("district")
        return Key("district", key, "", "") if key else Key(ANY, ANY, "", "")

    groups = merged(people, (town, district, lambda _: Key(ANY, ANY, ANY, ANY)), LEAST)
    rows = []
    for key, (count, length) in sorted(groups.items(), key=lambda one: (one[0].level == ANY, -one[1][0], one[0])):
        name = towns[key.area]["name"] if key.area in towns else None if key.level == ANY else key.area
        mean = round(length / count, 1) if key.level != ANY else None
        seat = {axis: (towns.get(key.area) or {}).get(axis) for axis in ("lat", "lon")}
        rows.append({"level": key.level, "name": name, "people": shown(count), "km": mean} | seat)
    return rows


def _potential(found: Analysis) -> Values:
    rows = []
    for travel in INSTEAD:
        rule = found.parameters.rule(travel)
        people = shown(found.potential.people(travel))
        rows.append(
            {"travel": travel.value, "minutes": rule.longest_minutes, "beyond_car": rule.beyond_car, "people": people}
        )
    return {"ways": rows, "any": shown(found.potential.people())}


def _carpools(found: Analysis) -> Values:
    pairs = np.array([pair.pairs for pair in found.pairs])
    km = np.array([pair.km for pair in found.pairs])
    detour = np.array([pair.detour for pair in found.pairs])
    count = int(pairs.sum())
    few = count < LEAST
    return {
        "pairs": shown(count),
        "km_day": None if few else round(float(np.average(km, weights=pairs)), 1),
        "detour_minutes": None if few else round(float(np.average(detour, weights=pairs)) / 60, 1),
    }


def _emissions(lines: Sequence[Line]) -> Values:
    """Return the table of emissions by way; ways that too few use stand in one line, with the smallest other if need be."""
    people: dict[str, int] = {}
    for line in lines:
        if line.mode is not None:
            people[line.mode.value] = max(people.get(line.mode.value, 0), line.people)
    small = {mode for mode, count in people.items() if count < LEAST}
    if small and sum(people[mode] for mode in small) < LEAST and len(small) < len(people):
        small.add(min(people.keys() - small, key=lambda mode: (people[mode], mode)))
    rows: dict[tuple[str, str], Values] = {}
    for line in lines:
        if line.mode is None:
            continue
        mode = OTHER if line.mode.value in small else line.mode.value
        row = rows.setdefault(
            (mode, line.factor),
            {"mode": mode, "factor": line.factor, "km": 0.0, "grams": line.grams, "source": line.source, "tonnes": 0.0},
        )
        row["km"] += line.km
        row["tonnes"] = None if None in {row["tonnes"], line.tonnes} else row["tonnes"] + line.tonnes
        count = sum(people[one] for one in small) if mode == OTHER else people[mode]
        row["people"] = shown(count)
    known = [row["tonnes"] for row in rows.values()]
    return {
        "rows": [row | {"km": round(row["km"])} for row in rows.values()],
        "tonnes": None if None in known else sum(known),
        "km": round(sum(row["km"] for row in rows.values())),
        "not_counted": shown(sum(line.people for line in lines if line.mode is None)),
    }


def _measure(one: Measure) -> Values:
    """Return a measure; of one that only a few could take part in nothing but its name, since its effects would be theirs."""
    could = shown(one.could)
    told = {"name": one.name, "could": could, "uptake": _told(one.uptake)}
    if could is None:
        return told | dict.fromkeys(("people", "spaces", "tonnes", "cost", "relief", "eur_each", "eur_per_tonne"))
    return told | {
        "people": _rounded(one.people),
        "spaces": _rounded(one.spaces),
        "tonnes": _told(one.tonnes),
        "cost": _told(one.cost),
        "relief": _told(one.relief),
        "eur_each": one.eur_each,
        "eur_per_tonne": one.eur_per_tonne,
    }


def _month(year: float | None) -> float | None:
    return None if year is None else year / 12


def _times(band: Band, factor: float) -> Band:
    return Band(band.low * factor, band.mid * factor, band.high * factor)


def _rounded(band: Band) -> Values:
    """Return expected numbers of people or cars, which are no counts of anybody, as whole numbers."""
    return {name: round(value) for name, value in _told(band).items()}


def _told(value: Any) -> Any:  # noqa: ANN401  # whatever a dataclass of figures holds
    if is_dataclass(value):
        return {field.name: _told(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _told(item) for key, item in value.items()}
    return value
