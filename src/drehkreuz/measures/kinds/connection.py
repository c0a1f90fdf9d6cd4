# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A connection that is kept: less time is needed between two rides."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Final

import polars as pl

from drehkreuz.measures.measure import Case, Change, Kind
from drehkreuz.measures.rows import added
from drehkreuz.measures.terms import Claim, Parameter, Said, Values


def _apply(case: Case) -> Change:
    pairs = list(product(case["stops"], repeat=2))
    rows = [
        {"from_stop_id": one, "to_stop_id": other, "seconds": case["seconds"], "possible": True} for one, other in pairs
    ]
    stops = list(case["stops"])
    others = ~(pl.col("from_stop_id").is_in(stops) & pl.col("to_stop_id").is_in(stops))
    kept = case.region.table("transfers").filter(others)
    return Change(
        {"transfers": added(case.region.with_tables({"transfers": kept}), "transfers", rows)}, float(len(stops))
    )


def _claims(values: Values) -> Iterator[Claim]:
    yield from (Claim("transfers.seconds", stop) for stop in values["stops"])


KIND: Final = Kind(
    name="connection",
    title=Said("Gesicherter Anschluss", "Connection kept"),
    doc=Said(
        "Wer umsteigt, braucht an diesen Haltestellen weniger Zeit: kurze Wege, und der Anschluss wartet.",
        "Who changes needs less time at these stops: short ways, and the next ride waits.",
    ),
    area="transport",
    parameters=(
        Parameter(
            "stops",
            "ids",
            Said("Haltestellen, die beieinander liegen.", "Stops that lie together."),
            min=1,
            max=12,
            ref="stops",
        ),
        Parameter(
            "seconds", "int", Said("Zeit zum Umsteigen.", "Time to change."), default=60, unit="s", min=0, max=1800
        ),
    ),
    changes=("transfers",),
    apply=_apply,
    claims=_claims,
)
