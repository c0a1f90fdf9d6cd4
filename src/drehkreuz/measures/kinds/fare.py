# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Another price of a ticket."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import polars as pl

from drehkreuz.measures.measure import Case, Change, Kind
from drehkreuz.measures.rows import SOURCE, added
from drehkreuz.measures.terms import Claim, Parameter, Said, Values

UNIT: Final = {
    "transit_month": "EUR/month",
    "transit_job_ticket_month": "EUR/month",
    "transit_single": "EUR/trip",
}
"""Unit of each ticket's price."""


def _apply(case: Case) -> Change:
    day, ticket = case.region.manifest.day, case["ticket"]
    row = {
        "tariff_id": ticket,
        "value": case["eur"],
        "unit": UNIT[ticket],
        "valid_from": day,
        "source": SOURCE,
        "checked_on": day,
    }
    # the price holds from the region's day on, for which all answers are given: those of before end, those of later give way
    mine = pl.col("tariff_id") == ticket
    known = case.region.table("tariffs").filter(~(mine & (pl.col("valid_from") >= day)))
    ends = pl.min_horizontal("valid_to", pl.lit(day - timedelta(days=1)))
    kept = known.with_columns(valid_to=pl.when(mine).then(ends).otherwise("valid_to"))
    return Change({"tariffs": added(case.region.with_tables({"tariffs": kept}), "tariffs", [row])}, 1.0)


def _claims(values: Values) -> Iterator[Claim]:
    yield Claim("tariffs.value", str(values["ticket"]))


KIND: Final = Kind(
    name="fare",
    title=Said("Anderer Fahrpreis", "Another fare"),
    doc=Said(
        "Eine Fahrkarte kostet einen anderen Preis. Was den Verkehrsbetrieben entgeht, ist nicht bekannt und im Szenario zu nennen.",
        "A ticket has another price. What operators go without is not known and to be said in the scenario.",
    ),
    area="fares",
    parameters=(
        Parameter("ticket", "choice", Said("Fahrkarte.", "Ticket."), allowed=tuple(UNIT)),
        Parameter("eur", "float", Said("Neuer Preis.", "New price."), unit="EUR", min=0, max=1000),
    ),
    changes=("tariffs",),
    apply=_apply,
    claims=_claims,
)
