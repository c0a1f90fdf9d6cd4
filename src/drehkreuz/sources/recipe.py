# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The recipe of a region: a `region.toml` that names the sources its tables are read from."""

from __future__ import annotations

import errno
import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from drehkreuz.errors import Finding, InputError, did_you_mean
from drehkreuz.region import Provenance
from drehkreuz.sources.archive import kind_of
from drehkreuz.sources.folder import NAMES, filled_in
from drehkreuz.sources.formats import FORMATS, FormatSource, check_assumed
from drehkreuz.sources.mapping import REST
from drehkreuz.sources.settings import Key, Section, read_settings
from drehkreuz.sources.values import Decimal

LANGUAGES: Final = ("de", "en", "nl", "fr")

ENCODINGS: Final = ("utf-8", "utf-16", "cp1252", "latin-1")

LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")
"""Hosts that are this machine: what is fetched from them need not be encrypted."""

_NAME: Final = re.compile(r"[\w][\w.-]{0,99}")

_RECIPE: Final = {
    "name": Key("text", required=True),
    "title": Key("text", required=True),
    "day": Key("day", required=True),
    "language": Key("text", allowed=LANGUAGES),
    "provenance": Key("section"),
    "map": Key("section"),
    "source": Key("sections", required=True),
}
_MAP: Final = {"occupations": Key("text", required=True, allowed=("isco08",))}
_PROVENANCE: Final = {
    "kind": Key("text", required=True, allowed=("observed", "modelled", "assumed")),
    "source": Key("text", required=True),
    "licence": Key("text", required=True),
    "date": Key("day", required=True),
}
_ADDRESS: Final = {"url": Key("text"), "sha256": Key("text")}
"""Where the file of a source is fetched from when asked, and what it must then be."""
_EVERY_SOURCE: Final = {"kind": Key("text", required=True), "provenance": Key("section")}
_SOURCES: Final = {
    "table": {
        "table": Key("text", required=True, allowed=NAMES),
        "path": Key("text", required=True),
        "columns": Key("texts by text"),
        "ignore": Key("texts"),
        "rest": Key("text", allowed=("ignore",)),
        "separator": Key("text", allowed=(",", ";", "tab")),
        "encoding": Key("text", allowed=ENCODINGS),
        "decimal": Key("text", allowed=(",", ".")),
        **_ADDRESS,
    },
    "folder": {
        "path": Key("text", required=True),
        "separator": Key("text", allowed=(",", ";", "tab")),
        "encoding": Key("text", allowed=ENCODINGS),
        "decimal": Key("text", allowed=(",", ".")),
    },
    "gtfs": {
        "path": Key("text", required=True),
        "feed": Key("text", required=True),
        "encoding": Key("text", allowed=ENCODINGS),
        **_ADDRESS,
    },
    "osm": {"path": Key("text", required=True), **_ADDRESS},
    "esco": {"paths": Key("texts", required=True), "languages": Key("texts", allowed=LANGUAGES)},
    **{kind: {"path": Key("text", required=True), **_ADDRESS, **format_.keys} for kind, format_ in FORMATS.items()},
}
"""Keys of each kind of source, beside those that every source has."""


@dataclass(frozen=True, slots=True)
class Address:
    """
    A file of a source that can be fetched.

    Attributes:
        path: Where it lies, or will.
        url: Where it is fetched from.
        sha256: What it must be, hexadecimal; None: whatever is there.
        provenance: Where its rows are from, and their licence.
        where: Name of the recipe.
        line: Line of the address in it.
    """

    path: Path
    url: str
    sha256: str | None
    provenance: Provenance
    where: str
    line: int


@dataclass(frozen=True, slots=True)
class TableSource:
    """A CSV file that holds one table; the fields are the arguments of `read_table`."""

    provenance: Provenance
    path: Path
    table: str
    columns: Mapping[str, str]
    ignore: Collection[str]
    separator: str | None
    encoding: str
    decimal: Decimal | None


@dataclass(frozen=True, slots=True)
class GtfsSource:
    """A timetable, zip or folder; `feed` goes before its ids."""

    provenance: Provenance
    path: Path
    feed: str
    encoding: str


@dataclass(frozen=True, slots=True)
class OsmSource:
    """Streets from an OpenStreetMap extract."""

    provenance: Provenance
    path: Path


@dataclass(frozen=True, slots=True)
class EscoSource:
    """The taxonomy: folders or archives that are read as one, and the languages wanted; None: all there are."""

    provenance: Provenance
    paths: tuple[Path, ...]
    languages: tuple[str, ...] | None


Source = TableSource | GtfsSource | OsmSource | EscoSource | FormatSource


