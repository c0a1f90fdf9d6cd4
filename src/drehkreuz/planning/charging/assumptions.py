# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What the need for charging assumes: one table of values with their sources, of which a file may replace any part."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np

from drehkreuz.errors import Finding, InputError, did_you_mean
from drehkreuz.textfile import read_text

Variant = Literal["low", "mid", "high"]

VARIANTS: Final[tuple[Variant, ...]] = ("low", "mid", "high")

HEAD: Final = ("de", "en", "kind", "source_de", "source_en", "checked_on")
"""What every entry says of itself beside its figures."""

KINDS: Final = ("observed", "secondary", "assumed")
"""What a value can be: counted, told by somebody who counted, or ours."""

ROUNDING: Final = 1e-9
"""How far shares may miss the one they sum to."""

MOST: Final = 1e6
"""No figure here can be meant to be larger."""


@dataclass(frozen=True, slots=True)
class Class:
    """
    A voltage of the grid that a site can be connected to.

    Attributes:
        name: `low`, `medium` or `high`.
        up_to_kw: Most power of such a connection.
        years: Low, middle and high time until it stands.
        eur_per_kw: Low, middle and high cost.
    """

    name: str
    up_to_kw: float
    years: tuple[float, float, float]
    eur_per_kw: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Assumptions:
    """
    All that is assumed.

    Attributes:
        entries: The whole table, section by section, with words, kinds and sources; fit to be shown.
    """

    entries: Mapping[str, Mapping[str, Mapping[str, Any]]]

    def of(self, variant: Variant) -> dict[str, float]:
        """Return the value of each parameter in a variant."""
        return {name: float(entry[variant]) for name, entry in self.entries["parameters"].items()}

    def share(self, fleet: str, year: int, variant: Variant) -> float:
        """
        Return which share of a fleet drives by battery, or is a plug-in hybrid, in a year.

        Raises:
            InputError: If the year lies outside the table.
        """
        entry = self.entries["fleet"][fleet]
        years = entry["years"]
        if not years[0] <= year <= years[-1]:
            problem = f"lies outside the years {years[0]} to {years[-1]} of fleet.{fleet}"
            raise InputError(
                _finding("assumptions", "year", year, problem, "Ask for another year, or extend the table.")
            )
        return float(np.interp(year, years, entry[variant]))

    def split(self, name: str) -> dict[str, float]:
        """Return shares of electricity by where it is charged."""
        return {use: float(share) for use, share in self.entries["split"][name].items() if use not in HEAD}

    @property
    def grid(self) -> tuple[Class, ...]:
        """Voltages from low to high."""
        return tuple(
            Class(name, float(entry["up_to_kw"]), tuple(entry["years"]), tuple(entry["eur_per_kw"]))
            for name, entry in self.entries["grid"].items()
        )

    def plain(self) -> dict[str, Any]:
        """Return the whole table, fit for JSON."""
        return {
            section: {name: dict(entry) for name, entry in table.items()} for section, table in self.entries.items()
        }


def read_assumptions(path: Path | None = None) -> Assumptions:
    """
    Return what is assumed.

    Args:
        path: File in the form of `assumptions.toml`; what it names replaces what is shipped. None: as shipped.

    Raises:
        InputError: If the file cannot be read, names what is not there, or a value in it makes no sense.
    """
    shipped = tomllib.loads((files(__package__) / "assumptions.toml").read_text(encoding="utf-8"))
    where = "assumptions" if path is None else str(path)
    table = shipped if path is None else _laid_over(shipped, read_toml(path), where)
    if findings := list(_wrong(table, where)):
        raise InputError(*findings)
    return Assumptions(table)


def read_toml(path: Path) -> dict[str, Any]:
    """
    Return a TOML file of a person's own.

    Raises:
        InputError: If it cannot be read or is no TOML.
    """
    try:
        return tomllib.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        raise InputError(_finding(path, "", "", f"is no TOML: {error}", "Mend the file.")) from error


