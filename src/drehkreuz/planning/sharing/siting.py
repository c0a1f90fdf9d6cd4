# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Where new stations should stand: what counts for them, what stands already, and what a ride costs there."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.planning.covers import Candidates, Question, pairs_opened, question
from drehkreuz.planning.sharing.assumed import ASSUMED
from drehkreuz.planning.sharing.offer import CURRENCY, kinds
from drehkreuz.planning.sharing.price import Step
from drehkreuz.progress import SILENT, Progress
from drehkreuz.reach import Chain, triples
from drehkreuz.reach.access import jobs
from drehkreuz.reach.modes import Mode
from drehkreuz.reach.points import Points
from drehkreuz.reach.stage import minutes_of_region
from drehkreuz.region import Cache, Region

APART_METRES = 300.0
"""How far apart new stations stand at least, where nobody says otherwise (assumed: a walk of four minutes)."""


def stations_of_kind(region: Region, kind: str) -> Points:
    """Return the region's stations of a kind."""
    kinds_there = region.table("sharing_stations")["kind"] == kind
    return Points.of(region, "sharing_stations").take(kinds_there.arg_true().to_numpy())


def pairs_by_pedelec(region: Region, progress: Progress = SILENT) -> NDArray[np.float64]:
    """Return how many pairs of a resident of each cell and an opening a pedelec opens, float64[z]."""
    where = triples(region)
    with ThreadPoolExecutor() as executor:
        ways = minutes_of_region(region, where, cache=Cache.default(), executor=executor, progress=progress)
    return pairs_opened(region, jobs(region, where), ways, Chain.PEDELEC)


def station_question(
    region: Region,
    kind: str,
    *,
    at: Candidates = Candidates.STOPS,
    weight: NDArray[np.float64] | None = None,
    apart_metres: float = APART_METRES,
) -> Question:
    """
    Ask where new stations should stand, on foot from homes.

    Args:
        region: The region.
        kind: Of the stations; those there are stay.
        at: Where new ones could stand.
        weight: float64[z], how much each cell counts; None: its residents.
        apart_metres: New ones stand so far apart.

    Raises:
        InputError: If the region has no such candidates.
    """
    there = stations_of_kind(region, kind)
    walk = ASSUMED.walk_minutes
    return question(region, at, Mode.WALK, walk, weight=weight, existing=there, apart_metres=apart_metres)


def ride_price(region: Region, kind: str) -> tuple[list[Step], str]:
    """Return the price of the first lender that has vehicles of a kind, and its source; empty: it is assumed."""
    lenders = region.table("sharing_stations").filter(kind=kind)["system"].drop_nulls().unique()
    known = region.table("sharing_prices").filter(
        pl.col("system").is_in(lenders.implode()) & (pl.col("currency") == CURRENCY)
    )
    if known.is_empty():
        rows: list[dict[str, Any]] = kinds()[kind]["prices"]
        return [Step(row["per"], Decimal(str(row["price"])), interval=row.get("interval", 0)) for row in rows], ""
    first = known.filter(plan_id=known["plan_id"].min())
    names = ("per", "price", "start", "end", "interval")
    steps = [
        Step(per, Decimal(str(price)), start, end, interval)
        for per, price, start, end, interval in first.select(names).iter_rows()
    ]
    source = region.manifest.provenance.get("sharing_prices")
    return steps, source.source if source else str(first["name"][0])
