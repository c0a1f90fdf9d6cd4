# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The main job for the model region with reach given, part by part, and one person against all posts: rows of `matching`."""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np

from benchmarks.harness import PYTHON, Figure
from drehkreuz.matching.coalitions import certify
from drehkreuz.matching.headcount import PeopleRelation, headcount
from drehkreuz.matching.market import prepare
from drehkreuz.matching.relation import pairs
from drehkreuz.matching.stable import stable_allocation
from drehkreuz.matching.stages import relation_of_region
from drehkreuz.matching.thinning import share_for, thinned
from drehkreuz.matching.working_set import working_set
from drehkreuz.region import Cache, Region, open_region

Found = TypeVar("Found")

ROOT: Final = Path(__file__).parents[1]
REGION: Final = ROOT / "build" / "aachen"
"""The model region, as `make run` builds it."""

PAIRS: Final = 4_000_000
"""Rows of people times posts that are measured."""

PERSONS: Final = 20
"""People who are asked one by one."""

TARGETS: Final = (("pipeline_s", "s CPU", 90.0), ("pipeline_peak_gb", "GB", 4.0), ("person_ms", "ms CPU", 50.0))


def pipeline(*, quick: bool) -> list[Figure]:
    """Return the figures, measured in a process of its own."""
    if not REGION.is_dir():
        note = f"no region at {REGION.relative_to(ROOT)}: `make run`"
        return [Figure(name, None, unit, target, note=note) for name, unit, target in TARGETS]
    most = 40_000 if quick else PAIRS
    command = [PYTHON, "-c", "from benchmarks.pipeline import main; main()", str(most)]
    answer = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    found = json.loads(answer.stdout)
    parts = ", ".join(f"{name} {seconds:.1f}" for name, seconds in found["parts"].items())
    size = (
        f"{found['people']:,} rows of people for {found['counted']:,} x {found['posts']:,} posts, every {found['every']}th of the model "
        "region at a fifth, not 100,000 x 20,000"
    )
    notes = (
        f"{parts}; {size}; two threads",
        size,
        f"median of {PERSONS} x {found['whole']:,} posts, learning included",
    )
    return [
        Figure(name, found[name], unit, target, note=note)
        for (name, unit, target), note in zip(TARGETS, notes, strict=True)
    ]


def main() -> None:
    """Do the main job once for little, then for as many pairs as the first argument says; print figures as JSON."""
    whole = open_region(REGION)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as executor:
        cache = Cache(Path(folder), 20 * 2**30)
        given = {"cache": cache, "executor": executor}
        _job(thinned(whole, share_for(whole, 20_000)), given)  # compiled
        k = share_for(whole, int(sys.argv[1]))
        found = _job(thinned(whole, k), given)
        found |= {"every": k, "person_ms": _person(whole, given), "whole": len(whole.table("vacancies"))}
    found["pipeline_peak_gb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(json.dumps(found))


def _job(region: Region, given: dict[str, Any]) -> dict[str, Any]:
    """Return the seconds of CPU of each part, reach apart."""
    market = prepare(region, **given)
    parts: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Found]) -> Found:
        begin = time.process_time()
        found = work()
        parts[name] = time.process_time() - begin
        return found

    counted = headcount(region.table("people"))
    arrays = timed("pairs with learning", lambda: relation_of_region(market, **given))
    relation = PeopleRelation.of_region(region, arrays, counted)
    edges = timed("working set", lambda: working_set(relation))
    timed("128 coalitions proved", lambda: certify(relation, edges))
    timed("stable", lambda: stable_allocation(relation))
    size = {"people": market.n_people, "posts": market.n_vacancies, "counted": len(counted)}
    return {"parts": parts, "pipeline_s": sum(parts.values()), **size}


def _person(whole: Region, given: dict[str, Any]) -> float:
    """Return the milliseconds of CPU that one person against all posts takes, warm."""
    market = prepare(whole, **given)
    spent = []
    for person in np.linspace(0, market.n_people - 1, PERSONS + 1).astype(int).tolist():
        begin = time.process_time()
        pairs(market, range(person, person + 1))
        spent.append(time.process_time() - begin)
    return 1e3 * statistics.median(spent[1:])
