# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What can keep a person and a vacancy apart: seven barriers, and the finer reasons that measures act on."""

from __future__ import annotations

from enum import IntFlag
from typing import Final

import numpy as np
from numpy.typing import NDArray


class Barrier(IntFlag):
    """
    The seven barrier classes, each a bit of a pair's mask; no bit set: the pair is admissible today.

    A bit is computed as if all others were removed; a set of bits is also a *coalition*: the barriers thought away.
    """

    SKILL = 1  # no set of existing or designable modules closes the gap in time
    TRAINING = 2  # learnable, but no course fits
    REACH = 4  # over the person's minutes or money, either way, on any shift of the rota
    HOURS = 8  # weekly hours, shift or care times
    LANGUAGE = 16  # steps of the Common European Framework
    FORMAL = 32  # regulated profession, recognition, certificate, licence, residence
    PAY = 64  # net after commute and care below what the person needs


class Reason(IntFlag):
    """The finer reasons below the barriers, 32 bits: barrier and name as in the tables."""

    SKILL_GAP = 1 << 0
    TRAINING_NO_COURSE = 1 << 1
    TRAINING_FORMAT = 1 << 2
    TRAINING_PLACE = 1 << 3
    TRAINING_DATE = 1 << 4
    TRAINING_SEATS = 1 << 5
    TRAINING_ENTRY = 1 << 6
    TRAINING_UNFUNDED = 1 << 7
    REACH_OUT = 1 << 8
    REACH_BACK = 1 << 9
    REACH_COST = 1 << 10
    REACH_LEARNING_PLACE = 1 << 11
    HOURS_SHIFT = 1 << 12
    HOURS_WEEKLY = 1 << 13
    HOURS_CARE_TIME = 1 << 14
    HOURS_WEEKEND = 1 << 15
    LANGUAGE_LEVEL = 1 << 16
    LANGUAGE_EXAM = 1 << 17
    FORMAL_REGULATED_PROFESSION = 1 << 18
    FORMAL_RECOGNITION = 1 << 19
    FORMAL_CERTIFICATE = 1 << 20
    FORMAL_DRIVING_LICENCE = 1 << 21
    FORMAL_RESIDENCE = 1 << 22
    PAY_NET_NEED = 1 << 23
    AVAILABILITY = 1 << 24  # the dates do not meet: a condition to be shown, no barrier
    SEARCH_STOPPED = (
        1 << 25
    )  # the search for a plan was stopped before its end: what is said of learning may be too gloomy
    TRAINING_CONDITION = (
        1 << 27
    )  # some condition of the courses that teach it; which one, `drehkreuz.matching.conditions` tells
    OVER = 1 << 26  # a condition, too, but one that no asking helps: the post ends before the person could begin


NO_BARRIER: Final = Barrier(0)
ALL_BARRIERS: Final = Barrier(127)

REASONS_OF: Final[dict[Barrier, Reason]] = {
    Barrier.SKILL: Reason.SKILL_GAP,
    Barrier.TRAINING: Reason.TRAINING_NO_COURSE
    | Reason.TRAINING_FORMAT
    | Reason.TRAINING_PLACE
    | Reason.TRAINING_DATE
    | Reason.TRAINING_SEATS
    | Reason.TRAINING_ENTRY
    | Reason.TRAINING_UNFUNDED
    | Reason.TRAINING_CONDITION,
    Barrier.REACH: Reason.REACH_OUT | Reason.REACH_BACK | Reason.REACH_COST | Reason.REACH_LEARNING_PLACE,
    Barrier.HOURS: Reason.HOURS_SHIFT | Reason.HOURS_WEEKLY | Reason.HOURS_CARE_TIME | Reason.HOURS_WEEKEND,
    Barrier.LANGUAGE: Reason.LANGUAGE_LEVEL | Reason.LANGUAGE_EXAM,
    Barrier.FORMAL: Reason.FORMAL_REGULATED_PROFESSION
    | Reason.FORMAL_RECOGNITION
    | Reason.FORMAL_CERTIFICATE
    | Reason.FORMAL_DRIVING_LICENCE
    | Reason.FORMAL_RESIDENCE,
    Barrier.PAY: Reason.PAY_NET_NEED,
}


def barriers_of(reasons: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """
    Return the mask that the reasons make up: a barrier stands where one of its reasons does; a condition is no barrier.

    Args:
        reasons: Bits of `Reason`, any shape.

    Returns:
        Bits of `Barrier`, the same shape.
    """
    mask = np.zeros(reasons.shape, dtype=np.uint8)
    for barrier, below in REASONS_OF.items():
        mask[(reasons & np.uint32(below)) != 0] |= np.uint8(barrier)
    return mask


def barrier_of(reason: Reason) -> Barrier:
    """Return the barriers that the reasons make up; none for a mere condition."""
    return Barrier(int(barriers_of(np.array(int(reason), dtype=np.uint32))))


def names(flags: Barrier | Reason) -> list[str]:
    """Return the names of the bits set, small letters, in order of the bits, as JSON shows them."""
    return [str(flag.name).lower() for flag in flags]
