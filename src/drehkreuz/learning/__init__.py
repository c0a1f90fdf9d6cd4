# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The cheapest way to learn what is missing."""

from drehkreuz.learning.block import Learning, learning
from drehkreuz.learning.parameters import LearningParameters
from drehkreuz.learning.plans import Plan, Step, plan_for
from drehkreuz.learning.reasons import TrainingReason

__all__ = ["Learning", "LearningParameters", "Plan", "Step", "TrainingReason", "learning", "plan_for"]
