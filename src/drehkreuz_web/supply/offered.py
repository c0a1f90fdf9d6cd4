# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Every offer of the region, in the language of the page: as a table, and as what it can be narrowed down to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import polars as pl
from django.utils.translation import gettext as _

from drehkreuz.matching.market import Market
from drehkreuz.matching.teaching import digital, offers
from drehkreuz.matching.teaching.digital import ALL
from drehkreuz.region import Region
from drehkreuz.region.keep import kept
from drehkreuz.reports.learning.telling import Telling
from drehkreuz_web.planner.table import Column, Table, Value
from drehkreuz_web.supply.choice import Choice, Row, values

SHOWN: Final = 30
"""Rows of a long table on a page; all stand in its file."""


class Offered:
    """
    The offers of a region.

    Args:
        market: The prepared region.
        say: The language.
    """

    def __init__(self, market: Market, say: Telling) -> None:
        self._market, self._say = market, say
        self.rows = _rows(market.region)
        self._places = dict(market.region.table("places").select("place_id", "name").iter_rows())

    # ---------------------------------------------------------------------------------------------------- in words

    def place(self, row: Row) -> str:
        """Return where it is."""
        return self._places.get(row["place_id"]) or self._say.words("paths.online")

    def form(self, row: Row) -> str:
        """Return its form; of a training place what kind it is."""
        name = f"paths.format_{row['format']}"
        return self._say.words(name if name in self._say.words else f"paths.kind_{row['format']}")

    def choices(self) -> dict[str, list[tuple[str, str]]]:
        """Return by what offers can be chosen: values, and what they are called."""
        found: dict[str, dict[str, str]] = {name: {} for name in values(self.rows[0])} if self.rows else {}
        for row in self.rows:
            told = self._told(row)
            for name, value in values(row).items():
                found[name][value] = told[name]
        found.get("provider", {}).pop("", None)
        return {
            name: sorted(of.items(), key=lambda each: each[0] if name == "month" else each[1].casefold())
            for name, of in found.items()
        }

    def _told(self, row: Row) -> dict[str, str]:
        return {
            "provider": row["provider"] or "",
            "kind": self._say(f"kind_{row['provider_kind']}"),
            "format": self.form(row),
            "place": self.place(row),
            "month": row["start"].strftime("%m/%Y"),
        }

    # ------------------------------------------------------------------------------------------------------ tables

    def calendar(self, choice: Choice) -> Table:
        """Return the offers chosen, in order of their first day."""
        say = self._say
        columns = [
            Column("title", _("Offer"), "text"),
            Column("start", say("col_start"), "figure"),
            Column("end", say("col_end"), "figure"),
            Column("provider", _("Provider"), "text"),
            Column("kind", say("col_kind"), "text"),
            Column("place", say("col_place"), "text"),
            Column("format", say("col_format"), "text"),
            Column("hours", say("col_hours"), "figure"),
            Column("fee", say("col_gross"), "figure"),
            Column("seats", say("col_seats")),
        ]
        rows = [self._line(row) for row in choice.among(self.rows)]
        return Table("learning-offers", _("Offers in order of their first day"), columns, rows)

    def _line(self, row: Row) -> list[Value]:
        say = self._say
        return [
            row["title"],
            say.day(row["start"]),
            say.day(row["end"]) if row["end"] else say("dash"),
            row["provider"] or say("dash"),
            say(f"kind_{row['provider_kind']}"),
            self.place(row),
            self.form(row),
            say.number(row["hours_per_week"]).shown,
            say("dash") if row["fee_eur"] is None else say.words.money(row["fee_eur"]),
            row["seats"],
        ]

    def digital(self) -> list[Table]:
        """Return digital skills asked and taught by year, all together and each."""
        found = digital(self._market.region, self._market.taxonomy, self._market.requirements)
        together = found.filter(pl.col("skill_id") == ALL).rows(named=True)
        each = found.filter(pl.col("skill_id") != ALL).rows(named=True)
        return [self._by_year(together), self._by_skill(each)]

    def _by_year(self, rows: Sequence[dict[str, Any]]) -> Table:
        say, years = self._say, sorted({row["year"] for row in rows})
        counts = {(row["side"], row["group"], row["year"]): row["number"] for row in rows}
        columns = [
            Column("group", say("col_group"), "text"),
            Column("side", say("col_side"), "text"),
            *(Column(str(year), str(year)) for year in years),
        ]
        lines: list[list[Value]] = [
            [self._group(side, group), say(f"side_{side}"), *(counts.get((side, group, year), 0) for year in years)]
            for side, group in dict.fromkeys((row["side"], row["group"]) for row in rows)
        ]
        notes = [
            say("digital_note"),
            _("A post or a seat counts once, however many digital skills it asks or teaches."),
        ]
        return Table("learning-digital", say("digital_caption"), columns, lines, None, notes)

    def _by_skill(self, rows: Sequence[dict[str, Any]]) -> Table:
        say, label = self._say, self._market.taxonomy.label
        sums: dict[str, dict[str, int]] = {}
        for row in rows:
            of = sums.setdefault(row["skill_id"], {"asked": 0, "taught": 0})
            of[row["side"]] += row["number"]
        columns = [
            Column("skill", _("Skill"), "text"),
            Column("asked", _("Openings that ask it")),
            Column("taught", _("Seats that teach it")),
        ]
        order = sorted(sums, key=lambda skill: (-sums[skill]["asked"], skill))
        lines: list[list[Value]] = [
            [label(skill, say.language), sums[skill]["asked"], sums[skill]["taught"]] for skill in order
        ]
        return Table("learning-digital-skills", _("Each digital skill: asked and taught"), columns, lines)

    def _group(self, side: str, group: str) -> str:
        return self._say(f"level_{group}" if side == "asked" else f"kind_{group}")


@kept
def _rows(region: Region) -> tuple[Row, ...]:
    """Return the offers of a region, put together once for all visitors."""
    return tuple(offers(region).iter_rows(named=True))
