# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Answers on learning for the village, for the tests of pages and for those in a browser."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest


def answered() -> dict[str, Any]:
    """Return what is said of the village on seats, modules and places, as a site reads it."""
    from drehkreuz_web.house.region import market  # noqa: PLC0415  # needs settings
    from drehkreuz_web.supply.compute import QUESTIONS, compute  # noqa: PLC0415  # as above

    region = market().region
    found: dict[str, Any] = json.loads(json.dumps({name: compute(region, {"of": name}) for name in QUESTIONS}))
    return found


@contextmanager
def shown(answers: Mapping[str, Any]) -> Iterator[None]:
    """Have the site show answers as if they had been worked out."""
    from drehkreuz_web.house.jobs import Job, Status  # noqa: PLC0415  # needs settings
    from drehkreuz_web.house.region import market, on_disk  # noqa: PLC0415  # as above
    from drehkreuz_web.supply import shown as pages  # noqa: PLC0415  # as above

    place = on_disk(market().region)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "latest", lambda of: Job({"of": of}, place, Status.READY, result=answers[of]))
        yield
