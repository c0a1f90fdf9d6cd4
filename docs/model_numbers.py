# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What the page of the model region counts in the region's tables."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from drehkreuz.model.aachen.area import area
from drehkreuz.model.aachen.flows import distance_table
from drehkreuz.model.aachen.plane import KM, KM_EAST
from drehkreuz.model.aachen.targets import WORKDAY, seekers
from drehkreuz.reach import Chain, DayType, Triples, minutes
from drehkreuz.region import Region
from drehkreuz.region.csr import Csr

SOURCE: Final = "Quelle: Modellregion Aachen, modelliert, Stand 02.11.2026"
"""Foot of every picture."""
EARLY, LATER = 6 * 60, 8 * 60
"""Starts of work whose reach is compared, minutes after midnight."""
SHIFT: Final = 8 * 60
"""Length of the shift, minutes."""
WITHIN_KM: Final = 15
"""Homes up to so far by road are asked for the reach of a workplace."""
AT_MOST_MINUTES: Final = 60
"""Longest way that counts as reached, waiting before the start included."""
PLACES_EACH: Final = 2
"""Workplaces looked at in each municipality: those with the most openings."""


def total(frame: pl.DataFrame, column: str) -> float:
    """Return the sum of a column."""
    return float(frame[column].to_numpy().sum())


def study(region: Region) -> pl.DataFrame:
    """Return the municipalities of the study area: municipality, name, district, population, area_km2."""
    sizes = area().municipalities.select("municipality", "area_km2")
    ours = region.table("municipalities").filter("study_area")
    return (
        ours.select("municipality", "name", "district", "population")
        .join(sizes, on="municipality")
        .sort("municipality")
    )


def job_openings(region: Region) -> pl.DataFrame:
    """Return openings in the study area that are jobs, no apprenticeships: occupation_id, municipality, place_id, openings."""
    at = region.table("places").select("place_id", "municipality")
    jobs = region.table("vacancies").filter(kind="job").join(at, on="place_id")
    ours = jobs.join(study(region), on="municipality", how="semi")
    return ours.select("occupation_id", "municipality", "place_id", "openings")


def looking(region: Region) -> pl.DataFrame:
    """Return the unemployed who live in the study area: occupation_id, weight, skilled, municipality."""
    homes = region.table("zones").select("zone_id", "municipality")
    found = seekers(dict(region.tables)).join(homes, on="zone_id").join(study(region), on="municipality", how="semi")
    return found.select("occupation_id", "weight", "skilled", "municipality")


def tension(region: Region) -> pl.DataFrame:
    """Return per municipality of the study area: municipality, name, openings, people, per_hundred."""
    openings = job_openings(region).group_by("municipality").agg(pl.col("openings").sum())
    people = looking(region).group_by("municipality").agg(people=pl.col("weight").sum())
    both = study(region).join(openings, on="municipality", how="left").join(people, on="municipality", how="left")
    return both.fill_null(0).with_columns(per_hundred=100 * pl.col("openings") / pl.col("people")).sort("municipality")


def by_occupation(region: Region) -> pl.DataFrame:
    """Return per occupation: occupation_id, level, group, openings, people, skilled (people with the award), gap."""
    openings = job_openings(region).group_by("occupation_id").agg(pl.col("openings").sum())
    weight = pl.col("weight")
    people = looking(region).group_by("occupation_id").agg(people=weight.sum(), skilled=weight.filter("skilled").sum())
    groups = region.table("broader").filter(concept="occupation")
    both = region.table("occupations").select("occupation_id", "level")
    for part in (openings, people):
        both = both.join(part, on="occupation_id", how="left")
    both = both.fill_null(0).join(groups.select(occupation_id="concept_id", group="broader_id"), on="occupation_id")
    return both.with_columns(gap=pl.col("openings") - pl.col("skilled")).sort("gap", "occupation_id")


