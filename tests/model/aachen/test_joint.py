# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The joint distribution: fitted as the closed form says, met by every group, and by the sample drawn from it."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from drehkreuz.model.aachen.draw import Draws
from drehkreuz.model.aachen.joint import Conditional, Margin, fit, table, total_variation
from drehkreuz.model.aachen.population import (
    NOTHING,
    OCCUPATION,
    Sample,
    asked,
    groups,
    joint,
    occupations_of,
    rows_of,
    sample,
)
from drehkreuz.model.core import core, market

Floats = NDArray[np.float64]
SHARE = st.floats(0.05, 0.95)


@given(SHARE, SHARE, st.floats(0.05, 20.0))
def test_two_by_two_in_closed_form(first: float, second: float, odds: float) -> None:
    """A fitted two-by-two table keeps the seed's odds ratio and is the root of the quadratic equation that follows."""
    seed = np.array([[odds, 1.0], [1.0, 1.0]])
    rows, columns = np.array([first, 1 - first]), np.array([second, 1 - second])
    found = fit(seed, [Margin((0,), rows), Margin((1,), columns)], rounds=2000, enough=1e-10).shares
    # a (1 - r - c + a) = odds (r - a) (c - a)
    roots = np.roots([1 - odds, 1 - first - second + odds * (first + second), -odds * first * second])
    possible = [root.real for root in roots if max(0, first + second - 1) < root.real < min(first, second)]
    assert found[0, 0] == pytest.approx(min(possible, key=lambda root: abs(root - found[0, 0])), abs=1e-6)


def test_margins_alone_give_independence() -> None:
    """From a seed of ones and margins, the joint is their product; what is ruled out stays so."""
    margins = [np.array([0.2, 0.8]), np.array([0.1, 0.3, 0.6])]
    both = [Margin((axis,), margin) for axis, margin in enumerate(margins)]
    assert np.allclose(fit(np.ones((2, 3)), both).shares, np.outer(*margins))
    impossible = np.ones((2, 3))
    impossible[0, 2] = 0
    fitted = fit(impossible, both, rounds=1000)
    assert fitted.shares[0, 2] == 0
    assert fitted.worst < 1e-5


def test_conditional_shares_are_met() -> None:
    """A conditional share holds within each combination of the others, whatever their margin."""
    shares = np.array([[0.9, 0.1], [0.4, 0.6]])
    fitted = fit(np.ones((2, 3, 2)), [Conditional((0,), 2, shares), Margin((0,), np.array([0.25, 0.75]))]).shares
    got = table(fitted, (0, 2))
    assert np.allclose(got / got.sum(axis=1, keepdims=True), shares)
    assert np.allclose(got.sum(axis=1), [0.25, 0.75])


def test_contradictions_are_told() -> None:
    """Targets that cannot hold together leave the distance to the worse one as the result."""
    fitted = fit(np.eye(2), [Margin((0,), np.array([0.5, 0.5])), Margin((1,), np.array([0.2, 0.8]))], rounds=50)
    assert fitted.worst == pytest.approx(0.3)


@pytest.fixture(scope="module")
def whole() -> Sample:
    """All people at full scale."""
    levels = core().occupations["level"].to_numpy().astype(np.int64)
    return sample(1.0, Draws(1), market(), levels, core().occupations["outlook"].to_list())


def _fitted(group: dict[str, object]) -> Floats:
    levels = core().occupations["level"].to_numpy().astype(np.int64)
    occupations = occupations_of(group, market(), core().occupations["outlook"].to_list())
    return joint(str(group["group"]), occupations, market(), levels).shares


@pytest.mark.parametrize("group", list(groups().iter_rows(named=True)), ids=groups()["group"])
def test_every_group_meets_what_is_asked(group: dict[str, object]) -> None:
    """Ages, sex by occupation, care, hours and car of every group are those typed, within a thousandth."""
    shares = _fitted(group)
    occupations = occupations_of(group, market(), core().occupations["outlook"].to_list())
    for target in asked(str(group["group"]), occupations, market()):
        if isinstance(target, Margin):
            assert total_variation(table(shares, target.axes), target.table) < 1e-3
        else:
            given_axes = table(shares, target.given)[..., None]
            assert total_variation(table(shares, (*target.given, target.axis)), given_axes * target.table) < 1e-3


def test_pairwise_tables_of_the_sample(whole: Sample) -> None:
    """Every pairwise table of the whole sample, weighted over groups, is within 0.03 of the fitted joint."""
    weight = groups()["weight"].to_numpy()
    counted, expected = 0.0, 0.0
    for i, group in enumerate(groups().iter_rows(named=True)):
        shares, mine = _fitted(group), whole.group == i
        if group["pool"] == NOTHING:
            assert (whole.occupation[mine] == -1).all()
            continue
        count = np.zeros(shares.shape)
        axes = (whole.occupation, whole.age, whole.sex, whole.care, whole.part_time, whole.car)
        np.add.at(count, tuple(axis[mine].astype(np.int64) for axis in axes), 1.0)
        counted = counted + count * weight[i]
        expected = expected + shares * (weight[i] * mine.sum())
    for pair in combinations(range(6), 2):
        assert total_variation(table(counted, pair), table(expected, pair)) <= 0.03, pair


def test_people_without_occupation_follow_their_ages(whole: Sample) -> None:
    """Groups without an occupation meet their table of sex, care, hours and car within 0.01 all the same."""
    for i, group in enumerate(groups().iter_rows(named=True)):
        if group["pool"] != NOTHING:
            continue
        mine, shares = whole.group == i, _fitted(group).sum(axis=OCCUPATION)
        count = np.zeros(shares.shape)
        axes = (whole.age, whole.sex, whole.care, whole.part_time, whole.car)
        np.add.at(count, tuple(axis[mine].astype(np.int64) for axis in axes), 1.0)
        assert total_variation(count, shares) <= 0.01


@pytest.mark.parametrize("scale", [1.0, 0.2, 0.05])
def test_the_composition_sums_to_the_whole(scale: float) -> None:
    """Rows times weight of each group are its people at the scale, within half a row; their sum is the whole."""
    for group in groups().iter_rows(named=True):
        assert abs(rows_of(group, scale) * group["weight"] - group["count"] * scale) <= group["weight"] / 2
    if scale == 1.0:
        assert sum(rows_of(group, scale) for group in groups().iter_rows(named=True)) == 60_000
