# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region's report: it closes, and says what can be counted by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import polars as pl
import pytest

from drehkreuz.matching.barriers import Barrier, Reason
from drehkreuz.matching.pipeline import Matched
from drehkreuz.reach import Chain
from drehkreuz.region import TABLES
from drehkreuz.reports.breakdown import breakdown
from drehkreuz.reports.closures import PENSION_AGE, closures
from drehkreuz.reports.files import _iso
from drehkreuz.reports.groups import name
from drehkreuz.reports.municipalities import BY, WITHIN, municipalities, reachable_openings
from drehkreuz.reports.region import region_report

Values = dict[str, Any]


@pytest.fixture(scope="module")
def report(matched: Matched) -> Values:
    return region_report(matched)


def lines(report: Values) -> Iterator[Values]:
    for side in report["barriers"].values():
        yield side["all"]
        for group in side["by"].values():
            yield from group


def test_every_line_closes(report: Values) -> None:
    """What is found today, the shares and what is left sum to the whole, in every group."""
    for line in lines(report):
        assert line["total"] == line["found"] + sum(line["shares"].values()) + line["left"], line


def test_every_column_closes(report: Values) -> None:
    """The groups sum to the region, whatever they are grouped by."""
    for side in report["barriers"].values():
        for group in side["by"].values():
            for figure in ("total", "found", "left"):
                assert sum(line[figure] for line in group) == side["all"][figure]
            for barrier, share in side["all"]["shares"].items():
                assert sum(line["shares"][barrier] for line in group) == share


def test_openings_are_those_of_the_headline(report: Values) -> None:
    """The report by groups says the same of the region as the headline does."""
    line, headline = report["barriers"]["openings"]["all"], report["headline"]
    assert (line["total"], line["found"], line["left"]) == (
        headline["openings"],
        headline["filled_today"],
        headline["no_person_left"],
    )
    exact = {entry["barrier"]: entry["share"] for entry in headline["shares"]}
    assert all(abs(line["shares"][barrier] - share) < 1 for barrier, share in exact.items())


def test_people_are_counted_each_by_themselves(matched: Matched) -> None:
    """Who has a post today, and by how many barriers each is kept from every post, is as counted person by person."""
    arrays, found = matched.arrays, breakdown(matched)["people"]
    open_today, none_left = 0, 0
    exact = dict.fromkeys(Barrier, 0.0)
    for mask, reasons, counted in zip(arrays["mask"], arrays["reasons"], matched.counted.of_row, strict=True):
        masks = {int(m) for m, r in zip(mask, reasons, strict=True) if not int(r) & Reason.OVER}
        open_today += int(counted) if 0 in masks else 0
        none_left += int(counted) if not masks else 0
        for barrier, share in _by_orders(masks).items():
            exact[barrier] += share * int(counted)
    assert (found["all"]["found"], found["all"]["left"]) == (open_today, none_left)
    for barrier, share in exact.items():
        assert abs(found["all"]["shares"][str(barrier.name).lower()] - share) < 1


def _by_orders(masks: set[int]) -> dict[Barrier, float]:
    """Return the Shapley shares of one person by the definition, over coalitions, in floating point."""
    from math import factorial  # noqa: PLC0415  # only the oracle needs it

    def v(coalition: int) -> int:
        return int(any(not mask & ~coalition for mask in masks))

    n = len(Barrier)
    if v(0) or not masks:
        return {}
    return {
        barrier: sum(
            factorial(bits.bit_count())
            * factorial(n - 1 - bits.bit_count())
            / factorial(n)
            * (v(bits | barrier) - v(bits))
            for bits in range(1 << n)
            if not bits & barrier
        )
        for barrier in Barrier
    }


def test_people_with_more_barriers_gone_are_never_fewer(report: Values) -> None:
    """A share of people is never negative."""
    people = report["barriers"]["people"]
    assert all(share >= 0 for group in people["by"].values() for line in group for share in line["shares"].values())


