# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""An employer's pages and a business park's: the questions, how far the report is, the report as page, file and JSON."""

from __future__ import annotations

import csv
import io
from base64 import b64decode
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from drehkreuz.reports.words import Language
from drehkreuz.sources.workforce_words import COLUMNS, MODE_NAMES, PERSONAL, TELLTALE
from drehkreuz_web.employer.forms import QuestionForm
from drehkreuz_web.employer.park_form import ParkForm
from drehkreuz_web.employer.people import DAYS, LONGEST_NAME
from drehkreuz_web.employer.place_form import workplaces
from drehkreuz_web.employer.troubles import SHOWN
from drehkreuz_web.house.access import Access, access
from drehkreuz_web.house.jobs import Busy, Job, Jobs
from drehkreuz_web.house.region import market, on_disk

AGAIN: Final = 3
"""Seconds after which it is worth asking again."""

JOBS: Final = Jobs("drehkreuz_web.employer.compute", keeps_question=False)
"""Reports in the background; the people they are about are forgotten once they are there."""

KINDS: Final = {
    "names": gettext_lazy("names"),
    "e-mail addresses": gettext_lazy("e-mail addresses"),
    "telephone numbers": gettext_lazy("telephone numbers"),
    "numbers of people": gettext_lazy("numbers of people"),
    "birth dates or ages": gettext_lazy("birth dates or ages"),
    "addresses": gettext_lazy("addresses"),
    "traits that no commute needs": gettext_lazy("traits that no commute needs"),
}
"""What a column may give away, in words."""

HEADINGS: Final[dict[Language, tuple[str, ...]]] = {
    "de": ("plz", "schicht", "verkehrsmittel", "anzahl", "tage"),
    "en": ("where", "shift", "mode", "count", "days"),
}
"""Headings of the template."""

EXAMPLES: Final[dict[Language, tuple[tuple[str, str, int, int], ...]]] = {
    "de": (("06:00-14:00", "auto", 24, 5), ("14:00-22:00", "", 12, 5), ("09:00-17:30", "öpnv", 8, 4)),
    "en": (("06:00-14:00", "car", 24, 5), ("14:00-22:00", "", 12, 5), ("09:00-17:30", "transit", 8, 4)),
}
"""Rows of the template: shift, mode, people, days a week."""


@access(Access.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """Ask for workplace, shifts and file; begin the report where nothing is wrong with them."""
    region = market().region
    form = QuestionForm(region, request.POST, request.FILES) if request.method == "POST" else QuestionForm(region)
    return _asked(request, form, "employer/questions.html", ("place", "shifts", "ticket_share", "table"))


@access(Access.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def park(request: HttpRequest) -> HttpResponse:
    """Ask for a business park's place and its firms' tables; begin the report where nothing is wrong with them."""
    region = market().region
    form = ParkForm(region, request.POST, request.FILES) if request.method == "POST" else ParkForm(region)
    return _asked(request, form, "employer/park.html", ("place",))


def _asked(request: HttpRequest, form: QuestionForm | ParkForm, template: str, fields: tuple[str, ...]) -> HttpResponse:
    """Begin the report that a form asks for, or show the form; `fields` go along when the language is changed."""
    region = market().region
    status, busy = 200, False
    if form.is_bound:
        status = 422
        if form.is_valid() and not form.troubles:
            try:
                key = JOBS.ask(form.question(), on_disk(region))
                return HttpResponseRedirect(reverse("employer:result", args=[key]), status=303)
            except Busy:
                status, busy = 503, True
    context = {
        "form": form,
        "troubles": form.troubles[:SHOWN],
        "more": max(0, len(form.troubles) - SHOWN),
        "busy": busy,
        "places": workplaces(region),
        "kinds": KINDS,
        "posted": "1" if form.is_bound else "",
        "carried": [(name, request.POST[name]) for name in fields if name in request.POST],
    }
    return render(request, template, context, status=status)


@access(Access.PUBLIC)
@require_safe
def file_json(_request: HttpRequest) -> HttpResponse:
    """Give what a firm's file may hold, for the browser that aggregates it and for programs that write one."""
    told = {
        "columns": COLUMNS,
        "personal": {kind: pattern.pattern for kind, pattern in PERSONAL.items()},
        "telltale": {kind: pattern.pattern for kind, pattern in TELLTALE.items()},
        "modes": MODE_NAMES,
        "days": list(DAYS),
        "rotas": market().region.table("shift_systems")["shift_system_id"].to_list(),
        "longest": LONGEST_NAME,
    }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})


