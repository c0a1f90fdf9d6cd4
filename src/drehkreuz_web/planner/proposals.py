# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A proposal of new charge points or stations, as sentences, tables and spots of a map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drehkreuz.planning.charging.existing import CLASSES
from drehkreuz.reports.outlook import about
from drehkreuz.reports.sharing import fleet_notes, interval
from drehkreuz.reports.words import Words
from drehkreuz_web.planner.marks import NEW, Spot
from drehkreuz_web.planner.table import Column, Table, Value

OF: Final[dict[str, Promise]] = {
    "normal": gettext_lazy("Charge points up to 22 kW"),
    "fast": gettext_lazy("Fast charge points"),
    "pedelec": gettext_lazy("Pedelec stations"),
    "bike": gettext_lazy("Bicycle stations"),
}
"""What can be proposed."""

MOST: Final = 50
"""New places that can be asked for."""

Answer = Mapping[str, Any]
"""From `drehkreuz_web.planner.propose.propose`."""


class Proposal:
    """
    A proposal.

    Args:
        of: One of `OF`.
        answer: What came of it.
        words: The language.
    """

    def __init__(self, of: str, answer: Answer, words: Words) -> None:
        self.of, self._answer, self._words = of, answer, words
        self._charging = of in CLASSES

    def sentences(self) -> list[str]:
        """Return what the proposal reaches, and how good it is."""
        answer, words = self._answer, self._words
        told = {
            "sites": words.number(len(answer["sites"])),
            "share": words.percent(answer["served"] / answer["total"] if answer["total"] else 0.0),
            "before": words.percent(answer["before"] / answer["total"] if answer["total"] else 0.0),
            "within": words.number(answer["within"]),
        }
        if self._charging:
            told |= {"points": words.number(answer["points"]), "total": about(answer["total"], words)}
            first = _(
                "%(sites)s places with %(points)s points reach %(share)s of the %(total)s points missing, each within %(within)s minutes."
            )
        else:
            first = _(
                "With %(sites)s new stations %(share)s of the jobs that a pedelec opens have a station within %(within)s minutes on foot of their people's homes; today it is %(before)s."
            )
        gap = ceil(1e4 * answer["gap"] / (1 - answer["gap"])) / 100 if answer["gap"] < 1 else 100.0
        proven = words("site.gap", gap=words.number(gap, 2)) if gap else words("site.proven")
        return [first % told, f"{proven} {words('site.order')}"]

    def notes(self) -> list[str]:
        """Return what a reader must know of the figures."""
        words, straight = self._words, self._answer["straight_line_ways"]
        if self._charging:
            notes = [words("charging.around"), words("charging.grid_note")]
            return [*notes, words("access.straight")] if straight else notes
        return [note.replace("--json", "JSON") for note in fleet_notes(dict(self._answer["fleet"]), words)]

    def sites(self) -> Table:
        """Return the new places in order of building."""
        columns, rows = self._charged() if self._charging else self._lent()
        return Table("proposal", str(OF[self.of]), columns, rows)

    def figures(self) -> Table | None:
        """Return what the fleet would do and cost, with ranges; of charge points nothing."""
        if self._charging:
            return None
        fleet, words = self._answer["fleet"], self._words
        rows: list[list[Value]] = [
            [words(f"sharing.{name}"), interval(figure, words)]
            for part in ("day", "year")
            for name, figure in fleet[part].items()
        ]
        columns = [Column("figure", words("sharing.figure"), "text"), Column("likely", words("sharing.likely"), "text")]
        return Table("proposal-figures", _("All stations, old and new, on a working day and in a year"), columns, rows)

    def spots(self) -> list[Spot]:
        """Return the new places as spots, the first on top."""
        return [
            Spot(NEW, row["lat"], row["lon"], f"{row['step']}. {row['name'] or row['id']}", row["step"])
            for row in self._answer["sites"]
        ]

    def _charged(self) -> tuple[Sequence[Column], list[list[Value]]]:
        words = self._words
        columns = [
            Column("site", _("Place"), "text"),
            Column("points", _("Points")),
            Column("share", _("of what is missing reached so far"), "figure"),
            Column("kw", _("Power, kW")),
            Column("grid", _("Grid"), "text"),
            Column("years", _("Years until connected"), "figure"),
            Column("cost", _("Connection, €"), "figure"),
        ]
        rows: list[list[Value]] = [
            [
                _named(row),
                row["points"],
                words.percent(row["share"]),
                round(row["kw"]),
                words(f"charging.grid_{row['grid']}"),
                _frame([words.number(row[f"years{end}"], 1) for end in ("_low", "_high")]),
                _frame([about(row[f"eur{end}"], words) for end in ("_low", "_high")]),
            ]
            for row in self._answer["sites"]
        ]
        return columns, rows

    def _lent(self) -> tuple[Sequence[Column], list[list[Value]]]:
        words = self._words
        fleet = {row["id"]: row for row in self._answer["fleet"]["stations"] if not row["existing"]}
        columns = [
            Column("site", _("Station"), "text"),
            Column("share", _("of the jobs opened so far"), "figure"),
            Column("vehicles", _("Vehicles")),
            Column("places", _("Places")),
            Column("rides", _("Rides from there a day"), "figure"),
        ]
        rows: list[list[Value]] = [
            [
                _named(row),
                words.percent(row["share"]),
                fleet[row["id"]]["vehicles"],
                fleet[row["id"]]["places"],
                words.number(fleet[row["id"]]["rides"], 1),
            ]
            for row in self._answer["sites"]
        ]
        return columns, rows


def _named(row: Mapping[str, Any]) -> str:
    return f"{row['step']}. {row['name'] or row['id']}"


def _frame(ends: Sequence[str]) -> str:
    low, high = ends
    return low if low == high else f"{low}–{high}"
