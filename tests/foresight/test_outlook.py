# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The outlook balances, can be reckoned by hand, and follows what is announced."""

from __future__ import annotations

import random
from datetime import date
from itertools import pairwise
from typing import Any, Final

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drehkreuz.errors import InputError
from drehkreuz.foresight import QUANTITIES, UNPLACED, WHOLE, Assumptions, Outlook, outlook, read_assumptions
from drehkreuz.region import Region

BALANCES: Final = {
    "working_age": (("came_of_age", "moved"), ("died", "pension_age")),
    "labour_force": (("entrants", "labour_moved"), ("labour_died", "retirements")),
    "posts": (("posts_created", "posts_other"), ("posts_lost",)),
}
"""Stocks, what comes in and what goes out."""


def value(found: Outlook, municipality: str, year: int, quantity: str, column: str = "value") -> float:
    row = found.of(municipality).filter(pl.col("year") == year, pl.col("quantity") == quantity)
    number: float = row[column].item()
    return number


def wide(found: Outlook, column: str) -> dict[tuple[str, int], dict[str, float]]:
    """Return a column as quantities by municipality and year."""
    rows: dict[tuple[str, int], dict[str, float]] = {}
    for row in found.table.iter_rows(named=True):
        rows.setdefault((row["municipality"], row["year"]), {})[row["quantity"]] = row[column]
    return rows


def assert_balanced(found: Outlook) -> None:
    """Every stock is the one of the year before, more what came, less what went, and sums are sums: to the last bit."""
    for column in ("value", "low", "high"):
        rows = wide(found, column)
        assert_stocks_follow(rows, found.years[0])
        for year in found.years:
            for quantity in QUANTITIES:
                parts = [rows[key, year][quantity] for key in (*found.names, UNPLACED)]
                assert rows[WHOLE, year][quantity] == (None if None in parts else sum(parts))
    assert_levels_follow(found)


def assert_stocks_follow(rows: dict[tuple[str, int], dict[str, float]], first: int) -> None:
    for (key, year), now in rows.items():
        before = rows.get((key, year - 1))
        assert (before is None) == (year == first)
        for stock, (come, go) in BALANCES.items() if before else ():
            if now[stock] is not None:
                assert now[stock] == before[stock] + sum(now[c] for c in come) - sum(now[g] for g in go)


def assert_levels_follow(found: Outlook) -> None:
    levels = found.levels.sort("level", "year")
    for _, of_level in levels.group_by("level", maintain_order=True):
        rows = of_level.to_dicts()
        for before, now in pairwise(rows):
            came = now["entrants"] + now["moved"] + now["learned_in"] - now["left"] - now["learned_out"]
            assert now["labour_force"] == before["labour_force"] + came
    for year in found.years:
        force = levels.filter(pl.col("year") == year)["labour_force"].sum()
        assert force == value(found, WHOLE, year, "labour_force")


