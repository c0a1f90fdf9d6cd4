# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region of two towns that a person can reckon with, and assumptions as plain as they can be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from drehkreuz.foresight import Assumptions, read_assumptions
from drehkreuz.region import Region

PLAIN: Final = """
[parameters]
moved_per_1000 = { low = 0, mid = 0, high = 0 }
older_at_work = { low = 1, mid = 1, high = 1 }
out_of_work = { low = 0.1, mid = 0.1, high = 0.1 }
other_posts = { low = -0.1, mid = 0, high = 0.1 }
posts_lost_with = { low = 1, mid = 0.5, high = 0 }
posts_come_with = { low = 0, mid = 0.5, high = 1 }
again_at_work = { low = 0, mid = 0.5, high = 1 }
pay_again = { low = 1, mid = 1, high = 1 }
new_at_work = { low = 0, mid = 0.5, high = 1 }
net_pay = { low = 2000, mid = 2000, high = 2000 }
spent = { low = 0.5, mid = 0.5, high = 0.5 }
learned_1 = { low = 0, mid = 0.125, high = 0 }
learned_2 = { low = 0, mid = 0, high = 0 }
learned_3 = { low = 0, mid = 0, high = 0 }

[ages]
bands = [
    { from = 0, to = 15, residents = 0.16, at_work = 0, die = 0 },
    { from = 16, to = 66, residents = 0.51, at_work = 1, die = 0 },
]

[levels]
today = [0.25, 0.5, 0.25, 0]
entrants = [0.5, 0.5, 0, 0]
"""

PLACES: Final = [
    {"place_id": "mine", "name": "Tagebau", "kind": "workplace", "municipality": "01", "lat": 50.9, "lon": 6.3},
    {"place_id": "park", "name": "Park", "kind": "workplace", "municipality": "02", "lat": 50.8, "lon": 6.4},
    {"place_id": "far", "name": "Weit", "kind": "workplace", "municipality": "03", "lat": 51.2, "lon": 6.8},
]

ZONES: Final = [
    {"zone_id": f"Z{key}", "municipality": key, "lat": 50.9, "lon": 6.3, "population": 1} for key in ("01", "02", "03")
]

Towns = Callable[..., Region]
Step = Callable[..., dict[str, Any]]


def _town(key: str, name: str, population: int | None, jobs: int | None, *, study: bool = True) -> dict[str, Any]:
    return {"municipality": key, "name": name, "study_area": study, "population": population, "jobs": jobs}


@pytest.fixture(scope="session")
def towns(make_region: Towns) -> Towns:
    """A function that makes the region of Inden (10,000 residents, 3,000 posts) and Jülich (20,000; 9,000), and Köln beyond."""

    def make(**tables: Any) -> Region:
        known = {
            "municipalities": [
                _town("01", "Inden", 10_000, 3_000),
                _town("02", "Jülich", 20_000, 9_000),
                _town("03", "Köln", 1_000_000, 600_000, study=False),
            ],
            "zones": ZONES,
            "places": PLACES,
        }
        return make_region(**(known | tables))

    return make


@pytest.fixture(scope="session")
def step() -> Step:
    """A function that makes a row of table `projects`: by default one that comes for sure and in time."""

    def make(project: str, year: int, posts: int, **changes: Any) -> dict[str, Any]:
        return {
            "project_id": project,
            "label": project,
            "kind": "closure" if posts < 0 else "site",
            "place_id": "mine" if posts < 0 else "park",
            "occupation_id": "",
            "year": year,
            "posts": posts,
            "probability_delay": 0.0,
            "probability_failure": 0.0,
            "status": "announced",
            "source": "test",
            "source_date": date(2026, 1, 1),
        } | changes

    return make


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Assumptions:
    """Nobody moves or dies, everybody works from 16 to 66, and each year of age has one in a hundred residents."""
    path: Path = tmp_path_factory.mktemp("assumed") / "plain.toml"
    path.write_text(PLAIN, encoding="utf-8")
    return read_assumptions(path)
