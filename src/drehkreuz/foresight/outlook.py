# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region by year if nothing happens: three variants of what is assumed, and draws of what becomes of its projects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.errors import Finding, InputError
from drehkreuz.foresight.assumptions import VARIANTS, Assumptions, Variant, read_assumptions
from drehkreuz.foresight.official import SCHEMA
from drehkreuz.foresight.people import People, people
from drehkreuz.foresight.projects import Project, projects, shifted
from drehkreuz.foresight.quantities import QUANTITIES, UNPLACED, WHOLE
from drehkreuz.foresight.start import Start, start
from drehkreuz.foresight.work import work
from drehkreuz.region import Region

DRAWS: Final = 512
"""Draws of what becomes of closures and sites; a power of two, so that means of balanced draws still balance exactly."""

TO: Final = 2035

MODELLED: Final = "modelled"
OFFICIAL: Final = "official"
PARTLY: Final = "partly official"

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Outlook:
    """
    A region by year.

    Attributes:
        years: From the year of the region's day on.
        names: Names of municipalities by key; the key of posts without a place, and of all, have none.
        table: One row for each `municipality` (also `UNPLACED` and `WHOLE`), `year` and `quantity`: `value` is the mean over
            the draws of the middle variant, `p10` and `p90` of the same draws, `low` and `high` the means of the other two
            variants, of the gap the fewest posts with the most people and the other way round; `kind` is modelled, official or partly official; `source` of official figures. Empty: not known.
        levels: The labour force of the middle variant by `year` and `level` (1 helper to 4 expert), and what changed it.
        sectors: Posts that projects themselves end and bring, the mean over the draws of the middle variant, by `municipality`,
            `sector` (WZ 2008 section; empty: unknown) and `year`; without what comes and goes with them, whose sectors are not
            known, no more than those of all other posts.
        projects: The closures and sites counted: their posts, the chance that they have come in full by the last year in
            the middle variant, and whether a place is named in the region.
        assumptions: What is assumed.
    """

    years: range
    names: dict[str, str]
    table: pl.DataFrame
    levels: pl.DataFrame
    sectors: pl.DataFrame
    projects: pl.DataFrame
    assumptions: Assumptions

    def of(self, municipality: str = WHOLE) -> pl.DataFrame:
        """Return the rows of a municipality, of the whole region unless one is named."""
        return self.table.filter(pl.col("municipality") == municipality)


def outlook(
    region: Region,
    to: int = TO,
    *,
    assumptions: Assumptions | None = None,
    official: pl.DataFrame | None = None,
    draws: int = DRAWS,
) -> Outlook:
    """
    Return what becomes of a region if nothing is done but what is announced.

    Args:
        region: The region; its tables municipalities, zones, projects, places, people (whose posts closures end), commuting.
        to: Last year.
        assumptions: What is assumed; None: as shipped.
        official: Rows of `read_official`; they take the place of modelled rows, and sums are taken anew. Other quantities
            do not follow.
        draws: How often closures and sites are drawn.

    Raises:
        InputError: If the last year is not ahead or too far, or the region has no residents.
    """
    assumed = assumptions or read_assumptions()
    begin = start(region)
    farthest = begin.year + assumed.ages.working_from
    if not begin.year < to <= farthest:
        problem = f"is not from {begin.year + 1} to {farthest}"
        remedy = "Choose a year ahead; beyond the last, people not yet born would have to be guessed."
        raise InputError(Finding("--to", "", "year", str(to), problem, remedy))
    years = range(begin.year, to + 1)
    ahead = projects(region, begin, len(years))
    runs: dict[Variant, dict[str, Array]] = {}
    middle: People | None = None
    for variant in VARIANTS:
        values = assumed.of(variant)
        living = people(begin.residents, assumed.ages, assumed.levels, values, len(years))
        runs[variant] = _with_people(living, work(begin, ahead, living, values, draws))
        middle = living if variant == "mid" else middle
    assert middle is not None  # noqa: S101  # `mid` is one of the variants
    runs = _with_widest_gap(runs)
    table = _table(begin, years, runs)
    return Outlook(
        years=years,
        names=dict(zip(begin.keys, begin.names, strict=True)),
        table=table if official is None or official.is_empty() else _with_official(table, official),
        levels=_levels(middle, years),
        sectors=_sectors(begin, ahead, assumed.of("mid"), years, draws),
        projects=_projects(ahead, assumed.of("mid"), draws),
        assumptions=assumed,
    )


