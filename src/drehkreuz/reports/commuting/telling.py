# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Speaks of commutes in one language: sentences from `words.toml`, figures as the language writes them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

from drehkreuz.reports.paper.document import Cell, Column, Number, Table
from drehkreuz.reports.words import Language, Words

DAYS: Final = ("saturday", "sunday")


@cache
def sentences(language: Language) -> Mapping[str, str]:
    """Return the sentences of a language by key."""
    raw = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
    return dict(raw[language])


class Telling:
    """
    Speaks one language.

    Args:
        language: `de` or `en`.
    """

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self.words = Words(language)
        self._sentences = sentences(language)

    def __call__(self, key: str, /, **values: object) -> str:
        """Return a sentence with its values filled in."""
        return self._sentences[key].format(**values)

    def __contains__(self, key: str) -> bool:
        return key in self._sentences

    def count(self, people: int | None) -> str:
        """Return a count that may be shown; None: it may not."""
        return self("few") if people is None else self.words.number(people)

    def cell(self, people: int | None) -> Number:
        """Return a count as a cell."""
        return Number(self.count(people), people)

    def number(self, value: float | None, digits: int = 0) -> Number:
        """Return a figure as a cell; None: not known or not shown."""
        return Number(self("dash"), None) if value is None else Number(self._written(value, digits), value)

    def _written(self, value: float, digits: int) -> str:
        """Return a figure with a true minus sign before a negative one; what rounds to nothing has none."""
        return ("−" if round(value, digits) < 0 else "") + self.words.number(abs(value), digits)

    def band(self, band: Mapping[str, float] | None, digits: int = 0) -> Number:
        """Return the middle with its interval as a cell."""
        if band is None:
            return Number(self("dash"), None)
        told = {name: self._written(band[name], digits) for name in ("low", "mid", "high")}
        same = len(set(told.values())) == 1
        return Number(told["mid"] if same else self("band", **told), band["mid"])

    def money(self, value: float | None, digits: int = 2) -> str:
        """Return an amount with cents; None: people are told to ask."""
        if value is None:
            return self("unknown")
        text = self.words.number(value, digits)
        return f"{text} €" if self.language == "de" else f"€{text}"

    def money_band(self, band: Mapping[str, float] | None) -> str:
        """Return an amount in whole euros with its interval; None: people are told to ask."""
        if band is None:
            return self("unknown")
        return self("band", **{name: self.money(band[name], 0) for name in ("low", "mid", "high")})

    def way(self, travel: str) -> str:
        """Return a way of coming as people call it."""
        key = f"mode_{travel}"
        return self(key) if key in self else self.words(f"chain.{travel.upper()}")

    def times(self, clock: str) -> str:
        """Return times with the short name of their day."""
        for day in DAYS:
            clock = clock.replace(day, self(day))
        return clock.replace("-", "–").replace("+", ", ")

    def day(self, value: Any) -> str:  # noqa: ANN401  # a date
        """Return a date."""
        return self.words.day(value)

    def table(
        self,
        name: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        *,
        caption: str = "",
        words: Sequence[str] = (),
        wide: Sequence[str] = (),
        sums: bool = False,
        notes: Sequence[str] = (),
    ) -> Table:
        """
        Return a table.

        Args:
            name: Of its file; the sentence `<name>_caption` is what it shows.
            columns: Sentences `col_<column>`, or headings that stand for themselves.
            rows: Its rows.
            caption: What it shows, where that is not the sentence.
            words: Columns of text beside the first; all others hold numbers.
            wide: Columns of text that are twice as wide as others.
            sums: Whether the last row sums up those above it.
            notes: What to know.
        """
        heads = tuple(
            Column(
                self(f"col_{key}") if f"col_{key}" in self else key,
                key,
                numeric=at > 0 and key not in words,
                share=2 if key in wide else 1,
            )
            for at, key in enumerate(columns)
        )
        told = tuple(tuple(row) for row in rows)
        return Table(name, caption or self(f"{name}_caption"), heads, told, sums, tuple(notes))
