# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Who needs which bundle of skills to get to an open post, and which sessions fit whom."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drehkreuz.learning.catalogue import Catalogue
from drehkreuz.learning.offers import Payer
from drehkreuz.learning.reasons import CONDITIONS, TrainingReason
from drehkreuz.learning.situation import Situation, situation
from drehkreuz.learning.sweep import Outcome, sweep
from drehkreuz.matching.barriers import Barrier, Reason
from drehkreuz.matching.headcount import headcount
from drehkreuz.matching.market import Market
from drehkreuz.matching.relation import reachable_sessions
from drehkreuz.progress import SILENT, Progress

AT_ONCE: Final = 256
"""People whose plans are held at once."""

MOSTLY: Final = 0.5
"""Share of a bundle from which somebody who lacks so much of it toward an open post counts as lacking it (assumed)."""

OPEN: Final = (0, int(Barrier.TRAINING))
"""Masks of pairs that learning alone can open, or could."""


@dataclass(frozen=True, slots=True, eq=False)
class Need:
    """
    People against bundles and sessions; a bundle is what a course gives and needs (`drehkreuz.learning.kinds`).

    A person needs a bundle where a good plan toward an open post holds it: a post that nothing stands before but learning. Of
    bundles that would do as well, the cheapest is the one needed. Where no plan is possible, the courses of the plan that heeds no
    condition are needed.

    Attributes:
        catalogue: What can be learned.
        people: People counted.
        needing: int64[k], people who need each bundle.
        planned: int64[k], those of them who have a plan with it.
        hindered: int64[k, conditions], those of them who have none, by each condition that keeps them (`CONDITIONS`).
        lacking: int64[k], people who lack at least half of a bundle toward an open post, whatever their plans hold.
        could: int64[s], people who need a session's bundle and whom the session fits, whether seats are left or not.
        kept: int64[s, conditions], people who need its bundle and whom a condition keeps from the session; none for want of seats.
    """

    catalogue: Catalogue
    people: int
    needing: NDArray[np.int64]
    planned: NDArray[np.int64]
    hindered: NDArray[np.int64]
    lacking: NDArray[np.int64]
    could: NDArray[np.int64]
    kept: NDArray[np.int64]

    @property
    def kind_of_session(self) -> NDArray[np.int32]:
        """Bundle of each session, int32[s]; the rows of `course_sessions` first."""
        kinds = self.catalogue.kinds
        return np.asarray(kinds.of_offer[kinds.offer_of_session], dtype=np.int32)


def need(
    market: Market,
    relation: Mapping[str, NDArray[np.generic]],
    *,
    executor: Executor | None = None,
    progress: Progress = SILENT,
) -> Need:
    """
    Count who needs what in a region.

    Args:
        market: The prepared region.
        relation: Its pair relation, `mask` and `reasons` of `relation_of_region`.
        executor: Threads among which profiles are divided; None: here and now.
        progress: Told of every block of people.
    """
    blocks = [
        range(first, min(first + AT_ONCE, block.stop)) for block in market.blocks() for first in range(*_span(block))
    ]
    of_row = headcount(market.region.table("people")).of_row
    found: Need | None = None
    progress.start("need", len(blocks))
    for block in blocks:
        part = _of_block(
            market, block, open_profiles(market, relation, block), of_row[block.start : block.stop], executor
        )
        found = part if found is None else _added(found, part)
        progress.advance()
    progress.finish()
    nobody = range(0)
    return found or _of_block(market, nobody, open_profiles(market, relation, nobody), of_row[:0], executor)


def _span(block: range) -> tuple[int, int, int]:
    return block.start, block.stop, AT_ONCE


def _added(one: Need, other: Need) -> Need:
    summed = {
        field.name: getattr(one, field.name) + getattr(other, field.name)
        for field in fields(Need)
        if field.name != "catalogue"
    }
    return Need(catalogue=one.catalogue, **summed)


