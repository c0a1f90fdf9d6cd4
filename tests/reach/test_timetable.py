# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Service days, the nights around them, and changes between rides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from drehkreuz.errors import InputError
from drehkreuz.reach.footpaths import Footpaths, footpaths
from drehkreuz.reach.modes import DayType
from drehkreuz.reach.points import EARTH_RADIUS_M, Points
from drehkreuz.reach.service_day import service_dates
from drehkreuz.reach.timetable import Timetable, timetable
from drehkreuz.reach.ways import StraightLines
from drehkreuz.region import Region

Build = Callable[..., Region]
Row = dict[str, Any]
MONDAY = date(2026, 11, 23)


def calendar(make_region: Build, runs: dict[date, int], day: date = MONDAY) -> Region:
    """Return a region whose only news is how many trips run on which date."""
    services = [{"service_id": f"{date_}", "date": date_} for date_ in runs]
    trips = [{"trip_id": f"{d}-{i}", "route_id": "r", "service_id": f"{d}"} for d, n in runs.items() for i in range(n)]
    return make_region(day=day, service_days=services, trips=trips)


def test_the_median_day_stands_for_its_kind(make_region: Build) -> None:
    """A weekday full of extra runs and a holiday on a Thursday leave the ordinary Wednesday, the earlier of two."""
    runs = {MONDAY + timedelta(days=i): n for i, n in enumerate([90, 50, 40, 3, 90, 20, 9, 90, 60, 40, 55, 90, 21, 8])}
    dates = service_dates(calendar(make_region, runs))
    assert dates == {
        DayType.WEEKDAY: date(2026, 11, 25),  # of 3, 40, 40, 50, 55, 60 runs the third
        DayType.SATURDAY: date(2026, 11, 28),  # of 20, 21
        DayType.SUNDAY: date(2026, 12, 6),  # of 8, 9
    }


def test_a_kind_of_day_without_a_run_is_left_out(make_region: Build) -> None:
    """Where nothing runs on Sundays, there is no Sunday; a date of a service without trips is no day of running."""
    region = calendar(make_region, {date(2026, 11, 24): 5, date(2026, 11, 28): 5, date(2026, 11, 29): 0})
    assert service_dates(region) == {DayType.WEEKDAY: date(2026, 11, 24), DayType.SATURDAY: date(2026, 11, 28)}


def test_a_feed_of_another_year(make_region: Build) -> None:
    """Where the timetable lies elsewhere, its first 28 days are looked at; day 29 is not."""
    runs = {date(2019, 4, 15) + timedelta(days=i): 5 if i < 28 else 1 for i in range(60)}
    dates = service_dates(calendar(make_region, runs))
    assert dates[DayType.WEEKDAY] == date(2019, 4, 16)
    days = {date(2019, 4, 15): 1, date(2019, 4, 15) + timedelta(days=28 + 1): 1}
    assert DayType.WEEKDAY not in service_dates(calendar(make_region, days))


def test_no_timetable_at_all(make_region: Build) -> None:
    """A region without a timetable has no service day."""
    assert service_dates(make_region()) == {}


def line(make_region: Build, runs: dict[str, tuple[list[int], Iterable[date]]], **tables: list[Row]) -> Region:
    """Return a region with runs between stops a, b, c …, each at its seconds and on its dates."""
    names = "abcdef"
    return make_region(
        stops=[{"stop_id": name, "lat": 50.0 + i * 0.1, "lon": 6.0} for i, name in enumerate(names)],
        trips=[{"trip_id": trip, "route_id": "r", "service_id": trip} for trip in runs],
        stop_times=[
            {"trip_id": trip, "sequence": i * 5, "stop_id": names[i], "arrival": s, "departure": s + 10 * (i == 1)}
            for trip, (seconds, _) in runs.items()
            for i, s in enumerate(seconds)
        ],
        service_days=[{"service_id": trip, "date": day} for trip, (_, days) in runs.items() for day in days],
        **tables,
    )


def changes(region: Region) -> Footpaths:
    """Return the changes of a region by straight lines."""
    lines = StraightLines()
    return footpaths(region, lines, lines.locate(Points.of(region, "stops")))


def runs_of(region: Region, table: Timetable) -> list[tuple[str, list[int]]]:
    """Return the runs as trip id and departures, by departure."""
    ids, calls = region.table("trips")["trip_id"].to_list(), table.lines.calls
    runs = [
        (ids[trip], calls.departure[calls.first[i] : calls.first[i + 1]].tolist()) for i, trip in enumerate(table.trip)
    ]
    return sorted(runs, key=lambda run: run[1])


TUESDAY = MONDAY + timedelta(days=1)


def test_nights_before_and_after_belong_to_the_day(make_region: Build) -> None:
    """Monday's run at 24:30 is Tuesday's at 00:30, Wednesday's first run is there for Tuesday's night shift, in order of departure."""
    runs = {
        "night": ([88_200, 88_800], [MONDAY]),
        "early": ([18_000, 18_600, 19_000], [TUESDAY, TUESDAY + timedelta(days=1)]),
        "noon": ([43_200, 44_000], [MONDAY, TUESDAY + timedelta(days=1)]),
    }
    region = line(make_region, runs)
    table = timetable(region, TUESDAY, changes(region))
    assert runs_of(region, table) == [
        ("night", [1800, 2410]),
        ("early", [18_000, 18_610, 19_000]),
    ]
    late = {"late": ([10_000, 10_500], [TUESDAY + timedelta(days=1)])}
    region = line(make_region, runs | late)
    assert runs_of(region, timetable(region, TUESDAY, changes(region)))[-1] == ("late", [96_400, 96_910])


