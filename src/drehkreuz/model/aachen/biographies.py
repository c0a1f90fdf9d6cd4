# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What people bring: occupations held, awards, certificates, skills, languages, licences, residence title."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from drehkreuz.model.aachen.awards import awards
from drehkreuz.model.aachen.draw import Draws
from drehkreuz.model.aachen.held import EU, ORIGINS, Held, held
from drehkreuz.model.aachen.histories import histories
from drehkreuz.model.aachen.languages import languages
from drehkreuz.model.aachen.licences import licences
from drehkreuz.model.aachen.people import People
from drehkreuz.model.core import Core, Market

CLAIMED: Final = 0.22
"""Share of an occupation's optional skills that somebody in it has; assumed."""
TAKEN_BACK: Final = 0.012
"""Share of its essential skills that somebody in it says are not there; assumed."""
LEARNED_ESSENTIAL, LEARNED_OPTIONAL = 0.50, 0.25
"""Share of both that somebody has who left the studies for it; assumed."""

RESIDENCE: Final = {
    "graduates_abroad": (
        ("humanitarian", 0.12), ("job_search", 0.40), ("work_tied", 0.10), ("study", 0.08), ("unrestricted", 0.30),
    ),
    "newcomers": (("humanitarian", 0.64), ("job_search", 0.02), ("work_tied", 0.02), ("unrestricted", 0.32)),
}  # fmt: skip
"""Residence title of people from outside the European Union, by group, and how often; assumed."""
MONTHS_LEFT: Final = (6, 36)
"""Months left of a limited title, from … to; assumed."""

REACHED_ABROAD: Final = np.array([1, 2, 2, 3, 4])
"""Level of the European Qualifications Framework of people from abroad without the award, by level of their occupation;
assumed: their schools are not in the tables."""


@dataclass(frozen=True, slots=True)
class Biographies:
    """
    What people bring.

    Attributes:
        tables: person_occupations, person_qualifications, person_skills, person_languages, person_licences.
        columns: Columns of `people` that follow from it: eqf, residence_purpose, residence_months_left.
    """

    tables: dict[str, pl.DataFrame]
    columns: pl.DataFrame


def biographies(people: People, core: Core, market: Market, draws: Draws) -> Biographies:
    """
    Draw what everybody brings.

    Args:
        people: Everybody.
        core: The taxonomy.
        market: Figures of the occupations.
        draws: Where chance comes from.
    """
    brought = held(people, core, market, draws)
    qualifications = awards(people, brought, core, market, draws)
    return Biographies(
        {
            "person_occupations": histories(people, brought, core, market, draws),
            "person_qualifications": qualifications,
            "person_skills": _skills(people, core, market, draws),
            "person_languages": languages(people, brought, draws),
            "person_licences": licences(people, brought, market, draws),
        },
        _residence(people, brought, draws).with_columns(eqf=_reached(people, brought, core, qualifications)),
    )


def _skills(people: People, core: Core, market: Market, draws: Draws) -> pl.DataFrame:
    """Return skills beside the occupation: optional ones of it, and what students learned before they left."""
    row = {name: i for i, name in enumerate(market.occupation_ids)}
    asked = core.occupation_skills.with_columns(o=pl.col("occupation_id").replace_strict(row, return_dtype=pl.Int64))
    person = people.table.select(
        "person_id", o=pl.Series(people.sample.occupation), student=pl.Series(people.group == "students")
    )
    pairs = person.join(asked, on="o").sort("person_id", "skill_id")
    u = draws.stream("skills").uniform(len(pairs))
    student, essential = pairs["student"].to_numpy(), (pairs["relation"] == "essential").to_numpy()
    learned = np.where(essential, LEARNED_ESSENTIAL, LEARNED_OPTIONAL)
    brought = u < np.select([student, ~essential], [learned, CLAIMED], 0.0)
    taken_back = ~student & essential & (u < TAKEN_BACK)
    through = np.select([taken_back, student], ["corrected_away", "course"], "claim")
    pairs = pairs.with_columns(through=pl.Series(through)).filter(pl.Series(brought | taken_back))
    return pairs.select("person_id", "skill_id", "through")


def _residence(people: People, held: Held, draws: Draws) -> pl.DataFrame:
    """Return the residence title of each; citizens of the European Union need none."""
    stream, n = draws.stream("residence"), len(people.sample)
    free = np.array([country in EU for country, _, _ in ORIGINS])[held.origin]
    purpose = np.full(n, "unrestricted", dtype="U12")
    for group, table in RESIDENCE.items():
        purpose = np.where((people.group == group) & ~free, stream.pick(table, n), purpose)
    months = np.floor(stream.between(*MONTHS_LEFT, n))
    left = pl.Series(np.where(purpose == "unrestricted", np.nan, months)).fill_nan(None)
    return pl.DataFrame({"residence_purpose": purpose, "residence_months_left": left.cast(pl.Int64)})


def _reached(people: People, held: Held, core: Core, qualifications: pl.DataFrame) -> pl.Series:
    """Return the highest level that each has reached: of the awards held in full, 1 without any."""
    complete = qualifications.filter(pl.col("modules_done").is_null())
    level = complete.join(core.qualifications.select("qualification_id", "dqr"), on="qualification_id")
    highest = level.group_by("person_id").agg(pl.col("dqr").max())
    of_awards = people.table.select("person_id").join(highest, on="person_id", how="left", maintain_order="left")["dqr"]
    at_least = np.where(held.foreign, REACHED_ABROAD[held.level], 1)
    return pl.Series(np.maximum(of_awards.fill_null(1).to_numpy(), at_least))
