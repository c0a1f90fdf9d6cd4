# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""How much of what posts ask people bring: against the formula, its properties, and the whole of ESCO."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from drehkreuz.region import Manifest, Region
from drehkreuz.region.csr import Csr
from drehkreuz.skills import (
    SkillParameters,
    SkillProfiles,
    Taxonomy,
    feasibility,
    holdings,
    requirement_profiles,
    similarity,
    skill_profiles,
    taxonomy,
)
from drehkreuz.skills.rows import stacked
from drehkreuz.sources.esco import read_esco

N_SKILLS = 7
MakeRegion = Callable[..., Region]


@dataclass
class Case:
    """Two people, three posts, seven skills in up to three groups."""

    groups: list[set[int]]
    held: list[set[int]]
    must: list[set[int]]

    def region(self, make_region: MakeRegion, *, turned: bool = False) -> Region:
        """The region; turned: every table in the opposite order."""
        posts = [f"v{v}" for v in range(len(self.must))]
        people = [f"p{p}" for p in range(len(self.held))]
        tables: dict[str, list[dict[str, object]]] = {
            "skills": [{"skill_id": f"s{s}"} for s in range(N_SKILLS)],
            "occupations": [{"occupation_id": o} for o in posts],
            "broader": [
                {"concept_id": f"s{s}", "broader_id": f"g{g}", "concept": "skill"}
                for s in range(N_SKILLS)
                for g in sorted(self.groups[s])
            ],
            "occupation_skills": [
                {"occupation_id": v, "skill_id": f"s{s}", "relation": "essential"}
                for v, asked in zip(posts, self.must, strict=True)
                for s in sorted(asked)
            ],
            "vacancies": [{"vacancy_id": v, "occupation_id": v} for v in posts],
            "people": [{"person_id": p} for p in people],
            "person_skills": [
                {"person_id": p, "skill_id": f"s{s}"}
                for p, has in zip(people, self.held, strict=True)
                for s in sorted(has)
            ],
        }
        return make_region(**{name: rows[::-1] if turned else rows for name, rows in tables.items()})


def shares(region: Region, parameters: SkillParameters | None = None) -> dict[tuple[str, str], float]:
    """Feasibility by person and vacancy."""
    known = taxonomy(region)
    asked = requirement_profiles(region, known)
    people, posts = region.table("people")["person_id"], region.table("vacancies")["vacancy_id"]
    found = feasibility(
        skill_profiles(region, known), asked, known, range(len(people)), parameters or SkillParameters()
    )
    return {(p, v): found[i, asked.of_vacancy[j]] for i, p in enumerate(people) for j, v in enumerate(posts)}


skills = st.sets(st.integers(0, N_SKILLS - 1), max_size=5)
cases = st.builds(
    Case,
    groups=st.lists(st.sets(st.integers(0, 2), max_size=2), min_size=N_SKILLS, max_size=N_SKILLS),
    held=st.lists(skills, min_size=2, max_size=2),
    must=st.lists(skills, min_size=3, max_size=3),
)


@given(case=cases, credit=st.sampled_from([0.0, 0.3, 0.5, 0.9]), least=st.integers(1, 3))
def test_feasibility_is_what_the_formula_says(make_region: MakeRegion, case: Case, credit: float, least: int) -> None:
    """Summing weight × credit over the must skills, one by one, gives the same share."""
    region = case.region(make_region)
    weight = taxonomy(region).idf
    found = shares(region, SkillParameters(related_credit=credit, related_least=least))
    for p, has in enumerate(case.held):
        for v, must in enumerate(case.must):
            siblings = [{t for t in has if s != t and case.groups[s] & case.groups[t]} for s in range(N_SKILLS)]
            needed = min(least, max(1, *map(len, case.must)))
            beside = {s for s in range(N_SKILLS) if len(siblings[s]) >= needed}
            brought = sum(weight[s] * (1 if s in has else credit if s in beside else 0) for s in must)
            share = brought / sum(weight[s] for s in must) if must else 1.0
            assert found[f"p{p}", f"v{v}"] == pytest.approx(share, abs=1e-6)


@given(case=cases)
def test_feasibility_is_one_only_when_all_is_held(make_region: MakeRegion, case: Case) -> None:
    """The share is exactly 1 if and only if every must skill is held, and always between 0 and 1."""
    for (p, v), share in shares(case.region(make_region)).items():
        assert 0 <= share <= 1
        assert (share == 1) == (case.must[int(v[1:])] <= case.held[int(p[1:])])


@settings(max_examples=25)
@given(case=cases, more=skills)
def test_feasibility_never_falls_with_skills_held(make_region: MakeRegion, case: Case, more: set[int]) -> None:
    """Who learns something brings no smaller share of anything."""
    richer = replace(case, held=[has | more for has in case.held])
    before, after = (shares(each.region(make_region)) for each in (case, richer))
    assert all(after[pair] >= before[pair] for pair in before)


