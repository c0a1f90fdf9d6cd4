# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Every kind of measure on the hamlet: the pairs that it opens and closes, by hand, and no others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import polars as pl
import pytest

from drehkreuz.matching.barriers import barriers_of
from drehkreuz.matching.market import prepare
from drehkreuz.matching.relation import pairs
from drehkreuz.measures import every_kind, settle, with_measures
from drehkreuz.region import Region, check
from hamlet import HALF_PAST_FOUR, NINE, measure, tables

MakeRegion = Callable[..., Region]
Pairs = set[tuple[str, str]]

# What each kind is tried with, the pairs that open, the pairs that close: "person: posts".
CASES: Final[dict[str, tuple[dict[str, Any], str, str]]] = {
    "bus_line": (
        {"stops": ["village", "gate"], "first": "05:15", "last": "14:00", "headway": 510},
        "bus early; a2 early",
        "",
    ),
    "more_departures": (
        {"route": "line", "first": "05:15", "last": "14:00", "headway": 510},
        "bus early; a2 early",
        "",
    ),
    "shuttle": ({"place": "works", "stops": ["village"]}, "bus early; a2 early", ""),
    "new_stop": ({"route": "line", "name": "Beispielhof", "lat": 50.8, "lon": 6.1}, "farm day talk", ""),
    "job_ticket": ({}, "thrifty day talk", ""),
    "fare": ({"ticket": "transit_month", "eur": 19}, "thrifty day talk", ""),
    "transit_pass": ({}, "thrifty day talk", ""),
    "cycle_leasing": ({}, "farm day early talk", ""),
    "driving_licence": ({"licence": "C"}, "bus drive", ""),
    "course_entry": ({"courses": ["high"], "eqf": 1}, "bus tig; a2 tig", ""),
    "course_format": ({"course": "full", "format": "online", "hours_per_week": 10}, "bus weld; a2 weld", ""),
    "course_funding": ({"courses": ["dear"]}, "bus plc; a2 plc", ""),
    "course_new": ({"skills": ["plc"], "place": "school"}, "bus plc; a2 plc", ""),
    "extra_sessions": ({"course": "full"}, "bus weld; a2 weld", ""),
    "learning_place": (
        {"course": "full", "place": "works", "day_start": "09:00", "day_end": "16:30"},
        "bus weld; a2 weld",
        "",
    ),
    "more_seats": ({"course": "full"}, "bus weld; a2 weld", ""),
    "care_hours": ({"closes": "17:00"}, "parent day talk", ""),
    "asked_award": ({}, "bus paper; a2 paper", ""),
    "employer_training": ({"share": 1.0}, "bus weld tig plc; a2 weld tig plc", ""),
    "flexible_hours": ({"hours": 20}, "few-hours day talk", ""),
    "part_time_posts": ({"hours": 20}, "parent day talk", "bus day talk; a2 day"),
    "pay_raise": ({"percent": 40}, "need day talk", ""),
    "remote_share": ({"share": 1.0}, "farm day; thrifty day", ""),
    "shift_start": ({"places": ["works"], "occupations": ["porter"], "minutes": 180}, "bus early; a2 early", ""),
    "asked_language": ({"level": "A2"}, "a2 talk", ""),
    "language_course": ({"level": "B2", "entry": "A2", "place": "school"}, "a2 talk", ""),
    "recognition": ({}, "bus nurse", ""),
    "validation": ({}, "bus paper", ""),
    "closure": ({"occupations": ["helper"]}, "", "bus day talk; a2 day"),
    "new_site": (
        {"occupation": "helper", "openings": 2, "place": "works", "rota": "day", "pay_min": 3000, "pay_max": 3200},
        "bus m:post; a2 m:post",
        "",
    ),
    "newcomers": (
        {"number": 1, "occupation": "nurse", "zones": ["home"], "qualification": "q-nurse", "recognition": "full"},
        "m:1 day nurse tig",
        "",
    ),
    "placebo": ({}, "", ""),
}
"""`connection` and `cycle_path` need another hamlet, `sharing_station` and `sharing_access` each other: they have tests of their own."""


def open_pairs(region: Region) -> Pairs:
    """Return who could take which post today: no barrier stands."""
    market = prepare(region)
    mask = barriers_of(pairs(market, range(market.n_people)).reasons)
    people, posts = region.table("people")["person_id"], region.table("vacancies")["vacancy_id"]
    return {(p, v) for i, p in enumerate(people) for j, v in enumerate(posts) if not mask[i, j]}


def read(text: str) -> Pairs:
    """Return the pairs of a golden text."""
    rows = [part.split() for part in text.split(";") if part.strip()]
    return {(person, post) for person, *posts in rows for post in posts}


