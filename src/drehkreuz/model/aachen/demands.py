# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What posts ask beside their occupation: skills, languages, awards, certificates, licences, and the Berufskolleg."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.model.aachen.draw import Draws
from drehkreuz.model.aachen.plane import nearest
from drehkreuz.model.aachen.posts import Posts
from drehkreuz.model.core import Core, Market, shares
from drehkreuz.region import TABLES

CEFR: Final = ("A1", "A2", "B1", "B2", "C1", "C2")
AWARD_ASKED: Final = np.array([0.0, 0.0, 0.38, 0.55, 0.72])
"""Share of posts that cannot do without the occupation's award, by level; assumed."""
ENGLISH: Final = np.array([0.0, 0.01, 0.04, 0.16, 0.34])
"""Share of posts that ask English, by level; assumed."""


def demands(posts: Posts, core: Core, market: Market, places: pl.DataFrame, schools: pl.DataFrame, draws: Draws) -> dict[str, pl.DataFrame]:
    """
    Draw what posts ask.

    Args:
        posts: The posts.
        core: The taxonomy.
        market: Figures of the occupations.
        places: Table `places` with the workplaces.
        schools: Table `places`, Berufskollegs only.
        draws: Where chance comes from.
    """
    typical, kind = _typical(posts, draws)
    found = {
        "vacancy_skills": _skills(typical, core, market, draws),
        "vacancy_languages": _languages(typical, core, market, draws),
        "vacancy_qualifications": _qualifications(typical, core, market, draws),
        "vacancy_licences": _licences(typical, market, draws),
    }
    found = {name: _of_each(frame, kind) for name, frame in found.items()}
    found["vacancy_qualifications"] = _without_changers(found["vacancy_qualifications"], posts, core)
    found["vacancy_places"] = _schools(posts, places, schools, draws)
    return {name: TABLES[name].conform(frame).sort(TABLES[name].key) for name, frame in found.items()}


VARIANTS: Final = 6
"""Ways in which employers word what they ask of an occupation; posts share them as real advertisements do."""


def _typical(posts: Posts, draws: Draws) -> tuple[Posts, pl.DataFrame]:
    """Return a post for each wording in use, and which post uses which: vacancy_id, like."""
    wording = draws.stream("wordings").choose(np.ones(VARIANTS), len(posts.table))
    code = (posts.occupation * 2 + posts.learning) * VARIANTS + wording
    _, first, of_each = np.unique(code, return_index=True, return_inverse=True)
    ids = posts.table["vacancy_id"]
    like = pl.DataFrame({"vacancy_id": ids, "like": ids.gather(first).gather(of_each)})
    return Posts(posts.table[first], posts.occupation[first], posts.learning[first]), like


def _of_each(asked: pl.DataFrame, kind: pl.DataFrame) -> pl.DataFrame:
    """Return the demands of each post from those of the post it is like."""
    return kind.join(asked, left_on="like", right_on="vacancy_id").drop("like")


def _without_changers(asked: pl.DataFrame, posts: Posts, core: Core) -> pl.DataFrame:
    """Leave out awards of occupations where the employer takes people from other trades."""
    awards = core.qualifications.filter(pl.col("occupation_id").is_not_null()).select("qualification_id")
    changers = posts.table.filter("employer_trains_career_changers").select("vacancy_id")
    waived = asked.join(changers, on="vacancy_id", how="semi").join(awards, on="qualification_id", how="semi")
    return asked.join(waived, on=["vacancy_id", "qualification_id"], how="anti")


def _ids(posts: Posts) -> NDArray[Any]:
    return posts.table["vacancy_id"].to_numpy().astype(str)


def _skills(posts: Posts, core: Core, market: Market, draws: Draws) -> pl.DataFrame:
    """Return skills that a post names beyond its occupation, or does not ask: at most a quarter of the essential ones."""
    stream = draws.stream("skills asked")
    asked = core.occupation_skills.select("occupation_id", "skill_id", "relation")
    own = posts.table.filter(pl.Series(~posts.learning)).select("vacancy_id", "occupation_id")
    strict = own.with_columns(bar=pl.Series(stream.uniform(len(own))))
    pairs = strict.join(asked, on="occupation_id").sort("vacancy_id", "skill_id")
    u = stream.uniform(len(pairs))
    essential, bar = (pairs["relation"] == "essential").to_numpy(), pairs["bar"].to_numpy()
    # A post near bar 0 asks less than its occupation, one near 1 more.
    not_asked = essential & (u < 0.22 * (1 - bar) ** 2)
    must = ~essential & (u < 0.16 * bar**2)
    nice = ~essential & ~must & (u > 0.82)  # noqa: PLR2004  # assumed: two optional skills in eleven are welcome
    demand = np.select([not_asked, must, nice], ["not_asked", "must", "nice"], "")
    return pairs.with_columns(demand=pl.Series(demand)).filter(pl.col("demand") != "").select("vacancy_id", "skill_id", "demand")


