# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Where to build public points first: sites that reach most of what is missing, how many points each, what the grid must carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.errors import Finding, InputError
from drehkreuz.planning.charging.assumptions import VARIANTS, Assumptions
from drehkreuz.planning.charging.existing import CLASSES
from drehkreuz.planning.charging.grid import screened
from drehkreuz.planning.charging.need import ENDING, Need
from drehkreuz.planning.covers import Candidates, Question, question
from drehkreuz.planning.maximal_cover import maximal_cover
from drehkreuz.planning.placement import Placement
from drehkreuz.reach.modes import Mode
from drehkreuz.region import Region

BY: Final = {"normal": Mode.WALK, "fast": Mode.CAR}
"""How people come: on foot from home or shop, by the car that is to be charged."""

WITHIN: Final = {"normal": 8.0, "fast": 10.0}
"""Minutes they accept (assumed)."""


@dataclass(frozen=True, slots=True)
class Sited:
    """
    Sites to build.

    Attributes:
        asked: The siting that was solved.
        placed: Its answer.
        points: int64[k], points of each site in order of building.
        grid: `kw_low`, `kw`, `kw_high` of each site and what the grid would mean.
    """

    asked: Question
    placed: Placement
    points: NDArray[np.int64]
    grid: pl.DataFrame


def missing(found: Need, of: str) -> NDArray[np.float64]:
    """Return missing points of one class by cell, middle assumptions, float64[z]; zero outside the study area."""
    at = CLASSES.index(of)
    gap = np.maximum(found.by["mid"].public()[at] - found.existing.points[at], 0.0)
    return np.asarray(np.where(found.studied, gap, 0.0))


def charging_sites(
    region: Region,
    found: Need,
    assumptions: Assumptions,
    of: str,
    build: int,
    *,
    at: Candidates = Candidates.ZONES,
    within: float | None = None,
    apart_metres: float = 0.0,
) -> Sited:
    """
    Choose sites that reach most of the points missing.

    A cell's missing points are built at the first site, in order of building, that reaches it.

    Args:
        region: The region.
        found: Need, with what stands.
        assumptions: Power of points and what a connection means.
        of: One of `CLASSES`.
        build: Sites at most.
        at: Where they could stand.
        within: Minutes that people accept; None: as `WITHIN` says.
        apart_metres: New sites stand so far apart.

    Raises:
        InputError: If nothing is missing, or the region has no such candidates.
    """
    weight = missing(found, of)
    if not weight.any():
        problem = f"no {of} point is missing in {found.year}"
        raise InputError(Finding("charging", "", "", "", problem, "Ask for a later year, or for the other class."))
    minutes = WITHIN[of] if within is None else within
    asked = question(region, at, BY[of], minutes, weight=weight, apart_metres=apart_metres)
    placed = maximal_cover(asked.siting, build)
    points = _points(asked, placed)
    kw = {f"kw{ENDING[variant]}": points * assumptions.of(variant)[f"{of}_kw"] for variant in VARIANTS}
    return Sited(asked, placed, points, screened(pl.DataFrame(kw), assumptions.grid))


def _points(asked: Question, placed: Placement) -> NDArray[np.int64]:
    """Return points of each site: what is missing in cells that no earlier one reaches, rounded up."""
    left = asked.siting.weight.copy()
    points = []
    for site in placed.sites.tolist():
        cells = asked.siting.covers.row(site)
        points.append(int(np.ceil(left[cells].sum() - 1e-9)))
        left[cells] = 0.0
    return np.array(points, dtype=np.int64)
