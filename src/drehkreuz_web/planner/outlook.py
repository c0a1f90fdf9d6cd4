# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""If nothing happens, by year: the tables of the page, and its chart drawn by the server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any, Final

from django.utils.translation import gettext as _

from drehkreuz.reports.outlook import about
from drehkreuz.reports.words import Words
from drehkreuz_web.planner.contents import Contents
from drehkreuz_web.planner.table import Column, Table, Value

BY_YEAR: Final = (
    "working_age",
    "entrants",
    "retirements",
    "posts",
    "posts_created",
    "posts_lost",
    "gap",
    "purchasing_power",
)
SINCE: Final = ("entrants", "retirements", "posts_created", "posts_lost", "gap")
"""Of these the first year has none."""

BY_TOWN: Final = (
    "working_age_change",
    "entrants",
    "retirements",
    "posts_created",
    "posts_lost",
    "living_lost",
    "gap",
    "purchasing_power_change",
)

WIDTH, HEIGHT = 760, 330
LEFT, RIGHT, TOP, BOTTOM = 112, 118, 16, 40
STEPS: Final = (1, 2, 5, 10)
"""A grid's lines lie so many powers of ten apart."""

LINES_WANTED: Final = 5
MOST_YEARS: Final = 6
"""Steps between years that are named below."""

