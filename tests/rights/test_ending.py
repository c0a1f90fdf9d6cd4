# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""When a post ends: what is announced, what the contract says, what the person says."""

from __future__ import annotations

from datetime import date

import pytest

from drehkreuz.region import Region
from drehkreuz.rights import Ending, ending
from rights.cases import DAY, ME, site


def of(region: Region, **facts: object) -> Ending:
    return ending(region, ME | facts)


def test_a_closure_takes_posts_from_its_first_step_to_its_last() -> None:
    """Where nothing else is said, the end lies between the first day of the first step and the last day of the last."""
    end = of(site(2028, 2029), available_from=date(2027, 4, 1))
    assert (end.first, end.last, end.day, end.stated) == (date(2028, 1, 1), date(2029, 12, 31), None, False)


@pytest.mark.parametrize(
    ("free", "stated"),
    [(date(2028, 1, 1), False), (date(2028, 1, 2), True), (date(2030, 1, 1), True), (date(2030, 1, 2), False)],
)
def test_the_person_names_the_day_within_the_steps(free: date, stated: bool) -> None:
    """The day before the first possible day elsewhere is taken as the last, on the edges of the steps as well, not outside."""
    end = of(site(2028, 2029), available_from=free)
    assert end.stated is stated
    assert (end.day is not None) is stated


def test_a_fixed_term_ends_the_post_before_the_site_does() -> None:
    """A contract that runs out before the last step ends the post by itself; one that outlasts the site does not."""
    end = of(site(2028), contract_end=date(2027, 6, 30))
    assert (end.day, end.fixed_term, end.stated) == (date(2027, 6, 30), True, False)
    assert of(site(2028), contract_end=date(2028, 12, 31)).fixed_term
    later = of(site(2028), contract_end=date(2029, 1, 1))
    assert (later.day, later.fixed_term, later.contract_end) == (date(2028, 12, 31), False, None)


def test_an_apprenticeship_ends_by_itself() -> None:
    """An apprentice's post ends without a dismissal, whatever else is known."""
    assert of(site(2028), employment_status="apprentice").fixed_term


def test_steps_that_are_past_are_over() -> None:
    """Only steps from the region's year on count, and none before its day."""
    assert of(site(2024, 2026, 2028), available_from=DAY).first == DAY
    assert of(site(2024), available_from=DAY).first is None


@pytest.mark.parametrize("closure", [None, "x-other"])
def test_without_a_closure_the_end_is_unknown(closure: str | None) -> None:
    """Where the region knows no closure of the post, the end is unknown, not never."""
    end = of(site(2028), closure_id=closure)
    assert (end.first, end.last, end.site_last, end.label) == (None, None, None, "")
