# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The check finds each seeded fault, says it once, and says nothing about a sound region."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any, TypeAlias

import networkx as nx
import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drehkreuz.errors import Finding
from drehkreuz.region import TABLES, Manifest, Region
from drehkreuz.region.check import check
from drehkreuz.region.checks.loops import loops
from drehkreuz.region.checks.rule import LIMIT

Cell: TypeAlias = str | float | bool | date | None
Mutation: TypeAlias = Callable[[Region], Region]


def put(table: str, row: int = 0, **values: Cell) -> Mutation:
    """Overwrite values of one row."""

    def mutate(region: Region) -> Region:
        rows = region.table(table).with_row_index("row number")
        changed = [
            pl.when(pl.col("row number") == row)
            .then(pl.lit(value, dtype=rows.schema[name]))
            .otherwise(name)
            .alias(name)
            for name, value in values.items()
        ]
        return region.with_tables({table: rows.with_columns(changed).drop("row number")})

    return mutate


def add(table: str, row: int = 0, **values: Cell) -> Mutation:
    """Add a copy of one row with some values changed."""

    def mutate(region: Region) -> Region:
        copy = region.with_tables({table: region.table(table)[row]})
        return region.with_tables({table: pl.concat([region.table(table), put(table, **values)(copy).table(table)])})

    return mutate


def drop(table: str, **values: Cell) -> Mutation:
    """Take away the rows with these values."""

    def mutate(region: Region) -> Region:
        fits = pl.all_horizontal(pl.col(name) == value for name, value in values.items())
        return region.with_tables({table: region.table(table).filter(~fits)})

    return mutate


def manifest(change: Callable[[Manifest], dict[str, Any]]) -> Mutation:
    """Change fields of the manifest."""
    return lambda region: region.with_manifest(**change(region.manifest))


def unprovenanced(table: str) -> Mutation:
    """Take one table's provenance away."""
    return manifest(lambda m: {"provenance": {name: p for name, p in m.provenance.items() if name != table}})


NAN, INF = float("nan"), float("inf")

