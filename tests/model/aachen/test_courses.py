# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Learning places and courses of the model region of Aachen."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from drehkreuz.errors import InputError
from drehkreuz.model.aachen.area import Area, area
from drehkreuz.model.aachen.course_sessions import CLOSED, FIRST, LAST
from drehkreuz.model.aachen.course_types import (
    ASSUMED,
    CourseType,
    Trades,
    course_types,
    exam_body,
    facts,
    rows,
    split,
)
from drehkreuz.model.aachen.courses import courses
from drehkreuz.model.aachen.draw import Draws
from drehkreuz.model.aachen.providers import berufskollegs, learning_places, providers
from drehkreuz.model.core import core, market
from drehkreuz.model.core.taxonomy import certificates
from drehkreuz.region import TABLES, Manifest, Provenance, Region
from drehkreuz.region.check import check

DAY = date(2026, 11, 2)
NAMES = ("courses", "course_skills", "course_prerequisites", "course_sessions", "course_funding")
TYPES = course_types(core())


def made(scale: float = 1.0, seed: int = 1) -> dict[str, pl.DataFrame]:
    return courses(core(), market(), area(), scale, Draws(seed))


@pytest.fixture(scope="module")
def region() -> Region:
    """Places, courses and what they speak of; the rules are those of the village."""
    rules = pl.read_csv((files("drehkreuz.model") / "village" / "rules.csv").read_bytes(), infer_schema=False)
    tables = {
        "places": learning_places(area()),
        "rules": TABLES["rules"].conform(
            rules.with_columns(
                pl.col("valid_from", "valid_to", "checked_on").str.to_date(),
                discretionary=pl.col("discretionary") == "true",
            )
        ),
        **core().tables(),
        **made(),
    }
    known = Provenance("modelled", "test", "Apache-2.0", DAY)
    return Region(Manifest("test", "Test", DAY, "de", dict.fromkeys(tables, known)), tables)


def family(name: str) -> pl.Expr:
    prefix = {"certificate": "cert"}.get(name, name)
    return pl.col("course_id").str.starts_with(f"c-{prefix}-")


def chains() -> Iterator[list[CourseType]]:
    names = sorted({each.chain for each in TYPES if each.family == "tq"})
    for name in names:
        yield sorted((each for each in TYPES if each.chain == name), key=lambda each: each.module_number or 0)


# ------------------------------------------------------------------------------------------------------------ places


def test_learning_places_are_in_their_towns() -> None:
    """Every learning place lies as far from the centre of its town as its row says, less than 10 km, and bears an example's name."""
    places = learning_places(area())
    assert len(places) == len(providers())
    assert places["place_id"].str.starts_with("L-").all()
    assert places["name"].str.starts_with("Beispiel").all()
    assert (places["kind"] == "learning").all()
    assert places["name"].is_unique().all()
    at = places.join(providers(), on=["place_id", "municipality"], validate="1:1").join(
        area().settlements.select("municipality", "name", "lat", "lon"),
        left_on=["municipality", "town"],
        right_on=["municipality", "name"],
        suffix="_town",
    )
    away = np.hypot((at["lat"] - at["lat_town"]).to_numpy() * 111.2, (at["lon"] - at["lon_town"]).to_numpy() * 70.3)
    planned = np.hypot(at["east_m"].to_numpy(), at["north_m"].to_numpy()) / 1000
    assert np.allclose(away, planned, atol=0.01)
    assert planned.max() < 10


def test_a_town_that_is_not_there_is_named() -> None:
    """A provider in a town that the area lacks is reported with place, town and what to do."""
    known = area()
    without = Area(known.municipalities, known.settlements.filter(pl.col("name") != "Kall"), known.cells, known.land)
    with pytest.raises(InputError, match=r"L-ka-bk.*'Kall'.*Name a settlement"):
        learning_places(without)


def test_every_district_has_a_berufskolleg() -> None:
    """Each of the four districts of the study area has at least two Berufskollegs."""
    schools = berufskollegs(learning_places(area())).join(area().municipalities, on="municipality")
    counts = dict(schools.filter(pl.col("study_area")).group_by("district").len().iter_rows())
    assert set(counts) == {"Städteregion Aachen", "Kreis Düren", "Kreis Heinsberg", "Kreis Euskirchen"}
    assert min(counts.values()) >= 2


# ------------------------------------------------------------------------------------------------------ types of course


