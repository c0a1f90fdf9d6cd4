# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Small networks and regions for the tests of reach."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest

from drehkreuz.reach.footpaths import Footpaths, Lists
from drehkreuz.reach.lines import Calls
from drehkreuz.reach.links import StopLinks
from drehkreuz.reach.timetable import Timetable
from drehkreuz.region import TABLES, Manifest, Region

Call = tuple[int, int, int, bool, bool]
"""Stop, arrival, departure, whether people may get on, whether they may get off."""

MONDAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def make_region() -> Callable[..., Region]:
    """Build a region in memory from tables given as lists of rows."""

    def build(*, day: date = MONDAY, **tables: Sequence[Mapping[str, Any]]) -> Region:
        frames = {}
        for name, rows in tables.items():
            schema = {
                column: dtype for column, dtype in TABLES[name].polars.items() if any(column in row for row in rows)
            }
            frames[name] = TABLES[name].conform(pl.DataFrame(list(rows), schema=schema))
        return Region(Manifest("test", "Test", day, "de", {}), frames)

    return build


@pytest.fixture(scope="session")
def make_timetable() -> Callable[..., Timetable]:
    """Build a timetable from the calls of its runs and the seconds of its footpaths."""

    def build(n_stops: int, runs: Sequence[Sequence[Call]], footpaths: Mapping[tuple[int, int], int]) -> Timetable:
        ordered = sorted(runs, key=lambda run: run[0][2])
        calls = [call for run in ordered for call in run]
        column = [np.array(values) for values in zip(*calls, strict=True)] if calls else [np.zeros(0, dtype=int)] * 5
        paths = np.array([(a, b, s) for (a, b), s in footpaths.items()], dtype=np.int64).reshape(-1, 3)
        return Timetable.of(
            MONDAY,
            np.arange(len(ordered), dtype=np.int32),
            Calls(
                first=np.cumsum([0, *(len(run) for run in ordered)], dtype=np.int64),
                stop=column[0].astype(np.int32),
                arrival=column[1].astype(np.int32),
                departure=column[2].astype(np.int32),
                boards=column[3].astype(np.bool_),
                alights=column[4].astype(np.bool_),
            ),
            Footpaths(
                Lists.build(paths[:, 0], paths[:, 1], paths[:, 2], n_stops),
                Lists.build(paths[:, 1], paths[:, 0], paths[:, 2], n_stops),
            ),
        )

    return build


@pytest.fixture(scope="session")
def make_links() -> Callable[[Mapping[int, int]], StopLinks]:
    """Build the links of one door from seconds per stop, the same both ways."""

    def build(seconds: Mapping[int, int]) -> StopLinks:
        stops = np.array(sorted(seconds), dtype=np.int32)
        walk = np.array([seconds[int(stop)] for stop in stops], dtype=np.int32)
        return StopLinks(np.array([0, len(stops)], dtype=np.int64), stops, walk, walk)

    return build


