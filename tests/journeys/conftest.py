# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""
What journeys share: the regions of docs/how-to/real-data.md, built from real open data by the recipes and the commands of the page.

Beside them the model region of Aachen, small, with the people of examples/aachen.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import polars as pl
import pytest

from drehkreuz.model.village import RECIPE
from drehkreuz.region import Region, open_region
from drehkreuz.sources.recipe import TableSource, read_recipe
from journeys.aachen_stories import Stories, read_stories, small_region
from journeys.page import Journey, Page, run_all

PAGE: Final = Path(__file__).parents[2] / "docs" / "how-to" / "real-data.md"

VILLAGE: Final = RECIPE.parent

NORTH, EAST = -0.1009, -0.2416
"""Degrees by which the village is moved, unscaled, so that it lies within the extract of Aachen."""

NOT_THE_VILLAGES: Final = {
    "broader", "labels", "occupation_skills", "occupations", "places", "skills", "street_edges", "street_nodes", "zones",
}  # fmt: skip
"""Tables that come from ESCO, from OpenStreetMap, or from the village moved."""

WORKPLACES: Final = ("beira_rio_stadium", "farrapos_station", "iguatemi_shopping_center", "public_market", "pucrs")

WEEKDAYS: Final = range(5)
SHIFTS: Final = {
    "day": ("day", "08:00", "17:00", WEEKDAYS),
    "early": ("early", "06:00", "14:00", WEEKDAYS),
    "night": ("night", "22:00", "30:00", WEEKDAYS),
    "afternoon": ("day", "13:30", "16:30", WEEKDAYS),
    "sunday": ("day", "13:30", "16:30", [6]),
}
"""Rota → kind, begin, end and days of its shifts."""


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Region:
    """The model region of Aachen, small."""
    return small_region(tmp_path_factory.mktemp("regions") / "aachen")


@pytest.fixture(scope="session")
def stories(model: Region) -> Stories:
    """Every person of examples/aachen, by name of the file."""
    return read_stories(model)


@pytest.fixture(scope="session")
def page() -> Page:
    return Page(PAGE.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the commands run."""
    return tmp_path_factory.mktemp("real-data")


def put(folder: Path, files: Mapping[str, Path | str | pl.DataFrame]) -> None:
    """Put files into a new folder: links to those that are there, texts, tables as CSV."""
    folder.mkdir()
    for name, content in files.items():
        match content:
            case Path():
                (folder / name).symlink_to(content)
            case str():
                (folder / name).write_text(content, encoding="utf-8")
            case _:
                content.write_csv(folder / name)


@pytest.fixture(scope="session")
def aachen(data: Path, page: Page, bench: Path) -> Journey:
    """ESCO and the streets of Aachen with the people and posts of the village."""
    tables = [source for source in read_recipe(RECIPE).sources if isinstance(source, TableSource)]
    own = {source.table: source.path for source in tables if source.table not in NOT_THE_VILLAGES}
    section = '\n[[source]]\nkind = "table"\ntable = "{0}"\npath = "{0}.csv"\n'
    recipe = page.file("aachen/region.toml") + "".join(section.format(name) for name in (*own, "zones", "places"))
    put(
        bench / "aachen",
        {
            "region.toml": recipe,
            "esco-1.1.1-en": data / "esco" / "v1.1.1-en",
            "esco-1.2.0-de": data / "esco" / "v1.2.0-de",
            "aachen.osm.pbf": data / "transit" / "aachen-osm" / "aachen_2021-08-01.osm.pbf",
            "occupations_local.csv": occupations_of_the_village(),
            "zones.csv": moved("zones.csv"),
            "places.csv": moved("places.csv"),
            **{f"{name}.csv": path for name, path in own.items()},
        },
    )
    (bench / "baggerfahrer.toml").write_text(page.file("baggerfahrer.toml"), encoding="utf-8")
    answers = run_all(page.commands("Aachen"), bench)
    return Journey(bench, open_region(bench / "regions" / "aachen"), answers)


def occupations_of_the_village() -> pl.DataFrame:
    """Return table `occupations_local`: the village's codes with ISCO-08 and the German name."""
    names = pl.read_csv(VILLAGE / "labels.csv").filter(language="de", kind="preferred", concept="occupation")
    occupations = pl.read_csv(VILLAGE / "occupations.csv", schema_overrides={"isco08": pl.String})
    named = occupations.join(names, left_on="occupation_id", right_on="concept_id")
    return named.select("occupation_id", "isco08", label="text")


def moved(name: str) -> pl.DataFrame:
    """Return a table of the village with its coordinates moved to Aachen."""
    return pl.read_csv(VILLAGE / name).with_columns((pl.col("lat") + NORTH).round(6), (pl.col("lon") + EAST).round(6))


@pytest.fixture(scope="session")
def porto_alegre(data: Path, page: Page, bench: Path) -> Journey:
    """Both timetables, the streets and the cells of Porto Alegre; at five places of the city every shift of `SHIFTS`."""
    given = data / "transit" / "porto-alegre"
    points = pl.read_csv(given / "poa_points_of_interest.csv").filter(pl.col("id").is_in(WORKPLACES))
    put(
        bench / "porto-alegre",
        {
            "region.toml": page.file("porto-alegre/region.toml"),
            "bus.zip": given / "poa_eptc.zip",
            "rail.zip": given / "poa_trensurb.zip",
            "streets.osm.pbf": given / "poa_osm.pbf",
            "cells.csv": given / "poa_hexgrid.csv",
            "places.csv": points.select("lat", "lon", place_id="id", name="id", kind=pl.lit("workplace")),
            **posts(),
        },
    )
    (bench / "commutes.py").write_text(page.file("commutes.py"), encoding="utf-8")
    answers = run_all(page.commands("Porto Alegre"), bench)
    return Journey(bench, open_region(bench / "regions" / "porto-alegre"), answers)


def posts() -> dict[str, pl.DataFrame]:
    """Return a post for each shift at each workplace, and what a post needs."""
    rotas = [{"shift_system_id": rota, "label_de": rota, "label_en": rota} for rota in SHIFTS]
    hours = {"day": 40, "early": 40, "night": 40, "afternoon": 15, "sunday": 3}
    post = {
        "title": "Example post",
        "occupation_id": "Example work",
        "start": "2019-06-03",
        "pay_min": 2000,
        "pay_max": 2000,
    }
    return {
        "occupations_local.csv": pl.DataFrame({"occupation_id": ["Example work"], "isco08": ["9329"]}),
        "shift_systems.csv": pl.DataFrame([{**rota, "paid_hours": hours[rota["shift_system_id"]]} for rota in rotas]),
        "shifts.csv": pl.DataFrame(
            [
                {"shift_system_id": rota, "week": 1, "day": day, "name": name, "start": start, "end": end}
                for rota, (name, start, end, days) in SHIFTS.items()
                for day in days
            ]
        ),
        "vacancies.csv": pl.DataFrame(
            [
                {
                    **post,
                    "vacancy_id": f"{place} {rota}",
                    "place_id": place,
                    "shift_system_id": rota,
                    "hours_min": hours[rota],
                    "hours_max": hours[rota],
                }
                for place in WORKPLACES
                for rota in SHIFTS
            ]
        ),
    }
