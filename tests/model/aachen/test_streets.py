# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Schematic streets of the model region of Aachen."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from drehkreuz.model.aachen.area import area
from drehkreuz.model.aachen.streets import gabriel, streets
from drehkreuz.region import TABLES

Network = tuple[pl.DataFrame, pl.DataFrame]


def more_points() -> pl.DataFrame:
    """Points beside cells, as stops and workplaces are: with the cells about 14,000 in all."""
    cells = area().cells.head(5_000)
    return cells.select(pl.col("lat") + 0.0031, pl.col("lon") - 0.0042, kind=pl.lit("stop"))


@pytest.fixture(scope="module")
def network() -> Network:
    return streets(more_points(), area())


def test_the_tables_fit(network: Network) -> None:
    """Nodes and edges are numbered without a gap, keep the rules of their tables and lead nowhere else."""
    nodes, edges = network
    for frame, table in ((nodes, "street_nodes"), (edges, "street_edges")):
        assert frame.schema == TABLES[table].polars
        assert frame.drop("car_kmh", strict=False).null_count().sum_horizontal().item() == 0
        assert (frame[TABLES[table].key[0]] == pl.Series(range(frame.height))).all()
    assert set(edges["from_node"]) | set(edges["to_node"]) == set(nodes["node"])


def test_every_place_is_a_node(network: Network) -> None:
    """Every settlement, cell and point stands on a node of its own coordinates, to five digits."""
    nodes, _ = network
    known = set(nodes.select("lat", "lon").rows())
    for frame in (area().settlements, area().cells, more_points()):
        assert set(frame.select(pl.col("lat", "lon").round(5)).rows()) <= known


def test_streets_run_both_ways(network: Network) -> None:
    """Every street leads back with the same length, permissions and speed."""
    _, edges = network
    same = ["length_m", "walk", "bike", "car", "car_kmh"]
    there = edges.select("from_node", "to_node", *same).sort(pl.all())
    back = edges.select(pl.col("to_node").alias("from_node"), pl.col("from_node").alias("to_node"), *same)
    assert_frame_equal(there, back.sort(pl.all()))


@pytest.mark.parametrize("mode", ["walk", "bike", "car"])
def test_everything_is_connected(network: Network, mode: str) -> None:
    """Everybody gets from every place to every other; only junctions of motorways are closed to feet and bicycles."""
    nodes, edges = network
    open_ = edges.filter(pl.col(mode))
    _, part = connected_components(graph(open_, nodes.height, open_["length_m"].to_numpy()), connection="strong")
    alone = np.bincount(part)[part] < 10
    assert len(np.unique(part[~alone])) == 1
    assert alone.sum() == (0 if mode == "car" else nodes.height - len(_places()))


def _places() -> set[tuple[float, float]]:
    frames = (area().settlements, area().cells, more_points())
    return {row for frame in frames for row in frame.select(pl.col("lat", "lon").round(5)).rows()}


def graph(edges: pl.DataFrame, n: int, weight: np.ndarray) -> csr_array:
    """Return the network with the least weight of parallel edges."""
    least = edges.with_columns(weight=pl.Series(weight)).group_by("from_node", "to_node").agg(pl.col("weight").min())
    return csr_array((least["weight"].to_numpy(), (least["from_node"], least["to_node"])), shape=(n, n))


def test_speeds_and_lengths_are_possible(network: Network) -> None:
    """Nothing is faster than the motorway or slower than a town, and no street shorter than the straight line."""
    nodes, edges = network
    assert edges["car_kmh"].is_between(15, 110).all()
    ends = [nodes[edges[column]].select("lat", "lon").to_numpy() for column in ("from_node", "to_node")]
    straight = 1000 * np.hypot(*((ends[0] - ends[1]) * [111.2, 70.3]).T)
    assert (edges["length_m"].to_numpy() >= straight - 1).all()
    assert (edges["length_m"].to_numpy() <= 1.25 * straight + 2).all()
    assert not edges.filter(pl.col("car_kmh") > 80).select(pl.any_horizontal("walk", "bike").any()).item()


