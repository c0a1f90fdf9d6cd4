# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What follows from each person's group and occupation, and other tables start from: level, award, country."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drehkreuz.model.aachen.draw import Draws
from drehkreuz.model.aachen.people import People
from drehkreuz.model.aachen.population import assumed
from drehkreuz.model.core import Core, Market

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Names = NDArray[np.str_]

WITHOUT_AWARD: Final = {
    "unemployed": (1.0, 0.28, 0.12, 0.04),
    "newcomers": (1.0, 0.62, 0.40, 0.15),
    "returners": (1.0, 0.14, 0.06, 0.02),
    "cross_border": (1.0, 0.20, 0.08, 0.03),
    "lignite_operator": (1.0, 0.10, 0.03, 0.0),
    "students": (1.0, 1.0, 1.0, 1.0),
}
"""Share who do the work of an occupation without its award, by group and level; assumed. Helpers have none."""
OTHERWISE: Final = (1.0, 0.14, 0.06, 0.02)

FIRST_AWARD: Final = 18
"""Age reached in the year in which an award can be had at the earliest, of helpers' occupations too."""

ORIGINS: Final = (
    ("UA", "uk", 0.24),
    ("SY", "ar", 0.22),
    ("TR", "tr", 0.14),
    ("IN", "hi", 0.10),
    ("IR", "fa", 0.08),
    ("AF", "fa", 0.08),
    ("PL", "pl", 0.08),
    ("RO", "ro", 0.06),
)
"""Country and first language of people from abroad, and how often; assumed."""
EU: Final = frozenset({"PL", "RO"})
"""Of these, countries whose citizens need no residence title (§ 2 FreizügG/EU)."""


@dataclass(frozen=True, slots=True)
class Held:
    """
    What each person holds, n of them.

    Attributes:
        level: int64[n], Anforderungsniveau of the occupation, 0 where there is none.
        first_age: int64[n], age at which an occupation of that level can first be worked in.
        award_age: int64[n], age at which its award can first be had.
        award: bool[n], holds the occupation's award.
        origin: int64[n], row of `ORIGINS` of people from abroad, -1 of others.
        country: Where the award and school leaving are from, ISO 3166-1 alpha-2.
    """

    level: Ints
    first_age: Ints
    award_age: Ints
    award: Bools
    origin: Ints
    country: Names

    @property
    def foreign(self) -> Bools:
        """Who came from abroad."""
        return np.asarray(self.origin >= 0)


def held(people: People, core: Core, market: Market, draws: Draws) -> Held:
    """Draw the award and origin of each."""
    occupation = people.sample.occupation
    level = np.where(occupation >= 0, core.occupations["level"].to_numpy()[occupation], 0).astype(np.int64)
    first_age = np.array(assumed()["youngest"]["level"])[np.maximum(level, 1) - 1]
    foreign = np.isin(people.group, ["graduates_abroad", "newcomers"])
    drawn = draws.stream("origins").choose([share for _, _, share in ORIGINS], len(level))
    origin = np.where(foreign, drawn, -1)
    countries = np.array([country for country, _, _ in ORIGINS])
    country = np.where(foreign, countries[origin], np.where(people.group == "cross_border", people.country, "DE"))
    award = _award(people, level, core, draws) & (occupation >= 0) & has_award(core, market)[occupation]
    award_age = np.maximum(first_age, FIRST_AWARD)
    return Held(level, first_age, award_age, award & (people.years_old >= award_age), origin, country)


def has_award(core: Core, market: Market) -> Bools:
    """Return which occupations have an award, bool[o]."""
    return np.isin(market.occupation_ids, core.qualifications["occupation_id"].drop_nulls().to_list())


def _award(people: People, level: Ints, core: Core, draws: Draws) -> Bools:
    """Draw who holds the occupation's award; who works in a regulated one does."""
    table = np.array([WITHOUT_AWARD.get(name, OTHERWISE) for name in sorted(set(people.group))])
    row = np.searchsorted(np.array(sorted(set(people.group))), people.group)
    without = table[row, np.maximum(level, 1) - 1]
    regulated = core.occupations["regulated"].to_numpy()[people.sample.occupation]
    practised = ~np.isin(people.group, ["students", "graduates_abroad", "newcomers"])
    return np.asarray(~draws.stream("awards").happens(without, len(level)) | (regulated & practised))
