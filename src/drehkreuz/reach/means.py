# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What people can and will use to get about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.reach.modes import CANNOT, Chain
from drehkreuz.reach.points import rows_of
from drehkreuz.region import Region, kept

MAY_DRIVE: Final = ("B", "BE", "C1", "C1E", "C", "CE", "D1", "D", "DE")
"""Licence classes that are, or are only given with, class B (FeV § 6, § 9)."""


@dataclass(frozen=True, slots=True)
class Means:
    """
    The means of some people, in their order.

    Attributes:
        zone: int32[n], home, row of table `zones`.
        willing: int16[n, c], most minutes one way by each chain, -1 where the person has not the means.
        limit: int16[n], longest acceptable way, 254 minutes at most.
        budget: float64[n], most EUR a month, infinite where the person names none.
        has_pass: bool[n], has a monthly ticket already.
    """

    zone: NDArray[np.int32]
    willing: NDArray[np.int16]
    limit: NDArray[np.int16]
    budget: NDArray[np.float64]
    has_pass: NDArray[np.bool_]


LONGEST: Final = CANNOT - 1
"""Most minutes that a byte can say."""


@kept
def means(region: Region, people: range) -> Means:
    """
    Read the means of some people.

    WALK and the two ways of cycling go as far as the person names; CAR needs a car and a licence of class B or one that holds it;
    TRANSIT is open to all; BIKE_TRANSIT needs a bicycle. Shared pedelecs are for those whom table `person_sharing` names; without a ride they
    go as far as the person would ride and walk.

    Args:
        region: The region.
        people: Rows of table `people`.

    Raises:
        InputError: If a person's zone does not exist.
    """
    drivers = region.table("person_licences").filter(pl.col("licence").is_in(MAY_DRIVE))
    members = region.table("person_sharing").filter(kind="pedelec")
    persons = region.table("people")[people.start : people.stop].with_columns(
        drives=pl.col("car") & pl.col("person_id").is_in(drivers["person_id"].implode()),
        shares=pl.col("person_id").is_in(members["person_id"].implode()),
    )
    none = pl.lit(-1)
    own_power = (pl.col("bike_max_minutes") + pl.col("walk_max_minutes")).clip(upper_bound=LONGEST)
    most = {
        Chain.WALK: pl.col("walk_max_minutes"),
        Chain.BIKE: pl.when("bike").then("bike_max_minutes").otherwise(none),
        Chain.PEDELEC: pl.when("pedelec").then("bike_max_minutes").otherwise(none),
        Chain.CAR: pl.when("drives").then(LONGEST).otherwise(none),
        Chain.TRANSIT: pl.lit(LONGEST),
        Chain.BIKE_TRANSIT: pl.when("bike").then(LONGEST).otherwise(none),
        Chain.SHARED_PEDELEC: pl.when("shares").then(own_power).otherwise(none),
        Chain.SHARED_PEDELEC_TRANSIT: pl.when("shares").then(LONGEST).otherwise(none),
    }
    willing = persons.select(most[chain].cast(pl.Int16).alias(chain.name) for chain in Chain)
    return Means(
        zone=rows_of(region, "people", "zone_id")[people.start : people.stop].astype(np.int32),
        willing=np.ascontiguousarray(willing.to_numpy()),
        limit=persons["max_minutes"].clip(upper_bound=LONGEST).to_numpy().astype(np.int16),
        budget=persons["max_commute_eur_month"].fill_null(np.inf).to_numpy(),
        has_pass=persons["transit_pass"].to_numpy(),
    )
