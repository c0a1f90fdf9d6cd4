# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from drehkreuz.skills import SkillProfiles, feasibility, requirement_profiles, taxonomy
from drehkreuz.skills.parameters import SkillParameters
from drehkreuz.skills.rows import stacked
from drehkreuz.skills.spread import Rates, feasibility_interval, rates
from skills.taxonomies import asks

if TYPE_CHECKING:
    from drehkreuz.region import Region
    from drehkreuz.skills import Taxonomy

EXACT = Rates(0.0, 0.0)
LOOSE = Rates(0.3, 0.2)


@pytest.fixture(scope="module")
def region(make_region: Any) -> Region:
    return make_region(
        occupations=[{"occupation_id": name} for name in ("digger", "baker", "idle")],
        skills=[{"skill_id": skill} for skill in ("dig", "knead", "lift", "oven", "safety", "weld")],
        broader=[{"concept_id": s, "broader_id": "earth", "concept": "skill"} for s in ("dig", "lift")],
        occupation_skills=asks("digger", essential="dig safety weld", optional="lift")
        + asks("baker", essential="knead oven"),
    )


@pytest.fixture(scope="module")
def tree(region: Region) -> Taxonomy:
    return taxonomy(region)


def people(tree: Taxonomy, *skills: str) -> SkillProfiles:
    rows = stacked([sorted(tree.skill_index[name] for name in text.split()) for text in skills])
    nothing = np.zeros(len(rows.indices), dtype=np.int32)
    return SkillProfiles(rows, nothing, nothing)


def test_without_spread_it_is_one_value(region: Region, tree: Taxonomy, village: Region) -> None:
    """Where posts ask exactly what the occupation lists, the interval is the feasibility itself."""
    assert len(region.table("vacancies")) == 0
    some = people(tree, "dig safety weld", "lift", "knead", "")
    between = feasibility_interval(some, tree, 0, range(4), EXACT, parameters=SkillParameters(related_least=1))
    whole = tree.idf[tree.essential.row(0)].sum()
    lift = 0.5 * tree.idf[tree.skill_index["dig"]] / whole
    assert between == pytest.approx(np.repeat([[1.0], [lift], [0.0], [0.0]], 3, axis=1))

    real = taxonomy(village)
    requirements = requirement_profiles(village, real)
    plain = [r for r in range(len(requirements)) if _as_listed(requirements.must.row(r), real, requirements, r)]
    everybody = people(real, *[" ".join(real.skill_ids[:k]) for k in range(0, len(real.skill_ids), 40)])
    group = range(len(everybody.skills))
    exact = feasibility(everybody, requirements, real, group)
    for r in plain[:5]:
        found = feasibility_interval(everybody, real, int(requirements.occupation[r]), group, EXACT)
        assert found[:, 1] == pytest.approx(exact[:, r])


def _as_listed(must: Any, tree: Taxonomy, requirements: Any, profile: int) -> bool:
    return set(must) == set(tree.essential.row(int(requirements.occupation[profile])))


def test_median_and_limits_by_enumeration(tree: Taxonomy) -> None:
    """The values are those of all posts that can be drawn, each as often as its probability says, but for chance."""
    some = people(tree, "dig weld")
    listed = [*tree.essential.row(0), *tree.optional.row(0)]
    chance = [1 - LOOSE.dropped] * 3 + [LOOSE.added]
    credit = [1.0 if tree.skill_ids[s] in {"dig", "weld"} else 0.5 * (tree.skill_ids[s] == "lift") for s in listed]
    drawn = []
    for asked in product([False, True], repeat=len(listed)):
        whole = sum(tree.idf[s] for s, a in zip(listed, asked, strict=True) if a)
        part = sum(tree.idf[s] * c for s, a, c in zip(listed, asked, credit, strict=True) if a)
        probability = np.prod([p if a else 1 - p for p, a in zip(chance, asked, strict=True)])
        drawn.append((part / whole if whole else 1.0, probability))
    values, weight = np.array(sorted(drawn)).T
    found_of = feasibility_interval(some, tree, 0, range(1), LOOSE, parameters=SkillParameters(related_least=1))[0]
    for quantile, found in zip((0.05, 0.5, 0.95), found_of, strict=True):
        below, upto = weight[values < found - 1e-9].sum(), weight[values <= found + 1e-9].sum()
        # 500 draws: the share below a value strays by at most 0.022, a standard deviation, from what it should be.
        assert below - 0.06 <= quantile <= upto + 0.06


def test_block_of_people_does_not_matter(tree: Taxonomy) -> None:
    """A person has the same interval alone and among others."""
    some = people(tree, "dig", "weld safety", "oven", "dig lift")
    together = feasibility_interval(some, tree, 0, range(4), LOOSE)
    alone = np.vstack([feasibility_interval(some, tree, 0, range(p, p + 1), LOOSE) for p in range(4)])
    assert np.array_equal(together, alone)


def test_more_skills_never_lower_it(tree: Taxonomy) -> None:
    """Who brings more has no lower value anywhere; who brings nothing has 0, and what asks nothing is met."""
    less, more, nothing = feasibility_interval(people(tree, "dig", "dig weld", ""), tree, 0, range(3), EXACT)
    assert np.all(more >= less)
    assert np.all(nothing == 0)
    assert np.all(feasibility_interval(people(tree, ""), tree, 2, range(1), LOOSE) == 1)


def test_wider_share_wider_interval(tree: Taxonomy) -> None:
    """An interval for more posts holds one for fewer."""
    some = people(tree, "dig weld")
    wide = feasibility_interval(some, tree, 0, range(1), LOOSE, share=0.98)[0]
    narrow = feasibility_interval(some, tree, 0, range(1), LOOSE, share=0.5)[0]
    assert wide[0] <= narrow[0] <= narrow[2] <= wide[2]


def test_rates_are_counted(village: Region) -> None:
    """The rates are the shares of listed skills that posts leave out or add, counted post by post."""
    tree = taxonomy(village)
    requirements = requirement_profiles(village, tree)
    dropped = added = essential = optional = 0
    for r in requirements.of_vacancy.tolist():
        o, must = int(requirements.occupation[r]), set(requirements.must.row(r).tolist())
        listed, beside = set(tree.essential.row(o).tolist()), set(tree.optional.row(o).tolist())
        dropped, essential = dropped + len(listed - must), essential + len(listed)
        added, optional = added + len(beside & must), optional + len(beside)
    found = rates(requirements, tree, requirements.of_vacancy)
    assert found == Rates(dropped / essential, added / optional if optional else 0.0)
    assert rates(requirements, tree, requirements.of_vacancy[:0]) == EXACT
