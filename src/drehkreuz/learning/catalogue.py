# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What can be learned in a region: everything that depends neither on people nor on one profile."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.learning.bitwise._kernels import Shortlists
from drehkreuz.learning.demands import Demands, demands
from drehkreuz.learning.items import Items, number_items
from drehkreuz.learning.kinds import Kinds, kinds
from drehkreuz.learning.offers import Offers, Sessions, cents, list_offers, list_sessions
from drehkreuz.learning.parameters import LearningParameters
from drehkreuz.learning.whole import shortlists
from drehkreuz.region import Region, kept
from drehkreuz.skills import Requirements, Taxonomy


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """
    Courses and what they are for.

    Attributes:
        taxonomy: The taxonomy.
        requirements: What posts ask.
        items: What can be asked, given, needed, held.
        demands: What posts ask, as items.
        sessions: When courses are held.
        offers: What can be taken.
        kinds: The same, by what it brings.
        shortlists: Kinds that can matter to each profile.
        course_weeks: float64[c], first to last day.
        course_fee: int64[c], fee without funding, cents.
        weeks_to_learn: float64[s], weeks full time in a designable module, for each skill of the taxonomy.
        parameters: Assumed values.
    """

    taxonomy: Taxonomy
    requirements: Requirements
    items: Items
    demands: Demands
    sessions: Sessions
    offers: Offers
    kinds: Kinds
    shortlists: Shortlists
    course_weeks: NDArray[np.float64]
    course_fee: NDArray[np.int64]
    weeks_to_learn: NDArray[np.float64]
    parameters: LearningParameters


@kept  # one person's ten plans, or a region's blocks, share it
def catalogue(
    region: Region, taxonomy: Taxonomy, requirements: Requirements, parameters: LearningParameters
) -> Catalogue:
    """
    Read the catalogue from the region's tables.

    Raises:
        InputError: If a row names something that is not there.
    """
    items = number_items(region, taxonomy, requirements)
    sessions = list_sessions(region)
    courses = region.table("courses")
    by_class = pl.col("class").replace_strict(dict(parameters.weeks_to_learn), return_dtype=pl.Float64)
    offers = list_offers(region, items, sessions, parameters)
    sorts, asked = (
        kinds(offers, len(items.items), sessions),
        demands(taxonomy, requirements, items, parameters),
    )
    return Catalogue(
        taxonomy=taxonomy,
        requirements=requirements,
        items=items,
        demands=asked,
        sessions=sessions,
        offers=offers,
        kinds=sorts,
        shortlists=shortlists(asked, sorts, sessions),
        course_weeks=courses["weeks"].to_numpy(),
        course_fee=courses.select(cents(pl.col("fee_eur"))).to_series().to_numpy(),
        weeks_to_learn=region.table("skills")
        .select(pl.col("learning_weeks").fill_null(by_class))
        .to_series()
        .to_numpy(),
        parameters=parameters,
    )
