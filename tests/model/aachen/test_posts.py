# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Posts of the model region: exact sums, lawful pay, every kind of contract, all of the study area."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from aachen_region import Made, made, rotas
from drehkreuz.matching.pay import WEEKS_PER_MONTH
from drehkreuz.model.aachen.draw import Draws
from drehkreuz.model.aachen.posts import posts
from drehkreuz.model.aachen.work_today import DAY, MINIMUM_WAGE


@pytest.fixture(scope="module")
def region() -> Made:
    """A fifth of the region."""
    return made()


@pytest.fixture(scope="module")
def whole(region: Made) -> pl.DataFrame:
    """Table `vacancies` at full scale."""
    return _posts(region, 1.0)


def _posts(region: Made, scale: float, seed: int = 1) -> pl.DataFrame:
    towns = region.ground.municipalities
    return posts(region.places, towns, rotas(), region.core, region.market, scale, Draws(seed)).table


@pytest.mark.parametrize("scale", [1.0, 0.2, 0.05])
def test_openings_sum_exactly(region: Made, scale: float) -> None:
    """Openings sum to 15,000 at full scale and to their part at others, 2,300 of them places to learn."""
    found = _posts(region, scale)
    assert found["openings"].sum() == round(15_000 * scale)
    assert found.filter(pl.col("kind") != "job")["openings"].sum() == round(2_300 * scale)


def test_occupations_follow_the_market(region: Made, whole: pl.DataFrame) -> None:
    """Openings of jobs by occupation are the market's, each within one."""
    vacant = region.market.numbers("employed_per_10000") * region.market.numbers("openings_per_1000")
    jobs = whole.filter(kind="job")
    asked = dict(zip(region.market.occupation_ids, vacant / vacant.sum() * jobs["openings"].sum(), strict=True))
    got = dict(jobs.group_by("occupation_id").agg(pl.col("openings").sum()).iter_rows())
    assert max(abs(got.get(name, 0) - share) for name, share in asked.items()) < 1 + 1e-6


def test_no_pay_below_the_minimum_wage(whole: pl.DataFrame) -> None:
    """No job pays less than the minimum wage for its most hours, and every range begins before it ends."""
    jobs = whole.filter(kind="job")
    assert (jobs["pay_min"] >= jobs["hours_max"] * WEEKS_PER_MONTH * MINIMUM_WAGE).all()
    assert (whole["pay_min"] <= whole["pay_max"]).all()


def test_every_study_municipality_has_openings(region: Made, whole: pl.DataFrame) -> None:
    """Each of the 46 municipalities has openings, and the study area 82 % of all, within two."""
    towns = region.tables["municipalities"].filter("study_area").select("municipality")
    at = whole.join(region.places.places.select("place_id", "municipality"), on="place_id")
    inside = at.join(towns, on="municipality", how="semi")
    assert inside["municipality"].n_unique() == len(towns) == 46
    assert inside["openings"].sum() / whole["openings"].sum() == pytest.approx(0.82, abs=0.02)


def test_contracts_of_all_kinds(whole: pl.DataFrame) -> None:
    """Fixed-term, agency, part-time, remote and night posts and every rota that the market names exist, none the rule."""
    jobs = whole.filter(kind="job")
    for kind in (
        pl.col("contract_end").is_not_null(),
        pl.col("agency"),
        pl.col("hours_max").is_between(20, 25),
        pl.col("remote_share") > 0,
        pl.col("night"),
        pl.col("shift_system_id") == "konti",
        pl.col("hours_min") < pl.col("hours_max"),
    ):
        assert 0.01 < jobs.filter(kind)["openings"].sum() / jobs["openings"].sum() < 0.4
    assert set(jobs["shift_system_id"]) == set(rotas()) - {"ausbildung-tz"}


def test_contracts_are_possible(whole: pl.DataFrame) -> None:
    """No contract ends before it begins or before today, hours and presence fit, agencies' contracts are open-ended."""
    assert (whole["start"] >= DAY).all()
    assert whole.filter(pl.col("contract_end") <= pl.col("start")).is_empty()
    assert (whole["hours_min"] <= whole["hours_max"]).all()
    assert whole["presence_days"].is_between(0.5, 5).all()
    assert whole.filter(pl.col("agency") & pl.col("contract_end").is_not_null()).is_empty()
    paid = whole["shift_system_id"].replace_strict(rotas(), return_dtype=pl.Float64)
    assert (whole.filter(kind="job")["hours_max"] <= paid.filter(whole["kind"] == "job")).all()


