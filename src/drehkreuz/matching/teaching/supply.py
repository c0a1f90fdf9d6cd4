# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Supply against demand: seats, people who need them, what is full and what stays empty, by bundle, place, format and month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from drehkreuz.learning.catalogue import Catalogue
from drehkreuz.learning.items import Kind
from drehkreuz.learning.reasons import CONDITIONS
from drehkreuz.matching.teaching.need import Need
from drehkreuz.region import Region

ONLINE: Final = "online"
"""Stands for the place of sessions online."""

CONDITION_NAMES: Final = tuple(str(condition.name).lower() for condition in CONDITIONS)

WHY: Final = ("not_lacking", "other_courses", *CONDITION_NAMES)
"""Why seats stay empty: nobody lacks it toward an open post; plans hold other courses; or the condition that keeps most away."""

SESSION: Final = ("bundle", "session_id", "course_id", "provider", "place_id", "format", "month", "start", "end")

CELL: Final = ("bundle", "place_id", "format", "month")


@dataclass(frozen=True, slots=True, eq=False)
class Supply:
    """
    What is taught against what is needed.

    Attributes:
        bundles: One row for each bundle that is offered or needed: `bundle`, `title` (of its first course), `skills` and `awards`
            (ids), `courses`, `providers`, `sessions`, `seats`, `needing`, `planned`, `hindered_<condition>`, `lacking`.
        sessions: One row for each session: `SESSION`, `seats`, `min_participants`, `could` (people who need the bundle and whom it
            fits), `kept_<condition>`, `empty` (seats that stay empty even if all of them came), `why`, `full`, `waiting`.
        cells: The same summed by bundle, place, format and month.
        overlaps: Bundles that several providers begin to teach in one format and month: `providers`, `seats`, `needing`.
    """

    bundles: pl.DataFrame
    sessions: pl.DataFrame
    cells: pl.DataFrame
    overlaps: pl.DataFrame


def supply(region: Region, found: Need) -> Supply:
    """
    Set seats against the people who need them.

    A session is full where no seat is left or more people could come than there are seats; `waiting` are those beyond the seats.
    Seats count as empty beyond the people who could come, and all of them where they are fewer than its least participants.
    A person counts at every session that they could go to: what is called empty stays so whoever goes where.

    Args:
        region: The region.
        found: Who needs what there.
    """
    sessions = _sessions(region, found)
    cells = sessions.group_by(CELL).agg(
        pl.col("session_id").n_unique().alias("sessions"),
        pl.col("seats", "could", "empty", "waiting").sum(),
        pl.col("full").sum(),
    )
    alike = sessions.group_by("bundle", "format", "month").agg(
        pl.col("provider").unique().sort().alias("providers"), pl.col("seats").sum()
    )
    bundles = _bundles(region, found, sessions)
    overlaps = alike.filter(pl.col("providers").list.len() > 1).join(
        bundles.select("bundle", "title", "needing"), on="bundle", maintain_order="left"
    )
    return Supply(
        bundles=bundles,
        sessions=sessions,
        cells=cells.sort(CELL),
        overlaps=overlaps.sort("month", "bundle", "format"),
    )


def _sessions(region: Region, found: Need) -> pl.DataFrame:
    held, courses = found.catalogue.sessions.held, region.table("courses")
    of = courses.select("course_id", "provider", "format")
    kept = {f"kept_{name}": found.kept[:held, n] for n, name in enumerate(CONDITION_NAMES)}
    frame = (
        region.table("course_sessions")
        .select("session_id", "course_id", "place_id", "start", "end", "seats", "min_participants")
        .with_columns(bundle=pl.Series(found.kind_of_session[:held]), could=pl.Series(found.could[:held]))
        .with_columns(**{name: pl.Series(values) for name, values in kept.items()})
        .join(of, on="course_id", how="left", maintain_order="left")
        .with_columns(
            place_id=pl.col("place_id").fill_null(ONLINE),
            month=pl.col("start").dt.strftime("%Y-%m"),
            why=pl.Series(_why(found)[:held], dtype=pl.String),
        )
    )
    too_few = pl.col("could") < pl.col("min_participants")
    beyond = (pl.col("seats") - pl.col("could")).clip(lower_bound=0)
    waiting = (pl.col("could") - pl.col("seats")).clip(lower_bound=0)
    frame = frame.with_columns(
        empty=pl.when(too_few).then("seats").otherwise(beyond),
        full=(pl.col("seats") == 0) | (pl.col("could") > pl.col("seats")),
        waiting=waiting,
    ).with_columns(why=pl.when(pl.col("empty") > 0).then("why"))
    columns = (*SESSION, "seats", "min_participants", "could", *kept, "empty", "why", "full", "waiting")
    return frame.select(columns).sort("start", "session_id")


def _why(found: Need) -> list[str]:
    """Return why seats of each session would stay empty."""
    kind = found.kind_of_session
    needed, lacked = found.needing[kind] > 0, found.lacking[kind] > 0
    most = found.kept.argmax(axis=1)
    return [
        WHY[2 + int(m)] if need else WHY[1] if lack else WHY[0]
        for need, lack, m in zip(needed.tolist(), lacked.tolist(), most.tolist(), strict=True)
    ]


def _bundles(region: Region, found: Need, sessions: pl.DataFrame) -> pl.DataFrame:
    known = found.catalogue
    courses = region.table("courses").select("course_id", "title", "provider")
    of_course = pl.DataFrame(
        {"course": known.offers.course, "bundle": known.kinds.of_offer}, schema_overrides={"course": pl.UInt32}
    ).unique()
    named = (
        courses.with_row_index("course")
        .join(of_course, on="course")
        .sort("bundle", "course_id")
        .group_by("bundle", maintain_order=True)
        .agg(
            pl.col("title").first(),
            pl.col("course_id").n_unique().alias("courses"),
            pl.col("provider").n_unique().alias("providers"),
        )
    )
    skills, awards = _contents(region, known)
    counted = pl.DataFrame(
        {
            "bundle": np.arange(len(known.kinds.own), dtype=np.int32),
            "skills": skills,
            "awards": awards,
            "needing": found.needing,
            "planned": found.planned,
            **{f"hindered_{name}": found.hindered[:, n] for n, name in enumerate(CONDITION_NAMES)},
            "lacking": found.lacking,
        },
        schema_overrides={"skills": pl.List(pl.String), "awards": pl.List(pl.String)},
    )
    held = sessions.group_by("bundle").agg(pl.len().alias("sessions"), pl.col("seats").sum())
    rest = [name for name in counted.columns if name not in {"bundle", "skills", "awards"}]
    return (
        named.join(counted, on="bundle")
        .join(held, on="bundle", how="left")
        .with_columns(pl.col("sessions", "seats").fill_null(0))
        .select("bundle", "title", "skills", "awards", "courses", "providers", "sessions", "seats", *rest)
        .sort("bundle")
    )


def _contents(region: Region, known: Catalogue) -> tuple[list[list[str]], list[list[str]]]:
    """Return the ids of skills and of awards that each bundle gives."""
    award_ids = region.table("qualifications")["qualification_id"]
    skills: list[list[str]] = []
    awards: list[list[str]] = []
    for kind in range(len(known.kinds.own)):
        items = [known.items.items[i] for i in known.kinds.gives.row(kind).tolist()]
        skills.append(sorted(known.taxonomy.skill_ids[item.of] for item in items if item.kind is Kind.SKILL))
        awards.append(sorted({str(award_ids[item.of]) for item in items if item.kind is Kind.AWARD}))
    return skills, awards
