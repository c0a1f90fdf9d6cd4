# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The planner's pages on stations and chargers: what stands and is missing, and where new ones could stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from drehkreuz.cli.output import plain
from drehkreuz.planning.charging.existing import CLASSES as CLASSES_OF_POINTS
from drehkreuz_web.house.access import Access, access
from drehkreuz_web.house.fields import parse_number
from drehkreuz_web.house.jobs import Busy, Job, Jobs
from drehkreuz_web.house.region import market, on_disk
from drehkreuz_web.planner import atlas
from drehkreuz_web.planner.charging import YEAR, YEARS, Charging
from drehkreuz_web.planner.contents import Contents
from drehkreuz_web.planner.marks import NEW, Spot, marks
from drehkreuz_web.planner.pages import from_figures, json_twin, page, page_table
from drehkreuz_web.planner.proposals import MOST, OF, Proposal
from drehkreuz_web.planner.stations import Sharing
from drehkreuz_web.planner.table import Table

JOBS: Final = Jobs("drehkreuz_web.planner.propose")
"""Proposals in the background."""

AGAIN: Final = 3
"""Seconds after which it is worth asking again."""

USUAL: Final = 5
"""New places that the form begins with."""

SHOWN: Final[tuple[tuple[str, Promise], ...]] = (
    ("charging", gettext_lazy("Charging")),
    ("sharing", gettext_lazy("Shared vehicles")),
)

MISSING: Final = atlas.Layer("missing", gettext_lazy("Charging sites, and points missing by municipality"), counts=True)
LENT: Final = atlas.Layer("lent", gettext_lazy("Stations of shared vehicles"), counts=False)


@access(Access.PUBLIC)
@require_safe
@from_figures
def places(request: HttpRequest, contents: Contents) -> HttpResponse:
    """Show what stands and what is missing, of chargers or of stations, on a map and in tables."""
    what = _what(request)
    found = _contents(what, _year(request), contents)
    context = {
        "shown": SHOWN,
        "what": what,
        "years": YEARS,
        "year": _year(request),
        "sentences": found.sentences(contents.words),
        "towns": _with_file(found.towns(), contents, request),
        "all": _with_file(found.every(), contents, request),
        "assumed": _with_file(found.assumed(), contents, request) if isinstance(found, Charging) else None,
        "of": [(name, label) for name, label in OF.items() if (name in CLASSES_OF_POINTS) == (what == "charging")],
        "usual": USUAL,
        "most": MOST,
        "origins": contents.origins(found.tables),
        "json": f"region/places.json?show={what}&year={_year(request)}",
        **_map(contents, found),
    }
    return page(request, "places", contents, context)


@access(Access.PUBLIC)
@require_safe
@from_figures
def places_json(request: HttpRequest, contents: Contents) -> HttpResponse:
    """Give what stands and what is missing."""
    what = _what(request)
    found = _contents(what, _year(request), contents)
    assumed = {"assumptions": found.assumptions.plain()} if isinstance(found, Charging) else {}
    return json_twin(
        contents,
        year=_year(request),
        sentences=found.sentences(contents.words),
        municipalities=found.towns().as_json(),
        sites=[spot._asdict() for spot in found.spots()],
        origins=contents.origins(found.tables),
        **plain(assumed),
    )


@access(Access.PUBLIC)
@require_safe
@from_figures
def places_csv(request: HttpRequest, contents: Contents, table: str) -> HttpResponse:
    """Give a table as a file."""
    sharing = Sharing(market().region)
    cars = Charging(market().region, _year(request), contents)
    tables = [cars.towns(), cars.every(), cars.assumed(), sharing.towns(), sharing.every()]
    return _csv(next((each for each in tables if each.name == table), None), contents)


