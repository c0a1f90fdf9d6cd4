# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Cells as people and spreadsheets write them, turned into the typed values of a column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, Literal, NamedTuple

import polars as pl

from drehkreuz.errors import did_you_mean
from drehkreuz.region import Column
from drehkreuz.sources.cell_words import Words

Decimal = Literal[",", "."]

TRUE: Final = ("true", "yes", "ja", "wahr", "1")
FALSE: Final = ("false", "no", "nein", "falsch", "0")

# Outside these years a date is a typing error or a stand-in such as 9999-12-31; both would pass for a fact later.
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199

LAST_CLOCK: Final = 48 * 60  # a shift that begins today has ended by the end of tomorrow
INT32_MAX: Final = 2**31 - 1

# What a spreadsheet leaves in a cell whose formula failed, English and German.
_FAILED_FORMULA: Final = r"^#(?:N/A|NV|REF!|BEZUG!|VALUE!|WERT!|DIV/0!|NAME\?|NULL!|NUM!|ZAHL!)$"
_NUMBER: Final = (
    r"^[+-]?(?:(?:\d+|[1-9]\d{0,2}(?:[%(group)s\s'’]\d{3})+)(?:%(point)s\d*)?|%(point)s\d+)(?:[eE][+-]?\d+)?$"
)
_ISO_DATE: Final = r"^\d{4}-\d{2}-\d{2}$"
_GERMAN_DATE: Final = r"^\d{1,2}\.\d{1,2}\.\d{4}$"
_CLOCK: Final = r"^(\d{1,2}):([0-5]\d)(?::00)?$"
_SECONDS: Final = r"^(\d{1,3}):([0-5]\d):([0-5]\d)$"


@dataclass(frozen=True, slots=True)
class Reading:
    """
    How the cells of one column were read, as two series of their length.

    Attributes:
        value: The typed values; null where the cell is empty or faulty.
        fault: Code of what is wrong with each cell, a key of `explain`; null where nothing is.
    """

    value: pl.Series
    fault: pl.Series


def read_column(
    column: Column, cells: pl.Series, decimal: Decimal | None = None, words: Words | None = None
) -> Reading:
    """
    Read the cells of a column.

    Args:
        column: The column of the schema.
        cells: Texts, stripped; null where empty.
        decimal: The decimal separator of the file; None: both are read, and a cell that then has two meanings is a fault.
        words: Further words that mean a value, whatever their case.
    """
    frame = pl.DataFrame({column.name: cells})
    if words:
        meant = {word.lower(): value for value, listed in words.items() for word in listed}
        cell = pl.col(column.name)
        told = cell.str.to_lowercase().replace_strict(meant, default=None, return_dtype=pl.String)
        frame = frame.select(pl.coalesce(told, cell).alias(column.name))
    return read_columns(frame, {column: decimal})[column.name]


def read_columns(cells: pl.DataFrame, columns: Mapping[Column, Decimal | None]) -> dict[str, Reading]:
    """
    Read the cells of several columns at once, as `read_column` reads each.

    Args:
        cells: Texts, stripped; null where empty; by name of the column.
        columns: The columns of the schema, and the decimal separator of each.
    """
    steps = {column.name: _checked(column, decimal) for column, decimal in columns.items()}
    first = [expression for step in steps.values() for expression in step.first]
    found = (cells.with_columns(first) if first else cells).select(
        *(step.value.alias(f"value of {name}") for name, step in steps.items()),
        *(step.fault.alias(f"fault of {name}") for name, step in steps.items()),
    )
    return {
        name: Reading(found[f"value of {name}"].alias(name), found[f"fault of {name}"].alias(name)) for name in steps
    }


class _Steps(NamedTuple):
    """
    How cells are read, in two steps.

    Attributes:
        first: What is costly and needed more than once: an expression reads anew each time it is looked at.
        value: The values, from the cells and these; null where a cell is empty or cannot be read.
        fault: What is wrong with the cells.
    """

    first: Sequence[pl.Expr]
    value: pl.Expr
    fault: pl.Expr


@cache
def _checked(column: Column, decimal: Decimal | None) -> _Steps:
    """Return how values and faults are read by all that the column asks of a value."""
    cell = pl.col(column.name)
    first, value, fault = _typed(column, decimal)
    faults = [_code(cell.str.contains(_FAILED_FORMULA), "formula_failed"), fault]
    if column.allowed is not None:
        faults.append(_code(value.is_in(list(column.allowed)).not_(), "allowed"))
    if column.pattern is not None:
        faults.append(_code(value.str.contains(f"^(?:{column.pattern})$").not_(), "pattern"))
    fault = pl.coalesce(faults)
    value = pl.when(fault.is_null()).then(value)
    if column.default is not None:
        value = pl.when(cell.is_null()).then(pl.lit(column.default, dtype=column.dtype)).otherwise(value)
    elif column.required:
        fault = pl.coalesce(fault, _code(cell.is_null(), "required"))
    return _Steps(first, value, fault)


