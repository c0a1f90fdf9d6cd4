# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Rows of taxonomies small enough to read."""

from __future__ import annotations


def asks(occupation: str, *, essential: str = "", optional: str = "") -> list[dict[str, str]]:
    """What an occupation asks: `asks("digger", essential="safety dig", optional="weld")`."""
    return [
        {"occupation_id": occupation, "skill_id": skill, "relation": relation}
        for relation, skills in (("essential", essential), ("optional", optional))
        for skill in skills.split()
    ]
