# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Table `person_occupations`: today's or the last occupation, and an earlier one of some."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.model.aachen.draw import Draws, Stream
from drehkreuz.model.aachen.held import Held
from drehkreuz.model.aachen.people import People
from drehkreuz.model.aachen.rows import rows
from drehkreuz.model.aachen.work_today import DAY, at_work
from drehkreuz.model.core import Core, Market

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

STAYED_AT_WORK: Final = (0.35, 1.0)
STAYED_OTHERWISE: Final = (0.15, 0.85)
"""Share of the possible years spent in the occupation, from … to; assumed."""
AWAY: Final = {"returners": 12}
AWAY_OTHERWISE: Final = 5
"""Years since the last post at most; shorter ones are more frequent; assumed."""
EARLIER: Final = 0.45
"""Share who had another occupation before, of those with years left for it; assumed."""
EARLIER_FROM, EARLIER_MOST = 4, 10
"""Years left from which an earlier occupation is told, and years in it at most."""


def histories(people: People, held: Held, core: Core, market: Market, draws: Draws) -> pl.DataFrame:
    """Return table `person_occupations`: no more years than age less 15, no fewer than with today's employer."""
    stream, n = draws.stream("occupations held"), len(people.sample)
    works = at_work(people.sample)
    possible = np.clip(people.years_old - held.first_age, 0, None)
    low, high = np.where(works[:, None], STAYED_AT_WORK, STAYED_OTHERWISE).T
    years = possible * stream.between(low, high, n)
    most_away = np.where(people.group == "returners", AWAY["returners"], AWAY_OTHERWISE)
    away = np.where(works, 0, np.minimum(np.floor(stream.uniform(n) ** 2 * most_away), possible))
    tenure = people.table["tenure_years"].fill_null(0).to_numpy()
    years = np.floor(np.where(works, np.maximum(years, tenure), np.minimum(years, possible - away)))
    has = (people.sample.occupation >= 0) & (people.group != "students") & ((years >= 1) | held.award | works)
    names = np.array(market.occupation_ids)
    last = rows(
        people,
        has,
        occupation_id=names[people.sample.occupation],
        years=years,
        last_year=np.where(works, np.nan, DAY.year - away),
        current=works,
    )
    return pl.concat([last, _earlier(people, held, core, names, has, possible - years - away, away + years, stream)])


def _earlier(
    people: People,
    held: Held,
    core: Core,
    names: NDArray[np.str_],
    has: Bools,
    left: Floats,
    ago: Floats,
    stream: Stream,
) -> pl.DataFrame:
    """
    Return the earlier occupation of some: that of somebody else of the group, where it asks no more and no permission.

    Args:
        people: Everybody.
        held: What they hold.
        core: The taxonomy.
        names: Ids of the occupations.
        has: Who has an occupation at all.
        left: Years left for an earlier one.
        ago: Years since it ended.
        stream: Where chance comes from.
    """
    n, own = len(people.sample), people.sample.occupation
    other = np.full(n, -1)
    for group in np.unique(people.sample.group):
        mine = np.flatnonzero((people.sample.group == group) & (own >= 0))
        other[mine] = own[mine][stream.permutation(len(mine))]
    level, regulated = core.occupations["level"].to_numpy()[other], core.occupations["regulated"].to_numpy()[other]
    possible = (other >= 0) & (other != own) & (level <= held.level) & ~regulated
    wants = has & possible & (left >= EARLIER_FROM) & stream.happens(EARLIER, n)
    took = np.floor(1 + stream.uniform(n) * np.minimum(left - 1, EARLIER_MOST))
    return rows(
        people,
        wants,
        occupation_id=names[other],
        years=took,
        last_year=DAY.year - ago - (ago == 0),
        current=np.zeros(n, dtype=np.bool_),
    )