def _laid_over(below: Mapping[str, Any], above: Mapping[str, Any], where: str, row: str = "") -> dict[str, Any]:
    """Return a table with another laid over it; the other may name nothing that is not there."""
    found = dict(below)
    for key, value in above.items():
        name = f"{row}.{key}".strip(".")
        if key not in below:
            remedy = f"Remove it.{did_you_mean(key, list(below))}"
            raise InputError(_finding(where, name, value, f"is no assumption; there are {', '.join(below)}", remedy))
        if isinstance(below[key], Mapping) != isinstance(value, Mapping):
            raise InputError(_finding(where, name, value, "is of another kind here", "Write it as it is shipped."))
        found[key] = _laid_over(below[key], value, where, name) if isinstance(value, Mapping) else value
    return found


def _wrong(table: Mapping[str, Any], where: str) -> Iterator[Finding]:
    yield from _wrong_parameters(table["parameters"], where)
    yield from _wrong_fleet(table["fleet"], where)
    for name, entry in table["split"].items():
        shares = [value for key, value in entry.items() if key not in HEAD]
        if not _numbers(shares, len(shares), 1.0) or abs(sum(shares) - 1) > ROUNDING:
            yield _finding(where, f"split.{name}", shares, "are no shares that sum to 1", "Mend the shares.")
    yield from _wrong_grid(table["grid"], where)
    for section, entries in table.items():
        for name, entry in entries.items():
            texts = [entry[key] for key in HEAD if key != "checked_on"]
            if not all(isinstance(text, str) for text in texts) or entry["kind"] not in KINDS:
                problem = f"has words that are no text, or a kind that is none of {', '.join(KINDS)}"
                yield _finding(where, f"{section}.{name}", entry["kind"], problem, "Mend it.")


def _wrong_parameters(parameters: Mapping[str, Any], where: str) -> Iterator[Finding]:
    for name, entry in parameters.items():
        most = 1.0 if entry["unit"] == "share" else MOST
        for variant in VARIANTS:
            if not _between(entry[variant], 0.0, most) or (name.startswith(DIVIDES) and not entry[variant]):
                yield _finding(where, f"{name}.{variant}", entry[variant], f"is no number up to {most:g}", "Mend it.")
                break
        else:
            if entry["mid"] != sorted(entry[variant] for variant in VARIANTS)[1]:
                problem = f"does not lie between low ({entry['low']}) and high ({entry['high']})"
                yield _finding(where, f"{name}.mid", entry["mid"], problem, "Give all three values.")


def _wrong_fleet(fleet: Mapping[str, Any], where: str) -> Iterator[Finding]:
    for name, entry in fleet.items():
        years = entry["years"]
        if (
            not isinstance(years, list)
            or not years
            or not all(type(y) is int for y in years)
            or years != sorted(set(years))
        ):
            yield _finding(where, f"fleet.{name}.years", years, "are no rising years", "Mend them.")
            continue
        for variant in VARIANTS:
            shares = entry[variant]
            if not _numbers(shares, len(years), 1.0):
                yield _finding(where, f"fleet.{name}.{variant}", shares, "is not one share a year", "Mend it.")


def _wrong_grid(grid: Mapping[str, Any], where: str) -> Iterator[Finding]:
    limits = [entry["up_to_kw"] for entry in grid.values()]
    if not _numbers(limits, len(limits), MOST) or limits != sorted(limits):
        yield _finding(where, "grid", limits, "are no rising powers", "Mend up_to_kw.")
    for name, entry in grid.items():
        for column in ("years", "eur_per_kw"):
            if not _numbers(entry[column], len(VARIANTS), MOST):
                yield _finding(where, f"grid.{name}.{column}", entry[column], "are not three numbers", "Mend them.")


DIVIDES: Final = ("point_", "depot_hours")
"""Beginnings of the names of parameters that something is divided by."""


def _between(value: object, least: float, most: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most


def _numbers(values: object, length: int, most: float) -> bool:
    return isinstance(values, list) and len(values) == length and all(_between(value, 0.0, most) for value in values)


def _finding(where: object, row: str, value: object, problem: str, remedy: str) -> Finding:
    text = str(value)
    return Finding(str(where), row, "value" if text else "", text, problem, remedy)
