# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Carpools: no two would both leave."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from drehkreuz.commuting import ASSUMED, Workforce
from drehkreuz.commuting.analysis import Analysis
from drehkreuz.commuting.carpools import Affinity, Pairing, affinity, carpools, stable_pairs
from drehkreuz.reach.modes import Mode
from drehkreuz.reach.network import network
from drehkreuz.reach.parameters import PARAMETERS
from drehkreuz.region import Region


def score_of(km: NDArray[np.float64]) -> Affinity:
    """Return a symmetric score from any square of figures."""
    both = np.triu(km) + np.triu(km, 1).T
    return Affinity(both, np.ones(both.shape, dtype=np.bool_), np.zeros(both.shape))


def blocking(score: Affinity, people: NDArray[np.int64], pairs: list[Pairing]) -> list[tuple[int, int]]:
    """Return by trying all people, one by one, who would both rather share with each other."""
    group = np.repeat(np.arange(len(people)), people)
    has = np.zeros(len(group))
    free = {kind: np.flatnonzero(group == kind).tolist() for kind in range(len(people))}
    for pair in pairs:
        for _ in range(pair.pairs):
            for kind in (pair.driver, pair.rider):
                has[free[kind].pop()] = score.km[pair.driver, pair.rider]
    return [
        (one, other)
        for one in range(len(group))
        for other in range(one)
        if score.km[group[one], group[other]] > max(has[one], has[other])
    ]


@settings(max_examples=60)
@given(st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_no_two_would_both_leave(n: int, seed: int) -> None:
    """Among all people tried one by one, nobody finds a colleague with whom both would save more; ties included."""
    random = np.random.default_rng(seed)
    score = score_of(random.integers(0, 4, (n, n)).astype(np.float64))
    people = random.integers(0, 4, n)
    pairs = stable_pairs(score, people)
    assert blocking(score, people, pairs) == []
    used = np.bincount([g for p in pairs for g in (p.driver, p.rider) for _ in range(p.pairs)], minlength=n)
    assert (used <= people).all()


def test_three_who_each_prefer_another_are_paired_all_the_same() -> None:
    """The circle of preferences that stable roommates may end in cannot come of one score: the best pair goes first."""
    score = score_of(np.array([[0.0, 3.0, 2.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]]))
    assert stable_pairs(score, np.array([1, 1, 1])) == [Pairing(0, 1, 1, 3.0, 0)]


def test_neighbours_pair_within_their_group() -> None:
    """Five who live in one cell make two pairs, and one is left."""
    assert stable_pairs(score_of(np.array([[7.0]])), np.array([5])) == [Pairing(0, 0, 2, 7.0, 0)]


def test_what_a_pair_saves_is_what_one_by_one_comes_to(village: Region) -> None:
    """Kilometres and detours of all pairs agree with single questions to the network."""
    net, zones = network(village.ground, PARAMETERS), np.arange(0, 24, 3, dtype=np.int32)
    found = affinity(net, 0, zones, np.full(len(zones), 5.0), ASSUMED)
    work = net.places.take(np.array([0]))

    def way(one: int | None, other: int | None) -> tuple[float, float]:
        ends = [work if end is None else net.zones.take(np.array([end])) for end in (one, other)]
        times = net.ways.outward(*ends, Mode.CAR, 1e6)
        return float(times.seconds[0, 0]), float(times.metres[0, 0])

    def saved(driver: int, rider: int) -> tuple[float, float]:
        legs = [way(driver, rider), way(rider, None), way(None, rider), way(rider, driver)]
        alone = [way(driver, None), way(None, driver), way(rider, None), way(None, rider)]
        detours = (legs[0][0] + legs[1][0] - alone[0][0], legs[2][0] + legs[3][0] - alone[1][0])
        lost = max(detours) + ASSUMED.carpool_stop_seconds
        km = (sum(leg[1] for leg in alone) - sum(leg[1] for leg in legs)) / 1000
        fits = lost <= ASSUMED.carpool_detour_minutes * 60 and km >= ASSUMED.carpool_least_km
        return (km, lost) if fits else (0.0, lost)

    for a, one in enumerate(zones.tolist()):
        for b, other in enumerate(zones.tolist()):
            best = max(saved(one, other)[0], saved(other, one)[0])
            assert abs(found.km[a, b] - best) < 1e-6
            if best:
                driver, rider = (one, other) if found.row_drives[a, b] else (other, one)
                assert abs(saved(driver, rider)[1] - found.detour[a, b]) < 1e-6


def test_only_people_of_one_rota_who_come_equally_often_share(analysis: Analysis) -> None:
    """No pair crosses rotas or days, and each saves the least and keeps the detour."""
    staff = analysis.staff
    for pair in analysis.pairs:
        assert staff.rota[pair.driver] == staff.rota[pair.rider]
        assert staff.days[pair.driver] == staff.days[pair.rider]
        assert pair.km >= ASSUMED.carpool_least_km
        assert pair.detour <= ASSUMED.carpool_detour_minutes * 60


def test_pairs_do_not_depend_on_the_order_of_rows(village: Region, staff: Workforce) -> None:
    """The same people from rows in another order make the same pairs."""
    net, columns = network(village.ground, PARAMETERS), ("zone", "rota", "mode", "people", "days")
    rows = list(zip(*(getattr(staff, name).tolist() for name in columns), strict=True))
    other = Workforce.of(staff.rotas[::-1], [(zone, 2 - rota, *rest) for zone, rota, *rest in reversed(rows)])
    found = [carpools(net, 0, one, one.drivers(0.5), ASSUMED) for one in (staff, other)]
    assert found[0] == found[1]
