# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Compiled inner loops of reach: street search, timetable scans, joins, the choice of chains."""

# ruff: noqa: PLR0917 (compiled functions take their arrays one by one, by position)

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from drehkreuz.region.kernels import kernel

# Arrays that are only read: memory-mapped and shipped ones may not be written to.
I8 = "Array(int64, 1, 'C', readonly=True)"
I4 = "Array(int32, 1, 'C', readonly=True)"
F8 = "Array(float64, 1, 'C', readonly=True)"
B1 = "Array(boolean, 1, 'C', readonly=True)"

TOO_EARLY = -(2**30)
TOO_LATE = 2**30

# ----------------------------------------------------------------------------------------------------------- streets


@kernel("void(float64[::1], int32[::1], int64, float64, int32)")
def heap_push(keys: NDArray[np.float64], items: NDArray[np.int32], size: int, key: float, item: int) -> None:
    """Put an item into a binary heap that holds `size` items."""
    at = size
    while at > 0:
        parent = (at - 1) >> 1
        if keys[parent] <= key:
            break
        keys[at] = keys[parent]
        items[at] = items[parent]
        at = parent
    keys[at] = key
    items[at] = item


@kernel("void(float64[::1], int32[::1], int64)")
def heap_pop(keys: NDArray[np.float64], items: NDArray[np.int32], size: int) -> None:
    """Remove the least item, at position 0, from a binary heap that holds `size` items."""
    last = size - 1
    key, item = keys[last], items[last]
    at = 0
    child = 1
    while child < last:
        if child + 1 < last and keys[child + 1] < keys[child]:
            child += 1
        if keys[child] >= key:
            break
        keys[at] = keys[child]
        items[at] = items[child]
        at = child
        child = 2 * at + 1
    keys[at] = key
    items[at] = item


@kernel(
    f"int64({I8}, {I4}, {F8}, {F8}, int32, float64, float64, float64[::1], float64[::1], int32[::1], float64[::1], "
    "int32[::1])"
)
def grow(
    indptr: NDArray[np.int64],
    heads: NDArray[np.int32],
    seconds: NDArray[np.float64],
    metres: NDArray[np.float64],
    root: int,
    snap: float,
    limit: float,
    time: NDArray[np.float64],
    length: NDArray[np.float64],
    touched: NDArray[np.int32],
    keys: NDArray[np.float64],
    items: NDArray[np.int32],
) -> int:
    """
    Bounded Dijkstra from one node: fill `time` and `length`, return how many nodes were `touched`.

    `time` comes in infinite everywhere; `keys` and `items` hold the heap, one place more than there are edges.
    """
    time[root] = snap
    length[root] = 0.0
    touched[0] = root
    n_touched = 1
    heap_push(keys, items, 0, snap, root)
    size = 1
    while size > 0:
        now, node = keys[0], items[0]
        heap_pop(keys, items, size)
        size -= 1
        if now > time[node]:
            continue
        for edge in range(indptr[node], indptr[node + 1]):
            then = now + seconds[edge]
            head = heads[edge]
            if then < time[head] and then <= limit:
                if time[head] == np.inf:
                    touched[n_touched] = head
                    n_touched += 1
                time[head] = then
                length[head] = length[node] + metres[edge]
                heap_push(keys, items, size, then, head)
                size += 1
    return n_touched


@kernel(f"void({I8}, {I4}, {F8}, {F8}, {I4}, {F8}, {I4}, {F8}, float64, float64[:, ::1], float64[:, ::1])")
def search(
    indptr: NDArray[np.int64],
    heads: NDArray[np.int32],
    seconds: NDArray[np.float64],
    metres: NDArray[np.float64],
    roots: NDArray[np.int32],
    root_snap: NDArray[np.float64],
    others: NDArray[np.int32],
    other_snap: NDArray[np.float64],
    limit: float,
    out_seconds: NDArray[np.float64],
    out_metres: NDArray[np.float64],
) -> None:
    """Search from each root; fill its row of the two outputs at the other points. Node -1 is nowhere."""
    nodes = len(indptr) - 1
    time = np.full(nodes, np.inf)
    length = np.zeros(nodes)
    touched = np.empty(nodes, dtype=np.int32)
    keys = np.empty(len(heads) + 1)
    items = np.empty(len(heads) + 1, dtype=np.int32)
    for row in range(len(roots)):
        if roots[row] < 0 or root_snap[row] > limit:
            continue
        n = grow(indptr, heads, seconds, metres, roots[row], root_snap[row], limit, time, length, touched, keys, items)
        for column in range(len(others)):
            node = others[column]
            if node >= 0 and time[node] < np.inf and time[node] + other_snap[column] <= limit:
                out_seconds[row, column] = time[node] + other_snap[column]
                out_metres[row, column] = length[node]
        for i in range(n):
            time[touched[i]] = np.inf


# --------------------------------------------------------------------------------------------------------- timetable


@kernel(f"void({I8}, {I4}, {I4}, {I4}, {B1}, {B1}, int64, int32, {I4}, int64[::1], int32[::1])")
def ride_backward(
    first: NDArray[np.int64],
    stop: NDArray[np.int32],
    arrival: NDArray[np.int32],
    departure: NDArray[np.int32],
    boards: NDArray[np.bool_],
    alights: NDArray[np.bool_],
    low: int,
    earliest: int,
    alight: NDArray[np.int32],
    done: NDArray[np.int64],
    board: NDArray[np.int32],
) -> None:
    """
    One more ride: raise `board[stop]`, the latest departure by a trip that can be left at `alight[stop]` or before.

    Trips from `low` on, one per entry of `done`, are walked from their last call to their first. `done` is the last call where
    leaving was found to help, in this or an earlier round: the calls before it have their labels already.
    """
    for i in range(len(done)):
        aboard = False
        reached = done[i]
        for call in range(first[low + i + 1] - 1, reached - 1, -1):
            if departure[call] < earliest:
                break
            at = stop[call]
            if aboard:
                if boards[call] and departure[call] > board[at]:
                    board[at] = departure[call]
            elif alights[call] and arrival[call] <= alight[at]:
                aboard = True
                done[i] = call


