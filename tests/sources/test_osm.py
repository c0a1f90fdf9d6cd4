# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import math
import random
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import osmium
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from drehkreuz.errors import InputError
from drehkreuz.region import TABLES
from drehkreuz.sources.osm import read_osm
from drehkreuz.sources.osm_graph import Segments, contract
from drehkreuz.sources.osm_rules import CLASSES, limit_kmh, permissions

Way = tuple[list[int], dict[str, str]]
Save = Callable[..., Path]

STEP = 0.001  # degrees between neighbours of the grid below; 111.19 m of latitude
ROAD = {"highway": "residential"}
BOTH = "wbc wbc"


@pytest.fixture
def save(tmp_path: Path) -> Save:
    """Write ways over the nodes of a grid, node 10 * row + column, as a PBF file; return its path."""

    def write(*ways: Way, without: tuple[int, ...] = (), name: str = "extract.osm.pbf") -> Path:
        path = tmp_path / name
        nodes = sorted({node for way, _ in ways for node in way} - set(without))
        with osmium.SimpleWriter(str(path), overwrite=True) as writer:
            for node in nodes:
                place = (6.0 + STEP * (node % 10), 50.0 + STEP * (node // 10))
                writer.add_node(osmium.osm.mutable.Node(id=node, location=place))
            for number, (way, tags) in enumerate(ways, start=1):
                writer.add_way(osmium.osm.mutable.Way(id=number, nodes=way, tags=tags))
        return path

    return write


def edges(path: Path) -> list[tuple[int, int, str, float | None]]:
    """Return the edges as grid nodes, modes and speed."""
    nodes, table, _ = read_osm(path)
    grid = [round((lat - 50) / STEP) * 10 + round((lon - 6) / STEP) for _, lat, lon in nodes.iter_rows()]
    return [
        (grid[row["from_node"]], grid[row["to_node"]], modes(row["walk"], row["bike"], row["car"]), row["car_kmh"])
        for row in table.iter_rows(named=True)
    ]


def modes(walk: bool, bike: bool, car: bool) -> str:
    """Return the modes allowed by their first letters."""
    return "".join(letter for letter, may in zip("wbc", (walk, bike, car), strict=True) if may)


def allowed(**tags: str) -> str:
    """Return the modes allowed along and against a way, e.g. `wbc wb`."""
    return " ".join(modes(*side[:3]) for side in permissions({key.replace("__", ":"): tags[key] for key in tags}))


# ---------------------------------------------------------------------------------------------------- who may use it


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"highway": "residential"}, "wbc wbc"),
        ({"highway": "motorway"}, "c "),
        ({"highway": "motorway", "oneway": "no"}, "c c"),
        ({"highway": "trunk"}, "c c"),
        ({"highway": "trunk", "foot": "yes", "bicycle": "yes"}, "wbc wbc"),
        ({"highway": "primary", "motorroad": "yes"}, "c c"),
        ({"highway": "footway"}, "w w"),
        ({"highway": "footway", "bicycle": "yes"}, "wb wb"),
        ({"highway": "pedestrian", "bicycle": "designated", "motor_vehicle": "delivery"}, "wb wb"),
        ({"highway": "cycleway"}, "wb wb"),
        ({"highway": "cycleway", "foot": "no", "oneway": "yes"}, "b "),
        ({"highway": "path"}, "wb wb"),
        ({"highway": "track"}, "wb wb"),
        ({"highway": "track", "motor_vehicle": "yes"}, "wbc wbc"),
        ({"highway": "track", "motor_vehicle": "agricultural"}, "wb wb"),
        ({"highway": "bridleway"}, "w w"),
        ({"highway": "steps", "bicycle": "yes", "motor_vehicle": "yes"}, "w w"),
        ({"highway": "service", "access": "private"}, " "),
        ({"highway": "service", "access": "customers"}, "wbc wbc"),
        ({"highway": "service", "access": "no", "foot": "yes"}, "w w"),
        ({"highway": "service", "access": "private", "vehicle": "yes"}, "bc bc"),
        ({"highway": "residential", "vehicle": "no"}, "w w"),
        ({"highway": "residential", "vehicle": "no", "bicycle": "yes"}, "wb wb"),
        ({"highway": "residential", "motor_vehicle": "destination"}, "wbc wbc"),
        ({"highway": "residential", "motor_vehicle": "no", "motorcar": "yes"}, "wbc wbc"),
        ({"highway": "primary", "bicycle": "use_sidepath"}, "wc wc"),
        ({"highway": "motorway", "access": "yes"}, "c "),
        ({"highway": "footway", "access": "unheard of"}, "w w"),
        ({"highway": "construction"}, " "),
        ({"highway": "proposed"}, " "),
        ({"railway": "rail"}, " "),
    ],
)
def test_classes_and_access_decide_who_may_use_a_way(tags: dict[str, str], expected: str) -> None:
    """The class decides, a general tag can close, a mode's own tag can open and close."""
    assert allowed(**tags) == expected


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"oneway": "yes"}, "wbc w"),
        ({"oneway": "-1"}, "w wbc"),
        ({"oneway": "reverse"}, "w wbc"),
        ({"oneway": "no"}, "wbc wbc"),
        ({"oneway": "alternating"}, "wbc wbc"),
        ({"oneway": "reversible"}, "w w"),
        ({"junction": "roundabout"}, "wbc w"),
        ({"junction": "circular"}, "wbc w"),
        ({"junction": "roundabout", "oneway": "no"}, "wbc wbc"),
        ({"oneway": "yes", "oneway__bicycle": "no"}, "wbc wb"),
        ({"oneway": "yes", "cycleway": "opposite"}, "wbc wb"),
        ({"oneway": "yes", "cycleway": "opposite_lane"}, "wbc wb"),
        ({"oneway": "yes", "cycleway__left": "opposite_track"}, "wbc wb"),
        ({"oneway": "yes", "cycleway__left": "lane", "cycleway__left__oneway": "-1"}, "wbc wb"),
        ({"oneway": "-1", "cycleway": "opposite"}, "wb wbc"),
        ({"oneway": "yes", "oneway__motor_vehicle": "no"}, "wbc wc"),
        ({"oneway": "no", "oneway__bicycle": "yes"}, "wbc wc"),
        ({"oneway__foot": "yes"}, "wbc bc"),
        ({"oneway": "yes", "junction": "roundabout", "oneway__bicycle": "-1"}, "wc wb"),
    ],
)
def test_one_way_streets_hold_for_those_they_are_meant_for(tags: dict[str, str], expected: str) -> None:
    """Walkers are free, bicycles may be, cars are bound; roundabouts need no tag."""
    assert allowed(highway="residential", **tags) == expected


