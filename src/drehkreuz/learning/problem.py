# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The part of the catalogue that can matter for one requirement profile, renumbered for the solver."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drehkreuz.learning.catalogue import Catalogue
from drehkreuz.learning.items import Item, Kind
from drehkreuz.learning.offers import Offers
from drehkreuz.region.csr import Csr
from drehkreuz.skills.rows import stacked, transposed
from drehkreuz.skills.taxonomy import GRID, related_weight

TOLERANCE: Final = 1e-9  # of weight; far below the grid that weights lie on


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """
    What it takes to meet one profile.

    A person meets the profile's skills when the weight of the must skills held, plus the part earned by the others that
    have a sibling held, reaches the target; the items asked beside must all be held.

    Attributes:
        items: int32[i], items by number: the must skills first, then items asked beside, then items that offers need.
        weight: float64[m], weight of each must skill.
        part: float64[m], what it earns when only a sibling is held.
        target: Weight to reach.
        asked: int32[a], positions in `items` of those asked beside skills.
        offers: int32[k], offers that give or light anything of this, in the order of `Offers`.
        full: offer → items it gives.
        half: offer → must skills it lights.
        needs: offer → items it needs.
        givers: item → offers.
        sessions: offer → rows of `Sessions`.
        line_offers: int32[l], offer of each session, in order of the last day.
        line_sessions: int32[l], the same sessions as rows of `Sessions`.
        own: int64[k], what the person pays, cents.
        cost: int64[k], cents.
    """

    items: NDArray[np.int32]
    weight: NDArray[np.float64]
    part: NDArray[np.float64]
    target: float
    asked: NDArray[np.int32]
    offers: NDArray[np.int32]
    full: Csr
    half: Csr
    needs: Csr
    givers: Csr
    sessions: Csr
    line_offers: NDArray[np.int32]
    line_sessions: NDArray[np.int32]
    own: NDArray[np.int64]
    cost: NDArray[np.int64]


def pose(catalogue: Catalogue, r: int) -> Problem:
    """Pose the learning problem of profile r."""
    requirements, items, offers = catalogue.requirements, catalogue.items, catalogue.offers
    skills = requirements.must.row(r)
    must = items.numbers(Item(Kind.SKILL, skill, 0) for skill in skills.tolist()).tolist()
    asked = items.numbers(items.asked[r]).tolist()
    chosen = _relevant(offers, must, asked)
    needed = {int(item) for offer in chosen for item in offers.needs.row(offer)}
    local = [*must, *asked, *sorted(needed.difference(must, asked))]
    position = {item: i for i, item in enumerate(local)}
    full = _renumbered(offers.gives, chosen, position)
    sessions = stacked([offers.sessions.row(offer).tolist() for offer in chosen])
    line = np.argsort(catalogue.sessions.end[sessions.indices], kind="stable")
    weight = catalogue.taxonomy.idf[skills]
    return Problem(
        items=np.array(local, dtype=np.int32),
        weight=weight,
        part=related_weight(weight, catalogue.parameters.skills.related_credit),
        target=_target(weight, catalogue.parameters.threshold - float(requirements.trainable_share[r])),
        asked=np.arange(len(must), len(must) + len(asked), dtype=np.int32),
        offers=np.array(chosen, dtype=np.int32),
        full=full,
        half=_renumbered(offers.lights, chosen, {item: i for item, i in position.items() if i < len(must)}),
        needs=_renumbered(offers.needs, chosen, position),
        givers=transposed(full, len(local)),
        sessions=sessions,
        line_offers=np.repeat(np.arange(len(chosen), dtype=np.int32), np.diff(sessions.indptr))[line],
        line_sessions=sessions.indices[line],
        own=offers.own[chosen],
        cost=offers.cost[chosen],
    )


def _target(weight: NDArray[np.float64], share: float) -> float:
    """Return the least weight on the grid that is at least the share of all."""
    return max(0.0, math.ceil((share * float(weight.sum()) - TOLERANCE) / GRID) * GRID)


def _relevant(offers: Offers, must: list[int], asked: list[int]) -> list[int]:
    """Return offers that give an item asked, light a must skill, or give what such an offer needs, and so on."""
    found: set[int] = {int(offer) for item in must for offer in offers.lighters.row(item)}
    open_items = {*must, *asked}
    seen: set[int] = set()
    while open_items:
        seen |= open_items
        found |= {int(offer) for item in open_items for offer in offers.givers.row(item)}
        open_items = {int(item) for offer in found for item in offers.needs.row(offer)} - seen
    return sorted(found)


def _renumbered(rows: Csr, chosen: list[int], position: dict[int, int]) -> Csr:
    return stacked([sorted(position[i] for i in rows.row(offer).tolist() if i in position) for offer in chosen])
