# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A kind of measure, a measure of that kind, and the measure at work in a region."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Any, Final

import numpy as np
import polars as pl

from drehkreuz.measures.draw import Draw
from drehkreuz.measures.terms import Band, Claim, Parameter, Said, UnitCost, Unmet, Uptake, Values
from drehkreuz.region import Region

DAYS_PER_MONTH: Final = 365.25 / 12.0


class Step(IntEnum):
    """When a kind acts among the others: what goes is gone before the rest is changed, what comes is there."""

    GOES = 0
    COMES = 1
    CHANGES = 2


@dataclass(frozen=True, slots=True)
class Change:
    """
    What a measure does.

    Attributes:
        tables: Tables with the change, by name.
        units: How many units its costs count; people by their weight, posts by their openings.
    """

    tables: Mapping[str, pl.DataFrame]
    units: float


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """
    A kind of measure; `drehkreuz.measures.kinds` holds one file for each.

    Attributes:
        name: Name in scenarios, the file's own.
        title: Name that people read.
        doc: One sentence: what it does to whom.
        area: What it is about: transport, learning, ….
        parameters: What a scenario says about it, beside what every measure has.
        changes: Tables that it changes.
        apply: Returns the change. Reads the region it is given and nothing else.
        uptake: Who takes part; None: it holds for all at once, and nothing is drawn.
        cost: Costs; None: not known, the scenario must say them or they stay unknown.
        preconditions: Yields what must hold in the region and does not.
        claims: Quantities that it sets to a value, by its values.
        step: When it acts among the others.
    """

    name: str
    title: Said
    doc: Said
    area: str
    parameters: tuple[Parameter, ...]
    changes: tuple[str, ...]
    apply: Callable[[Case], Change]
    uptake: Uptake | None = None
    cost: UnitCost | None = None
    preconditions: Callable[[Case], Iterable[Unmet]] = field(default=lambda _case: ())
    claims: Callable[[Values], Iterable[Claim]] = field(default=lambda _values: ())
    step: Step = Step.CHANGES


@dataclass(frozen=True, slots=True)
class Measure:
    """
    One measure of a scenario.

    Attributes:
        id: Name within the scenario; begins the ids of rows that it adds.
        kind: What it is.
        values: Value of every parameter of the kind.
        start: First day.
        ramp_months: Months from the first day until uptake is whole; before, it grows evenly.
        title: What the scenario calls it; empty: the kind's title.
        uptake: Share that takes part, instead of the kind's.
        invest: EUR once in all, instead of the kind's.
        per_year: EUR a year in all, instead of the kind's.
    """

    id: str
    kind: Kind
    values: Values
    start: date
    ramp_months: int = 0
    title: str = ""
    uptake: Band | None = None
    invest: Band | None = None
    per_year: Band | None = None

    @property
    def sameness(self) -> tuple[str, str]:
        """Equal for measures that do the same: the kind and its values."""
        return self.kind.name, repr(sorted(self.values.items()))

    def ramped(self, day: date) -> float:
        """Return how much of its uptake is reached on a day, 0 to 1."""
        if day < self.start:
            return 0.0
        days = self.ramp_months * DAYS_PER_MONTH
        return 1.0 if days == 0 else min(1.0, (day - self.start).days / days)

    def share(self, day: date, draw: Draw) -> float:
        """Return the share that takes part on a day, 0 to 1; 1 where nothing is drawn and the day has come."""
        band = self.uptake or (self.kind.uptake.share if self.kind.uptake else Band(1.0, 1.0, 1.0))
        return band.at(draw.quantile) * self.ramped(day)


@dataclass(frozen=True, slots=True)
class Case:
    """
    A measure at work: what a kind's `apply` and `preconditions` read.

    Attributes:
        measure: The measure.
        region: The region it acts on.
        draw: The world of chance.
        share: Share that takes part, 0 to 1.
    """

    measure: Measure
    region: Region
    draw: Draw = field(default_factory=Draw)
    share: float = 1.0

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401  # a value of the parameter's type, checked when it was read
        return self.measure.values[name]

    def id(self, *parts: object) -> str:
        """Return the id of a row that the measure adds."""
        return ":".join(str(part) for part in (self.measure.id, *parts))

    def takes(self, ids: pl.Series, asked: pl.Series) -> pl.Series:
        """
        Return who of those asked takes part.

        Args:
            ids: Whose number is drawn, one a row.
            asked: bool, who is asked.
        """
        if self.measure.kind.uptake is None:
            return asked
        rows = asked.arg_true()
        taking = np.zeros(len(ids), dtype=np.bool_)
        taking[rows.to_numpy()] = self.draw.takes(self.measure.kind.name, ids.gather(rows), self.share)
        return pl.Series(taking)
