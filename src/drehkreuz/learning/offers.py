# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Courses as they can be taken: what they cost whom, when they are held, what they give and need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.learning.items import Items, Kind
from drehkreuz.learning.parameters import LearningParameters
from drehkreuz.region import Region
from drehkreuz.region.csr import Csr
from drehkreuz.skills import Taxonomy
from drehkreuz.skills.rows import rows_of


class Payer(IntEnum):
    """Who pays the fee of a session."""

    NOBODY = 0  # there is no fee
    RULE = 1  # a rule of funding that leaves no discretion
    VOUCHER = 2  # an office decides: Bildungsgutschein, or a discretionary rule
    PERSON = 3


@dataclass(frozen=True, slots=True, eq=False)
class Sessions:
    """
    The rows of `course_sessions`, and after them one row for each course that has none, whose date never fits.

    Attributes:
        n_real: Rows that are sessions of the table.
        course: int32[s].
        start: int32[s], days after the region's day.
        end: int32[s].
        payer: int8[s], `Payer` on the first day.
        rule: int32[s], row of the rule that pays, else -1.
    """

    n_real: int
    course: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    payer: NDArray[np.int8]
    rule: NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Offers:
    """
    Courses by who pays: sessions of a course that the person pays and those somebody else pays are two offers.

    So everything that counts in a plan's cost is one number per offer. Offers are in order of cost, then course id.

    Attributes:
        course: int32[o].
        own: int64[o], what the person pays, cents.
        cost: int64[o], what the person pays plus the worth of the weeks, cents.
        gives: o → items.
        lights: o → skill items beside a skill it teaches (siblings), without those it teaches.
        needs: o → items.
        givers: item → offers.
        lighters: item → offers that light it.
        sessions: o → rows of `Sessions`, by start, end and id.
    """

    course: NDArray[np.int32]
    own: NDArray[np.int64]
    cost: NDArray[np.int64]
    gives: Csr
    lights: Csr
    needs: Csr
    givers: Csr
    lighters: Csr
    sessions: Csr
