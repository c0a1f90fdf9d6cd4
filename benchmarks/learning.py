# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Plans: the exact search on drawn catalogues, the bounded one on the model region against the exact one."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from benchmarks.harness import Figure, arguments, report
from drehkreuz.learning import LearningParameters, learning
from drehkreuz.learning.catalogue import Catalogue
from drehkreuz.learning.situation import Situation, situation
from drehkreuz.learning.solver import solve
from drehkreuz.learning.sweep import Outcome, Sweep, sweep
from drehkreuz.learning.task import task
from drehkreuz.matching.market import Market, prepare
from drehkreuz.matching.relation import reachable_sessions
from drehkreuz.matching.stages import relation_of_region
from drehkreuz.matching.teaching import design
from drehkreuz.matching.thinning import share_for, thinned
from drehkreuz.region import TABLES, Cache, Manifest, Provenance, Region, open_region
from drehkreuz.skills import requirement_profiles, skill_profiles, taxonomy

ROOT: Final = Path(__file__).parents[1]
REGION: Final = ROOT / "build" / "aachen"
"""The model region, as `make run` builds it; read only."""

DAY: Final = date(2026, 11, 2)
SEED: Final = 1
ASKED: Final = 20
"""Skills that a post asks; nobody holds any."""
FIELD: Final = 20
"""Skills of a field."""
OWN_FIELD: Final = 14
"""Skills that a post asks of its own field; the rest is of another."""
MOST: Final = 6
"""Skills of a course at most."""
NEEDS: Final = 0.3
"""Share of courses that need a skill to begin."""
FORMATS: Final = ("daytime", "part_time", "evening", "weekend", "block", "online", "hybrid")
MODULES: Final = 5
"""Modules designed."""
WITHOUT_LIMIT: Final = 50_000
"""Sets looked at for the cheapest plans that bounded ones are compared with."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured: drawn regions, their people, posts, courses and skills; pairs of the model region that are compared."""

    regions: int = 4
    people: int = 5
    posts: int = 10
    courses: int = 5_000
    skills: int = 400
    block: int = 256
    compared: int = 400


QUICK: Final = Sizes(regions=1, people=4, posts=3, courses=500, block=32, compared=20)


def main() -> None:
    """Measure and print."""
    told = arguments(__doc__ or "", quick="a few small catalogues: tries the benchmark, measures nothing")
    sizes = QUICK if told.quick else Sizes()
    report("learning", [*_exact(sizes), *_on_the_model_region(sizes)], as_json=told.json)


# ------------------------------------------------------------------------------------------------------ drawn catalogues


def drawn(seed: int, sizes: Sizes) -> Region:
    """
    Draw a region: courses of one to six skills of one field, with two sessions each; posts that ask skills of two fields.

    Dates, formats, hours, seats, fees, funding and entry levels are drawn so that every condition of a plan keeps somebody from
    something.
    """
    random = np.random.default_rng(seed)
    skills = [f"s{i:03d}" for i in range(sizes.skills)]
    courses = [f"c{i:04d}" for i in range(sizes.courses)]
    tables: dict[str, list[dict[str, Any]]] = {
        "skills": [{"skill_id": s} for s in skills],
        "occupations": [{"occupation_id": f"o{i}", "eqf": 4} for i in range(sizes.posts)],
        "occupation_skills": [
            {"occupation_id": f"o{i}", "skill_id": s, "relation": "essential"}
            for i in range(sizes.posts)
            for s in _asked(random, skills)
        ],
        "vacancies": [{"vacancy_id": f"v{i}", "occupation_id": f"o{i}"} for i in range(sizes.posts)],
        "rules": [{"rule_id": "sure", "valid_from": date(2020, 1, 1)}],
        "people": [
            {
                "person_id": f"p{i}",
                "eqf": int(random.choice([3, 4, 5])),
                "learning_hours_max": float(random.choice([20.0, 30.0, 40.0])),
                "learning_fee_max_eur": float(random.choice([0.0, 500.0, 2000.0])),
                "learning_online": bool(random.random() < 0.8),
            }
            for i in range(sizes.people)
        ],
        **_courses(random, skills, courses),
    }
    known = Provenance("modelled", "drawn", "Apache-2.0", DAY)
    frames = {name: _frame(name, rows) for name, rows in tables.items() if rows}
    return Region(Manifest("drawn", "Drawn", DAY, "de", dict.fromkeys(frames, known)), frames)


