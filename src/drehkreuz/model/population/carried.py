# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""People made after examples: each takes over whatever the example brings that no margin speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.errors import Finding, InputError
from drehkreuz.model.aachen.draw import Stream
from drehkreuz.model.aachen.plane import nearest
from drehkreuz.model.population.cells import Cells
from drehkreuz.region import TABLES, Region
from drehkreuz.region.region import OF_PEOPLE
from drehkreuz.sources.crosswalk import OCCUPATIONS_LOCAL, MappedOccupation, cross_to_taxonomy

Ints = NDArray[np.int64]

TAXONOMY: Final = ("occupations", "skills", "labels")
BLOCK: Final = 1_000
"""Homes at a time whose nearest place of care is looked for."""


@dataclass(frozen=True, slots=True)
class Examples:
    """
    The people of a reference, in the words of another region's taxonomy.

    Attributes:
        tables: `people` and what is theirs.
        mapped: Occupations that became others of the taxonomy.
        findings: What the region does not know and was left out.
    """

    tables: Mapping[str, pl.DataFrame]
    mapped: tuple[MappedOccupation, ...]
    findings: tuple[Finding, ...]


def examples(reference: Region, region: Region) -> Examples:
    """
    Return the people of a reference as a region can hold them.

    Occupations that the region's taxonomy does not know become the likest of their ISCO-08 group, as in a build. Skills,
    awards and closures that it does not know are left out and counted.

    Raises:
        InputError: If an occupation cannot be found.
    """
    tables = {name: reference.table(name) for name in sorted(OF_PEOPLE)}
    if reference is region:
        return Examples(tables, (), ())
    crossing = cross_to_taxonomy(tables | {name: region.table(name) for name in TAXONOMY}, _as_local(reference))
    if crossing.unmapped:
        remedy = "Take a reference whose occupations the region's taxonomy has; ESCO has those of every other."
        raise InputError(*(replace(finding, remedy=remedy) for finding in crossing.unmapped))
    crossed = {name: crossing.tables[name] for name in tables}
    awards, closures = (region.table(name).to_series(0).implode() for name in ("qualifications", "projects"))
    known = pl.col("qualification_id").is_in(awards)
    at_site = pl.col("closure_id").is_in(closures)
    findings = [
        *crossing.dropped,
        *_unknown("person_qualifications", crossed["person_qualifications"].filter(~known)["qualification_id"]),
        *_unknown("people", crossed["people"].filter(~at_site)["closure_id"]),
    ]
    crossed["person_qualifications"] = crossed["person_qualifications"].filter(known)
    crossed["people"] = crossed["people"].with_columns(closure_id=pl.when(at_site).then("closure_id"))
    return Examples(crossed, crossing.mapped, tuple(findings))


def _unknown(table: str, named: pl.Series) -> list[Finding]:
    if not len(named):
        return []
    shown = ", ".join(named.unique().sort()[:3])
    problem = f"{len(named):,} rows name what the region does not know, and go without"
    return [Finding(table, "", named.name, shown, problem, "Add it to the region to keep it.", "warning")]


def _as_local(reference: Region) -> pl.DataFrame:
    """Return the reference's occupations as a list that a taxonomy is searched by."""
    language = reference.manifest.language
    names = (
        reference.table("labels")
        .filter(pl.col("kind") == "preferred", pl.col("concept") == "occupation")
        .sort("concept_id", pl.col("language") != language, "language", "text")
        .unique("concept_id", keep="first", maintain_order=True)
        .select(occupation_id="concept_id", label="text")
    )
    occupations = reference.table("occupations").select("occupation_id", "isco08", "kldb2010")
    return OCCUPATIONS_LOCAL.conform(occupations.join(names, on="occupation_id", how="left"))


