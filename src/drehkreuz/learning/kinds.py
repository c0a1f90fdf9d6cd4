# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Kinds of offers: those that give and need the same, wherever, whenever and for whatever they are held."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drehkreuz.learning.offers import Offers, Sessions
from drehkreuz.region.csr import Csr
from drehkreuz.skills.rows import stacked, transposed


@dataclass(frozen=True, slots=True, eq=False)
class Kinds:
    """
    Offers by what they bring; a plan never needs two of a kind. Kinds are in the order of their first offer.

    Attributes:
        of_offer: int32[o], kind of each offer.
        offer_of_session: int32[s], offer of each row of `Sessions`.
        gives: k → items.
        needs: k → items.
        givers: item → kinds.
        sessions: k → rows of `Sessions`, by start, end and id.
        own: int64[k], least that a person pays, cents.
        cost: int64[k], least cost, cents.
    """

    of_offer: NDArray[np.int32]
    offer_of_session: NDArray[np.int32]
    gives: Csr
    needs: Csr
    givers: Csr
    sessions: Csr
    own: NDArray[np.int64]
    cost: NDArray[np.int64]


def kinds(offers: Offers, n_items: int, sessions: Sessions) -> Kinds:
    """Sort offers into kinds."""
    number: dict[tuple[bytes, bytes], int] = {}
    of_offer = np.empty(len(offers.cost), dtype=np.int32)
    first: list[int] = []
    for offer in range(len(of_offer)):
        kind = number.setdefault((offers.gives.row(offer).tobytes(), offers.needs.row(offer).tobytes()), len(number))
        of_offer[offer] = kind
        first += [offer] * (kind == len(first))
    offer_of = np.empty(len(sessions.course), dtype=np.int32)
    offer_of[offers.sessions.indices] = np.repeat(np.arange(len(of_offer)), np.diff(offers.sessions.indptr))
    of_session = of_offer[offer_of]
    order = np.lexsort((np.array(sessions.ids), sessions.end, sessions.start, of_session))
    gives, needs = (stacked([rows.row(offer).tolist() for offer in first]) for rows in (offers.gives, offers.needs))
    own = np.full(len(first), np.iinfo(np.int64).max)
    np.minimum.at(own, of_offer, offers.own)
    cost = np.full_like(own, np.iinfo(np.int64).max)
    np.minimum.at(cost, of_offer, offers.cost)
    return Kinds(
        of_offer=of_offer,
        offer_of_session=offer_of,
        gives=gives,
        needs=needs,
        givers=transposed(gives, n_items),
        sessions=Csr(np.searchsorted(of_session[order], np.arange(len(first) + 1)), order.astype(np.int32)),
        own=own,
        cost=cost,
    )
