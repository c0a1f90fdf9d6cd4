# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How much every home has within reach: jobs, learning places and services, by every chain, with and without competition."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.reach.commutes import Minutes
from drehkreuz.reach.modes import CANNOT, Chain, DayType
from drehkreuz.reach.parameters import PARAMETERS, Parameters
from drehkreuz.reach.triples import Triples
from drehkreuz.region import Region
from drehkreuz.region.csr import Csr

BLOCK: Final = 256
"""Opportunities looked at together: bounds memory."""


class Of(StrEnum):
    """What is to be reached."""

    JOBS = "jobs"
    LEARNING = "learning"
    SERVICES = "services"


@dataclass(frozen=True, slots=True)
class Opportunities:
    """
    What is to be reached, and when one must be there.

    Attributes:
        weight: float64[o], openings of a post; 1 for a learning place or a service.
        triples: Rows of triples of each; one without any needs no way at all.
        every: Whether each triple must be reached, as every shift of a post, or any one will do.
    """

    weight: NDArray[np.float64]
    triples: Csr
    every: bool

    def minutes(self, ways: Minutes, chain: Chain, some: range) -> NDArray[np.uint8]:
        """Return the slower of out and back to some of the opportunities by one chain, uint8[len(some), zones]."""
        found = np.zeros((len(some), ways.out.shape[1]), dtype=np.uint8)
        combine = np.max if self.every else np.min
        for i, opportunity in enumerate(some):
            rows = self.triples.row(opportunity)
            if len(rows):
                found[i] = combine(np.maximum(ways.out[rows, :, chain], ways.back[rows, :, chain]), axis=0)
        return found


def jobs(region: Region, triples: Triples) -> Opportunities:
    """Return the openings of all posts; a post is reached where every shift and every place of it is."""
    return Opportunities(
        region.table("vacancies")["openings"].to_numpy().astype(np.float64), triples.of_vacancy, every=True
    )


def learning_places(triples: Triples) -> Opportunities:
    """Return the places with course sessions; one is reached where any of its sessions is."""
    held = np.unique(triples.of_session[triples.of_session >= 0])
    _, place = np.unique(triples.place[held], return_inverse=True)
    n = int(place.max(initial=-1)) + 1
    return Opportunities(np.ones(n), Csr.from_pairs(place, held, n), every=False)


def services(triples: Triples) -> Opportunities:
    """Return one opportunity for each triple, as `service_triples` gives them."""
    n = len(triples)
    return Opportunities(np.ones(n), Csr.from_pairs(np.arange(n), np.arange(n), n), every=True)


def service_triples(region: Region, parameters: Parameters = PARAMETERS) -> Triples:
    """Return a visit to every place of kind care or service, on a weekday at `Parameters.service_visit`."""
    kinds = region.table("places")["kind"].is_in(["care", "service"])
    places = np.flatnonzero(kinds.to_numpy()).astype(np.int32)
    begin, end = parameters.service_visit
    nothing = np.zeros(0, dtype=np.int32)
    return Triples(
        place=places,
        start=np.full(len(places), begin, dtype=np.int32),
        end=np.full(len(places), end, dtype=np.int32),
        day_out=np.full(len(places), DayType.WEEKDAY, dtype=np.int8),
        day_back=np.full(len(places), DayType.WEEKDAY, dtype=np.int8),
        of_vacancy=Csr(np.zeros(1, dtype=np.int64), nothing),
        days=np.zeros(0),
        further=np.zeros(0, dtype=np.bool_),
        of_session=nothing,
        findings=(),
    )


def residents(region: Region) -> NDArray[np.float64]:
    """Return who competes in each zone: residents, or the weights of `people` where no zone says how many live there."""
    zones = region.table("zones")
    if zones["population"].null_count() < len(zones):
        return zones["population"].fill_null(0).to_numpy().astype(np.float64)
    weights = region.table("people").group_by("zone_id").agg(pl.sum("weight"))
    found = zones.join(weights, on="zone_id", how="left", maintain_order="left")["weight"]
    return found.fill_null(0.0).to_numpy().astype(np.float64)


@dataclass(frozen=True, slots=True)
class Access:
    """
    What homes have within reach.

    Attributes:
        within: float64[limits, c, z], `Minutes.chains`; weight within each of `Parameters.access_minutes`, out and back.
        gravity: float64[c, z], weight, each counting less the longer the way: half at `Parameters.access_half_minutes`.
        share: float64[c, z], spatial availability: every opportunity is given out once, among all who can reach it, by their number
            and by how near they are. The sum over zones is the weight that anybody can reach.
    """

    within: NDArray[np.float64]
    gravity: NDArray[np.float64]
    share: NDArray[np.float64]


def access(
    opportunities: Opportunities,
    ways: Minutes,
    residents: NDArray[np.float64],
    parameters: Parameters = PARAMETERS,
) -> Access:
    """
    Measure what every zone has within reach by every chain, as if all took that chain.

    Args:
        opportunities: What is to be reached.
        ways: Minutes of the triples that the opportunities name.
        residents: float64[z], who competes.
        parameters: Limits, and how the worth of an opportunity falls with the minutes.

    Source:
        Gravity: Hansen: How Accessibility Shapes Land Use. Journal of the American Institute of Planners 25 (1959). Spatial
        availability: Soukhov, Páez, Higgins, Mohamed: Introducing spatial availability, a singly-constrained measure of competitive
        accessibility. PLOS ONE 18 (2023).
    """
    limits, zones = parameters.access_minutes, ways.out.shape[1]
    found = Access(
        within=np.zeros((len(limits), len(ways.chains), zones)),
        gravity=np.zeros((len(ways.chains), zones)),
        share=np.zeros((len(ways.chains), zones)),
    )
    worth = worth_of_minutes(parameters)
    for start in range(0, len(opportunities.weight), BLOCK):
        some = range(start, min(start + BLOCK, len(opportunities.weight)))
        weight = opportunities.weight[some.start : some.stop]
        for chain in ways.chains:
            minutes = opportunities.minutes(ways, chain, some)
            for k, limit in enumerate(limits):
                found.within[k, chain] += weight @ (minutes <= limit)
            near = worth[minutes]
            found.gravity[chain] += weight @ near
            wanted = near @ residents
            per_person = np.divide(weight, wanted, out=np.zeros_like(weight), where=wanted > 0)
            found.share[chain] += (per_person @ near) * residents
    return found


def worth_of_minutes(parameters: Parameters) -> NDArray[np.float64]:
    """Return how much an opportunity counts after so many minutes, float64[256]: 1 at none, 0 where there is no way."""
    worth = 0.5 ** (np.arange(CANNOT + 1) / parameters.access_half_minutes)
    worth[CANNOT] = 0.0
    return worth


def access_table(region: Region, found: Access, parameters: Parameters = PARAMETERS) -> pl.DataFrame:
    """Return one row per zone and chain, by zone: `zone_id`, `chain`, `within_30` …, `gravity`, `share`."""
    zones, chains = region.table("zones")["zone_id"], tuple(Chain)[: len(found.gravity)]
    columns = {f"within_{limit}": found.within[k] for k, limit in enumerate(parameters.access_minutes)}
    columns |= {"gravity": found.gravity, "share": found.share}
    return pl.DataFrame(
        {
            "zone_id": np.repeat(zones.to_numpy(), len(chains)),
            "chain": [chain.name.lower() for chain in chains] * len(zones),
            **{name: values.T.ravel() for name, values in columns.items()},
        },
        schema_overrides={"zone_id": pl.String},
    )