def test_order_of_points_makes_no_difference(network: Network) -> None:
    """The same points in another order, some twice, give the same network."""
    points = more_points()
    again = streets(pl.concat([points.head(100), points.reverse()]), area())
    for frame, other in zip(network, again, strict=True):
        assert_frame_equal(frame, other)


def test_streets_are_quick_to_make() -> None:
    """About 14,000 nodes take at most 3 seconds."""
    points = more_points()
    start = time.perf_counter()
    nodes, _ = streets(points, area())
    assert time.perf_counter() - start < 3
    assert nodes.height > 13_500


PAIRS = {
    ("Aachen", "Düren"): 35,
    ("Aachen", "Köln"): 58,
    ("Düren", "Euskirchen"): 36,
    ("Heinsberg", "Mönchengladbach"): 31,
    ("Aachen", "Monschau"): 38,
    ("Jülich", "Aachen"): 31,
    ("Eschweiler", "Aachen"): 22,
    ("Aachen", "Maastricht"): 38,
    ("Aachen", "Liège"): 48,
    ("Kerkrade", "Herzogenrath"): 9,
    ("Erkelenz", "Düren"): 42,
    ("Euskirchen", "Köln"): 43,
}
"""Usual minutes by car between town centres without congestion; assumed, from knowledge of the region."""


def seats() -> Iterator[tuple[str, tuple[float, float]]]:
    """Where the most populous settlement of a name lies."""
    for name, lat, lon in area().settlements.sort("population").select("name", "lat", "lon").rows():
        yield name, (round(lat, 5), round(lon, 5))


def test_car_times_between_towns(network: Network) -> None:
    """Free-flow times between twelve pairs of towns are within 20 % of the usual ones."""
    nodes, edges = network
    minutes = graph(edges, nodes.height, (edges["length_m"] / edges["car_kmh"] * 0.06).to_numpy())
    at = {(lat, lon): node for node, lat, lon in nodes.select("node", "lat", "lon").rows()}
    where = {name: at[place] for name, place in seats()}
    origins = sorted({origin for origin, _ in PAIRS})
    found = dict(zip(origins, dijkstra(minutes, indices=[where[name] for name in origins]), strict=True))
    off = {pair: float(found[pair[0]][where[pair[1]]]) / usual - 1 for pair, usual in PAIRS.items()}
    assert {pair: round(share, 2) for pair, share in off.items() if abs(share) > 0.2} == {}


def test_walks_have_a_usual_detour(network: Network) -> None:
    """Ways on foot of 2 to 5 km are by 20 to 35 % longer than the straight line, on the median."""
    nodes, edges = network
    walks = edges.filter("walk")
    metres = graph(walks, nodes.height, walks["length_m"].to_numpy())
    cells = area().cells[::400]
    at = {(lat, lon): node for node, lat, lon in nodes.select("node", "lat", "lon").rows()}
    start = [at[row] for row in cells.select(pl.col("lat", "lon").round(5)).rows()]
    along = dijkstra(metres, indices=start, limit=10_000)
    place = nodes.select("lat", "lon").to_numpy() * [111.2, 70.3]
    straight = 1000 * np.linalg.norm(place[start][:, None] - place[None], axis=2)
    near = (straight > 2_000) & (straight < 5_000) & np.isfinite(along)
    assert 1.2 <= np.median(along[near] / straight[near]) <= 1.35


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=4, max_size=20, unique=True).filter(
        lambda points: np.linalg.matrix_rank(np.array(points) - points[0]) == 2
    )
)
def test_gabriel_against_its_definition(points: list[tuple[int, int]]) -> None:
    """Two points are joined exactly if no third lies in or on the circle between them."""
    place = np.array(points, dtype=np.float64)
    expected = [
        [i, j]
        for i in range(len(place))
        for j in range(i + 1, len(place))
        if all((place[i] - place[k]) @ (place[j] - place[k]) > 0 for k in range(len(place)) if k not in {i, j})
    ]
    assert gabriel(place).tolist() == expected