FAULTS: list[tuple[Mutation, list[str]]] = [
    # ---------------------------------------------------------------------------------- what feeds show, what was read
    (
        put("sightings", why=None),
        ["error sightings:vacancy/kammer/kammer:1: why '': and gone 2026-02-02 do not go together"],
    ),
    (
        put("sightings", why=None, gone=None),
        ["warning sightings:vacancy/kammer/kammer:1: post_id 'kammer:1': is open and is not in the table vacancies"],
    ),
    (
        put("sightings", last_shown=date(2026, 1, 1)),
        ["error sightings:vacancy/kammer/kammer:1: last_shown '2026-01-01': is before first_shown 2026-01-07"],
    ),
    (put("readings", end=20), ["error readings:v1/20/must/s2: end '20': is no later than start 20"]),
    # -------------------------------------------------------------------------------------- ids that point nowhere
    (put("people", zone_id="z9"), ["error people:p1: zone_id 'z9': is not in the table zones"]),
    (put("vacancies", occupation_id="o9"), ["error vacancies:v1: occupation_id 'o9': is not in the table occupations"]),
    (put("vacancies", place_id="w9"), ["error vacancies:v1: place_id 'w9': is not in the table places"]),
    (put("courses", leads_to="q9"), ["error courses:k1: leads_to 'q9': is not in the table qualifications"]),
    (put("stop_times", stop_id="h9"), ["error stop_times:f1/1: stop_id 'h9': is not in the table stops"]),
    (put("transfers", to_stop_id="h9"), ["error transfers:h1/h9: to_stop_id 'h9': is not in the table stops"]),
    (put("street_edges", to_node=7), ["error street_edges:0: to_node '7': is not in the table street_nodes"]),
    (put("trips", service_id="su"), ["warning trips:f1: service_id 'su': runs on no day"]),
    (
        put("labels", concept_id="o9"),
        [
            "warning occupations:o1: has no preferred label in any language",
            "error labels:o9/de/preferred/Baggerfahrer: concept_id 'o9': is not in the table occupations",
        ],
    ),
    (
        put("broader", broader_id="g9"),
        ["error broader:o1/g9: broader_id 'g9': is neither in the table occupations nor a group with a label"],
    ),
    (
        put("course_prerequisites", required_id="s9"),
        ["error course_prerequisites:k1/skill/s9: required_id 's9': is not in the table skills"],
    ),
    (
        put("course_prerequisites", row=1, required_id="k9"),
        ["error course_prerequisites:k1/course/k9: required_id 'k9': is not in the table courses"],
    ),
    (
        put("course_prerequisites", row=2, required_id="q9"),
        ["error course_prerequisites:k1/qualification/q9: required_id 'q9': is not in the table qualifications"],
    ),
    (
        put("projects", occupation_id="o9"),
        ["error projects:x1/o9/2029: occupation_id 'o9': is not in the table occupations"],
    ),
    (put("people", closure_id="x2"), ["error people:p1: closure_id 'x2': is a project that closes nothing"]),
    # ------------------------------------------------------------------------------------------------------- loops
    (
        add("broader", concept_id="g2", broader_id="o1"),
        ["error broader:o1/g1: broader_id 'g1': is broader than itself: g1 → g2 → o1 → g1"],
    ),
    (
        add("broader", row=3, broader_id="s2"),
        ["error broader:s2/s2: broader_id 's2': is broader than itself: s2 → s2"],
    ),
    (
        add("course_prerequisites", row=1, course_id="k2", required_id="k1"),
        [
            "error course_prerequisites:k2/course/k1: required_id 'k1': nobody can begin: each course asks the next, k1 → k2 → k1"
        ],
    ),
    # ----------------------------------------------------------------------------- missing, twice, not of the schema
    (put("people", employment_status=None), ["error people:p1: employment_status '': is missing"]),
    (put("vacancies", title="  "), ["error vacancies:v1: title '  ': is empty"]),
    (add("person_skills"), ["error person_skills:p1/s2: 2 rows have this person_id, skill_id"]),
    (add("zones", name="Oberdorf 2"), ["error zones:z1: 2 rows have this zone_id"]),
    (
        put("routes", row=0, route_id="b1 "),
        [
            "error routes:b1 : route_id 'b1 ': has blanks around it",
            "error trips:f1: route_id 'b1': is not in the table routes",
        ],
    ),
    (put("vacancies", kind="jobb"), ["error vacancies:v1: kind 'jobb': is not allowed"]),
    (put("care", contracted_hours=40), ["error care:p1/1: contracted_hours '40': is not allowed"]),
    (put("occupations", row=1, isco08="74A1"), ["error occupations:o2: isco08 '74A1': does not look like \\d{1,4}"]),
    (put("people", hours_min=-5.0), ["error people:p1: hours_min '-5': is less than 0 hours/week"]),
    (put("courses", fee_eur=-1.0), ["error courses:k1: fee_eur '-1': is less than 0 EUR"]),
    (put("commuting", commuters=-3), ["error commuting:DE/05334002/NL/0928: commuters '-3': is less than 0 people"]),
    (put("shifts", day=7), ["error shifts:day/1/7/07:30: day '7': is more than 6"]),
    (put("people", net_need_eur_month=NAN), ["error people:p1: net_need_eur_month 'nan': is no number"]),
    (put("vacancies", pay_max=INF), ["error vacancies:v1: pay_max 'inf': is no number"]),
    (put("care", closes=3000), ["error care:p1/1: closes '50:00': lies outside 00:00 to 48:00"]),
    (put("stop_times", arrival=-60), ["error stop_times:f1/1: arrival '-1:59:00': lies before midnight"]),
    (
        put("labels", language="xx"),
        [
            "error labels:o1/xx/preferred/Baggerfahrer: language 'xx': is not allowed",
        ],
    ),
    # ------------------------------------------------------------------------------------------------------- dates
    (
        put("vacancies", contract_end=date(2026, 4, 1)),
        ["error vacancies:v1: contract_end '2026-04-01': is before the first working day 2026-05-01"],
    ),
    (
        put("vacancies", start=date(2023, 5, 1)),
        ["warning vacancies:v1: start '2023-05-01': is more than two years before the region's day 2026-03-02"],
    ),
    (
        put("vacancies", row=1, start=date(206, 8, 1)),
        [
            "error vacancies:v2: start '0206-08-01': is no date of our time",
            "warning vacancies:v2: start '0206-08-01': is more than two years before the region's day 2026-03-02",
        ],
    ),
    (
        put("rules", valid_to=date(2024, 12, 31)),
        ["error rules:r1: valid_to '2024-12-31': is before valid_from 2025-01-01"],
    ),
    (
        put("tariffs", row=1, valid_to=date(2025, 6, 1)),
        ["error tariffs:transit_month/2026-01-01: valid_to '2025-06-01': is before valid_from 2026-01-01"],
    ),
    (
        put("tariffs", valid_to=None),
        ["error tariffs:transit_month/2025-01-01: valid_to '': still holds on 2026-01-01, when the next value begins"],
    ),
    (
        put("course_sessions", end=date(2026, 5, 1)),
        ["error course_sessions:t1: end '2026-05-01': is before the first day 2026-05-04"],
    ),
    (
        put("course_sessions", end=date(2026, 7, 31)),
        ["warning course_sessions:t1: end '2026-07-31': first to last day are 12.71429 weeks, the course has 4 weeks"],
    ),
    (
        put("course_sessions", day_end=480),
        ["error course_sessions:t1: day_end '08:00': is no later than day_start 08:30"],
    ),
    (
        put("occupations", last_seen=date(2024, 1, 1)),
        ["error occupations:o1: last_seen '2024-01-01': is before first_seen 2025-01-01"],
    ),
    (
        put("people", available_from=date(2206, 4, 1)),
        [
            "error people:p1: available_from '2206-04-01': is no date of our time",
            "error people:p1: available_from '2206-04-01': is more than 5 years before or 10 years after the region's day 2026-03-02",
        ],
    ),
    (
        put("people", available_from=date(2016, 4, 1)),
        [
            "error people:p1: available_from '2016-04-01': is more than 5 years before or 10 years after the region's day 2026-03-02"
        ],
    ),
    (
        put("person_qualifications", expires=date(2019, 1, 1)),
        ["error person_qualifications:p1/q1: expires '2019-01-01': is before the award in 2020"],
    ),
    (
        put("person_qualifications", year=2027),
        ["error person_qualifications:p1/q1: year '2027': is after the region's day 2026-03-02"],
    ),
    (
        put("person_occupations", last_year=2031),
        ["error person_occupations:p1/o1: last_year '2031': is after the region's day 2026-03-02"],
    ),
    # -------------------------------------------------------------------------------------------------- coordinates
    (
        put("zones", lat=0.0, lon=0.0),
        ["error zones:z1: lat '0': coordinates 0, 0 stand for unknown, not for the Gulf of Guinea"],
    ),
    (
        put("stops", lat=6.30, lon=50.80),
        [
            "error stops:h1: lat '6.3': latitude 6.3 and longitude 50.8 look swapped: the other way round it lies in the region"
        ],
    ),
    (put("places", lat=48.14, lon=11.58), ["error places:w1: lat '48.14': lies 474 km from the middle of the region"]),
    (put("street_nodes", lat=508.0), ["error street_nodes:0: lat '508': is more than 90 degrees WGS 84"]),
    # ------------------------------------------------------------------------------------------- ranges turned round
    (put("people", hours_min=45.0), ["error people:p1: hours_min '45': is more than hours_max 40"]),
    (put("vacancies", hours_min=39.5), ["error vacancies:v1: hours_min '39.5': is more than hours_max 38.5"]),
    (put("vacancies", pay_min=3700.0), ["error vacancies:v1: pay_min '3700': is more than pay_max 3600"]),
    (
        put("vacancies", row=1, months_shortest=43),
        ["error vacancies:v2: months_shortest '43': is more than months_normal 42"],
    ),
    (put("people", birth_year_from=1980), ["error people:p1: birth_year_from '1980': is after birth_year_to 1974"]),
    (
        put("people", tenure_years=43.0),
        ["error people:p1: tenure_years '43': is more than a person of 56 can have worked"],
    ),
    (
        put("person_occupations", years=42.5),
        ["error person_occupations:p1/o1: years '42.5': is more than a person of 56 can have worked"],
    ),
    (
        put("person_qualifications", modules_done=4),
        ["error person_qualifications:p1/q1: modules_done '4': is more than modules_total 3"],
    ),
    (put("person_times", to=360), ["error person_times:p1/0/06:00: to '06:00': is no later than from 06:00"]),
    (put("care", closes=400), ["error care:p1/1: closes '06:40': is no later than opens 07:00"]),
    (
        put("care", birth_year=2029),
        ["error care:p1/1: birth_year '2029': the child is born long after the region's day 2026-03-02"],
    ),
    (put("vacancy_places", end=400), ["error vacancy_places:v2/l1: end '06:40': is no later than start 08:00"]),
    (put("vacancies", pay_period="hour"), ["warning vacancies:v1: pay_min '3200': is an unusual pay per hour"]),
    (put("people", origin="consented"), ["error people:p1: origin 'consented': a region folder holds no real person"]),
    # -------------------------------------------------------------------------------------------------------- rotas
    (drop("shifts", shift_system_id="two"), ["error shift_systems:two: adds up to nothing: it has no shifts"]),
    (
        put("shift_systems", paid_hours=20.0),
        ["warning shift_systems:day: paid_hours '20': the shifts add up to 40 hours a week"],
    ),
    (put("shifts", row=4, end=420), ["error shifts:day/1/4/07:30: end '07:00': is no later than start 07:30"]),
    (
        put("shifts", row=4, end=2400),
        [
            "warning shift_systems:day: paid_hours '38.5': the shifts add up to 64.5 hours a week",
            "error shifts:day/1/4/07:30: end '40:00': makes the shift longer than a day",
        ],
    ),
    (put("shifts", row=14, week=3), ["error shifts:two/3/4/14:00: week '3': the rota has 2 weeks only"]),
    (
        add("shifts", row=0, start=900, end=960),
        ["error shifts:day/1/0/07:30: end '15:30': the next shift of the rota begins before"],
    ),
    (
        put("shifts", row=5, start=840, end=1320, name="late"),
        [
            "warning shifts:two/1/0/14:00: end '22:00': leaves 8 hours of rest before the next shift; § 5 ArbZG asks for 11"
        ],
    ),
    (
        put("shifts", row=9, day=6, start=1320, end=1800),
        [  # the night of the last Sunday runs into Monday's late shift
            "warning shifts:two/1/6/22:00: end '30:00': leaves 8 hours of rest before the next shift; § 5 ArbZG asks for 11"
        ],
    ),
    (
        put("shifts", row=14, day=6, start=1320, end=1860),
        [  # the last shift of the rota runs into its first
            "error shifts:two/2/6/22:00: end '31:00': the next shift of the rota begins before"
        ],
    ),
    # ------------------------------------------------------------------------------------------------------ courses
    (put("courses", module_number=4), ["error courses:k1: module_number '4': is more than modules_total 3"]),
    (
        put("courses", row=1, leads_to_language=None),
        ["error courses:k2: leads_to_cefr 'B2': is a level of no language"],
    ),
    (put("courses", row=1, leads_to_cefr=None), ["error courses:k2: leads_to_language 'de': leads to no level"]),
    (
        put("courses", teaching_units=320),
        ["warning courses:k1: teaching_units '320': make 240 hours, but weeks times hours_per_week only 140"],
    ),
    (
        put("course_sessions", place_id=None),
        ["warning course_sessions:t1: place_id '': a daytime course is held nowhere; empty means online"],
    ),
    (put("person_languages", language="dk"), ["error person_languages:p1/dk: language 'dk': is no language"]),
    # ------------------------------------------------------------------------------------------- taxonomy and facts
    (
        add("labels", text="Baggerführerin"),
        [
            "error labels:o1/de/preferred/Baggerfahrer: text 'Baggerfahrer': o1 has more than one preferred label in de",
            "error labels:o1/de/preferred/Baggerführerin: text 'Baggerführerin': o1 has more than one preferred label in de",
        ],
    ),
    (put("occupations", level=3), ["error occupations:o1: level '3': contradicts the fifth digit of kldb2010 21112"]),
    (
        put("tariffs", row=1, unit="EUR/trip"),
        ["error tariffs:transit_month/2026-01-01: unit 'EUR/trip': does not fit transit_month"],
    ),
    (put("projects", posts=40), ["error projects:x1/o1/2029: posts '40': a closure adds no posts"]),
    (
        add("projects", kind="site", year=2030),
        [
            "error projects:x1/o1/2029: kind 'closure': the project is a site in one year and a closure in another",
            "error projects:x1/o1/2030: kind 'site': the project is a site in one year and a closure in another",
        ],
    ),
    # ------------------------------------------------------------------------------------------ timetable and streets
    (
        put("stop_times", departure=25100),
        ["error stop_times:f1/1: departure '06:58:20': trip f1 leaves before it arrives at 07:00:00"],
    ),
    (
        put("stop_times", row=1, arrival=25230),
        ["error stop_times:f1/2: arrival '07:00:30': trip f1 arrives before it has left the stop before"],
    ),
    (drop("stop_times", sequence=2), ["warning trips:f1: carries nobody: it has 1 calls"]),
    (put("street_edges", length_m=0.0), ["warning street_edges:0: length_m '0': has no length"]),
    (put("street_edges", car_kmh=None), ["error street_edges:0: car_kmh '': cars may drive here at no known speed"]),
    (put("street_edges", row=1, edge=5), ["error street_edges:5: edge '5': 2 rows are numbered 0 to 1"]),
    # ----------------------------------------------------------------------------------------------------- manifest
    (unprovenanced("people"), ["error region.toml: provenance.people '': nothing is said of 1 rows"]),
    (
        manifest(lambda m: {"provenance": {**m.provenance, "peeple": m.provenance["people"]}}),
        ["error region.toml: provenance.peeple '': is no table of a region"],
    ),
    (manifest(lambda _: {"language": "deutsch"}), ["error region.toml: language 'deutsch': is no language"]),
]


