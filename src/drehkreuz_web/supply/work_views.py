# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What of learning is worked out in the background: begun, stopped, told how far; the same for all visitors of a region."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from drehkreuz_web.house.access import Access, access
from drehkreuz_web.house.jobs import Busy, Job, Jobs
from drehkreuz_web.house.region import market, on_disk

JOBS: Final = Jobs("drehkreuz_web.supply.compute")
"""Answers on learning in the background."""

QUESTIONS: Final = ("seats", "modules", "places")
"""What can be asked, each on the page of its name; see `drehkreuz_web.supply.compute`."""

WORK: Final[dict[str, Promise]] = {
    "reach.direct": gettext_lazy("Ways on foot, by bicycle and by car"),
    "reach.rides": gettext_lazy("Ways by bus and train"),
    "matching.learned": gettext_lazy("What people can learn"),
    "matching.relation": gettext_lazy("Who fits which post"),
    "need": gettext_lazy("Who needs which course"),
    "design": gettext_lazy("New courses are compared, the market cleared again with each"),
}
"""Pieces of work by name; others are not named."""


def latest(question: str) -> Job | None:
    """Return the answer to a question or how far it is; None where nobody asked it."""
    key = JOBS.latest({"of": question}, on_disk(market().region))
    return JOBS.get(key) if key else None


def standing(question: str) -> dict[str, Any]:
    """Return what a page shows of a question that has no answer yet."""
    job = latest(question)
    known = {"of": question, "job": job, "page": f"supply:{question}"}
    return known | ({"work": WORK.get(job.work, "")} if job else {})


@access(Access.PUBLIC)
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Have a question worked out; where it is already, its answer is shown."""
    question = _asked(request.POST.get("of", ""))
    try:
        JOBS.ask({"of": question}, on_disk(market().region))
    except Busy:
        return render(request, "supply/busy.html", {"page": f"supply:{question}"}, status=503)
    return HttpResponseRedirect(reverse(f"supply:{question}"), status=303)


@access(Access.PUBLIC)
@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """Stop working a question out, for everybody who waits for it."""
    question = _asked(request.POST.get("of", ""))
    if key := JOBS.latest({"of": question}, on_disk(market().region)):
        JOBS.stop(key)
    return HttpResponseRedirect(reverse(f"supply:{question}"), status=303)


@access(Access.PUBLIC)
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """Say how far a question is; a page that asks by script is loaded anew once it is over."""
    context = standing(_asked(request.GET.get("of", "")))
    response = render(request, "supply/_progress.html", context)
    if context["job"] is None or context["job"].over:
        response["HX-Refresh"] = "true"
    return response


def _asked(name: str) -> str:
    return name if name in QUESTIONS else QUESTIONS[0]
