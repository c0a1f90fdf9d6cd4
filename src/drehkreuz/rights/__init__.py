# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a person has who stays: dated rules of law and tariff, asked about one person's post and its end."""

from drehkreuz.rights.ending import Ending, ending
from drehkreuz.rights.rules import Begins, Currency, Rule, Text, rules
from drehkreuz.rights.standing import Reason, Standing
from drehkreuz.rights.staying import Option, Staying, staying

__all__ = [
    "Begins",
    "Currency",
    "Ending",
    "Option",
    "Reason",
    "Rule",
    "Standing",
    "Staying",
    "Text",
    "ending",
    "rules",
    "staying",
]
