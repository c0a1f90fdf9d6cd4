# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Figures of a region with municipalities, in the place of those that the site computes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler

from web.planner.figures import figures_of_the_town, shown

Report = dict[str, Any]


@pytest.fixture(scope="session")
def report(site: WSGIHandler) -> Report:
    """The report of the village with municipalities."""
    assert site
    return figures_of_the_town()


@pytest.fixture
def show() -> Iterator[Callable[..., None]]:
    """A function that has the site show a state of the figures; it forgets it after the test."""
    with shown() as show:
        yield show


@pytest.fixture
def figures(report: Report, show: Callable[..., None]) -> Report:
    """The figures that the site shows in this test."""
    show(report)
    return report
