# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Pages on measures: the catalogue, a scenario built from forms, what it changes."""

from __future__ import annotations

from itertools import groupby
from typing import Any, Final, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from drehkreuz.errors import Finding, InputError
from drehkreuz.measures import Kind, every_kind
from drehkreuz.reports.measure import as_json, facts
from drehkreuz.reports.words import Words
from drehkreuz_web.house.access import Access, access
from drehkreuz_web.house.jobs import Busy, Job, Jobs
from drehkreuz_web.house.region import market, on_disk
from drehkreuz_web.measures import results
from drehkreuz_web.measures.draft import LONGEST, NAME, Draft
from drehkreuz_web.measures.forms import MeasureForm

AGAIN: Final = 5
"""Seconds after which it is worth asking again."""

JOBS: Final = Jobs("drehkreuz_web.measures.compute")
"""Scenarios in the background."""

HIDDEN: Final = frozenset({"placebo"})
"""Kinds that only test the method."""

WORK: Final = {
    "reach.direct": gettext_lazy("Ways on foot, by bicycle and by car"),
    "reach.rides": gettext_lazy("Ways by bus and train"),
    "reach.lent": gettext_lazy("Ways by shared pedelec"),
    "matching.learned": gettext_lazy("What people can learn"),
    "matching.relation": gettext_lazy("Who fits which post"),
}
"""Pieces of work by name; others are not named."""


