# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The model's feed keeps the rules of GTFS validators, vehicles can run it, and it is as thin in the evening as it should be."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse.csgraph import connected_components

from drehkreuz.model.aachen.blocks import LAYOVER_MINUTES, chain
from drehkreuz.model.aachen.calendars import FIRST_DAY, HOLIDAYS, LAST_DAY, SCHOOL_HOLIDAYS
from drehkreuz.model.aachen.corridors import Corridors
from drehkreuz.model.aachen.lines import BUS, RAIL, SPEEDS, Line, read_lines
from drehkreuz.model.aachen.stops import Stops, read_data
from drehkreuz.model.aachen.timetable import write_timetable
from drehkreuz.region import TABLES
from drehkreuz.sources.gtfs import read_gtfs
from drehkreuz.sources.templates import read_table

REQUIRED = {
    "agency": ("agency_id", "agency_name", "agency_url", "agency_timezone"),
    "calendar": ("service_id", "monday", "sunday", "start_date", "end_date"),
    "calendar_dates": ("service_id", "date", "exception_type"),
    "feed_info": ("feed_publisher_name", "feed_publisher_url", "feed_lang", "feed_start_date", "feed_end_date"),
    "routes": ("route_id", "agency_id", "route_long_name", "route_type"),
    "stop_times": ("trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"),
    "stops": ("stop_id", "stop_name", "stop_lat", "stop_lon"),
    "transfers": ("from_stop_id", "to_stop_id", "transfer_type", "min_transfer_time"),
    "trips": ("route_id", "service_id", "trip_id", "trip_headsign", "direction_id", "block_id", "bikes_allowed"),
}
KEYS = {
    "agency": ["agency_id"], "calendar": ["service_id"], "calendar_dates": ["service_id", "date"], "routes": ["route_id"],
    "stop_times": ["trip_id", "stop_sequence"], "stops": ["stop_id"], "transfers": ["from_stop_id", "to_stop_id"],
    "trips": ["trip_id"],
}  # fmt: skip
REFERENCES = (
    ("routes", "agency_id", "agency", "agency_id"), ("trips", "route_id", "routes", "route_id"),
    ("trips", "service_id", "calendar", "service_id"), ("calendar_dates", "service_id", "calendar", "service_id"),
    ("stop_times", "trip_id", "trips", "trip_id"), ("stop_times", "stop_id", "stops", "stop_id"),
    ("transfers", "from_stop_id", "stops", "stop_id"), ("transfers", "to_stop_id", "stops", "stop_id"),
)  # fmt: skip
RAIL_DETOUR = 1.15
"""Assumed: track ÷ straight line from station to station."""

