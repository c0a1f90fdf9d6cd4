# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A TOML file whose keys are checked against a list; every fault knows its line."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, Literal

from drehkreuz.errors import Finding, InputError, did_you_mean
from drehkreuz.sources.archive import kind_of, open_source
from drehkreuz.sources.text import decode

Type = Literal["text", "texts", "number", "day", "texts by text", "numbers by text", "section", "sections"]
Lines = dict[tuple[str, int], dict[str, int]]

_HEADING: Final = re.compile(r"^\s*(\[\[?)\s*([\w.-]+)\s*\]")
_KEY: Final = re.compile(r"^\s*\"?([\w-]+)\"?\s*=")
_POSITION: Final = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")
_ASKED: Final[dict[Type, tuple[str, str]]] = {
    "text": ("is not text", 'Write text between quotation marks: "…".'),
    "texts": ("is not a list of texts", 'Write texts between brackets: ["…", "…"].'),
    "number": ("is not a whole number", "Write digits without quotation marks."),
    "day": ("is not a day", "Write a day without quotation marks: 2026-11-03."),
    "texts by text": ("is not a list of pairs", 'Write pairs between braces: { zone_id = "…" }.'),
    "numbers by text": ("is not a list of pairs", "Write pairs between braces: { municipality = 8 }."),
    "section": ("is not a section", "Write keys and values between braces: { kind = …, source = … }."),
    "sections": ("is not a list of sections", "Begin each with its name between two pairs of brackets: [[source]]."),
}
"""What is wrong with a value of another type, and what to do."""


@dataclass(frozen=True, slots=True)
class Key:
    """
    A key that a section may have.

    Attributes:
        type: What its value is.
        required: The section cannot do without.
        allowed: Texts allowed, or None for any.
    """

    type: Type
    required: bool = False
    allowed: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """
    Keys and values that stand together, and where they stand.

    Attributes:
        where: Name of the file.
        heading: Heading in TOML, without brackets; empty for the top of the file.
        number: Position among the sections of that heading, from 0.
        values: Values by key.
    """

    where: str
    heading: str
    number: int
    values: Mapping[str, Any]
    _lines: Lines = field(repr=False)

    def line(self, key: str = "") -> int:
        """Return the line of a key, else of the section's heading."""
        own = self._lines.get((self.heading, self.number))
        if own is None:  # an inline table stands on the line of its key
            outer, _, inline = self.heading.rpartition(".")
            return self._lines.get((outer, self.number), {}).get(inline, 1)
        below = self._lines.get((self._path(key), self.number), own)  # a key may have a heading of its own
        return own.get(key, below.get("", 1))

    def finding(self, key: str, problem: str, remedy: str, value: object = None) -> Finding:
        """Return a finding about a key of this section; its value, unless another is given."""
        shown = self.values.get(key, "") if value is None else value
        return Finding(self.where, str(self.line(key)), key, str(shown), problem, remedy)

    def section(self, key: str) -> Section:
        """Return the section under a key, empty where there is none."""
        return Section(self.where, self._path(key), self.number, self.values.get(key, {}), self._lines)

    def sections(self, key: str) -> list[Section]:
        """Return the sections of a list of sections."""
        entries = self.values.get(key, [])
        return [Section(self.where, self._path(key), i, entry, self._lines) for i, entry in enumerate(entries)]

    def check(self, keys: Mapping[str, Key]) -> list[Finding]:
        """Return a finding for each key that is unknown, missing, of another type or not allowed."""
        unknown = [self._unknown(name, keys) for name in self.values if name not in keys]
        missing = [self._missing(name) for name, key in keys.items() if key.required and name not in self.values]
        wrong = [self._wrong(name, key) for name, key in keys.items() if name in self.values]
        return unknown + missing + [finding for finding in wrong if finding]

    def _path(self, key: str) -> str:
        return f"{self.heading}.{key}" if self.heading else key

    def _unknown(self, name: str, keys: Mapping[str, Key]) -> Finding:
        known = ", ".join(keys)
        return self.finding(name, "no such key here", f"Known are {known}.{did_you_mean(name, list(keys))}")

    def _missing(self, name: str) -> Finding:
        place = f"[{self.heading}]" if self.heading else "the recipe"
        row = str(self.line()) if self.heading else ""
        return Finding(self.where, row, "", "", f"{place} has no {name}", f"Add {name} = …")

    def _wrong(self, name: str, key: Key) -> Finding | None:
        value = self.values[name]
        if not _is(value, key.type):
            return self.finding(name, *_ASKED[key.type])
        texts = value if isinstance(value, list) else [value]
        for text in texts:
            if key.allowed is not None and text not in key.allowed:
                remedy = f"Use one of {', '.join(key.allowed)}.{did_you_mean(text, list(key.allowed))}"
                return self.finding(name, "is not one of the values allowed", remedy, text)
        return None


