# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a person can do, as they say it: phrases of a text and the occupations, skills and awards each may mean."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

import polars as pl

from drehkreuz.region import Region, kept
from drehkreuz.skills.linking import Link, TitleIndex
from drehkreuz.skills.text import parse_years, words
from drehkreuz.skills.titles import titles_of
from drehkreuz_web.person.counted import in_figures

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
_TALK: Final = re.compile(
    r"\b(?:ich|wir|mir|mich|man|bin|war|waren|ist|sind|habe?|hatte|hab|kann|können|konnte|als|immer|auch|viel|lange|meist|"
    r"meistens|noch|schon|dann|danach|davor|früher|zuletzt|jetzt|zurzeit|gerade|eigentlich|beruflich|von beruf|so|was|da|dort|"
    r"gearbeitet|arbeite|arbeiten|gelernte?r?|ausgebildete?r?|gemacht|mache|machen|tätig|beschäftigt|gut|sehr|ganz|mein|"
    r"meine|meinen|meinem|einen|über|(?-i:[Mm]ag)|zwischen|jahrelang|hauptsächlich|beim|"
    r"i|i'm|i've|am|was|been|have|has|had|worked|working|work|can|could|my|as|an|always|mostly|also|very|good|then|now|"
    r"ik|ben|heb|was|gewerkt|werk|werkte|als|kan|mijn|altijd|ook|goed|"
    r"je|j'ai|j|ai|suis|été|travaillé|travaille|comme|peux|sais|mon|ma|mes|toujours|aussi|bien|dans)\b",
    re.IGNORECASE,
)
"""Words of telling about oneself, which no title needs; German, English, Dutch, French."""

_TONGUE: Final = re.compile(
    r"\W*(?:(?:deutsch|englisch|niederländisch|holländisch|französisch|arabisch|türkisch|polnisch|russisch|ukrainisch|spanisch|"
    r"italienisch|german|english|dutch|french|arabic|turkish|polish|russian|ukrainian|spanish|italian|duits|engels|nederlands|"
    r"frans|arabisch|turks|pools|allemand|anglais|néerlandais|français|arabe|turc|polonais|"
    r"[abc][12]|niveau|level|is|ist|est|muttersprache|fließend|fluent|native|vloeiend|courant|spreche|speak|spreek|parle|"
    r"sprachen?|etwas|little|beetje|peu|un|a|een|verstehe|lerne|learn)\b\W*)+",
    re.IGNORECASE,
)
"""What speaks of nothing but languages and their levels: asked on a page of its own."""

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
        years, wish = parse_years(in_figures(sentence), region.manifest.day), bool(_WISH.search(sentence))
        for piece in _PHRASES.split(sentence):
            written = piece.strip(" \t\r\"'„“”«»-–")
            said = _TALK.sub(" ", written)
            if len(written) >= 3 and words([said])[0] and not _TONGUE.fullmatch(said):
                phrases.append(Phrase(written, () if wish else _meanings(region, said, years), wish))
    return phrases[:MOST_PHRASES]


def _meanings(region: Region, said: str, years: float | None) -> tuple[Meaning, ...]:
    """
    Return what a phrase may mean: first the titles that stand in it word for word, then what is spelt alike.

    Words that name a skill better than an occupation ("Gabelstapler fahren") tell an ability, no occupation held, unless they
    say for how long.
    """
    found = {kind: _found(index(region, kind), said, kind) for kind in POSSIBLE}
    taken = {kind: _taken(links, said, kind) for kind, links in found.items()}
    spoken, able = (_best(found[kind], taken[kind]) for kind in ("occupation", "skill"))
    if able > spoken and parse_years(said) is None:
        taken["occupation"] = frozenset()
    return tuple(
        Meaning(kind, link.concept_id, years, link.concept_id in taken[kind])
        for kind, links in found.items()
        for link in links.offered
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """
    What resembles a phrase.

    Attributes:
        spotted: Titles that stand in it.
        linked: What is spelt like the whole of it, best first.
        offered: Both, each concept once.
    """

    spotted: list[Link]
    linked: list[Link]
    offered: list[Link]


def _found(titles: TitleIndex, said: str, kind: str) -> _Found:
    spotted = titles.spot(said)
    linked = [link for link in titles.link(said, top=3) if link.score >= POSSIBLE[kind]][: OFFERED[kind]]
    both = {link.concept_id: link for link in [*spotted, *linked]}
    return _Found(spotted, linked, list(both.values())[: max(OFFERED[kind], len(spotted))])


def _taken(found: _Found, said: str, kind: str) -> frozenset[str]:
    """
    Return what is taken for granted.

    A title that stands in the phrase is taken where it means one concept alone and nothing else is spelt better like the whole
    ("Lokführer Werkbahn" is not just "Lokführer"); an occupation or award not by a hidden name, which is a word for the place
    or the work ("Büro", "Regale einräumen") and no title. Without such a title, the best by spelling is taken, where it is clear.
    """
    clear = _clear(found.linked, said, kind)
    if not found.spotted:
        return frozenset() if clear is None else frozenset([clear.concept_id])
    meant = Counter(link.matched_text.casefold() for link in found.spotted)
    sure = frozenset(
        link.concept_id
        for link in found.spotted
        if meant[link.matched_text.casefold()] == 1 and (kind == "skill" or link.kind != "hidden")
    )
    if clear is None or clear.concept_id in {link.concept_id for link in found.spotted}:
        return sure
    if not sure:
        return frozenset([clear.concept_id])
    return frozenset() if kind == "occupation" else sure


def _clear(links: list[Link], said: str, kind: str) -> Link | None:
    """
    Return the best link where it is good and no other comes close, or its words are the very title.

    A single word that only begins a title ("Turbine": Turbinenmechaniker) says too little.
    """
    if not links or links[0].score < SURE[kind]:
        return None
    best, spelt = links[0], words([said])[0]
    title = words([best.matched_text])[0]
    if (kind != "skill" and best.kind == "hidden") or (kind != "qualification" and _begins(spelt, title)):
        return None
    alone = len(links) == 1 or best.score - links[1].score > CLOSE or best.score > 0.9
    return best if alone else None


def _begins(spelt: list[str], title: list[str]) -> bool:
    return len(spelt) == 1 and len(" ".join(title)) > len(spelt[0]) and title[0].startswith(spelt[0][:-1])


def _best(found: _Found, taken: frozenset[str]) -> float:
    """Return the score of the best of what is taken, 0 if nothing is."""
    return max((link.score for link in [*found.linked, *found.spotted] if link.concept_id in taken), default=0.0)


@kept
def index(region: Region, kind: str) -> TitleIndex:
    """
    Return the titles of all occupations, skills or qualifications of a region.

    An award that opens an occupation bears its name; whoever names the occupation has not yet said that they hold the award. So
    its name is hidden: asked, never taken for granted.
    """
    if kind == "qualification":
        awards = region.table("qualifications")
        labels = pl.concat(
            awards.select(
                concept_id="qualification_id",
                concept=pl.lit("occupation"),
                language=pl.lit(language),
                kind=pl.when(pl.col("occupation_id").is_null()).then(pl.lit("preferred")).otherwise(pl.lit("hidden")),
                text=f"label_{language}",
            ).drop_nulls("text")
            for language in ("de", "en")
        )
        short = labels.with_columns(text=pl.col("text").str.replace(r"\s*\(.*\)", ""))
        return TitleIndex(pl.concat([labels, short]).unique(["concept_id", "language", "text"], maintain_order=True))
    return titles_of(region.ground, "skill" if kind == "skill" else "occupation")
