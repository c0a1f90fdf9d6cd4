# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a block of people brings to learning: everything that does not depend on one profile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.learning.catalogue import Catalogue, catalogue
from drehkreuz.learning.held import Held, held_items
from drehkreuz.learning.obstacles import obstacles
from drehkreuz.learning.offers import cents
from drehkreuz.learning.parameters import LearningParameters
from drehkreuz.learning.standing import Standing, standing
from drehkreuz.region import Region
from drehkreuz.skills import Requirements, SkillProfiles, Taxonomy


@dataclass(frozen=True, slots=True, eq=False)
class Situation:
    """
    The people who want to learn, before a catalogue.

    Attributes:
        catalogue: What can be learned.
        held: What each person of the block holds.
        standing: What that is before every profile.
        obstacles: uint8[n, sessions], bits of `TrainingReason`.
        budget: int64[n], the most each person can pay, cents.
        eqf: int8[n], level of each person.
    """

    catalogue: Catalogue
    held: Held
    standing: Standing
    obstacles: NDArray[np.uint8]
    budget: NDArray[np.int64]
    eqf: NDArray[np.int8]


class _Asked(NamedTuple):
    """Whose situation is asked for, and under what."""

    taxonomy: Taxonomy
    profiles: SkillProfiles
    requirements: Requirements
    reachable: NDArray[np.bool_]
    people: range
    parameters: LearningParameters

    def is_like(self, other: _Asked) -> bool:
        """Whether the same follows from the same region."""
        same = self.taxonomy is other.taxonomy and self.profiles is other.profiles
        same &= self.requirements is other.requirements
        told = (self.people, self.parameters) == (other.people, other.parameters)
        return same and told and np.array_equal(self.reachable, other.reachable)


def situation(
    region: Region,
    taxonomy: Taxonomy,
    profiles: SkillProfiles,
    requirements: Requirements,
    reachable_sessions: NDArray[np.bool_],
    people: range,
    parameters: LearningParameters,
) -> Situation:
    """
    Read what a block of people brings; the region keeps the last answer, since of one person twenty plans are asked for.

    Raises:
        InputError: If a row names something that is not there.
        ValueError: If `reachable_sessions` is not bool[len(people), rows of `course_sessions`].
    """
    asked = _Asked(taxonomy, profiles, requirements, reachable_sessions, people, parameters)
    known = region.kept.get(situation)
    if isinstance(known, _Known) and known.asked.is_like(asked):
        return known.found
    found = _read(region, asked)
    region.kept[situation] = _Known(asked, found)
    return found


class _Known(NamedTuple):
    """What was asked last, and the answer."""

    asked: _Asked
    found: Situation


def _read(region: Region, asked: _Asked) -> Situation:
    taxonomy, profiles, requirements, reachable_sessions, people, parameters = asked
    known = catalogue(region.ground, taxonomy, requirements, parameters)
    persons = region.table("people")[people.start : people.stop]
    held = held_items(region, taxonomy, profiles, known.items, people, parameters)
    return Situation(
        catalogue=known,
        held=held,
        standing=standing(known, held),
        obstacles=obstacles(region, known.sessions, reachable_sessions, people, parameters),
        budget=persons.select(cents(pl.col("learning_fee_max_eur"))).to_series().to_numpy(),
        eqf=persons["eqf"].to_numpy().astype(np.int8),
    )
