# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What lies between a block of people and one requirement profile: skills, awards, languages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drehkreuz.learning.items import Item, Kind, levels
from drehkreuz.learning.problem import Problem
from drehkreuz.learning.situation import Situation

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """
    What each of n people holds and lacks of one problem.

    Attributes:
        held: bool[n, items of the problem].
        related: bool[n, must skills], not held, but a sibling is.
        brought: float64[n], weight of the must skills brought, related ones in part.
        short: bool[n], the weight brought is below the target.
        meets_all: bool[n], every item asked beside skills is held.
        asked: bool[n, items], items beside skills that are lacking and that courses of the region give.
        level: bool[n], a language stays below its level whatever courses of the region are taken.
        exam: bool[n], a language reaches its level but stays without the certificate asked.
        steps: int8[n], levels that such languages lack today, at least one each.
        certificate: bool[n], an award is lacking that the courses of the region do not lead to.
        recognition: bool[n], one of these is held and in force, only not recognised.
        awards: int8[n], number of awards lacking that the courses of the region do not lead to.
    """

    held: Flags
    related: Flags
    brought: NDArray[np.float64]
    short: Flags
    meets_all: Flags
    asked: Flags
    level: Flags
    exam: Flags
    steps: NDArray[np.int8]
    certificate: Flags
    recognition: Flags
    awards: NDArray[np.int8]


def measure(situation: Situation, problem: Problem) -> Gap:
    """Compare what people hold with what the problem asks."""
    held = np.ascontiguousarray(situation.held.held[:, problem.items])
    related = np.ascontiguousarray(situation.held.related[:, problem.items[: len(problem.weight)]])
    brought = held[:, : len(problem.weight)] @ problem.weight + related @ problem.part
    asked = np.zeros_like(held)
    asked[:, problem.asked] = ~held[:, problem.asked]
    gap = Gap(
        held=held,
        related=related,
        brought=brought,
        short=brought < problem.target,
        meets_all=np.asarray(held[:, problem.asked].all(axis=1), dtype=np.bool_),
        asked=asked,
        level=np.zeros(len(held), dtype=np.bool_),
        exam=np.zeros(len(held), dtype=np.bool_),
        steps=np.zeros(len(held), dtype=np.int8),
        certificate=np.zeros(len(held), dtype=np.bool_),
        recognition=np.zeros(len(held), dtype=np.bool_),
        awards=np.zeros(len(held), dtype=np.int8),
    )
    position = {situation.catalogue.items.items[problem.items[i]]: int(i) for i in problem.asked}
    for award in sorted({item.of for item in position if item.kind is Kind.AWARD}):
        _drop_award(situation, gap, award, [position[part] for part in sorted(situation.catalogue.items.whole(award))])
    for item, i in position.items():
        if item.kind is not Kind.AWARD:
            _drop_language(situation, gap, item, i)
    return gap


def _taught(situation: Situation, item: int) -> bool:
    """Return whether any course gives an item."""
    return len(situation.catalogue.offers.givers.row(item)) > 0


def _drop_award(situation: Situation, gap: Gap, award: int, parts: list[int]) -> None:
    """Take an award out of what is asked where the courses do not give all of it that is lacking."""
    given = np.array(
        [_taught(situation, i) for i in situation.catalogue.items.numbers(situation.catalogue.items.whole(award))]
    )
    lost = (gap.asked[:, parts] & ~given).any(axis=1)
    gap.asked[np.ix_(lost, parts)] = False
    gap.certificate[lost] = True
    gap.awards[lost] += 1
    gap.recognition[lost & situation.held.unrecognised[:, award]] = True


def _drop_language(situation: Situation, gap: Gap, item: Item, i: int) -> None:
    """Take a language out of what is asked where no course gives it."""
    items = situation.catalogue.items
    below = items.numbers(levels(Kind.LANGUAGE, item.of, item.part))  # the last of them is the level itself
    lost = gap.asked[:, i] & (not _taught(situation, items.index[item]))
    low = lost & ~situation.held.held[:, below[-1]] & (not _taught(situation, int(below[-1])))
    gap.asked[lost, i] = False
    gap.level[low] = True
    gap.exam[lost & ~low] = True
    lacking = item.part - situation.held.held[:, below].sum(axis=1)
    gap.steps[lost] += np.maximum(lacking[lost], 1).astype(np.int8)
