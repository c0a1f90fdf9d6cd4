# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Reach for the whole model region: all homes, every place and time that occurs, all chains, both ways; then one line more."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from benchmarks.harness import DREHKREUZ, PYTHON, Figure, arguments, report
from drehkreuz.measures.rows import added
from drehkreuz.reach import Chain, Minutes, triples
from drehkreuz.reach.stage import minutes_of_region
from drehkreuz.region import Cache, Region, open_region

REACH: Final = "from benchmarks.model_reach import reach; reach()"
THREADS: Final = 2
EVERY: Final = 10
"""The new line calls at every tenth stop of the longest run, every half hour of the day."""


def main() -> None:
    """Measure and print."""
    told = arguments(__doc__ or "")
    with tempfile.TemporaryDirectory() as name:
        subprocess.run(
            [*DREHKREUZ, "region", "new", "aachen", "--model", "aachen"], cwd=name, check=True, capture_output=True
        )
        answer = subprocess.run(
            [PYTHON, "-c", REACH, name], cwd=Path(__file__).parents[1], check=True, capture_output=True
        )
    found = json.loads(answer.stdout)
    note = f"{found['zones']:,} cells, {found['triples']:,} triples, {found['chains']} chains, both ways, {THREADS} threads"
    shared = f"all {len(Chain)} chains, shared pedelecs among them; first time {found['shared_s']:.0f} s"
    figures = [
        Figure("cold_s", found["cold_s"], "s wall", 120, note=note),
        Figure("cold_cpu_s", found["cold_cpu_s"], "s CPU"),
        Figure("peak_gb", found["peak_gb"], "GB", 4),
        Figure(
            "one_line_more_s", found["line_s"], "s wall", 10, note=f"{found['changed']:,} triples have other minutes"
        ),
        Figure("one_line_more_cpu_s", found["line_cpu_s"], "s CPU"),
        Figure("one_station_more_s", found["station_s"], "s wall", 2, note=shared),
        Figure("one_station_more_cpu_s", found["station_cpu_s"], "s CPU"),
    ]
    report("model_reach", figures, as_json=told.json)


def reach() -> None:
    """Compute in a process of its own, whose peak of memory is the figure; kernels are ready before the clock starts."""
    import resource  # noqa: PLC0415  # the child's own
    import sys  # noqa: PLC0415

    from drehkreuz.region.kernels import declared, make_ready  # noqa: PLC0415

    make_ready(declared("drehkreuz.reach"), "engines")
    folder = Path(sys.argv[-1])
    region, cache = open_region(folder / "aachen"), Cache(folder / "cache")
    where = triples(region)

    def timed(of: Region) -> tuple[float, float, Minutes]:
        wall, cpu = time.perf_counter(), time.process_time()
        with ThreadPoolExecutor(THREADS) as executor:
            found = minutes_of_region(of, where, cache=cache, executor=executor)
        return time.perf_counter() - wall, time.process_time() - cpu, found

    cold_s, cold_cpu_s, before = timed(region)
    line_s, line_cpu_s, after = timed(with_line(region))
    chains, changed = len(before.chains), int((before.out != after.out).any(axis=(1, 2)).sum())
    del before, after  # the peak is that of one answer, not of three
    shared = with_members(region)
    shared_s, _, _ = timed(shared)
    station_s, station_cpu_s, _ = timed(with_station(shared))
    print(
        json.dumps(
            {
                "zones": len(region.table("zones")),
                "triples": len(where),
                "cold_s": cold_s,
                "cold_cpu_s": cold_cpu_s,
                "line_s": line_s,
                "line_cpu_s": line_cpu_s,
                "chains": chains,
                "shared_s": shared_s,
                "station_s": station_s,
                "station_cpu_s": station_cpu_s,
                "changed": changed,
                "peak_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
            }
        )
    )


def with_line(region: Region) -> Region:
    """Return the region with one line more, along stops of the run with the most calls, a minute and a half a call."""
    calls, service = region.table("stop_times"), region.table("service_days")["service_id"].mode().sort()[0]
    longest = calls.group_by("trip_id").len().sort("len", "trip_id", descending=[True, False])["trip_id"][0]
    stops = calls.filter(trip_id=longest).sort("sequence")["stop_id"].gather_every(EVERY).to_list()
    runs = [(f"new-{start}", start) for start in range(5 * 3600, 23 * 3600, 1800)]
    rows = [
        {
            "trip_id": trip,
            "sequence": i,
            "stop_id": stop,
            "arrival": start + 90 * EVERY * i,
            "departure": start + 90 * EVERY * i,
        }
        for trip, start in runs
        for i, stop in enumerate(stops)
    ]
    route = {"route_id": "new", "name": "Modell-Linie (Messung)", "mode": 3}
    new = {
        "routes": [route],
        "trips": [{"trip_id": trip, "route_id": "new", "service_id": service} for trip, _ in runs],
        "stop_times": rows,
    }
    return region.with_tables({name: added(region, name, some) for name, some in new.items()})


def with_members(region: Region) -> Region:
    """Return the region with somebody who uses shared pedelecs, so that their chains are computed."""
    member = {"person_id": region.table("people")["person_id"][0], "kind": "pedelec"}
    return region.with_tables({"person_sharing": added(region, "person_sharing", [member])})


def with_station(region: Region) -> Region:
    """Return the region with one station of shared pedelecs more, beside the first home, of the lender with most stations."""
    known = region.table("sharing_stations").filter(kind="pedelec")
    zone = region.table("zones").row(0, named=True)
    station = {
        "station_id": "new",
        "name": "Modell-Station (Messung)",
        "kind": "pedelec",
        "vehicles": 5,
        "capacity": 10,
    }
    station |= {"lat": zone["lat"], "lon": zone["lon"], "system": known["system"].mode().sort()[0]}
    return region.with_tables({"sharing_stations": added(region, "sharing_stations", [station])})


if __name__ == "__main__":
    main()
