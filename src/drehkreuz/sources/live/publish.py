# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Feeds of posts and courses, read and put into the next snapshot of a region."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from drehkreuz.errors import Finding
from drehkreuz.progress import SILENT, Progress
from drehkreuz.region import Provenance, Region, change_snapshot, check, open_region, snapshots
from drehkreuz.region.posts import TABLE_OF, Concept
from drehkreuz.sources.build import BuildError, common_provenance
from drehkreuz.sources.live.feeds import FeedRead, LiveFeed, read_feed
from drehkreuz.sources.live.incoming import (
    TAXONOMY,
    Incoming,
    MeantOccupation,
    Skipped,
    incoming_courses,
    incoming_posts,
)
from drehkreuz.sources.live.ledger import ledger_table
from drehkreuz.sources.live.merge import Came, Changed, Joined, Merged, Went, merge, without_lone_places

CONCEPTS: Final[tuple[Concept, ...]] = ("vacancy", "course")

LIVE: Final = (
    "places", "vacancies", "vacancy_skills", "vacancy_languages", "vacancy_qualifications", "vacancy_licences", "vacancy_places",
    "courses", "course_skills", "course_prerequisites", "course_sessions", "course_funding", "sightings", "readings",
)  # fmt: skip
"""Tables that a publication may change."""

JUDGED_BY: Final = (
    *TAXONOMY, "occupation_skills", "qualifications", "shifts", "rules", "municipalities", "zones",
)  # fmt: skip
"""Tables that decide beside them whether a row fits."""

MANY_GONE: Final = 0.5
"""Share of a feed's posts whose going at once is likelier a fault of the feed than news (assumed)."""
MANY_FROM: Final = 10
"""Posts from which on that share says something (assumed)."""


@dataclass(frozen=True, slots=True)
class Publication:
    """
    What a publication did.

    Attributes:
        snapshot: Number of the snapshot that holds the region now.
        new: Whether it was written now; else an earlier one already said the same.
        day: Day of the publication.
        came: What is new, by `vacancy` and `course`.
        went: What has gone, and why.
        changed: What says something else than before.
        joined: What is taken for a post of another feed, and why.
        skipped: What is shown and was not taken, and why.
        meant: What occupations were taken for.
        open: How many that feeds show are open.
        findings: What the readers noted, and what is odd.
        failed: Feeds that could not be read; theirs stay as they were.
    """

    snapshot: int
    new: bool
    day: date
    came: Mapping[str, Sequence[Came]]
    went: Mapping[str, Sequence[Went]]
    changed: Mapping[str, Sequence[Changed]]
    joined: Mapping[str, Sequence[Joined]]
    skipped: tuple[Skipped, ...]
    meant: tuple[MeantOccupation, ...]
    open: Mapping[str, int]
    findings: tuple[Finding, ...]
    failed: tuple[str, ...]


@dataclass(slots=True)
class _Work:
    """What is worked out on the way, for the report."""

    incoming: dict[Concept, Incoming]
    merged: dict[Concept, Merged]


def publish(
    folder: Path, feeds: Sequence[LiveFeed], day: date, *, wait_seconds: float = 600.0, progress: Progress = SILENT
) -> Publication:
    """
    Read feeds and write the region with their posts and courses as the next snapshot.

    The feeds are read first; then nobody else writes until the snapshot is written, so that of two publications the second builds on the
    first. A crash at any moment leaves the old snapshot or the new one. The region's day moves on to that of the publication, never back.

    Args:
        folder: Region folder.
        feeds: What to read.
        day: Today: what is over by then has expired.
        wait_seconds: How long to wait for another writer to finish.
        progress: Shows how many feeds are read.

    Raises:
        InputError: If the folder is no region.
        BuildError: If the region would not pass its check; nothing is written.
        DrehkreuzError: If another writer does not finish in time or the folder cannot be written.
    """
    region = open_region(folder)
    reads = _read(feeds, region, day, progress)
    work = _Work({}, {})
    _understand(work, reads, region)

    def change(current: Region) -> Region:
        somebody_wrote = current.folder != region.folder
        if somebody_wrote and _digests(current) != _digests(region):
            _understand(work, reads, current)
        return _fitting(work, current, reads, day)

    before = snapshots(folder)
    number = change_snapshot(folder, change, wait_seconds=wait_seconds)
    return _report(work, reads, number, day, new=number not in before)


