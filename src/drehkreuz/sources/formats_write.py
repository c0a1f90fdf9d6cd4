# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region in the world's formats: which can be written, and into which files."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from drehkreuz.errors import DrehkreuzError, Finding, InputError, did_you_mean
from drehkreuz.region import Region
from drehkreuz.sources.course_write import write_courses
from drehkreuz.sources.gbfs_write import write_gbfs
from drehkreuz.sources.gtfs_write import write_gtfs
from drehkreuz.sources.jobposting_write import write_postings
from drehkreuz.sources.ocpi_write import write_locations, write_tariffs

Files = dict[str, bytes]


def write_format(
    region: Region, kind: str, folder: Path, *, address: str = "https://example.org"
) -> tuple[list[Path], list[Finding]]:
    """
    Write a region's tables in a format. Each file is written aside and then put in its place, so that it is whole at any moment.

    Args:
        region: The region.
        kind: One of `WRITTEN`.
        folder: Made if missing; files of the same names are replaced.
        address: Where feeds will be found on the web, for those that name each other (GBFS), or whom to ask (GTFS).

    Returns:
        The files, and what was left out because the format asks more than the region knows.

    Raises:
        InputError: If the format is not written, or the region lacks what it cannot do without.
        DrehkreuzError: If a file cannot be written.
    """
    if kind not in WRITTEN:
        remedy = f"Use one of {', '.join(WRITTEN)}.{did_you_mean(kind, list(WRITTEN))}"
        raise InputError(Finding("format", "", "", kind, f"{kind!r} is not a format that is written", remedy))
    try:
        files, findings = WRITTEN[kind](region, address)  # on the way a format may need room on the disk, too
        return [_put(folder / name, content) for name, content in files.items()], findings
    except OSError as error:
        message = f"{folder}: cannot be written ({error.strerror or error}). Check the disk and your rights."
        raise DrehkreuzError(message) from error


def _put(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_bytes(content)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    return path


def _postings(region: Region, _: str) -> tuple[Files, list[Finding]]:
    return {"postings.jsonld": write_postings(region)}, []


def _courses(region: Region, _: str) -> tuple[Files, list[Finding]]:
    return {"courses.jsonld": write_courses(region)}, []


def _ocpi(region: Region, _: str) -> tuple[Files, list[Finding]]:
    locations, findings = write_locations(region)
    return {"locations.json": locations, "tariffs.json": write_tariffs(region)}, findings


def _gbfs(region: Region, address: str) -> tuple[Files, list[Finding]]:
    files: Files = {}
    findings: list[Finding] = []
    for system in region.table("sharing_systems").sort("system_id")["system_id"]:
        name = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in system)
        feeds, left_out = write_gbfs(region, system, address=f"{address.rstrip('/')}/{name}")
        files |= {f"{name}/{feed}": content for feed, content in feeds.items()}
        findings += left_out
    return files, findings


def _gtfs(region: Region, address: str) -> tuple[Files, list[Finding]]:
    with TemporaryDirectory() as folder:
        feed = Path(folder) / "gtfs.zip"
        write_gtfs(region.tables, feed, url=address)
        return {feed.name: feed.read_bytes()}, []


WRITTEN: Final[Mapping[str, Callable[[Region, str], tuple[Files, list[Finding]]]]] = {
    "jobposting": _postings,
    "course": _courses,
    "gbfs": _gbfs,
    "ocpi": _ocpi,
    "gtfs": _gtfs,
}
"""Formats that are written, by the name that a recipe calls them by."""