def _typed(column: Column, decimal: Decimal | None) -> _Steps:
    cell = pl.col(column.name)
    match column.type:
        case "int" | "float":
            return _number(column, cell, decimal)
        case "bool":
            return _boolean(cell)
        case "date":
            return _date(cell)
        case "clock":
            return _time(cell, _CLOCK, [60, 1], LAST_CLOCK, "clock")
        case "seconds":
            return _time(cell, _SECONDS, [3600, 60, 1], INT32_MAX, "seconds")
        case _:
            return _Steps((), cell, pl.lit(None, dtype=pl.String))


def _kept(cell: pl.Expr, name: str) -> pl.Expr:
    """Return the column in which a step keeps something of a cell."""
    return pl.col(f"{cell.meta.output_name()}: {name}")


def _first(found: Mapping[str, pl.Expr], cell: pl.Expr) -> list[pl.Expr]:
    return [expression.alias(_kept(cell, name).meta.output_name()) for name, expression in found.items()]


def _code(wrong: pl.Expr, code: str) -> pl.Expr:
    return pl.when(wrong).then(pl.lit(code))


def _number(column: Column, cell: pl.Expr, decimal: Decimal | None) -> _Steps:
    """Read `1.234,50` and `1,234.50`: each cell both ways, keeping the ways that give a value the column allows."""
    separators = {".": ",", ",": "."}
    ways = {point: _decimal(cell, point, group) for point, group in separators.items() if decimal in {None, point}}
    read = [_kept(cell, point) for point in ways]
    faults = [_number_fault(column, number) for number in read]
    fitting = [pl.when(fault.is_null()).then(number) for number, fault in zip(read, faults, strict=True)]
    value = pl.coalesce(fitting)
    unread = pl.when(cell.str.starts_with("=")).then(pl.lit("formula")).otherwise(pl.lit("number"))
    fault: pl.Expr = pl.when(value.is_null() & cell.is_not_null()).then(pl.coalesce(*faults, unread))
    if len(fitting) > 1:
        fault = pl.when(fitting[0] != fitting[1]).then(pl.lit("ambiguous")).otherwise(fault)
    return _Steps(_first(ways, cell), value.cast(column.dtype), fault)


def _decimal(cell: pl.Expr, point: str, group: str) -> pl.Expr:
    shape = _NUMBER % {"point": re.escape(point), "group": re.escape(group)}
    digits = cell.str.replace_all(rf"[{re.escape(group)}\s'’]", "").str.replace(point, ".", literal=True)
    return pl.when(cell.str.contains(shape)).then(digits.cast(pl.Float64, strict=False))


def _number_fault(column: Column, number: pl.Expr) -> pl.Expr:
    whole = column.type == "int"
    low = column.min if column.min is not None else (-INT32_MAX if whole else None)
    high = column.max if column.max is not None else (INT32_MAX if whole else None)
    faults = [_code(number.is_infinite(), "number")]
    if whole:
        faults.append(_code(number != number.floor(), "whole"))
    if low is not None:
        faults.append(_code(number < low, "min"))
    if high is not None:
        faults.append(_code(number > high, "max"))
    return pl.coalesce(faults)


def _boolean(cell: pl.Expr) -> _Steps:
    lower = cell.str.to_lowercase()
    value = pl.when(lower.is_in(TRUE)).then(statement=True).when(lower.is_in(FALSE)).then(statement=False)
    return _Steps((), value, _code(value.is_null() & cell.is_not_null(), "bool"))


def _date(cell: pl.Expr) -> _Steps:
    iso, german = cell.str.contains(_ISO_DATE), cell.str.contains(_GERMAN_DATE)
    read = pl.coalesce(
        pl.when(iso).then(cell).str.to_date("%Y-%m-%d", strict=False),
        pl.when(german).then(cell).str.to_date("%d.%m.%Y", strict=False),
    )
    value, shaped = _kept(cell, "value"), _kept(cell, "shaped")
    fault = (
        pl.when(cell.is_not_null() & shaped.not_())
        .then(pl.lit("date"))
        .when(cell.is_not_null() & value.is_null())
        .then(pl.lit("no_such_day"))
        .when(~value.is_between(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)))
        .then(pl.lit("year"))
    )
    return _Steps(_first({"value": read, "shaped": iso | german}, cell), value, fault)


