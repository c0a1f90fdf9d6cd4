# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Compiled inner loops of reach: street search, timetable scans, joins, the choice of chains."""

# ruff: noqa: PLR0917 (compiled functions take their arrays one by one, by position)

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from drehkreuz.reach.modes import CANNOT
from drehkreuz.region.kernels import inner_kernel, kernel

# Arrays that are only read: memory-mapped and shipped ones may not be written to.
I8 = "Array(int64, 1, 'C', readonly=True)"
I4 = "Array(int32, 1, 'C', readonly=True)"
F8 = "Array(float64, 1, 'C', readonly=True)"
I4_2 = "Array(int32, 2, 'C', readonly=True)"
B1 = "Array(boolean, 1, 'C', readonly=True)"
PAIRS = "Array(uint16, 3, 'C', readonly=True)"

TOO_EARLY = -(2**30)
TOO_LATE = 2**30
AWAY = TOO_EARLY - 2**20  # added to any second of the timetable, it is earlier than `TOO_EARLY`

# ----------------------------------------------------------------------------------------------------------- streets


@inner_kernel("void(float64[::1], int32[::1], int64, float64, int32)")
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


@inner_kernel("void(float64[::1], int32[::1], int64)")
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


@inner_kernel(
    f"int64({I8}, {I4}, {F8}, {F8}, int32, float64, float64, boolean[::1], int64, float64[::1], float64[::1], int32[::1], "
    "float64[::1], int32[::1])"
)
def grow(
    indptr: NDArray[np.int64],
    heads: NDArray[np.int32],
    seconds: NDArray[np.float64],
    metres: NDArray[np.float64],
    root: int,
    snap: float,
    limit: float,
    awaited: NDArray[np.bool_],
    n_awaited: int,
    time: NDArray[np.float64],
    length: NDArray[np.float64],
    touched: NDArray[np.int32],
    keys: NDArray[np.float64],
    items: NDArray[np.int32],
) -> int:
    """
    Bounded Dijkstra from one node: fill `time` and `length`, return how many nodes were `touched`.

    It ends when all nodes awaited are reached for good; with none awaited, at the limit. Marks of `awaited` are taken away.
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
        if awaited[node]:
            awaited[node] = False
            n_awaited -= 1
            if n_awaited == 0:
                break
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
    awaited = np.zeros(nodes, dtype=np.bool_)
    time = np.full(nodes, np.inf)
    length = np.zeros(nodes)
    touched = np.empty(nodes, dtype=np.int32)
    keys = np.empty(len(heads) + 1)
    items = np.empty(len(heads) + 1, dtype=np.int32)
    for row in range(len(roots)):
        if roots[row] < 0 or root_snap[row] > limit:
            continue
        left = 0
        for node in others:
            if node >= 0 and not awaited[node]:
                awaited[node] = True
                left += 1
        root, snap = roots[row], root_snap[row]
        n = grow(indptr, heads, seconds, metres, root, snap, limit, awaited, left, time, length, touched, keys, items)
        for column in range(len(others)):
            node = others[column]
            if node >= 0 and time[node] < np.inf and time[node] + other_snap[column] <= limit:
                out_seconds[row, column] = time[node] + other_snap[column]
                out_metres[row, column] = length[node]
            if node >= 0:
                awaited[node] = False
        for i in range(n):
            time[touched[i]] = np.inf


@kernel(
    f"int64({I8}, {I4}, {F8}, {F8}, {I4}, {F8}, {I8}, {I4}, {F8}, float64, int64[::1], int32[::1], float64[::1])",
)
def within(
    indptr: NDArray[np.int64],
    heads: NDArray[np.int32],
    seconds: NDArray[np.float64],
    metres: NDArray[np.float64],
    roots: NDArray[np.int32],
    root_snap: NDArray[np.float64],
    at_node: NDArray[np.int64],
    others: NDArray[np.int32],
    other_snap: NDArray[np.float64],
    limit: float,
    row_begin: NDArray[np.int64],
    near: NDArray[np.int32],
    near_seconds: NDArray[np.float64],
) -> int:
    """
    List the other points within the limit of each root, in any order; return how many there are.

    `others` are the points by their node, those of a node from `at_node[node]`, each with its snap. Where `near` is too short to
    hold them all, what is beyond it is left out and the count says how long it must be.
    """
    nodes = len(indptr) - 1
    nobody = np.zeros(nodes, dtype=np.bool_)
    time = np.full(nodes, np.inf)
    length = np.zeros(nodes)
    touched = np.empty(nodes, dtype=np.int32)
    keys = np.empty(len(heads) + 1)
    items = np.empty(len(heads) + 1, dtype=np.int32)
    count = 0
    for row in range(len(roots)):
        row_begin[row] = count
        if roots[row] < 0 or root_snap[row] > limit:
            continue
        root, snap = roots[row], root_snap[row]
        n = grow(indptr, heads, seconds, metres, root, snap, limit, nobody, 0, time, length, touched, keys, items)
        for i in range(n):
            node = touched[i]
            for at in range(at_node[node], at_node[node + 1]):
                whole = time[node] + other_snap[at]
                if whole <= limit:
                    if count < len(near):
                        near[count], near_seconds[count] = others[at], whole
                    count += 1
            time[node] = np.inf
    row_begin[len(roots)] = count
    return count


@kernel(f"void({I8}, {PAIRS}, {PAIRS}, {PAIRS}, uint16[:, :, ::1])")
def side_by_side(
    of_place: NDArray[np.int64],
    direct: NDArray[np.uint16],
    ridden: NDArray[np.uint16],
    lent: NDArray[np.uint16],
    whole: NDArray[np.uint16],
) -> None:
    """Write bytes for each triple and zone, two by two: four of its place, by a single mode, two by ride, none or two by lent vehicles."""
    for row in range(len(of_place)):
        alone, rode, put = direct[np.uint64(of_place[row])], ridden[row], whole[row]
        if lent.shape[2] == 0:
            for zone in range(len(put)):
                put[zone, 0], put[zone, 1], put[zone, 2] = alone[zone, 0], alone[zone, 1], rode[zone, 0]
        else:
            borrowed = lent[row]
            for zone in range(len(put)):
                put[zone, 0], put[zone, 1], put[zone, 2] = alone[zone, 0], alone[zone, 1], rode[zone, 0]
                put[zone, 3] = borrowed[zone, 0]


# --------------------------------------------------------------------------------------------------------- timetable
# Positions read from arrays are taken as unsigned in inner loops: then nothing is compiled for counting from the end.


@kernel("boolean(int32[:, ::1], int32[:, ::1], boolean[::1])")
def risen(label: NDArray[np.int32], before: NDArray[np.int32], marks: NDArray[np.bool_]) -> bool:
    """Mark the stops where a label is not what it was before, take it over, and return whether there are any."""
    found = False
    for stop in range(len(label)):
        now, then = label[stop], before[stop]
        changed = np.int32(0)
        for door in range(label.shape[1]):
            changed |= now[door] ^ then[door]
        marks[stop] = changed != 0
        if changed != 0:
            found = True
            then[:] = now
    return found


@inner_kernel(f"void(int64, int64, {I4}, {I4}, {I4}, {B1}, {B1}, int64, int64, {I4_2}, int32[::1], int32[:, ::1])")
def follow_backward(
    begin: int,
    since: int,
    stop: NDArray[np.int32],
    arrival: NDArray[np.int32],
    departure: NDArray[np.int32],
    boards: NDArray[np.bool_],
    alights: NDArray[np.bool_],
    earliest: int,
    latest: int,
    alight: NDArray[np.int32],
    away: NDArray[np.int32],
    board: NDArray[np.int32],
) -> None:
    """
    Follow a run, whose first call is `begin`, from the call `since` to its first, for all doors beside each other.

    `away` is 0 for the doors for whose sake somebody sits in the run; for the others it is `AWAY`, which is carried along.
    """
    doors = np.uint64(len(away))
    for door in range(doors):
        away[door] = AWAY
    for position in range(since - begin, -1, -1):
        call = np.uint64(begin + position)
        arrives, leaves = arrival[call], departure[call]
        if arrives > latest:
            continue
        if leaves < earliest:
            break
        at = np.uint32(stop[call])
        best, in_time = board[at], alight[at]
        if boards[call]:
            for door in range(doors):
                best[door] = max(best[door], np.int32(leaves + away[door]))
        if alights[call]:
            for door in range(doors):
                away[door] = np.int32(0) if arrives <= in_time[door] else away[door]


@kernel(f"void({I8}, {I8}, {I4}, {I4}, {I4}, {B1}, {B1}, int64, int64, {B1}, {I4_2}, int32[:, ::1])")
def ride_backward(
    runs: NDArray[np.int64],
    first: NDArray[np.int64],
    stop: NDArray[np.int32],
    arrival: NDArray[np.int32],
    departure: NDArray[np.int32],
    boards: NDArray[np.bool_],
    alights: NDArray[np.bool_],
    earliest: int,
    latest: int,
    new: NDArray[np.bool_],
    alight: NDArray[np.int32],
    board: NDArray[np.int32],
) -> None:
    """
    One more ride: raise `board[stop]`, the latest departure by a run that can be left at `alight[stop]` or before, for every door.

    Runs are followed from the last call where something is `new`. What lies outside `earliest` and `latest` is passed over.
    """
    away = np.empty(board.shape[1], dtype=np.int32)
    for line in range(len(runs) - 1):
        calls = first[runs[line]]
        since = first[runs[line] + 1] - calls - 1
        while since >= 0 and not new[np.uint32(stop[calls + since])]:
            since -= 1
        if since < 0:
            continue
        for run in range(runs[line], runs[line + 1]):
            begin = first[run]
            if departure[begin] > latest:
                break  # as do all later ones
            last = begin + since
            if arrival[last] >= earliest:
                follow_backward(
                    *(begin, last, stop, arrival, departure, boards, alights, earliest, latest, alight, away, board)
                )


@kernel(f"void({I8}, {I4}, {I4}, {B1}, {I4_2}, int32[:, ::1])")
def walk_backward(
    indptr: NDArray[np.int64],
    origin: NDArray[np.int32],
    seconds: NDArray[np.int32],
    new: NDArray[np.bool_],
    board: NDArray[np.int32],
    alight: NDArray[np.int32],
) -> None:
    """Raise `alight` by the footpaths into stops whose `board` is new, for all doors beside each other."""
    doors = np.uint64(board.shape[1])
    for stop in range(len(new)):
        if new[stop]:
            leaves = board[stop]
            for i in range(indptr[stop], indptr[stop + 1]):
                best, walk = alight[np.uint32(origin[i])], seconds[i]
                for door in range(doors):
                    best[door] = max(best[door], np.int32(leaves[door] - walk))


@kernel(f"void({I4_2}, {I8}, {I4}, {I4}, int32[:, ::1])")
def join_latest(
    board: NDArray[np.int32],
    indptr: NDArray[np.int64],
    stop: NDArray[np.int32],
    to_stop: NDArray[np.int32],
    leave: NDArray[np.int32],
) -> None:
    """Fill, per point and column, the latest time to leave the point: departure of its best stop less the way there."""
    columns = leave.shape[1]
    best = np.empty(columns, dtype=np.int32)
    for point in range(len(leave)):
        best[:] = TOO_EARLY
        for i in range(indptr[point], indptr[point + 1]):
            departures = board[stop[i]]
            seconds = to_stop[i]
            for column in range(columns):
                best[column] = max(best[column], np.int32(departures[column] - seconds))
        leave[point] = best


@kernel(f"void({I4_2}, {I4}, {I8}, {I4}, {I4}, {I4_2}, {I8}, int64, int64, int64, uint8[:, :, ::1])")
def join_minutes(
    board: NDArray[np.int32],
    deadlines: NDArray[np.int32],
    indptr: NDArray[np.int64],
    stop: NDArray[np.int32],
    to_stop: NDArray[np.int32],
    walk: NDArray[np.int32],
    place: NDArray[np.int64],
    longest_walk: int,
    longest: int,
    chain: int,
    minutes: NDArray[np.uint8],
) -> None:
    """
    Fill `minutes[door, point, chain]`, whole minutes from leaving the point to the deadline of the door, `CANNOT` above `longest`.

    One rides by the best stop or walks: `walk[place[door], point]` seconds, where they are no more than `longest_walk`.
    """
    doors = len(deadlines)
    best = np.empty(doors, dtype=np.int32)
    for point in range(minutes.shape[1]):
        best[:] = TOO_EARLY
        for i in range(indptr[point], indptr[point + 1]):
            departures = board[np.uint32(stop[i])]
            way = to_stop[i]
            for door in range(doors):
                best[door] = max(best[door], np.int32(departures[door] - way))
        for door in range(doors):
            seconds = np.int64(deadlines[door]) - best[door]
            on_foot = walk[np.uint64(place[door]), point]
            if on_foot <= longest_walk:
                seconds = min(seconds, np.int64(on_foot))
            minutes[door, point, chain] = (seconds + 59) // 60 if seconds <= 60 * longest else CANNOT


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
