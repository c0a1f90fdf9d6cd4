# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""People of the model region: nobody is impossible, everybody of a group is what the group says."""

from __future__ import annotations

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import plausible_people
from aachen_region import Made, made
from drehkreuz.model.aachen.population import groups, rows_of
from drehkreuz.model.aachen.work_today import DAY, closing_steps
from plausible_people import AT_WORK

AGE_OF_THE_YOUNGEST = DAY.year - pl.col("birth_year_to")
"""Age reached this year by the younger year of a birth-year band."""


@pytest.fixture(scope="module")
def region() -> Made:
    """A fifth of the region."""
    return made()


@pytest.fixture(scope="module")
def people(region: Made) -> pl.DataFrame:
    """Everybody, with the name of the group."""
    return region.tables["people"].with_columns(group=pl.Series(region.people.group))


@pytest.fixture(scope="module")
def awards(region: Made, people: pl.DataFrame) -> pl.DataFrame:
    """Awards and certificates held in full, with kind and holder."""
    kinds = region.tables["qualifications"].select("qualification_id", "kind", "occupation_id")
    held = region.tables["person_qualifications"].filter(pl.col("modules_done").is_null())
    return held.join(kinds, on="qualification_id").join(people, on="person_id")


def test_every_group_has_its_rows(people: pl.DataFrame) -> None:
    """Groups have the rows, weights and statuses that their table says, and so sum to the whole."""
    for group in groups().iter_rows(named=True):
        mine = people.filter(group=group["group"])
        assert len(mine) == rows_of(group, 0.2)
        assert set(mine["weight"]) == {float(group["weight"])}
        assert set(mine["employment_status"]) == {group["status"]}
        assert set(mine["employer_group"]) == {group["employer_group"]}


def test_no_licence_before_its_age(region: Made) -> None:
    """Nobody holds a driving licence before the birthday it asks, and every car has a driver with class B."""
    plausible_people.no_licence_before_its_age(region.tables, DAY)


@pytest.mark.parametrize("kind", plausible_people.FIRST_AGE)
def test_no_award_before_it_can_be_had(region: Made, kind: str) -> None:
    """No award of a kind is from before the holder's age for it, even if born in the later year of the band."""
    plausible_people.no_award_before_it_can_be_had(region.tables, DAY, kind)


def test_certificates_in_use_are_valid(region: Made) -> None:
    """No certificate runs out before it is had, and nobody at work has let one of theirs run out."""
    plausible_people.certificates_in_use_are_valid(region.tables, DAY)
    assert not plausible_people.awards(region.tables).filter(~AT_WORK, pl.col("expires") < DAY).is_empty()


def test_work_fits_into_a_life(region: Made) -> None:
    """Nobody has worked more years than age less 15, nor longer for today's employer than in today's occupation."""
    plausible_people.work_fits_into_a_life(region.tables, DAY)


def test_who_works_has_an_occupation_and_who_does_not_has_no_tenure(region: Made) -> None:
    """Everybody at work has one current occupation, years with the employer and pay; nobody else has any of it."""
    plausible_people.who_works_has_an_occupation(region.tables)


def test_need_is_plausible(region: Made) -> None:
    """Nobody needs more than today's net pay, and nobody without pay more than 2,000 euros a month or less than 400."""
    plausible_people.need_is_plausible(region.tables)


def test_hours_are_possible_and_part_timers_want_more(region: Made, people: pl.DataFrame) -> None:
    """Fewest hours never exceed most, and every part-timer who wants more could work more than today."""
    assert (people["hours_min"] <= people["hours_max"]).all()
    more = people.with_columns(today=pl.Series(region.people.hours_today)).filter(group="part_timers")
    assert (more["today"] < more["hours_min"]).all()
    assert (more["today"] > 0).all()


def test_posts_end_when_their_site_does(people: pl.DataFrame) -> None:
    """Lignite people alone have a closure; they are free in a year in which posts end there, as often as posts do."""
    closing = people.filter(pl.col("closure_id").is_not_null())
    assert set(closing["group"]) == {"lignite_operator", "lignite_contractor", "lignite_supplier"}
    assert closing["employer_group"].is_in(["lignite_operator", "contractor", "supplier"]).all()
    assert len(closing) == len(people.filter(pl.col("employer_group") != "other"))
    steps = closing_steps().select("year", "posts", "last", closure_id="project_id")
    free = closing.with_columns(year=pl.col("available_from").dt.year().cast(pl.Int64))
    matched = free.join(steps, on=["closure_id", "year"])
    assert len(matched) == len(free)
    assert (matched["available_from"] <= matched["last"]).all()
    operator = matched.filter(group="lignite_operator").group_by("closure_id", "year").agg(pl.len())
    shares = operator.join(steps, on=["closure_id", "year"])
    off = shares["len"] / shares["len"].sum() - shares["posts"] / shares["posts"].sum()
    assert off.abs().sum() / 2 < 0.05