@pytest.mark.parametrize(
    ("text", "kmh"),
    [
        ("50", 50.0),
        ("50 km/h", 50.0),
        ("30 mph", 48.3),
        ("30mph", 48.3),
        ("DE:urban", 50.0),
        ("DE:rural", 100.0),
        ("DE:motorway", 130.0),
        ("DE:zone30", 30.0),
        ("DE:zone:30", 30.0),
        ("DE:30", 30.0),
        ("NL:zone30", 30.0),
        ("BE-VLG:rural", 70.0),
        ("BE-WAL:rural", 90.0),
        ("BE:zone30", 30.0),
        ("walk", 7.0),
        ("none", 130.0),
        ("50;30", 30.0),
        ("7.5", 7.5),
        ("signals", None),
        ("fast", None),
        ("0", None),
        ("999", None),
        ("30 knots", None),
        ("", None),
    ],
)
def test_speed_limits_are_understood_as_people_write_them(text: str, kmh: float | None) -> None:
    """Figures, miles, names of general limits and zones; anything else is unknown."""
    assert limit_kmh(text) == kmh


def test_speed_is_the_limit_of_the_direction_else_of_the_way_else_of_the_class() -> None:
    """maxspeed:backward goes before maxspeed, which goes before what is assumed for the class."""
    along, against = permissions({"highway": "tertiary", "maxspeed": "70", "maxspeed:backward": "30"})
    assert (along.kmh, against.kmh) == (70.0, 30.0)
    assert permissions({"highway": "tertiary", "maxspeed": "signals"})[0].kmh == CLASSES["tertiary"].kmh
    assert permissions({"highway": "footway", "maxspeed": "50"})[0].kmh == 0.0


