# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The whole paper on scenarios, in the order a council reads it."""

from __future__ import annotations

from typing import Final

from drehkreuz.region.fitted import refuse_mixture
from drehkreuz.reports.paper.document import Document
from drehkreuz.reports.paper.study.comparison import comparison
from drehkreuz.reports.paper.study.ends import annex, compared, limits, method
from drehkreuz.reports.paper.study.front import front
from drehkreuz.reports.paper.study.measures import measures
from drehkreuz.reports.paper.study.results import results
from drehkreuz.reports.paper.study.study import Study

MOST_NAMED: Final = 3
"""Scenarios that the title names."""


def study_paper(study: Study) -> Document:
    """
    Return the paper: page one, what was compared, the measures, results, comparison, method, limits, annex.

    Only where the people are fitted to official tables, and keep to them, does it say that it is for the region.

    Raises:
        InputError: If people of two kinds would be counted together.
    """
    refuse_mixture(study.region)
    words, known = study.words, study.known
    several = len(study.scenarios) > 1
    quoted = [words("study.quoted", title=scenario.title) for scenario in study.scenarios]
    title = study.scenarios[0].title
    if several:
        title = words("study.title_several", titles=words.listed(quoted, MOST_NAMED))
    of = "for_region" if study.for_region else "of_model" if study.modelled else "of_people"
    subtitle = words(f"study.{of}", title=known["title"], day=words.day(known["day"]))
    of_each = [
        results(study, scenario, f"s{at}-" if several else "") for at, scenario in enumerate(study.scenarios, start=1)
    ]
    side_by_side = [comparison(study)] if several else []
    return Document(
        title=title,
        subtitle=subtitle,
        language=words.language,
        day=known["day"],
        front=front(study),
        sections=(
            compared(study),
            measures(study),
            *side_by_side,
            *of_each,
            method(study),
            limits(study),
            annex(study),
        ),
        foot=words("study.foot_modelled" if study.modelled else "study.foot", title=title, region=known["title"]),
        keywords=tuple(words("study.keywords").split(", ")),
    )
