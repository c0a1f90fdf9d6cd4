# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The catalogue of measures: every file of `drehkreuz.measures.kinds`, found by listing the package."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from drehkreuz.errors import DrehkreuzError, did_you_mean
from drehkreuz.measures.measure import Kind

AREAS = ("transport", "fares", "means", "learning", "care", "posts", "language", "recognition", "site", "none")
"""What measures are about, in the order of the catalogue."""


@cache
def every_kind() -> dict[str, Kind]:
    """Return every kind by its name, in order of area, then name."""
    package = import_module("drehkreuz.measures.kinds")
    found: list[Kind] = [
        import_module(f"{package.__name__}.{module.name}").KIND for module in iter_modules(package.__path__)
    ]
    return {kind.name: kind for kind in sorted(found, key=lambda kind: (AREAS.index(kind.area), kind.name))}


def kind_named(name: str) -> Kind:
    """
    Return a kind.

    Raises:
        DrehkreuzError: If there is none of the name.
    """
    known = every_kind()
    if name not in known:
        message = f"there is no measure {name!r}; there are {', '.join(known)}.{did_you_mean(name, list(known))}"
        raise DrehkreuzError(message)
    return known[name]