Feed = dict[str, pl.DataFrame]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The feed as files."""
    folder = tmp_path_factory.mktemp("timetable")
    write_timetable(folder)
    return folder


@pytest.fixture(scope="module")
def service_days(folder: Path) -> pl.DataFrame:
    return read_gtfs(folder, "")[0]["service_days"]


@pytest.fixture(scope="module")
def feed(folder: Path) -> Feed:
    """The feed as text."""
    return {path.stem: pl.read_csv(path, infer_schema=False) for path in sorted(folder.glob("*.txt"))}


@pytest.fixture(scope="module")
def stops() -> Stops:
    return Stops.read()


@pytest.fixture(scope="module")
def lines(stops: Stops) -> list[Line]:
    return read_lines(stops)


def minutes(clock: pl.Expr) -> pl.Expr:
    parts = clock.str.split(":")
    return parts.list.get(0).cast(pl.Int64) * 60 + parts.list.get(1).cast(pl.Int64)


@pytest.fixture(scope="module")
def timed(feed: Feed) -> pl.DataFrame:
    """Trips with their first and last minute and stop."""
    calls = feed["stop_times"].with_columns(minute=minutes(pl.col("departure_time")))
    ends = calls.group_by("trip_id", maintain_order=True).agg(
        start=pl.col("minute").first(),
        end=pl.col("minute").last(),
        tail=pl.col("stop_id").first(),
        head=pl.col("stop_id").last(),
    )
    return feed["trips"].join(ends, on="trip_id")


# ------------------------------------------------------------------------------------------------- rules of validators


def test_the_strict_reader_has_nothing_to_say(folder: Path) -> None:
    """The ordinary reader takes the whole feed in strict mode without a single note."""
    tables, findings = read_gtfs(folder, "")
    assert findings == []
    assert len(tables["trips"]) == len((folder / "trips.txt").read_text(encoding="utf-8").splitlines()) - 1


def test_same_bytes_every_time(folder: Path, tmp_path: Path) -> None:
    """Writing the timetable twice gives the same files, byte for byte."""
    write_timetable(tmp_path)
    for path in folder.iterdir():
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name


def test_required_fields_are_filled(feed: Feed) -> None:
    """Every file and field that the reference asks for is there, and no cell of it is empty."""
    assert set(feed) == set(REQUIRED)
    for name, fields in REQUIRED.items():
        assert feed[name].select(fields).null_count().sum_horizontal().item() == 0, name
        assert len(feed[name]) > 0


def test_ids_are_unique_and_refer_to_something(feed: Feed) -> None:
    """No key stands twice, and what a row names exists in the other file."""
    for name, key in KEYS.items():
        assert not feed[name].select(key).is_duplicated().any(), name
    for name, field, other, key in REFERENCES:
        assert feed[name].join(feed[other], left_on=field, right_on=key, how="anti").is_empty(), (name, field)


def test_nothing_is_left_unused(feed: Feed) -> None:
    """Every stop is called at, every line and service has trips, every agency a line."""
    for name, field, other, key in REFERENCES[:3] + REFERENCES[4:6]:
        assert feed[other].join(feed[name], left_on=key, right_on=field, how="anti").is_empty(), (other, name)


def test_times_rise_along_a_trip(feed: Feed) -> None:
    """From stop to stop at least a minute passes, sequences rise by one, and every trip has two calls or more."""
    calls = feed["stop_times"].with_columns(
        minute=minutes(pl.col("departure_time")), number=pl.col("stop_sequence").cast(pl.Int64)
    )
    steps = calls.with_columns(pl.col("minute", "number").diff().over("trip_id").name.prefix("step_"))
    assert (calls["arrival_time"] == calls["departure_time"]).all()
    assert steps["step_minute"].drop_nulls().min() == 1
    assert set(steps["step_number"].drop_nulls()) == {1}
    assert calls.group_by("trip_id").len()["len"].min() == 2
    assert not calls.select("trip_id", "stop_id").is_duplicated().any()


def test_speeds_between_stops_are_plausible(lines: list[Line], stops: Stops) -> None:
    """Between two stops no bus is faster than 80 km/h and no train than 160, whichever way minutes are rounded."""
    for line in lines:
        km = stops.lengths(line.stops) / 1000
        kmh = km / ((np.diff(line.minutes) + 0.5) / 60)
        assert kmh.max() <= (160 if line.mode == RAIL else 80), line.line_id


def test_speeds_of_lines_are_plausible(lines: list[Line], stops: Stops) -> None:
    """From end to end buses run at 15 to 35 km/h and trains at 40 to 100."""
    for line in lines:
        detour, low, high = (RAIL_DETOUR, 40, 100) if line.mode == RAIL else (SPEEDS.detour, 15, 35)
        kmh = stops.lengths(line.stops).sum() / 1000 * detour / (line.minutes[-1] / 60)
        assert low <= kmh <= high, (line.line_id, kmh)


def test_the_calendar_covers_the_feed(feed: Feed) -> None:
    """Services run from the feed's first day to its last, and the region's day lies well before its end."""
    info, calendar = feed["feed_info"].row(0, named=True), feed["calendar"]
    assert set(calendar["start_date"]) == {info["feed_start_date"]} == {f"{FIRST_DAY:%Y%m%d}"}
    assert set(calendar["end_date"]) == {info["feed_end_date"]} == {f"{LAST_DAY:%Y%m%d}"}
    assert FIRST_DAY <= date(2026, 11, 2) <= date(2027, 11, 2) <= LAST_DAY
    assert {ZoneInfo(zone).key for zone in feed["agency"]["agency_timezone"]} == {"Europe/Berlin"}


def test_lines_bear_model_names(feed: Feed) -> None:
    """Every line says that it is modelled, and none has the name of another."""
    names = feed["routes"]["route_long_name"]
    assert names.str.starts_with("Modell-").all()
    assert names.n_unique() == len(names)
    assert feed["agency"]["agency_name"].str.starts_with("Modell-").all()


# ------------------------------------------------------------------------------------------------------------ vehicles


def test_vehicles_can_run_it(timed: pl.DataFrame) -> None:
    """A vehicle's trips never overlap: each begins where the one before ended, at least three minutes later."""
    after = timed.sort("block_id", "start").with_columns(
        pl.col("end", "head").shift(1).over("block_id").name.prefix("before_")
    )
    after = after.filter(pl.col("before_end").is_not_null())
    assert (after["start"] - after["before_end"]).min() >= LAYOVER_MINUTES == 3
    assert (after["tail"] == after["before_head"]).all()
    assert (timed.group_by("block_id").agg(pl.col("service_id").n_unique())["service_id"] == 1).all()


