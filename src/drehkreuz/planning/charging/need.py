# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What cars need: electricity and points by cell and use, for a year, against what stands already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.spatial import KDTree

from drehkreuz.errors import Finding, InputError
from drehkreuz.planning.charging.assumptions import VARIANTS, Assumptions, Variant
from drehkreuz.planning.charging.existing import CLASSES, Existing, existing
from drehkreuz.planning.charging.official import Official
from drehkreuz.planning.covers import studied
from drehkreuz.reach.access import residents
from drehkreuz.reach.points import Points
from drehkreuz.region import Region

Floats = NDArray[np.float64]

USES: Final = ("home", "work", "near_home", "destination", "fast")
"""Where cars are charged: a place of one's own, work, the street near home, where one shops or spends time, fast on the way."""

HOME, WORK, NEAR_HOME, DESTINATION, FAST = range(len(USES))

PUBLIC: Final = ((NEAR_HOME, DESTINATION), (FAST,))
"""Uses that public points of each of `CLASSES` serve."""

KINDS: Final = ("rural", "town", "dense")

DENSITY: Final = (300, 1500)
"""Residents per km² from which a cell is a town's, and dense (Eurostat, degree of urbanisation). Cells are 1 km² each."""

DAYS: Final = 365.0

FLEETS: Final = {"battery_cars": "battery", "plugin_cars": "plugin"}
"""Shares of the fleet by the official count that anchors them."""


@dataclass(frozen=True, slots=True)
class Figures:
    """
    The need in one variant of the assumptions.

    Attributes:
        cars: float64[z], cars of those who live there.
        battery: float64[z], battery-electric ones.
        plugin: float64[z], plug-in hybrids.
        kwh: float64[use, z], electricity charged on a mean day, `USES` in order.
        points: float64[use, z], charging points that give it.
    """

    cars: Floats
    battery: Floats
    plugin: Floats
    kwh: Floats
    points: Floats

    def public(self) -> Floats:
        """Return public points needed, float64[class, z]."""
        return np.stack([self.points[list(uses)].sum(axis=0) for uses in PUBLIC])


@dataclass(frozen=True, slots=True)
class Need:
    """
    What cars need in a year, cell by cell.

    Attributes:
        year: The year.
        zones: Table `zones`.
        kind: int8[z], `KINDS`.
        studied: bool[z], cells that reports count.
        by: Figures of each variant.
        existing: What stands already.
        counted: Municipalities whose vehicles are official counts, or grow from one.
    """

    year: int
    zones: pl.DataFrame
    kind: NDArray[np.int8]
    studied: NDArray[np.bool_]
    by: dict[Variant, Figures]
    existing: Existing
    counted: tuple[str, ...]

    def table(self) -> pl.DataFrame:
        """
        Return one row per cell of the study area.

        Returns:
            `zone_id`, `name`, `municipality`, `lat`, `lon`, `residents`, `kind`; `cars`, `battery`, `plugin`; kWh a day by use; for
            each class points needed (`_low`, middle without ending, `_high`), those that stand and the gap. Electricity by use is that of the middle variant.
        """
        zones = self.zones.select("zone_id", "name", "municipality", "lat", "lon", residents=pl.col("population"))
        kind = pl.Series("kind", [KINDS[k] for k in self.kind.tolist()], dtype=pl.String)
        return gaps(zones.with_columns(kind, *self._columns()).filter(pl.Series(self.studied)))

    def municipalities(self, names: pl.DataFrame) -> pl.DataFrame:
        """
        Return one row per municipality of the study area, largest gap first; a surplus in one fills no gap in another.

        Args:
            names: Table `municipalities`.
        """
        sums = self.table().drop("zone_id", "name", "lat", "lon", "kind", *GAPS)
        found = sums.group_by("municipality", maintain_order=True).agg(pl.all().sum())
        found = found.join(names.select("municipality", "name"), on="municipality", how="left")
        ordered = gaps(found).sort("normal_gap", "fast_gap", "municipality", descending=[True, True, False])
        return ordered.select("municipality", "name", pl.exclude("municipality", "name"))

    def _columns(self) -> list[pl.Series]:
        mid = self.by["mid"]
        columns = [pl.Series(name, getattr(mid, name)) for name in ("cars", "battery", "plugin")]
        columns += [pl.Series(f"{name}_kwh", mid.kwh[use]) for use, name in enumerate(USES)]
        columns += [pl.Series(f"kwh{ENDING[v]}", self.by[v].kwh.sum(axis=0)) for v in VARIANTS]
        columns += [pl.Series(f"{name}_points", mid.points[use]) for use, name in enumerate(USES)]
        for at, name in enumerate(CLASSES):
            columns += [pl.Series(f"{name}_need{ENDING[v]}", self.by[v].public()[at]) for v in VARIANTS]
            columns.append(pl.Series(f"{name}_existing", self.existing.points[at]))
            columns.append(pl.Series(f"{name}_existing_kw", self.existing.kw[at]))
        return columns


