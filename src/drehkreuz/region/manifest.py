# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The manifest of a snapshot, `region.toml`: what the region is, and of each table rows, size and digest."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, NoReturn, TypeVar, cast, get_args

import tomli_w

from drehkreuz import __version__
from drehkreuz.errors import Finding, InputError
from drehkreuz.region.region import Kind, Manifest, Provenance
from drehkreuz.region.schema import SCHEMA_VERSION, TABLES

T = TypeVar("T", str, int, date)

FILE: Final = "region.toml"
KINDS: Final[tuple[str, ...]] = get_args(Kind)
WORDS: Final[dict[type, str]] = {str: "text", int: "number", date: "date"}
REMEDY: Final = "Restore the snapshot from a copy, or build the region again."


@dataclass(frozen=True, slots=True)
class Stored:
    """
    What the manifest says about one table's file.

    Attributes:
        rows: Rows, at least one: tables without rows have no file.
        bytes: Size of the file.
        crc32: Checksum of the file.
        digest: Logical digest of the table.
    """

    rows: int
    bytes: int
    crc32: str
    digest: str


@dataclass(frozen=True, slots=True)
class Contents:
    """
    What a snapshot holds.

    Attributes:
        manifest: What is known about the region beside its tables.
        tables: Tables that have rows, in the schema's order.
    """

    manifest: Manifest
    tables: Mapping[str, Stored]

    @property
    def digests(self) -> dict[str, str]:
        """Logical digest of every table that has rows."""
        return {name: stored.digest for name, stored in self.tables.items()}


def write_contents(contents: Contents, folder: Path) -> None:
    """Write the manifest into a snapshot's folder; the same contents give the same bytes."""
    manifest = contents.manifest
    document = {
        "schema": SCHEMA_VERSION,
        "drehkreuz": __version__,
        "name": manifest.name,
        "title": manifest.title,
        "day": manifest.day,
        "language": manifest.language,
        "tables": {name: _as_dict(stored) for name, stored in contents.tables.items()},
        "provenance": {name: _as_dict(manifest.provenance[name]) for name in sorted(manifest.provenance)},
    }
    (folder / FILE).write_text(tomli_w.dumps(document), encoding="utf-8")


def _as_dict(record: Stored | Provenance) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def read_contents(folder: Path) -> Contents:
    """
    Read the manifest of a snapshot's folder.

    Raises:
        InputError: If it is missing, no TOML, of a newer schema, or lacks or garbles a field; names the field.
    """
    path = folder / FILE
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputError(Finding(str(path), "", "", "", "the snapshot has no manifest", REMEDY)) from error
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(Finding(str(path), "", "", "", f"cannot be read: {error}", REMEDY)) from error
    return _Reader(path, document, "").contents()


@dataclass(frozen=True, slots=True)
class _Reader:
    """One table of the TOML document, read field by field."""

    path: Path
    fields: Mapping[str, Any]
    prefix: str

    def contents(self) -> Contents:
        schema = self.field("schema", int)
        if schema != SCHEMA_VERSION:
            problem = f"the snapshot has schema version {schema}, this drehkreuz {__version__} reads {SCHEMA_VERSION}"
            newer = "Update drehkreuz." if schema > SCHEMA_VERSION else "Build the region again."
            raise InputError(Finding(str(self.path), "", "schema", str(schema), problem, newer))
        provenance = self.table("provenance")
        manifest = Manifest(
            name=self.field("name", str),
            title=self.field("title", str),
            day=self.field("day", date),
            language=self.field("language", str),
            provenance={name: provenance.table(name).provenance() for name in provenance.fields},
        )
        tables = self.table("tables")
        for name in tables.fields:
            if name not in TABLES:
                tables.refuse(name, "", "is no table of a region")
        return Contents(manifest, {name: tables.table(name).stored() for name in TABLES if name in tables.fields})

    def provenance(self) -> Provenance:
        kind = self.field("kind", str)
        if kind not in KINDS:
            self.refuse("kind", kind, f"is none of {', '.join(KINDS)}")
        source, licence = self.field("source", str), self.field("licence", str)
        return Provenance(cast("Kind", kind), source, licence, self.field("date", date))

    def stored(self) -> Stored:
        crc32, digest = self.field("crc32", str), self.field("digest", str)
        if not re.fullmatch("[0-9a-f]{32}", digest):
            self.refuse("digest", digest, "is no digest of 32 hexadecimal digits")
        return Stored(self.field("rows", int), self.field("bytes", int), crc32, digest)

    def table(self, name: str) -> _Reader:
        value = self.fields.get(name, {})
        if not isinstance(value, dict):
            self.refuse(name, value, "is no table of fields")
        return _Reader(self.path, value, f"{self.prefix}{name}.")

    def field(self, name: str, kind: type[T]) -> T:
        value = self.fields.get(name)
        if value is None:
            self.refuse(name, "", "is missing")
        if isinstance(value, bool | datetime) or not isinstance(value, kind):
            self.refuse(name, value, f"is no {WORDS[kind]}")
        return value

    def refuse(self, name: str, value: object, problem: str) -> NoReturn:
        raise InputError(Finding(str(self.path), "", self.prefix + name, str(value), problem, REMEDY))
