# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Elements of drawings in black, grey and hatching: what they tell survives any printer and any colour vision."""

from __future__ import annotations

from html import escape
from math import floor, log10
from typing import Final, Literal

INK: Final = "#1b2530"
MUTED: Final = "#4d5864"
FAINT: Final = "#c5ccd3"
PAPER: Final = "#ffffff"
ACCENT: Final = "#0b3d63"

SIZE: Final = 13.0
"""Size of the type, pixels, on a sheet of `WIDTH`."""

WIDTH: Final = 640.0
LETTER: Final = 0.53
"""Mean width of a letter against the size of the type."""

Anchor = Literal["start", "middle", "end"]


def short(value: float) -> str:
    """Return a coordinate in tenths of a pixel without needless zeros."""
    return f"{value + 0.0:.1f}".removesuffix(".0") if round(value, 1) else "0"


def width_of(text: str, size: float = SIZE) -> float:
    """Return about how wide a text is set, pixels."""
    return len(text) * size * LETTER


def wrapped(text: str, width: float, size: float = SIZE) -> list[str]:
    """Return a text in lines that are about so wide; a longer word stands alone."""
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        lines[-1:] = [joined] if width_of(joined, size) <= width or not lines[-1] else [lines[-1], word]
    return lines


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: float = SIZE,
    anchor: Anchor = "start",
    bold: bool = False,
    fill: str = INK,
    halo: bool = False,
) -> str:
    """Return words at a point of their base line; with a halo they are readable over hatching."""
    style = f' text-anchor="{anchor}"' if anchor != "start" else ""
    style += ' font-weight="700"' if bold else ""
    written = f'<text x="{short(x)}" y="{short(y)}" font-size="{short(size)}"{{}}{style}>{escape(words)}</text>'
    behind = written.format(f' fill="{PAPER}" stroke="{PAPER}" stroke-width="4" stroke-linejoin="round"')
    return (behind if halo else "") + written.format(f' fill="{fill}"')


def box(x: float, y: float, width: float, height: float, fill: str, edge: str = "none") -> str:
    """Return a rectangle."""
    place = f'x="{short(x)}" y="{short(y)}" width="{short(width)}" height="{short(height)}"'
    return f'<rect {place} fill="{fill}" stroke="{edge}"/>'


def line(x0: float, y0: float, x1: float, y1: float, *, edge: str = INK, thick: float = 1, dashed: bool = False) -> str:
    """Return a stroke."""
    dashes = ' stroke-dasharray="3 3"' if dashed else ""
    ends = f'x1="{short(x0)}" y1="{short(y0)}" x2="{short(x1)}" y2="{short(y1)}"'
    return f'<line {ends} stroke="{edge}" stroke-width="{thick:g}"{dashes}/>'


def dot(x: float, y: float, radius: float = 5, fill: str = INK) -> str:
    """Return a disc with a dark edge."""
    return (
        f'<circle cx="{short(x)}" cy="{short(y)}" r="{short(radius)}" fill="{fill}" stroke="{INK}" stroke-width="1.5"/>'
    )


def diamond(x: float, y: float, radius: float = 6, fill: str = PAPER) -> str:
    """Return a square on its corner, with a dark edge."""
    corners = ((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y))
    points = " ".join(f"{short(a)},{short(b)}" for a, b in corners)
    return f'<polygon points="{points}" fill="{fill}" stroke="{INK}" stroke-width="1.5"/>'


def hatching(name: str, apart: float, *, angle: int = 45, thick: float = 1.2) -> str:
    """
    Return the definition of a hatching; `url(#name)` fills with it.

    Args:
        name: Its id, each once in a document.
        apart: Pixels between its lines: the closer, the darker.
        angle: Degrees; 0 stands upright.
        thick: Pixels of a line.
    """
    size = f'width="{apart:g}" height="{apart:g}" patternUnits="userSpaceOnUse" patternTransform="rotate({angle})"'
    stroke = f'<path d="M{apart / 2:g} 0V{apart:g}" stroke="{INK}" stroke-width="{thick:g}"/>'
    return f'<pattern id="{name}" {size}>{stroke}</pattern>'


def ticks(low: float, high: float, least: float = 0.0, about: int = 5) -> list[float]:
    """Return round marks that cover a range, 0 among them, no closer than the least step."""
    low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        return [0.0, 1.0]
    raw = (high - low) / about
    power = 10.0 ** floor(log10(raw))
    step = max(least, next(f * power for f in (1, 2, 5, 10) if f * power >= raw * 0.999))
    first, last = floor(low / step), -floor(-high / step)
    return [step * at for at in range(first, last + 1)]