@pytest.fixture(scope="module")
def hamlet(make_region: MakeRegion) -> Region:
    return make_region(**tables())


@pytest.fixture(scope="module")
def before(hamlet: Region) -> Pairs:
    return open_pairs(hamlet)


def test_the_hamlet_is_as_it_says(hamlet: Region, before: Pairs) -> None:
    """Nothing is wrong with it, and two people can take three posts."""
    assert check(hamlet) == []
    assert before == read("bus day talk; a2 day")


def test_every_kind_is_tried() -> None:
    """No kind is without its golden pairs; at least twenty are there."""
    assert {*CASES, "connection", "cycle_path", "sharing_access", "sharing_station"} == set(every_kind())
    assert len(every_kind()) >= 20


@pytest.mark.parametrize("kind", CASES)
def test_a_kind_opens_what_it_should_and_nothing_else(hamlet: Region, before: Pairs, kind: str) -> None:
    """The pairs that open and close are those known by hand; tables are those named."""
    given, opened, closed = CASES[kind]
    changed = with_measures(hamlet, [measure(hamlet, kind, given, name="m")])
    after = open_pairs(changed.region)
    assert (after - before, before - after) == (read(opened), read(closed))
    assert set(changed.touched) <= set(every_kind()[kind].changes)
    assert bool(changed.touched) == bool(every_kind()[kind].changes)
    assert changed.findings == ()


@pytest.mark.parametrize("left_out", ["part_time_posts", "shift_start"])
def test_the_checker_finds_nothing_wrong_with_all_of_them(hamlet: Region, left_out: str) -> None:
    """All kinds at once, but for two that give the same posts a rota of their own, leave a region without a fault."""
    measures = [measure(hamlet, kind, given) for kind, (given, *_) in CASES.items() if kind != left_out]
    assert check(with_measures(hamlet, measures).region) == []


def test_a_connection_is_kept(make_region: MakeRegion) -> None:
    """With a change of a minute half-way nobody gets to the works, unless the change needs no more than that."""
    rows = tables()
    rows["stops"].append({"stop_id": "middle", "name": "Mitte", "lat": 50.8, "lon": 6.1})
    rows["trips"] += [
        {"trip_id": f"{name}-on", "route_id": "line", "service_id": "weekday", "direction": direction}
        for direction, name in enumerate(("out", "back"))
    ]
    calls = (
        ("out", "village", NINE - 40), ("out", "middle", NINE - 26), ("out-on", "middle", NINE - 25), ("out-on", "gate", NINE - 10),
        ("back", "gate", HALF_PAST_FOUR + 10), ("back", "middle", HALF_PAST_FOUR + 24),
        ("back-on", "middle", HALF_PAST_FOUR + 25), ("back-on", "village", HALF_PAST_FOUR + 40),
    )  # fmt: skip
    rows["stop_times"] = [
        {"trip_id": trip, "sequence": i, "stop_id": stop, "arrival": at * 60, "departure": at * 60}
        for i, (trip, stop, at) in enumerate(calls)
    ]
    region = make_region(**rows)
    assert ("bus", "day") not in open_pairs(region)
    changed = with_measures(region, [measure(region, "connection", {"stops": ["middle"], "seconds": 30})])
    assert changed.touched == ("transfers",)
    assert {("bus", "day"), ("bus", "talk")} <= open_pairs(changed.region)
    assert check(changed.region) == []


def test_a_cycle_path_shortens_the_way(make_region: MakeRegion) -> None:
    """Where only cars may go straight, a path lets the farm's cyclist get to the works."""
    rows = tables()
    rows["street_nodes"] = [{"node": node, "lat": 50.8, "lon": lon} for node, lon in enumerate((6.0, 6.1, 6.2))]
    rows["street_nodes"].append({"node": 3, "lat": 50.9, "lon": 6.1})
    streets = ((0, 1, 7000.0, True), (1, 2, 7000.0, False), (1, 3, 11000.0, True), (3, 2, 13000.0, True))
    rows["street_edges"] = [
        {
            "edge": i,
            "from_node": a,
            "to_node": b,
            "length_m": m,
            "walk": bike,
            "bike": bike,
            "car": True,
            "car_kmh": 70.0,
        }
        for i, (a, b, m, bike) in enumerate(
            s for one, other, *rest in streets for s in ((one, other, *rest), (other, one, *rest))
        )
    ]
    for person in rows["people"]:
        person |= {"bike": person["person_id"] == "farm", "bike_max_minutes": 40}
    region = make_region(**rows)
    before = open_pairs(region)
    assert not any(person == "farm" for person, _ in before)
    changed = with_measures(region, [measure(region, "cycle_path", {"zone": "farm", "place": "works"})])
    assert open_pairs(changed.region) - before == read("farm day early talk")
    assert changed.touched == ("street_edges",)
    assert changed.outcomes["cycle-path"].units == pytest.approx(7.73, abs=0.02)
    assert check(changed.region) == []


