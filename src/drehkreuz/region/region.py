# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region: its tables, read from an immutable snapshot, possibly with some tables laid over it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final, Literal

import polars as pl

from drehkreuz.region.digest import table_digest
from drehkreuz.region.schema import TABLES

Kind = Literal["observed", "modelled", "assumed", "consented"]

OF_PEOPLE: Final = frozenset(name for name, schema in TABLES.items() if "person_id" in schema.columns)
"""Tables that hold people and what is theirs."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """
    What a table's rows are and where they come from.

    Attributes:
        kind: Observed, modelled, assumed, or consented.
        source: Name of the source, fit to be printed beside a figure.
        licence: SPDX expression or the licence's name.
        date: Day the source describes or was read.
    """

    kind: Kind
    source: str
    licence: str
    date: date


@dataclass(frozen=True, slots=True)
class Manifest:
    """
    What is known about a region beside its tables; stands in `region.toml` of each snapshot.

    Attributes:
        name: Short name, e.g. `village`.
        title: Name in words, German.
        day: The day the region describes: "today" for every answer.
        language: Language of the posts unless they say otherwise, ISO 639-1.
        provenance: Provenance per table; every table with rows has one.
    """

    name: str
    title: str
    day: date
    language: str
    provenance: Mapping[str, Provenance]


class Region:
    """
    The tables of one region at one moment. Immutable: `with_tables` returns another region.

    Args:
        manifest: What is known beside the tables.
        tables: Frames by table name, each conforming to its schema; tables left out are empty.
        folder: Snapshot folder the tables were read from, None for a region in memory.

    Attributes:
        kept: What has been worked out of it, by whoever did so (`drehkreuz.region.keep`).
    """

    def __init__(self, manifest: Manifest, tables: Mapping[str, pl.DataFrame], folder: Path | None = None) -> None:
        for name in tables:
            if name not in TABLES:
                message = f"a region has no table {name!r}; it has {', '.join(TABLES)}"
                raise ValueError(message)
        self.manifest = manifest
        self.folder = folder
        self._tables = {name: TABLES[name].conform(frame) for name, frame in tables.items()}
        self._laid_over: frozenset[str] = frozenset()
        self._ground: Region | None = None
        self._digests: dict[str, str] = {}
        self.kept: dict[Hashable, object] = {}

    def __repr__(self) -> str:
        sizes = ", ".join(f"{name}={len(frame)}" for name, frame in self._tables.items() if len(frame))
        return f"Region({self.manifest.name!r}, {sizes})"

    def table(self, name: str) -> pl.DataFrame:
        """
        Return a table, empty where the region has none.

        Raises:
            KeyError: If there is no such table in the schema.
        """
        frame = self._tables.get(name)
        return TABLES[name].empty() if frame is None else frame

    def with_tables(self, tables: Mapping[str, pl.DataFrame]) -> Region:
        """Return this region with some tables replaced, in memory; the snapshot stays as it is."""
        return self._like(Region(self.manifest, tables, self.folder), frozenset(tables))

    def with_manifest(self, **changes: object) -> Region:
        """Return this region with some of the manifest's fields changed."""
        manifest = replace(self.manifest, **changes)  # type: ignore[arg-type]
        return self._like(Region(manifest, {}, self.folder), frozenset())

    @property
    def ground(self) -> Region:
        """
        The region that only people were laid over, itself where nobody was: one object however many people come and go.

        What depends on no person is computed from it, so that it is computed once.
        """
        return self._ground or self

    def _like(self, region: Region, replaced: frozenset[str]) -> Region:
        """Hand down the tables that were not replaced, and what is known of them."""
        region._tables = {**self._tables, **region._tables}
        region._ground = self.ground if replaced and replaced <= OF_PEOPLE else None
        region._laid_over = self._laid_over | replaced
        region._digests = {name: digest for name, digest in self._digests.items() if name not in replaced}
        return region

    @property
    def tables(self) -> dict[str, pl.DataFrame]:
        """Every table that has rows, in the schema's order."""
        return {name: self._tables[name] for name in TABLES if name in self._tables and len(self._tables[name])}

    def digest(self, name: str) -> str:
        """Return the logical digest of a table: the same rows give the same digest whatever file they came from."""
        if name not in self._digests:
            self._digests[name] = table_digest(self.table(name))
        return self._digests[name]

    def file(self, name: str) -> Path | None:
        """Return the snapshot's file that the table was read from, None for a table in memory or without rows."""
        if self.folder is None or name in self._laid_over or name not in self._tables:
            return None
        return self.folder / f"{name}.arrow"
