# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Charts and maps: everything on the sheet, every figure written, readable without colour."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drehkreuz.measures.paired import Evaluator
from drehkreuz.region import Region
from drehkreuz.reports.paper.areas import Area, areas, classes, has_municipalities, picture
from drehkreuz.reports.paper.charts import Gain, Part, Span, gains, intervals, parts
from drehkreuz.reports.paper.document import Picture
from drehkreuz.reports.paper.drawing import ticks, width_of, wrapped
from drehkreuz.reports.words import Words

REAL = st.floats(-1e9, 1e9).filter(lambda value: value == 0 or abs(value) > 1e-3)


def drawn(found: Picture) -> ET.Element:
    """Return a picture as it is read by others."""
    return ET.fromstring(f"<svg>{found.body}</svg>")  # noqa: S314  # our own


def words_of(found: Picture) -> list[str]:
    """Return its words; those written twice, for a halo, once."""
    written = [element.text or "" for element in drawn(found).iter("text")]
    return list(dict.fromkeys(written))


@given(REAL, REAL)
@settings(max_examples=40)
def test_marks_cover_a_range_evenly_with_zero_among_them(one: float, other: float) -> None:
    """Marks rise by the same round step from below the least to above the greatest."""
    marks = ticks(min(one, other), max(one, other))
    assert marks[0] <= min(one, other, 0) + 1e-6 * abs(one)
    assert marks[-1] >= max(one, other, 0) - 1e-6 * abs(other)
    assert 0.0 in marks
    assert 2 <= len(marks) <= 13
    step = marks[1] - marks[0]
    assert all(b - a == pytest.approx(step) for a, b in pairwise(marks))


def test_marks_of_counts_are_whole() -> None:
    """Between none and one person there is no mark."""
    assert ticks(-1, 1, 1.0) == [-1, 0, 1]
    assert ticks(0, 30, 1.0) == ticks(0, 30)


def test_intervals_are_drawn_where_they_lie() -> None:
    """A bar reaches from low to high, a dot stands between; what has no interval has a dot alone."""
    rows = [
        Span("eins", -2, 1, 4, "+1 (−2 bis +4)"),
        Span("ein zweiter, sehr langer Name, der umbricht", None, 3, None, "+3"),
    ]
    found = intervals(rows, lambda value: f"{value:g}")
    dots = [float(dot.get("cx", "")) for dot in drawn(found).iter("circle")]
    bars = [stroke for stroke in drawn(found).iter("line") if stroke.get("stroke-width") == "2.5"]
    assert len(dots) == 2
    assert len(bars) == 1
    low, high = (float(bars[0].get(end, "")) for end in ("x1", "x2"))
    assert low < dots[0] < dots[1] < high
    assert dots[0] - low == pytest.approx(high - dots[0], abs=0.2)  # 1 is the middle of −2 and 4
    assert {"eins", "+1 (−2 bis +4)", "+3"} <= set(words_of(found))


def test_gains_and_losses_stand_on_two_sides() -> None:
    """Solid to the right, hatched to the left, each with its number; what is hidden or zero has no bar."""
    found = gains("f", [Gain("a", 6, 2), Gain("b", 0, None)], ("neu", "verdrängt"), lambda value: f"{value:g}")
    hatched = [box for box in drawn(found).iter("rect") if box.get("fill") == "url(#f-lost)"]
    assert len(hatched) == 2  # the legend's and a's
    assert {"6", "2", "neu", "verdrängt"} <= set(words_of(found))
    assert [pattern.get("id") for pattern in drawn(found).iter("pattern")] == ["f-lost"]


def test_parts_have_three_marks_each() -> None:
    """Circle, disc and diamond for every measure, and once more in the legend."""
    found = parts([Part("a", 4, 4, 4, "+4"), Part("b", 1, 0.5, 0, "+0,5")], ("allein", "Anteil", "fehlt"), str)
    assert len(list(drawn(found).iter("circle"))) == 6
    assert len(list(drawn(found).iter("polygon"))) == 3


def test_nothing_at_all_can_be_drawn() -> None:
    """A chart of zeros has an axis."""
    found = intervals([Span("nichts", 0, 0, 0, "0")], lambda value: f"{value:g}")
    assert [float(dot.get("cx", "")) for dot in drawn(found).iter("circle")]


@given(st.text("abcd efg", max_size=60))
@settings(max_examples=30)
def test_wrapped_lines_keep_every_word(words: str) -> None:
    """Lines hold all words in order; only a single word may be too wide."""
    lines = wrapped(words, 80)
    assert " ".join(lines).split() == words.split()
    assert all(width_of(line) <= 80 or " " not in line for line in lines)


def test_areas_count_everybody_for_whom_something_changes(towns: Evaluator, village: Region) -> None:
    """Without a change all areas are zero; a region without municipalities is told by home."""
    before = towns.baseline()
    effect = towns.evaluate(before, []).effect
    assert has_municipalities(towns.related.region)
    assert {(area.newly_placed, area.displaced) for area in areas(towns.related.region, effect.stable)} == {(0, 0)}
    assert not has_municipalities(village)
    assert len(areas(village, effect.stable)) == len(village.table("zones"))


@pytest.mark.parametrize(
    ("values", "expected"),
    [([], []), ([0, -3], []), ([1], [1]), ([2, 0], [1, 2]), ([9, 1], [1, 3, 6]), ([30], [1, 10, 20])],
)
def test_classes_of_gains(values: list[int], expected: list[int]) -> None:
    """The least gain of each class: up to three, the first begins with one person."""
    assert classes(values) == expected


def test_a_map_says_its_figures(village: Region) -> None:
    """More, fewer and hidden: figures as labels, three fills, a scale; all of it on the sheet."""
    zones = village.table("zones")["zone_id"].to_list()
    counts = {zones[0]: (7, 0), zones[5]: (0, 2), zones[9]: (None, None)}
    found = [Area(zone, f"Ort {zone}", *counts.get(zone, (0, 0))) for zone in zones]
    map_ = picture(village, "karte", found, Words("de"))
    assert map_ is not None
    assert {"+7", "−2", f"Ort {zones[0]}", "weniger als vorher", "Mehr in einer Stelle"} <= set(words_of(map_))
    fills = {shape.get("fill") for shape in drawn(map_).iter("path")}
    assert {"url(#karte-2)", "url(#karte-less)"} <= fills
    numbers = [
        float(each) for shape in drawn(map_).iter("path") for each in re.findall(r"\d+\.?\d*", shape.get("d", ""))
    ]
    assert max(numbers) <= map_.width


def test_a_region_without_positions_has_no_map(village: Region) -> None:
    """Where no home has a position there is nothing to draw."""
    nowhere = village.with_tables({"zones": village.table("zones").clear()})
    assert picture(nowhere, "karte", [], Words("de")) is None
