# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Who takes part: common random numbers, the same for the same person whatever else is tried."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

Level = Literal["low", "mid", "high"]
LEVELS: Final[dict[Level, float]] = {"low": 0.0, "mid": 0.5, "high": 1.0}
"""Quantile of each level of uptake."""


@dataclass(frozen=True, slots=True)
class Draw:
    """
    One world of chance.

    Everybody has a number from 0 to 1 for each kind of measure, from a hash of seed, kind and id, and takes part where it lies
    below the share. So nobody's number depends on the order of rows, on other people or on other measures; with a greater share
    those who took part before still do; and the same measure under another name, with another place or uptake, meets the same
    people.

    Attributes:
        seed: Another seed is another world.
        quantile: Where in the range of uptake: 0 low, 0.5 mid, 1 high.
    """

    seed: int = 0
    quantile: float = 0.5

    @classmethod
    def of(cls, seed: int, level: Level) -> Draw:
        """Return the draw of a level of uptake."""
        return cls(seed, LEVELS[level])

    def numbers(self, kind: str, ids: Iterable[str]) -> NDArray[np.float64]:
        """Return each id's number, float64[n], 0 ≤ number < 1."""
        state = blake2b(f"{self.seed}\x1f{kind}\x1f".encode(), digest_size=8)
        found = bytearray()
        for name in ids:
            own = state.copy()
            own.update(name.encode())
            found += own.digest()
        return (np.frombuffer(bytes(found), dtype=">u8") >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def takes(self, kind: str, ids: Iterable[str], share: float) -> NDArray[np.bool_]:
        """Return who takes part, bool[n], where the share is 0 to 1."""
        return np.asarray(self.numbers(kind, ids) < share)
