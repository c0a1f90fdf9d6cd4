# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A row of weight w counts as w people who are alike: everywhere the same as w rows."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.matching.coalitions import Certificate, certify
from drehkreuz.matching.headcount import Headcount, PeopleRelation, headcount
from drehkreuz.matching.pairs import DenseRelation, id_keys
from drehkreuz.matching.pipeline import Matched, match
from drehkreuz.matching.protect import ProtectedPeople
from drehkreuz.matching.shapley import barrier_report
from drehkreuz.matching.stable import stable_allocation
from drehkreuz.matching.stages import PEOPLE, SHARED
from drehkreuz.matching.working_set import working_set
from drehkreuz.region import Region
from drehkreuz.reports.headline import headline
from drehkreuz.reports.pool import pool

Market = Callable[..., DenseRelation]


def count(weights: list[float], prefix: str = "p") -> Headcount:
    return headcount(
        pl.DataFrame(
            {"person_id": [f"{prefix}{i}" for i in range(len(weights))], "weight": weights},
            schema_overrides={"weight": pl.Float64},
        )
    )


# ------------------------------------------------------------------------------------------------ who is counted


def test_whole_weights_are_that_many_people_each() -> None:
    """The first person of a row has the row's id, the others have ids of their own."""
    counted = count([1.0, 3.0, 0.0, 2.0])
    assert counted.of_row.tolist() == [1, 3, 0, 2]
    assert counted.row_of.tolist() == [0, 1, 1, 1, 3, 3]
    assert [person for person in counted.ids if person in {"p0", "p1", "p2", "p3"}] == ["p0", "p1", "p3"]
    assert len(set(counted.ids)) == len(counted) == 6


def test_a_sample_of_everybody_is_counted_as_it_stands() -> None:
    """With weights of one, people are the rows, under the rows' ids."""
    counted = count([1.0] * 4)
    assert (counted.row_of.tolist(), counted.ids) == ([0, 1, 2, 3], ["p0", "p1", "p2", "p3"])


def test_nobody_is_counted_where_there_are_no_rows() -> None:
    """An empty table stands for nobody."""
    assert len(count([])) == 0


@given(weights=st.lists(st.one_of(st.integers(0, 4).map(float), st.floats(0, 5)), max_size=30), salt=st.integers(0, 99))
def test_each_weight_is_rounded_down_or_up_and_the_total_kept(weights: list[float], salt: int) -> None:
    """Whole weights are kept, others rounded to one of their neighbours, and all together miss their sum by less than one."""
    of_row = count(weights, prefix=f"{salt} ").of_row
    assert (of_row >= np.floor(weights)).all()
    assert (of_row <= np.ceil(weights)).all()
    assert abs(of_row.sum() - sum(weights)) < 1


def test_the_order_of_rows_does_not_change_who_is_counted() -> None:
    """Fractions are settled in the order of hashes, not of rows."""
    rng = np.random.default_rng(5)
    people = pl.DataFrame({"person_id": [f"p{i}" for i in range(60)], "weight": rng.uniform(0, 3, 60)})
    shuffled = people.sample(fraction=1.0, shuffle=True, seed=8)
    assert sorted(headcount(people).ids) == sorted(headcount(shuffled).ids)


# ------------------------------------------------------------------------------------------------------- a relation


def repeated(rows: DenseRelation, of_row: np.ndarray, ids: list[str]) -> DenseRelation:
    """Return the relation with each row written out as often as it stands for people."""
    arrays = (np.repeat(array, of_row, axis=0) for array in (rows.mask, rows.utility_person, rows.utility_employer))
    return DenseRelation(*arrays, rows.capacity, id_keys(ids), rows.vacancy_keys, rows.block)


def certified(relation: PeopleRelation | DenseRelation) -> Certificate:
    return certify(relation, working_set(relation, k=2))


@given(seed=st.integers(0, 999), weights=st.lists(st.integers(0, 4), min_size=1, max_size=7))
@settings(max_examples=8)
def test_a_row_of_weight_w_is_w_rows(market: Market, seed: int, weights: list[int]) -> None:
    """All 128 largest allocations, the stable one and the working set are those of the rows written out."""
    rows, counted = market(seed, len(weights), 5, bits=0b1010011), count([float(w) for w in weights])
    weighted = PeopleRelation(rows, counted.row_of, id_keys(counted.ids), block=3)
    plain = repeated(rows, counted.of_row, counted.ids)
    assert working_set(weighted).equals(working_set(plain))
    ours, theirs = certified(weighted), certified(plain)
    assert (ours.lower.tolist(), ours.exact) == (theirs.lower.tolist(), True)
    assert np.array_equal(ours.vacancy, theirs.vacancy)
    assert stable_allocation(weighted).vacancy.tolist() == stable_allocation(plain).vacancy.tolist()
    assert stable_allocation(weighted).blocking == 0

    other_ids = certified(repeated(rows, counted.of_row, [f"somebody {i}" for i in range(len(counted))]))
    openings = int(rows.capacity.sum())
    assert barrier_report(ours, openings, len(counted)) == barrier_report(other_ids, openings, len(counted))


