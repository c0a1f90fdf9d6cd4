# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
What a counsellor prints for each person of the model region of Aachen who asks for one job: learning plans, as files to be read.

Run as a program, this file writes the plans as they are now: `PYTHONPATH=tests python tests/journeys/test_plans_of_stories.py`.
"""

from __future__ import annotations

import io
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest
from rich.console import Console

from drehkreuz.cli.commute_screen import show
from drehkreuz.matching.market import Market, prepare, with_person
from drehkreuz.region import Cache, Region
from drehkreuz.reports.learning.plan import plan_answer
from drehkreuz.reports.learning.plan_paper import plan_paper
from journeys.aachen_stories import Stories, read_stories, small_region

GOLDEN: Final = Path(__file__).parent / "plans"
WIDTH: Final = 110

ASKED: Final = {
    "azubi-mit-kind": ("o-medical-assistant", "apprenticeship_dual"),
    "baggerfahrer-inden": ("o-truck-driver", "job"),
    "betriebselektriker": ("o-robot-technician", "job"),
    "buerokauffrau-teilzeit": ("o-payroll-clerk", "job"),
    "helfer-ohne-abschluss": ("o-machine-operator", "job"),
    "ingenieurin-b1": ("o-process-engineer", "job"),
    "kraftwerker-57": ("o-facility-technician", "job"),
    "kraftwerker-58": ("o-facility-technician", "job"),
    "monschau-ohne-auto": ("o-public-administration-clerk", "job"),
    "partner-der-pflegekraft": ("o-industrial-mechanic", "job"),
    "pendlerin-kerkrade": ("o-dispatcher", "job"),
    "schichtleiter": ("o-production-supervisor", "job"),
    "schweisser-fremdfirma": ("o-plumber-heating", "job"),
    "studienaussteigerin": ("o-mechatronics-technician", "job"),
}
"""What each person would like to be, and the kind of post."""

# REUSE-IgnoreStart
HEADER: Final = "# SPDX-FileCopyrightText: 2026 The Drehkreuz authors\n# SPDX-License-Identifier: Apache-2.0\n\n"
# REUSE-IgnoreEnd

Plans = dict[str, dict[str, Any]]


def planned(region: Region, people: Stories) -> Plans:
    """Return each person's plan to the post that they ask for, in German."""
    market = prepare(region, cache=Cache.default())
    return {name: _planned(market, people, name) for name in ASKED}


def _planned(market: Market, people: Stories, name: str) -> dict[str, Any]:
    occupation, kind = ASKED[name]
    person = people[name]
    posts = market.region.table("vacancies").filter(occupation_id=occupation, kind=kind)["vacancy_id"]
    target = posts[0] if len(posts) == 1 else occupation
    return plan_answer(with_person(market, person.tables, person.weights), target, label=person.label)


def shown(answer: dict[str, Any]) -> str:
    """Return a plan as a terminal shows it."""
    console = Console(file=io.StringIO(), width=WIDTH, highlight=False, markup=False)
    show(plan_paper(answer, "de"), console)
    return "\n".join(line.rstrip() for line in str(console.file.getvalue()).splitlines()) + "\n"


@pytest.fixture(scope="module")
def plans(model: Region, stories: Stories) -> Plans:
    """Everybody's plan."""
    return planned(model, stories)


@pytest.mark.parametrize("name", ASKED)
def test_the_plan_is_told(plans: Plans, name: str) -> None:
    """The plan is the one that was read as a counsellor would and found right; the docstring above says how it is written anew."""
    assert HEADER + shown(plans[name]) == (GOLDEN / f"{name}.de.txt").read_text(encoding="utf-8")


def test_every_story_has_a_plan_to_read(stories: Stories) -> None:
    """No person of examples/aachen is left out."""
    assert set(ASKED) == set(stories)


def test_no_timetable_is_impossible(plans: Plans) -> None:
    """In every variant one course follows the other, and a course by day beside work asks for leave before everything else."""
    for answer in plans.values():
        for variant in answer["variants"]:
            assert all(one["end"] < two["start"] for one, two in pairwise(variant["steps"]))
        front = " ".join(str(block) for block in plan_paper(answer, "de").front)
        assert ("Freistellung nötig" in front) == bool(answer["variants"] and answer["post"]["learning"]["at_work"])


def test_ages_are_answered_differently(plans: Plans) -> None:
    """Of the two power-plant operators the one of 57 is to ask about adjustment pay, to the one of 58 it fits; the courses are the same."""
    younger, older = plans["kraftwerker-57"], plans["kraftwerker-58"]
    assert younger["variants"] == older["variants"]
    standing = [
        {option["rule_id"]: option["standing"] for option in answer["staying"]["options"]}
        for answer in (younger, older)
    ]
    differ = {
        rule: (standing[0][rule], standing[1][rule]) for rule in standing[0] if standing[0][rule] != standing[1][rule]
    }
    assert len(differ) == 2
    assert set(differ.values()) == {("ask", "fits")}
    assert shown(younger) != shown(older)


def test_nobody_pays_without_being_told_whom_to_ask(plans: Plans) -> None:
    """Every course with a fee names who may pay, or that nobody is known to, and what to settle before enrolling."""
    for answer in plans.values():
        if any(step["fee_eur"] for variant in answer["variants"][:1] for step in variant["steps"]):
            text = " ".join(shown(answer).split())
            assert "Wer zahlen kann" in text
            assert "Förderung klären, bevor Sie sich anmelden" in text or "keine Förderung bekannt" in text


def main() -> None:
    """Write every plan as it is now."""
    GOLDEN.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        region = small_region(Path(folder) / "aachen")
        for name, answer in planned(region, read_stories(region)).items():
            (GOLDEN / f"{name}.de.txt").write_text(HEADER + shown(answer), encoding="utf-8")
            sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
