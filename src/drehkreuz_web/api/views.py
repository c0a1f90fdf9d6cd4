# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What can be asked, version 1."""

from __future__ import annotations

from typing import Annotated, Any, Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from ninja import Body, Field, Query, Router, Schema

from drehkreuz import __version__
from drehkreuz.errors import InputError
from drehkreuz.region import Region, kept
from drehkreuz.region.csr import Csr
from drehkreuz.reports.words import Words
from drehkreuz.skills import Taxonomy
from drehkreuz_web.api.answers import BarriersAnswer, Occupation, Occupations, PathsAnswer, Places, RegionAnswer
from drehkreuz_web.api.case import JsonCase
from drehkreuz_web.api.problems import Problem, refused
from drehkreuz_web.house.access import Access, access
from drehkreuz_web.house.problem import problem
from drehkreuz_web.house.region import market
from drehkreuz_web.person.answer import answer
from drehkreuz_web.person.homes import homes, search
from drehkreuz_web.person.understand import index
from drehkreuz_web.planner.answer import State, Status, state
from drehkreuz_web.planner.contents import BARRIERS, MATCHED, VIEWS, Contents
from drehkreuz_web.planner.pages import AGAIN

router = Router()

LONGEST_NAME: Final = 200
"""Characters of a name that is looked up."""

LIKELY: Final = 10
"""Most meanings of a name that are answered, beside those just as likely."""


AGAIN_LATER: Final = "Ask again after as many seconds as Retry-After says."


class Wanted(Schema):
    """Which part of a list is wanted."""

    q: str = Field("", max_length=LONGEST_NAME, description="A name, also in part or misspelt; empty: all.")
    limit: int = Field(20, ge=1, le=100, description="Most entries answered.")
    offset: int = Field(0, ge=0, le=1_000_000, description="Entries left out at the beginning.")

    def part(self, entries: list[Any]) -> dict[str, Any]:
        """Return the part, and of how many."""
        return {"total": len(entries), "items": entries[self.offset : self.offset + self.limit]}


@access(Access.PUBLIC)
@router.post(
    "/paths",
    url_name="paths",
    operation_id="paths",
    summary=gettext_noop("Paths of a person"),
    response={200: PathsAnswer, 400: Problem, 413: Problem, 415: Problem, 422: Problem, 429: Problem},
)
def paths(request: HttpRequest, case: Annotated[JsonCase, Body()]) -> HttpResponse:
    """
    Answer a person's case: the work they can do, can learn and can reach, and what staying means.

    The answer has the values of the page of results. Nothing of the case is stored or written to a log.
    """
    try:
        found = answer(market(), case, label=_("Your answers"), language=_language())
    except InputError as error:
        return refused(case, error)
    return JsonResponse(found.values, json_dumps_params={"ensure_ascii": False})


@access(Access.PUBLIC)
@router.get(
    "/occupations",
    url_name="occupations",
    operation_id="occupations",
    summary=gettext_noop("Occupations, or what a name may mean"),
    response={200: Occupations, 422: Problem},
)
def occupations(request: HttpRequest, wanted: Query[Wanted]) -> dict[str, Any]:
    """List occupations: all by label, or those that a name in German, English, Dutch or French may mean."""
    language, region = _language(), market().region
    if not wanted.q.strip():
        return wanted.part(list(_listed(region, market().taxonomy, language)))
    links = index(region, "occupation").link(wanted.q, top=LIKELY)
    matches = {
        link.concept_id: {"title": link.matched_text, "language": link.language, "score": round(link.score, 3)}
        for link in links
    }
    known = {entry["occupation_id"]: entry for entry in _listed(region, market().taxonomy, language)}
    return wanted.part([{**known[id_], "match": match} for id_, match in matches.items()])


