# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Measures together: once each, in any order, from their first day on, and undone without a trace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.errors import InputError
from drehkreuz.measures import Band, Draw, Measure, Step, clashes, every_kind, kind_named, with_measures
from drehkreuz.region import TABLES, Region
from drehkreuz.region.digest import table_digest
from hamlet import DAY, measure, tables

MakeRegion = Callable[..., Region]

# Measures that can all hold at once.
TOGETHER: Final[dict[str, dict[str, Any]]] = {
    "bus_line": {"stops": ["village", "gate"], "headway": 120},
    "more_departures": {"route": "line", "first": "05:00", "last": "06:00"},
    "new_stop": {"route": "line", "name": "Beispielhof", "lat": 50.8, "lon": 6.1},
    "fare": {"ticket": "transit_month", "eur": 19},
    "transit_pass": {"status": ["unemployed"]},
    "driving_licence": {},
    "course_new": {"skills": ["plc"], "place": "school"},
    "course_entry": {"courses": ["high"], "eqf": 1},
    "care_hours": {"closes": "17:00"},
    "pay_raise": {},
    "shift_start": {"places": ["works"], "minutes": 30},
    "asked_language": {"level": "A2"},
    "closure": {"occupations": ["nurse"]},
    "new_site": {"occupation": "helper", "openings": 2, "place": "works", "rota": "day", "pay_min": 3000, "pay_max": 3200},
    "newcomers": {"number": 2, "occupation": "nurse", "zones": ["home"]},
    "placebo": {},
}  # fmt: skip


@pytest.fixture(scope="module")
def hamlet(make_region: MakeRegion) -> Region:
    return make_region(**tables())


@pytest.fixture(scope="module")
def measures(hamlet: Region) -> list[Measure]:
    return [measure(hamlet, kind, values) for kind, values in TOGETHER.items()]


@pytest.fixture(scope="module")
def crowd(make_region: MakeRegion) -> Region:
    """A thousand people who look for work."""
    person = tables()["people"][0]
    people = [person | {"person_id": f"P{number:04}"} for number in range(1000)]
    return make_region(zones=tables()["zones"], people=people)


def digests(region: Region) -> dict[str, str]:
    """Return the digest of every table, computed anew."""
    return {name: table_digest(frame) for name, frame in region.tables.items()}


@pytest.fixture(scope="module")
def known(hamlet: Region) -> dict[str, str]:
    """The hamlet's digests before anything was tried."""
    return digests(hamlet)


def differing(one: Region, other: Region) -> set[str]:
    """Return the tables that are not the same in two regions."""
    return {name for name in TABLES if not one.table(name).equals(other.table(name))}


@settings(max_examples=6)
@given(st.data())
def test_some_measures_undone_leave_no_trace(
    hamlet: Region, known: dict[str, str], measures: list[Measure], data: st.DataObject
) -> None:
    """The region before has the digests it had; tables no measure touched are as before in the region after, too."""
    some = data.draw(st.lists(st.sampled_from(measures), unique_by=lambda each: each.id, max_size=6))
    changed = with_measures(hamlet, some)
    assert digests(hamlet) == known
    assert differing(hamlet, changed.region) == set(changed.touched)
    assert set(changed.touched) <= {name for each in some for name in each.kind.changes}


@settings(max_examples=4)
@given(st.data())
def test_the_order_they_are_written_in_makes_no_difference(
    hamlet: Region, measures: list[Measure], data: st.DataObject
) -> None:
    """Any order gives the same bytes."""
    turned = data.draw(st.permutations(measures))
    one, other = with_measures(hamlet, measures), with_measures(hamlet, turned)
    assert not differing(one.region, other.region)
    assert one.outcomes == other.outcomes


@pytest.mark.parametrize("kind", ["bus_line", "course_new", "pay_raise", "shift_start", "new_site", "newcomers"])
def test_the_same_measure_twice_has_its_effect_once(hamlet: Region, kind: str) -> None:
    """Under another name it does nothing more, costs nothing more, and is told of."""
    one = measure(hamlet, kind, TOGETHER[kind], name="a")
    twice = with_measures(hamlet, [replace(one, id="b"), one])
    assert not differing(twice.region, with_measures(hamlet, [one]).region)
    assert [str(finding) for finding in twice.findings] == [
        "measures:b: does the same as 'a': it has its effect once. Leave one of the two out."
    ]
    assert twice.outcomes["b"].units == 0
    assert twice.outcomes["b"].invest == Band(0, 0, 0)


def test_a_measure_listed_twice_is_one(hamlet: Region) -> None:
    """The very same measure twice in a list is a measure, too."""
    one = measure(hamlet, "pay_raise", {})
    once, twice = with_measures(hamlet, [one]), with_measures(hamlet, [one, one])
    assert not differing(once.region, twice.region)
    assert once.outcomes == twice.outcomes


