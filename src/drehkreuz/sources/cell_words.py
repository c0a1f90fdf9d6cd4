# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Which German word in a cell is which value of a column."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

Words = Mapping[str, tuple[str, ...]]
"""Words by the value they mean, as a cell has it."""


def words_of(table: str, column: str) -> Words:
    """Return the German words for the values of a column, as `cell_words.toml` lists them; empty for most columns."""
    return _listed().get(f"{table}.{column}", {})


@cache
def _listed() -> dict[str, dict[str, tuple[str, ...]]]:
    raw = tomllib.loads(files(__package__).joinpath("cell_words.toml").read_text(encoding="utf-8"))
    return {
        f"{table}.{column}": {value: tuple(words) for value, words in values.items()}
        for table, columns in raw.items()
        for column, values in columns.items()
    }