def _read(feeds: Sequence[LiveFeed], region: Region, day: date, progress: Progress) -> list[FeedRead]:
    progress.start("feeds", len(feeds))
    try:
        reads = []
        for feed in feeds:
            reads.append(read_feed(feed, region, day))
            progress.advance()
        return reads
    finally:
        progress.finish()


def _digests(region: Region) -> dict[str, str]:
    return {name: region.digest(name) for name in TAXONOMY}


def _understand(work: _Work, reads: Sequence[FeedRead], region: Region) -> None:
    work.incoming = {"vacancy": incoming_posts(reads, region), "course": incoming_courses(reads, region)}


def _fitting(work: _Work, current: Region, reads: Sequence[FeedRead], day: date) -> Region:
    """Return the next region; posts and courses of the feeds that its check refuses are taken out first."""
    while True:
        region = _merged(work, current, reads, day)
        errors = _errors(region)
        if errors:  # those that the region has already are not the feeds'
            already = set(_errors(current))
            errors = [finding for finding in errors if finding not in already]
        if not errors:
            return region
        if not _drop(work, errors):
            raise BuildError(errors)


def _errors(region: Region) -> list[Finding]:
    """Return what is wrong with the tables that a publication may change."""
    tables = {name: rows for name, rows in region.tables.items() if name in {*LIVE, *JUDGED_BY}}
    judged = Region(region.manifest, tables)
    return [found for found in check(judged) if found.severity == "error" and found.where in {*LIVE, "region.toml"}]


def _drop(work: _Work, errors: Iterable[Finding]) -> int:
    """Take out the posts and courses that findings are about; return how many."""
    dropped = 0
    for finding in errors:
        concept: Concept = "course" if finding.where.startswith("course") else "vacancy"
        incoming = work.incoming[concept]
        told = f"{finding.column} {finding.value!r}: {finding.problem}" if finding.column else finding.problem
        own = [
            name for row, name in _standing(work.merged[concept], incoming) if _is_about(finding, row, incoming, name)
        ]
        for name in dict.fromkeys(own):
            if name in incoming.rows:
                incoming.drop(name, told)
                dropped += 1
    return dropped


def _standing(merged: Merged, incoming: Incoming) -> Iterator[tuple[str, str]]:
    """Yield the ids that each post shown today may stand under in the region, and its own."""
    yield from ((one.post_id, one.source_id) for one in merged.ledger.values() if one.source_id in incoming.rows)
    yield from ((name, name) for name in incoming.rows)


def _is_about(finding: Finding, post_id: str, incoming: Incoming, own: str) -> bool:
    if finding.where == "places":
        return bool(incoming.rows[own].get("place_id") == finding.row)
    if finding.where == "course_sessions":
        return any(session["session_id"] == finding.row for session in incoming.parts[finding.where].get(own, ()))
    return finding.row == post_id or finding.row.startswith(f"{post_id}/")


def _merged(work: _Work, current: Region, reads: Sequence[FeedRead], day: date) -> Region:
    moved = max(current.manifest.day, day)
    region = current
    for concept in CONCEPTS:
        of_it = {
            read.feed.name: read.feed.unseen_days for read in reads if read.feed.concept == concept and not read.failed
        }
        work.merged[concept] = merge(current, concept, work.incoming[concept], of_it, day)
        region = region.with_tables(work.merged[concept].tables)
    ledger = ledger_table(merged.ledger for merged in work.merged.values())
    places = {name: row for incoming in work.incoming.values() for name, row in incoming.places.items()}
    named = {read.feed.name for read in reads} | set(ledger["source"])
    region = region.with_tables({"places": without_lone_places(region, places, named), "sightings": ledger})
    return region.with_manifest(day=moved, provenance=_provenance(current, region, [read.feed for read in reads], day))