@settings(max_examples=25)
@given(case=cases)
def test_feasibility_does_not_depend_on_the_order_of_rows(make_region: MakeRegion, case: Case) -> None:
    """Turning every table round changes not a bit."""
    assert shares(case.region(make_region)) == shares(case.region(make_region, turned=True))


def test_a_block_is_a_part_of_the_whole(make_region: MakeRegion) -> None:
    """Computed for a block of people, the rows are those of computing for all."""
    region = Case([{0}] * N_SKILLS, [{0}, {1, 2}, set(), {5}], [{0, 1}, {5, 6}]).region(make_region)
    known = taxonomy(region)
    given_ = (skill_profiles(region, known), requirement_profiles(region, known), known)
    assert np.array_equal(feasibility(*given_, range(4))[1:3], feasibility(*given_, range(1, 3)))


def test_three_of_four_alike_skills_are_three_quarters(make_region: MakeRegion) -> None:
    """Of four skills of one weight, three bring exactly 0.75, and two siblings of the fourth an eighth more, one nothing."""
    groups = [set(), set(), set(), {1, 2}, {1}, {2}, set()]
    region = Case(groups, [{0, 1, 2, 5}, {0, 1, 2, 4, 5}], [{0, 1, 2, 3}]).region(make_region)
    assert shares(region) == {("p0", "v0"): 0.75, ("p1", "v0"): 0.875}


def test_holdings_tell_held_from_related(make_region: MakeRegion) -> None:
    """What is held is not related as well; what is only beside two skills held is."""
    region = Case([{0}, {0}, {0, 1}, {1}, set(), set(), set()], [{0, 1}], [{0}]).region(make_region)
    known = taxonomy(region)
    held, related = holdings(skill_profiles(region, known), known, np.arange(N_SKILLS), range(1))
    assert np.flatnonzero(held[0]).tolist() == [0, 1]
    assert np.flatnonzero(related[0]).tolist() == [2]


@given(left=st.lists(skills, min_size=1, max_size=4), right=st.lists(skills, min_size=1, max_size=4))
def test_similarity_is_the_weighted_jaccard_index(
    make_region: MakeRegion, left: list[set[int]], right: list[set[int]]
) -> None:
    """Common weight over all weight, the same both ways round; nothing and nothing have nothing in common."""
    known = taxonomy(Case([set()] * N_SKILLS, [], [{0, 1, 2}, {0, 3}]).region(make_region))
    weight = known.idf

    def rows(sets: list[set[int]]) -> Csr:
        return stacked([sorted(each) for each in sets])

    found = similarity(rows(left), rows(right), known)
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            union = sum(weight[s] for s in a | b)
            assert found[i, j] == pytest.approx(sum(weight[s] for s in a & b) / union if union else 0.0)
    assert np.array_equal(found, similarity(rows(right), rows(left), known).T)


def test_empty_region_has_no_shares(make_region: MakeRegion) -> None:
    """Without people and posts the block is empty, not an error."""
    region = make_region()
    known = taxonomy(region)
    found = feasibility(skill_profiles(region, known), requirement_profiles(region, known), known, range(0))
    assert found.shape == (0, 0)


@pytest.mark.data
def test_whole_of_esco(data: Path) -> None:
    """For 300 people and 120 vacancies on ESCO's 3,007 occupations and 13,896 skills, sampled shares are those summed plainly."""
    tables, _ = read_esco([data / "esco" / "v1.1.1-en"])
    chance = np.random.default_rng(7)
    occupations = tables["occupations"]["occupation_id"].sort().to_numpy()
    held = chance.choice(occupations, 300)
    posts = chance.choice(occupations, 120, replace=False)
    people = [f"p{i}" for i in range(300)]
    more = {
        "people": pl.DataFrame({"person_id": people}),
        "person_occupations": pl.DataFrame({"person_id": people, "occupation_id": held, "years": [18.0] * 300}),
        "vacancies": pl.DataFrame({"vacancy_id": [f"v{i}" for i in range(120)], "occupation_id": posts}),
    }
    region = Region(Manifest("esco", "ESCO", date(2026, 11, 23), "de", {}), tables | more)
    known = taxonomy(region)
    profiles, asked = skill_profiles(region, known), requirement_profiles(region, known)
    found = feasibility(profiles, asked, known, range(300))
    assert len(known.occupation_ids) == 3007
    assert len(known.skill_ids) == 13896
    assert found[:, asked.of_vacancy].shape == (300, 120)
    for p in range(0, 300, 60):
        for r in range(0, len(asked), 15):
            assert found[p, r] == pytest.approx(plain_share(known, profiles, asked.must.row(r), p), abs=1e-12)


def plain_share(known: Taxonomy, profiles: SkillProfiles, must: NDArray[np.int32], p: int) -> float:
    has = set(profiles.skills.row(p).tolist())
    credit = [
        1.0 if s in has else 0.5 if len(has & set(known.related.row(s).tolist())) >= 2 else 0.0 for s in must.tolist()
    ]
    return float((known.idf[must] * credit).sum() / known.idf[must].sum())
