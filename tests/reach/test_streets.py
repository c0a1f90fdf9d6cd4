# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The street graph against SciPy's Dijkstra, snapping, and straight lines where there are no streets."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from drehkreuz.errors import InputError
from drehkreuz.reach import _kernels
from drehkreuz.reach.modes import Mode
from drehkreuz.reach.parameters import PARAMETERS
from drehkreuz.reach.points import EARTH_RADIUS_M, Points, earth_xyz
from drehkreuz.reach.streets import Edges, StreetGraph
from drehkreuz.reach.ways import FAR, StraightLines, near, whole_seconds
from drehkreuz.region import Region

METRE = 1 / (np.radians(1) * EARTH_RADIUS_M)
"""Degrees of latitude."""

Build = Callable[..., Region]
Edge = tuple[int, int, int]


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, list[Edge]]:
    """Draw directed graphs with parallel edges, loops, zero lengths and parts that are cut off."""
    n = draw(st.integers(1, 8))
    node = st.integers(0, n - 1)
    return n, draw(st.lists(st.tuples(node, node, st.integers(0, 9)), max_size=20))


def to_edges(n: int, pieces: list[Edge]) -> Edges:
    """Return the streets in rows; twice as long in metres as in seconds."""
    columns = np.array(pieces, dtype=np.int64).reshape(-1, 3)
    return Edges.sort(columns[:, 0], columns[:, 1], columns[:, 2].astype(float), columns[:, 2] * 2.0, n)


def search(edges: Edges, n: int, limit: float) -> tuple[np.ndarray, np.ndarray]:
    """Search from every node to every node."""
    nodes, nothing = np.arange(n, dtype=np.int32), np.zeros(n)
    seconds, metres = np.full((n, n), np.inf), np.full((n, n), np.inf)
    arrays = (edges.indptr, edges.heads, edges.seconds, edges.metres)
    _kernels.search(*arrays, nodes, nothing, nodes, nothing, limit, seconds, metres)
    return seconds, metres


def plain_search(n: int, pieces: list[Edge], root: int, limit: float) -> list[float]:
    """Bounded Dijkstra in plain Python."""
    best = [float("inf")] * n
    best[root] = 0.0
    heap = [(0.0, root)]
    while heap:
        now, node = heapq.heappop(heap)
        for tail, head, cost in pieces:
            if tail == node and now + cost < best[head] and now + cost <= limit:
                best[head] = now + cost
                heapq.heappush(heap, (best[head], head))
    return best


@given(graph=graphs())
def test_search_equals_scipy(graph: tuple[int, list[Edge]]) -> None:
    """Unbounded, every distance is SciPy's; metres belong to the fastest way."""
    n, pieces = graph
    shortest: dict[tuple[int, int], int] = {}
    for tail, head, cost in pieces:
        shortest[tail, head] = min(cost, shortest.get((tail, head), cost))
    rows, columns = zip(*shortest, strict=True) if shortest else ((), ())
    # SciPy takes a stored zero for no edge in places: lift all costs by a factor and the zeros to nearly nothing.
    costs = [cost or 1e-9 for cost in shortest.values()]
    expected = dijkstra(csr_array((costs, (list(rows), list(columns))), shape=(n, n)))
    seconds, metres = search(to_edges(n, pieces), n, np.inf)
    np.testing.assert_allclose(seconds, expected, atol=1e-6)
    np.testing.assert_array_equal(metres, seconds * 2)


@given(graph=graphs(), limit=st.integers(0, 20))
def test_bounded_search_equals_its_plain_twin(graph: tuple[int, list[Edge]], limit: int) -> None:
    """Bounded, a node is found exactly when its distance is within the limit."""
    n, pieces = graph
    seconds, _ = search(to_edges(n, pieces), n, limit)
    for root in range(n):
        np.testing.assert_array_equal(seconds[root], plain_search(n, pieces, root, limit))


