# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Proportional fitting against an example by hand, a solver, and random tables."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.optimize import minimize

from drehkreuz.model.aachen.draw import Draws
from drehkreuz.model.population.fitting import Sums, contradictions, fit, lacking
from drehkreuz.model.population.whole import whole


def sums(row: object, least: object, most: object = None) -> Sums:
    """Return what sums must be; without `most` exactly `least`."""
    low = np.array(least, dtype=np.float64)
    return Sums(np.array(row, dtype=np.int32), low, low if most is None else np.array(most, dtype=np.float64))


ROWS = [0, 0, 0, 1, 1, 1, 2, 2, 2]
COLUMNS = [0, 1, 2, 0, 1, 2, 0, 1, 2]


def test_three_by_three_by_hand() -> None:
    """Of a seed without ties the fit is rows times columns over all: 30 of 100 rows, 50 of 100 columns, 15 in the cell."""
    rows, columns = [30.0, 50.0, 20.0], [50.0, 30.0, 20.0]
    fitted = fit(np.ones(9), [sums(ROWS, rows), sums(COLUMNS, columns)])
    assert_allclose(fitted.cells.reshape(3, 3), [[15, 9, 6], [25, 15, 10], [10, 6, 4]], atol=1e-9)
    assert fitted.rounds <= 2


def test_a_tie_of_the_seed_stays() -> None:
    """The odds ratio of a two by two table is that of the seed, whatever its margins become."""
    seed = np.array([8.0, 2.0, 3.0, 7.0])
    cells = fit(seed, [sums([0, 0, 1, 1], [40, 60]), sums([0, 1, 0, 1], [70, 30])]).cells
    assert_allclose(cells[0] * cells[3] / (cells[1] * cells[2]), 8 * 7 / (2 * 3), rtol=1e-6)


def test_what_cannot_be_stays_so() -> None:
    """A cell that is zero in the seed is zero in the fit, and a row asked to be zero is."""
    cells = fit(np.array([0.0, 1, 1, 1]), [sums([0, 0, 1, 1], [5, 5]), sums([0, 1, 0, 1], [3, 7])]).cells
    assert_allclose(cells, [0, 5, 3, 2], atol=1e-6)
    assert fit(np.ones(2), [sums([0, 1], [0, 4])]).cells.tolist() == [0, 4]


def test_a_secret_figure_is_no_zero() -> None:
    """A row that nothing is known of takes what the others leave it; one between bounds moves to a bound only if it must."""
    open_row = fit(np.ones(4), [sums([0, 0, 1, 1], [6, 0], [6, np.inf]), sums([0, 1, 0, 1], [6, 4])])
    assert_allclose(open_row.cells, [3.6, 2.4, 2.4, 1.6], atol=1e-6)
    bounded = fit(np.array([5.0, 5.0]), [sums([0, 1], [0, 0], [7, 3]), sums([0, 0], [10])])
    assert_allclose(bounded.cells, [7, 3], atol=1e-6)


def test_against_a_solver() -> None:
    """With bounds and all, the fit is the table of least relative entropy to the seed that a general solver finds."""
    seed = np.array([4.0, 1, 2, 3, 2, 5, 1, 1, 3])
    tables = [sums(ROWS, [6, 2, 5], [6, 9, 9]), sums(COLUMNS, [9, 5, 6])]
    fitted = fit(seed, tables)

    def entropy(x: np.ndarray) -> float:
        return float((x * np.log(np.maximum(x, 1e-12) / seed) - x).sum())

    asked = [
        {"type": "ineq", "fun": lambda x, t=t, side=side: (t.of(x) - t.least) if side else (t.most - t.of(x))}
        for t in tables
        for side in (True, False)
    ]
    best = minimize(
        entropy, seed, constraints=asked, bounds=[(1e-9, None)] * 9, method="SLSQP", options={"ftol": 1e-12}
    )
    assert best.success
    assert_allclose(fitted.cells, best.x, atol=1e-3)


