# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Seats against the people who need them, in the language of the page: sentences and tables of one answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from drehkreuz.reports.learning.telling import Telling
from drehkreuz.skills import Taxonomy
from drehkreuz_web.planner.table import Column, Table, Value
from drehkreuz_web.supply.choice import Choice, Row
from drehkreuz_web.supply.offered import Offered

NAMED: Final = 4
"""Skills of a bundle that are named."""

Answer = Mapping[str, Any]
"""From `drehkreuz.reports.learning.supply.supply_answer`, read from JSON."""


class Taught:
    """
    What is taught against what is needed.

    Args:
        answer: What came of it.
        offered: Every offer, for what is to be said of a session.
        taxonomy: The region's, for names of skills.
        say: The language.
    """

    def __init__(self, answer: Answer, offered: Offered, taxonomy: Taxonomy, say: Telling) -> None:
        self._answer, self._offered, self._taxonomy, self._say = answer, offered, taxonomy, say
        self.step: int = answer["step"]
        self._titles = {row["bundle"]: row["title"] for row in answer["bundles"]}
        self._counted = {row["session_id"]: row for row in answer["sessions"]}

    def sentences(self) -> list[str]:
        """Return how many seats stand against how many people, and how many stay empty or are too few."""
        answer, say = self._answer, self._say
        told = {name: say.words.number(answer[name]) for name in ("people", "seats", "empty", "full")}
        sessions = say.words.number(answer["sessions_all"])
        return [say("supply_lead", sessions=sessions, **told), say("supply_empty", **told)]

    def of_provider(self, choice: Choice) -> list[str]:
        """Return the same of the sessions chosen, where some are chosen."""
        found = [self._counted[row["id"]] for row in self._sessions(choice)]
        if not choice.query or not found:
            return []
        told = {
            "sessions": self._say.words.number(len(found)),
            "seats": self._say.words.number(sum(row["seats"] for row in found)),
            "empty": self._say.words.number(sum(row["empty"] for row in found)),
            "full": self._say.words.number(sum(row["full"] for row in found)),
        }
        text = _(
            "Chosen: %(sessions)s sessions with %(seats)s seats left. At least %(empty)s of these stay empty; %(full)s sessions have fewer seats than people who could come."
        )
        return [text % told]

    # ------------------------------------------------------------------------------------------------------ tables

    def tables(self, choice: Choice) -> dict[str, Table]:
        """Return the tables by the last part of their names."""
        made = (self.needed(), self.empty(), self.sessions(choice), self.overlaps(choice), self.cells())
        return {table.name.rpartition("-")[2]: table for table in made}

    def needed(self) -> Table:
        """Return bundles of skills by how many people need them."""
        say = self._say
        columns = [
            Column("bundle", say("col_bundle"), "text"),
            Column("skills", _("What it teaches"), "text"),
            *(Column(name, say(f"col_{name}")) for name in ("needing", "planned", "seats", "sessions", "providers")),
        ]
        rows = sorted(self._answer["bundles"], key=lambda row: (-row["needing"], row["bundle"]))
        lines: list[list[Value]] = [
            [
                row["title"],
                self._skills(row["skills"]),
                *(row[name] for name in ("needing", "planned", "seats", "sessions", "providers")),
            ]
            for row in rows
            if row["needing"]
        ]
        return Table("learning-needed", say("needed_caption"), columns, lines)

    def empty(self) -> Table:
        """Return why seats stay empty."""
        say = self._say
        columns = [Column("why", say("col_why"), "text"), Column("empty", say("col_empty"))]
        lines: list[list[Value]] = [[say(f"empty_{row['why']}"), row["seats"]] for row in self._answer["why"]]
        return Table("learning-empty", say("empties_caption"), columns, lines)

    def sessions(self, choice: Choice) -> Table:
        """Return the sessions chosen: those that are too small first, then those with most empty seats."""
        say = self._say
        columns = [
            Column("session", say("col_session"), "text"),
            Column("provider", _("Provider"), "text"),
            Column("place", say("col_place"), "text"),
            Column("format", say("col_format"), "text"),
            Column("start", say("col_start"), "figure"),
            *(Column(name, say(f"col_{name}")) for name in ("seats", "could", "waiting", "empty")),
            Column("why", say("col_why"), "text"),
        ]
        lines = [self._line(row, self._counted[row["id"]]) for row in self._sessions(choice)]
        notes = [say("supply_method")]
        return Table("learning-sessions", _("Sessions, and who could come to them"), columns, lines, None, notes)

    def _sessions(self, choice: Choice) -> list[Row]:
        rows = [row for row in choice.among(self._offered.rows) if row["id"] in self._counted]

        def first(row: Row) -> tuple[int, int, Any, str]:
            counted = self._counted[row["id"]]
            return -counted["waiting"], -counted["empty"], row["start"], row["id"]

        return sorted(rows, key=first)

    def _line(self, row: Row, counted: Mapping[str, Any]) -> list[Value]:
        say = self._say
        return [
            row["title"],
            row["provider"],
            self._offered.place(row),
            self._offered.form(row),
            say.day(row["start"]),
            *(counted[name] for name in ("seats", "could", "waiting", "empty")),
            say(f"empty_{counted['why']}") if counted["why"] else "",
        ]

    def overlaps(self, choice: Choice) -> Table:
        """Return what several providers begin in one form and month; of a provider that is chosen, what it shares with others."""
        say = self._say
        columns = [
            Column("bundle", say("col_bundle"), "text"),
            Column("month", say("col_month"), "figure"),
            Column("format", say("col_format"), "text"),
            Column("providers", say("col_providers"), "text"),
            *(Column(name, say(f"col_{name}")) for name in ("seats", "needing")),
        ]
        lines: list[list[Value]] = [
            [
                row["title"],
                row["month"],
                say.words(f"paths.format_{row['format']}"),
                ", ".join(row["providers"]),
                row["seats"],
                row["needing"],
            ]
            for row in self._answer["overlaps"]
            if not choice.provider or choice.provider in row["providers"]
        ]
        return Table("learning-overlaps", say("overlap_caption"), columns, lines)

    def cells(self) -> Table:
        """Return seats and people by bundle, place, form and month, all providers together."""
        say = self._say
        columns = [
            Column("bundle", say("col_bundle"), "text"),
            Column("place", say("col_place"), "text"),
            Column("format", say("col_format"), "text"),
            Column("month", say("col_month"), "figure"),
            *(Column(name, say(f"col_{name}")) for name in ("sessions", "seats", "could", "waiting", "empty")),
        ]
        lines: list[list[Value]] = [
            [
                self._titles[row["bundle"]],
                self._offered.place(row),
                self._offered.form(row),
                row["month"],
                *(row[name] for name in ("sessions", "seats", "could", "waiting", "empty")),
            ]
            for row in self._answer["cells"]
        ]
        return Table("learning-cells", _("Seats and people by bundle, place, form and month"), columns, lines)

    def _skills(self, ids: Sequence[str]) -> str:
        names = [self._taxonomy.label(skill, self._say.language) for skill in ids]
        return self._say.words.listed(names, NAMED)
