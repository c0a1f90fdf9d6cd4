# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0

from __future__ import annotations

from functools import reduce
from operator import or_

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from drehkreuz.matching.barriers import ALL_BARRIERS, REASONS_OF, Barrier, Reason, barrier_of, barriers_of, names

NOTES = {Reason.AVAILABILITY, Reason.SEARCH_STOPPED, Reason.OVER}


def test_every_reason_but_the_notes_lies_below_exactly_one_barrier() -> None:
    """The reasons below the seven barriers do not overlap, and only what is shown beside a pair is left over."""
    below = list(REASONS_OF.values())
    assert set(REASONS_OF) == set(Barrier)
    assert sum(len(reasons) for reasons in below) == len(reduce(or_, below)) == len(Reason) - len(NOTES)
    assert not any(note in reduce(or_, below) for note in NOTES)


def test_a_reason_is_named_after_its_barrier() -> None:
    """The name of a reason begins with the name of the barrier it lies below."""
    assert all(str(reason.name).startswith(str(b.name)) for b, reasons in REASONS_OF.items() for reason in reasons)


@given(st.lists(st.integers(0, 2**26 - 1), min_size=1, max_size=9))
def test_a_barrier_stands_exactly_where_one_of_its_reasons_does(reasons: list[int]) -> None:
    """The mask has a bit if and only if a reason below it is set."""
    mask = barriers_of(np.array(reasons, dtype=np.uint32))
    for bits, found in zip(reasons, mask, strict=True):
        assert int(found) == sum(barrier for barrier, below in REASONS_OF.items() if bits & below)


def test_dates_that_do_not_meet_are_no_barrier() -> None:
    """The condition alone leaves a pair admissible."""
    assert barrier_of(Reason.AVAILABILITY) == Barrier(0)
    assert barrier_of(Reason.AVAILABILITY | Reason.REACH_BACK) is Barrier.REACH


def test_names_come_in_the_order_of_the_bits() -> None:
    """JSON lists barriers and reasons in one fixed order."""
    assert names(ALL_BARRIERS) == ["skill", "training", "reach", "hours", "language", "formal", "pay"]
    assert names(Reason.HOURS_WEEKEND | Reason.TRAINING_NO_COURSE) == ["training_no_course", "hours_weekend"]
    assert names(Barrier(0)) == []
