# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Skills in the words of an advertisement: a must, welcome, a task, or not asked at all."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.sources.live.demands import TRUST, DemandReader, DemandReading, sure_demands

NAMES = {
    "weld": {"de": "Schweißen", "en": "welding", "nl": "lassen", "fr": "souder"},
    "plc": {"de": "Steuerungen programmieren", "en": "program controllers", "nl": "besturingen programmeren"},
    "dig": {"de": "Bagger fahren", "en": "drive diggers"},
    "nets": {"de": "Netze planen"},
    "nets-too": {"de": "Netze planen"},
}

LABELS = pl.DataFrame(
    [
        {"concept_id": name, "concept": "skill", "language": language, "kind": "preferred", "text": text}
        for name, texts in NAMES.items()
        for language, text in texts.items()
    ]
)


@pytest.fixture(scope="module")
def reader() -> DemandReader:
    return DemandReader(LABELS)


TEXTS = {
    "heading": ("Ihr Profil\nSie können Schweißen", {"weld": ("must", TRUST.heading)}),
    "heading in its line": ("Anforderungen: Schweißen", {"weld": ("must", TRUST.heading)}),
    "cue over heading": ("Ihr Profil\nSchweißen ist von Vorteil", {"weld": ("nice", TRUST.cue)}),
    "nice heading": ("Wünschenswert:\nSchweißen", {"weld": ("nice", TRUST.heading)}),
    "must cue": ("Schweißen ist zwingend erforderlich.", {"weld": ("must", TRUST.cue)}),
    "each sentence its own": (
        "Ihr Profil\nSchweißen. Bagger fahren wäre schön.",
        {"weld": ("must", TRUST.heading), "dig": ("nice", TRUST.cue)},
    ),
    "task": ("Ihre Aufgaben\nBagger fahren", {"dig": ("must", TRUST.task)}),
    "nowhere": ("Wir suchen dich. Bagger fahren macht Freude", {"dig": ("must", TRUST.nowhere)}),
    "not asked": ("Ihr Profil\nSchweißen ist nicht erforderlich", {}),
    "offered": ("Ihr Profil\nFreude\nWir bieten\nKurse im Schweißen", {}),
    "scattered": (
        "Ihr Profil\nBagger sicher im Tagebau fahren",
        {"dig": ("must", round(TRUST.heading * TRUST.scattered, 3))},
    ),
    "two of one name": (
        "Ihr Profil\nNetze planen",
        {name: ("must", round(TRUST.heading * TRUST.ambiguous, 3)) for name in ("nets", "nets-too")},
    ),
    "English": (
        "Your profile\nWelding\nNice to have: drive diggers",
        {"weld": ("must", TRUST.heading), "dig": ("nice", TRUST.heading)},
    ),
    "Dutch": (
        "Functie-eisen\nlassen\nBesturingen programmeren is een pré",
        {"weld": ("must", 0.85), "plc": ("nice", 0.9)},
    ),
    "French": ("Votre profil\nSouder serait un plus", {"weld": ("nice", 0.9)}),
}


def stands(reading: DemandReading, text: str) -> bool:
    """Return whether the words stand where they are said to, one piece after the other."""
    first, *rest = reading.words.split(" … ")
    where = text[reading.start : reading.end]
    at = len(first)
    for piece in rest:
        at = where.index(piece, at) + len(piece)
    return where.startswith(first) and at == len(where)


@pytest.mark.parametrize("case", TEXTS)
def test_what_a_text_asks(reader: DemandReader, case: str) -> None:
    """A skill is a must, welcome or not asked as its sentence says, else as the heading above it does."""
    text, expected = TEXTS[case]
    readings = reader.read(text)
    assert {reading.skill_id: (reading.demand, reading.confidence) for reading in readings} == expected
    for reading in readings:
        assert stands(reading, text)


def test_the_surest_reading_counts(reader: DemandReader) -> None:
    """Of a skill that stands in a text twice the surer reading is taken; what is not sure enough is not."""
    readings = reader.read("Ihre Aufgaben\nSchweißen und Bagger fahren\nIhr Profil\nSchweißen von Vorteil")
    assert [(reading.skill_id, reading.confidence) for reading in readings] == [
        ("weld", 0.6),
        ("dig", 0.6),
        ("weld", 0.9),
    ]
    sure = sure_demands(readings, 0.7)
    assert {skill: reading.demand for skill, reading in sure.items()} == {"weld": "nice"}


def test_what_stands_between_is_not_kept(reader: DemandReader) -> None:
    """Of words that others part only they themselves are kept: a name may stand between."""
    [found] = reader.read("Ihr Profil\nSie werden Bagger mit Frau Musterfrau im Tagebau fahren")
    assert found.words == "Bagger … fahren"


@settings(max_examples=40)
@given(st.text(alphabet="Schweißen .:\nIhrPofl•Baggerfahren!-/", max_size=100))
def test_any_text(text: str) -> None:
    """Whatever a text holds, words that are read stand where they are said to, with a confidence."""
    for reading in _READER.read(text):
        assert stands(reading, text)
        assert 0 < reading.confidence <= 1


_READER = DemandReader(LABELS)
