# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Table `vacancies`: openings drawn from a table of jobs by occupation, section and place; never from people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl
import polars.selectors as cs
from numpy.typing import ArrayLike, NDArray

from drehkreuz.model.aachen.apprenticeships import apprenticeships, dual_studies, studied, trained
from drehkreuz.model.aachen.contracts import contracts
from drehkreuz.model.aachen.draw import Draws, Stream
from drehkreuz.model.aachen.workplaces import Workplaces
from drehkreuz.model.core import Core, Market
from drehkreuz.region import TABLES

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

OPENINGS: Final = 15_000
"""Openings at full scale."""
APPRENTICESHIPS: Final = 2_200
DUAL_STUDIES: Final = 100
"""Of these, places to learn an occupation or to study from 2027 on; assumed."""
SIZES: Final = ((1, 0.74), (2, 0.14), (3, 0.06), (5, 0.04), (8, 0.02))
"""Openings a post has, and how often; assumed."""
JOB_TICKET: Final = 0.35
"""Share of employers that offer the job ticket; assumed."""


@dataclass(frozen=True, slots=True)
class Posts:
    """
    Openings and what other tables need of them.

    Attributes:
        table: Table `vacancies`, in order of `vacancy_id`.
        occupation: int64[v], row of the market.
        learning: bool[v], an apprenticeship, dual study or entry qualification.
    """

    table: pl.DataFrame
    occupation: Ints
    learning: NDArray[np.bool_]


def posts(
    places: Workplaces,
    towns: pl.DataFrame,
    rotas: Mapping[str, float],
    core: Core,
    market: Market,
    scale: float,
    draws: Draws,
) -> Posts:
    """
    Draw the openings.

    Args:
        places: Workplaces with their pull.
        towns: Municipalities with their district.
        rotas: Paid hours a week of each rota.
        core: The taxonomy.
        market: Figures of the occupations.
        scale: Openings against full scale.
        draws: Where chance comes from.
    """
    vacant = market.numbers("employed_per_10000") * market.numbers("openings_per_1000")
    learn, study = round(APPRENTICESHIPS * scale), round(DUAL_STUDIES * scale)
    work = round(OPENINGS * scale) - learn - study
    batches: tuple[tuple[str, Floats, int, Terms], ...] = (
        ("jobs", vacant, work, lambda o, at, stream: contracts(o, at, stream, rotas, market)),
        (
            "apprenticeships",
            vacant * trained(core, market),
            learn,
            lambda o, _, stream: apprenticeships(o, stream, core, market),
        ),
        ("dual studies", vacant * studied(core, market), study, lambda o, *_: dual_studies(len(o))),
    )
    parts = [_batch(*batch, places, towns, core, market, draws) for batch in batches]
    frame = _as_it_is(pl.concat(parts, how="diagonal_relaxed"), core)
    mixed = draws.stream("order of posts").permutation(len(frame))
    frame = frame[mixed].with_columns(vacancy_id=pl.Series([f"V{i + 1:05d}" for i in range(len(frame))]))
    occupation, learning = frame["occupation"].to_numpy(), (frame["kind"] != "job").to_numpy()
    return Posts(TABLES["vacancies"].conform(frame.drop("occupation")), occupation, learning)


Terms = Callable[[Ints, list[str], Stream], dict[str, ArrayLike]]
"""What a post offers, of occupations, districts and a stream: columns of `vacancies`, and `prefix` of the title."""


def _batch(
    purpose: str,
    weights: Floats,
    openings: int,
    terms: Terms,
    places: Workplaces,
    towns: pl.DataFrame,
    core: Core,
    market: Market,
    draws: Draws,
) -> pl.DataFrame:
    """Return posts of one kind whose openings sum to `openings`, each occupation's to its share."""
    stream = draws.stream(purpose)
    occupation, size = _sized(weights, openings, stream)
    at = places.places[_place(occupation, places, market, stream)]
    district = at.join(towns.select("municipality", "district"), on="municipality", how="left", maintain_order="left")
    offered = terms(occupation, district["district"].to_list(), stream)
    n, names = len(occupation), _titles(core, market)
    prefix = np.broadcast_to(np.asarray(offered["prefix"]), n)
    usual = {
        "occupation": occupation,
        "title": [f"{first} {names[o]} (Beispielstelle)".strip() for first, o in zip(prefix, occupation, strict=True)],
        "employer": _employers(at["name"]),
        "occupation_id": pl.Series(market.occupation_ids).gather(occupation),
        "place_id": at["place_id"],
        "openings": size,
        "collective_agreement": market.frame["collective"].gather(occupation).replace({"none": None}),
        "physical": market.frame["physical"].gather(occupation),
        "employer_trains_career_changers": stream.happens(market.numbers("trains_changers_share")[occupation], n),
        "transit_job_ticket": stream.happens(JOB_TICKET, n),
    }
    told = {name: np.broadcast_to(np.asarray(each), n) for name, each in offered.items() if name != "prefix"}
    return pl.DataFrame({**usual, **told}).with_columns(cs.float().fill_nan(None))


def _as_it_is(offered: pl.DataFrame, core: Core) -> pl.DataFrame:
    """End posts in the mines with the mines; helpers are taught on the job all that is asked."""
    mining = pl.col("place_id").str.contains(r"-B\d+$")
    helpers = core.occupations.filter(pl.col("level") == 1)["occupation_id"]
    return offered.with_columns(
        contract_end=pl.when(mining & (pl.col("kind") == "job")).then(pl.lit(MINES_END)).otherwise("contract_end"),
        trainable_share=pl.when(pl.col("occupation_id").is_in(helpers.implode()))
        .then(1.0)
        .otherwise("trainable_share"),
    )


MINES_END: Final = date(2029, 6, 30)
"""No post in a mine that closes is promised for longer: half a year before the end of 2029; assumed."""


def _sized(weights: Floats, total: int, stream: Stream) -> tuple[Ints, Ints]:
    """Return (occupation, openings) of rows: openings sum to `total`, those of each occupation to its share of it."""
    ends = np.cumsum(stream.apportion(weights, total))
    sizes = stream.pick(SIZES, total)
    cuts = np.unique(np.concatenate([np.cumsum(sizes), ends]))
    cuts = cuts[(cuts > 0) & (cuts <= total)]
    return np.searchsorted(ends, cuts), np.diff(cuts, prepend=0)


def _titles(core: Core, market: Market) -> list[str]:
    german = (pl.col("concept") == "occupation") & (pl.col("language") == "de") & (pl.col("kind") == "preferred")
    text = dict(core.labels.filter(german).select("concept_id", "text").iter_rows())
    return [text[name] for name in market.occupation_ids]


def _place(occupation: Ints, places: Workplaces, market: Market, stream: Stream) -> Ints:
    """Draw a workplace for each row, by the occupation's sections: as evenly as whole rows can be."""
    names, share = market.shares("sectors")
    pull = share @ np.array([places.pull[places.sections.index(name)] for name in names])
    at = np.empty(len(occupation), dtype=np.int64)
    for o in np.unique(occupation):
        mine = np.flatnonzero(occupation == o)
        even = np.repeat(np.arange(pull.shape[1]), stream.apportion(pull[o], len(mine)))
        at[mine] = even[stream.permutation(len(mine))]
    return at


def _employers(places: pl.Series) -> pl.Series:
    """Return an example employer for each workplace: `Beispielbetrieb Bau 2` at `Eschweiler, Beispielstandort Bau 2`."""
    return places.str.replace(r"^.*, Beispielstandort ", "Beispielbetrieb ").str.replace(
        r"^Beispielbetriebe .*", "Beispielbetrieb"
    )
