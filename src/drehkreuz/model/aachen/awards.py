# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Table `person_qualifications`: awards of occupations, modules begun, certificates and school leaving."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.model.aachen.draw import Draws
from drehkreuz.model.aachen.held import Held
from drehkreuz.model.aachen.people import People
from drehkreuz.model.aachen.rows import rows
from drehkreuz.model.aachen.work_today import DAY, at_work
from drehkreuz.model.core import Core, Market

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

RECOGNITION: Final = (("none", 0.42), ("applied", 0.22), ("partial", 0.20), ("full", 0.16))
"""Recognition of awards from outside the European Union's neighbours, and how often; assumed."""
YEARS_LATER: Final = 3
"""An award is had within so many years from the first possible one."""
BEGAN_MODULES: Final = 0.05
"""Share of skilled people without the award who have begun its Teilqualifikation; assumed."""
MODULES: Final = 6
MODULES_DONE_MOST: Final = 4

CERTIFIED_SINCE: Final = 8
CERTIFIED_SINCE_NEWCOMERS: Final = 2
"""Certificates are at most so many years old; newcomers have not been here for longer."""
NEWCOMERS_CERTIFIED: Final = 0.3
"""Share of the usual certificates that newcomers have; assumed."""
FIRST_CERTIFICATE: Final = 18
"""Age reached in the year of the first certificate."""

SCHOOL: Final = (("q-school-9", 16), ("q-school-10", 17), ("q-school-12", 19))
"""School leaving awards, and the age reached in the year each is had at the earliest."""
SCHOOL_SHARES: Final = np.array(
    [
        [0.55, 0.30, 0.05, 0.10],
        [0.55, 0.30, 0.05, 0.10],
        [0.28, 0.52, 0.18, 0.02],
        [0.06, 0.44, 0.50, 0.00],
        [0.00, 0.04, 0.96, 0.00],
    ]
)
"""Share with each school leaving award and with none, by level of the occupation, 0 without one; assumed."""


def awards(people: People, held: Held, core: Core, market: Market, draws: Draws) -> pl.DataFrame:
    """Return table `person_qualifications`: nobody holds an award younger than it can be had."""
    parts = [
        *_of_occupations(people, held, core, market, draws),
        *_certificates(people, held, core, market, draws),
        _school(people, held, draws),
    ]
    return pl.concat(parts, how="diagonal_relaxed")


def _of_occupations(people: People, held: Held, core: Core, market: Market, draws: Draws) -> list[pl.DataFrame]:
    stream, n = draws.stream("years of awards"), len(people.sample)
    of_occupation = dict(
        core.qualifications.drop_nulls("occupation_id").select("occupation_id", "qualification_id").iter_rows()
    )
    award = np.array([of_occupation.get(name, "") for name in market.occupation_ids])[people.sample.occupation]
    birth = DAY.year - people.years_old
    year = np.minimum(birth + held.award_age + np.floor(stream.uniform(n) * YEARS_LATER), DAY.year).astype(np.int64)
    recognition = np.where(held.foreign, stream.pick(RECOGNITION, n), _neighbours(held))
    # Skilled people without the award, not from abroad, may have begun its modules.
    may = ~held.award & (held.level == 2) & ~held.foreign & (award != "") & (people.group != "students")
    began = may & stream.happens(BEGAN_MODULES, n)
    done = stream.integers(1, MODULES_DONE_MOST, n)
    return [
        rows(people, held.award, qualification_id=award, year=year, country=held.country, recognition=recognition),
        rows(
            people, began, qualification_id=award, year=DAY.year - 1, country="DE", recognition="none",
            modules_done=done, modules_total=MODULES,
        ),
    ]  # fmt: skip


def _neighbours(held: Held) -> NDArray[np.str_]:
    """Return the recognition of awards from near: full across the border (Directive 2005/36/EC), none needed here."""
    return np.where(held.country == "DE", "none", "full")


def _certificates(people: People, held: Held, core: Core, market: Market, draws: Draws) -> list[pl.DataFrame]:
    """Return certificates that go with the occupation held; those that people do not use at work may have run out."""
    stream, n = draws.stream("certificates"), len(people.sample)
    valid = dict(core.qualifications.select("qualification_id", "valid_years").iter_rows())
    of_occupations = set(core.qualifications.drop_nulls("occupation_id")["qualification_id"])
    names, share = market.shares("certificates")
    newcomer = people.group == "newcomers"
    usual = (held.level > 0) & (people.group != "students") & (people.years_old > FIRST_CERTIFICATE)
    since = np.where(newcomer, CERTIFIED_SINCE_NEWCOMERS, CERTIFIED_SINCE)
    since = np.clip(people.years_old - 1 - FIRST_CERTIFICATE, 0, since)
    parts = []
    for i, name in enumerate(names):
        if name in of_occupations:
            continue
        likely = share[people.sample.occupation, i] * np.where(newcomer, NEWCOMERS_CERTIFIED, 1.0)
        has = usual & stream.happens(likely, n)
        year = DAY.year - 1 - np.floor(stream.uniform(n) * since)
        expires = _expires(year, valid[name], at_work(people.sample), stream.uniform(n))
        when = year.astype(np.int64)
        parts.append(
            rows(people, has, qualification_id=name, year=when, country="DE", recognition="none", expires=expires)
        )
    return parts


def _expires(year: Floats, valid: float | None, works: Bools, u: Floats) -> NDArray[np.datetime64]:
    """Return the day each runs out, NaT if never; who works with it has renewed it in time."""
    if valid is None:
        return np.full(len(year), np.datetime64("NaT", "D"))
    whole = int(np.ceil(valid))
    terms = np.where(works, np.ceil((DAY.year + 1 - year) / whole), 1)
    months = ((year + terms * whole - 1970) * 12 + np.floor(u * 12)).astype(np.int64)
    return np.asarray(months.astype("datetime64[M]").astype("datetime64[D]") + np.timedelta64(27, "D"))


def _school(people: People, held: Held, draws: Draws) -> pl.DataFrame:
    """Return the school leaving award of all who went to school here or across the border."""
    likely = SCHOOL_SHARES[held.level]
    likely[people.group == "students"] = (0.0, 0.0, 1.0, 0.0)
    ages = np.array([age for _, age in SCHOOL])
    likely[:, : len(SCHOOL)] *= people.years_old[:, None] >= ages
    leaving = draws.stream("school").choose_each(likely)
    has = (leaving < len(SCHOOL)) & ~held.foreign
    at = np.minimum(leaving, len(SCHOOL) - 1)
    names = np.array([name for name, _ in SCHOOL])[at]
    year = DAY.year - people.years_old + ages[at]
    return rows(people, has, qualification_id=names, year=year, country=held.country, recognition=_neighbours(held))
