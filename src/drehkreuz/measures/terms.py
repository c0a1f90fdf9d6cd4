# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The words that measures are described in: texts of two languages, ranges, uptake, costs, parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, NamedTuple, TypeAlias

Grade = Literal["a", "b", "c", "d", "assumed"]
"""How good the evidence is: a trials, b comparisons over time, c case studies, d experts' judgement; or plainly assumed."""

Payer = Literal["public", "employers", "people"]
Type = Literal["text", "id", "ids", "choice", "choices", "int", "float", "clock", "date", "bool"]
Value: TypeAlias = str | int | float | bool | date | tuple[str, ...] | None
Values: TypeAlias = Mapping[str, Any]
"""Values by parameter, each of its parameter's type."""


class Said(NamedTuple):
    """One sentence or name in both languages."""

    de: str
    en: str

    def told(self, language: str) -> str:
        """Return it in a language, `de` or `en`."""
        return self.de if language == "de" else self.en


ASSUMED: Final = Said(
    "keine Zahl dieser Region ist bekannt; durch eine eigene zu ersetzen",
    "no figure of this region is known; replace it by one of your own",
)


@dataclass(frozen=True, slots=True)
class Band:
    """A quantity that is not known exactly: low, mid and high."""

    low: float
    mid: float
    high: float

    def at(self, quantile: float) -> float:
        """Return the value at a quantile: 0 low, 0.5 mid, 1 high, in straight lines between."""
        if quantile <= 0.5:
            return self.low + (self.mid - self.low) * 2 * quantile
        return self.mid + (self.high - self.mid) * (2 * quantile - 1)

    def times(self, factor: float) -> Band:
        """Return the band of so many of it."""
        return Band(self.low * factor, self.mid * factor, self.high * factor)


@dataclass(frozen=True, slots=True)
class Uptake:
    """
    How many of those asked take part.

    Attributes:
        share: 0 to 1.
        of: Of whom.
        grade: How good the evidence is.
        source: Where the share is from.
    """

    share: Band
    of: Said
    grade: Grade = "assumed"
    source: Said = ASSUMED


@dataclass(frozen=True, slots=True)
class UnitCost:
    """
    What one unit of a measure costs.

    Attributes:
        unit: What is counted: a kilometre run, a person taking part, …
        invest: EUR once for each unit.
        per_year: EUR a year for each unit.
        payer: Who pays.
        grade: How good the evidence is.
        source: Where the figures are from.
    """

    unit: Said
    invest: Band
    per_year: Band
    payer: Payer = "public"
    grade: Grade = "assumed"
    source: Said = ASSUMED


@dataclass(frozen=True, slots=True)
class Parameter:
    """
    One thing that a scenario says about a measure of a kind.

    Attributes:
        name: Key in the scenario.
        type: What its value is; `ids` and `choices` are lists, `clock` is `HH:MM`, kept as minutes after midnight.
        doc: What it means.
        default: Value where the scenario says nothing; None: the scenario must say it, unless `optional`.
        optional: May be left out without a default.
        unit: Unit.
        min: Smallest value allowed; of a list the fewest entries.
        max: Largest value allowed; of a list the most entries.
        allowed: Texts allowed.
        ref: Table whose first key column must hold the ids.
    """

    name: str
    type: Type
    doc: Said
    default: Value = None
    optional: bool = False
    unit: str = ""
    min: float | None = None
    max: float | None = None
    allowed: tuple[str, ...] = ()
    ref: str = ""

    @property
    def required(self) -> bool:
        """Whether a scenario must say it."""
        return self.default is None and not self.optional

    @property
    def written(self) -> str:
        """The default as people read it; empty where there is none."""
        default = self.default
        if isinstance(default, bool):
            return str(default).lower()
        if self.type == "clock" and isinstance(default, int):
            return f"{default // 60:02}:{default % 60:02}"
        if isinstance(default, int | float):
            return str(default).removesuffix(".0")
        return ", ".join(default) if isinstance(default, tuple) else str(default or "")


class Claim(NamedTuple):
    """A quantity that a measure sets, and whose: two measures that set the same one conflict; an empty target is everybody's."""

    quantity: str
    target: str = ""

    def meets(self, other: Claim) -> bool:
        """Whether both set the same thing."""
        return self.quantity == other.quantity and (not self.target or not other.target or self.target == other.target)


class Unmet(NamedTuple):
    """A precondition that does not hold, or a value that cannot be: parameter, what is wrong, what to do."""

    parameter: str
    value: object
    problem: str
    remedy: str
