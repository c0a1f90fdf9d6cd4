# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Links between points and the stops near them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drehkreuz.reach import _kernels
from drehkreuz.reach.modes import Mode
from drehkreuz.reach.ways import Sites, Ways, near


@dataclass(frozen=True, slots=True)
class StopLinks:
    """
    The stops near each point, by stop.

    Attributes:
        indptr: int64[n + 1], rising from 0.
        stop: int32[m], row of table `stops`.
        to_stop: int32[m], whole seconds from the point to the stop, `ways.FAR` where only the way back is short enough.
        from_stop: int32[m], whole seconds from the stop to the point.
    """

    indptr: NDArray[np.int64]
    stop: NDArray[np.int32]
    to_stop: NDArray[np.int32]
    from_stop: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.indptr) - 1

    @property
    def points(self) -> NDArray[np.int64]:
        """The point of each link, int64[m]."""
        return np.repeat(np.arange(len(self)), np.diff(self.indptr))

    def take(self, points: Sequence[int] | NDArray[np.int64]) -> StopLinks:
        """Return the links of some points, which may stand there several times."""
        rows = np.asarray(points, dtype=np.int64)
        count = np.diff(self.indptr)[rows]
        indptr = np.zeros(len(rows) + 1, dtype=np.int64)
        np.cumsum(count, out=indptr[1:])
        link = np.repeat(self.indptr[rows] - indptr[:-1], count) + np.arange(indptr[-1])
        return StopLinks(indptr, self.stop[link], self.to_stop[link], self.from_stop[link])

    def turned(self) -> StopLinks:
        """Return the links with time turned around: the way to the stop is the way from it."""
        return StopLinks(self.indptr, self.stop, self.from_stop, self.to_stop)

    def row(self, point: int) -> StopLinks:
        """Return the links of one point."""
        return self._part(slice(int(self.indptr[point]), int(self.indptr[point + 1])))

    def only(self, link: int) -> StopLinks:
        """Return a single link."""
        return self._part(slice(link, link + 1))

    def _part(self, part: slice) -> StopLinks:
        count = np.array([0, part.stop - part.start], dtype=np.int64)
        return StopLinks(count, self.stop[part], self.to_stop[part], self.from_stop[part])

    def leave_by(self, board: NDArray[np.int32]) -> NDArray[np.int32]:
        """
        Return the latest time to leave each point, from the latest departure of every stop.

        Args:
            board: int32[stops], or int32[stops, columns] for many deadlines or places at once.

        Returns:
            int32[n] or int32[n, columns].
        """
        return self._join(board, self.to_stop)

    def arrive_at(self, alight: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the earliest arrival at each point, from the earliest arrival at every stop; shapes as in `leave_by`."""
        return -self._join(-alight, self.from_stop)

    def _join(self, label: NDArray[np.int32], seconds: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the highest label less the seconds among the stops of each point."""
        columns = np.ascontiguousarray(label if label.ndim == 2 else label[:, None])
        best = np.empty((len(self.indptr) - 1, columns.shape[1]), dtype=np.int32)
        _kernels.join_latest(columns, self.indptr, self.stop, seconds, best)
        return best if label.ndim == 2 else best[:, 0]


def stop_links(ways: Ways, points: Sites, stops: Sites, mode: Mode, limit: float) -> StopLinks:
    """
    Return the stops within a limit of each point.

    Args:
        ways: Streets or straight lines.
        points: Homes or workplaces.
        stops: All stops.
        mode: How the way is made.
        limit: Longest way, seconds, in at least one of the two directions.
    """
    pairs = near(ways, points, stops, mode, limit)
    indptr = np.zeros(len(points) + 1, dtype=np.int64)
    np.cumsum(np.bincount(pairs.root, minlength=len(points)), out=indptr[1:])
    return StopLinks(indptr, pairs.other.astype(np.int32), pairs.outward, pairs.inward)
