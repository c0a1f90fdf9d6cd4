# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
What learning says of people and requirement profiles, as the pair relation counts it, and the stage that keeps it.

It takes nearly all the time of a pair relation and depends on little: what people bring and can learn, what posts ask, the
courses, and who gets to which session. A change of pay, hours or ways that reaches no further session leaves it as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, fields
from datetime import date
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.learning import Learning, LearningParameters, TrainingReason, learning
from drehkreuz.matching.barriers import Reason
from drehkreuz.progress import SILENT, Progress
from drehkreuz.region import Cache, Manifest, Partition, Region, Scalar, Value, known, run, stage
from drehkreuz.skills import Requirements, SkillProfiles, Taxonomy, requirement_profiles, skill_profiles, taxonomy

Floats = NDArray[np.float32]

TRAINING_SHIFT: Final = 1
"""Bits by which the reasons of the learning engine lie lower than the same reasons of a pair."""

OF_PEOPLE: Final[Mapping[str, tuple[str, ...] | None]] = {
    "people": ("person_id", "eqf", "learning_hours_max", "learning_fee_max_eur", "learning_online"),
    "person_occupations": None,
    "person_skills": None,
    "person_languages": None,
    "person_qualifications": None,
    "person_times": None,
}
"""Tables of which a partition reads the rows of its people, and the columns read; None: all."""

SHARED: Final[Mapping[str, tuple[str, ...] | None]] = {
    "occupations": None,
    "skills": None,
    "occupation_skills": None,
    "broader": None,
    "qualifications": None,
    "vacancies": ("vacancy_id", "occupation_id", "trainable_share", "trainable_weeks"),
    "vacancy_skills": None,
    "vacancy_languages": None,
    "vacancy_qualifications": None,
    "vacancy_licences": None,
    "courses": None,
    "course_skills": None,
    "course_prerequisites": None,
    "course_sessions": None,
    "course_funding": None,
    "rules": None,
}
"""Tables that every partition reads, and the columns read; None: all."""

NEIGHBOURS: Final = 64
"""People of a partition: enough that reading courses and demands takes little of the time, few enough to be left alone often."""

REACHABLE: Final = "reachable"
"""Input beside the tables: bool[people, sessions]."""


@dataclass(frozen=True, slots=True)
class Learned:
    """
    The learning engine's answer for a block of people; arrays are [len(people), n], n requirement profiles or, fanned out, posts.

    Attributes:
        reasons: uint32, bits of `Reason` that learning decides.
        slack_skill: float32, share uncovered.
        slack_weeks: float32, weeks of TRAINING.
        slack_language: float32, levels lacking.
        certificates: float32, awards lacking that no course leads to.
        feasibility: float32, 0 to 1.
        weeks: float32, of learning; where no plan exists, of the one without the hurdle.
        ready: float32, days until learning is done.
        fee: float32, EUR that nobody is known to fund.
    """

    reasons: NDArray[np.uint32]
    slack_skill: Floats
    slack_weeks: Floats
    slack_language: Floats
    certificates: Floats
    feasibility: Floats
    weeks: Floats
    ready: Floats
    fee: Floats

    @classmethod
    def of(
        cls,
        region: Region,
        terms: Taxonomy,
        profiles: SkillProfiles,
        requirements: Requirements,
        reachable: NDArray[np.bool_],
        people: range,
        parameters: LearningParameters,
        executor: Executor | None = None,
        *,
        why: bool = True,
    ) -> Learned:
        """Ask the learning engine; arguments as for `learning`."""
        block = learning(region, terms, profiles, requirements, reachable, people, parameters, executor, why=why)
        return cls(
            reasons=_reasons(block),
            slack_skill=block.slack_skill.astype(np.float32),
            slack_weeks=block.slack_weeks.astype(np.float32),
            slack_language=block.slack_language.astype(np.float32),
            certificates=block.slack_certificate.astype(np.float32),
            feasibility=block.feasibility.astype(np.float32),
            weeks=_weeks_at_the_limit(block, parameters.horizon_weeks),
            ready=np.maximum(block.ready, 0).astype(np.float32),
            fee=np.nan_to_num(block.fee_eur).astype(np.float32),
        )

    @classmethod
    def read(cls, arrays: Mapping[str, Value]) -> Learned:
        """Take what the stage has put out."""
        return cls(**{field.name: np.asarray(arrays[field.name]) for field in fields(cls)})

    def of_people(self, people: range) -> dict[str, NDArray[np.generic]]:
        """Return the rows of some people, by name of the array."""
        return {field.name: getattr(self, field.name)[people.start : people.stop] for field in fields(self)}

    def fanned(self, of_vacancy: NDArray[np.int32]) -> Learned:
        """Return the same by post instead of by requirement profile."""
        return Learned(**{field.name: getattr(self, field.name)[:, of_vacancy] for field in fields(self)})


KEPT: Final = tuple(field.name for field in fields(Learned))
"""Arrays that the stage puts out, each [people, requirement profiles]."""


def _compute(inputs: Mapping[str, Value], parameters: Mapping[str, Scalar], _seed: int) -> Mapping[str, Value]:
    frames = {name: frame for name, frame in inputs.items() if isinstance(frame, pl.DataFrame)}
    day = parameters["day"]
    assert isinstance(day, date)  # noqa: S101  # told by `relation_of_region`
    region = Region(Manifest("partition", "", day, "de", {}), frames)
    terms = taxonomy(region)
    found = Learned.of(
        region,
        terms,
        skill_profiles(region, terms),
        requirement_profiles(region, terms),
        np.asarray(inputs[REACHABLE]),
        range(len(region.table("people"))),
        LearningParameters(),
        why=False,
    )
    return {name: getattr(found, name) for name in KEPT}


