# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A business park: firms' tables put together."""

from __future__ import annotations

from pathlib import Path

import pytest

from drehkreuz.commuting import ASSUMED, Rota, Workforce, shift
from drehkreuz.commuting.park import Park, business_park
from drehkreuz.commuting.sharing import shared
from drehkreuz.commuting.shuttle import RUN_DAYS
from drehkreuz.commuting.workforce import CAR
from drehkreuz.region import Region
from drehkreuz.sources.park_part import read_part

NIGHT = Rota("night", (shift("night", 3 * 3600, 4 * 3600),))


@pytest.fixture(scope="module")
def park(village: Region, staff: Workforce, tmp_path_factory: pytest.TempPathFactory) -> Park:
    """Two firms: one of two hundred, one whose ninety all drive in the night from two cells."""
    folder: Path = tmp_path_factory.mktemp("parts")
    firms = {"a": staff, "b": Workforce.of([NIGHT], [(8, 0, CAR, 60, 5.0), (9, 0, CAR, 30, 5.0)])}
    for name, people in firms.items():
        shared(village, people, ASSUMED.least_group).write_csv(folder / f"{name}.csv")
    parts = [read_part(folder / f"{name}.csv", village, ASSUMED.least_group) for name in ("b", "a")]
    return business_park(village, 0, parts)


def test_everybody_is_counted(park: Park, staff: Workforce) -> None:
    """Firms stand by name with all their people; who is not located is said."""
    assert [(firm.firm, firm.people) for firm in park.firms] == [("a", staff.total), ("b", 90)]
    assert park.staff.total + park.unlocated == staff.total + 90
    assert park.firms[1].drivers == 90


def test_corridors_add_up_to_the_shift(park: Park) -> None:
    """Those of the night come from their directions, and none of them by a bus that does not run."""
    nights = [one for one in park.by_shift if one.shift.clock == NIGHT.clock]
    assert sum(one.people for one in nights) == 90
    assert all(one.cannot <= one.people for one in park.by_shift)


def test_a_shuttle_keeps_its_limits(park: Park) -> None:
    """Each line fills half of the smallest vehicle, takes no more than its seats, and costs kilometres times price."""
    for line in park.shuttles:
        assert line.riders.mid >= ASSUMED.shuttle_load * ASSUMED.shuttle_seats[0]
        assert line.riders.low <= line.riders.mid <= line.riders.high <= line.seats
        assert line.minutes <= ASSUMED.bearable_minutes
        price = ASSUMED.shuttle_eur_km[ASSUMED.shuttle_seats.index(line.seats)]
        assert line.cost == pytest.approx(4 * line.km * RUN_DAYS * price)
    rides = [line.eur_per_ride for line in park.shuttles]
    assert rides == sorted(rides)
