# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Ways on the ground between points: what streets and straight lines have in common, and the straight lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

from drehkreuz.errors import Finding
from drehkreuz.reach.modes import Mode
from drehkreuz.reach.parameters import PARAMETERS, Parameters
from drehkreuz.reach.points import Points

CHUNK = 256
"""Points searched from at a time, where only the near ones are kept: bounds memory."""


class Times(NamedTuple):
    """
    Ways between each root and each other point.

    Attributes:
        seconds: float64[roots, others], infinite where the way is longer than the limit or there is none.
        metres: float64[roots, others], length of the fastest way, infinite likewise.
    """

    seconds: NDArray[np.float64]
    metres: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sites:
    """
    Points with their places in the network.

    Attributes:
        points: The points.
        node: int32[modes, n], node of the network per mode, -1 where none is near enough.
        snap_seconds: float64[modes, n], walk from the point to that node.
        findings: Points that are too far from everything.
    """

    points: Points
    node: NDArray[np.int32]
    snap_seconds: NDArray[np.float64]
    findings: tuple[Finding, ...] = ()

    def __len__(self) -> int:
        return len(self.points)

    def take(self, rows: NDArray[np.int64]) -> Sites:
        """Return some of the sites, without findings."""
        return Sites(
            self.points.take(rows),
            np.ascontiguousarray(self.node[:, rows]),
            np.ascontiguousarray(self.snap_seconds[:, rows]),
        )


class Ways(Protocol):
    """A network that knows how long it takes from point to point."""

    @property
    def assumed(self) -> bool:
        """Whether lengths are assumed from straight lines instead of read from streets."""

    def locate(self, points: Points) -> Sites:
        """Find the points' places in the network, once."""

    def outward(self, roots: Sites, others: Sites, mode: Mode, limit: float) -> Times:
        """Return the ways from each root to each other point, up to `limit` seconds."""

    def inward(self, roots: Sites, others: Sites, mode: Mode, limit: float) -> Times:
        """Return the ways from each other point to each root, up to `limit` seconds; shape [roots, others] all the same."""

    def outward_near(self, roots: Sites, others: Sites, mode: Mode, limit: float) -> Within:
        """Return what `outward` does, as a list of the pairs within the limit."""

    def inward_near(self, roots: Sites, others: Sites, mode: Mode, limit: float) -> Within:
        """Return what `inward` does, as a list of the pairs within the limit."""


class Within(NamedTuple):
    """
    Points within a limit of each root, in one direction, by root; the points of a root in any order.

    Attributes:
        root: int64[m].
        other: int64[m].
        seconds: float64[m].
    """

    root: NDArray[np.int64]
    other: NDArray[np.int64]
    seconds: NDArray[np.float64]


class Near(NamedTuple):
    """
    Pairs of points that are near each other, by root, then by other point.

    Attributes:
        root: int64[m].
        other: int64[m].
        outward: int32[m], whole seconds from root to other, `FAR` where only the way back is within the limit.
        inward: int32[m], whole seconds from other to root.
    """

    root: NDArray[np.int64]
    other: NDArray[np.int64]
    outward: NDArray[np.int32]
    inward: NDArray[np.int32]


FAR = 2**29
"""Seconds that are never in time; two of them still fit 32 bits."""


def near(ways: Ways, roots: Sites, others: Sites, mode: Mode, limit: float) -> Near:
    """Return all pairs within the limit in at least one direction, seconds rounded up."""
    there, back = ways.outward_near(roots, others, mode, limit), ways.inward_near(roots, others, mode, limit)
    keys = [pairs.root * len(others) + pairs.other for pairs in (there, back)]
    either = np.union1d(*keys)
    seconds = np.full((2, len(either)), FAR, dtype=np.int32)
    for row, (key, pairs) in enumerate(zip(keys, (there, back), strict=True)):
        seconds[row, np.searchsorted(either, key)] = whole_seconds(pairs.seconds)
    return Near(*np.divmod(either, max(len(others), 1)), *seconds)


def whole_seconds(seconds: NDArray[np.float64]) -> NDArray[np.int32]:
    """Round seconds up, forgiving a millionth for the arithmetic; infinite becomes `FAR`."""
    return np.ceil(np.minimum(seconds, FAR) - 1e-6).astype(np.int32)


@dataclass(frozen=True, slots=True)
class StraightLines:
    """Ways where the region has no streets: straight line × detour at the mode's speed, marked as assumed."""

    parameters: Parameters = PARAMETERS

    @property
    def assumed(self) -> bool:
        """Always."""
        return True

    def locate(self, points: Points) -> Sites:
        """Place every point as it is: there is one open field, and all stand on it."""
        shape = (len(Mode), len(points))
        return Sites(points, np.zeros(shape, dtype=np.int32), np.zeros(shape))

    def outward(self, roots: Sites, others: Sites, mode: Mode, limit: float) -> Times:
        """Return the ways from each root to each other point, up to `limit` seconds."""
        metres = cdist(roots.points.xyz, others.points.xyz) * self.parameters.detour
        seconds = self.seconds(metres, mode)
        within = seconds <= limit
        return Times(np.where(within, seconds, np.inf), np.where(within, metres, np.inf))

    def inward(self, roots: Sites, others: Sites, mode: Mode, limit: float) -> Times:
        """Return the same as `outward`: a straight line is as long either way."""
        return self.outward(roots, others, mode, limit)

    def outward_near(self, roots: Sites, others: Sites, mode: Mode, limit: float) -> Within:
        """Return what `outward` does, as a list of the pairs within the limit; computed by parts, which bounds memory."""
        parts = []
        for start in range(0, max(len(roots), 1), CHUNK):
            rows = np.arange(start, min(start + CHUNK, len(roots)))
            seconds = self.outward(roots.take(rows), others, mode, limit).seconds
            root, other = np.nonzero(np.isfinite(seconds))
            parts.append((root + start, other, seconds[root, other]))
        return Within(*(np.concatenate(column) for column in zip(*parts, strict=True)))

    def inward_near(self, roots: Sites, others: Sites, mode: Mode, limit: float) -> Within:
        """Return the same as `outward_near`."""
        return self.outward_near(roots, others, mode, limit)

    def seconds(self, metres: NDArray[np.float64], mode: Mode) -> NDArray[np.float64]:
        """Return how long a way takes; the car goes through the bands of `Parameters.car_bands`."""
        if mode is not Mode.CAR:
            return metres / self.parameters.metres_per_second(mode)
        seconds = np.zeros_like(metres)
        begin = 0.0
        for end, kmh in self.parameters.car_bands:
            seconds += np.clip(metres / 1000 - begin, 0.0, end - begin) / kmh * 3600
            begin = end
        return seconds