def test_everything_named_in_the_data_exists() -> None:
    """Every skill, qualification and occupation that the files of courses name is in the core taxonomy."""
    skills = set(core().occupation_skills["skill_id"])
    awards = set(core().qualifications["qualification_id"])
    named = [
        (name, each)
        for name in ("certificate_courses.csv", "short_courses.csv", "advanced_courses.csv")
        for row in rows(name)
        for each in (*split(row.get("skills")), *split(row["requires"]), row.get("qualification_id"))
        if each
    ]
    assert [pair for pair in named if pair[1] not in (awards if pair[1].startswith("q-") else skills)] == []
    training = set(core().qualifications["occupation_id"].drop_nulls())
    assert {row["occupation_id"] for row in rows("occupation_courses.csv")} <= training


def test_every_certificate_and_master_award_has_a_course() -> None:
    """Every certificate of the core taxonomy is prepared for, and most of its Meister, Techniker and Fachwirt awards."""
    led_to = {each.leads_to for each in TYPES}
    assert set(certificates()["qualification_id"]) <= led_to
    masters = set(core().qualifications.filter(pl.col("kind") == "master")["qualification_id"])
    assert len(masters & led_to) >= 0.8 * len(masters)


def test_modules_partition_the_skills() -> None:
    """The modules of every Teilqualifikation teach each essential skill of the occupation exactly once, in four to seven modules."""
    trade = Trades(core())
    found = list(chains())
    assert 30 <= len(found) <= 45
    for chain in found:
        essential = trade.essential[trade.of_award[str(chain[0].leads_to)]]
        taught = [skill for each in chain for skill in each.skills]
        assert sorted(taught) == sorted(essential)
        assert ASSUMED.modules[0] <= len(chain) <= ASSUMED.modules[1]
        assert min(len(each.skills) for each in chain) >= 2
        assert [(each.module_number, each.modules_total) for each in chain] == [
            (k, len(chain)) for k in range(1, len(chain) + 1)
        ]
        assert {each.leads_to for each in chain} == {chain[0].leads_to}
        assert all(6 * 40 <= each.units <= 14 * 40 for each in chain)


def test_usual_skills_come_first() -> None:
    """What many occupations ask is taught in the first module of a Teilqualifikation rather than in the last."""
    asked_by = Trades(core()).asked_by
    usual = [[np.mean([asked_by[s] for s in each.skills]) for each in chain] for chain in chains()]
    assert np.mean([first > last for first, *_, last in usual]) > 0.95


def test_later_modules_ask_for_something_of_the_first() -> None:
    """Every later module of a Teilqualifikation asks for one skill that its first module teaches."""
    for first, *later in chains():
        assert not first.requires
        assert {skill for each in later for skill in each.requires} <= set(first.skills)
        assert all(len(each.requires) == 1 for each in later)


def test_no_course_asks_for_what_it_teaches() -> None:
    """No type of course asks for a skill or an award that it gives itself."""
    assert [each.key for each in TYPES if {*each.requires} & {*each.skills, each.leads_to}] == []


def test_short_courses_bundle_what_belongs_together() -> None:
    """A short course teaches at most five skills, no attitudes, and most often three or four."""
    trade = Trades(core())
    bundles = [each.skills for each in TYPES if each.family == "short"]
    sizes = [len(skills) for skills in bundles]
    assert max(sizes) <= 5
    assert np.mean([3 <= size <= 5 for size in sizes]) > 0.75
    assert not trade.attitudes & {skill for skills in bundles for skill in skills}


def test_much_is_not_taught_in_short_courses() -> None:
    """Between a quarter and a half of the skills that occupations ask are in no short course and lead to no certificate."""
    asked = set(core().occupation_skills["skill_id"])
    taught = {skill for each in TYPES if each.family in {"short", "certificate"} for skill in each.skills}
    assert 0.25 < len(asked - taught) / len(asked) < 0.5


@pytest.mark.parametrize(
    ("label", "body"),
    [
        ("Industriemechaniker/in (IHK)", "Industrie- und Handelskammer"),
        ("Bäcker/in (Gesellenbrief)", "Handwerkskammer"),
        ("Pflegefachfrau/Pflegefachmann (staatliche Prüfung)", "Bezirksregierung"),
        ("Verwaltungsfachangestellte/r", "Zuständige Stelle"),
    ],
)
def test_who_examines(label: str, body: str) -> None:
    """The name of an award tells who examines for it."""
    assert exam_body(label) == body


# ------------------------------------------------------------------------------------------------------------- tables


def test_tables_are_in_order(region: Region) -> None:
    """The check finds nothing wrong with the courses, their places and what they refer to."""
    about = {*NAMES, "places"}
    assert [finding for finding in check(region) if finding.where in about] == []


