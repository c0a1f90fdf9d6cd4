# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A part of the village and what is worked out of it, shared by the tests of teaching."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from numpy.typing import NDArray

from drehkreuz.matching.market import Market, prepare
from drehkreuz.matching.stages import relation_of_region
from drehkreuz.region import Cache, Region

PEOPLE = 120
"""People of the village that the tests count: enough to fill its courses."""


class Worked(NamedTuple):
    """A market and its pair relation."""

    market: Market
    relation: dict[str, NDArray[Any]]


def with_people(region: Region, n: int) -> Region:
    """A region with its first people alone."""
    people = region.table("people").head(n)
    theirs = {
        name: frame.join(people, on="person_id", how="semi", maintain_order="left")
        for name, frame in region.tables.items()
        if "person_id" in frame.columns and name != "people"
    }
    return region.with_tables({**theirs, "people": people})


def worked_out(region: Region) -> Worked:
    """What is worked out of a region, through the tests' own cache."""
    market = prepare(region, cache=Cache.default())
    return Worked(market, relation_of_region(market, cache=Cache.default()))


@pytest.fixture(scope="session")
def hamlet_of_learners(village: Region) -> Region:
    """The village with a part of its people."""
    return with_people(village, PEOPLE)


@pytest.fixture(scope="session")
def worked(hamlet_of_learners: Region) -> Worked:
    """Its market and pair relation."""
    return worked_out(hamlet_of_learners)
