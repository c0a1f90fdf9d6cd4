# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What if a person stays: the warning before everything else, and the options on the day and when the post ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from drehkreuz.region import Region
from drehkreuz.rights.ending import Ending, ending
from drehkreuz.rights.rules import Begins, Currency, Rule, Text, rules
from drehkreuz.rights.standing import Facts, Reason, Standing, coal_employment, stand

EMPLOYED: Final = ("employed", "part_time", "apprentice")
"""Values of `people.employment_status` of people who have a post to stay in."""


@dataclass(frozen=True, slots=True)
class Option:
    """
    One rule and how it stands for one person.

    Attributes:
        rule: The rule.
        standing: Fits, to be asked, or not, by what the person says.
        reasons: Why.
        current: Whether the rule may be repeated; else only its question is fit to be shown.
        begins: First day from which it counts, where that is known and the rule fits; else None.
        net_eur_month: What it leaves at least of today's net pay, EUR a month; None: the rule or the pay gives no figure.
    """

    rule: Rule
    standing: Standing
    reasons: tuple[Reason, ...]
    current: bool
    begins: date | None
    net_eur_month: float | None


@dataclass(frozen=True, slots=True)
class Staying:
    """
    What a person has who stays.

    Attributes:
        facts: What was known of the person, the end of the post among it.
        warning: Stands before everything else; None for people whom no closure of lignite touches.
        options: In the order of the rules; empty for the same people.
    """

    facts: Facts
    warning: Option | None
    options: tuple[Option, ...]

    @property
    def summary(self) -> Text | None:
        """The answer in short, None where no option has one."""
        short = (option.rule.summary.get(option.standing.name.lower()) for option in self.options)
        return next((text for text in short if text), None)

    @property
    def ending(self) -> Ending:
        """When the post ends."""
        return self.facts.ending


def staying(region: Region, person: Mapping[str, Any], known: Sequence[Rule] | None = None) -> Staying:
    """
    Return what a person has who stays, on the region's day and when the post ends.

    Which options are listed depends on whose employee the person is, never on age, tenure or any other fact: these say how an
    option stands. So no answer given, and none withheld, takes an option from the list.

    Args:
        region: The region; its day, the closures of table `projects`, the countries of table `zones`.
        person: Row of table `people`, by column.
        known: Rules to go by, each after the one it rests on; None: those shipped with the software.
    """
    facts = _facts(region, person)
    employed = person["employment_status"] in EMPLOYED
    found: dict[str, Option] = {}
    for rule in (rules() if known is None else known) if employed else ():
        if facts.employer_group in rule.employer_groups:
            base = found[rule.rests_on].standing if rule.rests_on else Standing.FITS
            found[rule.rule_id] = _option(rule, facts, base, person["net_today_eur_month"])
    return Staying(
        facts=facts,
        warning=next((option for option in found.values() if option.rule.warning), None),
        options=tuple(option for option in found.values() if not option.rule.warning),
    )


def _facts(region: Region, person: Mapping[str, Any]) -> Facts:
    day, tenure, group = region.manifest.day, person["tenure_years"], person["employer_group"]
    home = region.table("zones").filter(pl.col("zone_id") == person["zone_id"])["country"]
    return Facts(
        day=day,
        country=home[0],
        employer_group=group,
        born_from=person["birth_year_from"],
        born_to=person["birth_year_to"],
        in_coal=coal_employment(person["employed_on_2019_09_30"], group, tenure, day),
        tenure_years=tenure,
        ending=ending(region, person),
    )


def _option(rule: Rule, facts: Facts, base: Standing, net: float | None) -> Option:
    standing, reasons = stand(rule, facts, base)
    return Option(
        rule=rule,
        standing=standing,
        reasons=reasons,
        current=rule.currency(facts.day, facts.ending.last) is Currency.CURRENT,
        begins=_begins(rule, facts) if standing is Standing.FITS else None,
        net_eur_month=None if rule.share_of_net is None or net is None else round(rule.share_of_net * net, 2),
    )


def _begins(rule: Rule, facts: Facts) -> date | None:
    if rule.begins is Begins.NOW:
        return facts.day
    end = facts.ending.day
    return None if end is None else end + timedelta(days=1)
