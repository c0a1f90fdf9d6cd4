# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region and what its feeds show today, made one: the next region, and what came, went, changed and was joined."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import polars as pl

from drehkreuz.region import TABLES, Region
from drehkreuz.region.posts import TABLE_OF, Concept
from drehkreuz.sources.live.incoming import Incoming, table_of
from drehkreuz.sources.live.ledger import Key, Ledger, Sighting, looked, named, open_posts, read_ledger
from drehkreuz.sources.live.sameness import groups

BESIDE: Final = ("first_seen", "last_seen", "source", "source_id")
"""Columns that say nothing of the post itself."""


@dataclass(frozen=True, slots=True)
class Came:
    """A post or course that is new in the region; `sources` show it."""

    post_id: str
    title: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Went:
    """A post or course that has gone: since when, and why (`expired`, `withdrawn`, or `joined` to another)."""

    post_id: str
    title: str
    gone: date
    why: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A post or course of which a source says something else than before: by column, before and after."""

    post_id: str
    title: str
    columns: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Joined:
    """A post or course of one source that is taken for one of another, and why."""

    source: str
    source_id: str
    post_id: str
    title: str
    reason: str
    alike: float | None
    new: bool


@dataclass(slots=True)
class Merged:
    """
    What became of the posts, or of the courses.

    Attributes:
        ledger: The new ledger.
        tables: Tables of the region that are new.
        came: What is new.
        went: What has gone.
        changed: What says something else.
        joined: What is taken for another.
        open: How many of the ledger's are open.
    """

    ledger: Ledger
    tables: dict[str, pl.DataFrame]
    came: list[Came] = field(default_factory=list)
    went: list[Went] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    joined: list[Joined] = field(default_factory=list)
    open: int = 0


def merge(region: Region, concept: Concept, incoming: Incoming, feeds: Mapping[str, int | None], day: date) -> Merged:
    """
    Put what the feeds show today into a region's posts or courses.

    Rows that no feed has ever shown stay as they are.

    Args:
        region: The region.
        concept: Posts or courses.
        incoming: What the feeds show.
        feeds: Feeds of this concept that could be read, with the days after which what they do not show has gone.
        day: Today.
    """
    before = _adopted(region, concept, feeds, day)
    seen = {key: what for key, what in incoming.seen.items() if key[1] in incoming.shown or key in before}
    complete = {name: days for name, days in feeds.items() if days is not None}
    after = looked(before, concept, seen, complete, day)
    after = named(after, groups(list(incoming.shown.values())))
    posts = open_posts(after)
    table, key = TABLE_OF[concept], f"{concept}_id"
    old = {row[key]: row for row in region.table(table).iter_rows(named=True)}
    managed = {one.post_id for one in [*before.values(), *after.values()]} | {one.source_id for one in after.values()}
    fresh, from_id = _rows(posts, incoming, old, key, day)
    staying = set(old) - (managed - set(posts))
    rows = [*(row for name, row in old.items() if name in staying - set(fresh)), *fresh.values()]
    merged = Merged(after, {table: table_of(table, rows)})
    present = {row[key] for row in rows}
    merged.tables |= _parts(region, concept, incoming, from_id, present)
    merged.open = sum(name in present for name in posts)
    merged.came = [Came(name, fresh[name]["title"], _sources(posts[name])) for name in sorted(set(fresh) - set(old))]
    merged.went = [_went(old[name], name, {**before, **after}) for name in sorted(set(old) - present)]
    for name in sorted(set(fresh) & set(old)):
        if columns := _differences(old[name], fresh[name]):
            merged.changed.append(Changed(name, fresh[name]["title"], columns))
    merged.joined = [_joined(one, before) for one in after.values() if one.joined is not None and one.gone is None]
    return merged


def _adopted(region: Region, concept: Concept, feeds: Collection[str], day: date) -> dict[Key, Sighting]:
    """Return the ledger, with posts of the feeds that came into the region by its recipe: their ids tell."""
    ledger = read_ledger(region.table("sightings"), concept)
    listed = {one.source_id for one in ledger.values()}
    for row in region.table(TABLE_OF[concept]).iter_rows(named=True):
        own = row[f"{concept}_id"]
        source = own.partition(":")[0]
        if source in feeds and ":" in own and own not in listed:
            first, last = row["first_seen"] or day, row["last_seen"] or day
            ledger[source, own] = Sighting(concept, source, own, own, row["title"], min(first, last), min(last, day))
    return ledger


def _rows(
    posts: Mapping[str, list[Sighting]],
    incoming: Incoming,
    old: Mapping[str, Mapping[str, Any]],
    key: str,
    day: date,
) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """
    Return the row of each open post that is shown today, and whose row it is: its own, else the oldest one's.

    A first working day that nobody says stays what it was when the post came: else each post would change every day.
    """
    fresh: dict[str, dict[str, Any]] = {}
    from_id: dict[str, str] = {}
    for post_id, sightings in posts.items():
        shown = [one.source_id for one in sightings if one.source_id in incoming.rows]
        if not shown:
            continue
        chosen = post_id if post_id in shown else shown[0]
        row, known = incoming.rows[chosen], old.get(post_id)
        first = min(one.first_shown for one in sightings)
        seen = {"first_seen": min(row["first_seen"] or first, first), "last_seen": day}
        if "start" in row and known is not None and chosen not in incoming.start_said:
            seen["start"] = known["start"]
        fresh[post_id] = {**row, key: post_id, **seen}
        from_id[post_id] = chosen
    return fresh, from_id


def _parts(
    region: Region, concept: Concept, incoming: Incoming, from_id: Mapping[str, str], present: Collection[str]
) -> dict[str, pl.DataFrame]:
    """Return the tables whose rows belong to posts: those of the feeds new where the post is shown, others where it stays."""
    key = f"{concept}_id"
    parts = {}
    for name in _belonging(TABLE_OF[concept]):
        given = incoming.parts.get(name, {})
        shown = pl.Series(sorted(from_id) if name in incoming.parts else [], dtype=pl.String).implode()
        kept = region.table(name).filter(pl.col(key).is_in(sorted(present)), ~pl.col(key).is_in(shown))
        new = [{**row, key: post_id} for post_id, chosen in sorted(from_id.items()) for row in given.get(chosen, [])]
        parts[name] = table_of(name, [*kept.iter_rows(named=True), *new])
    if concept == "course":
        asked = pl.col("requires") != "course"
        known = pl.col("required_id").is_in(sorted(present))
        parts["course_prerequisites"] = parts["course_prerequisites"].filter(asked | known)
    return parts


def _belonging(table: str) -> Iterator[str]:
    """Yield the tables whose rows each belong to one of a table's."""
    key = TABLES[table].key[0]
    for name, schema in TABLES.items():
        if name != table and key in schema.columns and schema.columns[key].ref == table:
            yield name


