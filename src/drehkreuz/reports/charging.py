# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What cars need to charge: plain values for screen and JSON, and the map of what is missing."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any, Final

import numpy as np
import polars as pl

from drehkreuz.planning.charging.assumptions import VARIANTS, Assumptions
from drehkreuz.planning.charging.existing import CLASSES
from drehkreuz.planning.charging.need import ENDING, USES, Need
from drehkreuz.region import Region
from drehkreuz.reports.charging_picture import ACCENT, HOLLOW, RAMP, Dot, Key, Sheet, draw
from drehkreuz.reports.outlook import about
from drehkreuz.reports.provenance import provenance
from drehkreuz.reports.words import Words

Values = dict[str, Any]

BANDS: Final = (0.5, 2.0, 5.0, 10.0)
"""Points missing in a cell, where the next colour begins."""

DECIMALS: Final = 3


def need_answer(region: Region, found: Need, assumptions: Assumptions) -> Values:
    """
    Return what cars need, fit for JSON.

    Returns:
        `year`, the study area's `residents`, `cars`, `battery`, `plugin`; `uses` with kWh a day and points; `kwh` a day and of
        each class of public points what is needed, stands and is missing (low, middle, high); `municipalities`; the register's
        `sites`, those `away` from all cells, `closed` or in a `vague` place, and its `newest` day; `counted`; every assumption.
    """
    table = found.table()
    towns = found.municipalities(region.table("municipalities"))
    total = towns.select(pl.selectors.numeric().sum()).row(0, named=True)
    known = region.manifest.provenance.get("charging_sites")
    newest = found.existing.newest
    return {
        "provenance": provenance(region),
        "year": found.year,
        **{name: total[name] for name in ("residents", "cars", "battery", "plugin")},
        "cells": len(table),
        "uses": [{"use": use, "kwh": total[f"{use}_kwh"], "points": total[f"{use}_points"]} for use in USES],
        "kwh": {variant: total[f"kwh{ENDING[variant]}"] for variant in VARIANTS},
        "classes": [
            {
                "class": name,
                "need": {variant: total[f"{name}_need{ENDING[variant]}"] for variant in VARIANTS},
                "existing": total[f"{name}_existing"],
                "existing_kw": total[f"{name}_existing_kw"],
                "gap": {variant: total[f"{name}_gap{ENDING[variant]}"] for variant in VARIANTS},
            }
            for name in CLASSES
        ],
        "municipalities": towns.with_columns(pl.selectors.float().round(DECIMALS)).to_dicts(),
        "sites": len(region.table("charging_sites")),
        "away": found.existing.away,
        "closed": found.existing.closed,
        "vague": found.existing.vague,
        "newest": newest if isinstance(newest, date) else None,
        "sites_kind": None if known is None else known.kind,
        "counted": list(found.counted),
        "assumptions": assumptions.plain(),
    }


def need_sentences(answer: Values, words: Words) -> list[str]:
    """Return the need in sentences whose figures are rounded to three digits."""
    year, share = answer["year"], answer["battery"] / answer["cars"] if answer["cars"] else 0.0
    told = [
        words(
            "charging.fleet",
            residents=about(answer["residents"], words),
            cars=about(answer["cars"], words),
            battery=about(answer["battery"], words),
            share=words.percent(share),
            plugin=about(answer["plugin"], words),
        ),
        words("charging.energy", year=year, **_span(answer["kwh"], words)),
    ]
    if answer["counted"]:
        told.append(words("charging.counted", n=len(answer["counted"])))
    return told


def need_notes(answer: Values, words: Words) -> list[str]:
    """Return what a reader must know of the figures."""
    notes = [words("charging.envelope"), words("charging.surplus")]
    if not answer["sites"]:
        notes.append(words("charging.no_register"))
    elif answer["newest"] is not None:
        notes.append(words("charging.newest", day=words.day(answer["newest"])))
    if answer["vague"]:
        notes.append(words("charging.vague", n=words.number(answer["vague"])))
    return notes


def _span(figures: dict[str, float], words: Words) -> dict[str, str]:
    return {variant: about(figures[variant], words) for variant in VARIANTS}


def need_picture(region: Region, found: Need, answer: Values, words: Words) -> str:
    """Return the map of missing public points: cells by what is missing, a dot for each site."""
    table = found.table()
    missing = (table["normal_gap"] + table["fast_gap"]).to_numpy()
    shade = np.full(len(found.zones), -1, dtype=np.int8)
    shade[found.studied] = np.digitize(missing, BANDS)
    sites = region.table("charging_sites")
    at = found.existing.site_zone
    rows = np.flatnonzero((at >= 0) & found.studied[at])
    lat, lon = sites["lat"].to_numpy(), sites["lon"].to_numpy()
    fast = found.existing.site_fast
    dots = [Dot(lon[row], lat[row], 3.5 if fast[row] else 2.2, ACCENT if fast[row] else HOLLOW) for row in rows]
    limits = [words.number(limit, 1 if limit < 1 else 0) for limit in BANDS]
    texts = [
        words("charging.below", n=limits[0]),
        *(words("charging.between", low=low, high=high) for low, high in pairwise(limits)),
        words("charging.above", n=limits[-1]),
    ]
    cells = np.bincount(shade[shade >= 0], minlength=len(RAMP))
    keys = [Key("box", colour, text, words.number(n)) for colour, text, n in zip(RAMP, texts, cells, strict=True)]
    keys += [Key("dot", HOLLOW, words("charging.normal_site")), Key("dot", ACCENT, words("charging.fast_site"))]
    sheet = Sheet(
        title=words("charging.map_title", year=found.year),
        line=words("charging.map_line", title=answer["provenance"]["title"], cells=words.number(answer["cells"])),
        shade=shade,
        colours=RAMP,
        keys=keys,
        notes=need_notes(answer, words),
        dots=dots,
    )
    return draw(region, sheet, words)
