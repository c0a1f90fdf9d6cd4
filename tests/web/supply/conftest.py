# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Answers on learning for the village, worked out as the site does it, but in this process and once for all tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler

from web.supply.answers import answered, shown


@pytest.fixture(scope="session")
def answers(site: WSGIHandler) -> dict[str, Any]:
    """What there is to be said of the village, by question."""
    assert site
    return answered()


@pytest.fixture
def worked_out(answers: dict[str, Any]) -> Iterator[None]:
    """The site as it is once everything has been worked out."""
    with shown(answers):
        yield


@pytest.fixture
def nobody_asked(site: WSGIHandler, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site before anybody asked about learning."""
    assert site
    from drehkreuz_web.house.jobs import Jobs  # noqa: PLC0415  # needs settings
    from drehkreuz_web.supply import work_views  # noqa: PLC0415  # as above

    monkeypatch.setattr(work_views, "JOBS", Jobs("drehkreuz_web.supply.compute"))