@given(graph=graphs(), limit=st.integers(0, 20), some=st.sets(st.integers(0, 7)))
def test_a_search_that_ends_early_says_the_same(graph: tuple[int, list[Edge]], limit: int, some: set[int]) -> None:
    """A search for some nodes alone, which ends when they are reached, finds what the search for all does."""
    n, pieces = graph
    edges, few = to_edges(n, pieces), np.array([node for node in some if node < n], dtype=np.int32)
    nodes, nothing = np.arange(n, dtype=np.int32), np.zeros(n)
    shape = (n, len(few))
    seconds, metres = np.full(shape, np.inf), np.full(shape, np.inf)
    arrays = (edges.indptr, edges.heads, edges.seconds, edges.metres)
    _kernels.search(*arrays, nodes, nothing, few, np.zeros(len(few)), limit, seconds, metres)
    for found, whole in zip((seconds, metres), search(edges, n, limit), strict=True):
        assert found.tolist() == whole[:, few].tolist()


@given(graph=graphs(), order=st.randoms(use_true_random=False))
def test_order_of_edges_makes_no_difference(graph: tuple[int, list[Edge]], order: object) -> None:
    """The same streets in another order give the same bytes."""
    n, pieces = graph
    shuffled = sorted(pieces, key=lambda _: order.random())  # type: ignore[attr-defined]
    a, b = to_edges(n, pieces), to_edges(n, shuffled)
    assert all(
        getattr(a, name).tobytes() == getattr(b, name).tobytes() for name in ("indptr", "heads", "seconds", "metres")
    )


def street(tail: int, head: int, metres: float, **given_: object) -> dict[str, object]:
    """Return a row of `street_edges` without its number."""
    return {"from_node": tail, "to_node": head, "length_m": metres, "walk": True, "bike": True, "car": True} | given_


def both(tail: int, head: int, metres: float, **given_: object) -> list[dict[str, object]]:
    """Return a street that may be used both ways."""
    return [street(tail, head, metres, **given_), street(head, tail, metres, **given_)]


def build(make_region: Build, nodes: list[float], edges: list[dict[str, object]], zones: list[float]) -> Region:
    """Return a region along a meridian; nodes and zones by metres north of the equator."""
    return make_region(
        street_nodes=[{"node": i, "lat": metres * METRE, "lon": 0.0} for i, metres in enumerate(nodes)],
        street_edges=[{"edge": i, **edge} for i, edge in enumerate(edges)],
        zones=[{"zone_id": f"z{i}", "lat": metres * METRE, "lon": 0.0} for i, metres in enumerate(zones)],
    )


def matrix(region: Region, mode: Mode, limit: float = np.inf) -> tuple[np.ndarray, np.ndarray]:
    """Return seconds and metres from each zone to each."""
    graph = StreetGraph.from_region(region)
    zones = graph.locate(Points.of(region, "zones"))
    return graph.outward(zones, zones, mode, limit)


def test_speeds_of_the_modes(make_region: Build) -> None:
    """A kilometre takes 750 s on foot, 240 s by bicycle, 180 s by pedelec, and by car as the street allows, less a share."""
    region = build(make_region, [0, 1000], both(0, 1, 1000.0, car_kmh=50.0), [0, 1000])
    times = [matrix(region, mode)[0][0, 1] for mode in Mode]
    assert times == pytest.approx([750, 240, 180, 1000 / (50 * 0.85 / 3.6)])


def test_car_takes_the_fast_way_and_its_length(make_region: Build) -> None:
    """The car takes the longer but faster way; kilometres are those of the way taken."""
    slow = both(0, 1, 1000.0, car_kmh=30.0)
    fast = [*both(0, 2, 700.0, car_kmh=100.0), *both(2, 1, 700.0, car_kmh=100.0)]
    region = build(make_region, [0, 1000, 500], [*slow, *fast], [0, 1000])
    seconds, metres = matrix(region, Mode.CAR)
    assert metres[0, 1] == pytest.approx(1400)
    assert seconds[0, 1] == pytest.approx(1400 / (100 * 0.85 / 3.6))
    assert matrix(region, Mode.BIKE)[1][0, 1] == pytest.approx(1000)


