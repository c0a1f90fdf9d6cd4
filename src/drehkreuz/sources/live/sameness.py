# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
Which posts of several feeds are one: the same employer, title and place, nothing said that differs, and a reason to believe it.

Two posts that are held to be one hide an opening; one that is listed twice costs a glance. So whatever speaks against
sameness decides, and what is joined is shown with its reason.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from math import cos, hypot, radians
from typing import Final, Literal

from drehkreuz.skills.text import fold, words

_LEGAL: Final = re.compile(r"(?:&|\+|\bund)\s*Co\b\.?|\be\.\s?[VKG]\b\.?|\bgGmbH\b", re.IGNORECASE)
"""Legal forms that are more than a word."""

Reason = Literal["same_id", "same_text", "same_facts"]

SHINGLE: Final = 4
"""Words of a sequence by which two texts are compared."""

LEAST_ALIKE: Final = 0.8
"""
Share of the word sequences of two texts that both have, from which on they are one text (assumed).

One changed word in a text of 100 words costs 4 of 97 sequences: 0.92; another sentence of ten words costs 13: 0.76.
"""

_TELLING: Final = re.compile(
    r"\d+|(?:fruh|spat|nacht|tag|wechsel|konti|dauer|wochenend)\w*(?:schicht|dienst|arbeit)\w*|schichtsystem|vollzeit|teilzeit|minijob"
    r"|befristet\w*|unbefristet\w*|sofort|full.time|part.time|night shift|early shift|late shift|weekend|permanent|temporary"
    r"|temps plein|temps partiel|de nuit|voltijds?|deeltijds?|nachtdienst|cdi|cdd"
    r"|januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember"
)
"""Folded words that tell two posts from one template apart: numbers, rota, hours, term, month of the start."""

LEAST_SEQUENCES: Final = 12
"""Sequences that a text must have to be compared (assumed): two headlines are alike by chance."""

SAME_PLACE_M: Final = 300.0
"""Metres between two points of one workplace (assumed): the gate and the middle of a site; branches lie farther apart."""

LEAST_ID: Final = 6
"""Characters of a number that two sources do not give to two posts of one employer, title and place by chance (assumed)."""

LONGEST_NAME: Final = 200
"""Characters of a name that are compared (assumed)."""

DEGREE_M: Final = 111_195.0
"""Metres of a degree of latitude."""


@dataclass(frozen=True)
class Shown:
    """
    A post or course as one source shows it.

    Attributes:
        source: Feed.
        source_id: Its id there, the feed's name before it.
        own: The source's own number; empty: none.
        employer: Who offers it; empty: not said, and then it is the same as no other.
        title: Title.
        point: Latitude and longitude; None: online.
        text: Text without tags; empty: none.
        facts: What the source says of it, by column; columns it does not speak of are left out.
        telling: Columns that two without texts must both speak of, and agree on.
    """

    source: str
    source_id: str
    own: str
    employer: str
    title: str
    point: tuple[float, float] | None
    text: str = field(repr=False)
    facts: Mapping[str, object]
    telling: tuple[str, ...]

    @cached_property
    def key(self) -> tuple[str, str]:
        """Employer and title in a form that two spellings of them share."""
        return name_form(self.employer), name_form(self.title)

    @cached_property
    def told(self) -> frozenset[str]:
        """Numbers and words about time that the text holds: of two posts from one template these alone differ."""
        return frozenset(_TELLING.findall(fold(self.text)))

    @cached_property
    def sequences(self) -> frozenset[tuple[str, ...]]:
        """All sequences of words of the text."""
        said = re.findall(r"[^\W_]+", fold(self.text))
        return frozenset(zip(*(said[start:] for start in range(SHINGLE)), strict=False))


@dataclass(frozen=True, slots=True)
class Sameness:
    """
    Why two are one.

    Attributes:
        reason: The same number, nearly the same text, or the same facts.
        alike: Share of word sequences that both texts have; None: there were no two texts.
    """

    reason: Reason
    alike: float | None


def name_form(name: str) -> str:
    """
    Return a name in one spelling: gender forms, umlauts, legal forms and the order of words do not tell; numbers do.

    "Bäckerei Muster GmbH & Co. KG" and "Baeckerei Muster" are one, "Kita 1" and "Kita 2" are two.
    """
    bare = _LEGAL.sub(" ", name[:LONGEST_NAME]).strip()
    told = words([bare])[0] if bare else []
    numbers = re.findall(r"\d+", fold(bare))
    return " ".join(sorted(told) + sorted(numbers))