def _languages(posts: Posts, core: Core, market: Market, draws: Draws) -> pl.DataFrame:
    stream, n = draws.stream("languages asked"), len(posts.table)
    usual = np.array([CEFR.index(level) if level in CEFR else -1 for level in market.frame["cefr"]])[posts.occupation]
    shift = stream.choose((0.18, 0.70, 0.12), n) - 1
    asked = np.where(usual < 0, -1, np.clip(usual + shift, 1, 4))
    asked = np.where(posts.learning & (asked >= 0), np.clip(asked, 1, 3), asked)
    health = np.isin(market.frame["collective"].to_numpy()[posts.occupation], ["TVöD"]) & (usual >= 3)  # noqa: PLR2004  # B2
    german = pl.DataFrame(
        {
            "vacancy_id": _ids(posts)[asked >= 0],
            "language": np.full(int((asked >= 0).sum()), "de"),
            "cefr": np.array(CEFR)[asked[asked >= 0]],
            "certified": (health & stream.happens(0.4, n))[asked >= 0],
        }
    )
    level = core.occupations["level"].to_numpy()[posts.occupation]
    english = stream.happens(ENGLISH[level], n) & ~posts.learning
    return pl.concat(
        [
            german,
            pl.DataFrame(
                {
                    "vacancy_id": _ids(posts)[english],
                    "language": np.full(int(english.sum()), "en"),
                    "cefr": np.where(level[english] >= 4, "B2", "B1"),  # noqa: PLR2004  # experts
                    "certified": np.zeros(int(english.sum()), dtype=np.bool_),
                }
            ),
        ]
    )


def _qualifications(posts: Posts, core: Core, market: Market, draws: Draws) -> pl.DataFrame:
    stream, n = draws.stream("awards asked"), len(posts.table)
    of_occupation = dict(
        core.qualifications.filter(pl.col("occupation_id").is_not_null()).select("occupation_id", "qualification_id").iter_rows()
    )
    award = np.array([of_occupation.get(name, "") for name in market.occupation_ids])[posts.occupation]
    level = core.occupations["level"].to_numpy()[posts.occupation]
    regulated = core.occupations["regulated"].to_numpy()[posts.occupation]
    wants = ~posts.learning & (award != "") & (regulated | stream.happens(AWARD_ASKED[level], n))
    parts = [pl.DataFrame({"vacancy_id": _ids(posts)[wants], "qualification_id": award[wants]})]
    asked = [shares(text) for text in market.frame["certificates"]]
    for certificate in sorted({name for each in asked for name in each}):
        share = np.array([each.get(certificate, 0.0) for each in asked])[posts.occupation]
        named = ~posts.learning & stream.happens(share * 0.6, n)
        parts.append(pl.DataFrame({"vacancy_id": _ids(posts)[named], "qualification_id": np.full(int(named.sum()), certificate)}))
    # A school leaving certificate stands before most apprenticeships.
    school = np.select([level >= 3, level == 2], ["q-school-12", "q-school-10"], "q-school-9")  # noqa: PLR2004
    leaving = posts.learning & stream.happens(0.45, n)
    parts.append(pl.DataFrame({"vacancy_id": _ids(posts)[leaving], "qualification_id": np.where(stream.happens(0.45, n), "q-school-9", school)[leaving]}))
    return pl.concat(parts).unique(maintain_order=True)


def _licences(posts: Posts, market: Market, draws: Draws) -> pl.DataFrame:
    stream, n = draws.stream("licences asked"), len(posts.table)
    asked = [shares(text) for text in market.frame["licence"]]
    parts = []
    for name in sorted({name for each in asked for name in each}):
        licence, _, code = name.partition("+")
        share = np.array([each.get(name, 0.0) for each in asked])[posts.occupation]
        wants = ~posts.learning & stream.happens(share, n)
        k = int(wants.sum())
        parts.append(pl.DataFrame({"vacancy_id": _ids(posts)[wants], "licence": np.full(k, licence), "code95": np.full(k, bool(code))}))
    return pl.concat(parts).unique(["vacancy_id", "licence"], keep="last", maintain_order=True)


def _schools(posts: Posts, places: pl.DataFrame, schools: pl.DataFrame, draws: Draws) -> pl.DataFrame:
    """Return the Berufskolleg of each apprenticeship: the nearest to the workplace, some days a week or in blocks."""
    dual = posts.table.filter(pl.col("kind").is_in(["apprenticeship_dual", "entry_qualification"]))
    at = dual.join(places.select("place_id", "lat", "lon"), on="place_id", how="left", maintain_order="left")
    near = nearest(*(frame[c].to_numpy() for frame in (at, schools) for c in ("lat", "lon")))
    blocks = draws.stream("blocks at school").happens(0.2, len(dual))
    return pl.DataFrame(
        {
            "vacancy_id": dual["vacancy_id"],
            "place_id": schools["place_id"].gather(near),
            "pattern": pl.Series(np.where(blocks, "blocks", "days")),
            "days": np.where(blocks, 1.0, 1.5),
        }
    )
