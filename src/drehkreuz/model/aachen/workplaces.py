# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Where work is: jobs by section and municipality, and the workplaces that stand for them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.model.aachen.area import Area
from drehkreuz.model.aachen.draw import Draws
from drehkreuz.model.aachen.plane import KM, KM_EAST, nearest_km
from drehkreuz.model.aachen.population import DATA
from drehkreuz.region import TABLES

Floats = NDArray[np.float64]

JOBS_PER_WORKPLACE: Final = 3_000
"""Jobs for which one modelled workplace of a section stands; a section with a quarter of that has one too."""
MOST: Final = 6
"""Workplaces of a section in one municipality at most."""
RING_SHARE: Final = 0.18
"""Share of the openings that lie beyond the study area: as many as its residents commute to; assumed."""
RING_KM: Final = 11.0
"""Over this distance from the study area the pull of jobs beyond it falls to a third; assumed."""
SITE_SHARE: Final = 0.35
"""Share of a municipality's openings of a section that lie at a named site which takes that section; assumed."""


@cache
def sectors() -> dict[str, dict[str, Any]]:
    """Return what `sectors.toml` says of each section of WZ 2008."""
    return tomllib.loads((DATA / "sectors.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Workplaces:
    """
    Workplaces and how openings spread over them.

    Attributes:
        places: Table `places`, kind workplace, in order of `place_id`.
        sections: Sections of WZ 2008 in order; rows of `pull`.
        pull: float64[sections, places], share of each section's openings; rows sum to 1.
    """

    places: pl.DataFrame
    sections: tuple[str, ...]
    pull: Floats


def workplaces(area: Area, draws: Draws) -> Workplaces:
    """Set up the workplaces of all municipalities and the named sites."""
    towns = area.municipalities.sort("municipality")
    sections = tuple(sorted(sectors()))
    jobs = _jobs(towns, sections) * _ring(towns, area)[None, :]
    parts = [_named_sites(towns)]
    for s, section in enumerate(sections):
        parts.append(_of_section(section, towns, jobs[s], area, draws))
    places = pl.concat(parts).sort("place_id")
    pull = np.zeros((len(sections), len(places)))
    of_town = {name: i for i, name in enumerate(towns["municipality"])}
    at = np.array([of_town[name] for name in places["municipality"]])
    for s, section in enumerate(sections):
        site = places["sections"].str.split(";").list.contains(section).to_numpy() & places["site"].to_numpy()
        ordinary = (places["sections"] == section).to_numpy() & ~places["site"].to_numpy()
        for which, share in ((site, SITE_SHARE), (ordinary, 1.0)):
            counts = np.bincount(at[which], minlength=len(towns))
            pull[s, which] = share * jobs[s][at[which]] / counts[at[which]]
        pull[s] = _with_ring_share(pull[s], towns["study_area"].to_numpy()[at])
    return Workplaces(TABLES["places"].conform(places.drop("sections", "site")), sections, pull)


def _jobs(towns: pl.DataFrame, sections: tuple[str, ...]) -> Floats:
    """Return the weight of each section's jobs by municipality, float64[sections, municipalities]."""
    rows = []
    for section in sections:
        facts = sectors()[section]
        factor = [facts.get(name, facts["elsewhere"]) for name in towns["name"]]
        rows.append(towns["jobs"].to_numpy() * np.array(factor, dtype=np.float64))
    return np.array(rows)


def _ring(towns: pl.DataFrame, area: Area) -> Floats:
    """Return how much of each municipality's jobs counts: all in the study area, beyond it less with distance."""
    study = area.settlements.join(towns.filter("study_area").select("municipality"), on="municipality", how="semi")
    centre = area.settlements.group_by("municipality", maintain_order=True).agg(
        pl.col("lat", "lon").sort_by("population", descending=True).first()
    )
    centre = towns.select("municipality").join(centre, on="municipality", how="left", maintain_order="left")
    km = nearest_km(centre["lat"].to_numpy(), centre["lon"].to_numpy(), study["lat"].to_numpy(), study["lon"].to_numpy())
    return np.where(towns["study_area"].to_numpy(), 1.0, np.exp(-km / RING_KM))


def _with_ring_share(pull: Floats, study: NDArray[np.bool_]) -> Floats:
    ring = np.where(study, 0.0, pull)
    inside = np.where(study, pull, 0.0)
    share = RING_SHARE if ring.sum() > 0 else 0.0
    return inside / inside.sum() * (1 - share) + (ring / ring.sum() * share if share else 0.0)


def _named_sites(towns: pl.DataFrame) -> pl.DataFrame:
    sites = pl.read_csv((DATA / "sites.csv").read_bytes(), schema_overrides={"municipality": pl.String})
    return sites.join(towns.select("municipality"), on="municipality", how="semi").select(
        "place_id", "name", pl.lit("workplace").alias("kind"), "municipality", "lat", "lon", "sections", pl.lit(True).alias("site")
    )


def _of_section(section: str, towns: pl.DataFrame, jobs: Floats, area: Area, draws: Draws) -> pl.DataFrame:
    """Return the ordinary workplaces of a section: in the middle of settlements, or at their edge."""
    facts = sectors()[section]
    share = jobs / jobs.sum()
    employed = share * towns["jobs"].sum() / len(sectors())
    counts = np.where(employed >= JOBS_PER_WORKPLACE / 4, np.clip(np.round(employed / JOBS_PER_WORKPLACE), 1, MOST), 0).astype(int)
    settlements = area.settlements.sort("municipality", "population", "settlement_id", descending=[False, True, False])
    by_town = settlements.partition_by("municipality", as_dict=True, maintain_order=True)
    rows = []
    stream = draws.stream(f"workplaces of {section}")
    for town, count in zip(towns.iter_rows(named=True), counts, strict=True):
        near = by_town[(town["municipality"],)]
        angle, far = stream.uniform(count) * 2 * np.pi, stream.uniform(count)
        km = (0.8 + 1.2 * far) if facts.get("outskirts") else 0.6 * far
        # The first at the largest settlement, and again so after each round through the first three.
        turn = np.arange(count) % min(3, len(near))
        lat = near["lat"].to_numpy()[turn] + km * np.sin(angle) / KM
        lon = near["lon"].to_numpy()[turn] + km * np.cos(angle) / KM_EAST
        rows += [
            (
                f"W-{town['municipality']}-{section}{i + 1}",
                f"Beispielbetrieb {facts['de']} {i + 1}, {town['name']}",
                "workplace",
                town["municipality"],
                round(float(y), 6),
                round(float(x), 6),
                section,
                False,
            )
            for i, (y, x) in enumerate(zip(lat, lon, strict=True))
        ]
    columns = ["place_id", "name", "kind", "municipality", "lat", "lon", "sections", "site"]
    types = dict(zip(columns, [pl.String] * 4 + [pl.Float64] * 2 + [pl.String, pl.Boolean], strict=True))
    return pl.DataFrame(rows, schema=types, orient="row")
