# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What the model region is calibrated to, and what came out: table `targets`."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
import polars as pl

from drehkreuz.matching.pay import net_per_month, payroll
from drehkreuz.model.aachen.people import DAY, MINIMUM_WAGE, WEEKS_A_MONTH
from drehkreuz.region import TABLES

Tables = Mapping[str, pl.DataFrame]

WORKDAY: Final = date(2026, 11, 10)
SUNDAY: Final = date(2026, 11, 15)
EVENING: Final = 20 * 3600
CAR_KMH: Final = 40.0
"""Speed that turns kilometres of road into minutes; assumed."""
DISTRICTS: Final = {
    "aachen": "05334",
    "dueren": "05358",
    "heinsberg": "05370",
    "euskirchen": "05366",
}


@cache
def read_targets() -> dict[str, dict[str, Any]]:
    """Return what `targets.toml` says, by id."""
    return tomllib.loads((files("drehkreuz.model") / "targets.toml").read_text(encoding="utf-8"))


def targets(tables: Tables, scale: float) -> pl.DataFrame:
    """
    Measure what a generated region has of each target.

    Args:
        tables: The region's tables.
        scale: Size against full scale; counts that grow with it are compared with the target at that scale.
    """
    rows = []
    for name, target in read_targets().items():
        factor = scale if target.get("scaled") else 1.0
        rows.append(
            {
                "target_id": name,
                "label_de": target["de"],
                "label_en": target["en"],
                "unit": target["unit"],
                **{bound: round(float(target[bound]) * factor, 4) for bound in ("value", "low", "high")},
                "result": round(float(MEASURES[name](tables)), 4),
                "source": target["source"],
                "date": target["date"],
                "grade": target["grade"],
            }
        )
    return TABLES["targets"].conform(pl.DataFrame(rows)).sort("target_id")


def _study(tables: Tables) -> pl.DataFrame:
    return tables["municipalities"].filter("study_area").select("municipality")


def _over_45(tables: Tables) -> float:
    operator = tables["people"].filter(pl.col("employer_group") == "lignite_operator")
    return float(((DAY.year - operator["birth_year_to"]) >= 44).mean() or 0)  # noqa: PLR2004  # a band of two years


def _study_openings(tables: Tables) -> float:
    at = tables["vacancies"].join(tables["places"].select("place_id", "municipality"), on="place_id")
    inside = at.join(_study(tables), on="municipality", how="semi")
    return float(inside["openings"].sum() / at["openings"].sum())


def _by_occupation(tables: Tables) -> pl.DataFrame:
    """Return weighted people looking and openings of jobs by occupation and level."""
    looking = (
        tables["person_occupations"]
        .sort("person_id", "current", "last_year", descending=[False, True, True], nulls_last=True)
        .unique("person_id", keep="first", maintain_order=True)
        .join(tables["people"].select("person_id", "weight", "employment_status"), on="person_id")
        .filter(pl.col("employment_status") == "unemployed")
        .group_by("occupation_id")
        .agg(people=pl.col("weight").sum())
    )
    jobs = tables["vacancies"].filter(pl.col("kind") == "job").group_by("occupation_id").agg(pl.col("openings").sum())
    return (
        tables["occupations"]
        .select("occupation_id", "level")
        .join(jobs, on="occupation_id", how="left")
        .join(looking, on="occupation_id", how="left")
        .fill_null(0)
    )


def _tightness(level: int) -> Callable[[Tables], float]:
    def measured(tables: Tables) -> float:
        of_level = _by_occupation(tables).filter(pl.col("level") == level)
        return float(of_level["people"].sum() / max(1, of_level["openings"].sum()))

    return measured


def _shortage(tables: Tables) -> float:
    skilled = _by_occupation(tables).filter(pl.col("level") >= 2)  # noqa: PLR2004  # skilled and above
    return float((skilled["openings"] - skilled["people"]).clip(lower_bound=0).sum())


def _below_minimum_wage(tables: Tables) -> float:
    jobs = tables["vacancies"].filter(pl.col("kind") == "job")
    return float((jobs["pay_min"] < jobs["hours_max"] * WEEKS_A_MONTH * MINIMUM_WAGE - 0.5).sum())