APART: Final = 28
"""Least distance between the figures at the ends of the lines."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the chart: its name, its style, the points of line and band, where its last figure stands, and the figure."""

    label: str
    style: str
    points: str
    band: str
    y: float
    value: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The chart: two lines, the grid with its figures, the years below."""

    lines: list[Line]
    grid: list[tuple[float, str]]
    years: list[tuple[float, str]]
    right: float
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT


def tables(contents: Contents) -> list[Table]:
    """Return the tables of the page: by year, by municipality where there are several, and what is assumed."""
    report = contents.report["outlook"]
    if report is None:
        return []
    towns = [_towns(contents, report)] if len(report["municipalities"]) > 1 else []
    return [_years(contents, report), *towns, _assumed(contents, report)]


def _years(contents: Contents, report: Mapping[str, Any]) -> Table:
    words, region = contents.words, report["region"]
    columns = [Column("year", words("outlook.year"), "text"), *(_column(name, words) for name in BY_YEAR)]
    rows: list[Sequence[Value]] = [
        [str(year), *("–" if at == 0 and name in SINCE else _whole(region[name]["value"][at]) for name in BY_YEAR)]
        for at, year in enumerate(report["years"])
    ]
    notes = [
        _("Stocks are those of the end of a year. Purchasing power: what residents at work spend of their net pay."),
        _(
            "Missing: how much less the posts fell, or more they grew, than the people who work or look for work, since the first year."
        ),
    ]
    return Table("outlook-years", _("The region by year if nothing happens"), columns, rows, None, notes)


def _towns(contents: Contents, report: Mapping[str, Any]) -> Table:
    words = contents.words
    names = [name for name in BY_TOWN if name != "living_lost" or not contents.report["may_be_real"]]
    columns = [Column("municipality", words("outlook.town"), "text"), *(_column(name, words) for name in names)]
    rows: list[Sequence[Value]] = [
        [town["name"], *(_whole(town[name]) for name in names)] for town in report["municipalities"]
    ]
    notes = [_("Summed over the years, or the last year against the first. Rounded one by one.")]
    if report["unplaced"]:
        rows.append([_("posts that name no place"), *(_whole(report["unplaced"][name]) for name in names)])
        notes.append(_("A closure that names no place counts for the region and for no municipality."))
    sums: list[Value] = [_("All"), *(_whole(report["whole"][name]) for name in names)]
    caption = _("From %(first)s to %(last)s by municipality") % {"first": report["from"], "last": report["to"]}
    return Table("outlook-municipalities", caption, columns, rows, sums, notes)


def _assumed(contents: Contents, report: Mapping[str, Any]) -> Table:
    words = contents.words
    columns = [
        Column("assumption", _("What"), "text"),
        Column("low", _("Low"), "figure"),
        Column("mid", _("Middle"), "figure"),
        Column("high", _("High"), "figure"),
        Column("kind", _("Kind"), "text"),
        Column("source", _("Source"), "text"),
    ]
    rows: list[Sequence[Value]] = [
        [
            one[words.language],
            *(_figure(one[variant], one["unit"], words) for variant in ("low", "mid", "high")),
            words(f"targets.{one['kind']}"),
            one[f"source_{words.language}"],
        ]
        for one in report["assumptions"]["parameters"].values()
    ]
    return Table("outlook-assumptions", _("What the outlook assumes"), columns, rows)


def _figure(value: float, unit: str, words: Words) -> str:
    if unit in ("share", "chance"):
        digits = 1 if value and abs(value) < 0.1 else 0  # small shares need a digit more
        sign = "−" if value < 0 else ""
        return f"{sign}{words.number(100 * abs(value), digits)}{' %' if words.language == 'de' else '%'}"
    return words.number(value, 0 if value == round(value) else 2)


def _column(name: str, words: Words) -> Column:
    return Column(name, words(f"outlook.q_{name}"))


def _whole(value: float | None) -> Value:
    return "–" if value is None else round(value)


def chart(report: Mapping[str, Any], words: Words) -> Chart:
    """
    Return the chart: how labour force and posts change against the first year, each with the band of the other two variants.

    Args:
        report: What `drehkreuz.reports.outlook.outlook_report` returns.
        words: The language.
    """
    region, years = report["region"], report["years"]
    force = {v: _changes(region["labour_force"][v]) for v in ("value", "low", "high")}
    other = {"value": "value", "low": "high", "high": "low"}  # a gap's low has the fewest posts and the most people
    posts = {v: [g + f for g, f in zip(region["gap"][v], force[other[v]], strict=True)] for v in force}
    every = [change for line in (force, posts) for changes in line.values() for change in changes]
    low, high, step = _scale(min(every), max(every))

    def x(at: int) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * at / (len(years) - 1), 1)

    def y(change: float) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (high - change) / (high - low), 1)

    def points(changes: Sequence[float]) -> list[str]:
        return [f"{x(at)},{y(change)}" for at, change in enumerate(changes)]

    ends = _apart([y(posts["value"][-1]), y(force["value"][-1])])
    named = ((_("Posts"), "posts", posts), (_("People who work or look for work"), "force", force))
    return Chart(
        lines=[
            Line(
                label,
                style,
                " ".join(points(line["value"])),
                " ".join([*points(line["high"]), *reversed(points(line["low"]))]),
                end,
                _signed(line["value"][-1], words),
            )
            for (label, style, line), end in zip(named, ends, strict=True)
        ],
        grid=[(y(low + n * step), _signed(low + n * step, words)) for n in range(round((high - low) / step) + 1)],
        years=[
            (x(at), str(year)) for at, year in enumerate(years) if (len(years) - 1 - at) % _every(len(years) - 1) == 0
        ],
        right=x(len(years) - 1),
    )


def _changes(values: Sequence[float]) -> list[float]:
    return [value - values[0] for value in values]


def _scale(least: float, most: float) -> tuple[float, float, float]:
    """Return the lowest and highest line of a grid that holds some values and zero, and how far its lines are apart."""
    least, most = min(least, 0.0), max(most, 0.0)
    size = max(most - least, 1.0) / LINES_WANTED
    power = 10.0 ** floor(log10(size))
    step = next(power * n for n in STEPS if power * n >= size)
    low, high = floor(least / step) * step, ceil(most / step) * step
    return low, high if high > low else low + step, step


def _every(years: int) -> int:
    """Return of how many years one is named, the last among them: where it can be, so that the first is, too."""
    least = ceil(years / MOST_YEARS)
    return next((step for step in range(least, 2 * least + 2) if years % step == 0), least)


def _apart(ends: list[float]) -> list[float]:
    """Return where two figures stand beside their lines' ends without touching."""
    first, second = ends
    short = APART - abs(first - second)
    if short <= 0:
        return ends
    sign = -1 if first <= second else 1
    return [first + sign * short / 2, second - sign * short / 2]


def _signed(value: float, words: Words) -> str:
    text = about(value, words)
    return f"+{text}" if round(value) > 0 else text