def _of_block(
    market: Market,
    people: range,
    close: NDArray[np.bool_],
    counts: NDArray[np.int64],
    executor: Executor | None,
) -> Need:
    reachable = reachable_sessions(market, people)
    given = (market.region, market.taxonomy, market.profiles, market.requirements, reachable, people, market.learning)
    here = situation(*given)
    is_open = close & (here.standing.short | here.standing.wants)
    swept = sweep(here, is_open, range(len(people)), executor)
    planned = _bundles(here, swept.offers, swept.outcome == Outcome.PLAN)
    no_plan = swept.outcome == Outcome.HINDERED
    without = _bundles(here, swept.offers, no_plan)
    needing = planned | without
    hindered = [
        _bundles(here, swept.offers, no_plan & ((swept.reasons & np.uint8(condition)) != 0)) & ~planned
        for condition in CONDITIONS
    ]
    could, kept = _sessions(here, needing, counts)
    return Need(
        catalogue=here.catalogue,
        people=int(counts.sum()),
        needing=counts @ needing,
        planned=counts @ planned,
        hindered=np.column_stack([counts @ each for each in hindered]),
        lacking=counts @ _lacking(here, is_open),
        could=could,
        kept=kept,
    )


def open_profiles(market: Market, relation: Mapping[str, NDArray[np.generic]], people: range) -> NDArray[np.bool_]:
    """Return for which requirement profiles each person of a block has a post that nothing but learning stands before, bool[n, r]."""
    mask, reasons = (np.asarray(relation[name][people.start : people.stop]) for name in ("mask", "reasons"))
    close = np.isin(mask, OPEN) & ((reasons & np.uint32(Reason.OVER)) == 0)
    profiles = np.zeros((len(people), len(market.requirements)), dtype=np.bool_)
    person, post = np.nonzero(close)
    profiles[person, market.requirements.of_vacancy[post]] = True
    return profiles


def _bundles(here: Situation, offers: NDArray[np.int32], chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which bundles the plans of chosen pairs hold, bool[n, k]."""
    kinds = here.catalogue.kinds
    found = np.zeros((len(offers), len(kinds.own)), dtype=np.bool_)
    person, profile, step = np.nonzero((offers >= 0) & chosen[:, :, None])
    found[person, kinds.of_offer[offers[person, profile, step]]] = True
    return found


def _lacking(here: Situation, is_open: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return who lacks at least half of each bundle toward any of the open profiles, bool[n, k]."""
    kinds, demands, n_items = here.catalogue.kinds, here.catalogue.demands, here.held.held.shape[1]
    asked = np.zeros((len(demands.must), n_items), dtype=np.float32)
    for rows in (demands.must, demands.asked):
        asked[np.repeat(np.arange(len(rows)), np.diff(rows.indptr)), rows.indices] = 1.0
    lacks = ((is_open.astype(np.float32) @ asked) > 0) & ~here.held.held
    gives = np.zeros((n_items, len(kinds.own)), dtype=np.float32)
    gives[kinds.gives.indices, np.repeat(np.arange(len(kinds.own)), np.diff(kinds.gives.indptr))] = 1.0
    overlap = lacks.astype(np.float32) @ gives
    return np.asarray((overlap > 0) & (overlap >= MOSTLY * gives.sum(axis=0)), dtype=np.bool_)


def _sessions(
    here: Situation, needing: NDArray[np.bool_], counts: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return who needs each session's bundle and whom it fits, int64[s], and whom each condition keeps, int64[s, conditions]."""
    kinds, sessions = here.catalogue.kinds, here.catalogue.sessions
    offer = kinds.offer_of_session
    wanted = needing[:, kinds.of_offer[offer]]
    obstacles = here.obstacles & ~np.uint8(TrainingReason.SEATS)  # seats are what the people are counted against
    own = np.where(sessions.payer == Payer.PERSON, here.catalogue.offers.own[offer], 0)
    obstacles[own[None, :] > here.budget[:, None]] |= np.uint8(TrainingReason.UNFUNDED)
    could = counts @ (wanted & (obstacles == 0))
    kept = [counts @ (wanted & ((obstacles & np.uint8(condition)) != 0)) for condition in CONDITIONS]
    return could, np.column_stack(kept)
