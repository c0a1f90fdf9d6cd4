# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The taxonomy of a region as arrays: what occupations ask, how much a skill tells, which skills lie beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_array

from drehkreuz.region import Region
from drehkreuz.region.csr import Csr
from drehkreuz.skills.parameters import PARAMETERS, SkillParameters
from drehkreuz.skills.rows import positions, rows_of

GRID: Final = 2.0**-20  # weights and parts of weights are multiples of it: sums up to 2³³ are exact in any order
COARSE: Final = (
    2.0**-16
)  # whole weights are multiples of this, so that a half, a quarter … of one lies on the grid as well
LANGUAGES: Final = ("de", "en", "nl", "fr")  # where a label is missing, the first of these that has one


@dataclass(frozen=True, slots=True, eq=False)
class Taxonomy:
    """
    Occupations and skills by row position in the region's tables.

    Attributes:
        occupation_ids: Id of occupation o.
        skill_ids: Id of skill s.
        occupation_index: Position of an occupation's id.
        skill_index: Position of a skill's id.
        essential: o → essential skills, ascending.
        optional: o → optional skills, ascending, without the essential ones.
        idf: float64[s] > 0, how much a skill tells about an occupation:
            ln((1 + n) / (1 + nₛ)) + 1, n occupations, nₛ of them ask s as essential or optional; rounded to multiples of
            2⁻¹⁶. A skill that all ask weighs 1, one that few ask several times as much.
        related: s → its siblings, the other skills under one of its immediate broader concepts, ascending.
        labels: Preferred labels: concept id → language → text.

    Source:
        Inverse document frequency after Spärck Jones: A statistical interpretation of term specificity and its
        application in retrieval. Journal of Documentation 28 (1972); smoothed as if one more occupation asked everything.
    """

    occupation_ids: tuple[str, ...]
    skill_ids: tuple[str, ...]
    occupation_index: dict[str, int]
    skill_index: dict[str, int]
    essential: Csr
    optional: Csr
    idf: NDArray[np.float64]
    related: Csr
    labels: dict[str, dict[str, str]]

    def label(self, concept_id: str, language: str) -> str:
        """Return a concept's name in the language, else in German, English, Dutch, French, else its id."""
        texts = self.labels.get(concept_id, {})
        return next((texts[known] for known in (language, *LANGUAGES) if known in texts), concept_id)

    def siblings_needed(self, parameters: SkillParameters = PARAMETERS) -> int:
        """
        Return how many siblings must be held for a skill to count in part: `related_least`, or all that an occupation lists.

        Where occupations list a single skill each, to have worked there, that skill stands for all of their work.
        """
        listed = np.diff(self.essential.indptr) + np.diff(self.optional.indptr)
        return min(parameters.related_least, max(1, int(listed.max(initial=1))))


def taxonomy(region: Region) -> Taxonomy:
    """
    Read the taxonomy from the region's tables.

    A relation given as essential and as optional counts as essential.

    Raises:
        InputError: If `occupation_skills` names an occupation or a skill that is not there.
    """
    occupation_ids = tuple(region.table("occupations")["occupation_id"])
    skill_ids = tuple(region.table("skills")["skill_id"])
    essential, optional = _asked(region, len(occupation_ids))
    return Taxonomy(
        occupation_ids=occupation_ids,
        skill_ids=skill_ids,
        occupation_index={name: at for at, name in enumerate(occupation_ids)},
        skill_index={name: at for at, name in enumerate(skill_ids)},
        essential=essential,
        optional=optional,
        idf=_idf(essential, optional, len(skill_ids)),
        related=_siblings(region),
        labels=_labels(region),
    )


def related_weight(idf: NDArray[np.float64], credit: float) -> NDArray[np.float64]:
    """Return the part of each weight that a related skill earns, on the grid."""
    return np.round(idf * credit / GRID) * GRID


def _asked(region: Region, n_occupations: int) -> tuple[Csr, Csr]:
    occupations = rows_of(region, "occupation_skills", "occupation_id", "occupations").astype(np.int64)
    skills = rows_of(region, "occupation_skills", "skill_id", "skills")
    is_essential = (region.table("occupation_skills")["relation"] == "essential").to_numpy()
    pair = occupations * len(region.table("skills")) + skills
    is_optional = ~np.isin(pair, pair[is_essential])
    return (
        Csr.from_pairs(occupations[is_essential], skills[is_essential], n_occupations),
        Csr.from_pairs(occupations[is_optional], skills[is_optional], n_occupations),
    )


def _idf(essential: Csr, optional: Csr, n_skills: int) -> NDArray[np.float64]:
    asked_by = np.bincount(essential.indices, minlength=n_skills) + np.bincount(optional.indices, minlength=n_skills)
    weights = np.log((1.0 + len(essential)) / (1.0 + asked_by)) + 1.0
    return np.asarray(np.round(weights / COARSE) * COARSE, dtype=np.float64)


def _siblings(region: Region) -> Csr:
    broader = region.table("broader").filter(pl.col("concept") == "skill").sort("broader_id")
    skills = positions(broader["concept_id"], region.table("skills")["skill_id"])
    parents = broader["broader_id"].rle_id().to_numpy()
    of_skill = skills >= 0  # the others are groups of groups
    n_skills, n_parents = len(region.table("skills")), broader["broader_id"].n_unique()
    under = csr_array(
        (np.ones(of_skill.sum(), dtype=np.int32), (skills[of_skill], parents[of_skill])), shape=(n_skills, n_parents)
    )
    beside = (under @ under.T).tocsr()
    beside.setdiag(0)
    beside.eliminate_zeros()
    beside.sort_indices()
    return Csr(beside.indptr.astype(np.int64), beside.indices.astype(np.int32))


def _labels(region: Region) -> dict[str, dict[str, str]]:
    preferred = region.table("labels").filter(pl.col("kind") == "preferred").sort("text", descending=True)
    labels: dict[str, dict[str, str]] = {}
    for concept_id, language, text in preferred.select("concept_id", "language", "text").iter_rows():
        labels.setdefault(concept_id, {})[language] = text  # of two preferred labels, the first by alphabet stays
    return labels
