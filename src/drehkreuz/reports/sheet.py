# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What the sheets of maps (SVG) have in common: letters, lines of a legend, a scale."""

from __future__ import annotations

from html import escape
from math import floor, log10
from typing import Final

from drehkreuz.reports.words import Words

INK, PAPER = "#1b2530", "#ffffff"

BAR: Final = 110.0
"""About how long the bar of a scale is, pixels."""


def text(x: float, y: float, said: str, size: int, fill: str = INK, weight: int = 400, anchor: str = "start") -> str:
    """Return a text at a point."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{fill}" font-weight="{weight}" '
        f'text-anchor="{anchor}">{escape(said)}</text>'
    )


def label(x: float, y: float, said: str, size: int, weight: int = 400) -> str:
    """Return a text with a halo, readable on every colour."""
    halo = f' stroke="{PAPER}" stroke-width="3" stroke-linejoin="round" paint-order="stroke" text-anchor='
    return text(x, y, said, size, weight=weight).replace(" text-anchor=", halo, 1)


def wrapped(said: str, most: int) -> list[str]:
    """Return a text in lines of at most so many letters; a longer word stands alone."""
    lines = [""]
    for word in said.split():
        joined = f"{lines[-1]} {word}".strip()
        lines[-1:] = [joined] if len(joined) <= most or not lines[-1] else [lines[-1], word]
    return lines


def scale(left: float, y: float, pixels_per_km: float, words: Words) -> list[str]:
    """Return a bar of a round length, no longer than `BAR`, and how far it is."""
    wanted = BAR / pixels_per_km
    power = 10 ** floor(log10(wanted))
    km = next(step * power for step in (5, 2, 1) if step * power <= wanted)
    right = left + km * pixels_per_km
    bar = f'<path d="M{left:.1f} {y - 6:.1f}V{y:.1f}H{right:.1f}V{y - 6:.1f}" fill="none" stroke="{INK}"/>'
    length = words.number(km, 0 if km >= 1 else max(0, -floor(log10(km))))
    return [bar, text(right + 8, y, words("isochrone.scale", n=length), 13)]
