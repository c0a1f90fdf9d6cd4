# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Roads of the trans-European network, each direction by itself: which pools stand along them, and where the next is too far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.errors import Finding, InputError
from drehkreuz.planning.charging.afir import ALONG_KM, Rule, in_force, strictest
from drehkreuz.planning.charging.pools import VEHICLES, Pool
from drehkreuz.planning.charging.rows import Row, read_rows
from drehkreuz.reach.points import earth_xyz

NETWORKS: Final = ("core", "comprehensive")
COLUMNS: Final = ("road", "network", "direction", "lat", "lon")

LEAST_POINTS: Final = 2
METRES: Final = 1000.0


@dataclass(frozen=True, slots=True)
class Road:
    """
    A road in one direction of travel.

    Attributes:
        name: Its name.
        network: `core` or `comprehensive`.
        direction: Where it goes, as the file says.
        lat: Latitude of its corners in order of travel.
        lon: Longitude.
        km: float64[n], distance from its first corner.
    """

    name: str
    network: str
    direction: str
    lat: tuple[float, ...]
    lon: tuple[float, ...]
    km: NDArray[np.float64]

    @property
    def length(self) -> float:
        """Its length in km."""
        return float(self.km[-1])

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """Return where a point lies along the road, and how far from it, both in km."""
        corners, point = earth_xyz(self.lat, self.lon), earth_xyz([lat], [lon])[0]
        start, step = corners[:-1], np.diff(corners, axis=0)
        along = np.clip(((point - start) * step).sum(axis=1) / np.maximum((step**2).sum(axis=1), 1e-9), 0.0, 1.0)
        away = np.linalg.norm(start + along[:, None] * step - point, axis=1) / METRES
        piece = int(away.argmin())
        return float(self.km[piece] + along[piece] * (self.km[piece + 1] - self.km[piece])), float(away[piece])

    def spot(self, km: float) -> tuple[float, float]:
        """Return the latitude and longitude of a point along the road."""
        return float(np.interp(km, self.km, self.lat)), float(np.interp(km, self.km, self.lon))


def read_roads(path: Path) -> list[Road]:
    """
    Return roads from a file.

    Args:
        path: CSV with the columns road, network (core or comprehensive), direction, lat, lon, and km where distances are known; a
            row for each corner in order of travel. Each direction of a road is listed by itself.

    Raises:
        InputError: If the file cannot be read or a row makes no sense.
    """
    corners: dict[tuple[str, str], list[Row]] = {}
    for row in read_rows(path, COLUMNS, ("km",)):
        if not row["road"]:
            raise InputError(row.finding("road", "is empty", "Name the road."))
        corners.setdefault((row["road"], row["direction"]), []).append(row)
    if not corners:
        raise InputError(Finding(str(path), "", "", "", "names no road", "Add a row for each corner of a road."))
    return [_road(name, direction, rows) for (name, direction), rows in corners.items()]


def _road(name: str, direction: str, rows: Sequence[Row]) -> Road:
    first = rows[0]
    if len(rows) < LEAST_POINTS:
        raise InputError(first.finding("road", "has one corner in this direction", "Give it two or more."))
    network = first.one_of("network", NETWORKS, "network")
    for row in rows:
        if row["network"] != network:
            problem = f"differs from {network!r} of the row before"
            raise InputError(row.finding("network", problem, "Give each stretch of another network a name of its own."))
    lat = tuple(row.number("lat", -90, 90) for row in rows)
    lon = tuple(row.number("lon", -180, 180) for row in rows)
    if first["km"]:
        km = np.array([row.number("km", 0, 1e5) for row in rows])
        km -= km[0]
        for row, step in zip(rows[1:], np.diff(km), strict=True):
            if step <= 0:
                raise InputError(row.finding("km", "does not rise", "List corners in order of travel."))
    else:
        km = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(earth_xyz(lat, lon), axis=0), axis=1)) / METRES])
    if km[-1] <= 0:
        raise InputError(first.finding("road", "has no length in this direction", "Give it corners apart."))
    return Road(name, network, direction, lat, lon, km)


@dataclass(frozen=True, slots=True)
class Stretch:
    """
    A piece of a road between two pools that meet a target, or between one and the road's end.

    Attributes:
        from_km: Where it begins.
        to_km: Where it ends.
        after: Pool it begins at; empty: the road's beginning.
        before: Pool it ends at; empty: the road's end.
        too_long: Whether it is longer than the target allows, whatever stands beyond the road's ends.
    """

    from_km: float
    to_km: float
    after: str
    before: str
    too_long: bool

    @property
    def length(self) -> float:
        """Its length in km."""
        return self.to_km - self.from_km

    @property
    def inside(self) -> bool:
        """Whether pools stand at both ends."""
        return bool(self.after and self.before)


