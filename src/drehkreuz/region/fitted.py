# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The one place that decides whether a report may call itself one for the region, and that no count mixes two kinds of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.region.keep import kept
from drehkreuz.region.region import Region

PREFIX: Final = "margin-"
"""How targets begin that are margins which a population was fitted to."""


@dataclass(frozen=True, slots=True)
class FittedTo:
    """
    A margin that a region's people were fitted to.

    Attributes:
        name: Its name.
        source: Who published it.
        date: Day of its counts.
        kept: Whether the people keep to it.
    """

    name: str
    source: str
    date: date
    kept: bool


@kept
def fitted_to(region: Region) -> list[FittedTo]:
    """Return the margins that the people of a region were fitted to, by name; none for any other population."""
    known = region.manifest.provenance.get("people")
    if known is None or known.kind != "modelled":
        return []
    margins = region.table("targets").filter(pl.col("target_id").str.starts_with(PREFIX)).sort("target_id")
    return [
        FittedTo(
            name=row["target_id"].removeprefix(PREFIX),
            source=row["source"],
            date=row["date"],
            kept=row["low"] <= row["result"] <= row["high"],
        )
        for row in margins.iter_rows(named=True)
    ]


def speaks_for_region(region: Region) -> bool:
    """
    Return whether a report on a region may be titled "für die Region".

    It may where the people are a synthetic population fitted to official margins and keep to every one of them, and the
    posts are not modelled. A model, a list of examples and people of flesh and blood are no picture of those who live there.
    """
    margins, posts = fitted_to(region), region.manifest.provenance.get("vacancies")
    return bool(margins) and all(margin.kept for margin in margins) and (posts is None or posts.kind != "modelled")


def refuse_mixture(region: Region) -> None:
    """
    Refuse to count synthetic and consented people together.

    Raises:
        InputError: If both are among the region's people.
    """
    origins = region.table("people")["origin"].unique().sort().to_list()
    if len(origins) > 1:
        problem = f"are {' and '.join(origins)}; no count mixes them"
        raise InputError(Finding("people", "", "origin", "", problem, "Count each on its own."))