def test_nothing_is_the_region_itself(hamlet: Region) -> None:
    """Without measures, with a placebo, or before the first day nothing is made anew."""
    later = measure(hamlet, "pay_raise", {}, start=DAY + timedelta(days=1))
    for none in ([], [measure(hamlet, "placebo", {})], [later]):
        changed = with_measures(hamlet, none)
        assert changed.region is hamlet
        assert changed.touched == ()
        assert changed.findings == ()
    assert with_measures(hamlet, [later], later.start).touched == ("vacancies",)
    assert with_measures(hamlet, [later]).outcomes[later.id].per_year == Band(0, 0, 0)


def test_a_rise_in_pay_holds_at_a_new_site(hamlet: Region) -> None:
    """What comes is there before anything is changed."""
    site, raised = (measure(hamlet, kind, TOGETHER[kind]) for kind in ("new_site", "pay_raise"))
    posts = with_measures(hamlet, [raised, site]).region.table("vacancies")
    assert posts.filter(vacancy_id="new-site:post")["pay_min"].item() == pytest.approx(3150)
    assert Step.GOES < Step.COMES < Step.CHANGES


def test_two_that_set_the_same_thing_cannot_both_hold(hamlet: Region) -> None:
    """The error names both, what they set, and what to do."""
    one, other = (measure(hamlet, "fare", {"ticket": "transit_month", "eur": eur}, name=f"at-{eur}") for eur in (9, 29))
    with pytest.raises(InputError, match=r"at-29: kind 'fare': sets tariffs.value, and so does 'at-9'. Keep one of"):
        with_measures(hamlet, [one, other])
    single = measure(hamlet, "fare", {"ticket": "transit_single", "eur": 1}, name="single")
    assert not list(clashes([one, single]))
    everywhere = measure(hamlet, "part_time_posts", {})
    here = measure(hamlet, "shift_start", {"places": ["works"], "minutes": 30})
    assert [quantity for *_, quantity in clashes([everywhere, here])] == ["vacancies.shift_system_id"]


def test_an_id_that_the_region_has_already_is_refused(hamlet: Region) -> None:
    """A new course cannot have the id of a course that is there."""
    taken = measure(hamlet, "course_new", TOGETHER["course_new"], name="full")
    with pytest.raises(
        InputError, match=r"courses: course_id 'full': is in the table already. Give the measure another id"
    ):
        with_measures(hamlet, [taken])


def test_one_id_for_two_measures_is_refused(hamlet: Region) -> None:
    """Rows that they add would have the same ids."""
    one, other = (measure(hamlet, kind, {}, name="m") for kind in ("pay_raise", "transit_pass"))
    with pytest.raises(InputError, match="names two measures"):
        with_measures(hamlet, [one, other])


@pytest.mark.parametrize(
    ("kind", "values", "message"),
    [
        ("more_departures", {"route": "line", "first": "05:00", "last": "06:00"}, "this line has no run to go by"),
        ("shuttle", {"place": "school", "stops": ["village"]}, "no post has a shift there"),
        ("cycle_path", {"zone": "farm", "place": "works"}, "the region has no streets for bicycles"),
        ("pay_raise", {"places": ["school"]}, "there is no post of these occupations at these places"),
        ("transit_pass", {"status": ["student"]}, "nobody of the region is meant"),
        ("course_format", {"course": "full", "format": "evening", "hours_per_week": 9}, "a evening course needs a place"),
        ("care_hours", {}, "neither opens nor closes is named"),
        ("new_site", {"occupation": "nurse", "openings": 1, "rota": "day", "pay_min": 1, "pay_max": 1}, "neither a place"),
        ("closure", {}, "every post of the region would go"),
        ("course_funding", {"courses": ["dear"]}, "are all approved without an end"),
        ("asked_language", {"level": "C1"}, "none of these posts asks more of 'de'"),
    ],
)  # fmt: skip
def test_a_precondition_that_does_not_hold_is_said(
    make_region: MakeRegion, kind: str, values: dict[str, Any], message: str
) -> None:
    """What is not there is named, with what to do."""
    rows = tables()
    rows["courses"][2] |= {"azav": True}
    if kind == "more_departures":
        rows["stop_times"] = []
    region = make_region(**rows)
    if kind == "new_site":
        values = values | {"pay_min": 1000, "pay_max": 1000}
    with pytest.raises(InputError, match=message):
        with_measures(region, [measure(region, kind, values)])


def test_an_idle_measure_is_told_of(hamlet: Region) -> None:
    """Longer care that all children have already changes nothing, and the finding says so."""
    idle = measure(hamlet, "care_hours", {"closes": "14:00"})
    changed = with_measures(hamlet, [idle])
    assert changed.region is hamlet
    assert "changes nothing in this region" in str(changed.findings[0])


