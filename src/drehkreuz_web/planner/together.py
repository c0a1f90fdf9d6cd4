# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What hurdles do together: how many posts can be filled without some of the seven, and what each adds to the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drehkreuz.matching.barriers import ALL_BARRIERS, NO_BARRIER, Barrier, names
from drehkreuz.matching.coalitions import ALL_COALITIONS
from drehkreuz.reports.suppression import LEAST
from drehkreuz.reports.words import Words
from drehkreuz_web.planner.contents import Contents
from drehkreuz_web.planner.table import Column, Table, Value

KEY: Final = "without"
"""What the address calls a hurdle that is thought away: `?without=reach&without=hours`."""

BY_NAME: Final = {str(barrier.name).lower(): barrier for barrier in Barrier}

HINTS: Final = {
    Barrier.SKILL: gettext_lazy(
        "What is missing cannot be learned within %(months)s months, not even in courses made for it."
    ),
    Barrier.TRAINING: gettext_lazy("It could be learned, but no course fits: place, time, entry, seats or fee."),
    Barrier.REACH: gettext_lazy("The way there or back takes too long or costs too much."),
    Barrier.HOURS: gettext_lazy("Shifts, weekly hours or care times do not fit."),
    Barrier.LANGUAGE: gettext_lazy("More language is asked than the region's courses teach."),
    Barrier.FORMAL: gettext_lazy("A certificate, a licence or a recognition is missing."),
    Barrier.PAY: gettext_lazy("After taxes and the commute too little is left."),
}
"""What each hurdle is."""

NOTHING: Final = "–"
"""Stands where a hurdle would meet itself."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A number of which is proved that it is neither less nor more; as a rule both are one."""

    least: int
    most: int

    def __add__(self, other: Span) -> Span:
        """Return the sum."""
        return Span(self.least + other.least, self.most + other.most)

    def __sub__(self, other: Span) -> Span:
        """Return the difference."""
        return Span(self.least - other.most, self.most - other.least)

    def value(self, words: Words) -> Value:
        """Return the number, or in words between which two it lies."""
        if self.least == self.most:
            return self.least
        ends = {name: words.number(end) for name, end in (("least", self.least), ("most", self.most))}
        return _("%(least)s to %(most)s") % ends

    def shown(self, words: Words) -> str:
        """Return the same as a sentence has it."""
        value = self.value(words)
        return words.number(value) if isinstance(value, int) else str(value)


ZERO: Final = Span(0, 0)


def asked(values: Iterable[str]) -> tuple[Barrier, list[str]]:
    """Return the hurdles that an address names, and what it names besides, which is no hurdle."""
    given = list(values)
    chosen = NO_BARRIER
    for name in given:
        chosen |= BY_NAME.get(name, NO_BARRIER)
    return chosen, [name for name in given if name not in BY_NAME]


def query(chosen: Barrier) -> str:
    """Return the part of an address that names some hurdles, empty for none."""
    return f"?{urlencode([(KEY, name) for name in names(chosen)])}" if chosen else ""


