# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Pictures as SVG: a sheet to draw on, and a map frame with legend, scale bar and north arrow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from math import floor
from typing import Final

INK: Final = "#1b2530"
MUTED: Final = "#56616d"
FAINT: Final = "#d9dee3"
PAPER: Final = "#ffffff"
LAND: Final = "#e7e6e0"

BLUE: Final = "#0b5fa5"
SKY: Final = "#4a8cc4"
ORANGE: Final = "#c2500a"
GREEN: Final = "#1d7a5f"
GREY: Final = "#7a8591"
"""Hues that people with any colour vision tell apart; each at least 3 : 1 against paper."""

RAMP: Final = ("#eef5fb", "#c6dcef", "#8fbbdf", "#4f91c6", "#1c66a5", "#083b73")
"""Light to dark for rising classes; its order survives black and white."""

FONT: Final = "Liberation Sans, Arial, Helvetica, sans-serif"
LETTER: Final = 0.54
CAPITAL: Final = 0.74
"""Mean width of a letter, and of a capital, against the size of the type."""


def number(value: float, decimals: int = 0) -> str:
    """Return a number as German writes it: 1.234,5."""
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def short(value: float) -> str:
    """Return a coordinate in tenths of a pixel without needless zeros."""
    return f"{value:.1f}".removesuffix(".0").replace("-0.0", "0") if round(value, 1) else "0"


def width_of(text: str, size: float) -> float:
    """Return about how wide a text is set, pixels."""
    return len(text) * size * (CAPITAL if text.isupper() else LETTER)


def polyline(points: Iterable[tuple[float, float]], *, closed: bool = False) -> str:
    """Return path data through points: rounded, relative, horizontal and vertical strokes in their short form."""
    at = [(round(x, 1), round(y, 1)) for x, y in points]
    parts = [f"M{short(at[0][0])} {short(at[0][1])}"]
    for (x0, y0), (x1, y1) in pairwise(at[:-1] if closed else at):
        dx, dy = x1 - x0, y1 - y0
        if not dy:
            parts.append(f"h{short(dx)}")
        elif not dx:
            parts.append(f"v{short(dy)}")
        else:
            parts.append(f"l{short(dx)} {short(dy)}")
    return "".join(parts) + ("z" if closed else "")


@dataclass(slots=True)
class Sheet:
    """
    A picture in the making.

    Attributes:
        width: Pixels.
        height: Pixels.
        title: What it shows; stands above it and is read out.
        description: What a person who cannot see it should know.
        parts: Elements drawn so far.
    """

    width: int
    height: int
    title: str
    description: str
    parts: list[str] = field(default_factory=list)

    def add(self, element: str) -> None:
        """Draw an element given as SVG."""
        self.parts.append(element)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 12,
        colour: str = INK,
        anchor: str = "start",
        bold: bool = False,
        italic: bool = False,
        halo: bool = False,
    ) -> None:
        """Write words at a point of their base line."""
        style = f' text-anchor="{anchor}"' if anchor != "start" else ""
        style += ' font-weight="700"' if bold else ""
        style += ' font-style="italic"' if italic else ""
        style += f' stroke="{PAPER}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"' if halo else ""
        self.add(
            f'<text x="{short(x)}" y="{short(y)}" font-size="{short(size)}" fill="{colour}"{style}>{escape(words)}</text>'
        )

    def box(self, x: float, y: float, width: float, height: float, fill: str, edge: str = "none") -> None:
        """Draw a rectangle."""
        self.add(
            f'<rect x="{short(x)}" y="{short(y)}" width="{short(width)}" height="{short(height)}" fill="{fill}" stroke="{edge}"/>'
        )

    def path(self, data: str, *, fill: str = "none", edge: str = "none", thick: float = 1, more: str = "") -> None:
        """Draw path data."""
        self.add(f'<path d="{data}" fill="{fill}" stroke="{edge}" stroke-width="{thick:g}"{more}/>')

    def heading(self, subtitle: str) -> None:
        """Write the title and a line under it."""
        self.text(16, 28, self.title, size=18, bold=True)
        self.text(16, 48, subtitle, size=13, colour=MUTED)

    def source(self, *lines: str) -> None:
        """Write where the figures come from, at the foot."""
        for up, words in enumerate(reversed(lines)):
            self.text(16, self.height - 12 - 15 * up, words, size=11, colour=MUTED)

    def svg(self) -> str:
        """Return the picture as a file."""
        body = "\n".join(self.parts)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" width="{self.width}" '
            f'height="{self.height}" role="img" aria-labelledby="title desc" font-family="{FONT}">\n'
            f'<title id="title">{escape(self.title)}</title>\n<desc id="desc">{escape(self.description)}</desc>\n'
            f'<rect width="{self.width}" height="{self.height}" fill="{PAPER}"/>\n{body}\n</svg>\n'
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """
    The part of a sheet that a map fills.

    Attributes:
        left: Pixels from the left of the sheet.
        top: Pixels from its top.
        west: Western edge, km east of the map's origin.
        north: Northern edge, km north of it.
        east: Eastern edge, km.
        south: Southern edge, km.
        scale: Pixels a kilometre.
    """

    left: float
    top: float
    west: float
    north: float
    east: float
    south: float
    scale: float

    @property
    def width(self) -> float:
        """Pixels."""
        return (self.east - self.west) * self.scale

    @property
    def height(self) -> float:
        """Pixels."""
        return (self.north - self.south) * self.scale

    def at(self, east: float, north: float) -> tuple[float, float]:
        """Return the pixels of a point given in km."""
        return self.left + (east - self.west) * self.scale, self.top + (self.north - north) * self.scale

    def holds(self, east: float, north: float) -> bool:
        """Whether a point given in km lies on the map."""
        return self.west <= east <= self.east and self.south <= north <= self.north

    def begin(self, sheet: Sheet) -> None:
        """Open the map: what follows is cut off at its edge."""
        sheet.add(
            f'<clipPath id="map"><rect x="{short(self.left)}" y="{short(self.top)}" width="{short(self.width)}" height="{short(self.height)}"/></clipPath>'
        )
        sheet.box(self.left, self.top, self.width, self.height, LAND)
        sheet.add('<g clip-path="url(#map)">')

    def end(self, sheet: Sheet) -> None:
        """Close the map: edge, scale bar, north arrow."""
        sheet.add("</g>")
        sheet.box(self.left, self.top, self.width, self.height, "none", MUTED)
        x, y, half = self.left + 14, self.top + self.height - 16, 5 * self.scale
        sheet.box(x - 6, y - 20, 2 * half + 48, 30, PAPER)
        for part, fill in enumerate((INK, PAPER)):
            sheet.box(x + part * half, y - 5, half, 5, fill, INK)
        for km in (0, 5, 10):
            sheet.text(x + km * self.scale, y - 9, str(km) if km < 10 else "10 km", size=10, anchor="middle")
        x, y = self.left + 22, self.top + 16
        sheet.box(x - 12, y - 8, 24, 40, PAPER)
        sheet.path(f"M{x} {y - 4}l6 17-6-4-6 4z", fill=INK)
        sheet.text(x, y + 28, "N", size=12, anchor="middle", bold=True)


