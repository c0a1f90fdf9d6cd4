# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The ledger of sightings: which source shows which post since when, what has gone, and under which id it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from drehkreuz.region import TABLES
from drehkreuz.sources.live.sameness import Sameness, Shown

KEPT: Final = timedelta(days=730)
"""How long a sighting is kept after it went (assumed): nobody clicks on an older answer."""

Key = tuple[str, str]
"""Source and id there."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A row of table `sightings`; the fields are its columns."""

    concept: str
    source: str
    source_id: str
    post_id: str
    title: str
    first_shown: date
    last_shown: date
    through: date | None = None
    gone: date | None = None
    why: str | None = None
    joined: str | None = None
    alike: float | None = None

    @property
    def key(self) -> Key:
        """Source and id there."""
        return self.source, self.source_id

    @property
    def age(self) -> tuple[date, str, str]:
        """What older ones have less of; ties by source and id."""
        return self.first_shown, self.source, self.source_id


Ledger = Mapping[Key, Sighting]


@dataclass(frozen=True, slots=True)
class Seen:
    """
    What a source shows today of a post.

    Attributes:
        title: Its title.
        through: Last day it is open, as the source says.
    """

    title: str
    through: date | None


def read_ledger(sightings: pl.DataFrame, concept: str) -> dict[Key, Sighting]:
    """Return the sightings of posts or of courses."""
    rows = sightings.filter(pl.col("concept") == concept).iter_rows(named=True)
    return {(row["source"], row["source_id"]): Sighting(**row) for row in rows}


def ledger_table(ledgers: Iterable[Ledger]) -> pl.DataFrame:
    """Return the table of all sightings, by its key."""
    schema = TABLES["sightings"]
    rows: list[dict[str, Any]] = [
        {name: getattr(one, name) for name in schema.columns} for ledger in ledgers for one in ledger.values()
    ]
    return pl.DataFrame(rows, schema=schema.polars).sort(schema.key)


def looked(
    ledger: Ledger, concept: str, seen: Mapping[Key, Seen], complete: Mapping[str, int], day: date
) -> dict[Key, Sighting]:
    """
    Return the ledger after a look at the sources: what is new, seen again, expired, withdrawn, and back again.

    A post expires the day after its last one, whether its source is read or not. It is withdrawn once a source that lists everything has
    not shown it for so many days. One that its source shows again is open again, and keeps the day it was first seen. What is over when
    it is first seen does not enter.

    Args:
        ledger: As the region holds it.
        concept: `vacancy` or `course`.
        seen: What the sources show, those over included.
        complete: Sources that were read and list everything, with the days after which what they do not show has gone.
        day: Today.
    """
    after = dict(ledger)
    for key, what in sorted(seen.items()):
        over = what.through is not None and what.through < day
        known = ledger.get(key)
        if known is not None:
            after[key] = replace(
                known, title=what.title or known.title, last_shown=day, through=what.through, gone=None, why=None
            )
        elif not over:
            after[key] = Sighting(concept, *key, key[1], what.title, day, day, what.through)
    for key, one in after.items():
        if one.gone is None:
            after[key] = _gone(one, complete, day, shown=key in seen)
    return {key: one for key, one in sorted(after.items()) if one.gone is None or one.gone + KEPT >= day}


def _gone(one: Sighting, complete: Mapping[str, int], day: date, *, shown: bool) -> Sighting:
    if one.through is not None and one.through < day:
        return replace(one, gone=one.through + timedelta(days=1), why="expired")
    days = complete.get(one.source)
    if not shown and days is not None and (day - one.last_shown).days >= days:
        return replace(one, gone=day, why="withdrawn")
    return one


def named(ledger: Ledger, groups: Sequence[Sequence[tuple[Shown, Sameness | None]]]) -> dict[Key, Sighting]:
    """
    Return the ledger with each open post under one id: of those that are one, the id that the region has known longest.

    What is not shown today, because its source was not read, stays under the id it has.

    Args:
        ledger: After a look at the sources.
        groups: Which of the posts shown today are one, with the reasons.
    """
    after = dict(ledger)
    by_age = [sorted(((ledger[one.source, one.source_id], why) for one, why in group), key=_age) for group in groups]
    home = {one.source_id: place for place, group in enumerate(by_age) for one, _ in group}
    taken: set[str] = set()
    for place, group in sorted(enumerate(by_age), key=lambda item: item[1][0][0].age):
        ids = [*(one.post_id for one, _ in group), *(one.source_id for one, _ in group)]
        post_id = next(name for name in ids if name not in taken and home.get(name, place) == place)
        taken.add(post_id)
        for one, why in group:
            own = one.source_id == post_id
            reason = None if own else why.reason if why else one.joined
            alike = None if own else why.alike if why else one.alike
            after[one.key] = replace(one, post_id=post_id, joined=reason, alike=alike)
    return after


def _age(member: tuple[Sighting, Sameness | None]) -> tuple[date, str, str]:
    return member[0].age


def open_posts(ledger: Ledger) -> dict[str, list[Sighting]]:
    """Return the open sightings by the id they stand under, the oldest first."""
    found: dict[str, list[Sighting]] = {}
    for one in sorted(ledger.values(), key=lambda one: one.age):
        if one.gone is None:
            found.setdefault(one.post_id, []).append(one)
    return found
