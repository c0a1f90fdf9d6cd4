# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from drehkreuz.skills import taxonomy
from drehkreuz.skills.neighbours import Neighbours, NeighbourWeights
from drehkreuz.skills.text import words
from skills.taxonomies import asks

if TYPE_CHECKING:
    from drehkreuz.region import Region

OCCUPATIONS = {"digger": "8342", "dozer": "8342", "baker": "7512", "crane": "8343", "poet": None}
ASKED = {
    "digger": ("dig safety", "weld"),
    "dozer": ("push safety", "dig"),
    "baker": ("knead", "oven"),
    "crane": ("lift safety", ""),
    "poet": ("", ""),
}
GROUPS = {"dig": "earth", "push": "earth", "lift": "load", "safety": "law", "knead": "food", "oven": "food"}
NAMES = [
    ("digger", "de", "preferred", "Baggerfahrer"),
    ("digger", "en", "preferred", "excavator operator"),
    ("dozer", "de", "preferred", "Planierraupenfahrer"),
    ("baker", "de", "preferred", "Bäcker"),
    ("crane", "en", "preferred", "crane operator"),
    ("poet", "de", "preferred", "Dichter"),
]
KINDS = ("skills", "groups", "classification", "words", "pieces")


@pytest.fixture(scope="module")
def region(make_region: Any) -> Region:
    return make(make_region, list(OCCUPATIONS))


def make(make_region: Any, order: list[str]) -> Region:
    skills = sorted({skill for pair in ASKED.values() for text in pair for skill in text.split()})
    return make_region(
        occupations=[{"occupation_id": name, "isco08": OCCUPATIONS[name]} for name in order],
        skills=[{"skill_id": skill} for skill in skills],
        occupation_skills=[
            row for name in order for row in asks(name, essential=ASKED[name][0], optional=ASKED[name][1])
        ],
        broader=[{"concept_id": s, "broader_id": g, "concept": "skill"} for s, g in GROUPS.items()],
        labels=[
            {"concept_id": c, "concept": "occupation", "language": language, "kind": kind, "text": text}
            for c, language, kind, text in NAMES
        ],
    )


def only(kind: str) -> NeighbourWeights:
    return NeighbourWeights(**(dict.fromkeys(KINDS, 0.0) | {kind: 1.0}))


def plain(kind: str, left: str, right: str) -> float:
    """Return one kind of evidence by its formula, with dictionaries and loops."""
    if kind == "classification":
        a, b = OCCUPATIONS[left] or "", OCCUPATIONS[right] or ""
        return sum(a[:k] == b[:k] for k in range(1, min(len(a), len(b)) + 1)) / 4

    def counts(name: str) -> Counter[str]:
        skills = [skill for text in ASKED[name] for skill in text.split()]
        spelt = [word for c, _, _, text in NAMES if c == name for word in words([text])[0]]
        marked = [f" {word} " for word in spelt]
        return {
            "skills": Counter(skills),
            "groups": Counter(GROUPS[skill] for skill in skills if skill in GROUPS),
            "words": Counter(spelt),
            "pieces": Counter(m[i : i + n] for m in marked for n in range(2, 6) for i in range(len(m) - n + 1)),
        }[kind]

    held = Counter(item for name in OCCUPATIONS for item in counts(name))

    def vector(name: str) -> dict[str, float]:
        n = len(OCCUPATIONS)
        raw = {i: (1 + math.log(c)) * (math.log((1 + n) / (1 + held[i])) + 1) for i, c in counts(name).items()}
        length = math.sqrt(sum(w * w for w in raw.values())) or 1.0
        return {i: w / length for i, w in raw.items()}

    a, b = vector(left), vector(right)
    return sum(w * b.get(i, 0.0) for i, w in a.items())


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_by_its_formula(region: Region, kind: str) -> None:
    """Every kind of evidence gives what its formula gives."""
    index = Neighbours(region, taxonomy(region), only(kind))
    expected = [[plain(kind, a, b) for b in OCCUPATIONS] for a in OCCUPATIONS]
    assert index.similarity(range(len(index))) == pytest.approx(np.array(expected), abs=1e-5)


def test_kinds_are_weighed(region: Region) -> None:
    """All kinds together are their weighted mean, symmetric and between 0 and 1."""
    weights = NeighbourWeights(skills=2, groups=1, classification=0.5, words=0.3, pieces=0.2)
    tree = taxonomy(region)
    parts = {kind: Neighbours(region, tree, only(kind)).similarity(range(5)) for kind in KINDS}
    mean = sum(getattr(weights, kind) * part for kind, part in parts.items()) / 4.0
    together = Neighbours(region, tree, weights).similarity(range(5))
    assert together == pytest.approx(mean, abs=1e-6)
    assert together == pytest.approx(together.T)
    assert together.min() >= 0
    assert together.max() <= 1


def test_near(region: Region) -> None:
    """The nearest of an excavator operator drives a bulldozer, then a crane; the operator stands not in the own list."""
    tree = taxonomy(region)
    near = Neighbours(region, tree).near(tree.occupation_index["digger"], top=2)
    assert [tree.occupation_ids[o] for o, _ in near] == ["dozer", "crane"]
    assert len(Neighbours(region, tree).near(0, top=99)) < len(OCCUPATIONS)


def test_order_of_rows_does_not_matter(region: Region, make_region: Any) -> None:
    """Occupations in another order are as alike as before."""
    other = make(make_region, list(reversed(OCCUPATIONS)))
    straight = Neighbours(region, taxonomy(region)).similarity(range(5))
    turned = Neighbours(other, taxonomy(other)).similarity(range(5))
    assert turned[::-1, ::-1] == pytest.approx(straight, abs=1e-6)


def test_nothing_counts(region: Region) -> None:
    """Weights that are all zero are refused with the remedy."""
    with pytest.raises(ValueError, match="give one of the weights"):
        Neighbours(region, taxonomy(region), NeighbourWeights(0, 0, 0, 0, 0))
