# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Where a block of people stands before all requirement profiles: what they bring, and what no course gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from drehkreuz.learning.catalogue import Catalogue
from drehkreuz.learning.held import Held
from drehkreuz.learning.items import Item, Kind, levels
from drehkreuz.region.csr import Csr

Flags = NDArray[np.bool_]
Counts = NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """
    What n people bring to r profiles.

    Attributes:
        worth: float64[n, skills among the items], weight that learning each of them adds: nothing where it is held, the rest
            where a sibling brings a part of it.
        missing: float64[n, r], weight of the must skills that must still be learned; zero or less: none.
        short: bool[n, r], some must.
        meets_all: bool[n, r], every item asked beside skills is held.
        wanted: bool[n, items], items beside skills that are lacking and that courses of the region give, parts of awards only
            where they give all of it that is lacking.
        wants: bool[n, r], a profile asks an item wanted.
        level: bool[n, r], a language stays below its level whatever courses of the region are taken.
        exam: bool[n, r], a language reaches its level but stays without the certificate asked.
        steps: int8[n, r], levels that such languages lack today, at least one each.
        certificate: bool[n, r], an award is lacking that the courses of the region do not lead to.
        recognition: bool[n, r], one of these is held and in force, only not recognised.
        awards: int8[n, r], number of awards lacking that the courses of the region do not lead to.
    """

    worth: NDArray[np.float64]
    missing: NDArray[np.float64]
    short: Flags
    meets_all: Flags
    wanted: Flags
    wants: Flags
    level: Flags
    exam: Flags
    steps: Counts
    certificate: Flags
    recognition: Flags
    awards: Counts


def standing(catalogue: Catalogue, held: Held) -> Standing:
    """Compare what people hold with what every profile asks."""
    demands, n_skills = catalogue.demands, held.related.shape[1]
    weight, part = demands.weight[:n_skills], demands.part[:n_skills]
    brought = np.where(held.held[:, :n_skills], weight, np.where(held.related, part, 0.0))
    missing = demands.target - brought @ _matrix(demands.must, None, n_skills).T
    asked = _matrix(demands.asked, np.ones(len(demands.asked.indices)), held.held.shape[1])
    wanted = ~held.held
    wanted[:, :n_skills] = False
    lacking = np.asarray(wanted @ asked.T)
    awards, unrecognised = _awards(catalogue, held, wanted)
    low, uncertified, steps = _languages(catalogue, held, wanted)
    of_award = _matrix(catalogue.requirements.qualifications, None, awards.shape[1])
    lost = np.asarray(awards @ of_award.T)
    return Standing(
        worth=weight - brought,
        missing=np.ascontiguousarray(missing),
        short=np.ascontiguousarray(missing > 0.0),
        meets_all=lacking == 0,
        wanted=wanted,
        wants=np.ascontiguousarray(wanted @ asked.T) > 0,
        level=np.asarray(low @ asked.T) > 0,
        exam=np.asarray(uncertified @ asked.T) > 0,
        steps=np.asarray(steps @ asked.T).astype(np.int8),
        certificate=lost > 0,
        recognition=np.asarray(unrecognised @ of_award.T) > 0,
        awards=lost.astype(np.int8),
    )


def _matrix(rows: Csr, values: NDArray[np.float64] | None, width: int) -> csr_array:
    """Return rows of integers as a sparse matrix with a value, else 1, in each integer's column."""
    entries = np.ones(len(rows.indices)) if values is None else values
    return csr_array((entries, rows.indices, rows.indptr), shape=(len(rows), width))


def _taught(catalogue: Catalogue) -> Flags:
    """Return which items any course gives, bool[items]."""
    return np.diff(catalogue.offers.givers.indptr) > 0


def _awards(catalogue: Catalogue, held: Held, wanted: Flags) -> tuple[Flags, Flags]:
    """
    Take awards out of what is wanted where the courses do not give all of them that is lacking.

    Returns:
        bool[n, qualifications], awards so lost; those of them that are held and only lack recognition.
    """
    lost = np.zeros_like(held.unrecognised)
    taught, items = _taught(catalogue), catalogue.items
    for award in np.unique(catalogue.requirements.qualifications.indices).tolist():
        parts = items.numbers(items.whole(award))
        lost[:, award] = (wanted[:, parts] & ~taught[parts]).any(axis=1)
        wanted[np.ix_(lost[:, award], parts)] = False
    return lost, lost & held.unrecognised


def _languages(catalogue: Catalogue, held: Held, wanted: Flags) -> tuple[Flags, Flags, NDArray[Any]]:
    """
    Take languages out of what is wanted where no course gives them.

    Returns:
        [n, items]: languages that stay below their level; that only stay without a certificate; levels lacking of both.
    """
    items, taught = catalogue.items, _taught(catalogue)
    low, uncertified = np.zeros_like(wanted), np.zeros_like(wanted)
    steps = np.zeros(wanted.shape, dtype=np.int8)
    for i in np.unique(catalogue.demands.asked.indices).tolist():
        item: Item = items.items[i]
        if item.kind is Kind.AWARD or taught[i]:
            continue
        below = items.numbers(levels(Kind.LANGUAGE, item.of, item.part))  # the last of them is the level itself
        lost = wanted[:, i].copy()
        wanted[:, i] = False
        low[:, i] = lost & ~held.held[:, below[-1]] & ~taught[below[-1]]
        uncertified[:, i] = lost & ~low[:, i]
        lacking = item.part - held.held[:, below].sum(axis=1)
        steps[:, i] = np.where(lost, np.maximum(lacking, 1), 0)
    return low, uncertified, steps