LEARNED: Final = stage(
    name="matching.learned",
    version=11,
    compute=_compute,
    modules=(
        "drehkreuz.matching.barriers",
        *(f"drehkreuz.skills.{name}" for name in ("feasibility", "parameters", "profile", "requirements", "taxonomy")),
        *(f"drehkreuz.learning.{name}"
            for name in (
                "arrays", "bitwise._kernels", "block", "bounds._kernels", "catalogue", "cover._kernels", "demands", "designable", "gap", "held", "horizon",
                "items", "kinds", "obstacles", "offers", "parameters", "placing._kernels", "plans", "problem", "quick._kernels", "reasons",
                "reduction._kernels", "search._kernels", "situation", "solver", "standing", "sweep", "task", "whole",
            )),
    ),
    libraries=("numba", "numpy", "polars", "scipy"),
)  # fmt: skip


def learned_by_home(
    region: Region,
    reachable: NDArray[np.bool_],
    *,
    cache: Cache | None = None,
    executor: Executor | None = None,
    progress: Progress = SILENT,
) -> Learned:
    """
    Return what learning says of all people, by partitions of neighbours through the cache.

    A new line brings courses into the reach of some homes: what the others can learn is not asked again.

    Args:
        region: The region.
        reachable: bool[people, sessions], who gets to which session and back.
        cache: Where partitions are kept; None: computed always.
        executor: Threads, processes or many machines; None: here and now.
        progress: Told of every partition.
    """
    people = region.table("people")
    homes = people.select("zone_id").join(
        region.table("zones").select("zone_id", zone=pl.row_index()), on="zone_id", how="left", maintain_order="left"
    )
    order = homes["zone"].arg_sort(nulls_last=True).to_numpy()  # stable: neighbours in their own order
    shared = {name: known(_read(region.table(name), columns)) for name, columns in SHARED.items()}
    part_of = pl.DataFrame(
        {"person_id": people["person_id"].gather(order), "part": np.arange(len(order)) // NEIGHBOURS}
    )
    theirs = {name: _parted(_read(region.table(name), columns), part_of) for name, columns in OF_PEOPLE.items()}
    rows = [order[first : first + NEIGHBOURS] for first in range(0, len(order), NEIGHBOURS)] or [order]
    partitions = [
        Partition(
            f"neighbours {part}",
            {
                **shared,
                **{name: parts.get(part, empty) for name, (parts, empty) in theirs.items()},
                REACHABLE: reachable[some],
            },
        )
        for part, some in enumerate(rows)
    ]
    told = {"day": region.manifest.day}
    results = run(LEARNED, partitions, parameters=told, cache=cache, executor=executor, progress=progress)
    back = np.argsort(order)
    return Learned(**{name: np.concatenate([np.asarray(found[name]) for found in results])[back] for name in KEPT})


def _read(frame: pl.DataFrame, columns: tuple[str, ...] | None) -> pl.DataFrame:
    return frame if columns is None else frame.select(columns)


def _parted(frame: pl.DataFrame, part_of: pl.DataFrame) -> tuple[dict[int, pl.DataFrame], pl.DataFrame]:
    """Return a table's rows by the part that their person belongs to, and a part of no rows."""
    joined = part_of.join(frame, on="person_id", maintain_order="left_right").select(*frame.columns, "part")
    parts = joined.partition_by("part", as_dict=True, include_key=False, maintain_order=True)
    return {int(key[0]): rows for key, rows in parts.items()}, frame.clear()


def training_reasons(told: NDArray[np.uint16]) -> NDArray[np.uint32]:
    """Return what the learning engine tells in bits of `TrainingReason` as bits of `Reason`, the same shape."""
    untold = np.uint16(TrainingReason.UNTOLD)
    named = (told & ~untold).astype(np.uint32) << np.uint32(TRAINING_SHIFT)
    return named | np.where(told & untold, np.uint32(Reason.TRAINING_CONDITION), np.uint32(0))


def _reasons(block: Learning) -> NDArray[np.uint32]:
    """Return the reasons of SKILL, TRAINING, LANGUAGE and FORMAL that learning decides, uint32[len(people), r]."""
    flags = (
        (block.skill, Reason.SKILL_GAP),
        (block.language_level, Reason.LANGUAGE_LEVEL),
        (block.language_exam, Reason.LANGUAGE_EXAM),
        (block.certificate & ~block.recognition, Reason.FORMAL_CERTIFICATE),
        (block.recognition, Reason.FORMAL_RECOGNITION),
        (block.unproven, Reason.SEARCH_STOPPED),
    )
    reasons = training_reasons(block.reasons)
    for flag, reason in flags:
        reasons |= np.where(flag, np.uint32(reason), np.uint32(0))
    return reasons


def _weeks_at_the_limit(block: Learning, horizon: float) -> Floats:
    """Return the weeks of learning; where no plan exists, those of the plan without the hurdle, the horizon for SKILL."""
    weeks = np.where(block.training, block.slack_weeks, block.weeks)
    return np.nan_to_num(np.where(block.skill, horizon, weeks), nan=0.0).astype(np.float32)
