# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How well people keep to the margins that they were fitted to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from drehkreuz.model.population.fitting import Floats, Sums
from drehkreuz.model.population.margins import Margin
from drehkreuz.model.population.parameters import PARAMETERS
from drehkreuz.region import TABLES
from drehkreuz.region.fitted import PREFIX


@dataclass(frozen=True, slots=True)
class Kept:
    """
    One margin and the people made.

    Attributes:
        margin: Its name.
        source: Who published it.
        date: Day of the counts.
        rows: Rows whose figure is told.
        secret: Rows whose figure is kept secret.
        asked: People in the rows told.
        made: People made in these rows.
        tae: Total absolute error: sum of the differences, people.
        srmse: Standardised root mean square error: root of the mean squared difference, over the mean count.
        worst: The row that is furthest off; empty where none is.
        worst_off: People that it has too many (above 0) or too few.
    """

    margin: str
    source: str
    date: str
    rows: int
    secret: int
    asked: float
    made: float
    tae: float
    srmse: float
    worst: str
    worst_off: float

    @property
    def share_off(self) -> float:
        """Total absolute error as a share of the people asked."""
        return self.tae / self.asked if self.asked else float(self.tae > 0)


def quality(margins: Sequence[Margin], tables: Sequence[Sums], made: Floats, weight: float) -> list[Kept]:
    """
    Measure every margin.

    Args:
        margins: What was asked.
        tables: Which cells each row counts.
        made: float64[cells], rows of people made.
        weight: People that a row stands for.
    """
    return [_kept(margin, table.of(made) * weight) for margin, table in zip(margins, tables, strict=True)]


def _kept(margin: Margin, made: Floats) -> Kept:
    told = np.array([row.known for row in margin.rows])
    asked = np.array([row.least for row in margin.rows])[told]
    off = made[told] - asked
    worst = int(np.argmax(np.abs(off))) if len(off) else 0
    any_off = bool(len(off)) and off[worst] != 0
    mean = float(asked.mean()) if len(asked) else 0.0
    return Kept(
        margin=margin.name,
        source=margin.source,
        date=margin.date.isoformat(),
        rows=int(told.sum()),
        secret=int((~told).sum()),
        asked=float(asked.sum()),
        made=float(made[told].sum()),
        tae=float(np.abs(off).sum()),
        srmse=float(np.sqrt((off**2).mean()) / mean) if mean else 0.0,
        worst=[row for row in margin.rows if row.known][worst].label if any_off else "",
        worst_off=float(off[worst]) if any_off else 0.0,
    )


def as_targets(kept: Sequence[Kept]) -> pl.DataFrame:
    """Return the fit as rows of table `targets`, so that the region itself says what it was fitted to and how well."""
    return TABLES["targets"].conform(
        pl.DataFrame(
            {
                "target_id": f"{PREFIX}{one.margin}",
                "label_de": f"Abweichung von der Randverteilung {one.margin}, Anteil der Menschen",
                "label_en": f"Deviation from the margin {one.margin}, share of people",
                "unit": "share",
                "value": 0.0,
                "low": 0.0,
                "high": PARAMETERS.kept_within,
                "result": round(one.share_off, 6),
                "source": one.source,
                "date": one.date,
                "grade": "observed",
            }
            for one in sorted(kept, key=lambda one: one.margin)
        ).with_columns(pl.col("date").str.to_date())
    )
