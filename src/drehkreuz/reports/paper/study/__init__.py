# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The paper on scenarios: what their measures change, for a council to decide by."""

from drehkreuz.reports.paper.study.paper import study_paper
from drehkreuz.reports.paper.study.study import Studied, Study

__all__ = ["Studied", "Study", "study_paper"]
