# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The way to work of people in their posts: minutes, kilometres and emissions of a month."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.measures.paired.related import Related
from drehkreuz.reach import PARAMETERS, Chain, tariffs

FACTORS: Final = {
    Chain.BIKE: "co2_bike_km",
    Chain.PEDELEC: "co2_pedelec_km",
    Chain.CAR: "co2_car_km",
    Chain.TRANSIT: "co2_transit_km",
    Chain.BIKE_TRANSIT: "co2_transit_km",
    Chain.SHARED_PEDELEC: "co2_pedelec_km",
    Chain.SHARED_PEDELEC_TRANSIT: "co2_transit_km",
}
"""What a kilometre of each chain emits; walking emits nothing."""


def trips(related: Related, row: NDArray[np.integer], vacancy: NDArray[np.integer]) -> pl.DataFrame:
    """
    Return what the way to work takes in a month.

    Assumed: a way by public transport is as long as the drive, and all of it counts as local bus, a shared pedelec at its ends included. Posts without a way, because no
    presence is asked, count nothing.

    Args:
        related: The region and its pairs.
        row: Rows of table `people`, one a pair.
        vacancy: Rows of table `vacancies`, one a pair.

    Returns:
        One row a pair: `chain` (-1: none), `minutes_month` (both ways, those of the longest shift), `km_month`, `co2_kg_month`
        (null where the factor is not known on the region's day).
    """
    market = related.market
    where, days = market.triples.of_vacancy, market.triples.days
    counts = np.diff(where.indptr)[vacancy]
    pair = np.repeat(np.arange(len(vacancy)), counts)
    first = np.repeat(where.indptr[:-1][vacancy] - np.cumsum(counts) + counts, counts)
    entry = first + np.arange(len(pair))
    place = market.triples.place[where.indices[entry]]
    zone = _zones(related)[row][pair]
    month = days[entry] * PARAMETERS.weeks_per_month
    chain = related.arrays["chain"][row, vacancy].astype(np.int64)
    ridden = np.isin(chain, [Chain.BIKE, Chain.PEDELEC, Chain.SHARED_PEDELEC])[pair]
    one_way = np.where(ridden, market.minutes.bike_km[place, zone], market.minutes.car_km[place, zone])
    km, days_month = (_sums(pair, values, len(vacancy)) for values in (np.nan_to_num(one_way) * 2.0 * month, month))
    both = (related.arrays["minutes_out"][row, vacancy] + related.arrays["minutes_back"][row, vacancy]).astype(float)
    return pl.DataFrame(
        {
            "chain": chain.astype(np.int8),
            "minutes_month": np.where(chain < 0, 0.0, both * days_month),
            "km_month": np.where(chain < 0, 0.0, km),
        }
    ).with_columns(co2_kg_month=pl.Series(_kilograms(related, chain, km), nan_to_null=True))


def _sums(pair: NDArray[np.integer], values: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    """Return the sum of the values of each of n pairs."""
    sums = np.zeros(n)
    np.add.at(sums, pair, values)
    return sums


def _zones(related: Related) -> NDArray[np.int64]:
    """Return the row of each person's home in table `zones`."""
    homes = related.region.table("people").select("zone_id")
    rows = related.region.table("zones").select("zone_id", row=pl.row_index().cast(pl.Int64))
    return homes.join(rows, on="zone_id", how="left", maintain_order="left")["row"].to_numpy()


def _kilograms(related: Related, chain: NDArray[np.int64], km: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what the kilometres of each pair emit, NaN where the factor is unknown."""
    known = tariffs(related.region)
    grams = np.zeros(len(Chain) + 1)  # the last one: no way
    for means, name in FACTORS.items():
        value = known[name].value
        grams[means] = np.nan if value is None else value
    return np.asarray(np.where(km > 0, km, 0.0) * grams[chain] / 1000.0, dtype=np.float64)
