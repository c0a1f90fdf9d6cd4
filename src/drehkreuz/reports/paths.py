# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A person's answer: the best paths, the occupations they open, what nearly works and what would change the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from drehkreuz.matching.barriers import Barrier, Reason
from drehkreuz.matching.market import Market
from drehkreuz.matching.relation import Pairs, pairs
from drehkreuz.matching.utility import (
    TRAINING_KINDS,
    able_to_begin,
    employer_utility,
    level_worth,
    reciprocal,
    training_posts,
)
from drehkreuz.reports.notes import grouped
from drehkreuz.reports.own import awards_abroad, experience, own_occupations, residence
from drehkreuz.reports.pair import EMPLOYED, Values, describe_pair, new_fields
from drehkreuz.reports.provenance import assumptions, provenance
from drehkreuz.reports.staying import describe_staying

Describe: TypeAlias = Callable[[Market, Pairs, int, int, str], Values]
"""What describes a pair, as `describe_pair` does."""

NEARLY: Final = 3
"""Posts described at least that only one thing keeps away."""

SAME: Final = 2
"""Posts of one occupation that are shown before others have had their turn (assumed)."""

HALF_AS_NEAR: Final[dict[Barrier, float]] = {
    Barrier.SKILL: 0.25,  # share
    Barrier.TRAINING: 26.0,  # weeks
    Barrier.REACH: 30.0,  # minutes
    Barrier.HOURS: 5.0,  # hours
    Barrier.LANGUAGE: 1.0,  # levels
    Barrier.FORMAL: 1.0,  # demands
    Barrier.PAY: 250.0,  # EUR a month
}
"""How much must be missing for a post to count half as near (assumed); orders what nearly works."""

LIGNITE: Final = ("lignite_operator", "contractor", "supplier")


def paths(
    market: Market,
    person: int,
    *,
    label: str,
    top: int = 10,
    nearly: int | None = None,
    language: str = "de",
    found: Pairs | None = None,
    describe: Describe = describe_pair,
) -> Values:
    """
    Answer "What can I do, learn and reach?" for one person.

    Args:
        market: The prepared region, the person laid over it.
        person: Row of table `people`.
        label: Who it is, in words.
        top: Most paths shown.
        nearly: Most posts shown that only one thing keeps away; None: as many as paths, at least `NEARLY`.
        language: Language of names.
        found: The person's pairs where they are known already.
        describe: What describes a pair, for who knows some already.

    Returns:
        Plain values, fit for JSON. `paths` are in falling order of what they are worth to both sides (`reciprocal`), by the
        weights printed under `assumptions`; what nearly works, also by how little is missing, occupations new to the person last;
        `would_change` counts, for each class of hurdle, the posts that it alone keeps away. A post that ends before the person could begin it (free, and done
        with learning) stands in none of these: it is no path, however well it fits, and no date can be asked for. `counts.over`
        says how many were left out that at most one hurdle keeps away. Other dates that do not meet are only noted.
    """
    found = pairs(market, range(person, person + 1)) if found is None else found
    mask, needs_learning = found.mask[0], found.weeks[0] > 0
    over = (found.reasons[0] & np.uint32(Reason.OVER)) != 0
    fits, one_thing = mask == 0, np.isin(mask, [int(barrier) for barrier in Barrier])
    training = training_posts(market.region.ground)
    score = _score(market, found)
    good = _ranked(market, score, fits & ~over)
    near = _nearness(found)
    single = sorted(_ranked(market, score * near, one_thing & ~over), key=new_fields(market, found, 0).__getitem__)
    row = market.region.table("people").row(person, named=True)
    return {
        "person": {
            "label": label,
            "zone_id": row["zone_id"],
            "working": row["employment_status"] in EMPLOYED,
            "net_today_eur_month": row["net_today_eur_month"],
            "net_need_eur_month": row["net_need_eur_month"],
            "skills": len(market.profiles.skills.row(person)),
            "care": len(market.region.table("care").filter(person_id=row["person_id"])) > 0,
            "through": _occupations_held(market, person, language),
        },
        "staying": describe_staying(market.region, row, language),
        "ask_before_resigning": row["employment_status"] in EMPLOYED and row["employer_group"] in LIGNITE,
        "counts": {
            "posts": len(mask),
            "now": int(np.count_nonzero(fits & ~over & ~needs_learning)),
            "after_learning": int(np.count_nonzero(fits & ~over & needs_learning)),
            "training": int(np.count_nonzero(fits & ~over & training)),
            "nearly": len(single),
            "over": int(np.count_nonzero((fits | one_thing) & over)),
        },
        "paths": [describe(market, found, 0, v, language) for v in good[:top]],
        "own": own_occupations(market, found, person, over, near, language),
        "awards_abroad": awards_abroad(market.region, row["person_id"], market.learning.country, language),
        "residence": residence(row),
        "experience": experience(market.region, row, language),
        "occupations": _occupations(market, found, good, language),
        "nearly": [
            describe(market, found, 0, v, language) for v in single[: max(top, NEARLY) if nearly is None else nearly]
        ],
        "would_change": _would_change(mask[~over]),
        "assumptions": assumptions(market),
        "findings": grouped(market.minutes.findings),
        "provenance": provenance(market.region),
    }


