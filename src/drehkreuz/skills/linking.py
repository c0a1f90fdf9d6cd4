# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Free text to occupations: which titles of the taxonomy are spelt most like what a person wrote."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl
from scipy import sparse

from drehkreuz.skills.pieces import Pieces, count_pieces
from drehkreuz.skills.text import words

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

CONCEPT_SHARE: Final = 0.3
"""Share of the score that all titles of a concept together have; assumed; with 0.2 to 0.4
equally many of the links made by people are found first."""

EQUAL_CONCEPT_SHARE: Final = 0.03
"""The same for a title equal to the text: enough to tell concepts with equal titles apart; assumed."""

TRUST: Final = {"preferred": 1.0, "alternative": 0.95, "hidden": 0.9}
"""Factor on the score by kind of label; assumed: a concept's own name goes before a by-name."""

GROUP_TRUST: Final = 0.8
"""The same for a concept that is linked to beside the one asked for: a group of occupations is a lesser answer; tuned."""

SKILLS_POWER: Final = 2.5
"""How much the names of skills say beside the titles; tuned, with 2 to 3.5 nearly the same."""

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
        score: 0 to 1; above 0.9 nearly always the very words of a title, where only titles are looked at.
        matched_text: The title that matched.
        kind: What the title that matched is to the concept: `preferred`, `alternative` or `hidden`.
    """

    concept_id: str
    label: str
    language: str
    score: float
    matched_text: str
    kind: str = "preferred"


class TitleIndex:
    """
    An index over the titles of a taxonomy, in every language it has.

    A text and a title are compared by the cosine of their `Pieces`, within words: so compounds (Abraumbaggerfahrer,
    Baggerfahrer) and typing errors still meet. With c the cosine with a title, C with all titles of its concept in that
    language together, and t the trust in its kind, its spelling is z = t · (0.7 c + 0.3 C), and t · (0.97 c + 0.03 C) if it
    equals the text. With S the cosine with the names of all skills that the concept asks, in the same language, its score
    is 1 - (1 - z) · (1 - S)^2.5: "Textilmaschinenführerin, Tufting" finds who operates tufting machines, and a text that
    is a title stays with it. A concept has the score of its best title.
    """

    def __init__(
        self,
        labels: pl.DataFrame,
        *,
        concept: str = "occupation",
        beside: str | None = None,
        asked: pl.DataFrame | None = None,
    ) -> None:
        """
        Build the index.

        Args:
            labels: Region table `labels`.
            concept: Which concepts to link to, a value of that column.
            beside: Further concepts to link to, less trusted: `occupation_group`.
            asked: Region table `occupation_skills`; None: only titles are looked at.
        """
        titles = _titles(labels.filter(pl.col("concept").is_in([concept, beside or concept])))
        self._texts = titles["text"].to_list()
        self._kinds = titles["kind"].to_list()
        trust = titles["kind"].replace_strict(TRUST, return_dtype=pl.Float64).to_numpy()
        self._trust = trust * np.where(titles["concept"] == concept, 1.0, GROUP_TRUST)
        self._rows_of_form: dict[str, list[int]] = {}
        for row, form in enumerate(titles["form"]):
            self._rows_of_form.setdefault(form, []).append(row)
        self._forms = [form.split(" ") for form in titles["form"]]
        self._rows_of_word: dict[str, list[int]] = {}
        for row, spelt in enumerate(self._forms):
            for word in dict.fromkeys(spelt):
                self._rows_of_word.setdefault(word, []).append(row)

        starts = _starts(titles["concept_id"], titles["language"])
        groups = titles[starts]
        self._group_starts = starts
        self._group_of_title = np.repeat(np.arange(len(starts)), np.diff([*starts, len(titles)]))
        self._concepts = groups["concept_id"].to_list()
        self._languages = groups["language"].to_list()
        self._labels = _preferred(titles, starts)
        counts, columns = count_pieces(self._forms)
        self._pieces = Pieces(counts, columns)
        self._titles = self._pieces.rows(counts)
        self._groups = self._pieces.rows(_membership(self._group_of_title, len(starts)) @ counts)
        self._skills = None if asked is None else _SkillNames(groups, labels, asked)

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
        columns, weights = self._pieces.query(spelt)
        titles = self._titles.cosines(columns, weights)
        of_concept = self._groups.cosines(columns, weights)[self._group_of_title]
        spelling = (1 - CONCEPT_SHARE) * titles + CONCEPT_SHARE * of_concept
        equal = self._rows_of_form.get(" ".join(spelt), [])
        spelling[equal] = (1 - EQUAL_CONCEPT_SHARE) * titles[equal] + EQUAL_CONCEPT_SHARE * of_concept[equal]
        spelling *= self._trust
        best = np.maximum.reduceat(spelling, self._group_starts)
        if self._skills is not None:
            names = self._skills.cosines(spelt)
            named = np.flatnonzero(names)
            best[named] = 1 - (1 - best[named]) * (1 - names[named]).clip(0.0) ** SKILLS_POWER
        if languages is not None:
            best[[language not in languages for language in self._languages]] = 0.0
        return self._ranked(spelling, best, top)

    def spot(self, text: str) -> list[Link]:
        """
        Return the concepts whose titles stand in the text, all their words in any order and the spelling of `words`.

        A title all of whose words belong to a longer one that stands there too is left out: who drives a "Bagger im Tagebau"
        is not asked about "Bagger". German puts a verb last, so the words need not be neighbours: "Regale im Markt einräumen".

        Args:
            text: A phrase or a sentence.

        Returns:
            In the order of the text, all concepts of a title, each concept once. The score is the trust in the kind of title.
        """
        spelt = words([text])[0]
        place = {word: i for i, word in enumerate(spelt)}
        standing = Counter(row for word in place for row in self._rows_of_word.get(word, ()))
        spots = {row: frozenset(self._forms[row]) for row, n in standing.items() if n == len(set(self._forms[row]))}
        whole = {form for form in spots.values() if not any(form < other for other in spots.values())}
        found = [row for row, form in spots.items() if form in whole]
        links: dict[str, Link] = {}
        for row in sorted(found, key=lambda row: (min(place[word] for word in spots[row]), -self._trust[row], row)):
            link = self._link(row, float(self._trust[row]))
            links.setdefault(link.concept_id, link)
        return list(links.values())

    def _link(self, row: int, score: float) -> Link:
        group = int(self._group_of_title[row])
        label = self._labels[group] or self._texts[row]
        concept, language = self._concepts[group], self._languages[group]
        return Link(concept, label, language, min(score, 1.0), self._texts[row], self._kinds[row])

    def _ranked(self, scores: NDArray[np.float64], best: NDArray[np.float64], top: int) -> list[Link]:
        links: dict[str, Link] = {}
        highest = float(best.max())
        likely = np.flatnonzero(best >= LEAST_SCORE)
        for group in likely[np.argsort(-best[likely], kind="stable")]:
            score = float(best[group])
            if len(links) >= top and score < highest - MARGIN:
                break
            concept = self._concepts[group]
            if concept not in links:
                start = self._group_starts[group]
                row = start + int(np.argmax(scores[start : self._end(group)]))
                links[concept] = self._link(row, score)
        return list(links.values())

    def _end(self, group: int) -> int:
        return int(self._group_starts[group + 1]) if group + 1 < len(self._group_starts) else len(self._texts)


class _SkillNames:
    """The names of the skills that each concept asks, in the language of the group of titles."""

    def __init__(self, groups: pl.DataFrame, labels: pl.DataFrame, asked: pl.DataFrame) -> None:
        named = (
            labels.filter(concept="skill", kind="preferred")
            .join(groups.select("language").unique(), on="language", how="semi")
            .join(asked, left_on="concept_id", right_on="skill_id", how="semi")
            .sort("concept_id", "language", "text")
            .unique(["concept_id", "language"], keep="first", maintain_order=True)
            .with_row_index("name")
        )
        pairs = (
            groups.select(pl.int_range(pl.len()).alias("group"), "concept_id", "language")
            .join(asked.select("occupation_id", "skill_id"), left_on="concept_id", right_on="occupation_id")
            .join(named, left_on=["skill_id", "language"], right_on=["concept_id", "language"])
        )
        counts, columns = count_pieces(words(named["text"].to_list()))
        ones = np.ones(len(pairs), dtype=np.float32)
        asks = sparse.csr_array((ones, (pairs["group"], pairs["name"])), shape=(len(groups), len(named)))
        together = (asks @ counts).tocsr()
        self._pieces = Pieces(together, columns)
        self._names = self._pieces.rows(together)

    def cosines(self, spelt: list[str]) -> NDArray[np.float64]:
        """Return the cosine of the words with the names of each group's skills, 0 where it has none."""
        return self._names.cosines(*self._pieces.query(spelt))


def _titles(labels: pl.DataFrame) -> pl.DataFrame:
    """Return one row for each concept, language and spelling, the most preferred label of each, in a fixed order."""
    forms = [" ".join(form) for form in words(labels["text"].to_list())]
    trust = pl.col("kind").replace_strict(TRUST, return_dtype=pl.Float64)
    return (
        labels.select("concept_id", "concept", "language", "kind", "text")
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


def _membership(group_of_title: NDArray[np.int64], groups: int) -> sparse.csr_array[Any]:
    """Return the matrix (groups × titles) that adds up the titles of each group."""
    titles = np.arange(len(group_of_title))
    ones = np.ones(len(titles), dtype=np.float32)
    return sparse.csr_array((ones, (group_of_title, titles)), shape=(groups, len(titles)))
