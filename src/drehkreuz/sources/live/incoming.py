# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""What the feeds show, in the words of a region: its occupations, skills and rotas, and what is read in the texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import polars as pl

from drehkreuz.errors import shorten
from drehkreuz.region import TABLES, Region
from drehkreuz.sources.crosswalk import OCCUPATIONS_LOCAL
from drehkreuz.sources.jobposting import Notice
from drehkreuz.sources.live.ad_text import ad_text
from drehkreuz.sources.live.demands import DemandReader, sure_demands
from drehkreuz.sources.live.feeds import FeedRead, LiveFeed
from drehkreuz.sources.live.ledger import Key, Seen
from drehkreuz.sources.live.pay_text import read_pay
from drehkreuz.sources.live.sameness import Shown
from drehkreuz.sources.occupation_finder import FoundOccupation, OccupationFinder
from drehkreuz.sources.schema_org import digest

SURE_WORDS: Final = 0.9
"""Score from which on an occupation said in words alone is believed: above it nearly always the very words of a title."""

SURE_DEMAND: Final = 0.7
"""Confidence from which on a skill that stands in a text is taken for asked (assumed); below it stands in `readings` alone."""

LISTED: Final = 6
"""Rotas of the region that are named where a post's is none of them."""

LONGEST_WORDS: Final = 200
"""Characters of a reading's words that are kept."""

TAXONOMY: Final = ("occupations", "occupation_codes", "skills", "labels", "shift_systems")
"""Tables by which feeds are understood."""

POST_TELLING: Final = ("start", "hours", "shift_system_id", "pay")
COURSE_TELLING: Final = ("teaching_units", "format", "fee_eur", "sessions")


@dataclass(frozen=True, slots=True)
class Skipped:
    """
    A post or course that is shown and not taken.

    Attributes:
        source: Feed.
        source_id: Its id there; empty where the reading found none.
        title: Its title.
        why: Why, a clause.
    """

    source: str
    source_id: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class MeantOccupation:
    """
    What an occupation of the feeds was taken for.

    Attributes:
        named: As the feeds name it: a code or words.
        found: The region's occupation.
        posts: Posts that name it so.
    """

    named: str
    found: FoundOccupation
    posts: int


@dataclass(slots=True)
class Incoming:
    """
    Posts or courses as the feeds show them today.

    Attributes:
        seen: Title and last day of each, those over included.
        shown: What tells each apart, of those that are taken.
        rows: Row of `vacancies` or `courses` by id.
        parts: Rows of the tables that belong to them, by table and id.
        places: Rows of `places` by id.
        start_said: Posts that say their first working day.
        skipped: What is shown and not taken.
        meant: What occupations were taken for.
    """

    seen: dict[Key, Seen] = field(default_factory=dict)
    shown: dict[str, Shown] = field(default_factory=dict)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    parts: dict[str, dict[str, list[dict[str, Any]]]] = field(default_factory=dict)
    places: dict[str, dict[str, Any]] = field(default_factory=dict)
    start_said: set[str] = field(default_factory=set)
    skipped: list[Skipped] = field(default_factory=list)
    meant: list[MeantOccupation] = field(default_factory=list)

    def drop(self, own: str, why: str) -> None:
        """Take out what turned out not to fit."""
        shown = self.shown.pop(own)
        self.rows.pop(own)
        for rows in self.parts.values():
            rows.pop(own, None)
        self.skipped.append(Skipped(shown.source, own, shown.title, why))


def incoming_posts(reads: Sequence[FeedRead], region: Region) -> Incoming:
    """
    Return the posts that the feeds show.

    An occupation that the region does not have is looked for by its code, else by its words; a post whose occupation is not found
    surely, or whose rota the region does not have, is left out.

    Args:
        reads: What the feeds show.
        region: Its taxonomy and rotas.
    """
    incoming = Incoming(parts={"vacancy_skills": {}, "readings": {}})
    known = _Known(region, reads)
    for read in _of(reads, "vacancy"):
        _enter_places(incoming, read)
        for notice in read.notices.values():
            incoming.seen[read.feed.name, notice.vacancy_id] = Seen(notice.title, notice.through)
        asked: dict[str, list[str]] = {}
        for vacancy, skill in read.tables["vacancy_skills"].select("vacancy_id", "skill_id").iter_rows():
            asked.setdefault(vacancy, []).append(skill)
        for row in read.tables["vacancies"].iter_rows(named=True):
            _enter_post(incoming, known, read, row, asked.get(row["vacancy_id"], []))
        incoming.skipped += _faulty(read)
    incoming.meant += known.meant()
    return incoming


