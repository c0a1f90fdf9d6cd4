# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How long real files take to be read, checked and searched, in CPU time of this process."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks.harness import RUNS, Figure, arguments, report
from drehkreuz.region import Manifest, Provenance, Region, check
from drehkreuz.skills.linking import TitleIndex
from drehkreuz.sources.esco import read_esco
from drehkreuz.sources.gtfs import read_gtfs
from drehkreuz.sources.osm import read_osm

TEXTS = (
    "Baggerfahrer Tagebau, 18 Jahre",
    "Elektroniker/in (m/w/d) für Betriebstechnik",
    "Verkaeuferin",
    "excavator operator",
)


def main() -> None:
    """Measure and print."""
    told = arguments(__doc__ or "")
    if told.data is None:
        report(
            "readers",
            [Figure("esco_s", None, "s CPU", note="name the folder of real open data with --data")],
            as_json=told.json,
        )
        return
    report("readers", _figures(Path(told.data)), as_json=told.json)


def _figures(data: Path) -> list[Figure]:
    esco = [data / "esco" / name for name in ("v1.1.1-en", "v1.2.0-de")]
    tables, _ = read_esco(esco)
    feed = data / "transit" / "porto-alegre" / "poa_eptc.zip"
    calls, _ = read_gtfs(feed, "poa")
    index = TitleIndex(tables["labels"])
    known = Provenance("observed", "benchmark", "", date(2019, 5, 13))
    region = Region(Manifest("poa", "Porto Alegre", known.date, "en", dict.fromkeys(calls, known)), calls)
    return [
        Figure("esco_s", _cpu(lambda: read_esco(esco)), "s CPU", 5, note="v1.1.1 English, v1.2.0 German"),
        Figure("gtfs_s", _cpu(lambda: read_gtfs(feed, "poa")), "s CPU", 2, note=f"{len(calls['stop_times']):,} calls"),
        Figure(
            "osm_s",
            _cpu(lambda: read_osm(data / "transit/aachen-osm/aachen_2021-08-01.osm.pbf")),
            "s CPU",
            note="Aachen",
        ),
        Figure("check_s", _cpu(lambda: check(region)), "s CPU", 2),
        Figure("link_build_s", _cpu(lambda: TitleIndex(tables["labels"])), "s CPU", 3, note=f"{len(index):,} titles"),
        Figure("link_ms", _cpu(lambda: [index.link(text) for text in TEXTS]) / len(TEXTS) * 1000, "ms CPU", 5),
    ]


def _cpu(work: Callable[[], object]) -> float:
    """Return the median CPU seconds after a warm-up."""
    work()
    seconds = []
    for _ in range(RUNS):
        begin = time.process_time()
        work()
        seconds.append(time.process_time() - begin)
    return statistics.median(seconds)


if __name__ == "__main__":
    main()
