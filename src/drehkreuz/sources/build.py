# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A region from its recipe: every source read, put together, checked, and written as the next snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Final

import polars as pl

from drehkreuz.errors import Finding, InputError
from drehkreuz.progress import SILENT, Progress
from drehkreuz.region import TABLES, Kind, Manifest, Provenance, Region
from drehkreuz.region.check import check
from drehkreuz.region.snapshot import open_region, snapshots, write_snapshot
from drehkreuz.sources.bare_taxonomy import bare_taxonomy, own_occupations
from drehkreuz.sources.crosswalk import OCCUPATIONS_LOCAL, MappedOccupation, cross_to_taxonomy, unlisted
from drehkreuz.sources.crosswalk_table import known_codes
from drehkreuz.sources.esco import read_esco
from drehkreuz.sources.formats import FormatSource, read_format
from drehkreuz.sources.gtfs import read_gtfs
from drehkreuz.sources.located import located
from drehkreuz.sources.osm import read_osm
from drehkreuz.sources.recipe import EscoSource, GtfsSource, OsmSource, Recipe, Source, TableSource
from drehkreuz.sources.templates import errors_file, is_errors_file, read_table, write_errors

FROM_SURE_TO_UNSURE: Final[tuple[Kind, ...]] = ("observed", "consented", "modelled", "assumed")
"""A table with rows of several kinds counts as the least sure of them; its source names each."""

Part = tuple[pl.DataFrame, Provenance]


@dataclass(frozen=True, slots=True)
class Heading:
    """
    What a region that is made, not read, is called.

    Attributes:
        name: Name of the region, as in a recipe.
        title: Title people read.
        day: The day it speaks of.
        language: Language of its own texts, ISO 639-1.
    """

    name: str
    title: str
    day: date
    language: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """
    What a build did.

    Attributes:
        snapshot: Number of the snapshot that holds the region.
        new: Whether it was written now; else an earlier one already said the same.
        region: The region as written.
        findings: What was left out or is worth knowing, by source.
        mapped: Occupations that were turned to those of the taxonomy.
        seconds: Time per source, by its name, and for checking and writing.
        error_files: Files beside the sources that list their faulty rows.
    """

    snapshot: int
    new: bool
    region: Region
    findings: tuple[Finding, ...]
    mapped: tuple[MappedOccupation, ...]
    seconds: Mapping[str, float]
    error_files: tuple[Path, ...]


class BuildError(InputError):
    """Sources that do not make a region; nothing was written but the lists of faulty rows beside the sources."""

    def __init__(self, findings: Iterable[Finding], error_files: Iterable[Path] = ()) -> None:
        super().__init__(*findings)
        self.error_files = tuple(error_files)

    def __str__(self) -> str:
        names = ", ".join(path.name for path in self.error_files)
        return f"{super().__str__()} Every faulty row is listed in {names}." if names else super().__str__()


@dataclass(slots=True)
class _Reading:
    """What has been read so far; `spoken` are occupations that postings bring along, `local` those that somebody listed."""

    parts: dict[str, list[Part]] = field(default_factory=dict)
    local: list[Part] = field(default_factory=list)
    spoken: list[Part] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)
    error_files: list[Path] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


def build(recipe: Recipe, folder: Path, *, lenient: bool = False, progress: Progress = SILENT) -> BuildReport:
    """
    Build a region and write it as the next snapshot of a folder.

    A crash at any moment leaves the folder's old snapshot or the new one. A build that gives what the folder
    already holds writes nothing.

    Args:
        recipe: What to read.
        folder: Region folder; made if missing.
        lenient: Leave faulty rows out and write the region even if `check` finds errors; everything is reported.
        progress: Shows how many sources are read.

    Raises:
        BuildError: If a source cannot be read, holds faults, or the tables do not fit together; carries every finding.
        DrehkreuzError: If the folder cannot be written.
    """
    reading = _read_all(recipe, lenient=lenient, progress=progress)
    if reading.faults:
        raise BuildError(reading.faults, reading.error_files)
    reading.parts, findings = located(reading.parts)
    reading.findings += findings
    tables, mapped = _with_taxonomy(recipe, reading)
    if "occupation_codes" in tables:
        known, findings = known_codes({"occupations": TABLES["occupations"].empty()} | tables)
        tables |= known
        reading.findings += findings
    if reading.faults and not lenient:
        raise BuildError(reading.faults)
    region = Region(_manifest(recipe, reading.parts), tables)
    return _written(region, folder, reading, mapped, lenient=lenient)


def build_from_tables(
    heading: Heading, parts: Mapping[str, Part], folder: Path, seconds: Mapping[str, float]
) -> BuildReport:
    """
    Write tables that were made, not read, as the next snapshot of a folder; checked as a build is.

    Args:
        heading: What the region is called.
        parts: Tables by name, each with its provenance.
        folder: Region folder; made if missing.
        seconds: Time each part took to make.

    Raises:
        BuildError: If the tables do not fit together; nothing is written.
        DrehkreuzError: If the folder cannot be written.
    """
    reading = _Reading(parts={name: [part] for name, part in parts.items()}, seconds=dict(seconds))
    region = Region(_manifest(heading, reading.parts), _all_together(reading.parts))
    return _written(region, folder, reading, (), lenient=False)


