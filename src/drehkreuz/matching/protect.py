# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
What an employer is shown about people: counts in three bands, blurred so that nobody can be picked out, and no ranks.

The method is the *cell key method* of official statistics, made stricter. Everybody has a secret record key; the sum of the
keys of those counted names the set. Set, question and band together determine the noise, a draw from a normal distribution
that is added before rounding. So:

- the same question about the same people has the same answer: asking again is no use;
- a set with one person more has another noise: subtracting two answers does not leave that person;
- two questions about the same people have different noises. Official tables use the same; but then equal answers betray
  that two sets *are* the same, and a question built to differ by one person tells whether that person is there;
- each further question is one more independent draw, so questions are counted, and only so many are answered.

What this promises is exact. Answers are a Gaussian mechanism followed by rounding. Somebody who knows everything about
everybody else, and asks the n best questions to find out whether one person is counted, is right with probability at most

    Φ(√n / (2 σ))

where a tossed coin is right with probability 1/2; to find out in which of two bands, Φ(√(2 n) / (2 σ)).

Its limits: askers who pool their answers are one asker with the sum of their questions. The people must stay the same as
long as the question does: name the day or the snapshot in the question, and count over that snapshot. Small numbers are
the more uncertain the smaller they are; a 5 may stand for nobody.

Source:
    Thompson, Broadfoot, Elazar: Methodology for the automatic confidentialisation of statistical outputs from remote
    servers at the Australian Bureau of Statistics. UNECE/Eurostat work session on statistical data confidentiality (2013).
    Gadotti, Houssiau, Rocher, Livshits, de Montjoye: When the signal is in the noise. USENIX Security 2019 (equal answers).
    Dong, Roth, Su: Gaussian differential privacy. J. R. Statist. Soc. B 84 (2022) (the bound).
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drehkreuz.errors import DrehkreuzError
from drehkreuz.matching.barriers import Barrier

SHORTEST_SECRET: Final = 16
"""Bytes; a shorter secret could be guessed, and with it every record key."""

REMOVABLE: Final = (Barrier.TRAINING, Barrier.REACH, Barrier.HOURS, Barrier.LANGUAGE, Barrier.FORMAL)
"""Barriers that leave somebody *nearly* there if one of them stands alone."""


class Band(IntEnum):
    """How near a person is to a post, as an employer is shown it."""

    NOT_NOW = 0  # never shown
    CAN_NOW = 1  # nothing stands between, nothing to learn first
    AFTER_TRAINING = 2  # nothing stands between, after a course that exists
    NEARLY = 3  # one thing stands between that can be changed


SHOWN: Final = (Band.CAN_NOW, Band.AFTER_TRAINING, Band.NEARLY)


def bands(mask: NDArray[np.uint8], weeks: NDArray[np.float32]) -> NDArray[np.uint8]:
    """
    Return the band of each pair. What people need to earn has no part in it: employers must not learn it.

    Args:
        mask: Bits of `Barrier`, any shape.
        weeks: Weeks of learning before the start, the same shape.

    Returns:
        Values of `Band`, the same shape.
    """
    without_pay = mask & np.uint8(~Barrier.PAY & 0xFF)
    band = np.full(mask.shape, Band.NOT_NOW, dtype=np.uint8)
    band[np.isin(without_pay, REMOVABLE)] = Band.NEARLY
    band[(without_pay == 0) & (weeks > 0)] = Band.AFTER_TRAINING
    band[(without_pay == 0) & (weeks == 0)] = Band.CAN_NOW
    return band


@dataclass(frozen=True, slots=True)
class Protection:
    """
    How much counts are blurred: assumed, a choice between use and protection that nobody can read off data.

    With these values nobody's band is guessed right more than 69 times in 100 after all questions are used up (a coin: 50),
    and a count is rarely more than 10 off.

    Attributes:
        deviation: Standard deviation σ of the noise, people.
        step: Counts are rounded to multiples of it; below it they are not shown.
        questions: Different questions that one asker is answered.
    """

    deviation: float = 5.0
    step: int = 5
    questions: int = 12

    def right_guesses(self, questions: int) -> float:
        """Return the highest probability of guessing right in which of two bands a person is, after so many questions."""
        return NormalDist().cdf(math.sqrt(2 * questions) / (2 * self.deviation))


