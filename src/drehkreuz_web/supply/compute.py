# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
What is taught against what is needed, worked out in a process of its own (see `drehkreuz_web.house.telling`).

The question is `of`: `seats`, `modules` or `places`. A large region is thinned, as for the planner's other figures, whose pair
relation is used again; who could learn where is counted of all.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any, Final

from drehkreuz.cli.output import plain
from drehkreuz.matching.market import prepare
from drehkreuz.matching.stages import relation_of_region
from drehkreuz.matching.teaching import created, design, placed
from drehkreuz.matching.thinning import share_for, thinned
from drehkreuz.planning.learning_places import learners
from drehkreuz.progress import SILENT, Progress, track
from drehkreuz.region import Cache, Region
from drehkreuz.reports.learning.design import design_answer, design_paper
from drehkreuz.reports.learning.places import places_answer
from drehkreuz.reports.learning.supply import supply_answer, teaching
from drehkreuz.reports.paper.document import Document, Facts, Paragraph
from drehkreuz.reports.words import LANGUAGES
from drehkreuz_web.house.telling import reply
from drehkreuz_web.supply.protect import rounded, step

MODULES: Final = 5
"""New modules that are looked for."""

BUILD: Final = 3
"""New learning places that are chosen together."""

CARE_AT: Final = "morning"
"""For which time they are chosen: the one that care duties leave."""


def compute(region: Region, asked: Mapping[str, Any], progress: Progress = SILENT) -> dict[str, Any]:
    """Return the answer to a question, fit for JSON, with `sample`, one of how many it was worked out from, and `step` (see `drehkreuz_web.supply.protect`)."""
    answer: dict[str, Any] = plain(QUESTIONS[asked["of"]](region, progress))
    return answer | {"step": step(region)}


def _seats(region: Region, progress: Progress) -> dict[str, Any]:
    k, cache = share_for(region), Cache.default()
    market = prepare(thinned(region, k), cache=cache, progress=progress)
    relation = relation_of_region(market, cache=cache, progress=progress)
    answer: dict[str, Any] = rounded(supply_answer(teaching(market, relation, progress=progress)), step(region))
    why = [row | {"seats": rounded(row["seats"], step(region), "empty")} for row in answer["why"]]
    return answer | {"why": why, "sample": k}


def _modules(region: Region, progress: Progress) -> dict[str, Any]:
    k, cache = share_for(region), Cache.default()
    market = prepare(thinned(region, k), cache=cache, progress=progress)
    relation = relation_of_region(market, cache=cache, progress=progress)
    for _ in track([MODULES], "design", progress):
        found = design(market, relation, MODULES)
    after = prepare(created(market, found.modules), cache=cache, progress=progress)
    verified = placed(after, relation_of_region(after, cache=cache, progress=progress)) - found.placed_today
    answers = {
        each: rounded(design_answer(market, found, MODULES, each, verified=verified), step(region))
        for each in LANGUAGES
    }
    papers = {each: _paper(design_paper(answers[each], each)) for each in LANGUAGES}
    return {"answers": answers, "papers": papers, "sample": k}


def _paper(document: Document) -> dict[str, Any]:
    """Return a paper's sentences, and its sections as titles with facts."""
    return {
        "front": [block.text for block in document.front if isinstance(block, Paragraph)],
        "sections": [
            {
                "title": section.title,
                "facts": [row for block in section.blocks if isinstance(block, Facts) for row in block.rows],
            }
            for section in document.sections
        ],
    }


def _places(region: Region, progress: Progress) -> dict[str, Any]:
    places = region.table("places")
    taught = places["place_id"].is_in(region.table("course_sessions")["place_id"].drop_nulls().implode())
    rows = (taught | (places["kind"] == "learning")).arg_true().to_list()
    found = learners(region, rows, cache=Cache.default(), progress=progress)
    answer: dict[str, Any] = rounded(places_answer(region, found, build=BUILD, when=CARE_AT), step(region))
    return answer | {"sample": 1}


QUESTIONS: Final[dict[str, Callable[[Region, Progress], dict[str, Any]]]] = {
    "seats": _seats,
    "modules": _modules,
    "places": _places,
}
"""What can be asked."""


if __name__ == "__main__":
    sys.exit(reply(compute, sys.argv[1:]))
