# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A visit to the site over any region, without a browser: `python tests/journeys/visit.py REGION STATE PLACE OCCUPATION`, told as JSON."""

from __future__ import annotations

import json
import os
import re
import sys
from html import unescape
from pathlib import Path
from time import process_time
from typing import Any, Final

WAY: Final = {"car": "on", "bike": "on", "bike_max_minutes": "20", "max_minutes": "60", "licences": "B"}
TIME: Final = {"hours_min": "35", "hours_max": "40", "when": "any", "available_from": "2026-12-02"}
LIFE: Final = {
    "employment_status": "employed", "employer_group": "lignite_operator", "net_today_eur_month": "2.980",
    "net_need_eur_month": "1.350 €", "language_de": "native", "eqf": "4", "learning_hours_max": "40", "learning_fee_max_eur": "0",
    "learning_online": "on",
}  # fmt: skip


def _peak_mb() -> int:
    """Return the most memory held so far; what `getrusage` says begins with what the process held that began this one."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) // 1024


def main() -> None:
    """Answer every question as a person would, ask for paths, and look at the pages that need no figures."""
    region, state, place, text = sys.argv[1:]
    os.environ |= {
        "DREHKREUZ_REGION": region, "DREHKREUZ_STATE": state, "DREHKREUZ_WORKERS": "0", "DREHKREUZ_POSTS_PER_MINUTE": "1000",
        "DJANGO_SETTINGS_MODULE": "drehkreuz_web.settings",
    }  # fmt: skip
    from drehkreuz_web.start import make_ready  # noqa: PLC0415  # it reads the environment

    make_ready()
    from django.test import Client  # noqa: PLC0415  # needs settings

    ready, client = process_time(), Client(headers={"host": "localhost"})
    told: dict[str, Any] = {"status": {}}

    def post(path: str, answers: dict[str, Any]) -> str:
        page = client.post(path, answers)
        told["status"][path] = page.status_code
        return page.content.decode()

    page = post("/skills", {"text": text})
    offered = re.findall(r'name="offered" value="([^"]*)"', page)
    named = {
        kind: [one.partition(":")[2] for one in offered if one.startswith(f"{kind}:")]
        for kind in ("occupation", "skill")
    }
    told["offered"] = {kind: len(ids) for kind, ids in named.items()}
    (first, *_) = named["occupation"]
    said = {"occupation": [first], f"years:{first}": "18", "skill": named["skill"][:3], "offered": offered}
    for path, answers in (("/skills", said), ("/way", WAY | {"place": place}), ("/time", TIME), ("/life", LIFE)):
        page = post(path, {"case": carried(page), "go": "next", **answers})
    case = carried(page)
    told["cards"] = len(re.findall("<article", post("/paths", {"case": case})))
    told["paths"] = {
        key: len(value)
        for key, value in json.loads(post("/paths.json", {"case": case})).items()
        if isinstance(value, list)
    }
    for path in (
        "/",
        "/region",
        "/region/map",
        "/region/sources",
        "/measures",
        "/sharing",
        "/api/v1/region",
        "/api/v1/occupations?q=schwei",
    ):
        told["status"][path] = client.get(path).status_code
    told |= {
        "ready_s": ready,
        "visit_s": process_time() - ready,
        "mb": _peak_mb(),
    }
    print(json.dumps(told))  # noqa: T201  # a program that prints


def carried(page: str) -> str:
    """Return the case that a page's form carries."""
    found = re.search(r'name="case" value="([^"]*)"', page[page.index('id="content"') :])
    assert found, page
    return unescape(found[1])


if __name__ == "__main__":
    main()
