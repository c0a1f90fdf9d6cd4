# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What is lent, as GBFS 3.0: the stations, the vehicles and the prices of this moment, without a word about who rides."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from drehkreuz.sources.gbfs_write import LIVE_TTL, VERSION, Live, write_gbfs
from drehkreuz.sources.json_file import dump
from drehkreuz_web.house.access import Access, access
from drehkreuz_web.sharing.lender import Unavailable, lender

JSON = "application/json"
LATER = 30
"""Seconds after which it is worth asking again."""


@access(Access.PUBLIC)
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """List every system that is lent here."""
    now = timezone.now()
    try:
        region, _ = lender().published(now)
    except Unavailable:
        return _later()
    systems = [
        {"system_id": key, "versions": [{"version": VERSION, "url": _address(request, key, "gbfs")}]}
        for key in region.table("sharing_systems")["system_id"]
    ]
    about = {"last_updated": now.strftime("%Y-%m-%dT%H:%M:%SZ"), "ttl": LIVE_TTL, "version": VERSION}
    return HttpResponse(dump(about | {"data": {"datasets": systems}}), content_type=JSON)


@access(Access.PUBLIC)
@require_safe
def feed(request: HttpRequest, system: str, feed: str) -> HttpResponse:
    """Give one file of a system."""
    now = timezone.now()
    try:
        region, standing = lender().published(now)
        renting = any(stop.open for stop in lender().stations(now) if stop.system[0] == system)
    except Unavailable:
        return _later()
    if system not in set(region.table("sharing_systems")["system_id"]):
        raise Http404
    of_station = dict(region.table("sharing_stations").select("station_id", "system").iter_rows())
    live = Live(now, renting, [each for each in standing if of_station.get(each.station) == system])
    address = _address(request, system, "gbfs").removesuffix("/gbfs.json")
    files, _ = write_gbfs(region, system, address=address, live=live)
    if f"{feed}.json" not in files:
        raise Http404
    return HttpResponse(files[f"{feed}.json"], content_type=JSON)


def _address(request: HttpRequest, system: str, name: str) -> str:
    return request.build_absolute_uri(reverse("sharing:feed", args=[system, name]))


def _later() -> HttpResponse:
    return HttpResponse(status=503, headers={"Retry-After": str(LATER)})
