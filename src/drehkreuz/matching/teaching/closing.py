# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Which courses there are would alone close which gaps, if they were held where and when the person can come."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from drehkreuz.learning.demands import TOLERANCE
from drehkreuz.learning.situation import Situation
from drehkreuz.region import Region
from drehkreuz.region.csr import Csr


def closed_by_courses(
    region: Region, here: Situation, person: NDArray[np.int64], profile: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """
    Return the courses that alone close gaps, and the gaps.

    A course closes a gap if it brings the skills' weight and every award and language that is lacking, if the person holds what it
    needs, stands high enough to begin, and can pay its fee in full where any of its sessions is the person's to pay.

    Args:
        region: The region.
        here: Its courses and some people.
        person: int64[m], positions in the block.
        profile: int64[m], requirement profiles.

    Returns:
        int64[n] rows of `courses` and int64[n] positions of pairs.
    """
    catalogue, standing = here.catalogue, here.standing
    offers, n_items = catalogue.offers, len(catalogue.items.items)
    first = np.unique(offers.course, return_index=True)[1]
    courses = offers.course[first].astype(np.int64)
    gives, needs = (_dense(rows, n_items)[first] for rows in (offers.gives, offers.needs))
    fee = np.zeros(len(region.table("courses")), dtype=np.int64)
    np.maximum.at(fee, offers.course, offers.own)
    entry = region.table("courses")["entry_eqf"].to_numpy()
    ready = (~here.held.held).astype(np.float32) @ needs.T == 0
    ready &= (here.eqf[:, None] >= entry[courses]) & (here.budget[:, None] >= fee[courses])
    found: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
    for r in np.unique(profile).tolist():
        of = np.flatnonzero(profile == r)
        who = person[of]
        must, asked = catalogue.demands.must.row(r), catalogue.demands.asked.row(r)
        gained = standing.worth[who][:, must] @ gives[:, must].T
        left = standing.wanted[who][:, asked].astype(np.float32) @ (1 - gives[:, asked]).T
        closed = (gained + TOLERANCE >= standing.missing[who, r][:, None]) & (left == 0) & ready[who]
        pair, course = np.nonzero(closed)
        found.append((courses[course], of[pair]))
    nothing = np.empty(0, dtype=np.int64)
    of_course, of_pair = (
        (np.concatenate([nothing, *each]) for each in zip(*found, strict=True)) if found else (nothing,) * 2
    )
    order = np.lexsort((of_pair, of_course))
    return of_course[order], of_pair[order]


def _dense(rows: Csr, width: int) -> NDArray[np.float32]:
    """Return rows of positions as zeros and ones, float32[rows, width]."""
    found = np.zeros((len(rows), width), dtype=np.float32)
    found[np.repeat(np.arange(len(rows)), np.diff(rows.indptr)), rows.indices] = 1
    return found
