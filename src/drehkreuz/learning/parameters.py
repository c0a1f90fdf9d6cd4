# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What the learning engine assumes where no table says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from drehkreuz.skills.parameters import PARAMETERS as SKILLS
from drehkreuz.skills.parameters import SkillParameters

WEEKS_TO_LEARN: Final = (
    ("technical", 4.0),
    ("digital", 3.0),
    ("manual", 3.0),
    ("social", 2.0),
    ("leadership", 4.0),
    ("language", 12.0),
)
"""
Weeks full time to learn a skill of a class from nothing in a module designed for it, where `skills.learning_weeks` is empty.
Assumed: the size of a module of a Teilqualifikation divided by the skills it teaches; twelve weeks for a step in a language.
"""


@dataclass(frozen=True, slots=True)
class LearningParameters:
    """
    Assumed values, all in one place; none is measured in the region. Change them with `dataclasses.replace`.

    Attributes:
        threshold: Share of the asked skills from which a person fits (assumed: three quarters; employers rarely find all).
        horizon_months: No plan ends later than so many months after the region's day (assumed: the longest Umschulung).
        max_steps: Most courses in one plan (assumed: nobody is counselled into a longer chain; a Teilqualifikation has five to
            eight modules).
        week_eur: What a person's own week of learning is worth in the cost of a plan, EUR (assumed; it makes the shorter of
            two funded plans the cheaper one).
        level_weeks: Weeks full time to climb one level of the European Qualifications Framework beyond the first step
            (assumed: a year a level).
        weeks_to_learn: Weeks full time to learn a skill, for each class (assumed, see `WEEKS_TO_LEARN`).
        most_sets: Sets of courses that the first search for a cheapest plan looks at before it leaves the rest to the second.
        most_labels: Beginnings of plans that the second search keeps, at most, before it stops without a proof.
        region_sets: Sets of kinds of courses that the quick search for a whole region looks at for each pair, at most.
        block_sets: The same for the exact search, where the quick one does not know whether there is any plan.
        quick_sets: The same for searches that only tell which condition stands in the way.
        country: Country whose awards hold without recognition, ISO 3166-1 alpha-2.
        skills: What the skills engine assumes.
    """

    threshold: float = 0.75
    horizon_months: int = 36
    max_steps: int = 10
    week_eur: float = 100.0
    level_weeks: float = 52.0
    weeks_to_learn: tuple[tuple[str, float], ...] = WEEKS_TO_LEARN
    most_sets: int = 2_000
    most_labels: int = 200_000
    region_sets: int = 60
    block_sets: int = 1_000
    quick_sets: int = 10
    country: str = "DE"
    skills: SkillParameters = SKILLS

    @property
    def horizon_weeks(self) -> float:
        """Weeks in the horizon: 156 in 36 months."""
        return self.horizon_months * 52 / 12


PARAMETERS: Final = LearningParameters()
