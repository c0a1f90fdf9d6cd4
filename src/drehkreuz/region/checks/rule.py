# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A rule of the check: rows that break it, and what to tell the person who can mend them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final, Literal

import polars as pl

from drehkreuz.errors import Finding
from drehkreuz.region.schema import TABLES

LIMIT: Final = 200
"""Findings of one rule that are listed; one more counts the rest."""

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Rule:
    """
    One thing that can be wrong with a row of a table.

    Attributes:
        table: Table of the rows.
        rows: The table, or a view of it: its key and the columns that the rule speaks of.
        column: Column at fault; empty: the row as a whole.
        wrong: True for rows that break the rule; null counts as false.
        problem: What is wrong, with `{column}` for values of the row.
        remedy: What to do now, a sentence.
        severity: Error or warning.
    """

    table: str
    rows: pl.DataFrame
    column: str
    wrong: pl.Expr
    problem: str
    remedy: str
    severity: Severity = "error"


def findings(rules: Sequence[Rule]) -> Iterator[Finding]:
    """Yield the findings of all rules; neighbours over the same rows are counted in one pass."""
    for _, group in groupby(rules, key=lambda rule: id(rule.rows)):
        same_rows = list(group)
        if same_rows[0].rows.is_empty():
            continue
        counts = (
            same_rows[0]
            .rows.lazy()
            .select(rule.wrong.fill_null(value=False).sum().alias(str(number)) for number, rule in enumerate(same_rows))
        )
        for rule, (count,) in zip(same_rows, counts.collect().iter_columns(), strict=True):
            if count:
                yield from _list(rule, count)


def _list(rule: Rule, count: int) -> Iterator[Finding]:
    key = [name for name in TABLES[rule.table].key if name in rule.rows.columns]
    order = list(dict.fromkeys([*key, rule.column or key[0]]))
    wrong = rule.rows.filter(rule.wrong)
    for row in wrong.bottom_k(LIMIT, by=order).sort(order).iter_rows(named=True):
        values = {name: show(rule.table, name, value) for name, value in row.items()}
        yield Finding(
            where=rule.table,
            row="/".join(values[name] for name in key),
            column=rule.column,
            value=values.get(rule.column, ""),
            problem=rule.problem.format_map(values),
            remedy=rule.remedy,
            severity=rule.severity,
        )
    if count > LIMIT:
        problem = f"{count - LIMIT} more rows are wrong like the {LIMIT} listed"
        yield Finding(rule.table, "", rule.column, "", problem, rule.remedy, rule.severity)


def show(table: str, name: str, value: Any) -> str:  # noqa: ANN401  # any value of any column
    """Return a value as a person writes it."""
    column = TABLES[table].columns.get(name)
    if value is None:
        return ""
    if column is not None and column.type == "clock":
        return f"{value // 60:02d}:{value % 60:02d}"
    if column is not None and column.type == "seconds":
        return f"{value // 3600:02d}:{value // 60 % 60:02d}:{value % 60:02d}"
    if isinstance(value, float):
        return f"{value:.7g}"
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)
