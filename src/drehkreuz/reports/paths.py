# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A person's answer: the best paths, the occupations they open, what nearly works and what would change the rest."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from drehkreuz.matching.barriers import Barrier
from drehkreuz.matching.market import Market
from drehkreuz.matching.relation import Pairs, pairs
from drehkreuz.matching.utility import reciprocal
from drehkreuz.reports.notes import grouped
from drehkreuz.reports.pair import Values, describe_pair
from drehkreuz.reports.provenance import assumptions, provenance

NEARLY: Final = 3
"""Posts shown that only one thing keeps away."""

EMPLOYED: Final = ("employed", "part_time", "apprentice")
LIGNITE: Final = ("lignite_operator", "contractor", "supplier")


def paths(market: Market, person: int, *, label: str, top: int = 10, language: str = "de") -> Values:
    """
    Answer "What can I do, learn and reach?" for one person.

    Args:
        market: The prepared region, the person laid over it.
        person: Row of table `people`.
        label: Who it is, in words.
        top: Most paths shown.
        language: Language of names.

    Returns:
        Plain values, fit for JSON. `paths` are in falling order of what they are worth to both sides (`reciprocal`), by the
        weights printed under `assumptions`; `would_change` counts, for each class of hurdle, the posts that it alone keeps away.
    """
    found = pairs(market, range(person, person + 1))
    mask = found.mask[0]
    order = _order(market, found)
    good = [v for v in order if mask[v] == 0]
    single = [v for v in order if mask[v] and Barrier(int(mask[v])).bit_count() == 1]
    row = market.region.table("people").row(person, named=True)
    return {
        "person": {
            "label": label,
            "zone_id": row["zone_id"],
            "net_today_eur_month": row["net_today_eur_month"],
            "net_need_eur_month": row["net_need_eur_month"],
            "skills": len(market.profiles.skills.row(person)),
            "care": len(market.region.table("care").filter(person_id=row["person_id"])) > 0,
            "through": _occupations_held(market, person, language),
        },
        "ask_before_resigning": row["employment_status"] in EMPLOYED and row["employer_group"] in LIGNITE,
        "counts": {
            "posts": len(mask),
            "now": int(np.count_nonzero((mask == 0) & (found.weeks[0] <= 0))),
            "after_learning": int(np.count_nonzero((mask == 0) & (found.weeks[0] > 0))),
            "nearly": len(single),
        },
        "paths": [describe_pair(market, found, 0, v, language) for v in good[:top]],
        "occupations": _occupations(market, found, good, language),
        "nearly": [describe_pair(market, found, 0, v, language) for v in single[:NEARLY]],
        "would_change": _would_change(mask),
        "assumptions": assumptions(market),
        "findings": grouped(market.minutes.findings),
        "provenance": provenance(market.region),
    }


def _order(market: Market, found: Pairs) -> list[int]:
    """Return all posts, the best for both sides first; equals by id, so that the order of rows does not matter."""
    ids = market.region.table("vacancies")["vacancy_id"].to_list()
    need = market.region.table("people")["net_need_eur_month"].to_numpy().astype(np.float32)
    score = reciprocal(found.utility_person, found.utility_employer, need[found.people.start : found.people.stop])[0]
    return sorted(range(len(ids)), key=lambda v: (-float(score[v]), ids[v]))


def _occupations_held(market: Market, person: int, language: str) -> list[Values]:
    held = (
        market.region.table("person_occupations")
        .filter(person_id=market.region.table("people")["person_id"][person])
        .sort("years", "occupation_id", descending=[True, False])
    )
    return [
        {"occupation_id": o, "label": market.taxonomy.label(o, language), "years": years}
        for o, years in held.select("occupation_id", "years").iter_rows()
    ]


def _occupations(market: Market, found: Pairs, good: list[int], language: str) -> list[Values]:
    """Return the occupations of the open posts, in the order of their best post."""
    vacancies = market.region.table("vacancies").select("occupation_id", "openings")
    open_to: dict[str, dict[str, Any]] = {}
    for v in good:
        occupation, openings = vacancies.row(v)
        entry = open_to.setdefault(
            occupation,
            {
                "occupation_id": occupation,
                "label": market.taxonomy.label(occupation, language),
                "openings": 0,
                "weeks": float("inf"),
            },
        )
        entry["openings"] += openings
        entry["weeks"] = round(min(entry["weeks"], float(found.weeks[0, v])), 1)
    return list(open_to.values())


def _would_change(mask: NDArray[np.uint8]) -> list[Values]:
    counts = {barrier: int(np.count_nonzero(mask == int(barrier))) for barrier in Barrier}
    opening = [{"barrier": str(b.name).lower(), "posts": n} for b, n in counts.items() if n]
    return sorted(opening, key=lambda entry: -int(entry["posts"]))
