# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Table `people`: home, age, work today, hours, means of travel; drawn around the joint distribution."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.model.aachen.area import Area
from drehkreuz.model.aachen.draw import Draws
from drehkreuz.model.aachen.plane import AACHEN, nearest_km
from drehkreuz.model.aachen.population import NOTHING, SEXES, Sample, assumed, groups, youngest
from drehkreuz.model.aachen.work_today import DAY, at_work, hours, work_today
from drehkreuz.model.core import Market
from drehkreuz.region import TABLES

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Names = NDArray[np.str_]

__all__ = ["DAY", "People", "people"]

MINES: Final = (
    ("Inden", 50.880, 6.330),
    ("Weisweiler", 50.840, 6.322),
    ("Hambach", 50.910, 6.500),
    ("Garzweiler", 51.060, 6.480),
)
"""Where lignite is dug and burnt, degrees: around which those who work there live."""
NEAR_MINE_KM: Final = 9.0
NEAR_AACHEN_KM: Final = 5.0
NEAR_STUDY_AREA_KM: Final = 9.0
"""Distances over which homes fall to a third: from the mines, from Aachen, from the study area; assumed."""

EVERY: Final = 7
"""Of so many cells one stands for all where the distance to the study area is asked: a kilometre matters little."""

DRIVES_FROM: Final = 20
"""Age reached this year from which anybody of a birth-year band has come of age, and may drive alone (§ 10 FeV)."""
MEANS: Final = {
    "bike_max_minutes": ((10, 0.15), (15, 0.30), (20, 0.35), (30, 0.20)),
    "walk_max_minutes": ((10, 0.20), (15, 0.30), (20, 0.30), (30, 0.20)),
}
"""Minutes that people walk or ride in one go, and how often; assumed."""
MINUTES_WITH_CAR: Final = ((30, 0.14), (40, 0.22), (45, 0.28), (60, 0.28), (75, 0.08))
MINUTES_WITHOUT_CAR: Final = ((40, 0.14), (45, 0.22), (60, 0.36), (75, 0.18), (90, 0.10))
"""Longest acceptable way, door to door, and how often; assumed."""
MINUTES_OF_PARENTS: Final = 45
"""… and with a child in care at most."""
BIKE_BEFORE_50, BIKE_FROM_50 = 0.62, 0.45
PEDELEC_BEFORE_40, PEDELEC_FROM_40 = 0.05, 0.16
"""Share who ride a bicycle, and of these a pedelec, by age; assumed."""
PASS_WITH_CAR, PASS_WITHOUT_CAR = 0.06, 0.42
"""Share with a monthly pass; assumed. Students have one with their fees."""

LEARNING_HOURS_AT_WORK: Final = ((6.0, 0.30), (10.0, 0.45), (40.0, 0.25))
LEARNING_HOURS_OTHERWISE, LEARNING_HOURS_OF_PARENTS = 40.0, 25.0
LEARNING_FEES: Final = ((0.0, 0.45), (200.0, 0.25), (500.0, 0.20), (1500.0, 0.10))
LEARNS_ONLINE: Final = 0.78
"""Hours and money for learning, and whether it can be online; assumed."""


@dataclass(frozen=True, slots=True)
class People:
    """
    The people and what other tables need of them.

    Attributes:
        table: Table `people`, in order of `person_id`.
        sample: What was drawn of each, in the same order.
        years_old: int64[n], age reached in the year of the region's day.
        group: Name of the group of each.
        country: Country of the home of each.
        hours_today: float64[n], weekly hours worked today, 0 without work.
    """

    table: pl.DataFrame
    sample: Sample
    years_old: Ints
    group: Names
    country: Names
    hours_today: Floats

    @property
    def surely_old(self) -> Ints:
        """Age that each has completed for certain, whatever the year of the birth-year band: int64[n]."""
        return np.asarray(DAY.year - 1 - self.table["birth_year_to"].to_numpy().astype(np.int64))


def people(sample: Sample, area: Area, market: Market, levels: Ints, draws: Draws) -> People:
    """
    Give everybody a home, an income, hours and means.

    Args:
        sample: Who there is.
        area: Where homes are.
        market: Figures of the occupations.
        levels: int64[o], Anforderungsniveau.
        draws: Where chance comes from.
    """
    mixed = draws.stream("order of people").permutation(len(sample))
    sample = Sample(*(getattr(sample, field.name)[mixed] for field in fields(Sample)))
    facts, n = groups(), len(sample)
    group = facts["group"].to_numpy().astype(str)[sample.group]
    first_age = _first_age(sample, levels)
    years_old = _years_old(sample, first_age, draws)
    zones = _homes(sample, area, draws)
    wanted = hours(sample, group, draws)
    birth = DAY.year - years_old
    table = pl.DataFrame(
        {
            "person_id": [f"P{i + 1:05d}" for i in range(n)],
            "zone_id": area.cells["zone_id"].gather(zones),
            "weight": facts["weight"].cast(pl.Float64).gather(sample.group),
            "birth_year_from": birth - birth % 2,
            "birth_year_to": birth - birth % 2 + 1,
            "employment_status": facts["status"].gather(sample.group),
            "employer_group": facts["employer_group"].gather(sample.group),
            **work_today(sample, group, years_old - first_age, wanted, market, draws),
            "hours_min": wanted.least,
            "hours_max": wanted.most,
            **_means(sample, group, years_old, draws),
            **_learning(sample, draws),
            "origin": pl.Series(["synthetic"]).new_from_index(0, n),
        }
    )
    country = area.cells["country"].to_numpy().astype(str)[zones]
    return People(TABLES["people"].conform(table), sample, years_old, group, country, wanted.today)


