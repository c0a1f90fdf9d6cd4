# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Stops and the changes between them: stops.txt and transfers.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import polars as pl

if TYPE_CHECKING:
    from drehkreuz.sources.gtfs_ledger import Ledger

FAR_KM: Final = 300.0
FAR_TIMES: Final = 20.0
"""
Assumed: a stop is misplaced if it lies more than 300 km and 20 times as far from the median stop as stops usually do.
Distance alone would refuse the stops of long-distance trains, which lie far from each other.
"""

_EARTH_KM: Final = 6371.0088
_STATION: Final = 1  # location types above it are entrances and nodes of footpaths within a station
_ANY, _MINIMUM, _IMPOSSIBLE, _IN_SEAT = 0, 2, 3, 4  # transfer types


def read_stops(stops: pl.DataFrame, ledger: Ledger) -> pl.DataFrame:
    """
    Return the region's table `stops`: stops and stations, with coordinates, in order of id.

    Args:
        stops: `stops.txt`, typed.
        ledger: Where faults are entered.
    """
    twice = stops.filter(~pl.col("stop_id").is_first_distinct())
    ledger.fault("stops.txt", twice, "stands twice", column="stop_id", drop="the second row")
    stops = stops.filter(pl.col("stop_id").is_first_distinct() & (pl.col("location_type").fill_null(0) <= _STATION))
    nowhere = pl.any_horizontal(pl.col("stop_lat", "stop_lon").is_null())
    ledger.fault("stops.txt", stops.filter(nowhere), _nowhere, drop="the stop with its calls")
    stops = stops.filter(~nowhere)
    stops = stops.with_columns(distance_km=_from_median())
    far = pl.col("distance_km") > pl.max_horizontal(FAR_KM, FAR_TIMES * pl.col("distance_km").median())
    ledger.fault("stops.txt", stops.filter(far), _far, drop="the stop with its calls")
    stops = stops.filter(~far)
    return (
        _with_parents(stops, ledger)
        .select(
            "stop_id",
            pl.col("stop_name").alias("name"),
            pl.col("stop_lat").alias("lat"),
            pl.col("stop_lon").alias("lon"),
            pl.col("parent_station").alias("parent"),
            pl.col("platform_code").alias("platform"),
        )
        .sort("stop_id")
    )


def _nowhere(row: dict[str, Any]) -> str:
    return f"stop {row['stop_id']!r} has no coordinates"


def _far(row: dict[str, Any]) -> str:
    place = f"{row['stop_lat']:g}, {row['stop_lon']:g}"
    return f"stop {row['stop_id']!r} at {place} lies {row['distance_km']:,.0f} km from the middle of the feed"


def _from_median() -> pl.Expr:
    """Return the great-circle distance of each stop to the median latitude and longitude, km."""
    lat, lon = pl.col("stop_lat").radians(), pl.col("stop_lon").radians()
    across = ((lat - lat.median()) / 2).sin() ** 2
    along = lat.cos() * lat.median().cos() * ((lon - lon.median()) / 2).sin() ** 2
    return 2 * _EARTH_KM * (across + along).clip(0, 1).sqrt().arcsin()


def _with_parents(stops: pl.DataFrame, ledger: Ledger) -> pl.DataFrame:
    """Keep a parent only where it is a stop of the table."""
    parent = pl.col("parent_station")
    known = parent.is_in(stops["stop_id"].implode())
    orphans = stops.filter(~known)
    if len(orphans):
        problem = f"{len(orphans):,} stops name a parent_station that is not in the file; they stand alone"
        ledger.note("stops.txt", problem, "Nothing to do unless the names of stations are wanted.")
    return stops.with_columns(pl.when(known).then(parent))


def read_transfers(
    transfers: pl.DataFrame, all_stops: pl.DataFrame, stops: pl.DataFrame, ledger: Ledger
) -> pl.DataFrame:
    """
    Return the region's table `transfers`, with rules for a station turned into rules for each pair of its stops.

    A rule for two stops goes before a rule for their stations. Rules for named lines or trips are left out, with a note.

    Args:
        transfers: `transfers.txt`, typed.
        all_stops: `stops.txt`, typed.
        stops: The region's table, as `read_stops` returns it.
        ledger: Where faults are entered.
    """
    transfers = transfers.with_columns(pl.col("transfer_type").fill_null(_ANY))
    specific = pl.any_horizontal(pl.col("from_route_id", "to_route_id", "from_trip_id", "to_trip_id").is_not_null())
    left_out = specific | (pl.col("transfer_type") >= _IN_SEAT)
    count = len(transfers.filter(left_out))
    if count:
        problem = f"{count:,} rules hold for named trips or lines only and are left out"
        ledger.note("transfers.txt", problem, "Nothing to do: the rules between stops are kept.")
    rules = _known(transfers.filter(~left_out), all_stops["stop_id"], ledger)
    wordless = (pl.col("transfer_type") == _MINIMUM) & pl.col("min_transfer_time").is_null()
    ledger.fault("transfers.txt", rules.filter(wordless), "transfer_type 2 without min_transfer_time", drop="the row")
    rules = rules.filter(~wordless)
    twice = ~pl.struct("from_stop_id", "to_stop_id").is_first_distinct()
    ledger.fault("transfers.txt", rules.filter(twice), _twice, drop="the second row")
    return _between_stops(rules.filter(~twice), stops)


def _twice(row: dict[str, Any]) -> str:
    return f"the change from {row['from_stop_id']!r} to {row['to_stop_id']!r} stands twice"


def _known(transfers: pl.DataFrame, stop_ids: pl.Series, ledger: Ledger) -> pl.DataFrame:
    for column in ("from_stop_id", "to_stop_id"):
        strange = ~pl.col(column).is_in(stop_ids.implode()).fill_null(value=False)
        ledger.fault("transfers.txt", transfers.filter(strange), "is not in stops.txt", column=column, drop="the row")
        transfers = transfers.filter(~strange)
    return transfers


def _between_stops(rules: pl.DataFrame, stops: pl.DataFrame) -> pl.DataFrame:
    """Put each station's stops in its place; where several rules meet, the one that names most stops holds."""
    children = stops.filter(pl.col("parent").is_not_null()).select(place="parent", stop="stop_id", named=0)
    itself = stops.filter(~pl.col("stop_id").is_in(children["place"].implode()))
    platforms = pl.concat([children, itself.select(place="stop_id", stop="stop_id", named=1)])
    return (
        rules.join(platforms.rename({"stop": "from", "named": "named_from"}), left_on="from_stop_id", right_on="place")
        .join(platforms.rename({"stop": "to", "named": "named_to"}), left_on="to_stop_id", right_on="place")
        .sort(pl.col("named_from") + pl.col("named_to"), "from_stop_id", "to_stop_id", descending=[True, False, False])
        .unique(["from", "to"], keep="first", maintain_order=True)
        .select(
            from_stop_id="from",
            to_stop_id="to",
            seconds=pl.when(pl.col("transfer_type") == _MINIMUM).then("min_transfer_time"),
            possible=pl.col("transfer_type") != _IMPOSSIBLE,
        )
        .sort("from_stop_id", "to_stop_id")
    )
