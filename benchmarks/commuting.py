# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A firm of 5,000 at Weisweiler in the model region: the carpools, and the whole analysis."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Final

import numpy as np

from benchmarks.harness import RUNS, Figure, arguments, report
from drehkreuz.commuting import ASSUMED, MODES, UNKNOWN, Rota, Workforce, shift
from drehkreuz.commuting.analysis import analyse
from drehkreuz.commuting.carpools import carpools
from drehkreuz.model.employer import WORKPLACE, ModelFirm, model_firm
from drehkreuz.reach.network import network
from drehkreuz.reach.parameters import PARAMETERS
from drehkreuz.region import Region, open_region

ROOT: Final = Path(__file__).parents[1]
REGION: Final = ROOT / "build" / "aachen"
"""The model region, as `make run` builds it."""

SHIFTS: Final = {"early": (6, 14), "late": (14, 22), "night": (22, 6)}
FIRM: Final = ModelFirm("benchmark", {"early": 1700, "late": 1700, "night": 1600})


def main() -> None:
    """Measure and print."""
    told = arguments(__doc__ or "")
    if not REGION.is_dir():
        note = f"no region at {REGION.relative_to(ROOT)}: `make run`"
        names = {"carpools_s": 30.0, "analysis_s": 60.0}
        report(
            "commuting",
            [Figure(name, None, "s CPU", most, note=note) for name, most in names.items()],
            as_json=told.json,
        )
        return
    region = open_region(REGION)
    staff = workforce(region)
    place = region.table("places")["place_id"].to_list().index(WORKPLACE)
    net, drivers = network(region.ground, PARAMETERS), staff.drivers(ASSUMED.drivers_of_unknown)
    pairs = carpools(net, place, staff, drivers, ASSUMED)
    note = f"{staff.total:,} people in {len(np.unique(staff.zone)):,} cells, {int(drivers.sum()):,} drive, {len(staff.rotas)} rotas"
    figures = [
        Figure(
            *("carpools_s", _cpu(lambda: carpools(net, place, staff, drivers, ASSUMED)), "s CPU", 30.0),
            note=f"{note}; {sum(pair.pairs for pair in pairs):,} pairs",
        ),
        Figure("analysis_s", _cpu(lambda: analyse(region, place, staff)), "s CPU", 60.0, note=f"{note}; file not read"),
    ]
    report("commuting", figures, as_json=told.json)


def workforce(region: Region) -> Workforce:
    """Return the firm's people."""
    rotas = [Rota(name, (shift(name, begin * 3600, end * 3600),)) for name, (begin, end) in SHIFTS.items()]
    zones = {zone: row for row, zone in enumerate(region.table("zones")["zone_id"])}
    modes = [mode.value for mode in MODES]
    return Workforce.of(
        rotas,
        [
            (
                zones[str(row["where"])],
                list(SHIFTS).index(str(row["shift"])),
                modes.index(str(row["mode"])) if row["mode"] else UNKNOWN,
                int(str(row["count"])),
                5.0,
            )
            for row in model_firm(region, FIRM)
        ],
    )


def _cpu(run: Callable[[], object]) -> float:
    """Return the median of CPU seconds; what it needs is compiled and at hand."""
    spent = []
    for _ in range(RUNS):
        begin = time.process_time()
        run()
        spent.append(time.process_time() - begin)
    return median(spent)


if __name__ == "__main__":
    main()
