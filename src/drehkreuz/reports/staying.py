# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What if I stay: the warning, when the post ends, and each option in sentences, beside the paths."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from drehkreuz.region import Region
from drehkreuz.reports.words import LANGUAGES, Language, Words
from drehkreuz.rights import Begins, Option, Reason, Staying, Text, staying

SAID_ELSEWHERE: Final = (Reason.QUESTION, Reason.UNVERIFIED)
"""Reasons without a sentence: the heading and the line of the source say them."""


@cache
def sentences(language: Language) -> Mapping[str, str]:
    """Return the sentences of a language by key."""
    raw = tomllib.loads(files(__package__).joinpath("staying.toml").read_text(encoding="utf-8"))
    return dict(raw[language])


def describe_staying(region: Region, person: Mapping[str, Any], language: str = "de") -> dict[str, Any]:
    """
    Answer "What if I stay?" for one person.

    Args:
        region: The region.
        person: Row of table `people`, by column.
        language: Language of the sentences; German where they do not speak it.

    Returns:
        Plain values, fit for JSON. `warning` stands before everything else; it and `ends` are null, and `options` is empty, for
        people whose post no closure of lignite touches. `summary` is the answer in short. An option has its `standing` (`fits`,
        `ask`, `not_by_facts`) with `reasons`; `claim` is empty where the rule may no longer be repeated; figures are null where
        no rule states one.
    """
    spoken: Language = next((known for known in LANGUAGES if known == language), "de")
    return _Telling(staying(region, person), Words(spoken)).values()


class _Telling:
    """Tells one person's answer in one language."""

    def __init__(self, found: Staying, words: Words) -> None:
        self._found = found
        self._words = words

    def values(self) -> dict[str, Any]:
        warning = self._found.warning
        return {
            "title": self._say("title"),
            "warning": None if warning is None else self._warning(warning),
            "summary": self._in(self._found.summary),
            "ends": self._ends() if warning else None,
            "options": [self._option(option) for option in self._found.options],
        }

    def _say(self, key: str, **values: object) -> str:
        return sentences(self._words.language)[key].format(**values)

    def _in(self, text: Text | None) -> str:
        return "" if text is None else text[self._words.language]

    def _warning(self, option: Option) -> dict[str, Any]:
        rule, language = option.rule, self._words.language
        told = [rule.ask[language], *([rule.claim[language]] if option.current else [])]
        told += [self._say("reason_abroad")] if Reason.ABROAD in option.reasons else []
        return {"text": " ".join(told), **self._ground(option)}

    def _ends(self) -> dict[str, Any]:
        end = self._found.ending
        return {
            "text": " ".join(self._about_the_end()),
            "first": end.first,
            "last": end.last,
            "site_last": end.site_last,
            "stated": end.stated,
            "fixed_term": end.fixed_term,
            "source": end.source,
        }

    def _about_the_end(self) -> Iterator[str]:
        end, day = self._found.ending, self._words.day
        if end.site_first is not None and end.site_last is not None:
            key = "ends_year" if end.site_first.year == end.site_last.year else "ends_years"
            yield self._say(key, project=end.label, first=end.site_first.year, last=end.site_last.year)
        if end.may_be_late:
            yield self._say("ends_late")
        if end.contract_end is not None:
            yield self._say("ends_contract", day=day(end.contract_end))
        elif end.first is None:
            yield self._say("ends_unknown")
        elif end.stated:
            yield self._say("ends_day", day=day(end.first))

    def _option(self, option: Option) -> dict[str, Any]:
        rule, language = option.rule, self._words.language
        return {
            "title": rule.title[language],
            "standing": option.standing.name.lower(),
            "reasons": [
                {"reason": reason.value, "text": self._reason(reason, option)}
                for reason in option.reasons
                if reason not in SAID_ELSEWHERE
            ],
            "claim": rule.claim[language] if option.current else "",
            "begins": option.begins,
            "begins_text": self._begins(option),
            "worth": self._worth(option),
            "net_eur_month": option.net_eur_month if option.current else None,
            "longest_years": rule.longest_years if option.current else None,
            "loss": self._in(rule.loss) if option.current else "",
            "who_to_ask": rule.who_to_ask[language],
            "ask": self._say("question", who=rule.who_to_ask[language], text=rule.ask[language]),
            "refused": self._say("refused", who=rule.who_to_ask[language]),
            **self._ground(option),
        }

    def _ground(self, option: Option) -> dict[str, Any]:
        rule = option.rule
        key = "source" if rule.verified else "source_unverified"
        return {
            "rule_id": rule.rule_id,
            "source": rule.source,
            "source_text": self._say(key, source=rule.source, day=self._words.day(rule.checked_on)),
            "valid_from": rule.valid_from,
            "valid_to": rule.valid_to,
            "checked_on": rule.checked_on,
            "verified": rule.verified,
            "discretionary": rule.discretionary,
            "current": option.current,
        }

    def _begins(self, option: Option) -> str:
        if option.rule.begins is Begins.NOW or not option.current:
            return ""
        if option.begins is None:
            return self._say("begins_end_of_post")
        return self._say("begins", day=self._words.day(option.begins))

    def _worth(self, option: Option) -> str:
        """Return what the rule's own figures come to, and that an office decides; nothing where no rule states a figure."""
        rule, told = option.rule, []
        if not option.current:
            return ""
        if rule.longest_years is not None:
            told.append(self._say("longest_years", years=self._words.number(rule.longest_years)))
        if option.net_eur_month is not None:
            key = "keeps_net" if rule.share_of_net == 1 else "share_of_net"
            told.append(self._say(key, amount=self._words.money(option.net_eur_month)))
        if rule.discretionary:
            told.append(self._say("discretionary"))
        return " ".join(told)

    def _reason(self, reason: Reason, option: Option) -> str:
        rule, facts, last = option.rule, self._found.facts, self._found.ending.last
        least = rule.min_age_at_closure or 0
        values = {"least": least, "under": least - 1, "years": self._words.number(rule.min_tenure_years or 0)}
        if last is None or self._found.ending.first is None:
            return self._say(f"reason_{reason.value}", **values)
        youngest, oldest = facts.youngest(self._found.ending.first), facts.oldest(last)
        on_a_day = reason is Reason.AGE_REACHED and self._found.ending.day is not None and oldest is not None
        key = "age_reached_on" if on_a_day else reason.value
        if reason is not Reason.AGE_EITHER:
            youngest = facts.youngest(last)
        turning = [None if year is None else year + least for year in (facts.born_from, facts.born_to)]
        return self._say(
            f"reason_{key}",
            **values,
            day=self._words.day(last),
            last=(self._found.ending.site_last or last).year,
            ages=self._span(youngest, oldest),
            turning=self._span(*turning),
        )

    def _span(self, low: int | None, high: int | None) -> str:
        """Return whole numbers from low to high: one, two, or from to; where one end is unknown, the other."""
        if low is None or high is None or low == high:
            return str(high if low is None else low)
        return self._say("either" if high - low == 1 else "between", low=low, high=high)