class QuestionsUsedUpError(DrehkreuzError):
    """An asker has been answered as many different questions as protect the people counted."""

    def __init__(self, asker: str, questions: int) -> None:
        super().__init__(
            f"{asker!r}: {questions} different questions have been answered; more would tell single people apart. "
            "Ask one of them again, or come back with the next state of the region."
        )


class QuestionBudget:
    """The different questions answered so far, by asker: a vacancy, or better the employer behind several."""

    def __init__(self, questions: int) -> None:
        self._questions = questions
        self._asked: dict[str, set[str]] = {}

    def spend(self, asker: str, question: str) -> None:
        """
        Note a question; one asked before is free.

        Raises:
            QuestionsUsedUpError: If the asker has no question left.
        """
        asked = self._asked.setdefault(asker, set())
        if question not in asked and len(asked) >= self._questions:
            raise QuestionsUsedUpError(asker, self._questions)
        asked.add(question)

    def left(self, asker: str) -> int:
        """Return how many different questions the asker may still ask."""
        return self._questions - len(self._asked.get(asker, ()))


class ProtectedPeople:
    """
    The people of a region as employers may see them.

    Args:
        person_ids: Everybody, in row order.
        secret: At least 16 bytes that no asker knows; the same secret gives the same answers.
        protection: How much counts are blurred.

    Raises:
        ValueError: If the secret is too short.
    """

    def __init__(self, person_ids: Sequence[str], secret: bytes, protection: Protection | None = None) -> None:
        if len(secret) < SHORTEST_SECRET:
            message = f"the secret has {len(secret)} bytes; give it at least {SHORTEST_SECRET}"
            raise ValueError(message)
        self._secret = hashlib.blake2b(secret, digest_size=32).digest()
        self._record_keys = np.array([self._hash(b"record", i.encode()) for i in person_ids], dtype=np.uint64)
        self.protection = protection or Protection()
        self.budget = QuestionBudget(self.protection.questions)

    def count(self, band: NDArray[np.uint8], asker: str, question: str) -> dict[Band, int | None]:
        """
        Return about how many people are in each band.

        Args:
            band: uint8[p], `Band` of each person for the post as the question describes it.
            asker: Who asks, for the budget.
            question: Everything that determines `band`, in one canonical form: the post, what is changed about it, and the
                day or snapshot. Two ways to say the same are two questions, and cost two.

        Returns:
            A multiple of the step, or None for fewer than one step.

        Raises:
            QuestionsUsedUpError: If the asker has no question left.
        """
        self.budget.spend(asker, question)
        return {shown: self._blurred(np.flatnonzero(band == shown), shown, question) for shown in SHOWN}

    def shuffled(self, people: NDArray[np.integer], question: str) -> NDArray[np.integer]:
        """Return rows of people in an order that says nothing about them: random, the same whenever asked."""
        return np.array(
            sorted(people, key=lambda p: self._hash(b"order", question.encode(), self._record_keys[p].tobytes())),
            dtype=people.dtype,
        )

    def _blurred(self, people: NDArray[np.intp], band: Band, question: str) -> int | None:
        cell_key = self._record_keys[people].sum(dtype=np.uint64)  # modulo 2^64
        drawn = self._hash(b"noise", question.encode(), band.name.encode(), cell_key.tobytes())
        uniform = ((drawn >> 12) + 0.5) / 2**52  # between 0 and 1, neither included
        noise = self.protection.deviation * NormalDist().inv_cdf(uniform)
        steps = math.floor((len(people) + noise) / self.protection.step + 0.5)
        return steps * self.protection.step if steps > 0 else None

    def _hash(self, purpose: bytes, *parts: bytes) -> int:
        """Return 64 bits that nobody can compute without the secret."""
        state = hashlib.blake2b(key=self._secret, person=purpose, digest_size=8)
        for part in parts:
            state.update(len(part).to_bytes(8, "little") + part)
        return int.from_bytes(state.digest(), "little")
