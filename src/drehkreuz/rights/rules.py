# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Dated rules for people whose post a lignite closure ends, read once from `rules.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final

LONGEST_UNCHECKED: Final = 400
"""Days after which a rule that nobody has looked at again is no longer repeated (assumed: a year and a month's grace)."""

Text = Mapping[str, str]
"""The same in German (`de`) and English (`en`)."""


class Begins(StrEnum):
    """From when an option counts."""

    NOW = "now"
    END_OF_POST = "end_of_post"


class Currency(StrEnum):
    """Whether a rule may still be repeated."""

    CURRENT = "current"
    NOT_BEGUN = "not_begun"
    EXPIRED = "expired"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Rule:
    """
    One rule of law or tariff, what it takes, what it is worth and whom to ask.

    Attributes:
        rule_id: Code; where table `rules` names the same act, the code is the same.
        employer_groups: For whom, values of `people.employer_group`.
        title: What it is, in a few words.
        claim: What holds, in plain words.
        ask: The question to put; of a warning, the request that stands before everything else.
        who_to_ask: Whom to ask.
        begins: From when it counts.
        valid_from: First day.
        source: Act, office or publication.
        checked_on: Day somebody last looked.
        verified: Whether the sentence was read in the act, at the office, or in two sources that agree.
        loss: What resigning now could cost; None in a warning, whose claim says it.
        summary: The answer in short by how the rule stands (`Standing` in small letters); empty: another rule's.
        rests_on: Rule without which this one gives nothing; None: none.
        country: Whose law it is, ISO 3166-1 alpha-2.
        warning: Stands before everything else; the others are options.
        min_age_at_closure: Years completed on the last day of the post; None: any age.
        employed_on_2019_09_30: Asks coal employment on the reference day of the adjustment pay.
        open_ended: Asks that a dismissal, not the end of a fixed term, ends the post.
        min_tenure_years: Years with the employer from which it surely holds; with fewer it may. None: any tenure.
        question: Whether it holds depends on more than a person's row can say, so it is never more than something to ask.
        longest_years: For how many years at most it is paid, where the rule says so.
        share_of_net: Share of net pay that it leaves at least, where the rule says so.
        discretionary: An office decides case by case.
        valid_to: Last day; None: no end known.
    """

    rule_id: str
    employer_groups: tuple[str, ...]
    title: Text
    claim: Text
    ask: Text
    who_to_ask: Text
    begins: Begins
    valid_from: date
    source: str
    checked_on: date
    verified: bool
    loss: Text | None = None
    summary: Mapping[str, Text] = field(default_factory=dict)
    rests_on: str | None = None
    country: str = "DE"
    warning: bool = False
    min_age_at_closure: int | None = None
    employed_on_2019_09_30: bool = False
    open_ended: bool = False
    min_tenure_years: float | None = None
    question: bool = False
    longest_years: float | None = None
    share_of_net: float | None = None
    discretionary: bool = False
    valid_to: date | None = None

    def currency(self, day: date, until: date | None = None) -> Currency:
        """
        Return whether the rule may be repeated on a day.

        Args:
            day: The day of the answer.
            until: Last day that the answer speaks of; None: the same day. A rule that ends before has expired for it.
        """
        if day < self.valid_from:
            return Currency.NOT_BEGUN
        if self.valid_to is not None and max(day, until or day) > self.valid_to:
            return Currency.EXPIRED
        return Currency.UNCHECKED if (day - self.checked_on).days > LONGEST_UNCHECKED else Currency.CURRENT


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules shipped with the software, in the order in which they are read."""
    raw = tomllib.loads(files(__package__).joinpath("rules.toml").read_text(encoding="utf-8"))
    return tuple(_rule(entry) for entry in raw["rule"])


def _rule(entry: Mapping[str, Any]) -> Rule:
    typed = {"employer_groups": tuple(entry["employer_groups"]), "begins": Begins(entry["begins"])}
    return Rule(**{**entry, **typed})
