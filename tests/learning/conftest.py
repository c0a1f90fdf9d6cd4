# SPDX-FileCopyrightText: 2026 The Drehkreuz authors
# SPDX-License-Identifier: Apache-2.0
"""A hand-made region for the learning engine, to which each test adds what it is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest

from drehkreuz.learning import Learning, LearningParameters, Plan, TrainingReason, learning, plan_for
from drehkreuz.region import TABLES, Manifest, Region
from drehkreuz.skills import requirement_profiles, skill_profiles, taxonomy

DAY = date(2026, 1, 5)  # a Monday
Rows = Sequence[dict[str, Any]]


def frame(table: str, rows: Rows) -> pl.DataFrame:
    """A table from rows that name only the columns that matter; columns without default get a plain value."""
    plain = {
        "text": "x", "id": "x", "float": 1.0, "int": 1, "bool": False, "date": DAY, "clock": 480
    }  # fmt: skip
    required = {c.name: plain[c.type] for c in TABLES[table].columns.values() if c.required and c.default is None}
    return TABLES[table].conform(pl.DataFrame([required | row for row in rows], infer_schema_length=None))


def make(**tables: Rows) -> Region:
    """A region of the tables given."""
    return Region(
        Manifest(name="test", title="Test", day=DAY, language="de", provenance={}),
        {name: frame(name, rows) for name, rows in tables.items() if rows},
    )