def said(finding: Finding) -> str:
    """Return a finding's sentence without its remedy, its severity before it."""
    return f"{finding.severity} {finding}".removesuffix(f". {finding.remedy}")


def test_sound_region(tiny: Region) -> None:
    """A region with nothing wrong has no findings."""
    assert check(tiny) == []


@pytest.mark.parametrize(("mutate", "expected"), FAULTS, ids=[expected[0][:60] for _, expected in FAULTS])
def test_seeded_fault(tiny: Region, mutate: Mutation, expected: list[str]) -> None:
    """One fault gives exactly its findings, each with a remedy."""
    found = check(mutate(tiny))
    assert [said(finding) for finding in found] == expected
    assert all(finding.remedy.endswith((".", "…", "?")) for finding in found)


@pytest.mark.parametrize(("mutate", "expected"), FAULTS[::7], ids=[expected[0][:60] for _, expected in FAULTS[::7]])
def test_row_order(tiny: Region, mutate: Mutation, expected: list[str]) -> None:
    """The same rows in another order give the same findings."""
    region = mutate(tiny)
    backwards = region.with_tables({name: rows.reverse() for name, rows in region.tables.items()})
    assert [said(finding) for finding in check(backwards)] == expected


def test_many_wrong_rows(tiny: Region) -> None:
    """Of a thousand rows with the same fault 200 are listed by their keys and the rest is counted."""
    people = pl.concat([tiny.table("people").with_columns(person_id=pl.lit(f"p{n:04d}")) for n in range(1000)])
    faulty = tiny.with_tables({"people": people.with_columns(zone_id=pl.lit("z9")).reverse()})
    found = [finding for finding in check(faulty) if finding.column == "zone_id"]
    assert [finding.row for finding in found] == [*(f"p{n:04d}" for n in range(LIMIT)), ""]
    assert said(found[-1]) == "error people: zone_id '': 800 more rows are wrong like the 200 listed"