ENDING: Final = {"low": "_low", "mid": "", "high": "_high"}

GAPS: Final = tuple(f"{name}_gap{ending}" for name in CLASSES for ending in ENDING.values())


def gaps(table: pl.DataFrame) -> pl.DataFrame:
    """Return a table with what is missing: points needed less those that stand, never below zero."""
    return table.with_columns(
        (pl.col(f"{name}_need{ending}") - pl.col(f"{name}_existing")).clip(lower_bound=0.0).alias(f"{name}_gap{ending}")
        for name in CLASSES
        for ending in ENDING.values()
    )


def need(region: Region, year: int, assumptions: Assumptions, official: Sequence[Official] = ()) -> Need:
    """
    Reckon what cars of residents and commuters need.

    Residents have cars, of which a share drives by battery; whoever has a parking place charges there, others near home. What is
    charged at work goes where commuters go, on that municipality's workplaces. What is charged at destinations and fast stays in the
    municipality, half by residents, half by workplaces; visitors and trips elsewhere are one factor.

    Args:
        region: Cells with residents; commuting and workplaces where it has them.
        year: The year asked.
        assumptions: What is assumed.
        official: Counts of vehicles. The newest up to the year holds for all cars; for electric ones it is the level from which the
            assumed shares let the fleet grow.

    Raises:
        InputError: If the region has no cells, or the year lies outside the assumptions.
    """
    zones = region.table("zones")
    if zones.is_empty():
        raise InputError(Finding("zones", "", "", "", "there is no cell", "Add the region's zones with residents."))
    ground = _Ground.of(region)
    return Need(
        year=year,
        zones=zones,
        kind=ground.kind,
        studied=studied(region),
        by={variant: _figures(ground, year, assumptions, variant, official) for variant in VARIANTS},
        existing=existing(region),
        counted=tuple(sorted({row.municipality for row in official if row.year <= year})),
    )


@dataclass(frozen=True, slots=True)
class _Ground:
    """
    What no assumption changes.

    Attributes:
        people: float64[z], residents.
        kind: int8[z], `KINDS`.
        group: int64[z], municipality of each cell.
        keys: Key of each municipality.
        flows: float64[g, g], share of a municipality's commuters that works in each.
        works: float64[z], share of its municipality's workplaces.
        attracts: float64[z], share of what is charged at destinations in its municipality.
    """

    people: Floats
    kind: NDArray[np.int8]
    group: NDArray[np.int64]
    keys: tuple[str, ...]
    flows: Floats
    works: Floats
    attracts: Floats

    @classmethod
    def of(cls, region: Region) -> _Ground:
        people = residents(region)
        municipality = region.table("zones")["municipality"].fill_null("")
        keys = municipality.unique().sort()
        group = keys.search_sorted(municipality).to_numpy().astype(np.int64)
        n_groups = len(keys)
        workplaces = region.table("places").with_row_index("row").filter(kind="workplace")["row"].to_numpy()
        here = np.zeros(len(people))
        if len(workplaces):
            _, nearest = KDTree(Points.of(region, "zones").xyz).query(Points.of(region, "places").xyz[workplaces])
            np.add.at(here, nearest, 1.0)
        lives = _shares(people, group, n_groups, np.ones(len(people)))
        works = _shares(here, group, n_groups, lives)
        kind = np.digitize(people, DENSITY).astype(np.int8)
        return cls(people, kind, group, tuple(keys), _flows(region, keys), works, (lives + works) / 2)

    def total(self, values: Floats) -> Floats:
        """Return sums by municipality."""
        return np.bincount(self.group, weights=values, minlength=len(self.keys)).astype(np.float64)


