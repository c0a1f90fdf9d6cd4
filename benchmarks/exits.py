# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Whether the ways out of lignite that are ranked first make sense, on the model region."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from benchmarks.harness import Figure
from benchmarks.resampling import SEED, interval, mean
from drehkreuz.model.core.market import market
from drehkreuz.region import Region, open_region
from drehkreuz.skills import Taxonomy, similarity, taxonomy
from drehkreuz.skills.exits import SKILL_LEVEL, exits, occupation_feasibility, posts

MINING = "og-mining-power"
ORIGINS = 12
TOP = 10
FEASIBLE = 0.5
PAY_KEPT = 0.85
DRAWS = 200


def figures(folder: Path) -> list[Figure]:
    """Measure on a built model region."""
    region = open_region(folder)
    tree = taxonomy(region)
    pay = dict(zip(market().occupation_ids, market().numbers("pay_median").tolist(), strict=True))
    alike = similarity(tree.essential, tree.essential, tree)
    ours, plain, chance, possible, taught = [], [], [], [], []
    for name in origins(region):
        o = tree.occupation_index[name]
        good = sensible(region, tree, o, pay[name])
        others = np.flatnonzero(np.arange(len(good)) != o)
        ranked = [each.occupation for each in exits(region, tree, o, pay[name], top=TOP)]
        ours.append(mean(good[ranked]))
        taught.append(mean(sensible(region, tree, o, pay[name], on_the_job=True)[ranked]))
        plain.append(mean(good[others[np.argsort(-alike[o][others], kind="stable")[:TOP]]]))
        draws = np.random.default_rng(SEED)
        chance.append(mean([mean(good[draws.choice(others, TOP, replace=False)]) for _ in range(DRAWS)]))
        possible.append(min(int(good.sum()), TOP) / TOP)
    note = f"model region, {region.table('occupations').height} occupations"
    lead = np.array(ours) - np.array(chance)
    return [
        Figure("exits_sensible", mean(ours), "share", 0.5, "higher", note=f"{note}; {interval(ours)}"),
        Figure("exits_sensible_random", mean(chance), "share", note=interval(chance)),
        Figure("exits_sensible_plain", mean(plain), "share", note=f"most similar by skills; {interval(plain)}"),
        Figure("exits_sensible_possible", mean(possible), "share", note="if every sensible one stood first"),
        Figure("exits_sensible_taught", mean(taught), "share", note="counting what the employer teaches as brought"),
        Figure("exits_above_random", mean(lead), "share", 0.3, "higher", note=interval(lead)),
    ]


def origins(region: Region) -> list[str]:
    """Return the twelve occupations of mine and power plant that most people of the operator work in."""
    mine = region.table("broader").filter(broader_id=MINING)["concept_id"].implode()
    staff = region.table("people").filter(employer_group="lignite_operator")
    held = region.table("person_occupations").filter(pl.col("current"), pl.col("occupation_id").is_in(mine))
    counted = held.join(staff, on="person_id", how="semi").group_by("occupation_id").len()
    return counted.sort("len", "occupation_id", descending=[True, False])["occupation_id"].head(ORIGINS).to_list()


def sensible(
    region: Region, tree: Taxonomy, origin: int, pay_now: float, *, on_the_job: bool = False
) -> NDArray[np.bool_]:
    """Return of each occupation whether it is a sensible exit: elsewhere, feasible, near in level, paid, to be had."""
    mine = set(region.table("broader").filter(broader_id=MINING)["concept_id"])
    level = [SKILL_LEVEL.get(code[:1], 0) for code in region.table("occupations")["isco08"].fill_null("")]
    offered = {name: (openings, pay) for name, openings, pay in posts(region).iter_rows()}
    feasible = occupation_feasibility(tree, origin)
    if on_the_job:
        jobs = region.table("vacancies").filter(kind="job")
        share = dict(jobs.group_by("occupation_id").agg(pl.col("trainable_share").median()).iter_rows())
        feasible = feasible + np.array([share.get(name, 0.0) for name in tree.occupation_ids])
    good = []
    for o, name in enumerate(tree.occupation_ids):
        openings, pay = offered.get(name, (0, 0.0))
        near = abs(level[o] - level[origin]) <= 1
        good.append(
            name not in mine and feasible[o] >= FEASIBLE and near and pay >= PAY_KEPT * pay_now and openings > 0
        )
    return np.array(good)