def test_shared_pedelecs_need_two_stations_and_somebody_who_borrows(hamlet: Region, before: Pairs) -> None:
    """From a station at the farm to one at the works the farm's people get there; without the second one, or an account, nobody does."""
    at_farm, at_works = (
        measure(hamlet, "sharing_station", {"name": f"Beispiel {name}", "lat": 50.8, "lon": lon}, name=name)
        for name, lon in (("farm", 6.1), ("works", 6.2))
    )
    access = measure(hamlet, "sharing_access", {})
    assert open_pairs(with_measures(hamlet, [at_farm, at_works]).region) == before
    assert open_pairs(with_measures(hamlet, [at_farm, access]).region) == before
    changed = with_measures(hamlet, [at_farm, at_works, access])
    assert open_pairs(changed.region) - before == read("farm day early talk")
    assert changed.touched == ("person_sharing", "sharing_stations")
    assert check(changed.region) == []


def test_shared_pedelecs_at_a_rail_stop_take_the_last_part(make_region: MakeRegion) -> None:
    """Where the line ends half-way, stations at its last stop and at the works take people on, there and back."""
    rows = tables()
    rows["stops"] = [stop | {"lon": 6.16} if stop["stop_id"] == "gate" else stop for stop in rows["stops"]]
    for call in rows["stop_times"]:  # there is time for the ride of 3.7 km and a quarter of an hour
        later = -10 * 60 if call["trip_id"] == "out" else 10 * 60
        call |= {"arrival": call["arrival"] + later, "departure": call["departure"] + later}
    region = make_region(**rows)
    measures = [
        measure(region, "sharing_station", {"name": f"Beispiel {name}", "lat": 50.8, "lon": lon}, name=name)
        for name, lon in (("gate", 6.16), ("works", 6.2))
    ]
    changed = with_measures(region, [*measures, measure(region, "sharing_access", {})])
    assert {("bus", "day"), ("bus", "talk")} <= open_pairs(changed.region) - open_pairs(region)


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("bus_line", {"stops": ["village", "nowhere"], "first": "05:00", "last": "22:00", "headway": 10}),
        ("learning_place", {"course": "full", "place": "works", "day_start": "09:00", "day_end": "15:00"}),
        ("more_seats", {"course": "high", "seats": 100}),
    ],
    ids=["a bus line to nowhere", "seats that nobody comes home from", "seats where seats were not missing"],
)
def test_what_nobody_needs_opens_nothing(hamlet: Region, before: Pairs, kind: str, given: dict[str, Any]) -> None:
    """It changes tables and costs money, and no pair opens."""
    changed = with_measures(hamlet, [measure(hamlet, kind, given)])
    assert changed.touched
    assert open_pairs(changed.region) == before


def test_the_order_of_rows_makes_no_difference(hamlet: Region, before: Pairs) -> None:
    """Tables in another order, changed, hold the same rows."""
    turned = hamlet.with_tables({name: frame.reverse() for name, frame in hamlet.tables.items()})
    for kind, (given, *_) in CASES.items():
        one, other = (with_measures(region, [measure(region, kind, given)]) for region in (hamlet, turned))
        assert one.touched == other.touched
        assert one.outcomes == other.outcomes
        for name in one.touched:
            columns = one.region.table(name).columns
            tables_of_both = (changed.region.table(name).sort(columns) for changed in (one, other))
            assert pl.DataFrame.equals(*tables_of_both), (kind, name)
    assert before


def test_settings_are_bilingual_and_grounded() -> None:
    """Every kind says in both languages what it does, and of each figure where it is from."""
    for kind in every_kind().values():
        said = [kind.title, kind.doc, *(parameter.doc for parameter in kind.parameters)]
        said += [kind.uptake.of] if kind.uptake else []
        said += [kind.cost.unit] if kind.cost else []
        assert all(text.strip() for each in said for text in each), kind.name
        assert kind.cost is None or kind.cost.source
        assert len({parameter.name for parameter in kind.parameters}) == len(kind.parameters)


def test_defaults_are_allowed(hamlet: Region) -> None:
    """A default is a value that one may write."""
    for kind in every_kind().values():
        given = {
            parameter.name: list(parameter.default) if isinstance(parameter.default, tuple) else parameter.default
            for parameter in kind.parameters
            if parameter.default is not None and parameter.type != "clock"
        }
        faults = settle(kind.parameters, given, hamlet)[1]
        assert {fault.problem for fault in faults} <= {"is missing"}, kind.name
