# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Scans of the timetable against a brute-force search of everything a traveller can do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from drehkreuz.reach import _kernels
from drehkreuz.reach.links import StopLinks
from drehkreuz.reach.scan import TOO_EARLY, TOO_LATE, arrive_by, arrive_by_each, depart_at, depart_at_each
from drehkreuz.reach.timetable import Timetable
from drehkreuz.reach.trace import earliest_journey

Call = tuple[int, int, int, bool, bool]
Case = tuple[int, list[list[Call]], dict[tuple[int, int], int], dict[int, int], dict[int, int]]
DAY = 86_400


def brute_arrivals(
    runs: Sequence[Sequence[Call]],
    footpaths: Mapping[tuple[int, int], int],
    access: Mapping[int, int],
    departure: int,
    max_rides: int,
) -> dict[int, int]:
    """
    Return the earliest arrival by a ride at every stop, by walking through every state of a traveller.

    A state is a moment: standing ready at a stop, sitting in a run after one of its calls, or having just left a run; each with the
    number of rides so far. Nothing is pruned but states seen before.
    """
    stack = [("ready", stop, departure + walk, 0) for stop, walk in access.items()]
    seen = set(stack)
    arrivals: dict[int, int] = {}
    while stack:
        state = stack.pop()
        if state[0] == "left":
            arrivals[state[1]] = min(arrivals.get(state[1], state[2]), state[2])
        for then in _next_states(state, runs, footpaths, max_rides):
            if then not in seen:
                seen.add(then)
                stack.append(then)
    return arrivals


State = tuple[str, int, int, int]


def _next_states(
    state: State, runs: Sequence[Sequence[Call]], footpaths: Mapping[tuple[int, int], int], max_rides: int
) -> Iterator[State]:
    kind, where, when, rides = state
    if kind == "ready" and rides < max_rides:
        for number, run in enumerate(runs):
            for position, (stop, _, leaves, on, _) in enumerate(run):
                if stop == where and on and leaves >= when:
                    yield "aboard", number, position, rides + 1
    elif kind == "aboard" and when + 1 < len(runs[where]):
        stop, arrives, _, _, off = runs[where][when + 1]
        yield "aboard", where, when + 1, rides
        if off:
            yield "left", stop, arrives, rides
    elif kind == "left":
        for (start, end), seconds in footpaths.items():
            if start == where:
                yield "ready", end, when + seconds, rides


def brute_arrival(case: Case, departure: int, max_rides: int) -> int:
    """Return the earliest arrival at the door behind the egress, `TOO_LATE` if there is none."""
    _, runs, footpaths, access, egress = case
    arrivals = brute_arrivals(runs, footpaths, access, departure, max_rides)
    return min((arrivals[stop] + walk for stop, walk in egress.items() if stop in arrivals), default=TOO_LATE)


