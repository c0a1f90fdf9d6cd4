# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drehkreuz.errors import DrehkreuzError
from drehkreuz.matching.barriers import Barrier
from drehkreuz.matching.protect import SHOWN, Band, ProtectedPeople, Protection, bands

PEOPLE = [f"person {i}" for i in range(120)]
TARGET = 0
TRIALS = 1000
QUESTIONS = Protection().questions


def people(trial: int, protection: Protection | None = None) -> ProtectedPeople:
    """Return the same people under another secret."""
    return ProtectedPeople(PEOPLE, f"a secret nobody knows {trial}".encode(), protection)


def in_band(members: np.ndarray, band: Band = Band.CAN_NOW) -> np.ndarray:
    """Return the band of everybody if the members are in one and all others in none."""
    found = np.zeros(len(PEOPLE), dtype=np.uint8)
    found[members] = band
    return found


def right(attack: Callable[[ProtectedPeople, bool, np.random.Generator], bool]) -> float:
    """Return how often an attack tells whether the target is there, a coin deciding, and each time another secret."""
    rng = np.random.default_rng(1)
    truth = rng.random(TRIALS) < 0.5
    return float(np.mean([attack(people(i), bool(there), rng) == there for i, there in enumerate(truth)]))


def chance(bound: float) -> float:
    """Return a bound with three standard errors of the trials on top."""
    return bound + 3 * math.sqrt(bound * (1 - bound) / TRIALS)


@pytest.mark.parametrize(
    ("mask", "weeks", "band"),
    [
        (0, 0, Band.CAN_NOW),
        (0, 12, Band.AFTER_TRAINING),
        (Barrier.REACH, 0, Band.NEARLY),
        (Barrier.TRAINING, 12, Band.NEARLY),
        (Barrier.REACH | Barrier.HOURS, 0, Band.NOT_NOW),
        (Barrier.SKILL, 0, Band.NOT_NOW),
        (Barrier.PAY, 0, Band.CAN_NOW),
        (Barrier.PAY | Barrier.LANGUAGE, 4, Band.NEARLY),
    ],
)
def test_three_bands(mask: int, weeks: float, band: Band) -> None:
    """Nothing in between, a course in between, one thing in between that can be changed; anything else is not shown."""
    assert bands(np.array([[mask]], np.uint8), np.array([[weeks]], np.float32)).tolist() == [[band]]


@given(st.integers(0, 127), st.floats(0, 100, width=32))
def test_pay_needs_are_in_no_band(mask: int, weeks: float) -> None:
    """What somebody needs to earn changes nothing that an employer sees."""
    with_and_without = np.array([mask | Barrier.PAY, mask & ~Barrier.PAY], np.uint8)
    assert len(set(bands(with_and_without, np.full(2, weeks, np.float32)))) == 1


def test_the_same_question_has_the_same_answer() -> None:
    """Asking again, in another run, with the people in another order, is of no use."""
    band = in_band(np.arange(40)) + in_band(np.arange(40, 100), Band.NEARLY)
    order = np.random.default_rng(0).permutation(len(PEOPLE))
    again = ProtectedPeople([PEOPLE[i] for i in order], b"a secret nobody knows 0")
    answers = [people(0).count(band, "V1", "start 06:00"), again.count(band[order], "V1", "start 06:00")]
    assert answers[0] == answers[1]
    assert list(answers[0]) == list(SHOWN)


def test_another_secret_question_or_set_has_another_noise() -> None:
    """Over many cases, none of the three can be exchanged without a new draw."""
    protection = Protection(step=1, questions=1000)
    same = people(0, protection)
    by_set = [same.count(in_band(np.arange(60) + i), "V", "q")[Band.CAN_NOW] for i in range(50)]
    by_question = [same.count(in_band(np.arange(60)), "V", f"q{i}")[Band.CAN_NOW] for i in range(50)]
    by_secret = [people(i, protection).count(in_band(np.arange(60)), "V", "q")[Band.CAN_NOW] for i in range(50)]
    for answers in (by_set, by_question, by_secret):
        assert len(set(answers)) > 8


def test_answers_are_right_in_the_mean_and_as_uncertain_as_stated() -> None:
    """Over many questions the noise has mean 0 and the standard deviation of the protection, rounding added."""
    wide = people(0, Protection(step=1, questions=4000))
    answers = [wide.count(in_band(np.arange(100)), "V", f"q{i}")[Band.CAN_NOW] for i in range(4000)]
    assert np.mean(answers) == pytest.approx(100, abs=3 * 5 / math.sqrt(4000))
    assert np.std(answers) == pytest.approx(math.sqrt(25 + 1 / 12), rel=0.05)


def test_small_counts_are_not_shown_and_others_are_in_fives() -> None:
    """Every answer is a multiple of five or, below five, none; nobody can be shown as five."""
    many = people(0, Protection(questions=1000))
    for n in (0, 1, 2, 3, 4, 30):
        answers = {many.count(in_band(np.arange(n)), "V", f"{n} {i}")[Band.CAN_NOW] for i in range(100)}
        assert all(answer is None or (answer > 0 and answer % 5 == 0) for answer in answers)
        assert n == 30 or {None, 5} <= answers


