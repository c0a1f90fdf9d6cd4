# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Small regions for the learning engine, made of the rows that matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

from drehkreuz.learning import Learning, LearningParameters, Plan, TrainingReason, learning, plan_for
from drehkreuz.learning.reasons import NOTHING
from drehkreuz.region import TABLES, Manifest, Region
from drehkreuz.skills import requirement_profiles, skill_profiles, taxonomy

DAY = date(2026, 1, 5)  # a Monday
PLAIN = {"text": "x", "id": "x", "float": 1.0, "int": 1, "bool": False, "date": DAY, "clock": 480}
Rows = Sequence[Mapping[str, Any]]


class World:
    """A region with everything the learning engine wants to be given, and its answers."""

    def __init__(
        self, parameters: LearningParameters, reachable: NDArray[np.bool_] | None, tables: dict[str, Rows]
    ) -> None:
        manifest = Manifest(name="test", title="Test", day=DAY, language="de", provenance={})
        self.region = Region(manifest, {name: _frame(name, rows) for name, rows in tables.items() if rows})
        self.parameters = parameters
        self.taxonomy = taxonomy(self.region)
        self.profiles = skill_profiles(self.region, self.taxonomy, parameters.skills)
        self.requirements = requirement_profiles(self.region, self.taxonomy)
        self.people = range(len(self.region.table("people")))
        everywhere = np.ones((len(self.people), len(self.region.table("course_sessions"))), dtype=np.bool_)
        self.reachable = everywhere if reachable is None else reachable

    def block(self) -> Learning:
        """The block of all people."""
        return learning(
            self.region,
            self.taxonomy,
            self.profiles,
            self.requirements,
            self.reachable,
            self.people,
            self.parameters,
        )

    def plan(self, person: int = 0, profile: int = 0, ignoring: TrainingReason = NOTHING) -> Plan | None:
        """One person's plan."""
        return plan_for(
            self.region,
            self.taxonomy,
            self.profiles,
            self.requirements,
            self.reachable[person : person + 1],
            person,
            profile,
            self.parameters,
            ignoring=ignoring,
        )


def _frame(table: str, rows: Rows) -> pl.DataFrame:
    columns = TABLES[table].columns.values()
    required = {column.name: PLAIN[column.type] for column in columns if column.required and column.default is None}
    return TABLES[table].conform(pl.DataFrame([required | dict(row) for row in rows], infer_schema_length=None))


@pytest.fixture(scope="session")
def world() -> Callable[..., World]:
    """Builds a world from rows: `world(people=[{"person_id": "ana"}], …)`."""

    def build(
        parameters: LearningParameters = LearningParameters(),  # noqa: B008  # frozen
        reachable: NDArray[np.bool_] | None = None,
        **tables: Rows,
    ) -> World:
        return World(parameters, reachable, tables)

    return build
