# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Table `person_licences`: driving licences, and the professional driver's qualification (code 95)."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.model.aachen.draw import Draws, Stream
from drehkreuz.model.aachen.held import Held
from drehkreuz.model.aachen.people import People
from drehkreuz.model.aachen.rows import rows
from drehkreuz.model.aachen.terms import last_day
from drehkreuz.model.aachen.work_today import DAY, at_work
from drehkreuz.model.core import Market

AGE: Final = {
    "A": 24,
    "B": 18,
    "BE": 18,
    "C1": 18,
    "C1E": 18,
    "C": 21,
    "CE": 21,
    "D1": 21,
    "D": 24,
    "DE": 24,
    "T": 18,
    "L": 16,
}
"""Age from which a class may be driven alone, without a shorter way through an apprenticeship (§ 10 FeV)."""
B_WITHOUT_CAR: Final = 0.55
B_FROM_ABROAD: Final = 0.25
"""Share without a car who may drive one all the same; assumed."""
HELD_MOST: Final = 0.95
"""Share of an occupation that holds its licence at most: some have lost it; assumed."""
CODE_95_YEARS: Final = 5
"""Years between renewals (§ 5 BKrFQG)."""
LAPSED: Final = 0.15
"""Share of those out of work whose code 95 has run out within the last year; assumed."""


def licences(people: People, held: Held, market: Market, draws: Draws) -> pl.DataFrame:
    """Return table `person_licences`: who has a car may drive it, and nobody holds a class too young."""
    stream, n = draws.stream("licences"), len(people.sample)
    age = people.surely_old
    without_car = np.where(held.foreign, B_FROM_ABROAD, B_WITHOUT_CAR)
    may = people.table["car"].to_numpy() | stream.happens(without_car, n)
    drives = may & (age >= AGE["B"])
    parts = [rows(people, drives, licence="B", code95_expires=np.datetime64("NaT", "D"))]
    names, share = market.shares("licence")
    uses = drives & (held.level > 0) & (people.group != "students")
    for i, name in enumerate(names):
        licence, _, code = name.partition("+")
        likely = np.minimum(share[people.sample.occupation, i], HELD_MOST)
        has = uses & (age >= AGE[licence]) & stream.happens(likely, n)
        if licence != "B":
            expires = _code_95(at_work(people.sample), stream) if code else np.datetime64("NaT", "D")
            parts.append(rows(people, has, licence=licence, code95_expires=expires))
    return pl.concat(parts).unique(["person_id", "licence"], keep="last", maintain_order=True)


def _code_95(works: NDArray[np.bool_], stream: Stream) -> NDArray[np.datetime64]:
    """Return the last day of the qualification; who drives for a living has renewed it in time."""
    u, n = stream.uniform(len(works)), len(works)
    lapsed = ~works & stream.happens(LAPSED, n)
    months = np.where(lapsed, -np.floor(u * 12), 1 + np.floor(u * 12 * CODE_95_YEARS)).astype(np.int64)
    return last_day(np.datetime64(DAY, "D"), months)