def test_weights_of_one_change_nothing(market: Market) -> None:
    """The relation of a sample of everybody is the relation of its rows, block by block and key by key."""
    rows = market(7, 11, 6, block=4)
    ids = [f"person {i}" for i in range(11)]
    relation = PeopleRelation.of(rows, headcount(pl.DataFrame({"person_id": ids, "weight": [1.0] * 11})))
    held = DenseRelation.held(relation)
    for name in ("mask", "utility_person", "utility_employer", "capacity", "person_keys", "vacancy_keys"):
        assert np.array_equal(getattr(held, name), getattr(rows, name)), name


# --------------------------------------------------------------------------------------------------------- a region


@pytest.fixture(scope="module")
def weighted(village: Region) -> Region:
    """Forty of the village's people, standing for none to four each, and every third of its posts."""
    people = village.table("people")[::7][:40]
    weight = pl.Series("weight", np.random.default_rng(2).integers(0, 5, len(people)).astype(np.float64))
    vacancies = village.table("vacancies").gather_every(3)
    kept = {"people": people.with_columns(weight), "vacancies": vacancies}
    for name in (*PEOPLE, *SHARED):
        table = village.table(name)
        if name not in kept and (key := table.columns[0]) in {"person_id", "vacancy_id"}:
            of = people if key == "person_id" else vacancies
            kept[name] = table.join(of, on=key, how="semi", maintain_order="left")
    return village.with_tables(kept)


def written_out(region: Region, ids: list[str]) -> Region:
    """Return a region with a row, and all that belongs to it, for each person; `ids` names them in order."""
    counted = headcount(region.table("people"))
    row_ids = region.table("people")["person_id"].gather(counted.row_of)
    persons = pl.DataFrame({"person_id": row_ids, "own": ids})
    tables = {
        name: persons.join(region.table(name), on="person_id", how="inner", maintain_order="left")
        .with_columns(person_id="own")
        .select(region.table(name).columns)
        for name in PEOPLE
    }
    tables["people"] = tables["people"].with_columns(weight=pl.lit(1.0))
    return region.with_tables(tables)


@pytest.fixture(scope="module")
def ours(weighted: Region) -> Matched:
    return match(weighted)


@pytest.fixture(scope="module")
def theirs(weighted: Region) -> Matched:
    """The same people, one row each, under the ids that they are counted by."""
    return match(written_out(weighted, headcount(weighted.table("people")).ids))


def test_a_weighted_region_has_the_headline_of_its_people(ours: Matched, theirs: Matched) -> None:
    """Every figure of the headline, stable and certified ones too, is that of the people written out one by one."""
    assert headline(ours) == headline(theirs)
    assert ours.report.people == int(ours.market.region.table("people")["weight"].sum())
    assert ours.market.n_people < ours.report.people


def test_the_barrier_report_does_not_depend_on_how_people_are_named(ours: Matched, weighted: Region) -> None:
    """Under ids of another kind, which break ties otherwise, the largest allocations and all shares are the same."""
    others = match(written_out(weighted, [f"somebody {i}" for i in range(ours.report.people)]))
    assert ours.report == others.report
    assert ours.certificate.exact
    assert ours.certificate.lower.tolist() == others.certificate.lower.tolist()


def test_pairs_are_described_by_rows(ours: Matched) -> None:
    """Each row and post stands once in the tables put out, with how many people it speaks of."""
    weight = dict(ours.market.region.table("people").select("person_id", "weight").iter_rows())
    edges, stable = ours.described_edges(), ours.described_stable()
    for table in (edges, stable):
        assert not table.select("person_id", "vacancy_id").is_duplicated().any()
    assert all(weight[person] == people for person, people in edges.select("person_id", "people").iter_rows())
    assert stable["people"].sum() == headline(ours)["stable"]
    placed = stable.group_by("person_id").agg(pl.col("people").sum())
    assert all(people <= weight[person] for person, people in placed.iter_rows())
    described = edges.select("barriers", "utility_person").rows()
    pairs = ours.edges.with_columns(row=ours.counted.row_of[ours.edges["person"]]).unique(["row", "vacancy"])
    assert described == pairs.sort("row", "vacancy").select("mask", "utility_person").rows()


def test_employers_are_told_of_people(ours: Matched, theirs: Matched) -> None:
    """Bands and what stands between are counted over people: as if each had a row."""
    secret = b"a secret nobody knows"
    for vacancy_id in ours.market.region.table("vacancies")["vacancy_id"][:6]:
        answers = [
            pool(matched.market, matched.arrays, vacancy_id, ProtectedPeople(matched.counted.ids, secret))
            for matched in (ours, theirs)
        ]
        assert answers[0]["bands"] == answers[1]["bands"]
        assert answers[0]["between"] == answers[1]["between"]
        assert any(count is not None for count in answers[0]["between"].values())