def test_only_what_is_asked_is_taught(region: Region) -> None:
    """No course teaches a skill that no occupation asks."""
    assert set(region.table("course_skills")["skill_id"]) <= set(core().occupation_skills["skill_id"])


def test_every_course_gives_something(region: Region) -> None:
    """Every course teaches a skill or leads to an award or a level of a language."""
    every = region.table("courses")
    led = every.filter(pl.col("leads_to").is_not_null() | pl.col("leads_to_language").is_not_null())
    assert set(every["course_id"]) == {*led["course_id"], *region.table("course_skills")["course_id"]}


def test_counts_and_formats(region: Region) -> None:
    """There are about 2,000 courses, most in daytime, and few of each other format."""
    every = region.table("courses")
    assert 1_900 <= len(every) <= 2_250
    share = {name: n / len(every) for name, n in every.group_by("format").len().iter_rows()}
    ranges = {
        "daytime": (0.50, 0.65),
        "online": (0.11, 0.17),
        "evening": (0.07, 0.13),
        "part_time": (0.07, 0.13),
        "weekend": (0.03, 0.08),
        "block": (0.01, 0.05),
        "hybrid": (0.005, 0.03),
    }
    assert set(share) == set(ranges)
    assert {name: share[name] for name, (low, high) in ranges.items() if not low <= share[name] <= high} == {}
    assert 0.5 < every["azav"].mean() < 0.75  # type: ignore[operator]  # the mean of true and false is a float


def test_families(region: Region) -> None:
    """Each family of courses is there in the numbers that such providers have."""
    every = region.table("courses")
    counts = {name: len(every.filter(family(name))) for name in facts()["families"]}
    ranges = {
        "tq": (300, 450),
        "retraining": (90, 140),
        "external": (60, 100),
        "recognition": (35, 60),
        "advanced": (45, 75),
        "certificate": (280, 400),
        "school": (10, 25),
        "language": (150, 230),
        "german": (30, 50),
        "short": (700, 950),
    }
    assert {name: n for name, n in counts.items() if not ranges[name][0] <= n <= ranges[name][1]} == {}


def test_most_is_offered_in_the_towns(region: Region) -> None:
    """More than half of the sessions at a place are in Aachen, Düren and Euskirchen, and less than a tenth in the Eifel."""
    held = region.table("course_sessions").drop_nulls("place_id").join(providers(), on="place_id")
    share = {town: n / len(held) for town, n in held.group_by("town").len().iter_rows()}
    assert 0.5 < share["Aachen"] + share["Düren"] + share["Euskirchen"] < 0.7
    assert 0.01 < sum(share.get(town, 0) for town in ("Monschau", "Simmerath", "Kall", "Schleiden", "Mechernich")) < 0.1
    assert set(share) == set(providers()["town"])


def test_few_evenings_and_mornings_far_out(region: Region) -> None:
    """Most courses in the evening or part-time are held in Aachen, Düren and Euskirchen."""
    some = region.table("courses").filter(pl.col("format").is_in(["evening", "part_time"])).select("course_id")
    held = region.table("course_sessions").join(some, on="course_id").join(providers(), on="place_id")
    in_town = held["town"].is_in(["Aachen", "Düren", "Euskirchen"]).mean()
    assert 0.5 < in_town < 0.8  # type: ignore[operator]  # the mean of true and false is a float


def test_hours_fit_the_format(region: Region) -> None:
    """Evenings begin after work, part-time ends by early afternoon, and nobody learns longer than the format's hours."""
    both = region.table("course_sessions").join(region.table("courses"), on="course_id")
    evening = both.filter(pl.col("format").is_in(["evening", "hybrid"]))
    assert evening["day_start"].min() >= 17 * 60  # type: ignore[operator]  # a clock is a whole number
    part_time = both.filter(pl.col("format") == "part_time")
    assert part_time["day_end"].max() <= 14 * 60  # type: ignore[operator]  # same
    assert part_time["hours_per_week"].max() <= 25  # type: ignore[operator]  # same, a float
    taught = pl.col("teaching_units") * 0.75
    assert region.table("courses").filter(taught > 1.02 * pl.col("weeks") * pl.col("hours_per_week")).is_empty()


