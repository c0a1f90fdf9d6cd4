# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Which items people hold on the region's day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.learning.items import Item, Items, Kind, levels
from drehkreuz.learning.parameters import LearningParameters
from drehkreuz.region import Region
from drehkreuz.skills import CEFR, SkillProfiles, Taxonomy, holdings
from drehkreuz.skills.profile import COMPLETE
from drehkreuz.skills.rows import rows_of

FREE_MOVEMENT: Final = frozenset(
    {
        "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "EU", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI",
        "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
    }
)  # fmt: skip
"""
European Union, European Economic Area and Switzerland, ISO 3166-1 alpha-2: whose awards Directive 2005/36/EC covers, there and
through the agreements with these countries. `EU` is one of them that is not named.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """
    What each person of a block holds.

    Attributes:
        held: bool[n, items].
        related: bool[n, skills among the items], a skill not held but with enough siblings held.
        unrecognised: bool[n, qualifications], a complete award in force that only lacks recognition.
    """

    held: NDArray[np.bool_]
    related: NDArray[np.bool_]
    unrecognised: NDArray[np.bool_]


def held_items(
    region: Region,
    taxonomy: Taxonomy,
    profiles: SkillProfiles,
    items: Items,
    people: range,
    parameters: LearningParameters,
) -> Held:
    """
    Look up what each person of a block holds on the region's day.

    An award holds when it is complete, has not run out, and counts where people look for work (`counts_here`). Where no day is given, an award that needs renewal runs out with the calendar year
    `year + valid_years`. Of an award not yet complete the first `modules_done` modules count as done, never all (assumed: modules
    are taken in order). A course counts as done where a person already holds everything else it gives.

    Raises:
        InputError: If a row names a person or a qualification that is not there.
    """
    skills = np.array([item.of for item in items.items if item.kind is Kind.SKILL], dtype=np.int32)
    held = np.zeros((len(people), len(items.items)), dtype=np.bool_)
    held[:, : len(skills)], related = holdings(profiles, taxonomy, skills, people, parameters.skills)
    unrecognised = np.zeros((len(people), len(items.modules)), dtype=np.bool_)
    _hold_awards(region, items, people, parameters, held, unrecognised)
    _hold_languages(region, items, people, held)
    _hold_courses(items, held)
    return Held(held, related, unrecognised)


def counts_here(region: Region, country: str) -> pl.Series:
    """
    Return which rows of `person_qualifications` count in a country, whether complete and in force or not.

    Those made there, fully recognised or found equal (Feststellungsverfahren). Those from another country of free movement, too,
    where the award opens no regulated occupation and is not itself what a law asks: nobody then needs a recognition to work in it, the employer judges what the
    award is worth, by its level in the European Qualifications Framework and the skills behind it; a comparison may be asked
    for, but need not. Where the occupation is regulated, the directive gives a right to be recognised, not the recognition.
    A certificate that no law asks (forklift, crane), or that the law takes from other countries as it is (code 95), is one that
    employers judge. From elsewhere an award needs the recognition, as an employer has nothing to compare it with (assumed: the law asks
    it for regulated occupations alone).

    Args:
        region: Tables `person_qualifications`, `qualifications`, `occupations`.
        country: Country of work, ISO 3166-1 alpha-2.

    Returns:
        Boolean, in the order of the table.

    Source:
        Directive 2005/36/EC, articles 1, 2 and 4 (regulated professions only); BQFG §§ 4 and 9 (comparison of awards, regulated
        or not); Recommendation 2017/C 189/03 on the European Qualifications Framework.
    """
    regulated = region.table("occupations").filter("regulated")["occupation_id"].implode()
    opens = rows_of(region, "person_qualifications", "qualification_id", "qualifications")
    restricted = region.table("qualifications").select(
        pl.col("occupation_id").is_in(regulated).fill_null(value=False) | pl.col("regulated")
    )
    free = country in FREE_MOVEMENT
    near = pl.lit(free) & pl.col("country").is_in(sorted(FREE_MOVEMENT)) & ~pl.lit(restricted.to_series().gather(opens))
    recognised = (pl.col("country") == country) | (pl.col("recognition") == "full") | pl.col("validated")
    return region.table("person_qualifications").select(counts=recognised | near).to_series()


def _hold_awards(
    region: Region,
    items: Items,
    people: range,
    parameters: LearningParameters,
    held: NDArray[np.bool_],
    unrecognised: NDArray[np.bool_],
) -> None:
    award = rows_of(region, "person_qualifications", "qualification_id", "qualifications")
    day = region.manifest.day
    renewed_every = region.table("qualifications")["valid_years"].gather(award)
    in_force = (pl.col("expires") >= day).fill_null(
        ((pl.col("year") + renewed_every) >= day.year).fill_null(value=True)
    )
    recognised = counts_here(region, parameters.country)
    states = region.table("person_qualifications").select(
        person=rows_of(region, "person_qualifications", "person_id", "people"),
        award=award,
        holds=COMPLETE & in_force & pl.lit(recognised),
        lacks_recognition=COMPLETE & in_force & ~pl.lit(recognised),
        done=pl.when(~COMPLETE).then(pl.col("modules_done")).fill_null(0),
    )
    block = states.filter(pl.col("person").is_between(people.start, people.stop, closed="left"))
    for person, q, holds, lacks_recognition, done in block.iter_rows():
        has = items.whole(q) if holds else levels(Kind.AWARD, q, min(done, int(items.modules[q]) - 1))
        _hold(items, held[person - people.start], has)
        unrecognised[person - people.start, q] = lacks_recognition


def _hold_languages(region: Region, items: Items, people: range, held: NDArray[np.bool_]) -> None:
    spoken = region.table("person_languages").select(
        "language",
        "cefr",
        "certified",
        person=rows_of(region, "person_languages", "person_id", "people"),
    )
    block = spoken.filter(
        pl.col("person").is_between(people.start, people.stop, closed="left"), pl.col("language").is_in(items.languages)
    )
    for language, cefr, certified, person in block.iter_rows():
        at, level = items.languages.index(language), CEFR.index(cefr) + 1
        exam = levels(Kind.EXAM, at, level if certified else 0)
        _hold(items, held[person - people.start], levels(Kind.LANGUAGE, at, level) | exam)


def _hold_courses(items: Items, held: NDArray[np.bool_]) -> None:
    for i, item in enumerate(items.items):
        if item.kind is Kind.COURSE:
            rest = items.numbers(items.gives[item.of] - {item})
            held[:, i] = held[:, rest].all(axis=1) & (len(rest) > 0)


def _hold(items: Items, row: NDArray[np.bool_], has: frozenset[Item]) -> None:
    row[[items.index[item] for item in has if item in items.index]] = True
