# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
The core taxonomy: occupations of an industrial region, what they ask, how they are paid; written for this project.

`occupations/*.toml` say what an occupation is and asks, `skills/*.csv` name the skills, `market/*.csv` hold what the model
assumes of pay, hours and demand, `certificates.csv` what can be held beside an occupation's award.
"""

from drehkreuz.model.core.market import Market, market, shares
from drehkreuz.model.core.taxonomy import Core, core

__all__ = ["Core", "Market", "core", "market", "shares"]
