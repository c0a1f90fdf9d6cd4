# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What making a population assumes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class PopulationParameters:
    """
    Assumed values, all in one place; none is a rule of an office.

    Attributes:
        kept_within: Total absolute error, as a share of the people counted, up to which a margin counts as kept and a report may be
            one for the region (assumed: one in a hundred, about what tables of two days differ by).
        agree_within: Share of all people by which margins may miss each other before they count as contradicting (assumed: a
            ten-thousandth, which is rounding).
        most_contradiction: Share of all people by which two margins may contradict each other and still be fitted (assumed: two in
            a hundred; more is another day or another sort of people).
        most_stretch: Times the mean example that one may stand for before it is told (assumed).
        most_rows: Rows that are made at most; beyond, one stands for several (assumed: what the engines are built for).
    """

    kept_within: float = 0.01
    agree_within: float = 1e-4
    most_contradiction: float = 0.02
    most_stretch: float = 20.0
    most_rows: int = 1_000_000


PARAMETERS: Final = PopulationParameters()