def _shares(weight: Floats, group: NDArray[np.int64], n_groups: int, instead: Floats) -> Floats:
    """Return each cell's share of its municipality's weight; where that is none, its share of another weight."""
    total = np.bincount(group, weights=weight, minlength=n_groups)
    weight = np.where(total[group] > 0, weight, instead)
    total = np.bincount(group, weights=weight, minlength=n_groups)[group]
    return np.divide(weight, total, out=np.zeros(len(weight)), where=total > 0)


def _flows(region: Region, keys: pl.Series) -> Floats:
    """Return where commuters of each municipality work; nobody leaves one that the table does not know."""
    known = region.table("commuting").filter(
        pl.col("home").is_in(keys.implode()) & pl.col("work").is_in(keys.implode())
    )
    flows = np.zeros((len(keys), len(keys)))
    home, work = (keys.search_sorted(known[column]).to_numpy() for column in ("home", "work"))
    np.add.at(flows, (home, work), known["commuters"].fill_null(0).to_numpy().astype(np.float64))
    nobody = flows.sum(axis=1) <= 0
    flows[nobody, nobody] = 0.0
    flows[np.flatnonzero(nobody), np.flatnonzero(nobody)] = 1.0
    return np.asarray(flows / flows.sum(axis=1, keepdims=True))


def _figures(
    ground: _Ground, year: int, assumptions: Assumptions, variant: Variant, official: Sequence[Official]
) -> Figures:
    value = assumptions.of(variant)
    rate = np.array([value[f"cars_{kind}"] for kind in KINDS])[ground.kind] / 1000
    own = np.array([value[f"own_place_{kind}"] for kind in KINDS])[ground.kind]
    cars = _counted(ground, ground.people * rate, "cars", year, official, {})
    fleet = {}
    for quantity, name in FLEETS.items():
        shares = {y: assumptions.share(name, y, variant) for y in {year, *_years(official, quantity, year)}}
        fleet[name] = np.minimum(_counted(ground, cars * shares[year], quantity, year, official, shares), cars)
    driven = fleet["battery"] + fleet["plugin"] * value["plugin_electric"]
    daily = driven * value["car_km"] / DAYS * value["car_kwh"] / 100
    with_place, without = assumptions.split("own_place"), assumptions.split("no_place")
    kwh = np.stack([daily * (own * with_place[use] + (1 - own) * without[use]) for use in USES])
    kwh[WORK] = (ground.total(kwh[WORK]) @ ground.flows)[ground.group] * ground.works
    for use in (DESTINATION, FAST):
        kwh[use] = value["visitors"] * ground.total(kwh[use])[ground.group] * ground.attracts
    points = np.empty_like(kwh)
    points[HOME] = (fleet["battery"] + fleet["plugin"]) * own
    for use in (WORK, NEAR_HOME, DESTINATION, FAST):
        points[use] = kwh[use] / value[f"point_{USES[use]}"]
    return Figures(cars, fleet["battery"], fleet["plugin"], kwh, points)


def _years(official: Sequence[Official], quantity: str, year: int) -> set[int]:
    return {row.year for row in official if row.quantity == quantity and row.year <= year}


def _counted(
    ground: _Ground, modelled: Floats, quantity: str, year: int, official: Sequence[Official], growth: dict[int, float]
) -> Floats:
    """Return vehicles by cell, those of a municipality with a count raised or lowered to it, or to what has grown from it."""
    newest: dict[str, Official] = {}
    for row in official:
        held = newest.get(row.municipality)
        if row.quantity == quantity and row.year <= year and (held is None or row.year > held.year):
            newest[row.municipality] = row
    total = ground.total(modelled)
    factor = np.ones(len(ground.keys))
    for at, key in enumerate(ground.keys):
        if key in newest and total[at] > 0:
            row = newest[key]
            grown = growth[year] / growth[row.year] if growth.get(row.year) else 1.0
            factor[at] = row.value * grown / total[at]
    return modelled * factor[ground.group]
