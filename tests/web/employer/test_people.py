# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Lines of shifts, and groups on their way to the process that computes."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.commuting import MODES, Rota, Workforce, shift
from drehkreuz.reach.modes import DayType
from drehkreuz.region import Region
from web.employer.firm import SHIFTS, STAFF

pytestmark = pytest.mark.usefixtures("site")


def test_lines_of_shifts(village: Region) -> None:
    """A line is a shift, on a Saturday if it says so, or a rota of shifts above it."""
    from drehkreuz_web.employer.people import rotas  # noqa: PLC0415  # needs settings

    found, troubles = rotas(SHIFTS, village)
    assert troubles == []
    assert found["Gruppe A"].clock == "06:00-14:00+14:00-22:00"
    assert found["Samstag"].shifts == (shift("Samstag", 8 * 3600, 16 * 3600, DayType.SATURDAY),)
    night, _ = rotas("Nacht: 22.00 – 6.00 So", village)
    assert night["Nacht"].shifts[0].times.day_back is DayType.WEEKDAY


@pytest.mark.parametrize(
    "line", ["früh", "früh 6-14", "früh 06:00-25:00", "A = früh", "06:00-14:00 Feiertag", "= früh"]
)
def test_lines_that_are_not_understood(village: Region, line: str) -> None:
    """A line that is neither is told by its number, and nothing of it is repeated."""
    from drehkreuz_web.employer.people import rotas  # noqa: PLC0415  # needs settings

    found, troubles = rotas(f"\n{line}\n", village)
    assert (found, len(troubles)) == ({}, 1)
    assert "2" in troubles[0]


groups = st.tuples(
    st.integers(-1, 20),
    st.integers(0, 1),
    st.integers(-1, len(MODES) - 1),
    st.integers(1, 90),
    st.sampled_from([2.5, 5.0]),
)


@settings(max_examples=50)
@given(
    st.lists(groups, min_size=1, max_size=30), st.integers(0, 86_399), st.integers(0, 86_399), st.sampled_from(DayType)
)
def test_groups_survive_the_way_to_the_process(
    rows: list[tuple[int, int, int, int, float]], start: int, end: int, day: DayType
) -> None:
    """What another process reads from JSON are the same groups with the same rotas."""
    from drehkreuz_web.employer.people import plain, workforce  # noqa: PLC0415  # needs settings

    early, late = shift("early", start, end, day), shift("late", end, start)
    staff = Workforce.of([Rota("A", (early, late)), Rota("B", (late,))], rows)
    again = workforce(json.loads(json.dumps(plain(staff))))
    assert again.rotas == staff.rotas
    for name in ("zone", "rota", "mode", "people", "days"):
        np.testing.assert_array_equal(getattr(again, name), getattr(staff, name))


def test_the_model_firm_is_read(village: Region) -> None:
    """Headings, modes and numbers may be German; rows that say the same are one group."""
    from drehkreuz_web.employer.people import read, rotas  # noqa: PLC0415  # needs settings

    staff = read(STAFF.encode(), rotas(SHIFTS, village)[0], village).staff
    assert (staff.total, len(staff)) == (45, 22)