@access(Access.PUBLIC)
@router.get(
    "/occupations/{occupation_id}",
    url_name="occupation",
    operation_id="occupation",
    summary=gettext_noop("One occupation"),
    response={200: Occupation, 404: Problem},
)
def occupation(request: HttpRequest, occupation_id: str) -> dict[str, Any]:
    """Return an occupation with the skills it asks and the posts there are for it."""
    taxonomy, region, language = market().taxonomy, market().region, _language()
    position = taxonomy.occupation_index.get(occupation_id)
    if position is None:
        raise Http404
    posts = region.table("vacancies").filter(occupation_id=occupation_id)

    def skills(asked: Csr) -> list[dict[str, str]]:
        ids = [taxonomy.skill_ids[int(s)] for s in asked.row(position)]
        return [{"skill_id": id_, "label": taxonomy.label(id_, language)} for id_ in ids]

    return {
        **region.table("occupations").row(position, named=True),
        "label": taxonomy.label(occupation_id, language),
        "labels": taxonomy.labels.get(occupation_id, {}),
        "essential": skills(taxonomy.essential),
        "optional": skills(taxonomy.optional),
        "posts": len(posts),
        "openings": int(posts["openings"].sum()),
    }


@access(Access.PUBLIC)
@router.get(
    "/places",
    url_name="places",
    operation_id="places",
    summary=gettext_noop("Places to live, or what a name may mean"),
    response={200: Places, 422: Problem},
)
def places(request: HttpRequest, wanted: Query[Wanted]) -> dict[str, Any]:
    """List the places that a case may name as home: all, or those that a name may mean."""
    region = market().region
    found = search(region, wanted.q) if wanted.q.strip() else homes(region)
    return wanted.part([{"zone_id": home.zone_id, "label": home.label} for home in found])


@access(Access.PUBLIC)
@router.get(
    "/region",
    url_name="region",
    operation_id="region",
    summary=gettext_noop("The region"),
    response={200: RegionAnswer},
)
def region(request: HttpRequest) -> dict[str, Any]:
    """Say which region is served, of which day, and where each of its tables is from."""
    manifest = market().region.manifest
    return {
        "name": manifest.name,
        "title": manifest.title,
        "day": manifest.day,
        "language": manifest.language,
        "provenance": manifest.provenance,
        "software": __version__,
    }


@access(Access.PUBLIC)
@router.get(
    "/barriers",
    url_name="barriers",
    operation_id="barriers",
    summary=gettext_noop("What stands between people and openings"),
    response={200: BarriersAnswer, 503: Problem},
)
def barriers(request: HttpRequest) -> HttpResponse | dict[str, Any]:
    """
    Return the region's figures: whom an opening finds today, what keeps the others apart, and nobody left.

    They are computed once for each region, in the background; until then the answer is 503 with Retry-After.
    """
    now = state()
    if now.report is None:
        return _not_yet(now)
    contents = Contents(now.report, Words("de" if _language() == "de" else "en"))
    headline = now.report["headline"]
    views = {view.slug: contents.view(view).as_json() for view in VIEWS}
    sides = {view.side: views[view.slug]["sums"] for view in VIEWS}
    return {
        "barriers": {name: contents.barrier(name) for name in BARRIERS},
        **{side: {key: value for key, value in sums.items() if key != "group"} for side, sums in sides.items()},
        "groups": views,
        "municipalities": contents.municipalities().as_json(),
        "closures": contents.closures().as_json(),
        "certificate": headline["certificate"],
        "scale": now.report["scale"],
        "origins": contents.origins(MATCHED),
        "provenance": headline["provenance"],
    }


def _not_yet(now: State) -> HttpResponse:
    """Answer 503: how far the figures are, or that they cannot be had."""
    if now.status is Status.FAILED:
        return problem(503, "The figures could not be computed; the log of the site says why.")
    told = problem(
        503, f"The figures are being computed: {now.percent} percent are done. {AGAIN_LATER}", percent=now.percent
    )
    told["Retry-After"] = str(AGAIN)
    return told


@kept
def _listed(region: Region, taxonomy: Taxonomy, language: str) -> tuple[dict[str, Any], ...]:
    """Return every occupation's entry, by label."""
    codes = region.table("occupations").select("occupation_id", "isco08")
    entries = [
        {"occupation_id": id_, "label": taxonomy.label(id_, language), "isco08": isco, "match": None}
        for id_, isco in codes.iter_rows()
    ]
    return tuple(sorted(entries, key=lambda entry: (str(entry["label"]).casefold(), str(entry["occupation_id"]))))


def _language() -> str:
    return (get_language() or "de")[:2]