@kernel(f"void({I8}, {I4}, {I4}, {I4}, {B1}, {B1}, int64, int32, {I4}, int64[::1], int32[::1])")
def ride_forward(
    first: NDArray[np.int64],
    stop: NDArray[np.int32],
    arrival: NDArray[np.int32],
    departure: NDArray[np.int32],
    boards: NDArray[np.bool_],
    alights: NDArray[np.bool_],
    low: int,
    latest: int,
    board: NDArray[np.int32],
    done: NDArray[np.int64],
    alight: NDArray[np.int32],
) -> None:
    """One more ride: lower `alight[stop]`, the earliest arrival by a trip boarded at `board[stop]` or later; the mirror."""
    for i in range(len(done)):
        aboard = False
        reached = done[i]
        for call in range(first[low + i], reached + 1):
            if arrival[call] > latest:
                break
            at = stop[call]
            if aboard:
                if alights[call] and arrival[call] < alight[at]:
                    alight[at] = arrival[call]
            elif boards[call] and departure[call] >= board[at]:
                aboard = True
                done[i] = call


@kernel(f"void({I8}, {I4}, {I4}, {I4}, {I4}, int32[::1])")
def walk_backward(
    indptr: NDArray[np.int64],
    origin: NDArray[np.int32],
    seconds: NDArray[np.int32],
    before: NDArray[np.int32],
    board: NDArray[np.int32],
    alight: NDArray[np.int32],
) -> None:
    """Raise `alight` by the footpaths into stops whose `board` rose since `before`."""
    for at in range(len(board)):
        if board[at] > before[at]:
            for i in range(indptr[at], indptr[at + 1]):
                alight[origin[i]] = max(alight[origin[i]], board[at] - seconds[i])


@kernel(f"void({I8}, {I4}, {I4}, {I4}, {I4}, int32[::1])")
def walk_forward(
    indptr: NDArray[np.int64],
    target: NDArray[np.int32],
    seconds: NDArray[np.int32],
    before: NDArray[np.int32],
    alight: NDArray[np.int32],
    board: NDArray[np.int32],
) -> None:
    """Lower `board` by the footpaths out of stops whose `alight` fell since `before`."""
    for at in range(len(alight)):
        if alight[at] < before[at]:
            for i in range(indptr[at], indptr[at + 1]):
                board[target[i]] = min(board[target[i]], alight[at] + seconds[i])


@kernel(f"void({I4}, {I8}, {I4}, {I4}, int32[::1])")
def join_latest(
    board: NDArray[np.int32],
    indptr: NDArray[np.int64],
    stop: NDArray[np.int32],
    to_stop: NDArray[np.int32],
    leave: NDArray[np.int32],
) -> None:
    """Fill, per point, the latest time to leave it: departure of its best stop less the way there."""
    for point in range(len(leave)):
        best = TOO_EARLY
        for i in range(indptr[point], indptr[point + 1]):
            best = max(best, board[stop[i]] - to_stop[i])
        leave[point] = best


@kernel(f"void({I4}, {I8}, {I4}, {I4}, int32[::1])")
def join_earliest(
    alight: NDArray[np.int32],
    indptr: NDArray[np.int64],
    stop: NDArray[np.int32],
    from_stop: NDArray[np.int32],
    arrive: NDArray[np.int32],
) -> None:
    """Fill, per point, the earliest arrival: arrival at its best stop and the way from there."""
    for point in range(len(arrive)):
        best = TOO_LATE
        for i in range(indptr[point], indptr[point + 1]):
            best = min(best, alight[stop[i]] + from_stop[i])
        arrive[point] = best


@kernel(f"void({I4}, {I4}, {I8}, {I4}, {I4}, {I4}, int32, int32, int32, int32[::1], int32[::1], int32[::1])")
def join_same_stop(
    board: NDArray[np.int32],
    alight: NDArray[np.int32],
    indptr: NDArray[np.int64],
    stop: NDArray[np.int32],
    to_stop: NDArray[np.int32],
    from_stop: NDArray[np.int32],
    deadline: int,
    start: int,
    longest: int,
    out: NDArray[np.int32],
    back: NDArray[np.int32],
    link: NDArray[np.int32],
) -> None:
    """
    Fill, per point, the seconds out and back through the one stop that makes their sum least, each within `longest`.

    Ties go to the shorter way out. `link` is the position of the stop in the lists, -1 where none serves both ways.
    """
    for point in range(len(out)):
        out[point] = TOO_LATE
        back[point] = TOO_LATE
        link[point] = -1
        for i in range(indptr[point], indptr[point + 1]):
            there = deadline - (board[stop[i]] - to_stop[i])
            home = alight[stop[i]] + from_stop[i] - start
            if there > longest or home > longest:
                continue
            total = there + home
            if (
                link[point] < 0
                or total < out[point] + back[point]
                or (total == out[point] + back[point] and there < out[point])
            ):
                out[point] = there
                back[point] = home
                link[point] = i
