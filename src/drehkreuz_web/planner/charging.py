# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Charging of cars: what stands, what is missing by municipality, as sentences, tables and spots of a map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import polars as pl
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from drehkreuz.planning.charging.assumptions import read_assumptions
from drehkreuz.planning.charging.need import need
from drehkreuz.region import Region
from drehkreuz.reports.outlook import about
from drehkreuz.reports.words import Words
from drehkreuz_web.planner.contents import Contents
from drehkreuz_web.planner.marks import Spot
from drehkreuz_web.planner.table import Column, Table, Value

YEARS: Final = (2026, 2030, 2035, 2040)
"""Years for which the assumptions know the fleet; between them it grows straight."""

YEAR: Final = 2030
"""The year that is shown first."""

TABLES: Final = ("charging_sites", "charging_points", "zones", "municipalities", "commuting")
"""Tables that the figures rest on."""

CLASSES: Final[dict[str, Promise]] = {
    "normal": gettext_lazy("Charging site up to 22 kW"),
    "fast": gettext_lazy("Fast charging site"),
}


class Charging:
    """
    Charging of cars in a year.

    Args:
        region: The region.
        year: The year.
        contents: What names and dates are called.
    """

    tables = TABLES
    kinds = CLASSES

    def __init__(self, region: Region, year: int, contents: Contents) -> None:
        self.year, self._region, self._contents = year, region, contents
        self.assumptions = read_assumptions()
        self.need = need(region, year, self.assumptions)
        self._towns = self.need.municipalities(region.table("municipalities"))

    @property
    def missing(self) -> dict[str, int]:
        """Points missing by key of the municipality, both classes."""
        rows = self._towns.select("municipality", pl.col("normal_gap") + pl.col("fast_gap")).iter_rows()
        return {key or "": round(points) for key, points in rows}

    def sentences(self, words: Words) -> list[str]:
        """Return the need of the whole region in sentences, each figure with its frame, and how much is known of what stands."""
        total = self._towns.select(pl.selectors.numeric().sum()).row(0, named=True)
        return [*(_sentence(name, total, words) for name in ("normal", "fast")), *self._known()]

    def towns(self) -> Table:
        """Return need, what stands and what is missing by municipality."""
        columns = [
            Column("municipality", _("Municipality"), "text"),
            Column("normal_need", _("Up to 22 kW: needed")),
            Column("normal_existing", pgettext("points", "stand")),
            Column("normal_gap", pgettext("points", "missing")),
            Column("fast_need", _("Fast: needed")),
            Column("fast_existing", pgettext("fast points", "stand")),
            Column("fast_gap", pgettext("fast points", "missing")),
        ]
        names = [column.key for column in columns[1:]]
        rows: list[list[Value]] = [
            [row["name"] or row["municipality"] or _("no municipality told"), *(round(row[name]) for name in names)]
            for row in self._towns.iter_rows(named=True)
        ]
        caption = _("Public charge points by municipality, %(year)s") % {"year": self.year}
        notes = [
            _(
                "Needed and missing: computed from assumptions, middle values. A surplus in one place fills no gap in another."
            ),
        ]
        return Table("charging", caption, columns, rows, None, notes)

    def _known(self) -> list[str]:
        sites = self._region.table("charging_sites")
        if sites.is_empty():
            return [
                _(
                    "The region's data hold no charging site: what stands counts as none. The register of the Bundesnetzagentur can be imported (drehkreuz charging import)."
                )
            ]
        newest = sites["opened"].max()
        if newest is None:
            return []
        return [
            _("Newest site in the data: %(day)s. What was built since is missing here.")
            % {"day": self._contents.day(str(newest))}
        ]

    def every(self) -> Table:
        """Return every charging site."""
        columns = [
            Column("name", _("Site"), "text"),
            Column("class", _("Kind"), "text"),
            Column("points", _("Points")),
            Column("kw", _("Power, kW")),
            Column("opened", _("Opened"), "figure"),
        ]
        rows: list[list[Value]] = [
            [
                row["name"] or row["operator"] or row["site_id"],
                str(CLASSES["fast" if fast else "normal"]),
                row["points"] or "–",
                round(kw),
                self._contents.day(str(row["opened"])) if row["opened"] else "–",
            ]
            for row, fast, kw in self._standing()
        ]
        return Table("charging-sites", _("All charging sites that count"), columns, rows)

    def spots(self) -> list[Spot]:
        """Return every charging site as a spot, fast ones on top."""
        spots = [
            Spot(
                "fast" if fast else "normal",
                row["lat"],
                row["lon"],
                f"{row['name'] or row['operator'] or row['site_id']}, {kw:g} kW",
            )
            for row, fast, kw in self._standing()
        ]
        return sorted(spots, key=lambda spot: spot.kind)

    def _standing(self) -> list[tuple[dict[str, Any], bool, float]]:
        """Return every site that counts, whether it is fast, and its kW."""
        found = self.need.existing
        sites = self._region.table("charging_sites").with_columns(fast=found.site_fast, kw=found.site_kw)
        counted = sites.filter(pl.Series(found.site_zone >= 0))
        return [(row, row["fast"], row["kw"]) for row in counted.iter_rows(named=True)]

    def assumed(self) -> Table:
        """Return what is assumed, each value with its kind, source and day."""
        language = self._contents.words.language
        columns = [
            Column("assumption", _("What"), "text"),
            Column("low", _("low"), "figure"),
            Column("mid", _("middle"), "figure"),
            Column("high", _("high"), "figure"),
            Column("kind", _("What it is"), "text"),
            Column("source", _("Source"), "text"),
            Column("checked", _("looked at on"), "figure"),
        ]
        entries = self.assumptions.entries["parameters"].values()
        told = {"observed": _("observed"), "secondary": _("told by somebody who counted"), "assumed": _("assumed")}
        rows: list[list[Value]] = [
            [
                entry[language],
                *(
                    self._contents.words.number(
                        entry[name], 0 if entry[name] >= 100 or entry[name] == int(entry[name]) else 2
                    )
                    for name in ("low", "mid", "high")
                ),
                told[entry["kind"]],
                entry[f"source_{language}"],
                self._contents.day(str(entry["checked_on"])),
            ]
            for entry in entries
        ]
        return Table("charging-assumptions", _("What the need for charging assumes"), columns, rows)


def _sentence(name: str, total: Mapping[str, float], words: Words) -> str:
    told = {
        "need": about(total[f"{name}_need"], words),
        "stands": words.number(round(total[f"{name}_existing"])),
        "gap": about(total[f"{name}_gap"], words),
        "low": about(total[f"{name}_gap_low"], words),
        "high": about(total[f"{name}_gap_high"], words),
    }
    if name == "normal":
        return (
            _(
                "Up to 22 kW: %(need)s public points are needed, %(stands)s stand, %(gap)s are missing (%(low)s to %(high)s)."
            )
            % told
        )
    return (
        _("Fast: %(need)s public points are needed, %(stands)s stand, %(gap)s are missing (%(low)s to %(high)s).")
        % told
    )