def _first_age(sample: Sample, levels: Ints) -> Ints:
    """Return the youngest age each could have, by group and level of the occupation."""
    first = np.zeros(len(sample), dtype=np.int64)
    for i, group in enumerate(groups().iter_rows(named=True)):
        mine = sample.group == i
        of_occupation = youngest(group["group"], np.ones_like(levels) if group["pool"] == NOTHING else levels)
        first[mine] = of_occupation[sample.occupation[mine]]
    return first


def _years_old(sample: Sample, first_age: Ints, draws: Draws) -> Ints:
    """Draw the age within the band: not too young for the occupation, nor too young or too old for the child."""
    facts = assumed()
    bands, parents = np.array(facts["ages"])[sample.age], facts["parents"]
    oldest = np.array([facts["oldest"].get(name, bands.max()) for name in groups()["group"]])[sample.group]
    mother = sample.sex == SEXES.index("f")
    oldest = np.where(mother, np.minimum(oldest, np.array(parents["oldest_mother"])[sample.care]), oldest)
    first = np.maximum(np.maximum(bands[:, 0], first_age), np.array(parents["youngest"])[sample.care])
    last = np.minimum(bands[:, 1], oldest)
    return draws.stream("age").integers(first, last, len(sample))


def _homes(sample: Sample, area: Area, draws: Draws) -> Ints:
    """Draw the home cells: in the study area, or in the ring with whom it exchanges commuters."""
    study_area = area.municipalities.select("municipality", "study_area")
    cells = area.cells.join(study_area, on="municipality", maintain_order="left")
    population = cells["population"].to_numpy().astype(np.float64)
    study = cells["study_area"].to_numpy()
    draw_to, inside = _draw_to(cells), cells.filter("study_area").gather_every(EVERY)
    beyond = np.where(study, 0.0, population * _fading(cells, inside, NEAR_STUDY_AREA_KM))
    stream, homes = draws.stream("homes"), np.empty(len(sample), dtype=np.int64)
    for i, group in enumerate(groups().iter_rows(named=True)):
        mine = np.flatnonzero(sample.group == i)
        in_ring = stream.happens(group["ring_share"], len(mine))
        pull = draw_to[group["homes"]]
        homes[mine[~in_ring]] = stream.choose(population * pull * study, int((~in_ring).sum()))
        homes[mine[in_ring]] = stream.choose(beyond * pull, int(in_ring.sum()))
    return homes


def _draw_to(cells: pl.DataFrame) -> dict[str, Floats]:
    """Return how much more or less likely a home in a cell is, by what `homes` of a group says; float64[cells] each."""
    mines = pl.DataFrame({"lat": [lat for _, lat, _ in MINES], "lon": [lon for _, _, lon in MINES]})
    town = pl.DataFrame({"lat": [AACHEN[0]], "lon": [AACHEN[1]]})
    return {
        "people": np.ones(len(cells)),
        "mines": _fading(cells, mines, NEAR_MINE_KM),
        "aachen": _fading(cells, town, NEAR_AACHEN_KM),
        "abroad": (cells["country"] != "DE").cast(pl.Float64).to_numpy(),
    }


def _fading(cells: pl.DataFrame, around: pl.DataFrame, km: float) -> Floats:
    """Return what falls to a third over so many km from the nearest of some places, float64[cells]."""
    far = nearest_km(*(frame[axis].to_numpy() for frame in (cells, around) for axis in ("lat", "lon")))
    return np.asarray(np.exp(-far / km))


def _means(sample: Sample, group: Names, years_old: Ints, draws: Draws) -> dict[str, object]:
    stream, n = draws.stream("means"), len(sample)
    bike = stream.happens(np.where(years_old < 50, BIKE_BEFORE_50, BIKE_FROM_50), n)
    minutes = np.where(sample.car, stream.pick(MINUTES_WITH_CAR, n), stream.pick(MINUTES_WITHOUT_CAR, n))
    pedelec = stream.happens(np.where(years_old < 40, PEDELEC_BEFORE_40, PEDELEC_FROM_40), n)
    has_pass = stream.happens(np.where(sample.car, PASS_WITH_CAR, PASS_WITHOUT_CAR), n)
    return {
        "car": sample.car & (years_old >= DRIVES_FROM),
        "bike": bike,
        "pedelec": pedelec & bike,
        **{name: stream.pick(table, n) for name, table in MEANS.items()},
        "transit_pass": has_pass | (group == "students"),
        "max_minutes": np.where(sample.care > 0, np.minimum(minutes, MINUTES_OF_PARENTS), minutes),
    }


def _learning(sample: Sample, draws: Draws) -> dict[str, object]:
    stream, n = draws.stream("learning"), len(sample)
    without_work = np.where(sample.care > 0, LEARNING_HOURS_OF_PARENTS, LEARNING_HOURS_OTHERWISE)
    return {
        "learning_hours_max": np.where(at_work(sample), stream.pick(LEARNING_HOURS_AT_WORK, n), without_work),
        "learning_fee_max_eur": stream.pick(LEARNING_FEES, n),
        "learning_online": stream.happens(LEARNS_ONLINE, n),
    }
