# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The part of the catalogue that can matter for one requirement profile, renumbered for the solver."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drehkreuz.learning.catalogue import Catalogue
from drehkreuz.learning.offers import Offers
from drehkreuz.region.csr import Csr
from drehkreuz.skills.rows import transposed


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """
    What it takes to meet one profile.

    Attributes:
        items: int32[i], items by number: the must skills first, then items asked beside, then items that offers need.
        n_must: Number m of must skills.
        asked: int32[a], positions in `items` of those asked beside skills.
        offers: int32[k], offers that give anything of this, in the order of `Offers`.
        gives: offer → items.
        needs: offer → items it needs.
        givers: item → offers.
        sessions: offer → rows of `Sessions`.
        line_offers: int32[l], offer of each session, in order of the first and then of the last day.
        line_sessions: int32[l], the same sessions as rows of `Sessions`.
        own: int64[k], what the person pays, cents.
        cost: int64[k], cents.
    """

    items: NDArray[np.int32]
    n_must: int
    asked: NDArray[np.int32]
    offers: NDArray[np.int32]
    gives: Csr
    needs: Csr
    givers: Csr
    sessions: Csr
    line_offers: NDArray[np.int32]
    line_sessions: NDArray[np.int32]
    own: NDArray[np.int64]
    cost: NDArray[np.int64]


def pose(catalogue: Catalogue, r: int, held: NDArray[np.bool_]) -> Problem:
    """
    Pose the learning problem of profile r.

    Args:
        catalogue: What can be learned.
        r: The profile.
        held: bool[items], what everybody asked about holds: offers that matter only for these are left out.
    """
    demands, items, offers = catalogue.demands, catalogue.items, catalogue.offers
    must, asked = demands.must.row(r), demands.asked.row(r)
    chosen = _relevant(offers, must, asked, held)
    needed = np.setdiff1d(_rows(offers.needs, chosen)[1], np.concatenate([must, asked]))
    local = np.concatenate([must, asked, needed]).astype(np.int32)
    position = np.full(len(items.items), -1, dtype=np.int32)
    position[local] = np.arange(len(local))
    gives = _renumbered(offers.gives, chosen, position)
    counts, sessions_of = _rows(offers.sessions, chosen)
    sessions = Csr(np.concatenate([[0], np.cumsum(counts)]), sessions_of)
    line = np.lexsort((catalogue.sessions.end[sessions.indices], catalogue.sessions.start[sessions.indices]))
    return Problem(
        items=local,
        n_must=len(must),
        asked=np.arange(len(must), len(must) + len(asked), dtype=np.int32),
        offers=chosen,
        gives=gives,
        needs=_renumbered(offers.needs, chosen, position),
        givers=transposed(gives, len(local)),
        sessions=sessions,
        line_offers=np.repeat(np.arange(len(chosen), dtype=np.int32), np.diff(sessions.indptr))[line],
        line_sessions=sessions.indices[line],
        own=offers.own[chosen],
        cost=offers.cost[chosen],
    )


def _relevant(
    offers: Offers, must: NDArray[np.int32], asked: NDArray[np.int32], held: NDArray[np.bool_]
) -> NDArray[np.int32]:
    """Return offers that give an item asked, or what such an offer needs, and so on."""
    chosen = np.zeros(len(offers.cost), dtype=np.bool_)
    wanted, seen = np.concatenate([must, asked]), held.copy()
    while len(wanted):
        wanted = np.unique(wanted[~seen[wanted]])
        seen[wanted] = True
        fresh = np.unique(_rows(offers.givers, wanted)[1])
        fresh = fresh[~chosen[fresh]]
        chosen[fresh] = True
        wanted = _rows(offers.needs, fresh)[1]
    return np.flatnonzero(chosen).astype(np.int32)


def _rows(rows: Csr, which: NDArray[np.integer]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Return the lengths of some rows, and their entries one after the other."""
    first, counts = rows.indptr[which], rows.indptr[which + 1] - rows.indptr[which]
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return counts, rows.indices[np.repeat(first, counts) + within]


def _renumbered(rows: Csr, chosen: NDArray[np.int32], position: NDArray[np.int32]) -> Csr:
    counts, values = _rows(rows, chosen)
    row, at = np.repeat(np.arange(len(chosen)), counts), position[values]
    return Csr.from_pairs(row[at >= 0], at[at >= 0], len(chosen))
