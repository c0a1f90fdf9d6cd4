# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Measures: what could be changed, as typed changes of a region's tables."""

from drehkreuz.measures.applying import Changed, Outcome, clashes, unmet, with_measures
from drehkreuz.measures.catalogue import every_kind, kind_named
from drehkreuz.measures.draw import Draw
from drehkreuz.measures.measure import Case, Change, Kind, Measure, Step
from drehkreuz.measures.settling import settle
from drehkreuz.measures.terms import Band, Claim, Parameter, Said, UnitCost, Unmet, Uptake

__all__ = [
    "Band",
    "Case",
    "Change",
    "Changed",
    "Claim",
    "Draw",
    "Kind",
    "Measure",
    "Outcome",
    "Parameter",
    "Said",
    "Step",
    "UnitCost",
    "Unmet",
    "Uptake",
    "clashes",
    "every_kind",
    "kind_named",
    "settle",
    "unmet",
    "with_measures",
]
