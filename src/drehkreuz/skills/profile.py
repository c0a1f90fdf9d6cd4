# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What people can do, and through what: occupations held, awards, courses, claims."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.region import Region
from drehkreuz.region.csr import Csr
from drehkreuz.skills.parameters import PARAMETERS, SkillParameters
from drehkreuz.skills.rows import rows_of
from drehkreuz.skills.taxonomy import Taxonomy


class Through(IntEnum):
    """Through what a person has a skill; where there are several ways, the first of this list is named."""

    OCCUPATION = 0  # essential in an occupation held
    AWARD = 1  # essential in the occupation that an award qualifies for
    COURSE = 2
    OPTIONAL = 3  # optional in an occupation held for years
    CLAIM = 4
    VOLUNTEERING = 5
    FAMILY = 6
    HOBBY = 7


CLAIMS: Final = {
    "course": Through.COURSE,
    "claim": Through.CLAIM,
    "volunteering": Through.VOLUNTEERING,
    "family": Through.FAMILY,
    "hobby": Through.HOBBY,
}
"""What `person_skills.through` means; the one word left out, corrected_away, takes a skill back."""

COMPLETE: Final = pl.col("modules_total").is_null() | (pl.col("modules_done") >= pl.col("modules_total")).fill_null(
    value=False
)
"""Whether a row of `person_qualifications` is an award, not only some modules of one."""


@dataclass(frozen=True, slots=True, eq=False)
class SkillProfiles:
    """
    Skills of every person, with the reason for each.

    No entry ages: how long ago a skill was used serves advice to the person alone and enters no fit.

    Attributes:
        skills: p → skills, ascending.
        through: int32[m], `Through` of each entry of `skills.indices`.
        occupation: int32[m], the occupation behind OCCUPATION, AWARD or OPTIONAL (the one held longest), else -1.
    """

    skills: Csr
    through: NDArray[np.int32]
    occupation: NDArray[np.int32]

    def why(self, person: int) -> list[tuple[int, Through, int]]:
        """Return (skill, through what, occupation or -1) for each skill of one person, ascending."""
        entries = slice(self.skills.indptr[person], self.skills.indptr[person + 1])
        columns = (self.skills.indices[entries], self.through[entries], self.occupation[entries])
        return [(int(s), Through(t), int(o)) for s, t, o in zip(*columns, strict=True)]


def skill_profiles(region: Region, taxonomy: Taxonomy, parameters: SkillParameters = PARAMETERS) -> SkillProfiles:
    """
    Collect what every person brings.

    Counted are the essential skills of occupations held long enough, their optional skills when held longer, the essential
    skills of the occupation that a complete award qualifies for (wherever it was made, recognised or not, run out or not:
    formal validity is another question), and what `person_skills` names. What a person takes back (`corrected_away`) is
    gone whatever it came through.

    Raises:
        InputError: If a row names a person, an occupation, a skill or a qualification that is not there.
    """
    claims = _claims(region)
    taken_back = claims.filter(pl.col("through").is_null())
    entries = (
        pl.concat([*_occupations(region, taxonomy, parameters), _awards(region, taxonomy), claims.drop_nulls()])
        .join(taken_back, on=["person", "skill"], how="anti")
        .sort("person", "skill", "through", "years", "occupation", descending=[False, False, False, True, False])
        .unique(["person", "skill"], keep="first", maintain_order=True)
    )
    indptr = np.searchsorted(entries["person"].to_numpy(), np.arange(len(region.table("people")) + 1))
    return SkillProfiles(
        skills=Csr(indptr.astype(np.int64), entries["skill"].to_numpy()),
        through=entries["through"].to_numpy(),
        occupation=entries["occupation"].to_numpy(),
    )


ENTRIES: Final = pl.Schema(
    {"person": pl.Int32, "skill": pl.Int32, "through": pl.Int32, "occupation": pl.Int32, "years": pl.Float64}
)


def _occupations(region: Region, taxonomy: Taxonomy, parameters: SkillParameters) -> list[pl.DataFrame]:
    held = pl.DataFrame(
        {
            "person": rows_of(region, "person_occupations", "person_id", "people"),
            "occupation": rows_of(region, "person_occupations", "occupation_id", "occupations"),
            "years": region.table("person_occupations")["years"],
        }
    )
    long = held.filter(pl.col("years") >= parameters.years_for_essential)
    longer = held.filter(pl.col("years") >= parameters.years_for_optional)
    return [
        _entries(long, taxonomy.essential, Through.OCCUPATION),
        _entries(longer, taxonomy.optional, Through.OPTIONAL),
    ]


def _awards(region: Region, taxonomy: Taxonomy) -> pl.DataFrame:
    qualifies_for = rows_of(region, "qualifications", "occupation_id", "occupations")
    award = rows_of(region, "person_qualifications", "qualification_id", "qualifications")
    held = pl.DataFrame(
        {
            "person": rows_of(region, "person_qualifications", "person_id", "people"),
            "occupation": qualifies_for[award],
            "years": np.zeros(len(award)),
            "complete": region.table("person_qualifications").select(COMPLETE).to_series(),
        }
    )
    return _entries(held.filter("complete", pl.col("occupation") >= 0), taxonomy.essential, Through.AWARD)


def _entries(held: pl.DataFrame, asked: Csr, through: Through) -> pl.DataFrame:
    """Return an entry for each skill that the occupations held ask."""
    occupations = np.repeat(np.arange(len(asked), dtype=np.int32), np.diff(asked.indptr))
    skills = pl.DataFrame({"occupation": occupations, "skill": asked.indices})
    return _conform(held.join(skills, on="occupation").with_columns(pl.lit(int(through)).alias("through")))


def _claims(region: Region) -> pl.DataFrame:
    """Return an entry for each row of `person_skills`; `through` is empty where the skill is taken back."""
    names = {name: int(way) for name, way in CLAIMS.items()}
    frame = pl.DataFrame(
        {
            "person": rows_of(region, "person_skills", "person_id", "people"),
            "skill": rows_of(region, "person_skills", "skill_id", "skills"),
            "through": region.table("person_skills")["through"].replace_strict(
                names, default=None, return_dtype=pl.Int32
            ),
        }
    )
    return _conform(frame.with_columns(pl.lit(-1).alias("occupation"), pl.lit(0.0).alias("years")))


def _conform(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(pl.col(name).cast(dtype) for name, dtype in ENTRIES.items())
