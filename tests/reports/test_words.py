# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Both languages say the same, and no sentence is missing."""

from __future__ import annotations

import string
from datetime import date

import pytest

from drehkreuz.matching.barriers import Barrier, Reason
from drehkreuz.reports.words import Words, catalogue


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_both_languages_have_the_same_sentences() -> None:
    """Every key of the German catalogue is in the English one and the other way round."""
    assert catalogue("de").keys() == catalogue("en").keys()


@pytest.mark.parametrize("key", sorted(catalogue("de")))
def test_both_languages_fill_in_the_same_values(key: str) -> None:
    """A sentence asks the same values in both languages."""
    assert fields(catalogue("de")[key]) == fields(catalogue("en")[key])


def test_every_barrier_and_reason_has_its_words() -> None:
    """Whatever stands between a person and a post can be said in words."""
    keys = {f"barrier.{barrier.name}" for barrier in Barrier} | {f"reason.{reason.name}" for reason in Reason}
    assert keys <= catalogue("de").keys()


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", ["1.234 €", "−50 €", "+50 €", "±0 €", "62 %", "05.03.2026", "3 Tage", "1 Woche", "9 Monate"]),
        ("en", ["€1,234", "−€50", "+€50", "±€0", "62%", "5 March 2026", "3 days", "1 week", "9 months"]),
    ],
)
def test_figures_are_written_as_the_language_writes_them(language: str, expected: list[str]) -> None:
    """Money, shares, dates and durations follow the language."""
    words = Words("de" if language == "de" else "en")
    written = [
        words.money(1234.4), words.money(-50), words.change(50), words.change(0.2), words.percent(0.621),
        words.day(date(2026, 3, 5)), words.weeks(0.6), words.weeks(1.2), words.weeks(40),
    ]  # fmt: skip
    assert written == expected


def test_a_long_list_counts_what_it_leaves_out() -> None:
    """Nothing is dropped silently from a list in a sentence."""
    assert Words("de").listed(["a", "b", "c", "d"], most=2) == "a, b und 2 weitere"
