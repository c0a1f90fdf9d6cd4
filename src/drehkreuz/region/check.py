# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""The check of a region: everything that is wrong with it, listed with table, row, value and remedy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from drehkreuz.errors import Finding
from drehkreuz.region.checks import courses, facts, geography, live, people, schema, taxonomy, vacancies
from drehkreuz.region.checks.rule import findings
from drehkreuz.region.region import Region
from drehkreuz.region.schema import TABLES

PARTS: Final = (schema, geography, taxonomy, people, vacancies, courses, live, facts)


def check(region: Region) -> list[Finding]:
    """
    List everything that is wrong with a region, and nothing that is not.

    A rule that more than 200 rows break lists the first 200 by their keys and counts the rest in one more finding.

    Args:
        region: Any region, saved or in memory.

    Returns:
        Findings about the manifest, then about the tables in the schema's order; the same rows in any order give the
        same findings.
    """
    order = {name: number for number, name in enumerate(TABLES)}
    found = [finding for part in PARTS for finding in findings(list(part.rules(region)))]
    found += taxonomy.hierarchy_loops(region)
    found += taxonomy.prerequisite_loops(region)
    return [*_manifest(region), *sorted(found, key=lambda finding: order[finding.where])]


def _manifest(region: Region) -> Iterator[Finding]:
    manifest = region.manifest
    if manifest.language not in facts.ISO_639_1:
        remedy = "Use ISO 639-1: de German, nl Dutch, fr French, en English …"
        yield Finding("region.toml", "", "language", manifest.language, "is no language", remedy)
    if not schema.EARLIEST <= manifest.day <= schema.LATEST:
        remedy = "Correct the year: it is the day that every answer takes for today."
        yield Finding("region.toml", "", "day", manifest.day.isoformat(), "is no date of our time", remedy)
    for name, rows in region.tables.items():
        if name not in manifest.provenance:
            remedy = "Say what the rows are (observed, modelled, assumed), their source, licence and date."
            yield Finding("region.toml", "", f"provenance.{name}", "", f"nothing is said of {len(rows)} rows", remedy)
    for name in manifest.provenance:
        if name not in TABLES:
            remedy = f"Use one of: {', '.join(TABLES)}."
            yield Finding("region.toml", "", f"provenance.{name}", "", "is no table of a region", remedy)
