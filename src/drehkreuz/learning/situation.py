# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What can be learned in a region and what a block of people brings to it: everything that does not depend on a profile."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.learning.held import Held, held_items
from drehkreuz.learning.items import Items, number_items
from drehkreuz.learning.obstacles import obstacles
from drehkreuz.learning.offers import Offers, Sessions, cents, list_offers, list_sessions
from drehkreuz.learning.parameters import LearningParameters
from drehkreuz.region import Region
from drehkreuz.skills import Requirements, SkillProfiles, Taxonomy


@dataclass(frozen=True, slots=True, eq=False)
class Situation:
    """
    The catalogue, and the people who want to learn.

    Attributes:
        taxonomy: The taxonomy.
        requirements: What posts ask.
        items: What can be asked, given, needed, held.
        sessions: When courses are held.
        offers: What can be taken.
        held: What each person of the block holds.
        obstacles: uint8[n, sessions], bits of `TrainingReason`.
        budget: int64[n], the most each person can pay, cents.
        eqf: int8[n], level of each person.
        weeks_to_learn: float64[s], weeks full time in a designable module, for each skill of the taxonomy.
        course_weeks: float64[c].
        course_fee: int64[c], fee without funding, cents.
        parameters: Assumed values.
    """

    taxonomy: Taxonomy
    requirements: Requirements
    items: Items
    sessions: Sessions
    offers: Offers
    held: Held
    obstacles: NDArray[np.uint8]
    budget: NDArray[np.int64]
    eqf: NDArray[np.int8]
    weeks_to_learn: NDArray[np.float64]
    course_weeks: NDArray[np.float64]
    course_fee: NDArray[np.int64]
    parameters: LearningParameters


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
    Read the catalogue and what a block of people brings.

    Raises:
        InputError: If a row names something that is not there.
        ValueError: If `reachable_sessions` is not bool[len(people), rows of `course_sessions`].
    """
    items = number_items(region, taxonomy, requirements)
    sessions = list_sessions(region)
    persons = region.table("people")[people.start : people.stop]
    skills, courses = region.table("skills"), region.table("courses")
    by_class = pl.col("class").replace_strict(dict(parameters.weeks_to_learn), return_dtype=pl.Float64)
    return Situation(
        taxonomy=taxonomy,
        requirements=requirements,
        items=items,
        sessions=sessions,
        offers=list_offers(region, taxonomy, items, sessions, parameters),
        held=held_items(region, taxonomy, profiles, items, people, parameters),
        obstacles=obstacles(region, sessions, reachable_sessions, people, parameters),
        budget=persons.select(cents(pl.col("learning_fee_max_eur"))).to_series().to_numpy(),
        eqf=persons["eqf"].to_numpy().astype(np.int8),
        weeks_to_learn=skills.select(pl.col("learning_weeks").fill_null(by_class)).to_series().to_numpy(),
        course_weeks=courses["weeks"].to_numpy(),
        course_fee=courses.select(cents(pl.col("fee_eur"))).to_series().to_numpy(),
        parameters=parameters,
    )
