# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What is worth teaching next, and who could learn where and when, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from drehkreuz.reports.learning.telling import Telling
from drehkreuz_web.planner.table import Column, Table, Value

Answer = Mapping[str, Any]
"""From `drehkreuz_web.supply.compute.compute`."""


class Modules:
    """
    Modules worth creating, and courses worth holding once more.

    Args:
        found: What came of it.
        say: The language.
    """

    def __init__(self, found: Answer, say: Telling) -> None:
        self.answer: Answer = found["answers"][say.language]
        self.paper: Answer = found["papers"][say.language]
        self._say = say

    def table(self) -> Table:
        """Return a row for each module, as a provider plans by it."""
        say = self._say
        columns = [
            Column("module", _("Course"), "text"),
            Column("start", say("col_start"), "figure"),
            Column("end", say("col_end"), "figure"),
            Column("place", say("col_place"), "text"),
            Column("format", say("col_format"), "text"),
            Column("units", _("Teaching units")),
            Column("hours", say("col_hours"), "figure"),
            Column("learners", _("People to whom it opens a post")),
            Column("more", _("People more with a place")),
            Column("asked", _("Openings that ask it")),
            Column("even", _("Breaks even from")),
            Column("funded", _("§ 82 SGB III possible"), "text"),
        ]
        titles = [section["title"] for section in self.paper["sections"]]
        rows = [self._line(title, row) for title, row in zip(titles, self.answer["modules"], strict=True)]
        return Table("learning-modules", _("What to teach next, in order of what each adds"), columns, rows)

    def _line(self, title: str, row: Answer) -> list[Value]:
        say = self._say
        return [
            title,
            say.day(date.fromisoformat(row["start"])),
            say.day(date.fromisoformat(row["end"])),
            row["place"] or say.words("paths.online"),
            say.words(f"paths.format_{row['format']}"),
            row["teaching_units"],
            say.number(row["hours_per_week"]).shown,
            *(row[name] for name in ("learners", "more_placed", "asked_by_openings", "break_even_participants")),
            say("yes" if row["employed_fundable"] else "no"),
        ]


class Places:
    """
    Who could learn where, by day, in the morning and in the evening.

    Args:
        found: What came of it.
        say: The language.
    """

    def __init__(self, found: Answer, say: Telling) -> None:
        self.answer, self._say = found, say
        self._names: list[str] = [each["name"] for each in found["hours"]]

    def sentences(self) -> list[str]:
        """Return what each time leaves to people with care duties against all."""
        say, words = self._say, self._say.words
        text = _(
            "%(when)s (%(begin)s to %(close)s, %(hours)s hours a week): %(some)s of all people, %(care)s of those with care duties."
        )
        return [
            text
            % {
                "when": say(f"when_{each['name']}"),
                "begin": words.clock(each["day_start"]),
                "close": words.clock(each["day_end"]),
                "hours": words.number(each["hours_per_week"]),
                "some": words.percent(self._share(each["name"], "all")),
                "care": words.percent(self._share(each["name"], "with_care")),
            }
            for each in self.answer["hours"]
        ]

    def times(self) -> Table:
        """Return how many could learn at one of today's places, by time, all and with care duties."""
        say, today = self._say, self.answer["today"]
        columns = [
            Column("when", _("When"), "text"),
            Column("somewhere", _("could learn at a place of today")),
            Column("all", _("of all people")),
            Column("somewhere_with_care", _("could, with a child or care")),
            Column("with_care", _("of all with a child or care")),
        ]
        rows: list[list[Value]] = [
            [say(f"when_{name}"), *(today[name][column.key] for column in columns[1:])] for name in self._names
        ]
        notes = [say("places_method")]
        return Table("learning-times", _("Who could learn when, at today's places"), columns, rows, None, notes)

    def shares(self) -> Table:
        """Return the shares that could learn, in percent, to be drawn: by time, all people beside those with care duties."""
        who = {"all": _("all people"), "with_care": _("people with a child or care")}
        rows: list[list[Value]] = [
            [f"{self._say(f'when_{name}')}, {told}", round(100 * self._share(name, each))]
            for name in self._names
            for each, told in who.items()
        ]
        columns = [Column("when", _("When"), "text"), Column("share", _("Percent"))]
        return Table("learning-shares", _("In percent"), columns, rows)

    def _share(self, name: str, who: str) -> float:
        now = self.answer["today"][name]
        some = now["somewhere" if who == "all" else "somewhere_with_care"]
        return float(some / now[who]) if now[who] else 0.0

    def table(self) -> Table:
        """Return a row for each place, most learners at the time asked about first."""
        say = self._say
        counted = [name for each in self._names for name in (each, f"{each}_with_care")]
        columns = [
            Column("place", say("col_place"), "text"),
            Column("taught_today", say("col_taught_today"), "text"),
            *(Column(name, say(f"col_{name}")) for name in counted),
        ]
        rows: list[list[Value]] = [
            [row["name"], say("yes" if row["taught_today"] else "no"), *(row[name] for name in counted)]
            for row in self.answer["places"]
        ]
        return Table("learning-places", say("places_caption"), columns, rows)

    def new(self) -> list[str]:
        """Return the places that add most for the time asked about, in the order of building."""
        words = self._say.words
        return [
            self._say("places_build_line", name=row["name"], n=words.number(row["adds"]))
            for row in self.answer["build"]
        ]
