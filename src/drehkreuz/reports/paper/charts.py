# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Charts of changes: intervals on one axis, people gained and lost by group, measures by three views of their part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Final, NamedTuple

from drehkreuz.reports.paper.document import Picture
from drehkreuz.reports.paper.drawing import (
    ACCENT,
    FAINT,
    INK,
    MUTED,
    PAPER,
    SIZE,
    WIDTH,
    Anchor,
    box,
    diamond,
    dot,
    hatching,
    line,
    text,
    ticks,
    width_of,
    wrapped,
)

LEFT: Final = 216.0
"""Width of the names of rows, pixels."""

RIGHT: Final = 128.0
"""Width of the figures beside rows, pixels."""

LINE: Final = SIZE * 1.2
FOOT: Final = 26.0

Said = Callable[[float], str]
"""How a mark of an axis is written."""


class Span(NamedTuple):
    """A row of an interval chart: its name, where it lies, and what stands beside it; low and high None: no interval."""

    name: str
    low: float | None
    mid: float
    high: float | None
    shown: str


class Gain(NamedTuple):
    """A row of a chart of people gained and lost; None: not shown."""

    name: str
    gained: int | None
    lost: int | None


class Part(NamedTuple):
    """A measure's part of what all bring: alone, its share, and what is missing without it."""

    name: str
    alone: float
    share: float
    last_in: float
    shown: str


@dataclass(frozen=True, slots=True)
class _Axis:
    """
    Where values lie between the names and the figures.

    Attributes:
        marks: Round values, from the least to the greatest.
        right: Width of the figures beside, pixels.
    """

    marks: list[float]
    right: float = RIGHT

    def at(self, value: float) -> float:
        """Return the pixel of a value."""
        low, high = self.marks[0], self.marks[-1]
        return LEFT + 12 + (value - low) / (high - low) * (WIDTH - LEFT - self.right - 24)

    def drawn(self, top: float, bottom: float, said: Said) -> list[str]:
        """Return its lines and as many marks, evenly from zero, as do not touch; the line of zero is darker."""
        places, names = [self.at(mark) for mark in self.marks], [said(mark) for mark in self.marks]
        zero = min(range(len(self.marks)), key=lambda at: abs(self.marks[at]))
        room = min(b - a for a, b in pairwise(places))
        every = ceil((max(width_of(name, 11.5) for name in names) + 8) / room)
        drawn = []
        for at, (x, name) in enumerate(zip(places, names, strict=True)):
            drawn.append(line(x, top, x, bottom, edge=INK if at == zero else FAINT, thick=1.2 if at == zero else 1))
            if (at - zero) % every == 0:
                drawn.append(text(x, bottom + 15, name, size=11.5, anchor="middle", fill=MUTED))
        return drawn


def intervals(rows: Sequence[Span], said: Said, *, least: float = 0.0) -> Picture:
    """
    Draw values with their intervals: a dot in the middle, a bar from low to high.

    Args:
        rows: From top to bottom; all of one unit.
        said: How the marks of the axis are written.
        least: How close marks may be: 1 for what is counted.
    """
    ends = [value for row in rows for value in (row.low, row.mid, row.high) if value is not None]
    axis = _Axis(ticks(min(ends), max(ends), least))
    parts, bottom = [], 6.0
    for row in rows:
        names, figures = wrapped(row.name, LEFT - 8), wrapped(row.shown, RIGHT - 6, 12)
        height = max(len(names), len(figures)) * LINE + 10
        y = bottom + height / 2
        parts += _named(names, y)
        parts += _lines(figures, WIDTH - RIGHT + 6, y, 12)
        if row.low is not None and row.high is not None:
            low, high = axis.at(row.low), axis.at(row.high)
            parts.append(line(low, y, high, y, thick=2.5, edge=ACCENT))
            parts += [line(x, y - 6, x, y + 6, thick=2, edge=ACCENT) for x in (low, high)]
        parts.append(dot(axis.at(row.mid), y, 4.5, ACCENT))
        bottom += height
    return Picture(WIDTH, bottom + FOOT, "".join([*axis.drawn(4, bottom, said), *parts]))


