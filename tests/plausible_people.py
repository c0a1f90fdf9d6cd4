# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What holds of any population that could be: checks that the tests of several populations share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import polars as pl

from drehkreuz.model.aachen.licences import AGE

Tables = Mapping[str, pl.DataFrame]

AT_WORK: Final = pl.col("employment_status").is_in(["employed", "part_time"])
FIRST_AGE: Final = {"school": 15, "vocational": 17, "certificate": 17, "master": 22, "degree": 22}
"""Age from which an award of a kind can be had."""


def awards(tables: Tables) -> pl.DataFrame:
    """Return awards and certificates held in full, with kind and holder."""
    kinds = tables["qualifications"].select("qualification_id", "kind", "occupation_id")
    held = tables["person_qualifications"].filter(pl.col("modules_done").is_null())
    return held.join(kinds, on="qualification_id").join(tables["people"], on="person_id")


def no_licence_before_its_age(tables: Tables, day: date) -> None:
    """Nobody holds a driving licence before the birthday it asks, and every car has a driver with class B."""
    people = tables["people"]
    licences = tables["person_licences"].join(people, on="person_id")
    asked = licences.with_columns(asked=pl.col("licence").replace_strict(AGE, return_dtype=pl.Int64))
    assert asked.filter(pl.col("asked") > day.year - pl.col("birth_year_to") - 1).is_empty()
    assert people.filter("car").join(licences.filter(licence="B"), on="person_id", how="anti").is_empty()


def no_award_before_it_can_be_had(tables: Tables, day: date, kind: str) -> None:
    """No award of a kind is from before the holder's age for it, even if born in the later year of the band."""
    of_kind = awards(tables).filter(kind=kind)
    assert not of_kind.is_empty()
    assert of_kind.filter(pl.col("year") - pl.col("birth_year_to") < FIRST_AGE[kind]).is_empty()
    assert of_kind.filter(pl.col("year") > day.year).is_empty()


def certificates_in_use_are_valid(tables: Tables, day: date) -> None:
    """No certificate runs out before it is had, and nobody at work has let one of theirs run out."""
    held = awards(tables)
    assert held.filter(pl.col("expires").dt.year() <= pl.col("year")).is_empty()
    assert held.filter(AT_WORK, pl.col("expires") < day).is_empty()


def work_fits_into_a_life(tables: Tables, day: date) -> None:
    """Nobody has worked more years than age less 15, nor longer for today's employer than in today's occupation."""
    people, held = tables["people"], tables["person_occupations"]
    total = held.group_by("person_id").agg(pl.col("years").sum(), pl.col("current").sum()).join(people, on="person_id")
    assert total.filter(pl.col("years") > day.year - pl.col("birth_year_to") - 15).is_empty()
    assert total.filter(pl.col("current") > 1).is_empty()
    today = held.filter("current").join(people, on="person_id")
    assert today.filter(pl.col("tenure_years") > pl.col("years")).is_empty()
    ended = held.filter(~pl.col("current")).join(people, on="person_id")
    never = (pl.col("last_year") > day.year) | (pl.col("last_year") < pl.col("birth_year_from") + 16)
    assert ended.filter(never).is_empty()


def who_works_has_an_occupation(tables: Tables) -> None:
    """Everybody at work has one current occupation, years with the employer and pay; nobody else has any of it."""
    current = tables["person_occupations"].filter("current")
    today = tables["people"].filter(AT_WORK)
    assert set(current["person_id"]) == set(today["person_id"])
    assert today["tenure_years"].null_count() == today["net_today_eur_month"].null_count() == 0
    others = tables["people"].filter(~AT_WORK)
    assert others["tenure_years"].count() == others["net_today_eur_month"].count() == 0


def need_is_plausible(tables: Tables) -> None:
    """Nobody needs more than today's net pay, and nobody without pay more than 2,000 euros a month or less than 400."""
    today = tables["people"].filter(AT_WORK)
    assert (today["net_need_eur_month"] <= today["net_today_eur_month"]).all()
    assert tables["people"].filter(~AT_WORK)["net_need_eur_month"].is_between(400, 2000).all()


def children_have_parents_of_an_age(tables: Tables, day: date) -> None:
    """Children in care are 1 to 9 years old, and no parent was under 18."""
    care = tables["care"].join(tables["people"], on="person_id")
    assert (day.year - care["birth_year"]).is_between(1, 9).all()
    assert (care["birth_year"] - care["birth_year_to"]).min() >= 18