def sameness(a: Shown, b: Shown) -> Sameness | None:
    """
    Return why two are one, None where they are two.

    Two of one source are always two: the source tells them apart. Else employer, title and place must be the same, and nothing
    that both speak of may differ. Then one of three is needed: the same number, texts that are nearly the same, or, where there are no
    two texts, agreement on all that would tell them apart. Texts are nearly the same only if they hold the same numbers and the same words
    about rota, hours, term and start.
    """
    if a.source == b.source or a.key != b.key or not all(a.key) or not _same_place(a, b):
        return None
    if any(b.facts[column] != fact for column, fact in a.facts.items() if column in b.facts):
        return None
    texts = min(len(a.sequences), len(b.sequences)) >= LEAST_SEQUENCES
    alike = round(len(a.sequences & b.sequences) / len(a.sequences | b.sequences), 4) if texts else None
    if a.own and a.own == b.own and len(a.own) >= LEAST_ID:
        return Sameness("same_id", alike)
    if alike is not None:
        return Sameness("same_text", alike) if alike >= LEAST_ALIKE and a.told == b.told else None
    agreed = all(column in a.facts and column in b.facts for column in a.telling)
    return Sameness("same_facts", None) if agreed else None


def pairs(shown: Iterable[Shown]) -> Iterator[tuple[Shown, Shown, Sameness]]:
    """
    Yield every two that are one.

    Only those are compared whose employer and title have one form and whose latitudes are near; that leaves out none.
    """
    blocks: defaultdict[tuple[str, str], list[Shown]] = defaultdict(list)
    for one in shown:
        blocks[one.key].append(one)
    band = SAME_PLACE_M / DEGREE_M
    for block in blocks.values():
        online = [one for one in block if one.point is None]
        placed = sorted((one for one in block if one.point is not None), key=_latitude)
        for a, b in combinations(online, 2):
            if (why := sameness(a, b)) is not None:
                yield a, b, why
        for place, a in enumerate(placed):
            for b in placed[place + 1 :]:
                if _latitude(b) - _latitude(a) > band:
                    break
                if (why := sameness(a, b)) is not None:
                    yield a, b, why


def groups(shown: Sequence[Shown]) -> list[list[tuple[Shown, Sameness | None]]]:
    """
    Return those that are one together, each with why it is the one it is most like.

    The likest pair is joined first. Two groups become one only if each of the one is the same as each of the other: what follows from a
    chain alone is not believed. In which order they are given makes no difference.

    Args:
        shown: All that are open, of all sources.

    Returns:
        Every one given, in one group each; groups and members by source and id. The reason is None in groups of one.
    """
    why: dict[frozenset[str], Sameness] = {}
    for a, b, reason in pairs(shown):
        why[frozenset((a.source_id, b.source_id))] = reason
    group = {one.source_id: [one.source_id] for one in shown}
    for couple, _ in sorted(why.items(), key=lambda item: (*(-part for part in _strength(item[1])), sorted(item[0]))):
        first, second = (group[name] for name in sorted(couple))
        if first is not second and all(frozenset((a, b)) in why for a in first for b in second):
            merged = sorted([*first, *second])
            group |= dict.fromkeys(merged, merged)
    by_id = {one.source_id: one for one in shown}
    found = []
    for members in sorted({tuple(members) for members in group.values()}):
        reasons = {
            name: max(
                (why[frozenset((name, other))] for other in members if other != name), key=_strength, default=None
            )
            for name in members
        }
        found.append([(by_id[name], reasons[name]) for name in members])
    return found


def _strength(why: Sameness) -> tuple[float, float]:
    return STRENGTH[why.reason], why.alike or 0.0


STRENGTH: Final[dict[Reason, float]] = {"same_id": 2.0, "same_text": 1.0, "same_facts": 0.0}


def _latitude(one: Shown) -> float:
    return 0.0 if one.point is None else one.point[0]


def _same_place(a: Shown, b: Shown) -> bool:
    if a.point is None or b.point is None:
        return a.point is b.point
    return metres(a.point, b.point) <= SAME_PLACE_M


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the distance between two points of one town, as on a plane."""
    north, east = a[0] - b[0], (a[1] - b[1]) * cos(radians((a[0] + b[0]) / 2))
    return DEGREE_M * hypot(north, east)
