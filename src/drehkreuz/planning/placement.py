# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What comes out: sites in an order of building, who is served, and how far from the best it can be."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.planning.effort import SLACK
from drehkreuz.planning.exact import served_by
from drehkreuz.planning.siting import Siting


@dataclass(frozen=True, slots=True)
class Placement:
    """
    Sites to build.

    The order of building is greedy: of the sites chosen together, the one that adds most for its cost comes first, and so on. A
    budget that ends after a few of them could be spent better by choosing for it alone.

    Attributes:
        siting: What was to be decided.
        sites: int32[k], new sites in order of building; those that add nothing are left out.
        values: float64[k + 1], weight served by existing sites alone, then after each new one. Floors hold after the last.
        before: float64[d], share of each demand that existing sites serve.
        served: float64[d], share that all serve in the end.
        bound: Proven: no choice serves more weight.
    """

    siting: Siting
    sites: NDArray[np.int32]
    values: NDArray[np.float64]
    before: NDArray[np.float64]
    served: NDArray[np.float64]
    bound: float

    @property
    def value(self) -> float:
        """Weight served in the end."""
        return float(self.values[-1])

    @property
    def gap(self) -> float:
        """Share of the bound that the choice may fall short of the best; 0: proven best."""
        nothing = 2 * SLACK * float(self.siting.weight.sum())
        return 1.0 - self.value / self.bound if self.bound > self.value + nothing else 0.0

    def steps(self) -> pl.DataFrame:
        """Return one row per site to build: `step`, `site`, `cost`, `adds`, `served`, `share` of all weight."""
        total = float(self.siting.weight.sum())
        return pl.DataFrame(
            {
                "step": np.arange(1, len(self.sites) + 1),
                "site": self.sites,
                "cost": self.siting.costs[self.sites],
                "adds": np.diff(self.values),
                "served": self.values[1:],
                "share": self.values[1:] / max(total, SLACK),
            }
        )

    def by_group(self) -> pl.DataFrame:
        """Return one row per group: `group`, its `weight`, weight served `before`, `served` in the end, `share` of its weight."""
        weight = self.siting.weight
        columns = {"weight": weight, "before": weight * self.before, "served": weight * self.served}
        return (
            pl.DataFrame({"group": self.siting.groups, **columns})
            .group_by("group")
            .agg(pl.sum(*columns))
            .sort("group")
            .with_columns(share=pl.when(pl.col("weight") > 0).then(pl.col("served") / pl.col("weight")))
        )


def placement(
    siting: Siting, chosen: NDArray[np.integer], bound: float, served: NDArray[np.float64] | None = None
) -> Placement:
    """
    Put sites in an order of building and tell what each adds.

    Args:
        siting: What was to be decided.
        chosen: New sites.
        bound: Proven.
        served: float64[d], where the choice says by itself how demand is shared out.
    """
    building = _Whole(siting) if siting.capacity is None else _Flow(siting)
    before, values, order = building.served.copy(), [building.value], list[int]()
    least = SLACK * float(siting.weight.sum())
    price = np.maximum(siting.costs, SLACK)
    # What a site adds falls as others open, so an old figure is a bound: only the first of the queue is counted anew.
    queue = [(-np.inf, int(site)) for site in np.sort(chosen)]
    while queue:
        _, site = heappop(queue)
        adds = building.adds(site)
        rank = (-adds / price[site], site)
        if queue and rank > queue[0]:
            heappush(queue, rank)
        elif adds > least:
            building.add(site)
            order.append(site)
            values.append(building.value)
    if served is not None:
        values[-1] = float(siting.weight @ served)
    last = building.served if served is None else served
    return Placement(siting, np.array(order, dtype=np.int32), np.array(values), before, last, max(bound, values[-1]))


class _Whole:
    """Sites built one after the other; the best serves."""

    def __init__(self, siting: Siting) -> None:
        self._siting = siting
        self.served = served_by(siting, siting.stands)

    @property
    def value(self) -> float:
        return float(self._siting.weight @ self.served)

    def adds(self, site: int) -> float:
        demand, share = self._row(site)
        return float(self._siting.weight[demand] @ np.maximum(share - self.served[demand], 0.0))

    def add(self, site: int) -> None:
        demand, share = self._row(site)
        self.served[demand] = np.maximum(self.served[demand], share)

    def _row(self, site: int) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        covers, shares = self._siting.covers, self._siting.shares
        row = slice(covers.indptr[site], covers.indptr[site + 1])
        demand = covers.indices[row]
        return demand, np.ones(len(demand)) if shares is None else shares[row]


class _Flow:
    """Sites built one after the other; demand is shared out among them as their capacities allow."""

    def __init__(self, siting: Siting) -> None:
        self._siting, self._opened = siting, siting.stands.copy()
        self.served = served_by(siting, self._opened)

    @property
    def value(self) -> float:
        return float(self._siting.weight @ self.served)

    def adds(self, site: int) -> float:
        more = self._opened.copy()
        more[site] = True
        return float(self._siting.weight @ served_by(self._siting, more)) - self.value

    def add(self, site: int) -> None:
        self._opened[site] = True
        self.served = served_by(self._siting, self._opened)
