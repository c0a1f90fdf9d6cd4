# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What takes time in an answer: reading the case, every post of the region before the person, what the best ones mean."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Final

from drehkreuz.matching.market import Market, with_person
from drehkreuz.matching.weighing import unweighed, weighed
from drehkreuz.reports.pair import Values
from drehkreuz.reports.paths import paths
from drehkreuz.reports.words import Language
from drehkreuz_web.person.case import Case
from drehkreuz_web.person.memory import Worked

THREADS: Final = ThreadPoolExecutor(thread_name_prefix="learning")
"""What can be learned towards several hundred demands is looked for side by side; the searches let each other run."""

MOST: Final = 10
"""Most paths shown."""

NEARLY: Final = 3
"""Posts shown that only one thing keeps away."""


def work(market: Market, case: Case) -> Worked:
    """
    Work out what stands between a person and every post, whatever matters to them.

    Args:
        market: The prepared region.
        case: The person's answers.

    Raises:
        InputError: If an answer is missing, unknown or not allowed.
    """
    person = case.person(market.region, label="")
    laid = with_person(market, person.tables, person.weights)
    return Worked(laid, unweighed(laid, range(1), THREADS))


def told(worked: Worked, case: Case, label: str, language: Language) -> tuple[Market, Values]:
    """
    Return the answer as `drehkreuz.reports.paths.paths` gives it, by what matters to the person.

    Args:
        worked: From `work`, for the same case; it remembers what it has described.
        case: The person's answers.
        label: Who it is.
        language: Language of names.
    """
    laid = replace(worked.market, weights=case.weights)
    return laid, paths(
        laid,
        0,
        label=label,
        top=MOST,
        nearly=NEARLY,
        language=language,
        found=weighed(laid, worked.plain),
        describe=worked.describe,
    )