@dataclass(frozen=True, slots=True)
class Together:
    """
    What is possible without the hurdles chosen, and what every other choice would change.

    Where real people may be counted, each figure is rounded to a multiple of five before anything is computed from it: no
    difference between any two choices tells of fewer people than that.

    Attributes:
        contents: The region's figures and the language.
        chosen: The hurdles thought away.
    """

    contents: Contents
    chosen: Barrier

    # ----------------------------------------------------------------------------------------------------- figures

    def filled(self, without: Barrier) -> Span:
        """Return the posts filled without some hurdles: as many people are placed."""
        found = self.contents.report["coalitions"]
        return Span(self._count(found["filled"][without]), self._count(found["most"][without]))

    def open_to(self, without: Barrier) -> int:
        """Return the people to whom at least one post is open without some hurdles."""
        return self._count(self.contents.report["coalitions"]["open_to"][without])

    def gain(self, without: Barrier, more: Barrier) -> Span:
        """Return the posts filled on top if some hurdles fall beside others; never fewer than none."""
        change = self.filled(without | more) - self.filled(without)
        return Span(max(0, change.least), change.most)

    def synergy(self, one: Barrier, other: Barrier) -> Span:
        """Return how many posts more two hurdles fill together than the sum of each alone; below zero: fewer."""
        both = self.filled(one | other) + self.filled(NO_BARRIER)
        return both - (self.filled(one) + self.filled(other))

    @property
    def best(self) -> list[Barrier]:
        """The hurdle without which most posts are filled, the two without which most are, and so on while posts are added."""
        sets = [self._best_of(n) for n in range(1, len(Barrier) + 1)]
        last = next(at for at, best in enumerate(sets) if self.filled(best) == self.filled(ALL_BARRIERS))
        return sets[: last + 1]

    def _best_of(self, n: int) -> Barrier:
        """Return the n hurdles without which most posts are filled, of equally good choices the first."""
        sets = [Barrier(sum(some)) for some in combinations(Barrier, n)]
        return max(sets, key=self.filled)

    @property
    def further(self) -> list[Barrier]:
        """The hurdles that still stand, the one that would add most first."""
        return sorted(ALL_BARRIERS & ~self.chosen, key=lambda b: self.gain(self.chosen, b), reverse=True)

    @property
    def fallen(self) -> list[Barrier]:
        """The hurdles chosen, the one that adds most as the last of them first."""
        return sorted(self.chosen, key=lambda b: self.gain(self.chosen & ~b, b), reverse=True)

    @property
    def sum_alone(self) -> Span:
        """What the hurdles chosen would add alone, summed."""
        return sum((self.gain(NO_BARRIER, barrier) for barrier in self.chosen), ZERO)

    @property
    def proved(self) -> bool:
        """Whether each of the 128 values is proved."""
        found = self.contents.report["coalitions"]
        return bool(found["filled"] == found["most"])

    @property
    def step(self) -> int:
        """What figures are rounded to multiples of: one, but where real people may be counted."""
        return LEAST if self.contents.report["may_be_real"] else 1

    def total(self, side: str) -> int:
        """Return all `openings`, or all `people`."""
        return self._count(self.contents.report["headline"][side])

    def _count(self, count: int) -> int:
        return self.step * ((count + self.step // 2) // self.step)

    # ------------------------------------------------------------------------------------------------------ tables

    def tables(self) -> dict[str, Table]:
        """Return the tables of the page by the last part of their names; one without rows is left out."""
        made = (self._steps(), self._fallen(), self._further(), self._best(), self._pairs())
        return {table.name.rpartition("-")[2]: table for table in made if table.rows}

    def links(self, name: str) -> list[Barrier]:
        """Return, for each row of a table, the choice that a click on it makes."""
        return {
            "chosen": [self.chosen & ~barrier for barrier in self.fallen],
            "further": [self.chosen | barrier for barrier in self.further],
            "best": self.best,
        }.get(name, [])

    def _steps(self) -> Table:
        columns = [
            Column("line", _("Which hurdles are thought away"), "text"),
            Column("filled", _("Posts that can be filled, and people placed")),
            Column("open_to", _("People to whom at least one post is open")),
        ]
        steps = [NO_BARRIER, *([self.chosen] if self.chosen not in (NO_BARRIER, ALL_BARRIERS) else []), ALL_BARRIERS]
        rows: list[Sequence[Value]] = [
            [self.named(step), self._value(self.filled(step)), self.open_to(step)] for step in steps
        ]
        rows.append([_("all there are"), self.total("openings"), self.total("people")])
        notes = [_("In the last column each person is counted alone: several may want the same post.")]
        return Table("together-steps", _("Today, with your choice, and at most"), columns, rows, None, notes)

    def _fallen(self) -> Table:
        columns = [
            Column("hurdle", _("Hurdle"), "text"),
            Column("alone", _("Posts if it alone falls")),
            Column("last", _("Posts if it falls as the last of those chosen")),
        ]
        alone = [self.gain(NO_BARRIER, barrier) for barrier in self.fallen]
        last = [self.gain(self.chosen & ~barrier, barrier) for barrier in self.fallen]
        rows = [
            [self.name(barrier), *map(self._value, gains)]
            for barrier, *gains in zip(self.fallen, alone, last, strict=True)
        ]
        sums = [_("Sum"), self._value(sum(alone, ZERO)), self._value(sum(last, ZERO))]
        notes = [
            _("All chosen ones together: %(gain)s. Neither column has to add up to that.")
            % {"gain": self.shown(self.gain(NO_BARRIER, self.chosen))}
        ]
        caption = _("What the fall of each chosen hurdle adds")
        return Table("together-chosen", caption, columns, rows, sums if rows else None, notes)

    def _further(self) -> Table:
        columns = [Column("hurdle", _("Hurdle"), "text")]
        if self.chosen:
            columns.append(Column("further", _("Posts on top of those chosen")))
        columns += [
            Column("alone", _("Posts if it alone falls")),
            Column("people", _("People more to whom a post is open")),
        ]
        rows: list[Sequence[Value]] = []
        for barrier in self.further:
            gains = dict.fromkeys((self.chosen, NO_BARRIER))  # one and the same while nothing is chosen
            more = self.open_to(self.chosen | barrier) - self.open_to(self.chosen)
            rows.append([self.name(barrier), *(self._value(self.gain(beside, barrier)) for beside in gains), more])
        caption = (
            _("What would be added if one more fell") if self.chosen else _("What would be added if one fell alone")
        )
        return Table("together-further", caption, columns, rows)

    def _best(self) -> Table:
        columns = [
            Column("hurdles", _("Without these most posts can be filled"), "text"),
            Column("number", _("How many")),
            Column("filled", _("Posts that can be filled")),
            Column("more", _("More than with one hurdle fewer")),
        ]
        rows: list[Sequence[Value]] = []
        for best in self.best:
            filled, n = self.filled(best), best.bit_count()
            change = filled - self.filled(self._best_of(n - 1))
            more = Span(max(0, change.least), change.most)
            rows.append([self.named(best), n, self._value(filled), self._value(more)])
        notes = [
            _(
                "Where several choices of as many hurdles fill as many posts, one of them is named. The list ends where nothing more "
                "would be added."
            )
        ]
        return Table("together-best", _("The best choice of one hurdle, of two, and so on"), columns, rows, None, notes)

    def _pairs(self) -> Table:
        columns = [
            Column("hurdle", _("Hurdle"), "text"),
            Column("alone", _("Posts if it alone falls")),
            *(Column(name, self.contents.barrier(name), "change") for name in BY_NAME),
        ]
        rows: list[Sequence[Value]] = [
            [
                self.name(one),
                self._value(self.gain(NO_BARRIER, one)),
                *(NOTHING if one == other else self._value(self.synergy(one, other)) for other in Barrier),
            ]
            for one in Barrier
        ]
        notes = [
            _(
                "Plus: if both fall, so many more posts can be filled than the sum of each alone, since both stand in front of the same "
                "posts, or the fall of one makes room. Minus: so many fewer, since each alone would open the same posts or help "
                "the same people. 0: exactly the sum."
            )
        ]
        return Table("together-pairs", _("How two hurdles act together"), columns, rows, None, notes)

    def as_json(self) -> list[dict[str, Any]]:
        """Return all 128 choices fit for JSON: at least so many posts filled, at most, and people to whom a post is open."""
        return [
            {
                KEY: names(without),
                "filled": self.filled(without).least,
                "at_most": self.filled(without).most,
                "open_to": self.open_to(without),
            }
            for without in ALL_COALITIONS
        ]

    # ------------------------------------------------------------------------------------------------------- words

    def named(self, without: Barrier) -> str:
        """Return some hurdles in words."""
        if not without:
            return _("none: today")
        return _("all seven") if without == ALL_BARRIERS else ", ".join(map(self.name, without))

    def hint(self, barrier: Barrier) -> str:
        """Return what a hurdle is."""
        months = self.contents.report["headline"]["assumptions"]["learning"]["horizon_months"]
        return str(HINTS[barrier]) % {"months": months}

    def name(self, barrier: Barrier) -> str:
        """Return a hurdle in words."""
        return self.contents.barrier(str(barrier.name))

    def shown(self, span: Span) -> str:
        """Return a number as a sentence has it."""
        return span.shown(self.contents.words)

    def _value(self, span: Span) -> Value:
        return span.value(self.contents.words)
