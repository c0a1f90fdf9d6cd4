# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The files and fields of a GTFS feed that are read, and how their text becomes typed values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import polars as pl

from drehkreuz.errors import Finding, InputError, did_you_mean
from drehkreuz.sources.archive import about
from drehkreuz.sources.text import ROW, read_csv

if TYPE_CHECKING:
    from drehkreuz.sources.archive import SourceFiles
    from drehkreuz.sources.gtfs_ledger import Ledger

MAX_ROWS: Final = 50_000_000
MAX_BYTES: Final = 4 * 2**30

Kind = Literal["text", "int", "float", "date", "time"]

FLEX_FIELDS: Final = (
    "start_pickup_drop_off_window",
    "start_pickup_dropoff_window",  # as the draft of GTFS-Flex spelled it
    "location_id",
    "location_group_id",
)
"""Fields of stop_times.txt that only a call on demand fills."""


@dataclass(frozen=True, slots=True)
class Field:
    """
    One field of a GTFS file.

    Attributes:
        kind: What its text stands for; dates are YYYYMMDD, times HH:MM:SS after noon minus 12 hours.
        required: A row without it cannot be used.
        min: Smallest value allowed.
        max: Largest value allowed.
    """

    kind: Kind = "text"
    required: bool = False
    min: float | None = None
    max: float | None = None


_ID: Final = Field(required=True)
_DAY: Final = Field("int", required=True, min=0, max=1)

FILES: Final[dict[str, dict[str, Field]]] = {
    "agency.txt": {"agency_id": Field(), "agency_name": Field()},
    "stops.txt": {
        "stop_id": _ID,
        "stop_name": Field(),
        "stop_lat": Field("float", min=-90, max=90),
        "stop_lon": Field("float", min=-180, max=180),
        "location_type": Field("int", min=0, max=4),
        "parent_station": Field(),
        "platform_code": Field(),
    },
    "routes.txt": {
        "route_id": _ID,
        "agency_id": Field(),
        "route_short_name": Field(),
        "route_long_name": Field(),
        "route_type": Field("int", required=True, min=0, max=1702),
    },
    "calendar.txt": {
        "service_id": _ID,
        "monday": _DAY,
        "tuesday": _DAY,
        "wednesday": _DAY,
        "thursday": _DAY,
        "friday": _DAY,
        "saturday": _DAY,
        "sunday": _DAY,
        "start_date": Field("date", required=True),
        "end_date": Field("date", required=True),
    },
    "calendar_dates.txt": {
        "service_id": _ID,
        "date": Field("date", required=True),
        "exception_type": Field("int", required=True, min=1, max=2),
    },
    "trips.txt": {
        "trip_id": _ID,
        "route_id": _ID,
        "service_id": _ID,
        "trip_headsign": Field(),
        "direction_id": Field("int", min=0, max=1),
        "bikes_allowed": Field("int", min=0, max=2),
    },
    "stop_times.txt": {
        "trip_id": _ID,
        "stop_sequence": Field("int", required=True, min=0),
        "stop_id": Field(),
        "arrival_time": Field("time"),
        "departure_time": Field("time"),
        "pickup_type": Field("int", min=0, max=3),
        "drop_off_type": Field("int", min=0, max=3),
        "shape_dist_traveled": Field("float", min=0),
        "timepoint": Field("int", min=0, max=1),
        **dict.fromkeys(FLEX_FIELDS, Field()),
    },
    "frequencies.txt": {
        "trip_id": _ID,
        "start_time": Field("time", required=True),
        "end_time": Field("time", required=True),
        "headway_secs": Field("int", required=True, min=1),
    },
    "transfers.txt": {
        "from_stop_id": Field(),
        "to_stop_id": Field(),
        "from_route_id": Field(),
        "to_route_id": Field(),
        "from_trip_id": Field(),
        "to_trip_id": Field(),
        "transfer_type": Field("int", min=0, max=5),
        "min_transfer_time": Field("int", min=0, max=7200),
    },
}

_NEEDED_FILES: Final = ("stops.txt", "routes.txt", "trips.txt", "stop_times.txt")
_CALENDARS: Final = ("calendar.txt", "calendar_dates.txt")

# Columns that the header must have although single rows may leave them empty.
_NEEDED_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "stops.txt": ("stop_lat", "stop_lon"),
    "stop_times.txt": ("stop_id", "arrival_time", "departure_time"),
    "transfers.txt": ("from_stop_id", "to_stop_id"),
}

_DTYPES: Final[dict[Kind, type[pl.DataType]]] = {
    "text": pl.String,
    "int": pl.Int32,
    "float": pl.Float64,
    "date": pl.Date,
    "time": pl.Int32,
}

_NOT_ITS_KIND: Final[dict[Kind, str]] = {
    "text": "",  # any text is one
    "int": "is not a whole number",
    "float": "is not a number with a decimal point",
    "date": "is not a day written as YYYYMMDD",
    "time": "is not a time written as HH:MM:SS",
}
"""What is said of a value that is none of its kind."""

