# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
A region's answer for other people drawn from the same population: how sure its figures are.

Posts, courses and ways stay as they are, and so does what stands between a person and a post. So this is the uncertainty of who
happens to be in the modelled population, and of nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drehkreuz.matching.coalitions import Certificate, certify
from drehkreuz.matching.headcount import Headcount, PeopleRelation
from drehkreuz.matching.market import Market
from drehkreuz.matching.resampling import resampled
from drehkreuz.matching.working_set import working_set
from drehkreuz.progress import SILENT, Progress, track

TIMES: Final = 20
"""Bootstraps that an interval is taken from."""


@dataclass(frozen=True, slots=True)
class Redrawn:
    """
    Other people of the same population.

    Attributes:
        counted: Who is counted.
        certificate: Largest allocations of all 128 coalitions, proved against every pair.
    """

    counted: Headcount
    certificate: Certificate


def redrawn(
    market: Market, arrays: Mapping[str, NDArray[np.generic]], n: int = TIMES, *, progress: Progress = SILENT
) -> Iterator[Redrawn]:
    """
    Yield the answer for n bootstraps of the people: each row counts as often as `drehkreuz.matching.resampling.times` says.

    Args:
        market: The prepared region.
        arrays: Its pair relation (`relation_of_region`).
        n: How many; the i-th is the same however many there are.
        progress: Told of each.
    """
    region = market.region
    for seed in track(range(1, n + 1), "redrawn", progress):
        counted = resampled(region.table("people"), seed)
        relation = PeopleRelation.of_region(region, arrays, counted)
        yield Redrawn(counted, certify(relation, working_set(relation)))
