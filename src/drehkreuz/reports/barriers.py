# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What keeps a region's people and work apart, with intervals and the reasons below: as plain values, and as tables."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from drehkreuz.matching.barriers import Barrier
from drehkreuz.matching.bootstrap import TIMES, redrawn
from drehkreuz.matching.coalitions import ALL_COALITIONS
from drehkreuz.matching.headcount import PeopleRelation
from drehkreuz.matching.pipeline import Matched
from drehkreuz.matching.shapley import shapley
from drehkreuz.matching.stable import stable_allocation
from drehkreuz.progress import SILENT, Progress, track
from drehkreuz.reports.breakdown import breakdown_of, people_with_a_post
from drehkreuz.reports.groups import name
from drehkreuz.reports.headline import headline
from drehkreuz.reports.pair import Values
from drehkreuz.reports.reasons import reasons_below
from drehkreuz.reports.rounding import whole
from drehkreuz.reports.spread import SIDES, with_intervals

GROUPED: dict[str, tuple[str, ...]] = {
    "openings": ("level", "occupation_group", "municipality"),
    "people": ("situation", "municipality"),
}
"""What each side can be grouped by."""


def barriers(
    matched: Matched, *, every: int = 1, times: int = TIMES, stable: bool = False, progress: Progress = SILENT
) -> Values:
    """
    Return what keeps a region's people and work apart, fit for JSON.

    Args:
        matched: The region's answer.
        every: Every so manieth person and post was counted, for so many each (`drehkreuz.matching.thinning`).
        times: Bootstraps of the people that intervals are taken from; 0: no intervals.
        stable: Tell what the shares would be if both sides chose freely, too.
        progress: Told of every bootstrap.

    Returns:
        As `headline`, and `every`, `times`, `openings_by` and `people_by` (from `breakdown`, with intervals), `reasons` (from
        `reasons_below`); where asked for `openings_stable`, a line like those of groups: as many openings as the stable allocation
        fills, which thinking a barrier away can make fewer, so that a share may be negative.
    """
    region, opened = matched.market.region, people_with_a_post(matched)
    report = breakdown_of(region, matched.counted, matched.certificate, opened)
    if times:
        others = [
            breakdown_of(region, other.counted, other.certificate, opened)
            for other in redrawn(matched.market, matched.arrays, times, progress=progress)
        ]
        report = with_intervals(report, others)
    below: Values = {"every": every, "times": times, "reasons": reasons_below(matched, progress)}
    asked = {"openings_stable": _stable(matched, progress)} if stable else {}
    return headline(matched) | below | {f"{side}_by": report[side] for side in SIDES} | asked


def _stable(matched: Matched, progress: Progress) -> Values:
    """Return the line of all openings for the stable allocations of all coalitions."""
    relation = PeopleRelation.of_region(matched.market.region, matched.arrays, matched.counted)
    placed = [
        int(np.count_nonzero(stable_allocation(relation, coalition).vacancy >= 0))
        for coalition in track(ALL_COALITIONS, "stable_coalitions", progress)
    ]
    exact, total = shapley(placed), int(relation.capacity.sum(dtype=np.int64))
    shares = dict(zip(exact, whole([list(exact.values())])[0], strict=True))
    return {
        "key": "all",
        "total": total,
        "found": placed[0],
        "shares": {str(barrier.name).lower(): share for barrier, share in shares.items()},
        "left": total - placed[-1],
    }


def figures_table(answer: Values, language: str) -> pl.DataFrame:
    """
    Return every figure as a row: `side`, `by`, `key`, `name`, `figure` (`found`, a barrier, `left`), `count`, `low`, `high`.

    Args:
        answer: From `barriers`.
        language: Of the names of groups.
    """
    rows = []
    for side in SIDES:
        told = answer[f"{side}_by"]
        lines = [("all", told["all"]), *((by, line) for by, group in told["by"].items() for line in group)]
        for by, line in lines:
            about = {"side": side, "by": by, "key": line["key"], "name": group_name(by, line["key"], language)}
            rows += [about | figure for figure in _figures(line)]
    schema = dict.fromkeys(("side", "by", "key", "name", "figure"), pl.String) | dict.fromkeys(
        ("count", "low", "high"), pl.Int64
    )
    return pl.DataFrame(rows, schema=schema)


def group_name(by: str, key: str, language: str) -> str:
    """Return what a group is called; nothing for all together."""
    return "" if by == "all" else name(by, key, language)


def _figures(line: Values) -> list[dict[str, Any]]:
    interval: Values = line.get("interval", {})

    def row(figure: str, count: int, between: list[int] | None) -> dict[str, Any]:
        low, high = between or (None, None)
        return {"figure": figure, "count": count, "low": low, "high": high}

    shares = interval.get("shares", {})
    names = [str(barrier.name).lower() for barrier in Barrier]
    return [
        row("found", line["found"], interval.get("found")),
        *(row(barrier, line["shares"][barrier], shares.get(barrier)) for barrier in names),
        row("left", line["left"], interval.get("left")),
    ]


def reasons_table(answer: Values) -> pl.DataFrame:
    """Return the reasons below the barriers as rows: `barrier`, `reasons` (several that stand together: with +), `people`."""
    rows = [
        {"barrier": entry["barrier"], "reasons": "+".join(told["reasons"]), "people": told["people"]}
        for entry in answer["reasons"]
        for told in entry["reasons"]
    ]
    return pl.DataFrame(rows, schema={"barrier": pl.String, "reasons": pl.String, "people": pl.Int64})
