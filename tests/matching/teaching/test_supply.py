# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Seats against people on the village: what is counted, what stays empty, where providers overlap."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

from drehkreuz.learning.reasons import TrainingReason
from drehkreuz.learning.situation import situation
from drehkreuz.matching.market import Market, prepare
from drehkreuz.matching.relation import reachable_sessions
from drehkreuz.matching.teaching import Need, digital, need, offers, supply
from drehkreuz.matching.teaching.calendar import provider_kind
from drehkreuz.matching.teaching.digital import ALL
from drehkreuz.region import Cache, Region
from matching.teaching.conftest import PEOPLE, Worked, with_people, worked_out

Answer = tuple[Market, dict[str, NDArray[Any]], Need]


def asked(region: Region) -> Answer:
    """Who needs what in a region."""
    market, relation = worked_out(region)
    return market, relation, need(market, relation)


@pytest.fixture(scope="module")
def answer(worked: Worked) -> Answer:
    """Who needs what in a part of the village."""
    return worked.market, worked.relation, need(worked.market, worked.relation)


def test_who_needs_a_bundle_could_come_or_is_kept(answer: Answer) -> None:
    """At every session each person who needs it is either counted as able to come, or under a condition that keeps them."""
    _, _, found = answer
    needing = found.needing[found.kind_of_session]
    assert (found.could <= needing).all()
    assert (found.could + found.kept.sum(axis=1) >= needing).all()
    assert (found.kept.max(axis=1) <= needing - found.could).all()
    assert (found.planned <= found.needing).all()
    assert (found.needing <= found.people).all()
    assert found.people == PEOPLE


def test_a_need_is_toward_a_post_that_only_learning_keeps_away(answer: Answer) -> None:
    """Whoever has no such post needs no course; with every post kept away by something else nobody does."""
    market, relation, _ = answer
    shut = relation | {"mask": relation["mask"] | np.uint8(4)}
    assert not need(market, shut).needing.any()


def test_who_could_come_is_counted_one_by_one(answer: Answer) -> None:
    """The people a session fits, counted one by one, are at least those who need it and could come."""
    market, _, found = answer
    people = range(PEOPLE)
    here = situation(
        *(market.region, market.taxonomy, market.profiles, market.requirements),
        *(reachable_sessions(market, people), people, market.learning),
    )
    for session in range(0, found.catalogue.sessions.held, 5):
        fits = [int(here.obstacles[p, session]) & ~int(TrainingReason.SEATS) == 0 for p in people]
        assert found.could[session] <= sum(fits)


def test_a_row_that_stands_for_two_counts_twice(village: Region) -> None:
    """With every weight doubled every count is doubled."""
    once = with_people(village, 40)
    people = once.table("people")
    _, _, single = asked(once)
    _, _, double = asked(once.with_tables({"people": people.with_columns(weight=pl.lit(2.0))}))
    for name in ("needing", "planned", "hindered", "lacking", "could", "kept"):
        assert (getattr(double, name) == 2 * getattr(single, name)).all()


def test_seats_are_empty_full_or_just_taken(answer: Answer) -> None:
    """Empty seats have a reason, full sessions have none, and a session below its least participants is empty throughout."""
    market, _, found = answer
    sessions = supply(market.region, found).sessions
    assert len(sessions) == len(market.region.table("course_sessions"))
    for row in sessions.iter_rows(named=True):
        too_few = row["could"] < row["min_participants"]
        assert row["empty"] == (row["seats"] if too_few else max(0, row["seats"] - row["could"]))
        assert row["waiting"] == max(0, row["could"] - row["seats"])
        assert (row["why"] is not None) == (row["empty"] > 0)
        assert row["full"] == (row["seats"] == 0 or row["could"] > row["seats"])
    assert sessions["full"].any()
    assert (sessions["empty"] > 0).any()


def test_cells_sum_sessions(answer: Answer) -> None:
    """By bundle, place, format and month nothing is lost and nothing counted twice."""
    market, _, found = answer
    told = supply(market.region, found)
    for name in ("seats", "empty", "could", "waiting", "full"):
        assert told.cells[name].sum() == told.sessions[name].sum()
    assert told.cells["sessions"].sum() == len(told.sessions)


def test_two_providers_of_the_same_bundle_overlap(hamlet_of_learners: Region) -> None:
    """A second provider of a course in its form and month stands beside the first, in one bundle."""
    region = hamlet_of_learners
    tables = {}
    for name in ("courses", "course_skills", "course_sessions", "course_prerequisites", "course_funding"):
        frame = region.table(name)
        again = frame.filter(course_id="C01").with_columns(course_id=pl.lit("C01b"))
        if name == "courses":
            again = again.with_columns(provider=pl.lit("Beispielträger Zwei"))
        if name == "course_sessions":
            again = again.with_columns(session_id=pl.col("session_id") + "b")
        tables[name] = pl.concat([frame, again])
    market, _, found = asked(region.with_tables(tables))
    told = supply(market.region, found)
    assert told.overlaps["providers"].to_list() == [["Beispielträger Technik", "Beispielträger Zwei"]] * 3
    (bundle,) = told.bundles.filter(pl.col("courses") > 1).iter_rows(named=True)
    assert (bundle["title"], bundle["providers"], bundle["sessions"]) == ("Staplerschein", 2, 6)


def test_the_calendar_holds_every_session_and_every_training_post(village: Region) -> None:
    """Courses and apprenticeships stand in one list in order of their first day."""
    found = offers(village)
    training = village.table("vacancies").filter(
        ~pl.col("kind").is_in(["job", "minijob", "working_student", "internship"])
    )
    assert len(found) == len(village.table("course_sessions")) + len(training)
    assert found["start"].is_sorted()
    assert set(found.filter(provider_kind="firm")["id"]) == set(training["vacancy_id"])


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Volkshochschule Musterstadt", "adult_education"),
        ("Fachhochschule Muster", "university"),
        ("Berufskolleg Technik", "vocational_school"),
        ("Handwerkskammer, Zentrum", "chamber"),
        ("Träger Bildung", "training_company"),
    ],
)
def test_kinds_of_provider_follow_from_names(name: str, kind: str) -> None:
    """An adult education centre is no university, whatever letters it ends with."""
    assert pl.DataFrame({"provider": [name]}).select(provider_kind("provider"))["literal"].to_list() == [kind]


def test_digital_skills_are_counted_by_hand(village: Region) -> None:
    """A post that asks two digital skills counts once in all, and once for each; the same holds for seats."""
    market = prepare(village, cache=Cache.default())
    found = digital(village, market.taxonomy, market.requirements)
    skills = set(village.table("skills").filter(pl.col("class") == "digital")["skill_id"])
    posts = village.table("vacancies")
    asks = [
        {market.taxonomy.skill_ids[s] for s in market.requirements.must.row(int(r))} & skills
        for r in market.requirements.of_vacancy
    ]
    openings = sum(n for n, asked in zip(posts["openings"].to_list(), asks, strict=True) if asked)
    asked = found.filter(side="asked")
    assert asked.filter(skill_id=ALL)["number"].sum() == openings
    taught = village.table("course_skills").filter(pl.col("skill_id").is_in(list(skills)))
    sessions = village.table("course_sessions").join(taught, on="course_id", how="semi")
    assert found.filter(side="taught", skill_id=ALL)["number"].sum() == sessions["seats"].sum()
    assert asked.filter(pl.col("skill_id") != ALL)["number"].sum() == sum(
        n * len(each) for n, each in zip(posts["openings"].to_list(), asks, strict=True)
    )
