# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Where to put sites: maximal cover of random points and of the model region, beside HiGHS and spopt on the whole question."""

from __future__ import annotations

import json
import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.spatial import KDTree

from benchmarks.harness import PYTHON, RUNS, Figure, arguments, report
from drehkreuz.errors import InputError
from drehkreuz.planning import Placement, Siting, maximal_cover
from drehkreuz.planning.covers import Candidates, pairs_opened, question
from drehkreuz.planning.exact import exact
from drehkreuz.reach import Chain, triples
from drehkreuz.reach.access import jobs
from drehkreuz.reach.modes import Mode
from drehkreuz.reach.stage import minutes_of_region
from drehkreuz.region import Cache, open_region
from drehkreuz.region.csr import Csr

ROOT: Final = Path(__file__).parents[1]
REGION: Final = ROOT / "build" / "aachen"
"""The model region, as `make run` builds it."""
SMALL: Final = 200
"""Small random instances that HiGHS solves too."""
LARGE: Final = "from benchmarks.siting import large; large()"
SPOPT: Final = "from benchmarks.siting import spopt; spopt()"
SPOPT_NEEDS: Final = ("spopt", "pulp", "highspy")
"""Packages; spopt hands its programme to HiGHS through PuLP."""
SPOPT_LIMIT: Final = 600
"""Seconds that the peer's solver may take."""


@dataclass(frozen=True, slots=True)
class Case:
    """Random points in a square of one, served within a radius, and how many sites may be built."""

    demand: int
    sites: int
    radius: float
    budget: int
    seed: int = 1

    def siting(self) -> Siting:
        """Draw the points; weights are whole, 1 to 99."""
        random = np.random.default_rng(self.seed)
        homes, where = random.random((self.demand, 2)), random.random((self.sites, 2))
        weight = random.integers(1, 100, self.demand).astype(np.float64)
        near = KDTree(where).sparse_distance_matrix(KDTree(homes), self.radius, output_type="coo_matrix").tocsr()
        return Siting(covers=Csr(near.indptr.astype(np.int64), near.indices.astype(np.int32)), weight=weight)

    def __str__(self) -> str:
        return f"{self.demand:,} x {self.sites:,}, p = {self.budget}"


RANDOM: Final = (Case(10_000, 1_000, 0.1, 20), Case(10_000, 10_000, 0.05, 50))
HUGE: Final = Case(100_000, 10_000, 0.03, 100)


def main() -> None:
    """Measure and print."""
    told = arguments(__doc__ or "")
    report("siting", [*_random(), *_region(), *_large(), _mismatches()], as_json=told.json)


def _random() -> list[Figure]:
    """Solve random points, and one case by each peer in one piece."""
    solved = [_cpu(case.siting(), case.budget) for case in RANDOM]
    told = [
        f"{case}: {seconds:.2f} s, gap {found.gap:.5f}" for case, (seconds, found) in zip(RANDOM, solved, strict=True)
    ]
    note = f"the slower; {'; '.join(told)}"
    return [
        Figure("mclp10k_s", max(seconds for seconds, _ in solved), "s CPU", 5, note=note),
        Figure(
            *("mclp10k_share", min(found.value / found.bound for _, found in solved), "share", 0.999, "higher"),
            note="served / bound, the lower",
        ),
        _highs(solved[0][1]),
        _spopt(solved[0][1]),
    ]


def _highs(found: Placement) -> Figure:
    """Hold what was found of the first case against HiGHS."""
    case = RANDOM[0]
    begin = time.process_time()
    best = exact(case.siting(), case.budget, 10**6).bound
    spent = time.process_time() - begin
    note = f"served / best, {case}; HiGHS in one piece, demand merged: {spent:.0f} s CPU"
    return Figure("mclp10k_share_highs", found.value / best, "share", 0.999, "higher", "HiGHS", spent, note)


