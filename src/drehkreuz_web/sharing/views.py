# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Pages on shared vehicles: where one stands, booking it, taking it, giving it back."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from drehkreuz_web.house.access import Access, access
from drehkreuz_web.house.fields import parse_number
from drehkreuz_web.sharing.codes import new_wish
from drehkreuz_web.sharing.lender import Booked, Lent, Refused, Stage, Stop, Unavailable, Why, lender
from drehkreuz_web.sharing.words import KINDS, REFUSALS, hours, in_cents, price

LONGEST: Final = 80
"""Characters of a place that is looked for."""

FURTHEST_KM: Final = 2_000.0
LATER: Final = "30"
"""Seconds after which it is worth asking again."""

Said = str | Promise


@access(Access.PUBLIC)
@require_safe
def stations(request: HttpRequest) -> HttpResponse:
    """List the stations, all or those whose name was looked for."""
    try:
        every = lender().stations(timezone.now())
    except Unavailable:
        return _away(request)
    wanted, kind = request.GET.get("q", "")[:LONGEST].strip(), request.GET.get("kind", "")
    shown = [stop for stop in every if wanted.casefold() in stop.name.casefold() and kind in {"", stop.kind}]
    kinds = [(name, KINDS[name]) for name in KINDS if any(stop.kind == name for stop in every)]
    context = {
        "any": bool(every),
        "wanted": wanted,
        "kind": kind,
        "kinds": kinds if len(kinds) > 1 else [],
        "stops": [_stop(stop) for stop in shown],
    }
    return render(request, "sharing/stations.html", context)


@access(Access.PUBLIC)
@require_safe
def station(request: HttpRequest, number: int) -> HttpResponse:
    """Show what stands at a station and what it costs."""
    try:
        return _station(request, number)
    except Unavailable:
        return _away(request)


@access(Access.PUBLIC)
@require_POST
def book(request: HttpRequest) -> HttpResponse:
    """Hold a vehicle, and show the code that opens the booking: once, to who asked."""
    at, lent = _whole(request.POST.get("station")), _whole(request.POST.get("type"))
    wish = request.POST.get("wish", "")
    if at is None or lent is None or not wish:
        raise Http404
    try:
        code = lender().reserve(at, lent, wish, timezone.now())
        carried = [("station", at), ("type", lent), ("wish", wish)]
        return _booking(request, code, carried, told=code)
    except Refused as refused:
        return _station(request, at, REFUSALS[refused.why])
    except Unavailable:
        return _away(request)


@access(Access.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def booking(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a booking; show it, and take, give up or give back its vehicle."""
    code = request.POST.get("code", "").strip()
    if not code:
        return render(request, "sharing/code.html", {"posted": ""})
    go, now, trouble = request.POST.get("go", ""), timezone.now(), ""
    status = 200
    try:
        try:
            if go == "begin":
                lender().begin(code, now)
            elif go == "cancel":
                lender().cancel(code, now)
            elif go == "return":
                trouble = _give_back(request, code)
                status = 422 if trouble else 200
        except Refused as refused:
            if refused.why is Why.UNKNOWN:
                raise
            trouble, status = str(REFUSALS[refused.why]), 409
        return _booking(request, code, [("code", code)], trouble=trouble, status=status)
    except Refused as refused:
        context = {"trouble": REFUSALS[refused.why], "posted": ""}
        return render(request, "sharing/code.html", context, status=404)
    except Unavailable:
        return _away(request)


def _give_back(request: HttpRequest, code: str) -> str:
    """Give a vehicle back; return what is wrong with the form, empty: nothing."""
    now = timezone.now()
    told = lender().booking(code, now)
    at = told.origin[0] if told.roundtrip else _whole(request.POST.get("station"))
    if at is None:
        return _("Please choose a station.")
    kilometres = 0.0
    if told.by_kilometre and told.stage is Stage.RIDING:
        number = parse_number(request.POST.get("km", ""))
        if number is None or not 0 <= number <= FURTHEST_KM:
            return _("Please write how many kilometres you drove, in digits.")
        kilometres = number
    lender().finish(code, at, round(1000 * kilometres), now)
    return ""


def _station(request: HttpRequest, number: int, trouble: Said = "") -> HttpResponse:
    stop = next((each for each in lender().stations(timezone.now()) if each.number == number), None)
    if stop is None:
        raise Http404
    context = {"stop": _stop(stop), "trouble": trouble, "wish": new_wish()}
    return render(request, "sharing/station.html", context, status=409 if trouble else 200)


def _booking(
    request: HttpRequest,
    code: str,
    carried: list[tuple[str, Any]],
    *,
    told: str = "",
    trouble: Said = "",
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    found = lender().booking(code, now)
    context: dict[str, Any] = {
        "booked": found,
        "code": code,
        "told": told,
        "trouble": trouble,
        "price": list(price(found.steps, found.currency)),
        "paid": "" if found.cents is None else in_cents(found.cents, found.currency),
        "targets": _targets(found, now) if found.stage is Stage.RIDING and not found.roundtrip else [],
        "posted": "1",
        "carried": carried,
    }
    return render(request, "sharing/booking.html", context, status=status)


def _targets(found: Booked, now: Any) -> list[Stop]:  # noqa: ANN401  # a moment
    """Return stations where the vehicle can be given back."""
    return [
        stop
        for stop in lender().stations(now)
        if any(lent.number == found.vehicle_type and lent.places for lent in stop.lends)
    ]


def _stop(stop: Stop) -> dict[str, Any]:
    """Return a station as its page says it."""
    return {
        "stop": stop,
        "kind": KINDS.get(stop.kind, stop.kind),
        "hours": hours(stop.opening_hours),
        "free": sum(lent.free for lent in stop.lends),
        "places": sum(lent.places for lent in stop.lends),
        "lends": [_lent(lent) for lent in stop.lends],
    }


def _lent(lent: Lent) -> dict[str, Any]:
    return {"lent": lent, "price": list(price(lent.steps, lent.currency))}


def _whole(text: str | None) -> int | None:
    """Return a number that was sent, None where it is none that a lender could know."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < LONGEST // 8 else None


def _away(request: HttpRequest) -> HttpResponse:
    response = render(request, "sharing/away.html", status=503)
    response["Retry-After"] = LATER
    return response
