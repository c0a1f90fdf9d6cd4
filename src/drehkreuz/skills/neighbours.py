# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How alike occupations are, on any taxonomy: in skills, in groups of skills, in classification, in names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl
from scipy import sparse

from drehkreuz.skills.pieces import count_pieces, count_words, rarity, unit_rows
from drehkreuz.skills.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from drehkreuz.region import Region
    from drehkreuz.skills.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class NeighbourWeights:
    """
    How much each kind of evidence counts; tuned on occupations that experts call related (O*NET).

    Without names: `NeighbourWeights(words=0, pieces=0)`.

    Attributes:
        skills: Skills asked, essential or optional.
        groups: Immediate broader concepts of these skills.
        classification: Leading digits of ISCO-08 in common.
        words: Words of the names.
        pieces: Two to five letters of the names: compounds and word families.
    """

    skills: float = 1.0
    groups: float = 1.0
    classification: float = 0.2
    words: float = 0.5
    pieces: float = 0.5


WEIGHTS: Final = NeighbourWeights()
DIGITS: Final = 4
"""Of an ISCO-08 unit group."""


class Neighbours:
    """
    An index over the occupations of a taxonomy, for search: symmetric, blind to pay and outlook.

        similarity(a, b) = Σ w(k) · cosine(a, b; k) / Σ w(k) over the kinds of evidence k,

    each a vector of (1 + ln count) · rarity, the classification the share of four leading digits in common. What a taxonomy does
    not give (names, codes, hierarchy) counts as nothing in common. An occupation is alike to itself by 1 if all is given.
    """

    def __init__(self, region: Region, taxonomy: Taxonomy, weights: NeighbourWeights = WEIGHTS) -> None:
        """
        Build the index.

        Args:
            region: Tables `occupations` (codes), `labels` (names) and `broader` (groups of skills).
            taxonomy: What its occupations ask.
            weights: How much each kind of evidence counts.

        Raises:
            ValueError: If no kind of evidence counts.
        """
        asks = _asks(taxonomy)
        titles = _titles(region, taxonomy)
        parts = [
            (weights.skills, unit_rows(asks, taxonomy.idf)),
            (weights.groups, _by_rarity((asks @ _under(region, taxonomy)).tocsr())),
            (weights.classification, _classification(region)),
            (weights.words, _by_rarity(count_words(titles)[0])),
            (weights.pieces, _by_rarity(count_pieces(titles)[0])),
        ]
        total = sum(weight for weight, _ in parts)
        if total <= 0:
            message = "no kind of evidence counts: give one of the weights a value above 0"
            raise ValueError(message)
        scaled = [np.sqrt(weight / total) * part.astype(np.float64) for weight, part in parts if weight > 0]
        self._vectors = sparse.hstack(scaled, format="csr")

    def __len__(self) -> int:
        return int(self._vectors.shape[0])

    def similarity(self, occupations: Iterable[int]) -> NDArray[np.float64]:
        """Return how alike some occupations are to all: float64[len(occupations), o], 0 to 1."""
        asked = self._vectors[list(occupations)]
        return np.asarray(np.clip((asked @ self._vectors.T).toarray(), 0.0, 1.0), dtype=np.float64)

    def near(self, occupation: int, top: int = 10) -> list[tuple[int, float]]:
        """Return the occupations most alike to one, itself left out, best first, ties by position."""
        alike = self.similarity([occupation])[0]
        alike[occupation] = -1.0
        order = np.argsort(-alike, kind="stable")[: min(top, len(alike) - 1)]
        return [(int(o), float(alike[o])) for o in order if alike[o] > 0.0]


def _asks(taxonomy: Taxonomy) -> sparse.csr_array[Any]:
    """Return the matrix of occupations and the skills they ask, essential or optional."""
    rows, columns = [], []
    for asked in (taxonomy.essential, taxonomy.optional):
        rows.append(np.repeat(np.arange(len(asked)), np.diff(asked.indptr)))
        columns.append(asked.indices)
    row, column = np.concatenate(rows), np.concatenate(columns)
    shape = (len(taxonomy.occupation_ids), len(taxonomy.skill_ids))
    return sparse.csr_array((np.ones(len(row)), (row, column)), shape=shape)


def _under(region: Region, taxonomy: Taxonomy) -> sparse.csr_array[Any]:
    """Return the matrix of skills and their immediate broader concepts."""
    broader = region.table("broader").filter(
        pl.col("concept") == "skill", pl.col("concept_id").is_in(list(taxonomy.skill_ids))
    )
    groups = {name: at for at, name in enumerate(broader["broader_id"].unique().sort())}
    skill = [taxonomy.skill_index[name] for name in broader["concept_id"]]
    group = [groups[name] for name in broader["broader_id"]]
    shape = (len(taxonomy.skill_ids), len(groups))
    return sparse.csr_array((np.ones(len(skill)), (skill, group)), shape=shape)


def _classification(region: Region) -> sparse.csr_array[Any]:
    """Return vectors whose product is the share of leading ISCO-08 digits in common."""
    codes = region.table("occupations")["isco08"].fill_null("").to_list()
    columns: dict[str, int] = {}
    leading = [[code[:k] for k in range(1, len(code[:DIGITS]) + 1)] for code in codes]
    pairs = [(o, columns.setdefault(start, len(columns))) for o, starts in enumerate(leading) for start in starts]
    row, column = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    data = np.full(len(row), np.sqrt(1 / DIGITS))
    return sparse.csr_array((data, (row, column)), shape=(len(codes), len(columns)))


def _titles(region: Region, taxonomy: Taxonomy) -> list[list[str]]:
    """Return the words of all names of each occupation, in every language."""
    labels = (
        region.table("labels")
        .filter(pl.col("concept") == "occupation", pl.col("concept_id").is_in(list(taxonomy.occupation_ids)))
        .sort("concept_id", "language", "text")
    )
    titles: list[list[str]] = [[] for _ in taxonomy.occupation_ids]
    for concept, spelt in zip(labels["concept_id"], words(labels["text"].to_list()), strict=True):
        titles[taxonomy.occupation_index[concept]] += spelt
    return titles


def _by_rarity(counts: sparse.csr_array[Any]) -> sparse.csr_array[Any]:
    return unit_rows(counts, rarity(counts))