def _spopt(found: Placement) -> Figure:
    """Hold what was found of the first case against spopt, in a process of its own, since its solver prints."""
    name, case = "mclp10k_share_spopt", RANDOM[0]
    missing = [package for package in SPOPT_NEEDS if find_spec(package) is None]
    if missing:
        note = f"{', '.join(missing)} not installed (extra bench)"
        return Figure(name, None, "share", 0.999, "higher", "spopt", note=note)
    done = subprocess.run([PYTHON, "-c", SPOPT], cwd=ROOT, check=True, capture_output=True, text=True)
    told = json.loads(done.stdout.splitlines()[-1])
    spent = told["build_s"] + told["solve_s"]
    proof = "proven best" if told["proven"] else f"stopped after {SPOPT_LIMIT} s, the best it had"
    within = "within" if found.value <= told["value"] + 1e-6 <= found.bound + 2e-6 else "outside"
    note = (
        f"served / what spopt serves, {case}; from a dense matrix of costs, {told['build_s']:.0f} s CPU to build and "
        f"{told['solve_s']:.0f} s by HiGHS through PuLP, {told['peak_mb']:,.0f} MB, one run: {proof}, {within} our gap"
    )
    peer = f"spopt {metadata.version('spopt')}"
    return Figure(name, found.value / told["value"], "share", 0.999, "higher", peer, spent, note)


def spopt() -> None:
    """Solve the first case by spopt and print what it took."""
    import pulp  # noqa: PLC0415  # a peer, which need not be installed
    from spopt.locate import MCLP  # noqa: PLC0415

    case = RANDOM[0]
    asked = case.siting()
    cost = np.ones((case.demand, case.sites))
    cost[asked.covers.indices, np.repeat(np.arange(case.sites), np.diff(asked.covers.indptr))] = 0
    begin = _spent()
    model = MCLP.from_cost_matrix(cost, asked.weight, service_radius=0.5, p_facilities=case.budget)
    built = _spent()
    model.solve(pulp.HiGHS(msg=False, timeLimit=SPOPT_LIMIT, gapRel=0), results=False)
    told = {
        "build_s": built - begin,
        "solve_s": _spent() - built,
        "value": pulp.value(model.problem.objective),
        "proven": model.problem.sol_status == pulp.LpSolutionOptimal,
        "peak_mb": _peak_mb(),
    }
    print(json.dumps(told))


def _spent() -> float:
    """Return CPU seconds of this process and its children."""
    return sum(os.times()[:4])


def _region() -> list[Figure]:
    if not REGION.is_dir():
        note = f"no region at {REGION.relative_to(ROOT)}: `make run`"
        return [Figure("mclp10k_region_s", None, "s CPU", 5, note=note)]
    region = open_region(REGION)
    where = triples(region)
    with ThreadPoolExecutor() as executor:
        ways = minutes_of_region(region, where, cache=Cache.default(), executor=executor)
    opened = pairs_opened(region, jobs(region, where), ways, Chain.PEDELEC)
    asked = question(region, Candidates.ZONES, Mode.WALK, 15.0, weight=opened)
    seconds, found = _cpu(asked.siting, 50)
    note = f"{len(opened):,} cells weighted by pairs that a pedelec opens x {len(asked.sites):,} sites, p = 50"
    return [
        Figure("mclp10k_region_s", seconds, "s CPU", 5, note=note),
        Figure("mclp10k_region_share", found.value / found.bound, "share", 0.999, "higher", note=note),
    ]


def _large() -> list[Figure]:
    """Solve the largest case in a process of its own, so that the peak is its alone."""
    done = subprocess.run([PYTHON, "-c", LARGE], cwd=ROOT, check=True, capture_output=True, text=True)
    told = json.loads(done.stdout)
    note = f"{HUGE}, {told['entries']:,} entries; one run in a process of its own, compiled code ready"
    return [
        Figure("mclp100k_gap", told["gap"], "share", 0.035, note=note),
        Figure("mclp100k_s", told["cpu_s"], "s CPU", 40, note=f"{note}; covers given"),
        Figure("mclp100k_peak_mb", told["peak_mb"], "MB", 500, note=f"{note}; drawing the points included"),
    ]


def large() -> None:
    """Solve the largest case and print what it took."""
    asked = HUGE.siting()
    begin = time.process_time()
    found = maximal_cover(asked, HUGE.budget)
    spent = time.process_time() - begin
    print(json.dumps({"gap": found.gap, "cpu_s": spent, "peak_mb": _peak_mb(), "entries": len(asked.covers.indices)}))