def carried(
    found: Examples, region: Region, cells: Cells, made: Ints, weight: int, stream: Stream
) -> dict[str, pl.DataFrame]:
    """
    Return people, and what is theirs.

    Within a cell the examples of its kind are taken in turn, as often as their weights say. Who lives in a municipality gets
    a zone of it in proportion to its residents. A child of a family that moved goes to the place of care nearest the new home.

    Args:
        found: Examples.
        region: Where they live.
        cells: What places and kinds there are.
        made: int64[places x kinds], rows to make.
        weight: People that a row stands for.
        stream: Where chance comes from.
    """
    place, example = _drawn(found.tables["people"], cells, made.reshape(len(cells.places), cells.kinds), stream)
    zone = _homes(region, cells, place, stream)
    ids = pl.Series("person_id", [f"S{i + 1:07d}" for i in range(len(place))], dtype=pl.String)
    before = found.tables["people"][example]
    blank = {column: pl.lit("") for column in ("source", "source_id")}
    seen = {column: pl.lit(None, dtype=pl.Date) for column in ("first_seen", "last_seen")}
    people = before.with_columns(
        ids,
        pl.Series("zone_id", zone, dtype=pl.String),
        weight=pl.lit(float(weight)),
        origin=pl.lit("synthetic"),
        **blank,
        **seen,
    )
    drawn = pl.DataFrame({"example": before["person_id"], "new": ids})
    tables = {"people": TABLES["people"].conform(people)}
    for name in sorted(OF_PEOPLE - {"people"}):
        theirs = found.tables[name].join(drawn, left_on="person_id", right_on="example")
        theirs = theirs.with_columns(person_id="new").drop("new")
        tables[name] = TABLES[name].conform(theirs).sort(TABLES[name].key)
    moved = people.filter(pl.Series(before["zone_id"]) != people["zone_id"])["person_id"]
    tables["care"] = _care(tables["care"], people, moved, region)
    return tables


def _drawn(people: pl.DataFrame, cells: Cells, made: Ints, stream: Stream) -> tuple[Ints, Ints]:
    """Return place and example of each row to make, ordered by both."""
    weights = people["weight"].to_numpy()
    places, chosen = [], []
    for kind in np.flatnonzero(made.sum(axis=0)):
        alike = np.flatnonzero(cells.kind_of == kind)
        alike = alike[stream.permutation(len(alike))]
        n = int(made[:, kind].sum())
        times = stream.apportion(weights[alike], n)
        chosen.append(np.repeat(alike, times)[stream.permutation(n)])
        places.append(np.repeat(np.arange(len(made)), made[:, kind]))
    if not chosen:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    place, example = np.concatenate(places), np.concatenate(chosen)
    order = np.lexsort((example, place))
    return place[order], example[order]


def _homes(region: Region, cells: Cells, place: Ints, stream: Stream) -> list[str]:
    """Return the zone of each row, whose places rise."""
    if cells.geography == "zone_id":
        return [cells.places[i] for i in place]
    zones = region.table("zones").sort("zone_id")
    homes: list[str] = []
    for i, code in enumerate(cells.places):
        n = int(np.count_nonzero(place == i))
        inside = zones.filter(pl.col("municipality") == code) if cells.geography else zones
        residents = inside["population"].fill_null(0).to_numpy().astype(np.float64)
        times = (
            stream.apportion(residents if residents.sum() else np.ones(len(residents)), n) if n else [0] * len(inside)
        )
        some = np.repeat(np.arange(len(inside)), times)[stream.permutation(n)]
        homes += inside["zone_id"].gather(some).to_list()
    return homes


def _care(care: pl.DataFrame, people: pl.DataFrame, moved: pl.Series, region: Region) -> pl.DataFrame:
    """Return care with the place nearest the new home for families that moved; where the region has none, the place is unknown."""
    offered = region.table("places").filter(pl.col("kind") == "care").sort("place_id")
    if not len(offered):
        return care.with_columns(place_id=pl.lit(None, dtype=pl.String))
    zones = region.table("zones").select("zone_id", "lat", "lon")
    homes = people.select("person_id", "zone_id").join(zones, on="zone_id", maintain_order="left")
    at = care.select("person_id").join(homes, on="person_id", how="left", maintain_order="left")
    lat, lon = at["lat"].to_numpy(), at["lon"].to_numpy()
    to = offered["lat"].to_numpy(), offered["lon"].to_numpy()
    near = [nearest(lat[i : i + BLOCK], lon[i : i + BLOCK], *to) for i in range(0, len(at), BLOCK)]
    found = offered["place_id"].gather(np.concatenate(near)) if near else offered["place_id"].clear()
    new = pl.col("person_id").is_in(moved.implode()) & pl.col("place_id").is_not_null()
    return care.with_columns(pl.when(new).then(found).otherwise("place_id").alias("place_id"))
