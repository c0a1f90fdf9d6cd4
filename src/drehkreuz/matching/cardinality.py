# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The largest allocation along a set of edges, and the cover that proves that none is larger."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drehkreuz.matching import _kernels as kernels
from drehkreuz.matching.barriers import Barrier
from drehkreuz.matching.working_set import Wishes


@dataclass(frozen=True, slots=True)
class Allocation:
    """
    A largest allocation and its minimum cover (König).

    Every edge allowed has its person or its vacancy in the cover, and the cover weighs as much as the allocation is large;
    no allocation can be larger than any cover is heavy.

    Attributes:
        vacancy: int32[p], the vacancy each person gets, -1 for none.
        covered_people: bool[p], people in the cover, weight 1 each.
        covered_vacancies: bool[v], vacancies in the cover, weight: their openings.
        phases: Searches in breadth that gained something.
    """

    vacancy: NDArray[np.int32]
    covered_people: NDArray[np.bool_]
    covered_vacancies: NDArray[np.bool_]
    phases: int

    @property
    def value(self) -> int:
        """People placed, which is openings filled."""
        return int(np.count_nonzero(self.vacancy >= 0))


def largest_allocation(
    wishes: Wishes,
    capacity: NDArray[np.int32],
    allowed: Barrier,
    start: NDArray[np.int32] | None = None,
) -> Allocation:
    """
    Return a largest allocation over the edges whose barriers all lie in `allowed`, each person at most once.

    People come in the order of their hashes, their vacancies best first: the same edges give the same allocation
    however their rows are ordered.

    Args:
        wishes: The edges.
        capacity: int32[v], openings.
        allowed: Barriers thought away.
        start: int32[p], an allocation over such edges to begin with, -1 for nobody's.

    Returns:
        The allocation with its cover; what the cover leaves open is what alternating paths reach from people without a
        vacancy. A vacancy without openings is always covered: it weighs nothing.

    Source:
        Hopcroft, Karp (1973), with several seats a vacancy; König (1931) for the cover.
    """
    n_people, n_vacancies = len(wishes.people), len(capacity)
    # A vacancy never holds more people than wish for it, so openings beyond those take no memory.
    room = np.minimum(capacity, wishes.wishers).astype(np.int32)
    seats_before = np.zeros(n_vacancies + 1, dtype=np.int64)
    np.cumsum(room, out=seats_before[1:])
    seat = np.full(seats_before[-1], -1, dtype=np.int32)
    used = np.zeros(n_vacancies, dtype=np.int32)
    seat_of = np.full(n_people, -1, dtype=np.int64)
    if start is not None:
        _sit_down(wishes.people, start, seats_before, seat, used, seat_of)
    indptr, vacancy = np.empty_like(wishes.indptr), np.empty_like(wishes.vacancy)
    kernels.without(wishes.indptr, wishes.vacancy, wishes.mask, np.uint8(~allowed & 0xFF), indptr, vacancy)
    depth_person = np.empty(n_people, dtype=np.int32)
    depth_vacancy = np.empty(n_vacancies, dtype=np.int32)
    phases = kernels.hopcroft_karp(
        wishes.people,
        indptr,
        vacancy,
        room,
        seats_before,
        seat,
        used,
        seat_of,
        depth_person,
        depth_vacancy,
    )
    # The seat's vacancy is the last one whose seats begin at or before it.
    placed = np.searchsorted(seats_before, seat_of, side="right") - 1
    return Allocation(
        np.where(seat_of >= 0, placed, -1).astype(np.int32),
        depth_person < 0,
        (depth_vacancy >= 0) | (capacity == 0),
        phases,
    )


def _sit_down(
    people: NDArray[np.int32],
    vacancy: NDArray[np.int32],
    seats_before: NDArray[np.int64],
    seat: NDArray[np.int32],
    used: NDArray[np.int32],
    seat_of: NDArray[np.int64],
) -> None:
    """Give everybody of an allocation a seat, vacancy by vacancy, in the order of the people."""
    placed = people[vacancy[people] >= 0]
    placed = placed[np.argsort(vacancy[placed], kind="stable")]
    where = vacancy[placed]
    used += np.bincount(where, minlength=len(used)).astype(np.int32)
    rank = np.arange(len(placed)) - (np.cumsum(used) - used)[where]
    seat_of[placed] = seats_before[where] + rank
    seat[seat_of[placed]] = placed
