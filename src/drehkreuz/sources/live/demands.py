# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Which skills a post must have and would like, read in the words of its text, with where and how sure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Final, Literal

import polars as pl

from drehkreuz.skills.linking import Link, TitleIndex
from drehkreuz.skills.text import words

Demand = Literal["must", "nice"]


@dataclass(frozen=True, slots=True)
class DemandTrust:
    """
    How sure it is that a skill named in a text is asked in that way; all assumed, for want of posts that people have marked.

    The trust in the kind of label that stands there (preferred, by-name, hidden) is multiplied on.

    Attributes:
        cue: Its own sentence says so: "… ist von Vorteil".
        heading: It stands below a heading that says so: "Ihr Profil".
        task: It stands below a heading of tasks: who does it can do it, but may learn it there.
        nowhere: It stands anywhere else.
        scattered: Factor where other words stand between the words of its name.
        ambiguous: Factor where the words name several skills.
    """

    cue: float = 0.9
    heading: float = 0.85
    task: float = 0.6
    nowhere: float = 0.4
    scattered: float = 0.8
    ambiguous: float = 0.7


TRUST: Final = DemandTrust()

LONGEST_HEADING: Final = 60
"""Characters of a line that may be a heading (assumed)."""

LONGEST_CLAUSE: Final = 500
"""Characters of a sentence that are read (assumed); what stands beyond is no sentence."""

FURTHER_WORDS: Final = 3
"""Words that may follow in a heading: "Ihr Profil als Elektronikerin" (assumed)."""

_CLAUSE: Final = re.compile(r"[^.;!?•·|]+(?:\.(?=\w)[^.;!?•·|]+)*")
_WORD: Final = re.compile(r"\w(?:[\w./:*-]*\w)?")


@dataclass(frozen=True, slots=True, order=True)
class DemandReading:
    """
    A skill that a text asks.

    Attributes:
        start: Characters of the text before the words that name it.
        end: Characters up to their end.
        skill_id: The skill.
        demand: Whether it is a must or would be nice.
        words: The words as they stand, "…" for others between them.
        confidence: How sure the reading is, by `DemandTrust`.
    """

    start: int
    end: int
    skill_id: str
    demand: Demand
    words: str
    confidence: float


class DemandReader:
    """Reads the texts of posts against the skills of a taxonomy."""

    def __init__(self, labels: pl.DataFrame) -> None:
        """
        Build the reader.

        Args:
            labels: Region table `labels`; names of skills are used, in every language.
        """
        self._skills = TitleIndex(labels, concept="skill")

    def read(self, text: str) -> list[DemandReading]:
        """
        Return the skills that a text asks, in its order, each at every place where it stands.

        What stands below headings of what the employer offers, and what a sentence says is not asked, is not returned.

        Args:
            text: As `ad_text` gives it.
        """
        found: set[DemandReading] = set()
        section = ""
        at = 0
        for line in text.split("\n"):
            opened, rest = _opened(line)
            section = section if opened is None else opened
            if section != "other":
                for clause in _CLAUSE.finditer(line, rest):
                    found.update(self._clause(clause.group()[:LONGEST_CLAUSE], at + clause.start(), section))
            at += len(line) + 1
        return sorted(found)

    def _clause(self, clause: str, at: int, section: str) -> Iterator[DemandReading]:
        cue = _cue(clause)
        if cue == "not_asked":
            return
        demand: Demand = "nice" if (cue or section) == "nice" else "must"
        sure = TRUST.cue if cue else _SURE_OF_SECTION.get(section, TRUST.nowhere)
        links = self._skills.spot(clause)
        tokens = [(token.start(), token.end()) for token in _WORD.finditer(clause)]
        forms = [set(form) for form in words([clause[start:end] for start, end in tokens])]
        standing = [_places(link, forms) for link in links]
        for link, places in zip(links, standing, strict=True):
            if not places:
                continue
            between = [form for form in forms[places[0] : places[-1] + 1] if form]
            factor = TRUST.scattered if len(between) > len(places) else 1.0
            factor *= TRUST.ambiguous if standing.count(places) > 1 else 1.0
            start, end = tokens[places[0]][0], tokens[places[-1]][1]
            confidence = round(sure * link.score * factor, 3)
            told = _told(clause, [tokens[place] for place in places])
            yield DemandReading(at + start, at + end, link.concept_id, demand, told, confidence)


def sure_demands(readings: Iterable[DemandReading], least: float) -> dict[str, DemandReading]:
    """Return for each skill that is read surely the surest reading; of equally sure ones the first."""
    chosen: dict[str, DemandReading] = {}
    for reading in sorted(readings, key=lambda reading: (-reading.confidence, reading)):
        if reading.confidence >= least:
            chosen.setdefault(reading.skill_id, reading)
    return dict(sorted(chosen.items()))


_SURE_OF_SECTION: Final = {"must": TRUST.heading, "nice": TRUST.heading, "task": TRUST.task}


def _places(link: Link, forms: list[set[str]]) -> list[int]:
    """Return the tokens that name a skill, ascending; none where one of its words is not among them."""
    wanted = words([link.matched_text])[0]
    places = [next((place for place, form in enumerate(forms) if word in form), None) for word in wanted]
    told = {place for place in places if place is not None}
    return [] if None in places else sorted(told)


def _told(clause: str, tokens: list[tuple[int, int]]) -> str:
    """Return the words of tokens alone: what stands between may be anything, a name even."""
    told = clause[tokens[0][0] : tokens[0][1]]
    for (_, before), (start, end) in pairwise(tokens):
        between = clause[before:start]
        told += (between if not between.strip(" -,/") else " … ") + clause[start:end]
    return told


@lru_cache(maxsize=8192)  # posts of one employer share their lines
def _opened(line: str) -> tuple[str | None, int]:
    """Return the section that a line opens, if it does, and where what is not heading begins in it."""
    head, colon, _ = line.partition(":")
    head = head if colon else line
    if len(head) > LONGEST_HEADING or (not colon and "." in head):
        return None, 0
    bare = " ".join(_WORD.findall(head.casefold()))
    for section in ("nice", "must", "task", "other"):
        for phrase in _phrases()[f"{section}.heading"]:
            opens = bare.startswith(f"{phrase} ") and bare.count(" ") - phrase.count(" ") <= FURTHER_WORDS
            if bare == phrase or opens or (colon and _stands(phrase, bare)):
                return section, len(head) + len(colon)
    return None, 0


def _cue(clause: str) -> str | None:
    bare = " ".join(_WORD.findall(clause.casefold()))
    for kind in ("not_asked", "nice", "must"):
        if any(_stands(phrase, bare) for phrase in _phrases()[f"{kind}.cue"]):
            return kind
    return None


def _stands(phrase: str, bare: str) -> bool:
    return f" {phrase} " in f" {bare} "


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    """Return the phrases of all languages by section and use, the longest first."""
    listed = tomllib.loads(files(__package__).joinpath("section_words.toml").read_text(encoding="utf-8"))
    return {
        f"{section}.{use}": tuple(
            sorted(
                {" ".join(_WORD.findall(phrase.casefold())) for phrases in by_language.values() for phrase in phrases},
                key=lambda phrase: (-len(phrase), phrase),
            )
        )
        for section, uses in listed.items()
        for use, by_language in uses.items()
    }
