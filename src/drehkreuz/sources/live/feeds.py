# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A list of feeds: a TOML file that names where posts and courses are read from, again and again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.region import Provenance, Region
from drehkreuz.sources.course_page import read_courses
from drehkreuz.sources.formats import check_assumed
from drehkreuz.sources.jobposting import Assumed, Notice, read_live_postings
from drehkreuz.sources.live.ad_text import ad_text
from drehkreuz.sources.live.pay_text import read_pay, sure_pay
from drehkreuz.sources.schema_org import Centres, Feed
from drehkreuz.sources.settings import Key, Section, read_settings

SURE_PAY: Final = 0.85
"""Confidence from which on pay that stands in words is a post's pay (assumed): the words say that it is pay or gross, and for what time."""

_TOP: Final = {"provenance": Key("section"), "source": Key("sections", required=True)}
_PROVENANCE: Final = {
    "kind": Key("text", required=True, allowed=("observed", "modelled", "assumed")),
    "source": Key("text", required=True),
    "licence": Key("text", required=True),
}
_EVERY: Final = {
    "kind": Key("text", required=True, allowed=("jobposting", "course")),
    "path": Key("text", required=True),
    "feed": Key("text", required=True),
    "unseen_days": Key("number"),
    "provenance": Key("section"),
}
_POSTS: Final = _EVERY | {"assume": Key("section")}


@dataclass(frozen=True, slots=True)
class LiveFeed:
    """
    A source of posts or courses.

    Attributes:
        name: Goes before all ids, with a colon.
        kind: `jobposting` or `course`.
        path: File, folder or zip.
        provenance: Kind, name and licence of its rows; the day is that of the publication.
        unseen_days: A source that lists everything: what it has not shown for so many days has gone. None: it lists a part.
        assumed: What holds where a posting does not say it.
    """

    name: str
    kind: str
    path: Path
    provenance: Provenance
    unseen_days: int | None = None
    assumed: Assumed = field(default_factory=Assumed)

    @property
    def concept(self) -> str:
        """What it shows: `vacancy` or `course`."""
        return "vacancy" if self.kind == "jobposting" else "course"


@dataclass(frozen=True, slots=True)
class FeedRead:
    """
    What a feed shows today.

    Attributes:
        feed: The feed.
        tables: Its rows.
        notices: What its postings tell beside their rows, by vacancy_id.
        findings: What was left out and why.
        failed: Nothing of it could be read; the findings say why.
    """

    feed: LiveFeed
    tables: Mapping[str, pl.DataFrame]
    notices: Mapping[str, Notice]
    findings: tuple[Finding, ...]
    failed: bool = False


def read_feeds(path: Path, day: date) -> tuple[LiveFeed, ...]:
    """
    Read a list of feeds. Paths within it are relative to its folder.

    Args:
        path: A TOML file of `[[source]]` sections.
        day: Day of the publication.

    Raises:
        InputError: If it is no TOML, or a key is unknown, missing or of another type; carries every finding.
    """
    top = read_settings(path)
    findings = top.check(_TOP)
    if findings:
        raise InputError(*findings)
    sections = top.sections("source")
    findings = [finding for section in sections for finding in _check(section, top)]
    names: set[str] = set()
    for section in sections:
        name = str(section.values.get("feed", ""))
        if name in names:
            findings.append(section.finding("feed", "names two feeds", "Give each feed a name of its own."))
        names.add(name)
    if not sections:
        findings.append(top.finding("source", "names no feed", "Add at least one [[source]] section."))
    if findings:
        raise InputError(*findings)
    return tuple(_feed(section, top, path.parent, day) for section in sections)


def read_feed(feed: LiveFeed, region: Region, day: date) -> FeedRead:
    """
    Read what a feed shows; faulty posts are left out and listed, a feed that cannot be read at all is returned as failed.

    Args:
        feed: The feed.
        region: Its zones tell where postcodes lie.
        day: Posts and sessions that are over by then are left out.
    """
    own = Feed(feed.name, _centres(region))
    try:
        if feed.kind == "course":
            tables, findings = read_courses(feed.path, day=day, feed=own, lenient=True)
            if tables["courses"].is_empty():
                return FeedRead(feed, {}, {}, tuple(findings), failed=True)
            return FeedRead(feed, tables, {}, tuple(findings))
        tables, notices, findings = read_live_postings(
            feed.path, day=day, feed=own, assumed=feed.assumed, pay_in_words=_pay_in_words
        )
    except InputError as error:
        return FeedRead(feed, {}, {}, error.findings, failed=True)
    return FeedRead(feed, tables, {notice.vacancy_id: notice for notice in notices}, tuple(findings))


def _pay_in_words(text: str) -> tuple[float, float, str] | None:
    found = sure_pay(read_pay(ad_text(text)), SURE_PAY)
    return None if found is None else (found.low, found.high, found.period)


def _check(section: Section, top: Section) -> list[Finding]:
    findings = section.check(_POSTS if section.values.get("kind") == "jobposting" else _EVERY)
    if "assume" in section.values and not findings:
        findings += check_assumed(section)
    owner = section if "provenance" in section.values else top
    if "provenance" not in owner.values:
        remedy = 'Add provenance = { kind = "observed", source = "…", licence = "…" }.'
        findings.append(section.finding("provenance", "nothing says where the rows are from", remedy))
    elif not findings:
        findings += owner.section("provenance").check(_PROVENANCE)
    if not findings and ":" in section.values["feed"]:
        findings.append(section.finding("feed", "holds a colon, which ends it in every id", "Leave it out."))
    if not findings and section.values.get("unseen_days", 0) < 0:
        findings.append(section.finding("unseen_days", "is less than 0", "Write 0 for what is gone at once."))
    return findings


def _feed(section: Section, top: Section, folder: Path, day: date) -> LiveFeed:
    values = section.values
    owner = values if "provenance" in values else top.values
    return LiveFeed(
        name=values["feed"],
        kind=values["kind"],
        path=folder / values["path"],
        provenance=Provenance(**owner["provenance"], date=day),
        unseen_days=values.get("unseen_days"),
        assumed=Assumed(**values.get("assume", {})),
    )


def _centres(region: Region) -> Centres:
    rows = region.table("zones").select("name", "zone_id", "lat", "lon").iter_rows(named=True)
    return {name: (row["lat"], row["lon"]) for row in rows for name in (row["name"], row["zone_id"]) if name}