def _full_time(tables: Tables) -> pl.DataFrame:
    return tables["vacancies"].filter((pl.col("kind") == "job") & (pl.col("hours_max") >= 35))  # noqa: PLR2004


def _pay_median(tables: Tables) -> float:
    full = _full_time(tables)
    return float(((full["pay_min"] + full["pay_max"]) / 2).median() or 0)  # type: ignore[arg-type]  # Polars' wide type


def _konti_loses(tables: Tables) -> float:
    """Compare the operator's people with the median day post of the occupation that suits them by skill level: their own."""
    day = _full_time(tables).filter(pl.col("shift_system_id").is_in(["tag", "buero", "frueh"]))
    gross = ((day["pay_min"] + day["pay_max"]) / 2).to_numpy()
    net = net_per_month(gross, day["pay_months"].to_numpy(), payroll(DAY))
    offered = float(np.median(net))
    operator = tables["people"].filter(pl.col("employer_group") == "lignite_operator")
    return float((operator["net_today_eur_month"] > offered).mean() or 0)


def _flows(tables: Tables) -> pl.DataFrame:
    return tables["commuting"].join(_study(tables), left_on="home", right_on="municipality", how="semi")


def _commute(tables: Tables) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    flows = _flows(tables).join(
        tables["commuting_km"], on=["home", "work"], how="left", maintain_order="left"
    )
    order = flows.sort("km")
    return order["km"].to_numpy(), order["commuters"].to_numpy()


def _commute_median(tables: Tables) -> float:
    km, people = _commute(tables)
    reached = np.cumsum(people)
    return float(km[np.searchsorted(reached, reached[-1] / 2)])


def _under_30(tables: Tables) -> float:
    km, people = _commute(tables)
    return float(people[km <= CAR_KMH / 2].sum() / people.sum())


def _self_containment(district: str) -> Callable[[Tables], float]:
    def measured(tables: Tables) -> float:
        home = tables["commuting"].filter(pl.col("home").str.starts_with(DISTRICTS[district]))
        own = home.filter(pl.col("work").str.starts_with(DISTRICTS[district]))
        return float(own["commuters"].sum() / home["commuters"].sum())

    return measured


def _trips_on(tables: Tables, day: date) -> pl.DataFrame:
    running = tables["service_days"].filter(pl.col("date") == day).select("service_id")
    return tables["trips"].join(running, on="service_id", how="semi")


def _sunday(tables: Tables) -> float:
    return len(_trips_on(tables, SUNDAY)) / len(_trips_on(tables, WORKDAY))


def _evening(tables: Tables) -> float:
    trips = _trips_on(tables, WORKDAY)
    begins = tables["stop_times"].join(trips.select("trip_id"), on="trip_id", how="semi").group_by("trip_id").agg(pl.col("departure").min())
    return float((begins["departure"] >= EVENING).mean() or 0)


MEASURES: Final[dict[str, Callable[[Tables], float]]] = {
    "cells": lambda t: len(t["zones"]),
    "study-municipalities": lambda t: len(_study(t)),
    "study-population": lambda t: t["zones"].join(_study(t), on="municipality", how="semi")["population"].sum(),
    "people-rows": lambda t: len(t["people"]),
    "people-whole": lambda t: t["people"]["weight"].sum(),
    "lignite-operator": lambda t: t["people"].filter(pl.col("employer_group") == "lignite_operator")["weight"].sum(),
    "lignite-over-45": _over_45,
    "openings": lambda t: t["vacancies"]["openings"].sum(),
    "openings-study-share": _study_openings,
    "courses": lambda t: len(t["courses"]),
    "tightness-1": _tightness(1),
    "tightness-2": _tightness(2),
    "below-minimum-wage": _below_minimum_wage,
    "pay-median": _pay_median,
    "leaving-konti-loses": _konti_loses,
    "commute-median": _commute_median,
    "commute-under-30": _under_30,
    "self-containment-aachen": _self_containment("aachen"),
    "self-containment-dueren": _self_containment("dueren"),
    "self-containment-heinsberg": _self_containment("heinsberg"),
    "self-containment-euskirchen": _self_containment("euskirchen"),
    "shortage": _shortage,
    "sunday-service": _sunday,
    "evening-service": _evening,
}
"""What counts each target."""
