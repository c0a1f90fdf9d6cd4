# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Table `people`: home, age, work today, income, hours, means of travel; drawn around the joint distribution."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from drehkreuz.matching.pay import net_per_month, payroll
from drehkreuz.model.aachen.area import Area
from drehkreuz.model.aachen.draw import Draws
from drehkreuz.model.aachen.plane import AACHEN, nearest_km
from drehkreuz.model.aachen.population import Sample, assumed, groups
from drehkreuz.model.core import Market
from drehkreuz.region import TABLES

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DAY: Final = date(2026, 11, 2)
"""The day the region speaks of."""

MINES: Final = (("Inden", 50.880, 6.330), ("Weisweiler", 50.840, 6.322), ("Hambach", 50.910, 6.500), ("Garzweiler", 51.060, 6.480))
"""Where lignite is dug and burnt: around which those who work there live."""

CLOSURES: Final = {
    "lignite_operator": (("x-inden", 0.36), ("x-weisweiler", 0.24), ("x-hambach", 0.28), ("x-garzweiler", 0.12)),
    "lignite_contractor": (("x-inden", 0.30), ("x-weisweiler", 0.40), ("x-hambach", 0.20), ("x-garzweiler", 0.10)),
    "lignite_supplier": (("x-inden", 0.30), ("x-weisweiler", 0.30), ("x-hambach", 0.25), ("x-garzweiler", 0.15)),
}
ENDS: Final = {"x-inden": date(2029, 12, 31), "x-weisweiler": date(2029, 4, 1), "x-hambach": date(2029, 12, 31), "x-garzweiler": date(2030, 3, 31)}
"""Last day of each site: agreement of 2022 and what was announced; see `projects.csv`."""

KONTI: Final = frozenset({"lignite_operator"})
"""Groups most of whose members work continuous shifts today, and lose their premiums when they leave them."""


@dataclass(frozen=True, slots=True)
class People:
    """
    The people and what other tables need of them.

    Attributes:
        table: Table `people`, in order of `person_id`.
        sample: What was drawn of each, in the same order.
        years_old: int64[n].
        group: Name of the group of each.
    """

    table: pl.DataFrame
    sample: Sample
    years_old: Ints
    group: NDArray[np.str_]


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
    sample = Sample(*(getattr(sample, name)[mixed] for name in ("group", "occupation", "age", "sex", "care", "part_time", "car")))
    facts = groups()
    group = facts["group"].to_numpy().astype(str)[sample.group]
    years_old = _years_old(sample, levels, draws)
    zones = _homes(sample, area, draws)
    work = _work_today(sample, group, years_old, market, draws)
    n = len(sample)
    birth = DAY.year - years_old
    even = birth - birth % 2
    table = pl.DataFrame(
        {
            "person_id": [f"P{i + 1:05d}" for i in range(n)],
            "zone_id": area.cells["zone_id"].gather(zones),
            "weight": facts["weight"].cast(pl.Float64).gather(sample.group),
            "birth_year_from": even,
            "birth_year_to": even + 1,
            "employment_status": facts["status"].gather(sample.group),
            "employer_group": facts["employer_group"].gather(sample.group),
            **work,
            **_hours(sample, draws),
            **_means(sample, group, years_old, draws),
            **_learning(sample, draws),
            "origin": pl.Series(["synthetic"]).new_from_index(0, n),
        }
    )
    return People(TABLES["people"].conform(table), sample, years_old, group)


def _years_old(sample: Sample, levels: Ints, draws: Draws) -> Ints:
    facts = assumed()
    bands = np.array(facts["ages"])[sample.age]
    youngest = np.where(sample.occupation >= 0, np.array(facts["youngest"]["level"])[levels[sample.occupation] - 1], 16)
    first = np.maximum(bands[:, 0], youngest)
    last = np.where(sample.occupation >= 0, bands[:, 1], 20)
    return np.asarray(first + np.floor(draws.stream("age").uniform(len(sample)) * (last - first + 1)).astype(np.int64))


