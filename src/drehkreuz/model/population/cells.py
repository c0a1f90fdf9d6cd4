# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The cells that are fitted: places times kinds of people, as fine as the margins tell them apart and no finer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.errors import Finding, InputError, did_you_mean
from drehkreuz.model.population.dimensions import GEOGRAPHY, values_of
from drehkreuz.model.population.fitting import Floats, Sums
from drehkreuz.model.population.margins import Margin, accepting
from drehkreuz.region import Region

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cells:
    """
    Places times kinds.

    Attributes:
        geography: What places are: one of `GEOGRAPHY`, or empty for the region as one.
        places: Code of each place.
        residents: float64[places], people who live there, one each where nothing is known.
        kind_of: int64[reference people], kind of each.
        seed: float64[places x kinds], flat: people of the reference by kind, shared out by residents.
        tables: Of each margin, which cells each of its rows counts.
    """

    geography: str
    places: tuple[str, ...]
    residents: Floats
    kind_of: Ints
    seed: Floats
    tables: tuple[Sums, ...]

    @property
    def kinds(self) -> int:
        """How many kinds there are."""
        return len(self.seed) // len(self.places)


def cells_of(region: Region, reference: Region, margins: Sequence[Margin], weight: float) -> Cells:
    """
    Return the cells that margins tell apart.

    The reference says how kinds of people are shared out in the whole; where they live only the margins say.

    Args:
        region: Where people are to live.
        reference: Whose people are taken as examples; their `weight` counts.
        margins: What is to hold.
        weight: People that one row stands for.

    Raises:
        InputError: If a margin names a place that the region does not know, or counts people twice.
    """
    geography = next((key for key in GEOGRAPHY if any(margin.geography == key for margin in margins)), "")
    places, residents = _places(region, geography)
    names = list(dict.fromkeys(name for margin in margins for name in margin.dimensions))
    passed, kind_of = _kinds(reference, region.manifest.day.year, names, margins)
    towns = _towns(region, geography, places)
    findings: list[Finding] = []
    rows = []
    for margin in margins:
        row, wrong = _rows(margin, passed, {"zone_id": places, "municipality": towns, "": places})
        rows.append(row)
        findings += wrong
    if findings:
        raise InputError(*findings)
    weights = reference.table("people")["weight"].to_numpy()
    share = np.bincount(kind_of, weights, minlength=rows[0].shape[1])
    seed = (residents[:, None] / residents.sum() * share).ravel()
    tables = tuple(
        Sums(
            row.ravel(),
            np.array([counted.least for counted in margin.rows]) / weight,
            np.array([counted.most for counted in margin.rows]) / weight,
        )
        for margin, row in zip(margins, rows, strict=True)
    )
    return Cells(geography, places, residents, kind_of, _sized(seed, tables), tables)


def _places(region: Region, geography: str) -> tuple[tuple[str, ...], Floats]:
    zones = region.table("zones").with_columns(pl.col("population").fill_null(0))
    if not len(zones):
        remedy = "Add zones, with their population, and build the region again."
        raise InputError(Finding("zones", "", "", "", "has no rows: nobody can live anywhere", remedy))
    if not geography:
        return ("",), np.ones(1)
    homes = zones.filter(pl.col(geography).is_not_null())
    counted = homes.group_by(geography).agg(pl.col("population").sum()).sort(geography)
    return tuple(counted[geography]), counted["population"].clip(lower_bound=1).to_numpy().astype(np.float64)


def _towns(region: Region, geography: str, places: tuple[str, ...]) -> tuple[str, ...]:
    """Return the municipality of each place, empty where it is not known."""
    if geography != "zone_id":
        return places
    known = dict(region.table("zones").select("zone_id", "municipality").iter_rows())
    return tuple(known[place] or "" for place in places)


def _kinds(
    reference: Region, year: int, names: Sequence[str], margins: Sequence[Margin]
) -> tuple[dict[tuple[str, str], Bools], Ints]:
    """
    Tell the people of the reference apart as far as the margins do, and no further.

    Returns:
        Which kinds pass each cell of the margins, by dimension and cell; and the kind of each person.
    """
    people = values_of(reference, year, names)
    asked = sorted({(name, cell) for margin in margins for row in margin.rows for name, cell in row.cells.items()})
    answers = {}
    for name, cell in asked:
        tests = accepting(cell, name) or []
        meant = [value for value in people[name].unique() if value is not None and any(test(value) for test in tests)]
        answers[name, cell] = (
            people[name].is_in(pl.Series(meant, dtype=people[name].dtype).implode()).fill_null(value=False).to_numpy()
        )
    told = np.array([answers[key] for key in asked], dtype=bool).reshape(len(asked), len(people))
    kinds, kind_of = np.unique(told, axis=1, return_inverse=True)
    return {key: kinds[i] for i, key in enumerate(asked)}, np.asarray(kind_of, dtype=np.int64).ravel()


def _rows(
    margin: Margin, passed: dict[tuple[str, str], Bools], places: dict[str, tuple[str, ...]]
) -> tuple[NDArray[np.int32], list[Finding]]:
    """Return which row of a margin counts which cell, int32[places, kinds], -1 for none; and what is wrong with it."""
    known = np.array(places[margin.geography])
    n_kinds = next((len(kinds) for kinds in passed.values()), 1)
    of_place = {place: np.flatnonzero(known == place) for place in dict.fromkeys(places[margin.geography])}
    row = np.full((len(known), n_kinds), -1, dtype=np.int32)
    findings = []
    for i, counted in enumerate(margin.rows):
        if counted.place and counted.place not in of_place:
            near = did_you_mean(counted.place, list(of_place))
            remedy = f"Use the codes of the region's zones, or leave the row out.{near}"
            problem = f"is no {margin.geography} of the region's zones"
            findings.append(Finding(margin.where, str(counted.line), margin.geography, counted.place, problem, remedy))
            continue
        here = of_place[counted.place] if counted.place else np.arange(len(known))
        meant = reduce(np.logical_and, (passed[key] for key in counted.cells.items()), np.ones(n_kinds, dtype=bool))
        box = np.ix_(here, np.flatnonzero(meant))
        if (row[box] >= 0).any():
            first = margin.rows[int(row[box].max())]
            problem = f"counts people whom line {first.line} ({first.label}) counts as well"
            remedy = "Put sums into a file of their own, so that nobody is counted twice in one."
            findings.append(Finding(margin.where, str(counted.line), "", counted.label, problem, remedy))
        row[box] = i
    return row, findings


def _sized(seed: Floats, tables: Sequence[Sums]) -> Floats:
    """Scale a seed to the table that tells of most people, and leave out whom no table counts."""
    counted = reduce(np.logical_or, (table.row >= 0 for table in tables))
    seed = np.where(counted, seed, 0.0)
    factors = [(float(table.least[told].sum()), float(table.of(seed)[told].sum())) for table, told in _told(tables)]
    asked, have = max(factors)
    return seed * asked / have if have > 0 else seed


def _told(tables: Sequence[Sums]) -> Iterator[tuple[Sums, Bools]]:
    return ((table, table.least == table.most) for table in tables)