def test_lines_run_both_ways(timed: pl.DataFrame) -> None:
    """On each kind of day a line has about as many trips there as back."""
    counts = timed.filter(pl.col("service_id") != "school").group_by("route_id", "service_id").agg(
        there=(pl.col("direction_id") == "0").sum(), back=(pl.col("direction_id") == "1").sum()
    )  # fmt: skip
    assert (counts["there"].cast(pl.Int64) - counts["back"].cast(pl.Int64)).abs().max() <= 2
    assert counts["back"].min() >= 1


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 40), st.integers(0, 2), st.integers(0, 2)), max_size=30))
def test_chains_hold_for_any_trips(trips: list[tuple[int, int, int, int]]) -> None:
    """Whatever the trips, each has one vehicle, which is there in time and never runs two at once."""
    starts = [start for start, _, _, _ in trips]
    ends = [start + length for start, length, _, _ in trips]
    tails, heads = [tail for _, _, tail, _ in trips], [head for _, _, _, head in trips]
    vehicle = chain(["x"] * len(trips), starts, ends, tails, heads)
    for number in set(vehicle):
        own = sorted((starts[t], ends[t], tails[t], heads[t]) for t in range(len(trips)) if vehicle[t] == number)
        for (_, end, _, head), (start, _, tail, _) in pairwise(own):
            assert start - end >= LAYOVER_MINUTES
            assert tail == head
    assert sorted(set(vehicle)) == list(range(len(set(vehicle))))


# ------------------------------------------------------------------------------------------------------- how much runs


def test_it_is_as_large_as_planned(timed: pl.DataFrame, stops: Stops) -> None:
    """About 2,100 stops and 9,000 to 10,000 trips on a weekday."""
    assert 1800 <= len(stops) <= 2300
    assert 6000 <= timed.filter(pl.col("service_id") == "weekday").height <= 10_000


def test_evenings_and_sundays_are_thin(timed: pl.DataFrame) -> None:
    """After 20:00 set out 4 to 12 % of a weekday's trips, on a Sunday 20 to 50 % of as many run."""
    weekday = timed.filter(pl.col("service_id") == "weekday")
    assert 0.04 <= (weekday["start"] >= 20 * 60).mean() <= 0.12
    sundays = timed.filter(pl.col("service_id") == "sunday").height
    assert 0.2 <= sundays / len(weekday) <= 0.5


def test_school_trips_run_on_school_days_only(service_days: pl.DataFrame) -> None:
    """Extra trips run on no Saturday, Sunday, holiday or day of school holidays, and on every other."""
    days = service_days
    school = set(days.filter(pl.col("service_id") == "school")["date"])
    off = set(HOLIDAYS)
    weekdays = set(days.filter(pl.col("service_id") == "weekday")["date"])
    assert school < weekdays
    assert not school & off
    assert weekdays - school == {
        day for day in weekdays if any(first <= day <= last for first, last in SCHOOL_HOLIDAYS)
    }


