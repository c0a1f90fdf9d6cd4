# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""One path as a card: what stands on it, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from drehkreuz.matching.market import Market
from drehkreuz.reach import Chain
from drehkreuz.region import row_of
from drehkreuz.reports import sentences
from drehkreuz.reports.pair import Values
from drehkreuz.reports.searches import Search
from drehkreuz.reports.words import Words
from drehkreuz_web.person.elsewhere import look_elsewhere

MARK: Final = " (Beispielstelle)"
"""What modelled posts bear in their title."""

CANNOT: Final = 255
"""Minutes that stand for "cannot"."""

TOO_LONG: Final = 150
"""Minutes from which a means of travel is not shown."""

ROWS: Final = ("bring", "missing", "learn", "way", "pay", "time", "outlook", "border", "note")
"""Rows of a card that are shown as they are; names of `drehkreuz.reports.sentences`."""


@dataclass(frozen=True, slots=True)
class Mode:
    """
    The way to a post by one means of travel, on every shift of its rota.

    Attributes:
        name: The means, in words.
        out: Minutes there on the longest shift; None: not for every shift.
        back: Minutes back.
        chosen: The one that the answer reckons with.
    """

    name: str
    out: int | None
    back: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Card:
    """
    One path, in words.

    Attributes:
        number: Its place in the order, from 1.
        path: The values of `drehkreuz.reports.pair.describe_pair`.
        status: When it is open.
        kind: What is offered: a job, an apprenticeship …
        rows: Headings with their lines, in order; the first says what the person brings.
        lines: The same lines by what they are about: `bring`, `missing`, `time`, `note` …
        why: Why it stands where it stands.
        blocks: What stands between.
        today: Net today; None where it is not known.
        net: Net there.
        change: Difference, with its sign.
        left: What is left after the way.
        learning: How long the learning takes.
        payers: Who may pay for it.
        legs: The way there and back, leg by leg.
        modes: The way by each means of travel.
        searches: Where to look for the real thing.
        place: Latitude and longitude of the post.
    """

    number: int
    path: Values
    status: str
    kind: str
    rows: list[tuple[str, list[str]]]
    lines: dict[str, list[str]]
    why: list[str]
    blocks: list[str]
    today: str | None
    net: str
    change: str | None
    left: str
    learning: str
    payers: list[str]
    legs: list[str]
    modes: list[Mode]
    searches: list[Search]
    place: tuple[float, float]

    @property
    def title(self) -> str:
        """The post's title; that it is an example stands on a label of its own."""
        return str(self.path["title"]).removesuffix(MARK)

    @property
    def blocked(self) -> bool:
        """Whether something stands between."""
        return bool(self.path["status"] == "blocked")

    @property
    def more(self) -> list[tuple[str, list[str]]]:
        """The rows that are folded away: what the card does not show at a glance."""
        glance = {"bring", "missing", "outlook", "note"}
        return [row for row, name in zip(self.rows, self.lines, strict=True) if name not in glance]

    @property
    def missing(self) -> list[list[Values]]:
        """Skills that are still missing: learned in a course, on the job, nowhere."""
        return [self.path["missing"][key] for key in ("course", "on_the_job", "open")]


def card_of(market: Market, path: Values, number: int, words: Words) -> Card:
    """
    Return the card of a path.

    Args:
        market: The region with the person laid over it.
        path: Values of `drehkreuz.reports.pair.describe_pair`.
        number: Its place in the order, from 1.
        words: The language.
    """
    v = row_of(market.region, "vacancies", path["vacancy_id"])
    pay, learning = path["pay"], path["learning"]
    places = market.region.table("places")
    place = row_of(market.region, "places", market.region.table("vacancies")["place_id"][v])
    shown = _lines(path, words)
    return Card(
        number=number,
        path=path,
        status=sentences.status(path, words),
        kind=words(f"paths.kind_{path['kind']}"),
        rows=[(words(f"paths.row_{name}"), lines) for name, lines in shown.items()],
        lines=shown,
        why=sentences.why(path, words),
        blocks=sentences.blocks(path, words),
        today=None if pay["today_eur_month"] is None else words.money(pay["today_eur_month"]),
        net=words.money(pay["net_eur_month"]),
        change=None if pay["change_eur_month"] is None else words.change(pay["change_eur_month"]),
        left=words.money(pay["net_after_commute_eur_month"]),
        learning=learning_time(learning["weeks"], words),
        payers=list(dict.fromkeys(_payer(step, words) for step in learning["steps"])),
        legs=sentences.ways(path["commute"], words),
        modes=_modes(market, v, path["commute"]["chain"], words),
        searches=look_elsewhere(market, v, path, words.language),
        place=(places["lat"][place], places["lon"][place]),
    )


def _lines(path: Values, words: Words) -> dict[str, list[str]]:
    """Return the card's lines by what they are about; legs, why and what blocks have places of their own."""
    about = {words(f"paths.row_{name}"): name for name in ROWS if f"paths.row_{name}" in words}
    legs = set(sentences.ways(path["commute"], words))
    grouped: dict[str, list[str]] = {}
    for heading, text in sentences.rows(path, words):
        name = about.get(heading)
        if name is not None and text not in legs:
            grouped.setdefault(name, []).append(text)
    return grouped


def learning_time(weeks: float, words: Words) -> str:
    """Return how long the learning takes, in words."""
    return words.weeks(weeks) if weeks > 0 else words("paths.at_once")


def _payer(step: Values, words: Words) -> str:
    return words(f"paths.fee_{step['payable_by']}", fee=words.money(step["fee_eur"]), who=step["who_to_ask"])


def _modes(market: Market, v: int, chosen: str | None, words: Words) -> list[Mode]:
    """Return the minutes by each means of travel, on the shift that takes longest."""
    z = row_of(market.region, "zones", market.region.table("people")["zone_id"][0])
    shifts = market.triples.of_vacancy.row(v)
    if not len(shifts):
        return []
    out = np.max(market.minutes.out[shifts, z, :], axis=0)
    back = np.max(market.minutes.back[shifts, z, :], axis=0)
    modes = []
    for chain in market.minutes.chains:
        there, home, own = int(out[chain]), int(back[chain]), chain.name.lower() == chosen
        if max(there, home) >= TOO_LONG and not own:
            if chain == Chain.TRANSIT:
                modes.append(Mode(words(f"chain.{chain.name}"), None, None, own))
        elif max(there, home) < CANNOT:
            modes.append(Mode(words(f"chain.{chain.name}"), there, home, own))
    return modes


def side_by_side(two: Sequence[Card]) -> list[tuple[str, list[list[str]]]]:
    """Return the rows of two or more cards beside each other: heading, and the lines of each."""
    headings = list(dict.fromkeys(heading for card in two for heading, _lines in card.rows))
    return [(heading, [dict(card.rows).get(heading, []) for card in two]) for heading in headings]