@access(Access.PUBLIC)
@require_safe
def template_csv(_request: HttpRequest) -> HttpResponse:
    """Give a file to fill in, with examples from the region's largest cells."""
    language = _language()
    cells = market().region.table("zones").sort("population", descending=True, nulls_last=True)["zone_id"]
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";" if language == "de" else ",", lineterminator="\r\n")
    writer.writerow(HEADINGS[language])
    for cell, row in zip(cells, EXAMPLES[language], strict=False):
        writer.writerow([cell, *row])
    return _file(("\ufeff" + written.getvalue()).encode(), "text/csv; charset=utf-8", "drehkreuz-staff.csv")


@access(Access.PUBLIC)
@require_safe
def result(request: HttpRequest, key: str) -> HttpResponse:
    """Show the report, or how far it is."""
    job = _job(key)
    context = _far(job, key)
    if job.result is not None:
        language = _language()
        context |= {
            "place": job.result["answer"]["place"]["name"],
            "body": job.result["bodies"][language],
            "has_pdf": job.result["pdfs"][language] is not None,
            "has_part": job.result["part"] is not None,
            "of_park": "firms" in job.result["answer"],
        }
    return render(request, "employer/result.html", context)


@access(Access.PUBLIC)
@require_safe
def progress(request: HttpRequest, key: str) -> HttpResponse:
    """Say how far a report is; a page that asks by script is loaded anew once it is over."""
    job = _job(key)
    response = render(request, "employer/_progress.html", _far(job, key))
    if job.over:
        response["HX-Refresh"] = "true"
    return response


@access(Access.PUBLIC)
@require_safe
def result_json(_request: HttpRequest, key: str) -> HttpResponse:
    """Give the report's values."""
    job = _job(key)
    if job.result is None:
        waiting = JsonResponse({"status": job.status, "findings": job.findings}, status=200 if job.over else 503)
        waiting["Retry-After"] = str(AGAIN)
        return waiting
    return JsonResponse(job.result["answer"], json_dumps_params={"ensure_ascii": False, "indent": 2})


@access(Access.PUBLIC)
@require_safe
def report(_request: HttpRequest, key: str) -> HttpResponse:
    """Give the report as a page that stands by itself."""
    found = _found(key)["reports"][_language()]
    return _file(found.encode(), "text/html; charset=utf-8", "drehkreuz-commutes.html")


@access(Access.PUBLIC)
@require_safe
def report_pdf(_request: HttpRequest, key: str) -> HttpResponse:
    """Give the report as PDF, where it can be set."""
    found = _found(key)["pdfs"][_language()]
    if found is None:
        raise Http404
    return _file(b64decode(found), "application/pdf", "drehkreuz-commutes.pdf")


@access(Access.PUBLIC)
@require_safe
def part_csv(_request: HttpRequest, key: str) -> HttpResponse:
    """Give the table that a firm may hand in to its business park, where it has people enough."""
    found = _found(key)["part"]
    if found is None:
        raise Http404
    return _file(found.encode(), "text/csv; charset=utf-8", "drehkreuz-part.csv")


@access(Access.PUBLIC)
@require_POST
def stop(_request: HttpRequest, key: str) -> HttpResponse:
    """Stop a report that is being worked out."""
    _job(key)
    JOBS.stop(key)
    return HttpResponseRedirect(reverse("employer:result", args=[key]), status=303)


@access(Access.PUBLIC)
@require_POST
def forget(_request: HttpRequest, key: str) -> HttpResponse:
    """Forget a report at once."""
    _job(key)
    JOBS.drop(key)
    return HttpResponseRedirect(reverse("employer:questions"), status=303)


def _far(job: Job, key: str) -> dict[str, Any]:
    return {"job": job, "key": key, "before": JOBS.before(key)}


def _job(key: str) -> Job:
    job = JOBS.get(key)
    if job is None:
        raise Http404
    return job


def _found(key: str) -> Any:  # noqa: ANN401  # what the process put out
    found = _job(key).result
    if found is None:
        raise Http404
    return found


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _language() -> Language:
    return "de" if (get_language() or "de").startswith("de") else "en"