def _provenance(current: Region, region: Region, feeds: Sequence[LiveFeed], day: date) -> dict[str, Provenance]:
    """Return where the rows of each table are from, every feed named once however often it is published."""
    known = {name: where for name, where in current.manifest.provenance.items() if name not in LIVE}
    for name in LIVE:
        given = current.manifest.provenance.get(name)
        concerned = [feed.provenance for feed in feeds if _speaks_of(feed, name)]
        new = [where for where in concerned if given is None or where.source not in given.source]
        parts = [*([given] if given is not None else []), *new]
        if name in region.tables and parts:
            together = common_provenance(parts)
            known[name] = replace(together, date=max(together.date, day)) if concerned else together
    return known


def _speaks_of(feed: LiveFeed, table: str) -> bool:
    if table in {"places", "sightings"}:
        return True
    posts = table in {"vacancies", "vacancy_skills", "readings"}
    courses = table in {"courses", "course_skills", "course_sessions"}
    return posts if feed.concept == "vacancy" else courses


def _report(work: _Work, reads: Sequence[FeedRead], number: int, day: date, *, new: bool) -> Publication:
    merged = work.merged
    skipped = [one for concept in CONCEPTS for one in work.incoming[concept].skipped]
    return Publication(
        snapshot=number,
        new=new,
        day=day,
        came={concept: merged[concept].came for concept in CONCEPTS},
        went={concept: merged[concept].went for concept in CONCEPTS},
        changed={concept: merged[concept].changed for concept in CONCEPTS},
        joined={concept: merged[concept].joined for concept in CONCEPTS},
        skipped=tuple(skipped),
        meant=tuple(work.incoming["vacancy"].meant),
        open={concept: merged[concept].open for concept in CONCEPTS},
        findings=(*_notes(reads), *_many_gone(merged), *_unlisted(merged, {read.feed.name for read in reads})),
        failed=tuple(read.feed.name for read in reads if read.failed),
    )


def _notes(reads: Iterable[FeedRead]) -> list[Finding]:
    """Return what is worth knowing; faulty posts stand among the skipped."""
    return [finding for read in reads for finding in read.findings if read.failed or finding.severity == "warning"]


def _many_gone(merged: Mapping[Concept, Merged]) -> Collection[Finding]:
    found = []
    for concept, one in merged.items():
        today = {sight.source_id for sight in one.ledger.values() if sight.why == "withdrawn"}
        went = {went.post_id for went in one.went if went.why == "withdrawn"}
        of_feed = Counter(sight.source for sight in one.ledger.values() if sight.source_id in today & went)
        left = Counter(sight.source for sight in one.ledger.values() if sight.gone is None)
        for feed, count in sorted(of_feed.items()):
            whole = count + left[feed]
            if whole >= MANY_FROM and count > MANY_GONE * whole:
                problem = f"{count:,} of {whole:,} have gone at once"
                remedy = "See whether the feed is whole; the snapshot before still holds them."
                found.append(Finding(feed, "", concept, "", problem, remedy, "warning"))
    return found


def _unlisted(merged: Mapping[Concept, Merged], feeds: Collection[str]) -> Iterator[Finding]:
    """Yield the feeds that showed what is still open and that nobody lists any more."""
    for concept, one in merged.items():
        left = Counter(
            sight.source for sight in one.ledger.values() if sight.gone is None and sight.source not in feeds
        )
        for feed, count in sorted(left.items()):
            problem = f"is not in the list of feeds; {count:,} of its {TABLE_OF[concept]} stay until their last day"
            remedy = "List it again; those without a last day stay for good otherwise."
            yield Finding(feed, "", "", "", problem, remedy, "warning")
