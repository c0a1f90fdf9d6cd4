# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A small firm in the village."""

from __future__ import annotations

import numpy as np
import pytest

from drehkreuz.commuting import MODES, UNKNOWN, Rota, Workforce, shift
from drehkreuz.commuting.analysis import Analysis, analyse
from drehkreuz.region import Region

EARLY = shift("early", 6 * 3600, 14 * 3600)
LATE = shift("late", 14 * 3600, 22 * 3600)
NIGHT = shift("night", 22 * 3600, 6 * 3600)
ROTAS = (Rota("early", (EARLY,)), Rota("turns", (EARLY, LATE)), Rota("night", (NIGHT,)))


def draw(zones: int, people: int, seed: int = 1) -> Workforce:
    """Draw people at random: homes, rotas, modes, days."""
    random = np.random.default_rng(seed)
    rows = [
        (
            int(random.integers(0, zones)),
            int(random.integers(0, len(ROTAS))),
            int(
                random.choice(
                    [MODES.index("car"), MODES.index("transit"), MODES.index("bike"), UNKNOWN], p=[0.6, 0.1, 0.1, 0.2]
                )
            ),
            1,
            float(random.choice([5.0, 4.0], p=[0.9, 0.1])),
        )
        for _ in range(people)
    ]
    return Workforce.of(ROTAS, rows)


@pytest.fixture(scope="session")
def staff(village: Region) -> Workforce:
    """Two hundred people in three rotas."""
    return draw(len(village.table("zones")), 200)


@pytest.fixture(scope="session")
def analysis(village: Region, staff: Workforce) -> Analysis:
    """The firm at the village's first workplace."""
    return analyse(village, 0, staff)
