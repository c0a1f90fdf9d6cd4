# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Where to build public points first: plain values for screen and JSON, a table and the map."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final

import numpy as np
import polars as pl

from drehkreuz.planning.charging.assumptions import Assumptions
from drehkreuz.planning.charging.need import Need
from drehkreuz.planning.charging.siting import Sited, missing
from drehkreuz.region import Region
from drehkreuz.reports.charging import BANDS
from drehkreuz.reports.charging_picture import ACCENT, RAMP, Dot, Key, Sheet, draw
from drehkreuz.reports.siting import site_table, siting_answer
from drehkreuz.reports.words import Words

Values = dict[str, Any]

MOST_NUMBERED: Final = 99


def sited_table(region: Region, found: Sited) -> pl.DataFrame:
    """Return the sites in order of building: those columns of any siting, `points`, and what the grid would mean."""
    table = site_table(region, found.asked, found.placed).with_columns(pl.Series("points", found.points))
    return table.hstack(found.grid)


def sited_answer(region: Region, need: Need, found: Sited, assumptions: Assumptions, of: str) -> Values:
    """Return what is proposed, fit for JSON: the answer of any siting, with `points` and the grid at each site."""
    answer = siting_answer(region, found.asked, found.placed, None)
    answer["sites"] = sited_table(region, found).to_dicts()
    return answer | {
        "class": of,
        "year": need.year,
        "points": int(found.points.sum()),
        "assumptions": assumptions.plain(),
    }


def sited_picture(region: Region, need: Need, answer: Values, words: Words) -> str:
    """Return the map: cells by what is missing, new sites numbered in order of building."""
    lacking = missing(need, answer["class"])
    shade = np.where(need.studied, np.digitize(lacking, BANDS), -1).astype(np.int8)
    limits = [words.number(limit, 1 if limit < 1 else 0) for limit in BANDS]
    texts = [
        words("charging.below", n=limits[0]),
        *(words("charging.between", low=low, high=high) for low, high in pairwise(limits)),
        words("charging.above", n=limits[-1]),
    ]
    dots = [
        Dot(row["lon"], row["lat"], 9.0, ACCENT, str(row["step"]) if row["step"] <= MOST_NUMBERED else "")
        for row in answer["sites"]
    ]
    kind = words(f"charging.class_{answer['class']}")
    keys = [Key("box", colour, text) for colour, text in zip(RAMP, texts, strict=True)]
    sheet = Sheet(
        title=words("charging.site_map", kind=kind, year=need.year),
        line=words("charging.site_map_line", title=answer["provenance"]["title"], kind=kind),
        shade=shade,
        colours=RAMP,
        keys=[*keys, Key("dot", ACCENT, words("charging.new_site"))],
        notes=sited_notes(answer, words),
        dots=dots[::-1],
    )
    return draw(region, sheet, words)


def sited_notes(answer: Values, words: Words) -> list[str]:
    """Return what a reader must know of the proposal."""
    notes = [words("site.order"), words("charging.around"), words("charging.grid_note")]
    return notes + ([words("access.straight")] if answer["straight_line_ways"] else [])
