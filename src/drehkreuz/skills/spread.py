# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How far feasibility spreads, because posts of one occupation do not ask the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from drehkreuz.skills.feasibility import holdings
from drehkreuz.skills.parameters import PARAMETERS, SkillParameters
from drehkreuz.skills.taxonomy import related_weight

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from drehkreuz.skills.profile import SkillProfiles
    from drehkreuz.skills.requirements import Requirements
    from drehkreuz.skills.taxonomy import Taxonomy

DRAWS: Final = 500
SEED: Final = 7


@dataclass(frozen=True, slots=True)
class Rates:
    """
    How what a post asks differs from what its occupation lists.

    Attributes:
        dropped: Share of essential skills that a post does not ask.
        added: Share of optional skills that a post cannot do without.
    """

    dropped: float
    added: float


def rates(requirements: Requirements, taxonomy: Taxonomy, profiles: NDArray[np.integer]) -> Rates:
    """
    Count in posts how far they leave their occupation's list.

    Args:
        requirements: What posts ask.
        taxonomy: What occupations list.
        profiles: Requirement profile of each post counted, as `Requirements.of_vacancy` holds them.

    Returns:
        Shares over all listed skills of all these posts; 0 where none is listed.
    """
    dropped = added = essential = optional = 0
    for r in profiles.tolist():
        occupation = int(requirements.occupation[r])
        must, listed = requirements.must.row(r), taxonomy.essential.row(occupation)
        beside = taxonomy.optional.row(occupation)
        essential, optional = essential + len(listed), optional + len(beside)
        dropped += len(listed) - int(np.isin(listed, must).sum())
        added += int(np.isin(beside, must).sum())
    return Rates(dropped / max(essential, 1), added / max(optional, 1))


def feasibility_interval(
    profiles: SkillProfiles,
    taxonomy: Taxonomy,
    occupation: int,
    people: range,
    spread: Rates,
    *,
    share: float = 0.9,
    parameters: SkillParameters = PARAMETERS,
) -> NDArray[np.float64]:
    """
    Return between which values feasibility lies for most posts of an occupation.

    A post is drawn by leaving out each essential skill with probability `dropped` and adding each optional one with
    probability `added`; feasibility is that of `feasibility`. 500 posts are drawn by a fixed seed and the occupation, the same
    for everybody, so no block of people and no order changes a bit.

    Args:
        profiles: Skills of all people.
        taxonomy: What occupations list, weights, siblings.
        occupation: Row of `occupations`.
        people: The block of people.
        spread: Stated rates.
        share: Share of posts between the outer values.
        parameters: What related skills count.

    Returns:
        float64[len(people), 3]: lower value, median, upper value.
    """
    essential, optional = taxonomy.essential.row(occupation), taxonomy.optional.row(occupation)
    skills = np.concatenate([essential, optional])
    chance = np.repeat([1 - spread.dropped, spread.added], [len(essential), len(optional)])
    asked = np.random.default_rng([SEED, occupation]).random((DRAWS, len(skills))) < chance
    held, related = holdings(profiles, taxonomy, skills, people, parameters)
    weight = taxonomy.idf[skills]
    brought = held * weight + related * related_weight(weight, parameters.related_credit)
    whole = asked @ weight
    drawn = np.ones((DRAWS, len(people)))
    np.divide(asked @ brought.T, whole[:, None], out=drawn, where=whole[:, None] > 0)
    outside = (1 - share) / 2
    return np.asarray(np.quantile(drawn, [outside, 0.5, 1 - outside], axis=0).T, dtype=np.float64)
