# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Minutes of every triple and home as a table, block by block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
import polars as pl

from drehkreuz.reach.commutes import Minutes
from drehkreuz.reach.modes import CANNOT, Chain, DayType
from drehkreuz.reach.triples import Triples
from drehkreuz.region import Region

BLOCK: Final = 64
"""Triples of a block: bounds memory."""


def schema(chains: Iterable[Chain]) -> pl.Schema:
    """Begin and end in minutes after midnight; minutes out and back by each chain as bytes, empty where there is no way."""
    return pl.Schema(
        {
            "place_id": pl.String(),
            "start": pl.Int16(),
            "end": pl.Int16(),
            "day_out": pl.String(),
            "day_back": pl.String(),
            "zone_id": pl.String(),
            **{f"{direction}_{chain.name.lower()}": pl.UInt8() for chain in chains for direction in ("out", "back")},
        }
    )


def matrix(region: Region, triples: Triples, minutes: Minutes) -> Iterator[pl.DataFrame]:
    """
    Return the table in blocks of triples, by place, begin, end and home; homes without any way are left out.

    Args:
        region: The region.
        triples: From `triples(region)`.
        minutes: From `minutes(region, triples)`.
    """
    place, zone = region.table("places")["place_id"], region.table("zones")["zone_id"]
    days = pl.Series([day.name.lower() for day in DayType])
    for begin in range(0, len(triples), BLOCK):
        block = slice(begin, begin + BLOCK)
        out, back = minutes.out[block], minutes.back[block]
        t, z = np.nonzero(((out < CANNOT) | (back < CANNOT)).any(axis=2))
        row = t + begin
        columns = {
            "place_id": place.gather(triples.place[row]),
            "start": triples.start[row],
            "end": triples.end[row],
            "day_out": days.gather(triples.day_out[row].astype(np.int64)),
            "day_back": days.gather(triples.day_back[row].astype(np.int64)),
            "zone_id": zone.gather(z),
        }
        for chain in minutes.chains:
            for direction, ways in (("out", out), ("back", back)):
                columns[f"{direction}_{chain.name.lower()}"] = pl.Series(ways[t, z, chain]).replace(CANNOT, None)
        yield pl.DataFrame(columns).cast(schema(minutes.chains))
