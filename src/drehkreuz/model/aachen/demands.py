# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What posts ask beside their occupation: skills, languages, awards, certificates, licences, and the Berufskolleg."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from drehkreuz.model.aachen.draw import Draws
from drehkreuz.model.aachen.plane import nearest
from drehkreuz.model.aachen.posts import Posts
from drehkreuz.model.core import Core, Market
from drehkreuz.region import TABLES

CEFR: Final = ("A1", "A2", "B1", "B2", "C1", "C2")
STRICTNESS: Final = ((-1, 0.18), (0, 0.70), (1, 0.12))
"""Steps of the CEFR that a post asks beside what its occupation usually does, and how often; assumed."""
ASKED: Final = ("A2", "C1")
ASKED_OF_LEARNERS: Final = ("A2", "B2")
"""Least and most German asked, where any is."""
CERTIFIED_IN_HEALTH: Final = 0.4
"""Share of posts in health and social care from B2 on that want a certificate; assumed."""
AWARD_ASKED: Final = np.array([0.0, 0.0, 0.75, 0.90, 0.97])
"""Share of posts that cannot do without the occupation's award, by level; assumed."""
CERTIFICATES_ASKED: Final = 0.6
"""Share of posts that ask a certificate against the people of the occupation who have it; assumed."""
ENGLISH: Final = np.array([0.0, 0.01, 0.04, 0.16, 0.34])
ENGLISH_ASKED: Final = np.array(["", "B1", "B1", "B1", "B2"])
"""Share of posts that ask English, and which, by level; assumed."""
NOT_ASKED, MUST, NICE = 0.22, 0.16, 0.18
"""Share of essential skills that the easiest post does not ask, of optional ones that the strictest asks, and of optional
ones that are welcome; assumed."""
SCHOOL_ASKED: Final = 0.45
FIRST_SCHOOL_ASKED: Final = 0.45
"""Share of apprenticeships that ask a school leaving award, and of these the first one only; assumed."""
BLOCKS: Final = 0.2
DAYS_A_WEEK, DAYS_IN_BLOCKS = 1.5, 1.0
"""Share of apprenticeships with blocks of weeks at school, assumed; and days a week there, as a mean over the year."""


def demands(
    posts: Posts, core: Core, market: Market, places: pl.DataFrame, schools: pl.DataFrame, draws: Draws
) -> dict[str, pl.DataFrame]:
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
        "vacancy_skills": _skills(typical, core, draws),
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


ELECTRICAL: Final = (
    "o-building-electrician", "o-grid-technician", "o-industrial-electrician", "o-mechatronics-technician",
    "o-plant-electrician", "o-substation-technician",
)  # fmt: skip
"""Occupations in which nobody may work alone who is no electrician (DGUV Vorschrift 3), whoever else is taught on the job."""


def _without_changers(asked: pl.DataFrame, posts: Posts, core: Core) -> pl.DataFrame:
    """Leave out awards of occupations where the employer takes people from other trades."""
    awards = core.qualifications.filter(pl.col("occupation_id").is_not_null()).select("qualification_id")
    level = core.occupations.select("occupation_id", "level", "regulated")
    teaches = posts.table.filter("employer_trains_career_changers").join(level, on="occupation_id")
    free = (pl.col("level") <= SKILLED) & ~pl.col("regulated") & ~pl.col("occupation_id").is_in(ELECTRICAL)
    changers = teaches.filter(free).select("vacancy_id")
    waived = asked.join(changers, on="vacancy_id", how="semi").join(awards, on="qualification_id", how="semi")
    return asked.join(waived, on=["vacancy_id", "qualification_id"], how="anti")


def _rows(posts: Posts, which: NDArray[np.bool_], **columns: ArrayLike) -> pl.DataFrame:
    """Return one row for each of some posts; columns are one value for all or an array over all posts."""
    told = {name: np.broadcast_to(np.asarray(each), len(which))[which] for name, each in columns.items()}
    return pl.DataFrame({"vacancy_id": posts.table["vacancy_id"].filter(pl.Series(which)), **told})


def _skills(posts: Posts, core: Core, draws: Draws) -> pl.DataFrame:
    """Return skills that a post names beyond its occupation, or does not ask: at most a quarter of essential ones."""
    stream = draws.stream("skills asked")
    asked = core.occupation_skills.select("occupation_id", "skill_id", "relation")
    own = posts.table.filter(pl.Series(~posts.learning)).select("vacancy_id", "occupation_id")
    strict = own.with_columns(bar=pl.Series(stream.uniform(len(own))))
    pairs = strict.join(asked, on="occupation_id").sort("vacancy_id", "skill_id")
    u = stream.uniform(len(pairs))
    essential, bar = (pairs["relation"] == "essential").to_numpy(), pairs["bar"].to_numpy()
    # A post near bar 0 asks less than its occupation, one near 1 more.
    kinds = [
        essential & (u < NOT_ASKED * (1 - bar) ** 2),
        ~essential & (u < MUST * bar**2),
        ~essential & (u > 1 - NICE),
    ]
    demand = pl.Series(np.select(kinds, ["not_asked", "must", "nice"], ""))
    return pairs.with_columns(demand=demand).filter(demand != "").select("vacancy_id", "skill_id", "demand")


