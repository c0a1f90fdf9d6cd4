# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The tables of the planner's pages, made of the region's report in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from drehkreuz.matching.barriers import Barrier
from drehkreuz.reports import groups
from drehkreuz.reports.suppression import LEAST, hidden
from drehkreuz.reports.words import Words
from drehkreuz_web.planner.table import HIDDEN, Column, Table, Value

Report = Mapping[str, Any]
"""What `drehkreuz.reports.region.region_report` returns, read from JSON."""

BARRIERS: Final = tuple(str(barrier.name).lower() for barrier in Barrier)


@dataclass(frozen=True, slots=True)
class View:
    """
    A way to look at what stands between people and openings.

    Attributes:
        side: `openings` or `people`.
        by: What it is grouped by, a key of the report.
        slug: Its part of the address.
        label: Its name.
        heading: What a row is.
    """

    side: str
    by: str
    slug: str
    label: Promise
    heading: Promise


VIEWS: Final = (
    View(
        "openings", "level", "openings-by-level", gettext_lazy("Openings by level"), gettext_lazy("Level of the work")
    ),
    View(
        "openings",
        "occupation_group",
        "openings-by-occupation",
        gettext_lazy("Openings by occupation"),
        gettext_lazy("Occupational group"),
    ),
    View(
        "openings",
        "municipality",
        "openings-by-municipality",
        gettext_lazy("Openings by municipality"),
        gettext_lazy("Municipality of the workplace"),
    ),
    View("people", "situation", "people-by-situation", gettext_lazy("People by situation"), gettext_lazy("Situation")),
    View(
        "people",
        "municipality",
        "people-by-municipality",
        gettext_lazy("People by municipality"),
        gettext_lazy("Municipality of the home"),
    ),
)
"""All there are; the first is the one that a visitor sees first."""


TABLES: Final = {
    "people": gettext_lazy("people"),
    "vacancies": gettext_lazy("posts"),
    "courses": gettext_lazy("courses"),
    "projects": gettext_lazy("closures"),
    "stop_times": gettext_lazy("timetable"),
    "street_edges": gettext_lazy("streets"),
    "municipalities": gettext_lazy("municipalities"),
    "zones": gettext_lazy("where people live"),
    "commuting": gettext_lazy("commuters"),
    "charging_sites": gettext_lazy("charging sites"),
    "charging_points": gettext_lazy("charge points"),
    "sharing_stations": gettext_lazy("stations"),
}
"""What the tables that figures rest on are called."""

MATCHED: Final = ("people", "vacancies", "courses", "stop_times", "street_edges")
"""What every figure on who can find whom rests on."""

OUTLOOK: Final = ("municipalities", "zones", "projects", "people", "commuting")
"""What the region by year rests on."""


MOST_REASONS: Final = 4
"""Reasons of a hurdle that are shown."""