def test_a_car_street_without_speed_gets_the_assumed_one(make_region: Build) -> None:
    """Where a street for cars names no speed, the assumed speed holds."""
    region = build(make_region, [0, 1000], both(0, 1, 1000.0), [0, 1000])
    kmh = PARAMETERS.car_kmh_unknown * PARAMETERS.car_speed_share
    assert matrix(region, Mode.CAR)[0][0, 1] == pytest.approx(3600 / kmh)


def test_one_way_streets(make_region: Build) -> None:
    """A one-way ring is short one way and long the other; ways inward are the transpose of ways outward."""
    ring = [street(0, 1, 100.0), street(1, 2, 100.0), street(2, 0, 100.0)]
    region = build(make_region, [0, 100, 50], ring, [0, 100])
    seconds, _ = matrix(region, Mode.BIKE)
    assert seconds[0, 1] * 2 == pytest.approx(seconds[1, 0])
    graph = StreetGraph.from_region(region)
    zones = graph.locate(Points.of(region, "zones"))
    np.testing.assert_allclose(graph.inward(zones, zones, Mode.BIKE, np.inf).seconds, seconds.T)


def test_the_way_to_the_street_is_walked(make_region: Build) -> None:
    """A home 400 m beyond the end of the street walks there, whatever the mode."""
    region = build(make_region, [0, 1000], both(0, 1, 1000.0), [-400, 1000])
    assert matrix(region, Mode.BIKE)[0][0, 1] == pytest.approx(240 + 300)
    assert np.isinf(matrix(region, Mode.BIKE, limit=539)[0][0, 1])


def test_a_point_far_from_every_street_is_a_finding(make_region: Build) -> None:
    """More than a kilometre from every street, a home is named, not silently near, and reaches nothing."""
    region = build(make_region, [0, 1000], both(0, 1, 1000.0), [0, 2001])
    graph = StreetGraph.from_region(region)
    zones = graph.locate(Points.of(region, "zones"))
    (finding,) = zones.findings
    assert str(finding).startswith(
        "zones:z1: lies more than 1000 m from every street and cannot be reached. Correct the"
    )
    assert np.isinf(graph.outward(zones, zones, Mode.WALK, np.inf).seconds[0, 1])


def test_nobody_is_snapped_to_a_motorway_or_an_island(make_region: Build) -> None:
    """Walkers are snapped to streets they may walk, nobody to a corner cut off from everything."""
    nodes = [0.0, 300.0, 310.0, *np.linspace(1000, 4000, 60)]
    chain = [edge for i in range(3, 62) for edge in both(i, i + 1, 100.0)]
    motorway = both(3, 0, 500.0, walk=False, bike=False)
    region = build(make_region, nodes, [*chain, *motorway, *both(1, 2, 10.0)], [305])
    zones = StreetGraph.from_region(region).locate(Points.of(region, "zones"))
    assert zones.node[Mode.WALK, 0] == 3
    assert zones.node[Mode.CAR, 0] == 0


def test_a_street_to_a_node_that_does_not_exist(make_region: Build) -> None:
    """A dangling street is refused with its row, value and what to do."""
    region = build(make_region, [0, 1000], [street(0, 7, 1000.0)], [0])
    with pytest.raises(InputError, match=r"street_edges:0: to_node '7': is not in table street_nodes\. Add the row"):
        StreetGraph.from_region(region)


def test_straight_lines(make_region: Build) -> None:
    """Without streets a kilometre as the crow flies is a way of 1.3 km, and marked as assumed."""
    region = make_region(
        zones=[{"zone_id": "a", "lat": 50.0, "lon": 6.0}, {"zone_id": "b", "lat": 50 + 1000 * METRE, "lon": 6.0}]
    )
    lines = StraightLines()
    zones = lines.locate(Points.of(region, "zones"))
    seconds = [lines.outward(zones, zones, mode, np.inf).seconds[0, 1] for mode in Mode]
    assert seconds == pytest.approx([975, 312, 234, 1.3 / 35 * 3600])
    assert lines.assumed