def _asked(random: np.random.Generator, skills: list[str]) -> list[str]:
    """Draw what a post asks: most of it from one field, the rest from another."""
    one, other = random.choice(len(skills) // FIELD, 2, replace=False).tolist()
    parts = ((one, OWN_FIELD), (other, ASKED - OWN_FIELD))
    return sorted(s for field, n in parts for s in _of_field(random, skills, field, n))


def _of_field(random: np.random.Generator, skills: list[str], field: int, n: int) -> list[str]:
    drawn: list[str] = random.choice(skills[field * FIELD : (field + 1) * FIELD], n, replace=False).tolist()
    return drawn


def _frame(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = TABLES[name]
    columns = dict.fromkeys(key for row in rows for key in row)
    return schema.conform(pl.DataFrame(rows, schema={column: schema.polars[column] for column in columns}))


def _courses(random: np.random.Generator, skills: list[str], courses: list[str]) -> dict[str, list[dict[str, Any]]]:
    tables: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("courses", "course_skills", "course_prerequisites", "course_sessions", "course_funding")
    }
    for course in courses:
        weeks = int(random.integers(1, 13))
        field = int(random.integers(0, len(skills) // FIELD))
        taught = _of_field(random, skills, field, int(random.integers(1, MOST + 1)))
        tables["courses"].append(
            {
                "course_id": course,
                "weeks": float(weeks),
                "format": str(random.choice(FORMATS)),
                "hours_per_week": float(random.choice([8.0, 20.0, 30.0, 36.0])),
                "fee_eur": float(random.integers(0, 40)) * 50.0,
                "azav": bool(random.random() < 0.5),
                "entry_eqf": int(random.choice([1, 1, 1, 4])),
            }
        )
        tables["course_skills"] += [{"course_id": course, "skill_id": s} for s in taught]
        if random.random() < NEEDS:
            needed = str(random.choice([s for s in skills[field * FIELD : (field + 1) * FIELD] if s not in taught]))
            tables["course_prerequisites"].append({"course_id": course, "requires": "skill", "required_id": needed})
        if random.random() < 0.1:
            tables["course_funding"].append({"course_id": course, "rule_id": "sure"})
        for number, start in enumerate(sorted(random.integers(1, 100, 2).tolist())):
            first = DAY + timedelta(weeks=start)
            tables["course_sessions"].append(
                {
                    "session_id": f"{course}-{number}",
                    "course_id": course,
                    "place_id": "there",
                    "start": first,
                    "end": first + timedelta(days=7 * weeks - 3),
                    "seats": int(random.choice([0, 5, 5, 5])),
                }
            )
    return tables


def _exact(sizes: Sizes) -> list[Figure]:
    """Return how long the exact search takes for one plan, from the posed problem to the plan."""
    seconds: list[float] = []
    unproven, there, offers = 0, 0, []
    for number, here in enumerate(_drawn_situations(sizes)):
        if not number:
            solve(here, task(here, 0).problem, task(here, 0).gap, np.zeros(1, dtype=np.int64))  # compiled
        for profile in range(sizes.posts):
            for person in range(sizes.people):
                begin = time.process_time()
                what = task(here, profile)
                found = solve(here, what.problem, what.gap, np.array([person], dtype=np.int64))
                seconds.append(time.process_time() - begin)
                unproven += int(not found.proven[0])
                there += int(found.there[0])
                offers.append(len(what.problem.offers))
    n = len(seconds)
    note = (
        f"{n} plans of {sizes.regions} drawn catalogues, {sizes.courses:,} courses of 1 to {MOST} skills, {sizes.skills} in "
        f"fields of {FIELD}, {NEEDS:.0%} with a prerequisite, {ASKED} skills asked and none held; {there} have a plan, {statistics.median(offers):.0f} "
        "courses matter to a post in the median; CPU time of one thread"
    )
    limit = LearningParameters()
    p99 = float(np.quantile(seconds, 0.99))
    return [
        Figure("exact_median_ms", 1e3 * statistics.median(seconds), "ms", 40.0, note=note),
        Figure("exact_p99_ms", 1e3 * p99, "ms", 300.0, note=f"longest {1e3 * max(seconds):.0f} ms; {note}"),
        Figure(
            "exact_unproven",
            unproven,
            "plans",
            0.0,
            note=f"stopped after {limit.most_sets:,} sets of courses and {limit.most_labels:,} beginnings of plans; {note}",
        ),
    ]


def _drawn_situations(sizes: Sizes) -> Iterator[Situation]:
    for number in range(sizes.regions):
        region = drawn(SEED + number, sizes)
        known = taxonomy(region)
        reachable = (
            np.random.default_rng(SEED + number).random((sizes.people, len(region.table("course_sessions")))) < 0.7
        )
        yield situation(
            *(region, known, skill_profiles(region, known), requirement_profiles(region, known), reachable),
            *(range(sizes.people), LearningParameters()),
        )


# ------------------------------------------------------------------------------------------------------- the model region


def _on_the_model_region(sizes: Sizes) -> list[Figure]:
    names = (
        *("bounded_us_per_profile", "bounded_excess", "bounded_excess_p95", "bounded_false_blocked", "region_s"),
        "designer_s",
    )
    if not REGION.is_dir():
        note = f"no region at {REGION.relative_to(ROOT)}: `make run`"
        return [Figure(name, None, "", note=note) for name in names]
    whole = open_region(REGION)
    market = prepare(whole, cache=Cache.default())
    return [*_bounded(market, sizes), *_region(market, sizes)]


def _bounded(market: Market, sizes: Sizes) -> list[Figure]:
    """Return how long a bounded plan takes, how much more it costs than the cheapest, and how often it is missed."""
    random = np.random.default_rng(SEED)
    first = int(random.integers(0, max(1, market.n_people - sizes.block)))
    people = range(first, min(first + sizes.block, market.n_people))
    here = _situation(market, people)
    is_open = here.standing.short | here.standing.wants
    inside = range(len(people))
    pairs = int(is_open.sum())

    def micro(*, why: bool) -> float:
        """Return the microseconds of CPU for each open pair."""
        sweep(here, is_open, range(1), why=why)  # compiled, and its arrays touched
        begin = time.process_time()
        sweep(here, is_open, inside, why=why)
        return 1e6 * (time.process_time() - begin) / max(1, pairs)

    swept = sweep(here, is_open, inside)
    excess, missing = _compared(here, swept, sizes, random)
    note = f"{len(people)} neighbouring people x {is_open.shape[1]} profiles of the model region, {pairs:,} pairs with a gap; CPU time of one thread"
    compared = f"{len(excess)} of the pairs with a plan, against cheapest plans proved"
    blocked = f"{sizes.compared} of the pairs said to have none, searched exactly; a search stopped without a plan counts as none"
    return [
        Figure("bounded_us_per_profile", micro(why=False), "µs", 10.0, note=f"as for a region; {note}"),
        Figure(
            "bounded_named_us_per_profile",
            micro(why=True),
            "µs",
            note=f"with the conditions that stand in the way; {note}",
        ),
        Figure("bounded_excess", float(np.mean(excess)), "share", 0.03, note=f"mean; {compared}"),
        Figure("bounded_excess_p95", float(np.quantile(excess, 0.95)), "share", 0.12, note=compared),
        Figure("bounded_false_blocked", missing, "pairs", 0.0, note=blocked),
    ]


def _situation(market: Market, people: range) -> Situation:
    given = (market.region, market.taxonomy, market.profiles, market.requirements)
    return situation(*given, reachable_sessions(market, people), people, market.learning)


def _compared(here: Situation, swept: Sweep, sizes: Sizes, random: np.random.Generator) -> tuple[list[float], int]:
    """Return the excess of some bounded plans, and how many pairs called blocked have a plan after all."""
    excess, missing = [0.0], 0
    for outcomes, planned in (((Outcome.PLAN,), True), ((Outcome.HINDERED, Outcome.NO_COURSE), False)):
        at = np.argwhere(np.isin(swept.outcome, [int(each) for each in outcomes]))
        for p, r in at[random.permutation(len(at))[: sizes.compared]].tolist():
            what = task(here, r)
            found = solve(here, what.problem, what.gap, np.array([p], dtype=np.int64), sets=WITHOUT_LIMIT)
            if not planned:
                missing += int(found.there[0])
            elif found.proven[0]:
                cheapest, bounded = (_cost(here.catalogue, o) for o in (found.offers[0], swept.offers[p, r]))
                excess.append(bounded / cheapest - 1 if cheapest else float(bounded > 0))
    return excess[1:] or excess, missing


def _cost(known: Catalogue, offers: NDArray[np.int32]) -> int:
    return int(known.offers.cost[offers[offers >= 0]].sum())


def _region(market: Market, sizes: Sizes) -> list[Figure]:
    """Return how long learning, and then designing five modules, takes for all people and posts of the model region, thinned."""
    k = share_for(market.region) if sizes is not QUICK else 60
    region = thinned(market.region, k)
    known = taxonomy(region)
    small = replace(
        market,
        region=region,
        taxonomy=known,
        profiles=skill_profiles(region, known),
        requirements=requirement_profiles(region, known),
    )
    given = (small.region, small.taxonomy, small.profiles, small.requirements)
    seconds = 0.0
    with ThreadPoolExecutor() as executor:
        for block in small.blocks():
            reachable = reachable_sessions(small, block)
            begin = time.perf_counter()
            learning(*given, reachable, block, small.learning, executor)
            seconds += time.perf_counter() - begin
    note = (
        f"{small.n_people:,} rows of people x {len(small.requirements):,} profiles: every {k}th person and post of the model region "
        "at a fifth, not full scale; all cores"
    )
    relation = relation_of_region(small, cache=Cache.default())
    begin = time.perf_counter()
    chosen = design(small, relation, MODULES)
    designing = time.perf_counter() - begin
    told = f"{len(chosen.modules)} modules of {chosen.candidates:,} candidates, {chosen.cleared} clearings, after the pair relation; {note}"
    return [Figure("region_s", seconds, "s", 30.0, note=note), Figure("designer_s", designing, "s", 60.0, note=told)]


if __name__ == "__main__":
    main()