def _languages(posts: Posts, core: Core, market: Market, draws: Draws) -> pl.DataFrame:
    stream, n = draws.stream("languages asked"), len(posts.table)
    usual = np.array([CEFR.index(level) if level in CEFR else -1 for level in market.frame["cefr"]])[posts.occupation]
    bounds = [[CEFR.index(level) for level in each] for each in (ASKED, ASKED_OF_LEARNERS)]
    least, most = np.array(bounds)[posts.learning.astype(np.int64)].T
    asked = np.clip(usual + stream.pick(STRICTNESS, n), least, most)
    health = posts.table["collective_agreement"].eq_missing("TVöD").to_numpy() & (usual >= CEFR.index("B2"))
    certified = health & stream.happens(CERTIFIED_IN_HEALTH, n)
    level = core.occupations["level"].to_numpy()[posts.occupation]
    english = stream.happens(ENGLISH[level], n) & ~posts.learning
    return pl.concat(
        [
            _rows(posts, usual >= 0, language="de", cefr=np.array(CEFR)[asked], certified=certified),
            _rows(posts, english, language="en", cefr=ENGLISH_ASKED[level], certified=False),
        ]
    )


def _qualifications(posts: Posts, core: Core, market: Market, draws: Draws) -> pl.DataFrame:
    """Return the award that some ask and regulated occupations must, certificates, and school leaving awards."""
    stream, n = draws.stream("awards asked"), len(posts.table)
    awards = core.qualifications.drop_nulls("occupation_id").select("occupation_id", "qualification_id")
    of_occupation = dict(awards.iter_rows())
    award = np.array([of_occupation.get(name, "") for name in market.occupation_ids])[posts.occupation]
    level = core.occupations["level"].to_numpy()[posts.occupation]
    regulated = core.occupations["regulated"].to_numpy()[posts.occupation]
    # Where many come from other trades, fewer employers insist on the award.
    open_to = 1 - 0.7 * market.numbers("trains_changers_share")[posts.occupation]
    electrical = np.isin(np.array(market.occupation_ids)[posts.occupation], ELECTRICAL)
    strict = regulated | electrical | stream.happens(AWARD_ASKED[level] * open_to, n)
    parts = [_rows(posts, ~posts.learning & (award != "") & strict, qualification_id=award)]
    names, share = market.shares("certificates")
    for i, name in enumerate(names):
        asked = share[posts.occupation, i] * (1.0 if name in of_occupation.values() else CERTIFICATES_ASKED)
        wants = ~posts.learning & stream.happens(asked, n)
        parts.append(_rows(posts, wants, qualification_id=name))
    study = (posts.table["kind"] == "dual_study").to_numpy()
    first = (level < SKILLED) | stream.happens(FIRST_SCHOOL_ASKED, n)
    school = np.select([study, first], ["q-school-12", "q-school-9"], "q-school-10")
    leaving = study | (posts.learning & stream.happens(SCHOOL_ASKED, n))
    parts.append(_rows(posts, leaving, qualification_id=school))
    return pl.concat(parts).unique(maintain_order=True)


SKILLED: Final = 2
"""Anforderungsniveau of skilled people."""


def _licences(posts: Posts, market: Market, draws: Draws) -> pl.DataFrame:
    stream, n = draws.stream("licences asked"), len(posts.table)
    names, share = market.shares("licence")
    parts = []
    for i, name in enumerate(names):
        licence, _, code = name.partition("+")
        wants = ~posts.learning & stream.happens(share[posts.occupation, i], n)
        parts.append(_rows(posts, wants, licence=licence, code95=bool(code)))
    return pl.concat(parts).unique(["vacancy_id", "licence"], keep="last", maintain_order=True)


def _schools(posts: Posts, places: pl.DataFrame, schools: pl.DataFrame, draws: Draws) -> pl.DataFrame:
    """Return the Berufskolleg of each dual place: the nearest to the workplace, some days a week or in blocks."""
    dual = posts.table.filter(pl.col("kind").is_in(["apprenticeship_dual", "entry_qualification"]))
    at = dual.join(places.select("place_id", "lat", "lon"), on="place_id", how="left", maintain_order="left")
    near = nearest(*(frame[c].to_numpy() for frame in (at, schools) for c in ("lat", "lon")))
    blocks = draws.stream("blocks at school").happens(BLOCKS, len(dual))
    return pl.DataFrame(
        {
            "vacancy_id": dual["vacancy_id"],
            "place_id": schools["place_id"].gather(near),
            "pattern": np.where(blocks, "blocks", "days"),
            "days": np.where(blocks, DAYS_IN_BLOCKS, DAYS_A_WEEK),
        }
    )
