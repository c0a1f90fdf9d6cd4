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
from drehkreuz.model.aachen.draw import Draws, Stream
from drehkreuz.model.aachen.plane import KM, KM_EAST, nearest_km
from drehkreuz.model.aachen.population import DATA
from drehkreuz.model.core import Market
from drehkreuz.region import TABLES

Floats = NDArray[np.float64]

JOBS_PER_WORKPLACE: Final = 3_000
"""Jobs for which one modelled workplace of a section stands."""
LEAST_JOBS, LEAST_JOBS_BEYOND = 40, 750
"""Jobs of a section from which a municipality has one all the same, in the study area and beyond it."""
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


def workplaces(area: Area, market: Market, draws: Draws) -> Workplaces:
    """
    Set up the workplaces of all municipalities and the named sites.

    Args:
        area: Where municipalities and settlements are.
        market: Figures of the occupations, which say how many jobs a section has.
        draws: Where chance comes from.
    """
    towns = area.municipalities.sort("municipality")
    sections = tuple(sorted(sectors()))
    jobs = _jobs(towns, sections, market)
    counts = _counts(jobs, towns)
    parts = [_named_sites(towns)]
    for s, section in enumerate(sections):
        parts.append(_of_section(section, towns, counts[s], area, draws.stream(f"workplaces of {section}")))
    places = pl.concat(parts).sort("place_id")
    pull = _pull(places, sections, jobs * _ring(towns, area), towns)
    return Workplaces(TABLES["places"].conform(places.drop("sections", "site")), sections, pull)


def _jobs(towns: pl.DataFrame, sections: tuple[str, ...], market: Market) -> Floats:
    """Return how many jobs each section has in each municipality, float64[sections, municipalities]."""
    names, share = market.shares("sectors")
    of_section = dict(zip(names, market.numbers("employed_per_10000") @ share, strict=True))
    rows = []
    for section in sections:
        facts = sectors()[section]
        weight = towns["jobs"].to_numpy() * np.array([facts.get(name, facts["elsewhere"]) for name in towns["name"]])
        total = towns["jobs"].sum() * of_section.get(section, 0.0) / sum(of_section.values())
        rows.append(weight / weight.sum() * total)
    return np.array(rows)


def _counts(jobs: Floats, towns: pl.DataFrame) -> NDArray[np.int64]:
    """Return how many workplaces stand for the jobs, int64[sections, municipalities]; each section has one at least."""
    study = towns["study_area"].to_numpy()
    most = jobs[:, study].max(axis=1, keepdims=True)
    least = np.where(study, np.minimum(LEAST_JOBS, most), LEAST_JOBS_BEYOND)
    usual = np.clip(np.round(jobs / JOBS_PER_WORKPLACE), 1, MOST)
    return np.where(jobs >= least, usual, 0).astype(np.int64)


def _pull(places: pl.DataFrame, sections: tuple[str, ...], jobs: Floats, towns: pl.DataFrame) -> Floats:
    """Return the share of each section's openings at each place: its municipality's, part of them at a named site."""
    of_town = {name: i for i, name in enumerate(towns["municipality"])}
    at = np.array([of_town[name] for name in places["municipality"]])
    study, named = towns["study_area"].to_numpy()[at], places["site"].to_numpy()
    pull = np.zeros((len(sections), len(places)))
    for s, section in enumerate(sections):
        takes = places["sections"].str.split(";").list.contains(section).to_numpy()
        for which, share in ((takes & named, SITE_SHARE), (takes & ~named, 1.0)):
            counts = np.bincount(at[which], minlength=len(towns))
            pull[s, which] = share * jobs[s][at[which]] / counts[at[which]]
        pull[s] = _with_ring_share(pull[s], study)
    return pull


