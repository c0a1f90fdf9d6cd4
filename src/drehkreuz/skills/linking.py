# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Free text to occupations: which titles of the taxonomy are spelt most like what a person wrote."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl
from scipy import sparse

from drehkreuz.skills.text import words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from numpy.typing import NDArray

SHORTEST_PIECE: Final = 2
LONGEST_PIECE: Final = 5

CONCEPT_SHARE: Final = 0.3
"""Share of the score that all titles of a concept together have; assumed; with 0.2 to 0.4
equally many of the links made by people are found first."""

EQUAL_CONCEPT_SHARE: Final = 0.03
"""The same for a title equal to the text: enough to tell concepts with equal titles apart; assumed."""

TRUST: Final = {"preferred": 1.0, "alternative": 0.95, "hidden": 0.9}
"""Factor on the score by kind of label; assumed: a concept's own name goes before a by-name."""

LEAST_SCORE: Final = 0.2
"""Below it common letters are chance; assumed."""

MARGIN: Final = 0.1
"""Concepts this close to the best cannot be told apart by spelling: all are returned; assumed."""


@dataclass(frozen=True, slots=True)
class Link:
    """
    A concept that a text may mean.

    Attributes:
        concept_id: The concept.
        label: Its preferred label in the language that matched, else the title that matched.
        language: Language of the title that matched, ISO 639-1.
        score: 0 to 1; above 0.9 nearly always the very words of a title.
        matched_text: The title that matched.
    """

    concept_id: str
    label: str
    language: str
    score: float
    matched_text: str


