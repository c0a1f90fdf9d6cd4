# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Figures of a region with municipalities, for the tests of pages and for those in a browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from town import with_towns


def figures_of_the_town() -> dict[str, Any]:
    """Return the report of the village with municipalities as a site reads it."""
    from drehkreuz_web.house.region import market  # noqa: PLC0415  # needs settings
    from drehkreuz_web.planner.compute import compute  # noqa: PLC0415  # as above

    answer: dict[str, Any] = json.loads(json.dumps(compute(with_towns(market().region))))
    return answer


@contextmanager
def shown() -> Iterator[Callable[..., None]]:
    """Give a function that has the site show a report, or how far one is: `show(report)`, `show(percent=40)`."""
    from drehkreuz_web.planner import answer  # noqa: PLC0415  # needs settings

    with pytest.MonkeyPatch.context() as patch:

        def show(report: dict[str, Any] | None = None, **state: Any) -> None:
            status = answer.Status.READY if report else state.pop("status", answer.Status.COMPUTING)
            patch.setattr(answer.Work, "state", lambda _: answer.State(status, report=report, **state))

        yield show