def gains(name: str, rows: Sequence[Gain], legend: tuple[str, str], said: Said) -> Picture:
    """
    Draw people gained, in solid bars to the right, and lost, hatched to the left.

    Args:
        name: Of the figure.
        rows: From top to bottom.
        legend: What gained and lost mean.
        said: How counts are written.
    """
    most = max([1, *(row.gained or 0 for row in rows)])
    least = max([0, *(row.lost or 0 for row in rows)])
    axis = _Axis(ticks(-least, most, 1.0), 34.0)
    hatch = f"{name}-lost"
    parts = [f"<defs>{hatching(hatch, 5)}</defs>", *_legend([(ACCENT, legend[0]), (f"url(#{hatch})", legend[1])])]
    top = bottom = 30.0
    zero = axis.at(0)
    bars = []
    for row in rows:
        names = wrapped(row.name, LEFT - 8)
        height = len(names) * LINE + 10
        y = bottom + height / 2
        bars += _named(names, y)
        for count, sign, fill in ((row.gained, 1, ACCENT), (row.lost, -1, f"url(#{hatch})")):
            if count:
                end = axis.at(sign * count)
                bars.append(box(min(zero, end), y - 8, abs(end - zero), 16, PAPER))
                bars.append(box(min(zero, end), y - 8, abs(end - zero), 16, fill, INK))
                anchor: Anchor = "start" if sign > 0 else "end"
                bars.append(text(end + sign * 5, y + 4.5, said(count), size=12, anchor=anchor, halo=True))
        bottom += height
    return Picture(WIDTH, bottom + FOOT, "".join([*parts, *axis.drawn(top - 2, bottom, lambda v: said(abs(v))), *bars]))


def parts(rows: Sequence[Part], legend: tuple[str, str, str], said: Said) -> Picture:
    """
    Draw measures, each with what it brings alone (circle), its share (disc) and what is missing without it (diamond).

    Args:
        rows: From top to bottom.
        legend: What the three mean.
        said: How the marks of the axis are written.
    """
    ends = [value for row in rows for value in row[1:4]]
    axis = _Axis(ticks(min(ends), max(ends), 1.0))
    drawn, x = [], 6.0
    for mark, words in zip((dot(x, 12, 5, PAPER), dot(x, 12, 5, INK), diamond(x, 12)), legend, strict=True):
        drawn.append(f'<g transform="translate({x - 6:.1f} 0)">{mark}</g>')
        drawn.append(text(x + 12, 16.5, words, size=12))
        x += 34 + width_of(words, 12)
    top = bottom = 28.0
    rows_drawn = []
    for row in rows:
        names = wrapped(row.name, LEFT - 8)
        height = max(len(names) * LINE + 10, 42.0)
        y = bottom + height / 2
        rows_drawn += _named(names, y)
        rows_drawn += _lines(wrapped(row.shown, RIGHT - 6, 12), WIDTH - RIGHT + 6, y, 12)
        marks = (
            (dot, row.alone, -11.0, PAPER),
            (dot, row.share, 0.0, INK),
            (diamond, row.last_in, 11.0, PAPER),
        )
        rows_drawn += [draw(axis.at(value), y + off, 4.5, fill) for draw, value, off, fill in marks]
        bottom += height
    return Picture(WIDTH, bottom + FOOT, "".join([*drawn, *axis.drawn(top - 2, bottom, said), *rows_drawn]))


def _named(names: Sequence[str], y: float) -> list[str]:
    """Return the name of a row, its lines round a height."""
    return _lines(names, 0, y, SIZE)


def _lines(lines: Sequence[str], x: float, y: float, size: float) -> list[str]:
    first = y - (len(lines) - 1) * LINE / 2 + size * 0.34
    return [text(x, first + at * LINE, words, size=size) for at, words in enumerate(lines)]


def _legend(entries: Sequence[tuple[str, str]]) -> list[str]:
    """Return filled boxes with words beside them, in a line at the top."""
    parts, x = [], 0.0
    for fill, words in entries:
        parts += [box(x, 5, 18, 13, fill, INK), text(x + 24, 16.5, words, size=12)]
        x += 44 + width_of(words, 12)
    return parts