@access(Access.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def catalogue(request: HttpRequest) -> HttpResponse:
    """Show every kind of measure, by what it is about."""
    draft = _draft(request)
    if isinstance(draft, HttpResponse):
        return draft
    words = _words()
    kinds = [kind for kind in every_kind().values() if kind.name not in HIDDEN]
    areas = [
        (words(f"measure.area_{area}"), [_named(kind, words) for kind in group])
        for area, group in groupby(kinds, key=lambda kind: kind.area)
    ]
    return _page(request, "catalogue", draft, {"areas": areas, "count": len(kinds)})


@access(Access.PUBLIC)
@require_safe
def catalogue_json(_request: HttpRequest) -> HttpResponse:
    """Give every kind of measure."""
    return _json({"measures": [as_json(kind) for kind in every_kind().values()]})


@access(Access.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def kind(request: HttpRequest, measure: str) -> HttpResponse:
    """Explain a kind of measure, and take one into the scenario."""
    draft, known = _draft(request), every_kind().get(measure)
    if isinstance(draft, HttpResponse):
        return draft
    if known is None:
        raise Http404
    words, region, adding = _words(), market().region, request.POST.get("go") == "add"
    form = MeasureForm(region, known, words, request.POST if adding else None, day=region.manifest.day)
    troubles: list[Trouble] = []
    if adding and form.is_valid():
        more = draft.with_measure(known, form.values())
        try:
            more.finished(region, _("My scenario"))
        except InputError as error:
            troubles = [Trouble.of(finding) for finding in error.findings]
        else:
            return _page(request, "scenario", more, _scenario(more, words))
    context = {
        "kind": _named(known, words),
        "facts": list(facts(known, words)),
        "form": form,
        "troubles": troubles,
        "json": "measures.json",
    }
    return _page(request, "kind", draft, context, status=422 if troubles or form.errors else 200)


@access(Access.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def scenario(request: HttpRequest) -> HttpResponse:
    """Show the scenario so far, and take changes to it."""
    draft = _draft(request)
    if isinstance(draft, HttpResponse):
        return draft
    if taken := request.POST.get("remove"):
        draft = draft.without(taken)
    return _page(request, "scenario", draft, _scenario(draft, _words()))


@access(Access.PUBLIC)
@require_POST
def download(request: HttpRequest) -> HttpResponse:
    """Give the scenario as a file, for the command line or for later."""
    draft = _draft(request)
    if isinstance(draft, HttpResponse):
        return draft
    response = HttpResponse(draft.toml, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{NAME}"'
    return response


@access(Access.PUBLIC)
@require_POST
def run(request: HttpRequest) -> HttpResponse:
    """Have the scenario worked out, another one beside it if there is one."""
    draft = _draft(request)
    if isinstance(draft, HttpResponse):
        return draft
    region, words, troubles = market().region, _words(), []
    beside = request.POST.get("beside", "")[:LONGEST]
    texts = []
    try:
        for one, usual in ((beside, _("Other scenario")), (draft.toml, _("My scenario"))):
            if one:
                read = Draft.read(one)
                read.finished(region, usual)
                texts.append(Draft(read.title or usual, read.measures, read.text).toml)
    except InputError as error:
        troubles = [Trouble.of(finding) for finding in error.findings]
    if not draft.measures:
        troubles = [Trouble(_("There is no measure in it yet."))]
    if troubles:
        return _page(request, "scenario", draft, _scenario(draft, words) | {"troubles": troubles}, status=422)
    try:
        name = JOBS.ask({"scenarios": texts}, on_disk(region))
    except Busy:
        context = _scenario(draft, words) | {
            "troubles": [Trouble(_("Other scenarios are being worked out. Please try again in some minutes."))]
        }
        return _page(request, "scenario", draft, context, status=503)
    return HttpResponseRedirect(reverse("measures:result", args=[name]), status=303)


@access(Access.PUBLIC)
@require_safe
def result(request: HttpRequest, key: str) -> HttpResponse:
    """Show what a scenario changes, or how far it is."""
    job = _job(key)
    context: dict[str, Any] = {
        "job": job,
        "key": key,
        "work": WORK.get(job.work, ""),
        "before": JOBS.before(key),
        "wrong": _wrong(job),
    }
    draft = Draft.read(job.asked["scenarios"][-1])
    if job.result is not None:
        context |= results.told(job.result, _words()) | {"json": f"scenario/{key}.json"}
    return _page(request, "result", draft, context)


@access(Access.PUBLIC)
@require_safe
def progress(request: HttpRequest, key: str) -> HttpResponse:
    """Say how far a scenario is; a page that asks by script is loaded anew once it is over."""
    job = _job(key)
    context = {"job": job, "key": key, "work": WORK.get(job.work, ""), "before": JOBS.before(key), "wrong": _wrong(job)}
    response = render(request, "measures/_progress.html", context)
    if job.over:
        response["HX-Refresh"] = "true"
    return response


@access(Access.PUBLIC)
@require_safe
def result_json(_request: HttpRequest, key: str) -> HttpResponse:
    """Give what a scenario changes."""
    job = _job(key)
    if job.result is None:
        waiting = JsonResponse({"status": job.status, "findings": job.findings}, status=200 if job.over else 503)
        waiting["Retry-After"] = str(AGAIN)
        return waiting
    language = "de" if (get_language() or "de").startswith("de") else "en"
    return _json({"scenarios": job.result["answers"][language], "sample": job.result["sample"]})


@access(Access.PUBLIC)
@require_POST
def stop(_request: HttpRequest, key: str) -> HttpResponse:
    """Stop working out a scenario."""
    _job(key)
    JOBS.stop(key)
    return HttpResponseRedirect(reverse("measures:result", args=[key]), status=303)


@access(Access.PUBLIC)
@require_safe
def report(_request: HttpRequest, key: str) -> HttpResponse:
    """Give the paper on a scenario as a file that stands by itself."""
    job = _job(key)
    if job.result is None:
        raise Http404
    language = "de" if (get_language() or "de").startswith("de") else "en"
    response = HttpResponse(job.result["reports"][language], content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="drehkreuz-scenario.html"'
    return response


def _job(key: str) -> Job:
    job = JOBS.get(key)
    if job is None:
        raise Http404
    return job


def _scenario(draft: Draft, words: Words) -> dict[str, Any]:
    return {"listed": draft.listed(words.language), "troubles": []}


def _named(kind: Kind, words: Words) -> dict[str, str]:
    language = words.language
    return {"name": kind.name, "title": kind.title.told(language), "doc": kind.doc.told(language)}


class Trouble(NamedTuple):
    """
    Something that keeps a scenario from being worked out.

    Attributes:
        name: Where to look, in the visitor's language.
        detail: What exactly is wrong and what to do, English, as the library says it; empty: the name says all.
    """

    name: str
    detail: str = ""

    @classmethod
    def of(cls, finding: Finding) -> Trouble:
        """Return what the library found."""
        places = {
            (True, True): _("Line %(line)s, %(key)s: this entry does not fit."),
            (True, False): _("Line %(line)s: this entry does not fit."),
            (False, True): _("%(key)s: this entry does not fit."),
            (False, False): _("The scenario does not fit as it stands."),
        }
        where = places[bool(finding.row.isdecimal()), bool(finding.column)]
        value = f"{finding.value!r} " if finding.value else ""
        return cls(where % {"line": finding.row, "key": finding.column}, f"{value}{finding.problem}. {finding.remedy}")


def _wrong(job: Job) -> list[Trouble]:
    """Return what the process that works a scenario out found wrong with it."""
    return [Trouble(_("The scenario does not fit as it stands."), finding) for finding in job.findings]


def _draft(request: HttpRequest) -> Draft | HttpResponse:
    """Return the scenario that a form carries, or the page that says what is wrong with it."""
    text = request.POST.get("scenario", "")
    if upload := request.FILES.get("file"):
        text = upload.read(LONGEST + 1).decode("utf-8", errors="replace")
    try:
        read = Draft.read(text)
    except InputError as error:
        troubles = [Trouble.of(finding) for finding in error.findings]
        return _page(request, "scenario", Draft(), {"listed": [], "troubles": troubles, "written": text}, status=422)
    title = request.POST.get("scenario_title")
    return read if title is None else Draft(title.strip()[:120], read.measures, read.text)


def _page(request: HttpRequest, name: str, draft: Draft, context: dict[str, Any], status: int = 200) -> HttpResponse:
    skip = {"csrfmiddlewaretoken", "language", "next", "posted"}
    carried = [(key, value) for key, values in request.POST.lists() if key not in skip for value in values]
    shared = {
        "draft": draft,
        "beside": request.POST.get("beside", "")[:LONGEST],
        "carried": carried,
        "posted": "1" if request.method == "POST" else "",
        "here": name,
    }
    return render(request, f"measures/{name}.html", {**shared, **context}, status=status)


def _json(values: dict[str, Any]) -> JsonResponse:
    return JsonResponse(values, json_dumps_params={"ensure_ascii": False, "indent": 2, "default": str})


def _words() -> Words:
    return Words("de" if (get_language() or "de").startswith("de") else "en")
