# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The map beside the list: home, posts, towns and railway lines, drawn by the server without any ground from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from drehkreuz.region import Region
from drehkreuz_web.house.plane import Name, Plane, towns
from drehkreuz_web.person.cards import Card

WIDTH: Final = 480
HEIGHT: Final = 440
MARGIN: Final = 44

MOST_TOWNS: Final = 14

IN_A_ROW: Final = 3
"""Numbers in a row of a mark that several posts share."""

ROW_HEIGHT: Final = 17
HOME: Final = 11
"""Half the house that stands for home."""

EDGE: Final = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the map; `x` and `y` in units of the map, `text` beside or within it."""

    x: float
    y: float
    text: str

    @property
    def rows(self) -> list[tuple[str, float]]:
        """The text in rows of a few numbers, each with its line, from the mark's middle."""
        numbers = self.text.split(", ")
        rows = [", ".join(numbers[i : i + IN_A_ROW]) for i in range(0, len(numbers), IN_A_ROW)]
        return [(row, round(5 + (i - (len(rows) - 1) / 2) * ROW_HEIGHT, 1)) for i, row in enumerate(rows)]

    @property
    def width(self) -> float:
        """Width of a mark that holds its text."""
        return 26 + max(0.0, (max(len(row) for row, _line in self.rows) - 2) * 7.5)

    @property
    def height(self) -> float:
        """Height likewise."""
        return 26 + (len(self.rows) - 1) * ROW_HEIGHT

    @property
    def left(self) -> float:
        """Where the mark begins, from its middle."""
        return -self.width / 2

    @property
    def top(self) -> float:
        """Where it begins at the top."""
        return -self.height / 2

    def covers(self, other: Mark) -> bool:
        """Whether the two lie over each other."""
        return (
            abs(self.x - other.x) < (self.width + other.width) / 2
            and abs(self.y - other.y) < (self.height + other.height) / 2
        )

    def within(self, home: Mark) -> Mark:
        """Return the mark where all of it is on the map and home can be seen beside it."""
        beside = abs(self.x - home.x) < -self.left + HOME and abs(self.y - home.y) < -self.top + HOME
        y = home.y + self.top - HOME if beside else self.y
        x = min(max(self.x, -self.left + EDGE), WIDTH + self.left - EDGE)
        return Mark(round(x, 1), round(min(max(y, -self.top + EDGE), HEIGHT + self.top - EDGE), 1), self.text)


@dataclass(frozen=True, slots=True)
class Map:
    """
    What is drawn.

    Attributes:
        home: Where the person lives.
        posts: Marks with the numbers of the cards.
        towns: Names for orientation.
        rails: Railway lines as `x,y x,y …`.
        ways: Straight lines from home to the posts, likewise.
        scale: Length of the scale, in units of the map.
        scale_km: The same in kilometres.
    """

    home: Mark
    posts: list[Mark]
    towns: list[Name]
    rails: list[str]
    ways: list[str]
    scale: float
    scale_km: int
    width: int = WIDTH
    height: int = HEIGHT


def draw(region: Region, home: tuple[float, float], cards: Sequence[Card]) -> Map:
    """
    Draw the map of an answer.

    Args:
        region: The region, without the person.
        home: Latitude and longitude of the home cell.
        cards: The paths, with their numbers.
    """
    plane = Plane.around([home, *(card.place for card in cards)], WIDTH, HEIGHT, MARGIN)
    here = Mark(*plane.at(*home), "")
    alone = [Mark(*plane.at(*card.place), str(card.number)).within(here) for card in cards]
    posts = [mark.within(here) for mark in _together(alone)]
    taken = [(m.x + m.left, m.y + m.top - 1, m.x - m.left, m.y - m.top + 1) for m in [here, *posts]]
    return Map(
        home=here,
        posts=posts,
        towns=plane.names(towns(region), taken, MOST_TOWNS),
        rails=plane.rails(region),
        ways=[f"{here.x:.0f},{here.y:.0f} {mark.x:.0f},{mark.y:.0f}" for mark in posts],
        scale=plane.scale,
        scale_km=plane.scale_km,
    )


def _together(alone: Sequence[Mark]) -> list[Mark]:
    """Return the marks; those that would lie over each other become one, at the first one's place."""
    marks = list(alone)
    while pair := next((pair for pair in combinations(marks, 2) if pair[0].covers(pair[1])), None):
        first, second = pair
        marks[marks.index(first)] = Mark(first.x, first.y, f"{first.text}, {second.text}")
        marks.remove(second)
    return [replace(mark, text=", ".join(sorted(mark.text.split(", "), key=int))) for mark in marks]
