# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Announced closures and sites: their posts by year, whose posts they are, and whether they come, late or at all."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.foresight.start import Start, homes_of_workers
from drehkreuz.region import Region
from drehkreuz.rights import rules

ADJUSTMENT_PAY: Final = "r-apg"
"""The rule on the bridge to the pension."""

SEED: Final = 1


@dataclass(frozen=True, slots=True)
class Project:
    """
    A closure or a site.

    Attributes:
        project_id: Its code.
        label: Its name.
        kind: `closure` or `site`.
        sector: WZ 2008 section; empty: unknown.
        place: Position of its municipality; -1: no place is named; None: outside the municipalities that are counted.
        lost: Posts that it ends in each year if on time, float64[years]; the first year holds none.
        created: Posts that it brings in each year if on time, float64[years].
        homes: Where its people live, shares, float64[m]; less than 1 in all where some live outside.
        bridge: Share of its people who are old enough for adjustment pay in each year, float64[years].
        net_pay: Mean net pay of its people, EUR a month; None: the region does not say.
        fails: Chance that it does not come; None: unknown.
        late: Chance that it is a year late or more; None: unknown.
    """

    project_id: str
    label: str
    kind: str
    sector: str
    place: int | None
    lost: NDArray[np.float64]
    created: NDArray[np.float64]
    homes: NDArray[np.float64]
    bridge: NDArray[np.float64]
    net_pay: float | None
    fails: float | None
    late: float | None

    def drawn(self, assumed: dict[str, float], draws: int) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """
        Return whether it comes and how many years late, in each of a number of draws.

        The numbers behind depend on the project's code alone: the same in every variant, and whatever else there is.

        Args:
            assumed: The values of a variant.
            draws: How many.
        """
        fails = assumed[f"{self.kind}_fails"] if self.fails is None else self.fails
        late = assumed[f"{self.kind}_late"] if self.late is None else self.late
        seed = hashlib.blake2b(f"{SEED}:{self.project_id}".encode(), digest_size=8).digest()
        luck = np.random.Generator(np.random.PCG64(int.from_bytes(seed, "little"))).random((draws, 2))
        years = np.zeros(draws, dtype=np.int64)
        chance = late
        for _ in range(len(self.lost)):
            years += luck[:, 1] < chance
            chance *= assumed["later_still"]
        return luck[:, 0] >= fails, years


def shifted(posts: NDArray[np.float64], comes: NDArray[np.bool_], late: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return posts by year as they come in each draw, float64[draws, years]: late, or not at all."""
    found = np.zeros((len(late), len(posts)))
    for years in range(len(posts)):
        these = comes & (late == years)
        found[these, years:] = posts[: len(posts) - years]
    return found


def projects(region: Region, begin: Start, n_years: int) -> list[Project]:
    """
    Return the closures and sites of table `projects` whose steps lie ahead, by code.

    Args:
        region: The region.
        begin: Its first year; steps of that year or before it are done.
        n_years: Years, the first among them.
    """
    position = {key: at for at, key in enumerate(begin.keys)}
    steps = region.table("projects").join(
        region.table("places").select("place_id", "municipality"), on="place_id", how="left"
    )
    ahead = steps.filter(pl.col("year") > begin.year, pl.col("year") < begin.year + n_years)
    by_workplace = homes_of_workers(region, begin)
    found = []
    for (project_id,), rows in ahead.sort("project_id", "year", "occupation_id").group_by(
        "project_id", maintain_order=True
    ):
        first = rows.row(0, named=True)
        place: int | None = -1
        if first["place_id"] is not None:
            place = position.get(first["municipality"] or "")
        concerned = _concerned(region, str(project_id))
        changes = np.zeros((2, n_years))
        for year, posts in rows.select("year", "posts").iter_rows():
            changes[int(posts > 0), year - begin.year] += abs(posts)
        of_place = by_workplace[-1 if place is None else place]
        found.append(
            Project(
                project_id=str(project_id),
                label=first["label"],
                kind=first["kind"],
                sector=first["sector"] or "",
                place=place,
                lost=changes[0],
                created=changes[1],
                homes=_homes(concerned, position) if len(concerned) else of_place * (place is not None),
                bridge=np.asarray([_old_enough(concerned, begin.year + t) for t in range(n_years)]),
                net_pay=_net_pay(concerned),
                fails=_highest(rows["probability_failure"]),
                late=_highest(rows["probability_delay"]),
            )
        )
    return found


def _concerned(region: Region, project_id: str) -> pl.DataFrame:
    """Return the people whose posts a closure ends, with the municipality they live in."""
    homes = region.table("zones").select("zone_id", pl.col("municipality").fill_null("").alias("home"))
    return region.table("people").filter(pl.col("closure_id") == project_id).join(homes, on="zone_id")


def _homes(concerned: pl.DataFrame, position: dict[str, int]) -> NDArray[np.float64]:
    shares = np.zeros(len(position))
    total = concerned["weight"].sum()
    for home, weight in concerned.group_by("home").agg(pl.col("weight").sum()).sort("home").iter_rows():
        if home in position:
            shares[position[home]] = weight / total
    return shares


def _old_enough(concerned: pl.DataFrame, year: int) -> float:
    """Return the share of people whom adjustment pay fits, by what the tables say, if their post ends in a year."""
    rule = next(rule for rule in rules() if rule.rule_id == ADJUSTMENT_PAY)
    total = float(concerned["weight"].sum())
    if not total or rule.min_age_at_closure is None:
        return 0.0
    fits = (
        pl.col("employer_group").is_in(rule.employer_groups)
        & pl.col("employed_on_2019_09_30").fill_null(value=False)
        & (pl.col("birth_year_to") + rule.min_age_at_closure <= year).fill_null(value=False)
    )
    return float(concerned.filter(fits)["weight"].sum()) / total


def _net_pay(concerned: pl.DataFrame) -> float | None:
    paid = concerned.drop_nulls("net_today_eur_month")
    weight = float(paid["weight"].sum())
    return float((paid["net_today_eur_month"] * paid["weight"]).sum()) / weight if weight else None


def _highest(chances: pl.Series) -> float | None:
    known = chances.drop_nulls().to_list()
    return max(known) if known else None
