# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""All that a planner asks of a region, as plain values: figures of groups, nothing of a person."""

from __future__ import annotations

from drehkreuz.matching.market import Market
from drehkreuz.matching.pipeline import Matched
from drehkreuz.region import Region
from drehkreuz.reports.breakdown import breakdown
from drehkreuz.reports.closures import closures
from drehkreuz.reports.coalitions import coalitions
from drehkreuz.reports.headline import headline
from drehkreuz.reports.municipalities import WITHIN, municipalities
from drehkreuz.reports.pair import Values
from drehkreuz.reports.reasons import reasons_below

MODELLED = "modelled"


def region_report(matched: Matched, whole: Market | None = None) -> Values:
    """
    Return the report on a region, fit for JSON.

    Args:
        matched: Its people and posts brought together.
        whole: The whole region, where `matched` is of a thinned one (`drehkreuz.matching.thinning`).

    Returns:
        `headline`; `barriers` of openings and of people, in all and by groups; `reasons` below them; `coalitions`, what is possible with each set
        of them thought away; `closures`; `municipalities`, and `within` how many minutes posts are reached from them;
        `targets` of a modelled region beside what came out; `tables`, where each is from; `may_be_real`, whether real people
        may be among those counted.
    """
    market = whole or matched.market
    region = market.region
    known = region.manifest.provenance.get("people")
    return {
        "headline": headline(matched),
        "barriers": breakdown(matched),
        "reasons": reasons_below(matched),
        "coalitions": coalitions(matched),
        "closures": closures(matched),
        "within": WITHIN,
        "municipalities": municipalities(market),
        "targets": _targets(region),
        "tables": _tables(region),
        "may_be_real": known is None or known.kind != MODELLED,
    }


def _targets(region: Region) -> list[Values]:
    return [
        row | {"met": row["low"] <= row["result"] <= row["high"]}
        for row in region.table("targets").iter_rows(named=True)
    ]


def _tables(region: Region) -> list[Values]:
    known = region.manifest.provenance
    return [
        {
            "table": name,
            "rows": len(frame),
            "kind": known[name].kind,
            "source": known[name].source,
            "licence": known[name].licence,
            "date": known[name].date,
        }
        for name, frame in region.tables.items()
        if name in known
    ]
