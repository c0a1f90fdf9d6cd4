# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Weights, siblings and names of the taxonomy."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from drehkreuz.errors import InputError
from drehkreuz.region import Region
from drehkreuz.skills import taxonomy
from skills.taxonomies import asks

OCCUPATIONS = [{"occupation_id": name} for name in ("digger", "fitter", "driver")]
SKILLS = [{"skill_id": name} for name in ("safety", "hydraulics", "crane", "unused")]


@pytest.fixture(scope="module")
def region(make_region: Callable[..., Region]) -> Region:
    return make_region(
        occupations=OCCUPATIONS,
        skills=SKILLS,
        occupation_skills=[
            *asks("digger", essential="safety crane", optional="hydraulics"),
            *asks("fitter", essential="hydraulics", optional="safety hydraulics"),
            *asks("driver", essential="safety"),
        ],
        broader=[
            {"concept_id": "hydraulics", "broader_id": "machines", "concept": "skill"},
            {"concept_id": "crane", "broader_id": "machines", "concept": "skill"},
            {"concept_id": "crane", "broader_id": "lifting", "concept": "skill"},
            {"concept_id": "unused", "broader_id": "lifting", "concept": "skill"},
            {"concept_id": "machines", "broader_id": "all", "concept": "skill"},
            {"concept_id": "lifting", "broader_id": "all", "concept": "skill"},
            {"concept_id": "digger", "broader_id": "machines", "concept": "occupation"},
        ],
        labels=[
            {"concept_id": "crane", "concept": "skill", "language": "de", "kind": "preferred", "text": "Kran führen"},
            {"concept_id": "crane", "concept": "skill", "language": "en", "kind": "preferred", "text": "operate crane"},
            {"concept_id": "crane", "concept": "skill", "language": "nl", "kind": "alternative", "text": "kraan"},
            {"concept_id": "safety", "concept": "skill", "language": "fr", "kind": "preferred", "text": "sécurité"},
        ],
    )


def test_weight_falls_with_the_number_of_occupations_that_ask(region: Region) -> None:
    """The weight is ln((1 + n) / (1 + nₛ)) + 1, to within half a step of the grid, and never 0."""
    asked_by = np.array([3, 2, 1, 0])
    assert taxonomy(region).idf == pytest.approx(np.log(4 / (1 + asked_by)) + 1, abs=2**-17)
    assert taxonomy(region).idf.min() == 1.0


def test_sums_of_weights_do_not_depend_on_their_order(region: Region) -> None:
    """Weights lie on a grid, so that sums of many of them are exact."""
    weights = np.repeat(taxonomy(region).idf, 1000)
    assert weights.sum() == weights[::-1].cumsum()[-1] == 1000 * taxonomy(region).idf.sum()


def test_essential_wins_over_optional(region: Region) -> None:
    """A relation given twice counts once, as essential."""
    known = taxonomy(region)
    fitter = known.occupation_index["fitter"]
    assert known.essential.row(fitter).tolist() == [known.skill_index["hydraulics"]]
    assert known.optional.row(fitter).tolist() == [known.skill_index["safety"]]


def test_siblings_share_an_immediate_broader_concept(region: Region) -> None:
    """Siblings have a parent in common; a common grandparent is not enough, and nothing is its own sibling."""
    known = taxonomy(region)
    related = {name: {known.skill_ids[t] for t in known.related.row(s)} for name, s in known.skill_index.items()}
    assert related == {"safety": set(), "hydraulics": {"crane"}, "crane": {"hydraulics", "unused"}, "unused": {"crane"}}


def test_name_falls_back_from_language_to_language_to_id(region: Region) -> None:
    """A missing label is taken from German, English, Dutch, French in this order; without any, the id stands."""
    known = taxonomy(region)
    assert known.label("crane", "en") == "operate crane"
    assert known.label("crane", "nl") == "Kran führen"
    assert known.label("safety", "de") == "sécurité"
    assert known.label("hydraulics", "de") == "hydraulics"


def test_relation_to_an_unknown_occupation_is_named(make_region: Callable[..., Region]) -> None:
    """A dangling id raises one finding with table, row, column, value and what to do."""
    with pytest.raises(InputError, match=r"occupation_skills:diger safety: occupation_id 'diger': is not in table occ"):
        taxonomy(
            make_region(occupations=OCCUPATIONS, skills=SKILLS, occupation_skills=asks("diger", essential="safety"))
        )


def test_empty_region_has_an_empty_taxonomy(make_region: Callable[..., Region]) -> None:
    """A region without occupations and skills is no error."""
    known = taxonomy(make_region())
    assert len(known.idf) == len(known.related) == len(known.essential) == 0