def test_a_holiday_is_a_sunday(service_days: pl.DataFrame) -> None:
    """On each day exactly one of weekday, Saturday and Sunday service runs; on Good Friday it is the Sunday's."""
    days = service_days.filter(pl.col("service_id") != "school")
    assert len(days) == days["date"].n_unique() == (LAST_DAY - FIRST_DAY).days + 1
    assert days.filter(pl.col("date") == date(2027, 3, 26))["service_id"].to_list() == ["sunday"]
    assert days.filter(pl.col("date") == date(2026, 12, 24))["service_id"].to_list() == ["saturday"]


# --------------------------------------------------------------------------------------------------------------- tables


def test_every_stop_can_be_reached_from_every_other(stops: Stops) -> None:
    """The network that ways of buses are laid through hangs together, so that a way is always found."""
    assert connected_components(Corridors.of(stops).graph)[0] == 1
    assert len(set(stops.names)) == len(set(stops.ids)) == len(stops)


def test_typed_lines_call_where_they_say(lines: list[Line], stops: Stops) -> None:
    """A typed line begins and ends at the stops its row names and calls at all the others."""
    by_id = {line.line_id: line for line in lines}
    for row in read_data("bus_lines.csv"):
        via = [stops.at(name) for name in row["via"].split(" | ")]
        line = by_id[row["line"]]
        assert line.mode == BUS
        assert (line.stops[0], line.stops[-1]) == (via[0], via[-1]), row["line"]
        assert set(via) <= set(line.stops), row["line"]


@pytest.fixture(scope="module")
def typed() -> dict[str, pl.DataFrame]:
    """The tables that come typed, as the ordinary reader takes them."""
    folder = Path(str(files("drehkreuz.model.aachen") / "data"))
    names = ("park_and_ride", "sharing_stations", "tariffs")
    return {name: read_table(folder / f"{name}.csv", TABLES[name], decimal=".")[0] for name in names}


def test_typed_tables_stand_in_order(typed: dict[str, pl.DataFrame]) -> None:
    """Typed tables fit the schema, and their rows stand in order of their key, each once."""
    for name, frame in typed.items():
        keys = frame.select(TABLES[name].key).rows()
        assert keys == sorted(set(keys))


def test_stations_of_sharing_are_modelled(typed: dict[str, pl.DataFrame]) -> None:
    """Stations say that they are modelled, hold no more vehicles than places, and are dense in Aachen only."""
    stations = typed["sharing_stations"]
    assert stations["name"].str.starts_with("Modell-Station ").all()
    assert (stations["vehicles"] <= stations["capacity"]).all()
    in_aachen = pl.col("name").str.starts_with("Modell-Station Aachen")
    assert stations.filter(in_aachen).group_by("kind").len().sort("kind")["len"].to_list() == [60, 90]


def test_park_and_ride_is_at_stations(typed: dict[str, pl.DataFrame], feed: Feed, stops: Stops) -> None:
    """Cars can be left at 25 stations or more, all of which trains call at."""
    places = typed["park_and_ride"]
    stations = {stop_id for stop_id, rail in zip(stops.ids, stops.rail, strict=True) if rail}
    assert len(places) >= 25
    assert set(places["stop_id"]) <= stations & set(feed["stops"]["stop_id"])


def test_tariffs_are_those_of_2026(typed: dict[str, pl.DataFrame]) -> None:
    """Every tariff is known for 2026, and prices of tickets end with the year instead of growing stale."""
    tariffs = typed["tariffs"]
    assert set(tariffs["tariff_id"]) == set(TABLES["tariffs"].columns["tariff_id"].allowed or ())
    assert (tariffs["valid_from"] == date(2026, 1, 1)).all()
    tickets = tariffs.filter(pl.col("tariff_id").str.starts_with("transit_"))
    assert set(tickets["valid_to"]) == {date(2026, 12, 31)}
