# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Margins out of the table `margins` of a region, as the reader of official statistics fills it."""

from __future__ import annotations

import math
from typing import Any, Final

import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.model.population.margins import Counted, Margin
from drehkreuz.region import Region

MEANT: Final = {"employed": "employed|part_time|apprentice", "unemployed": "unemployed"}
"""Which people of a region an office counts so; posts are no people. Apprentices are employees subject to social security."""
ASKED: Final = ("occupation", "level", "age")
KEYS: Final = ("municipality", *ASKED)


def margins_of(region: Region) -> list[Margin]:
    """
    Return the counts of people in table `margins`: a margin for all rows that tell the same apart, the coarsest first.

    Rows by sex are summed, for people of a region carry none; a sum with a figure kept secret is secret.

    Raises:
        InputError: If the table counts nobody.
    """
    table = region.table("margins").filter(pl.col("margin").is_in(list(MEANT)))
    if table.is_empty():
        remedy = "Name tables of counts with --margins, or read some into the region."
        raise InputError(Finding("margins", "", "", "", "counts no people", remedy))
    by = ["margin", *KEYS]
    whole = table.filter(sex="").select(*by, "count")
    of_sexes = (
        table.filter(pl.col("sex") != "")
        .join(whole, on=by, how="anti")
        .group_by(by)
        .agg(pl.when(pl.col("count").is_not_null().all()).then(pl.col("count").sum()).alias("count"))
    )
    counts = pl.concat([whole, of_sexes.select(whole.columns)]).sort(by).with_row_index("line", offset=1)
    groups: dict[tuple[str, tuple[str, ...]], list[Counted]] = {}
    for row in counts.iter_rows(named=True):
        told = tuple(key for key in KEYS if row[key])
        groups.setdefault((row["margin"], told), []).append(_counted(row, told))
    known = region.manifest.provenance["margins"]
    return [
        Margin(
            name="-".join((margin, *(("by", *told) if told else ("all",)))),
            where="margins",
            source=known.source,
            licence=known.licence,
            date=known.date,
            geography="municipality" if "municipality" in told else "",
            dimensions=("employment_status", *(key for key in ASKED if key in told)),
            rows=tuple(rows),
        )
        for (margin, told), rows in sorted(groups.items(), key=lambda item: (len(item[0][1]), item[0]))
    ]


def _counted(row: dict[str, Any], told: tuple[str, ...]) -> Counted:
    cells = {"employment_status": MEANT[row["margin"]]} | {key: row[key] for key in ASKED if key in told}
    least, most = (0.0, math.inf) if row["count"] is None else (float(row["count"]), float(row["count"]))
    return Counted(row["line"], row["municipality"], cells, least, most)
