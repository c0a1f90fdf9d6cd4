# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The pages of the person's way; each reads the case from the form, and gives it back in the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from drehkreuz.errors import Finding, InputError
from drehkreuz_web.house.access import Access, access
from drehkreuz_web.house.region import market
from drehkreuz_web.person import answer as answers
from drehkreuz_web.person import atlas, cards
from drehkreuz_web.person import skills as chips
from drehkreuz_web.person.case import LONGEST, NAME, Case
from drehkreuz_web.person.matters import ASSUMED, MATTERS
from drehkreuz_web.person.questions import (
    LifeQuestions,
    MatterQuestions,
    Questions,
    TimeQuestions,
    WayQuestions,
)
from drehkreuz_web.person.understand import LONGEST as LONGEST_TEXT
from drehkreuz_web.person.withdrawn import has_gone

PAGES: Final[dict[str, type[Questions]]] = {
    "way": WayQuestions,
    "time": TimeQuestions,
    "life": LifeQuestions,
    "matters": MatterQuestions,
}
"""The pages of questions, in their order."""

STEPS: Final = ("skills", *PAGES)
NAMES: Final[dict[str, Promise]] = {
    "skills": gettext_lazy("What you can do"),
    **{step: form.title for step, form in PAGES.items()},
}

KEYS: Final = {
    "skills": "years last_year current occupation_id skill_id qualification_id through",
    "way": "zone_id max_minutes bike_max_minutes walk_max_minutes bike pedelec car transit_pass licence",
    "time": "hours_min hours_max available_from day from to opens closes",
    "life": "employment_status employer_group closure_id net_need_eur_month net_today_eur_month birth_year_from "
    "birth_year_to eqf language cefr learning_hours_max learning_fee_max_eur learning_online",
    "matters": " ".join(("weights", *ASSUMED)),
}
"""Keys of the case that each page asks."""

ASKED_ON: Final = {key: step for step, keys in KEYS.items() for key in keys.split()}
"""On which page an answer of the case is asked."""

TWO: Final = 2


@access(Access.PUBLIC)
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Ask what the person can do, or for a case file to go on with."""
    return _page(request, "start", {"longest_text": LONGEST_TEXT})


@access(Access.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def skills(request: HttpRequest) -> HttpResponse:
    """Show what was recognised in a text as chips, and take what is confirmed."""
    if request.method != "POST":
        return _restore(request)
    case, go = _case(request), request.POST.get("go", "")
    text = request.POST.get("text", case.text)
    posted = chips.Posted.of(request.POST)
    problem = ""
    if len(text) > LONGEST_TEXT:
        problem = _("Your text has more than %(most)s characters. Please say the most important things.") % {
            "most": LONGEST_TEXT
        }
        return _page(request, "start", {"longest_text": LONGEST_TEXT, "text": "", "problem": problem}, status=422)
    if posted.offered or posted.ticked:
        case = chips.answered(market(), case, posted)
    if more := request.POST.get("more", "").strip():
        text = f"{text}\n{more[:LONGEST_TEXT]}"[-LONGEST_TEXT:]
    page = chips.page(market(), case, text, posted, _language())
    if go == "next" and not page.faults and (case.rows("occupation") or case.rows("skill") or "anyway" in request.POST):
        return _questions(request, "way", case)
    nothing = go == "next" and not page.faults
    context = {"page": page, "text": text, "case": case, "nothing": nothing, "more": more}
    return _page(request, "skills", context, status=422 if nothing or page.faults else 200)


@access(Access.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def way(request: HttpRequest) -> HttpResponse:
    """Ask where the person lives and how they get about."""
    return _step(request, "way")


@access(Access.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def time(request: HttpRequest) -> HttpResponse:
    """Ask when the person can work."""
    return _step(request, "time")


@access(Access.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def life(request: HttpRequest) -> HttpResponse:
    """Ask what the person does and earns, what they speak and how they could learn."""
    return _step(request, "life")


@access(Access.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def matters(request: HttpRequest) -> HttpResponse:
    """Ask what matters to the person."""
    return _step(request, "matters")


@access(Access.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def paths(request: HttpRequest) -> HttpResponse:
    """Show the person's paths."""
    if request.method != "POST":
        return _restore(request)
    return _paths(request, _changed(request, _case(request)))