# -------------------------------------------------------------------------------------------------- a file, by hand


def test_bends_between_junctions_only_add_length(save: Save) -> None:
    """A street with a bend, met by another in its middle, becomes two streets each way, and the other one."""
    path = save(([0, 1, 2, 3, 4], ROAD), ([2, 12], {"highway": "footway"}))
    assert edges(path) == [
        (0, 2, "wbc", 30.0),
        (2, 0, "wbc", 30.0),
        (2, 4, "wbc", 30.0),
        (2, 12, "w", None),
        (4, 2, "wbc", 30.0),
        (12, 2, "w", None),
    ]
    nodes, table, report = read_osm(path)
    assert report == []
    assert nodes.schema == TABLES["street_nodes"].polars
    assert table.schema == TABLES["street_edges"].polars
    assert table["length_m"][3] == pytest.approx(111.195, abs=0.01)  # a thousandth of a degree of latitude
    assert table["length_m"][0] == pytest.approx(2 * 111.195 * math.cos(math.radians(50)), abs=0.01)


def test_a_change_of_what_is_allowed_is_a_node(save: Save) -> None:
    """Two ways that meet end to end are one where they allow the same, two where they do not."""
    assert edges(save(([0, 1], ROAD), ([1, 2], ROAD))) == [(0, 2, "wbc", 30.0), (2, 0, "wbc", 30.0)]
    assert len(edges(save(([0, 1], ROAD), ([1, 2], ROAD | {"maxspeed": "50"})))) == 4


def test_one_way_streets_keep_their_direction_through_a_bend(save: Save) -> None:
    """Two one-way pieces, one drawn along and one against the traffic, are one street for cars."""
    path = save(([0, 1], ROAD | {"oneway": "yes", "foot": "no"}), ([2, 1], ROAD | {"oneway": "-1", "foot": "no"}))
    assert edges(path) == [(0, 2, "bc", 30.0)]


def test_a_ring_and_a_loop_are_parted(save: Save) -> None:
    """A closed way apart from all others and one that hangs at a junction become two edges each way."""
    ring = edges(save(([0, 1, 11, 10, 0], ROAD)))
    assert sorted((a, b) for a, b, _, _ in ring) == [(0, 11), (0, 11), (11, 0), (11, 0)]
    loop = edges(save(([30, 20, 21, 31, 30, 40], ROAD)))
    assert sorted((a, b) for a, b, _, _ in loop) == [(21, 30), (21, 30), (30, 21), (30, 21), (30, 40), (40, 30)]


def test_two_ways_between_the_same_junctions_stay_two(save: Save) -> None:
    """Parallel edges are kept."""
    found = edges(save(([0, 1, 2], ROAD), ([0, 11, 2], ROAD), ([0, 10], ROAD), ([2, 3], ROAD)))
    assert [(a, b) for a, b, _, _ in found].count((0, 2)) == 2


def test_what_nobody_may_use_is_no_street(save: Save) -> None:
    """Private ways leave no trace, not even a junction."""
    path = save(([0, 1, 2], ROAD), ([1, 11], ROAD | {"access": "private"}))
    assert edges(path) == [(0, 2, "wbc", 30.0), (2, 0, "wbc", 30.0)]


def test_order_of_ways_does_not_matter(save: Save) -> None:
    """The same ways in another order, drawn from the other end, give the same tables."""
    ways: list[Way] = [([row * 10 + column for column in range(5)], ROAD) for row in range(4)]
    ways += [([row * 10 + column for row in range(4)], {"highway": "path"}) for column in (1, 4)]
    expected = read_osm(save(*ways))
    random.Random(3).shuffle(ways)
    found = read_osm(save(*[(nodes[::-1], tags) for nodes, tags in ways], name="shuffled.osm.pbf"))
    for one, other in zip(expected[:2], found[:2], strict=True):
        assert_frame_equal(one, other)


def notes(path: Path) -> list[str]:
    """Return what the report says, without the path."""
    return [finding.problem for finding in read_osm(path)[2]]


