# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A TOML file whose keys and types are checked against a list, every fault with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from drehkreuz.errors import Finding, InputError, did_you_mean
from drehkreuz.sources.archive import unreadable
from drehkreuz.sources.text import decode

_HEADING: Final = re.compile(r"^\s*\[(\[)?\s*([\w.]+)\s*\]")
_KEY: Final = re.compile(r"^\s*\"?([\w-]+)\"?\s*=")
_POSITION: Final = re.compile(r"\s*\((?:at line (\d+), column \d+|at end of document)\)$")

TYPES: Final[dict[str, tuple[type, ...]]] = {
    "text": (str,),
    "list": (list,),
    "day": (date,),
    "table": (dict,),
}


@dataclass(frozen=True, slots=True)
class Key:
    """
    One key that a section may have.

    Attributes:
        type: A key of `TYPES`; `list` and `table` hold text.
        required: The section cannot do without.
        allowed: Values allowed, or None for any.
    """

    type: str
    required: bool = False
    allowed: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """
    A table of the file, and where its keys stand.

    Attributes:
        where: Name of the file.
        name: Heading in words, e.g. `source 3`; empty for the top of the file.
        values: Its keys and values.
        lines: Line of each key; the heading's own under the empty key.
    """

    where: str
    name: str
    values: Mapping[str, Any]
    lines: Mapping[str, int] = field(repr=False)

    def finding(self, key: str, problem: str, remedy: str, value: object = None) -> Finding:
        """Return a finding about a key of this section."""
        line = self.lines.get(key, self.lines.get("", 1))
        shown = self.values.get(key, "") if value is None else value
        return Finding(self.where, str(line), key, str(shown), problem, remedy)
