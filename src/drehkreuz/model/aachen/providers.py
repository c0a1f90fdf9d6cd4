# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Providers of courses and the places where they teach."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.model.aachen.area import Area
from drehkreuz.region import TABLES

DATA: Final = files(__package__) / "data"

KM_PER_DEGREE: Final = 111.2
"""Kilometres a degree of latitude."""
KM_PER_DEGREE_EAST: Final = 70.3
"""Kilometres a degree of longitude at Aachen's latitude; within two per cent everywhere in the area."""


@cache
def providers() -> pl.DataFrame:
    """
    Return the providers' sites by `place_id`.

    Columns: `place_id`, `provider`, `kind` (as in `course_types.toml`), `town`, `municipality`, `east_m`, `north_m` (from the
    town's centre, assumed), `weight` (how much is offered there, assumed), `teaches` (language), `fields` (list).
    """
    text = {"municipality": pl.String}
    sites = pl.read_csv((DATA / "providers.csv").read_bytes(), schema_overrides=text)
    return sites.with_columns(pl.col("fields").str.split(";")).sort("place_id")


def learning_places(area: Area) -> pl.DataFrame:
    """
    Return the places where courses are held, table `places`.

    A place lies some hundred metres from the centre of its town, so that two providers of a town are not in one spot and its
    coordinates are those of no real institution.

    Raises:
        InputError: If a town is no settlement of its municipality.
    """
    centres = area.settlements.sort("population", "settlement_id", descending=[True, False]).unique(
        ["municipality", "name"], keep="first", maintain_order=True
    )
    towns = centres.select("municipality", "lat", "lon", town="name")
    sites = providers().join(towns, on=["municipality", "town"], how="left", maintain_order="left")
    lost = sites.filter(pl.col("lat").is_null())
    if len(lost):
        raise InputError(*(_lost(*row) for row in lost.select("place_id", "town", "municipality").iter_rows()))
    return TABLES["places"].conform(
        sites.select(
            "place_id",
            "municipality",
            name=pl.concat_str("provider", "town", separator=" "),
            kind=pl.lit("learning"),
            lat=(pl.col("lat") + pl.col("north_m") / 1000 / KM_PER_DEGREE).round(6),
            lon=(pl.col("lon") + pl.col("east_m") / 1000 / KM_PER_DEGREE_EAST).round(6),
        )
    )


def _lost(place_id: str, town: str, municipality: str) -> Finding:
    problem = f"is no settlement of municipality {municipality}"
    return Finding("providers.csv", place_id, "town", town, problem, "Name a settlement of settlements.csv.")


def berufskollegs(places: pl.DataFrame) -> pl.DataFrame:
    """Return those of the places that are a Berufskolleg, where apprentices go to school, in the order given."""
    schools = providers().filter(pl.col("kind") == "berufskolleg")
    return places.filter(pl.col("place_id").is_in(schools["place_id"].implode()))