_TIME: Final = r"^(\d{1,3}):([0-5]\d):([0-5]\d)$"


def check_files(source: SourceFiles) -> None:
    """
    Check that the source has the files without which there is no timetable.

    Raises:
        InputError: Names each missing file.
    """
    found = ", ".join(source.names[:12]) or "none"
    missing = [
        about(source.path, f"{name} is missing; found are {found}", _remedy(name, source))
        for name in _NEEDED_FILES
        if name not in source
    ]
    if not any(name in source for name in _CALENDARS):
        problem = f"neither {_CALENDARS[0]} nor {_CALENDARS[1]} is there, so no trip runs on any day"
        missing.append(about(source.path, problem, "Add one of the two."))
    if missing:
        raise InputError(*missing)


def read_file(source: SourceFiles, name: str, ledger: Ledger, *, encoding: str) -> pl.DataFrame:
    """
    Return the fields of one file, typed, with the column `row`; empty where an optional file is missing.

    A value that does not fit its field is a fault: of a required field it costs the row, else only the value.

    Raises:
        InputError: If the file is no table, has no rows, or lacks a column.
    """
    fields = FILES[name]
    if name not in source:
        return pl.DataFrame(schema={field: _DTYPES[spec.kind] for field, spec in fields.items()} | {ROW: pl.Int32})
    text = read_csv(source, name, encoding=encoding, max_rows=MAX_ROWS, max_bytes=MAX_BYTES, report=ledger.ragged)
    _check_columns(name, text.columns)
    if name in _NEEDED_FILES and text.is_empty():
        raise InputError(Finding(name, "1", "", "", "the file has a header but no rows", "Get the whole feed again."))
    text = text.select(_column(text, field) for field in (*fields, ROW))
    typed = text.select([_typed(field, spec).alias(field) for field, spec in fields.items()] + [pl.col(ROW)])
    return _without_faults(name, text, typed, ledger)


def _remedy(name: str, source: SourceFiles) -> str:
    return f"Add {name}, or check that this is a GTFS feed.{did_you_mean(name, list(source.names))}"


def _check_columns(name: str, columns: list[str]) -> None:
    needed = {field for field, spec in FILES[name].items() if spec.required} | set(_NEEDED_COLUMNS.get(name, ()))
    if any(field in columns for field in FLEX_FIELDS[:2]):
        needed -= set(_NEEDED_COLUMNS["stop_times.txt"])
    missing = [
        Finding(name, "1", "", "", f"column {field!r} is missing", f"Add it.{did_you_mean(field, columns)}")
        for field in sorted(needed - set(columns))
    ]
    if missing:
        raise InputError(*missing)


def _column(text: pl.DataFrame, field: str) -> pl.Expr:
    return pl.col(field) if field in text.columns else pl.lit(None, dtype=pl.String).alias(field)


def _typed(field: str, spec: Field) -> pl.Expr:
    """Return the field's value, null where its text is none of its kind or outside its bounds."""
    text = pl.col(field)
    match spec.kind:
        case "text":
            return text
        case "date":
            return pl.when(text.str.len_bytes() == 8).then(text.str.to_date("%Y%m%d", strict=False))
        case "time":
            parts = [text.str.extract(_TIME, group).cast(pl.Int32) for group in (1, 2, 3)]
            return parts[0] * 3600 + parts[1] * 60 + parts[2]
        case _:
            value = text.cast(_DTYPES[spec.kind], strict=False)
            low = pl.lit(value=True) if spec.min is None else value >= spec.min
            high = pl.lit(value=True) if spec.max is None else value <= spec.max
            return pl.when(low & high & value.cast(pl.Float64).is_finite()).then(value)


def _without_faults(name: str, text: pl.DataFrame, typed: pl.DataFrame, ledger: Ledger) -> pl.DataFrame:
    """Enter the values that did not become typed, and drop the rows that cannot do without them."""
    empty_in, null_in = text.null_count().row(0, named=True), typed.null_count().row(0, named=True)
    if all(null_in[field] == (0 if spec.required else empty_in[field]) for field, spec in FILES[name].items()):
        return typed
    usable = pl.Series([True]).new_from_index(0, len(typed))
    for field, spec in FILES[name].items():
        if spec.required:
            empty = text[field].is_null()
            if empty.any():
                ledger.fault(name, text.filter(empty), f"{field} is empty", drop="the row")
            usable &= typed[field].is_not_null()
        wrong = typed[field].is_null() & text[field].is_not_null()
        if wrong.any():
            drop = "the row" if spec.required else "the value"
            ledger.fault(name, text.filter(wrong), _complaint(spec), column=field, drop=drop)
    return typed if usable.all() else typed.filter(usable)


def _complaint(spec: Field) -> str:
    what = _NOT_ITS_KIND[spec.kind]
    if spec.min is None:
        return what
    return f"{what}, {spec.min:g} or more" if spec.max is None else f"{what} from {spec.min:g} to {spec.max:g}"
