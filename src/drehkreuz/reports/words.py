# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Every sentence people read, German and English, from two catalogues with the same keys."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Final, Literal

Language = Literal["de", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("de", "en")


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(language: Language) -> dict[str, str]:
    """Return all sentences of a language by dotted key, e.g. `barrier.REACH`."""
    text = files(__package__).joinpath("words", f"{language}.toml").read_text(encoding="utf-8")
    return {
        f"{section}.{key}": sentence
        for section, entries in tomllib.loads(text).items()
        for key, sentence in entries.items()
    }


class Words:
    """
    Speaks one language.

    Args:
        language: ISO 639-1 code, `de` or `en`.
    """

    def __init__(self, language: Language = "de") -> None:
        self.language: Language = language
        self._sentences = catalogue(language)

    def __call__(self, key: str, /, **values: object) -> str:
        """
        Return a sentence with its values filled in.

        Raises:
            KeyError: If the catalogue has no such key, or the sentence asks a value that is not given.
        """
        return self._sentences[key].format(**values)

    def __contains__(self, key: str) -> bool:
        return key in self._sentences

    def number(self, value: float, digits: int = 0) -> str:
        """Return a number with the language's separators."""
        text = f"{value:,.{digits}f}"
        return text.translate(str.maketrans(",.", ".,")) if self.language == "de" else text

    def money(self, value: float) -> str:
        """Return an amount in whole euros: `1.234 €` or `€1,234`; a true minus sign before negative ones."""
        amount = round(value)
        sign = "−" if amount < 0 else ""
        text = self.number(abs(amount))
        return f"{sign}{text} €" if self.language == "de" else f"{sign}€{text}"

    def change(self, value: float) -> str:
        """Return a difference in euros, always with its sign."""
        return ("+" if round(value) > 0 else "±" if round(value) == 0 else "") + self.money(value)

    def percent(self, share: float) -> str:
        """Return a share of one as whole percent."""
        return f"{round(share * 100)} %" if self.language == "de" else f"{round(share * 100)}%"

    def day(self, value: date) -> str:
        """Return a date as the language writes it."""
        if self.language == "de":
            return value.strftime("%d.%m.%Y")
        return f"{value.day} {self._sentences[f'month.{value.month}']} {value.year}"

    def clock(self, minutes: int) -> str:
        """Return a time of day, `06:00`; the next morning counts from midnight again."""
        return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"

    def weeks(self, weeks: float) -> str:
        """Return a duration: days below a week, weeks up to half a year, then months."""
        if weeks < 1:
            return self.counted("count.days", max(1, round(weeks * 5)))
        if weeks <= 26:
            return self.counted("count.weeks", round(weeks))
        return self.counted("count.months", round(weeks * 12 / 52))

    def years(self, years: float) -> str:
        """Return a duration in years, with a digit behind the comma where it is no whole number."""
        if years == round(years):
            return self.counted("count.years", round(years))
        return self("count.years_many", n=self.number(years, 1))

    def listed(self, items: list[str], most: int = 5) -> str:
        """Return items as a list in a sentence; what is left out is counted."""
        shown, left = items[:most], len(items) - most
        text = ", ".join(shown)
        return f"{text} {self('list.more', n=left)}" if left > 0 else text

    def counted(self, key: str, n: int) -> str:
        """Return a sentence in its singular (`key_one`) or plural (`key_many`)."""
        return self(f"{key}_one" if n == 1 else f"{key}_many", n=self.number(n))
