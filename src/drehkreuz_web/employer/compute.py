# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
The report on a firm's ways, worked out in a process of its own (see `drehkreuz_web.house.telling`).

The question is `place` (an id of table `places`, or `[lat, lon, name]`), `ticket_share`, `snapped`, `notes`, and the people as
`drehkreuz_web.employer.people.plain` gives them.
"""

from __future__ import annotations

import sys
from base64 import b64encode
from dataclasses import replace
from typing import Any

from drehkreuz.cli.output import plain
from drehkreuz.commuting import ASSUMED, with_workplace
from drehkreuz.commuting.analysis import analyse
from drehkreuz.errors import DrehkreuzError
from drehkreuz.progress import SILENT, Progress
from drehkreuz.region import Region, row_of
from drehkreuz.reports.commuting.answer import analysis_answer
from drehkreuz.reports.commuting.paper import commuting_paper
from drehkreuz.reports.paper.document import Document
from drehkreuz.reports.paper.html import body, page
from drehkreuz.reports.paper.typst import pdf
from drehkreuz.reports.words import LANGUAGES
from drehkreuz_web.employer.people import workforce
from drehkreuz_web.house.telling import reply


def compute(region: Region, asked: dict[str, Any], progress: Progress = SILENT) -> dict[str, Any]:
    """
    Return the report on a firm's ways, fit for JSON.

    Args:
        region: The region.
        asked: The question.
        progress: Told of every part.

    Returns:
        `answer`, from `drehkreuz.reports.commuting.answer.analysis_answer`; by language `bodies` for a page of the site, `reports` as HTML
        that stands by itself, `pdfs` in base64, None where Typst is not installed.

    Raises:
        InputError: If fewer people are told of than figures may be shown of.
    """
    place = asked["place"]
    if isinstance(place, str):
        row = row_of(region, "places", place)
    else:
        region, row = with_workplace(region, *place)
    parameters = replace(ASSUMED, ticket_share=asked["ticket_share"])
    found = analyse(region, row, workforce(asked["people"]), parameters=parameters, progress=progress)
    answer = analysis_answer(found, snapped=asked["snapped"], notes=asked["notes"])
    papers = {language: commuting_paper(answer, language) for language in LANGUAGES}
    result: dict[str, Any] = plain({"answer": answer})
    return result | {
        "bodies": {language: body(paper) for language, paper in papers.items()},
        "reports": {language: page(paper) for language, paper in papers.items()},
        "pdfs": {language: _pdf(paper) for language, paper in papers.items()},
    }


def _pdf(paper: Document) -> str | None:
    try:
        return b64encode(pdf(paper)).decode()
    except DrehkreuzError:  # Typst is not installed
        return None


if __name__ == "__main__":
    sys.exit(reply(compute, sys.argv[1:]))
