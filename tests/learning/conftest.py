# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Small regions for the learning engine, made of the rows that matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from drehkreuz.learning import Learning, LearningParameters, Plan, TrainingReason, learning, plan_for
from drehkreuz.learning.reasons import NOTHING
from drehkreuz.region import Region
from drehkreuz.skills import requirement_profiles, skill_profiles, taxonomy
from learning.cases import DAY, Build

PARAMETERS = LearningParameters()


class World:
    """A region with everything the learning engine wants to be given, and its answers."""

    def __init__(self, region: Region, parameters: LearningParameters, reachable: NDArray[np.bool_] | None) -> None:
        self.region = region
        self.parameters = parameters
        self.taxonomy = taxonomy(region)
        self.profiles = skill_profiles(region, self.taxonomy, parameters.skills)
        self.requirements = requirement_profiles(region, self.taxonomy)
        self.people = range(len(region.table("people")))
        everywhere = np.ones((len(self.people), len(region.table("course_sessions"))), dtype=np.bool_)
        self.reachable = everywhere if reachable is None else reachable

    def block(self, people: range | None = None) -> Learning:
        """The block of some people, or of all."""
        people = people or self.people
        given = (self.region, self.taxonomy, self.profiles, self.requirements)
        return learning(*given, self.reachable[people.start : people.stop], people, self.parameters)

    def plan(self, person: int = 0, profile: int = 0, ignoring: TrainingReason = NOTHING) -> Plan | None:
        """One person's plan."""
        given = (self.region, self.taxonomy, self.profiles, self.requirements)
        reachable = self.reachable[person : person + 1]
        return plan_for(*given, reachable, person, profile, self.parameters, ignoring=ignoring)


@pytest.fixture(scope="session")
def world(make_region: Callable[..., Region]) -> Callable[..., World]:
    """Builds a world from rows: `world(people=[{"person_id": "ana"}], …)`."""

    def build(
        parameters: LearningParameters = PARAMETERS,
        reachable: NDArray[np.bool_] | None = None,
        **tables: Sequence[Mapping[str, Any]],
    ) -> World:
        return World(make_region(**tables).with_manifest(day=DAY), parameters, reachable)

    return build


@pytest.fixture
def workshop(world: Build) -> Build:
    """
    Ana holds two of the four skills that a fitter's post asks, all of one weight, and lacks `weld` and `cut`.

    One more skill reaches the threshold of three quarters.
    """

    def build(
        *,
        ana: dict[str, Any] | None = None,
        post: dict[str, Any] | None = None,
        parameters: LearningParameters | None = None,
        reachable: Any = None,
        **tables: Any,
    ) -> Any:
        person = {"person_id": "ana", "eqf": 4, "learning_hours_max": 40.0, "learning_fee_max_eur": 500.0}
        skills = [{"skill_id": s, "class": "technical"} for s in ("file", "drill", "weld", "cut", "grind")]
        needs = [
            {"occupation_id": "fitter", "skill_id": row["skill_id"], "relation": "essential"} for row in skills[:4]
        ]
        given: dict[str, Any] = {
            "people": [person | (ana or {})],
            "occupations": [{"occupation_id": "fitter", "eqf": 4}],
            "skills": skills,
            "occupation_skills": needs,
            "person_skills": [{"person_id": "ana", "skill_id": s} for s in ("file", "drill")],
            "vacancies": [{"vacancy_id": "post", "occupation_id": "fitter"} | (post or {})],
        }
        return world(parameters or LearningParameters(), reachable, **given | tables)

    return build
