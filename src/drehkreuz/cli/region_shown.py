# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region that was built, on the screen: findings, occupations that were turned to others, size."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from drehkreuz.cli.output import Screen
from drehkreuz.errors import shorten

if TYPE_CHECKING:
    from drehkreuz.errors import Finding
    from drehkreuz.region import Region
    from drehkreuz.sources.build import BuildReport
    from drehkreuz.sources.crosswalk import MappedOccupation

FINDINGS_SHOWN: Final = 50
"""Findings of a build that are shown on the screen; all stand in the JSON answer and in the lists beside the sources."""


def show_build(screen: Screen, report: BuildReport, folder: Path) -> None:
    """Show what a build did: what was left out, what became what, and where the region is."""
    if screen.as_json:
        answer = {
            "findings": report.findings,
            "mapped": report.mapped,
            "seconds": {name: round(seconds, 3) for name, seconds in report.seconds.items()},
            "error_files": report.error_files,
            "folder": folder,
            "new": report.new,
        }
        screen.print_json(answer | as_json(report.region, report.snapshot))
        return
    words = screen.words
    if report.findings:
        show_findings(screen, report.findings, most=FINDINGS_SHOWN)
    if report.error_files:
        names = ", ".join(str(path) for path in report.error_files)
        screen.console.print(words("region.listed", files=names))
    if report.mapped:
        _show_mapped(screen, report.mapped)
    sentence = words(
        "region.written" if report.new else "region.unchanged",
        title=report.region.manifest.title,
        number=report.snapshot,
        seconds=words.number(sum(report.seconds.values()), 1),
        size=size(screen, report.region),
    )
    screen.console.print(sentence)
    screen.console.print(words("region.where", folder=folder))


def show_findings(screen: Screen, findings: Sequence[Finding], most: int | None = None) -> None:
    """Show findings below the file or table they are about, then how many there are."""
    words = screen.words
    for where, group in groupby(findings[:most], key=lambda finding: finding.where):
        screen.console.print(Text(where, style="bold"))
        screen.console.print(Padding(_listed(screen, list(group)), (0, 0, 1, 2)))
    if most is not None and len(findings) > most:
        screen.console.print(words("region.more", n=words.number(len(findings) - most)))
    errors = sum(finding.severity == "error" for finding in findings)
    counts = [("region.errors", errors), ("region.warnings", len(findings) - errors)]
    screen.console.print(", ".join(words.counted(key, n) for key, n in counts if n) + ".")


def _listed(screen: Screen, findings: Sequence[Finding]) -> Table:
    """Return a line for each finding: its row, if any is about one; column, value, what is wrong, what to do."""
    table = Table.grid(padding=(0, 2, 0, 0))
    with_rows = any(finding.row for finding in findings)
    if with_rows:
        table.add_column(style="cyan", overflow="fold", max_width=screen.console.width // 3)
    table.add_column(overflow="fold")
    for finding in findings:
        colour = "red" if finding.severity == "error" else "yellow"
        where: list[str | tuple[str, str]] = []
        if finding.column:
            where = [(finding.column, "bold"), f" {shorten(finding.value)!r} "]
        told = Text.assemble(*where, (f"{finding.problem}.", colour), f" {finding.remedy}")
        table.add_row(*([finding.row] if with_rows else []), told)
    return table


def _show_mapped(screen: Screen, mapped: Sequence[MappedOccupation]) -> None:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    for column in ("local", "isco", "candidates", "became", "rows"):
        number = column in {"candidates", "rows"}
        table.add_column(screen.words(f"region.{column}"), overflow="fold", justify="right" if number else "left")
    for one in mapped:
        table.add_row(one.label, one.isco08, str(one.candidates), one.mapped_label, screen.words.number(one.rows))
    screen.console.print(Text(screen.words("region.mapped"), style="bold"))
    screen.console.print(Padding(table, (0, 0, 1, 0)))


def size(screen: Screen, opened: Region) -> str:
    """Return how many rows and tables a region has, in words."""
    rows = screen.words.counted("region.rows", sum(len(frame) for frame in opened.tables.values()))
    return screen.words("region.size", rows=rows, tables=screen.words.counted("region.tables", len(opened.tables)))


def number_of(opened: Region) -> int | None:
    """Return the number of the snapshot that a region was opened from."""
    return int(opened.folder.name) if opened.folder else None


def as_json(opened: Region, snapshot: int | None = None) -> dict[str, Any]:
    """Return what a region is called and how large its tables are."""
    manifest = opened.manifest
    return {
        "name": manifest.name,
        "title": manifest.title,
        "day": manifest.day,
        "language": manifest.language,
        "snapshot": number_of(opened) if snapshot is None else snapshot,
        "tables": {
            name: {"rows": len(frame), "provenance": manifest.provenance.get(name)}
            for name, frame in opened.tables.items()
        },
    }
