# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The model region put together: the same bytes everywhere, its targets, its border."""

from __future__ import annotations

from datetime import date
from hashlib import blake2b
from pathlib import Path

import pytest

from drehkreuz.errors import DrehkreuzError
from drehkreuz.measures import with_measures
from drehkreuz.model import new_region
from drehkreuz.model.aachen.build import build_aachen
from drehkreuz.region import TABLES, Region
from drehkreuz.sources.scenario import read_scenario

SCALE = 0.05

EXAMPLES = sorted(
    path for path in (Path(__file__).parents[3] / "examples" / "scenarios").rglob("*.toml") if path.stem != "village"
)

DIGEST = "5305903fdff676406b532ce45084a08d"
"""Of every table at this scale and seed 1; changes with the model, never with a version of Python, NumPy or Polars."""

MISSED = {"shortage"}
"""Targets that are known to be missed; `targets.toml` says why."""


HEADLINES = (
    "people-rows", "people-whole", "lignite-operator", "lignite-over-45", "openings", "openings-study-share", "courses",
    "tightness-1", "tightness-2", "pay-median", "leaving-konti-loses", "commute-median", "study-population",
)  # fmt: skip
"""What is said of the region; where residents of a district at the border of the area work depends on that border."""


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Region:
    """The model region, small."""
    return build_aachen(tmp_path_factory.mktemp("model") / "aachen", scale=SCALE).region


def digest(region: Region) -> str:
    """One digest of all tables, of their schema and values."""
    told = "".join(f"{name} {region.digest(name)}\n" for name in TABLES if name in region.tables)
    return blake2b(told.encode(), digest_size=16).hexdigest()


def test_the_same_seed_gives_the_same_bytes_on_every_version(region: Region) -> None:
    """The digest of the whole region is the one written down here."""
    assert digest(region) == DIGEST


def test_another_seed_gives_another_region(region: Region, tmp_path: Path) -> None:
    """People differ with the seed, places and timetable do not."""
    other = build_aachen(tmp_path / "aachen", scale=SCALE, seed=2).region
    assert other.digest("people") != region.digest("people")
    assert all(other.digest(name) == region.digest(name) for name in ("zones", "stop_times", "occupations"))


def test_targets_are_met_or_known_to_be_missed(region: Region) -> None:
    """Only the targets named here lie outside their bounds."""
    rows = region.table("targets").iter_rows(named=True)
    assert {row["target_id"] for row in rows if not row["low"] <= row["result"] <= row["high"]} == MISSED


def test_a_wider_ring_changes_no_headline(region: Region, tmp_path: Path) -> None:
    """With fifteen kilometres more around the area no headline moves by over 2 %."""
    wide = build_aachen(tmp_path / "wide", scale=SCALE, ring_km=15).region
    before, after = (dict(r.table("targets").select("target_id", "result").iter_rows()) for r in (region, wide))
    assert after["cells"] > before["cells"] * 1.3
    assert {name: after[name] for name in HEADLINES} == pytest.approx(
        {name: before[name] for name in HEADLINES}, rel=0.02
    )


def test_a_scale_out_of_bounds_is_refused(tmp_path: Path) -> None:
    """The error names the scale and what may be given."""
    with pytest.raises(DrehkreuzError, match=r"--scale 0.001 is outside 0.01 to 4"):
        new_region(tmp_path / "tiny", "aachen", scale=0.001)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_of_scenarios_name_what_is_there(region: Region, path: Path) -> None:
    """Every stop, place and course that an example of a scenario names is in the model region, and its measures change tables."""
    scenario = read_scenario(path, region)
    assert with_measures(region, scenario.measures, date(2030, 1, 1)).touched
