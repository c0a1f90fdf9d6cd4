# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The pair relation: for every person and post, what stands between them and what the pair is worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drehkreuz.learning import Learning
from drehkreuz.matching.barriers import Barrier, Reason
from drehkreuz.matching.formal import formal_fit
from drehkreuz.matching.hours import hours_fit
from drehkreuz.matching.market import Market
from drehkreuz.matching.pay import WEEKS_PER_MONTH, gross_per_month, net_per_month, payroll
from drehkreuz.matching.utility import employer_utility, person_utility, post_quality, reciprocal
from drehkreuz.reach import VacancyCommutes, vacancy_commutes