def test_more_take_part_with_a_greater_share(crowd: Region) -> None:
    """Who took part with a smaller share still does with a greater one; about as many as the share says."""
    kind = kind_named("transit_pass")
    takers: list[set[str]] = []
    for share in (0.0, 0.1, 0.5, 0.9, 1.0):
        one = replace(measure(crowd, "transit_pass", {}), uptake=Band(share, share, share))
        people = with_measures(crowd, [one]).region.table("people")
        takers.append(set(people.filter("transit_pass")["person_id"]))
        assert len(takers[-1]) == pytest.approx(1000 * share, abs=50)
    assert all(fewer <= more for fewer, more in pairwise(takers))
    assert kind.uptake is not None


def test_who_takes_part_depends_on_nothing_else(crowd: Region) -> None:
    """Other measures, the name of the measure, other people: the same person draws the same number."""
    ids = crowd.table("people")["person_id"].to_list()
    draw = Draw(7)
    numbers = draw.numbers("transit_pass", ids)
    assert (draw.numbers("transit_pass", ids[::-1])[::-1] == numbers).all()
    assert (draw.numbers("transit_pass", ids[500:]) == numbers[500:]).all()
    assert (Draw(8).numbers("transit_pass", ids) != numbers).all()
    assert (draw.numbers("cycle_leasing", ids) != numbers).all()
    assert 0 <= numbers.min() < numbers.max() < 1
    one = measure(crowd, "transit_pass", {})
    one = replace(one, uptake=Band(0.3, 0.3, 0.3))
    leasing = measure(crowd, "cycle_leasing", {})
    alone, both = (
        with_measures(crowd, [one], draw=draw),
        with_measures(crowd, [leasing, replace(one, id="x")], draw=draw),
    )
    assert alone.region.table("people")["transit_pass"].equals(both.region.table("people")["transit_pass"])
    half = crowd.with_tables({"people": crowd.table("people")[::2]})
    of_half = with_measures(half, [one], draw=draw).region.table("people")["transit_pass"]
    assert of_half.equals(alone.region.table("people")["transit_pass"][::2])


def test_levels_of_uptake_lie_in_order(crowd: Region) -> None:
    """Low, mid and high are the ends and the middle of the range; costs follow those who take part."""
    one = replace(measure(crowd, "transit_pass", {}), uptake=Band(0.1, 0.2, 0.6))
    units = [
        with_measures(crowd, [one], draw=Draw.of(0, level)).outcomes["transit-pass"].units
        for level in ("low", "mid", "high")
    ]
    assert units == pytest.approx([100, 200, 600], abs=40)
    assert one.share(DAY, Draw(0, 0.75)) == pytest.approx(0.4)


def test_a_ramp_is_half_way_after_half_its_time(crowd: Region) -> None:
    """Half of those who will take part in the end do by then, and on the day before the first nobody."""
    grown = replace(measure(crowd, "transit_pass", {}), ramp_months=12)
    half = date(2027, 5, 3)
    assert [grown.ramped(day) for day in (DAY - timedelta(days=1), DAY)] == [0.0, 0.0]
    assert grown.ramped(half) == pytest.approx(0.5, abs=0.01)
    assert grown.ramped(date(2028, 1, 1)) == 1.0
    assert with_measures(crowd, [grown], half).outcomes["transit-pass"].units == pytest.approx(500, abs=50)


def test_costs_of_a_scenario_go_before_those_of_the_kind(hamlet: Region) -> None:
    """What somebody knows replaces what is assumed; what nobody knows stays unknown, never zero."""
    own = replace(measure(hamlet, "pay_raise", {}, name="own"), invest=Band(1, 2, 3), per_year=Band(4, 5, 6))
    outcome = with_measures(hamlet, [own]).outcomes["own"]
    assert (outcome.invest, outcome.per_year) == (Band(1, 2, 3), Band(4, 5, 6))
    unknown = with_measures(hamlet, [measure(hamlet, "fare", TOGETHER["fare"])]).outcomes["fare"]
    assert (unknown.invest, unknown.per_year) == (None, None)


def test_a_table_that_was_empty_says_where_its_rows_are_from(hamlet: Region) -> None:
    """Rows that a measure brings are assumed, and the manifest says so."""
    bare = hamlet.with_tables({"transfers": pl.DataFrame(schema=TABLES["transfers"].polars)})
    changed = with_measures(bare, [measure(bare, "connection", {"stops": ["gate"]})])
    assert changed.region.manifest.provenance["transfers"].kind == "assumed"
    assert "transfers" not in hamlet.manifest.provenance


def test_an_unknown_kind_is_refused_with_a_guess() -> None:
    """The nearest name is offered."""
    with pytest.raises(Exception, match="Did you mean 'bus_line'"):
        kind_named("bus_lines")
    assert list(every_kind())[-1] == "placebo"