def brute_departure(case: Case, deadline: int, max_rides: int) -> int:
    """Return the latest departure that arrives by the deadline: the latest of all moments at which leaving makes a difference."""
    _, runs, _, access, _ = case
    moments = {
        leaves - walk for run in runs for stop, _, leaves, _, _ in run for at, walk in access.items() if at == stop
    }
    in_time = (moment for moment in moments if brute_arrival(case, moment, max_rides) <= deadline)
    return max(in_time, default=TOO_EARLY)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw small networks: times close together, so that ties, zero-minute hops, loops and overtaking are common."""
    n_stops = draw(st.integers(2, 5))
    stop = st.integers(0, n_stops - 1)
    runs = []
    for _ in range(draw(st.integers(0, 6))):
        now = draw(st.integers(-5, 30))
        run: list[Call] = []
        for _ in range(draw(st.integers(2, 5))):
            arrival = now + draw(st.integers(0, 8))
            now = arrival + draw(st.integers(0, 2))
            run.append((draw(stop), arrival, now, draw(st.integers(0, 4)) > 0, draw(st.integers(0, 4)) > 0))
        runs.append(run)
    footpaths = draw(st.dictionaries(st.tuples(stop, stop), st.integers(0, 6), max_size=8))
    access = draw(st.dictionaries(stop, st.integers(0, 6), min_size=1, max_size=3))
    egress = draw(st.dictionaries(stop, st.integers(0, 6), min_size=1, max_size=3))
    return n_stops, runs, footpaths, access, egress


Build = Callable[..., Timetable]
Links = Callable[[Mapping[int, int]], StopLinks]


def depart(case: Case, departure: int, rides: int, make_timetable: Build, make_links: Links) -> int:
    """Return the earliest arrival at the door by the scan."""
    n_stops, runs, footpaths, access, egress = case
    labels = depart_at(make_timetable(n_stops, runs, footpaths), make_links(access), departure, max_rides=rides)
    return min(int(make_links(egress).arrive_at(labels.alight[-1])[0]), TOO_LATE)


def arrive(case: Case, deadline: int, rides: int, make_timetable: Build, make_links: Links) -> int:
    """Return the latest departure from the door by the scan."""
    n_stops, runs, footpaths, access, egress = case
    labels = arrive_by(make_timetable(n_stops, runs, footpaths), make_links(egress), deadline, max_rides=rides)
    return max(int(make_links(access).leave_by(labels.board[-1])[0]), TOO_EARLY)


@settings(max_examples=200)
@given(case=cases(), departure=st.integers(-5, 40), rides=st.integers(1, 4))
def test_depart_at_agrees_with_brute_force(
    make_timetable: Build, make_links: Links, case: Case, departure: int, rides: int
) -> None:
    """The forward scan finds the earliest arrival of all that a traveller can do, for every limit of rides."""
    assert depart(case, departure, rides, make_timetable, make_links) == brute_arrival(case, departure, rides)


@settings(max_examples=200)
@given(case=cases(), deadline=st.integers(0, 60), rides=st.integers(1, 4))
def test_arrive_by_agrees_with_brute_force(
    make_timetable: Build, make_links: Links, case: Case, deadline: int, rides: int
) -> None:
    """The backward scan finds the latest departure of all that arrive in time, for every limit of rides."""
    assert arrive(case, deadline, rides, make_timetable, make_links) == brute_departure(case, deadline, rides)


@given(case=cases(), deadline=st.integers(0, 60), rides=st.integers(1, 4))
def test_forward_and_backward_agree(
    make_timetable: Build, make_links: Links, case: Case, deadline: int, rides: int
) -> None:
    """Who leaves as late as the backward scan says arrives in time by the forward scan; a second later is too late."""
    leave = arrive(case, deadline, rides, make_timetable, make_links)
    if leave > TOO_EARLY:
        assert depart(case, leave, rides, make_timetable, make_links) <= deadline
        assert depart(case, leave + 1, rides, make_timetable, make_links) > deadline


@given(case=cases(), departure=st.integers(-5, 40), rides=st.integers(1, 4))
def test_traced_journey_can_be_ridden(
    make_timetable: Build, make_links: Links, case: Case, departure: int, rides: int
) -> None:
    """The journey told has the scan's arrival, no more rides than allowed, and each ride starts after the walk before it."""
    n_stops, runs, footpaths, access, egress = case
    timetable = make_timetable(n_stops, runs, footpaths)
    journey = earliest_journey(
        timetable, make_links(access), make_links(egress), departure, max_rides=rides, horizon=DAY
    )
    arrival = depart(case, departure, rides, make_timetable, make_links)
    if journey is None:
        assert arrival == TOO_LATE
        return
    assert journey.arrival == arrival
    assert 1 <= len(journey.rides) <= rides
    now, here = departure, -1
    for ride in journey.rides:
        assert ride.walk == (access[ride.board] if here < 0 else footpaths[here, ride.board])
        assert now + ride.walk <= ride.departure <= ride.arrival
        now, here = ride.arrival, ride.alight
    assert journey.walk == egress[here]


@given(case=cases(), departure=st.integers(-5, 40), rides=st.integers(1, 3))
def test_more_never_hurts(make_timetable: Build, make_links: Links, case: Case, departure: int, rides: int) -> None:
    """Another ride allowed, an earlier departure or another run never makes the arrival later."""
    n_stops, runs, footpaths, access, egress = case
    before = depart(case, departure, rides, make_timetable, make_links)
    assert depart(case, departure, rides + 1, make_timetable, make_links) <= before
    assert depart(case, departure - 3, rides, make_timetable, make_links) <= before
    extra = [(0, departure + 1, departure + 1, True, True), (1, departure + 5, departure + 5, True, True)]
    more = (n_stops, [*runs, extra], footpaths, access, egress)
    assert depart(more, departure, rides, make_timetable, make_links) <= before