def test_two_towns_by_hand(towns: Any, step: Any, plain: Assumptions) -> None:
    """
    With one in a hundred residents of each age, every year as many come as go, so the gap is what projects do to posts.

    Inden loses 100 posts in 2028 and half as many again; Jülich gains 40 in 2029 and half as many again. 15,300 of 30,000
    residents are from 16 to 66, and nine in ten of them at work for 2,000 euros.
    """
    people = [
        {"person_id": f"P{n}", "zone_id": zone, "employment_status": "employed", "closure_id": "x-mine"}
        | {
            "net_today_eur_month": 3000.0,
            "net_need_eur_month": 1.0,
            "max_minutes": 30,
            "available_from": date(2027, 1, 1),
        }
        | {"employer_group": "lignite_operator", "employed_on_2019_09_30": True, "birth_year_to": born}
        for n, (zone, born) in enumerate([("Z01", 1970), ("Z01", 1971), ("Z02", 1990), ("Z03", 1960)])
    ]
    region = towns(projects=[step("x-mine", 2028, -100), step("x-new", 2029, 40)], people=people)
    found = outlook(region, 2030, assumptions=plain, draws=2)
    assert_balanced(found)
    assert [value(found, key, 2030, "working_age") for key in ("01", "02", WHOLE)] == [5100, 10_200, 15_300]
    assert value(found, WHOLE, 2030, "entrants") == value(found, WHOLE, 2030, "retirements") == 300
    posts = [[value(found, key, year, "posts") for year in (2027, 2028, 2029)] for key in ("01", "02", WHOLE)]
    assert posts == [[3000, 2850, 2850], [9000, 9000, 9060], [12_000, 11_850, 11_910]]
    assert [value(found, WHOLE, year, "gap") for year in found.years] == [0, 0, -150, -90, -90]
    # of 150 people half live in Inden, a quarter in Jülich, a quarter beyond; in 2028 those born in 1970 or before are 58
    assert [value(found, key, 2028, "living_lost") for key in ("01", "02", WHOLE)] == [75, 37.5, 112.5]
    assert value(found, WHOLE, 2028, "bridge") == 112.5 / 2  # of the four, those born in 1970 and in 1960
    # not at work: 56.25 on the bridge and half of the other 56.25
    assert value(found, WHOLE, 2028, "at_work") == 15_300 * 0.9 - 56.25 - 28.125
    pay = 15_300 * 0.9 * 2000 - 112.5 * 3000 + 28.125 * 3000
    assert value(found, WHOLE, 2028, "pay") == pytest.approx(pay * 12 / 1e6, abs=2 / 1024)
    assert value(found, WHOLE, 2028, "purchasing_power") == pytest.approx(pay * 6 / 1e6, abs=2 / 1024)
    # one in fifty-one retires in a year, so as many posts of the year before come free
    assert value(found, "02", 2030, "replacement") == pytest.approx(9060 / 51, abs=1 / 1024)
    # an eighth of the helpers of 2026, a quarter of 15,300, learn
    assert value(found, WHOLE, 2027, "learned") == pytest.approx(15_300 / 4 / 8, abs=2 / 1024)
    assert value(found, WHOLE, 2028, "posts", "low") == 12_000 * 0.9**2 - 200
    assert value(found, WHOLE, 2028, "posts", "high") == pytest.approx(12_000 * 1.1**2 - 100, abs=4 / 1024)


@given(
    residents=st.lists(st.integers(1, 300_000), min_size=1, max_size=3),
    jobs=st.lists(st.none() | st.integers(0, 200_000), min_size=3, max_size=3),
    steps=st.lists(
        st.tuples(
            st.sampled_from("abc"),
            st.integers(2025, 2034),
            st.integers(-3000, 3000),
            st.none() | st.floats(0, 1),
            st.none() | st.floats(0, 1),
            st.sampled_from([None, "mine", "park", "far"]),
        ),
        max_size=6,
        unique_by=lambda step: step[:2],
    ),
)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_everything_balances(towns: Any, step: Any, residents: Any, jobs: Any, steps: Any) -> None:
    """Whatever the towns and projects, stocks follow from flows and sums from parts, to the last bit."""
    municipalities = [
        {"municipality": f"0{n + 1}", "name": f"Stadt {n}", "population": people, "jobs": posts}
        for n, (people, posts) in enumerate(zip(residents, jobs, strict=False))
    ]
    projects = [
        step(project, year, posts, probability_failure=fails, probability_delay=late, place_id=place)
        for project, year, posts, fails, late, place in steps
    ]
    region = towns(municipalities=municipalities, projects=projects)
    assert_balanced(outlook(region, 2033, draws=16))


def test_the_village_has_an_outlook(village: Region) -> None:
    """A region without municipalities is one town; its posts are unknown, what closures and sites change is not."""
    found = outlook(village)
    assert_balanced(found)
    assert found.names == {"": village.manifest.title}
    assert found.of("").filter(quantity="posts")["value"].null_count() == len(found.years)
    assert value(found, WHOLE, 2029, "posts_lost") > 0
    assert found.projects["project_id"].to_list() == ["x-battery", "x-mine", "x-power", "x-solar"]


