# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What stands in the way of an answer: findings of the engines, alike ones counted together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from drehkreuz.errors import Finding

EXAMPLES: Final = 3
"""Rows named of findings that are alike."""


def grouped(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return findings with the same place and problem as one: how many, and the first rows; in the order of the first."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for finding in findings:
        groups.setdefault((finding.where, finding.problem, finding.remedy), []).append(finding.row)
    return [
        {
            "where": where,
            "problem": problem,
            "remedy": remedy,
            "rows": len(rows),
            "examples": [r for r in rows if r][:EXAMPLES],
        }
        for (where, problem, remedy), rows in groups.items()
    ]


def sentence(group: dict[str, Any]) -> str:
    """Return grouped findings as one sentence: `zones (12 rows, such as a, b, c): problem. Remedy`."""
    such = f" ({group['rows']} rows, such as {', '.join(group['examples'])})" if group["examples"] else ""
    return f"{group['where']}{such}: {group['problem']}. {group['remedy']}"
