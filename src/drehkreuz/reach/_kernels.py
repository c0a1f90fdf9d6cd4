# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Compiled inner loops of reach: street search, timetable scans, joins, the choice of chains."""

# ruff: noqa: PLR0917 (compiled functions take their arrays one by one, by position)

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from drehkreuz.region.kernels import inner_kernel, kernel

# Arrays that are only read: memory-mapped and shipped ones may not be written to.
I8 = "Array(int64, 1, 'C', readonly=True)"
I4 = "Array(int32, 1, 'C', readonly=True)"
F8 = "Array(float64, 1, 'C', readonly=True)"
I4_2 = "Array(int32, 2, 'C', readonly=True)"
B1 = "Array(boolean, 1, 'C', readonly=True)"

TOO_EARLY = -(2**30)
TOO_LATE = 2**30
LAST = 2**31 - 1

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


@kernel(
    "void(Array(uint16, 3, 'C', readonly=True), Array(int64, 1, 'C', readonly=True), Array(uint16, 3, 'C', readonly=True), "
    "uint16[:, :, ::1])"
)
def side_by_side(
    direct: NDArray[np.uint16], of_place: NDArray[np.int64], ridden: NDArray[np.uint16], whole: NDArray[np.uint16]
) -> None:
    """Write bytes for each triple and zone, two by two: four of its place, by a single mode, then those of its own."""
    for row in range(len(of_place)):
        place = np.uint64(of_place[row])
        for zone in range(whole.shape[1]):
            whole[row, zone, 0] = direct[place, zone, 0]
            whole[row, zone, 1] = direct[place, zone, 1]
            for pair in range(ridden.shape[2]):
                whole[row, zone, 2 + pair] = ridden[row, zone, pair]


# --------------------------------------------------------------------------------------------------------- timetable
# Positions read from arrays are taken as unsigned in inner loops: then nothing is compiled for counting from the end.


@inner_kernel(f"int64({I8}, {I4}, int64, int64, int64, int64, int64)")
def last_in_time(
    first: NDArray[np.int64], arrival: NDArray[np.int32], low: int, high: int, run: int, position: int, limit: int
) -> int:
    """Return the last of the runs from `low` up to `high` that arrives at a call by the limit; `run`, `low - 1` for none, is known to."""
    if run < low:  # the first one found: somewhere in the day; the others are not far from it
        while high - low > 1:
            middle = (low + high) >> 1
            if arrival[first[middle] + position] <= limit:
                low = middle
            else:
                high = middle
        return low
    while run + 1 < high and arrival[first[run + 1] + position] <= limit:
        run += 1
    return run


@inner_kernel(f"void(int32[:, ::1], int64, {B1})")
def keep_with_more(label: NDArray[np.int32], ride: int, risen: NDArray[np.bool_]) -> None:
    """Raise the labels of the stops that have risen with more rides to what they are with `ride` rides."""
    for at in range(len(risen)):
        if risen[at]:
            for more in range(ride + 1, len(label)):
                label[more, at] = max(label[more, at], label[ride, at])


@inner_kernel(
    f"void({I8}, {I8}, {I4}, {I4}, {I4}, {B1}, {B1}, int64, {B1}, {I4}, {I4}, {I4}, int32[::1], int32[::1], boolean[::1])"
)
def ride_backward(
    runs: NDArray[np.int64],
    first: NDArray[np.int64],
    stop: NDArray[np.int32],
    arrival: NDArray[np.int32],
    departure: NDArray[np.int32],
    boards: NDArray[np.bool_],
    alights: NDArray[np.bool_],
    earliest: int,
    new: NDArray[np.bool_],
    since: NDArray[np.int32],
    until: NDArray[np.int32],
    alight: NDArray[np.int32],
    done: NDArray[np.int32],
    board: NDArray[np.int32],
    risen: NDArray[np.bool_],
) -> None:
    """
    One more ride: raise `board[stop]`, the latest departure by a run that can be left at `alight[stop]` or before.

    Each line is walked backwards from its last call where `alight` is `new`, `since`, with the latest run that can be left in time so
    far; `until` is its first such call. `done` is the call from which a run has been followed to its beginning before: there is nothing to be found again. Stops that rise are marked.
    """
    for line in range(len(runs) - 1):
        low, high = runs[line], runs[line + 1]
        calls = first[low]
        run = low - 1
        aboard = False
        for position in range(since[line], -1, -1):
            if not aboard and position < until[line]:
                break
            at = np.uint32(stop[calls + position])
            if aboard and boards[calls + position]:
                leaves = departure[first[run] + position]
                if leaves > board[at] and leaves >= earliest:
                    board[at] = leaves
                    risen[at] = True
            if (aboard or new[at]) and alights[calls + position] and run + 1 < high:
                in_time = alight[at]
                if arrival[first[run + 1] + position] <= in_time:
                    run = last_in_time(first, arrival, low, high, run, position, in_time)
                    aboard = done[run] < position
                    done[run] = max(done[run], position)