def test_rights_of_the_operator_only(people: pl.DataFrame) -> None:
    """Coal employment on 30 September 2019 is known of the operator's people alone, and only after eight whole years."""
    assert set(people.filter(pl.col("employed_on_2019_09_30").is_not_null())["group"]) == {"lignite_operator"}
    assert (people.filter("employed_on_2019_09_30")["tenure_years"] >= 8).all()


def test_children_have_parents_of_an_age(region: Made, people: pl.DataFrame) -> None:
    """Children in care are 1 to 9 years old, siblings differ, no parent was under 18 and no mother over 47."""
    sex = people.select(
        "person_id", "birth_year_from", "birth_year_to", mother=pl.Series(region.people.sample.sex == 0)
    )
    care = region.tables["care"].join(sex, on="person_id")
    assert (DAY.year - care["birth_year"]).is_between(1, 9).all()
    assert (DAY.year - care.filter(pl.col("place_id").str.starts_with("K-"))["birth_year"]).max() == 5
    assert (care["birth_year"] - care["birth_year_to"]).min() >= 18
    mothers = care.filter("mother")
    assert (mothers["birth_year"] - mothers["birth_year_from"]).max() <= 47
    assert care.select("person_id", "birth_year").is_unique().all()
    assert (care["opens"] < care["closes"]).all()


def test_half_of_the_unemployed_have_no_award(awards: pl.DataFrame, people: pl.DataFrame) -> None:
    """Of the unemployed about half hold no vocational award, degree or master's award; every level has some of them."""
    unemployed = people.filter(employment_status="unemployed")
    awarded = awards.filter(pl.col("kind").is_in(["vocational", "master", "degree"])).select("person_id").unique()
    without = unemployed.join(awarded, on="person_id", how="anti")
    assert 0.45 <= without["weight"].sum() / unemployed["weight"].sum() <= 0.62


def test_everybody_speaks(region: Made, people: pl.DataFrame) -> None:
    """Everybody has some German and one first language; people from abroad have a residence title if they need one."""
    languages = region.tables["person_languages"]
    assert people.join(languages.filter(language="de"), on="person_id", how="anti").is_empty()
    assert people.join(languages.filter(cefr="C2"), on="person_id", how="anti").is_empty()
    limited = people.filter(pl.col("residence_purpose") != "unrestricted")
    assert set(limited["group"]) == {"graduates_abroad", "newcomers"}
    assert limited["residence_months_left"].null_count() == 0


def test_homes_are_where_groups_live(region: Made, people: pl.DataFrame) -> None:
    """People across the border live there, nobody else does often, and the ring holds its share of each group."""
    towns = region.tables["municipalities"].select("municipality", "study_area", land="country")
    homes = people.join(region.tables["zones"].select("zone_id", "municipality"), on="zone_id").join(
        towns, on="municipality"
    )
    assert "DE" not in set(homes.filter(group="cross_border")["land"])
    for group in groups().iter_rows(named=True):
        ring = homes.filter(pl.col("group") == group["group"], ~pl.col("study_area"))
        assert len(ring) / len(people.filter(group=group["group"])) == pytest.approx(group["ring_share"], abs=0.06)


def test_same_seed_same_people() -> None:
    """The same seed gives the same tables, another seed other people."""
    one, other = made(0.05, 1), made.__wrapped__(0.05, 1)
    for name in ("people", "person_occupations", "person_qualifications", "person_skills", "care", "person_times"):
        assert_frame_equal(one.tables[name], other.tables[name])
    assert not made(0.05, 2).tables["people"].equals(one.tables["people"])


def test_first_people() -> None:
    """The first people of seed 1 are these; a change of any byte of the model's people shows here."""
    columns = ["person_id", "zone_id", "birth_year_from", "employment_status", "net_need_eur_month", "hours_max", "eqf"]
    assert made(0.05, 1).tables["people"].select(columns).head(3).rows() == FIRST


FIRST = [
    ("P00001", "Z3187", 1980, "employed", 3160.0, 40.0, 7),
    ("P00002", "Z4403", 1968, "unemployed", 1270.0, 40.0, 2),
    ("P00003", "Z2331", 1974, "employed", 1200.0, 30.0, 3),
]
