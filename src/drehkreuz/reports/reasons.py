# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
What exactly stands between people and posts, below the seven barriers.

A pair may have several barriers and each several reasons, so that counts over all pairs would tell of nobody. Counted are people,
each once for each barrier: by the reasons of the best post, in their own eyes, that this barrier alone keeps from them.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drehkreuz.matching.barriers import REASONS_OF, Barrier, Reason, names
from drehkreuz.matching.conditions import with_conditions
from drehkreuz.matching.pipeline import Matched
from drehkreuz.progress import SILENT, Progress
from drehkreuz.reports.pair import Values

ROWS_AT_ONCE: Final = 1024


def reasons_below(matched: Matched, progress: Progress = SILENT) -> list[Values]:
    """
    Return by barrier how many people have a post that it alone keeps from them, and for what reasons.

    Args:
        matched: A region's answer.
        progress: Told while conditions of courses are named.

    Returns:
        In order of the barriers `barrier`, `people`, and `reasons`: a list of `reasons`, those that stand together, and `people`, whose
        best such post it is that they stand before, most first. They sum to `people`.
    """
    best = _best_posts(matched)
    rows, barriers = np.nonzero(best >= 0)
    posts = best[rows, barriers].astype(np.int64)
    reasons = with_conditions(
        matched.market, rows, posts, matched.arrays["reasons"][rows, posts].astype(np.uint32), progress=progress
    )
    counted = matched.counted.of_row[rows]
    found = []
    for number, barrier in enumerate(Barrier):
        of = barriers == number
        below = reasons[of] & np.uint32(REASONS_OF[barrier])
        people: Counter[int] = Counter()
        for value in np.unique(below).tolist():
            people[value] += int(counted[of][below == value].sum())
        told = [{"reasons": names(Reason(value)), "people": n} for value, n in people.items() if n]
        found.append(
            {
                "barrier": str(barrier.name).lower(),
                "people": int(counted[of].sum()),
                "reasons": sorted(told, key=lambda entry: (-int(str(entry["people"])), entry["reasons"])),
            }
        )
    return found


def _best_posts(matched: Matched) -> NDArray[np.int64]:
    """Return each row's best post that one barrier alone keeps from them, int64[rows, barriers], −1 for none; equals by id."""
    vacancies = matched.market.region.table("vacancies")["vacancy_id"]
    order = vacancies.arg_sort().to_numpy().astype(np.int64)
    mask, reasons, worth = (matched.arrays[name] for name in ("mask", "reasons", "utility_person"))
    found = np.full((len(mask), len(Barrier)), -1, dtype=np.int64)
    for first in range(0, len(mask) if len(order) else 0, ROWS_AT_ONCE):
        some = slice(first, first + ROWS_AT_ONCE)
        alone = mask[some][:, order].astype(np.uint8)
        alone[(reasons[some][:, order].astype(np.uint32) & np.uint32(Reason.OVER)) != 0] = 0
        values = worth[some][:, order].astype(np.float32)
        for number, barrier in enumerate(Barrier):
            kept = np.where(alone == int(barrier), values, -np.inf)
            best = kept.argmax(axis=1)
            there = np.isfinite(kept[np.arange(len(kept)), best])
            found[some, number] = np.where(there, order[best], -1)
    return found
