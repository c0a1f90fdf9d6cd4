# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A direct path for bicycles and feet between a home and a place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from drehkreuz.measures.measure import Case, Change, Kind, Step
from drehkreuz.measures.rows import added
from drehkreuz.measures.runs import km
from drehkreuz.measures.terms import Band, Parameter, Said, UnitCost, Unmet

WINDING: Final = 1.1
"""Length of the path ÷ straight line (assumed)."""


def _apply(case: Case) -> Change:
    one, other = _ends(case)
    length = km(one[1:], other[1:]) * WINDING
    first = len(case.region.table("street_edges"))
    edges: list[dict[str, Any]] = [
        {"edge": first + i, "from_node": a, "to_node": b, "length_m": length * 1000}
        | {"walk": True, "bike": True, "car": False}
        for i, (a, b) in enumerate(((one[0], other[0]), (other[0], one[0])))
    ]
    return Change({"street_edges": added(case.region, "street_edges", edges)}, length)


def _ends(case: Case) -> list[tuple[int, float, float]]:
    """Return the junctions nearest to home and place that bicycles reach: node, latitude, longitude."""
    edges = case.region.table("street_edges").filter("bike")
    reached = pl.concat([edges["from_node"], edges["to_node"]]).unique()
    nodes = case.region.table("street_nodes").filter(pl.col("node").is_in(reached.implode())).sort("node").rows()
    points = (("zones", "zone_id", case["zone"]), ("places", "place_id", case["place"]))
    at = [
        case.region.table(table).row(by_predicate=pl.col(column) == name, named=True) for table, column, name in points
    ]
    return [min(nodes, key=lambda node: km((node[1], node[2]), (end["lat"], end["lon"]))) for end in at]


def _no_way(case: Case) -> Iterator[Unmet]:
    if not case.region.table("street_edges")["bike"].any():
        remedy = "Add streets to the region; without them ways are straight lines, which no path shortens."
        yield Unmet("zone", case["zone"], "the region has no streets for bicycles", remedy)
    elif len({node for node, *_ in _ends(case)}) == 1:
        yield Unmet("place", case["place"], "lies at the same junction as the home", "Name another place or home.")


KIND: Final = Kind(
    name="cycle_path",
    title=Said("Radweg", "Cycle path"),
    doc=Said(
        "Ein direkter Weg für Räder und zu Fuß verbindet einen Wohnort mit einem Arbeits- oder Lernort.",
        "A direct path for bicycles and feet joins a home and a place to work or learn.",
    ),
    area="transport",
    parameters=(
        Parameter("zone", "id", Said("Wohnort.", "Home."), ref="zones"),
        Parameter("place", "id", Said("Ort.", "Place."), ref="places"),
    ),
    changes=("street_edges",),
    apply=_apply,
    cost=UnitCost(
        unit=Said("Kilometer Weg", "kilometre of path"),
        invest=Band(300_000.0, 700_000.0, 1_500_000.0),
        per_year=Band(3_000.0, 7_000.0, 15_000.0),
        source=Said(
            "befestigter Weg außerorts ohne Brücken; durch einen Entwurf zu ersetzen",
            "a paved path beyond towns without bridges; replace it by a design",
        ),
    ),
    preconditions=_no_way,
    step=Step.COMES,
)
