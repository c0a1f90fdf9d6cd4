# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The rules that ship with the software are whole, and none is repeated when it is stale."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import pytest

from drehkreuz.region import TABLES
from drehkreuz.rights import Currency, Reason, Rule, Standing, rules, staying
from rights.cases import DAY, ME, ask, site

RULES: Final = {rule.rule_id: rule for rule in rules()}
APG: Final = RULES["r-apg"]


def test_the_figures_are_those_of_the_facts() -> None:
    """Adjustment pay asks 58 years and the reference day and lasts five years; the top-up leaves 80 % until the end of 2043."""
    assert (APG.min_age_at_closure, APG.employed_on_2019_09_30, APG.longest_years) == (58, True, 5)
    top_up = RULES["r-apg-top-up"]
    assert (top_up.rests_on, top_up.share_of_net, top_up.valid_to) == ("r-apg", 0.8, date(2043, 12, 31))
    assert "zwölf Wochen" in RULES["r-waiting-period"].claim["de"]
    assert "twelve weeks" in RULES["r-waiting-period"].claim["en"]


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.rule_id)
def test_a_rule_says_all_it_must(rule: Rule) -> None:
    """Every rule speaks both languages, names its source and whom to ask, and is for groups that people can be in."""
    texts = [
        rule.title,
        rule.claim,
        rule.ask,
        rule.who_to_ask,
        *rule.summary.values(),
        *([rule.loss] if rule.loss else []),
    ]
    assert all(set(text) == {"de", "en"} and all(text.values()) for text in texts)
    assert rule.source
    assert set(rule.employer_groups) <= set(TABLES["people"].columns["employer_group"].allowed or ())
    assert rule.valid_from <= rule.checked_on
    assert rule.warning == (rule.loss is None)
    assert {key.upper() for key in rule.summary} in ({standing.name for standing in Standing}, set())


def test_a_rule_comes_after_the_one_it_rests_on() -> None:
    """Codes are unique, and a rule rests on an earlier one of the same people."""
    seen: dict[str, Rule] = {}
    for rule in rules():
        assert rule.rule_id not in seen
        if rule.rests_on:
            assert set(rule.employer_groups) <= set(seen[rule.rests_on].employer_groups)
        seen[rule.rule_id] = rule


@pytest.mark.parametrize(
    ("day", "until", "expected"),
    [
        (date(2027, 1, 1), None, Currency.CURRENT),
        (date(2026, 12, 31), None, Currency.NOT_BEGUN),
        (date(2027, 12, 31), None, Currency.CURRENT),
        (date(2028, 1, 1), None, Currency.EXPIRED),
        (date(2027, 6, 1), date(2027, 12, 31), Currency.CURRENT),
        (date(2027, 6, 1), date(2028, 1, 1), Currency.EXPIRED),
    ],
)
def test_a_rule_holds_from_its_first_day_to_its_last(day: date, until: date | None, expected: Currency) -> None:
    """A rule may be repeated on its first and last day, and only if it reaches the last day that is spoken of."""
    rule = replace(APG, valid_from=date(2027, 1, 1), valid_to=date(2027, 12, 31), checked_on=date(2027, 1, 1))
    assert rule.currency(day, until) is expected


@pytest.mark.parametrize(("days", "expected"), [(400, Currency.CURRENT), (401, Currency.UNCHECKED)])
def test_a_rule_must_be_looked_at_again(days: int, expected: Currency) -> None:
    """After 400 days without a look a rule is no longer repeated."""
    assert APG.currency(APG.checked_on + timedelta(days=days)) is expected


STALE: Final = [
    (replace(APG, valid_to=DAY - timedelta(days=1)), Reason.EXPIRED),
    (replace(APG, valid_to=date(2028, 12, 30)), Reason.EXPIRED),
    (replace(APG, checked_on=DAY - timedelta(days=401)), Reason.UNCHECKED),
    (replace(APG, valid_from=DAY + timedelta(days=1)), Reason.NOT_BEGUN),
]


@pytest.mark.parametrize(("rule", "reason"), STALE)
@pytest.mark.parametrize("born", [1960, 1970, 1990])
def test_a_stale_rule_only_asks(rule: Rule, reason: Reason, born: int) -> None:
    """Whatever a person's age, a rule that may not be repeated neither gives nor refuses: it is asked about."""
    option = ask(rules=[rule], birth_year_from=born, birth_year_to=born)["r-apg"]
    assert (option.standing, option.reasons, option.current) == (Standing.ASK, (reason,), False)


def test_what_nobody_has_cross_checked_is_only_asked() -> None:
    """The same rule fits when it is verified and is something to ask when it is not."""
    assert ask(rules=[APG])["r-apg"].standing is Standing.FITS
    option = ask(rules=[replace(APG, verified=False)])["r-apg"]
    assert (option.standing, option.current) == (Standing.ASK, True)
    assert Reason.UNVERIFIED in option.reasons


@pytest.mark.parametrize("group", ["lignite_operator", "contractor", "supplier"])
@pytest.mark.parametrize("status", ["employed", "part_time", "apprentice"])
def test_everybody_at_the_site_is_warned_first(group: str, status: str) -> None:
    """Whoever has a post that lignite may end gets one warning and at least staying itself."""
    found = staying(site(2028), ME | {"employer_group": group, "employment_status": status})
    assert found.warning is not None
    assert found.warning.rule.ask["de"].startswith("Bitte nicht kündigen")
    assert found.options[0].rule.rule_id == "r-stay"


@pytest.mark.parametrize(
    "facts", [{"employer_group": "other"}, {"employment_status": "unemployed"}, {"employment_status": "self_employed"}]
)
def test_others_hear_nothing(facts: dict[str, str]) -> None:
    """For people whose post lignite does not end, and people without a post, there is no such answer."""
    found = staying(site(2028), ME | facts)
    assert (found.warning, found.options, found.summary) == (None, (), None)


def test_contractors_have_none_of_the_operators_rights() -> None:
    """Contractors and suppliers get the same options as each other, and of the operator's only what all employees have."""
    operator, contractor = set(ask()), set(ask(employer_group="contractor"))
    assert contractor == set(ask(employer_group="supplier"))
    assert operator & contractor == {"r-stay", "r-transfer-company", "r-82"}
    assert {"r-unemployment-benefit", "r-bgs", "r-transfer-company"} <= contractor