def test_places_to_learn_of_all_kinds(region: Made, whole: pl.DataFrame) -> None:
    """Dual, school and part-time apprenticeships, entry qualifications and dual studies exist, of occupations that have them."""
    learn = whole.filter(pl.col("kind") != "job")
    kinds = {"apprenticeship_dual", "apprenticeship_school", "entry_qualification", "dual_study"}
    assert set(learn["kind"]) == kinds
    assert learn.filter(part_time_share=0.75)["hours_max"].unique().to_list() == [30.0]
    assert (learn["months_shortest"] <= learn["months_normal"]).all()
    kind = region.tables["qualifications"].select("occupation_id", award="kind")
    asked = learn.join(kind, on="occupation_id")
    assert len(asked) == len(learn)
    assert set(asked.filter(kind="dual_study")["award"]) == {"degree"}
    assert set(asked.filter(pl.col("kind") != "dual_study")["award"]) == {"vocational"}


def test_dual_places_have_a_school(region: Made) -> None:
    """Every dual apprenticeship and entry qualification has one Berufskolleg, the nearest; nothing else has any."""
    tables = region.tables
    dual = tables["vacancies"].filter(pl.col("kind").is_in(["apprenticeship_dual", "entry_qualification"]))
    assert tables["vacancy_places"]["vacancy_id"].to_list() == sorted(dual["vacancy_id"])
    where = tables["places"].select("place_id", "lat", "lon")
    schools = where.filter(pl.col("place_id").str.starts_with("B-"))
    pairs = tables["vacancy_places"].head(20).select("vacancy_id", school="place_id").join(dual, on="vacancy_id")
    for post in pairs.join(where, on="place_id").iter_rows(named=True):
        km = np.hypot((schools["lat"] - post["lat"]) * 111.2, (schools["lon"] - post["lon"]) * 70.3)
        assert schools["place_id"][int(np.argmin(km))] == post["school"]


def test_demands_are_of_the_post(region: Made) -> None:
    """No post asks a skill twice, a learner an award of the occupation, or a post less German than A2."""
    tables = region.tables
    learning = tables["vacancies"].filter(pl.col("kind") != "job").select("vacancy_id")
    awards = tables["qualifications"].filter(pl.col("kind") != "school").select("qualification_id")
    asked = tables["vacancy_qualifications"].join(awards, on="qualification_id", how="semi")
    assert asked.join(learning, on="vacancy_id", how="semi").is_empty()
    assert tables["vacancy_skills"].select("vacancy_id", "skill_id").is_unique().all()
    assert "A1" not in set(tables["vacancy_languages"]["cefr"])
    study = tables["vacancies"].filter(kind="dual_study").select("vacancy_id")
    school = tables["vacancy_qualifications"].join(study, on="vacancy_id")
    assert set(school["qualification_id"]) == {"q-school-12"}
    assert len(school) == len(study)


def test_same_seed_same_posts(region: Made) -> None:
    """The same seed gives the same posts, another seed others."""
    assert_frame_equal(_posts(region, 0.05), _posts(region, 0.05))
    assert not _posts(region, 0.05, seed=2).equals(_posts(region, 0.05))


def test_first_posts(region: Made) -> None:
    """The first posts of seed 1 are these; a change of any byte of the model's posts shows here."""
    columns = ["vacancy_id", "occupation_id", "place_id", "openings", "hours_max", "shift_system_id", "pay_min"]
    assert _posts(region, 0.05).select(columns).head(3).rows() == FIRST


FIRST = [
    ("V00001", "o-civil-engineer", "W-05370040-M1", 2, 40.0, "buero", 4560.0),
    ("V00002", "o-mechanical-engineer", "W-05370004-C1", 2, 25.0, "buero", 2840.0),
    ("V00003", "o-construction-helper", "W-05334004-F1", 3, 37.5, "frueh", 2880.0),
]
