# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A measure that changes nothing: what it seems to bring is chance."""

from __future__ import annotations

from typing import Final

from drehkreuz.measures.measure import Case, Change, Kind
from drehkreuz.measures.terms import Band, Said, UnitCost


def _apply(_case: Case) -> Change:
    return Change({}, 0.0)


KIND: Final = Kind(
    name="placebo",
    title=Said("Nichts", "Nothing"),
    doc=Said(
        "Ändert nichts. Zeigt, dass ein Vergleich ohne Maßnahme genau null ergibt.",
        "Changes nothing. Shows that a comparison without a measure comes to exactly zero.",
    ),
    area="none",
    parameters=(),
    changes=(),
    apply=_apply,
    cost=UnitCost(
        unit=Said("Nichts", "nothing"),
        invest=Band(0.0, 0.0, 0.0),
        per_year=Band(0.0, 0.0, 0.0),
        source=Said("es geschieht nichts", "nothing is done"),
    ),
)
