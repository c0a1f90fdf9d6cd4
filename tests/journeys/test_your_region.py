# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A county from lists, public sources and official counts: what docs/how-to/your-region.md tells a person to do works."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from drehkreuz.region import open_region
from drehkreuz.region.fitted import speaks_for_region
from journeys.page import Journey, Page, run_all

PAGE: Final = Path(__file__).parents[2] / "docs" / "how-to" / "your-region.md"

SECTIONS: Final = ("Public sources", "Your lists", "The people")
"""Sections whose commands are run after the first; the report's engines have tests of their own."""


@pytest.fixture(scope="module")
def page() -> Page:
    """The page of the documentation."""
    return Page(PAGE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def county(page: Page, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Journey:
    """The county of the page; ESCO and streets lie where the page puts them, so that nothing is fetched."""
    folder = tmp_path_factory.mktemp("kreis")
    run_all([command.replace("--scale 0.05", "--scale 0.02") for command in page.commands("Begin")], folder)
    for name, text in re.findall(r"```csv\n# (\S+)\n(.*?)```", page.text, flags=re.DOTALL):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8-sig", newline="\r\n")
    recipe = folder / "kreis" / "region.toml"
    recipe.write_text(f"{recipe.read_text(encoding='utf-8')}\n{page.file('kreis/region.toml')}", encoding="utf-8")
    for name, lies in (
        ("esco-en", "esco/v1.1.1-en"),
        ("esco-de", "esco/v1.2.0-de"),
        ("streets.osm.pbf", "transit/aachen-osm/aachen_2021-08-01.osm.pbf"),
    ):
        (folder / "kreis" / name).symlink_to(data / lies)
    answers = run_all([command for section in SECTIONS for command in page.commands(section)], folder)
    return Journey(folder, open_region(folder / "kreis" / "people-2026"), answers)


@pytest.mark.data
def test_the_county_of_the_page(county: Journey) -> None:
    """Every command of the page ends well, both margins are kept, and the report may be one for the region."""
    assert {answer.code for answer in county.answers.values()} == {0}
    (fetched,) = county["region fetch"].said["files"]
    assert fetched["state"] == "own"
    populated = county["region populate"].said
    assert [(kept["margin"], kept["asked"], kept["tae"]) for kept in populated["margins"]] == [
        ("work", 460, 0),
        ("age", 380, 0),
    ]
    assert populated["people"] == len(county.region.table("people")) == 460
    assert populated["for_region"] is speaks_for_region(county.region) is True
    assert county.region.table("vacancies")["openings"].sum() == 20
