# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Hours: every shift of the rota must fit the week, and care must be open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


# ------------------------------------------------------------------------------------- plain twin: one person, one post


def plain_shifts(region: Region, rota: str) -> list[tuple[int, int, int]]:
    """Return the shifts of a rota in presence: day, start, end, handover included."""
    handover = region.table("shift_systems").filter(shift_system_id=rota)["handover_minutes"].item()
    worked = region.table("shifts").filter(shift_system_id=rota, on_call=False)
    return [(day, start - handover, end + handover) for day, start, end in worked.select("day", "start", "end").rows()]


def plain_misfit(region: Region, person_id: str, shifts: list[tuple[int, int, int]]) -> tuple[Reason, float]:
    """Return why some shift does not fit one person, and the hours of the worst shift that lie outside."""
    windows: dict[int, list[tuple[int, int]]] = {}
    times = region.table("person_times").filter(person_id=person_id)
    for day, opens, closes in times.select("day", "from", "to").rows():
        windows.setdefault(day, []).append((opens, closes))
    care = region.table("care").filter(person_id=person_id).select("opens", "closes").rows()
    reasons, worst = Reason(0), 0
    for day, start, end in shifts:
        weekend = day >= 5
        outside = 0
        if windows:
            outside = min((uncovered(start, end, *window) for window in windows.get(day, [])), default=end - start)
        if weekend:
            without_care = 0 if day in windows or not care else end - start
        else:
            without_care = max((uncovered(start, end, *child) for child in care), default=0)
        if outside:
            reasons |= Reason.HOURS_WEEKEND if weekend else Reason.HOURS_SHIFT
        if without_care:
            reasons |= Reason.HOURS_CARE_TIME
        worst = max(worst, outside, without_care)
    return reasons, worst / 60


def uncovered(start: int, end: int, opens: int, closes: int) -> int:
    """Return the minutes of [start, end] outside [opens, closes]."""
    return (end - start) - max(0, min(end, closes) - max(start, opens))


def assert_as_plain(region: Region) -> None:
    """Compare every pair of a region with the plain twin."""
    people, vacancies = region.table("people"), region.table("vacancies")
    found = hours_fit(region, range(len(people)))
    rotas = {rota: plain_shifts(region, rota) for rota in region.table("shift_systems")["shift_system_id"]}
    for p, (person_id, low, high) in enumerate(people.select("person_id", "hours_min", "hours_max").rows()):
        misfits = {rota: plain_misfit(region, person_id, shifts) for rota, shifts in rotas.items()}
        asked = vacancies.select("shift_system_id", "hours_min", "hours_max").rows()
        for v, (rota, asked_low, asked_high) in enumerate(asked):
            reasons, outside = misfits[rota]
            apart = max(asked_low - high, low - asked_high, 0)
            assert Reason(int(found.reasons[p, v])) == reasons | (Reason.HOURS_WEEKLY if apart else Reason(0))
            assert found.slack[p, v] == pytest.approx(max(apart, outside))
            assert found.hours[p, v] == max(min(high, asked_high), asked_low)


def test_the_village_is_as_the_plain_twin_says(village: Region) -> None:
    """Comparing all weeks with all rotas at once says the same as one person and one shift at a time."""
    people, vacancies = village.table("people").gather_every(5), village.table("vacancies").gather_every(2)
    assert_as_plain(village.with_tables({"people": people, "vacancies": vacancies}))


SPAN = st.tuples(st.integers(0, 6), st.integers(1, 3)).map(lambda span: (240 * span[0], 240 * sum(span)))
DAY = st.integers(0, 6)


@given(
    weeks=st.lists(st.lists(st.tuples(DAY, SPAN), max_size=6), min_size=1, max_size=4),
    care=st.lists(st.tuples(st.integers(0, 3), SPAN), max_size=5),
    rotas=st.lists(st.lists(st.tuples(DAY, SPAN, st.booleans()), max_size=5), min_size=1, max_size=3),
    hours=st.lists(st.integers(1, 3), min_size=4, max_size=4),
)
@settings(max_examples=30)
def test_any_week_is_as_the_plain_twin_says(
    make_region: MakeRegion, weeks: list[Any], care: list[Any], rotas: list[Any], hours: list[int]
) -> None:
    """Nights, several windows a day, several children, rotas without shifts and people without windows agree with the twin."""
    region = make_region(
        people=[
            {"person_id": f"p{p}", "hours_min": 10 * hours[0], "hours_max": 10 * p + 20} for p in range(len(weeks))
        ],
        person_times=[
            {"person_id": f"p{p}", "day": day, "from": span[0], "to": span[1]}
            for p, week in enumerate(weeks)
            for day, span in week
        ],
        care=[
            {"person_id": f"p{p % len(weeks)}", "child": child, "opens": span[0], "closes": span[1]}
            for child, (p, span) in enumerate(care)
        ],
        shift_systems=[{"shift_system_id": f"s{s}", "handover_minutes": 15 * s} for s in range(len(rotas))],
        shifts=[
            {"shift_system_id": f"s{s}", "week": 1, "day": day, "start": span[0], "end": span[1], "on_call": on_call}
            for s, rota in enumerate(rotas)
            for day, span, on_call in rota
        ],
        vacancies=[
            {"vacancy_id": f"v{v}", "shift_system_id": f"s{v % len(rotas)}", "hours_min": 10 * low, "hours_max": 30 + v}
            for v, low in enumerate(hours)
        ],
    )
    assert_as_plain(region)
