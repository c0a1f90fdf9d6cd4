# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The formats that a recipe may name as kind of a source, beside those with a reading of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from drehkreuz.errors import Finding, did_you_mean
from drehkreuz.region import Provenance
from drehkreuz.sources.boundaries import Naming, read_boundaries
from drehkreuz.sources.charging_register import read_charging_register
from drehkreuz.sources.course_page import read_courses
from drehkreuz.sources.crosswalk_table import read_crosswalk
from drehkreuz.sources.gbfs import read_gbfs
from drehkreuz.sources.jobposting import ASSUMED_KEYS, Assumed, read_postings
from drehkreuz.sources.ocpi import read_ocpi
from drehkreuz.sources.schema_org import Centres, Feed
from drehkreuz.sources.settings import Key, Section
from drehkreuz.sources.statistics_table import SHIPPED, read_layout, read_statistics
from drehkreuz.sources.templates import read_table

Read = tuple[dict[str, pl.DataFrame], list[Finding]]


@dataclass(frozen=True, slots=True)
class FormatSource:
    """
    A source in one of the `FORMATS`.

    Attributes:
        provenance: Where its rows are from.
        path: File or folder.
        kind: Name of the format.
        folder: Folder that the paths among the options are relative to.
        day: The day the region describes.
        language: Language of the region's texts.
        options: Keys of the source's section beside its path.
    """

    provenance: Provenance
    path: Path
    kind: str
    folder: Path
    day: date
    language: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Format:
    """
    How a format is read.

    Attributes:
        keys: Keys that its section may have beside `path`.
        read: Reads it.
    """

    keys: Mapping[str, Key]
    read: Callable[[FormatSource, bool], Read]


def read_format(source: FormatSource, *, lenient: bool) -> Read:
    """
    Return the tables of a source and what was left out.

    Raises:
        InputError: As the format's reader.
    """
    return FORMATS[source.kind].read(source, lenient)


def check_assumed(section: Section) -> list[Finding]:
    """Return a finding for each key of `assume` that is unknown, or is no number where one is wanted."""
    assumed = section.section("assume")
    findings = []
    for key, value in assumed.values.items():
        if key not in ASSUMED_KEYS:
            remedy = f"Known are {', '.join(ASSUMED_KEYS)}.{did_you_mean(key, list(ASSUMED_KEYS))}"
            findings.append(assumed.finding(key, "no such key here", remedy))
        elif key == "shift_system_id":
            if not isinstance(value, str):
                findings.append(
                    assumed.finding(key, "is not text", 'Write the id of a rota between quotation marks: "…".')
                )
        elif isinstance(value, bool) or not isinstance(value, int | float):
            findings.append(assumed.finding(key, "is not a number", "Write digits without quotation marks."))
    return findings


def _centres(source: FormatSource) -> Centres | None:
    """Return the middle of each zone by its code and name, from a CSV of zones."""
    if "zones" not in source.options:
        return None
    zones, _ = read_table(source.folder / source.options["zones"], "zones", ignore="rest")
    rows = zones.iter_rows(named=True)
    return {name: (row["lat"], row["lon"]) for row in rows for name in (row.get("name"), row["zone_id"]) if name}


def _feed(source: FormatSource) -> Feed:
    return Feed(source.options.get("feed", ""), _centres(source))


def _postings(source: FormatSource, lenient: bool) -> Read:  # one face for all formats
    assumed = Assumed(**source.options.get("assume", {}))
    return read_postings(source.path, day=source.day, feed=_feed(source), assumed=assumed, lenient=lenient)


def _courses(source: FormatSource, lenient: bool) -> Read:  # same
    return read_courses(source.path, day=source.day, feed=_feed(source), lenient=lenient)


def _gbfs(source: FormatSource, lenient: bool) -> Read:  # same
    return read_gbfs(source.path, language=source.language, lenient=lenient)


def _charging_register(source: FormatSource, lenient: bool) -> Read:  # same
    options = source.options
    return read_charging_register(
        source.path,
        sheet=options.get("sheet"),
        encoding=options.get("encoding"),
        postcodes=options.get("postcodes", ()),
        lenient=lenient,
    )


def _ocpi(source: FormatSource, lenient: bool) -> Read:  # same
    return read_ocpi(source.path, lenient=lenient)


def _crosswalk(source: FormatSource, lenient: bool) -> Read:  # same
    return read_crosswalk(source.path, lenient=lenient)


def _statistics(source: FormatSource, lenient: bool) -> Read:  # same
    named = source.options["layout"]
    return read_statistics(
        source.path, read_layout(named if named in SHIPPED else source.folder / named), lenient=lenient
    )


def _boundaries(source: FormatSource, lenient: bool) -> Read:  # same
    options = dict(source.options)
    layer = options.pop("layer", None)
    return read_boundaries(source.path, Naming(**options), layer=layer, lenient=lenient)


_ENCODINGS: Final = ("utf-8", "utf-16", "cp1252", "latin-1")

FORMATS: Final[Mapping[str, Format]] = {
    "jobposting": Format({"feed": Key("text"), "zones": Key("text"), "assume": Key("section")}, _postings),
    "course": Format({"feed": Key("text"), "zones": Key("text")}, _courses),
    "gbfs": Format({}, _gbfs),
    "charging_register": Format(
        {"sheet": Key("text"), "encoding": Key("text", allowed=_ENCODINGS), "postcodes": Key("texts")},
        _charging_register,
    ),
    "ocpi": Format({}, _ocpi),
    "crosswalk": Format({}, _crosswalk),
    "statistics": Format({"layout": Key("text", required=True)}, _statistics),
    "boundaries": Format(
        {
            "key": Key("text", required=True),
            "name": Key("text"),
            "where": Key("texts by text"),
            "digits": Key("number"),
            "country": Key("text"),
            "layer": Key("text"),
        },
        _boundaries,
    ),
}
"""Formats by the name that a recipe calls them by."""
