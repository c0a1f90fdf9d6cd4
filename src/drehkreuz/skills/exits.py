# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Where an occupation leads to: what can be done with what it teaches, where there are posts, and at what price."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from drehkreuz.skills.parameters import PARAMETERS, SkillParameters
from drehkreuz.skills.taxonomy import related_weight

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from drehkreuz.region import Region
    from drehkreuz.region.csr import Csr
    from drehkreuz.skills.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class ExitWeights:
    """
    What the rank of an exit weighs beside fit and pay; all assumed.

    Attributes:
        outlook: Factor by expected posts in the region (assumed: leaving a shrinking occupation for another one is half a gain);
            an unknown outlook counts as stable.
        level_step: Factor for each ISCO skill level beyond the next one (assumed).
    """

    outlook: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType({"shrinking": 0.5, "stable": 1.0, "growing": 1.1})
    )
    level_step: float = 0.5


WEIGHTS: Final = ExitWeights()

SKILL_LEVEL: Final = {"1": 4, "2": 4, "3": 3, "4": 2, "5": 2, "6": 2, "7": 2, "8": 2, "9": 1}
"""ISCO-08 skill level by major group; managers at their higher one."""


@dataclass(frozen=True, slots=True)
class Exit:
    """
    An occupation that another leads to.

    Attributes:
        occupation: Row of `occupations`.
        feasibility: Share of its essential skills that the origin's skills bring, 0 to 1.
        openings: Posts open in the region.
        pay: Median gross pay of these posts at full hours, EUR a month.
        outlook: As in the table; None: unknown.
        score: What the list is ranked by.
    """

    occupation: int
    feasibility: float
    openings: int
    pay: float
    outlook: str | None
    score: float


def exits(
    region: Region,
    taxonomy: Taxonomy,
    origin: int,
    pay_now: float,
    *,
    top: int = 10,
    parameters: SkillParameters = PARAMETERS,
    weights: ExitWeights = WEIGHTS,
) -> list[Exit]:
    """
    Return the occupations that an occupation leads to, best first.

    The nearest neighbours of a miner are miners. So an exit needs posts, and its rank is

        feasibility · min(1, pay / pay_now) · outlook · level_step^(ISCO skill levels beyond one).

    Args:
        region: Tables `occupations` and `vacancies` (only jobs count).
        taxonomy: What occupations ask.
        origin: Row of `occupations`; its essential and optional skills are brought.
        pay_now: Gross pay today, EUR a month.
        top: How many at most.
        parameters: The credit for related skills.
        weights: What outlook and level count.

    Returns:
        Ranked exits, ties by position.
    """
    feasible = occupation_feasibility(taxonomy, origin, parameters)
    offered = posts(region)
    occupations = (
        region.table("occupations")
        .select("occupation_id", "isco08", "outlook")
        .join(offered, on="occupation_id", how="left", maintain_order="left")
    )
    level = occupations["isco08"].fill_null("").str.slice(0, 1).replace_strict(SKILL_LEVEL, default=None)
    own_level = level[origin]
    found = []
    for o, row in enumerate(occupations.iter_rows(named=True)):
        if o == origin or not row["openings"]:
            continue
        steps = 0 if own_level is None or level[o] is None else max(abs(level[o] - own_level) - 1, 0)
        keeps = min(1.0, row["pay"] / pay_now) if pay_now > 0 else 1.0
        score = feasible[o] * keeps * weights.outlook.get(row["outlook"], 1.0) * weights.level_step**steps
        found.append(Exit(o, float(feasible[o]), row["openings"], row["pay"], row["outlook"], float(score)))
    return sorted(found, key=lambda each: (-each.score, each.occupation))[:top]


def occupation_feasibility(
    taxonomy: Taxonomy, origin: int, parameters: SkillParameters = PARAMETERS
) -> NDArray[np.float64]:
    """
    Return the share of what each occupation asks that the skills of another bring.

    As `feasibility`, with the essential skills of the destinations asked and the essential and optional ones of the origin
    brought; an occupation that asks nothing is met: 1.

    Returns:
        float64[o], 0 to 1.
    """
    brings = np.zeros(len(taxonomy.skill_ids))
    brings[taxonomy.essential.row(origin)] = 1.0
    brings[taxonomy.optional.row(origin)] = 1.0
    beside = (_matrix(taxonomy.related, len(brings)) @ brings >= taxonomy.siblings_needed(parameters)) & (brings == 0)
    asked = _matrix(taxonomy.essential, len(brings))
    part = related_weight(taxonomy.idf, parameters.related_credit)
    whole = asked @ taxonomy.idf
    brought = asked @ (brings * taxonomy.idf + beside * part)
    ratio = np.ones(len(whole))
    np.divide(brought, whole, out=ratio, where=whole > 0)
    return ratio


def posts(region: Region) -> pl.DataFrame:
    """Return how many posts each occupation has open, and what they pay."""
    hours = {"hour": 4.348 * pl.col("hours_max"), "month": pl.lit(1.0), "year": pl.lit(1 / 12)}
    monthly = pl.coalesce(pl.when(pay_period=period).then(factor) for period, factor in hours.items())
    pay = (pl.col("pay_min") + pl.col("pay_max")) / 2 * monthly
    jobs = region.table("vacancies").filter(kind="job").with_columns(pay.alias("pay"))
    return jobs.group_by("occupation_id").agg(pl.col("openings").sum(), pl.col("pay").median())


def _matrix(rows: Csr, columns: int) -> csr_array:
    return csr_array((np.ones(len(rows.indices)), rows.indices, rows.indptr), shape=(len(rows), columns))
