# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""`drehkreuz region publish`: posts and courses of feeds into the next snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from rich.padding import Padding
from rich.text import Text

from drehkreuz.cli.output import Bars, Screen, answers, examples
from drehkreuz.cli.region_shown import FINDINGS_SHOWN, show_findings
from drehkreuz.errors import shorten

if TYPE_CHECKING:
    from drehkreuz.reports.words import Words
    from drehkreuz.sources.live.merge import Joined, Went
    from drehkreuz.sources.live.publish import Publication

SHOWN: Final = 20
"""Lines of each list that are shown; all stand in the JSON answer."""


@click.command(
    epilog=examples(
        "drehkreuz region publish aachen feeds.toml",
        "drehkreuz region publish aachen feeds.toml --day 2026-11-24 --json",
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("feeds", metavar="FEEDS_TOML", type=click.Path(path_type=Path))
@click.option(
    "--day", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Day of the publication.  [default: today]"
)
@click.option(
    "--wait",
    type=click.IntRange(0),
    default=600,
    show_default=True,
    metavar="SECONDS",
    help="Wait so long for another writer.",
)
@answers
@click.pass_context
def publish(context: click.Context, folder: Path, feeds: Path, day: datetime | None, wait: int) -> None:
    """
    Put the posts and courses of feeds into the next snapshot.

    What several feeds show stands once, what has expired or is no longer shown goes, and what a post asks and pays is read
    in its text where it says so nowhere else. Everything that came, went, changed, was joined or not taken is listed. Ends
    with exit code 1 if a feed could not be read; what it showed before stays.
    """
    from drehkreuz.sources.live.feeds import read_feeds
    from drehkreuz.sources.live.publish import publish as publish_feeds

    screen: Screen = context.obj
    today = date.today() if day is None else day.date()  # noqa: DTZ011  # the day people see on their wall
    done = publish_feeds(folder, read_feeds(feeds, today), today, wait_seconds=wait, progress=Bars(screen.words))
    if screen.as_json:
        screen.print_json({"folder": folder} | {name: getattr(done, name) for name in done.__dataclass_fields__})
    else:
        _show(screen, done, folder)
    context.exit(1 if done.failed else 0)


def _show(screen: Screen, done: Publication, folder: Path) -> None:
    from drehkreuz.region.snapshot import open_region

    words, title = screen.words, open_region(folder, done.snapshot).manifest.title
    for concept in done.open:
        went, changed = done.went[concept], done.changed[concept]
        _list(screen, "came", [f"{one.post_id}  {one.title}" for one in done.came[concept]])
        _list(screen, "went", [f"{one.post_id}  {one.title}: {_why(words, one)}" for one in went])
        _list(screen, "changed", [f"{one.post_id}  {one.title}: {', '.join(one.columns)}" for one in changed])
        _list(screen, "joined", [_joined(words, one) for one in done.joined[concept] if one.new])
    _list(screen, "skipped", [f"{one.source_id or one.source}  {one.title}: {one.why}" for one in done.skipped])
    meant = sorted(done.meant, key=lambda one: (one.found.confidence, one.named))
    _list(
        screen,
        "meant",
        [
            words(
                "publish.taken_for",
                named=shorten(one.named),
                label=one.found.label,
                confidence=words.number(one.found.confidence, 2),
                n=words.counted("publish.posts", one.posts),
            )
            for one in meant
        ],
    )
    if done.findings:
        show_findings(screen, done.findings, most=FINDINGS_SHOWN)
    for concept, still in done.open.items():
        counts = {name: len(getattr(done, name)[concept]) for name in ("came", "went", "changed", "joined")}
        shown = {name: words.number(n) for name, n in counts.items()}
        what = words(f"publish.{concept}")
        screen.console.print(words("publish.counts", what=what, open=words.number(still), **shown))
    if done.failed:
        screen.console.print(Text(words("publish.failed", feeds=", ".join(done.failed)), style="red"))
    key = "publish.written" if done.new else "publish.unchanged"
    screen.console.print(words(key, title=title, number=done.snapshot, day=words.day(done.day)))


def _list(screen: Screen, key: str, lines: Sequence[str]) -> None:
    """Show lines below a heading; nothing where there are none."""
    if not lines:
        return
    screen.console.print(Text(screen.words(f"publish.{key}"), style="bold"))
    for line in lines[:SHOWN]:
        screen.console.print(Padding(Text(line), (0, 0, 0, 2)))
    if len(lines) > SHOWN:
        screen.console.print(screen.words("publish.more", n=screen.words.number(len(lines) - SHOWN)))


def _why(words: Words, one: Went) -> str:
    if one.why == "joined":
        return words("publish.now_joined")
    last = date.fromordinal(one.gone.toordinal() - 1) if one.why == "expired" else one.gone
    return words(f"publish.{one.why}", day=words.day(last))


def _joined(words: Words, one: Joined) -> str:
    why = words(f"publish.{one.reason}", alike="" if one.alike is None else words.number(one.alike, 2))
    return words("publish.stands_under", id=one.source_id, post=one.post_id, why=f"{one.title}, {why}")