def _written(
    made: Region, folder: Path, reading: _Reading, mapped: tuple[MappedOccupation, ...], *, lenient: bool
) -> BuildReport:
    """Check a region and write it."""
    started = perf_counter()
    region = _seen_before(made, folder)
    for finding in check(region):
        (reading.faults if finding.severity == "error" else reading.findings).append(finding)
    if reading.faults and not lenient:
        raise BuildError(reading.faults)
    reading.seconds["check"] = perf_counter() - started
    started = perf_counter()
    before = snapshots(folder)
    number = write_snapshot(folder, region)
    reading.seconds["write"] = perf_counter() - started
    return BuildReport(
        snapshot=number,
        new=number not in before,
        region=region,
        findings=(*reading.findings, *reading.faults),
        mapped=mapped,
        seconds=reading.seconds,
        error_files=tuple(reading.error_files),
    )


def _with_taxonomy(recipe: Recipe, reading: _Reading) -> tuple[dict[str, pl.DataFrame], tuple[MappedOccupation, ...]]:
    """Return the tables with their occupations looked up in the taxonomy, or, where there is none, with a bare one."""
    parts = reading.parts
    _add_spoken(reading)
    local = pl.concat([OCCUPATIONS_LOCAL.empty(), *(frame for frame, _ in reading.local)])
    if recipe.map_occupations:
        crossing = cross_to_taxonomy(_all_together(parts), local)
        reading.findings += crossing.dropped
        reading.faults += crossing.unmapped
        return crossing.tables, crossing.mapped
    if reading.local and "occupations" in parts:
        problem = "nothing says how to find them in the taxonomy that is read as well"
        remedy = f'Add a section [map] with occupations = "isco08" to {recipe.path.name}.'
        reading.faults.append(Finding(OCCUPATIONS_LOCAL.name, "", "", "", problem, remedy))
    elif "skills" not in parts:
        return _with_bare_taxonomy(recipe, reading), ()
    return _all_together(parts), ()


def _add_spoken(reading: _Reading) -> None:
    """Add the occupations that postings bring along and nobody has listed, each once."""
    known = [frame["occupation_id"] for frame, _ in [*reading.local, *reading.parts.get("occupations", [])]]
    for frame, provenance in reading.spoken:
        seen = pl.concat([pl.Series("occupation_id", [], pl.String), *known]).implode()
        new = frame.filter(~pl.col("occupation_id").is_in(seen))
        if len(new):
            reading.local.append((new, provenance))
            known.append(new["occupation_id"])


def _with_bare_taxonomy(recipe: Recipe, reading: _Reading) -> dict[str, pl.DataFrame]:
    for frame, provenance in reading.local:
        for name, rows in own_occupations(frame, recipe.language).items():
            reading.parts.setdefault(name, []).append((rows, provenance))
    tables = _all_together(reading.parts)
    occupations = tables.get("occupations", TABLES["occupations"].empty())
    reading.faults += unlisted(tables, occupations["occupation_id"])
    if occupations.is_empty():
        return tables
    bare = bare_taxonomy(tables, recipe.day)
    tables |= bare.tables
    reading.findings += bare.findings
    for name, rows in bare.assumed.items():
        reading.parts.setdefault(name, []).append((rows, bare.provenance))
        given = tables.get(name, TABLES[name].empty())
        tables[name] = pl.concat([given, _sourced(name, rows, bare.provenance)]).sort(TABLES[name].key)
    return tables


def _read_all(recipe: Recipe, *, lenient: bool, progress: Progress) -> _Reading:
    """Read every source; one that cannot be read does not keep the faults of the others from being found."""
    reading = _Reading()
    progress.start(recipe.path.name, len(recipe.sources))
    try:
        for source in recipe.sources:
            started = perf_counter()
            try:
                tables, findings = _read(source, lenient=lenient, progress=progress)
            except InputError as error:
                tables, findings = {}, list(error.findings)
                reading.faults += findings
            else:
                reading.findings += findings
            if isinstance(source, TableSource):
                reading.error_files += _list_faults(findings, source.path)
            for name, frame in tables.items():
                if name == OCCUPATIONS_LOCAL.name:
                    listed = reading.spoken if isinstance(source, FormatSource) else reading.local
                    listed.append((frame, source.provenance))
                else:
                    reading.parts.setdefault(name, []).append((frame, source.provenance))
            name = _name(source)
            reading.seconds[name] = reading.seconds.get(name, 0.0) + perf_counter() - started
            progress.advance()
    finally:
        progress.finish()
    return reading