def by_group(region: Region) -> pl.DataFrame:
    """Return per group of occupations: group, label, openings, people, skilled, per_hundred; the scarcest people first."""
    summed = by_occupation(region).group_by("group").agg(pl.col("openings", "people", "skilled").sum())
    names = summed["group"].to_list()
    labels = preferred(region, "de")
    shares = summed.with_columns(
        label=pl.Series([labels[name] for name in names]), per_hundred=100 * pl.col("openings") / pl.col("skilled")
    )
    return shares.sort("per_hundred", "group", descending=[True, False])


def preferred(region: Region, language: str) -> dict[str, str]:
    """Return the preferred label of each concept."""
    labels = region.table("labels").filter(kind="preferred", language=language)
    return dict(labels.select("concept_id", "text").iter_rows())


def commutes(region: Region) -> pl.DataFrame:
    """Return the study area's ways to work: home, work, commuters, km, scope (town, district, beyond), home_district."""
    towns = region.table("municipalities").select("municipality", "district")
    ways = region.table("commuting").join(study(region), left_on="home", right_on="municipality", how="semi")
    ways = ways.join(distance_table(area()), on=["home", "work"])
    ways = ways.join(towns.rename({"district": "home_district"}), left_on="home", right_on="municipality")
    ways = ways.join(towns.rename({"district": "work_district"}), left_on="work", right_on="municipality")
    same_town, same_district = pl.col("home") == pl.col("work"), pl.col("home_district") == pl.col("work_district")
    scope = (
        pl.when(same_town).then(pl.lit("town")).when(same_district).then(pl.lit("district")).otherwise(pl.lit("beyond"))
    )
    return ways.with_columns(scope=scope).sort("km", "home", "work")


def middle_way(ways: pl.DataFrame) -> float:
    """Return the distance that half of the commuters do not exceed, km."""
    upto = ways["commuters"].cum_sum().to_numpy()
    return float(ways["km"][int(np.searchsorted(upto, upto[-1] / 2))])


def ages(region: Region) -> pl.DataFrame:
    """Return shares by age: age (the lower of two years of a birth-year band), operator, others; each column sums to 1."""
    reached = (region.manifest.day.year - pl.col("birth_year_to")).alias("age")
    counted = region.table("people").with_columns(reached, operator=pl.col("employer_group") == "lignite_operator")
    summed = counted.group_by("age").agg(
        operator=pl.col("weight").filter("operator").sum(), others=pl.col("weight").filter(~pl.col("operator")).sum()
    )
    return summed.with_columns(pl.col("operator", "others") / pl.col("operator", "others").sum()).sort("age")


@cache
def early_reach(region: Region) -> pl.DataFrame:
    """
    Return what share of the residents around reaches work: municipality, name, district, walk, early, later.

    `walk` is on foot alone, at any hour; `early` and `later` on foot, by bus and train for either start.

    Of each municipality the workplaces with the most openings are looked at, weighted by their openings; a municipality
    without openings has none. Residents within `WITHIN_KM` of road count, wherever they live.
    """
    openings = job_openings(region).group_by("municipality", "place_id").agg(pl.col("openings").sum())
    most = openings.sort("openings", "place_id", descending=[True, False]).group_by("municipality", maintain_order=True)
    rows = region.table("places").select("place_id").with_row_index("place")
    at = most.head(PLACES_EACH).join(rows, on="place_id").sort("place")
    place = at["place"].to_numpy().astype(np.int32)
    ways = minutes(region, _starts(place))
    walked = ways.out[:, :, Chain.WALK] <= AT_MOST_MINUTES
    reached = walked | (ways.out[:, :, Chain.TRANSIT] <= AT_MOST_MINUTES)
    residents = region.table("zones")["population"].to_numpy()
    near = ways.car_km[place] <= WITHIN_KM
    cases = {"walk": walked[::2], "early": reached[::2], "later": reached[1::2]}
    shares = {name: pl.Series((there & near) @ residents / (near @ residents)) for name, there in cases.items()}
    openings_there = pl.col("openings").sum()
    weighted = {name: (pl.col(name) * pl.col("openings")).sum() / openings_there for name in cases}
    found = at.with_columns(**shares).group_by("municipality").agg(**weighted)
    return (
        study(region)
        .select("municipality", "name", "district")
        .join(found, on="municipality", how="left")
        .sort("municipality")
    )


