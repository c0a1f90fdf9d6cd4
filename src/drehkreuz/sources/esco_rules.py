# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What Drehkreuz concludes from ESCO's groups: level and EQF of occupations, class and attitude of skills."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LEVEL_OF_MAJOR_GROUP: Final = {"1": 4, "2": 4, "3": 3, "4": 2, "5": 2, "6": 2, "7": 2, "8": 2, "9": 1}
"""
Anforderungsniveau by ISCO-08 major group, from its skill levels; managers (skill levels 3 and 4) count as 4, armed
forces (0, of all levels) have none. ILO: International Standard Classification of Occupations, ISCO-08, vol. 1 (2012).
"""

EQF_OF_LEVEL: Final = {1: 2, 2: 4, 3: 5, 4: 6}
"""
EQF level by Anforderungsniveau. Assumed: the lowest level usual there (school leaving, vocational award, short tertiary
course, bachelor or Meister), since ISCO grades work and says nothing about one person's awards.
"""


@dataclass(frozen=True, slots=True)
class ClassRule:
    """
    The class of all skills below a group of the skills hierarchy, unless a rule for a group further down differs.

    Attributes:
        group_id: Last part of the group's URI, which stays the same from version to version.
        code: The group's code in ESCO 1.1 and 1.2, for people.
        skill_class: Value of the column `class` of table `skills`.
        reason: Why.
    """

    group_id: str
    code: str
    skill_class: str
    reason: str


CLASS_RULES: Final = (
    ClassRule("e35a5936-091d-4e87-bafe-f264e55bd656", "L", "language", "languages"),
    ClassRule("9adca63b-9c75-4804-8dab-d62872540a10", "T1.1", "language", "mastering languages"),
    ClassRule("8bbdf1f1-e943-45fc-af2f-1446cbd88245", "S1.15", "language", "using more than one language"),
    ClassRule("869fc2ce-478f-4420-8766-e1f02cec4fb2", "S4", "leadership", "setting aims, deciding, leading, hiring"),
    ClassRule("f306bf2a-271d-4059-ba7b-e83849cb8960", "S4.4", "technical", "office work: learned like any trade"),
    ClassRule("fe5eabaa-63f6-4c44-b405-fc3ded8d56cb", "T4.4", "leadership", "leading others"),
    ClassRule("243eb885-07c7-4b77-ab9c-827551d83dc4", "S5", "digital", "working with computers"),
    ClassRule("3399045f-8078-4066-8b46-475b49b260ab", "T1.3", "digital", "working with digital devices"),
    ClassRule("03e0b95b-67d1-457a-b3f7-06c407cf6bec", "S6", "manual", "handling and moving"),
    ClassRule("2ae39fc8-0f1b-4284-9e73-3f2739471f63", "S7", "manual", "constructing"),
    ClassRule("9b8bb484-dcba-49af-8ae0-cfe8b6e9ed45", "S8", "manual", "working with machinery"),
    ClassRule("12022223-8c30-418a-8f83-658396c9fec2", "T5", "manual", "physical and manual skills"),
    ClassRule("b85711bc-32d6-42af-ae0f-e2e566d0dfca", "S3.5", "manual", "preparing and serving food and drinks"),
    ClassRule("dc06de9f-dd3a-4f28-b58f-b01b5ae72ab8", "S1", "social", "communication, collaboration"),
    ClassRule("be7443ff-0747-43b8-8720-8e87fd34e692", "S1.9", "technical", "solving problems: of the subject"),
    ClassRule("0a295163-3e17-47ad-99ac-2b507ce30adb", "S1.11", "technical", "designing systems and products"),
    ClassRule("c85f95ae-34fb-487b-b3d5-10803eee619d", "S1.12", "technical", "creating artistic and visual material"),
    ClassRule("2f661409-3e56-46ab-95d7-6ec7786fc1c0", "S1.13", "technical", "writing and composing"),
    ClassRule("ac88053e-c9b5-43cf-ace1-f506bcfdc8cb", "S1.14", "technical", "performing and entertaining"),
    ClassRule("c73521be-c039-4e22-b037-3b01b3f6f9d9", "S3", "social", "assisting and caring"),
    ClassRule("7a163630-7536-4748-a259-aa820d3be44b", "S3.2", "technical", "health care: learned for years, regulated"),
    ClassRule("048812ba-45ff-4801-b04f-b20c03432809", "S3.3", "technical", "protecting and enforcing: law and safety"),
    ClassRule("021a23e1-907e-4627-b05a-555f889cbb65", "T3", "social", "self-management"),
    ClassRule("552c4f35-a2d1-49c2-8fda-afe26695c44a", "T4", "social", "social and communication skills"),
    ClassRule("4ef78abc-e983-4cc7-84a1-52532a0159dc", "T6", "social", "life skills"),
    ClassRule("0a2d70ee-d435-4965-9e96-702b2fb65740", "S2", "technical", "information skills"),
    ClassRule("b94686e3-cce5-47a2-a8d8-402a0d0ed44e", "T1", "technical", "numbers and measures; see also T1.1, T1.3"),
    ClassRule("8267ecb5-c976-4b6a-809b-4ceecb954967", "T2", "technical", "thinking skills"),
    ClassRule("c46fcb45-5c14-4ffa-abed-5a43f104bb22", "K", "technical", "knowledge, by subject"),
)
"""Assumed: which class a group belongs to is nobody's standard; it decides half-life and learning time only."""

CLASS_ORDER: Final = ("language", "leadership", "digital", "manual", "social", "technical")
"""A skill in groups of several classes is of the first of these: the rarer before the more general."""

CLASS_OF_COLLECTION: Final = {"languageSkillsCollection": "language", "digitalSkillsCollection": "digital"}
"""The Commission's own lists, which go before any group."""

ATTITUDE_GROUPS: Final = frozenset(
    {
        "021a23e1-907e-4627-b05a-555f889cbb65",  # T3, self-management skills and competences
        "925af2b5-2f4d-4cce-92cc-79e1ff887c7d",  # T4.5, following ethical code of conduct
    }
)
"""Transversal skills below these are attitudes: the groups that ESCO 1.0 called attitudes and values."""