def _peak_mb() -> float:
    """Return this process's peak; what `getrusage` tells begins with the parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


def _mismatches() -> Figure:
    """Compare with a textbook programme, written without anything of ours, on small instances with every kind of condition."""
    wrong = impossible = 0
    for seed in range(SMALL):
        random = np.random.default_rng(seed)
        asked, budget = _small(random), float(random.integers(1, 9))
        best = textbook(asked, budget)
        try:
            found = maximal_cover(asked, budget)
        except InputError:
            impossible += 1
            wrong += best is not None
            continue
        agrees = best is not None and np.isclose([found.value, found.bound], best, rtol=1e-6, atol=1e-6).all()
        wrong += not agrees
    note = f"{SMALL} instances with HiGHS, {impossible} of them without any choice; value and bound"
    return Figure("exact_mismatches", wrong, "", 0, peer="HiGHS", note=note)


def _small(random: np.random.Generator) -> Siting:
    """Draw a small question: each kind of condition with chance 0.4."""
    sites, demand = 12, 30
    site, home = np.nonzero(random.random((sites, demand)) < 0.2)
    one, other = np.nonzero(np.triu(random.random((sites, sites)) < 0.1, 1))
    near = Csr.from_pairs(np.concatenate([one, other]), np.concatenate([other, one]), sites)
    shares, cost, existing, apart, capacity, floor = random.random(6) < 0.4
    return Siting(
        covers=Csr.from_pairs(site, home, sites),
        weight=random.integers(0, 10, demand).astype(np.float64),
        shares=random.integers(1, 5, len(site)) / 4 if shares else None,
        cost=random.integers(1, 4, sites).astype(np.float64) if cost else None,
        existing=random.random(sites) < 0.2 if existing else None,
        near=near if apart else None,
        capacity=random.integers(3, 25, sites).astype(np.float64) if capacity else None,
        group=random.integers(0, 3, demand).astype(np.int32),
        floor=random.choice([0.0, 0.1, 0.3], 3) if floor else None,
    )


def textbook(asked: Siting, budget: float) -> float | None:
    """Return the most weight served by dense constraints over x and z, None where no choice keeps all conditions."""
    sites, entries = len(asked), len(asked.covers.indices)
    of_site = np.repeat(np.arange(sites), np.diff(asked.covers.indptr))
    demand, worth = asked.covers.indices, asked.worth()
    rows: list[NDArray[np.float64]] = []
    low: list[float] = []
    high: list[float] = []

    def add(x: NDArray[np.float64], z: NDArray[np.float64], least: float, most: float) -> None:
        rows.append(np.concatenate([x, z]))
        low.append(least)
        high.append(most)

    unit, none = np.eye(sites), np.zeros(entries)
    for e in range(entries):
        add(-unit[of_site[e]], np.eye(entries)[e], -np.inf, 0)
    for d in range(len(asked.weight)):
        add(np.zeros(sites), (demand == d).astype(np.float64), -np.inf, 1)
    add(np.where(asked.stands, 0.0, 1.0 if asked.cost is None else asked.cost), none, -np.inf, budget)
    for s in range(sites):
        if asked.capacity is not None:
            add(-asked.capacity[s] * unit[s], worth * (of_site == s), -np.inf, 0)
        for other in () if asked.near is None else asked.near.row(s).tolist():
            if other > s and not (asked.stands[s] and asked.stands[other]):
                add(unit[s] + unit[other], none, -np.inf, 1)
    for g, floor in enumerate(() if asked.floor is None else asked.floor):
        add(np.zeros(sites), worth * (asked.groups[demand] == g), floor * asked.weight[asked.groups == g].sum(), np.inf)
    found = milp(
        np.concatenate([np.zeros(sites), -worth]),
        integrality=np.repeat([1, 0], [sites, entries]),
        bounds=Bounds(np.concatenate([asked.stands, none]), 1),
        constraints=LinearConstraint(np.array(rows), low, high),
        options={"mip_rel_gap": 0.0},
    )
    return None if found.x is None else float(-found.fun)


def _cpu(asked: Siting, budget: float) -> tuple[float, Placement]:
    """Return the median of CPU seconds after a warm-up, and what was found."""
    found, spent = maximal_cover(asked, budget), []
    for _ in range(RUNS):
        begin = time.process_time()
        maximal_cover(asked, budget)
        spent.append(time.process_time() - begin)
    return float(np.median(spent)), found


if __name__ == "__main__":
    main()
