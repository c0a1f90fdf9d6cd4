# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What the outlook assumes: one table of values with their sources, of which a file may replace any part."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal, get_type_hints

import numpy as np
from numpy.typing import NDArray

from drehkreuz.errors import Finding, InputError, did_you_mean
from drehkreuz.textfile import read_text

Variant = Literal["low", "mid", "high"]

VARIANTS: Final[tuple[Variant, ...]] = ("low", "mid", "high")

N_LEVELS: Final = 4

WHERE: Final = "assumptions"

SHARES: Final = ("share", "chance")
"""Units of values between zero and one."""

RANGES: Final = {"moved_per_1000": (-100.0, 100.0), "other_posts": (-1.0, 1.0)}
"""Parameters that may be negative, from and to."""

OLDEST: Final = 100
"""Highest pension age that can be meant."""

ROUNDING: Final = 1e-9
"""How far shares may miss the one they sum to."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """
    A value that is assumed, in three variants.

    Attributes:
        de: What it is, in German.
        en: The same in English.
        unit: Its unit.
        low: The value that leaves fewer people, posts or pay.
        mid: The value in between.
        high: The value that leaves more.
        kind: Observed, secondary or assumed.
        source_de: Where it is from, or why it was chosen, in German.
        source_en: The same in English.
    """

    de: str
    en: str
    unit: str
    low: float
    mid: float
    high: float
    kind: str
    source_de: str
    source_en: str


@dataclass(frozen=True, slots=True)
class Band:
    """
    Residents of some years of age.

    Attributes:
        first: First year of age.
        last: Last year of age.
        residents: Share of all residents.
        at_work: Share that works or looks for work.
        die: A year's chance.
    """

    first: int
    last: int
    residents: float
    at_work: float
    die: float


@dataclass(frozen=True, slots=True)
class Ages:
    """
    People by age.

    Attributes:
        working_from: First year of working age.
        pension: Year of age from which nobody is counted.
        pension_source: The law.
        retire_from: Who leaves the labour force from this age on retires.
        kind: What the bands are.
        source: Where the bands are from.
        bands: They cover every year of age below the pension, in order.
    """

    working_from: int
    pension: int
    pension_source: str
    retire_from: int
    kind: str
    source: str
    bands: tuple[Band, ...]

    def by_age(self, what: Literal["residents", "at_work", "die"]) -> NDArray[np.float64]:
        """Return a column of the bands by year of age, float64[pension]; residents are spread evenly over a band's years."""
        values = [
            getattr(band, what) / (band.last - band.first + 1 if what == "residents" else 1)
            for band in self.bands
            for _ in range(band.first, band.last + 1)
        ]
        return np.asarray(values)


@dataclass(frozen=True, slots=True)
class Levels:
    """
    Shares of the four levels of work: helpers, skilled people, specialists, experts.

    Attributes:
        doc: What they are.
        today: Of the labour force in the first year.
        entrants: Of those who enter it.
        kind: What they are.
        source: Where they are from.
    """

    doc: str
    today: tuple[float, ...]
    entrants: tuple[float, ...]
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class Assumptions:
    """
    All that is assumed.

    Attributes:
        parameters: Values by name, each in three variants.
        ages: People by age.
        levels: People by level of work.
    """

    parameters: Mapping[str, Parameter]
    ages: Ages
    levels: Levels

    def of(self, variant: Variant) -> dict[str, float]:
        """Return the value of each parameter in a variant."""
        return {name: float(getattr(parameter, variant)) for name, parameter in self.parameters.items()}


def read_assumptions(path: Path | None = None) -> Assumptions:
    """
    Return what is assumed.

    Args:
        path: File in the form of `assumptions.toml`; what it names replaces what is shipped. None: as shipped.

    Raises:
        InputError: If the file cannot be read, or a value in it makes no sense.
    """
    shipped = tomllib.loads((files("drehkreuz.foresight") / "assumptions.toml").read_text(encoding="utf-8"))
    if path is None:
        return _assumptions(shipped, WHERE)
    return _assumptions(_laid_over(shipped, _read(path), str(path)), str(path))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(read_text(path))
    except (ValueError, RecursionError) as error:  # no TOML, a number of thousands of digits, brackets without end
        raise InputError(_finding(path, "", "", f"is no TOML: {error}", "Mend the file.")) from error


def _laid_over(below: Mapping[str, Any], above: Mapping[str, Any], where: str, row: str = "") -> dict[str, Any]:
    """Return a table with another laid over it; the other may name nothing that is not there."""
    found = dict(below)
    for key, value in above.items():
        name = f"{row}.{key}".strip(".")
        if key not in below:
            problem = f"is no assumption; there are {', '.join(below)}"
            raise InputError(_finding(where, row, key, problem, f"Remove it.{did_you_mean(key, list(below))}"))
        if any(isinstance(below[key], kind) != isinstance(value, kind) for kind in (Mapping, list)):
            raise InputError(_finding(where, name, value, "is of another kind here", "Write it as it is shipped."))
        found[key] = _laid_over(below[key], value, where, name) if isinstance(value, Mapping) else value
    return found