@dataclass(frozen=True, slots=True)
class Checked:
    """
    A road in one direction against the target in force.

    Attributes:
        road: The road.
        rule: The target.
        along: Pools of the kind of vehicle along it, by km.
        meets: Those of them that meet the target.
        stretches: Pieces between those, in order.
    """

    road: Road
    rule: Rule
    along: tuple[tuple[float, Pool], ...]
    meets: tuple[tuple[float, Pool], ...]
    stretches: tuple[Stretch, ...]

    @property
    def covered(self) -> tuple[float, float]:
        """Share of the length within the distance: at least, and at most if pools stand right beyond the road's ends."""
        sure = sum(piece.length for piece in self.stretches if piece.inside and not piece.too_long)
        most = sum(piece.length for piece in self.stretches if not piece.too_long)
        return sure / self.road.length, most / self.road.length

    @property
    def verdict(self) -> str:
        """`met`, `missing`, or `open`: it depends on the next pools beyond the road's ends."""
        low, high = self.covered
        slack = 1e-9
        if high < self.rule.share - slack:
            return "missing"
        return "met" if low >= self.rule.share - slack else "open"

    @property
    def add(self) -> int:
        """Fewest pools that make every stretch short enough, be there pools right beyond the ends."""
        return sum(ceil(piece.length / self.rule.max_km - 1e-9) - 1 for piece in self.stretches if piece.too_long)


def meets(pool: Pool, rule: Rule) -> bool:
    """Return whether a pool has the power and the points of a target."""
    return pool.kw >= rule.pool_kw and sum(kw >= rule.point_kw for kw in pool.powers) >= rule.points


def check_roads(roads: Sequence[Road], pools: Sequence[Pool], day: date) -> list[Checked]:
    """
    Hold roads against the targets in force at the end of a day, each direction by itself, for cars and for trucks.

    Args:
        roads: Roads of the network, each direction listed by itself.
        pools: What stands, from `pools`.
        day: The day.
    """
    found = in_force(day, "pool")
    checked = []
    for road in roads:
        for vehicles in VEHICLES:
            rule = strictest(found, vehicles, road.network)
            if rule is None:
                continue
            near = [(*road.at(pool.lat, pool.lon), pool) for pool in pools if pool.serves(vehicles, road.direction)]
            along = tuple(sorted(((km, pool) for km, away, pool in near if away <= ALONG_KM), key=_by_km))
            good = tuple((km, pool) for km, pool in along if meets(pool, rule))
            checked.append(Checked(road, rule, along, good, _stretches(road, good, rule)))
    return checked


def _by_km(one: tuple[float, Pool]) -> tuple[float, str]:
    return one[0], one[1].name


def _stretches(road: Road, good: Sequence[tuple[float, Pool]], rule: Rule) -> tuple[Stretch, ...]:
    marks = [(0.0, ""), *((km, pool.name) for km, pool in good), (road.length, "")]
    return tuple(
        Stretch(begin, end, after, before, end - begin > rule.max_km + 1e-9)
        for (begin, after), (end, before) in pairwise(marks)
        if end > begin
    )


def road_table(checked: Sequence[Checked]) -> pl.DataFrame:
    """
    Return one row for each stretch that is too long, and one for each road whose verdict stands without any.

    Returns:
        `vehicles`, `road`, `network`, `direction`, `rule`, `verdict`, `km` (the road's), `pools` along it, `meeting` the target,
        `covered_low`, `covered_high`; of the stretch `from_km`, `to_km`, `after`, `before`; the middle's `lat` and `lon`.
    """
    rows = []
    for one in checked:
        low, high = one.covered
        shared = {
            "vehicles": one.rule.vehicles,
            "road": one.road.name,
            "network": one.road.network,
            "direction": one.road.direction,
            "rule": one.rule.id,
            "status": one.rule.status,
            "verdict": one.verdict,
            "km": one.road.length,
            "pools": len(one.along),
            "meeting": len(one.meets),
            "covered_low": low,
            "covered_high": high,
        }
        whole = Stretch(0.0, one.road.length, "", "", too_long=False)
        for piece in [piece for piece in one.stretches if piece.too_long] or [whole]:
            lat, lon = one.road.spot((piece.from_km + piece.to_km) / 2)
            ends = {"from_km": piece.from_km, "to_km": piece.to_km, "after": piece.after, "before": piece.before}
            rows.append({**shared, "too_long": piece.too_long, **ends, "lat": lat, "lon": lon})
    return pl.DataFrame(rows, infer_schema_length=None)
