# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Dated rules about an employer's share in the way to work, read once from `rules.toml`; out of date they say only whom to ask."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class MobilityRule:
    """
    One rule.

    Attributes:
        rule_id: Code.
        claim: What holds, in German (`de`) and English (`en`).
        who_to_ask: Whom to ask, now and once it has run out.
        source: Act, office or publication.
        valid_from: First day.
        checked_on: Day somebody last looked.
        verified: Whether it was read in the act, at the office, or in two sources that agree.
        value: The figure in it; None: it has none.
        unit: Of the figure.
        valid_to: Last day; None: no end known.
    """

    rule_id: str
    claim: Mapping[str, str]
    who_to_ask: Mapping[str, str]
    source: str
    valid_from: date
    checked_on: date
    verified: bool
    value: float | None = None
    unit: str = ""
    valid_to: date | None = None

    def holds(self, day: date) -> bool:
        """Return whether it may be repeated on a day; if not, people are told to ask."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@cache
def mobility_rules() -> Mapping[str, MobilityRule]:
    """Return the rules shipped with the software by their code."""
    raw = tomllib.loads(files(__package__).joinpath("rules.toml").read_text(encoding="utf-8"))
    return {entry["rule_id"]: MobilityRule(**entry) for entry in raw["rule"]}


def value_on(rule_id: str, day: date) -> float | None:
    """Return the figure of a rule on a day, None where it does not hold then."""
    rule = mobility_rules()[rule_id]
    return rule.value if rule.holds(day) else None