def test_questions_are_used_up() -> None:
    """The thirteenth different question is refused with a sentence; earlier ones stay free, other askers have their own."""
    asked, band = people(0), in_band(np.arange(30))
    for i in range(QUESTIONS):
        asked.count(band, "V1", f"start {i}")
    with pytest.raises(DrehkreuzError, match=r"'V1': 12 different questions have been answered.*Ask one of them again"):
        asked.count(band, "V1", "one more")
    assert asked.count(band, "V1", "start 3")
    assert asked.count(band, "V2", "one more")
    assert (asked.budget.left("V1"), asked.budget.left("V2"), asked.budget.left("V3")) == (0, 11, 12)


def test_all_questions_together_do_not_tell_who_is_counted() -> None:
    """Who knows everybody else and asks all questions is right no more often than stated, for the best of guesses."""

    def attack(asked: ProtectedPeople, there: bool, rng: np.random.Generator) -> bool:
        surplus = 0.0
        for i in range(QUESTIONS):
            others = 1 + rng.permutation(len(PEOPLE) - 1)[: 30 + i]
            counted = in_band(np.append(others, TARGET) if there else others)
            surplus += (asked.count(counted, "V", f"q{i}")[Band.CAN_NOW] or 0) - len(others)
        return surplus > QUESTIONS / 2

    found = right(attack)
    bound = NormalDist().cdf(math.sqrt(QUESTIONS) / (2 * Protection().deviation))
    assert 0.5 < found <= chance(bound)
    assert bound < Protection().right_guesses(QUESTIONS) < 0.69


def test_all_questions_together_do_not_tell_in_which_band_somebody_is() -> None:
    """Nor do they tell which of two bands it is, though both counts change."""

    def attack(asked: ProtectedPeople, there: bool, rng: np.random.Generator) -> bool:
        surplus = 0.0
        for i in range(QUESTIONS):
            others = 1 + rng.permutation(len(PEOPLE) - 1)[:80]
            counted = in_band(others[:40]) + in_band(others[40:], Band.NEARLY)
            counted[TARGET] = Band.CAN_NOW if there else Band.NEARLY
            answer = asked.count(counted, "V", f"q{i}")
            surplus += (answer[Band.CAN_NOW] or 0) - (answer[Band.NEARLY] or 0)
        return surplus > 0

    assert 0.55 < right(attack) <= chance(Protection().right_guesses(QUESTIONS))


def test_one_question_twice_does_not_subtract_to_one_person() -> None:
    """With and without the target, in two questions, the difference tells no more than two answers may."""

    def attack(asked: ProtectedPeople, there: bool, rng: np.random.Generator) -> bool:
        others = 1 + rng.permutation(len(PEOPLE) - 1)[:40]
        wide = asked.count(in_band(np.append(others, TARGET) if there else others), "V", "wide")[Band.CAN_NOW]
        narrow = asked.count(in_band(others), "V", "narrow")[Band.CAN_NOW]
        return (wide or 0) > (narrow or 0)

    assert right(attack) <= chance(NormalDist().cdf(1 / (2 * Protection().deviation)))


def test_equal_answers_do_not_betray_equal_sets() -> None:
    """Two questions about the same people are answered as differently as about others, so that equality means nothing."""

    def attack(asked: ProtectedPeople, there: bool, rng: np.random.Generator) -> bool:
        others = 1 + rng.permutation(len(PEOPLE) - 1)[:40]
        before = asked.count(in_band(others), "V", "start 06:00")
        after = asked.count(in_band(np.append(others, TARGET) if there else others), "V", "start 06:30")
        return before != after

    assert right(attack) <= chance(NormalDist().cdf(1 / (2 * Protection().deviation)))


def test_an_order_that_says_nothing() -> None:
    """People come in the same random order whenever asked, whatever their rows, and in another for another question."""
    rows, order = np.arange(len(PEOPLE)), np.random.default_rng(0).permutation(len(PEOPLE))
    moved = ProtectedPeople([PEOPLE[i] for i in order], b"a secret nobody knows 0")
    first = people(0).shuffled(rows, "V1")
    assert sorted(first) == rows.tolist()
    assert first.tolist() == people(0).shuffled(rows[::-1], "V1").tolist()
    assert first.tolist() == order[moved.shuffled(rows, "V1")].tolist()
    assert first.tolist() != people(0).shuffled(rows, "V2").tolist()
    firsts = np.bincount([people(0).shuffled(rows[:4], f"V{i}")[0] for i in range(1000)])
    assert all(200 < n < 300 for n in firsts)


def test_a_secret_that_could_be_guessed_is_refused() -> None:
    """Fifteen bytes are too few."""
    with pytest.raises(ValueError, match="15 bytes"):
        ProtectedPeople(PEOPLE, b"x" * 15)