@access(Access.PUBLIC)
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Have new places proposed."""
    of, build = request.POST.get("of", ""), parse_number(request.POST.get("build", ""))
    back = reverse("planner:places") + f"?show={'charging' if of in CLASSES_OF_POINTS else 'sharing'}"
    if of not in OF or build is None:
        return HttpResponseRedirect(back, status=303)
    year = parse_number(request.POST.get("year", "")) or YEAR
    asked = {"of": of, "build": round(min(max(build, 1), MOST)), "year": _known_year(round(year))}
    try:
        key = JOBS.ask(asked, on_disk(market().region))
    except Busy:
        response = render(request, "planner/busy.html", {"back": back}, status=503)
        response["Retry-After"] = str(AGAIN)
        return response
    return HttpResponseRedirect(reverse("planner:proposal", args=[key]), status=303)


@access(Access.PUBLIC)
@require_safe
@from_figures
def proposal(request: HttpRequest, contents: Contents, key: str) -> HttpResponse:
    """Show a proposal on a map and in tables, or how far it is."""
    job = _job(key)
    context: dict[str, Any] = {"job": job, "key": key, "before": JOBS.before(key), "of": OF[job.asked["of"]]}
    context |= {"json": f"region/places/{key}.json", "year": job.asked["year"], "here": "places"}
    if job.result is not None:
        found = Proposal(job.asked["of"], job.result, contents.words)
        of_points = found.of in CLASSES_OF_POINTS
        stands = _contents("charging" if of_points else "sharing", job.asked["year"], contents)
        figures, sites = found.figures(), page_table(found.sites(), contents)
        sites["file"] = reverse("planner:proposal_csv", args=[key])
        context |= {
            "found": True,
            "of_points": of_points,
            "sentences": found.sentences(),
            "notes": found.notes(),
            "sites": sites,
            "figures": figures and page_table(figures, contents) | {"file": f"{sites['file']}?table=figures"},
            "origins": contents.origins(stands.tables),
            **_map(contents, stands, found.spots()),
        }
    return page(request, "proposal", contents, context)


@access(Access.PUBLIC)
@require_safe
def proposal_progress(request: HttpRequest, key: str) -> HttpResponse:
    """Say how far a proposal is; a page that asks by script is loaded anew once it is over."""
    job = _job(key)
    response = render(request, "planner/_proposing.html", {"job": job, "key": key, "before": JOBS.before(key)})
    if job.over:
        response["HX-Refresh"] = "true"
    return response


@access(Access.PUBLIC)
@require_safe
def proposal_json(_request: HttpRequest, key: str) -> HttpResponse:
    """Give a proposal."""
    job = _job(key)
    told = job.result or {"status": job.status, "findings": job.findings}
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})
    if not job.over:
        response.status_code, response["Retry-After"] = 503, str(AGAIN)
    return response


@access(Access.PUBLIC)
@require_safe
@from_figures
def proposal_csv(request: HttpRequest, contents: Contents, key: str) -> HttpResponse:
    """Give a table of a proposal as a file."""
    job = _job(key)
    if job.result is None:
        raise Http404
    found = Proposal(job.asked["of"], job.result, contents.words)
    return _csv(found.figures() if request.GET.get("table") == "figures" else found.sites(), contents)


@access(Access.PUBLIC)
@require_POST
def proposal_stop(_request: HttpRequest, key: str) -> HttpResponse:
    """Stop working out a proposal."""
    _job(key)
    JOBS.stop(key)
    return HttpResponseRedirect(reverse("planner:proposal", args=[key]), status=303)


def _what(request: HttpRequest) -> str:
    return "sharing" if request.GET.get("show") == "sharing" else "charging"


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    return _known_year(int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else YEAR


def _known_year(year: int) -> int:
    return min(max(year, YEARS[0]), YEARS[-1])


def _contents(what: str, year: int, contents: Contents) -> Charging | Sharing:
    region = market().region
    return Charging(region, year, contents) if what == "charging" else Sharing(region)


def _map(contents: Contents, found: Charging | Sharing, new: Sequence[Spot] = ()) -> dict[str, Any]:
    """Return the map with what stands and what is proposed, and what its shapes mean."""
    layer = MISSING if isinstance(found, Charging) else LENT
    drawn = atlas.draw(market().region, contents.report, layer, found.missing, contents.words)
    spots = found.spots()
    there = {spot.kind for spot in spots}
    keys = [(kind, str(label)) for kind, label in found.kinds.items() if kind in there]
    if new:
        keys.append((NEW, _("Proposed, numbered in order of building")))
    sizes = _("The larger a disc, the more points are missing.") if drawn.circles else ""
    return {"map": drawn, "sizes": sizes, "layer": layer, "marks": marks(drawn, [*new, *spots], keys)}


def _with_file(table: Table, contents: Contents, request: HttpRequest) -> dict[str, Any]:
    file = f"{reverse('planner:places_csv', args=[table.name])}?year={_year(request)}"
    return page_table(table, contents) | {"file": file}


def _csv(table: Table | None, contents: Contents) -> HttpResponse:
    if table is None:
        raise Http404
    response = HttpResponse(table.as_csv(contents.words), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="drehkreuz-{table.name}.csv"'
    return response


def _job(key: str) -> Job:
    job = JOBS.get(key)
    if job is None:
        raise Http404
    return job