@pytest.fixture(scope="session")
def small(make_region: Callable[..., Region]) -> Region:
    """
    A region a reader can follow: two homes, two workplaces, one bus line along a meridian, no streets.

    Everything lies on one meridian, by kilometres north of the depot at 0: works at 0, stop Werk at 0.2, stop Mitte at 6, school
    at 6, village home at 6.4, stop Dorf at 12, far home at 12.3. 0.1 km is a straight line of 100 m, a way of 130 m, a walk
    of 97.5 s. Line 20 runs Dorf – Mitte – Werk and back in 20 minutes, Monday to Saturday, the first bus down at 05:00, the last up until 22:40; at night a last bus leaves
    Werk at 24:10 on Fridays only.
    """

    def at(km: float) -> dict[str, float]:
        return {"lat": 50.0 + km * 1000 / 111_195.08, "lon": 6.0}

    stops = {"dorf": 12.0, "mitte": 6.0, "werk": 0.2}
    hours = range(5, 23)
    down = {
        f"down{h:02}": ("all", [("dorf", h * 3600), ("mitte", h * 3600 + 600), ("werk", h * 3600 + 1200)])
        for h in hours
    }
    up = {
        f"up{h:02}": ("all", [("werk", h * 3600 + 1200), ("mitte", h * 3600 + 1800), ("dorf", h * 3600 + 2400)])
        for h in hours
    }
    night = {"night": ("friday", [("werk", 87_000), ("mitte", 87_600), ("dorf", 88_200)])}
    trips = {**down, **up, **night}
    days = [MONDAY + timedelta(days=i) for i in range(28)]
    return make_region(
        zones=[
            {"zone_id": "nah", "name": "Dorfmitte", "country": "DE", **at(6.4)},
            {"zone_id": "fern", "name": "Dorfrand", "country": "DE", **at(12.3)},
        ],
        places=[
            {"place_id": "works", "name": "Beispielwerk", "kind": "workplace", **at(0)},
            {"place_id": "school", "name": "Beispielschule", "kind": "learning", **at(6)},
        ],
        stops=[{"stop_id": stop, "name": stop.title(), **at(km)} for stop, km in stops.items()],
        routes=[{"route_id": "20", "name": "Modell-Linie 20", "mode": 3}],
        trips=[
            {
                "trip_id": trip,
                "route_id": "20",
                "service_id": service,
                "headsign": "Werk" if trip.startswith("down") else "Dorf",
            }
            for trip, (service, _) in trips.items()
        ],
        stop_times=[
            {"trip_id": trip, "sequence": i, "stop_id": stop, "arrival": second, "departure": second}
            for trip, (_, calls) in trips.items()
            for i, (stop, second) in enumerate(calls)
        ],
        service_days=[
            *({"service_id": "all", "date": day} for day in days if day.weekday() < 6),
            *({"service_id": "friday", "date": day} for day in days if day.weekday() == 4),
        ],
        shift_systems=[
            {"shift_system_id": "day", "label_de": "Tag", "label_en": "Day", "paid_hours": 38.5},
            {
                "shift_system_id": "rota",
                "label_de": "Wechsel",
                "label_en": "Rotating",
                "weeks": 2,
                "handover_minutes": 10,
                "paid_hours": 37.5,
            },
        ],
        shifts=[
            *(
                {"shift_system_id": "day", "week": 1, "day": d, "name": "day", "start": 480, "end": 990}
                for d in range(5)
            ),
            *(
                {"shift_system_id": "rota", "week": 1, "day": d, "name": "early", "start": 370, "end": 850}
                for d in range(5)
            ),
            *(
                {"shift_system_id": "rota", "week": 2, "day": d, "name": "night", "start": 1330, "end": 1810}
                for d in range(5)
            ),
        ],
        occupations=[{"occupation_id": "o"}],
        vacancies=[
            {
                "vacancy_id": vacancy,
                "title": "Beispielstelle",
                "occupation_id": "o",
                "place_id": "works",
                "start": date(2027, 1, 1),
                "hours_min": 35.0,
                "hours_max": 40.0,
                "shift_system_id": rota,
                "presence_days": presence,
                "pay_min": 3000.0,
                "pay_max": 3500.0,
                "transit_job_ticket": job_ticket,
            }
            for vacancy, rota, presence, job_ticket in (
                ("office", "day", 3.0, True),
                ("crew", "rota", 5.0, False),
                ("apprentice", "day", 5.0, False),
                ("remote", "day", 0.0, False),
            )
        ],
        vacancy_places=[{"vacancy_id": "apprentice", "place_id": "school", "days": 1.5}],
        courses=[
            {
                "course_id": course,
                "title": "Beispielkurs",
                "provider": "Beispielträger",
                "teaching_units": 100,
                "hours_per_week": 20.0,
                "weeks": 5.0,
                "format": form,
                "fee_eur": 0.0,
            }
            for course, form in (("welding", "daytime"), ("forklift", "weekend"), ("office", "online"))
        ],
        course_sessions=[
            {
                "session_id": course,
                "course_id": course,
                "place_id": place,
                "start": date(2027, 1, 11),
                "end": date(2027, 2, 12),
            }
            for course, place in (("welding", "school"), ("forklift", "school"), ("office", None))
        ],
    )
