# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a person can do, as they say it: phrases of a text and the occupations, skills and awards each may mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import polars as pl

from drehkreuz.region import Region
from drehkreuz.skills.linking import Link, TitleIndex
from drehkreuz.skills.text import parse_years, words

LONGEST: Final = 2_000
"""Characters of a text that is read."""

MOST_PHRASES: Final = 30
"""Phrases of a text that are looked up."""

SURE: Final[dict[str, float]] = {"occupation": 0.5, "skill": 0.6, "qualification": 0.7}
"""Score from which the best meaning of a phrase is taken until the person says otherwise; assumed."""

POSSIBLE: Final[dict[str, float]] = {"occupation": 0.38, "skill": 0.48, "qualification": 0.5}
"""Score from which a meaning is offered; assumed."""

OFFERED: Final[dict[str, int]] = {"occupation": 3, "skill": 3, "qualification": 2}
"""Most meanings of one phrase that are offered."""

CLOSE: Final = 0.12
"""A second meaning this close to the best makes a phrase ambiguous: none is taken for granted; assumed."""

_PHRASES: Final = re.compile(r"[.,;:\n!?()•]+|\s[-–—]\s|\s(?:und|and|sowie|oder|or|en|et)\s", re.IGNORECASE)
_SENTENCES: Final = re.compile(r"[.;\n!?]+")
_WISH: Final = re.compile(
    r"\b(?:möchte|möchten|will|wollte|würde|wünsche|träume|interessiere|want|would|wish|hope|dream|interested)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """
    What a phrase may mean.

    Attributes:
        kind: `occupation`, `skill` or `qualification`.
        concept_id: The concept.
        years: Years that the sentence tells of, for an occupation.
        taken: Taken as meant until the person says otherwise.
    """

    kind: str
    concept_id: str
    years: float | None
    taken: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """
    A piece of what somebody wrote.

    Attributes:
        text: As written.
        meanings: What it may mean, best first of each kind.
        wish: It says what the person would like, not what they can do: nothing is taken from it.
    """

    text: str
    meanings: tuple[Meaning, ...]
    wish: bool

    @property
    def ambiguous(self) -> bool:
        """Whether it may mean occupations of which none is taken."""
        occupations = [meaning for meaning in self.meanings if meaning.kind == "occupation"]
        return bool(occupations) and not any(meaning.taken for meaning in occupations)


def understand(region: Region, text: str) -> list[Phrase]:
    """
    Return the phrases of a text with what each may mean; phrases that resemble nothing have no meaning.

    A sentence with a word of wishing (`möchte`, `would like` …) tells no ability.
    """
    phrases = []
    for sentence in _SENTENCES.split(text[:LONGEST]):
        years, wish = parse_years(sentence, region.manifest.day), bool(_WISH.search(sentence))
        for piece in _PHRASES.split(sentence):
            written = piece.strip(" \t\r\"'„“”«»-–")
            if len(written) >= 3 and words([written])[0]:
                phrases.append(Phrase(written, () if wish else _meanings(region, written, years), wish))
    return phrases[:MOST_PHRASES]


def _meanings(region: Region, written: str, years: float | None) -> tuple[Meaning, ...]:
    """
    Return what a phrase may mean.

    Words that name a skill better than an occupation ("Gabelstapler fahren") tell an ability, no occupation held, unless they
    say for how long.
    """
    links = {
        kind: [link for link in index(region, kind).link(written, top=3) if link.score >= least][: OFFERED[kind]]
        for kind, least in POSSIBLE.items()
    }
    clear = {kind: _clear(found, kind) for kind, found in links.items()}
    occupation, skill = clear["occupation"], clear["skill"]
    if occupation and skill and skill.score > occupation.score and parse_years(written) is None:
        clear["occupation"] = None
    return tuple(
        Meaning(kind, link.concept_id, years, link is clear[kind]) for kind, found in links.items() for link in found
    )


def _clear(links: list[Link], kind: str) -> Link | None:
    """Return the best link where it is good and no other comes close, or its words are the very title."""
    if not links or links[0].score < SURE[kind]:
        return None
    alone = len(links) == 1 or links[0].score - links[1].score > CLOSE or links[0].score > 0.9
    return links[0] if alone else None


@lru_cache(maxsize=12)
def index(region: Region, kind: str) -> TitleIndex:
    """Return the titles of all occupations, skills or qualifications of a region."""
    if kind == "qualification":
        awards = region.table("qualifications")
        labels = pl.concat(
            awards.select(
                concept_id="qualification_id",
                concept=pl.lit("occupation"),
                language=pl.lit(language),
                kind=pl.lit("preferred"),
                text=f"label_{language}",
            ).drop_nulls("text")
            for language in ("de", "en")
        )
        return TitleIndex(labels)
    column, table = f"{kind}_id", f"{kind}s"
    known = region.table(table)[column].implode()
    return TitleIndex(
        region.table("labels").filter(concept=kind).filter(pl.col("concept_id").is_in(known)), concept=kind
    )
