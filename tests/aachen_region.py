# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""People, posts and flows of the model region in memory, without timetable and courses: made once, for several tests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import polars as pl

from drehkreuz.model.aachen.area import Area, area
from drehkreuz.model.aachen.biographies import biographies
from drehkreuz.model.aachen.care import care, care_places, times
from drehkreuz.model.aachen.demands import demands
from drehkreuz.model.aachen.draw import Draws
from drehkreuz.model.aachen.flows import commuting, distance_table
from drehkreuz.model.aachen.people import People, people
from drehkreuz.model.aachen.population import sample
from drehkreuz.model.aachen.posts import Posts, posts
from drehkreuz.model.aachen.workplaces import Workplaces, workplaces
from drehkreuz.model.core import Core, Market, core, market
from drehkreuz.region import TABLES
from drehkreuz.sources.templates import read_table


@dataclass(frozen=True, slots=True)
class Made:
    """What was made, and the tables of a region among it."""

    ground: Area
    core: Core
    market: Market
    people: People
    places: Workplaces
    posts: Posts
    tables: dict[str, pl.DataFrame]


@cache
def made(scale: float = 0.2, seed: int = 1) -> Made:
    """Make people, posts and flows at a scale."""
    ground, taxonomy, figures, draws = area(), core(), market(), Draws(seed)
    levels = taxonomy.occupations["level"].to_numpy().astype("int64")
    drawn = sample(scale, draws, figures, levels, taxonomy.occupations["outlook"].to_list())
    everybody = people(drawn, ground, figures, levels, draws)
    brought = biographies(everybody, taxonomy, figures, draws)
    nurseries, work = care_places(ground), workplaces(ground, figures, draws)
    offered = posts(work, ground.municipalities, rotas(), taxonomy, figures, scale, draws)
    tables = taxonomy.tables() | {
        "municipalities": _known("municipalities", ground.municipalities),
        "zones": _known("zones", ground.cells),
        "people": TABLES["people"].conform(everybody.table.with_columns(brought.columns)),
        "care": care(everybody, ground, nurseries, draws),
        "person_times": times(everybody, draws),
        "places": pl.concat([work.places, nurseries, schools(ground)]).sort("place_id"),
        "vacancies": offered.table,
        "commuting": commuting(ground),
        "commuting_km": distance_table(ground),
    }
    tables |= {name: TABLES[name].conform(frame).sort(TABLES[name].key) for name, frame in brought.tables.items()}
    tables |= demands(offered, taxonomy, figures, work.places, schools(ground), draws)
    return Made(ground, taxonomy, figures, everybody, work, offered, tables)


def rotas() -> dict[str, float]:
    """Return the paid hours a week of each rota."""
    with as_file(files("drehkreuz.model") / "village" / "shift_systems.csv") as path:
        frame, _ = read_table(path, TABLES["shift_systems"], decimal=".")
    return dict(frame.select("shift_system_id", "paid_hours").iter_rows())


def schools(ground: Area) -> pl.DataFrame:
    """Return a Berufskolleg at the largest settlement of each municipality of more than 30,000."""
    towns = ground.settlements.filter(pl.col("population") > 30_000).unique("municipality", keep="first")
    return (
        TABLES["places"]
        .conform(
            towns.select(
                place_id="B-" + pl.col("municipality"),
                name=pl.lit("Berufskolleg ") + pl.col("name"),
                kind=pl.lit("learning"),
                municipality="municipality",
                lat="lat",
                lon="lon",
            )
        )
        .sort("place_id")
    )


def _known(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    return TABLES[name].conform(frame.select(column for column in TABLES[name].columns if column in frame.columns))
