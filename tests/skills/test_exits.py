# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from drehkreuz.skills import taxonomy
from drehkreuz.skills.exits import exits, occupation_feasibility
from drehkreuz.skills.parameters import PARAMETERS
from skills.taxonomies import asks

if TYPE_CHECKING:
    from drehkreuz.region import Region

OCCUPATIONS = {
    "digger": ("8342", "shrinking"),
    "dozer": ("8342", "shrinking"),
    "crane": ("8343", "stable"),
    "solar": ("7411", "growing"),
    "poet": ("2641", "stable"),
    "closed": ("8343", "growing"),
}
ASKED = {
    "digger": ("dig safety repair", "lift weld"),
    "dozer": ("dig safety", ""),
    "crane": ("lift safety", ""),
    "solar": ("wire safety", ""),
    "poet": ("rhyme repair", ""),
    "closed": ("lift safety", ""),
}


def post(name: str, occupation: str, **others: object) -> dict[str, object]:
    own = {"vacancy_id": name, "title": name, "occupation_id": occupation, "place_id": "p", "start": date(2027, 1, 1)}
    terms = {"hours_min": 38.0, "hours_max": 38.0, "shift_system_id": "day", "pay_min": 3000.0, "pay_max": 4000.0}
    return own | terms | others


@pytest.fixture(scope="module")
def region(make_region: Any) -> Region:
    return make_region(
        occupations=[
            {"occupation_id": name, "isco08": code, "outlook": outlook} for name, (code, outlook) in OCCUPATIONS.items()
        ],
        skills=[{"skill_id": skill} for skill in ("dig", "lift", "repair", "rhyme", "safety", "weld", "wire")],
        broader=[{"concept_id": s, "broader_id": "electric", "concept": "skill"} for s in ("repair", "weld", "wire")],
        occupation_skills=[
            row for name, (must, nice) in ASKED.items() for row in asks(name, essential=must, optional=nice)
        ],
        vacancies=[
            post("v1", "dozer"),
            post("v2", "crane", openings=3),
            post("v3", "solar", pay_min=2000.0, pay_max=2200.0),
            post("v4", "crane", pay_min=4000.0, pay_max=6000.0),
            post("v5", "poet"),
            post("v6", "closed", kind="internship"),
        ],
    )


def test_feasibility_by_hand(region: Region) -> None:
    """What an occupation brings to another is the weighted share, with part credit for a skill beside two it has."""
    tree = taxonomy(region)
    weight = dict(zip(tree.skill_ids, tree.idf, strict=True))
    brought = occupation_feasibility(tree, tree.occupation_index["digger"])
    assert brought[:3].tolist() == [1.0, 1.0, 1.0]
    solar = (weight["safety"] + PARAMETERS.related_credit * weight["wire"]) / (weight["safety"] + weight["wire"])
    assert brought[3] == pytest.approx(solar)
    assert brought[4] == pytest.approx(weight["repair"] / (weight["repair"] + weight["rhyme"]))


def test_an_exit_leads_out(region: Region) -> None:
    """A stable occupation goes before one that shrinks though it is as near; what has no job is left out."""
    tree = taxonomy(region)
    found = exits(region, tree, tree.occupation_index["digger"], 3500.0)
    names = [tree.occupation_ids[each.occupation] for each in found]
    assert names[0] == "crane"
    assert names.index("dozer") > 0
    assert not {"closed", "digger"} & set(names)


def test_scores_by_the_formula(region: Region) -> None:
    """The rank is feasibility times pay kept times outlook, halved for each skill level beyond the next."""
    tree = taxonomy(region)
    brought = occupation_feasibility(tree, tree.occupation_index["digger"])
    found = {
        tree.occupation_ids[each.occupation]: each
        for each in exits(region, tree, tree.occupation_index["digger"], 3500.0)
    }
    assert (found["crane"].openings, found["crane"].pay) == (4, 4250.0)
    assert found["crane"].score == pytest.approx(1.0)
    assert found["dozer"].score == pytest.approx(0.5)
    assert found["solar"].score == pytest.approx(brought[3] * 2100 / 3500 * 1.1)
    assert found["poet"].score == pytest.approx(brought[4] * 0.5)


def test_pay_today_unknown(region: Region) -> None:
    """Without pay today no exit is marked down for its pay, and only as many are listed as asked for."""
    tree = taxonomy(region)
    found = exits(region, tree, 0, 0.0, top=2)
    assert len(found) == 2
    assert np.all(np.diff([each.score for each in found]) <= 0)
