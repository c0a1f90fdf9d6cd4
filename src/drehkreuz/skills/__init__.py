# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What people bring and what posts ask: taxonomy, profiles, requirements, fit, title linking."""

from drehkreuz.skills.feasibility import feasibility, holdings, similarity
from drehkreuz.skills.parameters import SkillParameters
from drehkreuz.skills.profile import SkillProfiles, Through, skill_profiles
from drehkreuz.skills.requirements import CEFR, Requirements, requirement_profiles
from drehkreuz.skills.taxonomy import Taxonomy, taxonomy

__all__ = [
    "CEFR",
    "Requirements",
    "SkillParameters",
    "SkillProfiles",
    "Taxonomy",
    "Through",
    "feasibility",
    "holdings",
    "requirement_profiles",
    "similarity",
    "skill_profiles",
    "taxonomy",
]
