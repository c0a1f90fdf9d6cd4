# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""If nothing happens: people, posts and pay of a region by year, from what is announced and what is assumed."""

from drehkreuz.foresight.assumptions import Assumptions, Parameter, read_assumptions
from drehkreuz.foresight.official import read_official
from drehkreuz.foresight.outlook import Outlook, outlook
from drehkreuz.foresight.quantities import QUANTITIES, UNPLACED, WHOLE, Quantity

__all__ = [
    "QUANTITIES",
    "UNPLACED",
    "WHOLE",
    "Assumptions",
    "Outlook",
    "Parameter",
    "Quantity",
    "outlook",
    "read_assumptions",
    "read_official",
]
