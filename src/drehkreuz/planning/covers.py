# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""From a region to a siting: where something could stand, whom it would serve on streets, how much each home counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.spatial import KDTree

from drehkreuz.errors import Finding, InputError
from drehkreuz.planning.siting import Siting
from drehkreuz.reach.access import BLOCK, Opportunities, residents
from drehkreuz.reach.commutes import Minutes
from drehkreuz.reach.modes import CANNOT, Chain, Mode
from drehkreuz.reach.parameters import PARAMETERS, Parameters
from drehkreuz.reach.points import Points
from drehkreuz.reach.streets import StreetGraph
from drehkreuz.reach.ways import FAR, StraightLines, Ways, near
from drehkreuz.region import Region
from drehkreuz.region.csr import Csr


class Candidates(StrEnum):
    """Where something could stand."""

    STOPS = "stops"
    ZONES = "zones"
    WORKPLACES = "workplace"
    LEARNING = "learning"
    CARE = "care"
    SERVICES = "service"


@dataclass(frozen=True, slots=True)
class Question:
    """
    A siting of a region with the names of its rows.

    Attributes:
        siting: The siting; its demand is table `zones`, its groups are municipalities.
        sites: Key of each site in its table, candidates first, then what exists.
        table: Table of the candidates.
        groups: Municipality of each group, empty where a zone names none.
        minutes: float64[m], beside the entries of the siting's covers.
        assumed_ways: Whether ways were assumed from straight lines, since the region has no streets.
    """

    siting: Siting
    sites: tuple[str, ...]
    table: str
    groups: tuple[str, ...]
    minutes: NDArray[np.float64]
    assumed_ways: bool


def question(
    region: Region,
    candidates: Candidates,
    mode: Mode,
    within_minutes: float,
    *,
    weight: NDArray[np.float64] | None = None,
    existing: Points | None = None,
    apart_metres: float = 0.0,
    floor: float = 0.0,
    parameters: Parameters = PARAMETERS,
) -> Question:
    """
    Ask where something should stand so that homes have it within some minutes.

    Args:
        region: The region.
        candidates: Where it could stand.
        mode: How people go there; the slower of there and back counts.
        within_minutes: As far as they go.
        weight: float64[z], how much each zone counts; None: its residents. `pairs_opened` counts pairs of people and posts. Zones
            outside the study area count nothing.
        existing: Where it stands already.
        apart_metres: New ones stand at least so far from each other and from existing ones, in a straight line.
        floor: Share of each municipality's weight that must be served.
        parameters: What is assumed about ways.

    Raises:
        InputError: If the region has no such candidates.
    """
    could = candidate_points(region, candidates)
    if not len(could):
        table = could.table
        remedy = "Add rows, or choose other candidates."
        raise InputError(Finding(table, "", "", candidates.value, "no row to choose a site from", remedy))
    points = could if existing is None else joined(could, existing)
    zones = Points.of(region, "zones")
    streets = len(region.table("street_edges")) > 0
    ways: Ways = StreetGraph.from_region(region, parameters) if streets else StraightLines(parameters)
    covers, minutes = within(ways, points, zones, mode, within_minutes)
    municipality = region.table("zones")["municipality"].fill_null("")
    groups = municipality.unique().sort()
    return Question(
        siting=Siting(
            covers=covers,
            weight=(residents(region) if weight is None else weight) * studied(region),
            existing=np.arange(len(points)) >= len(could),
            near=None if apart_metres <= 0 else too_near(points, apart_metres),
            group=groups.search_sorted(municipality).to_numpy().astype(np.int32),
            floor=None if floor <= 0 else np.full(len(groups), floor),
            group_names=tuple(groups.to_list()),
        ),
        sites=points.ids,
        table=could.table,
        groups=tuple(groups.to_list()),
        minutes=minutes,
        assumed_ways=ways.assumed,
    )


def studied(region: Region) -> NDArray[np.bool_]:
    """Return which zones reports count: all but those of municipalities outside the study area, bool[z]."""
    outside = region.table("municipalities").filter(~pl.col("study_area"))["municipality"]
    return ~region.table("zones")["municipality"].fill_null("").is_in(outside.implode()).to_numpy()


def candidate_points(region: Region, candidates: Candidates) -> Points:
    """Return the points of one kind; of stops, each station once."""
    if candidates is Candidates.ZONES:
        return Points.of(region, "zones")
    if candidates is Candidates.STOPS:
        stops = Points.of(region, "stops")
        return stops.take(np.flatnonzero(region.table("stops")["parent"].is_null().to_numpy()))
    return Points.of(region, "places").take(
        np.flatnonzero((region.table("places")["kind"] == candidates.value).to_numpy())
    )


def joined(first: Points, second: Points) -> Points:
    """Return two sets of points as one."""
    return Points(first.table, (*first.ids, *second.ids), np.concatenate([first.xyz, second.xyz]))


def within(
    ways: Ways, sites: Points, homes: Points, mode: Mode, within_minutes: float
) -> tuple[Csr, NDArray[np.float64]]:
    """Return the homes from which each site can be reached and left within some minutes, and the slower way's minutes."""
    limit = within_minutes * 60
    pairs = near(ways, ways.locate(sites), ways.locate(homes), mode, limit)
    slower = np.maximum(pairs.outward, pairs.inward)
    both = (slower < FAR) & (slower <= np.ceil(limit))
    indptr = np.zeros(len(sites) + 1, dtype=np.int64)
    np.cumsum(np.bincount(pairs.root[both], minlength=len(sites)), out=indptr[1:])
    return Csr(indptr, pairs.other[both].astype(np.int32)), slower[both] / 60


def too_near(points: Points, metres: float) -> Csr:
    """Return, for each point, the others less than so many metres away."""
    pairs = KDTree(points.xyz).query_pairs(np.nextafter(metres, 0.0), output_type="ndarray")
    return Csr.from_pairs(pairs.ravel(), pairs[:, ::-1].ravel(), len(points))


def pairs_opened(
    region: Region,
    opportunities: Opportunities,
    ways: Minutes,
    chain: Chain,
    today: Sequence[Chain] = (Chain.WALK, Chain.TRANSIT),
    within_minutes: int = 60,
) -> NDArray[np.float64]:
    """
    Return, for each zone, how many pairs of a resident and an opening a chain brings within reach that those of today do not.

    The weight of a siting whose sites give people that chain. Whether a person fits the opening is not asked.

    Args:
        region: The region; residents count.
        opportunities: Openings, from `drehkreuz.reach.access.jobs`.
        ways: Minutes of the triples that the opportunities name.
        chain: What a site gives to those near it.
        today: Chains that people have without it.
        within_minutes: Longest way, the slower of out and back.
    """
    limit = min(within_minutes, CANNOT - 1)
    opened = np.zeros(ways.out.shape[1])
    for start in range(0, len(opportunities.weight), BLOCK):
        some = range(start, min(start + BLOCK, len(opportunities.weight)))
        new = opportunities.minutes(ways, chain, some) <= limit
        for known in today:
            new &= opportunities.minutes(ways, known, some) > limit
        opened += opportunities.weight[some.start : some.stop] @ new
    return opened * residents(region)