def _with_people(living: People, working: dict[str, Array]) -> dict[str, Array]:
    """Return all quantities in their order; people are the same in each draw, and none are without a place."""
    counted = {name: np.pad(values, ((0, 0), (0, 1)))[None] for name, values in living.by_name.items()}
    found = counted | working
    return {name: found[name] for name in QUANTITIES}


def _with_widest_gap(runs: dict[Variant, dict[str, Array]]) -> dict[Variant, dict[str, Array]]:
    """Return runs whose gap is that of the fewest posts and most people (low), and the other way round (high)."""
    force = {variant: run["labour_force"] - run["labour_force"][:, :1] for variant, run in runs.items()}
    grew = {variant: run["gap"] + force[variant] for variant, run in runs.items()}
    gaps = {"low": grew["low"] - force["high"], "high": grew["high"] - force["low"]}
    return {variant: run | ({"gap": gaps[variant]} if variant in gaps else {}) for variant, run in runs.items()}


def _table(begin: Start, years: range, runs: dict[Variant, dict[str, Array]]) -> pl.DataFrame:
    keys = [*begin.keys, UNPLACED, WHOLE]
    frames = []
    for name in QUANTITIES:
        of = {variant: _with_sum(runs[variant][name]) for variant in VARIANTS}
        p10, p90 = np.quantile(of["mid"], [0.1, 0.9], axis=0)
        columns = {
            "value": of["mid"].mean(axis=0),
            "p10": p10,
            "p90": p90,
            "low": of["low"].mean(axis=0),
            "high": of["high"].mean(axis=0),
        }
        frames.append(
            pl.DataFrame(
                {
                    "municipality": np.tile(keys, len(years)),
                    "year": np.repeat(np.asarray(years, dtype=np.int32), len(keys)),
                    **{column: values.ravel() for column, values in columns.items()},
                }
            ).with_columns(pl.lit(name).alias("quantity"), pl.col(*columns).fill_nan(None))
        )
    order = pl.DataFrame({"municipality": keys, "at": range(len(keys))})
    what = pl.DataFrame({"quantity": list(QUANTITIES), "which": range(len(QUANTITIES))})
    return (
        pl.concat(frames)
        .join(order, on="municipality")
        .join(what, on="quantity")
        .sort("at", "year", "which")
        .select(
            "municipality",
            "year",
            "quantity",
            "value",
            "p10",
            "p90",
            "low",
            "high",
            kind=pl.lit(MODELLED),
            source=pl.lit(None, dtype=pl.String),
        )
    )


def _with_sum(values: Array) -> Array:
    return np.concatenate([values, values.sum(axis=2, keepdims=True)], axis=2)