ONE_RUN = (2, [[(0, 100, 100, True, True), (1, 200, 200, True, True)]], {}, {0: 10}, {1: 20})


def test_last_bus_exactly_at_closing(make_timetable: Build, make_links: Links) -> None:
    """A run that arrives in the very second of the deadline still counts; a second less is too late."""
    assert arrive(ONE_RUN, 220, 4, make_timetable, make_links) == 90
    assert arrive(ONE_RUN, 219, 4, make_timetable, make_links) == TOO_EARLY


def test_boarding_in_the_very_second(make_timetable: Build, make_links: Links) -> None:
    """Who reaches the stop in the second of departure gets on."""
    assert depart(ONE_RUN, 90, 4, make_timetable, make_links) == 220
    assert depart(ONE_RUN, 91, 4, make_timetable, make_links) == TOO_LATE


def test_a_faster_journey_with_more_rides_does_not_hide_one_with_fewer(
    make_timetable: Build, make_links: Links
) -> None:
    """Reaching a stop early by two rides must not spoil reaching the goal by the slow direct run and one change."""
    runs = [
        [(0, 0, 0, True, True), (1, 5, 5, True, True)],
        [(1, 6, 6, True, True), (2, 10, 10, True, True)],
        [(0, 0, 0, True, True), (2, 20, 20, True, True)],
        [(2, 30, 30, True, True), (3, 40, 40, True, True)],
    ]
    footpaths = {(1, 1): 1, (2, 2): 1}
    case = (4, runs, footpaths, {0: 0}, {3: 0})
    assert depart(case, 0, 2, make_timetable, make_links) == 40
    assert arrive(case, 40, 2, make_timetable, make_links) == 0


def test_no_change_where_none_is_possible(make_timetable: Build, make_links: Links) -> None:
    """Without a footpath from a stop to itself, nobody changes there, but whoever sits in the vehicle stays."""
    first, second = [(0, 0, 0, True, True), (1, 10, 10, True, True)], [(1, 20, 20, True, True), (2, 30, 30, True, True)]
    apart = (3, [first, second], {}, {0: 0}, {2: 0})
    assert depart(apart, 0, 4, make_timetable, make_links) == TOO_LATE
    through = (3, [[*first, (2, 30, 30, True, True)]], {}, {0: 0}, {2: 0})
    assert depart(through, 0, 4, make_timetable, make_links) == 30


def test_pickup_and_drop_off_are_honoured(make_timetable: Build, make_links: Links) -> None:
    """Nobody gets on where only getting off is allowed, nor off where only getting on is."""
    no_boarding = (2, [[(0, 0, 0, False, True), (1, 9, 9, True, True)]], {}, {0: 0}, {1: 0})
    no_alighting = (2, [[(0, 0, 0, True, True), (1, 9, 9, True, False)]], {}, {0: 0}, {1: 0})
    assert depart(no_boarding, 0, 1, make_timetable, make_links) == TOO_LATE
    assert depart(no_alighting, 0, 1, make_timetable, make_links) == TOO_LATE


def test_horizon_cuts_only_what_lies_outside(make_timetable: Build, make_links: Links) -> None:
    """A run that leaves exactly at the horizon's edge is found, one second earlier it is not."""
    timetable, egress = make_timetable(*ONE_RUN[:3]), make_links(ONE_RUN[4])
    assert arrive_by(timetable, egress, 220, horizon=120).board[-1, 0] == 100
    assert arrive_by(timetable, egress, 220, horizon=119).board[-1, 0] == TOO_EARLY
    access = make_links(ONE_RUN[3])
    assert depart_at(timetable, access, 90, horizon=110).alight[-1, 1] == 200
    assert depart_at(timetable, access, 90, horizon=109).alight[-1, 1] == TOO_LATE


