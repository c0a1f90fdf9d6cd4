# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Modules worth creating: what is promised is what comes of creating them, and the choice is the best of all there are."""

from __future__ import annotations

import numpy as np
import pytest

from drehkreuz.matching.barriers import Barrier
from drehkreuz.matching.headcount import headcount
from drehkreuz.matching.teaching import Design, Module, created, design, placed
from drehkreuz.matching.teaching.design import _candidates, _Clearing, _pairs
from drehkreuz.matching.teaching.modules import PARAMETERS, bundles_of, closes, days, gaps_of, slots_of
from matching.teaching.conftest import PEOPLE, Worked, worked_out


@pytest.fixture(scope="module")
def found(worked: Worked) -> Design:
    """Three modules for a part of the village."""
    return design(*worked, 3)


def test_what_is_promised_comes_of_creating_them(worked: Worked, found: Design) -> None:
    """With the modules as courses, the region worked out again places as many people more as were promised."""
    promised = sum(module.more_placed for module in found.modules)
    after = worked_out(created(worked.market, found.modules))
    assert promised > 0
    assert placed(*after) - placed(*worked) == promised
    assert found.placed_today == placed(*worked)


def test_learners_are_those_to_whom_the_module_opens_a_post(worked: Worked, found: Design) -> None:
    """Created alone, the first module opens posts to at least as many people as it is said to."""
    first = found.modules[0]
    after = worked_out(created(worked.market, [first]))
    opened = (worked.relation["mask"] == int(Barrier.TRAINING)) & (after.relation["mask"] == 0)
    people = headcount(worked.market.region.table("people")).of_row
    assert people @ opened.any(axis=1) >= first.learners > 0


def test_the_first_module_is_the_best_of_all(worked: Worked, found: Design) -> None:
    """Clearing the market with every candidate alone finds none that adds more than the one chosen."""
    market, relation = worked
    slots, counted = slots_of(market.region), headcount(market.region.table("people"))
    gaps = gaps_of(market, relation, slots)
    bundles = bundles_of(market, gaps)
    opened = [np.flatnonzero(closes(market, gaps, bundle)) for bundle in bundles]
    every = _candidates(market, gaps, bundles, slots, opened, counted, PARAMETERS)
    clearing = _Clearing.of(market, relation, counted)
    today = clearing.cleared([]).value
    gains = [
        clearing.cleared([_pairs(market, relation, gaps, opened[each.bundle], [each.slot])]).value - today
        for each in every[::3]
    ]
    assert max(gains) <= found.modules[0].more_placed
    assert len(every) > 100


def test_each_adds_to_those_before_it_within_the_bound(found: Design) -> None:
    """What is promised together is no more than any choice could bring, and no module adds nothing."""
    gains = [module.more_placed for module in found.modules]
    assert all(gain > 0 for gain in gains)
    assert sum(gains) <= found.at_most


def test_a_module_is_not_proposed_where_it_is_offered(worked: Worked, found: Design) -> None:
    """Once created, the same skills are not proposed again at that place in that format."""
    first = found.modules[0]
    again = design(*worked_out(created(worked.market, [first])), 1)
    for module in again.modules:
        same = (module.slot.place_id, module.slot.format) == (first.slot.place_id, first.slot.format)
        assert module.bundle.course is not None or not (same and set(module.bundle.skills) <= set(first.bundle.skills))


def test_a_module_takes_the_weeks_that_its_hours_need(worked: Worked, found: Design) -> None:
    """First day a Monday after the notice, last day a Friday, enough weeks for its units, never more than a year."""
    for module in found.modules:
        start, end = days(worked.market.region, module.bundle, module.slot)
        weeks = ((end - start).days + 3) // 7
        assert (start.weekday(), end.weekday()) == (0, 4)
        assert (start - worked.market.region.manifest.day).days >= 7 * PARAMETERS.notice_weeks
        assert (
            weeks * module.slot.hours_per_week * 60 / 45 >= module.bundle.units - 1 or module.bundle.course is not None
        )
        assert weeks <= PARAMETERS.longest_run_weeks or module.bundle.course is not None
        assert module.break_even >= 1


def test_nothing_is_proposed_where_nothing_is_kept_apart_by_courses(worked: Worked) -> None:
    """Where no pair lacks a course alone, no module is worth creating."""
    shut = worked.relation | {"mask": np.where(worked.relation["mask"] == int(Barrier.TRAINING), np.uint8(6), 0)}
    assert design(worked.market, shut, 2).modules == ()


def test_a_course_held_once_more_opens_what_it_is_said_to(worked: Worked) -> None:
    """For every course that alone closes gaps: held once more, it opens each of these pairs to whom it fits."""
    market, relation = worked
    slots = slots_of(market.region)
    gaps = gaps_of(market, relation, slots)
    courses = [bundle for bundle in bundles_of(market, gaps) if bundle.course is not None]
    assert courses
    for bundle in courses[:: max(1, len(courses) // 4)]:
        opened = np.flatnonzero(closes(market, gaps, bundle))
        s = max((s for s, slot in enumerate(slots) if bundle.held_in(slot)), key=lambda s: gaps.fits[:, s].sum())
        module = Module(bundle, slots[s], PEOPLE, 0, (), 0, 1)
        after = worked_out(created(market, [module]))
        who, where = _pairs(market, relation, gaps, opened, [s])
        assert (after.relation["mask"][who, where] == 0).all()


def test_a_course_keeps_its_format_and_hours(worked: Worked) -> None:
    """A course there is can be held only where teaching takes the same hours a week in the same format."""
    market, relation = worked
    slots = slots_of(market.region)
    courses = market.region.table("courses")
    for bundle in bundles_of(market, gaps_of(market, relation, slots)):
        for slot in slots:
            same = bundle.course is None or (slot.format, slot.hours_per_week) == (
                courses["format"][bundle.course],
                courses["hours_per_week"][bundle.course],
            )
            assert bundle.held_in(slot) == same