def _score(market: Market, found: Pairs) -> NDArray[np.float32]:
    """Return what each post is worth to both sides, what is learned in it and its level taken in, float32[v]."""
    need = market.region.table("people")["net_need_eur_month"].to_numpy().astype(np.float32)
    person = found.utility_person + level_worth(market.region, found.people, market.weights)
    employer = employer_utility(able_to_begin(market.region, found.feasibility), found.weeks, market.weights)
    both = reciprocal(person, employer, need[found.people.start : found.people.stop])
    return np.asarray(both[0], dtype=np.float32)


def _nearness(found: Pairs) -> NDArray[np.float32]:
    """Return how near each post is, 1 where nothing is missing, float32[v]."""
    missing = np.zeros(found.mask.shape[1], dtype=np.float32)
    for barrier, half in HALF_AS_NEAR.items():
        missing += found.slack[barrier][0] / np.float32(half)
    return np.asarray(np.exp2(-missing), dtype=np.float32)


def _ranked(market: Market, score: NDArray[np.float32], chosen: NDArray[np.bool_]) -> list[int]:
    """
    Return the chosen posts, the best first; equals by id, so that the order of rows does not matter.

    Of each occupation the first `SAME` keep their place, the others come after those of all occupations, in the same order.
    """
    posts = market.region.table("vacancies")
    ids, occupations = posts["vacancy_id"].to_list(), posts["occupation_id"].to_list()
    ranked = sorted((int(v) for v in np.flatnonzero(chosen)), key=lambda v: (-float(score[v]), ids[v]))
    seen: Counter[str] = Counter()
    turn: dict[int, bool] = {}
    for v in ranked:
        turn[v] = seen[occupations[v]] >= SAME
        seen[occupations[v]] += 1
    return sorted(ranked, key=turn.__getitem__)


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
    """
    Return the occupations of the open posts, in the order of their best post.

    `training` of the `posts` are there to learn it in, `now` are open without a course; the others ask `weeks` of learning at least,
    `weeks_most` at most.
    """
    vacancies = market.region.table("vacancies").select("occupation_id", "kind")
    open_to: dict[str, dict[str, Any]] = {}
    for v in good:
        occupation, kind = vacancies.row(v)
        entry = open_to.setdefault(
            occupation,
            {
                "occupation_id": occupation,
                "label": market.taxonomy.label(occupation, language),
                "posts": 0,
                "training": 0,
                "now": 0,
                "weeks": float("inf"),
                "weeks_most": 0.0,
            },
        )
        weeks = round(float(found.weeks[0, v]), 1)
        entry["posts"] += 1
        entry["training"] += kind in TRAINING_KINDS
        entry["now"] += weeks == 0
        entry["weeks"] = min(entry["weeks"], weeks)
        entry["weeks_most"] = max(entry["weeks_most"], weeks)
    return list(open_to.values())


def _would_change(mask: NDArray[np.uint8]) -> list[Values]:
    counts = {barrier: int(np.count_nonzero(mask == int(barrier))) for barrier in Barrier}
    opening = [{"barrier": str(b.name).lower(), "posts": n} for b, n in counts.items() if n]
    return sorted(opening, key=lambda entry: -int(entry["posts"]))
