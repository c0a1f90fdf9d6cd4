# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The groups that a region's report is broken down by: of openings and of people, each row in one group."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.region import Region

UNKNOWN: Final = "unknown"
OUTSIDE: Final = "outside"
"""Municipalities that reports do not count, as one group."""


@dataclass(frozen=True, slots=True)
class Groups:
    """
    A table's rows in groups.

    Attributes:
        keys: The groups that occur.
        of_row: int64[rows], the group of each row.
    """

    keys: list[str]
    of_row: NDArray[np.int64]

    @classmethod
    def of(cls, keys: pl.Series, order: list[str]) -> Groups:
        """Return the groups of rows by their keys, in an order; keys that it does not name come last, by themselves."""
        place = {key: at for at, key in enumerate(order)}
        found = sorted(set(keys.to_list()), key=lambda key: (place.get(key, len(order)), key))
        number = {key: at for at, key in enumerate(found)}
        return cls(found, np.array([number[key] for key in keys.to_list()], dtype=np.int64))


def name(by: str, key: str, language: str) -> str:
    """
    Return what a group is called.

    Args:
        by: What is grouped by, a section of `groups.toml`.
        key: The group; one without a name, such as a municipality, is called by its key.
        language: `de` or another: English.
    """
    names = _names().get(by, {}).get(key)
    return key if names is None else names["de" if language == "de" else "en"]


@cache
def _names() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(files(__package__).joinpath("groups.toml").read_text(encoding="utf-8"))


def by_name() -> pl.Expr:
    """Return what sorts names as people look them up: an umlaut beside its letter, not behind all letters."""
    return pl.col("name").str.normalize("NFKD")


def groups_of_openings(region: Region) -> dict[str, Groups]:
    """
    Return the groups of table `vacancies`, by what they are grouped.

    `level`: Anforderungsniveau of the occupation. `occupation_group`: Berufshauptgruppe, the first two digits of its
    KldB 2010. `municipality`: of the workplace.
    """
    about = (
        region.table("vacancies")
        .select("occupation_id", "place_id")
        .join(region.table("occupations"), on="occupation_id", how="left", maintain_order="left")
        .join(
            region.table("places").select("place_id", "municipality"), on="place_id", how="left", maintain_order="left"
        )
    )
    return {
        "level": _groups(about["level"].cast(pl.String), "level"),
        "occupation_group": _groups(_main_group(about["kldb2010"]), "occupation_group"),
        "municipality": _municipalities(region, about["municipality"]),
    }


def groups_of_people(region: Region) -> dict[str, Groups]:
    """
    Return the groups of table `people`, by what they are grouped.

    `situation`: whose post a closure ends, at the operator or elsewhere; of all others the employment status.
    `municipality`: of the home.
    """
    people = region.table("people")
    closing = (
        pl.when(employer_group="lignite_operator").then(pl.lit("closing_operator")).otherwise(pl.lit("closing_others"))
    )
    situation = pl.when(pl.col("closure_id").is_not_null()).then(closing).otherwise("employment_status")
    homes = people.select("zone_id").join(region.table("zones"), on="zone_id", how="left", maintain_order="left")
    return {
        "situation": _groups(people.select(situation.alias("key"))["key"], "situation"),
        "municipality": _municipalities(region, homes["municipality"]),
    }


def _main_group(kldb: pl.Series) -> pl.Series:
    """Return the Berufshauptgruppe; of the armed forces, which are four, one."""
    two = kldb.str.slice(0, 2)
    return two.to_frame("key").select(pl.when(pl.col("key").str.starts_with("0")).then(pl.lit("01")).otherwise("key"))[
        "literal"
    ]


def _groups(keys: pl.Series, by: str) -> Groups:
    known = [key for key in _names()[by] if key != UNKNOWN]
    return Groups.of(keys.fill_null(UNKNOWN), [*known, UNKNOWN])


def _municipalities(region: Region, keys: pl.Series) -> Groups:
    """Return the municipalities by name, those outside the study area as one group behind them."""
    towns = region.table("municipalities").filter("study_area").sort(by_name(), "municipality")["municipality"]
    inside = pl.col("key").is_in(towns.implode())
    key = pl.when(inside).then("key").when(pl.col("key").is_null()).then(pl.lit(UNKNOWN)).otherwise(pl.lit(OUTSIDE))
    return Groups.of(keys.to_frame("key").select(key.alias("key"))["key"], [*towns, OUTSIDE, UNKNOWN])