def _homes(sample: Sample, area: Area, draws: Draws) -> Ints:
    """Draw the home cells: in the study area, or in the ring with whom it exchanges commuters."""
    facts = groups()
    cells = area.cells.join(area.municipalities.select("municipality", "study_area"), on="municipality", maintain_order="left")
    population = cells["population"].to_numpy().astype(np.float64)
    study = cells["study_area"].to_numpy()
    foreign = (cells["country"] != "DE").to_numpy()
    lat, lon = cells["lat"].to_numpy(), cells["lon"].to_numpy()
    inside = np.flatnonzero(study)
    near = np.exp(-nearest_km(lat, lon, lat[inside[::7]], lon[inside[::7]]) / 9.0)
    mines = np.exp(-nearest_km(lat, lon, np.array([m[1] for m in MINES]), np.array([m[2] for m in MINES])) / 9.0)
    aachen = np.exp(-nearest_km(lat, lon, np.array([AACHEN[0]]), np.array([AACHEN[1]])) / 5.0)
    draw_to = {"people": np.ones_like(population), "mines": mines, "aachen": aachen, "abroad": foreign * near}
    stream, homes = draws.stream("homes"), np.empty(len(sample), dtype=np.int64)
    for i, group in enumerate(facts.iter_rows(named=True)):
        mine = np.flatnonzero(sample.group == i)
        in_ring = stream.happens(group["ring_share"], len(mine))
        pull = population * draw_to[group["homes"]]
        homes[mine[~in_ring]] = stream.choose(pull * study, int((~in_ring).sum()))
        homes[mine[in_ring]] = stream.choose(np.where(study, 0, pull * near), int(in_ring.sum()))
    return homes


def _work_today(sample: Sample, group: NDArray[np.str_], years_old: Ints, market: Market, draws: Draws) -> dict[str, object]:
    """Return what people earn and need, since when they are there, when they are free and what ends their post."""
    n, stream = len(sample), draws.stream("work today")
    at_work = np.isin(groups()["status"].to_numpy().astype(str)[sample.group], ["employed", "part_time"])
    gross = market.numbers("pay_median")[sample.occupation] * np.exp(market.numbers("pay_sigma")[sample.occupation] * stream.normal(n))
    gross = np.maximum(gross, MINIMUM_WAGE * FULL_WEEK * WEEKS_A_MONTH) * np.where(sample.part_time, 0.55, 1.0)
    konti = np.isin(group, list(KONTI)) & stream.happens(0.7, n)
    premium = np.where(konti, market.numbers("premium")[sample.occupation].clip(250.0), 0.0)
    net = net_per_month(gross, market.numbers("pay_months")[sample.occupation], payroll(DAY)) + premium
    need = np.where(at_work, net * (0.76 + 0.18 * stream.uniform(n)), _need_without_work(sample, group, stream.uniform(n)))
    tenure = np.floor(stream.uniform(n) ** 0.7 * np.clip(years_old - 18, 0, 40))
    closures = [_closure(name, u) for name, u in zip(group, stream.uniform(n), strict=True)]
    return {
        "closure_id": closures,
        "tenure_years": pl.Series(np.where(at_work, tenure, np.nan)).fill_nan(None),
        "employed_on_2019_09_30": pl.Series([
            bool(years >= 7) if name.startswith("lignite_o") else None for name, years in zip(group, tenure, strict=True)
        ], dtype=pl.Boolean),
        "net_today_eur_month": pl.Series(np.where(at_work, np.round(net, -1), np.nan)).fill_nan(None),
        "net_need_eur_month": np.round(need, -1),
        "available_from": [_free_from(closure, status, u) for closure, status, u in zip(closures, at_work, stream.uniform(n), strict=True)],
    }  # fmt: skip


MINIMUM_WAGE: Final = 13.90
"""EUR an hour from 1 January 2026 (Fünfte Mindestlohnanpassungsverordnung)."""
FULL_WEEK: Final = 37.5
WEEKS_A_MONTH: Final = 4.348


