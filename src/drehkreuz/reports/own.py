# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What stands between people and the posts of their own occupations: the least that is missing, awards from abroad, residence."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.learning.held import counts_here
from drehkreuz.matching.barriers import Barrier
from drehkreuz.matching.market import Market
from drehkreuz.matching.relation import Pairs
from drehkreuz.matching.utility import training_posts
from drehkreuz.region import Region, kept
from drehkreuz.reports.pair import Values, describe_barrier, plan_without_conditions
from drehkreuz.skills import CEFR
from drehkreuz.skills.profile import COMPLETE

OWN: Final = 2
"""Occupations held of which it is said what stands between the person and their posts."""

ON_EXPERIENCE: Final = ("r-external-exam", "r-validation")
"""Rules on what experience without an award is worth: external examination, validation (§§ 45 and 50b BBiG)."""

AWARDS: Final = ("vocational", "master", "degree")
"""Kinds of qualifications with which a person has learned an occupation."""

LONG_WORKED: Final = 4.5
"""Years in one occupation from which these rules are told: one and a half times an apprenticeship of three years."""

OLD_ENOUGH: Final = 25
"""Age from which they are told, the one that validation asks."""

MOST_HURDLES: Final = 2
"""Hurdles that the nearest post of an own occupation may have to be named: two in a row can be planned (assumed)."""


def own_occupations(
    market: Market, found: Pairs, person: int, over: NDArray[np.bool_], near: NDArray[np.float32], language: str
) -> list[Values]:
    """
    Return for the occupations held, the current or last ones first: jobs in them, how many are open, what keeps the others away.

    A job that several things keep away counts for each of them. Where none is open, `nearest` is the job with the fewest hurdles,
    the nearest of these, if it has at most `MOST_HURDLES`: language first, then the old work, is a path though no single course is.

    Args:
        market: The prepared region, the person laid over it.
        found: The person's pairs.
        person: Row of table `people`.
        over: bool[v], posts that end before the person could begin.
        near: float32[v], how near each post is, 1 where nothing is missing.
        language: Language of names.
    """
    posts = market.region.table("vacancies")
    jobs = ~training_posts(market.region.ground) & ~over
    held = (
        market.region.table("person_occupations")
        .filter(person_id=market.region.table("people")["person_id"][person])
        .sort("current", "last_year", "years", "occupation_id", descending=[True, True, True, False], nulls_last=True)
    )
    own = []
    for occupation in held["occupation_id"].head(OWN):
        rows = np.flatnonzero(jobs & (posts["occupation_id"] == occupation).to_numpy())
        mask = found.mask[0][rows]
        kept = {str(b.name).lower(): int(np.count_nonzero(mask & int(b))) for b in Barrier}
        own.append(
            {
                "occupation_id": occupation,
                "label": market.taxonomy.label(occupation, language),
                "posts": len(mask),
                "open": int(np.count_nonzero(mask == 0)),
                "barriers": [{"barrier": b, "posts": n} for b, n in sorted(kept.items(), key=lambda e: -e[1]) if n],
                "nearest": None if (mask == 0).any() else _nearest(market, found, person, rows.tolist(), near),
            }
        )
    return own


@kept  # with the person laid over it, so that a moved slider does not ask again
def awards_abroad(region: Region, person_id: str, country: str, language: str) -> list[Values]:
    """
    Return the complete awards from abroad that are not recognised, and how each stands here.

    `counts` tells whether it counts without recognition; `regulated`, whether the law reserves the occupation, or a task, to
    holders of an award; `authority` and `act` of that occupation.
    """
    occupations = region.table("occupations").select(
        "occupation_id", "regulated_authority", "regulated_act", reserved="regulated"
    )
    awards = (
        region.table("qualifications")
        .join(occupations, on="occupation_id", how="left")
        .with_columns(pl.col("regulated") | pl.col("reserved").fill_null(value=False))
    )
    held = (
        region.table("person_qualifications")
        .with_columns(counts=counts_here(region, country), complete=COMPLETE)
        .filter(pl.col("complete"), pl.col("country") != country, ~pl.col("validated"), person_id=person_id)
        .filter(pl.col("recognition") != "full")
        .join(awards, on="qualification_id")
        .sort("qualification_id")
    )
    label = "label_de" if language == "de" else "label_en"
    return [
        {
            "qualification_id": row["qualification_id"],
            "label": row[label] or row["label_de"],
            "country": row["country"],
            "counts": row["counts"],
            "regulated": row["regulated"],
            "authority": row["regulated_authority"],
            "act": row["regulated_act"],
        }
        for row in held.iter_rows(named=True)
    ]