def test_rows_in_any_order_give_the_same_bytes(make_region: Build) -> None:
    """Shuffled stop times, trips and days give the same runs at the same times."""
    runs = {f"t{i}": ([1000 * i, 1000 * i + 60, 1000 * i + 90], [TUESDAY]) for i in range(9)} | {
        "twin": ([0, 60, 90], [TUESDAY])
    }
    region = line(make_region, runs)
    shuffled = region.with_tables(
        {name: region.table(name).sample(fraction=1, shuffle=True, seed=3) for name in ("stop_times", "service_days")}
    )
    a, b = (timetable(each, TUESDAY, changes(each)) for each in (region, shuffled))
    assert a.trip.tobytes() == b.trip.tobytes()
    assert a.lines.runs.tobytes() == b.lines.runs.tobytes()
    for name in ("first", "stop", "arrival", "departure", "boards", "alights"):
        assert getattr(a.lines.calls, name).tobytes() == getattr(b.lines.calls, name).tobytes()


def test_an_empty_day(make_region: Build) -> None:
    """Without a date there is a timetable without runs."""
    region = line(make_region, {"t": ([0, 60], [TUESDAY])})
    table = timetable(region, None, changes(region))
    assert table.lines.calls.first.tolist() == table.lines.runs.tolist() == [0]


def test_a_trip_with_one_call_is_no_run(make_region: Build) -> None:
    """Nobody can ride a trip that calls once."""
    region = line(make_region, {"t": ([0], [TUESDAY])})
    assert len(timetable(region, TUESDAY, changes(region)).trip) == 0


def test_a_call_at_an_unknown_stop(make_region: Build) -> None:
    """A call at a stop that does not exist is refused with its trip and number."""
    region = line(make_region, {"t": ([0, 60], [TUESDAY])})
    region = region.with_tables({"stops": region.table("stops").head(1)})
    with pytest.raises(InputError, match="stop_times:t 5: stop_id 'b': is not in table stops"):
        timetable(region, TUESDAY, changes(region))


def stops_along(make_region: Build, metres: list[float], transfers: list[Row] | None = None) -> Region:
    """Return stops a, b, c … along a meridian, with rules for changes."""
    degree = np.radians(1) * EARTH_RADIUS_M
    tables: dict[str, list[Row]] = {"transfers": transfers} if transfers else {}
    stops = [{"stop_id": "abcdef"[i], "lat": 50 + m / degree, "lon": 6.0} for i, m in enumerate(metres)]
    return make_region(stops=stops, **tables)


def seconds_between(region: Region) -> dict[str, int]:
    """Return the changes as `ab: seconds`, checking that both views agree."""
    paths = changes(region)
    n = len(region.table("stops"))
    views = [
        {
            (row, int(lists.stop[i])): int(lists.seconds[i])
            for row in range(n)
            for i in range(lists.indptr[row], lists.indptr[row + 1])
        }
        for lists in (paths.out, paths.into)
    ]
    assert views[0] == {(b, a): seconds for (a, b), seconds in views[1].items()}
    return {"abcdef"[a] + "abcdef"[b]: seconds for (a, b), seconds in views[0].items()}


def test_changes_on_foot(make_region: Build) -> None:
    """A change takes the walk, two minutes at least, and is offered up to ten minutes: 100 m, 500 m, 600 m apart."""
    region = stops_along(make_region, [0, 100, 600])
    assert seconds_between(region) == {
        "aa": 120,
        "bb": 120,
        "cc": 120,
        "ab": 120,
        "ba": 120,
        "bc": 488,
        "cb": 488,
        "ac": 585,
        "ca": 585,
    }
    assert "ab" not in seconds_between(stops_along(make_region, [0, 616]))


def test_transfers_go_before(make_region: Build) -> None:
    """Seconds of the timetable hold as they stand, even none; a forbidden change is gone, also at one's own stop."""
    transfers = [
        {"from_stop_id": "a", "to_stop_id": "a", "seconds": None, "possible": False},
        {"from_stop_id": "a", "to_stop_id": "b", "seconds": 0, "possible": True},
        {"from_stop_id": "b", "to_stop_id": "a", "seconds": 90, "possible": False},
        {"from_stop_id": "a", "to_stop_id": "c", "seconds": None, "possible": True},
    ]
    region = stops_along(make_region, [0, 100, 2000], transfers)
    assert seconds_between(region) == {"ab": 0, "bb": 120, "cc": 120, "ac": 1950}


def test_a_transfer_to_an_unknown_stop(make_region: Build) -> None:
    """A rule for a stop that does not exist is refused, with the nearest name."""
    region = stops_along(make_region, [0, 100], [{"from_stop_id": "a", "to_stop_id": "aa", "possible": True}])
    with pytest.raises(InputError, match=r"transfers:a aa: to_stop_id 'aa': is not in table stops.*Did you mean 'a'\?"):
        changes(region)