def _ring(towns: pl.DataFrame, area: Area) -> Floats:
    """Return how much of each municipality's jobs counts: all in the study area, beyond it less with distance."""
    study = area.settlements.join(towns.filter("study_area").select("municipality"), on="municipality", how="semi")
    centre = area.settlements.group_by("municipality", maintain_order=True).agg(
        pl.col("lat", "lon").sort_by("population", descending=True).first()
    )
    centre = towns.select("municipality").join(centre, on="municipality", how="left", maintain_order="left")
    km = nearest_km(*(frame[axis].to_numpy() for frame in (centre, study) for axis in ("lat", "lon")))
    return np.asarray(np.where(towns["study_area"].to_numpy(), 1.0, np.exp(-km / RING_KM)))


def _with_ring_share(pull: Floats, study: NDArray[np.bool_]) -> Floats:
    """Return the pull scaled to 1, `RING_SHARE` of it beyond the study area where a section is there at all."""
    inside, beyond = pull * study, pull * ~study
    if beyond.sum() == 0:
        return np.asarray(inside / inside.sum())
    return np.asarray(inside / inside.sum() * (1 - RING_SHARE) + beyond / beyond.sum() * RING_SHARE)


def _named_sites(towns: pl.DataFrame) -> pl.DataFrame:
    sites = pl.read_csv((DATA / "sites.csv").read_bytes(), schema_overrides={"municipality": pl.String})
    here = sites.join(towns.select("municipality"), on="municipality", how="semi")
    return here.with_columns(kind=pl.lit("workplace"), site=pl.lit(value=True)).select(
        "place_id", "name", "kind", "municipality", "lat", "lon", "sections", "site"
    )


CENTRAL_KM: Final = (0.0, 0.6)
OUTSKIRTS_KM: Final = (0.8, 2.0)
"""How far from the middle of its settlement a workplace lies, by what its section likes; assumed."""
SETTLEMENTS: Final = 3
"""Workplaces of a section take turns through so many of the largest settlements of a municipality."""


def _of_section(
    section: str, towns: pl.DataFrame, counts: NDArray[np.int64], area: Area, stream: Stream
) -> pl.DataFrame:
    """Return the ordinary workplaces of a section: in the middle of settlements, or at their edge."""
    facts = sectors()[section]
    nearest, farthest = OUTSKIRTS_KM if facts.get("outskirts") else CENTRAL_KM
    town = np.repeat(np.arange(len(towns)), counts)
    number = np.arange(len(town)) - np.repeat(np.cumsum(counts) - counts, counts)
    angle = stream.uniform(len(town)) * 2 * np.pi
    km = stream.between(nearest, farthest, len(town))
    middle = _middles(town, number, towns, area)
    names = towns["name"].gather(town)
    label = [f"{name}, Beispielstandort {facts['de']} {i + 1}" for i, name in zip(number, names, strict=True)]
    return middle.select(
        place_id="W-" + pl.col("municipality") + f"-{section}" + pl.Series(number + 1).cast(pl.String),
        name=pl.Series(label, dtype=pl.String),
        kind=pl.lit("workplace"),
        municipality="municipality",
        lat=(pl.col("lat") + pl.Series(km * np.sin(angle) / KM)).round(6),
        lon=(pl.col("lon") + pl.Series(km * np.cos(angle) / KM_EAST)).round(6),
        sections=pl.lit(section),
        site=pl.lit(value=False),
    )


def _middles(town: NDArray[np.int64], number: NDArray[np.int64], towns: pl.DataFrame, area: Area) -> pl.DataFrame:
    """Return municipality, lat, lon of the settlement of each workplace, in turn through the largest ones."""
    settlements = area.settlements.sort("municipality", "population", "settlement_id", descending=[False, True, False])
    sizes = settlements.group_by("municipality").agg(size=pl.len())
    size = towns.join(sizes, on="municipality", how="left", maintain_order="left")["size"].to_numpy().astype(np.int64)
    first = np.cumsum(size) - size
    row = first[town] + number % np.minimum(SETTLEMENTS, size[town])
    return settlements.select(pl.col("municipality", "lat", "lon").gather(row))
