# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Charging sites that were read: how many, where, how they are and when that was reported."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import numpy as np
import polars as pl

from drehkreuz.planning.charging.existing import existing
from drehkreuz.region import Region
from drehkreuz.reports.charging_picture import ACCENT, GOOD, HOLLOW, RAMP, Dot, Key, Sheet, draw
from drehkreuz.reports.provenance import provenance
from drehkreuz.reports.words import Words

Values = dict[str, Any]

STATUS: Final = {
    "available": ("AVAILABLE",),
    "busy": ("BLOCKED", "CHARGING", "RESERVED"),
    "broken": ("INOPERATIVE", "OUTOFORDER"),
    "other": ("PLANNED", "UNKNOWN"),
}
"""OCPI's statuses by what they mean to who wants to charge."""

COLOUR: Final = {"free": GOOD, "busy": ACCENT, "silent": HOLLOW}


def sites_answer(region: Region, source: str, status: pl.DataFrame | None) -> Values:
    """
    Return what was read, fit for JSON.

    Args:
        region: A region that holds the sites.
        source: Name of the file or address.
        status: Status of points and when it was reported, from an OCPI source; None: the source tells none.

    Returns:
        `sites`, `points`, `kw`, how many sites lie `inside` the region's cells, `away` from them, are `closed` or in a `vague` place; `status` by what
        it means, `first` and `last` report, points `without_time`.
    """
    found = existing(region)
    sites = region.table("charging_sites")
    points = sites["points"].sum() or 0
    answer: Values = {
        "provenance": provenance(region),
        "source": source,
        "sites": len(sites),
        "points": int(points),
        "kw": float(found.site_kw.sum()),
        "inside": int(np.count_nonzero(found.site_zone >= 0)),
        "away": found.away,
        "closed": found.closed,
        "vague": found.vague,
        "status": None,
    }
    if status is not None and len(status):
        told = status["status"].fill_null("UNKNOWN")
        counts = {name: int(told.is_in(list(values)).sum()) for name, values in STATUS.items()}
        times = status["updated"].drop_nulls()
        first, last = (_moment(times.min()), _moment(times.max())) if len(times) else (None, None)
        answer |= {"status": counts, "first": first, "last": last, "without_time": len(status) - len(times)}
    return answer


def _moment(value: object) -> str | None:
    return f"{value:%Y-%m-%d %H:%M} UTC" if isinstance(value, datetime) else None


def sites_table(region: Region, status: pl.DataFrame | None) -> pl.DataFrame:
    """Return one row a site, with its points by status and the last report where the source tells them."""
    columns = ("site_id", "name", "operator", "address", "postcode", "town", "lat", "lon", "power_kw", "points", "fast")
    sites = region.table("charging_sites").select(*columns, "in_service", "opened")
    if status is None or status.is_empty():
        return sites
    told = pl.col("status").fill_null("UNKNOWN")
    counts = status.group_by("site_id", maintain_order=True).agg(
        *(told.is_in(list(values)).sum().alias(name) for name, values in STATUS.items()), pl.max("updated")
    )
    return sites.join(counts, on="site_id", how="left", maintain_order="left")


def sites_picture(region: Region, answer: Values, table: pl.DataFrame, words: Words) -> str:
    """Return the map: a dot for each site, by whether a point was free when that was reported."""
    known = "available" in table.columns
    dots = [
        Dot(row["lon"], row["lat"], 4.0, COLOUR[_state(row) if known else "silent"])
        for row in table.sort("site_id").iter_rows(named=True)
    ]
    keys = [Key("dot", colour, words(f"charging.site_{state}")) for state, colour in COLOUR.items()]
    sheet = Sheet(
        title=words("charging.import_map"),
        line=words("charging.import_map_line", title=answer["provenance"]["title"], source=answer["source"]),
        shade=np.zeros(len(region.table("zones")), dtype=np.int8),
        colours=(RAMP[0],),
        keys=keys,
        notes=sites_notes(answer, words),
        dots=dots,
    )
    return draw(region, sheet, words)


def _state(row: dict[str, Any]) -> str:
    if row["available"] is None:
        return "silent"
    return "free" if row["available"] else "busy"


def sites_notes(answer: Values, words: Words) -> list[str]:
    """Return what a reader must know of the status."""
    notes = [words("charging.vague", n=words.number(answer["vague"]))] if answer["vague"] else []
    if answer["status"] is None:
        return notes
    if answer["first"] is not None:
        notes.append(words("charging.import_updated", first=answer["first"], last=answer["last"]))
    if answer["without_time"]:
        notes.append(words("charging.import_no_time", n=words.number(answer["without_time"])))
    return notes
