# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What measures change on the model region: how long an evaluation takes, and whether nothing is found where nothing is done."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

import numpy as np

from benchmarks.harness import Figure, arguments, report
from drehkreuz.matching.bootstrap import TIMES, redrawn
from drehkreuz.matching.thinning import share_for, thinned
from drehkreuz.measures import Measure, kind_named, settle
from drehkreuz.measures.paired import Cleared, Evaluator, barriers
from drehkreuz.measures.paired.joint import joint_effects
from drehkreuz.measures.paired.replicates import World, in_world
from drehkreuz.region import Cache, Region, open_region

T = TypeVar("T")

ROOT: Final = Path(__file__).parents[1]
REGION: Final = ROOT / "build" / "aachen"
"""The model region, as `make run` builds it."""

POSTS: Final = (
    "pay_raise",
    "job_ticket",
    "remote_share",
    "flexible_hours",
    "part_time_posts",
    "transit_pass",
    "asked_language",
    "placebo",
)
"""Measures of the portfolio, each with its defaults."""

WORLDS: Final = 5
LINES: Final = 50
"""Random lines between two stops, each with the same cost."""
SEED: Final = 1
KNOWN: Final = 200
"""Differences that an interval is taken from."""
TRIALS: Final = 100
"""Differences that should lie in it."""


def main() -> None:
    """Measure and print."""
    told = arguments(__doc__ or "")
    report("scenarios", _figures(), as_json=told.json)


def _figures() -> list[Figure]:
    if not REGION.is_dir():
        note = f"no region at {REGION.relative_to(ROOT)}: `make run`"
        return [Figure("other_measure_s", None, "s", 5, note=note)]
    whole = open_region(REGION)
    k = share_for(whole)
    region = thinned(whole, k)
    people, posts = (len(region.table(name)) for name in ("people", "vacancies"))
    note = f"{people:,} rows of people x {posts:,} posts: every {k}th of the model region at a fifth, not full scale"
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor() as executor:
        evaluator = Evaluator.of(region, cache=Cache(Path(folder), 20 * 2**30), executor=executor)
        return list(_measured(evaluator, note))


def _measured(evaluator: Evaluator, note: str) -> list[Figure]:
    before = evaluator.baseline()
    point, _ = _timed(lambda: barriers(before))
    related = before.related
    spread, _ = _timed(lambda: list(redrawn(related.market, related.arrays)))
    other, _ = _timed(lambda: evaluator.evaluate(before, [_measure(evaluator, "pay_raise")]))
    line = _busiest(evaluator.related.region)
    runs = _measure(evaluator, "more_departures", route=line, first="04:30", last="06:30")
    network, _ = _timed(lambda: evaluator.evaluate(before, [runs]))
    raised = _measure(evaluator, "pay_raise")
    replicate = min(_timed(partial(_world, evaluator, raised, world))[0] for world in range(WORLDS))
    joint = joint_effects(evaluator, [_measure(evaluator, kind) for kind in POSTS], "more_filled")
    portfolio, shares = _timed(joint.portfolio.shares)
    left = abs(float(sum(share.share for share in shares)) - joint.portfolio.joint)
    return [
        Figure("barrier_point_s", point, "s", 60, note=note),
        Figure("barrier_interval_s", spread, "s", 600, note=f"{TIMES} bootstraps of the people; {note}"),
        Figure("other_measure_s", other, "s", 5, note=f"pay_raise; {note}"),
        Figure("network_measure_s", network, "s", 15, note=f"more departures of {line}; {note}"),
        Figure("replicate_s", replicate, "s", 2.5, note=f"the quickest of {WORLDS} worlds; {note}"),
        Figure("portfolio8_s", portfolio, "s", 1500, note=f"2^8 joint runs in one world, not five; {note}"),
        Figure("shares_left_over", left, "posts", 0, note="joint effect less the sum of the shares"),
        Figure(
            *("random_measure_share", _random_share(evaluator, before), "share", 0.1),
            note=f"more filled: median of {LINES} lines between two random stops / the best of the portfolio's measures; {note}",
        ),
        Figure(
            *("interval_coverage", _coverage(evaluator), "share", 0.85, "higher"),
            note=f"nominal 0.9, at most 0.95: {TRIALS} differences without effect, each of two worlds of its own, in the p5 to p95 of "
            f"{KNOWN} others; {note}",
        ),
        Figure("placebo_max_abs", _placebo(evaluator, before), "", 0, note=f"all figures, {WORLDS} worlds; {note}"),
    ]


def _measure(evaluator: Evaluator, name: str, **given: object) -> Measure:
    kind = kind_named(name)
    values, faults = settle(kind.parameters, given, evaluator.related.region)
    if faults:
        message = "; ".join(fault.problem for fault in faults)
        raise ValueError(message)
    return Measure(name, kind, values, date(2020, 1, 1))


def _busiest(region: Region) -> str:
    """Return the line with most runs, of equals the first by id."""
    runs = region.table("trips").group_by("route_id").len().sort(["len", "route_id"], descending=[True, False])
    return str(runs["route_id"][0])


def _world(evaluator: Evaluator, measure: Measure, number: int) -> dict[str, float]:
    world = World.drawn(number)
    return in_world(evaluator, evaluator.baseline(seed=world.ties, resample=world.resample), [measure], world)


def _random_share(evaluator: Evaluator, before: Cleared) -> float | None:
    """Return the median gain of random lines as a share of the best measure's; None where no measure gains anything."""

    def gain(measure: Measure) -> float:
        return float(evaluator.evaluate(before, [measure]).effect.figures()["more_filled"] or 0.0)

    best = max(gain(_measure(evaluator, kind)) for kind in POSTS)
    random, stops = np.random.default_rng(SEED), sorted(evaluator.related.region.table("stops")["stop_id"])
    ends = [tuple(random.choice(stops, 2, replace=False).tolist()) for _ in range(LINES)]
    gains = [gain(_measure(evaluator, "bus_line", stops=list(pair), first="05:00", last="21:00")) for pair in ends]
    return statistics.median(gains) / best if best > 0 else None


def _coverage(evaluator: Evaluator) -> float:
    """Return the share of differences between unpaired worlds without any measure that lie in the interval of others."""

    def placed(number: int) -> int:
        return int(np.count_nonzero(evaluator.baseline(seed=number, resample=number).stable >= 0))

    found = [placed(2 * trial) - placed(2 * trial + 1) for trial in range(KNOWN + TRIALS)]
    low, high = np.quantile(found[:KNOWN], [0.05, 0.95])
    return float(np.mean([low <= value <= high for value in found[KNOWN:]]))


def _placebo(evaluator: Evaluator, before: Cleared) -> float:
    """Return the greatest figure of a measure that does nothing, over some worlds."""
    nothing = _measure(evaluator, "placebo")
    found = list(evaluator.evaluate(before, [nothing]).effect.figures().values())
    for number in range(WORLDS):
        found += _world(evaluator, nothing, number).values()
    return max(abs(value or 0.0) for value in found)


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return wall seconds and the result."""
    begin = time.perf_counter()
    found = work()
    return time.perf_counter() - begin, found


if __name__ == "__main__":
    main()
