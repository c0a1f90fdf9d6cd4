# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What a visitor narrows offers down to: a provider, a kind of provider, a form, a place, a month, words of the title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from drehkreuz.matching.teaching.supply import ONLINE

LONGEST = 120
"""Letters of a value that are read."""

Row = Mapping[str, Any]
"""A row of `drehkreuz.matching.teaching.offers`; `start` is a date."""


@dataclass(frozen=True, slots=True)
class Choice:
    """
    What offers are narrowed down to; empty: not narrowed.

    Attributes:
        provider: Who offers it.
        kind: Kind of provider.
        format: Form of a course, or kind of a training place.
        place: Its place, `ONLINE` for none.
        month: First day's year and month.
        words: What the title has in it.
    """

    provider: str = ""
    kind: str = ""
    format: str = ""
    place: str = ""
    month: str = ""
    words: str = ""

    @classmethod
    def of(cls, asked: QueryDict) -> Choice:
        """Return what an address asks for."""
        return cls(**{field.name: asked.get(field.name, "").strip()[:LONGEST] for field in fields(cls)})

    @property
    def query(self) -> str:
        """The choice as the end of an address, with its question mark; empty where nothing is chosen."""
        chosen = {name: value for name, value in asdict(self).items() if value}
        return f"?{urlencode(chosen)}" if chosen else ""

    def keeps(self, row: Row) -> bool:
        """Return whether an offer is among those chosen."""
        of = values(row)
        same = all(not getattr(self, name) or getattr(self, name) == of[name] for name in of)
        return same and self.words.casefold() in str(row["title"]).casefold()

    def among(self, rows: Iterable[Row]) -> list[Row]:
        """Return the offers chosen."""
        return [row for row in rows if self.keeps(row)]


def values(row: Row) -> dict[str, str]:
    """Return what an offer can be chosen by."""
    return {
        "provider": row["provider"] or "",
        "kind": row["provider_kind"],
        "format": row["format"],
        "place": row["place_id"] or ONLINE,
        "month": row["start"].strftime("%Y-%m"),
    }
