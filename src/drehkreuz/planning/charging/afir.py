# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What Regulation (EU) 2023/1804 (AFIR) asks by which day, as dated rules, and what it would mean for a region's fleet."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

import polars as pl

from drehkreuz.planning.charging.assumptions import VARIANTS
from drehkreuz.planning.charging.need import ENDING, Need

ALONG_KM: Final = 3.0
"""A station is along a road up to so far from its nearest exit (Article 2, point 3; driving distance there, a straight line here)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """
    A target and where it stands.

    Attributes:
        id: Short name.
        what: `pool`, `parking`, `node` or `fleet`.
        vehicles: `car` or `truck`.
        network: `core`, `comprehensive` or `any`.
        by: Last day on which it may be unmet.
        share: Of the network's length.
        max_km: Most distance between pools in each direction of travel.
        pool_kw: Least power of a pool or node.
        points: Least number of points with `point_kw`.
        point_kw: Least power of such a point.
        battery_kw: Public power for each battery-electric car.
        plugin_kw: Public power for each plug-in hybrid.
        article: Where it stands.
        unverified: Figures that nobody has read yet, in the text or in a source that repeats it.
        source: Where the others were read.
        checked_on: Day somebody last looked.
    """

    id: str
    what: str
    vehicles: str
    network: str
    by: date
    article: str
    unverified: tuple[str, ...]
    source: str
    checked_on: date
    share: float = 1.0
    max_km: float = 0.0
    pool_kw: float = 0.0
    points: int = 0
    point_kw: float = 0.0
    battery_kw: float = 0.0
    plugin_kw: float = 0.0

    @property
    def status(self) -> str:
        """`verified` where every figure was read in the text or a source that repeats it; else `unverified`. Only its number may be missing."""
        return "unverified" if set(self.unverified) - {"article"} else "verified"

    def plain(self) -> dict[str, object]:
        """Return the rule and its status, fit for JSON."""
        return {field.name: getattr(self, field.name) for field in fields(self)} | {"status": self.status}


@cache
def rules() -> tuple[Rule, ...]:
    """Return every target."""
    table = tomllib.loads((files(__package__) / "afir.toml").read_text(encoding="utf-8"))
    return tuple(Rule(**{**entry, "unverified": tuple(entry["unverified"])}) for entry in table["rule"])


def in_force(day: date, what: str | None = None) -> tuple[Rule, ...]:
    """Return the targets that must be met at the end of a day: of those for the same thing, the newest."""
    newest: dict[tuple[str, str, str], Rule] = {}
    for rule in sorted(rules(), key=lambda rule: rule.by):
        if rule.by <= day and what in (None, rule.what):
            newest[rule.what, rule.vehicles, rule.network] = rule
    return tuple(sorted(newest.values(), key=lambda rule: (rule.vehicles, rule.what, rule.network)))


def fleet_targets(found: Need, names: pl.DataFrame, day: date) -> pl.DataFrame:
    """
    Reckon the public power that the fleet-based target would mean for each municipality of the study area.

    The regulation binds the Member State as a whole; what a municipality's cars stand for is a yardstick.

    Args:
        found: Need of the year, with what stands.
        names: Table `municipalities`.
        day: Day at whose end the target holds.

    Returns:
        `municipality`, `name`, `battery`, `plugin`, `target_kw` (and `_low`, `_high`), `existing_kw`, `gap_kw` (likewise);
        empty where no such target is in force on the day.
    """
    asked = in_force(day, "fleet")
    columns = [
        pl.Series("battery", found.by["mid"].battery),
        pl.Series("plugin", found.by["mid"].plugin),
        pl.Series("existing_kw", found.existing.kw.sum(axis=0)),
    ]
    for variant in VARIANTS:
        figures = found.by[variant]
        battery, plugin = (sum(getattr(rule, name) for rule in asked) for name in ("battery_kw", "plugin_kw"))
        columns.append(pl.Series(f"target_kw{ENDING[variant]}", battery * figures.battery + plugin * figures.plugin))
    short = [
        (pl.col(f"target_kw{ending}") - pl.col("existing_kw")).clip(lower_bound=0.0).alias(f"gap_kw{ending}")
        for ending in ENDING.values()
    ]
    towns = (
        found.zones.select("municipality", *columns)
        .filter(pl.Series(found.studied))
        .group_by("municipality", maintain_order=True)
        .agg(pl.all().sum())
        .join(names.select("municipality", "name"), on="municipality", how="left")
        .with_columns(short)
        .sort("gap_kw", "municipality", descending=[True, False])
        .select("municipality", "name", pl.exclude("municipality", "name"))
    )
    return towns if asked else towns.clear()


def strictest(found: Sequence[Rule], vehicles: str, network: str) -> Rule | None:
    """Return the target for pools of a kind of vehicle on a network, None where there is none yet."""
    return next((rule for rule in found if (rule.vehicles, rule.network) == (vehicles, network)), None)
