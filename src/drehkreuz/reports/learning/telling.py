# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Speaks of learning in one language: sentences from `words.toml`, figures as the language writes them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from drehkreuz.reports.commuting.telling import Telling as Speaker
from drehkreuz.reports.words import Language


@cache
def sentences(language: Language) -> Mapping[str, str]:
    """Return the sentences of a language by key."""
    raw = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
    return dict(raw[language])


class Telling(Speaker):
    """
    Speaks one language.

    Args:
        language: `de` or `en`.
    """

    def __init__(self, language: Language) -> None:
        super().__init__(language)
        self._sentences = sentences(language)

    def counted(self, key: str, n: int, **values: object) -> str:
        """Return a sentence in its singular (`key_one`) or plural (`key_many`)."""
        return self(f"{key}_one" if n == 1 else f"{key}_many", n=self.words.number(n), **values)
