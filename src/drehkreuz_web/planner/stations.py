# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Stations of shared vehicles: what stands and where none does, as sentences, tables and spots of a map."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from scipy.spatial import KDTree

from drehkreuz.reach.points import Points
from drehkreuz.region import Region
from drehkreuz.reports.outlook import about
from drehkreuz.reports.words import Words
from drehkreuz_web.planner.marks import Spot
from drehkreuz_web.planner.table import Column, Table, Value

TABLES: Final = ("sharing_stations", "zones", "municipalities")
"""Tables that the figures rest on."""

KINDS: Final[dict[str, Promise]] = {
    "pedelec": gettext_lazy("Pedelec station"),
    "bike": gettext_lazy("Bicycle station"),
    "carsharing": gettext_lazy("Carsharing station"),
}
"""A station by its kind; others bear their kind's own name."""

SEVERAL: Final[dict[str, Promise]] = {
    "pedelec": gettext_lazy("Pedelec stations"),
    "bike": gettext_lazy("Bicycle stations"),
    "carsharing": gettext_lazy("Carsharing stations"),
}


class Sharing:
    """
    Stations of shared vehicles.

    Args:
        region: The region.
    """

    tables = TABLES
    missing: Final[dict[str, int]] = {}
    """Nobody says how many stations a municipality needs."""

    def __init__(self, region: Region) -> None:
        self._stations = region.table("sharing_stations")
        self.kinds = {kind: label for kind, label in SEVERAL.items() if (self._stations["kind"] == kind).any()}
        self._counted = self._stations.with_columns(municipality=_nearest(region))
        self._towns = _studied(region)

    def sentences(self, words: Words) -> list[str]:
        """Return how many stations there are, and where none is."""
        with_one = set(self._counted["municipality"])
        without = self._towns.filter(~pl.col("municipality").is_in(list(with_one)))
        vehicles = int(self._stations["vehicles"].fill_null(0).sum())
        told = _("%(stations)s stations with %(vehicles)s vehicles.") % {
            "stations": words.number(len(self._stations)),
            "vehicles": words.number(vehicles),
        }
        none = _("In %(n)s of %(all)s municipalities, with %(people)s residents, there is no station.") % {
            "n": words.number(len(without)),
            "all": words.number(len(self._towns)),
            "people": about(int(without["population"].fill_null(0).sum()), words),
        }
        return [told, none] if len(self._towns) else [told]

    def towns(self) -> Table:
        """Return residents, stations by kind and vehicles by municipality, the largest without a station first."""
        counts = self._counted.group_by("municipality").agg(
            pl.len().alias("all"),
            pl.col("vehicles").fill_null(0).sum(),
            *((pl.col("kind") == kind).sum().alias(kind) for kind in self.kinds),
        )
        rows = (
            self._towns.join(counts, on="municipality", how="left")
            .with_columns(pl.col("all", "vehicles", *self.kinds).fill_null(0))
            .sort(pl.col("all") > 0, pl.col("population"), descending=[False, True])
        )
        keys = ("population", *self.kinds, "vehicles")
        columns = [
            Column("municipality", _("Municipality"), "text"),
            Column("population", _("Residents")),
            *(Column(kind, str(SEVERAL[kind])) for kind in self.kinds),
            Column("vehicles", _("Vehicles")),
        ]
        lines: list[list[Value]] = [
            [row["name"], *(row[key] or 0 for key in keys)] for row in rows.iter_rows(named=True)
        ]
        notes = [_("Municipalities without a station first. A station counts where the nearest cell lies.")]
        return Table("sharing", _("Shared vehicles by municipality"), columns, lines, None, notes)

    def every(self) -> Table:
        """Return every station."""
        columns = [
            Column("name", _("Station"), "text"),
            Column("kind", _("Kind"), "text"),
            Column("vehicles", _("Vehicles")),
            Column("capacity", _("Places")),
            Column("system", _("Lender"), "text"),
        ]
        rows: list[list[Value]] = [
            [
                row["name"] or row["station_id"],
                kind_named(row["kind"]),
                _known(row["vehicles"]),
                _known(row["capacity"]),
                row["system"] or "–",
            ]
            for row in self._stations.sort("name").iter_rows(named=True)
        ]
        return Table("stations", _("All stations"), columns, rows)

    def spots(self) -> list[Spot]:
        """Return every station as a spot."""
        rows = self._stations.select("kind", "lat", "lon", "name", "station_id").iter_rows()
        return [Spot(kind, lat, lon, f"{name or id_}, {kind_named(kind)}") for kind, lat, lon, name, id_ in rows]


def kind_named(kind: str) -> str:
    """Return what stations of a kind are called."""
    return str(KINDS.get(kind, kind))


def _studied(region: Region) -> pl.DataFrame:
    return region.table("municipalities").filter(pl.col("study_area")).select("municipality", "name", "population")


def _known(value: int | None) -> Value:
    return "–" if value is None else value


def _nearest(region: Region) -> pl.Series:
    """Return the municipality of each station: that of the nearest cell; empty where it names none."""
    if region.table("sharing_stations").is_empty():
        return pl.Series(dtype=pl.String)
    _far, zone = KDTree(Points.of(region, "zones").xyz).query(Points.of(region, "sharing_stations").xyz)
    return region.table("zones")["municipality"].fill_null("").gather(np.asarray(zone))