@dataclass(slots=True)
class Labels:
    """Puts names where no other name stands; who comes first is named first."""

    sheet: Sheet
    frame: Frame
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def keep_free(self, x: float, y: float, radius: float) -> None:
        """Let no name cover a point."""
        self.taken.append((x - radius, y - radius, x + radius, y + radius))

    def place(self, x: float, y: float, words: str, *, size: float = 11, bold: bool = False, gap: float = 0) -> bool:
        """
        Write a name at a point, or beside it, if there is room.

        Args:
            x: Pixels.
            y: Pixels.
            words: The name.
            size: Of the type.
            bold: Whether it stands out.
            gap: Distance from the point; 0 writes over it.
        """
        half, high = width_of(words, size) * (1.08 if bold else 1) / 2, size * 0.4
        beside = half + gap
        near, far = 0.8 * gap + 2, half + 0.4 * gap
        over = ((0.0, 0.0), (0, 9), (0, -9), (0, 15), (0, -15), (14, 0), (-14, 0))
        corners = ((far, -near), (far, near), (-far, -near), (-far, near))
        around = over if not gap else ((beside, 0.0), (-beside, 0), (0, -gap - 6), (0, gap + 7), *corners)
        for dx, dy in around:
            box = (x + dx - half, y + dy - high - 2, x + dx + half, y + dy + high + 2)
            if self._free(box):
                self.taken.append(box)
                self.sheet.text(x + dx, y + dy + high, words, size=size, anchor="middle", bold=bold, halo=True)
                return True
        return False

    def _free(self, box: tuple[float, float, float, float]) -> bool:
        left, top, right, bottom = box
        frame = self.frame
        inside = frame.left + 2 < left and right < frame.left + frame.width - 2
        inside = inside and frame.top + 2 < top and bottom < frame.top + frame.height - 2
        return inside and not any(
            left < x1 and x0 < right and top < y1 and y0 < bottom for x0, y0, x1, y1 in self.taken
        )


def class_of(value: float, breaks: Sequence[float]) -> int:
    """Return the class of a value: how many breaks it reaches."""
    return sum(value >= edge for edge in breaks)


def class_words(breaks: Sequence[float], unit: str = "") -> list[str]:
    """Return the name of each class."""
    middle = [f"{number(low)} bis unter {number(high)}{unit}" for low, high in pairwise(breaks)]
    return [f"unter {number(breaks[0])}{unit}", *middle, f"{number(breaks[-1])}{unit} und mehr"]


def legend(sheet: Sheet, x: float, y: float, title: Sequence[str], entries: Sequence[tuple[str, str]]) -> float:
    """
    Draw a legend of filled boxes.

    Returns:
        Where the next thing below it may begin, pixels.
    """
    for line in title:
        sheet.text(x, y, line, size=12, bold=True)
        y += 16
    for colour, words in entries:
        sheet.box(x, y - 6, 20, 14, colour, MUTED)
        sheet.text(x + 27, y + 5, words, size=12)
        y += 21
    return y + 8


def ticks(most: float, about: int = 5) -> list[float]:
    """Return round marks from 0 up to the largest value."""
    raw = most / about
    power = 10.0 ** floor(len(str(int(raw))) - 1) if raw >= 1 else 0.1
    step = next(f * power for f in (1, 2, 5, 10) if f * power >= raw)
    return [step * i for i in range(int(most / step) + 1)]