def test_car_bands() -> None:
    """Without streets a car drives the first 10 km at 35, the next 20 at 60 and the rest at 85 km/h."""
    seconds = StraightLines().seconds(np.array([0.0, 10_000.0, 30_000.0, 115_000.0]), Mode.CAR)
    np.testing.assert_allclose(seconds, np.cumsum([0, 10 / 35, 20 / 60, 85 / 85]) * 3600)


def test_distance_on_the_sphere() -> None:
    """Between Aachen and Cologne, 64 km, the chord is short of the haversine formula by less than a metre."""
    (a, b) = np.radians([50.7746, 6.0839]), np.radians([50.9413, 6.9583])
    h = np.sin((b[0] - a[0]) / 2) ** 2 + np.cos(a[0]) * np.cos(b[0]) * np.sin((b[1] - a[1]) / 2) ** 2
    arc = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(h))
    xyz = earth_xyz([50.7746, 50.9413], [6.0839, 6.9583])
    assert np.linalg.norm(xyz[0] - xyz[1]) == pytest.approx(arc, abs=1)
    assert arc == pytest.approx(64_113, abs=1)


def test_near_is_the_matrix_within_the_limit(make_region: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pairs near each other are the entries of the matrix within the limit, whatever the size of the blocks."""
    places = [0, 130, 420, 900, 5000]
    region = build(make_region, [0, 5000], both(0, 1, 5000.0), places)
    lines = StraightLines(replace(PARAMETERS, detour=1.0))
    zones = lines.locate(Points.of(region, "zones"))
    found = near(lines, zones, zones, Mode.WALK, 600)
    monkeypatch.setattr("drehkreuz.reach.ways.CHUNK", 2)
    again = near(lines, zones, zones, Mode.WALK, 600)
    assert all(a.tobytes() == b.tobytes() for a, b in zip(found, again, strict=True))
    expected = [(a, b) for a in range(5) for b in range(5) if abs(places[a] - places[b]) <= 800]
    assert list(zip(found.root, found.other, strict=True)) == expected


def test_near_on_streets_is_the_matrix_within_the_limit(make_region: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """On one-way streets the pairs within the limit in either direction are listed with both ways, however little room is made."""
    ring = [street(0, 1, 200.0), street(1, 2, 200.0), street(2, 3, 400.0), street(3, 0, 200.0)]
    region = build(make_region, [0, 200, 400, 800], ring, [0, 190, 210, 410, 800, 805, 90_000])
    graph = StreetGraph.from_region(region)
    zones, stops = graph.locate(Points.of(region, "zones")), graph.locate(Points.of(region, "zones"))
    for limit in (100.0, 400.0, 1e9):
        there, back = (
            whole_seconds(way(zones, stops, Mode.BIKE, limit).seconds) for way in (graph.outward, graph.inward)
        )
        root, other = np.nonzero((there < FAR) | (back < FAR))
        expected = (root, other, there[root, other], back[root, other])
        for room in (0, 1, 64):
            monkeypatch.setattr("drehkreuz.reach.streets.PAIRS_AT_FIRST", room)
            found = near(graph, zones, stops, Mode.BIKE, limit)
            assert all(np.array_equal(a, b) for a, b in zip(found, expected, strict=True))
    nobody = zones.take(np.zeros(0, dtype=np.int64))
    assert not len(near(graph, nobody, stops, Mode.WALK, 100.0).root)
    assert not len(near(graph, zones, nobody, Mode.WALK, 100.0).root)


def test_whole_seconds() -> None:
    """Seconds are rounded up, a hair's breadth of arithmetic is forgiven, no way stays far beyond any time."""
    assert whole_seconds(np.array([0.0, 1.2, 2.0000000001, np.inf])).tolist() == [0, 2, 2, FAR]