@dataclass(frozen=True, slots=True)
class Contents:
    """
    The tables of a report in one language.

    Attributes:
        report: The report.
        words: The language.
    """

    report: Report
    words: Words

    # ----------------------------------------------------------------------------------------------- barriers

    def barrier(self, name: str) -> str:
        """Return what a class of barriers is called."""
        return self.words(f"barrier.{name.upper()}")

    def overall(self) -> Table:
        """Return what becomes of all openings, and of all people: both columns close."""
        headline, line = self.report["headline"], self.report["barriers"]["openings"]["all"]
        rows: list[Sequence[Value]] = [(_("can find each other today"), line["found"], line["found"])]
        order = sorted(BARRIERS, key=lambda name: -line["shares"][name])
        rows += [(self.barrier(name), line["shares"][name], line["shares"][name]) for name in order]
        rows.append((_("no counterpart left (no person, or no opening)"), line["left"], headline["no_opening_left"]))
        columns = [
            Column("line", pgettext("table heading", "What stands in between"), "text"),
            Column("openings", pgettext("table heading", "Openings")),
            Column("people", pgettext("table heading", "People")),
        ]
        sums = (_("All"), headline["openings"], headline["people"])
        caption = _("What keeps people and openings apart")
        return self._guarded(Table("barriers", caption, columns, rows, sums), people_from=2)

    def reasons(self) -> Table:
        """Return what exactly stands behind the barriers: the most frequent reasons of each."""
        columns = [
            Column("barrier", pgettext("table heading", "What stands in between"), "text"),
            Column("reasons", _("What exactly"), "text"),
            Column("people", pgettext("table heading", "People")),
        ]
        rows = [
            [self.barrier(entry["barrier"]), self._together(told["reasons"]), told["people"]]
            for entry in sorted(self.report["reasons"], key=lambda entry: -entry["people"])
            for told in entry["reasons"][:MOST_REASONS]
        ]
        notes = [
            _(
                "Everybody counts once for each hurdle: by the best post that it alone keeps from them, and what it hangs on there."
            ),
            _(
                "Several reasons in a line: with courses each alone can be in the way, or all together. Rarer reasons are left out."
            ),
        ]
        table = Table("reasons", _("What exactly keeps people from posts"), columns, rows, notes=notes)
        return self._guarded(table, people_from=2, sums=False)

    def _together(self, reasons: Sequence[str]) -> str:
        return self.words("barriers.and").join(self.words(f"reason_below.{reason.upper()}") for reason in reasons)

    def view(self, view: View) -> Table:
        """Return what stands between people and openings by groups."""
        side = self.report["barriers"][view.side]
        openings = view.side == "openings"
        columns = [
            Column("group", str(view.heading), "text"),
            Column("all", pgettext("table heading", "Openings") if openings else pgettext("table heading", "People")),
            Column(
                "found", _("can be filled today") if openings else _("a post is open to them today"), swatch="found"
            ),
            *(Column(name, self.barrier(name), swatch=name) for name in BARRIERS),
            Column("left", _("nobody left") if openings else _("no post at all"), swatch="left"),
        ]
        lines = [self._line(self.group(view.by, line["key"]), line) for line in side["by"][view.by]]
        sums = self._line(_("All"), side["all"])
        table = Table(view.slug, str(view.label), columns, lines, sums)
        return table if openings else self._guarded(table, people_from=1)

    def group(self, by: str, key: str) -> str:
        """Return what a group is called."""
        if by == "municipality":
            names = {town["key"]: town["name"] for town in self.report["municipalities"]}
            return names.get(key) or groups.name(by, key, self.words.language)
        return groups.name(by, key, self.words.language)

    @staticmethod
    def _line(label: str, line: Mapping[str, Any]) -> list[Value]:
        return [label, line["total"], line["found"], *(line["shares"][name] for name in BARRIERS), line["left"]]

    # ----------------------------------------------------------------------------------------- if nothing happens

    def closures(self) -> Table:
        """Return whose posts end, and what they have today."""
        found = self.report["closures"]
        counted = ("people", "path", "at_once", "pension", "adjustment", "nothing")
        columns = [
            Column("closure", _("What ends"), "text"),
            Column("years", _("When"), "figure"),
            Column("people", _("People concerned")),
            Column("path", _("a post is open to them today")),
            Column("at_once", _("of these without a course")),
            Column("pension", _("of pension age by then")),
            Column("adjustment", _("adjustment pay possible or to be asked")),
            Column("nothing", _("none of these in sight")),
        ]
        rows = [
            [one["label"], _years(one["first"], one["last"]), *(_count(one, name) for name in counted)]
            for one in found["closures"]
        ]
        sums: list[Value] = [_("All"), "", *(_count(found["all"], name) for name in counted)]
        notes = [
            _("A person can be in several columns, so the columns do not add up to the people concerned."),
            _(
                "The last year is when the last step is announced to be done; whose post goes with which step is not known."
            ),
        ]
        table = Table("closures", _("People whose posts end by announced closures"), columns, rows, sums, notes)
        return self._guarded(table, people_from=2)

    # ---------------------------------------------------------------------------------------------- municipalities

    def municipalities(self) -> Table:
        """Return people, openings and reach by municipality."""
        within = self.report["within"]
        columns = [
            Column("municipality", _("Municipality"), "text"),
            Column("people", _("People looking")),
            Column("openings", pgettext("table heading", "Openings")),
            Column("transit", _("Openings within %(n)s minutes by bus, train and on foot") % {"n": within}),
            Column("car", _("Openings within %(n)s minutes by car") % {"n": within}),
            Column("district", _("District"), "text"),
        ]
        keys = ("people", "openings", "transit", "car")
        towns = self.report["municipalities"]
        rows = [[town["name"], *(_known(town[key]) for key in keys), town["district"] or ""] for town in towns]
        notes = [
            _(
                "Openings within reach: of the whole region, there and back, on every shift of the post; the mean over the residents."
            ),
        ]
        table = Table("municipalities", _("People, openings and reach by municipality"), columns, rows, None, notes)
        return self._guarded(table, people_from=1, people_to=2, sums=False)

    # ---------------------------------------------------------------------------------------------------- sources

    def targets(self) -> Table | None:
        """Return what a modelled region was fitted to beside what came out; None where there are no targets."""
        if not self.report["targets"]:
            return None
        columns = [
            Column("target", _("What"), "text"),
            Column("result", _("In this region"), "figure"),
            Column("aim", _("Aim, from – to"), "figure"),
            Column("met", _("Met"), "text"),
            Column("grade", _("What the aim is"), "text"),
            Column("source", _("Source"), "text"),
            Column("date", _("Date"), "figure"),
        ]
        rows = [
            [
                target[f"label_{self.words.language}"] or target["label_de"],
                self._figure(target, "result"),
                f"{self._figure(target, 'low')} – {self._figure(target, 'high')}",
                _("yes") if target["met"] else _("no"),
                self.words(f"targets.{target['grade']}"),
                target["source"],
                self.day(target["date"]),
            ]
            for target in self.report["targets"]
        ]
        return Table("targets", _("What the model was fitted to, and what came out"), columns, rows)

    def _figure(self, target: Mapping[str, Any], name: str) -> str:
        value = target[name]
        if target["unit"] == "share":
            return self.words.percent(value)
        return self.words.number(value, 0 if abs(value) >= 100 or value == int(value) else 1)  # three digits say enough

    def tables(self) -> Table:
        """Return where the region's tables are from, alike ones together."""
        columns = [
            Column("kind", _("Kind"), "text"),
            Column("source", _("Source"), "text"),
            Column("date", _("Date"), "figure"),
            Column("licence", _("Licence"), "text"),
            Column("tables", _("Tables (technical names)"), "text"),
        ]
        alike: dict[tuple[str, str, str, str], list[str]] = {}
        for table in self.report["tables"]:
            key = (table["kind"], table["source"], table["date"], table["licence"])
            alike.setdefault(key, []).append(table["table"])
        rows = [
            [self.kind(kind), source, self.day(day), licence, ", ".join(names)]
            for (kind, source, day, licence), names in sorted(alike.items())
        ]
        return Table("sources", _("Where the region's data are from"), columns, rows)

    def origins(self, tables: Sequence[str]) -> list[str]:
        """Return, for the tables that a figure rests on, what they are and where they are from, alike ones together."""
        alike: dict[tuple[str, str, str], list[str]] = {}
        for table in self.report["tables"]:
            if table["table"] in tables:
                key = (table["kind"], table["source"], table["date"])
                alike.setdefault(key, []).append(str(TABLES[table["table"]]))
        return [
            f"{', '.join(names)}: {self.kind(kind)} ({source}, {self.day(day)})"
            for (kind, source, day), names in alike.items()
        ]

    def kind(self, kind: str | None) -> str:
        """Return what a kind of data is called."""
        return self.words(f"region.kind_{kind or 'unknown'}")

    def day(self, day: str) -> str:
        """Return a date as the language writes it."""
        return self.words.day(date.fromisoformat(day))

    # ------------------------------------------------------------------------------------------------ small counts

    def _guarded(self, table: Table, *, people_from: int, people_to: int | None = None, sums: bool = True) -> Table:
        """
        Return a table without its small counts of people, where there may be real ones.

        Args:
            table: The table.
            people_from: First column that counts people.
            people_to: The column after the last that does; None: all that follow do.
            sums: Whether the last row holds the sums of the columns.
        """
        if not self.report["may_be_real"]:
            return table
        some = slice(people_from, people_to)
        counts = [[int(value or 0) for value in line[some]] for line in table.lines]
        kept = hidden(counts if sums else [*counts, [sum(column) for column in zip(*counts, strict=True)]])
        lines = [list(line) for line in table.lines]
        for line, hides in zip(lines, kept, strict=False):
            line[some] = [None if hide else value for value, hide in zip(line[some], hides, strict=True)]
        rows, last = (lines[:-1], lines[-1]) if table.sums else (lines, None)
        note = [small_counts()] if any(None in line for line in lines) else []
        return Table(table.name, table.caption, table.columns, rows, last, [*table.notes, *note])


def _count(counts: Mapping[str, Any], name: str) -> int:
    """Return a count of a closure; `adjustment` is whom adjustment pay fits and whom it is to be asked for."""
    names = ("adjustment_pay", "adjustment_pay_ask") if name == "adjustment" else (name,)
    return sum(int(counts[each]) for each in names)


def small_counts() -> str:
    """Return the rule on small counts in words."""
    told = _(
        "Counts from 1 to %(most)s people are not shown (%(mark)s); where a sum would give one away, a second count is left out with it."
    )
    return told % {"most": LEAST - 1, "mark": HIDDEN}


def _known(value: int | None) -> Value:
    """Return a figure; what is not known as a dash, which is no count that is hidden."""
    return "–" if value is None else value


def _years(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
