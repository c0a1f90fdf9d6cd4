# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What leaves a firm: groups of five and more that hold everybody once."""

from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.commuting import Rota, Workforce
from drehkreuz.commuting.sharing import SCHEMA, Key, merged, shared
from drehkreuz.region import Region

LEAST = 5
STEPS = (lambda one: Key("zone", str(one[0]), one[1], one[2]), lambda one: Key("any", "any", one[1], "any"), lambda _: Key("any", "any", "any", "any"))  # fmt: skip


@settings(max_examples=100)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from("ab"), st.sampled_from("xy"), st.integers(1, 7)), max_size=9)
)
def test_merged_groups_hold_everybody_once_and_none_is_small(rows: list[tuple[int, str, str, int]]) -> None:
    """Nobody is lost or counted twice, and no group is smaller than the least; fewer in all give no group."""
    groups = {(zone, times, mode): (count, float(count)) for zone, times, mode, count in rows}
    total = sum(count for count, _ in groups.values())
    found = merged(groups, STEPS, LEAST)
    assert all(count >= LEAST for count, _ in found.values())
    assert sum(count for count, _ in found.values()) == (total if total >= LEAST else 0)


def test_a_large_group_stays_what_it_is(village: Region, staff: Workforce) -> None:
    """A cell with six of one shift and mode is handed on as it is; three alone go where a larger group takes them in."""
    early = Rota("early", staff.rotas[0].shifts)
    table = shared(village, Workforce.of([early], [(0, 0, 3, 6, 5.0), (1, 0, 3, 3, 5.0)]), LEAST)
    assert table.rows() == [("any", "any", "any", "any", 9, 5.0)]
    both = shared(village, Workforce.of([early], [(0, 0, 3, 6, 5.0), (1, 0, 3, 5, 4.0)]), LEAST)
    assert both.rows() == [("zone", "Z01", "06:00-14:00", "car", 6, 5.0), ("zone", "Z02", "06:00-14:00", "car", 5, 4.0)]


def test_the_table_of_a_firm(village: Region, staff: Workforce) -> None:
    """The whole staff stands in the table, in the schema that a park reads."""
    table = shared(village, staff, LEAST)
    assert table.schema == SCHEMA
    assert table["people"].sum() == staff.total
    assert table["people"].min() >= LEAST
    assert table.equals(table.sort("level", "area", "times", "mode"))
    assert shared(village, staff.take(np.arange(len(staff)) < 2), LEAST).is_empty()
    assert isinstance(table, pl.DataFrame)
