# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
The report on the ways of a firm or a business park, worked out in a process of its own (see `drehkreuz_web.house.telling`).

The question is `place` (an id of table `places`, or `[lat, lon, name]`), and of a firm `ticket_share`, `snapped`, `notes`, and the people
as `drehkreuz_web.employer.people.plain` gives them, of a park `parts`: the name of each firm and the rows of its table.
"""

from __future__ import annotations

import sys
from base64 import b64encode
from dataclasses import replace
from typing import Any

from drehkreuz.cli.output import plain
from drehkreuz.commuting import ASSUMED, with_workplace
from drehkreuz.commuting.analysis import analyse
from drehkreuz.commuting.park import business_park
from drehkreuz.commuting.sharing import shared
from drehkreuz.errors import DrehkreuzError
from drehkreuz.progress import SILENT, Progress
from drehkreuz.region import Region, row_of
from drehkreuz.reports.commuting.answer import analysis_answer
from drehkreuz.reports.commuting.paper import commuting_paper
from drehkreuz.reports.commuting.park import park_answer, park_paper
from drehkreuz.reports.paper.document import Document
from drehkreuz.reports.paper.html import body, page
from drehkreuz.reports.paper.typst import pdf
from drehkreuz.reports.words import LANGUAGES, Language
from drehkreuz.sources.park_part import part_of
from drehkreuz_web.employer.people import NAME, workforce
from drehkreuz_web.house.telling import reply


def compute(region: Region, asked: dict[str, Any], progress: Progress = SILENT) -> dict[str, Any]:
    """
    Return a report, fit for JSON.

    Args:
        region: The region.
        asked: The question.
        progress: Told of every part.

    Returns:
        `answer`, from `analysis_answer` or `park_answer` of `drehkreuz.reports.commuting`; by language `bodies` for a page of the site,
        `reports` as HTML that stands by itself, `pdfs` in base64, None where Typst is not installed; `part`, what a firm may hand in to
        its business park as CSV, None where it has too few people or the question is a park's.

    Raises:
        InputError: If fewer people are told of than figures may be shown of.
    """
    place = asked["place"]
    if isinstance(place, str):
        row = row_of(region, "places", place)
    else:
        region, row = with_workplace(region, *place)
    answer, papers, part = (_park if "parts" in asked else _firm)(region, row, asked, progress)
    result: dict[str, Any] = plain({"answer": answer, "part": part})
    return result | {
        "bodies": {language: body(paper) for language, paper in papers.items()},
        "reports": {language: page(paper) for language, paper in papers.items()},
        "pdfs": {language: _pdf(paper) for language, paper in papers.items()},
    }


Told = tuple[dict[str, Any], dict[Language, Document], str | None]
"""An answer, its paper by language, and the table for a park."""


def _firm(region: Region, place: int, asked: dict[str, Any], progress: Progress) -> Told:
    parameters, staff = replace(ASSUMED, ticket_share=asked["ticket_share"]), workforce(asked["people"])
    found = analyse(region, place, staff, parameters=parameters, progress=progress)
    answer = analysis_answer(found, snapped=asked["snapped"], notes=asked["notes"])
    groups = shared(region, staff, parameters.least_group)
    papers = {language: commuting_paper(answer, language) for language in LANGUAGES}
    return answer, papers, groups.write_csv() if len(groups) else None


def _park(region: Region, place: int, asked: dict[str, Any], progress: Progress) -> Told:
    parts = [
        part_of(firm, NAME, ((line, cells) for line, cells in rows), region, ASSUMED.least_group)
        for firm, rows in asked["parts"]
    ]
    answer = park_answer(business_park(region, place, parts, progress=progress))
    return answer, {language: park_paper(answer, language) for language in LANGUAGES}, None


def _pdf(paper: Document) -> str | None:
    try:
        return b64encode(pdf(paper)).decode()
    except DrehkreuzError:  # Typst is not installed
        return None


if __name__ == "__main__":
    sys.exit(reply(compute, sys.argv[1:]))
