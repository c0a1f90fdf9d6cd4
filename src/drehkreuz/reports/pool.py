# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""An employer's answer: about how many people could do a post, in three bands, and what stands between; never who."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from drehkreuz.matching.barriers import Barrier
from drehkreuz.matching.headcount import headcount
from drehkreuz.matching.market import Market
from drehkreuz.matching.protect import REMOVABLE, Band, ProtectedPeople, bands
from drehkreuz.region.posts import known_post
from drehkreuz.reports.notes import grouped
from drehkreuz.reports.pair import Values, describe_post
from drehkreuz.reports.provenance import assumptions, provenance


def pool(
    market: Market,
    relation: Mapping[str, NDArray[Any]],
    vacancy_id: str,
    people: ProtectedPeople,
    *,
    language: str = "de",
) -> Values:
    """
    Answer "Who could do this, and what stands between?" for one post.

    What people need to earn plays no part, and no figure is exact: counts are perturbed and rounded, so that nobody can be
    told from them. It is people that are counted, not the rows of a sample.

    Args:
        market: The prepared region.
        relation: Arrays of the pair relation by name; `mask` and `weeks` are read.
        vacancy_id: The post.
        people: The people counted, by the ids of their `headcount`, as employers may see them.
        language: Language of names.

    Returns:
        Plain values, fit for JSON. A count is a multiple of five, null for fewer.

    Raises:
        InputError: If the region has no such post.
        QuestionsUsedUpError: If too many different questions were asked about the post.
    """
    v = known_post(market.region, vacancy_id)
    rows = headcount(market.region.table("people")).row_of
    mask, weeks = relation["mask"][rows, v], relation["weeks"][rows, v]
    snapshot = market.region.folder.name if market.region.folder else "in memory"
    state = f"{market.region.manifest.name} {market.region.manifest.day} {snapshot}"
    counted = people.count(bands(mask, weeks), vacancy_id, f"{vacancy_id} as it is; {state}")
    return {
        "post": describe_post(market, v, language),
        "asked": _asked(market, v, language),
        "bands": {band.name.lower(): count for band, count in counted.items()},
        "between": _between(mask, vacancy_id, people, state),
        "protection": {
            "rounded_to": people.protection.step,
            "deviation": people.protection.deviation,
            "questions_left": people.budget.left(vacancy_id),
        },
        "assumptions": assumptions(market),
        "findings": grouped(market.minutes.findings),
        "provenance": provenance(market.region),
    }


def _asked(market: Market, v: int, language: str) -> Values:
    """Return what the post asks: the number of skills, and by name what it cannot do without."""
    requirements, r = market.requirements, int(market.requirements.of_vacancy[v])
    qualifications = market.region.table("qualifications")
    name = "label_de" if language == "de" else "label_en"
    vacancy_id = market.region.table("vacancies")["vacancy_id"][v]
    languages = market.region.table("vacancy_languages").filter(vacancy_id=vacancy_id)
    licences = market.region.table("vacancy_licences").filter(vacancy_id=vacancy_id)
    return {
        "skills": len(requirements.must.row(r)),
        "qualifications": [qualifications[name][int(q)] for q in requirements.qualifications.row(r)],
        "languages": [f"{code} {cefr}" for code, cefr in languages.select("language", "cefr").iter_rows()],
        "licences": licences["licence"].to_list(),
    }


def _between(mask: NDArray[np.uint8], vacancy_id: str, people: ProtectedPeople, state: str) -> dict[str, int | None]:
    """Return about how many people only one thing keeps away, for each thing that can be changed."""
    alone = mask & np.uint8(~Barrier.PAY & 0xFF)
    found = {}
    for barrier in REMOVABLE:
        band = np.where(alone == np.uint8(barrier), np.uint8(Band.NEARLY), np.uint8(Band.NOT_NOW))
        question = f"{vacancy_id} kept by {barrier.name}; {state}"
        found[str(barrier.name).lower()] = people.count(band, vacancy_id, question)[Band.NEARLY]
    return found
