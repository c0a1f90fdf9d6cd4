# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The recipe of a region: a `region.toml` that names the sources its tables are read from."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar, get_args

from drehkreuz.errors import Finding, InputError, did_you_mean
from drehkreuz.region import TABLES, Kind, Provenance
from drehkreuz.sources.archive import open_source, unreadable
from drehkreuz.sources.crosswalk import OCCUPATIONS_LOCAL
from drehkreuz.sources.text import decode

LANGUAGES: Final = ("de", "en", "nl", "fr")


@dataclass(frozen=True, slots=True)
class TableSource:
    """A CSV file that holds one table."""

    path: Path
    provenance: Provenance
    table: str
    columns: Mapping[str, str] = field(default_factory=dict)
    ignore: tuple[str, ...] | str = ()
    separator: str | None = None
    encoding: str = "utf-8"
    decimal: str | None = None


@dataclass(frozen=True, slots=True)
class GtfsSource:
    """A timetable, zip or folder; `feed` goes before its ids."""

    path: Path
    provenance: Provenance
    feed: str


@dataclass(frozen=True, slots=True)
class OsmSource:
    """Streets from an OpenStreetMap extract."""

    path: Path
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class EscoSource:
    """The taxonomy, one folder or zip for each language or release part."""

    paths: tuple[Path, ...]
    provenance: Provenance
    languages: tuple[str, ...] = LANGUAGES


Source = TableSource | GtfsSource | OsmSource | EscoSource


@dataclass(frozen=True, slots=True)
class Recipe:
    """
    What a region is built from.

    Attributes:
        path: The `region.toml`; paths within it are relative to its folder.
        name: Short name.
        title: Name in words, German.
        day: The day the region describes.
        language: Language of the posts unless they say otherwise, ISO 639-1.
        sources: What to read, in the order given.
        map_occupations: Whether occupations unknown to the taxonomy are looked up by ISCO-08 (`[map] occupations = "isco08"`).
    """

    path: Path
    name: str
    title: str
    day: date
    language: str
    sources: tuple[Source, ...]
    map_occupations: bool = False
