# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""From where a place is reached in so many minutes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drehkreuz.reach.asked.planner import Spans
from drehkreuz.reach.cells import Cells, Polygon
from drehkreuz.reach.direct import as_minutes
from drehkreuz.region import Region


@dataclass(frozen=True, slots=True)
class Isochrone:
    """
    Homes by how long their ways are.

    Attributes:
        minutes: uint8[z], whole minutes, `CANNOT` where there is no way.
        limits: Minutes, ascending.
    """

    minutes: NDArray[np.uint8]
    limits: tuple[int, ...]

    @classmethod
    def of(cls, spans: Spans, limits: tuple[int, ...], longest: int, *, both: bool) -> Isochrone:
        """
        Sort homes by their ways.

        Args:
            spans: Of all homes.
            limits: Minutes, in any order.
            longest: Most minutes that are looked for.
            both: The slower of out and back counts; else the way out alone.
        """
        seconds = np.maximum(spans.out, spans.back) if both else spans.out
        return cls(as_minutes(seconds, longest), tuple(sorted(set(limits))))

    def within(self, limit: int) -> NDArray[np.bool_]:
        """Return which homes are within a limit, bool[z]."""
        return self.minutes <= limit

    def outlines(self, region: Region) -> list[list[Polygon]]:
        """Return, for each limit, the outline of the cells within it; a wider limit holds the narrower ones."""
        zones = region.table("zones")
        cells = Cells.of(zones["lat"], zones["lon"])
        return [cells.outline(self.within(limit)) for limit in self.limits]
