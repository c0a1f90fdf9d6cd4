# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Runs put in lines, as the scans read them: the same calls in the same order, none overtaking another."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Calls:
    """
    The calls of runs, one run after the other.

    Attributes:
        first: int64[n + 1], first call of each run; its last is the one before the next run's first.
        stop: int32[calls], row of table `stops`.
        arrival: int32[calls], seconds.
        departure: int32[calls], seconds.
        boards: bool[calls], people may get on.
        alights: bool[calls], people may get off.
    """

    first: NDArray[np.int64]
    stop: NDArray[np.int32]
    arrival: NDArray[np.int32]
    departure: NDArray[np.int32]
    boards: NDArray[np.bool_]
    alights: NDArray[np.bool_]

    def take(self, runs: NDArray[np.int64]) -> Calls:
        """Return some runs, in the order given."""
        first = np.zeros(len(runs) + 1, dtype=np.int64)
        np.cumsum(np.diff(self.first)[runs], out=first[1:])
        calls = np.repeat(self.first[runs] - first[:-1], np.diff(first)) + np.arange(first[-1])
        columns = (self.stop, self.arrival, self.departure, self.boards, self.alights)
        return Calls(first, *(np.ascontiguousarray(column[calls]) for column in columns))

    def mirrored(self) -> Calls:
        """Return the runs with time turned around: arrivals are departures at the negative second, the last call is the first."""
        return Calls(
            first=np.ascontiguousarray(self.first[-1] - self.first[::-1]),
            stop=np.ascontiguousarray(self.stop[::-1]),
            arrival=np.ascontiguousarray(-self.departure[::-1]),
            departure=np.ascontiguousarray(-self.arrival[::-1]),
            boards=np.ascontiguousarray(self.alights[::-1]),
            alights=np.ascontiguousarray(self.boards[::-1]),
        )


@dataclass(frozen=True, slots=True)
class Lines:
    """
    Runs in lines: of two runs of a line, the later one is nowhere earlier.

    Attributes:
        runs: int64[lines + 1], first run of each line.
        calls: Calls of the runs, in this order.
    """

    runs: NDArray[np.int64]
    calls: Calls

    def mirrored(self) -> Lines:
        """Return the lines with time turned around."""
        return Lines(np.ascontiguousarray(self.runs[-1] - self.runs[::-1]), self.calls.mirrored())


def in_lines(calls: Calls) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """
    Put runs in lines.

    Args:
        calls: Runs by their first departure.

    Returns:
        The runs in their new order, int64[n]; the first run of each line in that order, int64[lines + 1]. Lines stand in the order
        of their first runs' kinds, so the order of runs with equal times alone decides what the caller leaves open.
    """
    alike: dict[bytes, list[list[int]]] = {}
    times = np.stack([calls.arrival, calls.departure])
    parts = [slice(begin, end) for begin, end in pairwise(calls.first.tolist())]
    for run, part in enumerate(parts):
        kind = b"".join(column[part].tobytes() for column in (calls.stop, calls.boards, calls.alights))
        lines = alike.setdefault(kind, [])
        for line in lines:
            if (times[:, part] >= times[:, parts[line[-1]]]).all():
                line.append(run)
                break
        else:
            lines.append([run])
    ordered = [line for lines in alike.values() for line in lines]
    runs = np.cumsum([0, *(len(line) for line in ordered)], dtype=np.int64)
    return np.array([run for line in ordered for run in line], dtype=np.int64), runs
