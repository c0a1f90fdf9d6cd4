# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""From people to course sessions: who gets there and back in time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drehkreuz.reach.commutes import Minutes
from drehkreuz.reach.means import means
from drehkreuz.reach.modes import CANNOT
from drehkreuz.reach.triples import Triples
from drehkreuz.region import Region


@dataclass(frozen=True, slots=True)
class SessionCommutes:
    """
    The ways of a block of people to all course sessions; every array is [len(people), sessions].

    Attributes:
        reachable: bool, in time both ways; always for sessions online.
        minutes_out: uint8, by the chain whose slower way is fastest, 255: none, 0: online.
        minutes_back: uint8.
        chain: int8, that chain, -1 for none.
    """

    reachable: NDArray[np.bool_]
    minutes_out: NDArray[np.uint8]
    minutes_back: NDArray[np.uint8]
    chain: NDArray[np.int8]


def session_commutes(region: Region, triples: Triples, minutes: Minutes, people: range) -> SessionCommutes:
    """
    Return, for every person and course session, whether the person gets there and back within the own limit.

    Args:
        region: The region.
        triples: From `triples(region)`.
        minutes: From `minutes(region, triples)`.
        people: Rows of table `people`.

    Returns:
        Arrays of shape [len(people), sessions].
    """
    who = means(region, people)
    held = triples.of_session >= 0
    used, of_session = np.unique(triples.of_session[held], return_inverse=True)
    out, back = (ways[used][:, who.zone].swapaxes(0, 1) for ways in (minutes.out, minutes.back))
    slower = np.maximum(out, back)
    slower = np.where(slower <= who.willing[:, None, : slower.shape[2]], slower, CANNOT)
    chain = slower.argmin(axis=2)
    nothing = slower.min(axis=2) == CANNOT
    found = (
        slower.min(axis=2) <= who.limit[:, None],
        np.where(nothing, CANNOT, np.take_along_axis(out, chain[:, :, None], axis=2)[:, :, 0]),
        np.where(nothing, CANNOT, np.take_along_axis(back, chain[:, :, None], axis=2)[:, :, 0]),
        np.where(nothing, -1, chain),
    )
    shape = (len(people), len(triples.of_session))
    block = SessionCommutes(
        np.ones(shape, dtype=np.bool_),
        np.zeros(shape, dtype=np.uint8),
        np.zeros(shape, dtype=np.uint8),
        np.full(shape, -1, dtype=np.int8),
    )
    arrays = (block.reachable, block.minutes_out, block.minutes_back, block.chain)
    for array, values in zip(arrays, found, strict=True):
        array[:, held] = values[:, of_session]
    return block