def without_lone_places(
    region: Region, places: Mapping[str, Mapping[str, Any]], feeds: Collection[str]
) -> pl.DataFrame:
    """
    Return the region's places with those of the feeds, without places of feeds that nothing lies at any more.

    Args:
        region: The region, posts and courses already new.
        places: Rows of the feeds, by id.
        feeds: Names of all feeds that the ledger or the list of feeds knows.
    """
    needed = {
        place
        for name, schema in TABLES.items()
        for column in schema.columns.values()
        if column.ref == "places"
        for place in region.table(name)[column.name].drop_nulls()
    }
    rows = {row["place_id"]: row for row in region.table("places").iter_rows(named=True)} | dict(places)
    kept = [row for name, row in rows.items() if name in needed or name.partition(":")[0] not in feeds]
    return table_of("places", kept)


def _sources(sightings: list[Sighting]) -> tuple[str, ...]:
    return tuple(sorted({one.source for one in sightings}))


def _went(row: Mapping[str, Any], post_id: str, ledger: Ledger) -> Went:
    under = [one for one in ledger.values() if post_id in {one.post_id, one.source_id}]
    latest = max(under, key=lambda one: (one.gone or date.min, one.key))
    if latest.gone is None or any(one.gone is None for one in under):
        return Went(post_id, row["title"], max(one.last_shown for one in under), "joined")
    return Went(post_id, row["title"], latest.gone, latest.why or "withdrawn")


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {
        column: (value, new[column])
        for column, value in old.items()
        if column in new and column not in BESIDE and new[column] != value
    }


def _joined(one: Sighting, before: Ledger) -> Joined:
    known = before.get(one.key)
    new = known is None or known.post_id != one.post_id
    return Joined(one.source, one.source_id, one.post_id, one.title, str(one.joined), one.alike, new)
