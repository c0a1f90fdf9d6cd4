# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The occupation of a taxonomy that somebody else's code and words mean, with how it was found and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

from drehkreuz.skills.linking import Link, TitleIndex

How = Literal["code", "label"]

SURE_BY_CODE: Final = 0.5
"""Confidence in an occupation that is chosen within the group of its code, before its name is looked at (assumed)."""

ALONE_BY_CODE: Final = 0.85
"""Confidence where the code's group holds one occupation alone (assumed)."""


@dataclass(frozen=True, slots=True, order=True)
class FoundOccupation:
    """
    An occupation that code and words may mean.

    Attributes:
        occupation_id: The occupation.
        label: Its name.
        how: Whether a code led to it, or words alone.
        confidence: By words alone the score of `TitleIndex`; by a code at least 0.5, the rest by that score.
    """

    occupation_id: str
    label: str
    how: How
    confidence: float


class OccupationFinder:
    """Finds occupations by ISCO-08, KldB 2010 and names."""

    def __init__(self, tables: Mapping[str, pl.DataFrame]) -> None:
        """
        Build the finder.

        Args:
            tables: `occupations` and `labels`, and `occupation_codes` where there are some.
        """
        self._occupations = tables["occupations"].select("occupation_id", "isco08", "kldb2010")
        self._labels = tables["labels"].filter(concept="occupation")
        self._codes = _codes_of(tables)
        self._indices: dict[tuple[str, ...] | None, TitleIndex] = {}
        own = self._labels.filter(kind="preferred").sort("language", "text", descending=True)
        self._names = dict(own.select("concept_id", "text").iter_rows())

    def find(
        self, names: Sequence[str], *, isco08: str | None = None, kldb2010: str | None = None
    ) -> FoundOccupation | None:
        """
        Return the likeliest occupation, None where nothing resembles the names and no code leads anywhere.

        Args:
            names: What it is called, the best name first; all are tried.
            isco08: Its code of ISCO-08.
            kldb2010: Its code of KldB 2010, five digits.
        """
        group = self._group(isco08, kldb2010)
        link = self._likest(names, group)
        if group is None:
            return (
                None
                if link is None
                else FoundOccupation(link.concept_id, self.name(link.concept_id), "label", link.score)
            )
        chosen = group[0] if link is None else link.concept_id
        score = 0.0 if link is None else link.score
        least = ALONE_BY_CODE if len(group) == 1 else SURE_BY_CODE
        return FoundOccupation(chosen, self.name(chosen), "code", round(least + (1 - least) * score, 3))

    def name(self, occupation_id: str) -> str:
        """Return an occupation's name, in the first language of the alphabet that has one."""
        return str(self._names.get(occupation_id, occupation_id))

    def _likest(self, names: Sequence[str], group: tuple[str, ...] | None) -> Link | None:
        if group not in self._indices:
            rows = self._labels if group is None else self._labels.filter(pl.col("concept_id").is_in(group))
            self._indices[group] = TitleIndex(rows)
        links = [link for name in names for link in self._indices[group].link(name, top=1)]
        return min(links, key=lambda link: (-link.score, link.concept_id)) if links else None

    def _group(self, isco08: str | None, kldb2010: str | None) -> tuple[str, ...] | None:
        """Return the occupations that both codes name, else those that one of them does; None where no code leads anywhere."""
        by_isco = (
            set(self._occupations.filter(pl.col("isco08").str.starts_with(isco08))["occupation_id"])
            if isco08
            else set()
        )
        by_kldb = self._codes.get(kldb2010, set()) if kldb2010 else set()
        found = (by_isco & by_kldb) or by_kldb or by_isco
        return tuple(sorted(found)) or None


def _codes_of(tables: Mapping[str, pl.DataFrame]) -> dict[str, set[str]]:
    """Return the occupations by their five digits of KldB 2010: their own, and those of exact and close crosswalks."""
    found: dict[str, set[str]] = {}
    own = tables["occupations"].select("kldb2010", "occupation_id").drop_nulls()
    pairs = list(own.iter_rows())
    if "occupation_codes" in tables:
        official = tables["occupation_codes"].filter(
            pl.col("classification") == "kldb2010", pl.col("relation").is_in(["exact", "close"])
        )
        pairs += official.select(pl.col("code").str.extract(r"(\d{5})"), "occupation_id").drop_nulls().iter_rows()
    for code, occupation in pairs:
        found.setdefault(code, set()).add(occupation)
    return found