@dataclass(frozen=True, slots=True)
class Recipe:
    """
    What a region is built from.

    Attributes:
        path: The `region.toml`.
        name: Short name.
        title: Name in words, German.
        day: The day the region describes.
        language: Language of the posts unless they say otherwise, ISO 639-1.
        sources: What to read, in the order given; of a folder each file that holds rows.
        map_occupations: Occupations that the taxonomy does not know are looked up by their ISCO-08 code.
    """

    path: Path
    name: str
    title: str
    day: date
    language: str
    sources: tuple[Source, ...]
    map_occupations: bool


def read_recipe(path: Path) -> Recipe:
    """
    Read a `region.toml`. Paths within it are relative to its folder.

    Raises:
        InputError: If it is not TOML, has unknown or missing keys, or names files that are not there; carries every finding.
    """
    top = read_settings(path)
    findings = top.check(_RECIPE)
    if not findings and not _NAME.fullmatch(top.values["name"]):
        remedy = "Use up to 100 letters, digits, dots, hyphens and underscores, beginning with a letter or digit."
        findings.append(top.finding("name", "cannot be a folder's name", remedy))
    if findings:
        raise InputError(*findings)
    if re.search(r"^\.|[/\\]", top.values["name"]):
        findings.append(top.finding("name", "is no name for a folder", "Use letters, digits and hyphens."))
    if "map" in top.values:
        findings += top.section("map").check(_MAP)
    sections = top.sections("source")
    findings += [finding for section in sections for finding in _check_source(section, top, path.parent)]
    if not sections:
        findings.append(top.finding("source", "names no source", "Add at least one [[source]] section."))
    findings += _repeated_feeds(sections)
    if findings:
        raise InputError(*findings)
    named = {path.parent / name for section in sections for name in _paths(section)}
    sources = [source for section in sections for source in _sources(section, top, path.parent, named)]
    if not sources:
        remedy = "Fill in at least one of them below its header."
        raise InputError(top.finding("source", "no file of the folders holds a row", remedy, ""))
    return Recipe(
        path=path,
        name=top.values["name"],
        title=top.values["title"],
        day=top.values["day"],
        language=top.values.get("language", "de"),
        sources=tuple(sources),
        map_occupations="map" in top.values,
    )


def read_addresses(path: Path) -> list[Address]:
    """
    Return the files of a `region.toml` that have an address, whether they are there or not.

    Raises:
        InputError: If the recipe is not TOML or a section with an address is faulty; carries every finding.
    """
    top = read_settings(path)
    findings = top.check(_RECIPE)
    if findings:
        raise InputError(*findings)
    with_address = [section for section in top.sections("source") if {"url", "sha256"} & set(section.values)]
    for section in with_address:
        findings += _check_source(section, top, path.parent, fetched=False)
    if findings:
        raise InputError(*findings)
    return [
        Address(
            path=path.parent / section.values["path"],
            url=section.values["url"],
            sha256=section.values.get("sha256"),
            provenance=Provenance(**(section if "provenance" in section.values else top).values["provenance"]),
            where=section.where,
            line=section.line("url"),
        )
        for section in with_address
    ]


def _wrong_address(section: Section) -> list[Finding]:
    if "url" not in section.values:
        return [section.finding("sha256", "stands without an address", "Add the url that the file is fetched from.")]
    findings = []
    if not is_safe(section.values["url"]):
        findings.append(section.finding("url", "is no address that is fetched from", "Write one that begins https://."))
    if not re.fullmatch("[0-9a-f]{64}", section.values.get("sha256", "0" * 64)):
        findings.append(section.finding("sha256", "is no digest", "Write 64 hexadecimal digits, or leave it out."))
    return findings