def test_what_is_left_out_or_odd_is_counted(save: Save) -> None:
    """Small parts, ferries, cut ways and unreadable limits each have one line."""
    path = save(
        ([0, 1, 2], ROAD | {"maxspeed": "fast"}),
        ([30, 31], ROAD | {"maxspeed": "signals"}),
        ([2, 50], {"route": "ferry"}),
        ([2, 3, 4, 5], {"highway": "path"}),
        without=(3,),
    )
    assert notes(path) == [
        "2 parts with 4 of 6 nodes are not connected to the main network",
        "1 ferry routes are left out",
        "1 streets have nodes that are not in the extract",
        "1 speed limits cannot be understood, e.g. 'fast'; the street's class decides",
    ]


def test_a_street_goes_on_after_a_gap_but_not_across_it(save: Save) -> None:
    """A node that is not in the extract parts its street."""
    path = save(([0, 1, 2, 3, 4], ROAD), ([9, 8], ROAD), without=(2,))
    assert sorted((a, b) for a, b, _, _ in edges(path)) == [(0, 1), (1, 0), (3, 4), (4, 3), (8, 9), (9, 8)]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.osm.pbf", b"", "the file is empty"),
        ("text.osm.pbf", b"<osm version='0.6'/>", "is no OpenStreetMap file in PBF format"),
        ("zip.osm.pbf", b"PK\x03\x04" * 20, "is no OpenStreetMap file in PBF format"),
        ("head.osm.pbf", b"\x00\x00\x00\x0e\n\tOSMHeader\x18\xbb\x01", "is broken"),
    ],
)
def test_files_that_are_no_extract_are_refused(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    """Each has one sentence that names the file."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=words) as caught:
        read_osm(tmp_path / name)
    assert caught.value.findings[0].where == str(tmp_path / name)


def test_a_path_without_an_extract_is_refused(tmp_path: Path) -> None:
    """Nothing there, or a folder there, is said to be so."""
    with pytest.raises(InputError, match="there is no such file or folder"):
        read_osm(tmp_path / "nowhere.osm.pbf")
    with pytest.raises(InputError, match="is a folder, not a file"):
        read_osm(tmp_path)


def test_an_extract_cut_off_is_broken_and_one_without_streets_is_said_to_be_so(save: Save) -> None:
    """A file that ends too early is told from one that has nothing to walk on."""
    path = save(([0, 1, 2], ROAD))
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(InputError, match="is broken"):
        read_osm(path)
    with pytest.raises(InputError, match="holds no street that may be walked, cycled or driven"):
        read_osm(save(([0, 1], {"highway": "construction"}), name="bare.osm.pbf"))


def test_progress_is_begun_and_ended(save: Save) -> None:
    """Whoever watches sees the reading begin and end, even when it fails."""
    seen: list[str] = []

    class Watch:
        def start(self, label: str, total: int | None) -> None:
            seen.append(f"{label} {total}")

        def advance(self, steps: int = 1) -> None:
            seen.append(str(steps))

        def finish(self) -> None:
            seen.append("done")

    read_osm(save(([0, 1], ROAD)), progress=Watch())
    assert seen == ["OpenStreetMap None", "1", "done"]


# -------------------------------------------------------------------------------------------------------- contraction


@st.composite
def networks(draw: st.DrawFn) -> list[tuple[int, int, int, int, int]]:
    """Draw segments as tail, head, length, code along, code against; never without any code."""
    pairs = draw(
        st.lists(
            st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda p: p[0] != p[1]), min_size=1, max_size=18
        )
    )
    codes = st.sampled_from([(1, 1), (1, 1), (1, 0), (0, 1), (2, 2), (1, 2)])
    return [(a, b, draw(st.integers(1, 9)), *draw(codes)) for a, b in pairs]


@settings(max_examples=150)
@given(network=networks())
def test_contraction_keeps_every_distance(network: list[tuple[int, int, int, int, int]]) -> None:
    """Between nodes that are kept, the shortest way by each code is as long as before; lengths add up; no edge is a loop."""
    tail, head, length, along, against = (np.array(column) for column in zip(*network, strict=True))
    found = contract(Segments(tail, head, length.astype(float), along, against), 12)
    kept = set(found.tail) | set(found.head)
    degree = np.bincount(np.concatenate([tail, head]), minlength=12)
    assert not np.any(found.tail == found.head)
    assert {node for node in range(12) if degree[node] not in {0, 2}} <= kept
    for code in (1, 2):
        before, after = nx.MultiDiGraph(), nx.MultiDiGraph()
        before.add_nodes_from(range(12))
        after.add_nodes_from(kept)
        for a, b, metres, forth, back in network:
            before.add_edges_from([(a, b, {"m": metres})] * (forth == code) + [(b, a, {"m": metres})] * (back == code))
        for a, b, metres, its in zip(found.tail, found.head, found.length, found.code, strict=True):
            after.add_edges_from([(a, b, {"m": metres})] * int(its == code))
        assert before.size("m") == pytest.approx(after.size("m"))
        expected = dict(nx.all_pairs_dijkstra_path_length(before, weight="m"))
        result = dict(nx.all_pairs_dijkstra_path_length(after, weight="m"))
        for a in kept:
            assert result[a] == pytest.approx({b: metres for b, metres in expected[a].items() if b in kept})


# -------------------------------------------------------------------------------------------------------- real streets


def plain_walk_metres(path: Path) -> float:
    """Return the length of all that may be walked along its line, by a plain loop over the file."""
    total = 0.0
    for way in osmium.FileProcessor(str(path)).with_locations().with_filter(osmium.filter.KeyFilter("highway")):
        if way.is_way() and permissions(dict(way.tags))[0].walk:
            places = [(node.lat, node.lon) for node in way.nodes]
            total += sum(metres(*a, *b) for a, b in pairwise(places))
    return total


def metres(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Return the great-circle distance by the spherical law of cosines in its stable form."""
    a, b = math.radians(lat_a), math.radians(lat_b)
    d = math.radians(lon_b - lon_a)
    y = math.hypot(math.cos(b) * math.sin(d), math.cos(a) * math.sin(b) - math.sin(a) * math.cos(b) * math.cos(d))
    return 6_371_008.8 * math.atan2(y, math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(d))


@pytest.mark.data
@pytest.mark.parametrize(
    ("extract", "n_nodes", "box"),
    [
        ("aachen-osm/aachen_2021-08-01.osm.pbf", 16_407, (6.026, 50.7451, 6.1479, 50.7941)),
        ("porto-alegre/poa_osm.pbf", 17_999, (-51.266, -30.113, -51.132, -29.988)),
    ],
)
def test_a_real_city_is_read_whole(data: Path, extract: str, n_nodes: int, box: tuple[float, ...]) -> None:
    """All walkable length is there, nearly all nodes hang together, and the city lies where it should."""
    path = data / "transit" / extract
    nodes, table, report = read_osm(path)
    assert len(nodes) == n_nodes
    assert table.filter("walk")["length_m"].sum() / 2 == pytest.approx(plain_walk_metres(path), rel=1e-4)
    assert table["from_node"].max() < n_nodes
    assert not (table["from_node"] == table["to_node"]).any()
    assert "not connected to the main network" in report[0].problem
    apart = int(report[0].problem.split(" with ")[1].split(" ")[0].replace(",", ""))
    assert apart < 0.04 * n_nodes
    inside = nodes.filter(
        pl.col("lon").is_between(box[0] - 0.05, box[2] + 0.05) & pl.col("lat").is_between(box[1] - 0.05, box[3] + 0.05)
    )
    assert len(inside) > 0.99 * n_nodes


@pytest.mark.data
def test_the_ring_of_aachen_is_one_way(data: Path) -> None:
    """On a real extract some streets are closed to cars in one direction that walkers may use in both."""
    _, table, _ = read_osm(data / "transit" / "aachen-osm" / "aachen_2021-08-01.osm.pbf")
    there: dict[tuple[int, int], Any] = {
        (a, b): car for a, b, car in table.select("from_node", "to_node", "car").rows()
    }
    one_way = [pair for pair, car in there.items() if car and there.get(pair[::-1]) is False]
    assert len(one_way) > 500
