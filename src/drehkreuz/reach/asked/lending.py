# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Prices of shared vehicles: per start, minute and kilometre, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any

import polars as pl

from drehkreuz.region import Region


def lent(region: Region, system: str, rides: Sequence[tuple[float, float]]) -> tuple[float | None, str]:
    """
    Return what rides cost by a system's cheapest plan in EUR, and where its prices are from.

    Args:
        region: The region.
        system: Who lends.
        rides: Minutes and kilometres of each.

    Returns:
        The sum, None where no plan in EUR with its tax is known; the source, empty where the region names none.
    """
    known = region.manifest.provenance.get("sharing_prices")
    plans = (
        region.table("sharing_prices")
        .filter((pl.col("system") == system) & (pl.col("currency") == "EUR"))
        .sort("plan_id", "per", "start")
        .partition_by("plan_id", maintain_order=True)
    )
    sums = [
        sum(price_of(plan.iter_rows(named=True), *ride) for ride in rides)
        for plan in plans
        if not plan["taxed_later"].any()
    ]
    return min(sums, default=None), known.source if known else ""


def price_of(steps: Iterable[dict[str, Any]], minutes: float, km: float) -> float:
    """
    Return the price of one ride by the steps of a plan.

    A step by minutes or kilometres is charged when it begins and after each interval, until it ends; one without an interval once.

    Source:
        GBFS 3.0, system_pricing_plans.json: `per_min_pricing` and `per_km_pricing`.
    """
    total = 0.0
    for step in steps:
        used = {"trip": None, "minute": minutes, "km": km}[step["per"]]
        if used is None:
            total += step["price"]
            continue
        end = used if step["end"] is None else min(used, float(step["end"]))
        if used <= step["start"]:
            continue
        times = ceil((end - step["start"]) / step["interval"]) if step["interval"] else 1
        total += step["price"] * max(1, times)
    return total
