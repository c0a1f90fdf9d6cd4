# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Streets of the model region: proximity graphs over places people go to and from, and a few schematic motorways."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.spatial import Delaunay, KDTree

from drehkreuz.model.aachen.area import Area
from drehkreuz.model.aachen.cells import to_km
from drehkreuz.region import TABLES

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOTORWAYS: Final = files(__package__) / "data" / "motorways.csv"
CAR_ONLY: Final = ("motorway", "ramp")


@dataclass(frozen=True, slots=True)
class StreetClass:
    """
    What holds on a class of street; assumed.

    Attributes:
        detour: Length along the street as a multiple of the straight line between its ends.
        kmh: Free-flow speed by car in the open country.
        town_kmh: The same in dense towns, waiting at junctions included; between the two it falls in proportion.
    """

    detour: float
    kmh: float
    town_kmh: float


CLASSES: Final[dict[str, StreetClass]] = {
    "local": StreetClass(detour=1.10, kmh=40, town_kmh=16),
    "main": StreetClass(detour=1.12, kmh=75, town_kmh=20),
    "ramp": StreetClass(detour=1.20, kmh=50, town_kmh=25),
    "motorway": StreetClass(detour=1.06, kmh=110, town_kmh=80),
}
"""
Values are assumed, so that free-flow times between towns agree with those that route planners show.

A way through a proximity graph is itself longer than the straight line, by about a seventh; the detour of a piece comes
on top. Walking and cycling are open on local and main streets.
"""
OPEN_DENSITY: Final = 500.0
"""People per km² up to which a street is as fast as in the open country."""
TOWN_DENSITY: Final = 2500.0
"""People per km² from which on a street is as slow as it gets."""
TOWN_KM: Final = 2.5
"""A piece is slowed down over so much of its length, half at either end; the rest lies between towns."""
RAMPS: Final = 3
"""Settlements that a junction is joined to."""


def streets(points: pl.DataFrame, area: Area) -> tuple[pl.DataFrame, pl.DataFrame]:
    """
    Return a connected street network over settlements, cells and further points.

    Local streets are the Gabriel graph of all points: two are joined if no third lies in the circle between them. Main
    roads are the Gabriel graph of the settlements, because district roads run from village to village. Motorways are
    polylines of junctions, joined to the nearest settlements. Schematic: rivers, railways and forests part nothing.

    Args:
        points: Stops, workplaces and the like: columns `lat` and `lon`, others are passed over; order has no effect.
        area: The model region's area.

    Returns:
        Tables `street_nodes` (south to north, west to east) and `street_edges` (every street in both directions). Each
        point, settlement and cell centre is a node, coordinates rounded to five digits (one metre).

    Source:
        Gabriel, Sokal: A new statistical approach to geographic variation analysis. Systematic Zoology 18 (1969).
    """
    junctions = pl.read_csv(MOTORWAYS.read_bytes())
    frames = [area.settlements, area.cells, points, junctions]
    nodes = (
        pl.concat([frame.select(pl.col("lat", "lon").cast(pl.Float64).round(5)) for frame in frames])
        .unique()
        .sort("lat", "lon")
        .with_row_index("node")
        .with_columns(pl.col("node").cast(pl.Int64))
    )
    where = to_km(nodes["lat"].to_numpy(), nodes["lon"].to_numpy())
    settlements, ends = (_nodes_of(frame, nodes) for frame in (area.settlements, junctions))
    places = np.unique(np.concatenate([_nodes_of(frame, nodes) for frame in frames[:3]]))
    villages = np.unique(settlements)
    pairs = {
        "main": villages[gabriel(where[villages])],
        "local": places[gabriel(where[places])],
        "ramp": _ramps(np.unique(ends), villages, where),
        "motorway": _along(junctions, ends),
    }
    return TABLES["street_nodes"].conform(nodes), _edges(pairs, where, _density(where, area))