def is_safe(text: str) -> bool:
    """Return whether an address is safe to fetch from: encrypted, or of this very machine."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))


def _check_source(section: Section, top: Section, folder: Path, *, fetched: bool = True) -> list[Finding]:
    """Return what is wrong with a section; whether its files are there counts once they are fetched."""
    kind = str(section.values.get("kind", ""))
    if kind not in _SOURCES:
        remedy = f"Use one of {', '.join(_SOURCES)}.{did_you_mean(kind, list(_SOURCES))}"
        problem = "is not a kind of source" if "kind" in section.values else "says nothing, and every source has one"
        return [section.finding("kind", problem, remedy)]
    findings = section.check(_EVERY_SOURCE | _SOURCES[kind])
    if findings:
        return findings
    if "ignore" in section.values and "rest" in section.values:
        remedy = 'Keep ignore = [...] to name the columns left out, or rest = "ignore" for all of them.'
        findings.append(section.finding("rest", "says the same as ignore in another way", remedy))
    if "assume" in section.values:
        findings += check_assumed(section)
    if {"url", "sha256"} & set(section.values):
        findings += _wrong_address(section)
    owner = section if "provenance" in section.values else top
    if "provenance" in owner.values:
        findings += owner.section("provenance").check(_PROVENANCE)
    else:
        remedy = 'Add provenance = { kind = "observed", source = "…", licence = "…", date = 2026-11-03 }.'
        findings.append(section.finding("provenance", "nothing says where the rows are from", remedy))
    if kind == "folder" and kind_of(folder / section.values["path"]) == "file":
        findings.append(section.finding("path", "is a file, not a folder", 'Name its folder, or write kind = "table".'))
    absent = [name for name in _paths(section) if fetched and kind_of(folder / name) == "nothing"]
    return findings + [_absent(section, name, folder) for name in absent]


def _paths(section: Section) -> list[str]:
    return section.values["paths"] if "paths" in section.values else [section.values["path"]]


# What the system says where nothing is; a link that leads to itself leads to nothing.
_NOTHING_THERE: Final = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}


def _absent(section: Section, name: str, folder: Path) -> Finding:
    key = "paths" if "paths" in section.values else "path"
    try:
        (folder / name).stat()
    except OSError as error:
        if error.errno not in _NOTHING_THERE:
            return section.finding(key, f"cannot be read ({error.strerror})", "Check the path and your rights.", name)
    except ValueError:  # a NUL in the name: no disk holds such a file
        pass
    place = (folder / name).parent
    near = ""
    with suppress(OSError):  # no such folder, or none that may be looked into
        near = did_you_mean((folder / name).name, [neighbour.name for neighbour in place.iterdir()])
    if "url" in section.values:
        remedy = f"Fetch it from its address: drehkreuz region fetch {folder / section.where}"
        return section.finding(key, "there is no such file yet", remedy, name)
    remedy = f"Put the file there, or correct the path; it is relative to the folder of {section.where}.{near}"
    return section.finding(key, "there is no such file or folder", remedy, name)


def _repeated_feeds(sections: list[Section]) -> list[Finding]:
    feeds: set[str] = set()
    findings = []
    for section in (section for section in sections if "feed" in section.values):
        feed = str(section.values["feed"])
        if feed in feeds:
            findings.append(section.finding("feed", "names two timetables", "Give each timetable a feed of its own."))
        feeds.add(feed)
    return findings


def _sources(section: Section, top: Section, folder: Path, named: Collection[Path]) -> list[Source]:
    """Return what a section reads: one source, or of a folder one for each table that is filled in."""
    if section.values["kind"] != "folder":
        return [_source(section, section.values, top, folder)]
    place = Path(section.values["path"])
    tables, strange = filled_in(folder / place, named)
    if strange:
        raise InputError(*(_no_table(section, place, name) for name in strange))
    return [
        _source(section, dict(section.values) | {"table": table, "path": place / name}, top, folder)
        for table, name in tables.items()
    ]


def _no_table(section: Section, place: Path, name: str) -> Finding:
    near = did_you_mean(name, [f"{table}.csv" for table in NAMES])
    remedy = f"Give it the name of a table, name it in a source of its own, or move it elsewhere.{near}"
    return section.finding("path", "is not the name of a table", remedy, place / name)


def _source(section: Section, values: Mapping[str, Any], top: Section, folder: Path) -> Source:
    owner = section if "provenance" in values else top
    provenance = Provenance(**owner.values["provenance"])
    match values["kind"]:
        case "gtfs":
            return GtfsSource(provenance, folder / values["path"], values["feed"], values.get("encoding", "utf-8"))
        case "osm":
            return OsmSource(provenance, folder / values["path"])
        case "esco":
            paths = tuple(folder / path for path in values["paths"])
            languages = tuple(values["languages"]) if "languages" in values else None
            return EscoSource(provenance, paths, languages)
        case kind if kind in FORMATS:
            options = {key: value for key, value in values.items() if key in FORMATS[kind].keys}
            language = top.values.get("language", "de")
            return FormatSource(provenance, folder / values["path"], kind, folder, top.values["day"], language, options)
        case _:
            separator = values.get("separator")
            return TableSource(
                provenance=provenance,
                path=folder / values["path"],
                table=values["table"],
                columns=values.get("columns", {}),
                ignore=REST if "rest" in values else tuple(values.get("ignore", ())),
                separator="\t" if separator == "tab" else separator,
                encoding=values.get("encoding", "utf-8"),
                decimal=values.get("decimal"),
            )
