# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What matters to a person and how much: section [weights] of their file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from math import isfinite
from typing import Any, Final

from drehkreuz.errors import Finding, did_you_mean
from drehkreuz.matching.utility import UtilityWeights
from drehkreuz.sources.settings import Section

HEADING: Final = "weights"

MOST: Final = 100_000.0
"""Largest weight understood; more is a typing error."""


def read_weights(top: Section, findings: list[Finding]) -> UtilityWeights:
    """
    Return the assumed weights with those that the file names in their place; what is wrong is added to the findings.

    Args:
        top: Top section of the person's file; the keys of its section are the fields of `UtilityWeights`, in their units.
        findings: Grows by one for each key that is unknown and each value that is no number in range.
    """
    known = UtilityWeights()
    if not isinstance(top.values.get(HEADING, {}), Mapping):
        findings.append(top.finding(HEADING, "is not a section", f"Write it as [{HEADING}] with its keys below."))
        return known
    section = top.section(HEADING)
    names = [field.name for field in fields(known)]
    own: dict[str, Any] = {}
    for name, value in section.values.items():
        if name not in names:
            remedy = f"Known are {', '.join(names)}.{did_you_mean(name, names)}"
            findings.append(section.finding(name, "no such key here", remedy))
        elif (weight := _weight(value, getattr(known, name))) is None:
            findings.append(section.finding(name, "is not a weight", f"Write it like {_shown(getattr(known, name))}."))
        else:
            own[name] = weight
    return replace(known, **own)


def _weight(value: object, like: object) -> object:
    """Return a weight of the type of another; None where the value is not one."""
    if isinstance(like, tuple):
        if not isinstance(value, list) or len(value) != len(like):
            return None
        weights = tuple(_weight(part, 0.0) for part in value)
        return None if None in weights else weights
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value) or abs(value) > MOST:
        return None
    return float(value)


def _shown(weight: object) -> str:
    return str(list(weight)) if isinstance(weight, tuple) else str(weight)