class TitleIndex:
    """
    An index over the titles of a taxonomy, in every language it has.

    A text and a title are compared by the cosine of their pieces of two to five letters, within words, weighted by
    1 + ln(count) and by rarity: so compounds (Abraumbaggerfahrer, Baggerfahrer) and typing errors still meet. With
    c the cosine with a title, C with all titles of its concept in that language together, and t the trust in its kind,
    its score is t · (0.7 c + 0.3 C), and t · (0.97 c + 0.03 C) if it equals the text; a concept has that of its best.

    Source:
        Salton, Buckley: Term-weighting approaches in automatic text retrieval. Inf. Process. Manag. 24 (1988).
    """

    def __init__(self, labels: pl.DataFrame, *, concept: str = "occupation") -> None:
        """
        Build the index.

        Args:
            labels: Region table `labels`.
            concept: Which concepts to link to, a value of that column.
        """
        titles = _titles(labels.filter(pl.col("concept") == concept))
        self._texts = titles["text"].to_list()
        self._trust = titles["kind"].replace_strict(TRUST, return_dtype=pl.Float64).to_numpy()
        self._rows_of_form: dict[str, list[int]] = {}
        for row, form in enumerate(titles["form"]):
            self._rows_of_form.setdefault(form, []).append(row)

        starts = _starts(titles["concept_id"], titles["language"])
        groups = titles[starts]
        self._group_starts = starts
        self._group_of_title = np.repeat(np.arange(len(starts)), np.diff([*starts, len(titles)]))
        self._concepts = groups["concept_id"].to_list()
        self._languages = groups["language"].to_list()
        self._labels = _preferred(titles, starts)
        counts, self._pieces = _count_pieces([form.split(" ") for form in titles["form"]])
        self._rarity = _rarity(counts)
        self._titles = _weighted(counts, self._rarity)
        self._groups = _weighted(_membership(self._group_of_title, len(starts)) @ counts, self._rarity)

    def __len__(self) -> int:
        return len(self._texts)

    def link(self, text: str, *, languages: Collection[str] | None = None, top: int = 5) -> list[Link]:
        """
        Return the concepts that the text may mean, best first.

        Args:
            text: A title as a person writes it; years of experience, gender notes and employers may stand in it.
            languages: Languages of the titles looked at; None: all.
            top: How many at least, where there are so many; all within `MARGIN` of the best are returned beyond.

        Returns:
            Each concept once, by its best title; empty if nothing resembles the text.
        """
        spelt = words([text])[0]
        if not spelt or not self._texts:
            return []
        titles, groups = self._similarities(spelt)
        of_concept = groups[self._group_of_title]
        share = np.full(len(titles), CONCEPT_SHARE)
        share[self._rows_of_form.get(" ".join(spelt), [])] = EQUAL_CONCEPT_SHARE
        scores = self._trust * ((1 - share) * titles + share * of_concept)
        best = np.maximum.reduceat(scores, self._group_starts)
        if languages is not None:
            best[[language not in languages for language in self._languages]] = 0.0
        return self._ranked(scores, best, top)

    def _similarities(self, spelt: list[str]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the cosine of the words with every title and with every concept and language."""
        counts = Counter(chain.from_iterable(map(_split, spelt)))
        never_seen = np.log(1 + len(self._texts)) + 1
        known = [(self._pieces[piece], count) for piece, count in counts.items() if piece in self._pieces]
        columns, number = np.array(known, dtype=np.int64).reshape(-1, 2).T
        weights = (1 + np.log(number)) * self._rarity[columns]
        unknown = np.array([count for piece, count in counts.items() if piece not in self._pieces], dtype=np.float64)
        length = np.sqrt(np.sum(weights**2) + np.sum(((1 + np.log(unknown)) * never_seen) ** 2))
        query = (weights / length).astype(np.float32)
        return _dot(self._titles, columns, query), _dot(self._groups, columns, query)

    def _ranked(self, scores: NDArray[np.float64], best: NDArray[np.float64], top: int) -> list[Link]:
        links: dict[str, Link] = {}
        highest = float(best.max())
        for group in np.argsort(-best, kind="stable"):
            score = float(best[group])
            if score < LEAST_SCORE or (len(links) >= top and score < highest - MARGIN):
                break
            concept = self._concepts[group]
            if concept not in links:
                start = self._group_starts[group]
                row = start + int(np.argmax(scores[start : self._end(group)]))
                label = self._labels[group] or self._texts[row]
                links[concept] = Link(concept, label, self._languages[group], min(score, 1.0), self._texts[row])
        return list(links.values())

    def _end(self, group: int) -> int:
        return int(self._group_starts[group + 1]) if group + 1 < len(self._group_starts) else len(self._texts)


def _titles(labels: pl.DataFrame) -> pl.DataFrame:
    """Return one row for each concept, language and spelling, the most preferred label of each, in a fixed order."""
    forms = [" ".join(form) for form in words(labels["text"].to_list())]
    trust = pl.col("kind").replace_strict(TRUST, return_dtype=pl.Float64)
    return (
        labels.select("concept_id", "language", "kind", "text")
        .with_columns(pl.Series("form", forms, dtype=pl.String), trust.alias("trust"))
        .filter(pl.col("form") != "")
        .sort(
            "concept_id",
            "language",
            "trust",
            pl.col("text").str.len_chars(),
            "text",
            descending=[False, False, True, False, False],
        )
        .unique(["concept_id", "language", "form"], keep="first", maintain_order=True)
    )


def _starts(*columns: pl.Series) -> NDArray[np.int64]:
    """Return the rows at which one of the sorted columns changes, the first row included."""
    rows = np.arange(len(columns[0]))
    changes = np.logical_or.reduce([(column != column.shift()).fill_null(value=True).to_numpy() for column in columns])
    return rows[changes]


def _preferred(titles: pl.DataFrame, starts: NDArray[np.int64]) -> list[str | None]:
    """Return each group's preferred label, None where it has none; it stands first in its group."""
    first = titles[starts]
    return first.select(pl.when(pl.col("kind") == "preferred").then("text")).to_series().to_list()


def _split(word: str) -> Iterable[str]:
    """Yield the pieces of a word, its begin and end marked by a blank; a short word is a piece of its own."""
    marked = f" {word} "
    for size in range(SHORTEST_PIECE, LONGEST_PIECE + 1):
        if size >= len(marked):
            yield marked
            return
        for start in range(len(marked) - size + 1):
            yield marked[start : start + size]


def _count_pieces(titles: Sequence[Sequence[str]]) -> tuple[sparse.csr_array[Any], dict[str, int]]:
    """Return how often each title (row) has each piece (column), and the columns of the pieces."""
    spelling: dict[str, int] = {}
    in_titles = _counts([[spelling.setdefault(word, len(spelling)) for word in title] for title in titles])
    pieces: dict[str, int] = {}
    in_words = _counts([[pieces.setdefault(piece, len(pieces)) for piece in _split(word)] for word in spelling])
    return (in_titles @ in_words).tocsr(), pieces


def _counts(rows: Sequence[Sequence[int]]) -> sparse.csr_array[Any]:
    """Return the sparse matrix of how often each row holds each number."""
    ends = np.cumsum([0, *(len(row) for row in rows)])
    values = np.fromiter(chain.from_iterable(rows), dtype=np.int32, count=int(ends[-1]))
    shape = (len(rows), int(values.max(initial=-1)) + 1)
    counted = sparse.csr_array((np.ones(len(values), dtype=np.float32), values, ends), shape=shape)
    counted.sum_duplicates()
    return counted


def _membership(group_of_title: NDArray[np.int64], groups: int) -> sparse.csr_array[Any]:
    """Return the matrix (groups × titles) that adds up the titles of each group."""
    titles = np.arange(len(group_of_title))
    ones = np.ones(len(titles), dtype=np.float32)
    return sparse.csr_array((ones, (group_of_title, titles)), shape=(groups, len(titles)))


def _rarity(counts: sparse.csr_array[Any]) -> NDArray[np.float64]:
    """Return 1 + ln((1 + n) / (1 + titles with the piece)) of each piece."""
    titles, pieces = counts.shape
    holders = np.bincount(counts.indices, minlength=pieces)
    return np.log((1 + titles) / (1 + holders)) + 1


def _weighted(counts: sparse.csr_array[Any], rarity: NDArray[np.float64]) -> sparse.csc_array[Any]:
    """Return the rows as (1 + ln count) · rarity, each of length 1, by columns."""
    weights = (1 + np.log(counts.data)) * rarity[counts.indices]
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    lengths = np.sqrt(np.bincount(rows, weights**2, minlength=counts.shape[0]))
    data = (weights / lengths[rows]).astype(np.float32)
    return sparse.csr_array((data, counts.indices, counts.indptr), shape=counts.shape).tocsc()


def _dot(
    matrix: sparse.csc_array[Any], columns: NDArray[np.int64], weights: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Return the product of the matrix with a vector that is zero outside the columns."""
    return (matrix[:, columns] @ weights).astype(np.float64)
