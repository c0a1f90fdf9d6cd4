# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What the skills engine assumes where no table says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class SkillParameters:
    """
    Assumed values, all in one place; none is measured in the region. Change them with `dataclasses.replace`.

    Attributes:
        years_for_essential: Years in an occupation from which a person brings its essential skills (assumed: half a year,
            the longest probation period of § 622 (3) BGB).
        years_for_optional: Years in an occupation from which a person brings its optional skills as well (assumed: three
            years, about the length of a German apprenticeship).
        related_least: Siblings of a skill, others with the same immediate broader concept, that must be held for it to count in
            part, fewer only where no occupation lists so many skills (assumed: two; one alone says little where a group is wide).
        related_credit: Share of a skill's weight that a person brings who lacks it but has so many siblings (assumed: half; no
            transfer study of the taxonomy's siblings is known to us).
    """

    years_for_essential: float = 0.5
    years_for_optional: float = 3.0
    related_least: int = 2
    related_credit: float = 0.5


PARAMETERS: Final = SkillParameters()
