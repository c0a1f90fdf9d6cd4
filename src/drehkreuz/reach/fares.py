# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Tariffs as the choice of chains counts them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drehkreuz.reach.choice import _kernels
from drehkreuz.reach.modes import Chain
from drehkreuz.reach.tariffs import Tariffs
from drehkreuz.region import Region


@dataclass(frozen=True, slots=True)
class Fares:
    """
    Tariffs as the choice counts them.

    Attributes:
        month: float64[v], EUR of a month's ticket for each post: the job ticket where the employer offers it.
        rates: float64[2, c], EUR a single way (by public transport or shared pedelec) or a km, with a month's ticket and without. With public
            transport a shared pedelec is paid at both ends: the most it can cost, since who uses one at which end is not kept.
        unknown: Tariffs that matter and are unknown.
    """

    month: NDArray[np.float64]
    rates: NDArray[np.float64]
    unknown: tuple[str, ...]

    @classmethod
    def of(cls, region: Region, prices: Tariffs) -> Fares:
        """Read the tariffs; what is unknown counts nothing, except a ticket for which another one can be had."""
        offered = region.table("vacancies")["transit_job_ticket"].to_numpy()
        asked = {"transit_month", "car_km", "bike_km", "pedelec_km"}
        asked |= {"transit_job_ticket_month"} if offered.any() else set()
        asked |= {"shared_pedelec_ride"} if len(region.table("person_sharing")) else set()
        value = {name: np.nan if tariff.value is None else tariff.value for name, tariff in prices.items()}
        single = np.nan_to_num(value["transit_single"], nan=_kernels.NEVER)
        instead = 0.0 if single == _kernels.NEVER else _kernels.NEVER
        month = np.nan_to_num(value["transit_month"], nan=instead)
        job = np.nan_to_num(value["transit_job_ticket_month"], nan=month)
        rides = {Chain.BIKE: "bike_km", Chain.PEDELEC: "pedelec_km", Chain.CAR: "car_km"}
        rates = np.zeros((2, len(Chain)))
        for chain, name in rides.items():
            rates[:, chain] = np.nan_to_num(value[name], nan=0.0)
        lent = np.nan_to_num(value["shared_pedelec_ride"], nan=0.0)
        rates[:, Chain.SHARED_PEDELEC] = lent
        rates[:, Chain.SHARED_PEDELEC_TRANSIT] = 2 * lent
        rates[1, [Chain.TRANSIT, Chain.BIKE_TRANSIT, Chain.SHARED_PEDELEC_TRANSIT]] += single
        unknown = tuple(name for name in sorted(asked) if not prices[name].known)
        per_post = np.full(len(offered), float(month))
        per_post[offered] = job
        return cls(per_post, rates, unknown)
