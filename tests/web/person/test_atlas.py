# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The map beside the list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from drehkreuz.region import Region
from drehkreuz_web.person.atlas import HEIGHT, WIDTH, draw

PLACES = st.tuples(st.floats(50.3, 51.3), st.floats(5.6, 7.0))


@dataclass
class Post:
    """All that the map asks of a card."""

    number: int
    place: tuple[float, float]


def cards(places: list[tuple[float, float]]) -> Any:
    """Return cards at places."""
    return [Post(number, place) for number, place in enumerate(places, start=1)]


@given(PLACES, st.lists(PLACES, max_size=13))
def test_everything_is_on_the_map(
    village: Region, home: tuple[float, float], places: list[tuple[float, float]]
) -> None:
    """Home and every post lie within the map, each number stands on exactly one mark, no name over another."""
    drawn = draw(village, home, cards(places))
    for mark in [drawn.home, *drawn.posts]:
        assert 0 <= mark.x <= WIDTH
        assert 0 <= mark.y <= HEIGHT
    for mark in drawn.posts:
        assert mark.x + mark.left >= 0
        assert mark.x - mark.left <= WIDTH
        assert ", ".join(row for row, _line in mark.rows) == mark.text
    numbers = sorted(int(number) for mark in drawn.posts for number in mark.text.split(", "))
    assert numbers == list(range(1, len(places) + 1))
    assert 0 < drawn.scale <= WIDTH / 3


def test_nearer_is_nearer(village: Region) -> None:
    """North is up, east is right, and a kilometre is as long in both directions."""
    drawn = draw(village, (50.9, 6.4), cards([(50.99, 6.4), (50.9, 6.4 + 0.09 / 0.6307)]))
    north, east = drawn.posts
    assert north.y < drawn.home.y
    assert east.x > drawn.home.x
    assert abs((drawn.home.y - north.y) - (east.x - drawn.home.x)) < 3
