# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The model region of Aachen put together: every table made in turn, measured against its targets, checked and written."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from time import perf_counter
from typing import Final, Literal, TypeVar

import polars as pl

from drehkreuz.model.aachen.area import Area, area
from drehkreuz.model.aachen.biographies import biographies
from drehkreuz.model.aachen.care import care, care_places, times
from drehkreuz.model.aachen.courses import courses
from drehkreuz.model.aachen.demands import demands
from drehkreuz.model.aachen.draw import Draws
from drehkreuz.model.aachen.flows import commuting, distance_table
from drehkreuz.model.aachen.people import DAY, people
from drehkreuz.model.aachen.population import DATA, sample
from drehkreuz.model.aachen.posts import posts
from drehkreuz.model.aachen.providers import berufskollegs, learning_places
from drehkreuz.model.aachen.streets import streets
from drehkreuz.model.aachen.targets import targets
from drehkreuz.model.aachen.timetable import write_timetable
from drehkreuz.model.aachen.workplaces import Workplaces, workplaces
from drehkreuz.model.core import Core, Market, core, market
from drehkreuz.progress import SILENT, Progress
from drehkreuz.region import TABLES, Provenance
from drehkreuz.sources.build import BuildReport, Heading, build_from_tables
from drehkreuz.sources.gtfs import read_gtfs
from drehkreuz.sources.templates import read_table

T = TypeVar("T")

HEADING: Final = Heading("aachen", "Modellregion Aachen und Rheinisches Revier", DAY, "de")

MODELLED: Final = Provenance("modelled", "Modellregion Aachen", "Apache-2.0", DAY)
OWN: Final = Provenance("assumed", "Kerntaxonomie von Drehkreuz", "Apache-2.0", DAY)
PLACES: Final = Provenance(
    "modelled",
    "Modellregion Aachen; Orte: GeoNames (geonames.org), Dörfer nach db-hafas-stations (DB InfraGO; OpenStreetMap-Mitwirkende)",
    "Apache-2.0 AND CC-BY-4.0 AND ODbL-1.0",
    DAY,
)
STOPS: Final = Provenance(
    "modelled",
    "Modellregion Aachen; Lage und Namen der Haltestellen: db-hafas-stations (DB InfraGO; OpenStreetMap-Mitwirkende)",
    "CC-BY-4.0 AND ODbL-1.0",
    DAY,
)
LAW: Final = Provenance("observed", "Gesetze und Stellen, je Zeile genannt", "Apache-2.0", date(2026, 11, 22))
ASSUMED: Final = Provenance("assumed", "Tarife und Annahmen, je Zeile genannt", "Apache-2.0", DAY)
COUNTED: Final = Provenance(
    "modelled", "Gemeindeverzeichnis (Destatis), CBS, Statbel; Arbeitsplätze angenommen", "Apache-2.0", DAY
)

PROVENANCE: Final = {
    name: provenance
    for provenance, names in (
        (OWN, ("occupations", "skills", "labels", "occupation_skills", "broader", "qualifications")),
        (PLACES, ("zones", "street_nodes", "street_edges")),
        (
            STOPS,
            (
                "stops",
                "routes",
                "trips",
                "stop_times",
                "service_days",
                "transfers",
                "park_and_ride",
                "sharing_stations",
            ),
        ),
        (LAW, ("rules",)),
        (ASSUMED, ("tariffs", "projects")),
        (COUNTED, ("municipalities",)),
    )
    for name in names
}
"""Provenance of each table that is not simply modelled."""


@dataclass(slots=True)
class _Steps:
    """Makes parts in turn, with a bar and a stopwatch."""

    progress: Progress
    seconds: dict[str, float] = field(default_factory=dict)

    def make(self, name: str, what: Callable[[], T]) -> T:
        started = perf_counter()
        made = what()
        self.seconds[name] = perf_counter() - started
        self.progress.advance()
        return made


def build_aachen(
    folder: Path, *, scale: float = 1.0, seed: int = 1, ring_km: Literal[0, 15] = 0, progress: Progress = SILENT
) -> BuildReport:
    """
    Generate the model region and write it as the next snapshot of a folder, unless the folder already holds it.

    Args:
        folder: Region folder; made if missing.
        scale: People, openings and courses against full scale; places, streets and the timetable stay whole.
        seed: Of everything that is drawn. The same seed gives the same bytes, on every version of Python.
        ring_km: 15 adds a ring around the labour-market area, to see what its border does to results.
        progress: Shows which part is being made.

    Raises:
        DrehkreuzError: If the folder cannot be written.
    """
    steps = _Steps(progress)
    progress.start("Modellregion Aachen", 8)
    try:
        tables = _tables(steps, scale, Draws(seed), ring_km)
    finally:
        progress.finish()
    parts = {name: (tables[name], PROVENANCE.get(name, MODELLED)) for name in TABLES if name in tables}
    return build_from_tables(HEADING, parts, folder, steps.seconds)