def _assumptions(table: Mapping[str, Any], where: str) -> Assumptions:
    ages, levels = table["ages"], table["levels"]
    bands = tuple(_band(band, f"{where}: ages.bands") for band in ages["bands"])
    shares = {name: _numbers(levels[name], f"{where}: levels.{name}") for name in ("today", "entrants")}
    found = Assumptions(
        parameters={name: _made(Parameter, values, f"{where}: {name}") for name, values in table["parameters"].items()},
        ages=_made(Ages, {**ages, "bands": bands}, f"{where}: ages"),
        levels=_made(Levels, {**levels, **shares}, f"{where}: levels"),
    )
    if findings := list(_wrong(found, where)):
        raise InputError(*findings)
    return found


def _band(values: Any, where: str) -> Band:  # noqa: ANN401  # whatever a file holds
    if not isinstance(values, Mapping):
        raise InputError(_finding(where, "", values, "is no table", "Write { from = …, to = …, … }."))
    names = {"from": "first", "to": "last"}
    band: Band = _made(Band, {names.get(str(key), str(key)): value for key, value in values.items()}, where)
    return band


def _numbers(values: list[Any], where: str) -> tuple[float, ...]:
    if wrong := [value for value in values if type(value) not in (int, float)]:
        raise InputError(_finding(where, "", wrong[0], "is no number", "Write values from 0 to 1."))
    return tuple(_number(value) for value in values)


def _number(value: float) -> float:
    """Return a number as a float; a whole number beyond all floats is infinite, which no check lets pass."""
    try:
        return float(value)
    except OverflowError:
        return float("inf")


def _made(what: type[Any], values: Mapping[str, Any], where: str) -> Any:  # noqa: ANN401  # an instance of `what`
    """Return an instance of a dataclass; numbers may be written without a point."""
    hints = get_type_hints(what)
    names = {field.name for field in fields(what)}
    if wrong := names ^ set(values):
        raise InputError(_finding(where, "", ", ".join(sorted(wrong)), "is missing or not known", "Mend the file."))
    made = {key: _number(v) if hints[key] is float and type(v) is int else v for key, v in values.items()}
    for key, value in made.items():
        if hints[key] in (float, int, str) and type(value) is not hints[key]:
            raise InputError(_finding(where, key, value, f"is no {hints[key].__name__}", "Mend the value."))
    return what(**made)


def _wrong(found: Assumptions, where: str) -> Iterator[Finding]:
    yield from _wrong_parameters(found.parameters, where)
    yield from _wrong_ages(found.ages, where)
    for name, shares in (("today", found.levels.today), ("entrants", found.levels.entrants)):
        if len(shares) != N_LEVELS or min(shares) < 0 or abs(sum(shares) - 1) > ROUNDING:
            yield _finding(where, f"levels.{name}", shares, "are not four shares that sum to 1", "Mend the shares.")


def _wrong_parameters(parameters: Mapping[str, Parameter], where: str) -> Iterator[Finding]:
    for name, parameter in parameters.items():
        least, most = RANGES.get(name, (0.0, 1.0) if parameter.unit in SHARES else (0.0, 1e6))
        for variant in VARIANTS:
            value = getattr(parameter, variant)
            if not least <= value <= most:
                remedy = "Mend the value."
                yield _finding(where, f"{name}.{variant}", value, f"is not from {least:g} to {most:g}", remedy)


def _wrong_ages(ages: Ages, where: str) -> Iterator[Finding]:
    begins = [0, *(band.last + 1 for band in ages.bands)]
    if begins != [*(band.first for band in ages.bands), ages.pension] or begins != sorted(set(begins)):
        remedy = "Let each band begin where the one before ends."
        yield _finding(where, "ages.bands", "", f"do not cover every age from 0 to {ages.pension - 1}", remedy)
        return
    if ages.pension > OLDEST:
        yield _finding(where, "ages.pension", ages.pension, f"is over {OLDEST}", "Mend the value.")
        return
    if not 0 < ages.working_from < ages.retire_from < ages.pension:
        yield _finding(where, "ages", ages.working_from, "working_from, retire_from, pension do not rise", "Mend them.")
    young = ages.by_age("at_work")[: ages.retire_from]
    if (np.diff(young) < 0).any() or young[: ages.working_from].any():
        remedy = "Nobody counts as retiring before `retire_from`, and nobody works before `working_from`."
        yield _finding(where, "ages.bands", "", "at_work falls before retire_from, or begins too early", remedy)
    shares = np.stack([ages.by_age("residents"), ages.by_age("at_work"), ages.by_age("die")])
    if not ((shares >= 0) & (shares <= 1)).all():
        yield _finding(where, "ages.bands", "", "hold a value that is no share", "Write values from 0 to 1.")
    if shares[0].sum() > 1 + ROUNDING:
        yield _finding(where, "ages.bands", "", "hold shares of residents that sum to more than 1", "Mend the shares.")


def _finding(where: object, row: str, value: object, problem: str, remedy: str) -> Finding:
    text = str(value)
    return Finding(str(where), row, "value" if text else "", text, problem, remedy)
