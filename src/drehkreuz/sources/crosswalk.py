# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Rows that speak of a region's own occupations, turned to those of the taxonomy by way of ISCO-08."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from drehkreuz.errors import Finding
from drehkreuz.region import Column, TableSchema
from drehkreuz.skills.linking import TitleIndex

OCCUPATIONS_LOCAL: Final = TableSchema(
    name="occupations_local",
    doc="Occupations that the rows of a source speak of, with what finds them in the taxonomy. Not kept in the region.",
    key=("occupation_id",),
    columns={
        column.name: column
        for column in (
            Column("occupation_id", "id", "The source's own code of the occupation.", required=True),
            Column("isco08", "text", "ISCO-08 code, one to four digits.", required=True, pattern=r"\d{1,4}"),
            Column("label", "text", "Name of the occupation; decides within the ISCO group.", required=True),
        )
    },
)

_MAPPED: Final = ("person_occupations", "vacancies", "qualifications", "projects")
"""Tables whose occupation_id is looked up."""

_SKILLED: Final = {"person_skills": "skill_id", "vacancy_skills": "skill_id", "course_skills": "skill_id"}
"""Tables that speak of skills."""


@dataclass(frozen=True, slots=True)
class MappedOccupation:
    """
    One of the source's occupations and what it became.

    Attributes:
        occupation_id: The source's own code.
        label: Its name there.
        isco08: Its ISCO-08 code.
        candidates: Occupations of the taxonomy under that code.
        mapped_to: The one chosen: the likest by name; of equals, the first by id.
        mapped_label: Its name.
        rows: Rows that spoke of it.
    """

    occupation_id: str
    label: str
    isco08: str
    candidates: int
    mapped_to: str
    mapped_label: str
    rows: int
