# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Rules about dated facts: law, tariffs, projects; and about languages, wherever they are named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from drehkreuz.region.checks.rule import Rule
from drehkreuz.region.region import Region

SWAP: Final = "Swap the two, or correct one."

TARIFF_UNITS: Final = {
    "EUR/month": ("transit_month", "transit_job_ticket_month", "care_month"),
    "EUR/trip": ("transit_single", "shared_pedelec_ride"),
    "EUR/km": ("car_km", "bike_km", "pedelec_km"),
    "g/pkm": ("co2_car_km", "co2_transit_km", "co2_rail_km", "co2_tram_km", "co2_pedelec_km", "co2_bike_km"),
}

LANGUAGE_COLUMNS: Final = (
    ("person_languages", "language"),
    ("vacancy_languages", "language"),
    ("courses", "entry_language"),
    ("courses", "leads_to_language"),
)
CODES: Final = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo "
    "es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka "
    "kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng "
    "nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st "
    "su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
ISO_639_1: Final = frozenset(CODES.split())


def rules(region: Region) -> Iterator[Rule]:
    """Yield the rules of rules, tariffs, projects and languages."""
    for table in ("rules", "tariffs"):
        backwards = pl.col("valid_to") < pl.col("valid_from")
        yield Rule(table, region.table(table), "valid_to", backwards, "is before valid_from {valid_from}", SWAP)
    yield from _tariffs(region)
    yield from _projects(region)
    for table, column in LANGUAGE_COLUMNS:
        unknown = pl.col(column).str.contains("^[a-z]{2}$") & ~pl.col(column).is_in(sorted(ISO_639_1))
        remedy = "Use ISO 639-1: uk Ukrainian, el Greek, cs Czech, sq Albanian, fa Persian …"
        yield Rule(table, region.table(table), column, unknown, "is no language", remedy)


def _tariffs(region: Region) -> Iterator[Rule]:
    begins_next = pl.col("valid_from").shift(-1).over("tariff_id", order_by="valid_from")
    tariffs = region.table("tariffs").with_columns(next=begins_next)
    overlap = pl.col("next") <= pl.col("valid_to").fill_null(pl.col("next"))
    problem = "still holds on {next}, when the next value begins"
    yield Rule("tariffs", tariffs, "valid_to", overlap, problem, "End it the day before.")
    for unit, names in TARIFF_UNITS.items():
        wrong = pl.col("tariff_id").is_in(names) & (pl.col("unit") != unit)
        yield Rule("tariffs", tariffs, "unit", wrong, "does not fit {tariff_id}", f"Give the value in {unit}.")


def _projects(region: Region) -> Iterator[Rule]:
    projects = region.table("projects")
    occupation = pl.col("occupation_id")
    known = region.table("occupations")["occupation_id"].unique().implode()
    dangling = (occupation != "") & ~occupation.is_in(known)
    remedy = "Add it to the table occupations, or leave it empty: not broken down."
    yield Rule("projects", projects, "occupation_id", dangling, "is not in the table occupations", remedy)
    grows = (pl.col("kind") == "closure") & (pl.col("posts") > 0)
    yield Rule("projects", projects, "posts", grows, "a closure adds no posts", "Count posts that go as negative.")
    both = pl.col("kind").n_unique().over("project_id") > 1
    problem = "the project is a site in one year and a closure in another"
    yield Rule("projects", projects, "kind", both, problem, "Make two projects of it.")