@st.composite
def tables_of_people(draw: st.DrawFn) -> tuple[np.ndarray, list[Sums]]:
    """People in a table of three axes, and two or three margins counted from them."""
    shape = [draw(st.integers(2, 4)) for _ in range(3)]
    n = int(np.prod(shape))
    people = np.array(draw(st.lists(st.integers(0, 9), min_size=n, max_size=n)), dtype=np.float64)
    at = np.stack(np.unravel_index(np.arange(n), shape))
    axes = draw(
        st.sampled_from([[(0,), (1,)], [(0, 1), (2,)], [(0, 1), (1, 2)], [(0,), (1,), (2,)], [(0, 1), (0, 2), (1, 2)]])
    )
    rows = [np.ravel_multi_index([at[a] for a in kept], [shape[a] for a in kept]) for kept in axes]
    return np.full(n, 1.0), [sums(row, np.bincount(row, people, minlength=row.max() + 1)) for row in rows]


@settings(max_examples=40)
@given(tables_of_people())
def test_margins_that_agree_are_met(case: tuple[np.ndarray, list[Sums]]) -> None:
    """Margins counted from the same people are met to a millionth of a person where no cell has to vanish slowly."""
    seed, tables = case
    fitted = fit(seed, tables)
    if fitted.rounds < 2_000:
        assert fitted.off.max() <= 1e-6
    assert (fitted.cells >= 0).all()


@settings(max_examples=40)
@given(tables_of_people(), st.integers(0, 5))
def test_whole_people_keep_the_margins(case: tuple[np.ndarray, list[Sums]], seed: int) -> None:
    """Every cell is rounded up or down; one margin and two are kept exactly, three within one person a row."""
    start, tables = case
    fitted = fit(start, tables)
    for some in (tables[:1], tables[:2], tables):
        made = whole(fitted.cells, some, Draws(seed).stream("test"))
        assert (np.abs(made - fitted.cells) < 1 + 1e-6).all()
        off = max(np.abs(table.of(made.astype(np.float64)) - table.of(fitted.cells)).max() for table in some)
        assert off < (0.01 if len(some) < 3 else 1.01)


def test_rounding_is_drawn_and_the_same_again() -> None:
    """One seed gives the same people twice, other seeds others; over many seeds a cell is rounded up as often as it should."""
    cells = np.full(20, 0.25)
    total = [sums(np.zeros(20), [5])]
    made = np.array([whole(cells, total, Draws(seed).stream("test")) for seed in range(100)])
    assert (made[3] == whole(cells, total, Draws(3).stream("test"))).all()
    assert (made.sum(axis=1) == 5).all()
    assert np.abs(made.mean(axis=0) - 0.25).max() < 0.16


def test_whole_cells_are_left_alone() -> None:
    """Fractions that are none are not drawn."""
    assert whole(np.array([2.0, 0.0, 3.0]), [sums([0, 0, 0], [5])], Draws(1).stream("test")).tolist() == [2, 0, 3]


def test_two_that_contradict_are_named() -> None:
    """Of three margins the two whose sums differ are named, and by how many people; the first named holds."""
    tables = [sums(ROWS, [10, 10, 10]), sums(COLUMNS, [12, 12, 12]), sums([0] * 9, [30])]
    found = contradictions(np.ones(9), tables)
    assert [(one, other, round(off.sum())) for one, other, off in found] == [(0, 1, 6), (1, 2, 6)]
    assert_allclose(tables[0].of(fit(np.ones(9), tables, rounds=50).cells), [10, 10, 10])


@pytest.mark.parametrize(("seed", "expected"), [([1.0, 0.0], [1]), ([1.0, 1.0], [])])
def test_rows_without_an_example_are_named(seed: list[float], expected: list[int]) -> None:
    """A row that asks for people of whom the seed has none is found."""
    assert lacking(np.array(seed), sums([0, 1], [3, 4])).tolist() == expected
