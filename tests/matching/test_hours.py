# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Hours: every shift of the rota must fit the week, and care must be open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from drehkreuz.matching.barriers import Reason
from drehkreuz.matching.hours import hours_fit
from drehkreuz.region import Region

MakeRegion = Callable[..., Region]
Rows = list[dict[str, Any]]

MORNING = [{"day": day, "start": 480, "end": 720} for day in range(5)]
EARLY = [{"day": day, "start": 360, "end": 840} for day in range(5)]
NIGHT = [{"day": day, "start": 1320, "end": 1800} for day in range(4)]


def fit(
    make_region: MakeRegion, shifts: Rows, times: Rows = (), care: Rows = (), *, handover: int = 0,
    person: tuple[float, float] = (15, 40), post: tuple[float, float] = (20, 39),
) -> tuple[Reason, float, float]:  # fmt: skip
    """Return reasons, slack and hours of one person and one post."""
    region = make_region(
        people=[{"person_id": "p", "hours_min": person[0], "hours_max": person[1]}],
        person_times=[{"person_id": "p", **time} for time in times],
        care=[{"person_id": "p", "child": i + 1, **child} for i, child in enumerate(care)],
        shift_systems=[{"shift_system_id": "s", "handover_minutes": handover}],
        shifts=[{"shift_system_id": "s", "week": 1, "on_call": False, **shift} for shift in shifts],
        vacancies=[{"vacancy_id": "v", "shift_system_id": "s", "hours_min": post[0], "hours_max": post[1]}],
    )
    result = hours_fit(region, range(1))
    return Reason(int(result.reasons[0, 0])), float(result.slack[0, 0]), float(result.hours[0, 0])


def test_a_person_without_windows_is_free_at_any_time(make_region: MakeRegion) -> None:
    """Nobody has to fill in a week to be found."""
    assert fit(make_region, NIGHT) == (Reason(0), 0.0, 39.0)


def test_weekly_hours_that_do_not_meet_are_named_with_their_distance(make_region: MakeRegion) -> None:
    """A person who can work 20 hours misses a post of 30 to 39 by ten."""
    assert fit(make_region, MORNING, person=(10, 20), post=(30, 39)) == (Reason.HOURS_WEEKLY, 10.0, 30.0)


@pytest.mark.parametrize(("handover", "reasons", "slack"), [(0, Reason(0), 0.0), (15, Reason.HOURS_SHIFT, 0.5)])
def test_handover_belongs_to_the_shift(make_region: MakeRegion, handover: int, reasons: Reason, slack: float) -> None:
    """A window that ends with the shift does not hold a handover of fifteen minutes before and after it."""
    times = [{"day": day, "from": 480, "to": 720} for day in range(5)]
    assert fit(make_region, MORNING, times, handover=handover)[:2] == (reasons, slack)


def test_one_shift_outside_is_enough(make_region: MakeRegion) -> None:
    """A day without a window makes the whole rota fail, by the whole length of that shift."""
    times = [{"day": day, "from": 0, "to": 1440} for day in range(4)]
    assert fit(make_region, MORNING, times)[:2] == (Reason.HOURS_SHIFT, 4.0)


def test_care_must_be_open_for_the_whole_shift(make_region: MakeRegion) -> None:
    """Care from 7:00 to 14:00 lacks the first hour of an early shift from 6:00."""
    assert fit(make_region, EARLY, care=[{"opens": 420, "closes": 840}])[:2] == (Reason.HOURS_CARE_TIME, 1.0)


def test_the_child_with_the_shorter_care_decides(make_region: MakeRegion) -> None:
    """Of two children the one whose care is open for less of the shift counts."""
    care = [{"opens": 360, "closes": 960}, {"opens": 480, "closes": 780}]
    assert fit(make_region, EARLY, care=care)[:2] == (Reason.HOURS_CARE_TIME, 3.0)


def test_there_is_no_care_on_saturday_unless_the_person_names_the_day(make_region: MakeRegion) -> None:
    """On a weekend a parent is asked for a window of that day instead of care."""
    saturday = [{"day": 5, "start": 480, "end": 720}]
    care = [{"opens": 420, "closes": 1020}]
    assert fit(make_region, saturday, care=care)[0] == Reason.HOURS_CARE_TIME
    window = [{"day": 5, "from": 420, "to": 780}]
    assert fit(make_region, saturday, window, care)[0] == Reason(0)


def test_weekend_work_outside_the_windows_is_its_own_reason(make_region: MakeRegion) -> None:
    """Whoever has windows from Monday to Friday only is not free on Sunday."""
    times = [{"day": day, "from": 0, "to": 1440} for day in range(5)]
    assert fit(make_region, [{"day": 6, "start": 480, "end": 960}], times)[0] == Reason.HOURS_WEEKEND


def test_on_call_duty_asks_no_presence(make_region: MakeRegion) -> None:
    """A night on call does not need care or a window."""
    times = [{"day": day, "from": 420, "to": 1080} for day in range(5)]
    duty = [*MORNING, {"day": 2, "start": 1200, "end": 1800, "on_call": True}]
    assert fit(make_region, duty, times)[0] == Reason(0)