def _time(cell: pl.Expr, shape: str, units: Sequence[int], last: int, code: str) -> _Steps:
    parts = [cell.str.extract(shape, i + 1).cast(pl.Int32) * unit for i, unit in enumerate(units)]
    read, value = pl.sum_horizontal(parts, ignore_nulls=False), _kept(cell, "value")
    fault = _code(cell.is_not_null() & (value.is_null() | value.gt(last)), code)
    return _Steps(_first({"value": read}, cell), value, fault)


_SENTENCES: Final = {
    "required": ("is empty, and every row needs one", "Fill in the cell: {doc}"),
    "allowed": ("is not one of the values allowed", "Use one of {choices}"),
    "pattern": ("does not have the form asked", "Write {doc}{zero}"),
    "formula": ("is a formula, not its result", "In the spreadsheet, paste the value over the formula and save again."),
    "formula_failed": ("is what a failed formula leaves", "Mend the formula in the spreadsheet, or write the value."),
    "ambiguous": (
        "may mean {large} or {small}",
        'Write {large} or {small}, or name the file\'s decimal separator (decimal = "," in region.toml).',
    ),
    "number": ("is not a number", "Write digits only, such as {example}{in_unit}."),
    "whole": ("is not a whole number", "Write a number without decimals{in_unit}."),
    "min": ("is less than {min}{unit}", "Correct the value: {doc}"),
    "max": ("is more than {max}{unit}", "Correct the value: {doc}"),
    "bool": ("is neither yes nor no", "Write ja or nein, yes or no, true or false, 1 or 0."),
    "no_such_day": ("is a day that does not exist", "Correct the day, the month or the year."),
    "year": (
        f"lies outside the years {FIRST_YEAR} to {LAST_YEAR}",
        "Correct the year; leave the cell empty where there is no date.",
    ),
    "date": ("is not a date that can be read in one way only", "Write 2026-11-03 or 03.11.2026.{serial}"),
    "clock": ("is not a time of day", "Write 06:00; after midnight count on: 26:00 is two o'clock the next night."),
    "seconds": ("is not a time", "Write hours, minutes and seconds: 06:00:00; after midnight count on: 25:10:00."),
}
"""What is wrong and what to do now, by code of fault."""


def explain(column: Column, code: str, value: str, words: Words | None = None) -> tuple[str, str]:
    """
    Return what is wrong with a cell and what to do, as a problem without a full stop and a remedy that is a sentence.

    Args:
        column: The column of the schema.
        code: Code from the `fault` of a `Reading`.
        value: The cell's text.
        words: Further words that mean a value.
    """
    problem, remedy = _SENTENCES[code]
    said = {
        "doc": _lower(column.doc),
        "unit": f" {column.unit}" if column.unit else "",
        "in_unit": f", in {column.unit}" if column.unit else "",
        "example": "40" if column.type == "int" else "38.5 or 38,5",
        "min": f"{-INT32_MAX if column.min is None else column.min:.15g}",
        "max": f"{INT32_MAX if column.max is None else column.max:.15g}",
        "zero": " A spreadsheet may have dropped a leading zero." if value.isdigit() else "",
        "serial": " A bare number is how a spreadsheet saves an unformatted date." if value.isdigit() else "",
    }
    if code == "allowed":
        said["choices"] = _choices(column, value, words or {})
    elif code == "ambiguous":
        said["large"], said["small"] = _two_meanings(value)
    return problem.format_map(said), remedy.format_map(said)


def _two_meanings(value: str) -> tuple[str, str]:
    """Return `1.234` as thousands and as a decimal number, each written so that it has one meaning."""
    whole, thousandths = re.split(r"[.,]", re.sub(r"[\s'’]", "", value))
    small = f"{float(f'{whole}.{thousandths}'):.15g}"
    return f"{whole}{thousandths}", small + "0" if thousandths in small else small


def _choices(column: Column, value: str, words: Words) -> str:
    choices = [str(choice) for choice in column.allowed or ()]
    shown = [f"{choice} ({words[choice][0]})" if choice in words else choice for choice in choices]
    by_fold = {choice.casefold(): choice for choice in choices}
    same = by_fold.get(value.casefold().replace(" ", "_").replace("-", "_"))
    near = (
        f" Did you mean {same!r}?"
        if same
        else did_you_mean(value, [*choices, *(word for listed in words.values() for word in listed)])
    )
    return f"{', '.join(shown)}.{near}"


def _lower(doc: str) -> str:
    """Return the column's documentation as the rest of a sentence; ISO, KldB and the like keep their capitals."""
    word = doc.partition(" ")[0]
    return doc[:1].lower() + doc[1:] if word[1:] == word[1:].lower() else doc