def incoming_courses(reads: Sequence[FeedRead], region: Region) -> Incoming:
    """Return the courses that the feeds show, with their sessions and what they teach of the region's skills."""
    incoming = Incoming(parts={"course_skills": {}, "course_sessions": {}})
    skills = set(region.table("skills")["skill_id"])
    for read in _of(reads, "course"):
        _enter_places(incoming, read)
        for name in incoming.parts:
            for row in read.tables[name].iter_rows(named=True):
                if name != "course_skills" or row["skill_id"] in skills:
                    incoming.parts[name].setdefault(row["course_id"], []).append(row)
        for row in read.tables["courses"].iter_rows(named=True):
            own = row["course_id"]
            incoming.seen[read.feed.name, own] = Seen(row["title"], None)
            incoming.rows[own] = row | {"source": read.feed.provenance.source}
            incoming.shown[own] = _shown_course(read.feed, row, incoming)
        incoming.skipped += _faulty(read)
    return incoming


def _of(reads: Iterable[FeedRead], concept: str) -> Iterator[FeedRead]:
    return (read for read in reads if read.feed.concept == concept and not read.failed)


def _enter_places(incoming: Incoming, read: FeedRead) -> None:
    incoming.places |= {row["place_id"]: row for row in read.tables["places"].iter_rows(named=True)}


def _faulty(read: FeedRead) -> Iterator[Skipped]:
    """Yield what the reader left out because it is faulty; what is over is no fault."""
    for finding in read.findings:
        if finding.severity == "error":
            told = f"{finding.column} {shorten(finding.value)!r}: " if finding.column else ""
            yield Skipped(read.feed.name, "", f"{finding.where}:{finding.row}", f"{told}{finding.problem}")


class _Known:
    """What a region knows, and what the feeds' occupations were taken for."""

    def __init__(self, region: Region, reads: Sequence[FeedRead]) -> None:
        self.occupations = set(region.table("occupations")["occupation_id"])
        self.rotas = set(region.table("shift_systems")["shift_system_id"])
        self.skills = set(region.table("skills")["skill_id"])
        self.demands = DemandReader(region.table("labels"))
        self._finder = OccupationFinder({name: region.table(name) for name in TAXONOMY})
        self._local: dict[str, dict[str, str | None]] = {
            row["occupation_id"]: row
            for read in reads
            if OCCUPATIONS_LOCAL.name in read.tables
            for row in read.tables[OCCUPATIONS_LOCAL.name].iter_rows(named=True)
        }
        self._found: dict[tuple[str, str], FoundOccupation | None] = {}
        self._taken: Counter[tuple[str, FoundOccupation]] = Counter()

    def occupation(self, named: str, title: str) -> tuple[str | None, str]:
        """Return the region's occupation that a feed's means, or none and why."""
        if named in self.occupations:
            return named, ""
        local = self._local.get(named)
        coded = local is not None and bool(local["isco08"] or local["kldb2010"])
        key = (named, title)
        if key not in self._found:
            names = list(
                dict.fromkeys(name for name in ((local or {}).get("label") if coded else named, title) if name)
            )
            codes = {"isco08": local["isco08"], "kldb2010": local["kldb2010"]} if local else {}
            self._found[key] = self._finder.find(names, **codes)
        found = self._found[key]
        if found is None:
            return None, f"its occupation {shorten(named)!r} is not known"
        if found.how == "label" and found.confidence < SURE_WORDS:
            near = f"the nearest is {found.label!r} ({found.confidence:.2f}, asked are {SURE_WORDS})"
            return None, f"its occupation {shorten(named)!r} is not sure: {near}"
        self._taken[named, found] += 1
        return found.occupation_id, ""

    def meant(self) -> Iterator[MeantOccupation]:
        """Yield what was taken for what."""
        for (named, found), posts in sorted(self._taken.items()):
            yield MeantOccupation(named, found, posts)


