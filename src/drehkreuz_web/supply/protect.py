# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Counts of people, rounded where real people may be counted: then no figure, and no difference of two, tells of one of them."""

from __future__ import annotations

from typing import Any, Final

from drehkreuz.region import Region
from drehkreuz.reports.suppression import LEAST

COUNTS: Final = frozenset(
    {
        *("people", "needing", "planned", "lacking", "could", "waiting", "empty"),
        *("learners", "placed_today", "more_placed", "at_most", "verified", "adds"),
        *("all", "with_care", "somewhere", "somewhere_with_care", "day", "morning", "evening"),
        *("day_with_care", "morning_with_care", "evening_with_care"),
    }
)
"""Values of an answer that count people, or give such a count away."""

BEGINNINGS: Final = ("hindered_", "kept_")
"""How the names of others begin."""

MODELLED: Final = "modelled"


def step(region: Region) -> int:
    """Return what counts of people are multiples of: one where the people are modelled, else `LEAST`."""
    known = region.manifest.provenance.get("people")
    return 1 if known is not None and known.kind == MODELLED else LEAST


def rounded(value: Any, to: int, name: str = "") -> Any:  # noqa: ANN401  # JSON
    """
    Return an answer with its counts of people as multiples.

    Args:
        value: The answer, or a value of it.
        to: What they are multiples of.
        name: The name of the value.
    """
    if isinstance(value, dict):
        return {key: rounded(each, to, key) for key, each in value.items()}
    if isinstance(value, list):
        return [rounded(each, to, name) for each in value]
    counts = isinstance(value, int) and not isinstance(value, bool)
    if counts and (name in COUNTS or name.startswith(BEGINNINGS)):
        return to * ((value + to // 2) // to)
    return value