def gabriel(points: Floats) -> Ints:
    """
    Return the edges of the Gabriel graph of points in the plane.

    An edge of the Delaunay triangulation belongs to it if it is seen from both opposite corners under an acute angle; so
    the diagonals of a grid do not, whichever of them the triangulation took.

    Args:
        points: float64[n, 2], all different, at least three, not all on a line.

    Returns:
        int64[m, 2], positions, the smaller first, in rising order.
    """
    corners = Delaunay(points).simplices.astype(np.int64)
    triples = np.concatenate([corners[:, [i, (i + 1) % 3, (i + 2) % 3]] for i in range(3)])
    one, other, opposite = triples.T
    dot = ((points[one] - points[opposite]) * (points[other] - points[opposite])).sum(axis=1)
    sides = np.sort(triples[:, :2], axis=1)
    blocked = np.unique(sides[dot <= 1e-9], axis=0)
    n = len(points)
    every = np.unique(sides @ np.array([n, 1]))
    kept = every[~np.isin(every, blocked @ np.array([n, 1]))]
    return np.column_stack(np.divmod(kept, n))


def _nodes_of(frame: pl.DataFrame, nodes: pl.DataFrame) -> Ints:
    rounded = frame.select(pl.col("lat", "lon").cast(pl.Float64).round(5))
    return rounded.join(nodes, on=["lat", "lon"], how="left", maintain_order="left")["node"].to_numpy()


def _ramps(junctions: Ints, villages: Ints, where: Floats) -> Ints:
    _, near = KDTree(where[villages]).query(where[junctions], k=RAMPS)
    return np.column_stack([np.repeat(junctions, RAMPS), villages[np.asarray(near)].ravel()])


def _along(junctions: pl.DataFrame, ends: Ints) -> Ints:
    """Return the pieces between successive junctions of a road."""
    same = junctions.select(
        (pl.col("road") == pl.col("road").shift(-1)) & (pl.col("part") == pl.col("part").shift(-1))
    ).to_series()
    last = np.flatnonzero(same.fill_null(value=False).to_numpy())
    return np.unique(np.column_stack([ends[last], ends[last + 1]]), axis=0)


def _density(where: Floats, area: Area) -> Floats:
    """Return how many people live in the nearest cell of each node."""
    centres = to_km(area.cells["lat"].to_numpy(), area.cells["lon"].to_numpy())
    apart, nearest = KDTree(centres).query(where)
    return np.where(apart <= 1.0, area.cells["population"].to_numpy()[nearest], 0.0)


def _edges(pairs: dict[str, Ints], where: Floats, density: Floats) -> pl.DataFrame:
    """Return both directions of all streets; where a main road joins the same two nodes, there is no local one."""
    parts = []
    for name, ends in pairs.items():
        street = CLASSES[name]
        km = street.detour * np.hypot(*(where[ends[:, 0]] - where[ends[:, 1]]).T)
        dense = np.clip((density[ends].mean(axis=1) - OPEN_DENSITY) / (TOWN_DENSITY - OPEN_DENSITY), 0, 1)
        town = dense * TOWN_KM / np.maximum(km, TOWN_KM)
        kmh = street.kmh + (street.town_kmh - street.kmh) * town
        for tail, head in ((0, 1), (1, 0)):
            parts.append(
                pl.DataFrame(
                    {
                        "from_node": ends[:, tail],
                        "to_node": ends[:, head],
                        "length_m": np.maximum(1000 * km, 1.0).round(),
                        "car_kmh": kmh.round(),
                    }
                ).with_columns(street=pl.lit(name))
            )
    streets_ = pl.concat(parts)
    main = streets_.filter(street="main").select("from_node", "to_node")
    local = streets_.filter(street="local").join(main, on=["from_node", "to_node"], how="anti")
    edges = pl.concat([streets_.filter(pl.col("street") != "local"), local]).sort("from_node", "to_node", "street")
    open_ = ~pl.col("street").is_in(CAR_ONLY)
    columns = {"walk": open_, "bike": open_, "car": pl.lit(value=True)}
    numbered = edges.with_columns(edge=pl.int_range(pl.len(), dtype=pl.Int64), **columns).drop("street")
    return TABLES["street_edges"].conform(numbered)
