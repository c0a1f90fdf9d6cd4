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

from drehkreuz.matching.pay import WEEKS_PER_MONTH, net_per_month, payroll
from drehkreuz.model.aachen.work_today import DAY, MINIMUM_WAGE
from drehkreuz.region import TABLES

Tables = Mapping[str, pl.DataFrame]

WORKDAY: Final = date(2026, 11, 10)
SUNDAY: Final = date(2026, 11, 15)
"""Days whose timetable is counted: a Tuesday and a Sunday outside the holidays."""
EVENING: Final = 20 * 3600
"""Seconds after midnight from which it is evening."""
CAR_KMH: Final = 40.0
"""Speed that turns kilometres of road into minutes; assumed."""
DISTRICTS: Final = {"aachen": "05334", "dueren": "05358", "heinsberg": "05370", "euskirchen": "05366"}
"""How the municipality keys (AGS) of a district begin."""


@cache
def read_targets() -> dict[str, dict[str, Any]]:
    """Return what `targets.toml` says, by id."""
    return tomllib.loads((files("drehkreuz.model") / "targets.toml").read_text(encoding="utf-8"))


def targets(tables: Tables, scale: float) -> pl.DataFrame:
    """
    Measure what a generated region has of each target.

    Args:
        tables: The region's tables, and `commuting_km` (home, work, km).
        scale: Size against full scale; counts that grow with it are compared with the target at that scale.
    """
    rows = []
    for name, target in read_targets().items():
        least = target.get("least", 0.0) / target["value"] if target["value"] else 0.0
        factor = max(scale, least) if target.get("scaled") else 1.0
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


def _total(frame: pl.DataFrame, column: str) -> float:
    return float(frame[column].to_numpy().sum())


def _share(part: pl.DataFrame, whole: pl.DataFrame, column: str) -> float:
    return _total(part, column) / _total(whole, column)


def _study(tables: Tables) -> pl.DataFrame:
    return tables["municipalities"].filter("study_area").select("municipality")


def _study_population(tables: Tables) -> float:
    return _total(tables["zones"].join(_study(tables), on="municipality", how="semi"), "population")


def _operator(tables: Tables) -> pl.DataFrame:
    return tables["people"].filter(employer_group="lignite_operator")


def _over_45(tables: Tables) -> float:
    """Count by the year people turn 45; a birth-year band begins with an even year, so none is cut in two."""
    operator = _operator(tables)
    return _share(operator.filter(pl.col("birth_year_from") <= DAY.year - 45), operator, "weight")


def _study_openings(tables: Tables) -> float:
    at = tables["vacancies"].join(tables["places"].select("place_id", "municipality"), on="place_id")
    return _share(at.join(_study(tables), on="municipality", how="semi"), at, "openings")


def _with_district(frame: pl.DataFrame, at: pl.DataFrame, key: str, tables: Tables) -> pl.DataFrame:
    """Add the district of a zone or place."""
    towns = tables["municipalities"].select("municipality", "district")
    return frame.join(at.select(key, "municipality").join(towns, on="municipality"), on=key)


def seekers(tables: Tables) -> pl.DataFrame:
    """
    Return the unemployed by their last occupation: person_id, occupation_id, weight, zone_id, skilled.

    Skilled is who holds the occupation's award in full, or has an occupation that knows none.
    """
    last = (
        tables["person_occupations"]
        .sort("person_id", "last_year", "occupation_id", descending=[False, True, False], nulls_last=True)
        .unique("person_id", keep="first", maintain_order=True)
        .select("person_id", "occupation_id")
    )
    free = tables["people"].filter(employment_status="unemployed").select("person_id", "weight", "zone_id")
    of_occupation = tables["qualifications"].drop_nulls("occupation_id").select("qualification_id", "occupation_id")
    held = (
        tables["person_qualifications"]
        .filter(pl.col("modules_done").is_null())
        .join(of_occupation, on="qualification_id")
    )
    awarded = held.select("person_id", "occupation_id").unique().with_columns(award=pl.lit(value=True))
    looking = last.join(free, on="person_id").join(awarded, on=["person_id", "occupation_id"], how="left")
    without = ~pl.col("occupation_id").is_in(of_occupation["occupation_id"].implode())
    return looking.with_columns(skilled=pl.col("award").is_not_null() | without).drop("award")


def _jobs(tables: Tables) -> pl.DataFrame:
    levels = tables["occupations"].select("occupation_id", "level")
    return tables["vacancies"].filter(kind="job").join(levels, on="occupation_id")


def _tightness(level: int) -> Callable[[Tables], float]:
    """Return what counts people looking for each opening of a level; skilled work asks skilled people."""

    def measured(tables: Tables) -> float:
        levels = tables["occupations"].filter(level=level).select("occupation_id")
        looking = seekers(tables).join(levels, on="occupation_id", how="semi")
        jobs = _jobs(tables).filter(level=level)
        return _total(looking if level == HELPERS else looking.filter("skilled"), "weight") / _total(jobs, "openings")

    return measured


