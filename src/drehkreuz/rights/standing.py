# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Whether a rule fits one person: yes by what the person says, to be asked, or not by what the person says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from typing import Final

from drehkreuz.rights.ending import Ending
from drehkreuz.rights.rules import Currency, Rule

REFERENCE_DAY: Final = date(2019, 9, 30)
"""Day on which adjustment pay asks coal employment (§ 57 KVBG, guidelines of the BAFA)."""

DAYS_A_YEAR: Final = 365.25


class Standing(IntEnum):
    """How a rule stands for a person; the more the better."""

    NOT_BY_FACTS = 0
    ASK = 1
    FITS = 2


class Reason(StrEnum):
    """What makes a rule stand as it does."""

    NOT_BEGUN = "not_begun"
    EXPIRED = "expired"
    UNCHECKED = "unchecked"
    AGE_REACHED = "age_reached"
    AGE_UNKNOWN = "age_unknown"
    AGE_EITHER = "age_either"  # the birth years or the days of the end leave both open
    AGE_LATER = "age_later"  # too young on the person's own last day, old enough on the site's
    AGE_NEW_YEAR = "age_new_year"  # old enough only if born on the first of January
    AGE_TOO_YOUNG = "age_too_young"
    END_UNKNOWN = "end_unknown"
    COAL_UNKNOWN = "coal_unknown"
    NO_COAL = "no_coal"
    FIXED_TERM = "fixed_term"
    TENURE = "tenure"
    ABROAD = "abroad"
    RESTS_ON = "rests_on"
    QUESTION = "question"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Facts:
    """
    What is known of a person, as rules ask it.

    Attributes:
        day: The region's day.
        country: Where the person lives.
        employer_group: Whose employee.
        born_from: First year of the birth-year band; None: unknown.
        born_to: Last year of the birth-year band; None: unknown.
        in_coal: Coal employment on the reference day; None: unknown.
        tenure_years: Years with today's employer; None: unknown.
        ending: When the post ends.
    """

    day: date
    country: str
    employer_group: str
    born_from: int | None
    born_to: int | None
    in_coal: bool | None
    tenure_years: float | None
    ending: Ending

    def youngest(self, day: date) -> int | None:
        """Return the age that the person has reached at least on a day, None where the last birth year is unknown."""
        return None if self.born_to is None else _age(date(self.born_to, 12, 31), day)

    def oldest(self, day: date) -> int | None:
        """Return the age that the person has reached at most on a day, None where the first birth year is unknown."""
        return None if self.born_from is None else _age(date(self.born_from, 1, 1), day)


def coal_employment(stated: bool | None, employer_group: str, tenure_years: float | None, day: date) -> bool | None:
    """Return coal employment on the reference day: as stated, else from years with the operator that reach back to it."""
    if stated is None and employer_group == "lignite_operator" and tenure_years is not None:
        return True if tenure_years * DAYS_A_YEAR >= (day - REFERENCE_DAY).days else None
    return stated


def stand(rule: Rule, facts: Facts, base: Standing = Standing.FITS) -> tuple[Standing, tuple[Reason, ...]]:
    """
    Return how a rule stands for a person and why: the least of what its conditions say.

    A fact that is unknown asks, it never refuses; nor does a rule that may no longer be repeated.

    Args:
        rule: The rule.
        facts: What is known of the person.
        base: How the rule stands that this one rests on.
    """
    currency = rule.currency(facts.day, facts.ending.last)
    if currency is not Currency.CURRENT:
        return Standing.ASK, (Reason(currency.value),)
    found = list(_conditions(rule, facts))
    if base is not Standing.FITS:
        found.append((base, Reason.RESTS_ON))
    standing = min((each for each, _ in found), default=Standing.FITS)
    refused = standing is Standing.NOT_BY_FACTS
    return standing, tuple(reason for each, reason in found if not refused or each is standing)


def _conditions(rule: Rule, facts: Facts) -> Iterator[tuple[Standing, Reason]]:
    if rule.min_age_at_closure is not None:
        yield _by_age(rule.min_age_at_closure, facts)
    if rule.employed_on_2019_09_30 and facts.in_coal is None:
        yield Standing.ASK, Reason.COAL_UNKNOWN
    if rule.employed_on_2019_09_30 and facts.in_coal is False:
        yield Standing.NOT_BY_FACTS, Reason.NO_COAL
    if rule.open_ended and facts.ending.fixed_term:
        yield Standing.ASK, Reason.FIXED_TERM
    if rule.min_tenure_years is not None and (facts.tenure_years or 0) < rule.min_tenure_years:
        yield Standing.ASK, Reason.TENURE
    if rule.country != facts.country:
        yield Standing.ASK, Reason.ABROAD
    if rule.question:
        yield Standing.ASK, Reason.QUESTION
    if not rule.verified:
        yield Standing.ASK, Reason.UNVERIFIED


def _by_age(least: int, facts: Facts) -> tuple[Standing, Reason]:
    """
    Return how an age stands that must be completed on the last day of the post.

    By law an age is completed at the end of the day before the birthday (§§ 187 (2), 188 (2) BGB). The rule is taken to be met
    only where the birthday itself has come, and to be missed only where not even the law's count reaches it.
    """
    end = facts.ending
    if end.first is None or end.last is None:
        today = facts.youngest(facts.day)
        reached = today is not None and today >= least
        return (Standing.FITS, Reason.AGE_REACHED) if reached else (Standing.ASK, Reason.END_UNKNOWN)
    youngest, oldest = facts.youngest(end.first), facts.oldest(end.last)
    if youngest is not None and youngest >= least:
        return Standing.FITS, Reason.AGE_REACHED
    if oldest is None:
        return Standing.ASK, Reason.AGE_UNKNOWN
    open_until = {
        Reason.AGE_EITHER: end.last,
        Reason.AGE_LATER: end.site_last or end.last,
        Reason.AGE_NEW_YEAR: end.last + timedelta(days=1),
    }
    for reason, day in open_until.items():
        if (facts.oldest(day) or 0) >= least:
            return Standing.ASK, reason
    return Standing.NOT_BY_FACTS, Reason.AGE_TOO_YOUNG


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