def _with_official(table: pl.DataFrame, official: pl.DataFrame) -> pl.DataFrame:
    """Return the table with official rows in the place of modelled ones, and the sums they are part of taken anew."""
    by = ["municipality", "year", "quantity"]
    given = official.select(*SCHEMA).rename({"value": "given", "source": "by"})
    joined = table.join(given, on=by, how="left", maintain_order="left")
    is_given = pl.col("given").is_not_null()
    unknown = [
        pl.when(is_given).then(None).otherwise(pl.col(name)).alias(name) for name in ("p10", "p90", "low", "high")
    ]
    replaced = joined.with_columns(
        pl.coalesce("given", "value").alias("value"),
        pl.when(is_given).then(pl.lit(OFFICIAL)).otherwise("kind").alias("kind"),
        pl.col("by").alias("source"),
        *unknown,
    ).drop("given", "by")
    touched = given.select("year", "quantity").unique()
    parts = replaced.filter(pl.col("municipality") != WHOLE).join(touched, on=["year", "quantity"], how="semi")
    known = pl.col("value").is_not_null().all()
    sums = parts.group_by("year", "quantity").agg(
        pl.when(known).then(pl.col("value").sum()).alias("summed"), pl.col("source").drop_nulls().unique().sort()
    )
    anew = sums.with_columns(pl.col("source").list.join("; ").alias("from")).select(
        "year", "quantity", "summed", "from", municipality=pl.lit(WHOLE)
    )
    whole = replaced.join(anew, on=by, how="left", maintain_order="left")
    is_anew = pl.col("from").is_not_null()
    return whole.with_columns(
        pl.when(is_anew).then("summed").otherwise("value").alias("value"),
        pl.when(is_anew).then(pl.lit(PARTLY)).otherwise("kind").alias("kind"),
        pl.coalesce("from", "source").alias("source"),
        *(pl.when(is_anew).then(None).otherwise(pl.col(name)).alias(name) for name in ("p10", "p90", "low", "high")),
    ).drop("summed", "from")


def _levels(living: People, years: range) -> pl.DataFrame:
    n_levels = living.levels.shape[2]
    flows = {"labour_force": living.levels} | living.level_flows
    return pl.DataFrame(
        {
            "year": np.repeat(np.asarray(years, dtype=np.int32), n_levels),
            "level": np.tile(np.arange(1, n_levels + 1, dtype=np.int32), len(years)),
            **{name: values.sum(axis=1).ravel() for name, values in flows.items()},
        }
    )


def _sectors(
    begin: Start, ahead: Sequence[Project], assumed: dict[str, float], years: range, draws: int
) -> pl.DataFrame:
    keys = [*begin.keys, UNPLACED]
    found: dict[tuple[int, str], Array] = {}
    for project in ahead:
        if project.place is not None:
            drawn = project.drawn(assumed, draws)
            posts = [shifted(each, *drawn).mean(axis=0) for each in (project.lost, project.created)]
            place = (project.place % len(keys), project.sector)
            found[place] = found.get(place, 0.0) + np.stack(posts)
    rows = [
        {"municipality": keys[place], "sector": sector, "year": year, "lost": posts[0, t], "created": posts[1, t]}
        for (place, sector), posts in sorted(found.items(), key=lambda item: item[0])
        for t, year in enumerate(years)
        if posts[:, t].any()
    ]
    schema = {
        "municipality": pl.String,
        "sector": pl.String,
        "year": pl.Int32,
        "lost": pl.Float64,
        "created": pl.Float64,
    }
    return pl.DataFrame(rows, schema=schema)


def _projects(ahead: Sequence[Project], assumed: dict[str, float], draws: int) -> pl.DataFrame:
    rows = []
    for project in ahead:
        comes, late = project.drawn(assumed, draws)
        steps = np.flatnonzero(project.lost + project.created)
        done = comes & (steps[-1] + late < len(project.lost))
        rows.append(
            {
                "project_id": project.project_id,
                "label": project.label,
                "kind": project.kind,
                "sector": project.sector,
                "lost": float(project.lost.sum()),
                "created": float(project.created.sum()),
                "comes": float(done.mean()),
                "place": project.place is None or project.place >= 0,
                "counted": project.place is not None,
            }
        )
    schema = {
        "project_id": pl.String,
        "label": pl.String,
        "kind": pl.String,
        "sector": pl.String,
        "lost": pl.Float64,
        "created": pl.Float64,
        "comes": pl.Float64,
        "place": pl.Boolean,
        "counted": pl.Boolean,
    }
    return pl.DataFrame(rows, schema=schema)
