# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a measure changes: the same people and posts, with it and without it."""

from drehkreuz.measures.paired.effect import Changes, Cleared, Effect, cleared, cleared_after, compare
from drehkreuz.measures.paired.evaluation import Evaluation, Evaluator, barriers, whole_on
from drehkreuz.measures.paired.related import Related, related

__all__ = [
    "Changes",
    "Cleared",
    "Effect",
    "Evaluation",
    "Evaluator",
    "Related",
    "barriers",
    "cleared",
    "cleared_after",
    "compare",
    "related",
    "whole_on",
]
