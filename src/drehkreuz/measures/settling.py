# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""From what somebody wrote to the values of a measure's parameters, each fault named with what is allowed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from math import isfinite
from typing import Any, Final

from drehkreuz.errors import did_you_mean
from drehkreuz.measures.terms import Parameter, Type, Unmet, Value
from drehkreuz.region import TABLES, Region

_CLOCK: Final = re.compile(r"([0-4]\d):([0-5]\d)")
LAST_CLOCK: Final = 48 * 60

SHOWN: Final = 12
"""Ids of a table that are listed where one of them is asked."""


def settle(
    parameters: Iterable[Parameter], given: Mapping[str, Any], region: Region
) -> tuple[dict[str, Value], list[Unmet]]:
    """
    Return the value of every parameter, its default where none is given, and what is wrong with those given.

    Args:
        parameters: What may be said.
        given: What was said, as TOML or a form has it.
        region: Where ids are looked up.
    """
    values: dict[str, Value] = {}
    faults: list[Unmet] = []
    known = {parameter.name: parameter for parameter in parameters}
    for name, value in given.items():
        if name not in known:
            remedy = f"Known are {', '.join(known) or 'none'}.{did_you_mean(name, list(known))}"
            faults.append(Unmet(name, value, "no such key here", remedy))
    for parameter in known.values():
        if parameter.name in given:
            values[parameter.name], found = _settled(parameter, given[parameter.name], region)
            faults += found
        elif parameter.required:
            faults.append(Unmet(parameter.name, "", "is missing", f"Add {parameter.name} = …: {parameter.doc.en}"))
        else:
            values[parameter.name] = parameter.default
    return values, faults


def _settled(parameter: Parameter, given: Any, region: Region) -> tuple[Value, list[Unmet]]:  # noqa: ANN401  # TOML
    many = parameter.type in {"ids", "choices"}
    asked, right = _ASKED[parameter.type]
    if not right(given):
        return None, [Unmet(parameter.name, given, "is of another type", f"{asked} {_allowed(parameter, region)}")]
    value: Any = _VALUE[parameter.type](given) if parameter.type in _VALUE else given
    faults = []
    size = len(value) if many else value if isinstance(value, int | float) else None
    if size is not None and not _between(parameter, size):
        remedy = f"Name {_range(parameter)} of them." if many else _allowed(parameter, region)
        faults.append(Unmet(parameter.name, given, "is out of range", remedy))
    allowed = _ids(parameter, region) if parameter.ref else list(parameter.allowed)
    if parameter.ref or parameter.allowed:
        known = set(allowed)
        faults += [
            Unmet(
                parameter.name,
                text,
                f"is not in the table {parameter.ref}" if parameter.ref else "is not one of the values allowed",
                f"{_allowed(parameter, region)}{did_you_mean(text, allowed)}",
            )
            for text in (value if many else (value,))
            if text not in known
        ]
    return value, faults


def _between(parameter: Parameter, size: float) -> bool:
    low, high = parameter.min, parameter.max
    return isfinite(size) and (low is None or low <= size) and (high is None or size <= high)


def _ids(parameter: Parameter, region: Region) -> list[str]:
    return [str(name) for name in region.table(parameter.ref)[TABLES[parameter.ref].key[0]]]


def _allowed(parameter: Parameter, region: Region) -> str:
    """Return a sentence that says which values are allowed."""
    if parameter.allowed:
        return f"Use {'some' if parameter.type == 'choices' else 'one'} of {', '.join(parameter.allowed)}."
    if parameter.ref:
        ids = _ids(parameter, region)
        more = f" … ({len(ids)} in all)" if len(ids) > SHOWN else ""
        return f"The table {parameter.ref} has {', '.join(ids[:SHOWN]) or 'no rows'}{more}."
    if parameter.type in {"int", "float"} and (parameter.min, parameter.max) != (None, None):
        return f"Use {_range(parameter)}{f' {parameter.unit}' if parameter.unit else ''}."
    return ""


def _range(parameter: Parameter) -> str:
    """Return the range of a number, or of how many there may be in a list."""
    low, high = parameter.min, parameter.max
    if low is None:
        return f"at most {high:g}"
    return f"{low:g} or more" if high is None else f"{low:g} to {high:g}"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_clock(value: object) -> bool:
    if isinstance(value, time):
        return True
    found = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    return found is not None and int(found[1]) * 60 + int(found[2]) <= LAST_CLOCK


def _is_texts(value: object) -> bool:
    return isinstance(value, list | tuple) and all(_is_text(one) for one in value) and len(set(value)) == len(value)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _clock(value: time | str) -> int:
    hours, minutes = (value.hour, value.minute) if isinstance(value, time) else map(int, value.split(":"))
    return hours * 60 + minutes


_ASKED: Final[dict[Type, tuple[str, Callable[[object], bool]]]] = {
    "text": ('Write text between quotation marks: "…".', _is_text),
    "id": ('Write one id between quotation marks: "…".', _is_text),
    "choice": ('Write one of them between quotation marks: "…".', _is_text),
    "ids": ('Write ids between brackets, each once: ["…", "…"].', _is_texts),
    "choices": ('Write them between brackets, each once: ["…", "…"].', _is_texts),
    "int": ("Write a whole number.", lambda value: isinstance(value, int) and not isinstance(value, bool)),
    "float": ("Write a number.", _is_number),
    "clock": ('Write hours and minutes: "05:30"; after midnight count on, "25:30".', _is_clock),
    "date": (
        "Write a day without quotation marks: 2027-08-01.",
        lambda value: isinstance(value, date) and not isinstance(value, datetime),
    ),
    "bool": ("Write true or false.", lambda value: isinstance(value, bool)),
}
_VALUE: Final[dict[Type, Callable[[Any], Value]]] = {"ids": tuple, "choices": tuple, "float": float, "clock": _clock}
