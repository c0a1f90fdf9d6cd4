# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How much of what a post asks a person brings, and how alike two sets of skills are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from drehkreuz.region.csr import Csr
from drehkreuz.skills.parameters import PARAMETERS, SkillParameters
from drehkreuz.skills.profile import SkillProfiles
from drehkreuz.skills.requirements import Requirements
from drehkreuz.skills.taxonomy import Taxonomy, related_weight


def feasibility(
    profiles: SkillProfiles,
    requirements: Requirements,
    taxonomy: Taxonomy,
    people: range,
    parameters: SkillParameters = PARAMETERS,
) -> NDArray[np.float64]:
    """
    Return the share of what each requirement profile asks that each person brings.

    With M the must skills of profile r, H the skills person p holds, w(s) the weight of skill s (`Taxonomy.idf`), γ the credit
    for a related skill (`related_credit`) and k the siblings it takes (`Taxonomy.siblings_needed`):

        feasibility(p, r) = Σ w(s) · c(s) / Σ w(s), sums over s ∈ M,
        c(s) = 1 if s ∈ H, γ if s ∉ H but k siblings of s are in H, else 0.

    However many siblings a person has, a skill is credited once; skills held may stand beside several asked. A profile that asks nothing is met: 1. It is directed: from what the person brings to what the post asks, skills that are not asked
    change nothing. It is 1 if and only if every must skill is held (γ < 1).

    Args:
        profiles: Skills of all people.
        requirements: Requirement profiles.
        taxonomy: Weights and siblings.
        people: The block of people.
        parameters: What related skills count.

    Returns:
        float64[len(people), r], 0 to 1; sums are exact, so no order of rows changes a bit.
    """
    skills = np.unique(requirements.must.indices)
    held, related = holdings(profiles, taxonomy, skills, people, parameters)
    must = Csr(requirements.must.indptr, np.searchsorted(skills, requirements.must.indices).astype(np.int32))
    weight = taxonomy.idf[skills]
    full = _weighted(must, weight)
    part = _weighted(must, related_weight(weight, parameters.related_credit))
    brought = csr_array(held) @ full.T + csr_array(related) @ part.T
    return _ratio(brought.toarray(), np.broadcast_to(full.sum(axis=1), brought.shape), of_nothing=1.0)


def holdings(
    profiles: SkillProfiles,
    taxonomy: Taxonomy,
    skills: NDArray[np.integer],
    people: range,
    parameters: SkillParameters = PARAMETERS,
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """
    Return which of some skills each person of a block holds, and which they lack but have enough siblings of.

    Returns:
        held, related: bool[len(people), len(skills)], never both true.
    """
    first, last = profiles.skills.indptr[[people.start, people.stop]]
    indices = profiles.skills.indices[first:last]
    each = np.ones(len(taxonomy.skill_ids))
    mine = _weighted(Csr(profiles.skills.indptr[people.start : people.stop + 1] - first, indices), each)
    beside = _weighted(taxonomy.related, each)
    held = mine[:, skills].toarray() > 0
    # Siblings are mutual, so the rows asked of the smaller matrix are the columns asked of the larger one.
    related = (mine @ beside[skills].T).toarray() >= taxonomy.siblings_needed(parameters)
    return held, related & ~held


def similarity(left: Csr, right: Csr, taxonomy: Taxonomy) -> NDArray[np.float64]:
    """
    Return how alike sets of skills are, for search: the IDF-weighted Jaccard index, symmetric.

        similarity(A, B) = Σ w(s) over s ∈ A ∩ B / Σ w(s) over s ∈ A ∪ B; of two empty sets: 0.

    Args:
        left: Rows of skills.
        right: Rows of skills.
        taxonomy: Weights.

    Returns:
        float64[len(left), len(right)], 0 to 1.
    """
    ours, theirs = _weighted(left, taxonomy.idf), _weighted(right, taxonomy.idf)
    common = (_weighted(left, np.ones(len(taxonomy.idf))) @ theirs.T).toarray()
    union = np.add.outer(ours.sum(axis=1), theirs.sum(axis=1)) - common
    return _ratio(common, union, of_nothing=0.0)


def _weighted(rows: Csr, weights: NDArray[np.float64]) -> csr_array:
    """Return rows of integers as a sparse matrix that holds each integer's weight in its column."""
    return csr_array((weights[rows.indices], rows.indices, rows.indptr), shape=(len(rows), len(weights)))


def _ratio(part: NDArray[np.float64], whole: NDArray[np.float64], *, of_nothing: float) -> NDArray[np.float64]:
    ratio = np.full(part.shape, of_nothing)
    np.divide(part, whole, out=ratio, where=whole > 0.0)
    return ratio