def _tables(steps: _Steps, scale: float, draws: Draws, ring_km: Literal[0, 15]) -> dict[str, pl.DataFrame]:
    taxonomy, figures = steps.make("taxonomy", lambda: (core(), market()))
    ground = steps.make("area", lambda: area(ring_km))
    tables = taxonomy.tables() | _typed()
    tables["municipalities"] = _known("municipalities", ground.municipalities)
    tables["zones"] = _known("zones", ground.cells)
    tables |= steps.make("timetable", _timetable)
    work = workplaces(ground, figures, draws)
    learning, nurseries = learning_places(ground), care_places(ground)
    tables |= steps.make("people", lambda: _people(ground, nurseries, taxonomy, figures, scale, draws))
    tables |= steps.make(
        "openings",
        lambda: _openings(work, ground, learning, tables["shift_systems"], taxonomy, figures, scale, draws),
    )
    tables |= steps.make("courses", lambda: courses(taxonomy, figures, ground, scale, draws))
    tables["places"] = _in_use(pl.concat([work.places, learning, nurseries]).sort("place_id"), tables)
    tables |= steps.make("streets", lambda: _streets(ground, tables))
    flows = commuting(ground)
    tables["commuting"] = flows
    tables["targets"] = steps.make("targets", lambda: targets(tables | {"commuting_km": distance_table(ground)}, scale))
    return tables


def _known(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the columns that a table has."""
    return TABLES[name].conform(frame.select(column for column in TABLES[name].columns if column in frame.columns))


def _typed() -> dict[str, pl.DataFrame]:
    """Return the tables that are typed: rotas and rules as in the village, tariffs, sites and stations of the region."""
    village = files("drehkreuz.model") / "village"
    sources = dict.fromkeys(("shift_systems", "shifts", "rules"), village)
    sources |= dict.fromkeys(("tariffs", "projects", "sharing_stations", "park_and_ride"), DATA)
    found = {}
    for name, folder in sources.items():
        with as_file(folder / f"{name}.csv") as path:
            found[name], _ = read_table(path, TABLES[name], decimal=".")
    return found


def _timetable() -> dict[str, pl.DataFrame]:
    """Write the timetable as GTFS and read it back as any other."""
    with tempfile.TemporaryDirectory() as name:
        write_timetable(Path(name))
        tables, _ = read_gtfs(Path(name), "")
    return tables


def _people(
    ground: Area, nurseries: pl.DataFrame, taxonomy: Core, figures: Market, scale: float, draws: Draws
) -> dict[str, pl.DataFrame]:
    levels = taxonomy.occupations["level"].to_numpy().astype("int64")
    drawn = sample(scale, draws, figures, levels, taxonomy.occupations["outlook"].to_list())
    everybody = people(drawn, ground, figures, levels, draws)
    brought = biographies(everybody, taxonomy, figures, draws)
    tables = {name: TABLES[name].conform(frame).sort(TABLES[name].key) for name, frame in brought.tables.items()}
    tables["people"] = TABLES["people"].conform(everybody.table.with_columns(brought.columns))
    tables["care"] = care(everybody, ground, nurseries, draws)
    tables["person_times"] = times(everybody, draws)
    return tables


def _openings(
    work: Workplaces,
    ground: Area,
    learning: pl.DataFrame,
    rotas: pl.DataFrame,
    taxonomy: Core,
    figures: Market,
    scale: float,
    draws: Draws,
) -> dict[str, pl.DataFrame]:
    paid = dict(rotas.select("shift_system_id", "paid_hours").iter_rows())
    offered = posts(work, ground.municipalities, paid, taxonomy, figures, scale, draws)
    return {"vacancies": offered.table} | demands(
        offered, taxonomy, figures, work.places, berufskollegs(learning), draws
    )


def _in_use(places: pl.DataFrame, tables: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Return the places that somebody works or learns at or that a project names, and all crèches and schools."""
    used = pl.concat(
        [
            tables[name]["place_id"].drop_nulls()
            for name in ("vacancies", "vacancy_places", "course_sessions", "projects")
        ]
    )
    return places.filter((pl.col("kind") == "care") | pl.col("place_id").is_in(used.unique().implode()))


def _streets(ground: Area, tables: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    points = pl.concat(
        [
            tables[name].select("lat", "lon", kind=pl.lit(kind))
            for name, kind in (("stops", "stop"), ("places", "place"))
        ]
    )
    nodes, edges = streets(points, ground)
    return {"street_nodes": nodes, "street_edges": edges}
