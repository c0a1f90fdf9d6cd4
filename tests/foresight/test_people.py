# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Cohorts against a plain loop over years and ages."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drehkreuz.foresight import read_assumptions
from drehkreuz.foresight.grain import grained, split
from drehkreuz.foresight.people import people

ASSUMED = read_assumptions()


def plain(residents: float, moved_per_1000: float, older: float, n_years: int) -> list[dict[str, float]]:
    """Return a town's working age, labour force, entrants and retirements by year, one age after the other."""
    ages = ASSUMED.ages
    share, at_work, die = (ages.by_age(what).tolist() for what in ("residents", "at_work", "die"))
    at_work = [min(1.0, a * older) if age >= 60 else a for age, a in enumerate(at_work)]
    there = {age: residents * share[age] for age in range(ages.pension)}
    found = []
    for _ in range(n_years):
        found.append(
            {
                "working_age": sum(n for age, n in there.items() if age >= ages.working_from),
                "labour_force": sum(n * at_work[age] for age, n in there.items()),
                "retirements": 0.0,
                "entrants": 0.0,
            }
        )
        left = {age + 1: n * (1 - die[age]) for age, n in there.items()}
        found[-1]["retirements"] = sum(
            n * (at_work[age - 1] - (at_work[age] if age < ages.pension else 0)) for age, n in left.items() if age >= 55
        )
        found[-1]["entrants"] = sum(n * (at_work[age] - at_work[age - 1]) for age, n in left.items() if age < 55)
        gone = left.pop(ages.pension)
        assert gone >= 0
        movers = [age for age in left if 18 <= age <= 39]
        base = sum(left[age] for age in movers)
        working = sum(n for age, n in left.items() if age >= ages.working_from)
        there = {0: 0.0} | left
        for age in movers:
            there[age] += left[age] / base * working * moved_per_1000 / 1000
    return found


@given(residents=st.integers(1, 2_000_000), moved=st.floats(-20, 20), older=st.floats(0.5, 1.3))
def test_cohorts_follow_the_plain_loop(residents: int, moved: float, older: float) -> None:
    """Stocks and flows are those of the loop, but for rounding to a 1,024th of a person in each cell."""
    values = ASSUMED.of("mid") | {"moved_per_1000": moved, "older_at_work": older}
    found = people(np.asarray([float(residents)]), ASSUMED.ages, ASSUMED.levels, values, 10).by_name
    oracle = plain(residents, moved, older, 10)
    for t in range(10):
        assert found["working_age"][t, 0] == pytest.approx(oracle[t]["working_age"], rel=1e-4, abs=0.5)
        assert found["labour_force"][t, 0] == pytest.approx(oracle[t]["labour_force"], rel=1e-4, abs=0.5)
        if t:
            assert found["retirements"][t, 0] == pytest.approx(oracle[t - 1]["retirements"], rel=1e-3, abs=0.5)
            assert found["entrants"][t, 0] == pytest.approx(oracle[t - 1]["entrants"], rel=1e-3, abs=0.5)


@given(totals=st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=5), cut=st.floats(0, 1))
def test_parts_sum_to_their_total(totals: list[float], cut: float) -> None:
    """What is shared out sums to the total, to the last bit."""
    whole = grained(np.asarray(totals))
    parts = split(whole, np.asarray([cut / 2, cut / 2, (1 - cut) / 3, 2 * (1 - cut) / 3]))
    assert (parts.sum(axis=1) == whole).all()


def test_nobody_is_lost_between_bands() -> None:
    """Residents by age sum to the shares of the bands, and older people make up the rest."""
    ages = ASSUMED.ages
    assert ages.by_age("residents").sum() == pytest.approx(sum(band.residents for band in ages.bands))
    assert len(ages.by_age("die")) == ages.pension
