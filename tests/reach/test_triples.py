# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Where and when people must be: shifts, further places, courses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drehkreuz.errors import InputError
from drehkreuz.reach import Triples, triples
from drehkreuz.region import TABLES, Region

OFFICE, CREW, APPRENTICE, REMOTE = range(4)
WORKS, SCHOOL = 0, 1


def rows(found: Triples, vacancy: int) -> list[tuple[tuple[int, ...], float, bool]]:
    """Return a vacancy's triples as (place, start, end, day out, day back), days a week, whether it is a further place."""
    begin, end = found.of_vacancy.indptr[vacancy : vacancy + 2]
    columns = (found.place, found.start, found.end, found.day_out, found.day_back)
    return [
        (tuple(int(column[t]) for column in columns), float(found.days[i]), bool(found.further[i]))
        for i, t in zip(range(begin, end), found.of_vacancy.row(vacancy), strict=True)
    ]


def change(region: Region, table: str, **columns: object) -> Region:
    """Return the region with columns of a table set to one value."""
    return region.with_tables(
        {table: region.table(table).with_columns(**{name: pl.lit(v) for name, v in columns.items()})}
    )


def replace_shifts(region: Region, *shifts: dict[str, Any]) -> Region:
    """Return the region with other shifts for the rota of the office."""
    frame = pl.DataFrame([{"shift_system_id": "day", "week": 1, "name": "day"} | shift for shift in shifts])
    return region.with_tables({"shifts": TABLES["shifts"].conform(frame)})


def test_an_office(small: Region) -> None:
    """Five days of the same hours are one triple; three days of presence are three days a week."""
    assert rows(triples(small), OFFICE) == [((WORKS, 480, 990, 0, 0), pytest.approx(3.0), False)]


def test_a_rota_with_nights(small: Region) -> None:
    """Handover comes before and after; a night ends on the next day, Friday's on Saturday; every other week halves the days."""
    assert rows(triples(small), CREW) == [
        ((WORKS, 360, 860, 0, 0), pytest.approx(2.5), False),
        ((WORKS, 1320, 380, 0, 0), pytest.approx(2.0), False),
        ((WORKS, 1320, 380, 0, 1), pytest.approx(0.5), False),
    ]


def test_an_apprenticeship_has_two_places(small: Region) -> None:
    """A day and a half at school leave three and a half at the works."""
    assert rows(triples(small), APPRENTICE) == [
        ((WORKS, 480, 990, 0, 0), pytest.approx(3.5), False),
        ((SCHOOL, 480, 900, 0, 0), pytest.approx(1.5), True),
    ]


def test_a_remote_post_has_no_triple(small: Region) -> None:
    """Who is never at the workplace needs no way there, whether by days of presence or by remote share."""
    assert rows(triples(small), REMOTE) == []
    assert rows(triples(change(small, "vacancies", remote_share=1.0)), OFFICE) == []


def test_remote_share_and_presence_say_the_same_once(small: Region) -> None:
    """Three of five days at the office and forty per cent remote are three days, not less; eighty per cent are one."""
    assert rows(triples(change(small, "vacancies", remote_share=0.4)), OFFICE)[0][1] == pytest.approx(3.0)
    assert rows(triples(change(small, "vacancies", remote_share=0.8)), OFFICE)[0][1] == pytest.approx(1.0)


def test_shifts_on_call_need_no_way(small: Region) -> None:
    """On call, nobody is there but when called."""
    region = replace_shifts(
        small, {"day": 0, "start": 480, "end": 960}, {"day": 5, "start": 0, "end": 1440, "on_call": True}
    )
    assert rows(triples(region), OFFICE) == [((WORKS, 480, 960, 0, 0), pytest.approx(1.0), False)]


def test_midnight_with_handover(small: Region) -> None:
    """A shift from Monday 00:00 begins with the handover on Sunday at 23:50; one to Saturday 24:00 ends on Sunday."""
    region = change(small, "shift_systems", handover_minutes=10)
    region = replace_shifts(region, {"day": 0, "start": 0, "end": 360}, {"day": 5, "start": 960, "end": 1440})
    assert [row[0] for row in rows(triples(region), OFFICE)] == [(WORKS, 950, 10, 1, 2), (WORKS, 1430, 370, 2, 0)]


def test_a_shift_of_a_whole_day(small: Region) -> None:
    """Twenty-four hours from Friday 07:00 end on Saturday at 07:00."""
    region = replace_shifts(small, {"day": 4, "start": 420, "end": 1860})
    assert [row[0] for row in rows(triples(region), OFFICE)] == [(WORKS, 420, 420, 0, 1)]


def test_sessions(small: Region) -> None:
    """A course is on weekdays, on Saturday where its format is weekend, nowhere online."""
    found = triples(small)
    welding, forklift, online = (int(t) for t in found.of_session)
    assert online == -1
    assert [int(found.day_out[t]) for t in (welding, forklift)] == [0, 1]
    assert {int(found.place[t]) for t in (welding, forklift)} == {SCHOOL}
    assert (found.start[welding], found.end[welding]) == (510, 930)


def test_a_rota_without_shifts_is_a_finding(small: Region) -> None:
    """A post whose rota has no shift is named, since nobody can say who gets there."""
    found = triples(small.with_tables({"shifts": small.table("shifts").filter(pl.col("shift_system_id") == "day")}))
    assert [str(finding) for finding in found.findings] == [
        "shift_systems:rota: has no shift, so that no way to work can be computed for its posts. Add its shifts to table shifts."
    ]


def test_a_vacancy_at_an_unknown_place(small: Region) -> None:
    """A post at a place that does not exist is refused with its id."""
    with pytest.raises(InputError, match="vacancies:office: place_id 'moon': is not in table places"):
        triples(change(small, "vacancies", place_id="moon"))


def test_an_empty_region(make_region: Callable[..., Region]) -> None:
    """A region without posts and courses has no triples."""
    assert len(triples(make_region())) == 0


@given(seed=st.integers(0, 1000))
def test_order_of_shifts_makes_no_difference(small: Region, seed: int) -> None:
    """Shuffled shifts and further places give the same bytes."""
    shuffled = {
        name: small.table(name).sample(fraction=1, shuffle=True, seed=seed) for name in ("shifts", "vacancy_places")
    }
    a, b = triples(small), triples(small.with_tables(shuffled))
    for name in ("place", "start", "end", "day_out", "day_back", "days", "further", "of_session"):
        assert getattr(a, name).tobytes() == getattr(b, name).tobytes()
    assert a.of_vacancy.indices.tobytes() == b.of_vacancy.indices.tobytes()
