# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What an answer says of a person's own occupations, awards and experience."""

from __future__ import annotations

from typing import Any

import pytest

from drehkreuz.reports.sentences import own
from drehkreuz.reports.words import Words

NOTHING_ELSE: dict[str, Any] = {"own": [], "awards_abroad": [], "residence": None, "experience": []}
"""What an answer says of a person's own occupations, awards and residence, where there is nothing to say."""


def test_ones_own_occupation_says_what_stands_between() -> None:
    """Posts, how many are open and each hurdle with its posts; without a post, that there is none."""
    hurdles = [{"barrier": "reach", "posts": 3}, {"barrier": "pay", "posts": 1}]
    entry = {"label": "Koch/Köchin", "posts": 4, "open": 1, "barriers": hurdles, "nearest": None}
    none = entry | {"posts": 0, "open": 0, "barriers": []}
    assert own(NOTHING_ELSE | {"own": [entry, none]}, Words("de")) == [
        "Ihr Beruf Koch/Köchin: 4 Stellen, davon offen für Sie: 1. Dazwischen steht: Weg (3), Lohn (1).",
        "Ihr Beruf Koch/Köchin: zurzeit keine Stelle in der Region.",
    ]


LEARN = {"barrier": "training", "reasons": ["training_format"], "slack": 9.0, "unit": "weeks", "courses": []}
GERMAN = {"language": "de", "has": "B1", "asks": "B2"}


@pytest.mark.parametrize(
    ("nearest", "said_of_it"),
    [
        (
            {"language_only": True},
            "Es fehlt nur die Sprache: Deutsch B2 (Sie haben B1). Erst der Sprachkurs, dann Ihr Beruf",
        ),
        (
            {"languages": [GERMAN | {"language": "tr", "has": None}], "language_only": True},
            "Es fehlt nur die Sprache: tr B2.",
        ),
        ({}, "Am wenigsten fehlt bei „Koch“: Deutsch B2 (Sie haben B1); passender Kurs: Der Kurs liegt"),
        ({"languages": []}, "Am wenigsten fehlt bei „Koch“: passender Kurs: Der Kurs liegt zu Zeiten"),
    ],
)
def test_the_smallest_missing_thing_is_named(nearest: dict[str, Any], said_of_it: str) -> None:
    """At the nearest post of an own occupation languages are named by their levels, other hurdles by their reasons."""
    known = {"title": "Koch", "languages": [GERMAN], "language_only": False, "barriers": [LEARN]} | nearest
    entry = {"label": "Koch/Köchin", "posts": 4, "open": 0, "barriers": [], "nearest": known}
    (line,) = own(NOTHING_ELSE | {"own": [entry]}, Words("de"))
    assert line.startswith(f"Ihr Beruf Koch/Köchin: 4 Stellen, davon offen für Sie: 0. {said_of_it}")


def test_a_rule_on_experience_names_its_source_and_whom_to_ask() -> None:
    """Claim, source and office stand in one line."""
    rule = {"claim": "Wer genug Erfahrung hat, kann zur Prüfung.", "source": "§ 45 BBiG", "who_to_ask": "Kammer"}
    assert own(NOTHING_ELSE | {"experience": [rule]}, Words("de")) == [
        "Wer genug Erfahrung hat, kann zur Prüfung. (§ 45 BBiG) Fragen Sie: Kammer."
    ]


def test_awards_from_abroad_say_how_they_stand() -> None:
    """Those that stand alike are named in one line; a regulated occupation names who recognises it, if that is known."""
    award = {"country": "NL", "counts": True, "regulated": False, "authority": None}
    awards = [
        award | {"label": "Koch"},
        award | {"label": "Staplerschein"},
        award | {"label": "Pflege", "counts": False, "regulated": True, "authority": "Bezirksregierung"},
        award | {"label": "Maler", "country": "TN", "counts": False},
    ]
    counts, regulated, compared = own(NOTHING_ELSE | {"awards_abroad": awards}, Words("de"))
    assert counts.startswith(
        "Was Sie aus den Niederlanden mitbringen, zählt hier ohne Anerkennung: Koch, Staplerschein."
    )
    assert regulated.endswith("geregelt: Pflege. Zuständig: Bezirksregierung.")
    assert compared.startswith("Was Sie aus Tunesien mitbringen, zählt in dieser Antwort erst nach einem Vergleich")