def test_dates(region: Region) -> None:
    """Sessions begin on open days from 16 November 2026 on, only modules after February 2028, and end after they begin."""
    held = region.table("course_sessions").join(
        region.table("courses").select("course_id", "module_number"), on="course_id"
    )
    assert (held["end"] >= held["start"]).all()
    assert (held["start"] >= FIRST).all()
    assert held.filter(pl.col("start") > LAST, pl.col("module_number").is_null()).is_empty()
    assert not set(held["start"]) & CLOSED
    counts = held.group_by("course_id").len()["len"]
    assert (counts.min(), counts.max()) == (1, 4)
    assert held["course_id"].n_unique() == len(region.table("courses"))
    assert held.filter(pl.col("seats") < pl.col("min_participants")).is_empty()


def test_modules_follow_one_another(region: Region) -> None:
    """The first sessions of a provider's modules come one after the other, so that all can be done in a row."""
    tq = region.table("courses").filter(family("tq"))
    first = region.table("course_sessions").sort("start").unique("course_id", keep="first")
    parts = tq.join(first, on="course_id").with_columns(chain=pl.col("course_id").str.replace(r"-\d-", "-"))
    for _, chain in parts.sort("module_number").group_by("chain"):
        ordered = chain.sort("module_number").select("start", "end").rows()
        assert len(ordered) == chain["modules_total"][0]
        assert all(before[1] < after[0] for before, after in pairwise(ordered))


def test_retraining_is_long_approved_and_ends_with_an_award(region: Region) -> None:
    """Every Umschulung leads to its award, is approved, begins in February or August and needs twelve people."""
    held = region.table("course_sessions").join(region.table("courses").filter(family("retraining")), on="course_id")
    assert held["azav"].all()
    assert held["leads_to"].null_count() == 0
    assert set(held["start"].dt.month()) == {2, 8}
    assert (held["min_participants"] == 12).all()
    assert held.filter(pl.col("format") == "daytime")["weeks"].is_between(50, 125).all()


def test_berufssprachkurse_are_free(region: Region) -> None:
    """Berufssprachkurse cost nothing, lead from A2 to C1, and are the only courses of their rule."""
    german = region.table("courses").filter(family("german"))
    assert (german["fee_eur"] == 0).all()
    assert set(german["leads_to_cefr"]) == {"B1", "B2", "C1"}
    ruled = region.table("course_funding").filter(pl.col("rule_id") == "r-bsk")
    assert set(ruled["course_id"]) == set(german["course_id"])


def test_only_approved_courses_get_a_voucher(region: Region) -> None:
    """Courses that a voucher or § 82 SGB III can pay are approved, and those of § 82 have more than 120 hours."""
    both = region.table("course_funding").join(region.table("courses"), on="course_id")
    paid = both.filter(pl.col("rule_id").is_in(["r-bgs", "r-82"]))
    assert paid["azav"].all()
    assert (paid.filter(pl.col("rule_id") == "r-82")["teaching_units"] * 0.75 > 120).all()
    assert paid["azav_valid_to"].null_count() == 0


def test_workshops_are_not_online(region: Region) -> None:
    """No course of which the half is manual is online, and no online session has a place."""
    manual = core().skills.filter(pl.col("class") == "manual")["skill_id"]
    share = region.table("course_skills").group_by("course_id").agg(pl.col("skill_id").is_in(manual.implode()).mean())
    online = region.table("courses").filter(pl.col("format") == "online")
    assert online.join(share, on="course_id").filter(pl.col("skill_id") > 0.5).is_empty()
    held = region.table("course_sessions").join(region.table("courses").select("course_id", "format"), on="course_id")
    assert (held["place_id"].is_null() == (held["format"] == "online")).all()


def test_a_smaller_scale_keeps_every_type() -> None:
    """At a fifth of the scale every type of course is still held at least once, and every course is one of full scale."""
    small, full = made(0.2), made(1.0)
    assert 550 <= len(small["courses"]) <= 800
    assert set(small["courses"]["course_id"]) <= set(full["courses"]["course_id"])
    titles = "|".join(small["courses"]["course_id"])
    assert [each.key for each in TYPES if f"c-{each.key}-" not in titles] == []


def test_the_same_seed_gives_the_same_courses() -> None:
    """The same seed gives the same frames, and another seed others."""
    one, again, other = made(0.3, 4), made(0.3, 4), made(0.3, 5)
    for name in NAMES:
        assert_frame_equal(one[name], again[name])
    assert not one["course_sessions"].equals(other["course_sessions"])


def test_it_takes_little_time() -> None:
    """Full scale takes less than three seconds of processor time."""
    begin = time.process_time()
    made()
    assert time.process_time() - begin < 3


def test_no_real_name() -> None:
    """Every provider bears a name that says it is an example."""
    assert providers()["provider"].str.contains(r"^Beispiel(-|träger|zentrum)").all()
