# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
Where new charge points or stations should stand, worked out in a process of its own (see `drehkreuz_web.house.telling`).

The question is `of` (`normal` or `fast` charge points, `pedelec` or `bike` stations), `build`, and for charge points `year`.
"""

from __future__ import annotations

import sys
from typing import Any

from drehkreuz.cli.output import plain
from drehkreuz.planning import maximal_cover
from drehkreuz.planning.charging.assumptions import read_assumptions
from drehkreuz.planning.charging.existing import CLASSES
from drehkreuz.planning.charging.need import need
from drehkreuz.planning.charging.siting import WITHIN, charging_sites
from drehkreuz.planning.sharing.assumed import ASSUMED
from drehkreuz.planning.sharing.demand import demand
from drehkreuz.planning.sharing.fleet import plan
from drehkreuz.planning.sharing.siting import pairs_by_pedelec, ride_price, station_question
from drehkreuz.progress import SILENT, Progress, track
from drehkreuz.region import Region
from drehkreuz.reports.charging_siting import sited_answer
from drehkreuz.reports.sharing import fleet_answer
from drehkreuz.reports.siting import site_table, siting_answer
from drehkreuz_web.house.telling import reply

SEED = 0
"""Of everything drawn."""


def propose(region: Region, asked: dict[str, Any], progress: Progress = SILENT) -> dict[str, Any]:
    """
    Return a proposal, fit for JSON: that of any siting (`drehkreuz.reports.siting.siting_answer`) with what its kind adds.

    Raises:
        InputError: If nothing is missing, or there is no possible place.
    """
    work = _charging if asked["of"] in CLASSES else _sharing
    answer: dict[str, Any] = plain(work(region, asked, progress))
    return answer


def _charging(region: Region, asked: dict[str, Any], progress: Progress) -> dict[str, Any]:
    of, assumptions = asked["of"], read_assumptions()
    for _ in track([of], "charging.siting", progress):
        found = need(region, asked["year"], assumptions)
        sited = charging_sites(region, found, assumptions, of, asked["build"])
    return sited_answer(region, found, sited, assumptions, of) | {"within": WITHIN[of]}


def _sharing(region: Region, asked: dict[str, Any], progress: Progress) -> dict[str, Any]:
    kind = asked["of"]
    weight = pairs_by_pedelec(region, progress)
    for _ in track([kind], "charging.siting", progress):
        of = station_question(region, kind, weight=weight)
        placed = maximal_cover(of.siting, asked["build"])
        could = demand(region, kind, site_table(region, of, placed).select("id", "name", "lat", "lon"))
        steps, source = ride_price(region, kind)
        fleet = plan(could, steps, seed=SEED)
    told = {"kind": kind, "build": asked["build"], "seed": SEED}
    return siting_answer(region, of, placed, None) | {
        "within": ASSUMED.walk_minutes,
        "fleet": fleet_answer(region, could, fleet, told, ASSUMED, source),
    }


if __name__ == "__main__":
    sys.exit(reply(propose, sys.argv[1:]))
