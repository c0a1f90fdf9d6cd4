# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Answers in sentences, as one would say them."""

from __future__ import annotations

from typing import Any

import pytest

from drehkreuz.reports.sentences import blocks, legs
from drehkreuz.reports.words import Words

WALK = {
    "by": "walk",
    "leave": 25_400,
    "arrive": 25_800,
    "origin": "Dorf",
    "target": "Mitte",
    "line": "",
    "headsign": "",
}
RIDE = {
    "by": "ride",
    "leave": 25_800,
    "arrive": 26_400,
    "origin": "Mitte",
    "target": "Werk",
    "line": "Linie 20",
    "headsign": "Werk",
}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "07:03 zu Fuß 7 min → 07:10 Linie 20 Richtung Werk (Mitte – Werk) 10 min → an 07:20"),
        ("en", "07:03 on foot 7 min → 07:10 Linie 20 to Werk (Mitte – Werk) 10 min → arriving 07:20"),
    ],
)
def test_a_way_reads_as_a_person_would_be_told(language: str, line: str) -> None:
    """Times, lines and stops stand in the order in which they are needed."""
    assert legs([WALK, RIDE], Words("de" if language == "de" else "en")) == line


def test_no_way_has_no_words() -> None:
    """A way that does not exist is said with nothing."""
    assert legs([], Words("de")) == ""


def test_times_around_midnight() -> None:
    """Seconds below zero are of the evening before, those over a day of the night after."""
    assert (
        legs([RIDE | {"leave": -60, "arrive": 0, "headsign": ""}], Words())
        == "23:59 Linie 20 (Mitte – Werk) 1 min → an 00:00"
    )
    assert legs([WALK | {"leave": 86_340, "arrive": 90_000}], Words()) == "23:59 zu Fuß 61 min → an 01:00"


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ({"barrier": "reach", "reasons": ["reach_out"], "slack": 12.0, "unit": "minutes"}, "12 Minuten zu lang"),
        ({"barrier": "reach", "reasons": ["reach_out"], "slack": None, "unit": "minutes"}, "es gibt keine Verbindung"),
        (
            {"barrier": "pay", "reasons": ["pay_net_need"], "slack": 139.6, "unit": "EUR/month"},
            "es fehlen 140 € im Monat",
        ),
        ({"barrier": "language", "reasons": ["language_level"], "slack": 1.0, "unit": "steps"}, "es fehlt eine Stufe"),
        (
            {"barrier": "formal", "reasons": ["formal_certificate"], "slack": 2.0, "unit": "demands"},
            "es fehlen 2 Nachweise",
        ),
        ({"barrier": "hours", "reasons": ["hours_shift"], "slack": 1.5, "unit": "hours"}, "es fehlen 1,5 Stunden"),
        ({"barrier": "skill", "reasons": ["skill_gap"], "slack": 0.4, "unit": "share"}, "40 % des Gefragten"),
    ],
)
def test_a_hurdle_says_how_much_is_missing(entry: dict[str, Any], sentence: str) -> None:
    """Each class of hurdle has its own measure."""
    assert sentence in blocks({"barriers": [entry]}, Words("de"))[0]
