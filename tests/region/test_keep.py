# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a region keeps of itself."""

from __future__ import annotations

import gc
import weakref

import pytest

from drehkreuz.region import Region, kept, row_of

calls: list[tuple[str, int]] = []


@kept
def counted(region: Region, times: int = 1) -> list[str]:
    """Return the ids of places, and note that somebody asked."""
    calls.append((region.manifest.name, times))
    return region.table("places")["place_id"].to_list() * times


@pytest.fixture(autouse=True)
def nobody_asked() -> None:
    calls.clear()


def test_a_question_is_answered_once(tiny: Region) -> None:
    """The same question to the same region is worked out once, another one by itself."""
    region = tiny.with_tables({})
    assert counted(region) is counted(region)
    assert counted(region, times=2) == counted(region) * 2
    assert len(calls) == 2


def test_another_region_is_asked_anew(tiny: Region) -> None:
    """A region with other tables answers for itself, whatever the one before has said."""
    region = tiny.with_tables({})
    before = counted(region)
    assert counted(region.with_tables({"places": tiny.table("places").clear()})) == []
    assert counted(region) is before


def test_it_goes_with_the_region(tiny: Region) -> None:
    """What was kept is forgotten when nobody holds the region any more."""
    region = tiny.with_tables({})
    counted(region)
    gone = weakref.ref(region)
    del region
    gc.collect()
    assert gone() is None


def test_rows_of_ids(tiny: Region) -> None:
    """Ids of a table that nobody was laid over are looked up for all visitors at once; those of people for each."""
    people = tiny.table("people")
    visitor = tiny.with_tables({"people": people.with_columns(person_id=people["person_id"] + "-x")})
    for row, id_ in enumerate(tiny.table("places")["place_id"]):
        assert row_of(tiny, "places", id_) == row_of(visitor, "places", id_) == row
    assert not visitor.kept
    assert row_of(visitor, "people", people["person_id"][0] + "-x") == 0
    with pytest.raises(KeyError):
        row_of(visitor, "people", people["person_id"][0])