@inner_kernel(f"void({I8}, {I4}, {I4}, {B1}, {I4}, int32[::1], boolean[::1])")
def walk_backward(
    indptr: NDArray[np.int64],
    origin: NDArray[np.int32],
    seconds: NDArray[np.int32],
    risen: NDArray[np.bool_],
    board: NDArray[np.int32],
    alight: NDArray[np.int32],
    new: NDArray[np.bool_],
) -> None:
    """Raise `alight` by the footpaths into stops whose `board` has risen; mark what is new."""
    for stop in range(len(risen)):
        if risen[stop]:
            for i in range(indptr[stop], indptr[stop + 1]):
                at, time = np.uint32(origin[i]), np.int32(board[stop] - seconds[i])
                if time > alight[at]:
                    alight[at] = time
                    new[at] = True


@inner_kernel(f"void({I8}, {I4}, {I4}, {B1}, int32[::1], int32[::1])")
def lines_of(
    at: NDArray[np.int64],
    line: NDArray[np.int32],
    position: NDArray[np.int32],
    new: NDArray[np.bool_],
    since: NDArray[np.int32],
    until: NDArray[np.int32],
) -> None:
    """Fill, per line, its last and its first call at a new stop; -1 and `LAST` for none."""
    since[:] = -1
    until[:] = LAST
    for stop in range(len(new)):
        if new[stop]:
            for i in range(at[stop], at[stop + 1]):
                number = np.uint32(line[i])
                since[number] = max(since[number], position[i])
                until[number] = min(until[number], position[i])


@kernel(
    f"void({I8}, {I8}, {I4}, {I4}, {I4}, {B1}, {B1}, {I8}, {I4}, {I4}, {I8}, {I4}, {I4}, {I4}, {I4}, {I4}, int64, "
    "int32[:, ::1], int32[:, ::1], int32[:, ::1])"
)
def scan_backward(
    runs: NDArray[np.int64],
    first: NDArray[np.int64],
    stop: NDArray[np.int32],
    arrival: NDArray[np.int32],
    departure: NDArray[np.int32],
    boards: NDArray[np.bool_],
    alights: NDArray[np.bool_],
    at: NDArray[np.int64],
    line: NDArray[np.int32],
    position: NDArray[np.int32],
    walks: NDArray[np.int64],
    walk_origin: NDArray[np.int32],
    walk_seconds: NDArray[np.int32],
    door_stop: NDArray[np.int32],
    door_seconds: NDArray[np.int32],
    deadlines: NDArray[np.int32],
    horizon: int,
    board: NDArray[np.int32],
    alight: NDArray[np.int32],
    latest: NDArray[np.int32],
) -> None:
    """
    Fill `latest[stop, i]`, the latest departure by any number of rides that arrives by `deadlines[i]`, which ascend.

    `board[k]` and `alight[k]` are the labels with k + 1 rides or fewer. They come in as `TOO_EARLY` and stay from one deadline to the
    next: what was in time for the one before is in time for this one, and only what is later now is followed.
    """
    rides, stops = board.shape
    done = np.full((rides, len(first) - 1), -1, dtype=np.int32)
    since, until = np.empty(len(runs) - 1, dtype=np.int32), np.empty(len(runs) - 1, dtype=np.int32)
    new, risen = np.zeros(stops, dtype=np.bool_), np.zeros(stops, dtype=np.bool_)
    for column in range(len(deadlines)):
        earliest = deadlines[column] - horizon
        for i in range(len(door_stop)):
            time = np.int32(deadlines[column] - door_seconds[i])
            if time > alight[0, door_stop[i]]:
                alight[0, door_stop[i]] = time
                new[door_stop[i]] = True
        for ride in range(rides):
            keep_with_more(alight, ride, new)
            lines_of(at, line, position, new, since, until)
            ride_backward(
                runs,
                first,
                stop,
                arrival,
                departure,
                boards,
                alights,
                earliest,
                new,
                since,
                until,
                alight[ride],
                done[ride],
                board[ride],
                risen,
            )
            keep_with_more(board, ride, risen)
            new[:] = False
            if ride + 1 < rides:
                for i in range(len(done[ride])):
                    done[ride + 1, i] = max(done[ride + 1, i], done[ride, i])
                walk_backward(walks, walk_origin, walk_seconds, risen, board[ride], alight[ride + 1], new)
            risen[:] = False
        for i in range(stops):
            latest[i, column] = board[rides - 1, i] if board[rides - 1, i] >= earliest else TOO_EARLY


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