def test_closures_are_as_the_tables_say(matched: Matched) -> None:
    """The people of each closure, and those of pension age by its end, are counted from the table."""
    people = matched.market.region.table("people").with_columns(counted=pl.Series(matched.counted.of_row))
    found = closures(matched)
    assert found["closures"]
    for closure in found["closures"]:
        theirs = people.filter(closure_id=closure["project_id"])
        old = theirs.filter(pl.col("birth_year_to") + PENSION_AGE <= closure["last"])
        assert closure["people"] == theirs["counted"].sum()
        assert closure["pension"] == old["counted"].sum()
        assert closure["at_once"] <= closure["path"] <= closure["people"]
        provided = ("path", "pension", "adjustment_pay", "adjustment_pay_ask")
        assert closure["people"] - closure["nothing"] <= sum(closure[name] for name in provided)
    assert found["until"] == max(closure["last"] for closure in found["closures"])
    assert found["all"]["people"] == people.drop_nulls("closure_id")["counted"].sum()


@pytest.mark.parametrize("by", sorted(BY))
def test_reach_is_as_counted_way_by_way(matched: Matched, by: str) -> None:
    """Openings within reach of a zone are those all of whose ways take no longer than the limit, there and back."""
    market, chains = matched.market, BY[by]
    vacancies, minutes = market.region.table("vacancies"), market.minutes
    found = reachable_openings(market, chains)
    for zone in range(0, len(found), 5):
        expected = 0
        for vacancy, openings, days, remote in zip(
            range(len(vacancies)),
            vacancies["openings"],
            vacancies["presence_days"],
            vacancies["remote_share"],
            strict=True,
        ):
            triples = market.triples.of_vacancy.row(vacancy)
            ways = [
                min(max(int(minutes.out[t, zone, c]), int(minutes.back[t, zone, c])) for c in chains) for t in triples
            ]
            near = all(way <= WITHIN for way in ways) if ways else days == 0 or remote == 1
            expected += openings if near else 0
        assert found[zone] == expected


def test_reach_needs_no_way_to_a_remote_post(matched: Matched) -> None:
    """A post that asks no presence is within reach of every zone, by whatever means."""
    from dataclasses import replace  # noqa: PLC0415  # only here

    from drehkreuz.reach import triples  # noqa: PLC0415  # only here

    region = matched.market.region
    remote = region.with_tables({"vacancies": region.table("vacancies").with_columns(remote_share=pl.lit(1.0))})
    remote = remote.with_tables({"vacancy_places": TABLES["vacancy_places"].empty()})
    market = replace(matched.market, region=remote, triples=triples(remote))
    everything = region.table("vacancies")["openings"].sum()
    assert np.all(reachable_openings(market, (Chain.WALK,)) == everything)


def test_municipalities_sum_to_the_region(matched: Matched) -> None:
    """People and openings of the municipalities are those of the study area; residents those of their zones."""
    towns, barriers = municipalities(matched.market), breakdown(matched)
    assert [town["name"] for town in towns] == ["Bachtal", "Sonnenfeld"]
    for side, figure in (("people", "people"), ("openings", "openings")):
        inside = {
            line["key"]: line["total"] for line in barriers[side]["by"]["municipality"] if line["key"] != "outside"
        }
        assert {town["key"]: town[figure] for town in towns if town[figure]} == inside
    zones = matched.market.region.table("zones").filter(municipality="02")
    assert towns[0]["residents"] == zones["population"].sum()


def test_groups_have_names_in_both_languages() -> None:
    """Every level, status and main group of occupations is called something in German and in English."""
    statuses = TABLES["people"].columns["employment_status"].allowed or ()
    asked = [("situation", status) for status in statuses] + [("level", str(level)) for level in range(1, 5)]
    for by, key in asked:
        assert name(by, key, "de") != key
        assert name(by, key, "en") != key


def test_nothing_of_a_person_is_in_it(matched: Matched, report: Values) -> None:
    """The report can be written as JSON, and holds no id of a person, a post or a cell."""
    written = json.dumps(report, default=_iso)
    region = matched.market.region
    ids = {
        *region.table("people")["person_id"],
        *region.table("vacancies")["vacancy_id"],
        *region.table("zones")["zone_id"],
    }
    assert not [each for each in ids if f'"{each}"' in written]
    assert report["may_be_real"] is False