def test_split_day(tiny: Region) -> None:
    """Two parts of a split day need no rest between them."""
    shifts = tiny.table("shifts").filter(pl.col("shift_system_id") != "day")
    parts = [
        {"shift_system_id": "day", "week": 1, "day": day, "name": "split", "start": start, "end": start + 240}
        for day in range(5)
        for start in (480, 960)
    ]
    split = pl.concat([shifts, TABLES["shifts"].conform(pl.DataFrame(parts))])
    assert check(tiny.with_tables({"shifts": split})) == []


def test_on_call_counts_either_way(tiny: Region) -> None:
    """Paid hours fit a rota whether its shifts on call are paid or not."""
    for paid in (38.5, 56.0):
        on_call = put("shift_systems", paid_hours=paid)(
            add("shifts", row=4, day=5, start=0, end=1440, on_call=True)(tiny)
        )
        assert check(on_call) == []


EDGES = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=14)


@given(EDGES)
def test_loops_against_networkx(edges: list[tuple[str, str]]) -> None:
    """Every loop named is one, and without the last step of each no loop is left."""
    graph = nx.DiGraph(edges)
    found = list(loops(edges))
    closing = [(loop[-1], loop[0]) for loop in found]
    assert all(graph.has_edge(*step) for loop in found for step in pairwise([*loop, loop[0]]))
    graph.remove_edges_from(closing)
    assert nx.is_directed_acyclic_graph(graph)
    assert found == list(loops(edges[::-1]))


def test_a_million_calls(tiny: Region) -> None:
    """Nothing is found wrong with a timetable of a million sound calls."""
    n, stops = 40_000, 25
    trip = np.repeat(np.arange(n), stops)
    time = np.tile(np.arange(stops) * 60, n) + trip % 1000
    calls = pl.DataFrame({"trip": trip, "sequence": np.tile(np.arange(stops), n), "arrival": time}).select(
        pl.format("feed:{}", "trip").alias("trip_id"),
        "sequence",
        pl.format("h{}", pl.col("sequence") % 2 + 1).alias("stop_id"),
        "arrival",
        departure=pl.col("arrival") + 20,
    )
    trips = pl.DataFrame({"trip_id": [f"feed:{k}" for k in range(n)], "route_id": "b1", "service_id": "wk"})
    region = tiny.with_tables({"stop_times": calls, "trips": trips})
    assert check(region) == []
