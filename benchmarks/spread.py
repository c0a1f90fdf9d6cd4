# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Whether the interval of feasibility holds what it promises, on posts of the model region that its rates have not seen."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.harness import Figure
from benchmarks.resampling import SEED, halves, mean
from drehkreuz.region import open_region
from drehkreuz.skills import SkillProfiles, feasibility, requirement_profiles, skill_profiles, taxonomy
from drehkreuz.skills.rows import stacked
from drehkreuz.skills.spread import feasibility_interval, rates

PEOPLE = 200


def figures(folder: Path) -> list[Figure]:
    """Count rates on half of the posts, and how often the other half lies within the interval of its occupation."""
    region = open_region(folder)
    tree = taxonomy(region)
    profiles, requirements = skill_profiles(region, tree), requirement_profiles(region, tree)
    seen, held = halves(range(len(requirements.of_vacancy)))
    stated = rates(requirements, tree, requirements.of_vacancy[seen])
    chosen = np.sort(np.random.default_rng(SEED).choice(len(profiles.skills), PEOPLE, replace=False)).tolist()
    skills = stacked([profiles.skills.row(p).tolist() for p in chosen])
    nothing = np.zeros(len(skills.indices), dtype=np.int32)
    some, people = SkillProfiles(skills, nothing, nothing), range(PEOPLE)  # through what is not asked here
    truth = feasibility(some, requirements, tree, people)
    inside, width = [], []
    for occupation in np.unique(requirements.occupation).tolist():
        posts = [r for r in requirements.of_vacancy[held].tolist() if requirements.occupation[r] == occupation]
        between = feasibility_interval(some, tree, occupation, people, stated)
        low, high = between[:, [0]], between[:, [2]]
        inside.append(((truth[:, posts] >= low - 1e-9) & (truth[:, posts] <= high + 1e-9)).ravel())
        width.append(np.repeat(high - low, len(posts)))
    note = f"{PEOPLE} people x {len(held)} posts held back; dropped {stated.dropped:.3f}, added {stated.added:.3f}"
    return [
        Figure("interval_coverage", mean(np.concatenate(inside)), "share", 0.85, "higher", note=f"{note}; nominal 0.9"),
        Figure("interval_width", mean(np.concatenate(width)), "share", note="mean, upper less lower value"),
    ]
