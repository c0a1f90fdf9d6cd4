# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""JSON from anywhere: bounded in size and depth, and only with texts and numbers that a table can hold."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final, NoReturn

from drehkreuz.errors import Finding, InputError
from drehkreuz.sources.archive import SourceFiles, about
from drehkreuz.sources.text import decode

MAX_BYTES: Final = 64 * 2**20
"""Bytes of one file (assumed): some fifty times the largest feed of a country's sharing systems known."""

MAX_DEPTH: Final = 64
"""Brackets within brackets (assumed): the formats read here need ten."""

MAX_VALUES: Final = 4_000_000
"""Values of one file (assumed): as many take some 300 MB of memory, whatever they are."""

AGAIN: Final = "Get the file again from where it came."

Node = Mapping[str, Any]
"""An object of JSON."""


def read_json(source: SourceFiles, name: str) -> Any:  # noqa: ANN401  # JSON is anything
    """
    Return the content of a JSON file.

    Args:
        source: Where the file is.
        name: Its name there.

    Raises:
        InputError: As `parse_json`, or if the file is missing or cannot be read.
    """
    return parse_json(read_bytes(source, name), name)


def read_bytes(source: SourceFiles, name: str, most: int = MAX_BYTES) -> bytes:
    """
    Return a file's bytes.

    Raises:
        InputError: If there are more than `most`, or the file is missing or cannot be read.
    """
    with source.open(name) as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise InputError(about(name, f"holds more than {most:,} bytes, which is the most that is read", "Split it."))
    return data


def parse_json(data: bytes, where: str) -> Any:  # noqa: ANN401  # JSON is anything
    """
    Return what JSON text says.

    Args:
        data: UTF-8, or UTF-16 with a byte order mark.
        where: What findings call it.

    Raises:
        InputError: If it is not JSON, is nested too deep, or holds a number or text that no table can hold.
    """
    if len(data) > MAX_BYTES:
        problem = f"holds more than {MAX_BYTES:,} bytes, which is the most that is read"
        raise InputError(about(where, problem, "Split it."))
    try:
        data = decode(data, where)
    except InputError as error:
        raise InputError(about(where, "is no text in UTF-8, which JSON always is", AGAIN)) from error
    if sum(data.count(sign) for sign in (b",", b"[", b"{")) > MAX_VALUES:
        problem = f"holds more than {MAX_VALUES:,} values, which is the most that is read"
        raise InputError(about(where, problem, "Split it."))
    text = data.decode()
    if not text.strip():
        raise InputError(about(where, "the file is empty", AGAIN))
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        problem = f"is not JSON: {error.msg} (column {error.colno})"
        raise InputError(Finding(where, str(error.lineno), "", "", problem, AGAIN)) from error
    except RecursionError as error:
        raise InputError(_too_deep(where)) from error
    except ValueError as error:
        raise InputError(about(where, f"holds a number that is none ({error})", AGAIN)) from error
    _refuse_unfit(value, where)
    return value


def _refuse_constant(constant: str) -> NoReturn:
    raise ValueError(constant)


def _too_deep(where: str) -> Finding:
    return about(where, f"is nested more than {MAX_DEPTH} brackets deep", "Check that this is the right file.")


def _refuse_unfit(value: object, where: str) -> None:
    """Raise for brackets too deep, numbers beyond all bounds, and texts with halves of characters or NUL."""
    open_brackets: list[Iterator[object]] = [iter([value])]
    while open_brackets:
        for item in open_brackets[-1]:
            if isinstance(item, dict):
                open_brackets.append(chain(item, item.values()))
            elif isinstance(item, list):
                open_brackets.append(iter(item))
            elif isinstance(item, str):
                if _UNFIT.search(item):
                    raise InputError(about(where, "holds a text with half a character or a NUL", AGAIN))
            elif isinstance(item, float) and not math.isfinite(item):
                raise InputError(about(where, "holds a number beyond all bounds", AGAIN))
            if isinstance(item, dict | list):
                break
        else:
            open_brackets.pop()
        if len(open_brackets) > MAX_DEPTH + 1:
            raise InputError(_too_deep(where))


_UNFIT: Final = re.compile("[\0\ud800-\udfff]")


def cell(value: object) -> str | None:
    """Return a single value as the text that a table's cell would hold, without blanks around it; else nothing."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return value.strip() or None
        case int() | float():
            return f"{value:.15g}" if isinstance(value, float) else str(value)
        case _:
            return None


def number(value: object) -> float | None:
    """Return a number, also one written as text with a decimal point; else nothing."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and not _PLAIN.fullmatch(value.strip()):
        return None
    try:
        found = float(value) if isinstance(value, int | float | str) else math.nan
    except OverflowError:
        return None
    return found if math.isfinite(found) else None


_PLAIN: Final = re.compile(r"[+-]?\d{1,15}(?:\.\d{0,15})?", re.ASCII)


def nodes(value: object) -> Iterator[Node]:
    """Yield the objects of a list, or the one object that stands in its place."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield item


def node(value: object) -> Node:
    """Return the object, or the first one of a list; an empty one where there is none."""
    return next(nodes(value), {})


def cells(value: object) -> list[str]:
    """Return the single values of a list, or the one value that stands in its place, as text."""
    return [text for item in (value if isinstance(value, list) else [value]) if (text := cell(item)) is not None]


def dump(value: object) -> bytes:
    """Return JSON as it is written to files: UTF-8, two blanks, a line end; the same bytes for the same value."""
    return (json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def without_nothing(pairs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the pairs whose value says something: no null, no empty text, list or object."""
    return {key: value for key, value in pairs.items() if not (value is None or _is_empty(value))}


def _is_empty(value: object) -> bool:
    return isinstance(value, str | Sequence | Mapping) and not value