@access(Access.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def print_view(request: HttpRequest) -> HttpResponse:
    """Show the person's paths for paper: everything open, nothing to press."""
    if request.method != "POST":
        return _restore(request)
    return _paths(request, _case(request), template="print")


@access(Access.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest) -> HttpResponse:
    """Show two paths side by side."""
    if request.method != "POST":
        return _restore(request)
    case, chosen = _case(request), request.POST.getlist("compare")
    if len(chosen) != TWO:
        return _paths(
            request, case, problem=_("Please tick two paths to compare: you ticked %(n)s.") % {"n": len(chosen)}
        )
    found = _answered(request, case)
    if isinstance(found, HttpResponse):
        return found
    two = found.chosen(chosen)
    if len(two) != TWO:
        return _paths(
            request, case, problem=_("One of the two paths is no longer among the best. Please choose again.")
        )
    context = {
        "answer": found,
        "two": two,
        "rows": _compared(two),
        "gone": any(has_gone(card.path) for card in two),
        "case": case,
        "note": answers.note(found),
    }
    return _page(request, "compare", context)


@access(Access.PUBLIC)
@require_POST
def paths_json(request: HttpRequest) -> HttpResponse:
    """Give the answer as JSON: the same values as the page is made from."""
    case = _changed(request, _case(request))
    try:
        found = answers.answer(market(), case, label=_("Your answers"), language=_language())
    except InputError as error:
        return JsonResponse({"findings": [_finding(finding) for finding in error.findings]}, status=422)
    return JsonResponse(found.values, json_dumps_params={"ensure_ascii": False, "indent": 2})


@access(Access.PUBLIC)
@require_POST
def case_file(request: HttpRequest) -> HttpResponse:
    """Give the case as a file to keep."""
    head = _("# Your answers of drehkreuz. Only you have this file. It can be opened on the start page.")
    response = HttpResponse(f"{head}\n\n{_case(request).toml}", content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{NAME}"'
    return response


@access(Access.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def open_case(request: HttpRequest) -> HttpResponse:
    """Go on with a case file: to the paths, or to the first page that is not answered yet."""
    if request.method != "POST":
        return _restore(request)
    upload = request.FILES.get("file")
    if upload is None and "case" not in request.POST:
        return _start_with(request, _("Please choose the file you saved here: %(name)s.") % {"name": NAME})
    if upload is not None and (upload.size or 0) > LONGEST:
        return _start_with(request, _("This file is too large for a case file. Please choose the file you saved here."))
    try:
        text = upload.read().decode("utf-8-sig") if upload is not None else request.POST["case"]
        case = Case.read(text)
    except (UnicodeDecodeError, InputError):
        return _start_with(
            request, _("This file cannot be read as a case file. Please choose the file you saved here.")
        )
    missing = next((step for step in PAGES if not _is_answered(case, step)), None)
    if missing is not None:
        return _questions(request, missing, case)
    return _paths(request, case)


def _step(request: HttpRequest, step: str) -> HttpResponse:
    """Take the answers of a page and show the next, or the page again with what is wrong beside each field."""
    if request.method != "POST":
        return _restore(request)
    case, go = _case(request), request.POST.get("go", "show")
    if go == "show":
        return _questions(request, step, case)
    form = PAGES[step](market().region, case, request.POST)
    if form.is_valid():
        case = form.answered()
    elif go != "back":
        return _questions(request, step, case, form)
    position = STEPS.index(step) + (-1 if go == "back" else 1)
    if position == 0:
        page = chips.page(market(), case, case.text, chips.NOTHING, _language())
        return _page(request, "skills", {"page": page, "text": case.text, "case": case})
    if position == len(STEPS):
        return _paths(request, case)
    return _questions(request, STEPS[position], case)


def _questions(request: HttpRequest, step: str, case: Case, form: Questions | None = None) -> HttpResponse:
    shown = form or PAGES[step](market().region, case)
    context = {"form": shown, "step": step, "case": case}
    return _page(request, step, context, template="questions", status=422 if shown.errors else 200)


def _paths(request: HttpRequest, case: Case, *, template: str = "paths", problem: str = "") -> HttpResponse:
    found = _answered(request, case)
    if isinstance(found, HttpResponse):
        return found
    context = {
        "answer": found,
        "case": case,
        "problem": problem,
        "map": atlas.draw(market().region, found.home, [*found.cards, *found.nearly]),
        "sliders": MatterQuestions(market().region, case),
        "steps": [(step, NAMES[step]) for step in STEPS],
        "note": answers.note(found),
    }
    return _page(request, template, context)


def _answered(request: HttpRequest, case: Case) -> answers.Answer | HttpResponse:
    """Return the answer, or the page that says which of the person's answers are missing or do not go together."""
    try:
        return answers.answer(market(), case, label=_("Your answers"), language=_language())
    except InputError as error:
        findings = [_Trouble.of(finding) for finding in error.findings]
        context = {"case": case, "troubles": findings, "steps": [(step, NAMES[step]) for step in STEPS]}
        return _page(request, "trouble", context, status=422)


def _compared(two: list[cards.Card]) -> list[tuple[str, list[list[str]]]]:
    """Return the rows of two cards: when, what stands between, then as on the cards."""
    first = [(_("When"), [[card.status] for card in two])]
    if any(card.blocks for card in two):
        first.append((_("What stands between"), [card.blocks for card in two]))
    return [*first, *cards.side_by_side(two)]


def _changed(request: HttpRequest, case: Case) -> Case:
    """Return the case with what the page of paths changes: sliders, skills claimed and taken back."""
    data = request.POST
    if any(matter.name in data for matter in MATTERS):
        form = MatterQuestions(market().region, case, data)
        case = form.answered() if form.is_valid() else case
    known = set(market().taxonomy.skill_ids)
    have = [id_ for id_ in data.getlist("have") if id_ in known]
    kept, shown = set(data.getlist("keep")), data.getlist("brought")
    have_not = [id_ for id_ in shown if id_ in known and id_ not in kept]
    return chips.corrected(case, have, have_not) if have or have_not else case


@dataclass(frozen=True, slots=True)
class _Trouble:
    """An answer that is missing or does not fit, and the page where it is asked; none asks what only a file can hold."""

    step: str
    name: Promise | str
    key: str
    detail: str

    @classmethod
    def of(cls, finding: Finding) -> _Trouble:
        step = ASKED_ON.get(finding.column, "")
        return cls(step, NAMES.get(step, _("Your file")), finding.column, f"{finding.problem}. {finding.remedy}")


def _finding(finding: Finding) -> dict[str, str]:
    return {"key": finding.column, "line": finding.row, "problem": finding.problem, "remedy": finding.remedy}


def _is_answered(case: Case, step: str) -> bool:
    """Whether the case has what a page asks and an answer needs."""
    needed = {
        "way": ("zone_id", "max_minutes"),
        "time": ("available_from",),
        "life": ("net_need_eur_month", "employment_status"),
    }
    return all(key in case.values for key in needed.get(step, ()))


def _case(request: HttpRequest) -> Case:
    """
    Return the case that the form carries.

    Raises:
        BadRequest: If it was tampered with so that it cannot be read.
    """
    try:
        return Case.read(request.POST.get("case", ""))
    except InputError as error:
        raise BadRequest from error


def _start_with(request: HttpRequest, problem: str) -> HttpResponse:
    return _page(request, "start", {"longest_text": LONGEST_TEXT, "file_problem": problem}, status=422)


def _restore(request: HttpRequest) -> HttpResponse:
    """Answer a page that was asked for without a form: a script sends the answers from the link, else one begins anew."""
    return _page(request, "restore", {"target": request.path})


def _page(
    request: HttpRequest, name: str, context: dict[str, Any], *, template: str = "", status: int = 200
) -> HttpResponse:
    """Show a page, with the form that a switch of the language sends again."""
    skip = {"csrfmiddlewaretoken", "language", "next", "posted"}
    carried = [(key, value) for key, values in request.POST.lists() if key not in skip for value in values]
    if request.FILES and isinstance(context.get("case"), Case):
        carried.append(("case", context["case"].toml))
    shared = {
        "carried": carried,
        "posted": "1" if request.method == "POST" else "",
        "here": reverse(f"person:{name}") if name in {*STEPS, "paths", "compare"} else "",
        "number": STEPS.index(name) + 1 if name in STEPS else 0,
        "of": len(STEPS),
    }
    return render(request, f"person/{template or name}.html", {**shared, **context}, status=status)


def _language() -> str:
    return (get_language() or "de")[:2]
