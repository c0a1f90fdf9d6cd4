# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The sentences of the command line: those of the reports, and a few that only it says."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from drehkreuz.reports.words import LANGUAGES, Language, Words


@lru_cache(maxsize=len(LANGUAGES))
def own_sentences(language: Language) -> dict[str, str]:
    """Return what only the command line says by dotted key, e.g. `region.table`."""
    text = files(__package__).joinpath("words", f"{language}.toml").read_text(encoding="utf-8")
    return {
        f"{section}.{key}": sentence
        for section, entries in tomllib.loads(text).items()
        for key, sentence in entries.items()
    }


class ScreenWords(Words):
    """
    Speaks one language on the screen.

    Args:
        language: ISO 639-1 code, `de` or `en`.
    """

    def __init__(self, language: Language = "de") -> None:
        super().__init__(language)
        self._sentences = self._sentences | own_sentences(language)

    def counted(self, key: str, n: int) -> str:
        """Return a sentence in its singular (`key_one`) or plural (`key_many`)."""
        return self(f"{key}_one" if n == 1 else f"{key}_many", n=self.number(n))