def _read(source: Source, *, lenient: bool, progress: Progress) -> tuple[dict[str, pl.DataFrame], list[Finding]]:
    match source:
        case TableSource():
            schema = OCCUPATIONS_LOCAL if source.table == OCCUPATIONS_LOCAL.name else TABLES[source.table]
            frame, findings = read_table(
                source.path,
                schema,
                columns=source.columns,
                ignore=source.ignore,
                separator=source.separator,
                encoding=source.encoding,
                decimal=source.decimal,
                lenient=lenient,
            )
            return {schema.name: frame}, findings
        case GtfsSource():
            return read_gtfs(source.path, source.feed, lenient=lenient, encoding=source.encoding, progress=progress)
        case OsmSource():
            nodes, edges, findings = read_osm(source.path, progress=progress)
            return {"street_nodes": nodes, "street_edges": edges}, findings
        case EscoSource():
            return read_esco(source.paths, languages=source.languages, lenient=lenient, progress=progress)
        case FormatSource():
            return read_format(source, lenient=lenient)


def _name(source: Source) -> str:
    return ", ".join(path.name for path in source.paths) if isinstance(source, EscoSource) else source.path.name


def _list_faults(findings: list[Finding], path: Path) -> list[Path]:
    """
    Write the list of faulty rows beside a table's file; a folder that may not be written goes without.

    A file of that name that is no such list is somebody's own and stays as it is.
    """
    listed = errors_file(path)
    try:
        if listed.exists() and not is_errors_file(listed):
            return []
        if any(finding.row for finding in findings):
            return [write_errors(findings, listed)]
        listed.unlink(missing_ok=True)  # of an earlier reading, before the rows were mended
    except OSError:
        pass
    return []


def _all_together(parts: Mapping[str, list[Part]]) -> dict[str, pl.DataFrame]:
    return {name: _together(name, given) for name, given in parts.items()}


def _together(name: str, parts: list[Part]) -> pl.DataFrame:
    """Return one table of all its parts, by key: in which order the sources hold their rows does not matter."""
    return pl.concat([_sourced(name, frame, provenance) for frame, provenance in parts]).sort(TABLES[name].key)


def _sourced(name: str, frame: pl.DataFrame, provenance: Provenance) -> pl.DataFrame:
    """Return the rows; of a sourced table each says which source it is from, and of which day."""
    schema = TABLES[name]
    conformed = _named_twice(schema.conform(frame))
    if "first_seen" not in schema.columns:
        return conformed
    said = pl.col("source") != ""
    own_id = pl.concat_str(schema.key, separator=" ")
    return conformed.with_columns(
        pl.when(said).then("source").otherwise(pl.lit(provenance.source)).alias("source"),
        pl.when(pl.col("source_id") != "").then("source_id").otherwise(own_id).alias("source_id"),
        pl.col("first_seen").fill_null(provenance.date),
        pl.col("last_seen").fill_null(provenance.date),
    )


def _named_twice(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows whose English name is the German one where they have none."""
    if "label_en" not in rows.columns:
        return rows
    return rows.with_columns(pl.coalesce("label_en", "label_de").alias("label_en"))


def _seen_before(region: Region, folder: Path) -> Region:
    """Return the region with rows first seen when the folder's current snapshot first saw them."""
    try:
        earlier = open_region(folder)
    except InputError:  # none yet, or damaged: building again is the way to mend it
        return region
    sourced = [name for name in region.tables if "first_seen" in TABLES[name].columns]
    return region.with_tables({name: _first_seen(name, region.table(name), earlier.table(name)) for name in sourced})


def _first_seen(name: str, rows: pl.DataFrame, earlier: pl.DataFrame) -> pl.DataFrame:
    key = [*TABLES[name].key, "source"]
    before = earlier.select(*key, pl.col("first_seen").alias("before")).unique(key, keep="first", maintain_order=True)
    return (
        rows.join(before, on=key, how="left", maintain_order="left")
        .with_columns(pl.min_horizontal("first_seen", "before").alias("first_seen"))
        .drop("before")
    )


def _manifest(heading: Heading | Recipe, parts: Mapping[str, list[Part]]) -> Manifest:
    return Manifest(
        name=heading.name,
        title=heading.title,
        day=heading.day,
        language=heading.language,
        provenance={name: common_provenance(given) for name, given in _with_rows(parts).items()},
    )


def _with_rows(parts: Mapping[str, list[Part]]) -> dict[str, list[Provenance]]:
    given = {name: [provenance for frame, provenance in parts[name] if len(frame)] for name in TABLES if name in parts}
    return {name: provenances for name, provenances in given.items() if provenances}


def common_provenance(provenances: list[Provenance]) -> Provenance:
    """Return what holds for rows of several sources together."""
    different = list(dict.fromkeys(provenances))
    if len(different) == 1:
        return different[0]
    kinds = {provenance.kind for provenance in different}
    sources = dict.fromkeys(p.source if len(kinds) == 1 else f"{p.source} ({p.kind})" for p in different)
    return Provenance(
        kind=max(kinds, key=FROM_SURE_TO_UNSURE.index),
        source="; ".join(sources),
        licence=" AND ".join(dict.fromkeys(p.licence for p in different)),
        date=max(p.date for p in different),
    )