HELPERS: Final = 1
"""Anforderungsniveau of helpers."""


def _shortage(tables: Tables) -> float:
    """Count openings above helpers' that exceed the skilled people of the occupation who are free in the district."""
    by = ["occupation_id", "district"]
    jobs = _with_district(_jobs(tables).filter(pl.col("level") > HELPERS), tables["places"], "place_id", tables)
    people = _with_district(seekers(tables).filter("skilled"), tables["zones"], "zone_id", tables)
    openings = jobs.group_by(by).agg(pl.col("openings").sum())
    missing = openings.join(people.group_by(by).agg(pl.col("weight").sum()), on=by, how="left").fill_null(0)
    return _total(missing.select(short=(pl.col("openings") - pl.col("weight")).clip(lower_bound=0)), "short")


def _below_minimum_wage(tables: Tables) -> float:
    least = pl.col("hours_max") * WEEKS_PER_MONTH * MINIMUM_WAGE
    return len(tables["vacancies"].filter(pl.col("kind") == "job", pl.col("pay_min") < least))


FULL_TIME: Final = 35.0
"""Weekly hours from which a post is full-time (as the employment statistics of pay count)."""
DAY_ROTAS: Final = ("tag", "buero", "frueh")
"""Rotas without premiums."""


def _full_time(tables: Tables) -> pl.DataFrame:
    full = _jobs(tables).filter(pl.col("hours_max") >= FULL_TIME)
    return full.with_columns(gross=(pl.col("pay_min") + pl.col("pay_max")) / 2)


def _pay_median(tables: Tables) -> float:
    return float(np.median(_full_time(tables)["gross"].to_numpy()))


def _leaving_loses(tables: Tables) -> float:
    """Count the operator's people whose net falls on the median full-time day post of their level."""
    day = _full_time(tables).filter(pl.col("shift_system_id").is_in(DAY_ROTAS))
    net = net_per_month(day["gross"].to_numpy(), day["pay_months"].to_numpy(), payroll(DAY))
    offered = day.with_columns(offered=pl.Series(net)).group_by("level").agg(pl.col("offered").median())
    levels = tables["occupations"].select("occupation_id", "level")
    today = tables["person_occupations"].filter("current").join(levels, on="occupation_id").join(offered, on="level")
    operator = _operator(tables).join(today.select("person_id", "offered"), on="person_id")
    return _share(operator.filter(pl.col("net_today_eur_month") > pl.col("offered")), operator, "weight")


def _commutes(tables: Tables) -> pl.DataFrame:
    """Return the study area's commuters with their km, the nearest first."""
    ours = tables["commuting"].join(_study(tables), left_on="home", right_on="municipality", how="semi")
    return ours.join(tables["commuting_km"], on=["home", "work"]).sort("km", "home", "work")


def _commute_median(tables: Tables) -> float:
    flows = _commutes(tables)
    reached = np.cumsum(flows["commuters"].to_numpy())
    return float(flows["km"].to_numpy()[np.searchsorted(reached, reached[-1] / 2)])


def _under_30(tables: Tables) -> float:
    flows = _commutes(tables)
    return _share(flows.filter(pl.col("km") <= CAR_KMH / 2), flows, "commuters")


def _self_containment(district: str) -> Callable[[Tables], float]:
    def measured(tables: Tables) -> float:
        home = tables["commuting"].filter(pl.col("home").str.starts_with(DISTRICTS[district]))
        return _share(home.filter(pl.col("work").str.starts_with(DISTRICTS[district])), home, "commuters")

    return measured


def _trips_on(tables: Tables, day: date) -> pl.DataFrame:
    running = tables["service_days"].filter(pl.col("date") == day).select("service_id")
    return tables["trips"].join(running, on="service_id", how="semi")


def _sunday(tables: Tables) -> float:
    return len(_trips_on(tables, SUNDAY)) / len(_trips_on(tables, WORKDAY))


def _evening(tables: Tables) -> float:
    calls = tables["stop_times"].join(_trips_on(tables, WORKDAY), on="trip_id", how="semi")
    begins = calls.group_by("trip_id").agg(pl.col("departure").min())
    return len(begins.filter(pl.col("departure") >= EVENING)) / len(begins)


MEASURES: Final[dict[str, Callable[[Tables], float]]] = {
    "cells": lambda t: len(t["zones"]),
    "study-municipalities": lambda t: len(_study(t)),
    "study-population": _study_population,
    "people-rows": lambda t: len(t["people"]),
    "people-whole": lambda t: _total(t["people"], "weight"),
    "lignite-operator": lambda t: _total(_operator(t), "weight"),
    "lignite-over-45": _over_45,
    "openings": lambda t: _total(t["vacancies"], "openings"),
    "openings-study-share": _study_openings,
    "courses": lambda t: len(t["courses"]),
    "tightness-1": _tightness(1),
    "tightness-2": _tightness(2),
    "below-minimum-wage": _below_minimum_wage,
    "pay-median": _pay_median,
    "leaving-konti-loses": _leaving_loses,
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
