# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What scenarios change, worked out in a process of its own (see `drehkreuz_web.house.telling`): `{"scenarios": [text of TOML, …]}`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from drehkreuz.cli.output import plain
from drehkreuz.matching.thinning import share_for, thinned
from drehkreuz.measures.paired import Evaluator, whole_on
from drehkreuz.measures.paired.replicates import replicates, swings
from drehkreuz.progress import SILENT, Progress
from drehkreuz.region import Cache, Region
from drehkreuz.reports.paper.html import page
from drehkreuz.reports.paper.study import Studied, Study, study_paper
from drehkreuz.reports.scenario import better, scenario_answer, uncertainty
from drehkreuz.reports.words import LANGUAGES, Words
from drehkreuz.sources.scenario import Scenario, scenario_of
from drehkreuz.sources.settings import parse_settings
from drehkreuz_web.house.telling import reply

WORLDS: Final = 10
"""Worlds computed for intervals: few, since somebody waits; the report says how many."""

FIGURE: Final = "more_filled"
"""What counts where scenarios are compared."""


def compute(region: Region, texts: Sequence[str], progress: Progress = SILENT) -> dict[str, Any]:
    """
    Return what scenarios change, fit for JSON.

    A large region is thinned: `sample` tells to one of how many; counts stand for all.

    Args:
        region: The region.
        texts: The scenarios, TOML.
        progress: Told of every piece of work.

    Returns:
        `answers`: by language the answers of `drehkreuz.reports.scenario.scenario_answer`; `reports`: by language the paper as
        HTML; `sample`.

    Raises:
        InputError: If a scenario cannot be worked out as it stands.
    """
    k = share_for(region)
    part = thinned(region, k)
    asked = [scenario_of(parse_settings(text, "scenario.toml"), part) for text in texts]
    day = max(whole_on([measure for each in asked for measure in each.measures]), part.manifest.day)
    with ThreadPoolExecutor() as executor:
        evaluator = Evaluator.of(part, day, cache=Cache.default(), executor=executor, progress=progress)
        before = evaluator.baseline()
        found = [evaluator.evaluate(before, each.measures) for each in asked]
        many = replicates(evaluator, [each.measures for each in asked], WORLDS, progress)
        drivers = [swings(evaluator, each.measures, FIGURE, progress=progress) for each in asked]
    answers, reports = {}, {}
    for language in LANGUAGES:
        told = [scenario_answer(each.title, one, language) for each, one in zip(asked, found, strict=True)]
        for number, answer in enumerate(told):
            answer["uncertainty"] = uncertainty(many, number, {FIGURE: drivers[number]})
        compared = better(many, [each.title for each in asked], FIGURE)
        studied = tuple(
            Studied(each.title, each.text, text, one, answer, None)
            for each, text, one, answer in zip(asked, texts, found, told, strict=True)
        )
        study = Study(studied, compared, FIGURE, WORLDS, _command(asked), Words(language))
        answers[language], reports[language] = told, page(study_paper(study))
    result: dict[str, Any] = plain({"answers": answers, "sample": k}) | {"reports": reports}
    return result


def _command(asked: Sequence[Scenario]) -> str:
    files = " ".join(f"scenario-{n}.toml" for n in range(1, len(asked) + 1))
    return f"drehkreuz scenario report {files} --region REGION --worlds {WORLDS} --no-portfolio --out report.html"


if __name__ == "__main__":
    sys.exit(reply(lambda region, asked, progress: compute(region, asked["scenarios"], progress), sys.argv[1:]))