def _enter_post(incoming: Incoming, known: _Known, read: FeedRead, row: dict[str, Any], asked: list[str]) -> None:
    own, notice = row["vacancy_id"], read.notices[row["vacancy_id"]]
    occupation, why = known.occupation(row["occupation_id"], row["title"])
    if occupation is not None and row["shift_system_id"] not in known.rotas:
        rotas = ", ".join(sorted(known.rotas)[:LISTED])
        occupation, why = (
            None,
            f"the region has no rota {shorten(row['shift_system_id'])!r}, but {rotas or 'none at all'}",
        )
    if occupation is None:
        incoming.skipped.append(Skipped(read.feed.name, own, row["title"], why))
        return
    text = ad_text(notice.text)
    incoming.rows[own] = row | {"occupation_id": occupation, "source": read.feed.provenance.source}
    incoming.shown[own] = _shown_post(read.feed, row, notice, text, incoming)
    if "start" in notice.said:
        incoming.start_said.add(own)
    _enter_readings(incoming, known, row, notice, text, [skill for skill in asked if skill in known.skills])


def _enter_readings(
    incoming: Incoming, known: _Known, row: Mapping[str, Any], notice: Notice, text: str, asked: list[str]
) -> None:
    """Enter the skills that a post names by their addresses and those that its text asks, and what its text says of pay."""
    own = row["vacancy_id"]
    readings = known.demands.read(text)
    sure = {skill: read for skill, read in sure_demands(readings, SURE_DEMAND).items() if skill not in asked}
    incoming.parts["vacancy_skills"][own] = [
        *({"vacancy_id": own, "skill_id": skill, "demand": "must", "confidence": 1.0} for skill in asked),
        *(
            {"vacancy_id": own, "skill_id": skill, "demand": read.demand, "confidence": read.confidence}
            for skill, read in sure.items()
        ),
    ]
    told = {"vacancy_id": own}
    entered = [
        told | _place_of(read) | {"what": read.demand, "value": read.skill_id, "taken": sure.get(read.skill_id) == read}
        for read in readings
    ]
    for pay in read_pay(text):
        pays = (row["pay_min"], row["pay_max"], row["pay_period"]) == (pay.low, pay.high, pay.period)
        taken = pays and "pay" not in notice.said
        entered.append(told | _place_of(pay) | {"what": "pay", "value": pay.value, "taken": taken})
    incoming.parts["readings"][own] = entered


def _place_of(reading: Any) -> dict[str, Any]:  # noqa: ANN401  # a reading of pay or of a demand
    return {
        "words": reading.words[:LONGEST_WORDS],
        "start": reading.start,
        "end": reading.end,
        "confidence": reading.confidence,
    }


def _shown_post(feed: LiveFeed, row: Mapping[str, Any], notice: Notice, text: str, incoming: Incoming) -> Shown:
    facts: dict[str, object] = {
        "start": row["start"],
        "hours": (row["hours_min"], row["hours_max"]),
        "shift_system_id": row["shift_system_id"],
        "pay": (row["pay_min"], row["pay_max"], row["pay_period"]),
        "openings": row["openings"],
        "kind": row["kind"],
    }
    said = {name: fact for name, fact in facts.items() if name in notice.said}
    place = incoming.places[row["place_id"]]
    return Shown(
        source=feed.name,
        source_id=row["vacancy_id"],
        own=notice.own,
        employer=row["employer"] or "",
        title=row["title"],
        point=(place["lat"], place["lon"]),
        text=text,
        facts=said | {"remote_share": row["remote_share"]},
        telling=POST_TELLING,
    )


def _shown_course(feed: LiveFeed, row: Mapping[str, Any], incoming: Incoming) -> Shown:
    sessions = incoming.parts["course_sessions"].get(row["course_id"], [])
    held = sorted((one["start"], one["end"], one["day_start"]) for one in sessions)
    facts = {name: row[name] for name in ("teaching_units", "format", "fee_eur", "entry_language")}
    places = sorted({one["place_id"] for one in sessions if one["place_id"] is not None})
    place = incoming.places[places[0]] if places else None
    made_up = digest("course", row["title"], row["provider"])
    return Shown(
        source=feed.name,
        source_id=row["course_id"],
        own="" if row["source_id"] == made_up else row["source_id"],
        employer=row["provider"],
        title=row["title"],
        point=None if place is None else (place["lat"], place["lon"]),
        text="",
        facts=facts | ({"sessions": tuple(held)} if held else {}),
        telling=COURSE_TELLING,
    )


def table_of(name: str, rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """Return rows as a table of the region, by its key; of rows with one key the first."""
    schema = TABLES[name]
    listed = list(rows)
    if not listed:
        return schema.empty()
    columns = {column: schema.polars[column] for column in schema.columns if any(column in row for row in listed)}
    frame = schema.conform(pl.DataFrame(listed, schema=columns))
    return frame.unique(schema.key, keep="first", maintain_order=True).sort(schema.key)
