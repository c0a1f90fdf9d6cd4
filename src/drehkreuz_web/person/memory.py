# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
What was worked out for somebody a moment ago, so that a moved slider needs no new search; the privacy page says so.

It stays in this process's memory for some minutes, never on a disk. Its key is a digest of the answers under a secret
that ends with the process: who has the same answers finds it, nobody can tell from it whose answers they were.
"""

from __future__ import annotations

import hmac
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock, Timer
from time import monotonic
from typing import Final

from drehkreuz.matching.market import Market
from drehkreuz.matching.relation import Pairs
from drehkreuz.reports.pair import Values, describe_pair

SECONDS: Final = 600.0
"""How long something is remembered."""

MOST: Final = 64
"""People whose answers are remembered at a time; a full one takes about a megabyte at full scale."""


@dataclass(frozen=True, slots=True)
class Worked:
    """
    What was worked out for one case, whatever matters to the person.

    Attributes:
        market: The region with the person laid over it.
        plain: Their pairs, from `drehkreuz.matching.weighing.unweighed`.
        described: Pairs described already, by row of the post and language.
    """

    market: Market
    plain: Pairs
    described: dict[tuple[int, str], Values] = field(default_factory=dict)

    def describe(self, market: Market, pairs: Pairs, row: int, v: int, language: str) -> Values:
        """Describe a pair, as `describe_pair` does; plan and ways are searched once."""
        if (v, language) not in self.described:
            self.described[v, language] = describe_pair(market, pairs, row, v, language)
        worth = round(float(pairs.utility_person[row, v]))
        return {**self.described[v, language], "utility_eur_month": worth}


class Memory:
    """
    Remembers the last few results for a few minutes.

    Args:
        most: Results remembered.
        seconds: For how long.
    """

    def __init__(self, most: int = MOST, seconds: float = SECONDS) -> None:
        self._most, self._seconds = most, seconds
        self._secret = secrets.token_bytes(32)
        self._known: OrderedDict[bytes, tuple[float, Worked]] = OrderedDict()
        self._lock = Lock()
        self._timer: Timer | None = None

    def __len__(self) -> int:
        return len(self._known)

    def get(self, answers: str, work: Callable[[], Worked]) -> Worked:
        """Return what is known for some answers; what is not is worked out, and the oldest makes room for it."""
        key = hmac.digest(self._secret, answers.encode(), "blake2s")
        with self._lock:
            known = self._known.get(key)
        if known is not None and monotonic() - known[0] < self._seconds:
            return known[1]
        worked = work()
        with self._lock:
            self._known[key] = (monotonic(), worked)
            self._known.move_to_end(key)
            while len(self._known) > self._most:
                self._known.popitem(last=False)
            self._wake_later()
        return worked

    def _wake_later(self) -> None:
        """Have the oldest forgotten in time, also where nobody asks any more."""
        if self._timer is None and self._known:
            since = next(iter(self._known.values()))[0]
            self._timer = Timer(max(since + self._seconds - monotonic(), 0.01), self._forget)
            self._timer.daemon = True
            self._timer.start()

    def _forget(self) -> None:
        with self._lock:
            now = monotonic()
            while self._known and now - next(iter(self._known.values()))[0] >= self._seconds:
                self._known.popitem(last=False)
            self._timer = None
            self._wake_later()


MEMORY: Final = Memory()
"""The one memory of this process."""
