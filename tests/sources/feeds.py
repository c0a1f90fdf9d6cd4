# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What the tests of timetables share: how a feed is handed round, and what was read of it, fit to be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl

from drehkreuz.sources.gtfs_calls import clock

Pack = Callable[..., Path]  # of files by name, and the name of a folder or zip
Bus = dict[str, str]
Tables = Mapping[str, pl.DataFrame]


def calls(tables: Tables, trip: str = "dn:A7") -> list[tuple[str, str, str]]:
    """Return a trip's calls as stop, arrival, departure, fit to be read."""
    rows = tables["stop_times"].filter(pl.col("trip_id") == trip).iter_rows(named=True)
    return [(row["stop_id"], clock(row["arrival"]), clock(row["departure"])) for row in rows]


def days(tables: Tables, service: str = "dn:MF") -> list[str]:
    """Return the days of a service."""
    return [str(day) for day in tables["service_days"].filter(pl.col("service_id") == service)["date"]]
