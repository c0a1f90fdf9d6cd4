# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region prepared for its pair relation: taxonomy, profiles, demands and ways, computed once."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace

import polars as pl

from drehkreuz.learning import LearningParameters
from drehkreuz.matching.utility import UtilityWeights
from drehkreuz.progress import SILENT, Progress
from drehkreuz.reach import Minutes, Triples, triples
from drehkreuz.reach.stage import minutes_of_region
from drehkreuz.region import Cache, Region, blocks
from drehkreuz.skills import Requirements, SkillProfiles, Taxonomy, requirement_profiles, skill_profiles, taxonomy


@dataclass(frozen=True, slots=True)
class MarketParameters:
    """
    Assumed values of the pair relation, all in one place.

    Attributes:
        pay_point: Where in the advertised range pay is taken: 0 its lower end, 1 its upper end.
        late_days: Days that a post is taken to wait for somebody; who can start only later gets the note that the dates do
            not meet.
    """

    pay_point: float = 0.5
    late_days: int = 92


@dataclass(frozen=True, slots=True)
class Market:
    """
    Everything the pair relation is computed from.

    Attributes:
        region: The region.
        taxonomy: Its taxonomy.
        profiles: What each person brings.
        requirements: What posts ask, the distinct sets.
        triples: Where people must be, and when.
        minutes: Ways there and back.
        parameters: Assumed values.
        learning: Assumed values of the learning engine.
        weights: What counts, and how much.
    """

    region: Region
    taxonomy: Taxonomy
    profiles: SkillProfiles
    requirements: Requirements
    triples: Triples
    minutes: Minutes
    parameters: MarketParameters = field(default_factory=MarketParameters)
    learning: LearningParameters = field(default_factory=LearningParameters)
    weights: UtilityWeights = field(default_factory=UtilityWeights)

    @property
    def n_people(self) -> int:
        """People of the region."""
        return len(self.region.table("people"))

    @property
    def n_vacancies(self) -> int:
        """Rows of table `vacancies`; one may have several openings."""
        return len(self.region.table("vacancies"))

    def blocks(self) -> list[range]:
        """Return the blocks of people that are computed at a time."""
        return blocks(self.n_people)


def prepare(
    region: Region,
    *,
    cache: Cache | None = None,
    executor: Executor | None = None,
    progress: Progress = SILENT,
) -> Market:
    """
    Prepare a region: read its taxonomy, profiles and demands, compute its ways.

    Args:
        region: The region, real people laid over it or not: the ways do not depend on people, so they may be cached.
        cache: Where ways are kept; None: computed always.
        executor: Threads, processes or many machines; None: here and now.
        progress: Told of every piece of work.

    Raises:
        InputError: If a table names a row that is not there.
    """
    known = taxonomy(region)
    where = triples(region)
    return Market(
        region=region,
        taxonomy=known,
        profiles=skill_profiles(region, known),
        requirements=requirement_profiles(region, known),
        triples=where,
        minutes=minutes_of_region(region, where, cache=cache, executor=executor, progress=progress),
    )


def with_person(market: Market, tables: Mapping[str, pl.DataFrame], weights: UtilityWeights | None = None) -> Market:
    """
    Lay people over a prepared market: ways and demands stay, only what the people bring is computed.

    Args:
        market: The prepared region.
        tables: `people` and its child tables, all of them: they take the place of the region's own.
        weights: What counts for them, and how much; None: as in the market.
    """
    laid = market.region.with_tables(tables)
    profiles = skill_profiles(laid, market.taxonomy)
    return replace(market, region=laid, profiles=profiles, weights=weights or market.weights)