def test_nothing_announced_changes_no_posts(towns: Any) -> None:
    """Without projects the middle variant keeps every post, and draws do not differ."""
    found = outlook(towns())
    assert found.of().filter(quantity="posts")["value"].unique().to_list() == [12_000]
    for row in found.table.filter(pl.col("value").is_not_null()).iter_rows(named=True):
        assert row["p10"] == row["value"] == row["p90"]


def test_the_order_of_rows_does_not_matter(towns: Any, step: Any) -> None:
    """Rows of tables in another order give the same outlook, byte for byte."""
    projects = [
        step(name, year, posts, probability_delay=0.4, probability_failure=0.3)
        for name, posts in (("x-a", -300), ("x-b", 200), ("x-c", 70))
        for year in (2027, 2029)
    ]
    region = towns(projects=projects)
    shuffled = random.Random(3).sample(projects, len(projects))
    other = towns(projects=shuffled, zones=region.table("zones").reverse().to_dicts())
    assert outlook(region).table.equals(outlook(other).table)


def test_luck_belongs_to_the_project(towns: Any, step: Any) -> None:
    """A further project changes the outlook in each draw by itself alone: common random numbers."""
    risky = {"probability_delay": 0.5, "probability_failure": 0.5}
    one, two = step("x-a", 2028, 400, **risky), step("x-b", 2029, 300, **risky)
    of = [outlook(towns(projects=steps)).of() for steps in ([one], [two], [one, two])]
    gaps = [found.filter(quantity="gap")["value"] for found in of]
    none = outlook(towns()).of().filter(quantity="gap")["value"]
    assert (gaps[2] - gaps[1] - gaps[0] + none).to_list() == [0.0] * 10


def test_chances_are_kept(towns: Any, step: Any) -> None:
    """Of 512 draws about as many projects fail, and come late, as their chances say; a late one comes in full."""
    projects = [step("x-a", 2028, 1000, probability_delay=0.5, probability_failure=0.25)]
    found = outlook(towns(projects=projects), assumptions=read_assumptions())
    created = found.of().filter(quantity="posts_created").sort("year")["value"] / 1500
    assert created.sum() == pytest.approx(0.75, abs=0.06)
    in_time, a_year_late = created[2], created[3]
    assert in_time == pytest.approx(0.75 / 2, abs=0.06)
    assert a_year_late == pytest.approx(0.75 / 4, abs=0.06)
    assert value(found, WHOLE, 2028, "posts_created", "p10") == 0
    assert value(found, WHOLE, 2028, "posts_created", "p90") == 1500


def test_a_failed_closure_ends_nothing(towns: Any, step: Any) -> None:
    """A closure that fails for sure is as if it were not there."""
    never = outlook(towns(projects=[step("x-mine", 2028, -100, probability_failure=1.0)]))
    assert never.table.equals(outlook(towns()).table)


def test_steps_of_this_year_are_done(towns: Any, step: Any) -> None:
    """Steps up to the year of the region's day, and beyond the last year, change nothing."""
    region = towns(projects=[step("x-old", 2026, -50), step("x-far", 2040, -50)])
    assert outlook(region).table.equals(outlook(towns()).table)


