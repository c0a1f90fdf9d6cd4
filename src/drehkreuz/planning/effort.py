# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How hard is searched before an answer is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SLACK: Final = 1e-9
"""What counts as nothing, of the whole: sums of floats differ by less."""


@dataclass(frozen=True, slots=True)
class Effort:
    """
    Limits in counted work, never in seconds: the same input gives the same answer on every machine.

    The defaults were chosen on random points, to stay within seconds for 10,000 demands.

    Attributes:
        rounds: Rounds of the bound.
        mend_every: Rounds between two tries to mend the bound's choice into a better one.
        kicks: Times the best choice is shaken and mended again, where the bound leaves a gap.
        looks: Entries of covers looked at while mending, in millions.
        exact_entries: What the bound leaves open is solved exactly if it has at most so many entries.
        rest_nodes: Nodes of the exact solver's tree there.
        nodes: The same where all goes to the exact solver: capacities, floors, set covers with spacing.
        seed: Seed of the kicks.
    """

    rounds: int = 600
    mend_every: int = 20
    kicks: int = 1_000
    looks: int = 150
    exact_entries: int = 12_000
    rest_nodes: int = 100
    nodes: int = 20_000
    seed: int = 1


EFFORT: Final = Effort()