def _starts(place: NDArray[np.int32]) -> Triples:
    """Return two triples for each place: the early start and the later one, on a weekday."""
    n, weekday = 2 * len(place), np.full(2 * len(place), DayType.WEEKDAY, dtype=np.int8)
    start = np.tile(np.array([EARLY, LATER], dtype=np.int32), len(place))
    nobody = Csr.from_pairs(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), 0)
    return Triples(
        place=place.repeat(2),
        start=start,
        end=start + np.int32(SHIFT),
        day_out=weekday,
        day_back=weekday,
        of_vacancy=nobody,
        days=np.zeros(0),
        further=np.zeros(n, dtype=bool)[:0],
        of_session=np.zeros(0, dtype=np.int32),
        findings=(),
    )


def line_pieces(region: Region) -> pl.DataFrame:
    """Return the pieces between neighbouring stops on a Tuesday, both directions as one: rail, a, b, trips, points in degrees."""
    running = region.table("service_days").filter(date=WORKDAY).select("service_id")
    trips = region.table("trips").join(running, on="service_id", how="semi").join(region.table("routes"), on="route_id")
    calls = region.table("stop_times").join(trips.select("trip_id", "mode"), on="trip_id").sort("trip_id", "sequence")
    pairs = calls.with_columns(after=pl.col("stop_id").shift(-1).over("trip_id")).drop_nulls("after")
    a, b = pl.min_horizontal("stop_id", "after").alias("a"), pl.max_horizontal("stop_id", "after").alias("b")
    pieces = pairs.select(a, b, rail=pl.col("mode") == RAIL).group_by("rail", "a", "b").agg(trips=pl.len())
    stops = region.table("stops").select("stop_id", "lat", "lon")
    for end in ("a", "b"):
        pieces = pieces.join(stops.rename({"stop_id": end, "lat": f"lat_{end}", "lon": f"lon_{end}"}), on=end)
    pieces = pieces.sort("rail", "a", "b")
    return pl.concat([_without_leaps(pieces.filter("rail")), pieces.filter(pl.col("rail").not_())])


def _without_leaps(pieces: pl.DataFrame) -> pl.DataFrame:
    """Leave out the pieces on which a fast train passes stations: shorter pieces lead the same way."""
    lat, lon = (pl.col(f"{axis}_a") - pl.col(f"{axis}_b") for axis in ("lat", "lon"))
    longest = pieces.with_columns(km=(lat**2 * KM**2 + lon**2 * KM_EAST**2).sqrt()).sort(
        "km", "a", "b", descending=True
    )
    number = {stop: at for at, stop in enumerate(sorted({*pieces["a"], *pieces["b"]}))}
    ways = np.zeros((len(number), len(number)))
    ends = [(number[a], number[b], km) for a, b, km in longest.select("a", "b", "km").iter_rows()]
    for a, b, km in ends:
        ways[a, b] = km
    kept = []
    for a, b, km in ends:
        ways[a, b] = 0
        around = dijkstra(csr_array(ways), directed=False, indices=np.array([a]))
        kept.append(bool(around[0, b] > km * DETOUR))
        ways[a, b] = km if kept[-1] else 0
    return longest.filter(pl.Series(kept)).drop("km").sort("a", "b")


DETOUR: Final = 1.25
"""A way over stations in between is so much longer than the piece that passes them, at most."""
RAIL: Final = 2
"""Mode of trains in table `routes`, as GTFS numbers it."""
