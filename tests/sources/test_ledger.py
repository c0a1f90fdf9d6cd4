# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The ledger of sightings: first and last seen, expired, withdrawn, back again, and which id stays."""

from __future__ import annotations

from datetime import date, timedelta

from drehkreuz.region import TABLES
from drehkreuz.sources.live.ledger import (
    KEPT,
    Key,
    Seen,
    Sighting,
    ledger_table,
    looked,
    named,
    open_posts,
    read_ledger,
)
from drehkreuz.sources.live.sameness import Sameness, Shown

DAY = date(2026, 11, 2)
LATER = DAY + timedelta(days=3)
KEY: Key = ("kammer", "kammer:1")


def sighting(source: str = "kammer", number: int = 1, **values: object) -> Sighting:
    own = f"{source}:{number}"
    whole = {"post_id": own, "title": "Koch", "first_shown": DAY, "last_shown": DAY} | values
    return Sighting("vacancy", source, own, **whole)  # type: ignore[arg-type]  # the tests' own values


def look(one: Sighting | None, seen: dict[Key, Seen], complete: dict[str, int], day: date = LATER) -> Sighting | None:
    """Return what becomes of the one sighting."""
    after = looked({} if one is None else {one.key: one}, "vacancy", seen, complete, day)
    return after.get(KEY)


def test_first_and_last_shown() -> None:
    """A post that is shown again keeps the day it was first seen, and takes the title and last day it is shown with."""
    first = look(None, {KEY: Seen("Koch", None)}, {}, DAY)
    assert first == sighting()
    again = look(first, {KEY: Seen("Köchin", LATER)}, {})
    assert again == sighting(title="Köchin", last_shown=LATER, through=LATER)


def test_expired() -> None:
    """A post is open through its last day and expired the day after, whether its source is read or not."""
    ends = sighting(through=LATER)
    assert look(ends, {}, {}) == ends
    next_day = LATER + timedelta(days=1)
    expired = look(ends, {}, {}, next_day)
    assert expired is not None
    assert (expired.gone, expired.why, expired.last_shown) == (next_day, "expired", DAY)
    assert look(ends, {KEY: Seen("Koch", DAY)}, {}) == sighting(
        last_shown=LATER, through=DAY, gone=DAY + timedelta(days=1), why="expired"
    )
    assert look(None, {KEY: Seen("Koch", DAY)}, {}) is None


def test_withdrawn() -> None:
    """What a source that lists everything shows no more is withdrawn after its days; of others nothing follows."""
    assert look(sighting(), {}, {}) == sighting()
    assert look(sighting(), {}, {"portal": 0}) == sighting()
    assert look(sighting(), {}, {"kammer": 4}) == sighting()
    assert look(sighting(), {}, {"kammer": 3}) == sighting(gone=LATER, why="withdrawn")
    assert look(sighting(), {KEY: Seen("Koch", None)}, {"kammer": 0}) == sighting(last_shown=LATER)


def test_back_again() -> None:
    """A post that went and is shown again is open again, and was first seen when it was first seen."""
    went = sighting(gone=DAY, why="withdrawn")
    assert look(went, {}, {"kammer": 0}) == went
    assert look(went, {KEY: Seen("Koch", None)}, {"kammer": 0}) == sighting(last_shown=LATER)


def test_old_sightings_go() -> None:
    """What went is kept for two years."""
    went = sighting(gone=DAY, why="withdrawn")
    assert look(went, {}, {}, DAY + KEPT) == went
    assert look(went, {}, {}, DAY + KEPT + timedelta(days=1)) is None


def shown(one: Sighting) -> Shown:
    return Shown(one.source, one.source_id, "", "", one.title, None, "", {}, ())


def together(*ones: Sighting) -> list[tuple[Shown, Sameness | None]]:
    why = Sameness("same_text", 0.9) if len(ones) > 1 else None
    return [(shown(one), why) for one in ones]


def test_the_oldest_id_stays() -> None:
    """Of posts that are one the id known longest stays, and the others say why they stand under it."""
    old, new = sighting("portal", 7, first_shown=DAY), sighting("kammer", 1, first_shown=LATER)
    after = named({one.key: one for one in (old, new)}, [together(new, old)])
    assert after[old.key] == old
    assert (after[new.key].post_id, after[new.key].joined, after[new.key].alike) == ("portal:7", "same_text", 0.9)
    assert named(after, [together(new, old)]) == after
    assert list(open_posts(after)) == ["portal:7"]


def test_an_id_outlives_its_source() -> None:
    """A post whose first source is gone keeps its id while another source shows it, and takes a newcomer in under it."""
    gone = sighting("alt", 1, gone=LATER, why="withdrawn")
    stays = sighting("kammer", 1, post_id="alt:1", joined="same_text", alike=0.9)
    new = sighting("portal", 7, first_shown=LATER)
    ledger = {one.key: one for one in (gone, stays, new)}
    after = named(ledger, [together(stays, new)])
    assert {one.post_id for one in after.values()} == {"alt:1"}
    assert list(open_posts(after)) == ["alt:1"]


def test_what_is_one_no_more() -> None:
    """Posts that were one and now differ stand apart: the first under its id, the other under its own."""
    first, second = sighting("kammer", 1), sighting("portal", 7, post_id="kammer:1", joined="same_text", alike=0.9)
    after = named({one.key: one for one in (first, second)}, [together(first), together(second)])
    assert after[first.key] == first
    assert (after[second.key].post_id, after[second.key].joined) == ("portal:7", None)


def test_what_is_not_shown_stays_where_it_is() -> None:
    """While the first source is not read, the second alone keeps the post under the first one's id."""
    first, second = sighting("kammer", 1), sighting("portal", 7, post_id="kammer:1", joined="same_text", alike=0.9)
    ledger = {one.key: one for one in (first, second)}
    assert named(ledger, [together(second)]) == ledger


def test_the_table() -> None:
    """A ledger comes back from its table as it was, sorted by the table's key."""
    ledger = {one.key: one for one in (sighting("b", 2), sighting("a", 1, through=LATER))}
    table = ledger_table([ledger])
    assert table.schema == TABLES["sightings"].polars
    assert table["source"].to_list() == ["a", "b"]
    assert read_ledger(table, "vacancy") == ledger
    assert read_ledger(table, "course") == {}
