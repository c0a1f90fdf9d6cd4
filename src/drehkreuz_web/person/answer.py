# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The answer to a person's case, as plain values and as cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from drehkreuz.matching.market import Market
from drehkreuz.region import row_of
from drehkreuz.reports import sentences
from drehkreuz.reports.pair import Values
from drehkreuz.reports.words import Words
from drehkreuz_web.person import workers
from drehkreuz_web.person.cards import Card, card_of
from drehkreuz_web.person.case import Case
from drehkreuz_web.person.memory import MEMORY
from drehkreuz_web.person.withdrawn import marked
from drehkreuz_web.person.work import told

MOST_NAMED: Final = 8
"""Skills named by the person that are listed; further ones are counted."""

STANDINGS: Final = ("fits", "ask", "not_by_facts")
"""How an option of staying may stand, in the order shown."""


@dataclass(frozen=True, slots=True)
class Answer:
    """
    The whole answer to a case.

    Attributes:
        market: The region with the person laid over it, for this request alone.
        values: What `drehkreuz.reports.paths.paths` says, and under `staying` what staying means.
        cards: The best paths.
        nearly: Posts that only one thing keeps away.
        words: The language it is said in.
    """

    market: Market
    values: Values
    cards: list[Card]
    nearly: list[Card]
    words: Words

    @property
    def held(self) -> str:
        """The occupations behind what the person brings, in words."""
        through = self.values["person"]["through"]
        return self.words.listed([sentences.held(o, self.words) for o in through] or [self.words("paths.own_claims")])

    @property
    def named(self) -> str:
        """Skills that the person named beside those of their occupations, in words; empty if none."""
        taxonomy, language = self.market.taxonomy, self.words.language
        own = self.market.region.table("person_skills").filter(pl.col("through") != "corrected_away")["skill_id"]
        labels = sorted((taxonomy.label(id_, language) for id_ in own), key=str.casefold)
        return self.words.listed(labels, MOST_NAMED)

    @property
    def own(self) -> list[str]:
        """What stands between the person and their own occupations, and how awards from abroad stand, a line each."""
        return sentences.own(self.values, self.words)

    @property
    def below(self) -> bool:
        """Whether every path shown asks much less than the person has learned."""
        return all(card.path["levels_below"] for card in self.cards)

    @property
    def figures(self) -> dict[str, str]:
        """The numbers of posts, in words."""
        return {name: self.words.number(count) for name, count in self.values["counts"].items()}

    @property
    def counted(self) -> list[str]:
        """What else is to be said of the numbers of posts: apprenticeships among them, posts that end too early."""
        counts, words = self.values["counts"], self.words
        return [words.counted(f"paths.counts_{name}", counts[name]) for name in ("training", "over") if counts[name]]

    @property
    def modelled(self) -> bool:
        """Whether the posts are modelled, not real."""
        return bool(self.values["provenance"]["posts"] == "modelled")

    @property
    def today(self) -> str | None:
        """Net today, in words; None where it is not known."""
        today = self.values["person"]["net_today_eur_month"]
        return None if today is None else self.words.money(today)

    @property
    def staying(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """The options of staying by how they stand: what fits, what must be asked, what does not fit."""
        options = self.values["staying"]["options"]
        grouped = [(name, [option for option in options if option["standing"] == name]) for name in STANDINGS]
        return [(name, group) for name, group in grouped if group]

    @property
    def home(self) -> tuple[float, float]:
        """Latitude and longitude of the person's home cell."""
        zones = self.market.region.table("zones")
        zone = row_of(self.market.region, "zones", self.values["person"]["zone_id"])
        return zones["lat"][zone], zones["lon"][zone]

    @property
    def occupations(self) -> list[tuple[str, str, str]]:
        """Occupations that are open: name, posts, learning, in words."""
        return [
            (entry["label"], sentences.offered(entry, self.words), sentences.learned(entry, self.words))
            for entry in self.values["occupations"]
        ]

    @property
    def changes(self) -> list[tuple[str, str]]:
        """What would open more posts: the hurdle and how many posts it alone keeps away."""
        return [
            (self.words(f"barrier.{entry['barrier'].upper()}"), sentences.posts(entry["posts"], self.words))
            for entry in self.values["would_change"]
        ]

    def chosen(self, vacancy_ids: Sequence[str]) -> list[Card]:
        """Return the cards of some posts, in their order."""
        return [card for card in [*self.cards, *self.nearly] if card.path["vacancy_id"] in vacancy_ids]


def answer(market: Market, case: Case, *, label: str, language: str) -> Answer:
    """
    Answer a case.

    Args:
        market: The prepared region; nothing of the person stays in it.
        case: The person's answers.
        label: Who it is, where the case does not say.
        language: `de` or `en`.

    Raises:
        InputError: If an answer is missing, unknown or not allowed.
    """
    words = Words("en" if language == "en" else "de")
    worked = MEMORY.get(case.apart_from_weights.toml, lambda: workers.work_out(market, case, words.language))
    laid, values = told(worked, case, case.get("label", label), words.language)
    values = marked(market.region, values)
    cards = [card_of(laid, path, i, words) for i, path in enumerate(values["paths"], start=1)]
    nearly = [card_of(laid, path, i, words) for i, path in enumerate(values["nearly"], start=len(cards) + 1)]
    return Answer(laid, values, cards, nearly, words)


def note(found: Answer) -> str:
    """Return what the answer's figures are: modelled or observed, what is estimated, and as of which day."""
    return sentences.note(found.values, found.words)
