# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a machine may ask: is the site well?"""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from drehkreuz import __version__
from drehkreuz.region import Region
from drehkreuz_web.house.access import Access, access
from drehkreuz_web.house.logs import fault, log
from drehkreuz_web.house.newest import newest
from drehkreuz_web.house.region import market, ready


@access(Access.PUBLIC)
@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """Answer 200 if the region is prepared and the database answers, else 503; say which is not."""
    checks = {"region": ready(), "database": _database()}
    about: dict[str, object] = {"version": __version__, "checks": checks}
    if checks["region"]:
        region = market().region
        about |= {"region": region.manifest.name, "day": region.manifest.day.isoformat()} | _snapshots(region)
    well = all(checks.values())
    return JsonResponse({"status": "ok" if well else "not ready", **about}, status=200 if well else 503)


def _snapshots(region: Region) -> dict[str, str]:
    """Return the snapshot that is served, and the newest one where that is another: a restart would serve it."""
    newer = newest(region)
    named = {"snapshot": region.folder, "newest": newer.folder if newer else None}
    return {name: folder.name for name, folder in named.items() if folder}


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception as error:  # noqa: BLE001  # every driver has its own; the answer is the same
        log.warning("database", extra={"fields": fault(error)})
        return False
    return True