def read_settings(path: Path) -> Section:
    """
    Read a TOML file.

    Returns:
        Its top section.

    Raises:
        InputError: If the file cannot be read or is not TOML; names the line.
    """
    if kind_of(path) == "folder":
        raise InputError(Finding(str(path), "", "", "", "is a folder, not a file", "Name the file inside the folder."))
    source = open_source(path)
    if len(source.names) > 1:
        raise InputError(Finding(str(path), "", "", "", f"holds {len(source.names)} files", "Name the one to read."))
    return parse_settings(decode(source.read(source.names[0]), path.name).decode("utf-8"), path.name)


def parse_settings(text: str, where: str) -> Section:
    """
    Read TOML that is already text.

    Args:
        text: The TOML.
        where: What findings call it.

    Returns:
        Its top section.

    Raises:
        InputError: If the text is not TOML; names the line.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(_not_toml(where, text, str(error))) from error
    except (ValueError, RecursionError) as error:  # digits or brackets without end
        problem = "a number has too many digits" if isinstance(error, ValueError) else "brackets are nested too deep"
        raise InputError(Finding(where, "", "", "", problem, "Write plain values; see the examples.")) from error
    return Section(where, "", 0, values, _lines(text))


def _not_toml(where: str, text: str, message: str) -> Finding:
    position = _POSITION.search(message)
    row = (position and position.group(1)) or str(max(1, len(text.splitlines())))
    problem = f"cannot be read as TOML: {_POSITION.sub('', message)}"
    return Finding(where, row, "", "", problem, 'Write key = value, and text between quotation marks: name = "…".')


def _lines(text: str) -> Lines:
    """Return the line of each key by section; the heading's own line under the empty key."""
    current: tuple[str, int] = ("", 0)
    lines: Lines = {current: {}}
    seen: Counter[str] = Counter()
    for number, line in enumerate(text.splitlines(), start=1):
        if heading := _HEADING.match(line):
            name = heading.group(2)
            seen[name] += heading.group(1) == "[["
            current = (name, max(0, seen[name.partition(".")[0]] - 1))
            lines.setdefault(current, {"": number})
        elif key := _KEY.match(line):
            lines[current].setdefault(key.group(1), number)
    return lines


_INNER: Final[dict[Type, Type]] = {
    "texts": "text", "sections": "section", "texts by text": "text", "numbers by text": "number",
}  # fmt: skip
"""What a list or the values of pairs are, by their type."""


def _is(value: object, kind: Type) -> bool:
    match kind:
        case "text":
            return isinstance(value, str) and bool(value.strip())
        case "number":
            return isinstance(value, int) and not isinstance(value, bool)
        case "day":
            return isinstance(value, date) and not isinstance(value, datetime)
        case "section":
            return isinstance(value, dict)
        case "texts" | "sections":
            return isinstance(value, list) and all(_is(item, _INNER[kind]) for item in value)
        case "texts by text" | "numbers by text":
            return isinstance(value, dict) and all(_is(item, _INNER[kind]) for item in value.values())