def _need_without_work(sample: Sample, group: NDArray[np.str_], u: Floats) -> Floats:
    """Return what people without pay need to live on: assumed, in the order of the basic income support with rent."""
    least = {"returners": 520.0, "students": 850.0, "graduates_abroad": 1250.0, "newcomers": 1050.0, "school_leavers": 420.0}
    base = np.full(len(sample), 1080.0)
    for name, amount in least.items():
        base[group == name] = amount
    return base + 420.0 * u + np.where((sample.care > 0) & (group != "returners"), 260.0, 0.0)


def _closure(group: str, u: float) -> str | None:
    for closure, share in CLOSURES.get(group, ()):
        u -= share
        if u < 0:
            return closure
    return None


def _free_from(closure: str | None, at_work: bool, u: float) -> date:
    if closure is not None:
        # Posts go step by step: a third each year before a site's end.
        return date(ENDS[closure].year - int(u * 3), 4 + int(u * 50) % 9, 1)
    return date(2027, 1 + int(u * 6), 1) if at_work else DAY


def _hours(sample: Sample, draws: Draws) -> dict[str, object]:
    stream, n = draws.stream("hours"), len(sample)
    u = stream.uniform(n)
    part_most = np.select([sample.care == 1, sample.care == 2], [np.where(u < 0.6, 25.0, 30.0), np.where(u < 0.5, 25.0, 32.0)], np.where(u < 0.4, 25.0, 30.0))  # noqa: E501, PLR2004  # two is primary school
    return {
        "hours_min": np.where(sample.part_time, 15.0, np.where(u < 0.35, 30.0, 35.0)),
        "hours_max": np.where(sample.part_time, part_most, 40.0),
    }


def _means(sample: Sample, group: NDArray[np.str_], years_old: Ints, draws: Draws) -> dict[str, object]:
    stream, n = draws.stream("means"), len(sample)

    def one_of(values: tuple[int, ...], shares: tuple[float, ...]) -> Ints:
        return np.array(values)[stream.choose(shares, n)]

    bike = stream.happens(np.where(years_old < 50, 0.62, 0.45), n)
    minutes = np.where(
        sample.car,
        one_of((30, 40, 45, 60, 75), (0.14, 0.22, 0.28, 0.28, 0.08)),
        one_of((40, 45, 60, 75, 90), (0.14, 0.22, 0.36, 0.18, 0.10)),
    )
    return {
        "car": sample.car & (years_old >= 18),
        "bike": bike,
        "bike_max_minutes": one_of((10, 15, 20, 30), (0.15, 0.30, 0.35, 0.20)),
        "pedelec": stream.happens(np.where(years_old >= 40, 0.16, 0.05), n) & bike,
        "walk_max_minutes": one_of((10, 15, 20, 30), (0.20, 0.30, 0.30, 0.20)),
        "transit_pass": stream.happens(np.where(sample.car, 0.06, 0.42), n) | (group == "students"),
        "max_minutes": np.where((sample.care > 0) & (minutes > 45), 45, minutes),  # noqa: PLR2004  # minutes with a child in care
    }  # fmt: skip


def _learning(sample: Sample, draws: Draws) -> dict[str, object]:
    stream, n = draws.stream("learning"), len(sample)
    at_work = np.isin(groups()["status"].to_numpy().astype(str)[sample.group], ["employed", "part_time"])
    idle = np.where(sample.care > 0, 25.0, 40.0)
    return {
        "learning_hours_max": np.where(at_work, np.array([6.0, 10.0, 40.0])[stream.choose((0.3, 0.45, 0.25), n)], idle),
        "learning_fee_max_eur": np.array([0.0, 200.0, 500.0, 1500.0])[stream.choose((0.45, 0.25, 0.2, 0.1), n)],
        "learning_online": stream.happens(0.78, n),
    }
