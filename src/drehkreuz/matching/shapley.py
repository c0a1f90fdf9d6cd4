# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Each barrier's share of what all barriers together keep apart, and the report on barriers, which closes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import factorial
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import ArrayLike

from drehkreuz.matching.barriers import Barrier
from drehkreuz.matching.coalitions import ALL_COALITIONS, Certificate

BARRIERS: Final = tuple(Barrier)

REPORT: Final = pl.Schema(
    {"side": pl.String, "line": pl.String, "count": pl.Float64, "least": pl.Float64, "most": pl.Float64}
)

SIDES: Final = (("openings", "filled", "no_person_left"), ("people", "placed", "no_opening_left"))
"""The two sides of the report, each with its first and its last line."""


@dataclass(frozen=True, slots=True)
class BarrierReport:
    """
    What becomes of all openings and of all people; either side closes.

        openings = today + Σ shares + no person left
        people   = today + Σ shares + no opening left

    Attributes:
        openings: All openings.
        people: All people looking.
        today: Who finds each other with all barriers standing, v(none).
        possible: Who finds each other with none standing, v(all).
        shares: Each barrier's Shapley share, exact fractions; none is negative.
        today_most: No more than these can find each other today; as `today` where that is proved.
        possible_most: The same for `possible`.
        shares_least: Each share at least; as `shares` where every value is proved.
        shares_most: Each share at most.
    """

    openings: int
    people: int
    today: int
    possible: int
    shares: dict[Barrier, Fraction]
    today_most: int
    possible_most: int
    shares_least: dict[Barrier, Fraction]
    shares_most: dict[Barrier, Fraction]

    @property
    def exact(self) -> bool:
        """Whether every value behind the shares is proved."""
        return self.shares_least == self.shares_most

    @property
    def no_person_left(self) -> int:
        """Openings that stay open with all barriers thought away."""
        return self.openings - self.possible

    @property
    def no_opening_left(self) -> int:
        """People without a post with all barriers thought away."""
        return self.people - self.possible

    def table(self) -> pl.DataFrame:
        """Return the report as rows of side, line, count and what the count is at least and at most."""
        shares = [
            (str(barrier.name).lower(), self.shares[barrier], self.shares_least[barrier], self.shares_most[barrier])
            for barrier in BARRIERS
        ]
        rows = []
        for side, first, last in SIDES:
            total = self.openings if side == "openings" else self.people
            rows += [
                (side, first, self.today, self.today, self.today_most),
                *((side, *share) for share in shares),
                (side, last, total - self.possible, total - self.possible_most, total - self.possible),
            ]
        return pl.DataFrame(
            [(side, line, *map(float, counts)) for side, line, *counts in rows], schema=REPORT, orient="row"
        )


def shapley(values: ArrayLike) -> dict[Barrier, Fraction]:
    """
    Return each barrier's Shapley share of v(all) − v(none), exactly.

    The share of barrier b is the mean, over all 7! orders in which barriers may be thought away, of what is gained when
    b's turn comes:

        share(b) = Σ over B without b of |B|! (6 − |B|)! / 7! · (v(B ∪ {b}) − v(B))

    The shares sum to v(all) − v(none); where v never falls with more barriers thought away, none is negative.

    Args:
        values: int[128], v by the bits of the coalition.

    Raises:
        ValueError: If there are not 128 values.

    Source:
        Shapley: A value for n-person games. Contributions to the Theory of Games II (1953).
    """
    v = _values(values)
    return _shares(v, v)


def barrier_report(certificate: Certificate, openings: int, people: int) -> BarrierReport:
    """
    Return what keeps people and openings apart, by barrier.

    Args:
        certificate: The largest allocations of all coalitions. Where some are not proved, the report stands on what was
            found, and its shares have bounds.
        openings: All openings.
        people: All people looking.

    Raises:
        ValueError: If the certificate is not of all coalitions in order, or more find each other than there are.
    """
    if certificate.coalitions != ALL_COALITIONS:
        message = f"the report needs all {len(ALL_COALITIONS)} coalitions in order"
        raise ValueError(message)
    lower, upper = _values(certificate.lower), _values(certificate.upper)
    today, possible = lower[0], lower[-1]
    if possible > min(openings, people):
        message = f"{possible} cannot find each other where there are {openings} openings and {people} people"
        raise ValueError(message)
    at_least = {barrier: max(share, Fraction(0)) for barrier, share in _shares(lower, upper).items()}
    return BarrierReport(
        openings=openings,
        people=people,
        today=today,
        possible=possible,
        shares=_shares(lower, lower),
        today_most=upper[0],
        possible_most=upper[-1],
        shares_least=at_least,
        shares_most=_shares(upper, lower),
    )


def _values(values: ArrayLike) -> list[int]:
    v = [int(value) for value in np.asarray(values)]
    if len(v) != len(ALL_COALITIONS):
        message = f"v has {len(v)} values; there are {len(ALL_COALITIONS)} coalitions of {len(BARRIERS)} barriers"
        raise ValueError(message)
    return v


def _shares(with_it: list[int], without_it: list[int]) -> dict[Barrier, Fraction]:
    """Return the shares, v with the barrier thought away read from one list and v without that from another."""
    n = len(BARRIERS)
    weight = [factorial(size) * factorial(n - 1 - size) for size in range(n)]
    shares = {}
    for barrier in BARRIERS:
        others = [bits for bits in range(len(without_it)) if not bits & barrier]
        gains = (weight[bits.bit_count()] * (with_it[bits | barrier] - without_it[bits]) for bits in others)
        shares[barrier] = Fraction(sum(gains), factorial(n))
    return shares