def test_empty_timetable(make_timetable: Build, make_links: Links) -> None:
    """On a day without runs nothing is reached, and nothing breaks."""
    assert depart((2, [], {}, {0: 0}, {1: 0}), 0, 4, make_timetable, make_links) == TOO_LATE
    assert arrive((2, [], {}, {0: 0}, {1: 0}), 0, 4, make_timetable, make_links) == TOO_EARLY


def test_read_only_arrays(make_timetable: Build, make_links: Links) -> None:
    """Arrays that may not be written to, as from a memory map or another machine, are scanned all the same."""
    timetable, egress = make_timetable(*ONE_RUN[:3]), make_links(ONE_RUN[4])
    calls = timetable.lines.calls
    for array in (calls.first, calls.stop, calls.arrival, calls.departure, egress.stop):
        array.setflags(write=False)
    assert arrive_by(timetable, egress, 220).board[-1, 0] == 100


@given(
    case=cases(), times=st.lists(st.integers(-5, 60), max_size=6), rides=st.integers(1, 4), horizon=st.integers(5, 60)
)
def test_many_at_once_are_the_same_as_one_by_one(
    make_timetable: Build, make_links: Links, case: Case, times: list[int], rides: int, horizon: int
) -> None:
    """One scan for many doors with their deadlines or departures, in any order, says what a scan of each says."""
    n_stops, runs, footpaths, access, egress = case
    timetable, limits = make_timetable(n_stops, runs, footpaths), {"max_rides": rides, "horizon": horizon}
    doors = np.zeros(len(times), dtype=np.int64)
    latest = arrive_by_each(timetable, make_links(egress).take(doors), times, **limits)
    earliest = depart_at_each(timetable, make_links(access).take(doors), times, **limits)
    assert latest.shape == earliest.shape == (n_stops, len(times))
    for column, time in enumerate(times):
        one = arrive_by(timetable, make_links(egress), time, **limits).board[-1]
        assert latest[:, column].tolist() == one.tolist()
        other = depart_at(timetable, make_links(access), time, **limits).alight[-1]
        assert earliest[:, column].tolist() == other.tolist()


@given(case=cases(), seconds=st.lists(st.integers(-20, 60), min_size=5, max_size=5))
@example(case=ONE_RUN, seconds=[0] * 5)
def test_join_kernels_equal_their_plain_twins(make_links: Links, case: Case, seconds: list[int]) -> None:
    """The compiled joins say what a line of Python says."""
    access = make_links(case[3])
    labels = np.array(seconds, dtype=np.int32)
    assert access.leave_by(labels)[0] == max(seconds[stop] - walk for stop, walk in case[3].items())
    assert access.arrive_at(labels)[0] == min(seconds[stop] + walk for stop, walk in case[3].items())


@given(
    board=st.lists(st.integers(-10, 60), min_size=4, max_size=4),
    alight=st.lists(st.integers(60, 130), min_size=4, max_size=4),
    walk=st.dictionaries(st.integers(0, 3), st.integers(0, 9), max_size=4),
)
def test_join_same_stop_equals_its_plain_twin(
    make_links: Links, board: list[int], alight: list[int], walk: dict[int, int]
) -> None:
    """The stop chosen for both ways has the least sum, of equals the shorter way out."""
    links = make_links(walk)
    out, back, link = (np.empty(1, dtype=np.int32) for _ in range(3))
    labels = (np.array(board, dtype=np.int32), np.array(alight, dtype=np.int32))
    _kernels.join_same_stop(
        *labels, links.indptr, links.stop, links.to_stop, links.from_stop, 60, 60, 50, out, back, link
    )
    options = [(60 - board[s] + w, alight[s] + w - 60, i) for i, (s, w) in enumerate(sorted(walk.items()))]
    options = [option for option in options if option[0] <= 50 and option[1] <= 50]
    if not options:
        assert link[0] == -1
    else:
        assert (out[0], back[0], link[0]) == min(options, key=lambda option: (option[0] + option[1], option[0]))


def test_time_never_runs_out() -> None:
    """The labels for never can be added to the longest links without leaving 32 bits."""
    assert np.iinfo(np.int32).max > TOO_LATE + 2**29 + DAY
    assert np.iinfo(np.int32).min < TOO_EARLY - 2**29 - DAY
