# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Pairs of colleagues who share a car, such that no two would rather share with each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from drehkreuz.commuting.assumed import CommutingParameters
from drehkreuz.commuting.workforce import Workforce
from drehkreuz.reach.modes import Mode
from drehkreuz.reach.network import Network


class Pairing(NamedTuple):
    """
    People of two groups, or of one, who share cars.

    Attributes:
        driver: Group of those who drive.
        rider: Group of those who are picked up.
        pairs: How many such pairs.
        km: Kilometres a day that each pair saves.
        detour: Seconds that picking up costs the driver, the longer of both directions.
    """

    driver: int
    rider: int
    pairs: int
    km: float
    detour: int


@dataclass(frozen=True, slots=True)
class Affinity:
    """
    What sharing a car would save, between groups.

    Attributes:
        km: float64[n, n], kilometres a day that a pair saves with its better driver; symmetric; 0: they would not share.
        row_drives: bool[n, n], whether the better driver is the one of the row; both ways at once where it is the same.
        detour: float64[n, n], seconds that the better driver loses, the longer of both directions.
    """

    km: NDArray[np.float64]
    row_drives: NDArray[np.bool_]
    detour: NDArray[np.float64]


def carpools(
    network: Network,
    place: int,
    staff: Workforce,
    drivers: NDArray[np.int64],
    parameters: CommutingParameters,
) -> tuple[Pairing, ...]:
    """
    Pair people who drive alone, within a rota, so that the pairs are stable.

    What a pair saves is the same figure for both: the kilometres of the car that stays at home less the driver's detour, of which each
    has half. Everybody prefers whom they save more with, and nobody shares where that is less than the least. Pairs are taken in
    falling order of what they save, as long as both are free. That is stable: were there two who both save more with each other than
    with whom they got, their pair would have come first, and both would have been free then. (Stable roommates in general may
    have no solution; preferences from one symmetric score always have one.) People of a group are alike, so that groups are
    paired at once, as many as both have. Pairs are not merged into fuller cars.

    Args:
        network: Streets or straight lines.
        place: Row of table `places`.
        staff: The people.
        drivers: int64[g], who of each group drives alone.
        parameters: Detour, waiting, least saving.

    Returns:
        The pairs by what they save, then by group.
    """
    found: list[Pairing] = []
    for rota in range(len(staff.rotas)):
        groups = np.flatnonzero((staff.rota == rota) & (drivers > 0) & (staff.zone >= 0))
        if len(groups):
            score = affinity(network, place, staff.zone[groups], staff.days[groups], parameters)
            found += [
                Pairing(int(groups[pair.driver]), int(groups[pair.rider]), *pair[2:])
                for pair in stable_pairs(score, drivers[groups])
            ]
    return tuple(sorted(found, key=lambda pair: (-pair.km, pair.driver, pair.rider)))


def affinity(
    network: Network,
    place: int,
    zone: NDArray[np.int32],
    days: NDArray[np.float64],
    parameters: CommutingParameters,
) -> Affinity:
    """
    Return what groups that live in some cells would save by sharing.

    Only people who come equally often share; who drives picks up on the way out and lets out on the way back.
    """
    cells, cell = np.unique(zone, return_inverse=True)
    homes, site = network.zones.take(cells.astype(np.int64)), network.places.take(np.array([place]))
    longest = network.parameters.longest_minutes * 60
    there = network.ways.inward(site, homes, Mode.CAR, longest)
    back = network.ways.outward(site, homes, Mode.CAR, longest)
    limit = parameters.carpool_detour_minutes * 60
    reachable = there.seconds[0][np.isfinite(there.seconds[0])]
    between = network.ways.outward(homes, homes, Mode.CAR, float(reachable.max(initial=0.0)) + limit)
    with np.errstate(invalid="ignore"):  # infinite less infinite: there is no way, and no saving
        out = between.seconds + there.seconds[0][None, :] - there.seconds[0][:, None]
        home = between.seconds.T + back.seconds[0][None, :] - back.seconds[0][:, None]
        detour = np.maximum(out, home) + parameters.carpool_stop_seconds
        alone = there.metres[0] + back.metres[0]
        saved = (alone[:, None] - between.metres - between.metres.T) / 1000
    fits = (detour <= limit) & (saved >= parameters.carpool_least_km)  # not a number fits nothing
    by_row = np.where(fits, saved, 0.0)
    km = np.maximum(by_row, by_row.T)
    row_drives = by_row >= by_row.T
    lost = np.where(row_drives, detour, detour.T)
    alike = np.abs(days[:, None] - days[None, :]) < 0.01
    pick = np.ix_(cell.ravel(), cell.ravel())
    return Affinity(np.where(alike, km[pick], 0.0), row_drives[pick], lost[pick])


def stable_pairs(score: Affinity, people: NDArray[np.int64]) -> list[Pairing]:
    """
    Return the pairs of the greedy order; `Pairing.driver` and `Pairing.rider` are rows of the score.

    Args:
        score: What each two groups save.
        people: How many each group has.
    """
    one, other = np.nonzero(np.triu(score.km > 0))
    order = np.lexsort((other, one, -score.km[one, other]))
    left = people.astype(np.int64).copy()
    found = []
    for a, b in zip(one[order].tolist(), other[order].tolist(), strict=True):
        pairs = int(left[a] // 2 if a == b else min(left[a], left[b]))
        if pairs:
            left[a] -= pairs
            left[b] -= pairs
            driver, rider = (a, b) if score.row_drives[a, b] else (b, a)
            found.append(Pairing(driver, rider, pairs, float(score.km[a, b]), round(float(score.detour[a, b]))))
    return found
