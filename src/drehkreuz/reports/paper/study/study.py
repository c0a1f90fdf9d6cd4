# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a paper on scenarios is written from, and how it writes figures: rounded to what they can bear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Final, NamedTuple

from drehkreuz.measures.paired import Evaluation
from drehkreuz.region import Region
from drehkreuz.region.fitted import fitted_to, speaks_for_region
from drehkreuz.reports.pair import Values
from drehkreuz.reports.paper.document import Number
from drehkreuz.reports.words import Words

DIGITS: Final = 3
"""Digits of euros, minutes and kilograms that are told; more would be noise."""

DIFFERENCES: Final = frozenset(
    {"more_filled", "possible_more_filled", "hours_week", "minutes_month_same_post", "co2_kg_month_same_post"}
    | {"minutes_month", "co2_kg_month", "purchasing_power"}
)
"""Figures shown with their sign; the others count people."""

COUNTS: Final = frozenset(
    {"more_filled", "newly_placed", "displaced", "moved", "same_post"}
    | {"possible_more_filled", "possible_newly_placed", "possible_displaced"}
)
"""Figures that are whole numbers of people or posts, told as they are."""


class Range(NamedTuple):
    """Where a figure lies; None: not known."""

    low: float
    mid: float
    high: float


@dataclass(frozen=True, slots=True)
class Studied:
    """
    A scenario and what became known of it.

    Attributes:
        title: Its title.
        text: Why, in its own words; empty: not said.
        written: Its file, letter by letter.
        evaluation: With it and without it.
        answer: `scenario_answer`, with `uncertainty` where worlds were computed.
        portfolio: `portfolio_answer`; None: its measures were not taken apart.
    """

    title: str
    text: str
    written: str
    evaluation: Evaluation
    answer: Values
    portfolio: Values | None = None

    def figure(self, name: str) -> float | None:
        """Return a figure; None: not known."""
        value: float | None = self.answer["effect"][name]
        return value

    def interval(self, name: str) -> Range | None:
        """Return where a figure lies in eight of ten worlds, counts as whole numbers; None: not computed or not known."""
        known = self.answer.get("uncertainty", {"figures": ()})
        for row in known["figures"]:
            if row["figure"] == name and row["p10"] is not None:
                ends = (row["p10"], row["p50"], row["p90"])
                return Range(*(round(value) if name in COUNTS else value for value in ends))
        return None


@dataclass(frozen=True, slots=True)
class Study:
    """
    Scenarios in one region, each against the same region without measures.

    Attributes:
        scenarios: At least one.
        better: For every two, in which share of the worlds the first has more of the figure; empty where no worlds were computed.
        figure: What scenarios are compared by.
        worlds: Worlds computed for intervals.
        command: What made it, as it was typed.
        words: Of its language.
    """

    scenarios: tuple[Studied, ...]
    better: Sequence[Values]
    figure: str
    worlds: int
    command: str
    words: Words

    @property
    def region(self) -> Region:
        """The region without measures."""
        return self.scenarios[0].evaluation.before.related.region

    @property
    def known(self) -> Values:
        """Where the region's tables are from."""
        found: Values = self.scenarios[0].answer["provenance"]
        return found

    @property
    def modelled(self) -> bool:
        """Whether nobody counted is a real person."""
        return bool(self.known["people"] == "modelled")

    @property
    def for_region(self) -> bool:
        """Whether the paper may say that it is for the region."""
        return speaks_for_region(self.region)

    @property
    def fitted_to(self) -> list[str]:
        """The margins that the people are fitted to, each with source and day; none: to none."""
        return [f"{each.source} ({each.name}, {self.words.day(each.date)})" for each in fitted_to(self.region)]

    def source(self, table: str) -> str:
        """Return the source of a table and the day it describes."""
        known = self.region.manifest.provenance.get(table)
        return self.words("study.source_unknown") if known is None else f"{known.source}, {self.words.day(known.date)}"


def rounded(value: float, digits: int = DIGITS) -> float:
    """Return a value with so many digits that count."""
    return round(value, digits - 1 - floor(log10(abs(value)))) if value else 0.0


def euros(value: float | None, words: Words, *, signed: bool = False) -> Number:
    """Return an amount in euros."""
    if value is None:
        return unknown(words)
    amount = rounded(value)
    return Number(words.change(amount) if signed else words.money(amount), amount)


def told(name: str, value: float | None, words: Words) -> Number:
    """Return a figure of `Effect.figures` by its name: differences with their sign, counts as they are, the rest rounded."""
    if value is None:
        return unknown(words)
    kept = value if name in COUNTS else rounded(value)
    text = words.number(abs(kept))
    if name not in DIFFERENCES or not round(kept):
        return Number(text, kept)
    return Number(f"{'+' if kept > 0 else '−'}{text}", kept)


def span(name: str, found: Range | None, words: Words) -> str:
    """Return from where to where a figure lies."""
    if found is None:
        return words("study.no_interval")
    low, high = (told(name, value, words).shown for value in (found.low, found.high))
    return low if low == high else words("paper.from_to", low=low, high=high)


def euro_span(low: float, high: float, words: Words) -> str:
    """Return from where to where an amount lies."""
    least, most = (euros(value, words).shown for value in (low, high))
    return least if least == most else words("paper.from_to", low=least, high=most)


def unknown(words: Words) -> Number:
    """Return the cell of a figure that is not known."""
    return Number(words("scenario.unknown"), None)


def each_of(scenario: Studied, outcome: str, words: Words) -> tuple[list[Number], str]:
    """
    Return what one outcome costs.

    Returns:
        The low, mid and high case, EUR a year, and in which interval it lies, or why none is told.
    """
    band = scenario.answer["cost_per"][outcome]
    if band is None:
        gained = scenario.answer["effect"][outcome]
        none = unknown(words) if gained is None or gained > 0 else Number(words("study.no_gain"), None)
        return [none] * 3, words("study.no_gain_span")
    cases = [euros(band[case], words) for case in ("low", "mid", "high")]
    known = scenario.answer.get("uncertainty")
    if known is None:
        return cases, words("study.no_interval")
    lies = known["cost_per"][outcome]
    return cases, words("scenario.too_uncertain") if lies is None else euro_span(lies["p10"], lies["p90"], words)


def many(key: str, n: float, words: Words) -> str:
    """Return a sentence for none (`key_none`), one or many."""
    return words(f"{key}_none") if not round(n) else words.counted(key, round(n))