def residence(row: Values) -> Values | None:
    """Return a person's residence title, row of table `people`, where it does not admit every work for good; else None."""
    purpose, months = row["residence_purpose"], row["residence_months_left"]
    if purpose == "unrestricted" or (purpose == "humanitarian" and months is None):
        return None
    return {"purpose": purpose, "months_left": months}


def experience(region: Region, row: Values, language: str) -> list[Values]:
    """
    Return what the law says of experience without an award, for who has much of the one and none of the other.

    Args:
        region: The region.
        row: Row of table `people`.
        language: Language of what rules say, `de` or another: English.

    Returns:
        Claim, source and whom to ask of each rule of `ON_EXPERIENCE` that is valid on the region's day; none for people below the age, with
        an award, or with less experience in one occupation.
    """
    day, mine = region.manifest.day, {"person_id": row["person_id"]}
    held = region.table("person_qualifications").filter(COMPLETE, **mine)
    awards = held.join(region.table("qualifications").filter(pl.col("kind").is_in(AWARDS)), on="qualification_id")
    worked = region.table("person_occupations").filter(pl.col("years") >= LONG_WORKED, **mine)
    young = row["birth_year_to"] is None or day.year - row["birth_year_to"] <= OLD_ENOUGH
    if young or len(awards) or worked.is_empty():
        return []
    valid = (pl.col("valid_from") <= day) & (pl.col("valid_to").fill_null(day) >= day)
    rules = region.table("rules").filter(valid, pl.col("rule_id").is_in(ON_EXPERIENCE)).sort("rule_id")
    claim = "claim_de" if language == "de" else "claim_en"
    return rules.select("source", "who_to_ask", claim=claim).to_dicts()


def _nearest(market: Market, found: Pairs, person: int, rows: list[int], near: NDArray[np.float32]) -> Values | None:
    """Return what is missing at the post with the fewest hurdles, the nearest of these; None where they are too many."""
    posts = market.region.table("vacancies")

    def hurdles(v: int) -> list[Barrier]:
        return list(Barrier(int(found.mask[0, v])))

    fewest = min(rows, key=lambda v: (len(hurdles(v)), -float(near[v]), posts["vacancy_id"][v]), default=None)
    if fewest is None or len(hurdles(fewest)) > MOST_HURDLES:
        return None
    lacking = _languages(market, person, fewest)
    taught = Barrier.LANGUAGE | Barrier.TRAINING
    course = plan_without_conditions(market, found, 0, fewest)
    only = bool(lacking) and not Barrier(int(found.mask[0, fewest])) & ~taught
    return {
        "vacancy_id": posts["vacancy_id"][fewest],
        "title": posts["title"][fewest],
        "languages": lacking,
        "language_only": only and _able(market, found, fewest) and _awarded(market, person, fewest),
        "barriers": [describe_barrier(market, found, 0, fewest, barrier, course) for barrier in hurdles(fewest)],
    }


def _languages(market: Market, person: int, v: int) -> list[Values]:
    """Return the languages in which the person stays below the level that a post asks."""
    asked, profile = market.requirements, int(market.requirements.of_vacancy[v])
    spoken = dict(
        market.region.table("person_languages")
        .filter(person_id=market.region.table("people")["person_id"][person])
        .select("language", "cefr")
        .iter_rows()
    )
    entries = range(asked.languages.indptr[profile], asked.languages.indptr[profile + 1])
    wanted = [(asked.language_names[int(asked.languages.indices[i])], int(asked.cefr[i])) for i in entries]
    return [
        {"language": name, "has": spoken.get(name), "asks": CEFR[level - 1]}
        for name, level in wanted
        if name not in spoken or CEFR.index(spoken[name]) + 1 < level
    ]


def _able(market: Market, found: Pairs, v: int) -> bool:
    """Return whether the skills suffice as they are, what the employer teaches taken in."""
    trainable = float(market.requirements.trainable_share[int(market.requirements.of_vacancy[v])])
    return float(found.feasibility[0, v]) >= market.learning.threshold - trainable


def _awarded(market: Market, person: int, v: int) -> bool:
    """Return whether all awards that a post asks are held and count here."""
    asked = market.requirements.qualifications.row(int(market.requirements.of_vacancy[v])).tolist()
    names = set(market.region.table("qualifications")["qualification_id"].gather(asked))
    rows = market.region.table("person_qualifications").with_columns(
        counts=counts_here(market.region, market.learning.country)
    )
    mine = rows.filter(COMPLETE, "counts", person_id=market.region.table("people")["person_id"][person])
    return names <= set(mine["qualification_id"])
