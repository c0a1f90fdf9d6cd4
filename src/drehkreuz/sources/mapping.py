# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""Which heading of a file is which column of a table."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

from drehkreuz.errors import Finding, InputError, did_you_mean
from drehkreuz.region import TableSchema
from drehkreuz.sources.text import MAX_FINDINGS, bounded

REST: Final = "rest"
"""In place of a list of headings to ignore: every heading that is no column of the table."""

LISTED: Final = 20
"""Headings of a file that a remedy names."""

_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def match_headings(
    headings: Sequence[str],
    schema: TableSchema,
    where: str,
    *,
    columns: Mapping[str, str] | None = None,
    ignore: Collection[str] = (),
) -> tuple[dict[str, str], list[Finding]]:
    """
    Find each column of a table among the headings of a file.

    A heading names a column by the column's own name, by a German one, or because `columns` says so; case, spaces,
    underscores, hyphens and umlauts do not matter. A heading is left out only if `ignore` names it, or `ignore` is `"rest"`.

    Args:
        headings: The file's first row.
        schema: The table.
        where: Name of the file, for findings.
        columns: Headings by column, where they differ: `{"zone_id": "id"}`.
        ignore: Headings to leave out, or `"rest"` for all that are no columns.

    Returns:
        Heading by column, in the table's order; and a finding for each heading that is none.

    Raises:
        InputError: If two headings name one column, a required column has none, or `columns` or `ignore` name what is not there.
    """
    given = dict(columns or {})
    ignored = set() if ignore == REST else set(ignore)
    wrong = _misnamed(given, ignored, headings, schema, where)
    chosen = {heading: column for column, heading in given.items()}
    known = _known_headings(schema)
    found: dict[str, str] = {}
    strangers = []
    for heading in headings:
        column = chosen.get(heading)
        if column is None and heading not in ignored:
            column = known.get(fold(heading))
            if column in given:  # that column has been given another heading
                column = None
            if column is None and ignore != REST:
                strangers.append(heading)
        if column is None:
            continue
        if column in found:
            wrong.append(_twice(column, found[column], heading, where))
        found[column] = heading
    wrong.extend(_missing(schema, found, where))
    unknown = [_unknown(heading, list(known), schema, where) for heading in strangers[:MAX_FINDINGS]]
    if len(strangers) > len(unknown):
        unknown = bounded(unknown, len(strangers))
    if wrong:
        raise InputError(*wrong, *unknown)
    return {column: found[column] for column in schema.columns if column in found}, unknown


def fold(heading: str) -> str:
    """Return a heading without what does not matter: case, umlauts, and every sign that is no letter or digit."""
    plain = unicodedata.normalize("NFKC", heading).casefold().translate(_UMLAUTS)
    return re.sub(r"[\W_]+", "_", plain).strip("_")


@cache
def headings_of(table: str) -> dict[str, tuple[str, ...]]:
    """Return the further headings of each column of a table, as `headings.toml` lists them; empty for most tables."""
    return _further_headings().get(table, {})


@cache
def _further_headings() -> dict[str, dict[str, tuple[str, ...]]]:
    raw = tomllib.loads(files(__package__).joinpath("headings.toml").read_text(encoding="utf-8"))
    return {table: {column: tuple(names) for column, names in columns.items()} for table, columns in raw.items()}


def _known_headings(schema: TableSchema) -> dict[str, str]:
    further = {fold(name): column for column, names in headings_of(schema.name).items() for name in names}
    return further | {fold(column): column for column in schema.columns}


def _misnamed(
    columns: Mapping[str, str], ignored: set[str], headings: Sequence[str], schema: TableSchema, where: str
) -> list[Finding]:
    held = f"It has {', '.join(headings[:LISTED])}{', …' if len(headings) > LISTED else ''}."
    strange = [
        Finding(
            where,
            "",
            "columns",
            column,
            f"table {schema.name} has no such column",
            f"It has {', '.join(schema.columns)}.{did_you_mean(column, list(schema.columns))}",
        )
        for column in columns
        if column not in schema.columns
    ]
    absent = [
        Finding(where, "1", option, name, "the file has no such heading", held + did_you_mean(name, list(headings)))
        for option, names in (("columns", columns.values()), ("ignore", sorted(ignored)))
        for name in names
        if name not in headings
    ]
    return strange + absent


def _unknown(heading: str, known: list[str], schema: TableSchema, where: str) -> Finding:
    near = did_you_mean(fold(heading), known)
    remedy = f'Correct the heading, or leave the column out by name (ignore = ["{heading}"] in region.toml).{near}'
    return Finding(where, "1", "heading", heading, f"is no column of table {schema.name}", remedy)


def _twice(column: str, first: str, second: str, where: str) -> Finding:
    problem = f"means column {column}, as {first!r} does"
    return Finding(where, "1", "heading", second, problem, "Keep one of the two, and rename or ignore the other.")


def _missing(schema: TableSchema, found: Mapping[str, str], where: str) -> list[Finding]:
    required = [c for c in schema.columns.values() if c.required and c.default is None and c.name not in found]
    return [
        Finding(
            where,
            "1",
            "",
            "",
            f"column {column.name} is missing, and table {schema.name} needs it",
            f"Add it ({column.doc.rstrip('.')}), or name the heading that means it "
            f'(columns = {{ {column.name} = "…" }} in region.toml).',
        )
        for column in required
    ]
