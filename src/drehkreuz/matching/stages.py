# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The stage of the pair relation: everything about the pairs of a block of people, kept while nobody in it changes."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from datetime import date
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.matching.learned import Learned, learned_by_home
from drehkreuz.matching.market import Market
from drehkreuz.matching.relation import pairs, reachable_sessions
from drehkreuz.progress import SILENT, Progress
from drehkreuz.reach import Minutes, triples
from drehkreuz.region import Cache, Known, Manifest, Partition, Region, Scalar, Value, known, run, stage, table
from drehkreuz.skills import requirement_profiles, skill_profiles, taxonomy

PEOPLE: Final = (
    "people", "person_occupations", "person_skills", "person_languages", "person_qualifications", "person_licences",
    "person_sharing", "person_times", "care",
)  # fmt: skip
"""Tables of which a partition reads the rows of its people."""

SHARED: Final = (
    "zones", "places", "occupations", "skills", "occupation_skills", "broader", "qualifications", "shift_systems", "shifts",
    "vacancies", "vacancy_skills", "vacancy_languages", "vacancy_qualifications", "vacancy_licences", "vacancy_places",
    "courses", "course_skills", "course_prerequisites", "course_sessions", "course_funding", "rules", "tariffs",
)  # fmt: skip
"""Tables that every partition reads."""

WAYS: Final = ("out", "back", "bike_km", "car_km")
"""Arrays of `Minutes` that every partition reads."""

KEPT: Final = (
    "mask", "reasons", "feasibility", "weeks", "fee", "minutes_out", "minutes_back", "chain", "commute_eur", "hours", "gross",
    "net", "utility_person", "utility_employer",
)  # fmt: skip
"""Arrays of `Pairs` that are put out, each [people, vacancies]."""


def _compute(inputs: Mapping[str, Value], parameters: Mapping[str, Scalar], _seed: int) -> Mapping[str, Value]:
    frames = {name: frame for name, frame in inputs.items() if isinstance(frame, pl.DataFrame)}
    day = parameters["day"]
    assert isinstance(day, date)  # noqa: S101  # told by `relation_of_region`
    region = Region(Manifest("partition", "", day, "de", {}), frames)
    known_taxonomy = taxonomy(region)
    ways = {name: np.asarray(inputs[name]) for name in WAYS}
    market = Market(
        region=region,
        taxonomy=known_taxonomy,
        profiles=skill_profiles(region, known_taxonomy),
        requirements=requirement_profiles(region, known_taxonomy),
        triples=triples(region),
        minutes=Minutes(**ways, assumed_ways=False, findings=()),
    )
    found = pairs(market, range(market.n_people), Learned.read(inputs))
    return {name: getattr(found, name) for name in KEPT}


RELATION: Final = stage(
    name="matching.relation",
    version=28,
    compute=_compute,
    modules=(
        *(f"drehkreuz.matching.{name}"
            for name in ("barriers", "formal", "hours", "learned", "market", "pay", "relation", "utility")),
        *(f"drehkreuz.reach.{name}" for name in ("means", "parameters", "person", "sessions", "tariffs", "triples")),
        *(f"drehkreuz.skills.{name}" for name in ("parameters", "profile", "requirements", "taxonomy")),
    ),
    libraries=("numba", "numpy", "polars", "scipy"),
)  # fmt: skip


def relation_of_region(
    market: Market,
    *,
    cache: Cache | None = None,
    executor: Executor | None = None,
    progress: Progress = SILENT,
) -> dict[str, NDArray[np.generic]]:
    """
    Return the pair relation of all people by partitions of people, through the cache.

    Args:
        market: The prepared region; its parameters must be the defaults, which the stage's source fixes.
        cache: Where partitions are kept; None: computed always.
        executor: Threads, processes or many machines; None: here and now.
        progress: Told of every partition.

    Returns:
        The arrays named in `KEPT`, each [people, vacancies].
    """
    blocks = market.blocks() or [range(0)]  # without people: arrays of no rows
    told = {"day": market.region.manifest.day}
    reachable = np.concatenate([reachable_sessions(market, block) for block in blocks])
    taught = learned_by_home(market.region, reachable, cache=cache, executor=executor, progress=progress)
    shared: dict[str, Known] = {name: table(market.region, name) for name in SHARED}
    shared |= {name: known(getattr(market.minutes, name)) for name in WAYS}
    partitions = [
        Partition(
            f"people {block.start} to {block.stop - 1}",
            {**shared, **_people(market.region, block), **taught.of_people(block)},
        )
        for block in blocks
    ]
    results = run(RELATION, partitions, parameters=told, cache=cache, executor=executor, progress=progress)
    return {name: np.concatenate([np.asarray(result[name]) for result in results]) for name in KEPT}


def _people(region: Region, block: range) -> dict[str, pl.DataFrame]:
    """Return the rows of a block of people in every table about them."""
    people = region.table("people")[block.start : block.stop]
    ids = people.select("person_id")
    rest = (name for name in PEOPLE if name != "people")
    return {"people": people} | {
        name: region.table(name).join(ids, on="person_id", how="semi", maintain_order="left") for name in rest
    }