def test_beyond_the_region(towns: Any, step: Any) -> None:
    """A closure outside the municipalities that count ends no posts here, but those of residents who work there."""
    commuting = [
        {"home_country": "DE", "home": home, "work_country": "DE", "work": work, "commuters": n}
        for home, work, n in (("01", "02", 100), ("02", "02", 300), ("03", "02", 100))
    ]
    person = {"person_id": "P", "zone_id": "Z01", "employment_status": "employed", "closure_id": "x-far"}
    person |= {"net_need_eur_month": 1.0, "max_minutes": 30, "available_from": date(2027, 1, 1)}
    projects = [step("x-far", 2028, -100, place_id="far"), step("x-here", 2028, -100, place_id="park")]
    found = outlook(towns(projects=projects, people=[person], commuting=commuting), 2030, draws=2)
    assert value(found, WHOLE, 2028, "posts_lost") == pytest.approx(148, abs=1 / 512)
    assert value(found, "01", 2028, "living_lost") == pytest.approx(148 + 148 / 5, abs=1 / 512)
    assert value(found, "02", 2028, "living_lost") == pytest.approx(148 * 3 / 5, abs=1 / 512)
    assert found.projects["counted"].to_list() == [False, True]


def test_posts_without_a_place(towns: Any, step: Any) -> None:
    """Posts of a project that names no place count in the region and in no town."""
    found = outlook(towns(projects=[step("x-mine", 2028, -100, place_id=None)]), draws=2)
    assert value(found, UNPLACED, 2035, "posts") == pytest.approx(-148, abs=1 / 512)
    assert value(found, "01", 2035, "posts_lost") == value(found, "02", 2035, "posts_lost") == 0
    assert value(found, WHOLE, 2035, "posts") == 12_000 + value(found, UNPLACED, 2035, "posts")


def test_sectors_of_projects(towns: Any, step: Any, plain: Assumptions) -> None:
    """By sector stand the posts of the projects themselves; with what goes along they are those of the table."""
    projects = [
        step("x-a", 2028, -100, sector="B"),
        step("x-b", 2028, -50, sector="B"),
        step("x-c", 2029, 40, sector="C", place_id=None),
    ]
    found = outlook(towns(projects=projects), assumptions=plain, draws=2)
    assert found.sectors.rows() == [("01", "B", 2028, 150.0, 0.0), (UNPLACED, "C", 2029, 0.0, 40.0)]
    assert value(found, "01", 2028, "posts_lost") == 150 * 1.5


def test_variants_are_in_order(towns: Any, step: Any) -> None:
    """The low variant leaves fewer people, posts and pay than the middle one, and that fewer than the high one."""
    region = towns(projects=[step("x-mine", 2028, -500), step("x-new", 2028, 300, probability_failure=None)])
    last = outlook(region).of().filter(pl.col("year") == 2035)
    for quantity in ("working_age", "labour_force", "posts", "at_work", "pay", "purchasing_power"):
        row = last.filter(quantity=quantity)
        assert row["low"].item() < row["value"].item() < row["high"].item(), quantity


def test_the_gap_is_as_wide_as_posts_and_people_allow(towns: Any, step: Any) -> None:
    """The gap's low has the fewest posts with the most people, its high the other way round: they do not cancel out."""
    found = outlook(towns(projects=[step("x-mine", 2028, -500)]))

    def change(quantity: str, column: str) -> float:
        return value(found, WHOLE, 2035, quantity, column) - value(found, WHOLE, 2026, quantity, column)

    for column, other in (("low", "high"), ("value", "value"), ("high", "low")):
        gap = value(found, WHOLE, 2035, "gap", column)
        assert gap == pytest.approx(change("posts", column) - change("labour_force", other))


@pytest.mark.parametrize("to", [2026, 2020, 2043])
def test_years_that_cannot_be_told(towns: Any, to: int) -> None:
    """The last year must lie ahead, and not so far that people would be asked who are not yet born."""
    with pytest.raises(InputError, match=f"--to: year '{to}': is not from 2027 to 2042"):
        outlook(towns(), to)


def test_a_town_without_residents(towns: Any) -> None:
    """A municipality of which no residents are known is named, not left out."""
    lonely = [{"municipality": "07", "name": "Leer", "population": None}]
    with pytest.raises(InputError, match="municipalities:07: population '': Leer has no residents"):
        outlook(towns(municipalities=lonely))
